"""How the report calls its own office again: by name where it says whose it is, and as 我县, 我局 …

Text carried over from another office's report shows here first. Nothing is said where neither
title nor preamble names the office, or where its name does not tell its level.
"""

import re
from collections.abc import Iterator

from checker import comparison
from checker.bilingual import Bilingual
from checker.facts import Absent, Collection, Extract, Fact, Field, Kind, Record, flag, words
from checker.location import Location
from checker.outline import Outline, Span
from checker.patterns import pattern

NEEDS = ("title",)
DECLARES = (
    Collection(
        "issuer_mentions",
        "mention",
        Bilingual("报告中再次写明的本单位名称", "names by which the report calls its issuer"),
        (
            Field("name", "text", Bilingual("名称", "name")),
            Field("agrees", "flag", Bilingual("与标题单位一致", "agrees with the title")),
        ),
    ),
    Collection(
        "self_references",
        "reference",
        Bilingual("自称（我县、我局等）", "words the issuer uses of itself (我县, 我局 …)"),
        (
            Field("word", "text", Bilingual("自称", "word")),
            Field("agrees", "flag", Bilingual("与本单位层级一致", "fits the issuer's level")),
        ),
    ),
)


def extract(outline: Outline, found: Extract) -> Extract:
    """issuer_mentions and self_references."""
    issuer = found.fields["report.issuer"]
    references = tuple(_references(outline, issuer))
    return Extract({}, {"issuer_mentions": _mentions(outline, issuer), "self_references": references})


# Names by which the report calls its issuer


_OFFICE = (
    r"(?:人民政府|政府|办公厅|办公室|管委会|委员会|办事处|街道|镇|乡|苏木|局|厅|委|中心"
    r"|开发区|高新区|示范区|新区|实验区|医院)"
)
_OFFICE_AT_END = pattern(rf"{_OFFICE}$")
# Only the last characters of an office here: the whole alternation in each pattern is slow to compile.
_NAME = r"(?P<name>[\u4e00-\u9fff()、]{1,40}?[府厅室会处道镇乡木局委心区院])"
_OWN_YEAR = r"\s*20\d\d\s*年?度?\s*政府信息公开"
# 编制《某局2024年政府信息公开…, 现公布某局2024年政府信息公开…, 由某局根据…, ，某局编制了本报告.
# One pattern for all: a class of all ideographs is slow to compile.
_IN_PREAMBLE = pattern(
    r"(?:(?P<own>编制\s*《|现将|现向社会公[布开]|现?公[布开])|(?P<by>由)|(?<=[,。、]))\s*"
    rf"{_NAME}(?(own){_OWN_YEAR}|\s*(?(by)(?=根据|依据|按照|编制|负责编制)|编制(?:完成)?了?本))"
)
_OPENING = pattern(
    rf"\s*20\d\d\s*年度?\s*,?\s*{_NAME}\s*(?=坚持|认真|严格|深入|全面|按照|紧紧|紧扣|围绕|持续|积极|高度|以习近平|政府信息公开工作)"
)
_SIGNED = pattern(rf"\s*{_NAME}\s*(?=\n|$)")


def _mentions(outline: Outline, issuer: Fact) -> tuple[Record, ...] | Absent:
    if issuer.kind is not Kind.TEXT:
        reason = Bilingual(
            "标题和引言都没有写明单位，无从比对", "neither title nor preamble names an office to compare with"
        )
        return Absent(reason, issuer.locations)
    named = dict.fromkeys(_named(outline))
    return tuple(_mention(outline, span, issuer.text, number) for number, span in enumerate(named, start=1))


def _mention(outline: Outline, span: Span, issuer: str, number: int) -> Record:
    name, place = outline.text[span.start : span.end], outline.locate(span.start, span.end)
    fields = {"name": words(name, place), "agrees": flag(same_office(name, issuer), place)}
    return Record(str(number), Bilingual(name, name), fields, (place,))


def _named(outline: Outline) -> Iterator[Span]:
    """Where the report states whose it is: in the preamble, opening a section, in the signature."""
    if outline.preamble:
        for match in _IN_PREAMBLE.finditer(outline.view, outline.preamble.start, outline.preamble.end):
            yield from _full(match)
    for section in outline.sections:
        if section.number in (1, 5, 6):
            first = next(outline.sentences(section.body), section.heading)
            opening = _OPENING.match(outline.view, first.start, first.end)
            yield from _full(opening) if opening else ()
    if outline.signature:
        signed = _SIGNED.match(outline.view, outline.signature.start, outline.signature.end)
        yield from _full(signed) if signed else ()


def _full(match: "re.Match[str]") -> Iterator[Span]:
    """The name, unless it is none of an office, or only 我局, 全市各部门 and the like."""
    name = match["name"]
    if len(name) >= 4 and _OFFICE_AT_END.search(name) and name[0] not in "我本全各该两贵":
        yield Span(match.start("name"), match.end("name"))


_GENERIC = pattern(
    r"(?:(?:(?:政府信息公开|政务公开|信息公开)?(?:工作)?(?:领导小组)?(?:办公室|办公厅|办))"
    r"|(?:党工委)?(?:管委会|管理委员会))+$"
)


def same_office(name: str, issuer: str) -> bool:
    """Whether a name is a longer or shorter form of the issuer's, or of one of two joined by a blank."""
    ours = [comparison.squeeze(part) for part in (issuer, *issuer.split())]
    return all(any(_same(part, other) for other in ours) for part in comparison.squeeze(name).split("、"))


def _same(name: str, issuer: str) -> bool:
    short, base = _GENERIC.sub("", name), _GENERIC.sub("", issuer)
    if _seat(short) and _seat(base):
        return _within(_seat(short), _seat(base)) or _within(_seat(base), _seat(short))
    pairs = ((name, issuer), (issuer, name), (short, issuer), (base, name))
    return any(_within(a, b) for a, b in pairs if a)


def _seat(name: str) -> str:
    """The lowest place in the name of a government: 甲市乙区人民政府 → 乙区."""
    match = re.fullmatch(r"(?:.*[省市区县旗州盟])?(.+?[省市区县旗州盟镇乡])(?:人民)?政府", name)
    return match[1] if match else ""


def _within(short: str, long: str) -> bool:
    """Whether the characters of one follow one another, with gaps, in the other."""
    rest = iter(long)
    return all(character in rest for character in short)


# Words the issuer uses of itself


_SELF = pattern(
    r"(?<![自你敌大忘本小])我(?P<word>自治区|省|市(?!场)|区(?![别分])|县|旗|州(?!际)|盟|镇|乡|街道|苏木|局(?!限|部|面)|厅|委(?!托|派|屈|婉|任)|院(?!校)|校|厂)"
)
_PLACES = "省市区县旗州盟镇乡"
_QUOTED = pattern(r"《[^》]*》|\"[^\"]*\"")


def _references(outline: Outline, issuer: Fact) -> Iterator[Record]:
    """One record a word, with every place it stands at."""
    allowed = _own_words(issuer.text) if issuer.kind is Kind.TEXT else None
    places: dict[str, list[Location]] = {}
    for span in outline.prose:
        text = outline.view[span.start : span.end]
        quoted = [m.span() for m in _QUOTED.finditer(text)]
        for match in _SELF.finditer(text):
            if not any(a <= match.start() < b for a, b in quoted):
                start, end = span.start + match.start(), span.start + match.end()
                places.setdefault(match["word"], []).append(outline.locate(start, end))
    for word, found in places.items():
        written = found[0].quote or f"我{word}"
        fields = {"word": words(written, *found), "agrees": flag(allowed is None or word in allowed, *found)}
        yield Record(word, Bilingual(written, written), fields, tuple(found))


def _own_words(issuer: str) -> frozenset[str] | None:
    """The level words that fit the issuer; None where its name does not tell its level."""
    name = comparison.squeeze(issuer.split()[-1] if issuer else "")
    seat = re.fullmatch(
        rf".*?([{_PLACES}]|街道|苏木)(?:(?:人民)?政府)?(?:办公[厅室])?(?:办事处|(?:党工委)?管(?:理)?委(?:员)?会)?(?:办公室)?",
        name,
    )
    if seat:
        return _of_place(name, seat[1])
    body = re.search(r"(局|厅|委(?:员会)?|院|校|厂)$", name)
    places = [c for c in name[:-1] if c in _PLACES]
    return frozenset({body[1][0], places[-1]}) if body and places else None


def _of_place(name: str, level: str) -> frozenset[str]:
    own = {level}
    own |= {"委"} if "管委会" in name or "管理委员会" in name else set()
    own |= {"自治区"} if name.endswith(("自治区", "自治区人民政府")) else set()
    # A sub-district office is an agency of the district it names.
    own |= {"区", "市", "县"} & set(name) if level == "街道" else set()
    return frozenset(own)
