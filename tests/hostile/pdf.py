"""PDF files no program writes, and one that is locked."""

import hashlib
import zlib
from collections.abc import Mapping, Sequence

Objects = Mapping[int, bytes]

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    b"/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4"
    b"/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/StemV 80>>>>]>>"
)


def packed(objects: Objects, trailer: bytes = b"") -> bytes:
    """The objects as a file; number 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        place = places.get(number)
        out += b"0000000000 00001 f \n" if place is None else b"%010d 00000 n \n" % place
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def stream(content: bytes, extra: bytes = b"", squeeze: bool = False) -> bytes:
    if squeeze:
        content, extra = zlib.compress(content, 1), extra + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), extra, content)


def said(text: str, x: int = 72, y: int = 720, size: int = 12) -> bytes:
    return b"BT /F1 %d Tf %d %d Td <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())


def document(content: bytes, squeeze: bool = False, page: bytes = b"", more: Objects | None = None) -> bytes:
    """One page with this content. page: more of its dictionary."""
    return packed(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>" + page + b">>",
            4: stream(content, squeeze=squeeze),
            5: FONT,
            **(more or {}),
        }
    )


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % n for n in range(10, 10 + count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    return packed(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            4: stream(said("全年主动公开政府信息")),
            5: FONT,
            **dict.fromkeys(range(10, 10 + count), leaf),
        }
    )


def locked(password: bytes) -> bytes:
    """A page that opens with a password only: RC4, 40 bits, revision 2."""
    pad = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    given, rights, identifier = (password + pad)[:32], (0xFFFFFFFC).to_bytes(4, "little"), b"0123456789abcdef"
    owner = _rc4(hashlib.md5(given).digest()[:5], given)
    key = hashlib.md5(given + owner + rights + identifier).digest()[:5]
    lock = (
        b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>>>"
        % tuple(part.hex().encode() for part in (identifier, identifier, owner, _rc4(key, pad)))
    )  # fmt: skip
    content = said("全年主动公开政府信息")
    of_object = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10]
    return packed(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            4: stream(_rc4(of_object, content)),
            5: FONT,
        },
        lock,
    )


def _rc4(key: bytes, content: bytes) -> bytes:
    box: list[int] = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def nested_forms(depth: int) -> dict[int, bytes]:
    """Forms inside one another, from number 6; the last calls the first again."""
    return {
        n: stream(
            b"/X Do " + said(f"层{n}"),
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>"
            b"/XObject<</X %d 0 R>>>>" % (n + 1 if n < 5 + depth else 6),
        )
        for n in range(6, 6 + depth)
    }


def form_in_itself() -> dict[int, bytes]:
    """A form that draws itself twice, number 6: pdfium takes time and memory doubling with every level."""
    return {
        6: stream(
            b"/A Do /A Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</A 6 0 R>>>>",
        )
    }


def broken(parts: Sequence[bytes]) -> bytes:
    """Whatever these are, after the words that make it a PDF."""
    return b"%PDF-1.7\n" + b"\n".join(parts)
