"""The list of evidence in a submission folder: read, checked against the files, written and renewed.

content.py    the nouns
reading.py    manifest.yaml → Manifest
files.py      the files of a folder and their digests
checking.py   Manifest × folder → Fixity
guessing.py   which kind a file is
drafting.py   a new manifest, and blank ledgers
renewing.py   a manifest brought up to date in place
"""

from checker.manifest.checking import check, report_changed
from checker.manifest.content import (
    ATTACHMENT,
    NAME,
    Evidence,
    EvidenceItem,
    EvidenceStatus,
    Exhibit,
    Fixity,
    Manifest,
    Period,
    ReportEntry,
    State,
    Unit,
)
from checker.manifest.reading import open_manifest
from checker.manifest.stated import DECLARES, stated

__all__ = [
    "ATTACHMENT",
    "DECLARES",
    "NAME",
    "Evidence",
    "EvidenceItem",
    "EvidenceStatus",
    "Exhibit",
    "Fixity",
    "Manifest",
    "Period",
    "ReportEntry",
    "State",
    "Unit",
    "check",
    "open_manifest",
    "report_changed",
    "stated",
]
