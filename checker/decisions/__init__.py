"""What people decided of a submission: read, set against what is measured now, and applied to the findings.

content.py   the nouns
reading.py   decisions.yaml → Decisions
measured.py  finding → the digest a decision is keyed to
ruling.py    Decisions × finding → which are in force, and why the others are not
applying.py  Decisions × findings → the findings as they stand and as they count
forms.py     findings → the forms to fill in
"""

from checker.decisions.applying import Adjusted, apply, kept_by
from checker.decisions.content import NAME, Decided, Decision, Decisions, Ruling, State
from checker.decisions.forms import Form, added, forms, written
from checker.decisions.measured import Measured
from checker.decisions.reading import Ground, decisions_path, read_decisions
from checker.decisions.ruling import Terms

__all__ = [
    "NAME",
    "Adjusted",
    "Decided",
    "Decision",
    "Decisions",
    "Form",
    "Ground",
    "Measured",
    "Ruling",
    "State",
    "Terms",
    "added",
    "apply",
    "decisions_path",
    "forms",
    "kept_by",
    "read_decisions",
    "written",
]
