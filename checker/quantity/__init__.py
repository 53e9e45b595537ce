"""Numbers stated in running text, lists of numbers that a total is made of, and facts made of them."""

from checker.quantity.breakdown import Breakdown, breakdowns
from checker.quantity.grammar import UNBOUNDED, Quantity, quantities, sentences
from checker.quantity.statement import number, numbers

__all__ = ["UNBOUNDED", "Breakdown", "Quantity", "breakdowns", "number", "numbers", "quantities", "sentences"]
