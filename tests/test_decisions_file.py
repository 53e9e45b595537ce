"""decisions.yaml: every mistake at its line, forms nobody filled in, and where the file is looked for."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from checker.bilingual import Bilingual
from checker.decisions import Decision, Decisions, Form, Ground, added, decisions_path, written
from checker.decisions.reading import parse_decisions, read_decisions
from checker.errors import InputError, Problem
from checker.finding import Outcome
from checker.location import Location
from checker.manifest import EvidenceItem, Manifest, ReportEntry, Unit
from checker.ruleset import Expression, Indicator, Level, Rule, Ruleset, Use, Veto
from checker.yaml_text import parse

HERE = Location("rules.yaml", 1)
DIGEST = "01234567-0123456789abcdef"
GOOD: dict[str, Any] = {
    "rule": "local/fixed",
    "measured": DIGEST,
    "settle": "pass",
    "by": "张三",
    "role": "办公室",
    "on": "2025-02-10",
    "why": "已核",
    "evidence": ["minutes"],
}


def said(text: str) -> Bilingual:
    return Bilingual(text, text)


def rule(name: str, each: str | None = "rows") -> Rule:
    expression = Expression("x", HERE, ("x",))
    return Rule(name, said(name), said("w"), (), said("m"), said("f"), expression, each=each)


RUBRIC = tuple(Level(id, said(id), Decimal(earns)) for id, earns in (("excellent", 1), ("poor", 0)))
USES = (
    Use("local/fixed", HERE, deduct=Decimal(1)),
    Use("local/fixed#early", HERE, warning=True),
    Use("local/graded", HERE, points=Decimal(5), rubric=RUBRIC),
    Use("local/ranged", HERE, deduct=Decimal("0.5"), deduct_to=Decimal(4)),
)
SCHEME = Ruleset(
    id="s",
    title=said("s"),
    version="1",
    sha256="0" * 64,
    full_marks=Decimal(10),
    pass_mark=Decimal(6),
    bands=(),
    veto=Veto("stop"),
    unknown="open",
    not_applicable="rescale",
    indicators=(Indicator("i", said("i"), Decimal(10), HERE, USES),),
    rules={use.rule: rule(use.rule, None if use.rule == "local/ranged" else "rows") for use in USES},
)
MANIFEST = Manifest(
    Unit("单位"),
    2024,
    ReportEntry(),
    (EvidenceItem("minutes", "attachment", "evidence/minutes.txt", "0" * 64),),
    None,
    "0" * 64,
)


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    (tmp_path / "report.md").write_text("x", encoding="utf-8")
    return Ground(SCHEME, tmp_path, MANIFEST, lambda: ("local/fixed", "other/elsewhere"))


def text(*entries: Any) -> str:
    lines = (f"  - {json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)
    return "decisions:\n" + "".join(lines)


def read(ground: Ground, *entries: dict[str, Any]) -> Decisions:
    return parse_decisions(text(*entries).encode(), "decisions.yaml", ground)


def problems(ground: Ground, data: str) -> Sequence[Problem]:
    with pytest.raises(InputError) as caught:
        parse_decisions(data.encode(), "decisions.yaml", ground)
    assert all(p.location and p.location.file == "decisions.yaml" for p in caught.value.problems)
    return caught.value.problems


def without(key: str, **more: Any) -> dict[str, Any]:
    return {k: v for k, v in GOOD.items() if k != key} | more


def test_a_decision_is_read_whole(ground: Ground) -> None:
    data = text(without("settle", record="R1", waive=True, expires="2025-12-31")).encode()
    found = parse_decisions(data, "decisions.yaml", ground)
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert found.made == (
        Decision(
            rule="local/fixed",
            measured=DIGEST,
            by="张三",
            role="办公室",
            on=date(2025, 2, 10),
            why="已核",
            evidence=("minutes",),
            place=Location("decisions.yaml", 2, 5),
            record="R1",
            waive=True,
            expires=date(2025, 12, 31),
        ),
    )
    assert found.made[0].action == "waive"


def test_each_action_is_read(ground: Ground) -> None:
    found = read(
        ground,
        GOOD,
        without("settle", record="R1", override="not_applicable"),
        without("settle", rule="local/graded", level="poor"),
        without("settle", rule="local/ranged", deduct=2.5),
    ).made
    assert [d.action for d in found] == ["settle", "override", "level", "deduct"]
    assert (found[0].settle, found[1].override) == (Outcome.PASS, Outcome.NOT_APPLICABLE)
    assert (found[2].level, found[3].deduct) == ("poor", Decimal("2.5"))


MISTAKES: dict[str, tuple[Any, str]] = {
    "two actions": ({**GOOD, "waive": True, "expires": "2025-12-31"}, "不能再写 waive"),
    "no action": (without("settle"), "没有写明怎么决定"),
    "an unknown rule": ({**GOOD, "rule": "local/fixd"}, "是否想写 local/fixed？"),
    "an unknown key": ({**GOOD, "reason": "x"}, "没有 reason 这个键"),
    "no reason": (without("why"), "缺少 why"),
    "an empty reason": ({**GOOD, "why": " "}, "须填文字"),
    "nobody": (without("by"), "缺少 by"),
    "a day there is not": ({**GOOD, "on": "2025-02-30"}, "须是存在的日期"),
    "evidence there is not": ({**GOOD, "evidence": ["minute"]}, "是否想写 minutes？"),
    "evidence that is no file": ({**GOOD, "evidence": ["../x"]}, "不能有 .."),
    "evidence that is itself": ({**GOOD, "evidence": ["decisions.yaml"]}, "不能拿自己作证"),
    "no evidence": ({**GOOD, "evidence": []}, "至少一项"),
    "an outcome there is not": ({**GOOD, "settle": "passed"}, "只能是以下之一：pass"),
    "no outcome of the engine's": ({**GOOD, "settle": "unknown"}, "只能是以下之一：pass"),
    "no digest": ({**GOOD, "measured": "0123"}, "须是量到内容的摘要"),
    "a waiver without end": (without("settle", waive=True), "expires"),
    "a waiver that is none": (without("settle", waive=False, expires="2025-12-31"), "waive 只能是 true"),
    "an end without a waiver": ({**GOOD, "expires": "2025-12-31"}, "expires 只用于豁免"),
    "an end before the beginning": (without("settle", waive=True, expires="2025-02-09"), "早于决定日"),
    "too little": (without("settle", rule="local/ranged", deduct="0.4"), "0.5 至 4"),
    "too much": (without("settle", rule="local/ranged", deduct="4.01"), "0.5 至 4"),
    "no number": (without("settle", rule="local/ranged", deduct="some"), "须是扣分的数"),
    "a level there is not": (without("settle", rule="local/graded", level="excelent"), "excellent？"),
    "a level for a record": (
        without("settle", rule="local/graded", level="poor", record="R1"),
        "不写 record",
    ),
    "no decision": ("x", "每项决定须是"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_shown_at_its_line(ground: Ground, mistake: str) -> None:
    (ground.folder / "decisions.yaml").write_text("", encoding="utf-8")
    entry, zh = MISTAKES[mistake]
    found = problems(ground, text({**GOOD, "record": "R9"}, entry))
    assert [p.location.line for p in found if p.location] == [3] * len(found)
    assert any(zh in p.message.zh for p in found), [p.message.zh for p in found]


def test_all_mistakes_at_once(ground: Ground) -> None:
    (ground.folder / "decisions.yaml").write_text("", encoding="utf-8")
    entries = [{**entry, "record": f"R{n}"} for n, (entry, _) in enumerate(MISTAKES.values()) if entry != "x"]
    found = problems(ground, text(*entries))
    assert {p.location.line for p in found if p.location} == set(range(2, len(entries) + 2))


def test_one_decision_for_a_rule_and_record(ground: Ground) -> None:
    twice = problems(ground, text(GOOD, {**GOOD, "record": "R1"}, GOOD, {**GOOD, "record": "R1"}))
    assert [(p.code, p.location.line) for p in twice if p.location] == [
        ("decisions.duplicate", 4),
        ("decisions.duplicate", 5),
    ]
    assert "第 2 行" in twice[0].message.zh
    whole = {**GOOD, "rule": "local/ranged"}
    assert [p.code for p in problems(ground, text(whole, {**whole, "record": "report"}))] == [
        "decisions.duplicate"
    ]


def test_a_rule_of_another_ruleset_is_no_mistake(ground: Ground) -> None:
    others = ("other/elsewhere", "local/fixed#late")
    found = read(ground, *({**GOOD, "rule": name} for name in others)).made
    assert tuple(d.rule for d in found) == others


def test_what_one_ruleset_leaves_open_another_may_not(ground: Ground) -> None:
    found = read(ground, without("settle", deduct=99), without("settle", rule="other/elsewhere", level="x"))
    assert len(found.made) == 2


def test_files_of_the_submission_are_evidence(ground: Ground) -> None:
    assert read(ground, {**GOOD, "evidence": ["report.md", "minutes"]}).made[0].evidence[0] == "report.md"


def test_no_more_than_can_be_read_is_told(ground: Ground) -> None:
    found = problems(ground, text(*({"rule": f"r{n}"} for n in range(300))))
    assert (len(found), found[-1].code) == (201, "decisions.more")


# Forms ----------------------------------------------------------------------------------------------


def form(record: str | None = None, name: str = "local/fixed") -> Form:
    offers = (("settle", said("pass or fail")), ("waive", said("true")))
    return Form(name, said("t"), said("two\nlines: [x]"), DIGEST, offers, record)  # type: ignore[arg-type]


def test_a_form_left_blank_is_no_decision(ground: Ground) -> None:
    made = written((form(), form("R1")), "zh")
    found = parse_decisions(made.encode(), "decisions.yaml", ground)
    assert (found.made, found.unfilled) == ((), 2)


def test_a_form_filled_in_is_one(ground: Ground) -> None:
    made = written((form(), form("R1")), "zh")
    head, _, last = made.rpartition("- rule:")
    for key, value in {k: GOOD[k] for k in ("by", "role", "on", "why")}.items():
        last = last.replace(f"  {key}:\n", f"  {key}: {value}\n")
    last = last.replace("  settle:  #", "  settle: fail  #").replace("evidence: []", "evidence: [minutes]")
    found = parse_decisions(f"{head}- rule:{last}".encode(), "decisions.yaml", ground)
    assert [(d.record, d.settle, d.waive) for d in found.made] == [("R1", Outcome.FAIL, False)]
    assert found.unfilled == 1
    half = last.replace("  why: 已核\n", "  why:\n")
    [problem] = problems(ground, f"{head}- rule:{half}")
    assert problem.location is not None
    assert f"{head}- rule:{half}".split("\n")[problem.location.line or 0 :] == ["  evidence: [minutes]", ""]


@pytest.mark.parametrize("data", ["", "decisions:\n", "decisions: []\n", "decisions: # none yet\n"])
def test_a_file_may_be_empty(ground: Ground, data: str) -> None:
    if data:
        assert parse_decisions(data.encode(), "decisions.yaml", ground).made == ()
    else:
        assert problems(ground, data)


@pytest.mark.parametrize(
    "before",
    [
        text(GOOD),
        "decisions: []\n",
        "# ours, not decisions: []\ndecisions: []\n",
        f"decisions:\n- {json.dumps(GOOD)}",
    ],
)
def test_forms_are_added_below(ground: Ground, before: str) -> None:
    after, number = added(before.encode(), "decisions.yaml", (form(), form("R1"), form("R 2: x")), "en")
    there = before.count('"rule"')
    assert number == 3 - there
    assert parse(after, "x").data["decisions"][:there] == (parse(before, "x").data["decisions"] or [])[:there]
    assert parse_decisions(after.encode(), "decisions.yaml", ground).unfilled == number
    again, more = added(after.encode(), "decisions.yaml", (form(), form("R1"), form("R 2: x")), "en")
    assert (again, more) == (after, 0)


NO_ROOM = (
    "decisions: [{rule: a, measured: b}]\n",
    "[]",
    "x",
    "decisions: x",
    "other: 1",
    "decisions: {a: 1}",
)


@pytest.mark.parametrize("before", NO_ROOM)
def test_nothing_is_added_where_there_is_no_room(before: str) -> None:
    with pytest.raises(InputError, match="in place"):
        added(before.encode(), "decisions.yaml", (form(),), "en")


@pytest.mark.parametrize("before", ["", "# decisions: []\n"])
def test_an_empty_file_is_begun(ground: Ground, before: str) -> None:
    after, number = added(before.encode(), "decisions.yaml", (form(),), "en")
    assert (after.startswith(before), number) == (True, 1)
    assert parse_decisions(after.encode(), "decisions.yaml", ground).unfilled == 1


# Where it is ----------------------------------------------------------------------------------------


def test_the_file_of_a_folder(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("x", encoding="utf-8")
    named = tmp_path / "elsewhere.yaml"
    assert decisions_path(tmp_path) is None
    assert decisions_path(report) is None
    assert decisions_path(report, named) == decisions_path(tmp_path, named) == named
    (tmp_path / "decisions.yaml").write_text("", encoding="utf-8")
    assert decisions_path(tmp_path) == tmp_path / "decisions.yaml"
    assert decisions_path(report) is None


@pytest.mark.parametrize("name", ["decisions.yml", "Decisions.yaml"])
def test_a_misnamed_file_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"rename .* to decisions\.yaml"):
        decisions_path(tmp_path)


def test_no_link_leads_out(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside.yaml").write_text("decisions:\n", encoding="utf-8")
    (tmp_path / "inside" / "decisions.yaml").symlink_to(tmp_path / "outside.yaml")
    with pytest.raises(InputError):
        decisions_path(tmp_path / "inside")


def test_a_file_that_is_not_there(tmp_path: Path, ground: Ground) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_decisions(tmp_path / "none.yaml", ground)
