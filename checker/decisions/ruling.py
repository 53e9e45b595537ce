"""Decisions × one finding → rulings: which are in force, on which records, and why the others are not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from checker.bilingual import Bilingual
from checker.decisions.content import Decision, Ruling, State
from checker.decisions.measured import Measured
from checker.finding import Finding, Occurrence, Outcome
from checker.ruleset import Use

OPEN = (Outcome.PENDING, Outcome.UNKNOWN)
_NO_USE = Bilingual("这套指标体系没有用到这条规则", "the ruleset does not use this rule")
_BROKEN = Bilingual("规则执行出错，人的决定不能代替它", "the rule broke; no decision can stand in for it")
_NOT_OPEN = Bilingual(
    "这里没有待判定的；要更正判定，请用 override", "nothing is open here; to correct a finding use override"
)
_NO_RUBRIC = Bilingual(
    "这套指标体系对这条规则不评等级", "the ruleset has no levels to choose from for this rule"
)
_NO_RANGE = Bilingual(
    "这套指标体系对这条规则没有裁量幅度", "the ruleset leaves no range to choose from for this rule"
)
_NO_REST = Bilingual(
    "这条规则除已单独决定的记录外，没有列出别的", "the rule lists nothing besides the records decided singly"
)
_ONLY_ADDS = Bilingual(
    "这条规则只用于加分，没有可豁免的", "this rule only adds points: there is nothing to waive"
)
_LEFT_OUT = Bilingual("按要求不计豁免（--no-waivers）", "waivers are left out, as asked (--no-waivers)")
_UNDATED = Bilingual(
    "不知道按哪天判断是否到期：没有给出 --as-of，清单也没有报送或公布日期，所以不计",
    "there is no day to judge its expiry by (no --as-of, and no date of the report in a manifest),"
    " so it does not count",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides besides the finding. evidence: what is listed and not as it was, with the reason. day:
    waivers are judged by it; None: not known. waivers: whether they count at all."""

    evidence: Mapping[str, Bilingual]
    day: date | None
    waivers: bool


def corrects_unlisted(decision: Decision) -> bool:
    """Whether it may speak of a record that passes, which findings do not list unless asked to."""
    return decision.record is not None and decision.override in (Outcome.FAIL, Outcome.NOT_APPLICABLE)


def unused(decision: Decision) -> Ruling:
    """The ruling on a decision whose rule the ruleset does not use."""
    return Ruling(decision, State.UNUSED, _NO_USE)


def rule_on(
    decisions: Sequence[Decision], found: Measured, use: Use | None, adds: bool, terms: Terms
) -> tuple[Ruling, ...]:
    """A ruling for each of the decisions on one rule. adds: the rule is used for bonuses only."""
    claimed = {d.record for d in decisions if d.record is not None and _exactly(d, found)}
    rulings = []
    for decision in decisions:
        ruling = _unfit(decision, found.finding, use, adds) or _matched(decision, found, claimed)
        ruling = _in_time(ruling, terms) if ruling.state is State.IN_FORCE else ruling
        rulings.append(replace(ruling, found=found.finding.outcome, level=_level(decision, use)))
    singly = any(r.state is State.IN_FORCE and r.decision.record is not None for r in rulings)
    return tuple(_beside(r) if singly and not found.told.occurrences else r for r in rulings)


def _level(decision: Decision, use: Use | None) -> Bilingual | None:
    return next((x.title for x in (use.rubric if use else ()) if x.id == decision.level), None)


def _beside(ruling: Ruling) -> Ruling:
    """The ruling on a rule that lists nothing, of which single records are decided too: there is no rest."""
    if ruling.state is not State.IN_FORCE or ruling.decision.record is not None:
        return ruling
    return replace(ruling, state=State.UNUSED, reason=_NO_REST)


def _unfit(decision: Decision, finding: Finding, use: Use | None, adds: bool) -> Ruling | None:
    """The ruling on what cannot apply to this rule under this ruleset, whatever was found."""
    reason = None
    if finding.outcome is Outcome.ERROR:
        reason = _BROKEN
    elif decision.action == "level" and (use is None or not use.rubric):
        reason = _NO_RUBRIC
    elif decision.action == "deduct" and (use is None or use.deduct_to is None):
        reason = _NO_RANGE
    elif decision.waive and adds:
        reason = _ONLY_ADDS
    return Ruling(decision, State.UNUSED, reason, finding.outcome) if reason else None


def _in_time(ruling: Ruling, terms: Terms) -> Ruling:
    """A ruling in force, unless its evidence is gone, its time is up or waivers do not count."""
    decision = ruling.decision
    gone = next((terms.evidence[name] for name in decision.evidence if name in terms.evidence), None)
    if gone is not None:
        zh, en = f"所依据的证据变了：{gone.zh}", f"the evidence it rests on is not what it was: {gone.en}"
        return replace(ruling, state=State.REOPENED, reason=Bilingual(zh, en))
    if decision.expires is None:
        return ruling
    if terms.day is None:
        return replace(ruling, state=State.UNDATED, reason=_UNDATED)
    if terms.day > decision.expires:
        zh, en = f"{decision.expires} 到期，评估日是 {terms.day}", f"it ended on {decision.expires}"
        reason = Bilingual(zh, f"{en}; the day of the assessment is {terms.day}")
        return replace(ruling, state=State.EXPIRED, reason=reason)
    return ruling if terms.waivers else replace(ruling, state=State.LEFT_OUT, reason=_LEFT_OUT)


def _matched(decision: Decision, found: Measured, claimed: set[str]) -> Ruling:
    if decision.record is None:
        return _on_the_whole(decision, found)
    return _on_a_record(decision, found, claimed)


# A whole rule ---------------------------------------------------------------------------------------


def _on_the_whole(decision: Decision, found: Measured) -> Ruling:
    finding = found.told
    said = finding.reason or next((o.message for o in finding.occurrences), None)
    ruling = Ruling(decision, State.IN_FORCE, None, finding.outcome, said)
    moot = _moot(decision, finding.outcome)
    if moot is not None:
        return replace(ruling, state=State.MOOT, reason=moot)
    if decision.measured != found.whole:
        reason = _why_reopened(decision, found.whole, finding.outcome, said)
        return replace(ruling, state=State.REOPENED, reason=reason, now=found.whole)
    if decision.action == "settle" and not any(o.outcome in OPEN for o in finding.occurrences):
        return replace(ruling, state=State.UNUSED, reason=_NOT_OPEN)
    return ruling


def _moot(decision: Decision, outcome: Outcome) -> Bilingual | None:
    """Why nothing is left to decide: the finding is settled, in the way decided or another."""
    if outcome is decision.override:
        return Bilingual("判定已经如此", "the finding is so already")
    if decision.override is not None:
        return None
    if outcome is Outcome.PASS:
        return Bilingual("这条规则现在符合，无须再决定", "the rule passes now: nothing is left to decide")
    if outcome is Outcome.NOT_APPLICABLE:
        return Bilingual("这条规则现在不适用，无须再决定", "the rule does not apply now")
    return None


# One record -----------------------------------------------------------------------------------------


def _exactly(decision: Decision, found: Measured) -> bool:
    return any(_is_on(decision, o, digest) for o, digest in _each(found))


def _is_on(decision: Decision, occurrence: Occurrence, digest: str) -> bool:
    return occurrence.key == decision.record and digest == decision.measured


def _each(found: Measured) -> Iterator[tuple[Occurrence, str]]:
    return zip(found.finding.occurrences, found.each, strict=True)


def _on_a_record(decision: Decision, found: Measured, claimed: set[str]) -> Ruling:
    here = [(o, d) for o, d in _each(found) if o.key == decision.record]
    fitting = [o for o, d in here if d == decision.measured] or _moved(decision, found, claimed)
    if fitting:
        return _on_the_record(decision, fitting[0])
    if here:
        occurrence, digest = here[0]
        reason = _why_reopened(decision, digest, occurrence.outcome, occurrence.message)
        ruling = Ruling(decision, State.REOPENED, reason, occurrence.outcome, occurrence.message)
        return replace(ruling, key=occurrence.key, now=digest)
    return _not_listed(decision, found)


def _moved(decision: Decision, found: Measured, claimed: set[str]) -> list[Occurrence]:
    """The one record that was measured so and stands under another number now, if there is just one.

    Keys that are names are part of the digest: only numbers change.
    """
    like = [o for o, d in _each(found) if d == decision.measured and o.key not in claimed]
    return like if len(like) == 1 else []


def _on_the_record(decision: Decision, occurrence: Occurrence) -> Ruling:
    outcome = occurrence.outcome
    ruling = Ruling(decision, State.IN_FORCE, None, outcome, occurrence.message, occurrence.key)
    if outcome is decision.override or outcome is Outcome.PASS and decision.override is None:
        return replace(ruling, state=State.MOOT, reason=_moot(decision, outcome))
    if decision.action == "settle" and outcome not in OPEN:
        return replace(ruling, state=State.UNUSED, reason=_NOT_OPEN)
    return ruling


def _not_listed(decision: Decision, found: Measured) -> Ruling:
    """On a record that is not at fault and not open: it passes, is left out by the rule, or is not there."""
    finding, each = found.finding, found.rule.each
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return Ruling(decision, State.MOOT, _moot(decision, finding.outcome), finding.outcome)
    if each is not None and any(r.key == decision.record for r in found.facts.records(each)):
        if corrects_unlisted(decision):
            zh, en = f"{decision.record} 不在规则的范围内", f"{decision.record} is not in the rule's range"
            return Ruling(decision, State.UNUSED, Bilingual(zh, en))
        zh = f"{decision.record} 现在符合，或不在规则的范围内，无须再决定"
        en = f"{decision.record} passes now or is not in the rule's range: nothing is left to decide"
        return Ruling(decision, State.MOOT, Bilingual(zh, en))
    zh, en = f"没有 {decision.record} 这条记录", f"there is no record {decision.record}"
    return Ruling(decision, State.UNUSED, Bilingual(zh, en))


def _why_reopened(decision: Decision, now: str, outcome: Outcome, said: Bilingual | None) -> Bilingual:
    """Which of the two parts no longer fits, and what there is now."""
    asked = decision.measured.partition("-")[0] != now.partition("-")[0]
    seen = decision.measured.partition("-")[2] != now.partition("-")[2]
    zh = "、".join(n for n, differs in (("规则的条件或参数", asked), ("量到的内容", seen)) if differs)
    en = " and ".join(n for n, d in (("what the rule asks", asked), ("what was measured", seen)) if d)
    told = Bilingual("", "") if said is None else Bilingual(f"：{said.zh}", f": {said.en}")
    return Bilingual(
        f"决定之后{zh}变了，请重新决定。现在{_SAID[outcome].zh}{told.zh}",
        f"since it was made {en} changed; decide again. Now {_SAID[outcome].en}{told.en}",
    )


_SAID = {
    Outcome.PASS: Bilingual("符合", "it passes"),
    Outcome.PARTIAL: Bilingual("部分符合", "it passes in part"),
    Outcome.FAIL: Bilingual("不符合", "it fails"),
    Outcome.NOT_APPLICABLE: Bilingual("不适用", "it does not apply"),
    Outcome.UNKNOWN: Bilingual("无法判定", "it cannot be decided"),
    Outcome.PENDING: Bilingual("待人工判断", "it is for a person to judge"),
    Outcome.ERROR: Bilingual("执行出错", "it broke"),
}
