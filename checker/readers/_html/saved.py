"""What saving does to a page: it breaks off, a script would fill it, its text is framed from elsewhere, it
shows its source in the place of itself, Word's changes and comments are in it."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.document import Block, Diagnostic
from checker.location import Location
from checker.readers._diagnostics import told
from checker.readers._html.elements import is_unseen
from checker.readers._refusals import refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

FEW = 100
"""Characters; no report is so short."""
_SCRIPT = 1_000
_TAIL = 3_000
_SHOWN = 200

_FRAME = re.compile(r"<(?:html|body)[\s>]", re.I)
_FRAME_END = re.compile(r"</(?:html|body)\s*>", re.I)
_PAIRS = tuple(
    (re.compile(rf"<{name}[\s>]", re.I), re.compile(rf"</{name}\s*>", re.I))
    for name in ("table", "div", "script", "style")
)
_TAG = re.compile(r"<[^<>]*>")
_ENDED = re.compile(r"[。！？…!?.][”’）)》」』]*\s*$")
_SOURCE = re.compile(r"[\s\d]*<(?:!doctype\s+html|html[\s>])", re.I)


def end_missing(text: str, place: Location) -> Iterator[Diagnostic]:
    """What is told of a page whose frame is opened and not closed: a loss if it ends inside of something.

    place: that of the last that was read.
    """
    if not _FRAME.search(text[:20_000]) or _FRAME_END.search(text):
        return
    yield told("truncated", place) if _ends_inside(text) else told("no-end-mark", place)


def _ends_inside(text: str) -> bool:
    """Whether a text ends inside a tag, a table, a block, a script or a sentence."""
    tail = text[-_TAIL:]
    if tail.rfind("<") > tail.rfind(">") or text.rfind("<!--") > text.rfind("-->"):
        return True
    if any(len(begin.findall(text)) > len(end.findall(text)) for begin, end in _PAIRS):
        return True
    return _ENDED.search(_TAG.sub("", tail)) is None


def refuse_without_report(root: "_Element", blocks: Sequence[Block], file: str) -> None:
    """Raises InputError for a page that shows its own source, or next to nothing because what it shows is
    elsewhere: in frames, or with the script that would fetch it."""
    if any(_SOURCE.match(words) for words in _first_words(root)):
        raise refusal("view-source", Location(file))
    read = [b for b in blocks if b.kind != "note" and not (b.location.path or "").startswith("/html/head")]
    shown = sum(len("".join(b.text.split())) for b in read)
    if shown >= FEW or any(b.table for b in read):
        return
    if frames := sources(root):
        named = "、".join(frames)[:_SHOWN], ", ".join(frames)[:_SHOWN]
        framed = Bilingual(_FRAMED.zh.format(named[0]), _FRAMED.en.format(named[1]))
        raise refusal("no-text", Location(file), framed)
    if _is_filled_by_script(root):
        raise refusal("no-text", Location(file), _SCRIPTED)


def frames_not_read(root: "_Element", place: Location) -> Iterator[Diagnostic]:
    """What the page shows in frames stands in other files; of a web archive's own its reader tells."""
    if frames := [source for source in sources(root) if not source.lower().startswith("cid:")]:
        names = Bilingual("、".join(frames)[:_SHOWN], ", ".join(frames)[:_SHOWN])
        yield told("frame-not-read", place, n=len(frames), names=names)


def sources(root: "_Element") -> list[str]:
    """The addresses of the frames a reader of the page would see."""
    found = ((e, (e.get("src") or "").strip()) for e in root.iter("frame", "iframe"))
    named = (source for e, source in found if source and not is_unseen(e))
    return [s for s in named if not s.lower().startswith(("about:", "javascript:"))]


def _first_words(root: "_Element") -> Iterator[str]:
    """The first shown words of the page and of its first table or preformatted text."""
    body = root.find(".//body")
    start = ""
    for text in (body if body is not None else root).itertext():
        start += str(text)
        if len(start) > _SHOWN:
            break
    yield start[: 2 * _SHOWN]


def _is_filled_by_script(root: "_Element") -> bool:
    scripts = list(root.iter("script"))
    return any(s.get("src") for s in scripts) or sum(len(s.text or "") for s in scripts) > _SCRIPT


_FRAMED = Bilingual(
    "网页里几乎没有文字，正文在框架里（{}）；请在框架内点右键，选“在新标签页中打开框架”，再保存那个网页",
    "the page has next to no text: its content stands in frames ({}); open the frame in a tab of its own and "
    "save that page",
)
_SCRIPTED = Bilingual(
    "网页里几乎没有文字，内容要由脚本载入；请用 Chrome 或 Edge 打开，等正文显示后另存为“网页，单个文件”，"
    "或打印成 PDF",
    "the page has next to no text: a script would fetch its content; open it in Chrome or Edge, wait for the "
    "text, and save it as a single file or print it to PDF",
)
