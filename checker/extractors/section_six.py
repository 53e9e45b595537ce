"""Section six: whether it reports the information-processing fee (30号, part 一（六）)."""

from checker.bilingual import Bilingual
from checker.facts import Extract, Fact, Field, flag, missing
from checker.outline import Outline, Span
from checker.patterns import pattern

DECLARES = (
    Field("section_six.fee_stated", "flag", Bilingual("载明信息处理费情况", "states the processing fee")),
)

# Neither the name of the fee rules nor the phrase that closes many reports says anything of a fee.
_SET_PHRASE = pattern(r"《[^》]*》|[无没][有]?其[他它]需要?报告的?事项")
_FEE = r"(?:处理费|收取|收费|信息公开(?:相关)?费用)"
_NONE = r"(?:未|无|没有|不(?=收)|不涉及|不存在|免)"
_STATED = pattern(
    rf"{_NONE}[^。;]{{0,16}}{_FEE}|{_FEE}[^。;]{{0,30}}(?:\d[\d,.]*\s*[万余]*元|[零0]元|为\s*[零0]|:\s*0|{_NONE})"
    r"|收费通知[^。;]{0,10}\d"
)
_ONLY_HEADING = pattern(rf"[^。;]{{0,30}}{_FEE}[^。;]{{0,12}}")


def extract(outline: Outline, found: Extract) -> Extract:
    """section_six.fee_stated: some sentence says what was charged, or that nothing was."""
    section = outline.section(6)
    if section is None:
        absent = missing("没有找到第六部分的标题", "the heading of section six was not found")
        return Extract({"section_six.fee_stated": absent}, {})
    return Extract({"section_six.fee_stated": _statement(outline, section.body)}, {})


def _statement(outline: Outline, span: Span) -> Fact:
    """A sub-heading on the fee speaks together with the sentence below it."""
    heading = ""
    for sentence in outline.sentences(span):
        words = heading + _SET_PHRASE.sub("", outline.view[sentence.start : sentence.end]).strip()
        if _STATED.search(words):
            return flag(True, outline.locate(sentence.start, sentence.end))
        heading = f"{words}:" if _ONLY_HEADING.fullmatch(words) else ""
    return flag(False)
