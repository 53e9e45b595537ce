"""The rows of a sheet → a tree of titles, each with the rows it stands in and the points stated for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from checker.errors import Problem
from checker.ledger import heading
from checker.ledgers.workbook import Area
from checker.sheets.amounts import Worth, is_blank, title_of, worth_of
from checker.sheets.cells import reference, shown
from checker.sheets.grid import Grid
from checker.sheets.layout import Layout

Cell = tuple[int, int]
RowKind = Literal["data", "section", "total", "subtotal", "note", "blank"]

_TOTALS = {
    "合计": "total",
    "总计": "total",
    "总分": "total",
    "共计": "total",
    "总得分": "total",
    "小计": "subtotal",
}
_NOTE = re.compile(
    r"^(注|备注|说明|填表|审核|制表|联系|单位负责|考核人|考核组|评分人|被考核|日期)[\d:：、,，.]|^(注|备注|说明|填表|填报|制表|审核|评分|考核)[人表说明单位]*[:：]"
)
_SECTION = re.compile(
    r"^([一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]+部分|[（(][一二三四五六七八九十]+[)）])"
)


@dataclass(eq=False, slots=True)
class Node:
    """One title. level: which of the columns of levels it stands in; -1 for a row of its own above them.

    rows: those it is the last title of. A node with children has rows only where they are its heading.
    stated, stated_at: the points given for it, and the cell.
    """

    level: int
    title: str
    at: Cell
    rows: list[int] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    stated: Worth | None = None
    stated_at: Cell | None = None
    embedded: Worth | None = None

    def walk(self) -> Iterator["Node"]:
        """The node and every one below it, in the order of the sheet."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_rows(self) -> list[int]:
        return sorted(row for node in self.walk() for row in node.rows)


@dataclass(frozen=True, slots=True)
class Tree:
    """roots: the outermost titles. kinds: what each row below the header is. totals: cells that sum up."""

    roots: tuple[Node, ...]
    kinds: dict[int, RowKind]
    totals: tuple[tuple[int, int, Worth], ...]
    problems: tuple[Problem, ...]


def is_total(text: str) -> bool:
    """Whether a row that begins so sums up all others."""
    return _TOTALS.get(heading(text.strip())) == "total"


def tree_of(grid: Grid, layout: Layout) -> Tree:
    """The tree of a sheet; what could not be read is told in `problems`, each at its cell."""
    builder = _Builder(grid, layout)
    for row in range(layout.bottom + 1, grid.bottom + 1):
        builder.row(row)
    builder.points()
    return Tree(tuple(builder.roots), builder.kinds, tuple(builder.totals), tuple(builder.problems))


class _Builder:
    def __init__(self, grid: Grid, layout: Layout) -> None:
        self.grid, self.layout = grid, layout
        self.roots: list[Node] = []
        self.kinds: dict[int, RowKind] = {}
        self.totals: list[tuple[int, int, Worth]] = []
        self.problems: list[Problem] = []
        self._section: Node | None = None
        self._path: list[Node | None] = [None] * len(layout.levels)
        self._paths: dict[int, list[Node]] = {}
        self._areas = {(a.top, a.left): a for a in grid.merged}
        self._columns = [c for c in dict.fromkeys(layout.points) if c is not None]
        self._last = max((r for r in grid.rows if self._has_points(r)), default=grid.bottom)

    def _has_points(self, row: int) -> bool:
        return any(not is_blank(self.grid.cell(row, c)) for c in self._columns)

    def row(self, row: int) -> None:
        kind = self._kind(row)
        self.kinds[row] = kind
        if kind == "section":
            self._begin_section(row)
        elif kind == "data":
            self._titles(row)
        elif kind in ("total", "subtotal"):
            self._total(row)

    def _kind(self, row: int) -> RowKind:
        cells = self.grid.rows.get(row, {})
        if not cells:
            return "blank"
        column = min(cells)
        text = shown(cells[column]).strip()
        total = _TOTALS.get(heading(text))
        if total is not None:
            return "total" if total == "total" else "subtotal"
        if self._has_points(row):
            return "data"
        if _NOTE.match(text):
            return "note"
        if len(cells) == 1 and self._is_wide(row, column):
            embedded = title_of(cells[column], embedded=True)[1] is not None
            return "section" if row < self._last and (embedded or _SECTION.match(text)) else "note"
        titled = any(cells.get(c) for c in self.layout.levels)
        return "note" if row > self._last and not (titled and self._continues(row)) else "data"

    def _is_wide(self, row: int, column: int) -> bool:
        area = self._areas.get((row, column))
        return area is not None and area.right >= max((self.layout.levels[-1], *self._columns))

    def _continues(self, row: int) -> bool:
        """Whether a row without points stands in a merged cell that began above it, or in merged points."""
        columns = (*self.layout.levels, *self._columns)
        return any(a.top < row <= a.bottom and a.left in columns for a in self.grid.merged)

    def _begin_section(self, row: int) -> None:
        [(column, typed)] = self.grid.rows[row].items()
        title, worth = title_of(typed, embedded=True)
        node = Node(-1, title, (row, column), [row], embedded=worth)
        self.roots.append(node)
        self._section, self._path = node, [None] * len(self.layout.levels)
        self._paths[row] = [node]

    def _titles(self, row: int) -> None:
        fresh = False
        for level, column in enumerate(self.layout.levels):
            typed = self.grid.cell(row, column)
            if not shown(typed).strip():
                self._path[level] = None if fresh else self._path[level]
                continue
            title, worth = title_of(typed, embedded=True, cut=True)
            here = self._path[level]
            if not fresh and here is not None and here.title == title:
                continue
            fresh = True
            self._path[level] = self._new(Node(level, title, (row, column), embedded=worth))
        nodes = [node for node in (self._section, *self._path) if node is not None]
        if not nodes or nodes[-1] is self._section:
            zh, en = "这一行没有指标名称", "this row has no title"
            self._tell("sheet.no-title", zh, en, row, self.layout.levels[0])
            return
        nodes[-1].rows.append(row)
        self._paths[row] = nodes

    def _new(self, node: Node) -> Node:
        above = [n for n in (self._section, *self._path[: node.level]) if n is not None]
        (above[-1].children if above else self.roots).append(node)
        return node

    def _total(self, row: int) -> None:
        for column in self._columns:
            typed = self.grid.cell(row, column)
            if not is_blank(typed):
                worth = self._worth(row, column)
                if worth is not None:
                    self.totals.append((row, column, worth))
                return

    def _worth(self, row: int, column: int) -> Worth | None:
        typed = self.grid.cell(row, column)
        worth = worth_of(typed, column in self.layout.percent)
        if worth is None:
            zh = f"“{shown(typed)}”读不成分值，须是 10、10分、10%、+5、-5 或“否决”"
            en = f"{shown(typed)} is no number of points: write 10, 10分, 10%, +5, -5 or 否决"
            self._tell("sheet.points", zh, en, row, column)
        return worth

    def points(self) -> None:
        """Gives every cell of points to the node it speaks for."""
        given: dict[Node, list[tuple[int, int, Worth]]] = {}
        for row in sorted(self._paths):
            for level, column in enumerate(self.layout.points):
                if column is None or is_blank(self.grid.cell(row, column)):
                    continue
                worth = self._worth(row, column)
                if worth is not None:
                    given.setdefault(self._meant(row, level, column), []).append((row, column, worth))
        for root in self.roots:
            for node in list(root.walk()):
                self._state(node, given.get(node, []))

    def _meant(self, row: int, level: int, column: int) -> Node:
        """Of the titles of a row the deepest, not below the level, with all rows the cell reaches over."""
        area = self._areas.get((row, column), Area(row, column, row, column))
        nodes = [n for n in self._paths[row] if n.level <= level] or self._paths[row]
        if area.top == area.bottom:
            return nodes[-1]
        rows = {r for r in range(area.top, area.bottom + 1) if r in self._paths}
        for node in reversed(nodes):
            if rows <= set(node.all_rows()):
                return node
        return nodes[0]

    def _state(self, node: Node, given: list[tuple[int, int, Worth]]) -> None:
        values = list(dict.fromkeys(worth for _, _, worth in given))
        if not given:
            node.stated, node.stated_at = node.embedded, node.at if node.embedded else None
        elif len(values) == 1 and (node.children or len({row for row, _, _ in given}) == 1):
            node.stated, node.stated_at = given[0][2], given[0][:2]
        elif node.children or len({row for row, _, _ in given}) == 1:
            told = "、".join(reference(row, column) for row, column, _ in given)
            zh, en = f"同一指标有不同的分值：{told}", f"different points for one title: {told}"
            self._tell("sheet.two-points", zh, en, *given[0][:2])
        else:
            self._divide(node, given)

    def _divide(self, node: Node, given: list[tuple[int, int, Worth]]) -> None:
        """A title whose rows have points each is a node above them."""
        starts = {row: (row, column, worth) for row, column, worth in given}
        rows, node.rows = node.rows, []
        node.stated, node.stated_at = node.embedded, node.at if node.embedded else None
        for row in rows:
            if row in starts or not node.children:
                at = self._part_title(row, node)
                part = Node(node.level + 1, title_of(self.grid.cell(*at), cut=True)[0], at)
                part.stated, part.stated_at = None, None
                node.children.append(part)
            part = node.children[-1]
            part.rows.append(row)
            if row in starts and part.stated is None:
                part.stated, part.stated_at = starts[row][2], starts[row][:2]

    def _part_title(self, row: int, node: Node) -> Cell:
        """The first cell of contents or criteria in a row; else the title itself."""
        columns = (*self.layout.columns("content"), *self.layout.columns("criterion"))
        return next(((row, c) for c in columns if shown(self.grid.cell(row, c)).strip()), node.at)

    def _tell(self, code: str, zh: str, en: str, row: int, column: int) -> None:
        self.problems.append(self.grid.problem(code, zh, en, row, column))
