"""How many records there are, after `where`."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Kind, Record, count
from checker.ruleset import Parameter, Signature

_PLACES = 7
"""Records named beyond these add nothing: a value from so many places names their file."""

SIGNATURE = Signature(
    name="count",
    parameters=(Parameter("count", "collection"),),
    returns="count",
    label=Bilingual("数量", "number"),
    filters=True,
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The number of records; MISSING where the collection could not be read."""
    records: Sequence[Record] | Absent = arguments["count"]
    if isinstance(records, Absent):
        return Fact(Kind.MISSING, None, "", records.locations, records.reason)
    return count(len(records), *(place for r in islice(records, _PLACES) for place in r.locations))
