"""Whether a statement speaks for the whole of what the report's tables count.

Its subject may be narrower (a named department, one website, half a year), wider (全市 in the report of
one office) or of another year. Where that cannot be told it is taken for the whole only if nothing
in the sentence says otherwise.
"""

import re
from dataclasses import dataclass

from checker import comparison
from checker.patterns import pattern

_TITLES = pattern(r'《[^《》]*》|"[^"]*"')
# Letters that name a kind of place or office by themselves and none as part of these words: 乡村振兴, 城镇化,
# 布局, 委托, 以人民为中心, 壮大队伍.
_COMMON = pattern(
    "乡(?=[村土亲贤愁风音情])|(?<=[城家故老返下回])乡"
    "|(?<=城)镇(?=化|居民|职工|低保|就业|新增|登记|失业|困难|特困|户籍|常住|人口|污水|供水|燃气|老旧|住房|保障)"
    "|(?<=[小集])镇|镇(?=[静痛压])"
    "|局(?=[面部限势域促长])|(?<=[布格结大开时变僵破困当])局"
    "|委(?=[托派任屈]|员(?!会))|(?<=原)委"
    "|(?<=[餐客展])厅"
    "|中心(?=工作(?!人员)|任务|大局|城|镇|组|环节|内容|思想|目标)|(?<=[为绕])中心"
    "|大队(?=伍)"
)
_WHOLE = "(?<![安健完齐周保顾])全"
_OWN = pattern(
    r"(?<!自)我(?:省|市|县|区|州|盟|旗|镇|乡|街道|局|委|办(?!理|结|复)|厅|院|校(?![验对核])|处(?![理置罚])|中心|单位|机关)"
    r"|(?<![基成文版样资根日原])本(?:省|市|县|区|州|盟|旗|镇|乡|街道|局|委|办|厅|院|校(?![验对核])|机关|级|单位|部门|地区)"
    r"|各级(?:行政机关|政府|部门)?|(?:各|所有)(?:职能|行政)?(?:部门|单位|机关|镇|乡)"
    rf"|{_WHOLE}(?:局(?![性观])|委|系统|镇|乡|街道|院|校(?![验对核])|厅)"
)
_REGION = pattern(rf"{_WHOLE}(?P<level>省|市(?!场)|县|区(?!域|间)|州|盟|旗)(?!面)")
_OFFICE = pattern(
    r"[\u4e00-\u9fff]{0,14}?(?:局|委员会|管委会|(?<!党)委(?!会)|厅"
    r"|政府办(?:公室|公厅)?(?![理结件复事])|办公室|办公厅|中心|街道(?:办事处)?|镇(?:人民政府|政府)?"
    r"|乡(?:人民政府|政府)?|分局|大队|公司|医院|学校|科室|处室|直部门|直单位)"
    "(?!网站|门户|官网|微信|公众号|公报|文件|名义|信息公开网)"
)
_GOVERNMENT = pattern(
    r"[\u4e00-\u9fff]{0,8}(?:人民政府|(?<=[省市县区镇乡州旗盟])政府)(?!信息|网|门户|公报|文件|常务|工作|办|规章|采购)"
)
_IN_CHARGE = pattern(r"作为[^,;。:]{0,12}?(?:主管|牵头)(?:部门|单位|机关|机构)")
# An earlier clause that begins with what was done has no subject of its own: 及时公开医院、学校等领域信息.
_PREDICATE = pattern(
    r"(?:[一二三四五六七八九十]是|20\d\d年度?|年内|全年|同时|此外|主动|及时|积极|进一步|持续|不断|全面|切实|认真|依法)*"
    "(?:在|以|通过|依托|利用|围绕|聚焦|坚持|公开|公布|发布|更新|加强|推进|推动|做好|完善|健全|优化|深化|强化|开展)"
)
# Whose order it was done by is not who did it: 按照省政府办公厅工作要求.
_BASIS = pattern(
    r"(?:按照?|根据|依照|依据|对照|落实|贯彻)[^,;。:]{2,40}?(?:要求|部署|规定|安排|通知|精神|意见)"
    r"|在[^,;。:]{2,40}?(?:领导|指导|关心|支持|帮助|监督|协调|统筹)下"
)
_NARROW_VERB = pattern(r"督促|指导|组织|要求|协助")
_PERIOD = pattern(
    r"上半年|下半年|[一二三四]季度|\d{1,2}月份|(?<!\d)\d{1,2}月?(?:-|至)(?!12月)\d{1,2}月(?!\d)"
    r"|截至\s*(?:20\d\d年)?(?!12月|20\d\d|年底)\d{1,2}月|历年|以来累计|[近这过][两三四五几]年"
)
_YEAR = pattern(r"(?<![至到入转])(20\d\d)年(?!度?结转|以来|以前)")
_LAST_YEAR = pattern(r"(?<!结转)(?<![较比与同])(?:去年|上一?年)(?!度?(?:结转|转入|遗留|未))")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The office whose report it is, as far as its name tells.

    level: 省 市 县 区 … of a government or zone that counts for all offices under it; "" for one office,
    a township or an unknown issuer.
    """

    name: str
    level: str
    known: bool

    @classmethod
    def named(cls, name: str) -> "Issuer":
        """From the name in the title; "" if there is none."""
        plain = re.sub(r"\(.*?\)", "", comparison.squeeze(name))
        body = re.sub(r"(?:人民政府|政府|管理委员会|管委会|党工委)+$", "", plain)
        level = body[-1:] if re.search(r"(?:[省市县州盟旗]|(?<!社)区)$", body) else ""
        return cls(plain, level, bool(plain))

    def is_called(self, name: str) -> bool:
        """Whether a name may be a short form of the issuer's: its characters stand in it in order."""
        rest = iter(self.name)
        return all(character in rest for character in name)


def whole(before: str, tail: str, issuer: Issuer, year: int | None) -> bool:
    """Whether a statement is about the whole; before and tail are views without white space."""
    words = _BASIS.sub("", _TITLES.sub("", before))
    if _PERIOD.search(words) or _PERIOD.match(tail):
        return False
    return _of_the_year(words, year) and _subject_is_whole(words, issuer)


def _of_the_year(words: str, year: int | None) -> bool:
    if _LAST_YEAR.search(re.split("[;。]", words)[-1]):
        return False
    years = [int(m[1]) for m in _YEAR.finditer(words)]
    return year is None or not years or years[-1] == year


def _subject_is_whole(words: str, issuer: Issuer) -> bool:
    """The first name in the last clause that has one is taken for its subject."""
    for place, clause in enumerate(reversed(re.split("[,;。:()]", words))):
        found = _clause_is_whole(clause, issuer, offices=place == 0 or not _PREDICATE.match(clause))
        if found is not None:
            return found
    return True


def _clause_is_whole(clause: str, issuer: Issuer, *, offices: bool) -> bool | None:
    """None for a clause that names nobody. offices: whether an office it names may be its subject."""
    plain = _COMMON.sub(lambda common: "某" * len(common[0]), clause)
    own, region = _OWN.search(plain), _REGION.search(plain)
    office = (_OFFICE.search(plain) or _GOVERNMENT.search(plain)) if offices else None
    if region and not (office and office.start() + 6 < region.start()):
        return _region_is_whole(region["level"], issuer)
    if own and not _NARROW_VERB.search(plain[: own.start()]):
        return True
    if office is None:
        return None
    if _IN_CHARGE.search(plain):
        return True
    name = clause[office.start() : office.end()]
    return not _NARROW_VERB.search(plain[: office.end()]) and _office_is_whole(name, issuer)


def _region_is_whole(level: str, issuer: Issuer) -> bool:
    return not issuer.known or level == issuer.level


def _office_is_whole(name: str, issuer: Issuer) -> bool:
    """Without an issuer to compare with, a bare 局 or 街道 is taken for the office's own name."""
    plain = re.sub(r"^(?:[一二三四五六七八九十]是|20\d\d年度?|全年|今年|年内|其中|由|经|共)+", "", name)
    if re.search("直部门|直单位", plain):
        return False
    if plain.endswith("管委会"):
        return not issuer.known or bool(issuer.level)
    return not issuer.known or issuer.is_called(plain)
