"""The table of claims: each figure of the prose once, with what the ledgers say of it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker import evaluation, extractors, library, measures, readers
from checker.claims import Claim, Standing, claims, comparing
from checker.facts import Facts, Vocabulary
from checker.facts_yaml import facts_from_yaml
from checker.ruleset import Rule
from checker.ruleset_yaml import load_rule

BACKED, CONTRADICTED, OPEN, UNBACKED = (
    Standing.BACKED,
    Standing.CONTRADICTED,
    Standing.OPEN,
    Standing.UNBACKED,
)
KNOWN = library.vocabulary()


@cache
def rules() -> Mapping[str, Rule]:
    return library.load_rules()


def said(value: int, *, lowest: int | None = None, highest: int | None = None, **more: Any) -> dict[str, Any]:
    bounds = {"lowest": value if lowest is None else lowest, "highest": value if highest is None else highest}
    return {"value": value, **bounds, "unit": "件", "whole": True, "zero_statement": value == 0, **more}


def table(
    facts: Facts | Mapping[str, Any],
    scheme: Mapping[str, Rule] | None = None,
    known: Vocabulary = KNOWN,
) -> tuple[Claim, ...]:
    given = facts if isinstance(facts, Facts) else facts_from_yaml({"report.year": 2024, **facts}, known)
    used = rules() if scheme is None else scheme
    compared = comparing(used.values(), known)
    findings = evaluation.evaluate([used[name] for name in compared], given, known, keep=compared)
    return claims(given, findings, used, known)


def of(facts: Mapping[str, Any], scheme: Mapping[str, Rule] | None = None) -> Claim:
    (claim,) = table(facts, scheme)
    return claim


def training(key: str, kind: str, participants: int, held_on: str = "2024-05-15") -> dict[str, Any]:
    return {
        "training_id": key,
        "title": "学习",
        "kind": kind,
        "held_on": held_on,
        "participants": participants,
    }


def account(key: str, platform: str, followers: int) -> dict[str, Any]:
    return {
        "account_id": key,
        "name": key,
        "platform": platform,
        "status": "正常运行",
        "followers": followers,
    }


def application(key: str, received_on: str, **more: Any) -> dict[str, Any]:
    return {"application_id": key, "received_on": received_on, **more}


TRAININGS = [training("T1", "集中学习", 30), training("T2", "一对一培训", 4), training("T3", "网上课程", 200)]
APPLICATIONS = [
    application("A1", "2024-03-01"),
    application("A2", "2024-04-01"),
    application("A3", "2023-12-20"),
]


@pytest.mark.parametrize(("value", "found"), [(234, "234"), (30, "30"), (4, "4")])
def test_the_reading_that_backs_a_claim_is_the_one_shown(value: int, found: str) -> None:
    claim = of({"claims.trained_people": [said(value)], "trainings": TRAININGS})
    assert (claim.standing, claim.found, claim.rule) == (BACKED, found, "claims/trained-people")
    assert claim.reason is None


def test_its_evidence_is_that_of_the_reading() -> None:
    claim = of({"claims.trained_people": [said(4)], "trainings": TRAININGS})
    assert [place.path for place in claim.evidence] == ["trainings.1.participants"]


def test_where_no_reading_fits_all_are_shown() -> None:
    claim = of({"claims.trained_people": [said(99)], "trainings": TRAININGS})
    assert (claim.standing, claim.found) == (OPEN, "234 / 30 / 4")
    assert claim.reason is not None
    assert "99" in claim.reason.zh


def test_a_contradicted_claim_shows_what_the_ledger_has() -> None:
    claim = of({"claims.accounts_wechat": [said(5)], "accounts": [account("Z1", "微信公众号", 9)]})
    assert (claim.standing, claim.found, claim.reason) == (CONTRADICTED, "1", None)


@pytest.mark.parametrize(
    ("value", "found"),
    [(2, "2"), (3, "3")],
)
def test_readings_that_are_sums(value: int, found: str) -> None:
    claim = of({"claims.applications_received": [said(value, new_only=False)], "applications": APPLICATIONS})
    assert (claim.standing, claim.found) == (BACKED, found)


def test_a_reading_the_words_rule_out_is_not_shown_against_a_claim() -> None:
    claim = of({"claims.applications_received": [said(3, new_only=True)], "applications": APPLICATIONS})
    assert (claim.standing, claim.found) == (CONTRADICTED, "2")


def test_rows_with_the_very_figure_show_the_figure() -> None:
    ledger = [account("Z1", "微信公众号", 25376), account("Z2", "微博", 40)]
    claim = of({"claims.followers": [said(25376)], "accounts": ledger})
    assert (claim.standing, claim.found) == (BACKED, "25376")
    assert [place.path for place in claim.evidence] == ["accounts.0"]
    claim = of({"claims.followers": [said(25416)], "accounts": ledger})
    assert (claim.standing, claim.found) == (BACKED, "25416")
    claim = of({"claims.followers": [said(7)], "accounts": ledger})
    assert (claim.standing, claim.found) == (OPEN, "25376 / 25416")


def test_an_inexact_claim_is_backed_by_what_lies_in_its_range() -> None:
    claim = of({"claims.trained_people": [said(30, lowest=25, highest=35)], "trainings": TRAININGS})
    assert (claim.standing, claim.found) == (BACKED, "30")


def test_of_several_readings_in_the_range_the_nearest_is_shown() -> None:
    for lowest, value in ((4, 4), (25, 28), (30, 150)):
        claim = of(
            {"claims.trained_people": [said(value, lowest=lowest, highest=10**6)], "trainings": TRAININGS}
        )
        assert (claim.standing, claim.found) == (BACKED, {4: "4", 28: "30", 150: "234"}[value])


@pytest.mark.parametrize("name", ["applications_received", "fees_charged"])
def test_that_there_was_none_is_backed_by_an_empty_register(name: str) -> None:
    none = said(0, **({"new_only": False} if name == "applications_received" else {"unit": "元"}))
    claim = of({f"claims.{name}": [none], "applications": []})
    assert (claim.standing, claim.found, claim.reason) == (BACKED, "0", None)
    paid = application("A1", "2024-03-01", fee_paid_on="2024-03-20", fee_amount="100.50")
    claim = of({f"claims.{name}": [none], "applications": [paid]})
    assert (claim.standing, claim.found) == (
        CONTRADICTED,
        "1" if name == "applications_received" else "100.50",
    )


def test_without_the_ledger_a_claim_is_not_backed() -> None:
    claim = of({"claims.trained_people": [said(4)], "trainings": "missing"})
    assert (claim.standing, claim.found, claim.evidence) == (UNBACKED, None, ())
    assert claim.reason is not None
    everything = facts_from_yaml({"report.year": 2024, "claims.trained_people": [said(4)]}, KNOWN)
    bare = {name: rows for name, rows in everything.collections.items() if name.startswith("claims.")}
    (claim,) = table(replace(everything, collections=bare))
    assert claim.standing is UNBACKED


def test_with_part_of_the_ledger_a_claim_is_open() -> None:
    claim = of({"claims.trained_people": [said(4)], "trainings": TRAININGS, "partial": ["trainings"]})
    assert (claim.standing, claim.found) == (OPEN, None)
    assert claim.reason is not None
    assert "不完整" in claim.reason.zh


def test_a_ledger_that_cannot_be_read_in_one_cell_leaves_a_claim_open() -> None:
    ledger = [*TRAININGS, {**training("T4", "集中学习", 0), "participants": "?"}]
    claim = of({"claims.trained_people": [said(4)], "trainings": ledger})
    assert (claim.standing, claim.rule) == (OPEN, "claims/trained-people")


def test_of_several_ledgers_one_that_is_there_leaves_a_claim_open() -> None:
    rule = rules()["claims/items-removed"]
    item = {"item_id": "W1", "title": "信息", "published_at": "2024-05-01", "taken_down_on": "2024-06-01"}
    given: dict[str, Any] = {"claims.items_removed": [said(1)], "published_items": [item]}
    claim = of({**given, "inspections": "missing"}, {rule.id: rule})
    assert claim.standing is OPEN
    claim = of({**given, "inspections": "missing", "published_items": "missing"}, {rule.id: rule})
    assert claim.standing is UNBACKED


def test_a_ledger_without_one_row_of_the_kind_contradicts_nothing() -> None:
    site = {"item_id": "W1", "title": "信息", "channel": "网站", "published_at": "2024-05-06"}
    claim = of({"claims.wechat_items": [said(2740)], "published_items": [site]})
    assert (claim.standing, claim.found) == (OPEN, None)
    assert claim.reason is not None
    assert claim.reason.zh == "没有可比的记录"
    post = {**site, "item_id": "X1", "channel": "微信"}
    claim = of({"claims.wechat_items": [said(2740)], "published_items": [site, post]})
    assert (claim.standing, claim.found) == (CONTRADICTED, "1")


def test_of_columns_and_menus_either_or_both_may_be_meant() -> None:
    rows = [
        {
            "column_id": f"L{n}",
            "name": "栏目",
            "carrier": "网站" if n < 2 else "政务新媒体",
            "checked_on": "2024-12-16",
            "action": "删除",
            "handled_on": "2024-05-06",
        }
        for n in range(5)
    ]
    for value, standing in ((2, BACKED), (3, BACKED), (5, BACKED), (4, CONTRADICTED)):
        claim = of({"claims.columns_deleted": [said(value)], "website_columns": rows})
        assert claim.standing is standing
    assert claim.found == "5 / 2 / 3"


def test_a_part_is_not_compared() -> None:
    for value in (4, 99):
        claim = of({"claims.trained_people": [said(value, whole=False)], "trainings": TRAININGS})
        assert (claim.standing, claim.rule) == (UNBACKED, None)
        assert claim.reason is not None
        assert "一部分" in claim.reason.zh
    whole, part = table({"claims.trained_people": [said(4), said(99, whole=False)], "trainings": TRAININGS})
    assert (whole.standing, part.standing) == (BACKED, UNBACKED)
    assert part.reason is not None
    assert "一部分" in part.reason.zh


def test_a_claim_no_rule_compares() -> None:
    claim = of({"claims.visits": [said(2891434)]})
    assert (claim.standing, claim.found, claim.rule) == (UNBACKED, None, None)
    assert claim.reason is not None
    assert claim.reason.en == "no rule sets it against a ledger"
    assert of({"claims.trained_people": [said(4)], "trainings": TRAININGS}, {}).reason == claim.reason


def test_why_a_rule_does_not_apply_or_know() -> None:
    given: dict[str, Any] = {"claims.trained_people": [said(4)], "trainings": TRAININGS}
    early = of({**given, "report.year": 2018})
    assert (early.standing, early.rule) == (UNBACKED, None)
    assert early.reason is not None
    assert "2018" in early.reason.zh
    undated = of({**given, "report.year": "?"})
    assert (undated.standing, undated.rule) == (OPEN, "claims/trained-people")
    assert undated.reason is not None


OTHER = """\
title: {{zh: 另一条, en: another}}
why: {{zh: 另一种台账, en: another ledger}}
basis: [{{document: 自拟, clause: 无, grade: proposed}}]
each: claims.meetings
where: whole
measures:
  heard: {{count: trainings, match: none}}
assert: value == heard
{judgement}message: {{zh: "正文{{value}}，台账{{heard}}。", en: "text {{value}}, ledger {{heard}}"}}
remedy: {{zh: 核实, en: check}}
examples:
  pass: {{claims.meetings: []}}
  fail: {{claims.meetings: []}}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Rule]:
    """Rules of one's own on a claim that ours compare too: own/strict, own/judged."""
    home = tmp_path_factory.mktemp("home")
    (home / "library" / "own").mkdir(parents=True)
    for name, judgement in (("strict", ""), ("judged", "judgement: true\n")):
        file = home / "library" / "own" / f"{name}.yaml"
        file.write_text(OTHER.format(judgement=judgement), encoding="utf-8")
    return library.load_rules([library.HOME, home])


@pytest.mark.parametrize(
    ("meetings", "trainings", "other", "standing", "found", "rule"),
    [
        (1, 1, "own/strict", BACKED, "1", "claims/meetings"),
        (1, 2, "own/strict", CONTRADICTED, "2", "own/strict"),
        (1, 2, "own/judged", OPEN, "2", "own/judged"),
        (1, None, "own/strict", BACKED, "1", "claims/meetings"),
        (2, 1, "own/strict", OPEN, "2 / 0", "claims/meetings"),
        (None, 1, "own/strict", BACKED, "1", "own/strict"),
        (None, None, "own/strict", UNBACKED, None, "claims/meetings"),
    ],
)
def test_several_rules_of_one_claim(
    own: Mapping[str, Rule],
    meetings: int | None,
    trainings: int | None,
    other: str,
    standing: Standing,
    found: str | None,
    rule: str,
) -> None:
    meeting = {"kind": "工作总结会", "title": "总结会", "held_on": "2024-12-20"}
    given = {
        "claims.meetings": [said(1)],
        "inspections": [{"inspection_id": f"K{n}", **meeting} for n in range(meetings or 0)],
        "trainings": [training(f"T{n}", "集中学习", 5) for n in range(trainings or 0)],
    }
    absent = {
        name: "missing" for name, n in (("inspections", meetings), ("trainings", trainings)) if n is None
    }
    claim = of({**given, **absent}, {name: own[name] for name in ("claims/meetings", other)})
    assert (claim.standing, claim.found, claim.rule) == (standing, found, rule)


REPORT = """\
东河县2024年政府信息公开工作年度报告

一、总体情况

2024年收到政府信息公开申请2件，召开会议1次，网站总访问量800次。未收取信息处理费。其中，县民政局收到政府信息公开申请1件。

二、主动公开政府信息情况

三、收到和处理政府信息公开申请情况

全年收到政府信息公开申请2件。

六、其他需要报告的事项

本年未收取政府信息公开信息处理费。
"""


def test_every_claim_stands_once_in_the_order_of_the_report_with_its_own_place() -> None:
    facts = extractors.extract(readers.read(REPORT.encode(), "report.md"))
    evidence = facts_from_yaml({"applications": APPLICATIONS}, KNOWN)
    ledgers = {name: evidence.collections[name] for name in library.ledger_kinds()}
    found = table(replace(facts, collections={**facts.collections, **ledgers}))
    assert [(c.name.removeprefix("claims."), c.text, c.locations[0].line, c.standing) for c in found] == [
        ("applications_received", "2件", 5, BACKED),
        ("meetings", "1次", 5, OPEN),
        ("visits", "800次", 5, UNBACKED),
        ("fees_charged", "未收取信息处理费", 5, BACKED),
        ("applications_received", "1件", 5, UNBACKED),
        ("applications_received", "2件", 11, BACKED),
        ("fees_charged", "未收取政府信息公开信息处理费", 15, BACKED),
    ]
    assert len({(c.name, c.locations) for c in found}) == len(found)
    read = [
        record for name in KNOWN.collections if name.startswith("claims.") for record in facts.records(name)
    ]
    assert len(found) == len(read)


def test_claims_keep_their_order_where_a_place_does_not_tell_it() -> None:
    """A page on one line, so that neither line nor character orders what stands in it."""
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in REPORT.split("\n")) + "</body></html>"
    told = {}
    for name, text in (("report.md", REPORT), ("report.html", page)):
        facts = extractors.extract(readers.read(text.encode(), name))
        told[name] = [(c.name, c.text) for c in table(facts)]
    assert told["report.html"] == told["report.md"] != []


KINDS = OTHER.partition("assert:")[0].format() + "remedy: {zh: 核实, en: check}\n"
ASKED = 'question: {zh: "{value} 次与台账 {heard} 次相符吗？", en: "{value} or {heard}?"}\n'
RATIO = """\
degree: {part: value, whole: heard}
message: {zh: 不足, en: fewer}
examples: {pass: {claims.meetings: []}, fail: {claims.meetings: []}}
"""


@pytest.mark.parametrize(
    ("kind", "value", "standing"),
    [(ASKED, 2, OPEN), (RATIO, 2, BACKED), (RATIO, 1, CONTRADICTED), (RATIO, 3, OPEN)],
)
def test_a_question_or_a_ratio_may_compare_a_claim_too(
    tmp_path: Path, kind: str, value: int, standing: Standing
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(KINDS + kind, encoding="utf-8")
    rule = load_rule(path, tmp_path, KNOWN, measures.signatures())
    given = {
        "claims.meetings": [said(value)],
        "trainings": [training(f"P{n}", "专题讲座", 3) for n in (1, 2)],
    }
    claim = of(given, {rule.id: rule})
    assert (claim.standing, claim.rule, claim.found) == (standing, "own", "2")
