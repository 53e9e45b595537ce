"""Two rulesets side by side: what changed, and what it does to the scores of submissions."""

from dataclasses import dataclass

from checker.assessment import Assessment
from checker.ruleset import Change, Ruleset
from checker.ruleset_yaml import changes


@dataclass(frozen=True, slots=True)
class Rescored:
    """One submission, named as given, assessed by both."""

    name: str
    old: Assessment
    new: Assessment


@dataclass(frozen=True, slots=True)
class Differences:
    """Every change from the old ruleset to the new, and the submissions assessed by both."""

    old: Ruleset
    new: Ruleset
    changes: tuple[Change, ...]
    rescored: tuple[Rescored, ...] = ()


def differences(old: Ruleset, new: Ruleset, rescored: tuple[Rescored, ...] = ()) -> Differences:
    return Differences(old, new, changes(old, new), rescored)


def decided_otherwise(rescored: Rescored) -> tuple[str, ...]:
    """The rules of both whose worth or outcome differs, dearest first, then in the order of the new."""
    before = {f.rule: f for f in rescored.old.findings}
    found = []
    for after in rescored.new.findings:
        was = before.get(after.rule)
        if was is None or was.marks is None or after.marks is None:
            continue
        lost = (was.marks.full - was.marks.worst, after.marks.full - after.marks.worst)
        if lost[0] != lost[1] or was.outcome is not after.outcome:
            found.append((abs(lost[1] - lost[0]), after.rule))
    return tuple(rule for _, rule in sorted(found, key=lambda each: -each[0]))
