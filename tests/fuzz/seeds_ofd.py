"""OFD files to start from, as bundles."""

from collections.abc import Iterator, Sequence
from html import escape

from tests.fuzz.seeds import FILES, pieces
from tests.fuzz.sheets import Line, Rule, sheets

FRAME = (FILES / "ofd.bundle").read_text(encoding="utf-8")
PAGE = (FILES / "ofd-page.xml").read_text(encoding="utf-8")
MM = 25.4 / 72


def ofd() -> Iterator[bytes]:
    yield _ofd([_content(*sheet) for sheet in sheets()])
    for piece in pieces("ofd"):
        yield _ofd([piece])


def _ofd(contents: Sequence[str]) -> bytes:
    names = [f"Pages/Page_{n}/Content.xml" for n in range(len(contents))]
    listed = "".join(f'<ofd:Page ID="{n + 100}" BaseLoc="{name}"/>' for n, name in enumerate(names))
    drawn = (f"\x1eDoc_0/{n}\n" + PAGE.replace("{body}", c) for n, c in zip(names, contents, strict=True))
    return (FRAME.replace("{pages}", listed) + "".join(drawn)).encode()


def _content(lines: Sequence[Line], rules: Sequence[Rule]) -> str:
    made = [_text(number, *line) for number, line in enumerate(lines, 1)]
    return "".join([*made, *(_path(number, *rule) for number, rule in enumerate(rules, 1_000))])


def _text(number: int, x: float, y: float, words: str) -> str:
    box = f"{x * MM:.2f} {y * MM:.2f} {len(words) * 3:.2f} 4"
    code = f'<ofd:TextCode X="0" Y="3" DeltaX="g {len(words)} 3">{escape(words)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="{number}" Boundary="{box}" Font="3" Size="3">{code}</ofd:TextObject>'


def _path(number: int, x: float, y: float, right: float, bottom: float) -> str:
    width, height = (right - x) * MM, (bottom - y) * MM
    box = f"{x * MM:.2f} {y * MM:.2f} {width + 0.2:.2f} {height + 0.2:.2f}"
    data = f"<ofd:AbbreviatedData>M 0 0 L {width:.2f} {height:.2f}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="{number}" Boundary="{box}" LineWidth="0.2">{data}</ofd:PathObject>'
