"""What is fuzzed: bytes to a document to facts, one target a form; ruled pages and tables by themselves."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from lxml import etree

from checker.document import Document, Source
from checker.readers import _ruled
from tests.fuzz import bundles, pages, seeds, seeds_docx, seeds_ofd, seeds_pdf, soundness, tables, trees

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "forms"
OWN_SEEDS = Path(__file__).parent / "corpus"
Bytes = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """run: one input; any exception is a defect. seeds: inputs to start from.

    changed: a change of the tree that an input holds, None where it holds none. samples: names of larger
    files that are taken as seeds where the corpus is present, as_input: what makes inputs of them.
    """

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    changed: Callable[[bytes, random.Random], bytes | None] | None = None
    samples: tuple[str, ...] = ()
    as_input: Bytes = bytes
    longest: int = 30_000
    words: tuple[str, ...] = ()


def read(data: bytes) -> None:
    """Extraction takes several times as long as reading, and has a target of its own: one input in four."""
    document = soundness.read(data)
    if document and crc32(data) % 4 == 0:
        soundness.facts(document)


def read_bundle(data: bytes) -> None:
    read(bundles.zipped(bundles.parts_of(data)))


def recover(program: bytes) -> None:
    drawn = pages.pages(program)
    blocks, diagnostics = _ruled.recovered(drawn, soundness.FILE)
    document = Document(Source(soundness.FILE, "0" * 64, 1, "pdf"), blocks, diagnostics)
    soundness.check(document)
    soundness.facts(document)


def extract(program: bytes) -> None:
    soundness.facts(tables.document(program))


def _changed_page(page: bytes, chance: random.Random) -> bytes | None:
    return trees.changed(page, chance, etree.HTMLParser(encoding="utf-8"))


def _changed_archive(page: bytes, chance: random.Random) -> bytes | None:
    """A web archive keeps its head; only the page in it changes."""
    head, mark, rest = page.partition(b"\r\n\r\n<")
    found = _changed_page(mark[4:] + rest, chance) if mark else None
    return head + b"\r\n\r\n" + found if found else None


def _doc() -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted(OWN_SEEDS.glob("*.doc")))


def _containers() -> Iterator[bytes]:
    chosen = [*list(seeds_docx.docx())[1:4], *list(seeds_ofd.ofd())[1:3]]
    return (bundles.zipped(bundles.parts_of(bundle)) for bundle in chosen)


_TEXT = (
    "一、",
    "（一）",
    "1.",
    "三、本年度办理结果",
    "自然人",
    " | ",
    "||",
    "|---|",
    "\u3000",
    "\n\n",
    "- 1 -",
    "\ufeff",
)
_HTML = (
    "<td",
    "<tr>",
    "<table>",
    " rowspan=",
    " colspan=",
    "</table>",
    "<br>",
    "hidden",
    "display:none",
    "&#",
    "<!--",
    "<p>",
)
_PDF = (
    " Tj",
    " TJ",
    " Tm",
    " Td",
    " cm",
    " re",
    " l S",
    " f",
    "BT",
    "ET",
    "q ",
    "Q ",
    " Do",
    " Tr",
    "/Kids",
    "/Rotate 90",
    "<<",
    ">>",
)

TARGETS = {
    "text": Target(read, seeds.text, samples=("v3.txt", "v1.md", "v1_utf16.txt"), words=_TEXT),
    "html": Target(read, seeds.html, changed=_changed_page, samples=("v1.html", "v3.html"), words=_HTML),
    "mhtml": Target(
        read, seeds.mhtml, changed=_changed_archive, words=("\r\n--B", "base64", "boundary=", *_HTML)
    ),
    "docx": Target(
        read_bundle,
        seeds_docx.docx,
        changed=trees.changed_bundle,
        samples=("v2.docx", "v3.docx", "micro/footnote.docx", "micro/altchunk.docx"),
        as_input=bundles.of_zip,
        longest=1_500_000,
    ),
    "ofd": Target(
        read_bundle,
        seeds_ofd.ofd,
        changed=trees.changed_bundle,
        longest=100_000,
    ),
    "zip": Target(read, _containers),
    "pdf": Target(read, seeds_pdf.pdf, samples=("borderless/cid_gbk.pdf",), words=_PDF),
    "doc": Target(read, _doc, samples=("v1.doc",), longest=100_000),
    "ruled": Target(recover, lambda: seeds.programs(pages.STEP), longest=600),
    "facts": Target(
        extract,
        lambda: seeds.programs(tables.STEP),
        longest=600,
    ),
}


def inputs(name: str) -> Iterator[bytes]:
    """The seeds of a target: its own, and files of the corpus where it is present."""
    target = TARGETS[name]
    yield from target.seeds()
    for sample in target.samples:
        if (CORPUS / sample).is_file():
            yield target.as_input((CORPUS / sample).read_bytes())
