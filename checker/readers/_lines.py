"""Physical lines of a text, and stretches of them with their place."""

from dataclasses import dataclass

from checker import comparison


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line without its line end; numbered from 1."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        return not comparison.INVISIBLE.sub("", self.text).strip()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one physical line: its text, its line, and the character where it starts."""

    text: str
    line: int
    character: int

    @property
    def blank(self) -> bool:
        return not self.text.strip()
