"""Rule and ruleset files: what is read from them, and every mistake at its place, all at once."""

import hashlib
import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from checker.bilingual import Bilingual
from checker.errors import Problem, RulesetError
from checker.expression import Compiler, Scope, evaluate, formula, rule_in_words
from checker.facts import Collection, Field, FieldType, Vocabulary
from checker.ruleset import Parameter, Rule, Ruleset, Scale, Signature
from checker.ruleset_yaml import load_library, load_rule, load_ruleset, parse_ruleset


def field(name: str, type: FieldType, zh: str, scale: int = 1) -> Field:
    return Field(name, type, Bilingual(zh, name), None, scale)


VOCABULARY = Vocabulary(
    {
        f.name: f
        for f in (
            field("report.year", "number", "报告年度"),
            field("report.text", "prose", "正文"),
            field("section_five.text", "prose", "第五部分"),
            field("fees", "amount", "收费金额", 1_000_000),
            field("applications.new.total", "count", "新收总计"),
        )
    },
    {
        "applications.columns": Collection(
            "applications.columns",
            "column",
            Bilingual("列", "column"),
            (
                field("new", "count", "本年新收"),
                field("carried_in", "count", "上年结转"),
                field("handled", "count", "办结"),
                field("carried_out", "count", "结转下年"),
            ),
        ),
        "claims.reviews": Collection(
            "claims.reviews",
            "claim",
            Bilingual("复议陈述", "statement on reviews"),
            (field("value", "number", "数"), field("whole", "flag", "全部"), field("unit", "text", "单位")),
        ),
        "claims.fees_charged": Collection(
            "claims.fees_charged",
            "claim",
            Bilingual("收费陈述", "statement on fees"),
            (field("value", "amount", "金额", 100), field("whole", "flag", "全部")),
        ),
    },
)
LABEL = Bilingual("计量", "measure")
SIGNATURES = {
    s.name: s
    for s in (
        Signature("count", (Parameter("count", "collection"),), "count", Bilingual("数量", "number"), True),
        Signature("sum", (Parameter("sum", "member"),), None, Bilingual("合计", "sum"), True),
        Signature("stated", (Parameter("stated", "claim"),), None, Bilingual("所述", "stated"), True),
        Signature("last_year", (Parameter("last_year", "previous"),), None, Bilingual("上年", "last year")),
        Signature("terms", (Parameter("terms", "terms"), Parameter("in", "prose")), "count", LABEL),
        Signature(
            "alike",
            (
                Parameter("alike", "prose"),
                Parameter("with", "prose"),
                Parameter("by", "words", required=False, choices=("words", "characters")),
            ),
            "number",
            LABEL,
        ),
        Signature("doubled", (Parameter("doubled", "field"),), None, LABEL),
    )
}

BALANCE = """\
title: {zh: 申请收办平衡, en: Received equals handled}
why:
  zh: 官方表样如此规定。
  en: The official form says so.
basis:
  - {document: 某号通知, clause: 表三, grade: national}
effective: {from: 2021-09-26}
when: report.year >= 2021
each: applications.columns
where: new >= 0
assert: |
  new + carried_in
    == handled + carried_out
message:
  zh: "{column}：收 {left}，办 {right}，新收 {new}，{report.year}"
  en: "{column}: {left} in, {right} out"
remedy: {zh: 核对。, en: Check it.}
examples:
  pass:
    applications.columns: [{new: 1, carried_in: 0, handled: 1, carried_out: 0}]
  fail:
    - report.year: 2024
    - report.year: 2025
"""

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder / "governance-checker"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


def save(library: Path, text: str, rule: str = "family/balance") -> Path:
    path = library / f"{rule}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def loaded(library: Path, text: str) -> Rule:
    return load_rule(save(library, text), library, VOCABULARY, SIGNATURES)


def refused(library: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(RulesetError) as caught:
        loaded(library, text)
    return caught.value.problems


def spots(problems: tuple[Problem, ...]) -> list[tuple[str, int | None, int | None]]:
    return [(p.code, p.location.line, p.location.character) for p in problems if p.location]


def changed(*changes: tuple[str, str]) -> str:
    text = BALANCE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_rule_is_read_whole(library: Path) -> None:
    rule = loaded(library, BALANCE)
    assert rule.id == "family/balance"
    assert rule.title == Bilingual("申请收办平衡", "Received equals handled")
    assert [(b.document, b.grade) for b in rule.basis] == [("某号通知", "national")]
    assert (rule.effective_from, rule.effective_to) == (date(2021, 9, 26), None)
    assert rule.assertion.reads == ("new", "carried_in", "handled", "carried_out")
    assert (rule.assertion.place.line, rule.assertion.place.character) == (12, 3)
    assert rule.when is not None
    assert (rule.when.place.line, rule.when.place.character) == (8, 7)
    assert rule.where is not None
    assert (rule.each, rule.degree, rule.judgement) == ("applications.columns", "all", False)
    assert len(rule.examples["pass"]) == 1
    assert rule.examples["fail"] == ({"report.year": "2024"}, {"report.year": "2025"})
    assert re.fullmatch("[0-9a-f]{64}", rule.sha256)


def test_a_rule_reads_in_words(library: Path) -> None:
    assert rule_in_words(loaded(library, BALANCE), VOCABULARY, "zh") == (
        "适用：报告年度 ≥ 2021",
        "列（其中 本年新收 ≥ 0）逐一：本年新收 ＋ 上年结转 ＝ 办结 ＋ 结转下年",
    )


def test_a_rule_that_no_record_can_meet_says_there_must_be_none(library: Path) -> None:
    text = re.sub(r"assert: \|\n.*\n.*\n", "assert: 'false'\n", BALANCE)
    text = re.sub(r"message:\n.*\n.*\n", "message: {zh: 甲, en: a}\n", text)
    assert rule_in_words(loaded(library, text), VOCABULARY, "zh")[-1] == "不得有：列（其中 本年新收 ≥ 0）"
    assert rule_in_words(loaded(library, text), VOCABULARY, "en")[-1] == (
        "there must be none of: column (where new ≥ 0)"
    )


# What is changed in the rule, and then: code, line, character, a piece of the sentence in both languages.
RULE_MISTAKES = [
    (("why:", "wy:"), ("schema.required", 1, 1), "缺少 why", "why is missing"),
    (("  en: The official form says so.\n", ""), ("schema.required", 2, 1), "缺少 en", "en is missing"),
    (("en: Check it.", 'en: " "'), ("schema", 17, 23), "不能为空", "some text is needed"),
    (("where:", "wehre:"), ("schema.unknown-key", 10, 1), "是否想写 where？", "did you mean where?"),
    (("{zh: 核对。, en: Check it.}", "核对"), ("schema", 17, 9), "zh 和 en", "zh and en"),
    (("national", "natonal"), ("schema.choice", 6, 41), "是否想写 national？", "did you mean national?"),
    (("2021-09-26", "2021-13-26"), ("schema", 7, 19), "须是日期", "a date is needed"),
    (
        ("{from: 2021-09-26}", "{from: 2021-09-26, to: 2020-01-01}"),
        ("rule.effective", 7, 35),
        "没有一天适用",
        "no day falls in it",
    ),
    (("{from: 2021-09-26}", "{}"), ("schema", 7, 12), "不能是空的", "must not be empty"),
    (
        ("each: applications.columns", "each: applications.colums"),
        ("rule.each", 9, 7),
        "是否想写 applications.columns？",
        "did you mean applications.columns?",
    ),
    (
        ("    == handled", "    == hanled"),
        ("expression.unknown-name", 13, 8),
        "是否想写 handled？",
        "did you mean handled?",
    ),
    (
        ("when: report.year >= 2021", "when: '\"中文\" == report.year'"),
        ("expression.types", 8, 13),
        "文字和整数",
        "text and a whole number",
    ),
    (("when: report.year", "when: new"), ("expression.unknown-name", 8, 7), "没有名为 new", "no field new"),
    (("assert: |", "assert: >"), ("expression.folded", 11, 9), "折行", "folding"),
    (("where: new >= 0", "where: new\n  >= 0"), ("expression.folded", 10, 8), "折行", "folding"),
    (("收 {left}", "收 {carried_inn}"), ("rule.hole", 15, 19), "写 carried_in？", "mean carried_in?"),
    (("收 {left}", "收 {colum}"), ("rule.hole", 15, 19), "是否想写 column？", "did you mean column?"),
    (("{left} in", "{left} } in"), ("rule.hole", 16, 25), "{} 无处可取", "nothing fills {}"),
    (("收 {left}", "收 {report.text}"), ("rule.hole", 15, 19), "长文本", "long text"),
    (("en: Check it.", 'en: "Check {column}."'), ("rule.hole", 17, 30), "改法对每", "a remedy is the same"),
    (
        ("    == handled + carried_out", "    == 1 && handled == 1"),
        ("rule.hole", 15, 19),
        "没有左右两边",
        "it has no sides",
    ),
    (("  pass:\n", "  passes:\n"), ("schema.required", 18, 1), "缺少 pass", "pass is missing"),
    (("    - report.year: 2024\n", "    - x\n"), ("schema", 22, 5), "一份事实", "facts are needed"),
    (("where: new >= 0", "degree: half"), ("schema.choice", 10, 9), "all, share", "all, share"),
    (("where: new >= 0", "judgement: yes"), ("schema", 10, 12), "true 或 false", "true or false"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "spot", "zh", "en"), RULE_MISTAKES)
def test_a_mistake_in_a_rule(
    library: Path, change: tuple[str, str], spot: tuple[str, int, int], zh: str, en: str
) -> None:
    problems = refused(library, changed(change))
    problem = next((p for p in problems if spots((p,)) == [spot]), None)
    assert problem is not None, spots(problems)
    assert zh in problem.message.zh
    assert en in problem.message.en


def test_a_problem_shows_the_line_with_the_place_marked(library: Path) -> None:
    (problem,) = refused(library, changed(("    == handled", "    == hanled")))
    assert problem.in_language("en").endswith(
        "balance.yaml:13:8: there is no field hanled here; did you mean handled?\n"
        "        == hanled + carried_out\n"
        "           ^"
    )


def test_a_rule_without_each_has_neither_where_nor_shares(library: Path) -> None:
    text = re.sub("each: .*\n", "degree: share\n", BALANCE).replace(
        "where: new >= 0", "where: report.year > 1"
    )
    problems = refused(library, text)
    assert ("rule.needs-each", 10, 1) in spots(problems)
    assert ("rule.needs-each", 9, 1) in spots(problems)


# A measure as written, and the measure's field type where it is accepted.
@pytest.mark.parametrize(
    ("written", "returns"),
    [
        ("{count: claims.reviews}", "count"),
        ("{count: claims.reviews, where: whole && unit == '件' && report.year > 2000}", "count"),
        ("{sum: claims.reviews.value}", "number"),
        ("{sum: claims.fees_charged.value}", "amount"),
        ("{stated: claims.fees_charged, where: whole}", "amount"),
        ("{last_year: carried_out}", "count"),
        ("{last_year: fees}", "amount"),
        ("{terms: {帐号: 账号}, in: report.text}", "count"),
        ("{terms: [帐号], in: previous.report.text}", "count"),
        ("{alike: section_five.text, with: previous.section_five.text}", "number"),
        ("{alike: section_five.text, with: report.text, by: words}", "number"),
        ("{doubled: applications.new.total}", "count"),
    ],
)
def test_a_measure(library: Path, written: str, returns: str) -> None:
    text = changed(("where: new >= 0\n", f"measures:\n  n: {written}\n"), ("收 {left}", "收 {n}"))
    (measure,) = loaded(library, text).measures
    assert (measure.name, measure.returns) == ("n", returns)
    assert (measure.where is not None) is ("where" in written)


@pytest.mark.parametrize(
    ("written", "spot", "zh", "en"),
    [
        ("{cuont: claims.reviews}", ("measure.unknown", 11, 7), "是否想写 count？", "did you mean count?"),
        (
            "{count: claims.revews}",
            ("measure.argument", 11, 14),
            "是否想写 claims.reviews？",
            "mean claims.reviews?",
        ),
        ("{count: [a]}", ("measure.argument", 11, 14), "须是一个名称", "a name is needed"),
        (
            "{sum: claims.reviews.valu}",
            ("measure.argument", 11, 12),
            "是否想写 value？",
            "did you mean value?",
        ),
        ("{sum: value}", ("measure.argument", 11, 12), "记录组.字段", "collection.field"),
        ("{stated: applications.columns}", ("measure.argument", 11, 15), "claims.", "claims."),
        (
            "{last_year: carried_uot}",
            ("measure.argument", 11, 18),
            "是否想写 carried_out？",
            "mean carried_out?",
        ),
        ("{terms: [], in: report.text}", ("measure.argument", 11, 14), "误写: 正写", "wrong: right"),
        (
            '{terms: [a, "b\\nc"], in: report.text}',
            ("measure.argument", 11, 14),
            "在一行内",
            "each on one line",
        ),
        ('{terms: [a, " "], in: report.text}', ("measure.argument", 11, 14), "在一行内", "each on one line"),
        ("{terms: [a]}", ("measure.missing", 11, 3), "缺少 in", "needs in"),
        ("{terms: [a], in: fees}", ("measure.argument", 11, 23), "不是长文本", "not a long text"),
        (
            "{terms: [a], in: report.txt}",
            ("measure.argument", 11, 23),
            "是否想写 report.text",
            "mean report.text",
        ),
        ("{terms: [a], inn: report.text}", ("measure.key", 11, 19), "是否想写 in？", "did you mean in?"),
        ("{last_year: fees, where: new > 0}", ("measure.key", 11, 24), "不能用 where", "takes no where"),
        (
            "{alike: report.text, with: report.text, by: word}",
            ("measure.argument", 11, 50),
            "是否想写 words？",
            "did you mean words?",
        ),
        (
            "{count: claims.reviews, where: valeu > 1}",
            ("expression.unknown-name", 11, 37),
            "是否想写 value？",
            "did you mean value?",
        ),
    ],
)
def test_a_mistake_in_a_measure(
    library: Path, written: str, spot: tuple[str, int, int], zh: str, en: str
) -> None:
    text = changed(("where: new >= 0\n", f"measures:\n  n: {written}\n"), ("收 {left}", "收 {n}"))
    problems = refused(library, text)
    problem = next((p for p in problems if spots((p,)) == [spot]), None)
    assert problem is not None, spots(problems)
    assert zh in problem.message.zh
    assert en in problem.message.en


def test_names_of_measures(library: Path) -> None:
    text = changed(
        (
            "where: new >= 0\n",
            "measures:"
            + "".join(f"\n  {n}: {{count: claims.reviews}}" for n in ("new", "Total", "unused"))
            + "\n",
        )
    )
    problems = refused(library, text)
    assert spots(problems) == [("measure.name", 11, 3), ("schema", 12, 3)]
    only_unused = text.replace("  new: {count: claims.reviews}\n", "").replace("  Total:", "  total:")
    assert [p.code for p in refused(library, only_unused)] == ["measure.unused", "measure.unused"]


def test_a_broken_measure_is_not_told_twice(library: Path) -> None:
    text = changed(
        ("where: new >= 0\n", "measures:\n  n: {count: claims.revews}\n"),
        ("    == handled", "    + n == handled"),
    )
    assert [p.code for p in refused(library, text)] == ["measure.argument"]


def test_measures_may_be_read_in_when_where_the_rule_has_no_each(library: Path) -> None:
    text = re.sub("each: .*\nwhere: .*\n", "measures:\n  n: {count: claims.reviews}\n", BALANCE)
    text = re.sub(r"assert: \|\n.*\n.*\n", "assert: n == applications.new.total\n", text)
    text = text.replace("when: report.year >= 2021", "when: n > 0")
    text = re.sub(r"message:\n.*\n.*\n", 'message: {zh: "{n} {left}", en: "{n} {right}"}\n', text)
    rule = loaded(library, text)
    scope = Scope.of(VOCABULARY, rule.each, rule.measures)
    assert formula(rule.assertion, scope, "zh") == "数量（复议陈述） ＝ 新收总计"


def test_a_library_tells_the_mistakes_of_all_files(library: Path) -> None:
    save(library, changed(("national", "natonal")), "a/first")
    save(library, BALANCE, "a/good")
    save(library, "title: [", "b/broken")
    save(library, changed(("when: report.year", "when: report.yaer")), "b/second")
    (library / "b" / "third.yml").write_text(BALANCE, encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        load_library([library], VOCABULARY, SIGNATURES)
    named = [Path(p.location.file).name for p in caught.value.problems if p.location]
    assert named == ["first.yaml", "broken.yaml", "second.yaml", "third.yml"]


def test_a_library_is_in_the_order_of_ids(library: Path, tmp_path: Path) -> None:
    for rule in ("b/two", "a/three", "b/one"):
        save(library, BALANCE, rule)
    assert list(load_library([library], VOCABULARY, SIGNATURES)) == ["a/three", "b/one", "b/two"]
    other = tmp_path / "other"
    save(other, BALANCE, "b/one")
    with pytest.raises(RulesetError) as caught:
        load_library([library, other], VOCABULARY, SIGNATURES)
    assert [p.code for p in caught.value.problems] == ["library.file"]


def test_what_was_validated_before_is_not_validated_again(
    library: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = changed(("where: new >= 0\n", "measures:\n  n: {count: claims.reviews, where: whole}\n"))
    save(library, BALANCE, "a/plain")
    save(library, measured.replace("收 {left}", "收 {n}"), "a/measured")
    fresh = load_library([library], VOCABULARY, SIGNATURES)
    assert fresh["a/measured"].measures[0].where is not None
    monkeypatch.setitem(sys.modules, "yaml", None)
    assert load_library([library], VOCABULARY, SIGNATURES) == fresh
    save(library, f"# a note\n{BALANCE}", "a/plain")
    with pytest.raises(ImportError):
        load_library([library], VOCABULARY, SIGNATURES)
    assert len(list(cache.iterdir())) == 1


def test_expressions_that_were_checked_are_not_checked_again(
    library: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = loaded(library, BALANCE)
    with monkeypatch.context() as patch:
        patch.setattr(Compiler, "check", None)
        again = loaded(library, BALANCE)
    assert again == fresh
    assert again.assertion.compiled.placed_root() == fresh.assertion.compiled.placed_root()
    values = {"new": 1, "carried_in": 1, "carried_out": 0}
    assert evaluate(again.assertion, {**values, "handled": 2})
    assert not evaluate(again.assertion, {**values, "handled": 1})


@pytest.mark.parametrize("note", [None, 1, [], ["", "", []], ["assert", "?", 5]])
def test_a_note_that_says_something_else_does_no_harm(library: Path, cache: Path, note: object) -> None:
    fresh = loaded(library, BALANCE)
    (kept,) = cache.iterdir()
    content = json.loads(kept.read_bytes().partition(b"\n")[2])
    notes = content["family/balance"][2]
    notes.update(dict.fromkeys(notes, note))
    kept.write_bytes(signed(json.dumps(content).encode()))
    assert loaded(library, BALANCE) == fresh


def test_expressions_are_checked_again_and_mistakes_keep_their_places(library: Path, cache: Path) -> None:
    loaded(library, BALANCE)
    assert list(cache.iterdir())
    columns = VOCABULARY.collections["applications.columns"]
    fewer = replace(columns, fields=tuple(f for f in columns.fields if f.name != "handled"))
    smaller = replace(VOCABULARY, collections={"applications.columns": fewer})
    with pytest.raises(RulesetError) as caught:
        load_rule(library / "family/balance.yaml", library, smaller, SIGNATURES)
    assert spots(caught.value.problems) == [("expression.unknown-name", 13, 8)]


def signed(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"{}",
        b"\xff",
        b"0" * 64 + b"\n{}",
        signed(b"{}"),
        signed(b"[]"),
        signed(b'{"family/balance": 1}'),
    ],
)
def test_a_damaged_cache_does_no_harm(library: Path, cache: Path, spoilt: bytes) -> None:
    fresh = loaded(library, BALANCE)
    (kept,) = cache.iterdir()
    kept.write_bytes(spoilt)
    assert loaded(library, BALANCE) == fresh
    assert kept.read_bytes() != spoilt


def test_a_cache_that_cannot_be_written_does_no_harm(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert loaded(library, BALANCE) == loaded(library, BALANCE)


def test_the_cache_does_not_grow_without_end(library: Path, cache: Path) -> None:
    for number in range(20):
        loaded(library, f"{BALANCE}# {number}\n")
    assert len(list(cache.iterdir())) == 16


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe\x00", b"- a\n- b", b"title: " + b"[" * 100_000, b"a: &x 1\nb: *x", b"\x00\x01\x02"],
)
def test_hostile_files_are_problems(library: Path, data: bytes) -> None:
    (library / "x.yaml").write_bytes(data)
    with pytest.raises(RulesetError) as caught:
        load_library([library], VOCABULARY, SIGNATURES)
    assert all(p.location is not None and p.location.file.endswith("x.yaml") for p in caught.value.problems)


RULESET = """\
title: {zh: 年报, en: Annual report}
version: 2024.10
applies_to: {years: [2021, ]}
full_marks: 100
pass_mark: {at_least: 60}
bands:
  - {name: {zh: 优秀, en: excellent}, at_least: 90}
  - {name: {zh: 合格, en: fair}, at_least: 60}
veto: {scoring: cap, points: 59.5}
unknown: open
not_applicable: rescale
indicators:
  - id: form
    title: {zh: 格式, en: Form}
    points: 40
    floor: 10
    rules:
      - {rule: family/deducted, deduct: 0.5, per: occurrence, cap: 5}
      - {rule: family/vetoed, veto: true}
  - id: tables
    title: {zh: 表格, en: Tables}
    points: 60
    indicators:
      - id: table-three
        title: {zh: 表三, en: Table 3}
        points: 59.9
        rules:
          - {rule: family/scaled, points: 59.9, scale: {full_at: 1.0, zero_at: 0.5}}
      - id: table-four
        title: {zh: 表四, en: Table 4}
        points: 0.1
        rules:
          - {rule: family/plain, points: 0.1}
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rule]:
    library = tmp_path_factory.mktemp("rules")
    save(library, BALANCE, "family/deducted")
    save(library, BALANCE, "family/vetoed")
    save(library, changed(("where:", "degree: share\nwhere:")), "family/scaled")
    save(library, changed(("national", "practice")), "family/plain")
    without = re.sub("each: .*\nwhere: .*\n", "", BALANCE).replace("new + carried_in", "report.year")
    without = without.replace("handled + carried_out", "2024")
    without = re.sub(r"message:\n.*\n.*\n", "message: {zh: 甲, en: a}\n", without)
    save(library, without, "family/whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return load_library([library], VOCABULARY, SIGNATURES)


def test_a_ruleset_is_read_whole(rules: dict[str, Rule], tmp_path: Path) -> None:
    path = tmp_path / "annual-report.yaml"
    path.write_text(RULESET, encoding="utf-8")
    ruleset = load_ruleset(path, rules)
    assert (ruleset.id, ruleset.version, ruleset.years) == ("annual-report", "2024.10", (2021, None))
    assert (ruleset.full_marks, ruleset.pass_mark) == (Decimal(100), Decimal(60))
    assert [b.at_least for b in ruleset.bands] == [Decimal(90), Decimal(60)]
    assert (ruleset.veto.scoring, ruleset.veto.points) == ("cap", Decimal("59.5"))
    form, tables = ruleset.indicators
    assert (form.floor, form.place.line) == (Decimal(10), 13)
    assert (form.uses[0].deduct, form.uses[0].per, form.uses[0].cap) == (
        Decimal("0.5"),
        "occurrence",
        Decimal(5),
    )
    assert form.uses[1].veto
    assert tables.indicators[0].uses[0].scale == Scale(Decimal("1.0"), Decimal("0.5"))
    assert tables.indicators[1].points == Decimal("0.1")
    assert load_ruleset(path, rules) == ruleset, "the second time from the cache"
    assert sorted(ruleset.rules) == ["family/deducted", "family/plain", "family/scaled", "family/vetoed"]


def test_the_digest_covers_the_ruleset_and_the_rules_it_uses(rules: dict[str, Rule], tmp_path: Path) -> None:
    def digest(text: str, given: dict[str, Rule]) -> str:
        found: Ruleset = parse_ruleset("x", text, given)
        return found.sha256

    before = digest(RULESET, rules)
    assert digest(RULESET, rules) == before
    assert digest(RULESET.replace("open", "costs"), rules) != before
    other = load_rule(save(tmp_path, BALANCE + "# a note\n"), tmp_path, VOCABULARY, SIGNATURES)
    assert digest(RULESET, {**rules, "family/plain": other}) != before
    assert digest(RULESET, {**rules, "family/whole": other}) == before


def ruleset_problems(text: str, rules: dict[str, Rule]) -> tuple[Problem, ...]:
    with pytest.raises(RulesetError) as caught:
        parse_ruleset("x", text, rules)
    return caught.value.problems


RULESET_MISTAKES = [
    ("version: 2024.10\n", "", ("schema.required", 1, 1), "缺少 version"),
    ("[2021, ]", "[2021, 2020]", ("ruleset.years", 3, 21), "晚于终止年度"),
    ("[2021, ]", "[twenty]", ("schema", 3, 22), "须是年度"),
    ("full_marks: 100", "full_marks: 99", ("ruleset.full-marks", 4, 13), "之和是 100"),
    ("full_marks: 100", "full_marks: many", ("schema", 4, 13), "大于 0"),
    ("pass_mark: {at_least: 60}", "pass_mark: {at_least: 101}", ("ruleset.range", 5, 23), "超过满分"),
    ("at_least: 90}", "at_least: 50}", ("ruleset.bands", 8, 42), "由高到低"),
    ("{scoring: cap, points: 59.5}", "{scoring: cap}", ("ruleset.veto", 9, 1), "须写明 points"),
    ("{scoring: cap, points: 59.5}", "{scoring: stop, points: 1}", ("ruleset.veto", 9, 23), "不用 points"),
    ("{scoring: cap, points: 59.5}", "{scoring: cap, points: 300}", ("ruleset.range", 9, 30), "超过满分"),
    ("unknown: open", "unknown: opne", ("schema.choice", 10, 10), "是否想写 open？"),
    ("unknown: open", "unknown: open\nbonus: {cap: 30}", ("schema.required", 11, 1), "缺少 rules"),
    ("id: tables", "id: form", ("indicator.id", 20, 9), "第 13 行已有"),
    ("id: tables", "id: Tables 2", ("schema", 20, 9), "小写英文字母"),
    ("    points: 60", "    points: 59", ("indicator.sum", 22, 13), "之和是 60.0"),
    ("points: 59.9\n", "points: 59.8\n", ("indicator.sum", 26, 17), "之和是 59.9"),
    ("floor: 10", "floor: 41", ("indicator.floor", 16, 12), "超过分值 40"),
    ("    floor: 10", "    bonis: 10", ("schema.unknown-key", 16, 5), "没有 bonis"),
    ("family/deducted", "family/deduted", ("use.unknown-rule", 18, 16), "是否想写 family/deducted？"),
    ("family/plain", "family/scaled", ("use.twice", 33, 20), "已在第 28 行用过"),
    ("points: 0.1}", "points: 0.1, deduct: 1}", ("use.worth", 33, 13), "恰有一个（现在：points、deduct）"),
    ("deduct: 0.5, per: occurrence, cap: 5", "per: occurrence", ("use.worth", 18, 9), "一个也没有"),
    ("cap: 5}", "cap: 0.4}", ("use.cap", 18, 68), "低于一次扣分"),
    ("cap: 5}", "cap: 5, scale: {full_at: 1, zero_at: 0}}", ("use.extra", 18, 71), "points / weight 同用"),
    ("full_at: 1.0, zero_at: 0.5", "full_at: 0.5, zero_at: 0.5", ("use.scale", 28, 49), "大于 zero_at"),
    ("full_at: 1.0", "full_at: 90", ("schema", 28, 66), "0 到 1"),
    ("family/scaled, points: 59.9", "family/whole, points: 59.9", ("use.scale", 28, 48), "degree: share"),
    ("family/deducted", "family/whole", ("use.per", 18, 43), "不能按处扣分"),
    ("family/vetoed", "family/plain", ("use.veto-basis", 19, 30), "一票否决须依据"),
    ("veto: true", "veto: false", ("use.veto", 19, 37), "只能是 true"),
]


@pytest.mark.parametrize(("old", "new", "spot", "zh"), RULESET_MISTAKES)
def test_a_mistake_in_a_ruleset(
    rules: dict[str, Rule], old: str, new: str, spot: tuple[str, int, int], zh: str
) -> None:
    assert RULESET.count(old) == 1, old
    problems = ruleset_problems(RULESET.replace(old, new), rules)
    problem = next((p for p in problems if spots((p,)) == [spot]), None)
    assert problem is not None, spots(problems)
    assert zh in problem.message.zh


def test_twelve_mistakes_are_told_in_one_go(rules: dict[str, Rule]) -> None:
    text = RULESET
    for old, new in (
        ("title: {zh: 年报, en: Annual report}", "title: {zh: 年报}"),
        ("version: 2024.10", "verzion: 2024.10"),
        ("[2021, ]", "[2021, 2020]"),
        ("pass_mark: {at_least: 60}", "pass_mark: {at_least: 600}"),
        ("at_least: 90}", "at_least: 50}"),
        ("{scoring: cap, points: 59.5}", "{scoring: force}"),
        ("not_applicable: rescale", "not_applicable: rescaled"),
        ("floor: 10", "floor: 41"),
        ("family/deducted", "family/deductd"),
        ("cap: 5}", "cap: 0.4}"),
        ("id: tables", "id: form"),
    ):
        text = text.replace(old, new)
    problems = ruleset_problems(text, rules)
    assert spots(problems) == [
        ("schema.required", 1, 1),
        ("schema.required", 1, 1),
        ("schema.unknown-key", 2, 1),
        ("ruleset.years", 3, 21),
        ("ruleset.range", 5, 23),
        ("ruleset.bands", 8, 42),
        ("ruleset.veto", 9, 1),
        ("schema.choice", 11, 17),
        ("indicator.floor", 16, 12),
        ("use.unknown-rule", 18, 16),
        ("use.cap", 18, 67),
        ("indicator.id", 20, 9),
    ]
    assert all(p.excerpt for p in problems)


def test_an_indicator_must_have_something_in_it(rules: dict[str, Rule]) -> None:
    text = re.sub(r"        rules:\n          - \{rule: family/plain.*\n", "", RULESET)
    assert [p.code for p in ruleset_problems(text, rules)] == ["indicator.empty"]


def test_vetoes_bring_no_points(rules: dict[str, Rule]) -> None:
    text = re.sub(r"      - \{rule: family/deducted.*\n", "", RULESET)
    (problem,) = ruleset_problems(text, rules)
    assert "只有否决" in problem.message.zh
