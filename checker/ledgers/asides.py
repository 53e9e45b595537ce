"""The rows of a table that are no records: sums, headings between rows, notes, and numbers without a row.

An office's table ends in 合计 and 填表人：张三, is parted by 一、网站, and is numbered beyond its last row.
"""

from collections.abc import Callable, Sequence

from checker.ledger import LedgerKind
from checker.ledgers import keys
from checker.ledgers.fitting import Fit
from checker.ledgers.values import ACROSS, SLASHES
from checker.patterns import pattern

_FIRST = "合总小共累注备附说填统编制审复经负联单分主数截本全年上下第一二三四五六七八九十"
OPENS = f"^[(（]?(?:[{_FIRST}]|[0-9０-９]{{1,2}}月)"
"""What such a row, or the cell in it that names a sum, begins with, unless it holds nothing; also for RE2."""
_OPENS = pattern(OPENS)
_WORD = r"(?:合计|总计|小计|共计|累计)"
_TOTAL = pattern(
    rf"(?:本[页月季年]|全[月年]|年度|[上下]半年|第?[一二三四]季度?|\d{{1,2}}月份?)?{_WORD}:?"
    r"(?:共?(?:\d+|\d{1,3}(?:,\d{3})+)[个条件项份次篇期人]?)?"
)
_LONGEST_TOTAL = 20
_FIGURE = pattern(
    r"共?(?:\d+|\d{1,3}(?:,\d{3})+|[零一二两三四五六七八九十百千万]+)(?:\.\d+)?[个条件项份次篇期人]?"
)
_NOTE = pattern(
    r"(?:注释?|备注|附注|说明|(?:填[表报]|统计|编制)说明"
    r"|(?:填[表报]|制表|填制|统计|审核|复核|审批|经办|负责|联系|单位负责|分管|主要负责)(?:人员?|领导)"
    r"|(?:填[表报]|制表|统计)(?:单位|部门|机构|时间|日期)|联系电话|单位(?:\([^()]*\))?|单位盖章|制表|审核|复核"
    r"|(?:统计|数据|截[至止])(?:截[至止])?(?:时间|日期)?)\d?(?:\([^()]*\))?:"
)
_HEADING = pattern(
    r"(?:[一二三四五六七八九十]+[、.:]|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[部章节])"
)
_LONGEST_HEADING = 40
_LONGEST_LABEL = 40

Test = Callable[[Sequence[str]], bool]


def aside(kind: LedgerKind, fit: Fit) -> Test:
    """Whether a row (as wide as the header) is no record."""
    layout = fit.layouts[0]
    declared = sorted({place for each in fit.layouts for place in each.values()})
    naming = {kind.key, *kind.shown, *(c.name for c in keys.columns(kind))}
    places = sorted(place for name, place in layout.items() if name in naming)
    key = layout.get(kind.key or "", declared[0])

    def test(row: Sequence[str]) -> bool:
        first, named = row[0], row[key]
        if "!" < first < "\x7f" and "!" < named < "\x7f":  # begins in ASCII, as most records do
            return False
        filled = [cell for cell in row if cell.strip() and cell[:2] != ACROSS]
        if not filled or not any(row[place].strip() for place in declared):
            return True
        alone = len(filled) == 1 < len(declared)
        if alone and _is_across(row):
            return True
        if not (_OPENS.match(filled[0].lstrip()) or _OPENS.match(named.lstrip())):
            return False
        if alone and _is_heading(filled[0]):
            return True
        return _is_sum(filled[0], named, [row[place] for place in places]) or _is_note(filled)

    return test


def _is_across(row: Sequence[str]) -> bool:
    """Whether its one cell is merged over the others."""
    return any(cell[:2] == ACROSS for cell in row)


def _is_heading(cell: str) -> bool:
    return len(cell) <= _LONGEST_HEADING and _HEADING.match(keys.fold(cell)) is not None


def _is_sum(first: str, named: str, naming: Sequence[str]) -> bool:
    """Its key or first filled cell says so, and no other cell names a record."""
    if not (is_total(first) or is_total(named)):
        return False
    return all(_is_figure(cell) or cell.strip() in SLASHES or is_total(cell) for cell in naming)


def is_total(cell: str) -> bool:
    return len(cell) <= _LONGEST_TOTAL and _TOTAL.fullmatch(keys.fold(cell)) is not None


def _is_figure(cell: str) -> bool:
    return len(cell) <= _LONGEST_TOTAL and _FIGURE.fullmatch(keys.fold(cell)) is not None


def _is_note(filled: Sequence[str]) -> bool:
    """Every cell is labelled as a note is, or follows a label."""
    label = False
    for cell in filled:
        folded = keys.fold(cell[:_LONGEST_LABEL])
        found = _NOTE.match(folded)
        if found is None and not label:
            return False
        label = found is not None and found.end() == len(folded)
    return True
