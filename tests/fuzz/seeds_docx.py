"""DOCX files to start from, as bundles: a report, and each thing a word processor knows on its own."""

from collections.abc import Iterator
from html import escape

from tests.forms import printing
from tests.forms.printing import Rows
from tests.fuzz.seeds import FILES, pieces, rows

FRAME = (FILES / "docx.bundle").read_text(encoding="utf-8")


def docx() -> Iterator[bytes]:
    known = pieces("docx")
    for body in (_report(), "".join(known), *known):
        yield FRAME.replace("{body}", body).encode()


def _report() -> str:
    disclosure, applications, proceedings = map(_table, rows(), (4, 10, 15))
    title = _paragraph("某某区政府办公室2024年政府信息公开工作年度报告", "Title")
    prose = _paragraph(printing.PROSE)
    parts = {
        "一、总体情况": prose,
        "二、主动公开政府信息情况": disclosure,
        "三、收到和处理政府信息公开申请情况": applications,
        "四、政府信息公开行政复议、行政诉讼情况": proceedings,
        printing.FIVE: prose,
        "六、其他需要报告的事项": prose,
    }
    return title + "".join(_paragraph(heading) + body for heading, body in parts.items())


def _paragraph(words: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def _table(rows: Rows, width: int) -> str:
    lines = []
    for row in rows:
        spans = [1] * (len(row) - 1) + [max(1, width - len(row) + 1)]
        lines.append("".join(_cell(cell, span) for cell, span in zip(row, spans, strict=True)))
    grid = '<w:gridCol w:w="600"/>' * width
    drawn = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>"


def _cell(words: str, span: int) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{_paragraph(words)}</w:tc>'
