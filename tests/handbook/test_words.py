"""How a ruleset's figures read on a score sheet."""

from decimal import Decimal
from typing import Any

import pytest

from checker.bilingual import Bilingual
from checker.location import Location
from checker.ruleset import Bonus, Indicator, Level, Limit, Scale, Step, Use, Veto
from checker.worth import bonus_in_words, bonus_terms, indicator_in_words, number, use_in_words, veto_in_words

D = Decimal
PLACE = Location("x.yaml")
GOOD = (Level("good", Bilingual("优", "good"), D(1)), Level("poor", Bilingual("差", "poor"), D("0.25")))


def use(**how: Any) -> Use:
    return Use("f/r", PLACE, **how)


@pytest.mark.parametrize(
    ("how", "zh", "en"),
    [
        ({"points": D(4)}, "符合得4分，否则不得分", "4 points where it holds, else none"),
        ({"points": D(4), "scale": Scale()}, "4分，按符合的比例得分", "4 points, by the share that is met"),
        (
            {"points": D(4), "scale": Scale(D("0.9"), D("0.5"))},
            "4分，符合的比例达到90%得满分，降到50%不得分，其间按比例",
            "4 points, full from 90% met, none at 50%, in proportion between",
        ),
        (
            {"points": D(4), "scale": Scale(steps=(Step(D("0.9"), D(1)), Step(D("0.7"), D("0.5"))))},
            "4分，分档：达到90%得4分、达到70%得2分",
            "4 points, in steps: 4 from 90% on, 2 from 70% on",
        ),
        ({"points": D(8), "rubric": GOOD}, "按等级：优8分、差2分", "by level: good 8, poor 2"),
        ({"deduct": D(1)}, "不符合扣1分", "1 point off where it fails"),
        (
            {"deduct": D("0.5"), "per": "occurrence", "cap": D(5)},
            "每处扣0.5分，最多扣5分",
            "0.5 points off for each occurrence, at most 5 points",
        ),
        (
            {"deduct": D(1), "per": "quantity", "every": 7, "begun": True},
            "每7天（不足也算）扣1分",
            "1 point off for every 7 begun (days)",
        ),
        ({"deduct": D(1), "deduct_to": D(18)}, "由人酌定，扣1至18分", "1 to 18 points off, set by a person"),
        (
            {"deduct": D(2), "restores": D("0.5"), "repeats": D(2), "group": "g"},
            "不符合扣2分，按期整改的退回50%，重复发生的按2倍扣，同组不重复扣",
            (
                "2 points off where it fails, 50% given back if put right in time, 2 times over if repeated, "
                "charged once within its group"
            ),
        ),
        ({"veto": True, "firm": True}, "不符合即否决，不得放宽", "a veto where it fails, not to be relaxed"),
        (
            {"limit": Limit(times=D("0.5"))},
            "不符合时得分只计50%",
            "where it fails, marks count 50%",
        ),
        (
            {"limit": Limit(at_most=D("0.6")), "unconfirmed": True},
            "不符合时得分不超过分值的60%，未经核实",
            "where it fails, at most 60% of the points, unconfirmed",
        ),
        ({"warning": True}, "只提示，不扣分", "reported only, costs nothing"),
    ],
)
def test_a_use_in_words(how: dict[str, Any], zh: str, en: str) -> None:
    assert use_in_words(use(**how), Bilingual("天", "days")) == Bilingual(zh, en)


def test_a_bonus_in_words() -> None:
    assert bonus_in_words(use(points=D(5))).zh == "符合的加5分"
    assert bonus_in_words(use(points=D(2), per="occurrence")).en == "2 points on top for each"
    assert bonus_in_words(use(points=D(8), rubric=GOOD)).zh == "加分，按等级：优8分、差2分"
    assert bonus_terms(Bonus(D(30), PLACE, (), D(80))).zh == "基础分高于80分才计，最多加30分"
    assert bonus_terms(Bonus(D(5), PLACE, ())).en == "at most 5 points on top"


def test_an_indicator_in_words() -> None:
    plain = Indicator("i", Bilingual("甲", "a"), D(30), PLACE)
    assert indicator_in_words(plain) == ()
    special = Indicator(
        *("i", Bilingual("甲", "a"), D(30), PLACE),
        out_of=D(100),
        floor=D(18),
        cap=D(10),
        veto=Veto("force", D(59)),
        not_applicable="drop",
        objects="worst",
        only_if="f/r",
        unconfirmed=True,
    )
    assert [said.zh for said in indicator_in_words(special)] == [
        "内部按100分计，折算为30分",
        "低于18分整体不合格",
        "最多失10分",
        "只对本项：否决即不合格，定为59分",
        "不适用的不计，在上级内折算",
        "逐个对象计分，取最低",
        "规则 f/r 通过才适用",
        "未经核实",
    ]


def test_what_a_veto_does() -> None:
    assert veto_in_words(Veto("stop")).zh == "否决即不合格，不再计分"
    assert veto_in_words(Veto("cap", D(59))).en == "a veto fails it with at most 59 points"


def test_numbers_have_no_trailing_zeros() -> None:
    assert [number(D(text)) for text in ("10", "1E+1", "0.50", "0", "100.00")] == [
        "10",
        "10",
        "0.5",
        "0",
        "100",
    ]
