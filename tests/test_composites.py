"""Scores given elsewhere, read as offices keep them and made up into composites."""

from fractions import Fraction
from pathlib import Path

import pytest

from checker import evaluation, ledgers, library
from checker.facts import Facts
from checker.finding import Finding, Outcome
from checker.ledger import Ledger

HEADER = "组别,被评单位,是否抽中,得分,满分,评分人,评分日期\n"
ROWS = """\
县本级,某县人民政府,,88.25分,100,某评估公司,2022-11-01
部门,甲局,是,90.5,100,某评估公司,2022-11-02
部门,乙局,是,40,50,某评估公司,2022-11-02
部门,丙局,否,,,,
乡镇街道,甲镇,√,70.00,100,某评估公司,2022-11-03
"""


@pytest.fixture
def read(tmp_path: Path) -> Ledger:
    return scores(tmp_path, ROWS)


def scores(folder: Path, rows: str) -> Ledger:
    path = folder / "scores.csv"
    path.write_text("2022年政务公开考评得分\n" + HEADER + rows, encoding="utf-8")
    return ledgers.read(library.ledger_kinds()["scores"], path, "scores.csv")


def found(ledger: Ledger, rule: str) -> Finding:
    facts = Facts({}, {"scores": ledger.records})
    return evaluation.apply(library.rules()[f"composites/{rule}"], facts, library.vocabulary())


def test_a_record_of_scores_as_offices_keep_it(read: Ledger) -> None:
    assert (read.faults, read.extra) == ((), ())
    assert [r.label.zh for r in read.records][:2] == ["县本级 某县人民政府", "部门 甲局"]


def test_six_two_two(read: Ledger) -> None:
    parts = [found(read, name).share for name in ("own-score", "departments-score", "townships-score")]
    assert parts == [(s, s) for s in (Fraction("0.8825"), Fraction("0.8525"), Fraction("0.7"))]
    whole = sum(weight * part[0] for weight, part in zip((60, 20, 20), parts, strict=True) if part)
    assert whole == Fraction("84")


def test_those_not_drawn_are_left_out_and_too_few_are_told(read: Ledger) -> None:
    departments = found(read, "departments-score")
    assert (departments.checked, departments.population) == (2, 5)
    few = found(read, "departments-sampled")
    assert few.outcome is Outcome.FAIL
    assert few.occurrences[0].message.zh == "抽中的部门只有 2 个，应不少于 5 个。"
    assert found(read, "one-score-each").outcome is Outcome.PASS


def test_a_score_that_is_no_number_is_named_and_counts_as_nothing_known(tmp_path: Path) -> None:
    ledger = scores(tmp_path, "第三方评估,某县,,优秀,100,,\n其它来源,某县,,80,100,,\n")
    first, second = (fault.message.zh for fault in ledger.faults)
    assert first == "“得分”栏的“优秀”：须是数，可以有小数"
    assert second.startswith("“组别”栏的“其它来源”：须是以下之一：本级、部门、乡镇、日常工作、第三方评估")
    third = found(ledger, "third-party-score")
    assert (third.outcome, third.share) == (Outcome.UNKNOWN, (Fraction(0), Fraction(1)))
    assert found(ledger, "daily-work-score").outcome is Outcome.UNKNOWN
