"""Ledger kinds as data: those shipped, and every mistake a third party can make in one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.errors import RulesetError
from checker.ledger import LedgerKind, collection, heading
from checker.ruleset_yaml.ledger_kinds import load_kinds

Load = Callable[..., dict[str, LedgerKind]]
SHIPPED = (
    *("accounts", "applications", "corrections", "disputes", "feature_checks", "inspections"),
    *("interpretations", "policies", "published_items", "rectifications", "reviews"),
    *("scores", "trainings", "website_columns"),
)
GOOD = """\
title: {zh: 会议台账, en: Meetings}
item: meeting
key: meeting_id
shown: [meeting_id]
columns:
  meeting_id: {type: text, required: true, label: {zh: 会议编号, en: meeting id}, aliases: [编号]}
  form: {type: text, label: {zh: 形式, en: form}, choices: {现场: [线下], 视频: [线上, online]}}
  cost: {type: amount, unit: {zh: 元, en: yuan}, scale: 100, label: {zh: 费用（元）, en: cost}}
"""


@pytest.fixture
def kinds_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def load(**texts: str) -> dict[str, LedgerKind]:
        folder = tmp_path / "ledgers"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return load_kinds([folder])

    return load


def test_shipped(root: Path) -> None:
    kinds = load_kinds([root / "rulesets" / "ledgers"])
    assert tuple(kinds) == SHIPPED
    for kind in kinds.values():
        names = {column.name for column in kind.columns}
        assert set(kind.shown) <= names
        assert kind.key is None or kind.key in names
        assert len(collection(kind).fields) == 2 * len(kind.columns)


def test_a_kind_as_declared(kinds_of: Load) -> None:
    for _ in range(2):  # the second time from the cache
        kind = kinds_of(meetings=GOOD)["meetings"]
        identity, form, cost = kind.columns
        assert (kind.id, kind.title.en, kind.item, kind.key) == (
            "meetings",
            "Meetings",
            "meeting",
            "meeting_id",
        )
        assert identity.required and identity.aliases == ("会议编号", "编号", "meeting id", "meeting_id")
        assert dict(form.choices) == {
            "现场": "现场",
            "线下": "现场",
            "视频": "视频",
            "线上": "视频",
            "online": "视频",
        }
        assert list(dict.fromkeys(form.choices.values())) == ["现场", "视频"]
        assert (cost.scale, cost.unit and cost.unit.en) == (100, "yuan")


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("item: meeting\n", "item: meeting\nsubject: x\n", "schema.unknown-key", 3, "subject"),
        ("{type: amount", "{type: money", "schema.choice", 8, "amount"),
        ("label: {zh: 形式, en: form}", "label: {zh: 形式}", "schema.required", 7, "en"),
        ("  form:", "  has_form:", "schema", 7, "has_"),
        ("  form:", "  import:", "schema", 7, "CEL"),
        ("  form:", "  Form:", "schema", 7, "小写"),
        ("item: meeting\n", "item: in\n", "schema", 2, "CEL"),
        ("shown: [meeting_id]", "shown: [meeting_no]", "ledger-kind.no-column", 4, "meeting_id"),
        ("key: meeting_id", "key: meting_id", "ledger-kind.no-column", 3, "meeting_id"),
        ("item: meeting\n", "item: form\n", "ledger-kind.item", 2, "form"),
        ("aliases: [编号]", "aliases: [形 式]", "ledger-kind.alias", 7, "meeting_id"),
        ("zh: 费用（元）", "zh: 形式（元）", "ledger-kind.alias", 8, "form"),
        ("  cost:", "  编号:", "schema", 8, "小写"),
        ("[线下]", "[线上]", "ledger-kind.choice", 7, "现场"),
        ("[线下]", "[ＯＮＬＩＮＥ]", "ledger-kind.choice", 7, "现场"),
        ("aliases: [编号]", "refers: halls", "ledger-kind.refers", 6, "halls"),
        ("aliases: [编号]", "by_title: name", "ledger-kind.no-column", 6, "name"),
        ("scale: 100", "choices: {甲: []}", "ledger-kind.type", 8, "choices"),
        ("form: {type: text,", "form: {type: text, scale: 10,", "ledger-kind.type", 7, "scale"),
    ],
)
def test_a_mistake_at_its_line(kinds_of: Load, old: str, new: str, code: str, line: int, said: str) -> None:
    assert old in GOOD
    with pytest.raises(RulesetError) as caught:
        kinds_of(meetings=GOOD.replace(old, new))
    found = [(p.code, p.location and p.location.line) for p in caught.value.problems]
    assert (code, line) in found
    assert any(said in p.message.zh + p.message.en for p in caught.value.problems if p.code == code)


def test_all_mistakes_of_all_files_at_once(kinds_of: Load) -> None:
    with pytest.raises(RulesetError) as caught:
        kinds_of(
            meetings=GOOD.replace("shown: [meeting_id]", "shown: [one, two]").replace("[线下]", "[online]"),
            halls=GOOD.replace("key: meeting_id\n", ""),
            visits=GOOD.replace("aliases: [编号]", "refers: halls"),
            broken="title: [",
        )
    found = [(p.location and Path(p.location.file).stem, p.code) for p in caught.value.problems]
    assert found.count(("meetings", "ledger-kind.no-column")) == 2
    assert ("meetings", "ledger-kind.choice") in found
    assert ("visits", "ledger-kind.refers") in found
    assert ("broken", "yaml.syntax") in found


def test_a_kind_that_appears_twice_or_is_ill_named(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "meetings.yaml").write_text(GOOD, encoding="utf-8")
    (folders[1] / "会议.yaml").write_text(GOOD, encoding="utf-8")
    (folders[1] / "halls.yml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        load_kinds(folders)
    assert [p.code for p in caught.value.problems] == ["ledger-kind.file"] * 3
    assert all(p.location and p.location.file.startswith(str(folders[1])) for p in caught.value.problems)


UNFOLD = GOOD + "unfold: {column: form, steps: {现场: [现场, 线下]}, columns: {cost: [费用]}}\n"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("column: form", "column: cost", "ledger-kind.unfold"),
        ("column: form", "column: forms", "ledger-kind.no-column"),
        ("steps: {现场", "steps: {书面", "ledger-kind.unfold"),
        ("columns: {cost: [费用]", "columns: {costs: [费用]", "ledger-kind.no-column"),
        ("aliases: [编号]", "aliases: [现场费用]", "ledger-kind.alias"),
    ],
)
def test_unfolding(kinds_of: Load, old: str, new: str, code: str) -> None:
    unfold = kinds_of(meetings=UNFOLD)["meetings"].unfold
    assert unfold is not None and unfold.steps == {"现场": ("现场", "线下")}
    with pytest.raises(RulesetError) as caught:
        kinds_of(meetings=UNFOLD.replace(old, new))
    assert code in [p.code for p in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("收费金额（元）", "收费金额"),
        (" 发布 日期 ", "发布日期"),
        ("＊ＩＤ：", "id"),
        ("Item ID", "item_id"),
        ("（备注）", "(备注)"),
        ("發布日期", "发布日期"),
    ],
)
def test_headers_are_compared_without_width_space_case_and_brackets(written: str, meant: str) -> None:
    assert heading(written) == heading(meant)
