"""CSV files as people save them: encodings, separators, title rows, headers, quotations."""

import codecs
from datetime import date

import pytest

from checker.facts import Kind
from tests.ledgers.conftest import Read, Refused

HEADER = "培训编号,培训主题,培训形式,日期,人数\n"
PLAIN = HEADER + "P1,学习条例,集中学习,2024-03-05,12\nP2,系统操作,专题讲座,2024-03-06,\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.encode("gb18030"),
        PLAIN.encode("utf-16"),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace(",", ";").encode("gb18030"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        ("2024年培训台账,,,,\n填表单位：办公室,,,,\n\n" + PLAIN).encode(),
        (PLAIN + ",,,,\n  ,\n").encode(),
        PLAIN.replace("P2", HEADER + "P2").encode(),
        PLAIN.replace("培训编号,培训主题", " 编 号 ：,＊主题（内容）").encode(),
        PLAIN.replace(HEADER, "Training ID,title,KIND,held_on,participants\n").encode(),
    ],
)  # fmt: skip
def test_one_table_in_many_forms(read: Read, data: bytes) -> None:
    ledger = read("trainings", data)
    assert [r.key for r in ledger.records] == ["P1", "P2"]
    assert [r.label.zh for r in ledger.records] == ["P1 学习条例", "P2 系统操作"]
    fields = ledger.records[0].fields
    assert [fields[n].kind for n in ("kind", "held_on", "participants")] == [
        Kind.TEXT,
        Kind.DATE,
        Kind.NUMBER,
    ]
    assert ledger.records[1].fields["participants"].kind is Kind.BLANK
    assert (ledger.missing, ledger.extra) == (("topic_regulations", "organiser", "evidence"), ())
    assert (ledger.faults, ledger.fault_count) == ((), 0)


def test_line_numbers_are_those_of_the_file(read: Read) -> None:
    text = f'台账\n\n{HEADER}P1,"第一行\n第二行\n第三行",讲座,2024-3-5\n\nP2,主题,讲座,不知道\n'
    ledger = read("trainings", text)
    assert [r.locations[0].line for r in ledger.records] == [4, 8]
    assert ledger.records[0].fields["title"].value == "第一行\n第二行\n第三行"
    (fault,) = ledger.faults
    assert fault.location is not None
    assert (fault.location.line, fault.location.row, fault.location.column, fault.location.quote) == (
        *(8, "P2 主题", "日期"),
        "不知道",
    )


def test_headers_the_file_has_and_lacks(read: Read) -> None:
    ledger = read("trainings", "编号,形式,日期,备注,联系人\nP1,讲座,2024-03-05,无,某人\n")
    assert ledger.extra == ("备注", "联系人")
    assert ledger.missing == ("title", "participants", "topic_regulations", "organiser", "evidence")
    absent = ledger.records[0].fields["participants"]
    assert absent.kind is Kind.MISSING and absent.note is not None
    assert absent.note.zh == "台账没有“参加人次”一栏"


def test_the_manifest_names_headers(read: Read, refused: Refused) -> None:
    text = "流水,编号,讲座名,形式,办班日\n9,P1,主题,讲座,2024-03-05\n"
    columns = {"training_id": "流水", "held_on": "办班日", "title": "讲座名"}
    (record,) = read("trainings", text, columns=columns).records
    assert (record.key, record.fields["title"].value) == ("9", "主题")
    ledger = read("trainings", text, columns=columns)
    assert ledger.extra == ("编号",)
    problems = refused("trainings", text, columns={**columns, "title": "题目", "heldon": "办班日"})
    assert [p.code for p in problems] == ["ledger.no-column", "ledger.no-header"]
    assert "held_on" in problems[0].message.en
    assert "题目" in problems[1].message.zh and "流水、编号、讲座名、形式、办班日" in problems[1].message.zh


def test_missing_columns_are_all_named_with_what_is_expected_and_found(refused: Refused) -> None:
    problems = refused("trainings", "编号,姓名\n1,某人\n")
    assert [p.code for p in problems] == ["ledger.missing-column"] * 2
    assert (
        "缺少“培训形式”一栏（可用的表头：培训形式、形式、类型）；文件的表头有：编号、姓名"
        in problems[0].message.zh
    )
    assert "培训日期" in problems[1].message.zh
    assert {p.location and p.location.line for p in problems} == {1}


def test_a_header_that_fits_nothing(refused: Refused) -> None:
    (problem,) = refused("trainings", "甲,乙\n1,2\n")
    assert problem.code == "ledger.no-fit"
    assert "培训编号" in problem.message.zh and "甲、乙" in problem.message.zh
    (problem,) = refused("trainings", "")
    assert problem.code == "ledger.no-fit"


def test_two_headers_for_one_column(refused: Refused) -> None:
    problems = refused("trainings", "编号,培训编号,形式,日期,培训日期\nP1,P1,讲座,2024-03-05,2024-03-05\n")
    assert [p.code for p in problems] == ["ledger.two-headers"] * 2
    assert "第 1 列“编号”和第 2 列“培训编号”都认作“培训编号”" in problems[0].message.zh


def test_a_row_longer_than_the_header_may_have_shifted(read: Read) -> None:
    ledger = read(
        "trainings", "编号,主题,形式,日期\nP1,条例,规定,讲座,2024-03-05\nP2,条例,讲座,2024-03-05,,\n"
    )
    first, second = ledger.records
    assert {first.fields[n].kind for n in ("training_id", "title", "kind", "held_on")} == {Kind.UNREADABLE}
    assert (first.fields["title"].text, first.fields["has_title"].value) == ("条例", True)
    assert (first.key, second.key, ledger.fault_count) == ("2", "P2", 4)
    assert "错位" in ledger.faults[0].message.zh
    assert ledger.faults[0].location is not None and ledger.faults[0].location.quote == "P1"


def test_quotations(read: Read, refused: Refused) -> None:
    (record,) = read("trainings", '编号,主题,形式,日期\nP1,"说""好""的",讲座,2024-03-05\n').records
    assert record.fields["title"].value == '说"好"的'
    (problem,) = refused(
        "trainings", '编号,主题,形式,日期\nP1,"没有闭合,讲座,2024-03-05\nP2,x,讲座,2024-3-5\n'
    )
    assert (problem.code, problem.location and problem.location.line) == ("ledger.quote", 2)
    (problem,) = refused("trainings", '编号,主题,形式,日期\nP0,x,讲座,2024-3-5\nP1,"甲"乙,讲座,2024-03-05\n')
    assert (problem.code, problem.location and problem.location.line) == ("ledger.quote", 3)


def test_bytes_that_are_no_text(refused: Refused) -> None:
    before, after = PLAIN.encode().split(b"P2")
    (problem,) = refused("trainings", before + b"P2\xff" + after)
    assert (problem.code, problem.location and problem.location.line) == ("ledger.encoding", 3)
    assert f"第 {len(before) + 3} 个字节不是 UTF-8" in problem.message.zh
    (problem,) = refused("trainings", PLAIN.encode("gb18030") + b"P3,\xff\xff,\n")
    assert (problem.code, problem.location and problem.location.line) == ("ledger.encoding", 4)
    (problem,) = refused("trainings", codecs.BOM_UTF8 + PLAIN.encode("gb18030"))
    assert problem.code == "ledger.encoding"
    (problem,) = refused("trainings", PLAIN.replace("系统", "系\0统"))
    assert (problem.code, problem.location and problem.location.line) == ("ledger.nul", 3)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_half_of_one_encoding_half_of_another(refused: Refused, ending: str) -> None:
    """As GB 18030 the bytes of UTF-8 are words that nobody wrote."""
    head, first, second, _ = PLAIN.replace("\n", ending).split(ending)
    lines = [head.encode("gb18030"), first.encode(), second.encode("gb18030"), b""]
    mixed = ending.encode().join(lines)
    mixed.decode("gb18030")
    (problem,) = refused("trainings", mixed)
    assert (problem.code, problem.location and problem.location.line) == ("ledger.encoding", 2)
    assert "UTF-8" in problem.message.zh and "GB 18030" in problem.message.zh
    (problem,) = refused("trainings", ending.join([head, first, ""]).encode() + second.encode("gb18030"))
    assert (problem.code, problem.location and problem.location.line) == ("ledger.encoding", 3)


@pytest.mark.parametrize("text", ["联通", "锟斤拷锟斤拷", "中国移动", "é", "ABC"])
def test_words_of_one_encoding_that_look_like_another(read: Read, text: str) -> None:
    ledger = read("trainings", (PLAIN + f"P3,,讲座,2024-03-06,\n{text},,,,\n").encode("gb18030"))
    assert ledger.records[-1].fields["training_id"].text == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        ("\ufeff<html><table><tr><td>编号</td></tr></table></html>".encode(), "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"PK\x03\x04 nothing", "ZIP"),
    ],
)
def test_other_files(refused: Refused, data: bytes, said: str) -> None:
    (problem,) = refused("trainings", data)
    assert said in problem.message.zh


def test_a_file_that_is_not_there(refused: Refused, tmp_path: object) -> None:
    from pathlib import Path

    (problem,) = refused("trainings", Path(str(tmp_path)) / "none.csv")
    assert problem.code == "ledger.unreadable"
    (problem,) = refused("trainings", PLAIN, sheet="台账")
    assert problem.code == "ledger.no-sheet"


def test_cells_wrapped_to_keep_their_zeros(read: Read) -> None:
    text = '="信息编号",标题,发布时间\n="001","=""甲""",2024-03-05\n"=""002""",=1+1,=A1\n'
    first, second = read("published_items", text).records
    assert (first.key, second.key) == ("001", "002")
    assert first.fields["title"].value == "甲"
    assert (second.fields["title"].value, second.fields["published_at"].kind) == ("=1+1", Kind.UNREADABLE)


def test_headers_that_differ_in_brackets_only(read: Read, refused: Refused) -> None:
    text = "信息编号,标题,时间（起）,时间（止）\nA1,甲,2024-03-05,2024-03-06\n"
    ledger = read("published_items", text, columns={"published_at": "时间(止)"})
    assert ledger.records[0].fields["published_at"].value == date(2024, 3, 6)
    assert ledger.extra == ("时间（起）",)
    (problem,) = refused("published_items", text, columns={"published_at": "时间"})
    assert "请在清单的 columns 中写明用哪一列" in problem.message.zh


def test_two_equal_headers_no_manifest_can_tell_apart(refused: Refused) -> None:
    (problem,) = refused("published_items", "信息编号,标题,标题,发布时间\nA1,甲,乙,2024-03-05\n")
    assert "请改其中一个表头" in problem.message.zh


def test_a_mark_of_utf_8_before_other_bytes(refused: Refused) -> None:
    (problem,) = refused("published_items", b"\xef\xbb\xbf" + "信息编号,标题\n".encode("gb18030"))
    assert problem.message.zh.startswith("第 4 个字节不是 UTF-8 编码的文字")
