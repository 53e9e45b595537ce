"""Characters of symbol fonts, which stand at private code points, as the signs they show."""

_WRITTEN = {
    "wingdings": "6C● 6E■ 6F□ 71❑ 72❒ 75◆ 76❖ 77⬥ 81① 82② 83③ 84④ 85⑤ 86⑥ 87⑦ 88⑧ 89⑨ 8A⑩ 9F• A1○ A7▪ A8☐ "
    "D8➢ DF← E0→ FB✗ FC✓ FD☒ FE☑",
    "wingdings 2": "4F✗ 50✓ 51☒ 52☑ A3☐",
    "symbol": "A3≤ A5∞ B0° B1± B3≥ B4× B7• B8÷ B9≠ BB≈ D7⋅ E5∑",
}
"""Only what is certain: the place in the font and the sign there."""
_SIGNS = {font: {int(s[:2], 16): s[2:] for s in signs.split()} for font, signs in _WRITTEN.items()}
_BASE = 0xF000


def sign(code: int, font: str | None) -> str | None:
    """What a character of a symbol font shows; None where that is not known for certain."""
    within = code - _BASE if code >= _BASE else code
    return _SIGNS.get((font or "").casefold(), {}).get(within)
