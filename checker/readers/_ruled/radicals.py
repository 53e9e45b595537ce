"""Radicals that some programs write in the place of the ideographs they look like."""

import unicodedata

_FIRST = 0x2E80
_SUPPLEMENT = (
    "-厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵-旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂"
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""Unicode's Equivalent_Unified_Ideograph of U+2E80 to U+2EF3; - where there is none."""

IDEOGRAPHS = {
    **{_FIRST + n: ideograph for n, ideograph in enumerate(_SUPPLEMENT) if ideograph != "-"},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}
"""From the code of a radical to its ideograph; for `str.translate`."""
