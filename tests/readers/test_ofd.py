"""OFD as many makers write it: a small writer of its own, one trait at a time, and the samples."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from checker import comparison, readers
from checker.document import Document
from checker.errors import InputError, Problem
from checker.readers._ofd import drawing, package
from tests.readers.looking import prose, told
from tests.readers.looking import refused as refused_file

NAMESPACE = "http://www.ofdspec.org/2016"
A4 = (210.0, 297.0)
SENTENCE = "全年主动公开政府信息一百条，办结依申请公开件三件，均按时答复。"


# A small writer


def text(words: str, x: float, y: float, size: float = 4.0, identifier: int = 7, **more: str) -> str:
    """One line of text whose base line starts at x, y (millimetres), each character in its own width."""
    steps = [size if c > "\u2e80" else size / 2 for c in words[:-1]]
    code = f'<ofd:TextCode X="0" Y="{size * 0.85}"'
    code += f' DeltaX="{" ".join(map(str, steps))}"' if steps else ""
    width = sum(steps) + size
    return (
        f'<ofd:TextObject ID="{identifier}" Boundary="{x} {y - size * 0.85} {width} {size}" Font="1" '
        f'Size="{size}" {attributes(more)}>{code}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def attributes(more: Mapping[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in more.items())


def path(data: str, boundary: str = "0 0 210 297", **more: str) -> str:
    return (
        f'<ofd:PathObject ID="9" Boundary="{boundary}" {attributes(more)}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(xs: Iterable[float], ys: Iterable[float]) -> str:
    xs, ys = list(xs), list(ys)
    across = [f"M {xs[0]} {y} L {xs[-1]} {y}" for y in ys]
    down = [f"M {x} {ys[0]} L {x} {ys[-1]}" for x in xs]
    return "".join(path(line) for line in across + down)


def layer(*objects: str, kind: str = "Body") -> str:
    return f'<ofd:Layer ID="2" Type="{kind}">{"".join(objects)}</ofd:Layer>'


def page(*layers: str, size: tuple[float, float] | None = None, before: str = "") -> str:
    area = f"<ofd:Area><ofd:PhysicalBox>0 0 {size[0]} {size[1]}</ofd:PhysicalBox></ofd:Area>" if size else ""
    return element("Page", f"{before}{area}<ofd:Content>{''.join(layers)}</ofd:Content>")


def element(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{NAMESPACE}">{inside}</ofd:{name}>'


def parts(*pages: str, common: str = "", more: str = "", size: tuple[float, float] = A4) -> dict[str, str]:
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {size[0]} {size[1]}</ofd:PhysicalBox></ofd:PageArea>"
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    document = f"<ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}"
    return {
        "OFD.xml": element("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        "Doc_0/Document.xml": element("Document", document),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
    }


def packed(files: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(*pages: str, **more: str) -> Document:
    return readers.read(packed(parts(*pages, **more)), "report.ofd")  # type: ignore[arg-type]


def refused(files: Mapping[str, str | bytes]) -> Problem:
    return refused_file(packed(files), "report.ofd")


def cells(document: Document) -> list[tuple[int, int, int, int, str]]:
    return [
        (c.row, c.column, c.row_span, c.column_span, c.text)
        for b in document.blocks
        if b.table is not None
        for c in b.table.cells
    ]


# A table of 3 rows and 3 columns, with cells merged across and down.

XS, YS = (30.0, 70.0, 110.0, 150.0), (60.0, 70.0, 80.0, 90.0)
RULES = (
    path("M 30 60 L 150 60")
    + path("M 70 70 L 150 70")
    + path("M 30 80 L 150 80")
    + path("M 30 90 L 150 90")
    + path("M 30 60 L 30 90")
    + path("M 70 60 L 70 90")
    + path("M 110 70 L 110 90")
    + path("M 150 60 L 150 90")
)
FIGURES = (
    text("项目", 32, 67)
    + text("办理情况", 72, 67, identifier=21)
    + text("自然人", 72, 77)
    + text("1,234", 112, 77, identifier=22)
    + text("合计", 32, 87)
    + text("5", 72, 87)
    + text("67", 112, 87, identifier=23)
)
CELLS = [
    (0, 0, 2, 1, "项目"),
    (0, 1, 1, 2, "办理情况"),
    (1, 1, 1, 1, "自然人"),
    (1, 2, 1, 1, "1,234"),
    (2, 0, 1, 1, "合计"),
    (2, 1, 1, 1, "5"),
    (2, 2, 1, 1, "67"),
]
LEAD = text("某县2024年政府信息公开工作年度报告", 40, 30, 6) + text(SENTENCE, 30, 45)


def test_text_and_a_table_with_merged_cells() -> None:
    document = read(page(layer(LEAD, RULES, FIGURES)))
    assert cells(document) == CELLS
    assert prose(document) == ["某县2024年政府信息公开工作年度报告", SENTENCE]
    assert (document.source.kind, told(document)) == ("ofd", [])


def test_places_are_page_box_and_object() -> None:
    document = read(page(layer(LEAD)), page(layer(RULES, FIGURES)))
    (table,) = (b.table for b in document.blocks if b.table)
    cell = next(c for c in table.cells if c.text == "1,234")
    assert (cell.location.page, cell.location.cell, cell.location.quote) == (2, (1, 2, 2), "1,234")
    assert cell.location.path == "/Doc_0/Pages/Page_1/Content.xml#22"
    assert cell.location.box is not None
    left, top, right, bottom = (value * 25.4 / 72 for value in cell.location.box)
    assert 109 < left < right < 151
    assert 69 < top < bottom < 81
    assert document.blocks[0].location.path == "/Doc_0/Pages/Page_0/Content.xml#7"


def blank(document: Document) -> list[str | None]:
    return [c.location.path for b in document.blocks if b.table for c in b.table.cells if not c.text]


def test_a_blank_cell_has_no_object() -> None:
    document = read(page(layer(LEAD, RULES, FIGURES.replace(text("5", 72, 87), ""))))
    assert blank(document) == [None]


# Where objects stand


def moved(objects: str, a: float, b: float, c: float, d: float, e: float, f: float) -> str:
    """The objects inside a composite object that carries the matrix."""
    unit = f'<ofd:CompositeGraphicUnit ID="50" Width="210" Height="297"><ofd:Content>{objects}</ofd:Content>'
    resources = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    files = parts(
        page(
            layer(
                '<ofd:CompositeObject ID="51" ResourceID="50" Boundary="0 0 210 297" '
                f'CTM="{a} {b} {c} {d} {e} {f}"/>'
            )
        ),
        common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
    )
    return json.dumps({**files, "Doc_0/Res.xml": element("Res", resources)})


@pytest.mark.parametrize(
    "matrix",
    [
        (1, 0, 0, 1, 0, 0),
        (1, 0, 0, 1, 5, 12),
        (0.7, 0, 0, 0.7, 10, 0),
        (1.2, 0, 0, 1.2, -20, -20),
        (0, 1, -1, 0, 200, 10),
        (0, -1, 1, 0, 0, 200),
        (-1, 0, 0, -1, 205, 290),
    ],
)
def test_composite_objects_moved_scaled_and_turned(matrix: tuple[float, ...]) -> None:
    files = json.loads(moved(LEAD + RULES + FIGURES, *matrix))
    document = readers.read(packed(files), "report.ofd")
    assert cells(document) == CELLS
    assert prose(document) == ["某县2024年政府信息公开工作年度报告", SENTENCE]


def scaled(words: str, x: float, y: float) -> str:
    """Text of size 10 under a matrix that makes it 4 mm."""
    steps = " ".join("10" if c > "\u2e80" else "5" for c in words[:-1])
    return (
        f'<ofd:TextObject ID="7" Boundary="{x} {y - 3.4} 60 4" Font="1" Size="10" CTM="0.4 0 0 0.4 0 0">'
        f'<ofd:TextCode X="0" Y="8.5" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def test_the_matrix_of_a_text_object() -> None:
    figures = "".join(
        scaled(t, x, y)
        for t, x, y in (
            ("项目", 32, 67),
            ("办理情况", 72, 67),
            ("自然人", 72, 77),
            ("1,234", 112, 77),
            ("合计", 32, 87),
            ("5", 72, 87),
            ("67", 112, 87),
        )
    )
    assert cells(read(page(layer(LEAD, RULES, figures)))) == CELLS


def test_a_table_drawn_sideways_by_the_matrices_of_its_objects() -> None:
    def sideways(objects: str) -> str:
        return objects.replace("<ofd:TextObject ", '<ofd:TextObject CTM="0 1 -1 0 0 0" ')

    def at(words: str, x: float, y: float) -> str:
        made = text(words, 0, 0).replace(f'Boundary="0 {-3.4} ', f'Boundary="{210 - y + 3.4} {x} ')
        return sideways(made)

    lines = "".join(
        path(f"M {210 - y1} {x1} L {210 - y2} {x2}")
        for x1, y1, x2, y2 in (
            *((30, y, 150, y) for y in YS),
            *((x, 60, x, 90) for x in XS),
        )
    )
    labels = [[f"{row}行{column}列" for column in range(3)] for row in range(3)]
    figures = "".join(at(labels[r][c], XS[c] + 2, YS[r] + 7) for r in range(3) for c in range(3))
    document = read(page(layer(lines, figures), size=(210, 297)))
    assert cells(document) == [(r, c, 1, 1, labels[r][c]) for r in range(3) for c in range(3)]


def test_blocks_inside_blocks_and_layers_in_their_order() -> None:
    nested = LEAD + RULES + FIGURES
    for _ in range(20):
        nested = f'<ofd:PageBlock ID="3">{nested}</ofd:PageBlock>'
    document = read(page(layer(text("页脚", 30, 290), kind="Foreground"), layer(nested)))
    assert cells(document) == CELLS
    assert prose(document)[:2] == ["某县2024年政府信息公开工作年度报告", SENTENCE]


@pytest.mark.parametrize("order", ["", ' ZOrder="Foreground"', ' ZOrder="Background"'])
def test_a_form_printed_in_the_template_of_the_page(order: str) -> None:
    """The rules and labels are those of the template, the figures those of the page."""
    common = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    files = parts(page(layer(LEAD, FIGURES), before=f'<ofd:Template TemplateID="90"{order}/>'), common=common)
    document = readers.read(
        packed({**files, "Doc_0/Tpls/Tpl_0/Content.xml": page(layer(RULES))}), "report.ofd"
    )
    assert cells(document) == CELLS


@pytest.mark.parametrize("size", [(210, 297), (297, 210), (420, 297), (184, 260)])
def test_page_sizes_of_the_document_and_of_the_page(size: tuple[float, float]) -> None:
    for document in (
        readers.read(packed(parts(page(layer(LEAD, RULES, FIGURES)), size=size)), "report.ofd"),
        read(page(layer(LEAD, RULES, FIGURES), size=size)),
    ):
        assert cells(document) == CELLS


# How lines are drawn


@pytest.mark.parametrize(
    "way", ["thin boxes", "one path", "boxes", "relative", "curves between", "lower case"]
)
def test_rules_drawn_in_many_ways(way: str) -> None:
    lines = [(30, y, 150, y) for y in YS] + [(x, 60, x, 90) for x in XS]
    if way == "thin boxes":
        rules = "".join(
            path(
                f"M {x1} {y1} L {max(x2, x1 + 0.3)} {y1} L {max(x2, x1 + 0.3)} {max(y2, y1 + 0.3)} "
                f"L {x1} {max(y2, y1 + 0.3)} C",
                Fill="true",
                Stroke="false",
            )
            for x1, y1, x2, y2 in lines
        )
    elif way == "one path":
        rules = path(" ".join(f"M {x1} {y1} L {x2} {y2}" for x1, y1, x2, y2 in lines))
    elif way == "boxes":
        rules = "".join(
            path(f"M {XS[c]} {YS[r]} L {XS[c + 1]} {YS[r]} L {XS[c + 1]} {YS[r + 1]} L {XS[c]} {YS[r + 1]} C")
            for r in range(3)
            for c in range(3)
        )
    elif way == "relative":
        rules = "".join(
            path(f"M 0 0 L {x2 - x1} {y2 - y1}", f"{x1} {y1} {x2 - x1} {y2 - y1}") for x1, y1, x2, y2 in lines
        )
    elif way == "curves between":
        rules = "".join(
            path(f"S {x1} {y1} M {x1} {y1} L {x2} {y2} Q 160 95 170 99 B 1 2 3 4 5 200 A 5 5 0 1 0 9 210")
            for x1, y1, x2, y2 in lines
        )
    else:
        rules = "".join(path(f"m{x1},{y1}l{x2},{y2}") for x1, y1, x2, y2 in lines)
    labels = "".join(text(f"{r}甲{c}", XS[c] + 2, YS[r] + 7) for r in range(3) for c in range(3))
    document = read(page(layer(LEAD, rules, labels)))
    assert cells(document) == [(r, c, 1, 1, f"{r}甲{c}") for r in range(3) for c in range(3)]
    assert told(document) == []


@pytest.mark.parametrize(
    "rule",
    [
        path("M 28 48 L 36 48", LineWidth="0.3"),
        path("M 28 47.9 L 36 47.9 L 36 48.1 L 28 48.1 C", Fill="true", Stroke="false"),
    ],
)
def test_struck_out_text_is_left_out(rule: str) -> None:
    document = read(page(layer(text("公开29993089条", 20, 49.4), rule, path("M 36 50 L 44 50"))))
    assert prose(document) == ["公开3089条"]
    (struck,) = document.diagnostics
    assert struck.location is not None
    assert (struck.code, struck.location.quote) == ("struck-out", "2999")


@pytest.mark.parametrize(
    "extra",
    [
        path("M 50 60 L 50 90", Visible="false"),
        path("M 50 60 L 50 90", Stroke="false"),
        path("M 50 60 L 50 90", Alpha="0"),
        path("M 50 60 L 50 90", boundary="300 10 5 5"),
        path("M 50 60 L 60 90"),
        path("M 0 0 B 50 60 50 70 50 90"),
        path("M 30 60 L 70 60 L 70 90 L 30 90 C", Fill="true", Stroke="false"),
        path("M 50 55 L 50 95", LineWidth="9"),
    ],
)
def test_what_is_no_rule(extra: str) -> None:
    assert cells(read(page(layer(LEAD, RULES, FIGURES, extra)))) == CELLS


# How characters are placed


def code(inside: str, **more: str) -> str:
    found = {"Boundary": "30 40 100 8", "Size": "4", "ID": "5", **more}
    return f"<ofd:TextObject {attributes(found)}>{inside}</ofd:TextObject>"


RUNS = {
    "each distance": '<ofd:TextCode X="0" Y="4" DeltaX="4 4 4 4">主动公开数</ofd:TextCode>',
    "repeated": '<ofd:TextCode X="0" Y="4" DeltaX="g 4 4">主动公开数</ofd:TextCode>',
    "repeated and single": '<ofd:TextCode X="0" Y="4" DeltaX="4 g 2 4.1 3.9">主动公开数</ofd:TextCode>',
    "too few": '<ofd:TextCode X="0" Y="4" DeltaX="4">主动公开数</ofd:TextCode>',
    "too many": '<ofd:TextCode X="0" Y="4" DeltaX="g 999999999 4">主动公开数</ofd:TextCode>',
    "none at all": '<ofd:TextCode X="0" Y="4">主动公开数</ofd:TextCode>',
    "several codes": '<ofd:TextCode X="0" Y="4" DeltaX="4">主动</ofd:TextCode>'
    '<ofd:TextCode X="8" DeltaX="4 4">公开数</ofd:TextCode>',
    "indented": '<ofd:TextCode X="0" Y="4" DeltaX="g 4 4">\n      主动公开数\n    </ofd:TextCode>',
    "with shapes": '<ofd:CGTransform CodePosition="0" CodeCount="5" GlyphCount="5"><ofd:Glyphs>3 9 27 4 5'
    '</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="4" DeltaX="g 4 4">主动公开数</ofd:TextCode>',
}


@pytest.mark.parametrize("name", RUNS)
def test_distances_between_characters(name: str) -> None:
    document = read(page(layer(text(SENTENCE, 30, 30), code(RUNS[name]))))
    assert prose(document) == [SENTENCE, "主动公开数"]
    assert told(document) == []


def test_each_character_in_its_own_place() -> None:
    """The distances run across a rule: the characters belong to the cells they stand in."""
    figures = code('<ofd:TextCode X="4" Y="4" DeltaX="40 40">123</ofd:TextCode>', Boundary="30 62 130 8")
    document = read(page(layer(LEAD, grid(XS, (60, 70, 80)), figures)))
    assert [c[4] for c in cells(document)] == ["1", "2", "3", "", "", ""]


def test_vertical_text_is_read_down() -> None:
    down = code('<ofd:TextCode X="0" Y="4" DeltaY="g 3 4.2">商业企业</ofd:TextCode>', Boundary="34 61 5 20")
    rules = grid((30, 50, 90), (60, 80, 90))
    document = read(page(layer(LEAD, rules, down, text("12", 60, 75))))
    assert [c[4] for c in cells(document)] == ["商业企业", "12", "", ""]


def test_numbers_in_pieces_are_one_number() -> None:
    pieces = "".join(text(c, 112 + n * 2, 77) for n, c in enumerate("1,234"))
    document = read(page(layer(LEAD, RULES, FIGURES.replace(text("1,234", 112, 77, identifier=22), pieces))))
    assert cells(document) == CELLS


@pytest.mark.parametrize(
    ("figures", "distances", "shown"),
    [
        ("1234", "2 2 2", "1234"),
        ("1234", "2 4 2", "12 34"),
        ("1234", "2.4 3.6 2.4", "12 34"),
        ("1234", "3 2 2", "1\xa0234"),
        ("1234567", "3 2 2 3 2 2", "1\xa0234\xa0567"),
        ("12345", "3 2 2 2", "1 2345"),
        ("共1234件", "4 3 2 2 2", "共1\xa0234件"),
        ("１２３４", "5 4 4", "１\xa0２３４"),
        ("1234", "6 2 2", "1 234"),
        ("2312", "4 4 4", "2312"),
        ("12", "4.2", "1 2"),
        ("40000", "g 2 2", "40000"),
    ],
)
def test_numbers_set_apart_are_not_one(figures: str, distances: str, shown: str) -> None:
    run = f'<ofd:TextCode X="2" Y="4" DeltaX="{distances}">{figures}</ofd:TextCode>'
    drawn = code(run, Boundary="30 62 30 8")
    document = read(page(layer(LEAD, grid(XS, (60, 70, 80)), drawn)))
    assert cells(document)[0][4] == shown


def test_a_row_drawn_as_one_run_is_told_apart_by_its_rules() -> None:
    run = '<ofd:TextCode X="2" Y="4" DeltaX="2 38 3 2 2 34 3.2">56123478</ofd:TextCode>'
    document = read(page(layer(LEAD, grid(XS, (60, 70)), code(run, Boundary="30 62 130 8"))))
    assert [c[4] for c in cells(document)] == ["56", "1\xa0234", "7 8"]


# What is told


def test_hidden_text_is_left_out() -> None:
    hidden = (
        text("9", 116, 87, Visible="false")
        + f'<ofd:PageBlock Visible="false">{text("密", 30, 100)}</ofd:PageBlock>'
    )
    document = read(page(layer(LEAD, RULES, FIGURES, hidden)))
    assert cells(document) == CELLS
    assert told(document) == [("hidden-text", "left_out")]
    assert document.diagnostics[0].message.zh.startswith("2 处")


def test_text_without_colour_is_left_out() -> None:
    clear = text("9", 116, 87, Alpha="0") + text("8", 118, 87, Fill="false")
    document = read(page(layer(LEAD, RULES, FIGURES, clear)))
    assert cells(document) == CELLS
    assert told(document) == [("hidden-text", "left_out")]


IMAGE = '<ofd:ImageObject ID="8" ResourceID="4" Boundary="0 0 210 297"/>'


def test_the_text_layer_of_a_scan_is_read_and_told() -> None:
    document = read(page(layer(IMAGE, text(SENTENCE, 30, 30, Alpha="0"))))
    assert prose(document) == [SENTENCE]
    assert told(document) == [("text-recognised", "repair")]


def test_text_across_the_page_is_left_out() -> None:
    mark = text("内部资料", 60, 80, 20, CTM="0.7 -0.7 0.7 0.7 0 0")
    document = read(page(layer(LEAD, RULES, FIGURES, mark)))
    assert cells(document) == CELLS
    assert told(document) == [("slanted-text", "left_out")]
    assert document.diagnostics[0].location is not None
    assert document.diagnostics[0].location.quote == "内部资料"


def test_text_beyond_the_page_is_left_out() -> None:
    document = read(page(layer(LEAD, text("裁掉", 400, 20))))
    assert "裁掉" not in "".join(prose(document))
    assert told(document) == [("text-beyond-page", "left_out")]


def test_shapes_without_characters_are_a_loss_and_no_number() -> None:
    shape = (
        '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>17 18</ofd:Glyphs>'
        '</ofd:CGTransform><ofd:TextCode X="0" Y="3.4" DeltaX="2"/>'
    )
    unknown = code(shape, Boundary="112 83.6 6 4")
    document = read(page(layer(LEAD, RULES, FIGURES.replace(text("67", 112, 87, identifier=23), unknown))))
    assert cells(document)[-1][4] == "\ufffd\ufffd"
    assert ("unmapped-characters", "loss") in told(document)


def test_pictures_without_text_are_named_or_refused() -> None:
    document = read(page(layer(LEAD)), page(layer(IMAGE)))
    assert told(document) == [("page-without-text", "loss")]
    assert document.diagnostics[0].location is not None
    assert document.diagnostics[0].location.page == 2
    problem = refused(parts(page(layer(IMAGE))))
    assert problem.code == "no-text"
    assert "Word" in problem.message.zh
    assert refused(parts(page(layer(path("M 0 0 L 5 5"))))).code == "no-text"


def test_a_page_that_is_not_there_is_a_loss() -> None:
    files = parts(page(layer(LEAD)), page(layer(text(SENTENCE, 30, 30))))
    del files["Doc_0/Pages/Page_1/Content.xml"]
    assert ("page-unreadable", "loss") in told(readers.read(packed(files), "report.ofd"))


def test_several_documents_seals_annotations_and_attachments_are_told() -> None:
    root = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    body = f"<ofd:DocBody>{root}<ofd:Signatures>S.xml</ofd:Signatures></ofd:DocBody>"
    annotations = (
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Attachments>A.xml</ofd:Attachments>"
    )
    files = parts(page(layer(LEAD)), more=annotations)
    files["OFD.xml"] = element("OFD", body + body)
    files["Doc_0/Annots/Annotations.xml"] = element(
        "Annotations", '<ofd:Page PageID="0"><ofd:FileLoc>Page_0/Annot.xml</ofd:FileLoc></ofd:Page>'
    )
    files["Doc_0/Annots/Page_0/Annot.xml"] = element("PageAnnot", '<ofd:Annot Type="Watermark"/>' * 2)
    document = readers.read(packed(files), "report.ofd")
    assert told(document) == [
        ("several-documents", "loss"),
        ("annotations", "left_out"),
        ("seal", "left_out"),
        ("attachments", "left_out"),
    ]
    assert "Watermark 2 个" in document.diagnostics[1].message.zh


# How the parts are found


def renamed(old: str, new: str, content: str = "", replacement: str = "") -> bytes:
    files = {
        name.replace(old, new): body.replace(content, replacement) if content else body
        for name, body in parts(page(layer(LEAD, RULES, FIGURES))).items()
    }
    return packed(files)


@pytest.mark.parametrize(
    "data",
    [
        renamed("OFD.xml", "ofd.xml"),
        renamed("Pages/Page_0/Content.xml", "pages/page_0/content.XML"),
        renamed("", "", "Pages/Page_0", "/Doc_0/Pages/Page_0"),
        renamed("", "", ">Doc_0/Document", ">/Doc_0/Document"),
        renamed("", "", "Pages/Page_0", "Doc_0/Pages/Page_0"),
        renamed("", "", "Pages/Page_0", "./Pages/../Pages/Page_0"),
        renamed("", "", NAMESPACE, "http://www.ofdspec.org"),
    ],
)
def test_parts_are_found_however_they_are_named(data: bytes) -> None:
    assert cells(readers.read(data, "report.ofd")) == CELLS


def test_the_current_version_is_read() -> None:
    files = parts(page(layer(LEAD)))
    versions = (
        '<ofd:Versions><ofd:Version ID="1" Index="1" BaseLoc="Doc_0/V1.xml"/>'
        '<ofd:Version ID="2" Index="2" Current="true" BaseLoc="Doc_0/V2.xml"/></ofd:Versions>'
    )
    body = f"<ofd:DocBody><ofd:DocRoot>Doc_0/None.xml</ofd:DocRoot>{versions}</ofd:DocBody>"
    files["OFD.xml"] = element("OFD", body)
    files["Doc_0/V2.xml"] = element("DocVersion", "<ofd:DocRoot>Document.xml</ofd:DocRoot>")
    assert prose(readers.read(packed(files), "report.ofd"))[-1] == SENTENCE


# What is refused


def test_an_encrypted_file_says_so() -> None:
    for name in ("Encryptions.xml", "Doc_0/decryptseed.dat"):
        problem = refused({**parts(page(layer(LEAD))), name: "x"})
        assert problem.code == "encrypted"
        assert "未加密" in problem.message.zh
    assert refused({"Encryptions.xml": "x", "OFD.dat": "y"}).code == "encrypted"


def test_damaged_files_are_refused() -> None:
    files = parts(page(layer(LEAD)))
    assert refused({**files, "OFD.xml": element("OFD", "")}).code == "damaged"
    assert refused({**files, "OFD.xml": element("OFD", "<ofd:DocBody/>")}).code == "damaged"
    assert refused({**files, "Doc_0/Document.xml": "<a>"}).code == "damaged"
    assert refused({**files, "Doc_0/Pages/Page_0/Content.xml": page(layer(LEAD))[:-20]}).code == "damaged"
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert refused({**files, "OFD.xml": entity}).code == "document-type"


@pytest.mark.parametrize("share", range(10, 100, 10))
def test_a_truncated_file_is_refused(share: int) -> None:
    data = packed(parts(page(layer(LEAD, RULES, FIGURES))))
    with pytest.raises(InputError):
        readers.read(data[: len(data) * share // 100], "report.ofd")


@pytest.mark.parametrize(
    "objects",
    [
        '<ofd:TextObject ID="1" Boundary="a b c d" Size="4"><ofd:TextCode>甲</ofd:TextCode></ofd:TextObject>',
        '<ofd:TextObject ID="1" Boundary="1 1 1" Size="4"><ofd:TextCode>甲</ofd:TextCode></ofd:TextObject>',
        code("<ofd:TextCode>甲</ofd:TextCode>", Size="0"),
        code("<ofd:TextCode>甲</ofd:TextCode>", Size="1e999"),
        code("<ofd:TextCode>甲</ofd:TextCode>", CTM="1 2 3"),
        code("<ofd:TextCode>甲</ofd:TextCode>", CTM="1e300 0 0 1e300 0 0"),
        code('<ofd:TextCode X="1e99">甲</ofd:TextCode>'),
        path("M 1 L 2 3 4"),
        path("X 1 2"),
        '<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="none"/>',
    ],
)
def test_damaged_objects_are_a_loss(objects: str) -> None:
    document = read(page(layer(LEAD, objects)))
    assert told(document) == [("damaged-objects", "loss")]
    assert prose(document)[-1] == SENTENCE


def test_pages_beyond_the_limits() -> None:
    many = [page(layer(LEAD))] * (package.PAGES + 1)
    assert refused(parts(*many)).code == "too-large"
    long = code(f'<ofd:TextCode X="0" Y="4" DeltaX="0.001">{"字" * (drawing.CHARACTERS + 1)}</ofd:TextCode>')
    problem = refused(parts(page(layer(long))))
    assert (problem.code, "字符" in problem.message.zh) == ("too-large", True)
    far = code(f'<ofd:TextCode X="0" Y="4">{"字" * 1_000_000}</ofd:TextCode>')
    assert "字符" in refused(parts(page(layer(LEAD, far)))).message.zh
    singles = code('<ofd:TextCode X="0" Y="4">字</ofd:TextCode>') * (drawing.CHARACTERS + 1)
    assert "字符" in refused(parts(page(layer(LEAD, singles)))).message.zh
    shapes = (
        f'<ofd:CGTransform><ofd:Glyphs>{"1 " * 60_000}</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0"/>'
    )
    assert "字符" in refused(parts(page(layer(LEAD, code(shapes))))).message.zh
    lines = path(" L 5 0 L 0 0" * drawing.SEGMENTS)
    assert "线段" in refused(parts(page(layer(LEAD, lines)))).message.zh
    nothing = path("M 0 0" * drawing.STEPS)
    assert "路径数据" in refused(parts(page(layer(LEAD, nothing)))).message.zh
    blocks = "<ofd:PageBlock/>" * (drawing.OBJECTS + 1)
    assert "图元" in refused(parts(page(layer(LEAD, blocks)))).message.zh


def composites(depth: int, width: int) -> dict[str, str]:
    """Composite objects that each draw so many of the next."""
    units = ""
    for n in range(depth):
        inside = f'<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="{n + 1}"/>' * width
        unit = f"<ofd:Content>{inside}</ofd:Content>"
        units += f'<ofd:CompositeGraphicUnit ID="{n}">{unit}</ofd:CompositeGraphicUnit>'
    files = parts(
        page(layer(LEAD, '<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="0"/>')),
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
    )
    return {
        **files,
        "Doc_0/Res.xml": element("Res", f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"),
    }


def test_composite_objects_inside_one_another_are_bounded() -> None:
    assert "图元" in refused(composites(12, 10)).message.zh
    endless = composites(1, 1)
    endless["Doc_0/Res.xml"] = endless["Doc_0/Res.xml"].replace('ResourceID="1"', 'ResourceID="0"')
    assert told(readers.read(packed(endless), "report.ofd")) == [("damaged-objects", "loss")]


def test_blocks_nested_too_deep_are_a_loss_or_refused() -> None:
    def nested(depth: int) -> dict[str, str]:
        return parts(page(layer(LEAD, "<ofd:PageBlock>" * depth + FIGURES + "</ofd:PageBlock>" * depth)))

    assert told(readers.read(packed(nested(100)), "report.ofd")) == [("damaged-objects", "loss")]
    assert refused(nested(100_000)).code == "too-large"


# The samples


@pytest.mark.parametrize("version", ["v0", "v1", "v2", "v3"])
def test_the_samples(corpus: Path, version: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = (corpus / "forms" / f"{version}.ofd").read_bytes()
    document = readers.read(data, f"{version}.ofd")
    true = json.loads((corpus / "forms" / "truth" / f"{version}.json").read_text(encoding="utf-8"))
    tables = [b.table for b in document.blocks if b.table]
    wanted = [b["table"]["cells"] for b in true if b["k"] == "t"]
    right = 0
    for found, cells in zip(tables, wanted, strict=True):
        read = {(c.row, c.column): comparison.squeeze(c.text) for c in found.cells}
        for cell in cells:
            expected = comparison.squeeze(cell["text"])
            right += read.get((cell["r"], cell["c"])) == expected
            if cell["num"] is not None:
                assert read[cell["r"], cell["c"]] == expected
    paragraphs = [comparison.squeeze(b["text"]) for b in true if b["k"] in "hp"]
    shown = [comparison.squeeze(w) for w in prose(document)]
    with capsys.disabled():
        found_whole = sum(p in shown for p in paragraphs)
        print(f"\n{version}.ofd: {right} of {sum(map(len, wanted))} cells, {found_whole} of 24 paragraphs")
    assert right >= sum(map(len, wanted)) - 1
    assert all(p in shown for p in paragraphs)
    for block in document.blocks:
        places = [block.location] if not block.table else [c.location for c in block.table.cells if c.text]
        assert all(p.page and p.box and p.path and "#" in p.path for p in places)
