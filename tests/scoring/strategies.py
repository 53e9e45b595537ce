"""Random small rulesets of every scoring mechanism, and findings for them.

Every use has a rule of its own (`f/r0`, `f/r1` …); `f/gate0` and `f/gate1` may gate indicators, and so may a
rule that is used elsewhere. Records are called a, b, c, d.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from checker.bilingual import Bilingual
from checker.finding import Finding, Occurrence, Outcome
from checker.location import Location
from checker.ruleset import (
    Band,
    Basis,
    Bonus,
    Expression,
    Group,
    Indicator,
    Level,
    Limit,
    Rule,
    Ruleset,
    Scale,
    Step,
    Use,
    Veto,
)
from tests.scoring.oracle import gates, may_not_apply, nodes, uses, ways

HERE = Location("ruleset.yaml", 1)
SAID = Bilingual("试", "trial")
KEYS = ("a", "b", "c", "d")
ASSERTION = Expression("false", HERE, ())
BASIS = (Basis("试", "一", "law"),)
PLAIN_RULE = Rule(
    "",
    SAID,
    SAID,
    BASIS,
    SAID,
    SAID,
    ASSERTION,
    degree="share",
    judgement=True,
    rectified=ASSERTION,
    repeated=ASSERTION,
)
OVER_RECORDS = replace(PLAIN_RULE, each="records", quantity="days")
RUBRICS = {
    "quality": tuple(
        Level(name, SAID, Decimal(earns))
        for name, earns in (("excellent", "1"), ("good", "0.8"), ("fair", "0.5"), ("poor", "0"))
    ),
    "strict": (Level("high", SAID, Decimal("0.9")), Level("low", SAID, Decimal("0.2"))),
}
SCALES = (
    Scale(),
    Scale(Decimal("0.9"), Decimal("0.3")),
    Scale(
        steps=(Step(Decimal(1), Decimal(1)), Step(Decimal("0.5"), Decimal("0.6"))),
    ),
    Scale(steps=(Step(Decimal("0.7"), Decimal("0.9")),)),
)
AMOUNTS = tuple(map(Decimal, ("1", "2", "0.5", "3.3", "5")))
TREATMENTS = ("rescale", "spread", "drop", "grant")
BANDS = (("优秀", "excellent", "0.9"), ("合格", "pass", "0.6"), ("不合格", "fail", "0"))


CAMPAIGN = int(os.environ.get("SCORING_CAMPAIGN", "0"))


def examples(count: int) -> settings:
    """So many examples, the same at every run; SCORING_CAMPAIGN=50: fifty times as many, new ones."""
    return settings(
        max_examples=count * max(CAMPAIGN, 1),
        derandomize=not CAMPAIGN,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def told(thing: Any) -> str:
    """What differs from the defaults, to be read by whoever looks into a failing example."""
    if isinstance(thing, (tuple, list)):
        return f"[{', '.join(map(told, thing))}]"
    if not is_dataclass(thing) or isinstance(thing, (Bilingual, Location)):
        return str(thing)
    shown = [(f, getattr(thing, f.name)) for f in fields(thing) if f.name not in _NOT_TOLD]
    written = [f"{f.name}={told(value)}" for f, value in shown if value != f.default and value != {}]
    return f"{type(thing).__name__}({', '.join(written)})"


_NOT_TOLD = ("title", "place", "rules", "version", "sha256", "bands", "message", "basis")


@dataclass(frozen=True, repr=False)
class Case:
    """A ruleset and what was found."""

    def __repr__(self) -> str:
        return f"{told(self.tree)}\n{told(self.findings)}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    tree: Ruleset
    findings: tuple[Finding, ...]

    def replacing(self, finding: Finding) -> tuple[Finding, ...]:
        return tuple(finding if f.rule == finding.rule else f for f in self.findings)


def total(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


class Drawing:
    """Draws one ruleset: numbers its rules, indicators and groups."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.rules: dict[str, Rule] = {}
        self.groups: list[Group] = []
        self.indicators = 0
        self.gating: list[str] = []

    def pick(self, *of: Any) -> Any:
        return self.draw(st.sampled_from(of))

    def one_in(self, n: int) -> bool:
        return self.draw(st.integers(1, n)) == n

    def amount(self) -> Decimal:
        return self.draw(st.sampled_from(AMOUNTS))

    def use(self, over_records: bool, **what: Any) -> Use:
        name = f"f/r{len(self.rules)}"
        self.rules[name] = replace(OVER_RECORDS if over_records else PLAIN_RULE, id=name)
        if not over_records and not what.get("rubric"):
            self.gating.append(name)
        return Use(name, HERE, **what)

    # one use

    def giving(self) -> Use:
        kind = self.pick("plain", "plain", "scale", "rubric")
        scale = self.pick(*SCALES) if kind == "scale" else None
        rubric = self.pick(*RUBRICS.values()) if kind == "rubric" else ()
        return self.use(kind == "scale", points=self.amount(), scale=scale, rubric=rubric)

    def deducting(self, objects: bool = False) -> Use:
        kinds = ("rule", "occurrence") if objects else ("rule", "occurrence", "occurrence", "range")
        kind = self.pick(*kinds, "quantity")
        what: dict[str, Any] = {"deduct": self.amount()}
        if kind == "range":
            what["deduct_to"] = what["deduct"] + self.amount()
        else:
            what["per"] = kind
        if (kind == "quantity" or kind == "occurrence" and not objects) and self.one_in(3):
            what |= {"every": self.pick(2, 3), "begun": self.pick(False, True)}
        if self.one_in(3):
            what["cap"] = what["deduct"] + self.pick(Decimal(0), Decimal("1.5"))
        if self.one_in(4):
            what["restores"] = self.pick(Decimal(1), Decimal("0.5"))
        if self.one_in(4):
            what["repeats"] = self.pick(Decimal(2), Decimal("1.5"))
        over_records = objects or kind in ("occurrence", "quantity") or self.one_in(2)
        return self.use(over_records, **what)

    def limiting(self) -> Use:
        limit = self.pick(
            Limit(times=Decimal("0.5")), Limit(at_most=Decimal("0.6")), Limit(Decimal("0.7"), Decimal("0.5"))
        )
        return self.use(False, limit=limit)

    def vetoing(self, objects: bool = False) -> Use:
        return self.use(objects or self.one_in(3), veto=True)

    def warning(self, objects: bool = False) -> Use:
        return self.use(objects, warning=True)

    def own_uses(self, room: str) -> list[Use]:
        """The uses of a node: of an indicator, of the whole or of one that marks objects."""
        made: dict[str, Callable[[], Use]] = {
            "points": self.giving,
            "deduct": lambda: self.deducting(room == "objects"),
            "limit": self.limiting,
            "veto": lambda: self.vetoing(room == "objects"),
            "warning": lambda: self.warning(room == "objects"),
        }
        kinds = {
            "indicator": ("points", "points", "deduct", "deduct", "deduct", "limit", "veto", "warning"),
            "whole": ("deduct", "limit", "veto"),
            "objects": ("deduct", "deduct", "deduct", "veto", "warning"),
        }[room]
        least, most = {"indicator": (0, 3), "whole": (0, 1), "objects": (1, 3)}[room]
        found = [made[self.pick(*kinds)]() for _ in range(self.draw(st.integers(least, most)))]
        return self.grouped(found) if self.one_in(2) else found

    def grouped(self, found: list[Use]) -> list[Use]:
        """The same, the deductions among them in a group if there are two to be in one."""
        per = self.pick("record", "rule")
        members = [u.rule for u in found if u.deduct is not None and (per == "rule" or _by_record(u))]
        if len(members) < 2:
            return found
        name = f"g{len(self.groups)}"
        cap = self.pick(None, None, Decimal("4.5"))
        self.groups.append(Group(name, per, HERE, cap))
        return [replace(u, group=name) if u.rule in members else u for u in found]

    # nodes

    def veto(self, marks: Decimal) -> Veto:
        scoring = self.pick("stop", "continue", "force", "cap")
        return Veto(scoring, marks * 3 / 10 if scoring in ("force", "cap") else None)

    def bonus(self, marks: Decimal) -> Bonus:
        gate = self.pick(None, Decimal(0), marks / 2, marks * 8 / 10)
        made = []
        for _ in range(self.pick(1, 1, 2)):
            if self.one_in(4):
                made.append(self.use(True, points=self.amount(), per="occurrence"))
            else:
                made.append(self.giving())
        opens = {self.pick("opens_above", "opens_at"): gate}
        return Bonus(self.pick(Decimal(2), Decimal(5)), HERE, tuple(made), **opens)

    def gate(self) -> str:
        name: str = self.pick("f/gate0", "f/gate0", "f/gate1", *self.gating[:1])
        self.rules.setdefault(name, replace(PLAIN_RULE, id=name))
        return name

    def indicator(self, depth: int) -> Indicator:
        self.indicators += 1
        name = f"i{self.indicators}"
        if self.one_in(5):
            return self.of_objects(name)
        inside = [self.indicator(depth - 1) for _ in range(self.draw(st.integers(0, 2)) if depth else 0)]
        own = self.own_uses("indicator") or ([] if inside else [self.giving()])
        marks = total([u.points or Decimal(0) for u in own]) + total([i.points for i in inside])
        if any(u.deduct is not None for u in own):
            marks += self.pick(Decimal(2), Decimal("4.5"), Decimal(10), Decimal(0))
        node = Indicator(name, SAID, marks, HERE, tuple(own), tuple(inside))
        return self.featured(node) if marks else node

    def featured(self, node: Indicator) -> Indicator:
        """The same with, now and then, a scale, cap, treatment, bonus, veto, gate or floor of its own."""
        marks, what = node.points, dict[str, Any]()
        if self.one_in(5):
            what |= {"out_of": marks, "points": self.pick(Decimal(10), Decimal(3))}
        if self.one_in(6):
            what["cap"] = min(marks, self.amount())
        if self.one_in(6):
            what["not_applicable"] = self.pick(*TREATMENTS)
        if self.one_in(6):
            what["bonus"] = self.bonus(marks)
        if self.one_in(6):
            what["veto"] = self.veto(marks)
        return self.floored(replace(node, **what))

    def floored(self, node: Indicator) -> Indicator:
        what: dict[str, Any] = {}
        if self.one_in(5):
            what["only_if"] = self.gate()
        if self.one_in(5):
            what["floor"] = node.points * 6 / 10
        return replace(node, **what)

    def of_objects(self, name: str) -> Indicator:
        """An indicator that marks every record alone."""
        what: dict[str, Any] = {"objects": self.pick("pass_rate", "mean", "worst")}
        own = self.own_uses("objects")
        if all(use.warning for use in own):
            own.append(self.deducting(objects=True))
        if self.one_in(3):
            what["out_of"] = Decimal(10)
        if self.one_in(3):
            what["veto"] = self.veto(Decimal(5))
        node = Indicator(name, SAID, Decimal(5), HERE, tuple(own), **what)
        return self.floored(node)


def _by_record(use: Use) -> bool:
    return use.per == "occurrence" and use.every == 1 and use.cap is None


@st.composite
def rulesets(draw: st.DrawFn) -> Ruleset:
    """A ruleset of one to three indicators of up to two levels."""
    drawing = Drawing(draw)
    tops = [drawing.indicator(1) for _ in range(draw(st.integers(1, 3)))]
    if not any(node.points for node in tops):
        tops.append(Indicator("i0", SAID, Decimal(2), HERE, (drawing.use(False, points=Decimal(2)),)))
    full = total([node.points for node in tops])
    own = drawing.own_uses("whole")
    bonus = drawing.bonus(full) if drawing.one_in(3) else None
    bands = tuple(Band(Bilingual(zh, en), full * Decimal(share)) for zh, en, share in BANDS)
    return Ruleset(
        id="trial",
        title=SAID,
        version="1",
        sha256="0" * 64,
        full_marks=full,
        pass_mark=full * 6 / 10,
        bands=bands,
        veto=drawing.veto(full),
        unknown=drawing.pick("open", "costs", "left_out"),
        not_applicable=drawing.pick(*TREATMENTS),
        indicators=tuple(tops),
        rules=dict(sorted(drawing.rules.items())),
        uses=tuple(own),
        bonus=bonus,
        groups=tuple(drawing.groups),
    )


# --- findings ----------------------------------------------------------------------------------------

ONE_THING = ("pass", "pass", "fail", "fail", "unknown", "unknown", "pending", "not_applicable", "unasked")
OF_RECORDS = ("pass", "fail", "fail", "fail", "unknown", "unknown", "not_applicable", "unasked", "unread")


def finding_of(draw: st.DrawFn, rule: Rule, use: Use | None, of_all: bool = False) -> Finding:
    """A finding of the rule, with what matters to its use. of_all: decided on every record."""
    found = _over_records(draw, rule.id, use, of_all) if rule.each else _of_the_report(draw, rule.id, use)
    ended = found.outcome in (Outcome.PASS, Outcome.FAIL)
    if use is None or not ended or draw(st.booleans()):
        return found
    if use.deduct_to is not None and found.outcome is Outcome.FAIL:
        return replace(found, award=(use.deduct or Decimal(0)) + Decimal("0.5"))
    return replace(found, level=draw(st.sampled_from(use.rubric)).id) if use.rubric else found


def _of_the_report(draw: st.DrawFn, rule: str, use: Use | None) -> Finding:
    kind = "error" if draw(st.integers(1, 40)) == 40 else draw(st.sampled_from(ONE_THING))
    if kind == "unasked":
        return _unasked(rule)
    if kind in ("pass", "not_applicable", "error"):
        return Finding(rule, Outcome(kind), int(kind == "pass"))
    return Finding(rule, Outcome(kind), 1, (_occurrence(draw, "report", Outcome(kind), use),))


def _unasked(rule: str) -> Finding:
    """Whether it applies could not be decided."""
    return Finding(rule, Outcome.UNKNOWN, 0, (Occurrence("report", Outcome.UNKNOWN, SAID),), reason=SAID)


def _occurrence(draw: st.DrawFn, key: str, outcome: Outcome, use: Use | None) -> Occurrence:
    known: dict[str, Any] = {}
    if use is not None and use.per == "quantity":
        known["quantity"] = draw(st.sampled_from([1, 2, 3, 7, None]))
    if use is not None and use.restores:
        known["rectified"] = draw(st.sampled_from([False, True, None]))
    if use is not None and use.repeats != 1:
        known["repeated"] = draw(st.sampled_from([False, True, None]))
    return Occurrence(key, outcome, SAID, **known)


def _over_records(draw: st.DrawFn, rule: str, use: Use | None, of_all: bool) -> Finding:
    kind = draw(st.sampled_from(OF_RECORDS))
    if kind == "not_applicable":
        return Finding(rule, Outcome.NOT_APPLICABLE)
    if kind == "unasked":
        return _unasked(rule)
    if kind == "unread":
        gone = Occurrence("records", Outcome.UNKNOWN, SAID)
        return Finding(rule, Outcome.UNKNOWN, 0, (gone,), open_ended=True, reason=SAID)
    failing = draw(st.integers(1, 2)) if kind == "fail" else 0
    undecided = 0 if kind == "pass" else draw(st.integers(int(kind == "unknown"), 2))
    open_outcome = draw(st.sampled_from([Outcome.UNKNOWN, Outcome.PENDING]))
    outcomes = [Outcome.FAIL] * failing + [open_outcome] * undecided
    keys = draw(st.permutations(KEYS))
    occurrences = tuple(_occurrence(draw, k, o, use) for k, o in zip(keys, outcomes, strict=False))
    checked = len(KEYS) if of_all else draw(st.integers(max(1, len(outcomes)), len(KEYS)))
    scaled = use is not None and use.scale is not None
    share = Fraction(checked - failing - undecided, checked), Fraction(checked - failing, checked)
    return Finding(
        rule,
        outcomes[0] if outcomes else Outcome.PASS,
        checked,
        occurrences,
        open_ended=bool(outcomes) and not scaled and draw(st.integers(1, 6)) == 6,
        share=share if scaled else None,
        population=len(KEYS),
    )


def decided(finding: Finding, rule: Rule, use: Use | None) -> Finding:
    """The same with nothing left undecided in it."""
    certain = [o for o in finding.occurrences if o.outcome is Outcome.FAIL]
    if not certain:
        size, population = (len(KEYS), len(KEYS)) if rule.each else (1, None)
        return replace(passed(finding), checked=finding.checked or size, population=population)
    known = [replace(o, quantity=o.quantity or 2, rectified=bool(o.rectified)) for o in certain]
    known = [replace(o, repeated=bool(o.repeated)) for o in known]
    share = finding.share and (finding.share[1], finding.share[1])
    award = use.deduct if use is not None and use.deduct_to is not None else None
    return replace(finding, occurrences=tuple(known), open_ended=False, share=share, award=award)


def passed(finding: Finding) -> Finding:
    """The same, settled as passed."""
    share = finding.share and (Fraction(1), Fraction(1))
    return replace(
        finding,
        outcome=Outcome.PASS,
        occurrences=(),
        open_ended=False,
        reason=None,
        share=share,
        award=None,
        level=None,
    )


@st.composite
def cases(draw: st.DrawFn, worlds: int = 150) -> Case:
    """A ruleset and findings for it that leave at most about so many worlds."""
    tree = draw(rulesets())
    known = uses(tree)
    marked = {use.rule for node in nodes(tree.indicators) if node.objects for use in node.uses}
    found = [finding_of(draw, r, known.get(r.id), r.id in marked) for r in tree.rules.values()]
    sizes = [len(each) for each in ways(tree, found).values()]
    for n in sorted(range(len(found)), key=lambda n: -sizes[n]):
        if prod(sizes) > worlds:
            found[n] = decided(found[n], tree.rules[found[n].rule], known.get(found[n].rule))
            sizes[n] = 1
    return Case(tree, tuple(found))


@st.composite
def faults(draw: st.DrawFn, case: Case) -> tuple[Finding, ...] | None:
    """The findings with one fault more; None where the rule drawn cannot have one.

    Not of a rule that gates, and not of one that may not apply: there a fault more settles that it does.
    """
    finding = draw(st.sampled_from(case.findings))
    if finding.rule in gates(case.tree) or may_not_apply(finding):
        return None
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return None
    undecided = [n for n, o in enumerate(finding.occurrences) if o.outcome is not Outcome.FAIL]
    at = draw(st.sampled_from([*undecided, None]))
    if at is not None:
        return case.replacing(_settled_as_failing(finding, at))
    return case.replacing(_with_a_fault(finding))


def _settled_as_failing(finding: Finding, at: int) -> Finding:
    listed = list(finding.occurrences)
    listed[at] = replace(listed[at], outcome=Outcome.FAIL)
    share = finding.share and (finding.share[0], finding.share[1] - Fraction(1, finding.checked))
    return replace(finding, outcome=Outcome.FAIL, occurrences=tuple(listed), share=share)


def _with_a_fault(finding: Finding) -> Finding:
    """One of the records that passed fails; the report as a whole fails at most once."""
    taken = {o.key for o in finding.occurrences}
    left = [key for key in (KEYS if finding.population else ("report",)) if key not in taken]
    if len(taken) >= finding.checked or not left:
        return finding
    fault = Occurrence(left[0], Outcome.FAIL, SAID)
    one = Fraction(1, finding.checked)
    share = finding.share and (finding.share[0] - one, finding.share[1] - one)
    return replace(finding, outcome=Outcome.FAIL, occurrences=(*finding.occurrences, fault), share=share)
