"""Which claim a number makes, if any."""

import re

from checker.extractors.claims.context import Stated
from checker.extractors.claims.kinds import CHANNELS, KINDS, Kind, compiled, of_unit
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
_COLUMN = pattern("专栏|栏目|专区|专题")
_TOTALS = frozenset(k.name for k in KINDS if k.total) | {c.name for c in CHANNELS}
_PART = pattern(r"^(?:其中|包括|含|其[他它余]|剩余|另)")
_OUTCOMES = frozenset(("applications_refused", "applications_not_available", "applications_not_processed"))
_DECISIONS = frozenset(("licences", "penalties", "coercion"))
_OF_DISCLOSURE = pattern("公开|依申请")


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
    return (
        stated.quantity.unit in ("条", "篇") and not stated.tail and _POSTED.search(stated.lead) is not None
    )


def is_narrow(name: str, stated: Stated) -> bool:
    """Whether the words of the claim itself say that it counts a part of what its name stands for."""
    if name in _TOTALS and (_PART.search(stated.lead) or _PART.search(stated.chain)):
        return True
    if name == "site_items" and _of_a_column_or_list(stated):
        return True
    if name in _OUTCOMES:
        return re.search("因|属|涉", stated.lead) is not None and "等" not in stated.lead
    if name in _DECISIONS:
        return re.search("公开|公示|发布", stated.chain) is not None
    if name == "normative_made":
        return re.search("制发|制定|出台|印发", stated.lead) is None
    if name in ("reviews", "suits", "proceedings") and stated.quantity.value != 0:
        sentence = stated.sentence
        said = sentence.view + sentence.previous + sentence.heading
        return sentence.section != 4 and _OF_DISCLOSURE.search(said) is None
    if name == "interpretations" and re.search("公报[^。]*(?:刊登|刊发|刊载|登载)", stated.before):
        return True
    if name == "items_published" and not re.search("(?:政府|政务|各类|公开)信息$", stated.lead):
        return True
    return name == "site_items" and re.search('"[^"]*(?:门户|网)"', stated.before) is not None


def _of_a_column_or_list(stated: Stated) -> bool:
    """Whether the clause or the one before it names a column of a site, or a list of parts goes on."""
    near = re.split("[,;]", stated.before)[-2:]
    listed = re.search("其中[^;]*$", stated.before) and not re.search("共|累计|全年|通过|在", stated.lead)
    return bool(listed) or any(map(_COLUMN.search, near))


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
    for clause in reversed(re.split("[,:()]", stated.before.rpartition(";")[2])):
        named = [c.name for c in CHANNELS if compiled(c.words).search(clause)]
        if named:
            return named[0] if len(named) == 1 else "items_published"
        if _COLUMN.search(clause):
            break
    return "items_published"
