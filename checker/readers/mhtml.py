"""Web archives (.mht, .mhtml) of browsers, Word and WPS: the page inside is read as the saved page it is.

Lines and element paths are those of the page inside, not of the archive. Where the page only frames
another one that the archive holds too, the one with the most text is read and the others are named.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from checker.bilingual import Bilingual
from checker.document import Diagnostic
from checker.errors import InputError
from checker.location import Location
from checker.readers import _decoding, _kinds
from checker.readers._content import Content, Converted
from checker.readers._diagnostics import told
from checker.readers._refusals import beyond, refusal

KIND = "mhtml"
LABEL = Bilingual("MHTML", "MHTML")
LIMIT = 30_000_000
RANK = 10

PARTS = 2_000
DEPTH = 8
"""Multiparts inside one another."""
HEADERS = 16_384
"""Bytes of the headers of one part."""

_SHOWN = 200
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_FRAMES = re.compile(r"<i?frame[\s>]", re.I)
_UNSEEN = re.compile(r"<(/?)(?:script|style|title)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")
_WHITE = re.compile(r"(?:\s|&nbsp;|\xa0)+")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_UTF16 = {"utf-16": b"\xff\xfe", "utf-16le": b"\xff\xfe", "unicode": b"\xff\xfe", "utf-16be": b"\xfe\xff"}


def recognises(content: Content) -> bool:
    """Mail headers that announce a web page or a page with its parts."""
    return content.of_kind(KIND)


def convert(content: Content, file: str) -> Converted:
    """The bytes of the page in the archive that holds the text.

    Raises InputError for an archive without a page, one that cannot be taken apart, and one beyond the
    limits.
    """
    parts = _parts(content.data, file)
    pages = [_page(part, file) for part in parts if part.media in ("text/html", "application/xhtml+xml")]
    pages = [page for page in pages if page.data]
    if not pages:
        raise _refusal(file, "里面没有网页", "it holds no page")
    main = _main(pages, parts[0])
    chosen = max(pages, key=lambda page: page.size) if main.is_frame else main
    if _kinds.of_bytes(chosen.data) is not None:
        raise _refusal(file, "里面的部件不是网页", "the part inside is no page")
    found = (*_unread(pages, chosen, file), *_cut(chosen, parts, file))
    return Converted(chosen.data, diagnostics=found)


# The parts of the archive


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as it stands in the archive; closed: the mark that ends it is there."""

    headers: dict[str, str]
    body: bytes
    closed: bool

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "text/plain").partition(";")[0].strip().lower()

    def parameter(self, name: str) -> str:
        """A parameter of the content type, or an empty text."""
        pattern = rf';\s*{name}\s*=\s*(?:"([^"]*)"|([^\s;]+))'
        found = re.search(pattern, self.headers.get("content-type", ""), re.I)
        return (found[1] or found[2] or "") if found else ""


def _parts(data: bytes, file: str) -> list[_Part]:
    """The archive itself as the first, then all parts in order, those of multiparts inside among them."""
    whole = _part(data.removeprefix(b"\xef\xbb\xbf").lstrip(), closed=True)
    found = list(islice(_walked(whole, 0, file), PARTS + 1))
    if len(found) > PARTS:
        raise beyond(Location(file), f"网页存档的部件超过 {PARTS} 个", f"more than {PARTS} parts")
    return found


def _walked(part: _Part, depth: int, file: str) -> Iterator[_Part]:
    yield part
    if not part.media.startswith("multipart/"):
        return
    if depth == DEPTH:
        raise beyond(Location(file), f"部件嵌套超过 {DEPTH} 层", f"parts nested deeper than {DEPTH}")
    for inside in _inside(part, file):
        yield from _walked(inside, depth + 1, file)


def _inside(part: _Part, file: str) -> Iterator[_Part]:
    """The parts between the marks of a multipart."""
    boundary = b"--" + part.parameter("boundary").encode(errors="replace")
    mark = re.compile(rb"^" + re.escape(boundary) + rb"(--)?[ \t]*\r?$", re.M)
    marks = list(islice(mark.finditer(part.body), PARTS + 2)) if boundary != b"--" else []
    if not marks and part.closed:
        raise _refusal(file, "文件不完整，分不出各部件", "it is incomplete: its parts cannot be told apart")
    for here, following in zip(marks, [*marks[1:], None], strict=True):
        if here[1]:
            return
        if following:
            yield _part(part.body[here.end() : following.start()].removeprefix(b"\n"), closed=True)
        else:
            yield _part(_uncut(part.body[here.end() :], boundary).removeprefix(b"\n"), closed=False)


def _uncut(body: bytes, boundary: bytes) -> bytes:
    """The last part of a broken off archive, without the beginning of a mark it may end in."""
    before, _, last = body.rpartition(b"\n")
    return before if last and (boundary + b"--").startswith(last.rstrip()) else body


def _part(data: bytes, *, closed: bool) -> _Part:
    if data.startswith((b"\n", b"\r\n")):
        return _Part({}, data.lstrip(b"\r\n"), closed)
    blank = _BLANK_LINE.search(data, 0, HEADERS)
    head, body = (data[: blank.start()], data[blank.end() :]) if blank else (data[:HEADERS], b"")
    headers: dict[str, str] = {}
    for line in _FOLD.sub(" ", head.decode("utf-8", errors="replace")).splitlines():
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return _Part(headers, body, closed)


# The pages among them


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the archive: its bytes without their transfer encoding.

    size: characters of its text. is_frame: it shows other pages in frames.
    """

    part: _Part
    data: bytes
    size: int
    is_frame: bool
    ends: bool

    @property
    def name(self) -> str:
        headers = self.part.headers
        return headers.get("content-location") or headers.get("content-id") or "?"


def _page(part: _Part, file: str) -> _Page:
    data = _decoded(part, file)
    charset = part.parameter("charset").lower().replace("_", "-")
    mark = _UTF16.get(charset, b"")
    if mark and b"\0" in data[:100] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = mark + data
    decoded = _decoding.decode(data)
    text = decoded.text if decoded else ""
    ends = "</html" in text[-1_000:].lower()
    return _Page(part, data.strip() and data, _size(text), _FRAMES.search(text) is not None, ends)


def _decoded(part: _Part, file: str) -> bytes:
    way = part.headers.get("content-transfer-encoding", "").lower()
    if way == "quoted-printable":
        return binascii.a2b_qp(part.body)
    if way == "base64":
        digits = _NOT_BASE64.sub(b"", part.body)
        digits = digits[: len(digits) - (len(digits) % 4 == 1)]
        return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
    if way in ("", "7bit", "8bit", "binary"):
        return part.body
    raise _refusal(file, f"不认识的传输编码 {way[:40]}", f"unknown transfer encoding {way[:40]}")


def _size(text: str) -> int:
    """About how many characters the page shows."""
    shown, at, hidden = 0, 0, False
    for tag in _UNSEEN.finditer(text):
        if not hidden:
            shown += _length(text[at : tag.start()])
        at, hidden = tag.end(), not tag[1]
    return shown + (0 if hidden else _length(text[at:]))


def _length(markup: str) -> int:
    return len(_WHITE.sub("", _TAG.sub("", markup)))


def _main(pages: list[_Page], whole: _Part) -> _Page:
    """The page the archive names as its start, else the first."""
    start = whole.parameter("start")
    return next((p for p in pages if start and p.part.headers.get("content-id") == start), pages[0])


# What is told


def _unread(pages: list[_Page], chosen: _Page, file: str) -> Iterator[Diagnostic]:
    for page in pages:
        if page is chosen or not page.size:
            continue
        names = {"name": page.name[:_SHOWN], "read": chosen.name[:_SHOWN]}
        if page.size * 2 > chosen.size:
            yield told("page-not-read", Location(file), size=page.size, read_size=chosen.size, **names)
        else:
            yield told("other-page", Location(file), size=page.size, read_size=chosen.size, **names)


def _cut(chosen: _Page, parts: list[_Part], file: str) -> Iterator[Diagnostic]:
    """The archive has no end; its page may have one all the same."""
    if not chosen.part.closed and not chosen.ends:
        yield told("truncated", Location(file))
    elif not all(part.closed for part in parts):
        yield told("archive-cut", Location(file))


def _refusal(file: str, zh: str, en: str) -> InputError:
    message = Bilingual(
        f"网页存档读不出：{zh}；请用浏览器打开后重新保存，或另存为“网页，全部”",
        f"the web archive cannot be read: {en}; open it in a browser and save it again, "
        "or as a complete page",
    )
    return refusal("damaged", Location(file), message)
