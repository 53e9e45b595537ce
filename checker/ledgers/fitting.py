"""Which row of a file is its header, and which of its cells is which declared column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import NoReturn

from checker.bilingual import Bilingual
from checker.comparison import squeeze
from checker.errors import InputError, Problem, did_you_mean
from checker.ledger import Column, LedgerKind, heading
from checker.ledgers.values import as_written
from checker.location import Location

HEAD = 20
"""Rows among which the header is looked for."""
_LISTED = 30
_LONGEST_HEADER = 100
_SHOWN = 40

Numbered = tuple[int, Sequence[str]]
"""The physical number of a row, from 1, and its cells."""
Claim = tuple[str, str]
"""What a header stands for: a step ("" for none) and a column."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A header row and what it says.

    line: its physical number. headers: its cells as they stand. layouts: the position of each column the
    file has; of an unfolded sheet one for each step, whose terms `steps` gives and whose own columns `own`.
    extra: headers that are no declared column.
    """

    line: int
    headers: tuple[str, ...]
    layouts: tuple[Mapping[str, int], ...]
    steps: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    extra: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Every column the file has."""
        return frozenset(name for layout in self.layouts for name in layout)


class Fitter:
    """Knows the headers a kind goes by, and those the manifest names for it."""

    def __init__(
        self, kind: LedgerKind, file: str, sheet: str | None = None, columns: Mapping[str, str] | None = None
    ) -> None:
        self.kind = kind
        self.file = file
        self.sheet = sheet
        self.named = dict(columns or {})
        self._declared = {c.name: c for c in kind.columns}
        self._known: dict[str, Claim] = dict(_step_headers(kind))
        self._known.update(
            (heading(alias), ("", c.name))
            for c in kind.columns
            if c.name not in self.named
            for alias in c.aliases
        )
        self._known.update(
            (heading(header), ("", name)) for name, header in self.named.items() if name in self._declared
        )

    def score(self, cells: Iterable[str]) -> int:
        """How many different columns a row's cells name."""
        return len({claim for cell in cells if (claim := self._claim(cell)) is not None})

    def _claim(self, cell: str) -> Claim | None:
        return self._known.get(heading(cell)) if len(cell) <= _LONGEST_HEADER else None

    def best(self, rows: Sequence[Numbered]) -> tuple[Numbered, int]:
        """The header that fits best among the first rows, and its score."""
        candidates = [*rows[:HEAD], *self._two_storeyed(rows[:HEAD])]
        scores = [self.score(cells) for _, cells in candidates]
        top = max(scores, default=0)
        return (candidates[scores.index(top)] if candidates else (1, ())), top

    def _two_storeyed(self, rows: Sequence[Numbered]) -> Iterator[Numbered]:
        """Headers of two rows: a group or step over several cells, and below it what each cell holds."""
        for (_, upper), (line, lower) in pairwise(rows):
            group, cells = "", []
            for above, below in zip_longest(upper, lower, fillvalue=""):
                group = above.strip() or group
                joined = group + below.strip()
                cells.append(joined if self._claim(joined) else below if below.strip() else above)
            yield line, cells

    def fit(self, rows: Sequence[Numbered]) -> Fit:
        """The header among the first rows.

        Raises InputError if no row fits, a required column is missing, two headers claim one column or the
        manifest names a column or header that is not there.
        """
        (line, cells), score = self.best(rows)
        if score == 0:
            self._fits_nothing(rows)
        problems = [*self._unknown_names(), *self._unfound_headers(line, cells)]
        claims, extra = self._claims(line, cells, problems)
        found = self._assembled(line, cells, claims, extra)
        problems.extend(self._missing(found))
        if problems:
            raise InputError(problems)
        return found

    def _claims(
        self, line: int, cells: Sequence[str], problems: list[Problem]
    ) -> tuple[dict[Claim, int], list[str]]:
        """The position of each column; the headers that are none."""
        claims: dict[Claim, int] = {}
        extra: list[str] = []
        unmeant = self._unmeant(cells)
        for position, cell in enumerate(cells):
            claim = None if position in unmeant else self._claim(cell)
            if claim is None:
                extra.extend([cell] if cell.strip() else [])
            elif claims.setdefault(claim, position) != position:
                problems.append(self._two_headers(claim, claims[claim], position, line, cells))
        return claims, extra

    def _unmeant(self, cells: Sequence[str]) -> set[int]:
        """Headers that differ in brackets only from one that the manifest names: 时间（起）, 时间（止）."""
        found: set[int] = set()
        for header in self.named.values():
            alike = {place for place, cell in enumerate(cells) if heading(cell) == heading(header)}
            exact = {place for place in alike if squeeze(cells[place]) == squeeze(header)}
            found |= alike - exact if exact else set()
        return found

    def _two_headers(self, claim: Claim, first: int, second: int, line: int, cells: Sequence[str]) -> Problem:
        label = self._declared[claim[1]].label
        one, two = (f"“{shown(cells[n])}”" for n in (first, second))
        same = squeeze(cells[first]) == squeeze(cells[second])
        to_do = Bilingual(
            "请在清单的 columns 中写明用哪一列", "say under `columns` in the manifest which it is"
        )
        if same:
            to_do = Bilingual("请改其中一个表头，使两者不同", "change one of the headers so that they differ")
        message = Bilingual(
            f"第 {first + 1} 列{one}和第 {second + 1} 列{two}都认作“{label.zh}”；{to_do.zh}",
            f"columns {first + 1} ({one}) and {second + 1} ({two}) both pass for {label.en}; {to_do.en}",
        )
        return Problem("ledger.two-headers", message, self._place(line))

    def _assembled(
        self, line: int, cells: Sequence[str], claims: Mapping[Claim, int], extra: Sequence[str]
    ) -> Fit:
        """A sheet has steps side by side where it names none in a column of its own."""
        unfold, headers = self.kind.unfold, tuple(cells)
        plain = {name: position for (step, name), position in claims.items() if not step}
        if unfold is None or unfold.column in plain or len(plain) == len(claims):
            unused = [cells[position] for (step, _), position in claims.items() if step]
            return Fit(line, headers, (plain,), extra=(*extra, *unused))
        shared = {name: position for name, position in plain.items() if name not in unfold.columns}
        unused = [cells[position] for name, position in plain.items() if name in unfold.columns]
        own = {
            term: {name: position for (step, name), position in claims.items() if step == term}
            for term in unfold.steps
        }
        given = {term: positions for term, positions in own.items() if positions}
        layouts = tuple({**shared, unfold.column: min(p.values()), **p} for p in given.values())
        return Fit(line, headers, layouts, tuple(given), frozenset(unfold.columns), (*extra, *unused))

    def _missing(self, fit: Fit) -> Iterator[Problem]:
        """Required columns no header stands for."""
        present = fit.columns
        for column in self.kind.columns:
            if column.required and column.name not in present and column.name not in self.named:
                expected, found = _expected(column), listed(fit.headers)
                message = Bilingual(
                    f"缺少“{column.label.zh}”一栏（可用的表头：{expected}）；文件的表头有：{found}",
                    f"the column {column.label.en} is missing (headers it goes by: {expected}); "
                    f"the file's headers are: {found}",
                )
                yield Problem("ledger.missing-column", message, self._place(fit.line))

    def _unknown_names(self) -> Iterator[Problem]:
        for name in self.named:
            if name not in self._declared:
                hint = did_you_mean(name, self._declared)
                zh = f"清单的 columns 写了 {name}，{self.kind.title.zh}没有这一栏{hint.zh}"
                en = f"the manifest's columns name {name}, which {self.kind.id} does not have{hint.en}"
                yield Problem("ledger.no-column", Bilingual(zh, en), Location(self.file, table=self.sheet))

    def _unfound_headers(self, line: int, cells: Sequence[str]) -> Iterator[Problem]:
        views = {heading(cell) for cell in cells}
        for name, header in self.named.items():
            if name in self._declared and heading(header) not in views:
                found = listed(cells)
                message = Bilingual(
                    f"清单写明 {name} 用表头“{shown(header)}”，文件里没有；文件的表头有：{found}",
                    f"the manifest gives the header “{shown(header)}” for {name}, which the file "
                    f"does not have; its headers are: {found}",
                )
                yield Problem("ledger.no-header", message, self._place(line))

    def _fits_nothing(self, rows: Sequence[Numbered]) -> NoReturn:
        wanted = [c for c in self.kind.columns if c.required] or list(self.kind.columns)
        expected = "；".join(f"{c.label.zh}（{_expected(c)}）" for c in wanted)
        widest = max(rows[:HEAD], key=lambda row: sum(1 for cell in row[1] if cell.strip()), default=(1, ()))
        found = listed(widest[1])
        message = Bilingual(
            f"前 {HEAD} 行里没有{self.kind.title.zh}的表头；需要：{expected}；看到的有：{found}",
            f"none of the first {HEAD} rows is a header of {self.kind.title.en}; needed: {expected}; "
            f"what is there: {found}",
        )
        raise InputError([*self._unknown_names(), Problem("ledger.no-fit", message, self._place(widest[0]))])

    def _place(self, line: int) -> Location:
        return Location(self.file, line=line, table=self.sheet)


def _step_headers(kind: LedgerKind) -> Iterator[tuple[str, Claim]]:
    """Every header an unfolded sheet may have, with the step and the column it stands for."""
    if kind.unfold is None:
        return
    for step, words in kind.unfold.steps.items():
        for column, endings in kind.unfold.columns.items():
            for word in words:
                for ending in endings:
                    yield heading(word + ending), (step, column)


def _expected(column: Column) -> str:
    return "、".join(a for a in column.aliases if not a.isascii()) or "、".join(column.aliases)


def shown(text: str) -> str:
    """A text as a message gives it: on one line and not too long."""
    flat = " ".join(as_written(text[: 4 * _SHOWN]).split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN] + "…"


def listed(cells: Iterable[str]) -> str:
    """Headers as a message lists them."""
    filled = [shown(cell) for cell in cells if cell.strip()]
    more = "……" if len(filled) > _LISTED else ""
    return "、".join(filled[:_LISTED]) + more if filled else "（无 · none）"
