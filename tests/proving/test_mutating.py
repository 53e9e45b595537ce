"""Changes of a rule that no case notices are listed; what cannot be told apart is proved, or stated."""

from pathlib import Path

from checker import library, proving
from checker.expression import Compiler
from checker.proving import Proof
from checker.proving.mutants import mutants, scopes
from tests.proving.conftest import RULE, MakeHome

# Each of these fails on its own part of the rule.
CASES = """\
- name: 三条够，两条不够，空白栏目不算
  given:
    website_columns:
      - {column_id: L1, name: 甲, state: 正常, item_count: 4}
      - {column_id: L2, name: 乙, state: 正常, item_count: 2}
      - {column_id: L3, name: 丙, state: 空白, item_count: 0}
      - {column_id: L4, state: 正常, item_count: 0}
  outcome: fail
  occurrences: 1
- name: 名称一栏没有
  given: {website_columns: [{column_id: L1, name: missing, state: 正常, item_count: 2}]}
  outcome: unknown
- name: 另一种状态
  given: {website_columns: [{column_id: L1, name: 甲, state: 过期, item_count: 3}]}
  outcome: pass
"""


def proof(scheme: Path) -> Proof:
    [found] = proving.mutate(scheme, ["local/rule"])
    return found


def survivors(scheme: Path) -> list[str]:
    return [name for name, _ in proof(scheme).survivors]


def test_what_no_case_notices_is_listed_with_its_line(home: MakeHome) -> None:
    scheme = home("- {name: 没有栏目, given: {website_columns: []}, outcome: not_applicable}")
    found = proof(scheme)
    told = {name: place.line for name, place in found.survivors}
    assert told["where: has_name -> ×"] == 6
    assert told['where: state != "空白" -> ×'] == 6
    assert told["assert: item_count >= 3 -> item_count == 3"] == 7
    assert told["degree: all -> share"] == 1
    assert "assert: item_count >= 3 -> item_count > 3" not in told, "the example that passes has 3"
    assert found.killed == found.mutants - len(found.survivors)


def test_enough_cases_leave_none(home: MakeHome) -> None:
    assert survivors(home(CASES)) == []


def test_a_rule_whose_cases_fail_is_not_tried(home: MakeHome) -> None:
    found = proof(home("- {name: 没有栏目, given: {website_columns: []}, outcome: pass}"))
    assert (found.mutants, found.survivors) == (0, ())
    assert [p.code for p in found.wrong] == ["case.outcome"]


def test_a_change_may_be_said_to_make_no_difference(home: MakeHome) -> None:
    rule = RULE.replace("item_count >= 3", "item_count >= 3 && item_count >= 2")
    scheme = home(CASES, rule)
    idle = ["assert: item_count >= 2 -> ×"]
    assert idle[0] in survivors(scheme)
    entries = "".join(
        f"- {{equivalent: '{name}', why: {{zh: 前一项已含, en: Implied.}}}}\n" for name in survivors(scheme)
    )
    cases = scheme.parent / "cases" / "local" / "rule.yaml"
    cases.write_text(CASES + entries, encoding="utf-8")
    found = proof(scheme)
    assert (found.survivors, found.wrong) == ((), ())
    assert found.documented == entries.count("equivalent")


def test_an_entry_that_excuses_nothing_is_told(home: MakeHome) -> None:
    entry = "- {equivalent: 'assert: item_count >= 3 -> item_count > 3', why: {zh: 错, en: Wrong.}}\n"
    [problem] = proof(home(CASES + entry)).wrong
    assert problem.location is not None
    assert problem.location.line == CASES.count("\n") + 1
    assert "no such change survives" in problem.message.en


def test_every_part_of_a_rule_is_changed() -> None:
    chosen = proving.suite(
        names=["release-review/opinions-not-stock-phrases", "policy-interpretation/coverage"]
    )
    compiler = Compiler(scope for rule in chosen.rules for scope in scopes(rule))
    names = [m.name for rule in chosen.rules for m in mutants(rule, chosen.vocabulary, compiler)]
    for kind in ("effective.from:", "when:", "where:", "assert:", "parameters.", "measures.", "degree:"):
        assert any(name.startswith(kind) for name in names), kind
    assert len(names) == len(set(names)) or any(name.endswith("#2") for name in names)


def test_a_rule_is_the_same_size_as_before() -> None:
    """A change changes one thing: id, words and examples stay."""
    chosen = proving.suite(names=["policy-interpretation/coverage"])
    [rule] = chosen.rules
    for mutant in mutants(rule, chosen.vocabulary, Compiler(scopes(rule))):
        assert (mutant.rule.id, mutant.rule.examples, mutant.rule.message) == (
            rule.id,
            rule.examples,
            rule.message,
        )
        assert mutant.rule != rule


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    known = tuple(library.rules())
    assert proving.sampled(known, 25, 1) == proving.sampled(known, 25, 1)
    assert len(proving.sampled(known, 25, 1)) == 25
    assert proving.sampled(known, 25, 1) != proving.sampled(known, 25, 2)
    assert set(proving.sampled(known[:3], 25, 1)) == set(known[:3])
