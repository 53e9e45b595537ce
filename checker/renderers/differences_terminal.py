"""What changed between two rulesets, and what that does to scores."""

from checker.assessment import Assessment
from checker.bilingual import Bilingual
from checker.differences import Differences, Rescored, decided_otherwise
from checker.renderers import Page
from checker.renderers._numbers import rounded
from checker.renderers._scheme import change_line
from checker.renderers._sheet import Sheet
from checker.renderers._words import OUTCOMES, VERDICTS
from checker.ruleset import Ruleset

_KINDS = {
    "ruleset": Bilingual("全局", "The whole"),
    "indicator": Bilingual("指标", "Indicators"),
    "use": Bilingual("规则的用法", "Uses of rules"),
    "rule": Bilingual("规则本身", "The rules themselves"),
}
_RULES = 10


def render(found: Differences, page: Page) -> str:
    """The changes by what they are of, then a line a submission with the rules that made the difference."""
    sheet = Sheet(page)
    sheet.paragraph((f"{_named(sheet, found.old)} → {_named(sheet, found.new)}", "bold"))
    if not found.changes:
        sheet.paragraph(sheet.say("没有差别", "no difference"))
    for kind, title in _KINDS.items():
        listed = [change for change in found.changes if change.what == kind]
        if listed:
            sheet.heading(sheet.of(title), sheet.say(f"{len(listed)} 处", str(len(listed))))
            for change in listed:
                change_line(sheet, change)
    if found.rescored:
        sheet.heading(sheet.say("得分", "Scores"))
    for rescored in found.rescored:
        _scores(sheet, found, rescored)
    return sheet.finish()


def _named(sheet: Sheet, ruleset: Ruleset) -> str:
    return f"{sheet.of(ruleset.title)} {ruleset.version} ({ruleset.id})"


def _scores(sheet: Sheet, found: Differences, rescored: Rescored) -> None:
    was, now = _score(sheet, found.old, rescored.old), _score(sheet, found.new, rescored.new)
    sheet.paragraph((f"{was} → {now}", "bold"), lead=[rescored.name, "  "])
    before = {f.rule: f for f in rescored.old.findings}
    after = {f.rule: f for f in rescored.new.findings}
    rules = decided_otherwise(rescored)
    for rule in rules[:_RULES]:
        old, new = before[rule], after[rule]
        if old.marks is None or new.marks is None:
            continue
        outcomes = f"{sheet.of(OUTCOMES[old.outcome])} → {sheet.of(OUTCOMES[new.outcome])}"
        lost = [rounded(marks.worst - marks.full, found.new.places) for marks in (old.marks, new.marks)]
        sheet.paragraph(f"{rule}  {outcomes}  {lost[0]} → {lost[1]}", indent=4, hang=6)
    if len(rules) > _RULES:
        left = len(rules) - _RULES
        sheet.paragraph(sheet.say(f"另有 {left} 条规则", f"and {left} more"), indent=4)


def _score(sheet: Sheet, ruleset: Ruleset, assessment: Assessment) -> str:
    score, places = assessment.score, ruleset.places
    span = rounded(score.worst, places)
    if score.worst != score.best:
        span += sheet.say("–", "–") + rounded(score.best, places)
    return f"{span} / {rounded(score.full, places)} {sheet.of(VERDICTS[assessment.verdict])}"
