"""The SQL executor and the reference say the same of every record, whatever the rule and the rows are."""

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb")

from checker import evaluation, measures
from checker.facts import Facts
from checker.finding import Finding
from checker.large_ledgers import Executor
from checker.large_ledgers.database import Database
from checker.ruleset import Rule
from checker.ruleset_yaml import load_rule
from tests.large_ledgers import generating
from tests.large_ledgers.generating import HEAD, VOCABULARY

MESSAGE = "message: {zh: 错, en: wrong}\n"
LINES = {
    "three in order": """\
each: things
measures:
  k: {count_distinct: parts.state, where: 'state in ["初审", "复审", "终审"] && has_who'}
  people: {count_distinct: parts.who, where: 'state in ["初审", "复审", "终审"] && has_who'}
where: k > 0
assert: people >= k
""",
    "ordered by steps": "each: things\nmeasures: {m: {ordered: parts.at, by: state}}\nassert: m\n",
    "ordered by three steps": """\
each: things
measures: {m: {ordered: parts.at, by: state, where: 'state in ["初审", "复审", "终审"]'}}
assert: m
""",
    "ordered by moments": "each: things\nmeasures: {m: {ordered: parts.order, by: at}}\nassert: m\n",
    "ordered by words": "each: things\nmeasures: {m: {ordered: parts.at, by: who}}\nassert: m\n",
    "latest": "each: things\nmeasures: {m: {max: parts.at}}\nassert: m <= done\n",
    "earliest": "each: things\nmeasures: {m: {min: parts.at}, x: {max: parts.done}}\nassert: m >= x\n",
    "different moments": "each: things\nmeasures: {m: {count_distinct: parts.at}}\nassert: m <= 2\n",
    "none of a part": "each: things\nmeasures: {m: {count: parts, where: ok}}\nassert: m == 0\n",
    "money": "each: things\nmeasures: {m: {sum: parts.money}}\nassert: m >= yuan(n) || m > wan * 2\n",
    "a sum too large": """\
each: things
measures: {m: {sum: things.order, match: none}}
assert: '[m, order].exists(each, each <= m)'
""",
    "shares": "each: things\nmeasures: {m: {share: parts.ok}}\nassert: m > 5000\n",
    "working days": "each: things\nmeasures: {m: {workdays: start, to: at, blank: zero}}\nassert: m <= 3\n",
    "first given": "each: things\nmeasures: {m: {first_given: [at, done]}}\nassert: m <= done\n",
    "self-join": "each: parts\nmeasures: {m: {count: parts, match: [who, state]}}\nassert: m == 1\n",
    "the whole": "measures: {m: {count: parts, where: has_who}}\nassert: m >= report.total\n",
    "a choice on what is missing": "each: parts\nwhere: '(ok ? false : true) || n > 1'\nassert: has_at\n",
    "a ratio of columns": """\
each: things
degree: {part: n, whole: order}
quantity: n
rectified: ok
repeated: has_who
""",
    "a ratio of measures": """\
each: things
measures: {k: {count: parts, where: has_who}, all: {count: parts}}
degree: {part: k, whole: all}
""",
    "a target": """\
parameters: {least: {type: number, value: 2, label: {zh: 少, en: least}}}
each: things
measures: {k: {count: parts}, days: {workdays: start, to: stop}}
degree: {part: k, whole: least}
quantity: days
repeated: k == 0
""",
    "a moment of the report": "each: things\nassert: at <= report.sent || has_who\n",
}


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Rule]:
    folder = tmp_path_factory.mktemp("rules")

    def made(body: str) -> Rule:
        path = folder / "rule.yaml"
        path.write_text(MESSAGE + HEAD + body, encoding="utf-8")
        return load_rule(path, folder, VOCABULARY, measures.signatures())

    return made


def both(rules: Sequence[Rule], facts: Facts) -> tuple[list[Finding], list[Finding], dict[str, str]]:
    """What the reference and what both executors together say; why rules were left to the reference.

    Rules asked together say what each says asked alone.
    """
    database = Database(threads=1)
    left: dict[str, str] = {}
    alone: list[Finding] = []
    for rule in rules:
        with Executor([rule], facts, VOCABULARY, threshold=0, database=database) as large:
            alone += evaluation.evaluate([rule], facts, VOCABULARY, large=large)
            left.update(large.left)
    named = [replace(rule, id=f"{rule.id} {place}") for place, rule in enumerate(rules)]
    with Executor(named, facts, VOCABULARY, threshold=0, database=database) as large:
        together = evaluation.evaluate(named, facts, VOCABULARY, large=large)
        left.update(large.groupings.failed)
        left.update({rule.rpartition(" ")[0]: why for rule, why in large.left.items()})
    database.close()
    quick = [replace(found, rule=rule.id) for rule, found in zip(rules, together, strict=True)]
    assert quick == alone
    slow = [evaluation.apply(rule, facts, VOCABULARY) for rule in rules]
    return slow, quick, left


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_random_rules_over_random_rows(seed: int) -> None:
    random = Random(seed)
    facts = generating.facts(random)
    with tempfile.TemporaryDirectory() as folder:
        made = [generating.rule(random, Path(folder)) for _ in range(4)]
    slow, quick, left = both([rule for rule in made if rule], facts)
    assert quick == slow
    assert not [why for why in left.values() if ": " in why]  # no statement of ours was wrong


@pytest.mark.parametrize("name", LINES)
def test_fixed_rules_over_random_rows(make: Callable[[str], Rule], name: str) -> None:
    rule = make(LINES[name])
    passed = 0
    for seed in range(8):
        slow, quick, left = both([rule], generating.facts(Random(seed)))
        assert quick == slow, seed
        assert not [why for why in left.values() if ": " in why]
        passed += slow[0].checked - len(slow[0].occurrences)
    assert passed > 0


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_the_order_of_rows_changes_no_result(seed: int) -> None:
    random = Random(seed)
    facts = generating.facts(random)
    with tempfile.TemporaryDirectory() as folder:
        made = [generating.rule(random, Path(folder)) for _ in range(4)]
    rules = [rule for rule in made if rule]
    _, straight, _ = both(rules, facts)
    _, mixed, _ = both(rules, generating.shuffled(random, facts))
    assert list(map(_summary, straight)) == list(map(_summary, mixed))


def _summary(finding: Finding) -> tuple[object, ...]:
    records = Counter((o.key, o.outcome) for o in finding.occurrences)
    return finding.outcome, finding.checked, finding.share, records


def test_what_sql_cannot_say_is_left_to_the_reference(make: Callable[[str], Rule]) -> None:
    counted = "{count: parts, where: 'order * 9223372036854775807 > 0'}"
    rule = make(f"each: things\nmeasures: {{k: {counted}}}\nassert: k == 0")
    slow, quick, left = both([rule], generating.facts(Random(1)))
    assert quick == slow
    assert list(left) == [rule.id]
