"""Statements that there was nothing: 未收到申请, 未发生行政复议, 未收取信息处理费, 零申请.

A negation is read only up to what it denies: 未发生行政诉讼败诉 says nothing on the number of suits, and
未发生被行政复议纠错 is a zero of corrected reviews alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.extractors.claims.context import Sentence
from checker.patterns import pattern

_NOT = r"(?<![如若凡倘])(?:从未|尚未|暂未|并未|未曾|未(?![经按及结缴能]|必|来)|没有|没)"
# 无锡, 无为, 无棣, 无极 and 零陵 are places; 无纸化, 零距离 deny nothing that is counted.
_NONE = (
    r"(?:(?<!有)无(?![法正偿理故关效需论条障锡为棣极纸线缝烟须讼废违诈]|人机|人值守)|没有|不存在"
    r"|零(?![陵星散距跑接时障售碳门]))"
)
_FAILED = "纠错|纠正|败诉|撤销|责令|超期|逾期|违法|不利|改变"
_APPLICATIONS = pattern(
    rf"(?:{_NOT}(?:收到|接到|受理|接收|接受|出现|发生|产生|办理|有)(?:过|任何)?|{_NONE}(?:人|公民)?)(?P<of>[^,;。]{{0,30}}?)"
    r"(?:依申请|申请公开|公开(?:的)?申请|信息.{0,4}申请|申请件|(?<=[无零])申请)(?P<rest>[^,;。]{0,16})"
)
_APPLICATIONS_UNLESS = pattern(
    "复议|诉讼|费|投诉|举报|超期|逾期|败诉|纠错|责任|异议|意见|评议|许可|结转|满意|不予|当面答复|答复不"
)
_NARROW_CHANNEL = pattern("网上|网络|书面|当面|信函|现场|线上|线下")
_ORGANISATIONS = pattern("法人|组织|企业")
_PERSONS = pattern("公民|自然人|个人|群众|市民|居民|任何人")
_PROCEEDINGS = pattern(
    rf"(?:{_NOT}(?:发生|收到|接到|出现|产生|引发|引起|涉及|存在|有|被|因)|{_NONE})(?P<of>[^;。]{{0,60}})"
)
_REVIEW = pattern(r"复议")
_SUIT = pattern(r"诉讼|应诉")
_FEES = pattern(
    rf"(?:{_NOT}(?:实际)?(?:开展|发生|产生|收取|征收|涉及|出现|存在|有|向[^,;。]{{0,14}}收取)|{_NONE}(?:收取|产生|发生)?)"
    r"[^,;。]{0,24}?(?P<fee>(?:信息)?处理费|信息(?:公开)?费|收费|费用|检索费)(?P<rest>[^,;。]{0,10})"
)
_IS_ZERO = pattern(r"(?:为|是)(?:零|0)(?![\d.万元件起宗])")
_FEES_UNLESS = pattern("违规|乱|通知|缴纳|投诉|行政事业性")
_CARRIED_OUT = pattern(rf"{_NONE}(?:申请)?(?:件)?结转|{_NOT}(?:发生|有)结转")
_NORMATIVE = pattern(
    rf"(?:{_NOT}|{_NONE})(?:新)?(?P<verb>制发|制定|出台|废止)[^,;。]{{0,12}}规范性文件(?=[,;。、的]|$)"
)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A zero of one claim, view[start:end]; narrow where it names one channel or kind of applicant."""

    name: str
    start: int
    end: int
    narrow: bool = False


def zeros(sentence: Sentence) -> Iterator[Nothing]:
    """Every zero the sentence states."""
    yield from _applications(sentence.view)
    yield from _proceedings(sentence.view)
    yield from _fees(sentence)
    yield from _is_zero(sentence.view)
    for match in _CARRIED_OUT.finditer(sentence.view):
        yield Nothing("applications_carried_out", match.start(), match.end())
    for match in _NORMATIVE.finditer(sentence.view):
        name = "normative_repealed" if match["verb"] == "废止" else "normative_made"
        yield Nothing(name, match.start(), match.end())


def _applications(view: str) -> Iterator[Nothing]:
    for match in _APPLICATIONS.finditer(view):
        words = match["of"] + match[0][match.end("of") - match.start() :]
        if not _APPLICATIONS_UNLESS.search(words):
            narrow = _NARROW_CHANNEL.search(match["of"]) is not None or _of_organisations(match["of"])
            yield Nothing("applications_received", match.start(), match.end(), narrow)


def _of_organisations(applicants: str) -> bool:
    """Whether organisations alone are named as applicants; 公民 or 群众 alone stand for everybody."""
    return bool(_ORGANISATIONS.search(applicants)) and not _PERSONS.search(applicants)


def _proceedings(view: str) -> Iterator[Nothing]:
    """Reviews and suits denied together or alone; a word of failure behind one denies only that."""
    for match in _PROCEEDINGS.finditer(view):
        denied = _denied(match["of"])
        for prefix, denial in (("reviews", _REVIEW), ("suits", _SUIT)):
            found = denial.search(denied)
            if found is None:
                continue
            following = re.split("[、和或及与,]", denied[found.end() :])[0]
            end = match.start("of") + found.end() + len(following)
            if re.search("纠错|纠正|败诉|撤销", following):
                yield Nothing(f"{prefix}_corrected", match.start(), end)
            elif not re.search(_FAILED, denied):
                yield Nothing(prefix, match.start(), end)


def _is_zero(view: str) -> Iterator[Nothing]:
    """行政复议、行政诉讼均为零."""
    for match in _IS_ZERO.finditer(view):
        start = max(0, match.start() - 40)
        start += max((m.end() for m in re.finditer("[,;。]", view[start : match.start()])), default=0)
        words = view[start : match.start()]
        if re.search(_FAILED + "|率|费", words):
            continue
        if _REVIEW.search(words):
            yield Nothing("reviews", start, match.end())
        if _SUIT.search(words):
            yield Nothing("suits", start, match.end())
        if not _REVIEW.search(words) and re.search("信息公开申请|依申请公开", words):
            yield Nothing("applications_received", start, match.end())


def _denied(words: str) -> str:
    """Up to the first comma, and beyond it where the list of proceedings goes on."""
    clause, comma, rest = words.partition(",")
    return clause + comma + rest.partition(",")[0] if re.match("行政诉讼|提起|被提起", rest) else clause


def _fees(sentence: Sentence) -> Iterator[Nothing]:
    for match in _FEES.finditer(sentence.view):
        of_disclosure = (
            "处理费" in match["fee"] or re.search("信息|申请|公开", match[0]) or sentence.section == 6
        )
        if of_disclosure and not _FEES_UNLESS.search(match[0]):
            yield Nothing("fees_charged", match.start(), match.end())
