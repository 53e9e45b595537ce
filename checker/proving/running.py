"""One rule on one case: whether it comes out as the case says."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from checker import evaluation
from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.facts import Vocabulary
from checker.finding import Finding, Occurrence, Outcome
from checker.proving.cases import FAILING, Case
from checker.ruleset import Rule


def decide(rule: Rule, case: Case, vocabulary: Vocabulary) -> Finding:
    """What the rule, with the settings of the case, makes of its facts."""
    given = case.settings or {}
    if given:
        parameters = tuple(replace(p, value=given.get(p.name, p.value)) for p in rule.parameters)
        rule = replace(rule, parameters=parameters)
    return evaluation.apply(rule, case.facts, vocabulary)


def holds(case: Case, finding: Finding) -> bool:
    """Whether the finding is what the case says."""
    return next(_differences(case, finding), None) is None


def failures(rule: Rule, cases: Iterable[Case], vocabulary: Vocabulary) -> list[Problem]:
    """Every case that comes out otherwise than it says: what was expected, and what came."""
    found = []
    for case in cases:
        finding = decide(rule, case, vocabulary)
        for zh, en in _differences(case, finding):
            told = Bilingual(f"{rule.id}，{_called(case).zh}：{zh}", f"{rule.id}, {_called(case).en}: {en}")
            found.append(Problem("case.outcome", told, case.place))
    return found


def sentences(finding: Finding) -> Bilingual:
    """All that a finding says: its messages one a line, then its reason."""
    said = [*(o.message for o in finding.occurrences), finding.reason or Bilingual("", "")]
    return Bilingual("\n".join(s.zh for s in said), "\n".join(s.en for s in said))


def _called(case: Case) -> Bilingual:
    kind = Bilingual("正反例", "example") if case.example else Bilingual("用例", "case")
    return Bilingual(f"{kind.zh}“{case.name}”", f"{kind.en} “{case.name}”")


def _differences(case: Case, finding: Finding) -> Iterator[Bilingual]:
    """Each way in which a finding is not what the case says."""
    if finding.outcome not in case.outcomes:
        wanted = case.outcomes[0]
        said = _first_line(finding)
        yield Bilingual(
            f"应为 {wanted}，实得 {finding.outcome}（{said.zh}）",
            f"{wanted} was expected, {finding.outcome} came out ({said.en})",
        )
        return
    for name, number in _NUMBERS.items():
        wanted_number, came = getattr(case, name), number(finding)
        if wanted_number is not None and wanted_number != came:
            yield Bilingual(
                f"{name} 应为 {wanted_number}，实得 {came}",
                f"{name} was expected to be {wanted_number} and came to {came}",
            )
    if case.share is not None and case.share != finding.share:
        yield Bilingual(
            f"比例应为 {_range(case.share)}，实得 {_range(finding.share)}",
            f"a share of {_range(case.share)} was expected, {_range(finding.share)} came out",
        )
    if case.says is not None and case.says not in sentences(finding).zh:
        said = _first_line(finding)
        yield Bilingual(
            f"没有说“{case.says}”，说的是：{said.zh}", f"it does not say “{case.says}” but: {said.en}"
        )


def _failing(finding: Finding) -> list[Occurrence]:
    return [o for o in finding.occurrences if o.outcome in FAILING]


_NUMBERS: dict[str, Callable[[Finding], int]] = {
    "occurrences": lambda f: sum(1 for o in f.occurrences if o.outcome is not Outcome.PASS),
    "quantity": lambda f: sum(o.quantity or 0 for o in _failing(f)),
    "rectified": lambda f: sum(1 for o in _failing(f) if o.rectified),
    "repeated": lambda f: sum(1 for o in _failing(f) if o.repeated),
}


def _range(share: tuple[object, object] | None) -> str:
    if share is None:
        return "—"
    worst, best = map(str, share)
    return worst if worst == best else f"{worst}-{best}"


def _first_line(finding: Finding) -> Bilingual:
    return finding.reason or next((o.message for o in finding.occurrences), Bilingual("—", "—"))
