"""Bytes to text. What the file declares about its own encoding is not believed; sites get it wrong."""

from dataclasses import dataclass
from functools import cache

from checker import comparison
from checker.document import Diagnostic
from checker.location import Location
from checker.readers._diagnostics import told

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# The most frequent ideographs of Chinese texts: about every second ideograph of a rightly decoded text.
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而"
    "方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应"
    "开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命"
    "此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求"
    "老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光"
    "门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速"
    "花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信申请府市县镇街道办厅委网站开依条款项"
)
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, by which encoding it was read, and how many bytes could not be."""

    text: str
    encoding: str
    bad_bytes: int = 0

    def diagnostics(self, file: str) -> tuple[Diagnostic, ...]:
        """A note on undecodable bytes, if there were any."""
        if not self.bad_bytes:
            return ()
        number = self.text[: self.text.find("\ufffd")].count("\n") + 1
        place = Location(file, line=number)
        return (told("bad-bytes", place, n=self.bad_bytes, encoding=self.encoding),)


def decode(data: bytes) -> Decoded | None:
    """Byte-order mark, strict UTF-8, UTF-8 with a few bad bytes, else the better of GB 18030 and Big5.

    None if none of them gives readable text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    return _damaged_utf8(data) or _chinese(data)


def _replacing(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return Decoded(text, encoding, text.count("\ufffd"))


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with under 1 % bad bytes, also under a tenth of all that is not ASCII.

    The second bound keeps a page of markup with a little GBK in it from passing as damaged UTF-8.
    """
    marked = data.decode("utf-8", errors="surrogateescape")
    bad = sum(1 for c in marked if "\udc80" <= c <= "\udcff")
    beyond_ascii = sum(1 for byte in data if byte > 0x7F)
    if bad * 100 >= len(data) or bad * 10 >= beyond_ascii:
        return None
    return Decoded(data.decode("utf-8", errors="replace"), "utf-8", bad)


def _chinese(data: bytes) -> Decoded | None:
    """The better reading, if at least one character in eight that is not ASCII is a common ideograph."""
    shares = {encoding: _share_of_common(data[:_SAMPLE], encoding) for encoding in ("gb18030", "big5")}
    best = max(shares, key=lambda encoding: shares[encoding])
    return _replacing(data, best) if shares[best] >= 0.125 else None


def _share_of_common(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, errors="replace")
    foreign = [c for c in comparison.view(text) if c > "\x7f"]
    return sum(1 for c in foreign if c in _common()) / len(foreign) if foreign else 0.0


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON + "，。、")
