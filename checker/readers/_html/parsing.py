"""The tree of a page, within limits."""

import re
from itertools import islice
from typing import TYPE_CHECKING

from checker.location import Location
from checker.readers._refusals import beyond

if TYPE_CHECKING:
    from lxml.etree import _Element

ELEMENTS = 300_000
ATTRIBUTES = 2_000

_LONG_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?=[^"'])|\Z))*+""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"?|'[^']*'?)""")


def parse(text: str, file: str) -> "_Element | None":
    from lxml import etree

    for tag in _LONG_TAG.finditer(text):
        # libxml2 compares every attribute of a tag with every other.
        if tag.end() - tag.start() > 2 * ATTRIBUTES and _attributes(tag.group()) > ATTRIBUTES:
            raise beyond(Location(file), "一个标签的属性太多", "a tag has too many attributes")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    root = etree.fromstring(lines.encode("utf-8", errors="replace"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        zh, en = "标签嵌套超过 256 层或文字过长", "tags are nested deeper than 256, or a text is too long"
        raise beyond(Location(file), zh, en)
    if root is not None and next(islice(root.iter(), ELEMENTS, None), None) is not None:
        raise beyond(Location(file), f"标签超过 {ELEMENTS} 个", f"more than {ELEMENTS} elements")
    return root


def _attributes(tag: str) -> int:
    return len(_QUOTED.sub(" ", tag).split())
