"""How many records there are, after `where`."""

from collections.abc import Mapping, Sequence
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Kind, Record, count
from checker.location import Location
from checker.ruleset import Parameter, Signature

_MOST = 3
"""A number of more records than these names their file only."""

SIGNATURE = Signature(
    name="count",
    parameters=(Parameter("count", "collection"),),
    returns="count",
    label=Bilingual("数量", "number"),
    filters=True,
    grows=True,
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The number of records; MISSING where the collection could not be read."""
    records: Sequence[Record] | Absent = arguments["count"]
    if isinstance(records, Absent):
        return Fact(Kind.MISSING, None, "", records.locations, records.reason)
    if len(records) <= _MOST:
        return count(len(records), *(place for r in records for place in r.locations))
    ends = (place for r in (records[0], records[-1]) for place in r.locations[:1])
    return count(len(records), *dict.fromkeys(Location(p.file, table=p.table) for p in ends))


def value(arguments: Mapping[str, Any]) -> int:
    """The number of records."""
    return len(arguments["count"])
