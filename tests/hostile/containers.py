"""DOCX, OFD and OLE files no program writes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFD = "http://www.ofdspec.org/2016"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ROOT_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)

Parts = Mapping[str, str | bytes]


def packed(parts: Parts, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx_parts(body: str, head: str = "") -> dict[str, str | bytes]:
    """head: what stands before the root element."""
    document = f'{head}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>'
    return {"[Content_Types].xml": TYPES, "_rels/.rels": ROOT_RELATIONS, "word/document.xml": document}


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, head: str = "") -> bytes:
    """Stored and not packed, so that no part is refused for how well it packs; so are those of ofd()."""
    return packed(docx_parts(body, head), zipfile.ZIP_STORED)


def ofd_parts(content: str, head: str = "") -> dict[str, str | bytes]:
    return {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD}" Version="1.1" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:PageArea>'
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f'{head}<ofd:Page xmlns:ofd="{OFD}"><ofd:Content>'
        f'<ofd:Layer ID="2">{content}</ofd:Layer></ofd:Content></ofd:Page>',
    }


def ofd_text(text: str, y: int = 20) -> str:
    steps = max(1, len(text) - 1)
    return (
        f'<ofd:TextObject ID="{y}" Boundary="20 {y} 170 5" Font="3" Size="4">'
        f'<ofd:TextCode X="0" Y="4" DeltaX="g {steps} 4">{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(content: str, head: str = "") -> bytes:
    return packed(ofd_parts(content, head), zipfile.ZIP_STORED)


# Bombs


def bomb(parts: Parts, name: str, size: int) -> bytes:
    """The container with one part of so many bytes, which pack to a thousandth."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, content in parts.items():
            if other != name:
                archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return stream.getvalue()


def lying(data: bytes, name: str, size: int) -> bytes:
    """The container, in which a part says it is no larger than so many bytes."""
    changed = bytearray(data)
    for signature, at, fixed in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            if data[start + fixed :].startswith(name.encode()):
                changed[start + at : start + at + 4] = struct.pack("<I", size)
            start += 4
    return bytes(changed)


def overlapping(parts: Parts, times: int, size: int) -> bytes:
    """A container of many names for the same bytes of the file."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(b" " * size) + packer.flush()
    crc = zlib.crc32(b" " * size)
    stream = io.BytesIO(packed(parts))
    data = stream.getvalue()
    end = data.rfind(b"PK\x05\x06")
    count, length, directory = struct.unpack("<HII", data[end + 10 : end + 20])
    kernel = (
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(body), size, 1, 0) + b"a" + body
    )
    entries = b"".join(
        struct.pack(
            "<4s6H3I5H2I",
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            33,
            crc,
            len(body),
            size,
            8,
            0,
            0,
            0,
            0,
            0,
            directory,
        )
        + f"word/{n:03}"[:8].encode()
        for n in range(times)
    )
    listed = data[directory : directory + length] + entries
    tail = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, count + times, count + times, len(listed), directory + len(kernel), 0
    )
    return data[:directory] + kernel + listed + tail


def many_parts(parts: Parts, times: int) -> bytes:
    return packed({**parts, **{f"word/media/{n}.bin": b"" for n in range(times)}})


def encrypted(data: bytes) -> bytes:
    """The container, every part of which says it is encrypted."""
    changed = bytearray(data)
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            changed[start + at] |= 1
            start += 4
    return bytes(changed)


# OLE


SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(streams: Mapping[str, bytes], link: Callable[[list[int]], None] | None = None) -> bytes:
    """A compound file. Streams have at least 4,096 bytes. link: spoils the table of sectors."""
    bodies = [content + b"\0" * (-len(content) % SECTOR) for content in streams.values()]
    lengths = [len(body) // SECTOR for body in bodies]
    entries_per = SECTOR // 128
    directory_sectors = -(-(len(streams) + 1) // entries_per)
    total = sum(lengths) + directory_sectors
    fat_sectors = 1
    while fat_sectors * (SECTOR // 4) < total + fat_sectors:
        fat_sectors += 1
    table: list[int] = [_FAT] * fat_sectors
    starts = []
    for length in (directory_sectors, *lengths):
        starts.append(len(table))
        table += [*range(len(table) + 1, len(table) + length), _END]
    if link is not None:
        link(table)
    table += [_FREE] * (fat_sectors * (SECTOR // 4) - len(table))
    header = struct.pack(
        "<8s16s6HI5I4I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, 0),
        *(0, fat_sectors, starts[0], 0, 4096),
        *(_END, 0, _END, 0),
    )
    difat = [*range(fat_sectors)] + [_FREE] * (109 - fat_sectors)
    names = ["Root Entry", *streams]
    sizes = [0, *(len(content) for content in streams.values())]
    directory = b"".join(_entries(names, [_END, *starts[1:]], sizes))
    directory += b"\0" * (directory_sectors * SECTOR - len(directory))
    fat = struct.pack(f"<{len(table)}I", *table)
    return header[:76] + struct.pack("<109I", *difat) + fat + directory + b"".join(bodies)


def _entries(names: list[str], starts: list[int], sizes: list[int]) -> Iterator[bytes]:
    for n, (name, start, size) in enumerate(zip(names, starts, sizes, strict=True)):
        encoded = name.encode("utf-16-le")
        right = _FREE if n == 0 or n + 1 == len(names) else n + 1
        child = 1 if n == 0 and len(names) > 1 else _FREE
        yield struct.pack(
            "<64sH2B3I16sI16sIQ",
            *(encoded, len(encoded) + 2, 5 if n == 0 else 2, 1, _FREE, right, child),
            *(bytes(16), 0, bytes(16), start, size),
        )
