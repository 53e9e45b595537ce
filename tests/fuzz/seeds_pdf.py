"""PDF files to start from: nothing in them is packed, and a predefined encoding spares them a font."""

from collections.abc import Iterator, Sequence

from tests.fuzz.seeds import FILES, pieces
from tests.fuzz.sheets import HEIGHT, Line, Rule, sheets

FONT = (FILES / "pdf-font.txt").read_text(encoding="utf-8").strip()


def pdf() -> Iterator[bytes]:
    yield _pdf([_content(*sheet) for sheet in sheets()])
    for lines, rules in sheets():
        yield _pdf([_content(lines[:12], rules[:40])])
    for piece in pieces("pdf"):
        yield _pdf([piece])


def _content(lines: Sequence[Line], rules: Sequence[Rule]) -> str:
    said = "".join(
        f"1 0 0 1 {x:.1f} {HEIGHT - y - 9:.1f} Tm <{words.encode('utf-16-be').hex()}> Tj\n"
        for x, y, words in lines
    )
    ruled = "".join(f"{x:.1f} {HEIGHT - y:.1f} m {r:.1f} {HEIGHT - b:.1f} l S\n" for x, y, r, b in rules)
    return f"BT /F 9 Tf\n{said}ET\n0.5 w\n{ruled}"


def _pdf(contents: Sequence[str]) -> bytes:
    kids = " ".join(f"{n * 2 + 5} 0 R" for n in range(len(contents)))
    used = "/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</X 4 0 R>>>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]{used}>>",
        FONT,
        _stream("0 0 m 90 0 l S", "/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Matrix[1 0 0 1 9 9]"),
    ]
    for n, content in enumerate(contents):
        objects += [f"<</Type/Page/Parent 2 0 R/Contents {n * 2 + 6} 0 R>>", _stream(content)]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(f"{len(made):010d} 00000 n \n")
        made += f"{number} 0 obj\n{body}\nendobj\n".encode()
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{''.join(places)}"
    end = f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + table.encode() + end.encode()


def _stream(content: str, more: str = "") -> str:
    return f"<<{more}/Length {len(content)}>>stream\n{content}\nendstream"
