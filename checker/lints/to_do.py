"""What a scaffold or an import has left to be filled in."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import TO_DO, Shelf, Spot
from checker.location import Location

SEVERITY = "error"
ABOUT = Bilingual("待填的地方", "something left to be filled in")
_FIX = Bilingual("写上内容，去掉 TODO 或“待填”", "fill it in and remove the mark")


def look(shelf: Shelf) -> Iterator[Spot]:
    """On every line, its comment too; a line that is nothing but comment explains and asks nothing."""
    for source in shelf.sources.values():
        for number, line in enumerate(source.lines, 1):
            for mark in () if line.lstrip().startswith("#") else TO_DO.finditer(line):
                place = Location(source.file, number, mark.start() + 1)
                yield Spot(place, (), Bilingual("还没有填写", "this is still to be filled in"), _FIX)
