"""Numbers stated in running text, lists of numbers that a total is made of, and facts made of them."""

from checker.quantity.breakdown import Breakdown, breakdowns
from checker.quantity.grammar import OMITTED, UNBOUNDED, Quantity, quantities
from checker.quantity.statement import number, numbers

__all__ = ["OMITTED", "UNBOUNDED", "Breakdown", "Quantity", "breakdowns", "number", "numbers", "quantities"]
