"""Chinese in an English text, other than titles, file numbers and what is quoted."""

import re
from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot, sentences

SEVERITY = "warning"
ABOUT = Bilingual("英文里有没有译出的中文", "Chinese left in an English text")
_FIX = Bilingual(
    "译成英文；要引用原词的放进 “ ”，文件名用《》", "translate it; quote Chinese words in “ ”, titles in 《》"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LEFT_AS_IT_IS = re.compile(r"《[^》]*》|“[^”]*”|\([^()]*\)|[\u3400-\u9fff]*〔\d{4}〕[\u3400-\u9fff]*\d*号?")


def look(shelf: Shelf) -> Iterator[Spot]:
    for source in shelf.sources.values():
        for way, zh, en in sentences(source):
            found = _CHINESE.search(_LEFT_AS_IT_IS.sub("", en))
            if found and zh != en:
                message = Bilingual(
                    f"英文里有中文“{found[0]}”", f"there is Chinese in the English: {found[0]}"
                )
                yield Spot(source.place(()), (*way, "en"), message, _FIX)
