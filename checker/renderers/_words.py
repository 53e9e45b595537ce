"""The names of outcomes, verdicts, grades and kinds in both languages, in one place."""

from collections.abc import Mapping

from checker.bilingual import Bilingual
from checker.facts import Kind
from checker.finding import Outcome
from checker.manifest import State
from checker.ruleset import Grade
from checker.scoring import Verdict

VERDICTS: Mapping[Verdict, Bilingual] = {
    Verdict.QUALIFIED: Bilingual("合格", "QUALIFIED"),
    Verdict.NOT_QUALIFIED: Bilingual("不合格", "NOT QUALIFIED"),
    Verdict.OPEN: Bilingual("未定", "OPEN"),
    Verdict.NOT_ASSESSABLE: Bilingual("无法评定", "NOT ASSESSABLE"),
}

OUTCOMES: Mapping[Outcome, Bilingual] = {
    Outcome.PASS: Bilingual("符合", "passed"),
    Outcome.PARTIAL: Bilingual("部分符合", "partly passed"),
    Outcome.FAIL: Bilingual("不符合", "failed"),
    Outcome.UNKNOWN: Bilingual("无法判定", "undecided"),
    Outcome.PENDING: Bilingual("待人工判断", "for a person to judge"),
    Outcome.NOT_APPLICABLE: Bilingual("不适用", "not applicable"),
    Outcome.ERROR: Bilingual("执行出错", "engine error"),
}

GRADES: Mapping[Grade, Bilingual] = {
    "law": Bilingual("法律法规", "law"),
    "national": Bilingual("全国性文件", "national notice"),
    "local": Bilingual("地方文件", "local notice"),
    "practice": Bilingual("通行做法", "common practice"),
    "proposed": Bilingual("本工具建议", "proposed by this tool"),
    "unconfirmed": Bilingual("出处待核实", "source unconfirmed"),
}

KINDS: Mapping[Kind, Bilingual] = {
    Kind.NUMBER: Bilingual("数字", "number"),
    Kind.BLANK: Bilingual("空白", "blank"),
    Kind.SLASH: Bilingual("斜线或横线", "slash or dash"),
    Kind.TEXT: Bilingual("文字", "text"),
    Kind.UNREADABLE: Bilingual("无法辨认", "unreadable"),
    Kind.MISSING: Bilingual("没有找到", "missing"),
    Kind.FLAG: Bilingual("是否", "yes or no"),
    Kind.DATE: Bilingual("日期", "date"),
}

STATES: Mapping[State, Bilingual] = {
    State.VERIFIED: Bilingual("相符", "verified"),
    State.CHANGED: Bilingual("已改动", "changed"),
    State.MISSING: Bilingual("缺失", "missing"),
    State.UNREADABLE: Bilingual("读不出", "unreadable"),
    State.UNEXPECTED: Bilingual("清单外", "unexpected"),
    State.NOT_VOUCHED: Bilingual("未记摘要", "not vouched for"),
}

STATE_STYLES: Mapping[State, str] = {
    **dict.fromkeys(State, "red"),
    State.VERIFIED: "green",
    State.UNEXPECTED: "yellow",
    State.NOT_VOUCHED: "yellow",
}

NOT_USED = Bilingual("未采用", "not used")
"""Of evidence that is verified and yet says nothing of this year, or nothing more."""

TREATMENTS: Mapping[str, Bilingual] = {
    "rescale": Bilingual("其余各项按比例折算为满分", "the rest is scaled up to full marks"),
    "spread": Bilingual(
        "整项不适用的一级指标，分值平均摊到其他一级指标",
        "the points of a top-level item that does not apply are spread evenly over the others",
    ),
    "drop": Bilingual("在上级指标内按比例折算", "the rest of the same indicator is scaled up"),
    "grant": Bilingual("按满分计", "they count as fully earned"),
}

UNKNOWN: Mapping[str, Bilingual] = {
    "open": Bilingual("未判定的留待判定", "the undecided is left open"),
    "costs": Bilingual("未判定的按不符合计", "the undecided counted as failed"),
    "left_out": Bilingual("未判定的不计入", "the undecided left out"),
}
