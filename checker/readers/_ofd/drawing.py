"""What the objects of an OFD page draw: characters with the boxes they stand in, rules, pictures."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.readers._ofd import geometry
from checker.readers._ofd.geometry import Matrix, Outline, Placed
from checker.readers._ofd.package import children, local, numbers
from checker.readers._ofd.text import Placing, Run
from checker.readers._ruled import Glyph, Segment

if TYPE_CHECKING:
    from lxml.etree import _Element

CHARACTERS = 50_000
SEGMENTS = 20_000
OBJECTS = 100_000
STEPS = 1_000_000
"""Of all paths of one page, their numbers included."""
DEEPEST = 64
"""Blocks and composite objects inside one another."""
_THICKEST = 6.0
"""Points; what is stroked thicker is no rule but a surface."""

_STEP = re.compile(r"([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_ORDER = {"Background": 0, "Body": 1, "Foreground": 2}


class TooMuchError(Exception):
    """A page draws more than one of a report could; the arguments say of what, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Character:
    """One character as it is drawn.

    turn: quarter turns clockwise from upright, None where it stands askew. seen: it is painted at all.
    """

    glyph: Glyph
    identifier: str
    turn: int | None
    seen: bool


@dataclass(slots=True)
class Drawing:
    """All that is drawn on one page, in points from its top left corner.

    composite: gives the content of a composite object by its resource ID. hidden: the texts of objects
    not shown. damaged: objects that could not be placed.
    """

    composite: "Callable[[str], _Element | None]"
    characters: list[Character] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    images: int = 0
    hidden: list[str] = field(default_factory=list)
    damaged: int = 0
    _claimed: int = 0
    _objects: int = 0
    _steps: int = 0

    def add(self, content: "_Element") -> None:
        """The layers of one content part, from back to front. Raises TooMuchError."""
        self._claim(content)
        for layer in sorted(children(content, "Layer"), key=lambda e: _ORDER.get(e.get("Type", "Body"), 1)):
            self._visit(layer, geometry.PAGE, 0)

    def _claim(self, content: "_Element") -> None:
        """Counts the characters before any is placed, wherever they would stand."""
        codes = sum(len(code.text or "") for code in content.iter("{*}TextCode"))
        shapes = sum((shape.text or "").count(" ") + 1 for shape in content.iter("{*}Glyphs"))
        self._claimed += max(codes, shapes)
        if self._claimed > CHARACTERS:
            raise TooMuchError("字符", "characters")

    def _visit(self, element: "_Element", outer: Matrix, depth: int) -> None:
        self._objects += 1
        if self._objects > OBJECTS:
            raise TooMuchError("图元", "objects")
        if not _is_true(element, "Visible", default=True):
            codes = ((code.text or "").strip() for code in element.iter("{*}TextCode"))
            self.hidden += (text for text in codes if text)
        elif local(element) in ("PageBlock", "Layer"):
            self._inside(element, outer, depth + 1)
        elif local(element) in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
            self._object(element, outer, depth)

    def _object(self, element: "_Element", outer: Matrix, depth: int) -> None:
        name, placed = local(element), geometry.placed(element, outer)
        if placed is None:
            self.damaged += 1
        elif name == "TextObject":
            self._text(element, placed.matrix)
        elif name == "PathObject":
            self._path(element, placed)
        elif name == "ImageObject":
            self.images += 1
        else:
            self._composite(element, placed.matrix, depth)

    def _composite(self, element: "_Element", matrix: Matrix, depth: int) -> None:
        unit = self.composite(element.get("ResourceID", ""))
        if unit is None:
            self.damaged += 1
            return
        for content in children(unit, "Content"):
            self._claim(content)
            self._inside(content, matrix, depth + 1)

    def _inside(self, block: "_Element", outer: Matrix, depth: int) -> None:
        if depth > DEEPEST:
            self.damaged += 1
            return
        for child in block:
            self._visit(child, outer, depth)

    # Text

    def _text(self, element: "_Element", matrix: Matrix) -> None:
        size = next(iter(numbers(element.get("Size"))), 0.0)
        if not 0 < size < geometry.FARTHEST:
            self.damaged += 1
            return
        seen = _is_painted(element)
        for placing in Run(element, size).characters():
            self._character(placing, matrix.of(placing.matrix), element.get("ID", ""), seen)

    def _character(self, placing: Placing, matrix: Matrix, identifier: str, seen: bool) -> None:
        box = matrix.box(*placing.box)
        if box is None:
            self.damaged += 1
            return
        glyph = Glyph(placing.text, box.left, box.top, box.right, box.bottom)
        self.characters.append(Character(glyph, identifier, matrix.turn(), seen))

    # Rules

    def _path(self, element: "_Element", placed: Placed) -> None:
        stroked, filled = _is_stroked(element), _is_true(element, "Fill", default=False)
        width = next(iter(numbers(element.get("LineWidth"))), 0.0)
        scale = math.hypot(placed.matrix.a, placed.matrix.b)
        if (stroked and width * scale > _THICKEST) or _is_transparent(element):
            return
        for data in children(element, "AbbreviatedData"):
            for outline in self._outlines(data.text or "", placed.matrix):
                for rule in outline.rules(stroked=stroked, filled=filled):
                    self._rule(geometry.within(rule, placed.clip))

    def _rule(self, shown: Segment | None) -> None:
        if shown is None:
            return
        if len(self.segments) == SEGMENTS:
            raise TooMuchError("线段", "rules")
        self.segments.append(shown)

    def _outlines(self, data: str, matrix: Matrix) -> Iterator[Outline]:
        outline = Outline([], set())
        for name, values in self._operations(data):
            if name in "SM":
                yield outline
                outline = Outline([matrix.at(*values)], set())
            elif name == "C":
                outline.points += outline.points[:1]
            else:
                if name != "L":
                    outline.curved.add(len(outline.points))
                outline.points.append(matrix.at(*values[-2:]))
        yield outline

    def _operations(self, data: str) -> Iterator[tuple[str, list[float]]]:
        """The steps of a path, each with its numbers; what follows a step cut short is not drawn."""
        name, values = "C", list[float]()
        for found in _STEP.finditer(f"{data} C"):
            self._steps += 1
            if self._steps > STEPS:
                raise TooMuchError("路径数据", "steps of paths")
            if not found[1]:
                values.append(float(found[2]))
                continue
            if len(values) != _ARGUMENTS.get(name, -1):
                self.damaged += 1
                return
            yield name, values
            name, values = found[1].upper(), []


def _is_true(element: "_Element", name: str, *, default: bool) -> bool:
    value = element.get(name)
    return default if value is None else value.strip().lower() in ("true", "1")


def _is_stroked(element: "_Element") -> bool:
    return _is_true(element, "Stroke", default=local(element) == "PathObject")


def _is_painted(element: "_Element") -> bool:
    """A text layer under a scanned picture is drawn without colour."""
    return not _is_transparent(element) and (_is_true(element, "Fill", default=True) or _is_stroked(element))


def _is_transparent(element: "_Element") -> bool:
    colours = [*children(element, "FillColor"), *children(element, "StrokeColor")]
    return _is_clear(element) or (bool(colours) and all(_is_clear(colour) for colour in colours))


def _is_clear(element: "_Element") -> bool:
    return numbers(element.get("Alpha"))[:1] == [0.0]
