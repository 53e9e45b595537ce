"""Which document a title means, and the ledgers of a real site that give no ids."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from checker import ledgers, workdays
from checker.facts import Kind, Record
from checker.ledger import Ledger, LedgerKind
from checker.ledgers.titles import Match, Register, name, subjects
from tests.ledgers.conftest import Read

PLAN = "青河新区绿地养护管理办法"


@pytest.mark.parametrize(
    "title",
    [
        "青河新区绿地养护管理办法",
        "《青河新区绿地养护管理办法》",
        "青河新区管委会关于印发《青河新区绿地养护管理办法》的通知",
        "青河新区管委会办公室 关于印发 青河新区绿地养护管理办法的通知",
        "青河新区管委会关印发《青河新区绿地养护管理办法》的通知",
        "青河新区住建局 青河新区财政局关于印发印发《青河新区绿地养护管理办法》的通知（青住建〔2024〕3号）",
        "青河新区住建局关于转发《某省住建厅关于印发〈青河新区绿地养护管理办法〉的通知》的通知",
        "青河新区管委会印发《青河新区绿地养护管理办法》的通知",
    ],
)
def test_the_name_in_a_title(title: str) -> None:
    assert name(title).core == PLAN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青河新区关于印发二○三五年规划的通知", "二〇三五年规划"),
        ("甲局关于做好防汛工作的通知", "关于做好防汛工作的通知"),
        ("甲局关于修订《某办法》的通知", "关于修订〈某办法〉的通知"),
    ],
)
def test_titles_of_one_name(one: str, other: str) -> None:
    assert name(one).core == name(other).core


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于印发《某办法》的通知", "关于修订《某办法》的通知"),
        ("关于印发《某办法》的通知", "关于废止《某办法》的通知"),
        ("关于印发2023年工作要点的通知", "关于印发2024年工作要点的通知"),
        ("关于印发某规划（2019年）的通知", "关于印发某规划（2022年修编）的通知"),
        ("关于做好信息公布工作的通知", "关于做好信息报送工作的通知"),
    ],
)
def test_titles_of_two_names(one: str, other: str) -> None:
    assert name(one).core != name(other).core


@pytest.mark.parametrize(
    "title",
    [
        "《青河新区绿地养护管理办法》政策解读",
        "关于《青河新区绿地养护管理办法》的政策解读（含视频解读）",
        "青河新区住建局关于《青河新区绿地养护管理办法》的解读",
        "一图读懂｜青河新区绿地养护管理办法",
        "《青河新区绿地养护管理办法》一图读懂",
        "青河新区绿地养护管理办法文字解读",
        "关于《青河新区管委会关于印发〈青河新区绿地养护管理办法〉的通知》的政策解读",
        "青河新区绿地养护管理办法图解",
    ],
)
def test_the_name_in_an_interpretation(title: str) -> None:
    assert PLAN in [subject.core for subject in subjects(title)]
    assert Register({PLAN: ["D1"], "青河新区绿地养护管理办法实施细则": ["D2"]}).find(title) == Match(
        ("D1",), True
    )


REGISTER = {
    PLAN: ["D1"],
    "青河新区十四五乡村旅游专项规划": ["D2"],
    "青河新区十四五城镇建设规划": ["D3"],
    "青河新区十四五文化和体育发展规划": ["D4"],
    "青河新区2024年招商工作要点": ["D5"],
    "青河新区企业技术改造奖励办法": ["D6", "D7"],
}


@pytest.mark.parametrize(
    ("title", "match"),
    [
        ("青河印发绿地养护管理办法", Match(("D1",), True)),
        ("《绿地养护管理办法》解读", Match(("D1",), True)),
        ("《青河新区“十四五”乡村旅游发展专项规划》解读", Match(("D2",), True)),
        ("《青河新区“十四五”城镇发展规划》解读", Match(("D3",), False)),
        ("《青河新区“十四五”体育和文化发展规划》解读", Match(("D4",), False)),
        ("《青河新区企业技术改造奖励办法》解读", Match(("D6", "D7"), False)),
        ("《青河新区绿地养护管理办法》《青河新区2024年招商工作要点》解读", Match(("D1", "D5"), False)),
        ("《青河新区2023年招商工作要点》解读", None),
        ("《青河新区绿地养护管理办法实施细则》解读", None),
        ("《青河新区道路停车收费办法》解读", None),
        ("政策解读", None),
        ("", None),
    ],
)
def test_what_fits_and_what_only_a_person_can_say(title: str, match: Match | None) -> None:
    assert Register(REGISTER, ["青河新区管委会"]).find(title) == match


POLICIES = """\
编号,标题,发布机构
,甲局关于印发《青河新区绿地养护管理办法》的通知,甲局
,《青河新区绿地养护管理办法》,
Z9,关于印发招商奖励办法的通知,乙局
,招商奖励办法,
,甲局关于做好年度考核的通知,
,乙局关于做好年度考核的通知,
"""
READINGS = """\
编号,标题,发布日期,文件编号
J1,《青河新区绿地养护管理办法》解读,2024-03-05,
J2,《招商奖励办法》解读,2024-03-05,/
J3,《关于做好年度考核的通知》解读,2024-03-05,
J4,别的事项解读,2024-03-05,
J5,别的事项解读,2024-03-05,Z1
"""


def linked(read: Read, policies: str, readings: str) -> tuple[Sequence[Record], Sequence[Record]]:
    given = {"policies": [read("policies", policies)], "interpretations": [read("interpretations", readings)]}
    found = ledgers.collections(given)
    return found["policies"], found["interpretations"]


def test_rows_of_one_document_share_a_key_and_interpretations_find_it(read: Read) -> None:
    policies, readings = linked(read, POLICIES, READINGS)
    keys = [record.key for record in policies]
    assert keys[:4] == [PLAN, PLAN, "Z9", "Z9"]
    assert keys[4] != keys[5]
    facts = [record.fields["doc_id"] for record in readings]
    assert [f.kind for f in facts] == [Kind.TEXT, Kind.TEXT, Kind.DOUBTFUL, Kind.BLANK, Kind.TEXT]
    assert [f.value for f in facts] == [PLAN, "Z9", None, None, "Z1"]
    assert facts[2].text == "\n".join(sorted(keys[4:])) and facts[2].note is not None
    assert facts[3].note is not None and "没有标题相符" in facts[3].note.zh
    (place,) = facts[0].locations
    assert (place.column, place.line, place.quote) == ("标题", 2, "《青河新区绿地养护管理办法》解读")
    flags = [record.fields["has_doc_id"] for record in readings]
    assert [f.value for f in flags] == [True, True, None, False, True]
    assert flags[2].kind is Kind.DOUBTFUL


def test_a_file_without_the_column_is_linked_and_one_without_policies_is_not(read: Read) -> None:
    _, readings = linked(read, POLICIES, READINGS.replace("文件编号", "备注"))
    assert readings[0].fields["doc_id"].value == PLAN
    alone = ledgers.collections({"interpretations": [read("interpretations", READINGS)]})["interpretations"]
    assert [record.fields["doc_id"].kind for record in alone][:2] == [Kind.BLANK, Kind.SLASH]


@pytest.mark.parametrize("cell", ["Z1、Z9", '"Z1, Z9"', "Z1 Z9", "Ｚ1；Z9", "Z1/Z9"])
def test_a_cell_that_names_two_documents_is_for_a_person(read: Read, cell: str) -> None:
    policies = "编号,标题\nZ1,绿地养护办法\nZ9,招商奖励办法\n"
    _, (reading,) = linked(read, policies, f"标题,发布日期,文件编号\n两个办法的解读,2024-03-05,{cell}\n")
    fact = reading.fields["doc_id"]
    assert (fact.kind, fact.text) == (Kind.DOUBTFUL, "Z1\nZ9")
    assert fact.note is not None and "2 个编号" in fact.note.zh
    (place,) = fact.locations
    assert (place.column, place.quote) == ("文件编号", cell.strip('"'))


def test_a_cell_with_an_unknown_id_among_others_is_taken_as_written(read: Read) -> None:
    policies = "编号,标题\nZ1,绿地养护办法\nA/B,招商奖励办法\n"
    given = "标题,发布日期,文件编号\n甲解读,2024-03-05,Z1、Z7\n乙解读,2024-03-05,A/B\n"
    _, readings = linked(read, policies, given)
    assert [r.fields["doc_id"].value for r in readings] == ["Z1、Z7", "A/B"]


def test_two_files_of_a_kind_are_one_collection(read: Read) -> None:
    one = read("policies", "标题\n甲局关于印发《招商奖励办法》的通知\n")
    two = read("policies", "编号,标题\nZ9,招商奖励办法\n")
    records = ledgers.collections({"policies": [one, two]})["policies"]
    assert [r.key for r in records] == ["Z9", "Z9"]
    assert [r.locations[0].line for r in records] == [2, 2]
    assert len(records) == 2 and records[-1].key == "Z9" and len(records[0:5]) == 2


def keys_and_meaning(read: Read, policies: str, title: str) -> tuple[list[str], tuple[Kind, list[str]]]:
    """The keys of the policies, and which of them an interpretation of that title means."""
    records, (reading,) = linked(read, policies, f"标题,发布日期\n{title},2024-03-05\n")
    fact = reading.fields["doc_id"]
    meant = [str(fact.value)] if fact.kind is Kind.TEXT else fact.text.split("\n")
    return [r.key for r in records], (fact.kind, meant)


COLUMNS = "编号,标题,文号,发布日期,发布机构\n"
FLOODS = "关于做好防汛工作的通知"


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        ([",,2022-05-01,", ",,2024-05-01,"], "ab"),
        ([",,2024-05-01,", ",,2024-06-01,"], "aa"),
        ([",,2024-05-01,", ",,2024-06-02,"], "ab"),
        ([",,2024-05-01,", ",,2024-05-20,", ",,2024-06-10,"], "aab"),
        ([",甲〔2024〕1号,2024-05-01,", ",甲〔2024〕2号,2024-05-01,"], "ab"),
        ([",甲〔2024〕1号,2024-05-01,", ",甲[2024]1号,2024-09-01,", ",,2024-09-02,"], "aaa"),
        ([",甲〔2024〕1号,2024-05-01,", ",甲〔2024〕2号,2024-05-09,", ",,2024-05-02,"], "abc"),
        ([",无,2024-05-01,", ",,2024-05-02,甲局", ",,2024-05-02,乙局"], "aaa"),
        ([",,,", ",,,", ",,2024-05-02,"], "aaa"),
        ([",,,", ",,2023-05-02,", ",,2024-05-02,"], "abc"),
        (["P1,,2024-05-01,", ",,2024-05-02,"], "aa"),
        (["P1,,2024-05-01,甲局", ",,2024-05-02,乙局"], "ab"),
        (["P1,,2022-05-01,", ",,2024-05-01,"], "ab"),
        (["P1,,2022-05-01,", "P2,,2024-05-01,", ",,2024-05-03,"], "abb"),
        (["P1,,2024-05-01,", "P2,,2024-05-01,", ",,2024-05-03,"], "abc"),
        (["P1,甲〔2024〕1号,2024-05-01,甲局", ",甲〔2024〕1号,2024-09-01,乙局"], "aa"),
        (["P1,,2024-05-01,", ",甲〔2024〕1号,2024-05-02,", ",甲〔2024〕2号,2024-05-02,"], "abc"),
        (["P1,,2024-05-01,", ",甲〔2024〕1号,2024-05-02,"], "aa"),
    ],
)
def test_which_rows_of_one_title_are_one_document(read: Read, rows: list[str], groups: str) -> None:
    lines = [f"{row.partition(',')[0]},{FLOODS},{row.partition(',')[2]}\n" for row in rows]
    for order in (range(len(rows)), reversed(range(len(rows)))):
        places = list(order)
        policies = COLUMNS + "".join(lines[n] for n in places)
        keys, (kind, meant) = keys_and_meaning(read, policies, f"《{FLOODS}》解读")
        known = dict(zip(places, keys, strict=True))
        assert [[known[n] == known[m] for m in known] for n in known] == [
            [groups[n] == groups[m] for m in known] for n in known
        ]
        assert kind is (Kind.TEXT if len(set(groups)) == 1 else Kind.DOUBTFUL)
        assert set(meant) == set(keys)


def test_a_plan_of_stated_years_is_one_whenever_listed(read: Read) -> None:
    for plan, count in (("某县十四五供水规划", 1), ("某县供水规划（2021-2025年）", 1), ("某县供水规划", 2)):
        rows = f",{plan},,2022-06-08,\n,{plan},,2022-11-30,\n"
        assert len(set(keys_and_meaning(read, COLUMNS + rows, f"《{plan}》解读")[0])) == count
        numbered = f",{plan},甲〔2022〕1号,2022-06-08,\n,{plan},甲〔2023〕2号,2022-06-08,\n"
        assert len(set(keys_and_meaning(read, COLUMNS + numbered, f"《{plan}》解读")[0])) == 2


MEETINGS = (
    COLUMNS + "P1,{0}财政局关于印发会议费管理办法的通知,,,\n,{0}教育局关于印发会议费管理办法的通知,,,\n"
)


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("《会议费管理办法》政策解读", [0, 1]),
        ("《青石县教育局关于印发会议费管理办法的通知》政策解读", [1]),
        ("教育局关于印发会议费管理办法的通知 解读", [1]),
        ("《青石县教育局会议费管理办法》政策解读", [1]),
        ("《青石县财政局关于印发会议费管理办法的通知》图解", [0]),
        ("《青石县民政局关于印发会议费管理办法的通知》政策解读", [0, 1]),
        ("青石县教育局关于《会议费管理办法》的政策解读", [0, 1]),
    ],
)
def test_the_issuer_tells_documents_of_one_name_apart(read: Read, title: str, meant: list[int]) -> None:
    keys, found = keys_and_meaning(read, MEETINGS.format("青石县"), title)
    assert keys[0] == "P1" and keys[1] == "青石县教育局：会议费管理办法"
    assert found[0] is (Kind.TEXT if len(meant) == 1 else Kind.DOUBTFUL)
    assert set(found[1]) == {keys[n] for n in meant}


def test_a_title_that_names_another_issuer_is_for_a_person(read: Read) -> None:
    policies = COLUMNS + "P1,青石县财政局关于印发会议费管理办法的通知,,,\n"
    other = "《青石县民政局关于印发会议费管理办法的通知》解读"
    assert keys_and_meaning(read, policies, other)[1] == (Kind.DOUBTFUL, ["P1"])


@pytest.mark.parametrize(
    ("document", "named", "sure"),
    [
        ("供水价格管理办法", "城市供水价格管理办法", False),
        ("城市供水价格管理办法", "供水价格管理办法", False),
        ("绿化管理办法", "城区绿化管理办法", False),
        ("超市价格管理办法", "价格管理办法", False),
        ("乡镇绿化管理办法", "绿化管理办法", False),
        ("青石县养老服务办法", "养老服务办法", True),
        ("养老服务办法", "青石县养老服务办法", True),
        ("红石县养老服务办法", "养老服务办法", False),
        ("青石县养老服务办法（试行）", "青石县养老服务办法", False),
        ("青石县养老服务办法", "青石县养老服务办法（试行）", False),
        ("青石县养老服务办法（试行）", "养老服务办法（试行）", True),
        ("青石县养老服务发展规划", "青石县养老服务规划", True),
    ],
)
def test_what_only_looks_like_a_place_and_trial_rules(
    read: Read, document: str, named: str, sure: bool
) -> None:
    policies = COLUMNS + f"P1,{document},,,\nP2,城市管理局关于别的事项的通知,,,青石县人民政府\n"
    kind, meant = keys_and_meaning(read, policies, f"《{named}》解读")[1]
    assert (kind, meant) == (Kind.TEXT if sure else Kind.DOUBTFUL, ["P1"])


YEARS = {
    # rows, titles, no number, interpretations, found, doubtful, policies found, their rows
    2022: (162, 103, 131, 15, 12, 1, 12, 24),
    2023: (378, 335, 357, 1, 1, 0, 1, 2),
    2024: (68, 58, 33, 1, 1, 0, 1, 1),
}


def of_year(kinds: Mapping[str, LedgerKind], folder: Path, *years: int) -> dict[str, list[Ledger]]:
    names = ("policies", "interpretations")
    return {
        n: [ledgers.read(kinds[n], folder / f"{n}_{year}.csv", f"{n}_{year}.csv") for year in years]
        for n in names
    }


def squeezed(text: object) -> str:
    return "".join(str(text).split())


@pytest.mark.parametrize("year", YEARS)
def test_a_real_site(kinds: Mapping[str, LedgerKind], corpus: Path, year: int) -> None:
    """The figures of the corpus' README. Two of its fourteen pairs of 2022 are no rule's to find: one is
    a judgement (here doubtful), one policy is of 2021 and so not in that year's ledger."""
    given = of_year(kinds, corpus / "ledgers", year)
    assert all(not ledger.fault_count for each in given.values() for ledger in each)
    found = ledgers.collections(given)
    policies, readings = found["policies"], found["interpretations"]
    facts = [record.fields["doc_id"] for record in readings]
    sure = {f.value for f in facts if f.kind is Kind.TEXT}
    assert YEARS[year] == (
        len(policies),
        len({squeezed(r.fields["title"].value) for r in policies}),
        sum(r.fields["has_doc_no"].value is False for r in policies),
        len(readings),
        sum(f.kind is Kind.TEXT for f in facts),
        sum(f.kind is Kind.DOUBTFUL for f in facts),
        len(sure),
        sum(r.key in sure for r in policies),
    )


@pytest.mark.parametrize("year", YEARS)
def test_every_pair_of_a_real_site(kinds: Mapping[str, LedgerKind], corpus: Path, year: int) -> None:
    found = ledgers.collections(of_year(kinds, corpus / "ledgers", year))
    titles: dict[str, set[str]] = defaultdict(set)
    rows: Counter[str] = Counter()
    for record in found["policies"]:
        titles[record.key].add(squeezed(record.fields["title"].value))
        rows[record.key] += 1
    with (corpus / "ledgers" / f"pairs_{year}.csv").open(encoding="utf-8-sig") as stream:
        pairs = {pair["解读标题"]: pair for pair in csv.DictReader(stream)}
    assert len(found["interpretations"]) == len(pairs)
    for record in found["interpretations"]:
        pair, fact = pairs[record.fields["title"].text], record.fields["doc_id"]
        expected = pair["依据"] != "none" and pair["政策行数"] != "0"
        assert (fact.kind is Kind.TEXT) == expected
        if expected:
            assert squeezed(pair["政策标题"]) in titles[str(fact.value)]
            assert rows[str(fact.value)] == int(pair["政策行数"])
        elif fact.kind is Kind.DOUBTFUL:
            (key,) = fact.text.split("\n")
            assert squeezed(pair["政策标题"]) in titles[key]
        else:
            assert pair["政策行数"] == "0"


@pytest.mark.parametrize(
    ("year", "within_three", "within_five"), [(2022, 11, 11), (2023, 1, 1), (2024, 0, 0)]
)
def test_working_days_at_a_real_site(
    kinds: Mapping[str, LedgerKind], corpus: Path, year: int, within_three: int, within_five: int
) -> None:
    """From the earliest date of any row of the policy, without the pair that is a judgement."""
    found = ledgers.collections(of_year(kinds, corpus / "ledgers", year))
    published: dict[str, list[date]] = defaultdict(list)
    for record in found["policies"]:
        when = record.fields["published_on"].value
        assert isinstance(when, date)
        published[record.key].append(when)
    taken = []
    for record in found["interpretations"]:
        when, key = record.fields["published_on"].value, record.fields["doc_id"].value
        if isinstance(when, date) and isinstance(key, str):
            taken.append(workdays.between(min(published[key]), when))
    assert sum(days is not None and days <= 3 for days in taken) == within_three
    assert sum(days is not None and days <= 5 for days in taken) == within_five


def test_several_years_together_give_no_other_pairs(kinds: Mapping[str, LedgerKind], corpus: Path) -> None:
    found = ledgers.collections(of_year(kinds, corpus / "ledgers", *YEARS))
    facts = [record.fields["doc_id"] for record in found["interpretations"]]
    assert [sum(f.kind is kind for f in facts) for kind in (Kind.TEXT, Kind.DOUBTFUL, Kind.BLANK)] == [
        14,
        1,
        2,
    ]


def test_headers_named_by_a_manifest(kinds: Mapping[str, LedgerKind], corpus: Path) -> None:
    path = corpus / "ledgers" / "policies_2024.csv"
    ledger = ledgers.read(kinds["policies"], path, "policies.csv", columns={"made_on": "发布日期"})
    assert "published_on" in ledger.missing and "made_on" not in ledger.missing
    assert all(record.fields["made_on"].kind is Kind.DATE for record in ledger.records)


def test_annual_reports_of_a_real_site(kinds: Mapping[str, LedgerKind], corpus: Path) -> None:
    path = corpus / "ledgers" / "annual_reports_to_2024.csv"
    ledger = ledgers.read(kinds["policies"], path, path.name)
    assert len(ledger.records) and not ledger.fault_count
