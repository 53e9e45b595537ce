"""The page a clerk reads: verdict, indicators, faults by cost, what is undecided, what to fix first.

Words carry the meaning and colour only repeats it. Characters that some terminals draw twice as wide stand
at the end of lines or in blocks of fixed length, so that columns stay straight on all of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from rich.cells import cell_len

from checker.assessment import Assessment, Judgement
from checker.bilingual import Bilingual
from checker.facts import Kind
from checker.finding import Outcome
from checker.renderers import Page
from checker.renderers._decisions import beneath, beside, decisions, mark, waived
from checker.renderers._evidence import claims, evidence
from checker.renderers._numbers import counted
from checker.renderers._places import places
from checker.renderers._reading import in_short, losses, reports, section
from checker.renderers._scheme import (
    bears,
    bonuses,
    costs_marks,
    tailoring,
    taken_elsewhere,
    warnings,
)
from checker.renderers._sheet import Sheet, Span, padded, shortened
from checker.renderers._words import GRADES, OUTCOMES, TREATMENTS, UNKNOWN, VERDICTS
from checker.ruleset import Band
from checker.scoring import IndicatorScore, Outlook, Verdict, WhatIf

_BAR = 20
_OCCURRENCES, _RULES_OF_A_REASON, _REASONS, _FIXES = 3, 4, 8, 10
_LONG_TREE = 30
_COLUMN = 30
_FAILED = (Outcome.FAIL, Outcome.PARTIAL)
_UNDECIDED = (Outcome.UNKNOWN, Outcome.PENDING)
_VERDICT_STYLES = {
    Verdict.QUALIFIED: "bold white on green",
    Verdict.NOT_QUALIFIED: "bold white on red",
    Verdict.OPEN: "bold black on yellow",
    Verdict.NOT_ASSESSABLE: "bold white on magenta",
}


def render(assessment: Assessment, page: Page) -> str:
    """The whole page. Long lists are cut, with a count of what is left out; JSON has everything."""
    sheet = Sheet(replace(page, places=assessment.ruleset.places))
    _head(sheet, assessment)
    _errors(sheet, assessment)
    _indicators(sheet, assessment)
    bonuses(sheet, assessment)
    _faults(sheet, assessment)
    warnings(sheet, assessment)
    _pending(sheet, assessment)
    _unknown(sheet, assessment)
    decisions(sheet, assessment)
    claims(sheet, assessment)
    evidence(sheet, assessment)
    section(sheet, reports(assessment))
    _not_applicable(sheet, assessment)
    tailoring(sheet, assessment)
    _fixes(sheet, assessment)
    _foot(sheet, assessment)
    return sheet.finish()


# Verdict and score -----------------------------------------------------------------------------------


def _head(sheet: Sheet, assessment: Assessment) -> None:
    submission, ruleset = assessment.submission, assessment.ruleset
    unit = submission.unit or sheet.say("（报告未载明单位）", "(issuer not stated)")
    year = sheet.say("（年度未载明）", "(year not stated)")
    if submission.year is not None:
        year = sheet.say(f"{submission.year} 年度", f"{submission.year}")
    sheet.paragraph((unit, "bold"), "  ", (year, "bold"))
    source = [f"{sheet.say('报告', 'report')} {submission.report.source.file}"]
    if submission.previous:
        source.append(f"{sheet.say('上年报告', 'last year')} {submission.previous.source.file}")
    source.append(f"{sheet.say('指标体系', 'ruleset')} {sheet.of(ruleset.title)} {ruleset.version}")
    if assessment.as_of:
        source.append(f"{sheet.say('评估日', 'as of')} {assessment.as_of.isoformat()}")
    sheet.paragraph(("   ".join(source), "dim"))
    sheet.blank()
    _verdict(sheet, assessment)
    if assessment.raw is not None:
        raw, adjusted = assessment.raw.outlook, assessment.score.outlook
        beside(sheet, assessment, _standing(sheet, raw), _standing(sheet, adjusted))
    for sentence in _why(sheet, assessment):
        sheet.paragraph(sentence, indent=2)
    for sentence in losses(sheet, assessment):
        sheet.paragraph((sentence, "bold red"), indent=2)
    counts = [
        f"{sheet.of(OUTCOMES[outcome])} {number}" for outcome, number in assessment.counts.items() if number
    ]
    rules = sum(assessment.counts.values())
    sheet.labelled(
        sheet.say(f"共 {rules} 条规则", counted(rules, "rule", "rules")),
        (sheet.say("，", ", ").join(counts), "dim"),
        indent=2,
    )


def _verdict(sheet: Sheet, assessment: Assessment) -> None:
    score = assessment.score
    name = sheet.of(VERDICTS[assessment.verdict])
    badge = sheet.say(f"【{name}】", f"[ {name} ]")
    full = f" / {sheet.marks(score.full)}"
    marks = _interval(sheet, score.worst, score.best) + full
    sheet.line("  ", (badge, _VERDICT_STYLES[assessment.verdict]), "   ", (marks, "bold"))
    details = [
        sheet.say(f"合格线 {sheet.marks(score.pass_mark)}", f"pass mark {sheet.marks(score.pass_mark)}")
    ]
    if score.worst != score.best and score.unknown != "open":
        counted = f"{sheet.of(UNKNOWN[score.unknown])}{sheet.say('，现得 ', ': ')}{sheet.marks(score.earned)}"
        details.insert(0, counted)
    if score.outlook.bands:
        details.append(f"{sheet.say('等次', 'band')} {_bands(sheet, score.outlook.bands)}")
    sheet.paragraph("    ".join(details), indent=2)
    sheet.blank()


def _interval(sheet: Sheet, worst: Fraction, best: Fraction) -> str:
    low, high = sheet.marks(worst), sheet.marks(best)
    return low if low == high else f"{low} {sheet.say('至', 'to')} {high}"


def _bands(sheet: Sheet, bands: Sequence[Band]) -> str:
    return sheet.say("或", " or ").join(sheet.of(band.name) for band in bands)


def _why(sheet: Sheet, assessment: Assessment) -> Iterable[str]:
    """What the verdict rests on, in a sentence or two."""
    score, say = assessment.score, sheet.say
    if assessment.verdict is Verdict.NOT_ASSESSABLE:
        broken = assessment.counts[Outcome.ERROR]
        if broken:
            yield say(
                f"有 {broken} 条规则执行出错，不能给出结论；下面的分数只供参考。",
                f"{counted(broken, 'rule', 'rules')} broke, so there is no verdict;"
                " the score is for information only.",
            )
        else:
            yield say("没有一条规则适用于这份报告。", "No rule applies to this report.")
        return
    yield from _vetoes(sheet, assessment)
    yield from _floors(sheet, score.indicators)
    if score.best < score.pass_mark:
        gap = sheet.marks(Fraction(score.pass_mark) - score.best)
        yield say(f"最好的情形也比合格线低 {gap} 分。", f"Even at best {gap} below the pass mark.")
    elif score.worst < score.best:
        yield _undecided(sheet, assessment)


def _vetoes(sheet: Sheet, assessment: Assessment) -> Iterable[str]:
    for finding in assessment.findings:
        state = finding.marks.veto if finding.marks else "none"
        title = sheet.of(finding.title)
        if state == "fired":
            yield sheet.say(f"一票否决：{title}", f"Vetoed: {title}")
        elif state == "open":
            yield sheet.say(f"一票否决项尚未判定：{title}", f"A veto is still open: {title}")


def _floors(sheet: Sheet, indicators: Iterable[IndicatorScore]) -> Iterable[str]:
    for indicator in indicators:
        title, floor = sheet.of(indicator.title), sheet.marks(indicator.floor or Fraction(0))
        if indicator.floor_state == "missed":
            yield sheet.say(
                f"“{title}”没有达到本部分的合格线 {floor}。", f"{title} misses its floor of {floor}."
            )
        elif indicator.floor_state == "open":
            yield sheet.say(
                f"“{title}”能否达到本部分的合格线 {floor} 未定。", f"The floor of {title}, {floor}, is open."
            )
        yield from _floors(sheet, indicator.indicators)


def _undecided(sheet: Sheet, assessment: Assessment) -> str:
    number = assessment.counts[Outcome.UNKNOWN] + assessment.counts[Outcome.PENDING]
    number -= sum(1 for f in assessment.findings if f.outcome in _UNDECIDED and waived(f))
    score = assessment.score
    low, high = sheet.marks(score.worst), sheet.marks(score.best)
    rules = counted(number, "rule is undecided", "rules are undecided")
    fail, passed = ("it fails", "it passes") if number == 1 else ("all fail", "all pass")
    all_zh = "" if number == 1 else "全部"
    if assessment.verdict is Verdict.QUALIFIED and score.worst >= score.pass_mark:
        return sheet.say(
            f"{number} 项尚未判定，即使{all_zh}不符合，也有 {low} 分，仍在合格线以上。",
            f"{rules}; even if {fail}, {low} remain, above the pass mark.",
        )
    return sheet.say(
        f"{number} 项尚未判定：{all_zh}不符合为 {low} 分，{all_zh}符合为 {high} 分。",
        f"{rules}: {low} if {fail}, {high} if {passed}.",
    )


# Errors ----------------------------------------------------------------------------------------------


def _errors(sheet: Sheet, assessment: Assessment) -> None:
    broken = [finding for finding in assessment.findings if finding.outcome is Outcome.ERROR]
    if not broken:
        return
    sheet.heading(sheet.say("执行出错", "Engine errors"))
    for finding in broken:
        sheet.paragraph((sheet.of(finding.title), "bold"), f"  {finding.rule}", indent=2)
        sheet.paragraph(sheet.of(finding.message), indent=4)


# Indicators ------------------------------------------------------------------------------------------


def _indicators(sheet: Sheet, assessment: Assessment) -> None:
    sheet.heading(sheet.say("各项得分", "Indicators"))
    long = sum(1 for _ in _whole(assessment.score.indicators)) > _LONG_TREE
    rows = list(_flat(sheet, assessment.score.indicators, 0, long))
    figures = [_figures(sheet, assessment, indicator) for indicator, _ in rows]
    width = max((cell_len(text) for text in figures), default=0)
    for text, (indicator, depth) in zip(figures, rows, strict=True):
        lead: list[Span | str] = [padded(text, width, right=True), "  ", *_bar(indicator), "  " * (depth + 1)]
        sheet.paragraph((sheet.of(indicator.title), "" if depth else "bold"), indent=2, lead=lead)


def _whole(indicators: Iterable[IndicatorScore]) -> Iterator[IndicatorScore]:
    for indicator in indicators:
        yield indicator
        yield from _whole(indicator.indicators)


def _flat(
    sheet: Sheet, indicators: Iterable[IndicatorScore], depth: int, long: bool
) -> Iterator[tuple[IndicatorScore, int]]:
    """The tree line by line. Below the top what does not apply stands together on one line, and in a long
    tree also what has lost nothing."""
    full: list[IndicatorScore] = []
    idle: list[IndicatorScore] = []
    for indicator in indicators:
        plain = depth > 0 and indicator.points > 0 and not indicator.indicators and indicator.floor is None
        if plain and indicator.best is None:
            idle.append(indicator)
        elif plain and long and indicator.worst == indicator.points:
            full.append(indicator)
        else:
            yield indicator, depth
            yield from _flat(sheet, indicator.indicators, depth + 1, long)
    for group in (full, idle):
        if group:
            yield _together(sheet, group), depth


def _together(sheet: Sheet, group: Sequence[IndicatorScore]) -> IndicatorScore:
    """Several indicators as one line: their points added up, each named with its own."""
    if len(group) == 1:
        return group[0]
    named = sheet.say("；", "; ").join(f"{sheet.of(i.title)} {sheet.marks(i.points)}" for i in group)
    return replace(
        group[0],
        title=Bilingual(named, named),
        points=sum((i.points for i in group), Decimal(0)),
        worst=None if group[0].worst is None else sum((i.worst or Fraction(0) for i in group), Fraction(0)),
        best=None if group[0].best is None else sum((i.best or Fraction(0) for i in group), Fraction(0)),
    )


def _figures(sheet: Sheet, assessment: Assessment, indicator: IndicatorScore) -> str:
    if not indicator.points:
        return _veto_state(sheet, assessment, indicator)
    full = sheet.marks(indicator.points)
    if indicator.worst is None or indicator.best is None:
        return sheet.say(f"不适用 / {full}", f"n/a / {full}")
    return f"{_interval(sheet, indicator.worst, indicator.best)} / {full}"


def _veto_state(sheet: Sheet, assessment: Assessment, indicator: IndicatorScore) -> str:
    """What an indicator of vetoes alone has instead of points."""
    states = {assessment.score.marks[rule].veto for rule in indicator.rules}
    if "fired" in states:
        return sheet.say("已否决", "veto fired")
    return sheet.say("否决项未定", "veto open") if "open" in states else sheet.say("无否决", "no veto")


def _bar(indicator: IndicatorScore) -> list[Span]:
    """Certain, undecided and lost parts; a part that is not nought is never drawn as nothing."""
    if indicator.worst is None or indicator.best is None or not indicator.points:
        return [("·" * _BAR, "dim")]
    points = Fraction(indicator.points)
    certain = min(int(indicator.worst / points * _BAR), _BAR)
    reach = -int(-indicator.best / points * _BAR)
    reach = min(reach, _BAR - 1) if indicator.best < points else _BAR
    return [
        ("█" * certain, "green"),
        ("▒" * (reach - certain), "yellow"),
        ("░" * (_BAR - reach), "red"),
    ]


# Faults ----------------------------------------------------------------------------------------------


def _faults(sheet: Sheet, assessment: Assessment) -> None:
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


# What is undecided -----------------------------------------------------------------------------------


def _stake(assessment: Assessment, finding: Judgement) -> Fraction:
    """What its undecided part takes from the score or, where that is not counted, its own open points."""
    if assessment.score.unknown != "left_out":
        steps = assessment.score.waterfall
        return sum((s.lost for s in steps if s.rule == finding.rule and not s.certain), Fraction(0))
    return finding.marks.best - finding.marks.worst if finding.marks else Fraction(0)


def _stakes(sheet: Sheet, assessment: Assessment, findings: Iterable[Judgement]) -> str:
    at_stake = sum((_stake(assessment, finding) for finding in findings), Fraction(0))
    return sheet.say(f"涉及 {sheet.marks(at_stake)} 分", f"{sheet.points(at_stake)} at stake")


def _pending(sheet: Sheet, assessment: Assessment) -> None:
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


def _unknown(sheet: Sheet, assessment: Assessment) -> None:
    unknown = [f for f in assessment.findings if f.outcome is Outcome.UNKNOWN]
    if not unknown:
        return
    sheet.heading(
        sheet.say("无法判定", "Could not be decided"),
        sheet.say(f"{len(unknown)} 项，", f"{len(unknown)}, ") + _stakes(sheet, assessment, unknown),
    )
    groups: dict[str, list[Judgement]] = {}
    for finding in unknown:
        groups.setdefault(_reason(sheet, finding), []).append(finding)
    ordered = sorted(groups.items(), key=lambda group: -sum(_stake(assessment, f) for f in group[1]))
    for reason, findings in ordered[:_REASONS]:
        _reason_group(sheet, assessment, reason, findings)
    rest = [finding for _, findings in ordered[_REASONS:] for finding in findings]
    if rest:
        text = sheet.say(f"另有 {len(rest)} 项，", f"{len(rest)} more, ") + _stakes(sheet, assessment, rest)
        sheet.paragraph((text, "dim"), indent=2)


def _reason(sheet: Sheet, finding: Judgement) -> str:
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


# What does not apply ---------------------------------------------------------------------------------


def _not_applicable(sheet: Sheet, assessment: Assessment) -> None:
    number = assessment.counts[Outcome.NOT_APPLICABLE]
    adjustment = assessment.score.adjustment
    if not number and not adjustment.points:
        return
    sheet.heading(sheet.say("不适用", "Not applicable"), sheet.say(f"{number} 项", f"{number}"))
    if not adjustment.points:
        sheet.paragraph(sheet.say("都不涉及分值。", "No points hang on them alone."), indent=2)
        return
    freed, effect = sheet.marks(adjustment.points), sheet.marks(adjustment.effect)
    method = sheet.of(TREATMENTS[adjustment.treatment])
    if adjustment.factor is not None:
        full = assessment.score.full
        left = sheet.marks(Fraction(full) - adjustment.points)
        method += sheet.say(f"（× {sheet.marks(full)} / {left}）", f" (× {sheet.marks(full)} / {left})")
    sheet.paragraph(
        sheet.say(
            f"涉及 {freed} 分：{method}，得分因此多 {effect} 分。",
            f"{sheet.points(adjustment.points)} {'hangs' if freed == '1' else 'hang'} on them: {method},"
            f" which adds {effect} to the score.",
        ),
        indent=2,
    )


# What to fix first -----------------------------------------------------------------------------------


def _fixes(sheet: Sheet, assessment: Assessment) -> None:
    entries = assessment.score.what_if
    if not entries:
        return
    shown = [entry for entry in entries if entry.gain][:_FIXES]
    note = sheet.say(
        "按能多得的分排列；“改到此”是连同上面各项一起改完后的得分",
        "by points gained; “so far” is the score with all above done too",
    )
    sheet.heading(sheet.say("先改这些", "Fix these first"), note if shown else "")
    if shown:
        _gains(sheet, assessment, shown)
    _milestone(sheet, assessment, entries)


def _gains(sheet: Sheet, assessment: Assessment, shown: Sequence[WhatIf]) -> None:
    gains = [f"+{sheet.marks(entry.gain)}" for entry in shown]
    reached = [_interval(sheet, e.together.worst, e.together.best) for e in shown]
    titles = {finding.rule: finding for finding in assessment.findings}
    heads = (sheet.say("多得", "gain"), sheet.say("改到此", "so far"))
    widths = [
        max(map(cell_len, [head, *column])) for head, column in zip(heads, (gains, reached), strict=True)
    ]
    columns = [padded("", 4), padded(heads[0], widths[0], True), "   ", padded(heads[1], widths[1], True)]
    sheet.line(("".join(columns), "dim"))
    for number, entry in enumerate(shown):
        lead = (
            padded(f"{number + 1}", 3, True),
            " ",
            (padded(gains[number], widths[0], True), "bold green"),
            "   ",
            padded(reached[number], widths[1], True),
            "   ",
        )
        sheet.paragraph(*_fix(sheet, titles[entry.rule], entry), lead=lead)


def _fix(sheet: Sheet, finding: Judgement, entry: WhatIf) -> list[Span]:
    kinds = {
        Outcome.UNKNOWN: Bilingual("补", "supply"),
        Outcome.PENDING: Bilingual("判", "judge"),
    }
    otherwise = Bilingual("改", "fix")
    if finding.marks and finding.marks.roles == ("bonus",):
        otherwise = Bilingual("争取", "earn")
    kind = sheet.of(kinds.get(finding.outcome, otherwise))
    veto = sheet.say("（一票否决）", " (veto)") if entry.veto != "none" else ""
    return [(f"{kind} ", "dim"), (sheet.of(finding.title), ""), (veto, "bold red")]


def _milestone(sheet: Sheet, assessment: Assessment, entries: Sequence[WhatIf]) -> None:
    """What the list leads to, and what is left out of it."""
    worth = [entry for entry in entries if entry.gain]
    left = len(worth) - _FIXES
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left} 项", f"{left} more"), "dim"), indent=4)
    now = _standing(sheet, assessment.score.outlook)
    if worth:
        number = min(len(worth), _FIXES)
        then = _standing(sheet, worth[number - 1].together)
        said = sheet.say(
            f"做完这 {number} 项：{now}变为 {then}",
            f"With {'this one' if number == 1 else f'these {number}'} done: from {now} to {then}",
        )
        sheet.paragraph(said, indent=2)
    if len(worth) < len(entries):
        _only_together(sheet, assessment, entries[len(worth) :])


def _only_together(sheet: Sheet, assessment: Assessment, entries: Sequence[WhatIf]) -> None:
    """What brings nothing alone: a cap or another rule keeps the points until all of it is settled."""
    finding = {f.rule: f for f in assessment.findings}
    reasons = Counter(_reason(sheet, finding[entry.rule]) for entry in entries)
    listed = sheet.say("；", "; ").join(
        sheet.say(f"{reason} {n} 项", f"{reason} ({n})") for reason, n in reasons.items()
    )
    then = _standing(sheet, entries[-1].together)
    if len(entries) == 1:
        zh, en = "还有 1 项单独解决不加分，解决后为", "1 more brings nothing by itself; with it settled"
    else:
        zh = f"还有 {len(entries)} 项单独解决不加分，全部解决后为"
        en = f"{len(entries)} more bring nothing one by one; with all of them settled"
    sheet.paragraph(sheet.say(f"{zh} {then}：{listed}", f"{en}, {then}: {listed}"), indent=2)


def _standing(sheet: Sheet, outlook: Outlook) -> str:
    names = [sheet.of(VERDICTS[outlook.verdict]).lower()]
    if outlook.bands and _bands(sheet, outlook.bands) not in names:
        names.append(_bands(sheet, outlook.bands))
    inside = sheet.say("，", ", ").join(names)
    return _interval(sheet, outlook.worst, outlook.best) + sheet.say(f"（{inside}）", f" ({inside})")


def _foot(sheet: Sheet, assessment: Assessment) -> None:
    sheet.blank()
    in_short(sheet, reports(assessment))
    if assessment.score.what_if:
        submission = sheet.say("报送件", "SUBMISSION")
        command = f"checker explain {assessment.score.what_if[0].rule} {submission}"
        sheet.labelled(sheet.say("查看一条规则", "explain a rule"), (command, "dim"))
