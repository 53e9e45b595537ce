"""The head of the page: whose report, the verdict and what it rests on."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from checker.assessment import Assessment
from checker.finding import Outcome
from checker.renderers._decisions import beside, waived
from checker.renderers._numbers import counted
from checker.renderers._reading import losses
from checker.renderers._sheet import Sheet
from checker.renderers._words import OUTCOMES, UNKNOWN, VERDICTS
from checker.ruleset import Band
from checker.scoring import IndicatorScore, Outlook, Verdict

_UNDECIDED = (Outcome.UNKNOWN, Outcome.PENDING)
_STYLES = {
    Verdict.QUALIFIED: "bold white on green",
    Verdict.NOT_QUALIFIED: "bold white on red",
    Verdict.OPEN: "bold black on yellow",
    Verdict.NOT_ASSESSABLE: "bold white on magenta",
}


def head(sheet: Sheet, assessment: Assessment) -> None:
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
        beside(sheet, assessment, standing(sheet, raw), standing(sheet, adjusted))
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
    marks = interval(sheet, score.worst, score.best) + full
    sheet.line("  ", (badge, _STYLES[assessment.verdict]), "   ", (marks, "bold"))
    details = [
        sheet.say(f"合格线 {sheet.marks(score.pass_mark)}", f"pass mark {sheet.marks(score.pass_mark)}")
    ]
    if score.worst != score.best and score.unknown != "open":
        counted = f"{sheet.of(UNKNOWN[score.unknown])}{sheet.say('，现得 ', ': ')}{sheet.marks(score.earned)}"
        details.insert(0, counted)
    if score.outlook.bands:
        details.append(f"{sheet.say('等次', 'band')} {bands(sheet, score.outlook.bands)}")
    sheet.paragraph("    ".join(details), indent=2)
    sheet.blank()


def interval(sheet: Sheet, worst: Fraction, best: Fraction) -> str:
    low, high = sheet.marks(worst), sheet.marks(best)
    return low if low == high else f"{low} {sheet.say('至', 'to')} {high}"


def bands(sheet: Sheet, bands: Sequence[Band]) -> str:
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


def standing(sheet: Sheet, outlook: Outlook) -> str:
    names = [sheet.of(VERDICTS[outlook.verdict]).lower()]
    if outlook.bands and bands(sheet, outlook.bands) not in names:
        names.append(bands(sheet, outlook.bands))
    inside = sheet.say("，", ", ").join(names)
    return interval(sheet, outlook.worst, outlook.best) + sheet.say(f"（{inside}）", f" ({inside})")
