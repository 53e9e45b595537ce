"""What people decided: beside the score, beneath the findings, and one by one."""

from collections import Counter
from collections.abc import Mapping

from checker.assessment import Assessment, Judgement
from checker.bilingual import Bilingual
from checker.decisions import Decision, Ruling, State
from checker.finding import Occurrence
from checker.renderers._numbers import rounded
from checker.renderers._sheet import Sheet, Span
from checker.renderers._words import OUTCOMES

_STATES: Mapping[State, tuple[Bilingual, str]] = {
    State.REOPENED: (Bilingual("重新打开", "reopened"), "bold red"),
    State.EXPIRED: (Bilingual("已到期", "expired"), "bold red"),
    State.UNDATED: (Bilingual("到期未知", "undated"), "bold red"),
    State.UNUSED: (Bilingual("没有用上", "unused"), "bold yellow"),
    State.MOOT: (Bilingual("已无必要", "moot"), "yellow"),
    State.LEFT_OUT: (Bilingual("没有计入", "left out"), "yellow"),
    State.IN_FORCE: (Bilingual("生效", "in force"), "green"),
}
"""In the order they are told: first what a person has to see to."""
_INDENT = 4


def beside(sheet: Sheet, assessment: Assessment, raw: str, adjusted: str) -> None:
    """The score without decisions and with them, and how many of them do not count."""
    lead = sheet.say("人工决定前", "without decisions"), sheet.say("人工决定后", "with them")
    sheet.paragraph((f"{lead[0]} ", "dim"), raw, (f"   {lead[1]} ", "dim"), (adjusted, "bold"), indent=2)
    rulings = assessment.decided.rulings if assessment.decided else ()
    idle: Counter[State] = Counter(r.state for r in rulings if r.state is not State.IN_FORCE)
    if idle:
        told = [f"{sheet.of(name)} {idle[state]}" for state, (name, _) in _STATES.items() if idle[state]]
        listed = sheet.say("，", ", ").join(told)
        number = sum(idle.values())
        are = "decision does" if number == 1 else "decisions do"
        text = sheet.say(f"{number} 项人工决定没有计入：{listed}。", f"{number} {are} not count: {listed}.")
        sheet.paragraph((text, "yellow"), indent=2)


def decisions(sheet: Sheet, assessment: Assessment) -> None:
    """Every decision with what became of it; those that do not count first."""
    decided = assessment.decided
    if decided is None:
        return
    counts = Counter(ruling.state for ruling in decided.rulings)
    told = [f"{sheet.of(name)} {counts[state]}" for state, (name, _) in _STATES.items() if counts[state]]
    if decided.unfilled:
        told.append(sheet.say(f"未填 {decided.unfilled}", f"blank {decided.unfilled}"))
    note = sheet.say("，", ", ").join(told) or sheet.say("没有", "none")
    sheet.heading(sheet.say("人工决定", "Decisions"), f"{note}   {decided.file}")
    titles = {finding.rule: sheet.of(finding.title) for finding in assessment.findings}
    order = list(_STATES)
    for number, ruling in enumerate(sorted(decided.rulings, key=lambda r: order.index(r.state))):
        if number:
            sheet.blank()
        _ruling(sheet, ruling, titles)


def _ruling(sheet: Sheet, ruling: Ruling, titles: Mapping[str, str]) -> None:
    decision = ruling.decision
    name, style = _STATES[ruling.state]
    title = titles.get(decision.rule, "")
    about = f"  {decision.record}" if decision.record is not None else ""
    ids = f"  {decision.rule}{about}" if title else f"{decision.rule}{about}"
    sheet.paragraph((title, "bold"), (ids, "dim"), indent=2, lead=[(sheet.of(name), style), "  "])
    line = sheet.say(f"第 {decision.place.line} 行：", f"line {decision.place.line}: ")
    sheet.paragraph((line, "dim"), _act(sheet, ruling), indent=_INDENT)
    if ruling.reason is not None:
        sheet.paragraph((sheet.of(ruling.reason), style), indent=_INDENT)
    _who(sheet, decision, _INDENT)
    if ruling.now is not None:
        sheet.labelled(sheet.say("现在的 measured", "measured now"), ruling.now, indent=_INDENT)


def _act(sheet: Sheet, ruling: Ruling) -> str:
    """What was decided, in words."""
    decision, before = ruling.decision, ruling.before
    was = sheet.of(OUTCOMES[before]) if before is not None else ""
    if decision.waive:
        return sheet.say(f"豁免，到 {decision.expires} 为止", f"waived until {decision.expires}")
    if decision.level is not None:
        title = sheet.of(ruling.level) if ruling.level is not None else decision.level
        return sheet.say(f"评为“{title}”", f"level: {title}")
    if decision.deduct is not None:
        amount = rounded(decision.deduct)
        return sheet.say(f"扣 {amount} 分", f"{amount} off")
    if decision.settle is not None:
        now = sheet.of(OUTCOMES[decision.settle])
        return sheet.say(f"判为{now}", f"settled: {now}")
    now = sheet.of(OUTCOMES[decision.override]) if decision.override is not None else ""
    from_zh, from_en = (f"由{was}", f" from {was}") if was and was != now else ("", "")
    return sheet.say(f"{from_zh}更正为{now}", f"corrected{from_en} to {now}")


def _who(sheet: Sheet, decision: Decision, indent: int) -> None:
    """Who, in which capacity, when, why and on which evidence."""
    by = sheet.say(f"{decision.by}（{decision.role}）", f"{decision.by} ({decision.role})")
    sheet.labelled(sheet.say("决定人", "by"), f"{by} {decision.on}", indent=indent)
    sheet.labelled(sheet.say("理由", "why"), decision.why, indent=indent)
    sheet.labelled(
        sheet.say("证据", "evidence"), (sheet.say("、", ", ").join(decision.evidence), "cyan"), indent=indent
    )


# Beneath a finding -----------------------------------------------------------------------------------


def beneath(sheet: Sheet, finding: Judgement, indent: int) -> None:
    """The decisions in force on a finding that is still told of, in a line each."""
    for ruling in finding.rulings:
        decision = ruling.decision
        about = f"{ruling.key} " if ruling.key is not None and decision.record is not None else ""
        text = sheet.say(
            f"{about}{_act(sheet, ruling)}（{decision.by} {decision.on}）：{decision.why}",
            f"{about}{_act(sheet, ruling)} ({decision.by}, {decision.on}): {decision.why}",
        )
        sheet.labelled(sheet.say("决定", "decided"), text, indent=indent, style="magenta")


def waived(finding: Judgement) -> bool:
    """Whether the whole of a finding is waived."""
    return any(r.decision.waive and r.decision.record is None for r in finding.rulings)


def mark(sheet: Sheet, finding: Judgement, occurrence: Occurrence) -> Span:
    """What stands before the sentence of a record that is waived."""
    records = {r.key for r in finding.rulings if r.decision.waive and r.decision.record is not None}
    return (sheet.say("已豁免：", "waived: ") if occurrence.key in records else "", "magenta")
