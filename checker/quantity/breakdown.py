"""A total and the parts named behind it: 共 27 个。其中，微信公众号 22 个、微博 4 个、抖音 1 个。

A list ends with its sentence or bracket, at a stronger separator than the one between its first parts, or
at a semicolon where it adds up.
Whether it is meant to be complete is a judgement, made here and only in the writer's favour: a list that
adds up is complete; one that does not is complete only if its words or its shape leave no other reading.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checker.patterns import pattern
from checker.quantity.grammar import OMITTED, Quantity, quantities

_CONNECTIVE = pattern(
    r"(?P<closing>分别(?:为|是|有)|具体(?:为|是|包括)|分为|即:)"
    r"|(?P<open>(?:其中)?,?(?:主要|重点)(?:为|是|有|包括|包含|涉及)|例如)"
    r"|(?P<plain>其中|包括|包含|涵盖|(?<=[(,])含)"
)
_REST = pattern("其他|其它|其余|剩余|另有")
_NEW_PREDICATE = pattern(
    "^[,;、 ]*(?:共|总|累计|全年|本年|目前|同时|此外|另|结转|转|办结|办理|答复|完成|发生|收到|受理|开展"
    "|均|已|未|尚)"
)
_STRENGTH = {"、": 1, ",": 2, ";": 3, "。": 4}
_REACH = 40  # characters between a total and the words that open its list, brackets not counted
_FAR = 400  # brackets counted
_LONGEST = 1000  # characters of a list
_BRACKET, _BRACKET_OR_END = pattern(r"[()]"), pattern(r"[()。!?\n]")
# Families of labels that leave nothing out when two or more of them stand side by side.
_PARTITIONS = tuple(
    pattern(family)
    for family in (
        "自然人|公民|法人|组织|企业",
        "维持|纠正|纠错|撤销|驳回|其他结果|审结|未结",
        "网络|网上|互联网|线上|平台|当面|现场|窗口|线下|信函|邮寄|邮件|传真|来信|邮箱",
    )
)
_DISJOINT = pattern("微信|公众号|视频号|微博|抖音|快手|头条|客户端|小程序|网站|类")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total, its parts in order and their labels; start and end are offsets in the view.

    complete: total and parts are exact, of one unit, and the list is meant to name every part.
    """

    total: Quantity
    parts: tuple[Quantity, ...]
    labels: tuple[str, ...]
    start: int
    end: int
    complete: bool

    @property
    def parts_total(self) -> Decimal | None:
        """The sum of the parts; None if one is a range."""
        values = [p.value for p in self.parts if p.value is not None]
        return sum(values, Decimal(0)) if len(values) == len(self.parts) else None


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a list begins, for which total, and what the words before it say about its end."""

    total: Quantity
    at: int
    closing: bool
    partial: bool
    adjacent: bool
    limit: int
    at_least: int = 1


def breakdowns(view: str) -> tuple[Breakdown, ...]:
    """Every total with at least one part of the same unit, in the view of one paragraph."""
    stated = quantities(view)
    numbers = quantities(view, omitted=True)
    found: list[Breakdown] = []
    for opening in _openings(view, stated, found):
        listed = _parts(view, opening, numbers)
        if listed is not None and listed.parts_total != opening.total.value:
            listed = _among(view, listed, stated, opening.adjacent)
        if listed is not None and len(listed.parts) >= opening.at_least:
            found.append(listed)
    return tuple(found)


def _among(view: str, listed: Breakdown, stated: Sequence[Quantity], adjacent: bool) -> Breakdown:
    """Where two totals stand side by side (受理 20 件，办结 19 件。其中 …) the list may belong to either."""
    start = max(view.rfind(mark, 0, listed.total.start) for mark in "。\n") + 1
    start = max(start, listed.total.start - _LONGEST)
    first = bisect_left(stated, start, key=lambda q: q.start)
    last = bisect_left(stated, listed.total.start, key=lambda q: q.start)
    brackets = _BRACKET.search(view, start, listed.total.start) is not None
    rivals = [
        q
        for q in stated[first:last]
        if q.unit == listed.total.unit
        and (not brackets or view.count("(", start, q.start) == view.count(")", start, q.start))
    ]
    holding = next((q for q in rivals if q.exact and q.value == listed.parts_total), None)
    if holding is not None:
        return replace(listed, total=holding, start=holding.opening)
    return replace(listed, complete=listed.complete and (adjacent or not rivals))


def _openings(view: str, stated: Sequence[Quantity], found: list[Breakdown]) -> Iterator[_Opening]:
    """Brackets directly behind a quantity, and connectives; in order, so that `found` knows earlier lists."""
    marks: list[tuple[int, re.Match[str] | Quantity]] = [(m.start(), m) for m in _CONNECTIVE.finditer(view)]
    marks += [(q.end, q) for q in stated if view[q.end : q.end + 1] == "(" and q.unit != "%"]
    for at, mark in sorted(marks, key=lambda pair: pair[0]):
        if not isinstance(mark, Quantity):
            total = _total_before(view, at, stated, found)
            if total is not None:
                yield _of_words(view, mark, total)
        elif not _CONNECTIVE.match(view, at + 1):
            # A single number in brackets is a remark; two or more of the unit are its parts.
            yield _Opening(mark, at + 1, True, False, True, _closing_bracket(view, at), at_least=2)


def _of_words(view: str, mark: re.Match[str], total: Quantity) -> _Opening:
    at = mark.start()
    limit = _closing_bracket(view, at - 1) if view[at - 1 : at] == "(" else _end(view, at)
    adjacent = at - total.end <= 3
    return _Opening(total, mark.end(), bool(mark["closing"]), bool(mark["open"]), adjacent, limit)


def _total_before(
    view: str, at: int, stated: Sequence[Quantity], found: Sequence[Breakdown]
) -> Quantity | None:
    """The nearest quantity before a connective that does not stand in a bracket already closed."""
    first = bisect_left(stated, at - _FAR, key=lambda q: q.end)
    last = bisect_right(stated, at, key=lambda q: q.end)
    near = (q for q in reversed(stated[first:last]) if q.unit != "%" and not _enclosed(view, q, at))
    nearest = next(near, None)
    if nearest is None or at - nearest.end > _REACH + _bracketed(view, nearest.end, at):
        return None
    gap = view[nearest.end : at]
    if gap.count("。") > 1 or "\n" in gap:
        return None
    outer = next((b for b in reversed(found[-3:]) if nearest in b.parts), None)
    return outer.total if outer and "。" in gap else nearest


def _enclosed(view: str, stated: Quantity, at: int) -> bool:
    """Whether a bracket open at the quantity is closed again before `at`."""
    depth = 0
    for character in view[stated.end : at]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return True
    return False


def _bracketed(view: str, start: int, end: int) -> int:
    return sum(len(m[0]) for m in re.finditer(r"\([^()]*\)", view[start:end]))


def _closing_bracket(view: str, at: int) -> int:
    depth = 0
    last = min(len(view), at + _LONGEST)
    for mark in _BRACKET.finditer(view, at, last):
        depth += 1 if mark[0] == "(" else -1
        if depth == 0:
            return mark.start()
    return last


def _end(view: str, at: int) -> int:
    """The end of the sentence or of the bracket that `at` stands in."""
    depth = 0
    last = min(len(view), at + _LONGEST)
    for mark in _BRACKET_OR_END.finditer(view, at, last):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if depth < 0 or (depth == 0 and mark[0] not in "()"):
            return mark.start()
    return last


def _parts(view: str, opening: _Opening, numbers: Sequence[Quantity]) -> Breakdown | None:
    parts, sure = _listed(view, opening, _inside(view, opening, numbers))
    if not parts:
        return None
    end = parts[-1].end
    labels = _labels(view, opening.at, parts)
    total = opening.total
    whole = (
        sure
        and len(parts) > 1
        and total.exact
        and all(p.exact for p in parts)
        and not opening.partial
        and not any(view[p.end : p.end + 1] == "等" for p in parts)
        and _closed(opening, [p.value or Decimal(0) for p in parts], labels)
    )
    return Breakdown(total, tuple(parts), labels, total.opening, end, whole)


def _inside(view: str, opening: _Opening, numbers: Sequence[Quantity]) -> Iterator[Quantity]:
    """The numbers of the list itself: no shares, nothing in brackets within it."""
    depth, at = 0, opening.at
    for index in range(bisect_left(numbers, opening.at, key=lambda q: q.start), len(numbers)):
        stated = numbers[index]
        if stated.start >= opening.limit:
            return
        depth += view.count("(", at, stated.start) - view.count(")", at, stated.start)
        at = stated.start
        if depth <= 0 and stated.unit != "%":
            yield stated


def _listed(view: str, opening: _Opening, inside: Iterator[Quantity]) -> tuple[list[Quantity], bool]:
    """The parts, and whether the list surely ends where it is taken to end."""
    parts: list[Quantity] = []
    base = 0
    for stated in inside:
        gap = _flat(view[parts[-1].end if parts else opening.at : stated.opening])
        strength = max((_STRENGTH.get(c, 0) for c in gap), default=0)
        stronger = len(parts) > 1 and strength > base
        if stated.unit not in (opening.total.unit, OMITTED):
            return parts, not parts or stronger or strength >= 2
        if parts and (_NEW_PREDICATE.search(gap) or _CONNECTIVE.search(gap)):
            return parts, True
        if strength >= 3 and len(parts) > 1 and _sum(parts) == opening.total.value:
            return parts, True
        if stronger:
            return _at_stronger(view, opening, parts, [stated, *inside], strength)
        if len(parts) == 1:
            base = strength
        parts.append(stated)
    return parts, True


def _at_stronger(
    view: str, opening: _Opening, parts: list[Quantity], rest: list[Quantity], strength: int
) -> tuple[list[Quantity], bool]:
    """A semicolon ends the list. Behind a comma it may go on: only a sum that holds makes that sure."""
    total = opening.total.value or Decimal(0)
    if strength >= 3 or _sum(parts) == total or (rest[0].value or 0) > total:
        return parts, True
    longer = parts + [q for q in rest if q.unit in (opening.total.unit, OMITTED)]
    return (longer, True) if _sum(longer) == total else (parts, False)


def _sum(parts: Sequence[Quantity]) -> Decimal:
    return sum((p.value or Decimal(0) for p in parts), Decimal(0))


def _flat(gap: str) -> str:
    """Without what stands in brackets and without the share that follows a part: ,占86.92%."""
    return re.sub(r"\([^()]*\)|[,、]?\s*(?:约?占|占比)[^,;。、]*\d%", "", gap)


def _labels(view: str, start: int, parts: Sequence[Quantity]) -> tuple[str, ...]:
    """The words of each part: before its number, or behind it where none stand before."""
    labels = []
    for number, part in enumerate(parts):
        before = _flat(view[parts[number - 1].end if number else start : part.opening])
        words = re.split(r"[,;。:]", before)[-1].strip("、 ")
        after = re.match(r"[^,;。、()]*", view[part.end : part.end + 40])
        labels.append(words or (after[0].strip() if after else ""))
    return tuple(labels)


def _closed(opening: _Opening, values: Sequence[Decimal], labels: Sequence[str]) -> bool:
    total, sum_ = opening.total.value or Decimal(0), sum(values, Decimal(0))
    if sum_ == total or opening.closing or _REST.match(labels[-1]):
        return True
    if any(all(family.search(label) for label in labels) for family in _PARTITIONS):
        return True
    if opening.adjacent and max(values) > total:
        return True
    if sum_ > total and (len(values) > 3 or all(_DISJOINT.search(label) for label in labels)):
        return True
    tolerance = total / 10 if len(values) > 4 else total * 3 / 100
    return len(values) > 2 and abs(sum_ - total) <= max(Decimal(1), tolerance)
