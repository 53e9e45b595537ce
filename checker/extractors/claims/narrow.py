"""Whether a figure counts only a part of what the name of its claim stands for, by its own words."""

import re
from collections.abc import Callable, Mapping

from checker.extractors.claims.context import Stated
from checker.extractors.claims.kinds import CHANNELS, COLUMN, KINDS
from checker.patterns import pattern

_CHANNELS = frozenset(c.name for c in CHANNELS)
_TOTALS = frozenset(k.name for k in KINDS if k.total) | _CHANNELS
_PART = pattern(r"^(?:其中|包括|含|其[他它余]|剩余|另)")
_OF_DISCLOSURE = pattern("公开|依申请")
# 公开政府信息 5829 条，其中网站 3089 条、微信公众号 2740 条: each the whole of its channel.
_CHANNEL = (
    "(?:通过|在|我|本级|[省市县区]|人民|政府|政务|官方|今日)*(?:门户网站|网站|门户|微信公众号|微信|公众号|微博|抖音|头条|视频号)"
    "(?:平台|账号|号|发布|公开|推送|信息)*"
)
_BY_CHANNEL = pattern(
    r"(?:公开|发布)(?:各类|各项)?(?:政府|政务)?信息(?:共计|共|累计|总计|达)*[\d,]+余?[条篇件],?其中[:,]?"
    rf"(?:{_CHANNEL}\d+余?[条篇件][,、])*{_CHANNEL}$"
)
_PLATFORM = pattern("公众号|微信|微博|抖音|视频号|头条|快手")


def is_narrow(name: str, stated: Stated) -> bool:
    """Whether the words of the claim itself say that it counts a part of what its name stands for."""
    if "分别" in stated.chain:
        return True
    if name in _CHANNELS and by_channel(stated):
        return False
    if name in _TOTALS and (_PART.search(stated.lead) or _PART.search(stated.chain)):
        return True
    says = _SAYS.get(name)
    return says is not None and says(stated)


def by_channel(stated: Stated) -> bool:
    """Whether it is one of a list of channels that all items published are divided into."""
    return _BY_CHANNEL.search(stated.before) is not None


def _listed(stated: Stated) -> bool:
    """Whether a list of parts goes on: … 其中政策文件 45 条，解读 12 条."""
    anew = re.search("共|累计|全年|通过|在", stated.lead)
    return re.search("其中[^;]*$", stated.before) is not None and anew is None


def _of_a_site(stated: Stated) -> bool:
    """Whether the clause or the one before it names a column of a site or another site, or a list goes on."""
    near = re.split("[,;]", stated.before)[-2:]
    named = re.search('"[^"]*(?:门户|网)"', stated.before) is not None
    return named or _listed(stated) or any(map(COLUMN.search, near))


def _of_interpretations(stated: Stated) -> bool:
    """Documents interpreted, activities, pieces of others, what a gazette printed: not all of the year."""
    if re.search("公报[^。]*(?:刊登|刊发|刊载|登载)", stated.before) or _listed(stated):
        return True
    counts_documents = re.search("解读(?:政策)?文件$", stated.lead) and stated.quantity.unit != "篇"
    return bool(counts_documents) or re.search("转[发载]|原创|活动$", stated.lead) is not None


def _of_items(stated: Stated) -> bool:
    return re.search("(?:政府|政务|各类|公开)信息$", stated.lead) is None


def _of_one_cause(stated: Stated) -> bool:
    return re.search("因|属|涉", stated.lead) is not None and "等" not in stated.lead


def _made_public(stated: Stated) -> bool:
    """Decisions made public, which need not be all that were taken."""
    return re.search("公开|公示|发布", stated.chain) is not None


def _not_made(stated: Stated) -> bool:
    return re.search("制发|制定|出台|印发", stated.lead) is None


def _of_one_platform(stated: Stated) -> bool:
    return _PLATFORM.search(stated.lead) is not None


def _not_on_disclosure(stated: Stated) -> bool:
    """Reviews and suits outside section four of which nobody says that they are about disclosure."""
    sentence = stated.sentence
    said = sentence.view + sentence.previous + sentence.heading
    return stated.quantity.value != 0 and sentence.section != 4 and _OF_DISCLOSURE.search(said) is None


_SAYS: Mapping[str, Callable[[Stated], bool]] = {
    "site_items": _of_a_site,
    "items_published": _of_items,
    "key_field_items": _listed,
    "policies_published": _listed,
    "interpretations": _of_interpretations,
    "accounts_closed": _of_one_platform,
    "normative_made": _not_made,
    **dict.fromkeys(("applications_refused", "applications_not_available"), _of_one_cause),
    "applications_not_processed": _of_one_cause,
    **dict.fromkeys(("licences", "penalties", "coercion"), _made_public),
    **dict.fromkeys(("reviews", "suits", "proceedings"), _not_on_disclosure),
}
