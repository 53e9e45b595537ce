"""Tables with one thing out of the ordinary, printed in our own words."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from checker.facts import Kind
from checker.forms import Reading, template
from tests.forms import printing
from tests.forms.printing import Rows, Tables
from tests.forms.test_layouts import read_back, says

ORDINARY = Tables(
    {
        "regulations": ["0", "0", "2"],
        "normative_documents": ["3", "1", "18"],
        "licences": ["451"],
        "penalties": ["12"],
        "coercion": ["0"],
        "fees": ["7.5"],
    },
    {row.code: ["0"] * 7 for row in template.APPLICATIONS.rows}
    | {
        "new": ["10", "2", "0", "0", "0", "0", "12"],
        "granted": ["4", "1", "0", "0", "0", "0", "5"],
        "rejected_repeat": ["6", "1", "0", "0", "0", "0", "7"],
        "handled_total": ["10", "2", "0", "0", "0", "0", "12"],
    },
    {
        "review": ["1", "0", "0", "1", "2"],
        "direct_suit": ["0", "0", "1", "0", "1"],
        "suit_after_review": ["0"] * 5,
    },
)
LAYOUTS = [printing.flattened, printing.markdown, printing.one_cell_a_line, printing.aligned]
Layout = Callable[[Rows, int], str]


def cells(reading: Reading, code: str) -> list[str]:
    return [says(fact) for fact in reading.rows[code].cells]


def with_row(code: str, values: list[str]) -> Tables:
    return replace(ORDINARY, applications=ORDINARY.applications | {code: values})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_lost_row_is_missing_and_shifts_no_other(layout: Layout) -> None:
    kept = {code: row for code, row in ORDINARY.applications.items() if code != "refused_process"}
    _, reading, _ = read_back(printing.report(replace(ORDINARY, applications=kept), layout))
    assert set(reading.rows) == set(kept)
    assert {code: cells(reading, code) for code in kept} == kept


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_first_row_without_its_label_is_still_the_first(layout: Layout) -> None:
    text = printing.report(ORDINARY, layout).replace("规章", "", 1)
    reading, _, _ = read_back(text)
    assert cells(reading, "regulations") == ["0", "0", "2"]
    assert reading.rows["regulations"].official is None
    assert cells(reading, "normative_documents") == ["3", "1", "18"]
    assert cells(reading, "licences") == ["451"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_figures_behind_the_headers_are_no_row_where_two_labels_are_lost(layout: Layout) -> None:
    kept = {code: row for code, row in ORDINARY.disclosure.items() if code != "regulations"}
    text = printing.report(replace(ORDINARY, disclosure=kept), layout).replace("行政规范性文件", "", 1)
    reading, _, _ = read_back(text)
    assert "regulations" not in reading.rows or "3" not in cells(reading, "regulations")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_false_total_of_separate_cells_is_read_as_it_stands(layout: Layout) -> None:
    tables = with_row("granted", ["4", "1", "0", "0", "0", "0", "6"])
    _, reading, _ = read_back(printing.report(tables, layout))
    assert cells(reading, "granted") == ["4", "1", "0", "0", "0", "0", "6"]


def test_a_false_total_in_a_run_is_unreadable_and_says_why() -> None:
    tables = with_row("granted", ["40", "1", "0", "0", "0", "0", "42"])
    _, reading, _ = read_back(printing.report(tables, printing.run_together, joint=""))
    row = reading.rows["granted"].cells
    assert {fact.kind for fact in row} == {Kind.UNREADABLE}
    assert {fact.text for fact in row} == {"401000042"}
    assert row[0].note is not None and "没有一种分法" in row[0].note.zh
    assert cells(reading, "rejected_repeat") == ORDINARY.applications["rejected_repeat"]


def test_documents_run_together_have_no_sum_to_tell_them_apart() -> None:
    reading, _, _ = read_back(printing.report(ORDINARY, printing.run_together, joint=""))
    assert cells(reading, "normative_documents") == ["?", "?", "?"]
    assert cells(reading, "regulations") == ["0", "0", "2"]
    assert cells(reading, "licences") == ["451"]
    assert cells(reading, "fees") == ["7.5"]


def test_three_digits_may_be_one_number_beside_blank_cells() -> None:
    tables = replace(ORDINARY, disclosure=ORDINARY.disclosure | {"normative_documents": ["", "", "235"]})
    reading, _, _ = read_back(printing.report(tables, printing.run_together, joint=""))
    assert cells(reading, "normative_documents") == ["?", "?", "?"]


def test_a_misprinted_label_is_found_and_reported() -> None:
    text = printing.report(ORDINARY, printing.flattened).replace("8.属于行政查询事项", "8.属于行政咨询事项")
    _, reading, _ = read_back(text)
    assert reading.rows["refused_administrative_query"].official is False
    assert reading.rows["refused_process"].official is True


@pytest.mark.parametrize("layout", [printing.flattened, printing.one_cell_a_line])
def test_a_wrong_numeral_is_no_official_label(layout: Layout) -> None:
    text = printing.report(ORDINARY, layout).replace("2.重复申请", "3.重复申请")
    _, reading, _ = read_back(text)
    assert cells(reading, "rejected_repeat") == ORDINARY.applications["rejected_repeat"]
    assert reading.rows["rejected_repeat"].official is False


def test_spaces_and_brackets_do_not_make_a_label_unofficial() -> None:
    text = printing.report(ORDINARY, printing.flattened)
    text = text.replace("（七）总计", "( 七 ) 总 计").replace("危及“三安全一稳定”", "危及三安全一稳定")
    _, reading, _ = read_back(text)
    assert all(row.official for row in reading.rows.values())


def test_a_table_row_without_a_label_stands_where_the_form_has_one_row_left() -> None:
    tables = with_row("rejected_publication", ["5", "0", "0", "0", "0", "0", "5"])
    text = printing.report(tables, printing.flattened).replace("3.要求提供公开出版物 |", "|")
    _, reading, _ = read_back(text)
    assert cells(reading, "rejected_publication") == ["5", "0", "0", "0", "0", "0", "5"]
    assert reading.rows["rejected_publication"].official is None


def test_two_rows_missing_and_one_without_label_stay_missing() -> None:
    text = printing.report(ORDINARY, printing.flattened).replace("3.要求提供公开出版物 |", "|")
    lines = [line for line in text.split("\n") if not line.startswith("4.无正当理由")]
    _, reading, _ = read_back("\n".join(lines))
    assert "rejected_publication" not in reading.rows
    assert "rejected_excessive" not in reading.rows


def test_money_with_its_unit_on_a_line_of_its_own_is_a_cell() -> None:
    text = printing.report(ORDINARY, printing.one_cell_a_line).replace("\n7.5\n", "\n7.5万元\n", 1)
    reading, _, _ = read_back(text)
    assert cells(reading, "fees") == ["7.5"]


def test_a_remark_behind_a_label_does_not_hide_the_row() -> None:
    text = printing.report(ORDINARY, printing.flattened).replace("规章 |", "规章（本局无权制定） |", 1)
    reading, _, _ = read_back(text)
    assert cells(reading, "regulations") == ["0", "0", "2"]
    assert reading.rows["regulations"].official is False


def test_a_row_the_form_does_not_have() -> None:
    text = printing.report(ORDINARY, printing.flattened)
    text = text.replace("（七）总计", "9.其他自定事项 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |||\n（七）总计")
    _, reading, _ = read_back(text)
    assert [extra.label for extra in reading.extra] == ["9其他自定事项"]
    assert cells(reading, "handled_total") == ORDINARY.applications["handled_total"]


def test_a_column_the_form_does_not_have() -> None:
    rows = printing.rows_of_applications(ORDINARY.applications)
    wider = [[*row, "0"] if len(row) > 7 else row for row in rows]
    wider[2].append("境外组织")
    plain = printing.report(ORDINARY, printing.html)
    text = plain.replace(printing.html(rows, 10), printing.html(wider, 11).replace('colspan="', 'colspan="'))
    _, reading, _ = read_back("<html><body>" + text + "</body></html>")
    assert reading.columns_found == 8
    assert set(cells(reading, "granted")) == {"?"}


def test_one_row_for_other_handling_in_a_report_of_2021_format() -> None:
    rows = {c: v for c, v in ORDINARY.applications.items() if not c.startswith("other_")}
    tables = replace(ORDINARY, applications=rows | {"other_handling": ["1", "0", "0", "0", "0", "0", "1"]})
    for layout in (*LAYOUTS, printing.run_together):
        joint = "" if layout is printing.run_together else "\n"
        _, reading, _ = read_back(printing.report(tables, layout, joint))
        assert reading.form.format == "2021"
        assert cells(reading, "other_handling")[-1] == "1"
        assert "other_other" not in reading.rows


def test_a_printed_form_with_nothing_filled_in() -> None:
    blank = Tables(
        {code: [""] * len(row) for code, row in ORDINARY.disclosure.items()},
        {code: [""] * 7 for code in ORDINARY.applications},
        {code: [""] * 5 for code in ORDINARY.proceedings},
    )
    for layout in LAYOUTS:
        for reading in read_back(printing.report(blank, layout)):
            kinds = {fact.kind for row in reading.rows.values() for fact in row.cells}
            assert kinds == {Kind.BLANK}, (layout, reading.form.key)
            assert len(reading.rows) == len(reading.form.rows)


@pytest.mark.parametrize("unit", ["件", "条"])
def test_figures_with_units_one_a_line_are_not_taken_for_blank_cells(unit: str) -> None:
    tables = replace(ORDINARY, disclosure=ORDINARY.disclosure | {"licences": [f"451{unit}"]})
    reading, _, _ = read_back(printing.report(tables, printing.one_cell_a_line))
    assert cells(reading, "licences") == ["?"]


def test_words_in_a_cell_one_a_line_are_not_taken_for_blank_cells() -> None:
    tables = replace(ORDINARY, disclosure=ORDINARY.disclosure | {"regulations": ["无", "无", "无"]})
    reading, _, _ = read_back(printing.report(tables, printing.one_cell_a_line))
    assert cells(reading, "regulations") == ["?", "?", "?"]
    reading, _, _ = read_back(printing.report(tables, printing.flattened))
    assert [fact.kind for fact in reading.rows["regulations"].cells] == [Kind.TEXT] * 3


def test_figures_that_precede_their_labels_are_not_given_to_the_next_row() -> None:
    def figures_first(rows: Rows, width: int) -> str:
        lines = []
        for row in rows:
            words = [c for c in row if not c.isdigit()]
            figures = [c for c in row if c.isdigit()]
            lines += [*figures, *words]
        return "\n\n".join(lines)

    _, reading, _ = read_back(printing.report(ORDINARY, figures_first))
    read = {code: cells(reading, code) for code in reading.rows}
    assert all(row == ORDINARY.applications[code] or set(row) == {"?"} for code, row in read.items())


def test_an_unknown_misprint_at_the_head_of_a_label_in_a_run_costs_its_row_only() -> None:
    text = printing.report(ORDINARY, printing.run_together, joint="").replace("2.重复申请", "2.仲复申请")
    _, reading, _ = read_back(text)
    for code in reading.rows:
        assert cells(reading, code) == ORDINARY.applications[code] or set(cells(reading, code)) == {"?"}, code


PROSE_TRAPS = [
    "全年作出行政许可12、行政处罚30、行政强制4。",
    "本年度行政处罚处理决定数量39件，没有其他情况。",
    "本年新收政府信息公开申请数量99件，其中予以公开50件。",
    "已办结行政许可 77",
]


@pytest.mark.parametrize("sentence", PROSE_TRAPS)
def test_figures_in_sentences_are_no_cells(sentence: str) -> None:
    text = printing.report(ORDINARY, printing.flattened)
    for heading in ("二、主动公开政府信息情况\n", "三、收到和处理政府信息公开申请情况\n"):
        text = text.replace(heading, heading + sentence + "\n")
    disclosure, applications, _ = read_back(text)
    assert {code: cells(disclosure, code) for code in disclosure.rows} == ORDINARY.disclosure
    assert {code: cells(applications, code) for code in applications.rows} == ORDINARY.applications


@pytest.mark.parametrize("sentence", PROSE_TRAPS)
def test_sentences_instead_of_a_table_are_no_table(sentence: str) -> None:
    text = printing.report(ORDINARY, lambda rows, width: sentence)
    disclosure, applications, proceedings = read_back(text)
    assert not disclosure.present
    assert not applications.present
    assert not proceedings.present


@pytest.mark.parametrize(
    "heading", ["三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"]
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_whose_heading_is_lost_is_still_found(layout: Layout, heading: str) -> None:
    text = printing.report(ORDINARY, layout).replace(heading + "\n", "")
    disclosure, applications, proceedings = read_back(text)
    assert {code: cells(disclosure, code) for code in disclosure.rows} == ORDINARY.disclosure
    assert {code: cells(applications, code) for code in applications.rows} == ORDINARY.applications
    assert {code: cells(proceedings, code) for code in proceedings.rows} == ORDINARY.proceedings


def test_table_four_as_three_rows_with_labels() -> None:
    rows = [["", *printing.RESULT_HEADERS]]
    rows += [[printing.numbered(r), *ORDINARY.proceedings[r.code]] for r in template.PROCEEDINGS.rows]
    plain = printing.report(ORDINARY, printing.flattened)
    wide = printing.flattened(printing.rows_of_proceedings(ORDINARY.proceedings), 15)
    _, _, reading = read_back(plain.replace(wide, printing.flattened(rows, 6)))
    assert {code: cells(reading, code) for code in reading.rows} == ORDINARY.proceedings


def test_table_four_with_a_lost_cell_is_unreadable_not_blank() -> None:
    text = printing.report(ORDINARY, printing.flattened).replace(" | 2 | 0 | 0 | 1", " | 2 | 0 | 1")
    _, _, reading = read_back(text)
    assert {fact.kind for row in reading.rows.values() for fact in row.cells} == {Kind.UNREADABLE}


def test_every_cell_says_where_it_was_read() -> None:
    disclosure, applications, _ = read_back(printing.report(ORDINARY, printing.flattened))
    (fact,) = disclosure.rows["fees"].cells
    (place,) = fact.locations
    assert (place.table, place.row, place.column, place.quote) == (
        "表二",
        "行政事业性收费",
        "本年收费金额",
        "7.5",
    )
    place = applications.rows["rejected_repeat"].cells[1].locations[0]
    assert (place.table, place.row, place.column) == ("表三", "三（五）2.重复申请", "商业企业")
    assert place.line is not None and place.character is not None
    assert applications.rows["rejected_repeat"].cells[1].value == Decimal(1)
