"""Taking digits that ran together apart, only as far as the sums of the form leave one answer.

A run is digits with known boundaries (blanks seen between them). A division cuts it into cells;
a cell has no leading zero unless it is 0, and the last cell of a group is the sum of the others.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

NODES = 200_000
"""How many partial divisions of the runs of one table are tried before the rest count as undecidable."""

JOINT_NODES = 5_000
"""The same for choices of divisions over several rows; each costs a look at the whole table."""

LONGEST = 120
"""Digits in a run; more are no table."""

Division = tuple[str, ...]


class TooMany(Exception):  # noqa: N818 - it is an answer of the search, never an error shown to anyone
    """The search gave up: there are too many possibilities."""


@dataclass(frozen=True, slots=True)
class Run:
    """Digits and the offsets at which a blank separates them."""

    digits: str
    cuts: frozenset[int]

    @classmethod
    def of(cls, groups: Sequence[str]) -> "Run":
        cuts, position = set(), 0
        for group in groups:
            position += len(group)
            cuts.add(position)
        if position > LONGEST:
            raise TooMany
        return cls("".join(groups), frozenset(cuts))

    def ends(self, start: int) -> Iterator[int]:
        """Where a cell that begins at `start` may end."""
        last = start + 1 if self.digits[start : start + 1] == "0" else len(self.digits)
        for end in range(start + 1, last + 1):
            yield end
            if end in self.cuts:
                return


class Budget:
    """What is left of the partial divisions a search may try."""

    def __init__(self, nodes: int = NODES) -> None:
        self.left = nodes

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooMany


def free_divisions(run: Run, cells: int, budget: Budget) -> list[Division]:
    """All ways to cut a run into so many cells where no sum binds them. Raises TooMany."""

    def extend(start: int, left: int) -> Iterator[Division]:
        budget.spend()
        if left == 0:
            if start == len(run.digits):
                yield ()
            return
        for end in run.ends(start):
            for rest in extend(end, left - 1):
                yield (run.digits[start:end], *rest)

    return list(extend(0, cells))


def summed_divisions(run: Run, cells: int, budget: Budget, groups: int = 1) -> list[Division]:
    """All ways to cut a run into groups of `cells` whose last is the sum of the others. Raises TooMany."""
    addends = _Addends(run, budget)

    def extend(start: int, left: int) -> Iterator[Division]:
        if left == 0:
            if start == len(run.digits):
                yield ()
            return
        for end in range(start + cells, len(run.digits) + 1):
            for head in _one_group(run, start, end, cells, addends):
                for rest in extend(end, left - 1):
                    yield (*head, *rest)

    return list(extend(0, groups))


def _one_group(run: Run, start: int, end: int, cells: int, addends: "_Addends") -> Iterator[Division]:
    """Divisions of digits[start:end]; each possible total is tried in turn."""
    for middle in range(start + cells - 1, end):
        if end in run.ends(middle):
            total = run.digits[middle:end]
            for found in addends.that_make(start, middle, cells - 1, int(total)):
                yield (*found, total)


class _Addends:
    """Cuts of a stretch of digits into cells with a given sum: two halves, matched by their sums."""

    def __init__(self, run: Run, budget: Budget) -> None:
        self._run = run
        self._budget = budget
        self._known: dict[tuple[int, int, int], dict[int, list[Division]]] = {}

    def that_make(self, start: int, end: int, cells: int, total: int) -> Iterator[Division]:
        half = cells // 2
        for middle in range(start + half, end - (cells - half) + 1):
            left = self._by_sum(start, middle, half)
            right = self._by_sum(middle, end, cells - half)
            for value, heads in left.items():
                for tail in right.get(total - value, ()):
                    for head in heads:
                        self._budget.spend()
                        yield (*head, *tail)

    def _by_sum(self, start: int, end: int, cells: int) -> dict[int, list[Division]]:
        key = (start, end, cells)
        if key not in self._known:
            found: dict[int, list[Division]] = {}
            for value, division in self._cuts(start, end, cells):
                self._budget.spend()
                found.setdefault(value, []).append(division)
            self._known[key] = found
        return self._known[key]

    def _cuts(self, start: int, end: int, left: int) -> Iterator[tuple[int, Division]]:
        if left == 0:
            if start == end:
                yield 0, ()
            return
        for after in self._run.ends(start):
            if after > end - (left - 1):
                return
            if left > 1 or after == end:
                head = self._run.digits[start:after]
                for value, rest in self._cuts(after, end, left - 1):
                    yield int(head) + value, (head, *rest)


# Several rows together --------------------------------------------------------------------------------

Balance = tuple[tuple[str, ...], tuple[str, ...]]
"""Rows that add up to the same, column by column: the left ones and the right ones."""


def jointly(
    rows: Mapping[str, Sequence[Division]], balances: Iterable[Balance], certain: Container[str]
) -> dict[str, list[Division]]:
    """The divisions of each row that fit the sums over rows.

    Only balances all of whose rows are given count. Rows that are certain without any sum are left as
    they are; of another row nothing is left if no balance it stands in can be kept: then its own sum
    may have fitted by chance.
    """
    vectors = {code: [tuple(map(int, d)) for d in found] for code, found in rows.items()}
    usable = [b for b in balances if all(vectors.get(code) for code in (*b[0], *b[1]))]
    kept = _fitting(vectors, usable)
    doubted: set[str] = set()
    if kept is None:
        held = [b for b in usable if _fitting(vectors, [b]) is not None]
        held = held if _fitting(vectors, held) is not None else []
        kept = _fitting(vectors, held) or {}
        in_doubt = {code for b in usable if b not in held for code in (*b[0], *b[1])}
        doubted = in_doubt - {code for b in held for code in (*b[0], *b[1])}
    return {
        code: [rows[code][i] for i in indices]
        for code, indices in kept.items()
        if code in certain or code not in doubted
    } | {code: [] for code in doubted if code not in certain}


def _fitting(vectors: "Vectors", balances: Sequence[Balance]) -> dict[str, list[int]] | None:
    """Which divisions of each row fit all these balances; None if no choice does."""
    kept = {code: list(range(len(found))) for code, found in vectors.items()}
    try:
        for balance in balances:
            _narrow(vectors, kept, balance)
        return _supported(vectors, kept, balances)
    except _NothingFits:
        return None
    except TooMany:
        return kept


class _NothingFits(Exception):  # noqa: N818 - a branch of the search
    pass


Vectors = Mapping[str, Sequence[tuple[int, ...]]]


def _narrow(vectors: Vectors, kept: dict[str, list[int]], balance: Balance) -> None:
    """Drop divisions that cannot fit however the other rows are divided (bounds, column by column)."""
    signs = {**dict.fromkeys(balance[0], 1), **dict.fromkeys(balance[1], -1)}
    changed = True
    while changed:
        changed = False
        for code, sign in signs.items():
            others = [(o, s) for o, s in signs.items() if o != code]
            low, high = _bounds(vectors, kept, others)
            fits = [
                i
                for i in kept[code]
                if all(lo <= -sign * v <= hi for v, lo, hi in zip(vectors[code][i], low, high, strict=True))
            ]
            if not fits:
                raise _NothingFits
            changed = changed or len(fits) < len(kept[code])
            kept[code] = fits


def _bounds(
    vectors: Vectors, kept: Mapping[str, Sequence[int]], rows: Sequence[tuple[str, int]]
) -> tuple[list[int], list[int]]:
    width = len(next(iter(vectors.values()))[0])
    low, high = [0] * width, [0] * width
    for code, sign in rows:
        for column in range(width):
            values = [sign * vectors[code][i][column] for i in kept[code]]
            low[column] += min(values)
            high[column] += max(values)
    return low, high


def _supported(
    vectors: Vectors, kept: dict[str, list[int]], balances: Sequence[Balance]
) -> dict[str, list[int]]:
    """The divisions that occur in at least one choice fitting all balances. Raises TooMany."""
    budget = Budget(JOINT_NODES)
    bound = {code for b in balances for code in (*b[0], *b[1])}
    open_rows = [code for code in kept if code in bound and len(kept[code]) > 1]
    used: dict[str, set[int]] = {code: set() for code in open_rows}
    found = False

    def descend(depth: int, chosen: dict[str, list[int]]) -> None:
        nonlocal found
        budget.spend()
        if not all(_possible(vectors, chosen, b) for b in balances):
            return
        if depth == len(open_rows):
            found = True
            for code in open_rows:
                used[code].add(chosen[code][0])
            return
        for index in kept[open_rows[depth]]:
            descend(depth + 1, {**chosen, open_rows[depth]: [index]})

    descend(0, kept)
    if not found:
        raise _NothingFits
    return {code: sorted(used[code]) if code in used else indices for code, indices in kept.items()}


def _possible(vectors: Vectors, chosen: Mapping[str, Sequence[int]], balance: Balance) -> bool:
    signed = [(c, 1) for c in balance[0]] + [(c, -1) for c in balance[1]]
    low, high = _bounds(vectors, chosen, signed)
    return all(lo <= 0 <= hi for lo, hi in zip(low, high, strict=True))
