"""What a scaffold or an import has left to be filled in."""

import re
from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot, scalars

SEVERITY = "error"
ABOUT = Bilingual("待填的地方", "something left to be filled in")
_MARK = re.compile(r"\bTODO\b|待填")


def look(shelf: Shelf) -> Iterator[Spot]:
    for source in shelf.sources.values():
        for way, text in scalars(source):
            if _MARK.search(text):
                message = Bilingual("还没有填写", "this is still to be filled in")
                fix = Bilingual("写上内容，去掉 TODO 或“待填”", "fill it in and remove the mark")
                yield Spot(source.place(()), way, message, fix)
