"""What can go wrong, as a tree:

CheckerError                 a Problem list, printed whole; never a traceback
├── InputError               the submission, the ruleset or the usage is at fault (exit code 2)
│   └── RulesetError         a rule or ruleset file is at fault
└── EngineError              the engine itself failed on one rule (finding outcome `error`)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.bilingual import Bilingual, Language
from checker.location import Location


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: a stable code, a sentence in both languages, its place and the line it stands on.

    fix: how to put it right, where that can be said.
    """

    code: str
    message: Bilingual
    location: Location | None = None
    excerpt: str | None = None
    fix: Bilingual | None = None

    def in_language(self, language: Language) -> str:
        """The problem as `file:line:character: sentence` or `file page 3: sentence`, then the offending line
        with the place marked, then how to put it right."""
        return "\n    ".join(self._lines(language))

    def _lines(self, language: Language) -> Iterator[str]:
        sentence, place = self.message.in_language(language), self.location
        yield f"{_named(place, language)}: {sentence}" if place else sentence
        if place is not None and self.excerpt is not None:
            yield self.excerpt
            if place.character is not None:
                yield self._pointer()
        if self.fix is not None:
            yield f"改法：{self.fix.zh}" if language == "zh" else f"fix: {self.fix.en}"

    def _pointer(self) -> str:
        # A full-width space under each full-width character keeps the caret below its column.
        before = (self.excerpt or "")[: (self.location.character or 1) - 1] if self.location else ""
        return "".join("\u3000" if ord(c) > 0x2E7F else " " for c in before) + "^"


def _named(place: Location, language: Language) -> str:
    """`file:line:character`, or `file page 3 table 2 …` where a file has no lines."""
    numbers = [str(n) for n in (place.line, place.character) if n is not None]
    counted = [] if numbers else [words.in_language(language) for words in place.counted()]
    return " ".join([":".join([place.file, *numbers]), *counted])


class CheckerError(Exception):
    """Raised with every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(p.message.en for p in problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type["CheckerError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class InputError(CheckerError):
    """The submission or the usage is at fault."""


class RulesetError(InputError):
    """A rule or ruleset file is at fault."""


class EngineError(CheckerError):
    """The engine failed on one rule; the others are not affected."""


def did_you_mean(word: str, known: Iterable[str]) -> Bilingual:
    """`; did you mean …?`, to follow a sentence about an unknown word; empty where nothing is close."""
    from difflib import get_close_matches  # only a mistake needs it

    names = dict.fromkeys(known)
    tails = {name.rpartition(".")[2]: name for name in names}
    close = get_close_matches(word, names, n=1, cutoff=0.7) or [
        tails[t] for t in get_close_matches(word.rpartition(".")[2], tails, n=1, cutoff=0.85)
    ]
    return (
        Bilingual(f"；是否想写 {close[0]}？", f"; did you mean {close[0]}?") if close else Bilingual("", "")
    )
