"""What surrounds a number: its clause, its sentence, the sub-heading it stands under."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checker import quantity
from checker.outline import Outline, Span
from checker.patterns import pattern
from checker.quantity import Quantity

# Characters looked at around a number: no clause or sentence worth reading is longer.
_CLAUSE, _SENTENCE = 200, 1000
_CLAUSE_EDGE = pattern(r"[,;。:!?()]")
_SUB_HEADING = pattern(
    r"\s*(?:\([一二三四五六七八九十]\)|\d{1,2}[.、])\s*(?P<words>[^。;!?]{2,22}?)(?=[。:\s]|$)"
)
_APPLICATIONS = pattern(r"依申请|申请公开|公开(?:的)?申请|信息.{0,4}申请")
# What is said of a number's size, not of its subject: 共计, 数量达 …
_FILLER = pattern(
    r"(?:共计|总计|合计|累计|总数|数量|件数|总量|达到|多达|高达|达|共有|共|为|有|是|计|:|了|各|仅|均)+$"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the prose: its view, where it stands, and what it may be about.

    previous is the view of the sentence before it in the same paragraph, "" for the first.
    heading is the nearest sub-heading above: （二）依申请公开情况.
    """

    span: Span
    section: int
    view: str
    previous: str
    heading: str

    @cached_property
    def on_applications(self) -> bool:
        """Whether it speaks of applications for information, itself or by where it stands."""
        return any(_APPLICATIONS.search(words) for words in (self.view, self.previous, self.heading))

    @property
    def continued(self) -> bool:
        """Whether it goes on about what the sentence before it counted: 其中 …"""
        return self.view.lstrip().startswith(("其中", "包括"))


@dataclass(frozen=True)
class Stated:
    """A quantity in its sentence; every string is a view without white space.

    lead: its clause up to the number, without 共计, 达 and the like, from the quantity before it if
    that stands in the same clause. chain: the whole clause up to the number. tail: the clause behind
    the classifier. before: the sentence up to the number.
    """

    sentence: Sentence
    quantity: Quantity
    lead: str
    chain: str
    tail: str
    before: str


def sentences(outline: Outline) -> Iterator[Sentence]:
    """Every sentence of the prose in reading order."""
    heading, piece = "", None
    for span in outline.prose:
        previous = ""
        section = next((s.number for s in outline.sections if s.body.start <= span.start < s.body.end), 0)
        if section != piece:
            heading, piece = "", section
        for part in outline.sentences(span):
            view = outline.view[part.start : part.end]
            named = _SUB_HEADING.match(view)
            if named:
                heading = named["words"]
            yield Sentence(part, section, view, previous, heading)
            previous = view


def stated(sentence: Sentence) -> Iterator[Stated]:
    """Each quantity of a sentence with the words around it; also numbers that lack their classifier."""
    view = sentence.view
    last = 0
    for found in quantity.quantities(view, omitted=True):
        start = max((m.end() for m in _CLAUSE_EDGE.finditer(view, *_back(found, _CLAUSE))), default=0)
        start = max(start, found.opening - _CLAUSE)
        ending = _CLAUSE_EDGE.search(view, found.end, found.end + _CLAUSE)
        tail = view[found.end : ending.start() if ending else found.end + _CLAUSE]
        before = slice(*_back(found, _SENTENCE))
        yield Stated(
            sentence,
            found,
            _FILLER.sub("", tight(view[max(start, last) : found.opening]).lstrip("、和及与")),
            tight(view[start : found.opening]),
            tight(tail),
            tight(view[before]),
        )
        last = found.end


def _back(found: Quantity, length: int) -> tuple[int, int]:
    return max(0, found.opening - length), found.opening


def tight(words: str) -> str:
    """Without white space."""
    return "".join(words.split())
