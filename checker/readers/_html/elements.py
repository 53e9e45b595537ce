"""The elements of a page: what they are, what of them is shown, and their text."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.comparison import INVISIBLE

if TYPE_CHECKING:
    from lxml.etree import _Element

LAST_LINE = 65_535
"""libxml2 counts lines no further."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "head script style noscript template iframe object embed svg math select option button input "
        "textarea audio video canvas map del",
    )
)
_MARKS = frozenset({"msocomanchor", "MsoCommentReference", "MsoFootnoteReference", "MsoEndnoteReference"})
"""What Word calls the marks that lead to its comments and notes."""
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_COMMENT = re.compile(r"mso-element\s*:\s*comment\b", re.I)
_NOTE = re.compile(r"mso-element\s*:\s*(?:footnote|endnote|header|footer)\b", re.I)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "html body p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article main header footer nav aside "
        "blockquote pre center form fieldset legend address figure figcaption details summary hr "
        "caption thead tbody tfoot tr td th",
    )
)


@dataclass(slots=True)
class Size:
    """Characters of text in an element, those inside links, and the number of links."""

    text: int = 0
    linked: int = 0
    links: int = 0


def sizes_of(root: "_Element") -> "dict[_Element, Size]":
    from lxml import etree

    sizes: dict[_Element, Size] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        size = sizes.setdefault(element, Size())
        if not is_skipped(element):
            size.text += _length(element.text)
        else:
            size.text = size.linked = size.links = 0
        if name_of(element) == "a":
            size.linked, size.links = size.text, 1
        parent = element.getparent()
        if parent is not None:
            above = sizes.setdefault(parent, Size())
            above.text += size.text + _length(element.tail)
            above.linked += size.linked
            above.links += size.links
    return sizes


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def name_of(element: "_Element") -> str:
    return element.tag.lower() if isinstance(element.tag, str) else "#"


def all_text(element: "_Element") -> str:
    return "".join(map(str, element.itertext())).strip()


def words_of(element: "_Element") -> set[str]:
    named = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return set(re.split(r"[^a-z0-9]+", named)) - {""}


def is_hidden(element: "_Element") -> bool:
    style = element.get("style")
    return "hidden" in element.attrib or (style is not None and _HIDDEN.search(style) is not None)


def is_unseen(element: "_Element") -> bool:
    """Whether a frame or a picture is hidden or next to nothing in size."""
    style = "".join((element.get("style") or "").lower().split())
    sizes = (element.get("width"), element.get("height"))
    return (
        "hidden" in element.attrib
        or "display:none" in style
        or any(s in ("0", "1", "0px", "1px") for s in sizes)
    )


def is_skipped(element: "_Element") -> bool:
    """What is no text of the page, deleted or struck out, a comment of Word's, or a mark that leads to a note
    of its."""
    unread = is_comment(element) or is_struck(element) or element.get("class") in _MARKS
    return unread or name_of(element) in SKIPPED


def is_struck(element: "_Element") -> bool:
    return name_of(element) in ("s", "strike") or _STRUCK.search(element.get("style") or "") is not None


def is_comment(element: "_Element") -> bool:
    style = element.get("style")
    return style is not None and _COMMENT.search(style) is not None


def is_note(element: "_Element") -> bool:
    return _NOTE.search(element.get("style") or "") is not None


def own_text(element: "_Element") -> str | None:
    """The text before the first child; raised digits stay raised, as 12 and a raised 1 are not 121."""
    text = element.text
    return text.translate(_RAISED) if text and name_of(element) == "sup" else text


def line_of(element: "_Element") -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) and line < LAST_LINE else None


def paths_of(root: "_Element") -> "dict[_Element, str]":
    """The path of every element, as lxml's getpath writes it, which counts all siblings for each anew."""
    paths = {root: f"/{root.tag}"}
    for element in root.iter():
        alike = Counter(child.tag for child in element)
        seen: Counter[object] = Counter()
        for child in element:
            seen[child.tag] += 1
            number = f"[{seen[child.tag]}]" if alike[child.tag] > 1 else ""
            paths[child] = f"{paths[element]}/{child.tag}{number}"
    return paths


def collapse(text: str) -> str:
    """White space as a browser shows it; a line break between two Chinese characters is none."""
    return _SPACE.sub(_one_space, INVISIBLE.sub("", text))


def _one_space(match: "re.Match[str]") -> str:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    broken = "\n" in match.group() or "\r" in match.group()
    return "" if broken and before > "\u2e80" and after > "\u2e80" else " "
