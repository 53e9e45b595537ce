"""The running text side by side: what is missing, added, changed, moved or only written differently."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from checker.collation.aligning import Aligned, align, apart
from checker.collation.sentences import Sentence
from checker.collation.shape import Cut, Manner, Passage, Relation, What
from checker.collation.wording import differing, key, manners

_SHORTEST_MOVED = 8
"""Characters; shorter sentences stand in several places by chance."""
_Run = tuple[Relation | None, object]
"""What becomes of a group, and what it shares with those it is told together with."""


def passages(a: Sequence[Sentence], b: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Everything of both in the order of A; what only B has stands after what it follows in B."""
    aligned = align([s.key for s in a], [s.key for s in b])
    moved = _moved(a, b, aligned)
    arrived = set(moved.values())
    told = [each for each in aligned if each.a_end > each.a_start or each.b_start not in arrived]
    sizes = _sizes(a), _sizes(b)
    found: list[Passage] = []
    for (relation, _), group in groupby(told, key=lambda each: _run_of(each, a, b, moved)):
        runs = list(group)
        if relation is Relation.MOVED:
            found.append(_elsewhere([a[i] for i, *_ in runs], [b[moved[i]] for i, *_ in runs]))
        elif relation is Relation.ONLY_A:
            found.append(_alone([a[each.a_start] for each in runs], relation, sizes[0]))
        elif relation is Relation.ONLY_B:
            found.append(_alone([b[each.b_start] for each in runs], relation, sizes[1]))
        else:
            found += [_both(a[i:k], b[j:m]) for i, k, j, m in runs]
    return tuple(found)


def _run_of(group: Aligned, a: Sequence[Sentence], b: Sequence[Sentence], moved: dict[int, int]) -> _Run:
    i, k, j, m = group
    if k > i and m > j:
        return None, None
    if k > i and i in moved:
        other = b[moved[i]]
        if a[i].key != other.key:
            return Relation.MOVED, i
        row = i if a[i].what == "row" else None
        return Relation.MOVED, (a[i].paragraph, other.paragraph, moved[i] - i, a[i].what, row)
    alone, relation = (a[i], Relation.ONLY_A) if k > i else (b[j], Relation.ONLY_B)
    # Rows of a table stay rows.
    return relation, group if alone.what == "row" else (alone.paragraph, alone.what, alone.section)


def _sizes(sentences: Sequence[Sentence]) -> Counter[int]:
    """How many sentences each paragraph has."""
    return Counter(sentence.paragraph for sentence in sentences)


def _moved(a: Sequence[Sentence], b: Sequence[Sentence], aligned: Sequence[Aligned]) -> dict[int, int]:
    """Sentences that stand elsewhere in B, as they are or changed, by their number in A."""
    ours = [g.a_start for g in aligned if g.b_start == g.b_end and len(a[g.a_start].key) >= _SHORTEST_MOVED]
    theirs = [g.b_start for g in aligned if g.a_start == g.a_end and len(b[g.b_start].key) >= _SHORTEST_MOVED]
    waiting: dict[str, list[int]] = {}
    for j in reversed(theirs):
        waiting.setdefault(b[j].key, []).append(j)
    found = {i: waiting[a[i].key].pop() for i in ours if waiting.get(a[i].key)}
    taken = set(found.values())
    ours = [i for i in ours if i not in found]
    theirs = [j for j in theirs if j not in taken]
    pairs = apart([a[i].key for i in ours], [b[j].key for j in theirs])
    return found | {ours[i]: theirs[j] for i, j in pairs}


def _alone(run: Sequence[Sentence], relation: Relation, sizes: Counter[int]) -> Passage:
    """Sentences of one paragraph that stand next to one another on one side only."""
    cut, what = _joined(run), run[0].what
    only_a = relation is Relation.ONLY_A
    if what == "sentence" and sizes[run[0].paragraph] == len(run):
        what = "paragraph"
    return Passage(what, relation, cut if only_a else None, None if only_a else cut)


def _elsewhere(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> Passage:
    """Sentences that stand together elsewhere, or one that was changed as well."""
    together = _both(ours, theirs)
    return replace(together, relation=Relation.MOVED)


def _both(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> Passage:
    what: What = ours[0].what if len(ours) == len(theirs) == 1 else "sentence"
    one, other = _joined(ours), _joined(theirs)
    if key(one.text) != key(other.text):
        apart = differing(one.text, other.text)
        cuts = (_marked(one, apart.a), _marked(other, apart.b))
        return Passage(what, Relation.DIFFERENT, *cuts, figures=apart.figures)
    found: tuple[Manner, ...] = manners(one.text, other.text)
    if len(ours) != len(theirs):
        found = (*found, "division")
    return Passage(what, Relation.WRITTEN if found else Relation.EQUAL, one, other, manners=found)


def _joined(parts: Sequence[Sentence]) -> Cut:
    first = parts[0]
    return Cut("".join(part.text for part in parts), first.section, first.location)


def _marked(cut: Cut, parts: Iterable[tuple[int, int]]) -> Cut:
    return Cut(cut.text, cut.section, cut.location, tuple(parts))
