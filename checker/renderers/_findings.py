"""The findings that matter: what broke, what costs points, what a person judges, what is not decided."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from rich.cells import cell_len

from checker.assessment import Assessment, Judgement
from checker.facts import Kind
from checker.finding import Outcome
from checker.renderers._decisions import beneath, mark
from checker.renderers._places import places
from checker.renderers._scheme import bears, costs_marks, taken_elsewhere
from checker.renderers._sheet import Sheet, padded, shortened
from checker.renderers._words import GRADES

_OCCURRENCES, _RULES_OF_A_REASON, _REASONS = 3, 4, 8
_COLUMN = 30
_FAILED = (Outcome.FAIL, Outcome.PARTIAL)


def errors(sheet: Sheet, assessment: Assessment) -> None:
    broken = [finding for finding in assessment.findings if finding.outcome is Outcome.ERROR]
    if not broken:
        return
    sheet.heading(sheet.say("执行出错", "Engine errors"))
    for finding in broken:
        sheet.paragraph((sheet.of(finding.title), "bold"), f"  {finding.rule}", indent=2)
        sheet.paragraph(sheet.of(finding.message), indent=4)


def faults(sheet: Sheet, assessment: Assessment) -> None:
    costs = {s.rule: s.lost for s in assessment.score.waterfall if s.certain and s.lost > 0}
    failed = [f for f in assessment.findings if f.outcome in _FAILED and costs_marks(f)]
    vetoes = [f for f in failed if f.marks and f.marks.veto == "fired"]
    costing = [f for f in failed if f not in vetoes and costs.get(f.rule)]
    others = [f for f in failed if f not in vetoes and not costs.get(f.rule)]
    costing.sort(key=lambda f: -costs[f.rule])
    if vetoes:
        sheet.heading(sheet.say("一票否决", "Vetoes"))
        _entries(
            sheet, assessment, [(_cost(sheet, costs.get(f.rule, Fraction(0))), f) for f in vetoes], "bold red"
        )
    lost = sum((costs[f.rule] for f in costing), Fraction(0))
    note = sheet.say(
        f"{len(costing)} 项，共失 {sheet.marks(lost)} 分", f"{len(costing)}, {sheet.points(lost)} in all"
    )
    sheet.heading(sheet.say("失分", "Points lost"), note if costing else sheet.say("没有", "none"))
    _entries(sheet, assessment, [(_cost(sheet, costs[f.rule]), f) for f in costing], "bold red")
    if others:
        title = sheet.say("有问题但不再扣分", "Faults that cost nothing more")
        sheet.heading(title, sheet.say(f"{len(others)} 项", f"{len(others)}"))
        _entries(sheet, assessment, [("0", f) for f in others], "bold")


def _cost(sheet: Sheet, lost: Fraction) -> str:
    return f"-{sheet.marks(lost)}" if lost else "0"


def _entries(
    sheet: Sheet, assessment: Assessment, entries: Sequence[tuple[str, Judgement]], style: str
) -> None:
    """One finding after another, its cost in the margin."""
    margin = max((cell_len(cost) for cost, _ in entries), default=0) + 4
    for number, (cost, finding) in enumerate(entries):
        if number:
            sheet.blank()
        head = padded(cost, margin - 2, right=True)
        title = (sheet.of(finding.title), "bold")
        sheet.paragraph(title, (f"  {finding.rule}", "dim"), lead=[(head, style), "  "])
        _occurrences(sheet, assessment, finding, margin)
        beneath(sheet, finding, margin)
        taken_elsewhere(sheet, assessment, finding, margin)
        if finding.open_ended:
            sheet.paragraph(
                sheet.say(
                    "有的记录没有读到，实际可能更多。", "Some records could not be read; there may be more."
                ),
                indent=margin,
            )
        sheet.labelled(sheet.say("改法", "fix"), sheet.of(finding.remedy), indent=margin, style="green")
        sheet.labelled(sheet.say("依据", "basis"), (_basis(sheet, finding), "dim"), indent=margin)


def _occurrences(sheet: Sheet, assessment: Assessment, finding: Judgement, indent: int) -> None:
    report = assessment.submission.report.source.file
    ordered = sorted(finding.occurrences, key=lambda o: o.outcome not in (*_FAILED, Outcome.PENDING))
    for occurrence in ordered[:_OCCURRENCES]:
        doubt = ""
        if occurrence.outcome is Outcome.UNKNOWN:
            doubt = sheet.say("无法判定：", "undecided: ")
        said = (mark(sheet, finding, occurrence), (doubt, "yellow"), sheet.of(occurrence.message))
        sheet.paragraph(*said, indent=indent)
        if occurrence.locations:
            sheet.labelled(
                sheet.say("位置", "place"),
                (places(sheet, occurrence.locations, report), "cyan"),
                indent=indent + 2,
            )
    left = len(ordered) - _OCCURRENCES
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left} 处", f"{left} more"), "dim"), indent=indent)


def _basis(sheet: Sheet, finding: Judgement) -> str:
    shown = (
        sheet.say(
            f"{basis.document} {basis.clause}（{GRADES[basis.grade].zh}）",
            f"{basis.document} {basis.clause} ({GRADES[basis.grade].en})",
        )
        for basis in finding.basis
    )
    return sheet.say("；", "; ").join(shown)


def _stake(assessment: Assessment, finding: Judgement) -> Fraction:
    """What its undecided part takes from the score or, where that is not counted, its own open points."""
    if assessment.score.unknown != "left_out":
        steps = assessment.score.waterfall
        return sum((s.lost for s in steps if s.rule == finding.rule and not s.certain), Fraction(0))
    return finding.marks.best - finding.marks.worst if finding.marks else Fraction(0)


def _stakes(sheet: Sheet, assessment: Assessment, findings: Iterable[Judgement]) -> str:
    at_stake = sum((_stake(assessment, finding) for finding in findings), Fraction(0))
    return sheet.say(f"涉及 {sheet.marks(at_stake)} 分", f"{sheet.points(at_stake)} at stake")


def pending(sheet: Sheet, assessment: Assessment) -> None:
    pending = [f for f in assessment.findings if f.outcome is Outcome.PENDING and bears(f)]
    if not pending:
        return
    pending.sort(key=lambda f: -_stake(assessment, f))
    sheet.heading(
        sheet.say("请人工判断", "For a person to judge"),
        sheet.say(f"{len(pending)} 项，", f"{len(pending)}, ") + _stakes(sheet, assessment, pending),
    )
    entries = [(_open_cost(sheet, assessment, finding), finding) for finding in pending]
    _entries(sheet, assessment, entries, "bold yellow")


def _open_cost(sheet: Sheet, assessment: Assessment, finding: Judgement) -> str:
    if finding.marks and finding.marks.veto == "open":
        return sheet.say("否决?", "veto?")
    if finding.marks and not costs_marks(finding):
        return f"+{sheet.marks(finding.marks.best - finding.marks.worst)}?"
    stake = _stake(assessment, finding)
    return f"-{sheet.marks(stake)}?" if stake else "0"


def unknown(sheet: Sheet, assessment: Assessment) -> None:
    unknown = [f for f in assessment.findings if f.outcome is Outcome.UNKNOWN]
    if not unknown:
        return
    sheet.heading(
        sheet.say("无法判定", "Could not be decided"),
        sheet.say(f"{len(unknown)} 项，", f"{len(unknown)}, ") + _stakes(sheet, assessment, unknown),
    )
    groups: dict[str, list[Judgement]] = {}
    for finding in unknown:
        groups.setdefault(why_open(sheet, finding), []).append(finding)
    ordered = sorted(groups.items(), key=lambda group: -sum(_stake(assessment, f) for f in group[1]))
    for reason, findings in ordered[:_REASONS]:
        _reason_group(sheet, assessment, reason, findings)
    rest = [finding for _, findings in ordered[_REASONS:] for finding in findings]
    if rest:
        text = sheet.say(f"另有 {len(rest)} 项，", f"{len(rest)} more, ") + _stakes(sheet, assessment, rest)
        sheet.paragraph((text, "dim"), indent=2)


def why_open(sheet: Sheet, finding: Judgement) -> str:
    """Why it could not be decided: what the unusable operands say, so that like reasons fall together."""
    undecided = [o for o in finding.occurrences if o.outcome is Outcome.UNKNOWN]
    columns: dict[str, dict[str, None]] = {}
    for operand in (p for o in undecided for p in o.operands if p.note is not None):
        label = sheet.of(operand.label) if operand.kind == Kind.UNREADABLE else ""
        columns.setdefault(sheet.of(operand.note or operand.label), {})[shortened(label, _COLUMN)] = None
    if columns:
        return sheet.say("；", "; ").join(_noted(sheet, note, list(of)) for note, of in columns.items())
    return sheet.of(finding.reason or finding.message)


def _noted(sheet: Sheet, note: str, columns: Sequence[str]) -> str:
    """Why something is not known, behind what it is that is not."""
    if not columns[0]:
        return note
    if len(columns) == 1:
        return f"{columns[0]}{sheet.say('：', ': ')}{note}"
    return sheet.say(
        f"{columns[0]}等 {len(columns)} 项：{note}", f"{columns[0]} and {len(columns) - 1} more: {note}"
    )


def _reason_group(sheet: Sheet, assessment: Assessment, reason: str, findings: list[Judgement]) -> None:
    count = sheet.say(f"{len(findings)} 项，", f"{len(findings)}, ") + _stakes(sheet, assessment, findings)
    sheet.paragraph((reason, "bold yellow"), f"  {count}", indent=2, hang=4)
    for finding in findings[:_RULES_OF_A_REASON]:
        locations = tuple(dict.fromkeys(p for o in finding.occurrences for p in o.locations))
        where = places(sheet, locations, assessment.submission.report.source.file, most=2)
        sheet.paragraph(sheet.of(finding.title), (f"  {where}" if where else "", "cyan"), indent=4, hang=6)
    left = len(findings) - _RULES_OF_A_REASON
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left} 项", f"{left} more"), "dim"), indent=4)
