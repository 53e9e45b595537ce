"""Quantities stated in running text: a number with its classifier, how exact it is, what it is a part of.

Works on the comparison view of a text (Simplified characters, half-width punctuation), so offsets hold
in the verbatim text. A numeral counts only with a classifier of a closed list; dates, document numbers,
ordinals, titles in 《》, list markers, telephone numbers and idioms do not. Knows nothing of reports.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from checker.patterns import pattern

UNBOUNDED = Decimal(9_000_000_000_000_000)
"""The upper bound of “more than …”: above any count an office can report, within 64 bits even in fen."""

OMITTED = "?"
"""The unit of a number whose classifier the writer left out."""

_HAN = "零〇一二两三四五六七八九十百千万亿"
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

# Classifiers; behind a colon what must not follow one: with it, it begins another word (项 but not 项目).
_CLASSIFIERS = """
个百分点 百分点 个工作日 工作日 个小时 小时 个月 分钟 人次 件次 场次 户次 批次 家次 条次 项次 课时
大类 小类 大项 小项 子项 平方米 公里 亿元 万元 元:素旦 % ‰
件:数 条:例款件 篇:幅 项:目 起:草来诉到 宗:旨 份:额 期:间限货待 次:数日序月年要 场:所景馆 个:别性体
家:庭长园 人:民员大均事才力社口工群身数物居选 名:称单录义下 位:置于 户:外籍 例:如外行会 部:门分署委
类:型别似 套:餐路 本:级年单机地市县区局次着 册 张:贴 幅:度 组:织长成建 批:准复评示 处:理罚置长室级
台:账湾 辆 所:有在属列需 座:谈 支:持部付出撑 种:植子 间:接隔 则 栋 通:过知报道俗 轮:流 封:面闭 字:段体
款:项 讲:话解座 集:中体成约群 课:题程 页:面 卷 亩 吨 天:气然
"""
_CLASSIFIER = "|".join(
    f"{word}(?![{beyond}])" if beyond else word
    for word, _, beyond in sorted((c.partition(":") for c in _CLASSIFIERS.split()), key=lambda c: -len(c[0]))
)
_ABOUT = "将近|接近|大约|大概|约|近"
_OVER = "超过|突破|不少于|不低于|至少|高于|逾|超|上"
_AT_LEAST = pattern(r"(?:至少|不少于)[^\d,;。]{0,5}$")
_UNDER = "不超过|不足|不到|少于|低于|至多"
# Possessive and never begun inside a number: linear time on any input.
_PLAIN = r"(?<!\d)(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
_NUMBER = rf"(?:{_PLAIN}[千万亿])+(?:\d{{3,4}}(?!\d))?|{_PLAIN}|(?<![{_HAN}])[{_HAN}]++"
_QUANTITY = pattern(
    rf"(?:(?:(?P<about>{_ABOUT})|(?P<over>{_OVER})|(?P<under>{_UNDER}))[ ]?)?"
    rf"(?P<number>{_NUMBER})"
    rf"(?:\s?(?:-|~|至|到)\s?(?P<upto>{_NUMBER}))?"
    rf"\s?(?P<more>[余多来])?(?P<power>[十百千万亿]{{0,2}})(?P<yet>[余多])?"
    rf"\s*(?P<unit>{_CLASSIFIER}|(?=\s*(?:[,;。、)!]|$)))"
    r"(?P<after>及?以上|以下|以内|之内|左右|上下)?"
)
_PER_CENT = pattern(rf"百分之(?P<number>[{_HAN}]+(?:点[{_HAN}]+)?|\d+(?:\.\d+)?)")
# What must not stand before a number (第9期, 〔2021〕30, 0483-87…, H5, 7×24) or a Chinese one (统一, 数十次).
_REFUSED_BEFORE = pattern(r"(?:第|[\[\d.\-/×*])$")
_ORDINALS_BEFORE = pattern(rf"第[\d{_HAN}]+[条项款章次期号]?[、,和及至-]$")
_WORD_BEFORE = pattern(r"[统唯同单逐其之任某每另专进这那哪跑再数几]$")
_IDIOM = pattern(
    "三审三校|三位一体|一对一|点对点|举一反三|一起|一并|一次性|一件事|两个维护|两个确立|四个意识|四个自信|三个代表"
    "|五个中心|三类内部|四类过程|三项制度|一项一策|一企一|一事一|百件|千件|万件|百家争|千家万|十个一"
)
# One thing is counted only after it (召开会议一次。) or with a classifier that is not an article (一名主任).
_COUNTING_ONE = frozenset(("名", "位", "人", "人次", "场", "家", "份", "篇", "宗", "场次", "件次", "元"))
_HIDDEN = pattern(
    r"《[^《》\n]{0,80}》|(?<![\w.@-])[A-Za-z0-9._@/:-]{3,80}\.(?:gov|com|org|cn|net)[A-Za-z0-9._/?=&%-]*"
    r"|(?:(?<=[。;:\n])|^)\s*\d{1,2}\.(?=\d+[^\d.%])"
)
_ENDS = pattern(r"\s*(?:[,;。、)!]|$)")
_QUOTED = pattern(r'"[^"\n]{1,16}"')
_LONGEST = 20
"""Characters of a number; digits beyond are no count, and their powers would leave all bounds."""
_BARE = pattern(r"(?<![\d.\-/\[第A-Za-z:,])\d{1,7}(?=\s?[,;、。)(])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in view[start:end]; opening is where its prefix (近, 超过 …) begins.

    value is exact, with 万 and 亿 multiplied out, None for a range. lowest and highest bound what the
    words allow. unit is the classifier in Simplified characters, without 万 or 亿; "" where none follows.
    """

    opening: int
    start: int
    end: int
    value: Decimal | None
    lowest: Decimal
    highest: Decimal
    unit: str

    @property
    def exact(self) -> bool:
        return self.value is not None and self.lowest == self.highest

    @property
    def whole_number(self) -> bool:
        """A range or an integer: what a count can be."""
        return self.value is None or self.value == self.value.to_integral_value()


def quantities(view: str, *, omitted: bool = False) -> tuple[Quantity, ...]:
    """Every quantity in the view of one paragraph, in order.

    omitted: also whole numbers whose classifier was left out, as in 部分公开 67，占 4.61%.
    """
    visible = _HIDDEN.sub(_blanked, view)
    found = [_per_cent(m) for m in _PER_CENT.finditer(visible) if len(m["number"]) <= _LONGEST]
    visible = _PER_CENT.sub(_blanked, visible)
    quoted = [m.span() for m in _QUOTED.finditer(view)]
    position = 0
    while match := _QUANTITY.search(visible, position):
        if _refused(visible, match, quoted):
            position = match.end("number")
        else:
            position = match.end()
            stated = _quantity(match)
            if stated.lowest < UNBOUNDED and stated.highest <= UNBOUNDED:
                found.append(stated)
    found.sort(key=lambda q: q.start)
    if omitted:
        found = sorted([*found, *_omitted(visible, found)], key=lambda q: q.start)
    return tuple(found)


def _blanked(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _omitted(view: str, found: list[Quantity]) -> list[Quantity]:
    starts = [q.opening for q in found]
    numbers = []
    for match in _BARE.finditer(view):
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or match.start() >= found[before].end:
            value = Decimal(match[0])
            numbers.append(Quantity(match.start(), match.start(), match.end(), value, value, value, OMITTED))
    return numbers


def whole_bounds(lowest: Decimal, highest: Decimal) -> tuple[Decimal, Decimal]:
    """The bounds widened to integers."""
    return lowest.to_integral_value(ROUND_FLOOR), highest.to_integral_value(ROUND_CEILING)


def _refused(view: str, match: re.Match[str], quoted: list[tuple[int, int]]) -> bool:
    before = view[max(0, match.start() - 12) : match.start()].rstrip(" ")
    tight = view[max(0, match.start("number") - 3) : match.start("number")]
    if _REFUSED_BEFORE.search(before) or _ORDINALS_BEFORE.search(before) or re.search(r"[A-Za-z]$", tight):
        return True
    if max(len(match["number"]), len(match["upto"] or "")) > _LONGEST:
        return True
    if not match["unit"] and not re.fullmatch(r"\d.*[万亿]", match["number"] + match["power"]):
        return True
    return match["number"][0] in _HAN and _no_count(view, match, quoted)


def _no_count(view: str, match: re.Match[str], quoted: list[tuple[int, int]]) -> bool:
    """Whether a Chinese numeral counts nothing: an idiom, a slogan in quotation marks, an article."""
    start, numeral = match.start("number"), match["number"]
    around = view[max(0, start - 4) : match.end() + 4]
    quote = bisect_right(quoted, (start, 0)) - 1
    if (quote >= 0 and start < quoted[quote][1]) or _WORD_BEFORE.search(view[max(0, start - 1) : start]):
        return True
    if any(abs(m.start() + max(0, start - 4) - start) < 4 for m in _IDIOM.finditer(around)):
        return True
    if re.search("[一二三四五六七八九]{2}|〇", numeral):
        return True  # 二三十, 三五, 二〇二五
    if numeral[0] in "百千万亿":
        return not (match["about"] or match["over"] or match["yet"] or match["more"])
    ends = _ENDS.match(view, match.end()) is not None
    return numeral == "一" and not match["power"] and not ends and match["unit"] not in _COUNTING_ONE


def _quantity(match: re.Match[str]) -> Quantity:
    unit = match["unit"].strip()
    factor = Decimal(1)
    for power in match["power"]:
        factor *= _POWERS[power]
    if unit in ("万元", "亿元"):
        factor, unit = factor * _POWERS[unit[0]], "元"
    value = _plain(_value(match["number"]) * factor)
    if match["upto"]:
        highest = _plain(_value(match["upto"]) * factor)
        return Quantity(match.start(), match.start("number"), match.end(), None, value, highest, unit)
    lowest, highest = _bounds(match, value)
    return Quantity(match.start(), match.start("number"), match.end(), value, lowest, highest, unit)


def _bounds(match: re.Match[str], value: Decimal) -> tuple[Decimal, Decimal]:
    after = match["after"] or ""
    over = match["over"] or _AT_LEAST.search(match.string, max(0, match.start() - 8), match.start())
    if match["more"] or match["yet"] or over or after.endswith("以上"):
        return value, UNBOUNDED
    if match["under"] or after in ("以下", "以内", "之内"):
        return Decimal(0), value
    if match["about"] or after:
        return value * Decimal("0.9"), value * Decimal("1.1")
    return value, value


def _per_cent(match: re.Match[str]) -> Quantity:
    whole, _, decimals = match["number"].partition("点")
    value = _value(whole)
    if decimals:
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in decimals))
    return Quantity(match.start(), match.start(), match.end(), value, value, value, "%")


def _plain(value: Decimal) -> Decimal:
    """Without a meaningless fraction: 459000.0 is 459000."""
    integer = value.to_integral_value()
    return integer if integer == value else value.normalize()


def _value(written: str) -> Decimal:
    """The value of digits (1,234.5), Chinese numerals (一百二十) or both (2万3千)."""
    plain = written.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    total, section, digit = Decimal(0), Decimal(0), Decimal(0)
    for token in re.findall(r"\d+(?:\.\d+)?|.", plain):
        if token in _POWERS and _POWERS[token] >= 10**4:
            total = (
                (total + section + digit) * _POWERS[token]
                if token == "亿"
                else (total + (section + digit or Decimal(1)) * _POWERS[token])
            )
            section = digit = Decimal(0)
        elif token in _POWERS:
            section += (digit or Decimal(1)) * _POWERS[token]
            digit = Decimal(0)
        else:
            digit = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token)
    return total + section + digit
