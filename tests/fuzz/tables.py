"""Bytes as a program that spoils a report: its official tables, its headings, its sentences."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from checker.document import Block, Cell, Document, Source, Table
from checker.forms import template
from checker.location import Location
from tests.forms import printing
from tests.forms.printing import Cells, Rows

STEP = 4
FILE = "report"
SOURCE = Source(FILE, "0" * 64, 1, "docx")
FIGURES = (
    "0",
    "1",
    "2",
    "3",
    "12",
    "1,234",
    "３，７７１",
    "1 234",
    "106.99516",
    "",
    "/",
    "—",
    "x",
    "-1",
    "1.2.3",
    "9" * 400,
)
WORDS = (
    *FIGURES,
    "自然人",
    "总计",
    "其他",
    "（一）予以公开",
    "三、本年度办理结果",
    "5.属于行政执法案卷",
    "四、结转下年度继续办理",
    "合计",
    "单位：件",
    "12件",
    "约30条",
    "0 0 0 0 0 0 0",
    "1" * 60,
    "三、收到和处理政府信息公开申请情况",
    "收到申请3件，其中自然人2件、法人1件，上年结转1件。",
    "2024年2月30日",
    "公开政府信息亿亿条，同比增长百分之一百零二。",
    "被提起行政复议2件，维持1件；行政诉讼0件。",
    "\u3000",
    "（" * 40,
)
WIDTHS = (4, 10, 15)
SENTENCES = (
    "某某区政府办公室2024年政府信息公开工作年度报告",
    "报告所列数据自2024年1月1日起，至2024年12月31日止。",
    "一、总体情况",
    printing.PROSE,
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    printing.FIVE,
    "六、其他需要报告的事项",
)
PLACES = (5, 6, 7)
"""Before which sentences the tables stand."""


def document(program: bytes) -> Document:
    """The report as the program leaves it."""
    tables = _official(program[:8])
    sentences = list(SENTENCES)
    exact = not program or program[0] % 4 != 0
    for start in range(8, len(program) - STEP + 1, STEP):
        what, a, b, c = program[start : start + STEP]
        if what % 10 == 9:
            _spoil_text(sentences, what // 10, a, c)
        else:
            _spoil(tables[a % 3], what % 10, a // 3 + b, c)
    return Document(SOURCE, tuple(_numbered(_blocks(sentences, tables, exact))))


def _official(figures: bytes) -> list[Rows]:
    def cells(form: template.Form) -> Cells:
        shift = sum(figures)
        return {
            r.code: [FIGURES[(n * shift + m) % 9] for m, _ in enumerate(r.columns)]
            for n, r in enumerate(form.rows)
        }

    forms = (template.DISCLOSURE, template.APPLICATIONS, template.PROCEEDINGS)
    disclosure, applications, proceedings = map(cells, forms)
    printed = (
        printing.rows_of_disclosure(disclosure),
        printing.rows_of_applications(applications),
        printing.rows_of_proceedings(proceedings),
    )
    return [[list(row) for row in rows] for rows in printed]


def _spoil(rows: Rows, what: int, where: int, how: int) -> None:
    """One change to one row of a table."""
    if not rows:
        return
    number = where % len(rows)
    row = rows[number]
    at = how % (len(row) + 1)
    if what in (0, 1, 2) and row:
        row[how % len(row)] = WORDS[(where + how) % len(WORDS)]
    elif what == 3:
        row.insert(at, WORDS[where % len(WORDS)])
    elif what == 4 and row:
        del row[how % len(row)]
    elif what == 5:
        del rows[number]
    elif what == 6:
        rows.insert(how % len(rows), list(row))
    elif what == 7 and row:  # two cells run together
        row[at - 1 : at + 1] = ["".join(row[at - 1 : at + 1])]
    elif what == 8:
        rows[number : number + 2] = [[cell for both in rows[number : number + 2] for cell in both]]


def _spoil_text(sentences: list[str], what: int, where: int, how: int) -> None:
    """A sentence said otherwise, left out, added or said twice; there are always as many."""
    number = where % len(sentences)
    word = WORDS[how % len(WORDS)]
    said = sentences[number]
    sentences[number] = (word, "", said + word, word + said, said * 2, said[: how % (len(said) + 1)])[
        what % 6
    ]


def _blocks(
    sentences: Sequence[str], tables: Sequence[Rows], exact: bool
) -> Iterator[tuple[str, Table | None]]:
    for number, sentence in enumerate(sentences):
        if number in PLACES:
            which = PLACES.index(number)
            yield "", _table(tables[which], WIDTHS[which], exact)
        if sentence:
            yield sentence, None


def _table(rows: Rows, width: int, exact: bool) -> Table:
    """A grid whose last labels take what their rows lack, or cells of which only the order is known."""
    wide = max(width, *map(len, rows), 1) if rows else 1
    cells = []
    for number, row in enumerate(rows):
        spans = [1] * len(row)
        if row and exact:
            spans[_last_label(row)] += wide - len(row)
        starts = accumulate(spans, initial=0)
        places = (
            Location(FILE, page=1, box=(1, 1, 9, 9), cell=(1, number + 1, n + 1)) for n, _ in enumerate(row)
        )
        cells += [
            Cell(number, c, text, p, 1, s) for c, text, p, s in zip(starts, row, places, spans, strict=False)
        ]
    return Table(len(rows), wide, tuple(cells), exact)


def _last_label(row: Sequence[str]) -> int:
    labels = [n for n, cell in enumerate(row) if cell not in FIGURES]
    return labels[-1] if labels else 0


def _numbered(found: Iterator[tuple[str, Table | None]]) -> Iterator[Block]:
    for number, (text, table) in enumerate(found, 1):
        place = Location(FILE, page=1, paragraph=number)
        level = 2 if text[1:2] == "、" and len(text) < 40 else 0
        yield Block("table" if table else "heading" if level else "paragraph", text, place, level, table)
