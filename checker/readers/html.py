"""HTML as government sites write it: unclosed tags, layout tables, Word paste, merged cells, page chrome.

lxml is fed the text as UTF-8, whatever the page declares; the walk over its tree is our own, since
ready-made readers lose merged cells. Menus, breadcrumbs, footers, share buttons and hidden stretches
become `note` blocks. A data table keeps its grid; a table that only arranges the page is walked through.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.document import Block, Diagnostic, Document, Source
from checker.location import Location
from checker.readers._content import Content
from checker.readers._diagnostics import told
from checker.readers._html import lists, saved
from checker.readers._html.elements import (
    all_text,
    collapse,
    is_comment,
    is_hidden,
    is_struck,
    paths_of,
    sizes_of,
)
from checker.readers._html.parsing import parse
from checker.readers._html.walk import Walker

if TYPE_CHECKING:
    from lxml.etree import _Element

KIND = "html"
LABEL = Bilingual("HTML", "HTML")
LIMIT = 10_000_000
RANK = 10

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|/?[a-z][a-z0-9:]*[\s/>])", re.I | re.S
)
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_METADATA = ("ArticleTitle", "PubDate", "ContentSource")


def recognises(content: Content) -> bool:
    """A text that opens with a tag, or carries the frame of an HTML document near its beginning."""
    text = content.text
    marked = _MARKUP.match(text[:20_000]) is not None or _DOCUMENT.search(text[:4_096]) is not None
    return content.kind is None and marked


def read(content: Content, source: Source) -> Document:
    """Headings, paragraphs, tables and notes with element path and line.

    Raises InputError for a page nested too deep, with too many elements, or with an oversized table.
    """
    root = parse(content.text, source.file)
    if root is None:
        return Document(source, ())
    walker = Walker(source.file, sizes_of(root), paths_of(root), lists.markers(root))
    walker.walk(root)
    blocks = tuple(_with_title((*_metadata(root, walker), *walker.blocks), root, walker))
    saved.refuse_without_report(root, blocks, source.file)
    return Document(source, blocks, (*walker.diagnostics, *_about_page(content.text, root, walker)))


def _about_page(text: str, root: "_Element", page: "Walker") -> Iterator[Diagnostic]:
    """What is told of the page beside its text: hidden and deleted text, frames, a missing end."""
    hidden = [e for e in root.iter() if is_hidden(e) and page.sizes[e].text]
    if hidden:
        yield told("hidden-text", page.place(hidden[0]), n=len(hidden))
    yield from _unsettled(root, page)
    if page.numbered:
        yield told("list-number", Location(page.file), n=page.numbered)
    if page.pictures:
        yield told("picture", page.place(page.pictures[0]), n=len(page.pictures))
    yield from saved.frames_not_read(root, Location(page.file))
    if page.blocks:
        yield from saved.end_missing(text, page.blocks[-1].location)


def _unsettled(root: "_Element", page: "Walker") -> Iterator[Diagnostic]:
    """Text marked as deleted or inserted, text struck out, and comments."""
    deleted = [e for e in root.iter("del") if all_text(e)]
    if deleted:
        inserted = sum(1 for e in root.iter("ins") if all_text(e))
        place = page.place(deleted[0], all_text(deleted[0]))
        zh = f"插入 {inserted} 处、删除 {len(deleted)} 处"
        en = f"{inserted} insertions, {len(deleted)} deletions"
        yield told("tracked-changes", place, changes=Bilingual(zh, en))
    struck = [e for e in root.iter() if is_struck(e) and all_text(e)]
    if struck:
        yield told("struck-out", page.place(struck[0], all_text(struck[0])), n=len(struck))
    comments = [e for e in root.iter("div", "p") if is_comment(e) and all_text(e)]
    if comments:
        yield told("comment", page.place(comments[0], all_text(comments[0])), n=len(comments))


# What the page says about itself


def _metadata(root: "_Element", page: Walker) -> Iterator[Block]:
    """The publication data that government sites put into the head, as notes `PubDate: …`."""
    for meta in root.iterfind(".//head//meta"):
        name, content = meta.get("name", ""), (meta.get("content") or "").strip()
        if name in _METADATA and content:
            yield Block("note", f"{name}: {content}", page.place(meta))


def _with_title(blocks: tuple[Block, ...], root: "_Element", page: Walker) -> Iterator[Block]:
    """The blocks, led by the page's title where the page itself shows none."""
    title = root.find(".//head/title")
    declared = collapse(all_text(title)) if title is not None else ""
    name = max(re.split(r"\s*[_|]\s*|\s+[-–—]\s+", declared), key=len)
    shown = "".join("".join(b.text.split()) for b in blocks if not b.text.startswith(_METADATA))
    headed = any(b.kind == "heading" and b.level == 1 for b in blocks)
    if title is not None and name and not headed and "".join(name.split()) not in shown:
        yield Block("heading", name, page.place(title), 1)
    yield from blocks
