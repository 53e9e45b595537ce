"""What is known of a sheet once it has been read: its columns, its tree, what everything is worth."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checker.ruleset import Basis
from checker.sheets.amounts import title_of
from checker.sheets.basis import bases_of
from checker.sheets.cells import shown
from checker.sheets.grid import Grid
from checker.sheets.layout import Layout, Role
from checker.sheets.sums import Sums
from checker.sheets.tree import Node, Tree

_NO_TITLE = re.compile(
    r"^(附件|附表|附|表)\s*[\d一二三四五六七八九十]*[:：]?$|^(单位|填报|被考核|考核对象|日期|时间)"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A sheet, its columns, its tree and what everything in it is worth.

    name: the id of the ruleset. ids: those of its indicators. said: the cells that titles of the tree say.
    """

    name: str
    grid: Grid
    layout: Layout
    tree: Tree
    sums: Sums
    ids: dict[Node, str] = field(default_factory=dict)
    said: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The sheet's own title above the header, else its name."""
        for row in range(1, self.layout.top):
            for typed in self.grid.rows.get(row, {}).values():
                title = title_of(typed)[0]
                if len(title) >= 4 and not _NO_TITLE.match(title):
                    return title
        return self.grid.name


def leaves(nodes: Sequence[Node]) -> Iterator[Node]:
    """The titles that have nothing below them."""
    for node in nodes:
        if node.children:
            yield from leaves(node.children)
        else:
            yield node


def rules(sheet: Understood) -> Iterator[tuple[str, Node, int]]:
    """The id of every rule, with its title and the row that says what it asks."""
    for node in (*leaves(sheet.sums.roots), *(a.node for a in sheet.sums.apart)):
        yield from ((name, node, row) for name, row in asked(sheet, node))


def asked(sheet: Understood, node: Node) -> list[tuple[str, int]]:
    """The rules of a leaf: one for every row with contents or criteria of its own, at least one."""
    columns = (*sheet.layout.columns("content"), *sheet.layout.columns("criterion"))
    rows = [r for r in node.rows if any(shown(sheet.grid.cell(r, c)).strip() for c in columns)]
    rows = rows or node.rows[:1]
    own = f"{sheet.name}/{sheet.ids[node]}"
    return [(own if len(rows) == 1 else f"{own}-row-{number}", row) for number, row in enumerate(rows, 1)]


def said(sheet: Understood, row: int, roles: Sequence[Role]) -> str:
    """What the cells of these roles say of a row, merged cells counted for every row they reach."""
    found = []
    for column in (c for role in roles for c in sheet.layout.columns(role)):
        top = next((a.top for a in sheet.grid.merged if a.left == column and a.top < row <= a.bottom), row)
        text = re.sub(r"[ \t]+\n", "\n", shown(sheet.grid.cell(top, column)).replace("\r", "")).strip()
        if text and top > sheet.layout.bottom:
            found.append(text)
    return "；".join(dict.fromkeys(found))


def bases(sheet: Understood, row: int) -> tuple[Basis, ...]:
    """The bases of a row; the sheet itself where it names none."""
    clause = f"工作表“{sheet.grid.name}”第 {row} 行"
    return bases_of(said(sheet, row, ("basis",))) or (Basis(sheet.title, clause, "unconfirmed"),)
