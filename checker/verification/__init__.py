"""The evidence of a submission: checked against its manifest and read by its kinds; and its list written.

reading.py    Manifest × folder × kinds → Evidence
supplying.py  Evidence → facts
agreeing.py   Evidence × facts → whether they are of one year and unit
recording.py  Evidence → what the record says of it
listing.py    a manifest for the files that are there; for the command that writes one
"""

from checker.verification.agreeing import beside_report, other_year
from checker.verification.reading import Kinds, LedgerReader, load_evidence, verify
from checker.verification.recording import evidence_list
from checker.verification.supplying import listed, previous_in, read_evidence, supply

__all__ = [
    "Kinds",
    "LedgerReader",
    "beside_report",
    "evidence_list",
    "listed",
    "other_year",
    "previous_in",
    "read_evidence",
    "supply",
    "load_evidence",
    "verify",
]
