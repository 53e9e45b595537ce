"""The tree of indicators, each with its points and a bar of what is certain, undecided and lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from rich.cells import cell_len

from checker.assessment import Assessment
from checker.bilingual import Bilingual
from checker.renderers._sheet import Sheet, Span, padded
from checker.renderers._verdict import interval
from checker.scoring import IndicatorScore

_BAR = 20
_LONG_TREE = 30


def indicators(sheet: Sheet, assessment: Assessment) -> None:
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
    return f"{interval(sheet, indicator.worst, indicator.best)} / {full}"


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
