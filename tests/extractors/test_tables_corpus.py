"""Every real report as text, Markdown, HTML or PDF: its table cells equal the truth, or are unreadable.

Prints one line a report. A cell the truth gives no number for must not be read as a number.
"""

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from checker.extractors import applications, disclosure, proceedings
from checker.facts import Absent, Extract, Fact, Facts, Kind, Record
from checker.forms import grids, template
from checker.outline import outline
from checker.readers import read

# report file → (right, unreadable): exact, so that nothing gets worse unnoticed.
REPORTS = {
    "alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt": (200, 0),
    "hangzhou-style-2025-fixture/sample.html": (200, 0),
    "hongze-qu-2024/hzq2024_working.layout.txt": (186, 0),
    "hongze-qu-2024/hzq2024_working.pdf": (186, 0),
    "hongze-qu-2024/hzq2024_working.reading-order.txt": (186, 0),
    "pingtan-2019/page.txt": (179, 3),
    "pingtan-2021/page.txt": (197, 3),
    "pingtan-2024/page.txt": (197, 3),
    "pingtan-2025/page.txt": (197, 3),
    "shanghai-zfbgt-2025/shanghai-office-sample-source.md": (194, 6),
    "shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt": (200, 0),
}
FORMS = ["v0.txt", "v0.html", "v1_utf16.txt", "v1.md", "v1.html", "v2.txt", "v2.html", "v3.txt", "v3.html"]

DISCLOSURE_NAMES = {row.name.zh: row.code for row in template.DISCLOSURE.rows} | {
    "规范性文件": "normative_documents"
}
PROCEEDING_NAMES = {row.name.zh: row.code for row in template.PROCEEDINGS.rows}
APPLICATION_NAMES = {row.name.zh: row.code for row in template.ANY_APPLICATIONS.rows} | {
    "三（六）1.逾期不补正": "other_not_corrected",
    "三（六）2.逾期未缴费": "other_fee_unpaid",
}


def facts_of(path: Path) -> Facts:
    cut = outline(read(path.read_bytes(), path.name))
    fields: dict[str, Fact] = {}
    collections: dict[str, tuple[Record, ...] | Absent] = {}
    for extractor in (disclosure, applications, proceedings):
        found = extractor.extract(cut, Extract({}, {}))
        fields |= found.fields
        for name, records in found.collections.items():
            before = collections.get(name, ())
            if isinstance(before, tuple) and isinstance(records, tuple):
                collections[name] = (*before, *records)
            elif name not in collections:
                collections[name] = records
    return Facts(fields, collections)


def expected_cells(truth: dict[str, Any]) -> dict[tuple[str, str], list[Any]]:
    """(table, row) → values in column order. Of the 2019 form's table 2 only the document rows are facts."""
    trial = "规范性文件" in truth["table2"]
    cells = {}
    for name, values in truth["table2"].items():
        code = DISCLOSURE_NAMES.get(name)
        if code and not (trial and not isinstance(values, list) or trial and code not in DOCUMENTS):
            cells["disclosure", code] = values if isinstance(values, list) else [values]
    cells |= {("applications", APPLICATION_NAMES[n]): v for n, v in truth["table3"].items()}
    return cells | {("proceedings", PROCEEDING_NAMES[n]): v for n, v in truth["table4"].items()}


DOCUMENTS = ("regulations", "normative_documents")


def cells(record: Record) -> list[Fact]:
    """The cells of a table's row or column, without what it is called in the ledgers."""
    names = ("leaf", "outcome", "applicant_type", "kind")
    return [fact for name, fact in record.fields.items() if name not in names]


def read_row(facts: Facts, table: str, row: str) -> list[Fact]:
    if table == "disclosure" and row not in DOCUMENTS:
        return [facts.fields[f"disclosure.{row}"]]
    names = {
        "disclosure": ("disclosure.documents", "disclosure_2019.documents"),
        "applications": ("applications.rows",),
        "proceedings": ("proceedings.groups",),
    }[table]
    return next(cells(r) for n in names for r in facts.records(n) if r.key == row)


def judge(fact: Fact, expected: object) -> str:
    if isinstance(expected, int | float):
        if fact.kind is Kind.UNREADABLE:
            return "unreadable"
        return "right" if fact.kind is Kind.NUMBER and fact.value == Decimal(str(expected)) else "wrong"
    if expected is None:
        return "right" if fact.kind in (Kind.BLANK, Kind.SLASH) else "unreadable"
    return "wrong" if fact.kind is Kind.NUMBER else "unreadable"


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Iterator[dict[str, Counter[str]]]:
    """Counts by report, printed at the end with their totals."""
    counts: dict[str, Counter[str]] = {}
    yield counts
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print()
        for name, found in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
            figures = (f"{found[outcome]} {outcome}" for outcome in ("right", "unreadable", "wrong"))
            print(f"cells of {name.split('/')[0]}:", ", ".join(figures))


@pytest.mark.parametrize("name", REPORTS)
def test_cells_of_a_real_report(corpus: Path, name: str, tally: dict[str, Counter[str]]) -> None:
    path = corpus / "reports" / name
    truth = json.loads((path.parent / "truth.json").read_text(encoding="utf-8"))
    facts = facts_of(path)
    counts = tally[name] = Counter()
    wrong = []
    for (table, row), values in expected_cells(truth).items():
        for column, (fact, expected) in enumerate(zip(read_row(facts, table, row), values, strict=True)):
            outcome = judge(fact, expected)
            counts[outcome] += 1
            if outcome == "wrong":
                wrong.append((table, row, column, fact, expected))
    assert not wrong
    assert (counts["right"], counts["unreadable"]) == REPORTS[name]


def test_every_report_of_the_corpus_is_listed(corpus: Path) -> None:
    found = {
        f"{path.parent.name}/{path.name}"
        for ending in ("txt", "md", "html", "pdf")
        for path in (corpus / "reports").glob(f"*/*.{ending}")
    }
    assert found == set(REPORTS)


def flat(grid: Any) -> list[Any]:
    tables = grid["tables"]
    return [
        *(cell for row in tables["disclosure"]["grid"].values() for cell in row),
        *(cell for row in tables["applications"]["grid"] for cell in row),
        *tables["proceedings"]["grid"],
    ]


@pytest.mark.parametrize("name", FORMS)
def test_cells_of_the_form_in_every_file_form(corpus: Path, name: str) -> None:
    """Thousands, full-width digits, blanks, dashes, broken spans: all 200 cells, none unreadable."""
    truth = json.loads((corpus / "forms" / "truth" / f"{name[:2]}.json").read_text(encoding="utf-8"))
    facts = facts_of(corpus / "forms" / name)
    expected = []
    for block in truth:
        rows: dict[int, list[dict[str, Any]]] = {}
        for cell in block.get("table", {}).get("cells", ()):
            rows.setdefault(cell["r"], []).append(cell)
        for row in rows.values():
            if any(cell["num"] is not None for cell in row):
                values = [c for c in row if c["num"] is not None or c["text"].strip() in ("", "/", "—")]
                expected += [c["num"] if c["text"].strip() not in ("", "/", "—") else None for c in values]
    got = flat(grids(facts))
    assert len(got) == len(expected) == 200
    assert [None if g is None else Decimal(g) for g in got] == [
        None if e is None else Decimal(str(e)) for e in expected
    ]
    unreadable = [r.key for r in facts.records("cells") if r.fields["kind"].value == "unreadable"]
    assert not unreadable


def test_blank_and_slash_stay_apart_in_the_third_form(corpus: Path) -> None:
    cells = {r.key: r.fields["kind"].value for r in facts_of(corpus / "forms" / "v3.txt").records("cells")}
    assert cells["disclosure/regulations/made"] == "slash"
    assert cells["applications/granted/research"] == "slash"
    assert cells["applications/granted/other_organisation"] == "blank"
    assert cells["applications/refused_third_party/public_welfare"] == "number"


# excerpt → {(collection, record): values}; None where the cell is blank.
EXCERPTS: dict[str, dict[tuple[str, str], list[int | None]]] = {
    "suqian-2025-fixture.md": {
        ("disclosure.documents", "normative_documents"): [61, 59, 422],
        ("applications.rows", "new"): [3746, 63, 0, 0, 19, 2, 3830],
        ("proceedings.groups", "suit_after_review"): [21, 1, 7, 9, 38],
    },
    "huangpu-dapuqiao-2025-fixture.md": {
        ("applications.rows", "new"): [19, 0, 0, 0, 0, 0, 19],
        ("proceedings.groups", "review"): [0, 1, 0, 3, 4],
    },
    "haizhu-guanzhou-jiedao-2023.txt": {
        ("disclosure.documents", "regulations"): [0, 0, 0],
        ("applications.rows", "new"): [1, 0, 0, 0, 0, 0, 1],
        ("applications.rows", "refused_internal_affairs"): [0] * 7,
    },
    "taojiang-songmutangzhen-2022.txt": {("disclosure.documents", "regulations"): [2, 0, 2]},
    "xixian-taipingzhen-2022.txt": {
        ("disclosure.documents", "normative_documents"): [0, 0, 0],
        ("applications.rows", "granted"): [0] * 7,
    },
    "xixian-dizhang-jiedao-2023-oldformat.txt": {
        ("disclosure_2019.documents", "normative_documents"): [0, 0, 0]
    },
    "xiaogan-zfb-2020.txt": {("disclosure_2019.documents", "normative_documents"): [11, 11, 119]},
    "jiaxian-tazhen-2022-oldformat-blank.txt": {
        ("disclosure_2019.documents", "regulations"): [None] * 3,
        ("applications.rows", "granted"): [None] * 7,
    },
}


@pytest.mark.parametrize("name", EXCERPTS)
def test_rows_an_excerpt_contains(corpus: Path, name: str) -> None:
    facts = facts_of(corpus / "excerpts" / name)
    for (collection, key), expected in EXCERPTS[name].items():
        record = next(r for r in facts.records(collection) if r.key == key)
        kinds = {Kind.BLANK if e is None else Kind.NUMBER for e in expected}
        assert {fact.kind for fact in cells(record)} == kinds
        assert [f.value for f in cells(record)] == expected


def test_a_row_cut_off_by_the_excerpt_is_unreadable_not_shifted(corpus: Path) -> None:
    facts = facts_of(corpus / "excerpts" / "haizhu-guanzhou-jiedao-2023.txt")
    row = next(r for r in facts.records("applications.rows") if r.key == "refused_process")
    assert {fact.kind for fact in cells(row)} == {Kind.UNREADABLE}
    after = next(r for r in facts.records("applications.rows") if r.key == "handled_total")
    assert {fact.kind for fact in cells(after)} == {Kind.MISSING}


def test_prose_with_a_figure_is_no_table_row(corpus: Path) -> None:
    """A report that states its penalties in a sentence above a table cut off before that row."""
    facts = facts_of(corpus / "excerpts" / "jingshan-wjj-2022.txt")
    assert facts.fields["disclosure.penalties"].kind is Kind.MISSING


@pytest.mark.parametrize("name", ["daye-2025.txt", "baicheng-shi-2025.txt"])
def test_excerpts_without_tables_have_none(corpus: Path, name: str) -> None:
    facts = facts_of(corpus / "excerpts" / name)
    assert [r.fields["present"].value for r in facts.records("tables")] == [False, False, False]
    assert not facts.records("cells")


def test_rows_and_columns_beyond_the_form(corpus: Path) -> None:
    extra = facts_of(corpus / "excerpts" / "xiaogan-zfb-2020.txt").records("extra_rows")
    assert [(r.fields["table"].value, r.fields["label"].value) for r in extra] == [
        ("disclosure", "其他主动公开文件")
    ]
    for name in REPORTS:
        assert not facts_of(corpus / "reports" / name).records("extra_rows"), name


def test_labels_as_printed(corpus: Path) -> None:
    """Only hongze prints a label that differs; pieces of labels count as not read."""
    for name in REPORTS:
        labels = {
            r.key: r.fields["label_official"]
            for r in facts_of(corpus / "reports" / name).records("table_rows")
        }
        misprinted = {key for key, fact in labels.items() if fact.value is False}
        printed = name.endswith(("layout.txt", "working.pdf"))
        expected = {"applications/refused_other_law"} if printed else set()
        assert misprinted == expected, name


def test_formats(corpus: Path) -> None:
    def formats(name: str) -> list[object]:
        facts = facts_of(corpus / name)
        return [facts.fields[f"{t}.format"].value for t in ("disclosure", "applications", "proceedings")]

    assert formats("reports/pingtan-2019/page.txt") == ["2019"] * 3
    assert formats("reports/pingtan-2021/page.txt") == ["2021"] * 3
    # One row （六）其他处理, but table 2 as of 2021.
    assert formats("reports/hongze-qu-2024/hzq2024_working.layout.txt") == ["2021"] * 3
    assert formats("excerpts/jiaxian-tazhen-2022-oldformat-blank.txt") == ["2019", "2019", None]
