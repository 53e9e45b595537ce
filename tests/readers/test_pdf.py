"""PDF files, written by the tests: characters, rules, limits, damage; the corpus where it is present."""

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from checker import comparison, extractors, readers
from checker.document import Document
from checker.errors import InputError
from checker.facts import Fact, Facts, Kind
from tests.readers.looking import codes, the_table
from tests.readers.looking import refused as refused_file

FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts["
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]"
    "/Ascent 880/Descent -120/CapHeight 800/ItalicAngle 0/StemV 80>>>>]>>"
)


def show(text: str, x: float, y: float, size: float = 12, more: str = "") -> str:
    """A line of text whose baseline begins at x, y."""
    return f"BT /F {size} Tf {more} 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def rules(xs: list[float], ys: list[float]) -> str:
    return "".join(
        [f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys] + [f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs]
    )


TABLE = rules([100, 200, 300], [600, 630, 660]) + "".join(
    show(text, x + 5, y)
    for text, x, y in [("规章", 100, 640), ("12", 200, 640), ("文件", 100, 610), ("345", 200, 610)]
)


def pdf(
    *contents: str,
    page: str = "",
    extra: Iterable[str | bytes] = (),
    resources: str = "",
    trailer: str = "",
    encrypt: Callable[[int, bytes], bytes] = lambda number, data: data,
) -> bytes:
    """A file of one page per content stream. extra: further objects, numbered from 10."""
    count = len(contents)
    first = 10 + len(list(extra := list(extra)))
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(count))
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        3: FONT.encode(),
    }
    objects |= {10 + n: o if isinstance(o, bytes) else o.encode() for n, o in enumerate(extra)}
    for n, content in enumerate(contents):
        number = first + 2 * n
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{page}/Contents {number + 1} 0 R"
            f"/Resources<</Font<</F 3 0 R>>{resources}>>>>"
        ).encode()
        objects[number + 1] = stream(encrypt(number + 1, content.encode()))
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        max(objects) + 1,
        trailer.encode(),
        start,
    )
    return bytes(out)


def stream(data: bytes, dictionary: str = "") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), dictionary.encode(), data)


def image() -> bytes:
    """A grey image of one point."""
    about = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    return stream(b"\x80", about)


IMAGE = {"extra": [image()], "resources": "/XObject<</I 10 0 R>>"}
WHOLE = "q 595 0 0 842 0 0 cm /I Do Q\n"


def read(data: bytes, name: str = "report.pdf") -> Document:
    return readers.read(data, name)


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if not b.table]


def refused(data: bytes, name: str = "report.pdf") -> tuple[str, str]:
    problem = refused_file(data, name)
    return problem.code, problem.message.zh


# What is read


def test_headings_paragraphs_and_a_table_with_page_and_box() -> None:
    document = read(pdf(show("一、总体情况", 100, 700) + TABLE, show("第二页的文字。", 100, 700)))
    assert document.source.kind == "pdf"
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        ("heading", 2, "一、总体情况"),
        ("table", 0, ""),
        ("paragraph", 0, "第二页的文字。"),
    ]
    assert [c.text for c in the_table(document).cells] == ["规章", "12", "文件", "345"]
    last = the_table(document).cells[-1].location
    assert (last.page, last.box, last.cell, last.quote) == (1, (200, 212, 300, 242), (1, 2, 2), "345")
    assert document.blocks[2].location.page == 2


def test_the_name_of_the_file_tells_nothing() -> None:
    assert texts(read(pdf(show("一、总体情况", 100, 700)), "report.docx")) == ["一、总体情况"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_the_same(turn: int) -> None:
    """A page turned by its dictionary, whose text was turned the other way, is upright.

    In ideographs: of a font that is not embedded pdfium gives no narrow characters once they are turned.
    """
    table = TABLE.replace(show("12", 205, 640), show("十二", 205, 640))
    table = table.replace(show("345", 205, 610), show("三百", 205, 610))
    turned = {
        90: "0 1 -1 0 842 0 cm\n",
        180: "-1 0 0 -1 595 842 cm\n",
        270: "0 -1 1 0 -200 842 cm\n",
    }[turn]
    document = read(pdf(turned + table, page=f"/Rotate {turn}"))
    assert [c.text for c in the_table(document).cells] == ["规章", "十二", "文件", "三百"]
    # Turned by its contents alone it is turned back to be read.
    assert [c.text for c in the_table(read(pdf(turned + table))).cells] == ["规章", "十二", "文件", "三百"]


def test_places_count_from_the_corner_of_what_is_shown() -> None:
    document = read(pdf(TABLE, page="/CropBox[50 100 500 700]"))
    assert the_table(document).cells[0].location.box == (50, 40, 150, 70)


def test_rules_and_text_inside_nested_forms_are_in_their_place() -> None:
    inner = stream(TABLE.encode(), "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 20 0]"
                   "/Resources<</Font<</F 3 0 R>>>>")  # fmt: skip
    outer = stream(b"q .5 0 0 .5 0 0 cm /B Do Q", "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
                   "/Resources<</XObject<</B 10 0 R>>>>")  # fmt: skip
    document = read(pdf("/A Do", extra=[inner, outer], resources="/XObject<</A 11 0 R>>"))
    assert [c.text for c in the_table(document).cells] == ["规章", "12", "文件", "345"]
    assert the_table(document).cells[0].location.box == (60, 512, 110, 527)


def test_thin_rectangles_are_rules_and_backgrounds_are_none() -> None:
    thin = "".join(f"{x} 600 .5 60 re f\n" for x in (100, 200, 300))
    thin += "".join(f"100 {y} 200 .5 re f\n" for y in (600, 630, 660)) + ".9 g 100 630 200 30 re f 0 g\n"
    words = TABLE[TABLE.index("BT") :]
    assert len(the_table(read(pdf(thin + words))).cells) == 4


def test_unseen_parts_of_rules_are_none() -> None:
    clipped = "q 0 0 250 842 re W n\n" + TABLE + "Q\n"
    document = read(pdf(clipped))
    assert [c.text[-1:] for c in the_table(document).cells] == ["章", "\ufffd", "件", "\ufffd"]
    assert "table-cut-off" in codes(document)


# What is told


def test_text_that_is_not_drawn_is_left_out() -> None:
    document = read(pdf(show("看得见", 100, 700) + show("看不见", 100, 650, more="3 Tr")))
    assert texts(document) == ["看得见"]
    assert [(d.code, d.severity) for d in document.diagnostics] == [("hidden-text", "left_out")]


def test_recognised_text_under_an_image_is_read_and_told() -> None:
    hidden = show("识别出来的一段文字。", 100, 700, more="3 Tr")
    document = read(pdf(WHOLE + hidden, **IMAGE))  # type: ignore[arg-type]
    assert texts(document) == ["识别出来的一段文字。"]
    assert codes(document) == ["text-recognised"]


def test_a_page_without_text_among_others_is_a_loss() -> None:
    document = read(pdf(show("第一页的文字。", 100, 700), WHOLE, "", **IMAGE))  # type: ignore[arg-type]
    assert [(d.code, d.severity, d.location and d.location.page) for d in document.diagnostics] == [
        ("page-without-text", "loss", 2)
    ]


def test_characters_no_font_tells_make_a_cell_unreadable() -> None:
    document = read(pdf(TABLE + show("3\ue001", 250, 640)))
    assert "unmapped-characters" in codes(document)
    assert "\ue001" in the_table(document).cells[1].text


def test_text_beyond_the_page_edge_is_told() -> None:
    document = read(pdf(show("看得见的文字。", 100, 700) + show("页外", 700, 700)))
    assert texts(document) == ["看得见的文字。"]
    assert [(d.code, d.severity) for d in document.diagnostics] == [("text-beyond-page", "left_out")]


# What is refused


def test_a_scan_says_what_to_hand_in() -> None:
    code, sentence = refused(pdf(WHOLE, WHOLE, **IMAGE))  # type: ignore[arg-type]
    assert code == "no-text"
    assert "没有文字层" in sentence
    assert "Word" in sentence


def test_pictures_beside_text_are_left_out_and_told_once() -> None:
    seal = "q 90 0 0 90 400 100 cm /I Do Q\n"
    document = read(pdf(show("有章的一页。", 100, 700) + seal, show("又一页。", 100, 700) + seal, **IMAGE))  # type: ignore[arg-type]
    told = [(d.code, d.severity, d.message.zh[:6]) for d in document.diagnostics]
    assert told == [("picture", "left_out", "图片 2 张")]


def test_a_watermark_over_a_scan_is_no_text_layer() -> None:
    mark = show("内部资料不得外传", 150, 300).replace("1 0 0 1", "0.7 0.7 -0.7 0.7")
    document = read(pdf(show("第一页的文字。", 100, 700), WHOLE + mark, **IMAGE))  # type: ignore[arg-type]
    assert texts(document) == ["第一页的文字。"]
    assert codes(document) == ["slanted-text", "page-without-text"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.97])
def test_a_truncated_file_is_damaged(share: float) -> None:
    whole = pdf(*[show("一、总体情况", 100, 700) + TABLE] * 5)
    assert refused(whole[: int(len(whole) * share)])[0] == "damaged"


@pytest.mark.parametrize(
    "body", [b"", b"%%EOF", b"1 0 obj <</Type/Catalog>> endobj trailer<</Root 1 0 R>>\n%%EOF"]
)
def test_a_file_without_pages_is_damaged(body: bytes) -> None:
    assert refused(b"%PDF-1.4\n" + body)[0] == "damaged"


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def locked(user: bytes) -> bytes:
    """A file encrypted with the owner password `owner` and this user password (40 bits)."""
    padded = (user + PADDING)[:32]
    owner = rc4(hashlib.md5((b"owner" + PADDING)[:32], usedforsecurity=False).digest()[:5], padded)
    seed = padded + owner + struct.pack("<i", -4) + b"0123456789abcdef"
    key = hashlib.md5(seed, usedforsecurity=False).digest()[:5]

    def encrypt(number: int, data: bytes) -> bytes:
        salt = struct.pack("<I", number)[:3] + b"\0\0"
        return rc4(hashlib.md5(key + salt, usedforsecurity=False).digest()[:10], data)

    handler = f"<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{rc4(key, PADDING).hex()}>/P -4>>"
    ids = f"/ID[<{b'0123456789abcdef'.hex()}>" * 1 + f"<{b'0123456789abcdef'.hex()}>]"
    return pdf(show("加密的文字。", 100, 700), trailer=f"/Encrypt {handler}{ids}", encrypt=encrypt)


def test_a_user_password_is_asked_for() -> None:
    code, sentence = refused(locked(b"secret"))
    assert code == "encrypted"
    assert "密码" in sentence


def test_an_owner_password_alone_does_not_matter() -> None:
    assert texts(read(locked(b""))) == ["加密的文字。"]


def test_too_many_pages() -> None:
    code, sentence = refused(pdf(*[""] * 2000))
    assert code == "too-large"
    assert "2000 页" in sentence


def test_too_many_lines_on_a_page() -> None:
    masses = pdf(show("字", 100, 700), "0 0 m 9 9 l S\n" * 10_001 + show("字", 100, 700))
    with pytest.raises(InputError) as caught:
        read(masses)
    (problem,) = caught.value.problems
    assert problem.code == "too-large"
    assert problem.in_language("zh").startswith("report.pdf 第 2 页: ")


def test_too_many_characters_on_a_page() -> None:
    masses = "".join(show("字" * 250, 10, 10 + 4 * line, 2) for line in range(201))
    assert refused(pdf(masses))[0] == "too-large"


def test_a_stream_that_unpacks_to_a_lot_is_no_trap() -> None:
    bomb = zlib.compress(b" " * 30_000_000)
    form = stream(bomb, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode")
    page = "/A Do\n" + show("一、总体情况", 100, 700)
    data = pdf(page, extra=[form], resources="/XObject<</A 10 0 R>>")
    assert texts(read(data)) == ["一、总体情况"]


def dots(x1: float, y1: float, x2: float, y2: float) -> str:
    """A rule of squares, two points apart, as browsers draw dotted borders."""
    count = round(max(x2 - x1, y2 - y1) / 2)
    step_x, step_y = (x2 - x1) / count, (y2 - y1) / count
    return "".join(
        f"{x1 + n * step_x - 0.5:.2f} {y1 + n * step_y - 0.5:.2f} 1 1 re f\n" for n in range(count + 1)
    )


def test_dotted_rules_are_rules_however_many_dots_they_have() -> None:
    xs, ys = [float(x) for x in range(60, 560, 20)], [float(y) for y in range(400, 812, 12)]
    rows = list(enumerate(reversed(ys[:-1])))
    drawn = "".join(dots(xs[0], y, xs[-1], y) for y in ys) + "".join(dots(x, ys[0], x, ys[-1]) for x in xs)
    words = "".join(show(str(10 + r % 90), x + 4, y + 3, 6) for r, y in rows for x in xs[:-1])
    assert drawn.count(" re f") * 4 > 40_000
    table = the_table(read(pdf(drawn + words)))
    assert (table.rows, table.columns) == (len(rows), len(xs) - 1)
    assert {(c.row, c.text) for c in table.cells} == {(r, str(10 + r % 90)) for r, _ in rows}


def test_the_dashes_of_a_rule_drawn_as_one_path_count_once() -> None:
    xs, ys = [float(x) for x in range(60, 560, 20)], [float(y) for y in range(400, 812, 12)]
    rules = [dots(xs[0], y, xs[-1], y) for y in ys] + [dots(x, ys[0], x, ys[-1]) for x in xs]
    drawn = "".join(rule.replace(" f\n", " ") + "f\n" for rule in rules)
    words = "".join(show("18", x + 4, y + 3, 6) for y in ys[:-1] for x in xs[:-1])
    table = the_table(read(pdf(drawn + words)))
    assert (table.rows, table.columns) == (len(ys) - 1, len(xs) - 1)


def test_dots_without_end_are_refused() -> None:
    code, sentence = refused(pdf(dots(0, 100, 500, 100) * 200))
    assert (code, "段线条" in sentence) == ("too-large", True)


@pytest.mark.parametrize("rule", ["124 {} m 148 {} l S\n", "124 {} 24 0.6 re f\n"])
def test_a_rule_through_the_middle_strikes_out_and_one_below_does_not(rule: str) -> None:
    line = show("公开２９３０条", 100, 700)
    struck = read(pdf(line + rule.replace("{}", "704.5")))
    assert texts(struck) == ["公开３０条"]
    (told,) = struck.diagnostics
    assert told.location is not None
    assert (told.code, told.location.quote) == ("struck-out", "２９")
    underlined = read(pdf(line + rule.replace("{}", "698")))
    assert texts(underlined) == ["公开２９３０条"]
    assert not underlined.diagnostics


# The corpus


FORMS = [f"{version}_{maker}.pdf" for version in ("v0", "v1", "v2", "v3") for maker in ("lo", "cr")]
CUT_HEADER = {"v0_lo.pdf"}
"""Its three header rows are cut by the page end; the note in their first cell stays in two pieces."""


def true_blocks(corpus: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        (corpus / "forms" / "truth" / f"{name[:2]}.json").read_text(encoding="utf-8")
    )
    return found


Slot = tuple[int, int, int, int, str]


def true_tables(blocks: list[dict[str, object]]) -> list[set[Slot]]:
    tables = (b["table"] for b in blocks if b["k"] == "t")
    return [
        {(c["r"], c["c"], c["rs"], c["cs"], comparison.squeeze(c["text"])) for c in table["cells"]}  # type: ignore[index]
        for table in tables
    ]


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_of_the_corpus(corpus: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = read((corpus / "forms" / name).read_bytes(), name)
    true = true_tables(true_blocks(corpus, name))
    found = [
        {(c.row, c.column, c.row_span, c.column_span, comparison.squeeze(c.text)) for c in b.table.cells}
        for b in document.blocks
        if b.table
    ]
    wrong = [slot for a, b in zip(true, found, strict=True) for slot in a - b]
    with capsys.disabled():
        print(f"\n{name}: {sum(map(len, true)) - len(wrong)} of {sum(map(len, true))} cells with their spans")
    assert [slot[:4] for slot in wrong] == ([(0, 0, 3, 3)] if name in CUT_HEADER else [])
    assert all(c.location.page and c.location.box and c.location.cell for b in document.blocks if b.table
               for c in b.table.cells)  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_every_paragraph_of_the_corpus(corpus: Path, name: str) -> None:
    wanted = [comparison.squeeze(str(b["text"])) for b in true_blocks(corpus, name) if b["k"] != "t"]
    document = read((corpus / "forms" / name).read_bytes(), name)
    found = [comparison.squeeze(b.text) for b in document.blocks if b.kind in ("heading", "paragraph")]
    in_order = [text for text in found if text in wanted]
    assert in_order == wanted


@pytest.mark.parametrize("name", FORMS)
def test_headings_of_the_corpus(corpus: Path, name: str) -> None:
    truth = true_blocks(corpus, name)
    wanted = {comparison.squeeze(str(b["text"])): b["level"] for b in truth if b["k"] == "h"}
    document = read((corpus / "forms" / name).read_bytes(), name)
    found = {comparison.squeeze(b.text): b.level for b in document.blocks if b.kind == "heading"}
    below = {text: level for text, level in wanted.items() if level != 1}
    assert {text: level for text, level in found.items() if level != 1} == below
    # The title of v3 printed from HTML is no larger than its text.
    assert name == "v3_cr.pdf" or found == wanted


def figures(facts: Facts) -> dict[tuple[str, ...], Fact]:
    names = ("disclosure.documents", "applications.rows", "proceedings.groups")
    cells = {(n, r.key, key): fact for n in names for r in facts.records(n) for key, fact in r.fields.items()}
    return cells | {(n,): fact for n, fact in facts.fields.items() if n.startswith("disclosure.")}


def facts_of(path: Path) -> dict[tuple[str, ...], Fact]:
    return figures(extractors.extract(readers.read(path.read_bytes(), path.name)))


@pytest.mark.parametrize("name", ["none.pdf", "hrules.pdf"])
def test_tables_without_rules_give_no_wrong_figure(
    corpus: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = corpus / "forms" / "borderless"
    true, found = facts_of(folder / "none.html"), facts_of(folder / name)
    silent = (Kind.UNREADABLE, Kind.MISSING)
    read_facts = {key: fact for key, fact in found.items() if fact.kind not in silent}
    wrong = [key for key, fact in read_facts.items() if true[key].value != fact.value]
    with capsys.disabled():
        print(
            f"\n{name}: {len(read_facts)} right, {len(true) - len(read_facts)} unreadable, {len(wrong)} wrong"
        )
    assert wrong == []
    document = readers.read((folder / name).read_bytes(), name)
    losses = [d.location and d.location.page for d in document.diagnostics if d.code == "table-not-recovered"]
    assert losses == [2, 3, 4]


def test_the_scan_of_the_corpus_is_refused(corpus: Path) -> None:
    assert refused((corpus / "forms" / "borderless" / "scanned.pdf").read_bytes())[0] == "no-text"


def test_the_real_report_has_its_true_cells(corpus: Path) -> None:
    folder = corpus / "reports" / "hongze-qu-2024"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    path = folder / "hzq2024_working.pdf"
    document = read(path.read_bytes(), path.name)
    tables = [b.table for b in document.blocks if b.table]
    assert [(t.rows, t.columns) for t in tables] == [(14, 4), (26, 10), (4, 15)]
    rows = [
        [int(c.text) for c in table.cells if c.row == row and c.text.isdecimal()]
        for table in tables
        for row in range(table.rows)
    ]
    wanted = [v if isinstance(v, list) else [v] for v in truth["table2"].values()]
    wanted += list(truth["table3"].values()) + [sum(truth["table4"].values(), [])]
    assert [row for row in rows if row] == wanted
    assert {d.severity for d in document.diagnostics} == {"repair", "left_out"}


def test_a_watermark_set_aslant_is_no_text() -> None:
    mark = show("内部123", 150, 300).replace("1 0 0 1", "0.7 0.7 -0.7 0.7")
    document = read(pdf(TABLE + mark))
    assert texts(document) == texts(read(pdf(TABLE)))
    assert [d.code for d in document.diagnostics if d.severity == "left_out"] == ["slanted-text"]
