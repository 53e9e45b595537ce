"""What a cell of bases says: documents, clauses, and how strong each is where that can be seen."""

import re
from collections.abc import Iterator

from checker.ruleset import Basis, Grade

NO_CLAUSE = "（原表未写条款）"
_LONGEST = 200

_SPLIT = re.compile(r"[；;\n\r]+|(?<=[》〕号条款项])[、，,]\s*(?=[《\u4e00-\u9fff]{0,8}[《〔])")
_TITLE = re.compile(r"《[^《》]{2,80}》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［(（]\s*(?:19|20)\d{2}\s*[〕\]］)）]\s*第?\s*\d+\s*号")
_CLAUSE = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+条(?:第?[（(]?[一二三四五六七八九十\d]+[)）]?[款项])*"
    r"(?:[、，至到]第?[一二三四五六七八九十百零〇\d]+条)*"
)
_LAW = re.compile(
    r"国令第?\s*\d+\s*号|国务院令第?\s*\d+\s*号|《中华人民共和国[^》]*(法|条例)》|《政府信息公开条例》"
)
_NATIONAL = re.compile(
    r"(?:^|[^\u4e00-\u9fff])(?:国(?!资)[\u4e00-\u9fff]{0,5}|中[办发][\u4e00-\u9fff]{0,2}|厅字)[〔\[［(（]"
)
_LOCAL = re.compile(r"[\u4e00-\u9fff]*[政办委局府][\u4e00-\u9fff]{0,4}[〔\[［(（]")


def bases_of(text: str) -> tuple[Basis, ...]:
    """The bases a cell names, each as it is written; none of a blank cell."""
    return tuple(dict.fromkeys(_basis(part) for part in _parts(text)))


def _parts(text: str) -> Iterator[str]:
    for part in _SPLIT.split(text):
        plain = re.sub(r"\s+", " ", part).strip(" 。.,，、;；")
        if plain:
            yield plain


def _basis(text: str) -> Basis:
    clause = _CLAUSE.search(text)
    document = text
    if clause is not None:
        document = (text[: clause.start()] + text[clause.end() :]).strip(" ，,。：:的") or text
    named = _TITLE.search(text) or _NUMBER.search(text)
    if named is None and clause is None:
        document = text
    return Basis(_short(document), clause[0] if clause else NO_CLAUSE, _grade(text))


def _grade(text: str) -> Grade:
    if _LAW.search(text):
        return "law"
    number = _NUMBER.search(text)
    if number is None:
        return "unconfirmed"
    if _NATIONAL.search(f" {number[0]}"):
        return "national"
    return "local" if _LOCAL.match(number[0]) else "unconfirmed"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
