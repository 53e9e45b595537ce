"""A rule as a page to sign off; with a submission, what it read there and where."""

from collections.abc import Sequence

from checker.bilingual import Bilingual
from checker.facts import Kind
from checker.finding import Finding, Occurrence, Operand, Outcome
from checker.renderers import Explanation, Page
from checker.renderers._places import places
from checker.renderers._sheet import Sheet, Span, shortened
from checker.renderers._words import GRADES, KINDS, OUTCOMES
from checker.ruleset import Ratio, Rule

_OCCURRENCES, _OPERANDS, _TEXT = 10, 40, 60
_FLAGS = {"true": Bilingual("是", "yes"), "false": Bilingual("否", "no")}
_STYLES = {
    Outcome.PASS: "bold green",
    Outcome.FAIL: "bold red",
    Outcome.PARTIAL: "bold red",
    Outcome.NOT_APPLICABLE: "bold",
}


def render(explanation: Explanation, page: Page) -> str:
    """Title, reason, formula, basis with grade, dates and remedy; then the finding, if there is one."""
    sheet, rule = Sheet(page), explanation.rule
    sheet.paragraph((sheet.of(rule.title), "bold"), (f"  {rule.id}", "dim"))
    sheet.paragraph(sheet.of(rule.why))
    _formulas(sheet, explanation)
    _grounds(sheet, rule)
    if explanation.finding is not None:
        _finding(sheet, explanation.finding)
    return sheet.finish()


def _formulas(sheet: Sheet, explanation: Explanation) -> None:
    sheet.heading(sheet.say("公式", "Formula"))
    formulas = explanation.formulas
    _formula(sheet, sheet.say("适用条件", "applies when"), formulas.when)
    for name, words in formulas.measures:
        _formula(sheet, sheet.say(f"先算 {name}", f"let {name} be"), words)
    _formula(sheet, _stated(sheet, explanation.rule), formulas.assertion, "bold")
    for fault in formulas.faults:
        _formula(sheet, sheet.say("不成立时", "of a fault"), fault)
    if explanation.rule.judgement and explanation.rule.question is None:
        text = sheet.say(
            "不成立时由人工判断，不直接算作不符合。", "Where it does not hold, a person decides."
        )
        sheet.paragraph(text, indent=2)


def _stated(sheet: Sheet, rule: Rule) -> str:
    """What the main formula of a rule is: what must hold, what is asked, or how far it is met."""
    if rule.question is not None:
        return sheet.say("怎样判断", "judged how")
    if isinstance(rule.degree, Ratio):
        return sheet.say("完成程度", "how far met")
    return sheet.say("应当成立", "must hold")


def _formula(sheet: Sheet, label: str, words: Bilingual | None, style: str = "") -> None:
    if words is not None:
        sheet.labelled(label, (sheet.of(words), style), indent=2)


def _grounds(sheet: Sheet, rule: Rule) -> None:
    sheet.heading(sheet.say("依据和改法", "Basis and remedy"))
    for basis in rule.basis:
        grade = sheet.say(f"（{GRADES[basis.grade].zh}）", f" ({GRADES[basis.grade].en})")
        sheet.labelled(sheet.say("依据", "basis"), f"{basis.document} {basis.clause}", grade, indent=2)
    dates = _dates(sheet, rule)
    if dates:
        sheet.labelled(sheet.say("施行", "in force"), dates, indent=2)
    sheet.labelled(sheet.say("改法", "fix"), sheet.of(rule.remedy), indent=2, style="green")


def _dates(sheet: Sheet, rule: Rule) -> str:
    parts = []
    if rule.effective_from:
        day = rule.effective_from.isoformat()
        parts.append(sheet.say(f"自 {day} 起", f"from {day}"))
    if rule.effective_to:
        day = rule.effective_to.isoformat()
        parts.append(sheet.say(f"至 {day} 止", f"until {day}"))
    return " ".join(parts)


def _finding(sheet: Sheet, finding: Finding) -> None:
    sheet.heading(sheet.say("在这份报告上", "On this report"))
    checked = sheet.say(f"检查 {finding.checked} 处", f"{finding.checked} checked") if finding.checked else ""
    sheet.paragraph(checked, indent=2, lead=[_named(sheet, finding.outcome), "  "])
    if finding.reason is not None:
        sheet.paragraph(sheet.of(finding.reason), indent=2)
    report = _only_file(finding.occurrences)
    for occurrence in finding.occurrences[:_OCCURRENCES]:
        _occurrence(sheet, occurrence, report)
    _left_out(sheet, len(finding.occurrences) - _OCCURRENCES, 2)


def _named(sheet: Sheet, outcome: Outcome) -> Span:
    return sheet.of(OUTCOMES[outcome]), _STYLES.get(outcome, "bold yellow")


def _only_file(occurrences: Sequence[Occurrence]) -> str:
    """The one file everything was read from: its name need not be repeated. Empty where there are more."""
    read = [location for o in occurrences for operand in o.operands for location in operand.locations]
    files = {location.file for location in [*read, *(place for o in occurrences for place in o.locations)]}
    return files.pop() if len(files) == 1 else ""


def _occurrence(sheet: Sheet, occurrence: Occurrence, report: str) -> None:
    sheet.blank()
    message = "" if occurrence.outcome is Outcome.PASS else sheet.of(occurrence.message)
    sheet.paragraph(message, indent=2, lead=[_named(sheet, occurrence.outcome), "  "])
    for operand in occurrence.operands[:_OPERANDS]:
        _operand(sheet, operand, report)
    _left_out(sheet, len(occurrence.operands) - _OPERANDS, 4)
    if not occurrence.operands and occurrence.locations:
        sheet.paragraph((places(sheet, occurrence.locations, report), "cyan"), indent=4)


def _operand(sheet: Sheet, operand: Operand, report: str) -> None:
    spans: list[Span | str] = [
        shortened(sheet.of(operand.label), _TEXT),
        sheet.say("：", ": "),
        *_said(sheet, operand),
    ]
    if operand.locations:
        spans.append((f"  {places(sheet, operand.locations, report, most=2)}", "cyan"))
    sheet.paragraph(*spans, indent=4, hang=6)


def _said(sheet: Sheet, operand: Operand) -> list[Span]:
    """What was there, and why it could not be used, if it could not."""
    told = _FLAGS.get(operand.text) if operand.kind == Kind.FLAG else None
    text = shortened(operand.text if told is None else sheet.of(told), _TEXT)
    note = sheet.of(operand.note) if operand.note is not None else ""
    if not text:
        return [(note or sheet.of(KINDS[Kind(operand.kind)]), "bold yellow")]
    return [(text, "bold"), (sheet.say(f"（{note}）", f" ({note})") if note else "", "yellow")]


def _left_out(sheet: Sheet, number: int, indent: int) -> None:
    if number > 0:
        sheet.paragraph((sheet.say(f"另有 {number} 处", f"{number} more"), "dim"), indent=indent)
