"""What `rules lint` found, for people: each place with its line and its fix, then how many in all."""

from collections.abc import Mapping

from rich.cells import cell_len

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.lints import Exemption, Remark, Report, Severity
from checker.renderers import Page
from checker.renderers._sheet import Sheet, Span, clean

_SEVERITIES: Mapping[Severity, tuple[Bilingual, str]] = {
    "refused": (Bilingual("不能加载", "refused"), "bold red"),
    "error": (Bilingual("错误", "error"), "red"),
    "warning": (Bilingual("警告", "warning"), "yellow"),
}
_INDENT = 4


def render(report: Report, page: Page) -> str:
    """The whole page."""
    sheet = Sheet(page)
    for remark in report.remarks:
        _remark(sheet, remark)
    if report.exemptions:
        _exemptions(sheet, report)
    sheet.blank()
    _total(sheet, report)
    return sheet.finish()


def _remark(sheet: Sheet, remark: Remark) -> None:
    problem = remark.problem
    name, style = _SEVERITIES[remark.severity]
    sheet.blank()
    sheet.paragraph((_place(problem), "bold"), "  ", (sheet.of(name), style), "  ", (problem.code, "dim"))
    sheet.paragraph(sheet.of(problem.message), indent=_INDENT)
    _line(sheet, problem)
    if problem.fix is not None:
        sheet.labelled(sheet.say("改法", "fix"), sheet.of(problem.fix), indent=_INDENT, style="green")


def _place(problem: Problem) -> str:
    place = problem.location
    numbers = (place.line, place.character) if place else ()
    return ":".join([place.file if place else "-", *(str(n) for n in numbers if n is not None)])


def _line(sheet: Sheet, problem: Problem) -> None:
    """The line the place is on, and a mark below the place; a line too long for the page is cut."""
    place, text = problem.location, problem.excerpt
    if place is None or text is None:
        return
    at, margin = (place.character or 1) - 1, len(text) - len(text.lstrip())
    shown, before = _window(clean(text[margin:]), at - margin, sheet.page.width - _INDENT)
    sheet.line(" " * _INDENT, (shown, "dim"))
    if place.character is not None:
        sheet.line(" " * (_INDENT + before), ("^", "dim"))


def _window(text: str, at: int, room: int) -> tuple[str, int]:
    """As much of a line as fits into so many cells, and the cells in it before a place."""
    begin = 0
    while cell_len(text[begin:at]) > room // 2:
        begin += 1
    lead = "…" if begin else ""
    shown = lead + text[begin:]
    while cell_len(shown) > room:
        shown = shown[:-2] + "…"
    return shown, cell_len(lead + text[begin:at])


def _exemptions(sheet: Sheet, report: Report) -> None:
    covered = sum(exemption.covers for exemption in report.exemptions)
    note = sheet.say(f"共 {covered} 处", f"{covered} places")
    sheet.heading(sheet.say("有意如此", "Meant to be so"), note)
    for exemption in report.exemptions:
        _exemption(sheet, exemption)


def _exemption(sheet: Sheet, exemption: Exemption) -> None:
    place = exemption.place
    sheet.paragraph(f"{place.file}:{place.line}  {exemption.code} × {exemption.covers}")
    sheet.paragraph((sheet.of(exemption.why), "dim"), indent=_INDENT)


def _total(sheet: Sheet, report: Report) -> None:
    found = [
        (sheet.of(name) + f" {number}", style)
        for severity, (name, style) in _SEVERITIES.items()
        if (number := report.count(severity))
    ]
    clean_page = (sheet.say("没有发现问题", "nothing found"), "green")
    spans: list[Span | str] = [part for pair in zip(found, ["  "] * len(found), strict=True) for part in pair]
    sheet.paragraph(*(spans or [clean_page, "  "]), (_looked_at(sheet, report), "dim"))


def _looked_at(sheet: Sheet, report: Report) -> str:
    rulesets = len(report.rulesets)
    return sheet.say(
        f"检查了 {rulesets} 个指标体系、{report.rules} 条规则、{report.cases:,} 个用例",
        f"rulesets {rulesets}, rules {report.rules}, cases {report.cases:,}",
    )
