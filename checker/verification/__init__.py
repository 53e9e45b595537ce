"""The evidence of a submission: checked against its manifest and read by its kinds; and its list written.

reading.py  Manifest × folder × kinds → Evidence
listing.py  a manifest for the files that are there
"""

from checker.verification.listing import Draft, check_vacant, draft_manifest, renew_manifest
from checker.verification.reading import load_evidence, verify

__all__ = ["Draft", "check_vacant", "draft_manifest", "load_evidence", "renew_manifest", "verify"]
