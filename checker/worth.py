"""What a ruleset makes of a rule or an indicator, in the words of a score sheet."""

from collections.abc import Iterator
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.ruleset import Bonus, Indicator, Scale, Use, Veto

OCCURRENCES = Bilingual("处", "occurrence")
UNCONFIRMED = Bilingual("未经核实", "unconfirmed")

_TREATED = {
    "rescale": Bilingual("不适用的，其余按比例放大", "what does not apply: the rest is scaled up"),
    "spread": Bilingual("不适用的，分值平均摊给其余", "what does not apply: its points are spread evenly"),
    "drop": Bilingual("不适用的不计，在上级内折算", "what does not apply: left out, the rest scaled up"),
    "grant": Bilingual("不适用的给满分", "what does not apply counts as earned"),
}
_OBJECTS = {
    "pass_rate": Bilingual(
        "逐个对象判断，按无差错的比例得分", "each object is judged alone; the share without a fault"
    ),
    "mean": Bilingual("逐个对象计分，取平均", "each object is marked alone; the mean counts"),
    "worst": Bilingual("逐个对象计分，取最低", "each object is marked alone; the worst counts"),
}


def number(value: Decimal) -> str:
    """Without an exponent or trailing zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def percent(share: Decimal) -> str:
    return f"{number(share * 100)}%"


def points(value: Decimal) -> Bilingual:
    """`0.5分`, `1 point`"""
    said = number(value)
    return Bilingual(f"{said}分", f"{said} point" if said == "1" else f"{said} points")


def use_in_words(use: Use, unit: Bilingual = OCCURRENCES) -> Bilingual:
    """How a use gives or costs points: 每处扣0.5分，最多扣5分. unit: what a deduction by quantity counts."""
    parts = [
        *_kind(use, unit),
        *((_firm(),) if use.firm else ()),
        *((UNCONFIRMED,) if use.unconfirmed else ()),
    ]
    return _joined(parts)


def bonus_in_words(use: Use) -> Bilingual:
    """The same of a use that brings points on top."""
    if use.points is None:
        return use_in_words(use)
    most = points(use.points)
    if use.rubric:
        return Bilingual(f"加分，{_rubric(use).zh}", f"bonus, {_rubric(use).en}")
    if use.scale is not None:
        zh, en = _scale(use.scale, use.points)
        return Bilingual(f"最多加{most.zh}，{zh}", f"up to {most.en} on top, {en}")
    if use.per == "occurrence":
        said = Bilingual(f"每处加{most.zh}", f"{most.en} on top for each")
    else:
        said = Bilingual(f"符合的加{most.zh}", f"{most.en} on top where it holds")
    return _joined([said, *((UNCONFIRMED,) if use.unconfirmed else ())])


def veto_in_words(veto: Veto) -> Bilingual:
    """What a veto does to the score."""
    mark = points(veto.points or Decimal(0))
    return {
        "stop": Bilingual("否决即不合格，不再计分", "a veto fails it and nothing else is scored"),
        "continue": Bilingual(
            "否决即不合格，其余照常计分", "a veto fails it; the rest is scored all the same"
        ),
        "force": Bilingual(f"否决即不合格，定为{mark.zh}", f"a veto fails it with {mark.en}"),
        "cap": Bilingual(f"否决即不合格，最多{mark.zh}", f"a veto fails it with at most {mark.en}"),
    }[veto.scoring]


def treatment_in_words(treatment: str) -> Bilingual:
    """What becomes of points that do not apply."""
    return _TREATED[treatment]


def bonus_terms(bonus: Bonus) -> Bilingual:
    """When a bonus counts, and how much it can bring."""
    most = points(bonus.cap)
    limit = Bilingual(f"最多加{most.zh}", f"at most {most.en} on top")
    gate = bonus.opens_above if bonus.opens_at is None else bonus.opens_at
    if gate is None:
        return limit
    zh, en = ("高于", "above") if bonus.opens_at is None else ("达到", "from")
    marks = points(gate)
    return Bilingual(f"基础分{zh}{marks.zh}才计，{limit.zh}", f"counted {en} {marks.en} only, {limit.en}")


def indicator_in_words(indicator: Indicator) -> tuple[Bilingual, ...]:
    """What is special about an indicator: its own scale, floor, cap, veto, treatment, gate."""
    return tuple(_special(indicator))


def _special(indicator: Indicator) -> Iterator[Bilingual]:
    yield from _own_scale(indicator)
    if indicator.veto is not None:
        said = veto_in_words(indicator.veto)
        yield Bilingual(f"只对本项：{said.zh}", f"for this part only: {said.en}")
    if indicator.not_applicable is not None:
        yield _TREATED[indicator.not_applicable]
    if indicator.objects is not None:
        yield _OBJECTS[indicator.objects]
    if indicator.only_if is not None:
        yield Bilingual(
            f"规则 {indicator.only_if} 通过才适用", f"applies only where {indicator.only_if} passes"
        )
    if indicator.bonus is not None:
        yield bonus_terms(indicator.bonus)
    if indicator.firm:
        yield _firm()
    if indicator.unconfirmed:
        yield UNCONFIRMED


def _own_scale(indicator: Indicator) -> Iterator[Bilingual]:
    if indicator.out_of is not None:
        inside, own = number(indicator.out_of), points(indicator.points)
        yield Bilingual(f"内部按{inside}分计，折算为{own.zh}", f"marked out of {inside}, scaled to {own.en}")
    if indicator.floor is not None:
        floor = points(indicator.floor)
        yield Bilingual(f"低于{floor.zh}整体不合格", f"below {floor.en} the whole fails")
    if indicator.cap is not None:
        cap = points(indicator.cap)
        yield Bilingual(f"最多失{cap.zh}", f"at most {cap.en} lost")


def _firm() -> Bilingual:
    return Bilingual("不得放宽", "not to be relaxed")


def _joined(parts: list[Bilingual]) -> Bilingual:
    return Bilingual("，".join(p.zh for p in parts), ", ".join(p.en for p in parts))


def _kind(use: Use, unit: Bilingual) -> Iterator[Bilingual]:
    if use.veto:
        yield Bilingual("不符合即否决", "a veto where it fails")
    elif use.warning:
        yield Bilingual("只提示，不扣分", "reported only, costs nothing")
    elif use.limit is not None:
        yield from _limit(use)
    elif use.points is not None:
        yield _earned(use, use.points)
    elif use.deduct is not None:
        yield from _deducted(use, use.deduct, unit)


def _limit(use: Use) -> Iterator[Bilingual]:
    limit = use.limit
    if limit is not None and limit.times != 1:
        share = percent(limit.times)
        yield Bilingual(f"不符合时得分只计{share}", f"where it fails, marks count {share}")
    if limit is not None and limit.at_most != 1:
        share = percent(limit.at_most)
        yield Bilingual(f"不符合时得分不超过分值的{share}", f"where it fails, at most {share} of the points")


def _earned(use: Use, most: Decimal) -> Bilingual:
    said = points(most)
    if use.rubric:
        return _rubric(use)
    if use.scale is not None:
        zh, en = _scale(use.scale, most)
        return Bilingual(f"{said.zh}，{zh}", f"{said.en}, {en}")
    return Bilingual(f"符合得{said.zh}，否则不得分", f"{said.en} where it holds, else none")


def _rubric(use: Use) -> Bilingual:
    most = use.points or Decimal(0)
    levels = [(level.title, number(level.earns * most)) for level in use.rubric]
    zh = "、".join(f"{title.zh}{mark}分" for title, mark in levels)
    en = ", ".join(f"{title.en} {mark}" for title, mark in levels)
    return Bilingual(f"按等级：{zh}", f"by level: {en}")


def _scale(scale: Scale, most: Decimal) -> Bilingual:
    if scale.steps:
        steps = [(percent(step.at_least), number(step.earns * most)) for step in scale.steps]
        zh = "、".join(f"达到{share}得{mark}分" for share, mark in steps)
        en = ", ".join(f"{mark} from {share} on" for share, mark in steps)
        return Bilingual(f"分档：{zh}", f"in steps: {en}")
    if scale.full_at == 1 and scale.zero_at == 0:
        return Bilingual("按符合的比例得分", "by the share that is met")
    full, zero = percent(scale.full_at), percent(scale.zero_at)
    return Bilingual(
        f"符合的比例达到{full}得满分，降到{zero}不得分，其间按比例",
        f"full from {full} met, none at {zero}, in proportion between",
    )


def _deducted(use: Use, least: Decimal, unit: Bilingual) -> Iterator[Bilingual]:
    if use.deduct_to is None:
        yield _for_each(use, points(least), OCCURRENCES if use.per == "occurrence" else unit)
    else:
        most, each = points(use.deduct_to), use.per == "occurrence"
        low = number(least)
        yield Bilingual(
            f"{'每处' * each}由人酌定，扣{low}至{most.zh}",
            f"{low} to {most.en} off{' each' * each}, set by a person",
        )
    if use.cap is not None:
        cap = points(use.cap)
        yield Bilingual(f"最多扣{cap.zh}", f"at most {cap.en}")
    if use.restores:
        back = percent(use.restores)
        yield Bilingual(f"按期整改的退回{back}", f"{back} given back if put right in time")
    if use.repeats != 1:
        times = number(use.repeats)
        yield Bilingual(f"重复发生的按{times}倍扣", f"{times} times over if repeated")
    if use.group is not None:
        yield Bilingual("同组不重复扣", "charged once within its group")


def _for_each(use: Use, amount: Bilingual, unit: Bilingual) -> Bilingual:
    if use.per == "rule":
        return Bilingual(f"不符合扣{amount.zh}", f"{amount.en} off where it fails")
    if use.every == 1 and use.per == "occurrence":
        return Bilingual(f"每{unit.zh}扣{amount.zh}", f"{amount.en} off for each {unit.en}")
    count = "" if use.every == 1 else f"{use.every}"
    begun = Bilingual("（不足也算）", " begun") if use.begun else Bilingual("", "")
    return Bilingual(
        f"每{count}{unit.zh}{begun.zh}扣{amount.zh}",
        f"{amount.en} off for every {count or 'one'}{begun.en} ({unit.en})",
    )
