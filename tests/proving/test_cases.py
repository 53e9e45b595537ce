"""Case files: what is at fault in one is told with its line; what does not hold, with what came instead."""

from pathlib import Path

import pytest

from checker import proving
from checker.errors import InputError
from tests.proving.conftest import MakeHome

ONE = "{column_id: L1, name: 甲, state: 正常, item_count: 2}"


def faults(scheme: Path) -> list[tuple[int | None, str]]:
    with pytest.raises(InputError) as raised:
        proving.test(scheme, ["local/rule"])
    return [(p.location.line if p.location else None, p.message.en) for p in raised.value.problems]


def test_every_mistake_of_their_shape_is_told_at_once(home: MakeHome) -> None:
    scheme = home(
        """
        - name: 没有结果
          given: {website_columns: []}
        - name: 写错
          given: {website_columns: []}
          outcome: failed
          occurences: 1
        - {equivalent: "assert: a -> b"}
        """
    )
    told = faults(scheme)
    assert [line for line, _ in told] == [1, 5, 6, 7]
    assert "outcome is missing" in told[0][1]
    assert "did you mean fail?" in told[1][1]
    assert "did you mean occurrences?" in told[2][1]
    assert "why is missing" in told[3][1]


def test_facts_settings_and_names_are_checked(home: MakeHome) -> None:
    scheme = home(
        """
        - name: 列名写错
          given: {website_columns: [{column_id: L1, item_cont: 3}]}
          outcome: pass
        - name: 列名写错
          given: {website_columns: []}
          outcome: not_applicable
          settings: {limit: 3}
        """
    )
    told = faults(scheme)
    assert [line for line, _ in told] == [2, 4, 7]
    assert "website_columns has no such field; did you mean item_count?" in told[0][1]
    assert told[1][1] == "there is a case named “列名写错” already"
    assert told[2][1] == "the rule has no parameter limit"


def test_a_file_of_no_rule_is_refused(home: MakeHome) -> None:
    [(line, said)] = faults(home("- {name: 甲, given: {}, outcome: pass}", name="rules"))
    assert (line, said) == (None, "there is no rule local/rules; did you mean local/rule?")


def test_a_case_that_does_not_hold_is_named_with_its_line_and_what_came(home: MakeHome) -> None:
    scheme = home(
        f"""
        - name: 应通过
          given: {{website_columns: [{ONE}]}}
          outcome: pass
        - name: 数目不对
          given: {{website_columns: [{ONE}]}}
          outcome: fail
          occurrences: 2
          share: 1/2
          says: 三条
        """
    )
    [tested] = proving.test(scheme, ["local/rule"])
    assert [(f.location.line, f.message.en) for f in tested.failures if f.location] == [
        (1, "local/rule, case “应通过”: pass was expected, fail came out (甲: 2)"),
        (4, "local/rule, case “数目不对”: occurrences was expected to be 2 and came to 1"),
        (4, "local/rule, case “数目不对”: a share of 1/2 was expected, — came out"),
        (4, "local/rule, case “数目不对”: it does not say “三条” but: 甲: 2"),
    ]


def test_the_outcomes_no_case_states_are_told(home: MakeHome) -> None:
    scheme = home(f"- {{name: 两条, given: {{website_columns: [{ONE}]}}, outcome: fail}}")
    [tested] = proving.test(scheme, ["local"])
    assert (tested.examples, tested.cases, tested.failures) == (2, 1, ())
    assert [str(o) for o in tested.reachable] == ["pass", "fail", "not_applicable", "unknown"]
    assert [str(o) for o in tested.unreached] == ["pass", "not_applicable", "unknown"]


def test_a_name_nothing_has_is_refused(home: MakeHome) -> None:
    scheme = home(f"- {{name: 两条, given: {{website_columns: [{ONE}]}}, outcome: fail}}")
    with pytest.raises(InputError, match="there is no rule local/rul; did you mean local/rule?"):
        proving.test(scheme, ["local/rul"])
