"""What became of the evidence, for people: every item, what is odd, and what does not fit and where."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.manifest import Evidence, Exhibit, State
from checker.renderers import Page
from checker.renderers._places import place
from checker.renderers._rows import left_out
from checker.renderers._sheet import Sheet, Span, padded, shortened
from checker.renderers._words import NOT_USED, STATE_STYLES, STATES

_ITEMS, _PROBLEMS, _ID, _HEADERS = 100, 20, 24, 8


def render(evidence: Evidence, page: Page) -> str:
    """The whole page. Long lists are cut, with a count of what is left out; JSON has every item."""
    sheet = Sheet(page)
    _head(sheet, evidence)
    _items(sheet, evidence.exhibits)
    _notices(sheet, evidence)
    for exhibit in evidence.exhibits:
        _problems(sheet, exhibit)
    return sheet.finish()


def _head(sheet: Sheet, evidence: Evidence) -> None:
    manifest, report = evidence.manifest, evidence.fixity.report
    year = sheet.say(f"{manifest.year} 年度", f"{manifest.year}")
    sheet.paragraph((manifest.unit.name, "bold"), "  ", (year, "bold"))
    state = (sheet.of(STATES[report.state]), STATE_STYLES[report.state])
    sheet.paragraph(f"{sheet.say('报告', 'report')} {report.file}  ", state)
    if report.reason is not None:
        sheet.paragraph((sheet.of(report.reason), "red"), indent=2)
    for problem in evidence.problems:
        sheet.paragraph((_told(sheet, problem), "red"), indent=2)
    sheet.blank()
    name, style = (sheet.say("齐备相符", "IN ORDER"), "bold white on green")
    if not evidence.in_order:
        name, style = (sheet.say("须处理", "NOT IN ORDER"), "bold white on red")
    sheet.line("  ", (sheet.say(f"【{name}】", f"[ {name} ]"), style), "   ", _counts(sheet, evidence))


def _counts(sheet: Sheet, evidence: Evidence) -> str:
    states = Counter(_state(exhibit) for exhibit in evidence.exhibits)
    parts = [f"{sheet.of(name)} {states[name]}" for name in (*STATES.values(), NOT_USED) if states[name]]
    faults = sum(exhibit.ledger.fault_count for exhibit in evidence.exhibits if exhibit.ledger)
    unfit = sum(1 for exhibit in evidence.exhibits if exhibit.problems)
    parts += [sheet.say(f"不能用 {unfit}", f"unusable {unfit}")] if unfit else []
    parts += [sheet.say(f"不合的值 {faults:,}", f"values that do not fit {faults:,}")] if faults else []
    return sheet.say("，", ", ").join(parts) or sheet.say("没有证据", "no evidence")


# Items -----------------------------------------------------------------------------------------------


def _items(sheet: Sheet, exhibits: Sequence[Exhibit]) -> None:
    if not exhibits:
        return
    sheet.heading(sheet.say("证据", "Evidence"), sheet.say(f"{len(exhibits)} 项", f"{len(exhibits)}"))
    shown = exhibits if len(exhibits) <= _ITEMS else [e for e in exhibits if not e.in_order][:_ITEMS]
    heads = [sheet.say(*pair) for pair in (("状态", "state"), ("行数", "rows"), ("不合", "faults"))]
    rows = [_cells(sheet, exhibit) for exhibit in shown]
    widths = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    sheet.line((f"  {_aligned(heads, widths)}  {sheet.say('编号、种类、文件', 'id, kind, file')}", "dim"))
    for exhibit, row in zip(shown, rows, strict=True):
        style = "red" if exhibit.problems else STATE_STYLES[exhibit.status.state]
        sheet.paragraph(*_named(sheet, exhibit), lead=["  ", (_aligned(row, widths), style), "  "])
    left = len(exhibits) - len(shown)
    if left:
        sheet.paragraph((sheet.say(f"另有 {left} 项", f"{left} more"), "dim"), indent=2)


def _cells(sheet: Sheet, exhibit: Exhibit) -> list[str]:
    ledger = exhibit.ledger
    state = sheet.of(_state(exhibit))
    if exhibit.problems:
        state = sheet.say("不能用", "unusable")
    return [state, f"{len(ledger.records):,}" if ledger else "", f"{ledger.fault_count:,}" if ledger else ""]


def _state(exhibit: Exhibit) -> Bilingual:
    status = exhibit.status
    return NOT_USED if status.state is State.VERIFIED and status.reason else STATES[status.state]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(padded(c, w, n > 0) for n, (c, w) in enumerate(zip(cells, widths, strict=True)))


def _named(sheet: Sheet, exhibit: Exhibit) -> list[Span | str]:
    item = exhibit.status.item
    if item is None:
        return [exhibit.status.file]
    kind = sheet.of(exhibit.kind.title) if exhibit.kind else sheet.say("附件", "attachment")
    part = "" if item.complete else sheet.say("（部分）", " (part)")
    where = f"{item.file} [{item.sheet}]" if item.sheet else item.file
    return [(shortened(item.id, _ID), "bold"), f"  {kind}{part}  ", (where, "dim")]


# What is odd, and what does not fit ------------------------------------------------------------------


def _notices(sheet: Sheet, evidence: Evidence) -> None:
    reasons = [e.status.reason for e in evidence.exhibits if e.status.reason is not None]
    said = [sheet.of(reason) for reason in reasons]
    said += [_told(sheet, notice) for notice in evidence.fixity.notices]
    for exhibit in evidence.exhibits:
        said += _of_ledger(sheet, exhibit)
    if not said:
        return
    sheet.heading(sheet.say("提示", "Notices"), sheet.say(f"{len(said)} 条", f"{len(said)}"))
    _listed(sheet, said, len(said))


def _told(sheet: Sheet, problem: Problem) -> str:
    where = place(sheet, problem.location, "") if problem.location and problem.location.line else ""
    return f"{sheet.of(problem.message)}  {where}"


def _of_ledger(sheet: Sheet, exhibit: Exhibit) -> Iterator[str]:
    """What of a ledger is not used though nothing is wrong with it."""
    ledger = exhibit.ledger
    if ledger is not None and ledger.extra:
        yield _strange(sheet, exhibit, ledger.extra)
    if ledger is not None and ledger.left_out:
        yield f"{exhibit.status.file}{sheet.say('：', ': ')}{left_out(sheet, ledger.left_out)}"


def _strange(sheet: Sheet, exhibit: Exhibit, extra: Sequence[str]) -> str:
    listed = sheet.say("、", ", ").join(extra[:_HEADERS]) + ("…" if len(extra) > _HEADERS else "")
    return sheet.say(
        f"{exhibit.status.file}：没有用到的表头 {listed}；该用的请在清单的 columns 中写明",
        f"{exhibit.status.file}: headers not used: {listed}; name those of use under columns in the manifest",
    )


def _problems(sheet: Sheet, exhibit: Exhibit) -> None:
    item, ledger = exhibit.status.item, exhibit.ledger
    problems = [*exhibit.problems, *(ledger.faults if ledger else ())]
    if item is None or not problems:
        return
    number = len(exhibit.problems) + (ledger.fault_count if ledger else 0)
    title = sheet.say(f"{item.id} 不合之处", f"What does not fit in {item.id}")
    sheet.heading(title, sheet.say(f"{number:,} 处", f"{number:,}"))
    _listed(sheet, [_placed(sheet, problem, item.file) for problem in problems[:_PROBLEMS]], number)


def _placed(sheet: Sheet, problem: Problem, file: str) -> str:
    """What is wrong, behind the sheet and line it is wrong on; the sentence names column and value."""
    location, said = problem.location, sheet.of(problem.message)
    if location is None:
        return said
    line = sheet.say(f"第 {location.line} 行", f"line {location.line}") if location.line else ""
    parts = [location.file if location.file != file else "", location.table or "", line, said]
    return " ".join(part for part in parts if part)


def _listed(sheet: Sheet, said: Sequence[str], number: int) -> None:
    for sentence in said[:_PROBLEMS]:
        sheet.paragraph(sentence, lead=["- "], indent=2)
    left = number - min(len(said), _PROBLEMS)
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left:,} 处", f"{left:,} more"), "dim"), indent=2)
