"""checker: does a government office's disclosure work hold up?

    from checker import assess
    assessment = assess("reports/alxa-hightech-zone-2024")
    assessment.verdict, assessment.score.worst, assessment.score.best

Nothing heavy is imported until it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.assessment import Assessment as Assessment
    from checker.errors import CheckerError as CheckerError
    from checker.errors import InputError as InputError
    from checker.library import load_ruleset as load_ruleset
    from checker.pipeline import assess as assess
    from checker.ruleset import Ruleset as Ruleset

_HOMES = {
    "Assessment": "checker.assessment",
    "CheckerError": "checker.errors",
    "InputError": "checker.errors",
    "Ruleset": "checker.ruleset",
    "assess": "checker.pipeline",
    "load_ruleset": "checker.library",
}
__all__ = ["Assessment", "CheckerError", "InputError", "Ruleset", "assess", "load_ruleset"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'checker' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
