"""The running text side by side: what is missing, added, changed, moved or only written differently."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from checker.collation.aligning import Aligned, align
from checker.collation.sentences import Sentence
from checker.collation.shape import Cut, Manner, Passage, Relation, What
from checker.collation.wording import differing, key, manners

_SHORTEST_MOVED = 8
"""Characters; shorter sentences stand in several places by chance."""


def passages(a: Sequence[Sentence], b: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Everything of both in the order of A; what only B has stands after what it follows in B."""
    aligned = align([s.key for s in a], [s.key for s in b])
    moved = _moved(a, b, aligned)
    arrived = set(moved.values())
    sizes = {Relation.ONLY_A: _sizes(a), Relation.ONLY_B: _sizes(b)}
    found: list[Passage] = []
    for (relation, _), group in groupby(aligned, key=lambda each: _run_of(each, a, b, moved, arrived)):
        runs = list(group)
        if relation is Relation.ONLY_A:
            found.append(_alone([a[each.a_start] for each in runs], relation, sizes[relation]))
        elif relation is Relation.ONLY_B:
            found.append(_alone([b[each.b_start] for each in runs], relation, sizes[relation]))
        elif relation is Relation.MOVED:
            found += [_elsewhere(a[i], b[moved[i]]) for i, k, _, _ in runs if k > i]
        else:
            found += [_both(a[i:k], b[j:m]) for i, k, j, m in runs]
    return tuple(found)


def _run_of(
    group: Aligned, a: Sequence[Sentence], b: Sequence[Sentence], moved: dict[int, int], arrived: set[int]
) -> tuple[Relation | None, object]:
    """What becomes of a group, and the paragraph it stands in alone; equal for groups told together."""
    i, k, j, m = group
    if k > i and m > j:
        return None, None
    if i in moved and k > i or (k == i and j in arrived):
        return Relation.MOVED, None
    alone, relation = (a[i], Relation.ONLY_A) if k > i else (b[j], Relation.ONLY_B)
    return relation, (alone.paragraph, alone.what, alone.section)


def _sizes(sentences: Sequence[Sentence]) -> Counter[int]:
    """How many sentences each paragraph has."""
    return Counter(sentence.paragraph for sentence in sentences)


def _moved(a: Sequence[Sentence], b: Sequence[Sentence], aligned: Sequence[Aligned]) -> dict[int, int]:
    """Sentences that stand elsewhere in B, by their number in A."""
    waiting: dict[str, list[int]] = {}
    for group in reversed(aligned):
        if group.a_start == group.a_end:
            waiting.setdefault(b[group.b_start].key, []).append(group.b_start)
    found = {}
    for group in aligned:
        sentence = a[group.a_start] if group.b_start == group.b_end else None
        if sentence and len(sentence.key) >= _SHORTEST_MOVED and waiting.get(sentence.key):
            found[group.a_start] = waiting[sentence.key].pop()
    return found


def _alone(run: Sequence[Sentence], relation: Relation, sizes: Counter[int]) -> Passage:
    """Sentences of one paragraph that stand next to one another on one side only."""
    cut, what = _joined(run), run[0].what
    if what == "sentence" and sizes[run[0].paragraph] == len(run):
        what = "paragraph"
    only_a = relation is Relation.ONLY_A
    return Passage(what, relation, cut if only_a else None, None if only_a else cut)


def _elsewhere(ours: Sentence, theirs: Sentence) -> Passage:
    how = manners(ours.text, theirs.text)
    return Passage(ours.what, Relation.MOVED, ours.cut(), theirs.cut(), manners=how)


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
