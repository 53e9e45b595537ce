"""What every title of a sheet is worth: percentages, parts that do not add up, totals, what stands apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.sheets.amounts import Kind, Worth
from checker.sheets.cells import reference
from checker.sheets.grid import Grid
from checker.sheets.tree import Node, Tree

_APART: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("bonus", re.compile(r"加分|附加分|奖励分")),
    ("deduct", re.compile(r"^([一二三四五六七八九十]+[、.．])?(扣分|减分|负面清单)")),
    ("veto", re.compile(r"否决")),
)
_STANDING_APART: tuple[Kind, ...] = ("bonus", "deduct", "veto")
_HUNDRED = Decimal(100)
_FIX = Bilingual(
    "改正表格，或用 --keep-stated：以所写分值为准，各部分按比例折算",
    "put the sheet right, or use --keep-stated: what is stated holds, the parts are scaled to it",
)


@dataclass(frozen=True, slots=True)
class Apart:
    """A leaf that is no part of the sum: a bonus, a deduction from the whole, a veto."""

    node: Node
    kind: Kind
    amount: Decimal


@dataclass(slots=True)
class Sums:
    """What each node is worth.

    own: the points of a node on the scale it stands in. weights: those stated as percentages of the node
    above. out_of: the scale inside a node whose parts add up to something else than its points.
    scaled: those of them whose parts were meant to add up. whole: the sum of all parts, where the sheet
    states another total.
    """

    full: Decimal = _HUNDRED
    own: dict[Node, Decimal] = field(default_factory=dict)
    weights: dict[Node, Decimal] = field(default_factory=dict)
    out_of: dict[Node, Decimal] = field(default_factory=dict)
    scaled: list[Node] = field(default_factory=list)
    whole: Decimal | None = None
    apart: list[Apart] = field(default_factory=list)
    bonus_cap: Decimal = Decimal(0)
    roots: tuple[Node, ...] = ()
    totalled: bool = False
    problems: list[Problem] = field(default_factory=list)


def sums_of(grid: Grid, tree: Tree, keep_stated: bool) -> Sums:
    """The worth of every node of a tree, from which what stands apart is taken out.

    keep_stated: where parts do not add up, what is stated above them holds and they are scaled to it;
    otherwise each such cell is a problem.
    """
    summing = _Summing(grid, keep_stated)
    summing.run(tree)
    return summing.sums


class _Summing:
    def __init__(self, grid: Grid, keep_stated: bool) -> None:
        self.grid, self.keep = grid, keep_stated
        self.sums = Sums()
        self.nested = True

    def _tell(self, code: str, zh: str, en: str, at: tuple[int, int]) -> None:
        problem = self.grid.problem(code, zh, en, *at)
        self.sums.problems.append(replace(problem, fix=_FIX) if code == "sheet.sum" else problem)

    def run(self, tree: Tree) -> None:
        for root in tree.roots:
            self._settle(root)
        self.sums.bonus_cap = sum((self._extract(root, None) for root in tree.roots), Decimal(0))
        taken = {apart.node for apart in self.sums.apart}
        roots = tuple(r for r in tree.roots if r not in taken and (r.children or r.rows))
        self.sums.roots = roots
        for node in (n for root in roots for n in root.walk()):
            self._no_share_of_nothing(node)
        self.nested = _is_nested(roots)
        worths = [self._checked(root) for root in roots]
        known = [worth for worth in worths if worth is not None]
        if roots and len(known) == len(roots):
            self._whole(tree, roots, known)
            self._subtotals(tree)
        elif not roots:
            self._tell("sheet.empty", "表头下面没有指标", "there are no indicators below the header", (1, 0))

    def _no_share_of_nothing(self, node: Node) -> None:
        if node.stated is not None and node.stated.kind == "percent" and not node.stated.amount:
            zh, en = "权重不能是 0", "a weight cannot be 0"
            self._tell("sheet.points", zh, en, node.stated_at or node.at)

    def _settle(self, node: Node) -> None:
        """Titles without points below one that has them become its rows; any other lacks its points."""
        rated = [child for child in node.children if any(n.stated for n in child.walk())]
        if not rated and node.stated is not None:
            node.rows, node.children = node.all_rows(), []
        elif not rated:
            zh, en = f"“{node.title}”没有分值", f"{node.title} has no points"
            self._tell("sheet.no-points", zh, en, node.at)
        else:
            for child in node.children:
                self._settle(child)

    def _extract(self, node: Node, inherited: Kind | None) -> Decimal:
        """Takes out of a node what is no part of the sum; the most that bonuses in it can bring."""
        own = next((k for k, words in _APART if words.search(node.title)), None) if node.level <= 0 else None
        kind = inherited or own
        if not node.children:
            return self._taken(node, kind)
        bonus = sum((self._extract(child, kind) for child in node.children), Decimal(0))
        taken = {apart.node for apart in self.sums.apart}
        node.children = [c for c in node.children if c not in taken and (c.children or c.rows)]
        if not node.children:
            node.rows = []
        return node.stated.amount if kind == "bonus" and node.stated is not None else bonus

    def _taken(self, node: Node, kind: Kind | None) -> Decimal:
        if node.stated is None:
            return Decimal(0)
        own = node.stated.kind if node.stated.kind in _STANDING_APART else kind
        if own is None:
            return Decimal(0)
        self.sums.apart.append(Apart(node, own, node.stated.amount))
        return node.stated.amount if own == "bonus" else Decimal(0)

    def _checked(self, node: Node) -> Worth | None:
        """What a node is worth by its own cell or its parts; told where the two differ."""
        if not node.children:
            return node.stated
        worths = [self._checked(child) for child in node.children]
        parts = [w for w in worths if w is not None]
        if len(parts) < len(worths):
            return node.stated
        if len({part.kind for part in parts}) > 1:
            zh, en = (
                f"“{node.title}”的下级有的写分值，有的写百分比",
                f"below {node.title} stand points and percentages",
            )
            self._tell("sheet.mixed", zh, en, node.at)
            return node.stated
        total = sum((part.amount for part in parts), Decimal(0))
        return self._compared(node, parts[0].kind, total)

    def _compared(self, node: Node, kind: Kind, total: Decimal) -> Worth | None:
        stated = node.stated
        if kind == "points":
            if stated is None:
                return Worth("points", total)
            if stated.kind == "percent" and total == _HUNDRED or stated.amount == total:
                return stated
            return self._differs(node, total, stated.amount)
        relative = self.nested or stated is not None and stated.kind == "points"
        if stated is None and not relative:
            return Worth("percent", total)
        if stated is None:
            zh, en = f"“{node.title}”没有权重", f"{node.title} has no weight"
            self._tell("sheet.no-points", zh, en, node.at)
            return None
        wanted = _HUNDRED if relative else stated.amount
        return stated if total == wanted else self._differs(node, total, wanted)

    def _differs(self, node: Node, total: Decimal, wanted: Decimal) -> Worth | None:
        if self.keep:
            self.sums.out_of[node] = total
            self.sums.scaled.append(node)
            return node.stated
        cells = _listed(node.children)
        zh = f"“{node.title}”的下级合计 {plain(total)}（{cells}），应为 {plain(wanted)}"
        en = f"the parts of {node.title} add up to {plain(total)} ({cells}), not to {plain(wanted)}"
        self._tell("sheet.sum", zh, en, node.stated_at or node.at)
        return node.stated

    def _whole(self, tree: Tree, roots: Sequence[Node], worths: Sequence[Worth]) -> None:
        kinds = {worth.kind for worth in worths}
        if len(kinds) > 1:
            zh, en = (
                "一级指标有的写分值，有的写百分比",
                "some of the outermost titles have points, some percentages",
            )
            self._tell("sheet.mixed", zh, en, roots[0].at)
            return
        sums, total = self.sums, sum((worth.amount for worth in worths), Decimal(0))
        percent = kinds == {"percent"}
        stated = self._stated_total(tree, total)
        wanted = stated[2].amount if stated else _HUNDRED if percent else total
        sums.totalled = percent or stated is not None
        if not total:
            zh, en = "各项分值合计为 0", "all points together are 0"
            self._tell("sheet.empty", zh, en, roots[0].stated_at or roots[0].at)
            return
        sums.full = total
        if wanted not in (total, total + sums.bonus_cap):
            sums.full = wanted
            self._whole_differs(roots, total, stated[:2] if stated else roots[0].stated_at or roots[0].at)
        for root, worth in zip(roots, worths, strict=True) if not sums.problems else ():
            self._place(root, worth, total, relative=sums.whole is None)

    def _subtotals(self, tree: Tree) -> None:
        """Each subtotal against the leaves since the one before; of percentages none can be checked."""
        leaves = [n for root in self.sums.roots for n in root.walk() if not n.children]
        if self.keep or any(n.stated is None or n.stated.kind != "points" for n in leaves):
            return
        since = 0
        for row, column, worth in tree.totals:
            if tree.kinds[row] != "subtotal":
                continue
            parts = [n for n in leaves if since < n.rows[0] < row]
            total, since = sum((n.stated.amount for n in parts if n.stated), Decimal(0)), row
            if total != worth.amount:
                zh = f"小计写 {plain(worth.amount)}，以上各项合计 {plain(total)}（{_listed(parts)}）"
                en = f"the subtotal says {plain(worth.amount)}, the rows above add up to {plain(total)}"
                self._tell("sheet.sum", zh, en, (row, column))

    def _stated_total(self, tree: Tree, total: Decimal) -> tuple[int, int, Worth] | None:
        """The total the sheet states; where it states several, the first that is not the sum."""
        totals = [t for t in tree.totals if tree.kinds[t[0]] == "total"]
        sums = (total, total + self.sums.bonus_cap)
        return next((t for t in totals if t[2].amount not in sums), totals[0] if totals else None)

    def _whole_differs(self, roots: Sequence[Node], total: Decimal, at: tuple[int, int]) -> None:
        if self.keep:
            self.sums.whole = total
            return
        zh = f"各项合计 {plain(total)}（{_listed(roots)}），应为 {plain(self.sums.full)}"
        en = f"the parts add up to {plain(total)} ({_listed(roots)}), not to {plain(self.sums.full)}"
        self._tell("sheet.sum", zh, en, at)

    def _place(self, node: Node, worth: Worth, inside: Decimal, relative: bool) -> None:
        """Sets the points of a node that stands in a scale of so many points, and of all below it."""
        sums = self.sums
        if worth.kind == "percent" and relative:
            sums.weights[node] = worth.amount
            sums.own[node] = worth.amount * inside / _HUNDRED
        else:
            sums.own[node] = worth.amount
        children = [(child, _worth(child)) for child in node.children]
        if not children:
            return
        total = sum((w.amount for _, w in children), Decimal(0))
        percent = children[0][1].kind == "percent"
        if node in sums.scaled or not percent and total != sums.own[node]:
            sums.out_of[node] = total
        inner = sums.out_of.get(node, sums.own[node])
        of_this = node not in sums.scaled and (self.nested or worth.kind == "points")
        for child, part in children:
            self._place(child, part, inner, of_this)


def _worth(node: Node) -> Worth:
    """What a node is worth, once every sum has been looked at."""
    if node.stated is not None:
        return node.stated
    parts = [_worth(child) for child in node.children]
    return Worth(parts[0].kind, sum((part.amount for part in parts), Decimal(0)))


def _is_nested(roots: Sequence[Node]) -> bool:
    """Whether percentages are of what is above them (70% of 40%), and not of the whole (28% of 40%)."""
    nested = whole = 0
    for node in (n for root in roots for n in root.walk()):
        stated = [child.stated for child in node.children]
        parts = [s.amount for s in stated if s is not None and s.kind == "percent"]
        if len(parts) < len(stated) or not parts or node.stated is None or node.stated.kind != "percent":
            continue
        nested += sum(parts) != _HUNDRED
        whole += sum(parts) != node.stated.amount
    return nested <= whole


def _listed(nodes: Sequence[Node]) -> str:
    return "、".join(reference(*(node.stated_at or node.at)) for node in nodes)


def plain(number: Decimal) -> str:
    """A number without an exponent or trailing zeros."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
