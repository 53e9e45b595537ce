"""What an evidence file is, by its bytes and never by its name."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from checker.bilingual import Bilingual


class Kind(NamedTuple):
    """A stable name and what people call it."""

    name: str
    label: Bilingual


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"PK\x03\x04", "zip", "ZIP 压缩包", "a ZIP archive"),
    (b"PK\x05\x06", "zip", "ZIP 压缩包", "a ZIP archive"),
    (b"%PDF-", "pdf", "PDF 文件", "a PDF file"),
    (b"\x89PNG\r\n", "image", "图片", "an image"),
    (b"\xff\xd8\xff", "image", "图片", "an image"),
    (b"GIF8", "image", "图片", "an image"),
    (b"{\\rtf", "rtf", "RTF 文件", "an RTF file"),
    (b"Rar!\x1a", "archive", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "archive", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "archive", "gzip 压缩包", "a gzip archive"),
    (_OLE, "ole", "旧版或加密的 Office 文件（XLS、ET）", "an old or encrypted Office file"),
)
_PARTS = (
    ("xl/workbook.bin", "xlsb", "XLSB 二进制工作簿", "an XLSB workbook"),
    ("xl/", "xlsx", "XLSX 工作簿", "an XLSX workbook"),
    ("word/", "docx", "DOCX 文件", "a DOCX file"),
    ("ppt/", "pptx", "PPTX 演示文稿", "a PPTX presentation"),
    ("OFD.xml", "ofd", "OFD 文件", "an OFD file"),
    ("content.xml", "ods", "ODS 等 OpenDocument 文件", "an OpenDocument file (ODS)"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<style")
_START = 1024


def of_file(path: Path) -> Kind | None:
    """The kind of a file that is no plain text (`zip`: see of_parts), or None. Raises OSError."""
    with path.open("rb") as stream:
        start = stream.read(_START)
    for signature, name, zh, en in _SIGNATURES:
        if start.startswith(signature):
            return Kind(name, Bilingual(zh, en))
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if bare.startswith(_MARKUP):
        return Kind("markup", Bilingual("网页或 XML 文件", "a web page or XML file"))
    return None


def of_parts(names: Iterable[str]) -> Kind:
    """The kind of a ZIP file by the names of its parts."""
    listed = tuple(names)
    for part, name, zh, en in _PARTS:
        if any(given.startswith(part) for given in listed):
            return Kind(name, Bilingual(zh, en))
    return Kind("zip", Bilingual("ZIP 压缩包", "a ZIP archive"))
