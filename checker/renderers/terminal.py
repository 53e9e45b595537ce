"""The page a clerk reads: verdict, indicators, faults by cost, what is undecided, what to fix first.

Words carry the meaning and colour only repeats it. Characters that some terminals draw twice as wide stand
at the end of lines or in blocks of fixed length, so that columns stay straight on all of them.
"""

from dataclasses import replace
from fractions import Fraction

from checker.assessment import Assessment
from checker.finding import Outcome
from checker.renderers import Page
from checker.renderers._decisions import decisions
from checker.renderers._evidence import claims, evidence
from checker.renderers._findings import errors, faults, pending, unknown
from checker.renderers._fixes import fixes
from checker.renderers._indicators import indicators
from checker.renderers._reading import in_short, reports, section
from checker.renderers._scheme import bonuses, tailoring, warnings
from checker.renderers._sheet import Sheet
from checker.renderers._verdict import head
from checker.renderers._words import TREATMENTS


def render(assessment: Assessment, page: Page) -> str:
    """The whole page. Long lists are cut, with a count of what is left out; JSON has everything."""
    sheet = Sheet(replace(page, places=assessment.ruleset.places))
    head(sheet, assessment)
    errors(sheet, assessment)
    indicators(sheet, assessment)
    bonuses(sheet, assessment)
    faults(sheet, assessment)
    warnings(sheet, assessment)
    pending(sheet, assessment)
    unknown(sheet, assessment)
    decisions(sheet, assessment)
    claims(sheet, assessment)
    evidence(sheet, assessment)
    section(sheet, reports(assessment))
    _not_applicable(sheet, assessment)
    tailoring(sheet, assessment)
    fixes(sheet, assessment)
    _foot(sheet, assessment)
    return sheet.finish()


def _not_applicable(sheet: Sheet, assessment: Assessment) -> None:
    number = assessment.counts[Outcome.NOT_APPLICABLE]
    adjustment = assessment.score.adjustment
    if not number and not adjustment.points:
        return
    sheet.heading(sheet.say("不适用", "Not applicable"), sheet.say(f"{number} 项", f"{number}"))
    if not adjustment.points:
        sheet.paragraph(sheet.say("都不涉及分值。", "No points hang on them alone."), indent=2)
        return
    freed, effect = sheet.marks(adjustment.points), sheet.marks(adjustment.effect)
    method = sheet.of(TREATMENTS[adjustment.treatment])
    if adjustment.factor is not None:
        full = assessment.score.full
        left = sheet.marks(Fraction(full) - adjustment.points)
        method += sheet.say(f"（× {sheet.marks(full)} / {left}）", f" (× {sheet.marks(full)} / {left})")
    sheet.paragraph(
        sheet.say(
            f"涉及 {freed} 分：{method}，得分因此多 {effect} 分。",
            f"{sheet.points(adjustment.points)} {'hangs' if freed == '1' else 'hang'} on them: {method},"
            f" which adds {effect} to the score.",
        ),
        indent=2,
    )


def _foot(sheet: Sheet, assessment: Assessment) -> None:
    sheet.blank()
    in_short(sheet, reports(assessment))
    submission = sheet.say("报送件", "SUBMISSION")
    if assessment.score.what_if:
        command = f"checker explain {assessment.score.what_if[0].rule} {submission}"
        sheet.labelled(sheet.say("查看一条规则", "explain a rule"), (command, "dim"))
    listing = f"checker assess {submission} --format json"
    sheet.labelled(sheet.say("列出全部结果", "list all of it"), (listing, "dim"))
