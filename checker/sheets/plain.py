"""A ruleset that came from no sheet → a plain one, a row for every rule: levels, points, criteria, basis."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.ledgers.workbook import Area
from checker.ruleset import Indicator, Ruleset, Use
from checker.sheets.cells import typed_text
from checker.sheets.grid import Grid
from checker.worth import bonus_in_words, bonus_terms, indicator_in_words, number, points, use_in_words

_DIGITS = "一二三四五六七八九十"
_HEADERS = ("分值", "评分标准", "计分方法", "依据", "规则编号")
HEAD = 2
"""Rows above the first indicator."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row. path: title and key for each level. points: that of the last title. kept: further cells."""

    path: tuple[tuple[str, str], ...]
    points: str
    texts: tuple[str, str, str, str] = ("", "", "", "")
    kept: Mapping[str, str] | None = None


def plain_sheet(ruleset: Ruleset) -> Grid:
    """The cells, HEAD rows of title and header first."""
    lines = list(_lines(ruleset))
    depth = max(len(line.path) for line in lines)
    kept = list(dict.fromkeys(key for line in lines for key in line.kept or ()))
    headers = [
        *(f"{_DIGITS[n]}级指标" if n < 10 else f"{n + 1}级指标" for n in range(depth)),
        *_HEADERS,
        *kept,
    ]
    rows = {1: {0: typed_text(f"{ruleset.title.zh}（{ruleset.version}）")}, 2: dict(enumerate(headers))}
    merged = [Area(1, 0, 1, len(headers) - 1)]
    keys = [_keys(line, depth) for line in lines]
    for column in range(depth + 1):
        merged += _runs([key[column] for key in keys], column)
    for n, line in enumerate(lines):
        titles = [*(title for title, _ in line.path), *[""] * (depth - len(line.path))]
        cells = [*map(typed_text, titles), line.points, *map(typed_text, line.texts)]
        cells += [(line.kept or {}).get(key, "") for key in kept]
        same = [n > 0 and bool(keys[n][c]) and keys[n - 1][c] == keys[n][c] for c in range(depth + 1)]
        rows[n + 1 + HEAD] = {
            c: typed for c, typed in enumerate(cells) if typed and not (c <= depth and same[c])
        }
    return Grid(ruleset.id, ruleset.title.zh, rows, tuple(sorted(merged)))


def _keys(line: _Line, depth: int) -> list[str]:
    keys = [key for _, key in line.path]
    return [*keys, *[""] * (depth - len(keys)), keys[-1] if line.points else ""]


def _runs(keys: Sequence[str], column: int) -> Iterator[Area]:
    """Rows one below another with the same key, to be merged."""
    first = 0
    for n in range(1, len(keys) + 1):
        if n < len(keys) and keys[n] and keys[n] == keys[first]:
            continue
        if n - first > 1:
            yield Area(first + 1 + HEAD, column, n + HEAD, column)
        first = n


def _lines(ruleset: Ruleset) -> Iterator[_Line]:
    for indicator in ruleset.indicators:
        yield from _indicator(ruleset, indicator, ())
    if ruleset.bonus is not None:
        path = ((f"加分项（{bonus_terms(ruleset.bonus).zh}）", "+"),)
        for use in ruleset.bonus.uses:
            yield _Line(path, "", _texts(ruleset, use, bonus_in_words(use).zh))
    for use in ruleset.uses:
        yield _Line((("全局", "*"),), "", _texts(ruleset, use, use_in_words(use).zh))
    yield _Line((("合计", "="),), number(ruleset.full_marks))


def _indicator(ruleset: Ruleset, indicator: Indicator, above: tuple[tuple[str, str], ...]) -> Iterator[_Line]:
    worth = number(indicator.points)
    title = indicator.title.zh
    if indicator.indicators:
        title += f"（{points(indicator.points).zh}）"
    path = (*above, (title, indicator.id))
    uses = [(use, use_in_words(use).zh) for use in indicator.uses]
    if indicator.bonus is not None:
        uses += [(use, bonus_in_words(use).zh) for use in indicator.bonus.uses]
    lines = [_Line(path, worth, _texts(ruleset, use, how)) for use, how in uses]
    special = "；".join(said.zh for said in indicator_in_words(indicator))
    if special or indicator.sheet:
        lines.insert(0, _Line(path, worth, (special, "", "", ""), indicator.sheet))
    yield from lines
    for below in indicator.indicators:
        yield from _indicator(ruleset, below, path)


def _texts(ruleset: Ruleset, use: Use, how: str) -> tuple[str, str, str, str]:
    rule = ruleset.rules[use.rule]
    bases = "；".join(f"{basis.document} {basis.clause}" for basis in rule.basis)
    return rule.title.zh, how, bases, use.rule
