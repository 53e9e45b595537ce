"""What to fix first: what brings most, and where it leads."""

from collections import Counter
from collections.abc import Sequence

from rich.cells import cell_len

from checker.assessment import Assessment, Judgement
from checker.bilingual import Bilingual
from checker.finding import Outcome
from checker.renderers._findings import why_open
from checker.renderers._sheet import Sheet, Span, padded
from checker.renderers._verdict import interval, standing
from checker.scoring import WhatIf

_FIXES = 10


def fixes(sheet: Sheet, assessment: Assessment) -> None:
    entries = assessment.score.what_if
    if not entries:
        return
    shown = [entry for entry in entries if entry.gain][:_FIXES]
    note = sheet.say(
        "按能多得的分排列；“改到此”是连同上面各项一起改完后的得分",
        "by points gained; “so far” is the score with all above done too",
    )
    sheet.heading(sheet.say("先改这些", "Fix these first"), note if shown else "")
    if shown:
        _gains(sheet, assessment, shown)
    _milestone(sheet, assessment, entries)


def _gains(sheet: Sheet, assessment: Assessment, shown: Sequence[WhatIf]) -> None:
    gains = [f"+{sheet.marks(entry.gain)}" for entry in shown]
    reached = [interval(sheet, e.together.worst, e.together.best) for e in shown]
    titles = {finding.rule: finding for finding in assessment.findings}
    heads = (sheet.say("多得", "gain"), sheet.say("改到此", "so far"))
    widths = [
        max(map(cell_len, [head, *column])) for head, column in zip(heads, (gains, reached), strict=True)
    ]
    columns = [padded("", 4), padded(heads[0], widths[0], True), "   ", padded(heads[1], widths[1], True)]
    sheet.line(("".join(columns), "dim"))
    for number, entry in enumerate(shown):
        lead = (
            padded(f"{number + 1}", 3, True),
            " ",
            (padded(gains[number], widths[0], True), "bold green"),
            "   ",
            padded(reached[number], widths[1], True),
            "   ",
        )
        sheet.paragraph(*_fix(sheet, titles[entry.rule], entry), lead=lead)


def _fix(sheet: Sheet, finding: Judgement, entry: WhatIf) -> list[Span]:
    kinds = {
        Outcome.UNKNOWN: Bilingual("补", "supply"),
        Outcome.PENDING: Bilingual("判", "judge"),
    }
    otherwise = Bilingual("改", "fix")
    if finding.marks and finding.marks.roles == ("bonus",):
        otherwise = Bilingual("争取", "earn")
    kind = sheet.of(kinds.get(finding.outcome, otherwise))
    veto = sheet.say("（一票否决）", " (veto)") if entry.veto != "none" else ""
    return [(f"{kind} ", "dim"), (sheet.of(finding.title), ""), (veto, "bold red")]


def _milestone(sheet: Sheet, assessment: Assessment, entries: Sequence[WhatIf]) -> None:
    """What the list leads to, and what is left out of it."""
    worth = [entry for entry in entries if entry.gain]
    left = len(worth) - _FIXES
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left} 项", f"{left} more"), "dim"), indent=4)
    now = standing(sheet, assessment.score.outlook)
    if worth:
        number = min(len(worth), _FIXES)
        then = standing(sheet, worth[number - 1].together)
        said = sheet.say(
            f"做完这 {number} 项：{now}变为 {then}",
            f"With {'this one' if number == 1 else f'these {number}'} done: from {now} to {then}",
        )
        sheet.paragraph(said, indent=2)
    if len(worth) < len(entries):
        _only_together(sheet, assessment, entries[len(worth) :])


def _only_together(sheet: Sheet, assessment: Assessment, entries: Sequence[WhatIf]) -> None:
    """What brings nothing alone: a cap or another rule keeps the points until all of it is settled."""
    finding = {f.rule: f for f in assessment.findings}
    reasons = Counter(why_open(sheet, finding[entry.rule]) for entry in entries)
    listed = sheet.say("；", "; ").join(
        sheet.say(f"{reason} {n} 项", f"{reason} ({n})") for reason, n in reasons.items()
    )
    then = standing(sheet, entries[-1].together)
    if len(entries) == 1:
        zh, en = "还有 1 项单独解决不加分，解决后为", "1 more brings nothing by itself; with it settled"
    else:
        zh = f"还有 {len(entries)} 项单独解决不加分，全部解决后为"
        en = f"{len(entries)} more bring nothing one by one; with all of them settled"
    sheet.paragraph(sheet.say(f"{zh} {then}：{listed}", f"{en}, {then}: {listed}"), indent=2)
