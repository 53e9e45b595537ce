"""DOCX files made to be slow or large: each ends, read or refused with a sentence."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from checker import readers
from checker.document import Document
from checker.errors import InputError
from tests.readers.docx_files import MAIN, SPACES, docx, numbered, p, packed, r, relations, tbl, tc, tr

SECONDS = 30
MARK = "<w:rPr><w:del/></w:rPr>"
ABSTRACT = '<w:abstractNum w:abstractNumId="0">'
NUM = '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
BEGIN, MIDDLE, END = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))


def attempt(data: bytes) -> Document | str:
    """The document, or the code of the refusal, in time."""
    begun = time.monotonic()
    try:
        return readers.read(data, "report.docx")
    except InputError as error:
        assert error.problems[0].message.zh
        return error.problems[0].code
    finally:
        assert time.monotonic() - begun < SECONDS


def stored(data: bytes) -> bytes:
    """The file unpacked, so that it is no bomb to the container."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(made, "w") as archive:
        for name in given.namelist():
            archive.writestr(name, given.read(name))
    return made.getvalue()


def styles_in_a_chain() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{n}"><w:basedOn w:val="{n + 1}"/></w:style>'
        for n in range(20_000)
    )
    return docx("".join(p("甲", style=str(n)) for n in range(20_000)), styles=styles)


def long_labels() -> bytes:
    level = f'<w:lvl w:ilvl="0"><w:lvlText w:val="{"%1" * 100_000}"/></w:lvl>'
    return docx(numbered("甲") * 5_000, numbering=f"{ABSTRACT}{level}{NUM}")


def many_levels() -> bytes:
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:lvlText w:val="x"/></w:lvl>' for n in range(50_000))
    return docx(numbered("甲", 8) * 5_000, numbering=f"{ABSTRACT}{levels}{NUM}")


FILES: dict[str, Callable[[], bytes]] = {
    "paragraphs that go on and on": lambda: docx(p("甲", inside=MARK) * 60_000),
    "fields nested deep": lambda: docx(p(*[BEGIN + MIDDLE + r("甲")] * 20_000) + p(END * 20_000)),
    "fields that never end": lambda: docx(p(*[BEGIN + r("甲")] * 20_000)),
    "styles in a chain": styles_in_a_chain,
    "long labels": long_labels,
    "many levels": many_levels,
    "small tables one after another": lambda: docx(
        "".join(tbl(tr("项", "数"), tr(f"行{n}", "1")) for n in range(5_000))
    ),
    "placeholders": lambda: docx(p("\ufffc" * 3_000_000)),
    "symbols": lambda: docx(p("\ue001" * 1_000_000)),
    "spaces": lambda: docx(p("甲" + " \t\n" * 600_000 + "乙")),
    "one cell of many lines": lambda: docx(tbl(tr("甲", tc(p("乙") * 60_000)))),
    "rows merged downwards": lambda: docx(
        tbl(tr(tc("甲", down="restart"), "1"), *[tr(tc("", down="continue"), "1")] * 20_000)
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_it_ends(name: str) -> None:
    attempt(stored(FILES[name]()))


@pytest.mark.parametrize("body", [p("甲") * 100_001, p("甲" * 2_000_001), tbl(tr(tc("甲" * 2_000_001), "1"))])
def test_too_much_text(body: str) -> None:
    assert attempt(stored(docx(body))) == "too-large"


@pytest.mark.parametrize(
    "row", [tr(*[tc("", span=256)] * 2_000), tr("1", inside='<w:gridBefore w:val="999999999"/>')]
)
def test_endless_columns(row: str) -> None:
    found = attempt(stored(docx(tbl(row, tr("1", "2")) * 20)))
    assert found == "too-large" or isinstance(found, Document)


def test_pages_taken_in_again_and_again() -> None:
    page = "<html><body>{}</body></html>"
    body = p("外") + '<w:altChunk r:id="x"/>' * 3_000
    found = attempt(docx(body, named={"x a.html": page.format("<p>嵌入</p>" * 50)}))
    assert isinstance(found, Document)
    assert any(d.code == "embedded" and d.severity == "loss" for d in found.diagnostics)
    assert attempt(docx(body, named={"x a.html": page.format("<p>嵌入</p>" * 5_000)})) == "too-large"


def test_files_that_take_in_one_another_many_times() -> None:
    data = docx(p("底"))
    for _ in range(12):
        body = p("外") + '<w:altChunk r:id="x"/>' * 10
        data = packed(
            {
                "_rels/.rels": relations({"r": ("officeDocument", MAIN)}).encode(),
                MAIN: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode(),
                "word/_rels/document.xml.rels": relations({"x": ("aFChunk", "a.docx")}).encode(),
                "word/a.docx": data,
            }
        )
    found = attempt(data)
    assert isinstance(found, Document)
    assert any(d.code == "embedded" for d in found.diagnostics)
