"""A sheet that has been understood → the text of a ruleset, of its rules and of their cases."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.manifest.drafting import scalar
from checker.sheets import writing_yaml as yaml
from checker.sheets.cells import area_text, column_letters, shown, typed_text
from checker.sheets.questions import CASE, bilingual, question
from checker.sheets.sums import plain
from checker.sheets.tree import Node
from checker.sheets.understood import Understood, asked, bases, leaves, rules

WHOLE = "whole"
"""The id of an indicator around all others, where the sheet states another total than their sum."""
ROW = " #"
"""Between a column and the number of a row, for every row of an indicator after the first."""
_SLUG = re.compile(r"[^a-z0-9]+")


def drafted(sheet: Understood) -> dict[str, str]:
    """Every file of the new ruleset: name below the folder, and text."""
    sheet.ids.update(_ids(sheet))
    sheet.said.update(_titles(sheet))
    files = {f"{sheet.name}.yaml": _ruleset(sheet)}
    for rule, node, row in rules(sheet):
        files[f"library/{rule}.yaml"] = question(sheet, node, row)
        files[f"cases/{rule}.yaml"] = CASE
    return files


def _ids(sheet: Understood) -> Iterator[tuple[Node, str]]:
    codes = _codes(sheet)
    apart = [a.node for a in sheet.sums.apart]

    def walk(nodes: Sequence[Node], prefix: str) -> Iterator[tuple[Node, str]]:
        for number, node in enumerate(nodes, 1):
            name = f"{prefix}-{number}"
            yield node, codes.get(node, name)
            yield from walk(node.children, name)

    yield from walk(sheet.sums.roots, "item")
    yield from ((node, codes.get(node, f"apart-{number}")) for number, node in enumerate(apart, 1))


def _codes(sheet: Understood) -> Mapping[Node, str]:
    """Ids by the column of codes, if every leaf has one of its own."""
    columns = sheet.layout.columns("code")
    ends = [*leaves(sheet.sums.roots), *(a.node for a in sheet.sums.apart)]
    if not columns:
        return {}
    found = {n: _slug(shown(sheet.grid.cell(n.all_rows()[0], columns[0]))) for n in ends}
    taken = set(found.values())
    positions = re.compile(r"(item|apart)(-\d+)+|" + WHOLE)
    clean = "" not in taken and len(taken) == len(ends) and not any(positions.fullmatch(t) for t in taken)
    return found if clean else {}


def _slug(code: str) -> str:
    return _SLUG.sub("-", code.strip().lower()).strip("-")[:60] if code.isascii() else ""


def _ruleset(sheet: Understood) -> str:
    full = sheet.sums.full
    source = f"{sheet.title}（工作表“{sheet.grid.name}”）"
    noted = "" if sheet.sums.totalled else "  # 原表没有写总分，这是各项之和，请核对"
    parts = [
        "# 由指标表导入。标 TODO 的还要填写，checker rules lint 逐处列出。sheet 是原表的其他内容，供导出。\n",
        f"title: {bilingual(sheet.title)}\n",
        'version: "1"\n',
        f"source: {bilingual(source)}\n",
        f"full_marks: {plain(full)}{noted}\n",
        "# 以下四项原表没有，先按通行做法写，请核对。\n",
        f"pass_mark: {{at_least: {plain(full * 6 / 10)}}}\n",
        "bands:\n",
        f"  - {{name: {{zh: 合格, en: qualified}}, at_least: {plain(full * 6 / 10)}}}\n",
        "  - {name: {zh: 不合格, en: not qualified}, at_least: 0}\n",
        "veto: {scoring: continue}\n",
        "unknown: open\n",
        "not_applicable: rescale\n",
        *_apart(sheet),
        "indicators:\n",
        *_outermost(sheet),
        *_kept(sheet),
    ]
    return "".join(parts)


def _apart(sheet: Understood) -> Iterator[str]:
    """The bonus, and what is deducted from the whole or vetoes it."""
    bonus = [
        use for a in sheet.sums.apart if a.kind == "bonus" for use in _uses(sheet, a.node, "points", a.amount)
    ]
    if bonus:
        yield f"bonus:\n  cap: {plain(sheet.sums.bonus_cap)}\n  rules:\n"
        yield from (f"    - {use}\n" for use in bonus)
    others = [
        use
        for a in sheet.sums.apart
        if a.kind != "bonus"
        for use in _uses(sheet, a.node, "veto" if a.kind == "veto" else "deduct", a.amount)
    ]
    if others:
        yield "rules:\n"
        yield from (f"  - {use}\n" for use in others)


def _uses(sheet: Understood, node: Node, worth: str, amount: Decimal) -> Iterator[str]:
    for rule, row in asked(sheet, node):
        how = f"{worth}: {plain(amount)}"
        if worth == "deduct":
            how = f"deduct: {{from: 0, to: {plain(amount)}}}"
        if worth == "veto":
            binding = any(basis.grade in ("law", "national") for basis in bases(sheet, row))
            how = "veto: true" if binding else "warning: true"
        if worth != "veto" and not amount:
            how = "warning: true"
        yield f"{{rule: {rule}, {how}}}"


def _outermost(sheet: Understood) -> Iterator[str]:
    sums = sheet.sums
    if sums.whole is None:
        for root in sums.roots:
            yield from _indicator(sheet, root, 2)
        return
    yield f"  - id: {WHOLE}\n    title: {bilingual(sheet.title)}\n    points: {plain(sums.full)}\n"
    yield f"    out_of: {plain(sums.whole)}  # 原表各项之和与总分不符，按总分折算\n    unconfirmed: true\n"
    yield "    indicators:\n"
    for root in sums.roots:
        yield from _indicator(sheet, root, 6)


def _indicator(sheet: Understood, node: Node, indent: int) -> Iterator[str]:
    sums, before = sheet.sums, " " * (indent + 2)
    yield f"{' ' * indent}- id: {sheet.ids[node]}\n"
    yield f"{before}title: {bilingual(node.title)}\n"
    if node in sums.weights:
        yield f"{before}weight: {plain(sums.weights[node])}\n"
    else:
        yield f"{before}points: {plain(sums.own[node])}\n"
    if node in sums.out_of:
        noted = "  # 原表各部分之和与分值不符，按分值折算" if node in sums.scaled else ""
        yield f"{before}out_of: {plain(sums.out_of[node])}{noted}\n"
    if node in sums.scaled:
        yield f"{before}unconfirmed: true\n"
    kept = _row_cells(sheet, node)
    if kept:
        yield f"{before}sheet:\n{yaml.mapping(kept, indent + 4)}"
    if not node.children:
        yield f"{before}rules:\n"
        yield from (f"{before}  - {use}\n" for use in _uses(sheet, node, "deduct", sums.own[node]))
        return
    yield f"{before}indicators:\n"
    for child in node.children:
        yield from _indicator(sheet, child, indent + 4)


def _row_cells(sheet: Understood, node: Node) -> dict[str, str]:
    """What stands in the rows of a node, by column, but for titles that the tree says.

    Blank where it says one that is not there.
    """
    names, found = sheet.layout.names, {}
    for number, row in enumerate(node.rows, 1):
        cells = sheet.grid.rows.get(row, {})
        for column, name in enumerate(names):
            typed = cells.get(column, "")
            if sheet.said.get((row, column), "") != typed:
                found[name if number == 1 else f"{name}{ROW}{number}"] = typed
    return found


def _titles(sheet: Understood) -> Iterator[tuple[tuple[int, int], str]]:
    """Where a title of the tree is to stand, and what is to stand there."""
    for node in (n for root in sheet.sums.roots for n in root.walk()):
        if _titled(sheet, node):
            yield (node.all_rows()[0], node.at[1]), typed_text(node.title)


def _titled(sheet: Understood, node: Node) -> bool:
    """Whether a node's title stands in a column of levels: not among contents, nor in a row of its own."""
    return 0 <= node.level < len(sheet.layout.levels) and node.at[1] == sheet.layout.levels[node.level]


def _kept(sheet: Understood) -> Iterator[str]:
    """The key `sheet` of the ruleset: columns, header, order of rows and merged cells."""
    grid, layout = sheet.grid, sheet.layout
    yield f"sheet:\n  name: {scalar(grid.name)}\n  head:\n"
    for row in range(1, layout.bottom + 1):
        cells = grid.rows.get(row, {})
        yield f"    - {yaml.flow([cells.get(c, '') for c in range(max(cells, default=-1) + 1)])}\n"
    yield f"  columns: {yaml.flow(layout.names)}\n"
    yield f"  levels: {yaml.flow([layout.names[c] for c in layout.levels])}\n"
    yield f"  points: {yaml.flow(['' if c is None else layout.names[c] for c in layout.points])}\n"
    placed = dict(_placed(sheet))
    if placed:
        yield f"  placed:\n{yaml.mapping(placed, 4)}"
    yield f"  merged: {yaml.flow([area_text(area) for area in grid.merged])}\n"
    yield "  rows:\n"
    yield from _order(sheet)


def _placed(sheet: Understood) -> Iterator[tuple[str, str]]:
    """The column of every title that is not the one after that of the title above it."""

    def walk(nodes: Sequence[Node], level: int) -> Iterator[tuple[str, str]]:
        for node in nodes:
            own = node.level if _titled(sheet, node) else len(sheet.layout.levels)
            if own != min(level, len(sheet.layout.levels)):
                yield sheet.ids[node], sheet.layout.names[node.at[1]] if _titled(sheet, node) else ""
            yield from walk(node.children, own + 1 if node.level >= 0 else 0)

    yield from walk(sheet.sums.roots, 0)


def _order(sheet: Understood) -> Iterator[str]:
    """Every row below the header: the id of its indicator, or its cells as they stand."""
    owners = {row: node for root in sheet.sums.roots for node in root.walk() for row in node.rows}
    standing_for = {row: rule for rule, _, row in rules(sheet) if row not in owners}
    for row in range(sheet.layout.bottom + 1, sheet.grid.bottom + 1):
        if row in owners:
            yield f"    - {sheet.ids[owners[row]]}\n"
            continue
        cells = {sheet.layout.names[c]: typed for c, typed in sorted(sheet.grid.rows.get(row, {}).items())}
        yield f"    - cells:\n{yaml.mapping(cells, 8)}" if cells else "    - cells: {}\n"
        if row in standing_for:
            yield f"      rule: {standing_for[row]}\n"


def remarks(sheet: Understood) -> list[Bilingual]:
    """What a reader of the result should know."""
    found = []
    if not sheet.sums.totalled:
        zh, en = (
            f"原表没有总分，满分按各项之和 {plain(sheet.sums.full)}",
            f"no total in the sheet: full marks are the sum, {plain(sheet.sums.full)}",
        )
        found.append(Bilingual(zh, en))
    for node in sheet.sums.scaled:
        name, total = sheet.ids[node], plain(sheet.sums.out_of[node])
        zh = f"{name}“{node.title}”：下级合计 {total}，按分值折算"
        en = f"{name} {node.title}: its parts add up to {total} and are scaled"
        found.append(Bilingual(zh, en))
    if sheet.sums.whole is not None:
        total, full = plain(sheet.sums.whole), plain(sheet.sums.full)
        zh = f"各项合计 {total}，按所写总分 {full} 折算"
        found.append(Bilingual(zh, f"all parts add up to {total} and are scaled to the total stated, {full}"))
    vetoes = [a for a in sheet.sums.apart if a.kind == "veto"]
    if vetoes:
        zh = "否决须有法律法规或国家级文件作依据；没有的先列为预警"
        en = "a veto needs a law or a national notice as its basis; those without one are warnings for now"
        found.append(Bilingual(zh, en))
    return [*found, *_parts_in_words(sheet)]


_PARTS = re.compile(r"[（(](\d+(?:\.\d+)?)分[)）]")
_LOSSES = re.compile(r"扣|减|每|最多|不得|加")


def _parts_in_words(sheet: Understood) -> Iterator[Bilingual]:
    """Criteria whose parts, as their text gives them, are not the points beside them."""
    for node in leaves(sheet.sums.roots):
        for column in (*sheet.layout.columns("content"), *sheet.layout.columns("criterion")):
            text = "\n".join(shown(sheet.grid.cell(row, column)) for row in node.rows)
            parts = [Decimal(found) for found in _PARTS.findall(text)]
            total = sum(parts, Decimal(0))
            if len(parts) > 1 and not _LOSSES.search(text) and total != sheet.sums.own[node]:
                cell, own = f"{column_letters(column)}{node.rows[0]}", plain(sheet.sums.own[node])
                zh = f"{cell}：文中各部分合计 {plain(total)} 分，“{node.title}”是 {own} 分，请核对"
                en = f"{cell}: the parts in the text add up to {plain(total)}, {node.title} has {own} points"
                yield Bilingual(zh, en)
