"""Which claim a number makes, if any."""

import re

from checker.extractors.claims.context import Stated
from checker.extractors.claims.kinds import CHANNELS, COLUMN, Kind, compiled, of_unit
from checker.extractors.claims.narrow import by_channel
from checker.patterns import pattern

# No figure of the year: a difference, a plan, a frequency, a limit.
_DIFFERENCE = pattern(r"(?:增加|减少|增长|下降|上升|提高|增|减|多|少|压缩|较\S{0,8})$")
_PLAN = pattern(
    r"计划|拟(?!定|制)|力争|预计|目标|将(?!相关|于)|下一步|每(?:季度?|月|年|周|半年|期)|同比|原则上"
)
_RESULT = pattern(
    r"^(?:其中)?(?:被|结果|予以)*(?P<upheld>维持)|^(?:其中)?(?:被|结果|予以)*(?P<corrected>纠正|纠错|撤销)"
)
_FEES = pattern(r"处理费|信息公开.{0,8}费|收费")
_POSTED = pattern(
    "(?:网站|官网|门户|公众号|微信|微博|抖音|视频号)[^,;、]{0,8}(?:发布|公开|推送|推文|文章|图文)$"
    "|(?:发布|推送|刊发)(?:各类|原创)*(?:文章|推文|图文|稿件)$"
)


def figure(stated: Stated) -> str | None:
    """The name of the claim a quantity makes, None if it makes none."""
    if _DIFFERENCE.search(stated.lead) or _PLAN.search(stated.chain):
        return None
    result = _result(stated)
    if result is not None:
        return result
    name = next((k.name for k in of_unit(stated.quantity.unit) if _fits(k, stated)), None)
    return _channel(stated) if name == "items_published" or (name is None and _is_post(stated)) else name


def _is_post(stated: Stated) -> bool:
    """公众号推文 533 条, 网站公开 106 条: the channel or the article stands for the item."""
    if stated.quantity.unit not in ("条", "篇"):
        return False
    return by_channel(stated) or not stated.tail and _POSTED.search(stated.lead) is not None


def is_new_only(name: str, stated: Stated) -> bool:
    """Whether applications received are said to be the new ones, without those carried in."""
    return name == "applications_received" and re.search("新收|新增|新受理", stated.chain) is not None


def _fits(kind: Kind, stated: Stated) -> bool:
    by_lead = compiled(kind.lead).search(stated.lead) is not None
    by_tail = bool(kind.tail) and compiled(kind.tail).search(stated.tail) is not None
    if not (by_lead or by_tail) or not _on_topic(kind, stated):
        return False
    within = not kind.within or compiled(kind.within).search(stated.chain + stated.tail) is not None
    before = not kind.before or compiled(kind.before).search(stated.before) is not None
    return within and before and not (kind.unless and compiled(kind.unless).search(stated.lead))


def _on_topic(kind: Kind, stated: Stated) -> bool:
    if kind.topic == "applications":
        return stated.sentence.on_applications
    return kind.topic != "fees" or _FEES.search(stated.sentence.view) is not None


def _result(stated: Stated) -> str | None:
    """其中 3 件维持: of reviews or suits, whichever was named last."""
    found = _RESULT.search(stated.tail) or _RESULT.search(stated.lead)
    if found is None or stated.quantity.unit not in ("件", "起", "宗", "例", "次"):
        return None
    review, suit = stated.before.rfind("复议"), max(stated.before.rfind("诉讼"), stated.before.rfind("应诉"))
    if review == suit:
        return None
    prefix = "reviews" if review > suit else "suits"
    return f"{prefix}_upheld" if found["upheld"] else f"{prefix}_corrected"


def _channel(stated: Stated) -> str:
    """Where the items were published: by the nearest clause before that names a channel, or a column."""
    parts = "[、,:()]" if by_channel(stated) else "[,:()]"
    for clause in reversed(re.split(parts, stated.before.rpartition(";")[2])):
        named = [c.name for c in CHANNELS if compiled(c.words).search(clause)]
        if named:
            return named[0] if len(named) == 1 else "items_published"
        if COLUMN.search(clause):
            break
    return "items_published"
