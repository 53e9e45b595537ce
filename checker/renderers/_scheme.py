"""What a scheme has besides points and deductions: bonus, warnings, groups, changes of its parent."""

from collections.abc import Iterable, Iterator

from checker.assessment import Assessment, Judgement
from checker.bilingual import Bilingual
from checker.finding import Outcome
from checker.renderers._places import places
from checker.renderers._sheet import Sheet, Span, padded
from checker.ruleset import Change
from checker.scoring import BonusScore, IndicatorScore

_CHANGES, _OCCURRENCES = 12, 3
_FAILED = (Outcome.FAIL, Outcome.PARTIAL, Outcome.PENDING)
_GATES = {
    "open": Bilingual("已计", "counted"),
    "closed": Bilingual("没有达到，不计", "not reached, not counted"),
    "undecided": Bilingual("是否达到未定", "whether it is reached is open"),
}


def bears(finding: Judgement) -> bool:
    """Whether marks hang on it: no mere warning, and more than whether a part is there."""
    return finding.marks is None or bool(set(finding.marks.roles) - {"warning"})


def costs_marks(finding: Judgement) -> bool:
    """Whether failing it is a fault: a bonus that is not earned is none."""
    return finding.marks is None or bool(set(finding.marks.roles) - {"bonus", "warning"})


# Bonus -----------------------------------------------------------------------------------------------


def bonuses(sheet: Sheet, assessment: Assessment) -> None:
    """Every bonus with its gate and what it adds, and the rules that bring it."""
    found = list(_bonuses(assessment))
    if not found:
        return
    sheet.heading(sheet.say("加分", "Bonus"))
    for title, bonus in found:
        added = _between(sheet, bonus)
        name = f"{sheet.of(title)}  " if title else ""
        terms = sheet.of(_terms(sheet, bonus))
        sheet.paragraph(
            f"{name}+{added} / {sheet.marks(bonus.cap)}", (f"  {terms}" if terms else "", "dim"), indent=2
        )
    gained = {step.rule: -step.lost for step in assessment.score.waterfall if step.lost < 0}
    for finding in assessment.findings:
        if finding.rule in gained:
            lead: list[Span | str] = [
                (padded(f"+{sheet.marks(gained[finding.rule])}", 8, right=True), "bold green"),
                "  ",
            ]
            sheet.paragraph(sheet.of(finding.title), (f"  {finding.rule}", "dim"), lead=lead)


def _bonuses(assessment: Assessment) -> Iterator[tuple[Bilingual | None, BonusScore]]:
    if assessment.score.bonus is not None:
        yield None, assessment.score.bonus
    yield from _below(assessment.score.indicators)


def _below(indicators: Iterable[IndicatorScore]) -> Iterator[tuple[Bilingual, BonusScore]]:
    for indicator in indicators:
        if indicator.bonus is not None:
            yield indicator.title, indicator.bonus
        yield from _below(indicator.indicators)


def _between(sheet: Sheet, bonus: BonusScore) -> str:
    low, high = sheet.marks(bonus.worst), sheet.marks(bonus.best)
    return low if low == high else f"{low} {sheet.say('至', 'to')} {high}"


def _terms(sheet: Sheet, bonus: BonusScore) -> Bilingual:
    state = _GATES[bonus.gate]
    if bonus.opens_above is not None:
        gate = sheet.marks(bonus.opens_above)
        return Bilingual(f"基础分高于 {gate} 分才计：{state.zh}", f"above {gate} only: {state.en}")
    if bonus.opens_at is not None:
        gate = sheet.marks(bonus.opens_at)
        return Bilingual(f"基础分达到 {gate} 分才计：{state.zh}", f"from {gate} on only: {state.en}")
    return Bilingual("", "")


# Warnings and groups ---------------------------------------------------------------------------------


def warnings(sheet: Sheet, assessment: Assessment) -> None:
    """What is reported before it costs anything."""
    found = [f for f in assessment.findings if _warns(f) and f.outcome in _FAILED]
    if not found:
        return
    sheet.heading(
        sheet.say("预警", "Warnings"), sheet.say(f"{len(found)} 项，不扣分", f"{len(found)}, at no cost")
    )
    for finding in found:
        sheet.paragraph((sheet.of(finding.title), "bold"), (f"  {finding.rule}", "dim"), indent=2)
        shown = [o for o in finding.occurrences if o.outcome in _FAILED]
        for occurrence in shown[:_OCCURRENCES]:
            sheet.paragraph(sheet.of(occurrence.message), indent=4)
            if occurrence.locations:
                where = places(sheet, occurrence.locations, assessment.submission.report.source.file)
                sheet.labelled(sheet.say("位置", "place"), (where, "cyan"), indent=6)
        if len(shown) > _OCCURRENCES:
            left = len(shown) - _OCCURRENCES
            sheet.paragraph((sheet.say(f"另有 {left} 处", f"{left} more"), "dim"), indent=4)


def _warns(finding: Judgement) -> bool:
    return finding.marks is not None and finding.marks.roles == ("warning",)


def taken_elsewhere(sheet: Sheet, assessment: Assessment, finding: Judgement, indent: int) -> None:
    """That a fault costs nothing here because another rule has taken it."""
    titles = {f.rule: f.title for f in assessment.findings}
    takers: dict[str, int] = {}
    for charged in assessment.score.charged_elsewhere:
        if charged.rule == finding.rule:
            takers[charged.by] = takers.get(charged.by, 0) + 1
    for taker, number in takers.items():
        title = sheet.of(titles[taker])
        zh, en = f"其中 {number} 处已由“{title}”扣分", f"{number} of these already charged by: {title}"
        sheet.paragraph((sheet.say(zh, en), "dim"), indent=indent)


# Tailoring -------------------------------------------------------------------------------------------


def tailoring(sheet: Sheet, assessment: Assessment) -> None:
    """What the ruleset changes of the one it extends."""
    ruleset = assessment.ruleset
    if ruleset.parent is None:
        return
    number = len(ruleset.changes)
    zh, en = f"沿用 {ruleset.parent}，改动 {number} 处", f"extends {ruleset.parent}, {number} changes"
    sheet.heading(sheet.say("指标体系的改动", "Changes to the ruleset"), sheet.say(zh, en))
    for change in ruleset.changes[:_CHANGES]:
        change_line(sheet, change)
    if number > _CHANGES:
        left = number - _CHANGES
        sheet.paragraph((sheet.say(f"另有 {left} 处", f"{left} more"), "dim"), indent=1)


def change_line(sheet: Sheet, change: Change) -> None:
    """One change: what it is of, the key, from what to what."""
    if change.before is None and not change.key:
        word, style, rest = sheet.say("增", "added"), "green", f"{change.id}  {change.after}"
    elif change.after is None and not change.key:
        word, style, rest = sheet.say("删", "removed"), "red", f"{change.id}  {change.before}"
    else:
        nothing = sheet.say("无", "none")
        name = f"{change.id}  " if change.id else ""
        rest = f"{name}{change.key}  {change.before or nothing} → {change.after or nothing}"
        word, style = sheet.say("改", "changed"), "yellow"
    width = 2 if sheet.page.language == "zh" else 7
    sheet.paragraph(rest, indent=1, lead=[(padded(word, width), style), " "])
