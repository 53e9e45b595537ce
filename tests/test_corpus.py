"""The acceptance test: every real report, its cells, its faults and what must not be said of it.

Figures printed at the end: cells right / unreadable / wrong, faults found / undecided / missed, false alarms.
"""

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import yaml

from checker import pipeline
from checker.errors import InputError
from checker.finding import Finding, Outcome
from tests.extractors.test_tables_corpus import expected_cells, judge, read_row
from tests.real_reports import FAULT, IDLE, REPORTS, facts_of, facts_of_report, findings, path_of
from tests.test_cli import refused

Say = Callable[[str], None]
EXPECTED = yaml.safe_load(Path(__file__).with_name("corpus_findings.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Print although pytest captures output."""

    def speak(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}", end="")

    return speak


@cache
def found_in(corpus: Path, name: str) -> dict[str, Finding]:
    return findings(facts_of_report(corpus, name))


def lacks_last_year(finding: Finding) -> bool:
    return finding.outcome is Outcome.UNKNOWN and any(
        "未提供上年报告" in occurrence.message.zh for occurrence in finding.occurrences
    )


# (a) Cells


def test_no_cell_is_wrong(corpus: Path, say: Say) -> None:
    counts: Counter[str] = Counter()
    for name in REPORTS:
        facts = facts_of_report(corpus, name)
        truth = json.loads((path_of(corpus, name).parent / "truth.json").read_text(encoding="utf-8"))
        for (table, row), values in expected_cells(truth).items():
            counts.update(map(judge, read_row(facts, table, row), values))
    right, unreadable, wrong = (counts[kind] for kind in ("right", "unreadable", "wrong"))
    say(f"cells: {right} right, {unreadable} unreadable, {wrong} wrong in {len(REPORTS)} reports")
    assert (right, unreadable, wrong) == (2122, 18, 0)


# (b) Faults META.json names, and those found on reading: report, rule, words its finding must show

FOUND = (
    ("hongze-2024", "table-row-labels", "2.其他法律行政止公开"),
    ("hongze-2024", "other-handling-itemised", "其他处理"),
    ("hongze-2024-in-reading-order", "other-handling-itemised", "其他处理"),
    ("hongze-2024-pdf", "table-row-labels", "2.其他法律行政止公开"),
    ("hongze-2024-pdf", "other-handling-itemised", "其他处理"),
    ("pingtan-2019", "sums-add-up", "2599"),
    ("pingtan-2021", "doubled-words", "审核审核"),
    ("pingtan-2024", "misprinted-terms", "仍在不足"),
    ("shanghai-2025", "no-heading-lost", "五、"),
    ("shanghai-2025", "cells-legible", "规章"),
    ("hangzhou-2025", "five-aspects", "监督保障"),
    ("hangzhou-2025", "improvements-stated", "改进"),
    ("shuyang-2025", "five-aspects", "政府信息管理"),
)
# Printed in the report, but nothing decides them without guessing; the rule must say so and not pass.
UNDECIDED = (
    ("hongze-2024-in-reading-order", "table-row-labels", "2.其他法律行政"),
    ("shanghai-2025", "problems-stated", "第五部分"),
)


def shown(finding: Finding) -> str:
    """All a reader sees of what did not pass."""
    said = chain.from_iterable(
        (o.message.zh, *(p.quote or "" for p in o.locations)) for o in finding.occurrences
    )
    return "\n".join(said)


def test_known_faults_are_found(corpus: Path, say: Say) -> None:
    missed = [
        (name, rule)
        for name, rule, words in FOUND
        if found_in(corpus, name)[rule].outcome not in FAULT
        or words not in shown(found_in(corpus, name)[rule])
    ]
    passed_over = [
        (name, rule)
        for name, rule, words in UNDECIDED
        if found_in(corpus, name)[rule].outcome is not Outcome.UNKNOWN
        or words not in shown(found_in(corpus, name)[rule])
    ]
    found = len(FOUND) - len(missed)
    say(f"known faults: {found} found, {len(UNDECIDED)} undecided and said so, {len(missed)} missed")
    assert not missed
    assert not passed_over


# (c) False-alarm traps named in META.json: report, what is odd, rules that must stay silent about it

TRAPS = (
    (
        "alashan-2024",
        "header words of table 4 lost; traditional characters",
        ("table-shape", "table-row-labels", "table-rows-complete", "old-template", "no-extra-rows"),
    ),
    ("alashan-2024", "2023年6月以前, an ordinary other year", ("no-stray-years",)),
    ("hangzhou-2025", "empty header cells", ("table-shape", "no-extra-rows", "cells-not-blank")),
    ("hangzhou-2025", "section five in customary words", ("section-headings", "six-sections-present")),
    (
        "hongze-2024",
        "17 received by one office, 95 by the district",
        ("prose-applications-received", "applications-one-figure", "prose-applications-handled"),
    ),
    (
        "hongze-2024",
        "（六） as one row of a table otherwise as of 2021",
        (
            "table-rows-complete",
            "table-format-2021",
            "outcome-sum",
            "outcome-sum-merged-other",
            "old-template",
        ),
    ),
    (
        "hongze-2024-pdf",
        "17 received by one office, 95 by the district; tables cut by pages; page numbers",
        (
            "prose-applications-received",
            "applications-one-figure",
            "prose-applications-handled",
            "table-rows-complete",
            "table-shape",
            "table-format-2021",
            "outcome-sum",
            "outcome-sum-merged-other",
            "no-extra-rows",
            "cells-legible",
            "cells-not-blank",
            "section-headings",
        ),
    ),
    ("pingtan-2019", "trial format in the year it was in force", ("old-template", "table-format-2019")),
    ("pingtan-2019", "三、本年度办理结果 printed twice", ("no-extra-rows", "outcome-sum-merged-other")),
    ("pingtan-2019", "change -15, -18; an amount with 元", ("cells-not-negative", "cells-not-text")),
    (
        "pingtan-2021",
        "70, 69 and 1 agree; cases of table 4 not mentioned",
        (
            "prose-applications-received",
            "prose-applications-handled",
            "prose-applications-carried-out",
            "prose-reviews",
            "prose-suits",
        ),
    ),
    (
        "pingtan-2021",
        "page chrome before the title",
        ("title-canonical", "title-names-issuer", "issuer-consistent"),
    ),
    ("pingtan-2024", "218 agrees; 62 beside an illegible cell", ("prose-applications-handled",)),
    (
        "pingtan-2025",
        "154, 148, 6, 36 and 9 agree",
        (
            "prose-applications-received",
            "prose-applications-handled",
            "prose-applications-carried-out",
            "prose-reviews",
            "prose-suits",
            "no-stray-years",
        ),
    ),
    (
        "shanghai-2025",
        "five shares and their parts agree",
        ("shares-recomputed", "sums-add-up", "prose-applications-refused", "prose-applications-otherwise"),
    ),
    (
        "shanghai-2025",
        "torn labels, repeated headings, page numbers, a footnote",
        ("table-rows-complete", "table-shape", "no-extra-rows", "section-numerals", "no-extra-sections"),
    ),
    ("shanghai-2025", "heading five lost, its text there", ("six-sections-present", "sections-in-order")),
    ("shanghai-2025", "last year's problems and their remedy", ("no-stray-years", "self-reference-level")),
    ("shuyang-2025", "the issuer misread alike throughout", ("issuer-consistent", "title-names-issuer")),
    (
        "shuyang-2025",
        "column names of another table over the right cells; stub tables of dashes",
        ("table-shape", "table-rows-complete", "table-row-labels", "cells-not-slash", "no-extra-rows"),
    ),
    ("shuyang-2025", "74 cases = 61 + 3 + 10", ("prose-proceedings-total", "sums-add-up")),
    (
        "shuyang-2025",
        "sub-headings marked as headings, section six unmarked",
        ("section-numerals", "no-extra-sections"),
    ),
)


def test_traps_stay_silent(corpus: Path, say: Say) -> None:
    alarms = [
        (name, odd, rule)
        for name, odd, silent in TRAPS
        for rule in silent
        if found_in(corpus, name)[rule].outcome not in IDLE
    ]
    say(f"false-alarm traps: {len(TRAPS)}, false alarms: {len(alarms)}")
    assert not alarms


# (d) Everything said of a report, no more and no less


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_said_that_was_not_read_in_the_report(corpus: Path, name: str) -> None:
    expected = EXPECTED["reports"][name]
    found = found_in(corpus, name)
    said = {(r, f.outcome) for r, f in found.items() if f.outcome not in IDLE and not lacks_last_year(f)}
    assert said == {(rule, o) for o in (*FAULT, "unknown") for rule in expected.get(o, ())}
    assert all(expected[o][rule] for o in (*FAULT, "unknown") for rule in expected.get(o, ()))
    without = sorted(rule for rule, finding in found.items() if lacks_last_year(finding))
    assert without == sorted(chain.from_iterable(expected["last_year"]))


def test_seed_report_is_read_whole(corpus: Path) -> None:
    facts = facts_of_report(corpus, "alashan-2024")
    tokens = json.loads((corpus / "seed_quantities.json").read_text(encoding="utf-8"))["tokens"]
    counted = [t for t in tokens if t["class"] == "quantity"]
    records = facts.records("quantities")
    assert len(records) == len(counted)
    places = {(r.locations[0].line, r.locations[0].character) for r in records}
    assert places == {(t["line"], t["start"] + 1) for t in counted}
    assert [r.fields["present"].value for r in facts.records("tables")] == [True] * 3
    assert len(facts.records("cells")) == 200
    assert {r.fields["kind"].value for r in facts.records("cells")} == {"number"}
    found = found_in(corpus, "alashan-2024")
    for rule in ("sums-add-up", "accounts-sum", "prose-applications-zero"):
        assert (found[rule].outcome, found[rule].checked) == (Outcome.PASS, 1), rule
    (accounts,) = facts.records("sums")
    assert [accounts.fields[f].value for f in ("total", "parts_total", "parts")] == [27, 27, 3]


# Two years of one office


def test_what_last_years_report_decides(corpus: Path) -> None:
    """2025 against 2024. 58 | 45 | 546 and 62 | 33 | 440 stand run together: their stock stays undecided."""
    facts = facts_of_report(corpus, "pingtan-2025")
    _, both, _ = pipeline.with_previous(facts, path_of(corpus, "pingtan-2024"))
    alone, compared = found_in(corpus, "pingtan-2025"), findings(both)
    waiting = {rule for rule, finding in alone.items() if lacks_last_year(finding)}
    assert {r for r in waiting if compared[r].outcome is Outcome.UNKNOWN} == {
        "in-force-roll-forward",
        "repealed-within-stock",
    }
    assert all(compared[r].outcome is Outcome.PASS for r in waiting if compared[r].outcome != "unknown")
    for rule in ("in-force-roll-forward", "repealed-within-stock"):
        assert [o.key for o in compared[rule].occurrences] == ["normative_documents"]
    others = alone.keys() - waiting
    assert {r: alone[r].outcome for r in others} == {r: compared[r].outcome for r in others}


def test_another_year_is_not_last_year(corpus: Path) -> None:
    facts = facts_of_report(corpus, "pingtan-2024")
    with pytest.raises(InputError) as caught:
        pipeline.with_previous(facts, path_of(corpus, "pingtan-2021"))
    assert [p.code for p in caught.value.problems] == ["not-last-year"]


# What cannot be read


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("jinhu-xian-2023/temp-jinhu-2023.json", "JSON"),
        ("jinhu-xian-2023/temp-report-33.json", "JSON"),
        ("unnamed-unit-2023-report29/test-report29.json", "JSON"),
    ],
)
def test_unsupported_kinds_are_named(root: Path, corpus: Path, file: str, kind: str) -> None:
    said = refused(root, "assess", corpus / "reports" / file)
    assert kind in said
    assert Path(file).name in said


# Excerpts: what the note of each says is wrong, and the rule that must find it

EXCERPTS: dict[str, dict[str, str]] = {
    "baicheng-shi-2025.txt": {"publish-deadline-city": "2026-03-12"},
    "daye-2025.txt": {"parts-announced": "5 个部分"},
    "haizhu-guanzhou-jiedao-2023.txt": {"cells-legible": "0 0 0 0 0 0"},
    "huaibei-renmin-yiyuan-2022.txt": {
        "period-to": "2022-12-20",
        "section-headings": "主动公开情况",
        "doubled-words": "围绕围绕",
    },
    "huangpu-dapuqiao-2025-fixture.md": {"no-heading-lost": "一、", "six-sections-present": "五、"},
    "hunan-zfbgt-2020-traditional.txt": {"no-garbled-text": "钡戎行"},
    "jiaxian-tazhen-2022-oldformat-blank.txt": {
        "old-template": "本年新制作数量",
        "table-format-2021": "表二",
        "cells-not-blank": "予以公开",
    },
    "jingshan-wjj-2022.txt": {"preamble-cites-format": "30号"},
    "suqian-2025-fixture.md": {"table-rows-complete": "二、上年结转"},
    "taojiang-songmutangzhen-2022.txt": {"regulations-authority": "规章"},
    "xianning-zwsjj-2025.txt": {"misprinted-terms": "府信息公开"},
    "xiaogan-zfb-2020.txt": {"no-extra-rows": "其他主动公开文件"},
    "xixian-dizhang-jiedao-2023-oldformat.txt": {
        "old-template": "对外公开总数量",
        "no-superseded-basis": "年度报告有关事项的通知",
        "table-format-2021": "表二",
    },
    "xixian-taipingzhen-2022.txt": {"no-superseded-basis": "2019"},
}
# Other documents, and words of the reason given.
OTHER_DOCUMENTS = {
    "pingtan-2018-pre-2019-format.txt": "2019年以前的旧格式",
    "qu-yishenqing-2022.txt": "不是政府信息公开工作年度报告",
    "univ-ahcme-2021-2022.txt": "高等学校",
    "univ-ctbu-2021-2022.txt": "高等学校",
    "univ-sysu-2021-2022.txt": "高等学校",
}
# Traps among the excerpts: sums and balances that hold, a report in time.
EXCERPT_TRAPS = {
    "hunan-zfbgt-2020-traditional.txt": ("prose-applications-balance", "reviews-one-figure", "old-template"),
    "jingshan-wjj-2022.txt": ("prose-applications-zero", "prose-penalties", "regulation-number"),
    "taojiang-songmutangzhen-2022.txt": ("sums-add-up", "title-canonical", "no-stray-years"),
    "xianning-zwsjj-2025.txt": ("publish-deadline-department", "preamble-cites-format", "title-canonical"),
    "xiaogan-zfb-2020.txt": ("section-headings", "old-template", "regulations-authority"),
    "suqian-2025-fixture.md": ("review-sum", "direct-suit-sum", "suit-after-review-sum", "fee-stated"),
    "huangpu-dapuqiao-2025-fixture.md": ("review-sum", "direct-suit-sum", "sections-in-order", "fee-stated"),
    "xixian-dizhang-jiedao-2023-oldformat.txt": ("title-canonical", "no-stray-years", "period-to"),
}


def test_every_excerpt_has_its_place(corpus: Path) -> None:
    there = {path.name for path in (corpus / "excerpts").iterdir()}
    assert there == EXCERPTS.keys() | OTHER_DOCUMENTS.keys()


def test_faults_of_excerpts_are_found(corpus: Path, say: Say) -> None:
    missed = []
    for name, wanted in EXCERPTS.items():
        found = findings(facts_of((corpus / "excerpts" / name).read_bytes(), name))
        assert not [r for r, f in found.items() if f.outcome is Outcome.ERROR], name
        missed += [
            (name, r) for r, w in wanted.items() if found[r].outcome not in FAULT or w not in shown(found[r])
        ]
        missed += [(name, r) for r in EXCERPT_TRAPS.get(name, ()) if found[r].outcome in FAULT]
    total = sum(map(len, EXCERPTS.values()))
    say(f"excerpts: {total} faults of {len(EXCERPTS)} reports looked for, {len(missed)} missed or alarmed")
    assert not missed


@pytest.mark.parametrize("name", OTHER_DOCUMENTS)
def test_other_documents_are_named(corpus: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        facts_of((corpus / "excerpts" / name).read_bytes(), name)
    (problem,) = caught.value.problems
    assert OTHER_DOCUMENTS[name] in problem.message.zh
