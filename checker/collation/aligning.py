"""Which sentences of one text stand for which of the other, in order.

First sentences that stand once in both and are the same pin the texts together, then those around
them. What lies between is set side by side by how much of it is alike; one sentence may stand for two or
three, where they were cut differently.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

ALIKE = 0.5
"""Share of pairs of characters two sentences have in common from which one is the other, changed."""
MUCH_ALIKE = 0.7
"""The same for sentences that do not stand in the same order."""
_MOST_WORK = 8_000_000
"""Characters looked at to set a stretch side by side; beyond, its sentences are told one by one."""
_MOVES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))


class Aligned(NamedTuple):
    """Sentences a_start:a_end of one text that stand for b_start:b_end of the other; either may be none."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def align(a: Sequence[str], b: Sequence[str]) -> list[Aligned]:
    """Both texts from beginning to end, each sentence once, by the keys of the sentences."""
    found: list[Aligned] = []
    i = j = 0
    for k, m in [*_anchors(a, b), (len(a), len(b))]:
        found += _between(a, b, Aligned(i, k, j, m))
        if k < len(a) or m < len(b):
            found.append(Aligned(k, k + 1, m, m + 1))
        i, j = k + 1, m + 1
    return found


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal sentences, rising on both sides."""
    found: list[tuple[int, int]] = []
    stretches = [Aligned(0, len(a), 0, len(b))]
    while stretches:
        whole = stretches.pop()
        inner, ends = _trimmed(a, b, whole)
        pins = _pins(a, b, inner)
        found += ends + pins
        if pins:
            edges = [(inner.a_start - 1, inner.b_start - 1), *pins, (inner.a_end, inner.b_end)]
            stretches += [
                Aligned(i + 1, k, j + 1, m) for (i, j), (k, m) in zip(edges, edges[1:], strict=False)
            ]
    return sorted(found)


def _trimmed(a: Sequence[str], b: Sequence[str], whole: Aligned) -> tuple[Aligned, list[tuple[int, int]]]:
    """What is left of a stretch without the equal sentences at its ends, and those."""
    i, k, j, m = whole
    found: list[tuple[int, int]] = []
    while i < k and j < m and a[i] == b[j]:
        found.append((i, j))
        i, j = i + 1, j + 1
    while i < k and j < m and a[k - 1] == b[m - 1]:
        k, m = k - 1, m - 1
        found.append((k, m))
    return Aligned(i, k, j, m), found


def _pins(a: Sequence[str], b: Sequence[str], where: Aligned) -> list[tuple[int, int]]:
    """The longest rising chain of sentences that stand once on each side."""
    i, k, j, m = where
    ours, theirs = Counter(a[i:k]), Counter(b[j:m])
    at = {b[n]: n for n in range(j, m) if theirs[b[n]] == 1}
    pairs = [(n, at[a[n]]) for n in range(i, k) if ours[a[n]] == 1 and a[n] in at]
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for index, (_, other) in enumerate(pairs):
        length = bisect_left(tails, other)
        before.append(heads[length - 1] if length else -1)
        tails[length : length + 1] = [other]
        heads[length : length + 1] = [index]
    chain = []
    index = heads[-1] if heads else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


# Between the anchors


def _between(a: Sequence[str], b: Sequence[str], where: Aligned) -> list[Aligned]:
    i, k, j, m = where
    ours, theirs = a[i:k], b[j:m]
    work = len(ours) * sum(map(len, theirs)) + len(theirs) * sum(map(len, ours))
    pairs = _paired(ours, theirs) if ours and theirs and work <= _MOST_WORK else []
    return [Aligned(i + p, i + q, j + r, j + s) for p, q, r, s in _filled(pairs, len(ours), len(theirs))]


def _filled(pairs: Sequence[Aligned], ours: int, theirs: int) -> Iterator[Aligned]:
    """The pairs, and before each what stands on one side only."""
    i = j = 0
    for pair in (*pairs, Aligned(ours, ours, theirs, theirs)):
        yield from (Aligned(n, n + 1, j, j) for n in range(i, pair.a_start))
        yield from (Aligned(pair.a_start, pair.a_start, n, n + 1) for n in range(j, pair.b_start))
        if pair.a_end > pair.a_start:
            yield pair
        i, j = pair.a_end, pair.b_end


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> list[Aligned]:
    """The pairs, in order, that have most characters in common."""
    grid = _Grid([_bigrams(text) for text in ours], [_bigrams(text) for text in theirs])
    rows, columns = len(ours) + 1, len(theirs) + 1
    best = [[0.0] * columns for _ in range(rows)]
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(rows):
        for j in range(columns):
            if i and best[i - 1][j] > best[i][j]:
                best[i][j], came[i, j] = best[i - 1][j], (1, 0)
            if j and best[i][j - 1] > best[i][j]:
                best[i][j], came[i, j] = best[i][j - 1], (0, 1)
            for p, q in _MOVES:
                gain = grid.gain(range(i - p, i), range(j - q, j)) if i >= p and j >= q else 0.0
                if gain and best[i - p][j - q] + gain > best[i][j]:
                    best[i][j], came[i, j] = best[i - p][j - q] + gain, (p, q)
    return _followed_back(came, len(ours), len(theirs))


class _Grid:
    """How much every sentence of one text has in common with every one of the other."""

    def __init__(self, mine: Sequence[frozenset[str]], yours: Sequence[frozenset[str]]) -> None:
        self._mine, self._yours = mine, yours
        self._shared = [[len(one & other) for other in yours] for one in mine]

    def gain(self, ours: range, theirs: range) -> float:
        """How many pairs of characters they have in common, less what they have not; 0 where too few.

        A sentence joins others only if half of it stands in the one they are cut from.
        """
        if len(theirs) > 1 and any(2 * self._shared[ours[0]][j] < len(self._yours[j]) for j in theirs):
            return 0.0
        if len(ours) > 1 and any(2 * self._shared[i][theirs[0]] < len(self._mine[i]) for i in ours):
            return 0.0
        if len(ours) == len(theirs) == 1:
            shared = self._shared[ours[0]][theirs[0]]
            both = len(self._mine[ours[0]]) + len(self._yours[theirs[0]])
        else:
            one = frozenset().union(*(self._mine[i] for i in ours))
            other = frozenset().union(*(self._yours[j] for j in theirs))
            shared, both = len(one & other), len(one) + len(other)
        return 2.0 * shared - both * ALIKE / 2 if 2 * shared >= ALIKE * both else 0.0


def apart(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of what stands alone in either text and yet is much alike, wherever it stands; each once."""
    work = len(a) * sum(map(len, b)) + len(b) * sum(map(len, a))
    if work > _MOST_WORK:
        return []
    mine, yours = [_bigrams(text) for text in a], [_bigrams(text) for text in b]
    found = [
        (-2 * len(one & other) / (len(one) + len(other)), i, j)
        for i, one in enumerate(mine)
        for j, other in enumerate(yours)
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(each for each in found if -each[0] >= MUCH_ALIKE):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return sorted(pairs.items())


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def _followed_back(came: dict[tuple[int, int], tuple[int, int]], i: int, j: int) -> list[Aligned]:
    found = []
    while i or j:
        p, q = came.get((i, j), (1, 0) if i else (0, 1))
        if p and q:
            found.append(Aligned(i - p, i, j - q, j))
        i, j = i - p, j - q
    return found[::-1]
