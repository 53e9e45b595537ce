"""Report texts with given table cells, printed the ways sites and converters print them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checker.forms import template

Cells = dict[str, list[str]]
"""Row code → the text of its cells."""

FIVE = "五、存在的主要问题及改进情况"
PROSE = "本机关的工作还不够细致，下一年改进。"


@dataclass(frozen=True)
class Tables:
    """The cells of the three tables, rows in official order."""

    disclosure: Cells
    applications: Cells
    proceedings: Cells


def label_cells(row: template.Row) -> list[str]:
    """The label cells that begin in this row: outer item and group first, as on the form."""
    label = numbered(row)
    if row.code == "granted":
        return ["三、本年度办理结果", label]
    group = {
        "refused_state_secret": "（三）不予公开",
        "unable_not_held": "（四）无法提供",
        "rejected_petition": "（五）不予处理",
        "other_not_corrected": "（六）其他处理",
    }.get(row.code)
    return [group, label] if group else [label]


def numbered(row: template.Row) -> str:
    """The label as the form prints it."""
    if not row.mark:
        return row.wording
    if row.mark.isdigit():
        return f"{row.mark}.{row.wording}"
    return f"{row.mark}、{row.wording}" if row.code in OUTER else f"（{row.mark}）{row.wording}"


OUTER = ("new", "carried_in", "carried_out")


def _columns(row: template.Row) -> list[str]:
    names = [column.name.zh for column in row.columns]
    return [n + "（单位：万元）" if n == "本年收费金额" else n for n in names]


def _blocks(form: template.Form) -> list[tuple[str, list[template.Row]]]:
    """The blocks of table 2, each under its own headers."""
    rows = {row.code: row for row in form.rows}
    return [
        ("第二十条第（一）项", [rows["regulations"], rows["normative_documents"]]),
        ("第二十条第（五）项", [rows["licences"]]),
        ("第二十条第（六）项", [rows["penalties"], rows["coercion"]]),
        ("第二十条第（八）项", [rows["fees"]]),
    ]


NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANT_HEADERS = [
    [NOTE, "申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
RESULT_HEADERS = [column.name.zh for column in template.RESULTS]
PROCEEDING_HEADERS = [
    ["行政复议", "行政诉讼"],
    [*RESULT_HEADERS, "未经复议直接起诉", "复议后起诉"],
    [*RESULT_HEADERS, *RESULT_HEADERS],
]

Rows = list[list[str]]
"""The cells that begin in each row, spans left out."""


def rows_of_disclosure(cells: Cells, form: template.Form = template.DISCLOSURE) -> Rows:
    rows: Rows = []
    for title, block in _blocks(form):
        rows += [[title], ["信息内容", *_columns(block[0])]]
        rows += [[numbered(row), *cells[row.code]] for row in block if row.code in cells]
    return rows


def rows_of_applications(cells: Cells) -> Rows:
    data = [r for r in template.ANY_APPLICATIONS.rows if r.code in cells]
    return APPLICANT_HEADERS + [[*label_cells(row), *cells[row.code]] for row in data]


def rows_of_proceedings(cells: Cells) -> Rows:
    return [*PROCEEDING_HEADERS, [cell for row in template.PROCEEDINGS.rows for cell in cells[row.code]]]


def report(tables: Tables, layout: Callable[[Rows, int], str], joint: str = "\n") -> str:
    """A whole short report with its tables in one layout. joint stands between its parts."""
    return joint.join(
        [
            "某某区政府办公室2024年政府信息公开工作年度报告",
            "一、总体情况",
            PROSE,
            "二、主动公开政府信息情况",
            layout(rows_of_disclosure(tables.disclosure), 4),
            "三、收到和处理政府信息公开申请情况",
            layout(rows_of_applications(tables.applications), 10),
            "四、政府信息公开行政复议、行政诉讼情况",
            layout(rows_of_proceedings(tables.proceedings), 15),
            FIVE,
            PROSE,
            "六、其他需要报告的事项",
            PROSE,
        ]
    )


# Layouts ----------------------------------------------------------------------------------------------


def flattened(rows: Rows, width: int) -> str:
    """The cells that begin in a row, then bare pipes up to the width; all spans are lost."""
    return "\n".join(" | ".join(row) + " " + "|" * (width - len(row) + 1) for row in rows)


def markdown(rows: Rows, width: int) -> str:
    """A grid in which merged cells are empty: labels to the left, figures to the right."""
    lines = []
    for row in rows:
        labels = [cell for cell in row if not _is_cell(cell)]
        figures = [cell for cell in row if _is_cell(cell)]
        if len(figures) == 1 and width == 4:
            padded = [*labels, *figures, "", ""]
        elif width == 10 and len(figures) == 7:
            padded = (["", "", ""] + labels)[-3:] if _is_leaf(labels) else (labels + ["", "", ""])[:3]
            padded = [*padded, *figures]
        else:
            padded = (row + [""] * width)[:width]
        lines.append("| " + " | ".join(padded) + " |")
    lines.insert(1, "|" + "---|" * width)
    return "\n".join(["", *lines, ""])


def _is_leaf(labels: Sequence[str]) -> bool:
    return labels[-1][0].isdigit()


def _is_cell(cell: str) -> bool:
    return (
        cell.strip() in ("", "/", "—")
        or cell.strip("-０１２３４５６７８９").replace(".", "").replace(",", "") == ""
        or cell.replace(".", "").replace(",", "").isdigit()
    )


def html(rows: Rows, width: int) -> str:
    """A table whose last label cell spans what is left up to the figures."""
    lines = ["<table>"]
    for row in rows:
        figures = next((i for i, cell in enumerate(row) if _is_cell(cell)), len(row))
        spans = [1] * len(row)
        if figures < len(row) and width == 4:
            spans[-1] += width - len(row)
        if width == 10 and len(row) - figures == 7:
            covered = (
                0
                if row[0].startswith(("一、", "二、", "三、", "四、"))
                else 1
                if row[0].startswith("（")
                else 2
            )
            spans[figures - 1] += 3 - covered - figures
        cells = "".join(f'<td colspan="{s}">{c}</td>' for c, s in zip(row, spans, strict=True))
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*lines, "</table>"])


def stacked(rows: Rows, width: int) -> str:
    """Each cell closed by a pipe on a line of its own; the padding of a row is the line after it."""
    lines = []
    for row in rows:
        lines += [f"{cell} |" if cell else "|" for cell in row]
        lines += ["|" * (width - len(row))] if len(row) < width else []
    return "\n".join(lines)


def stacked_behind_bars(rows: Rows, width: int) -> str:
    """The same with a pipe on a line of its own before each row and the padding behind its last cell."""
    lines = []
    for row in rows:
        cells = [f"{cell} |" if cell else "|" for cell in row]
        pad = " " + "|" * (width + 2 - len(row)) if row[-1] else "\n" + "|" * (width + 2 - len(row))
        lines += ["|", *cells[:-1], cells[-1] + pad]
    return "\n".join(lines)


def stacked_unpadded(rows: Rows, width: int) -> str:
    return "\n".join(f"{cell} |" if cell else "|" for row in rows for cell in row)


def parted_by_bars(rows: Rows, width: int) -> str:
    """Each cell on a line, and a pipe on the line after it."""
    return "\n".join(f"{cell}\n|" for row in rows for cell in row)


def one_cell_a_line(rows: Rows, width: int) -> str:
    return "\n\n".join(cell for row in rows for cell in row if cell)


def aligned(rows: Rows, width: int) -> str:
    """Columns set apart by blanks, as a PDF converter prints them."""
    return "\n".join("     ".join(row) for row in rows)


def run_together(rows: Rows, width: int) -> str:
    return "".join("".join(row) for row in rows)
