"""What a file is, by its bytes and never by its name: names for the kinds that carry no plain text."""

import re

from checker.bilingual import Bilingual
from checker.readers._content import Kind

_SIGNATURES: tuple[tuple[bytes, str, str, str], ...] = (
    (b"%PDF-", "pdf", "PDF 文件", "a PDF file"),
    (b"\x89PNG\r\n", "image", "PNG 图片", "a PNG image"),
    (b"\xff\xd8\xff", "image", "JPEG 图片", "a JPEG image"),
    (b"GIF8", "image", "GIF 图片", "a GIF image"),
    (b"II*\x00", "image", "TIFF 图片", "a TIFF image"),
    (b"MM\x00*", "image", "TIFF 图片", "a TIFF image"),
    (b"BM", "image", "BMP 图片", "a BMP image"),
    (b"{\\rtf", "rtf", "RTF 文件", "an RTF file"),
    (b"Rar!\x1a", "archive", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "archive", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "archive", "gzip 压缩包", "a gzip archive"),
    (b"bplist00", "webarchive", "Safari 网页归档", "a Safari web archive"),
    (b"\x7fELF", "program", "可执行程序", "a program"),
    (b"MZ", "program", "可执行程序", "a program"),
)
_ZIP_PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("word/", "docx", "DOCX 文件", "a DOCX file"),
    ("xl/", "xlsx", "XLSX 工作簿", "an XLSX workbook"),
    ("ppt/", "pptx", "PPTX 演示文稿", "a PPTX presentation"),
    ("OFD.xml", "ofd", "OFD 文件", "an OFD file"),
    ("Encryptions.xml", "ofd", "OFD 文件", "an OFD file"),
    ("content.xml", "odf", "ODF 文件", "an OpenDocument file"),
)
_OLE_STREAMS: tuple[tuple[str, str, str, str], ...] = (
    (
        "EncryptedPackage",
        "encrypted",
        "设有打开密码的 Office 文件",
        "an Office file that asks for a password",
    ),
    ("WordDocument", "doc", "DOC 或 WPS 文字文件", "a DOC or WPS text file"),
    ("Workbook", "xls", "XLS 或 ET 工作簿", "an XLS or ET workbook"),
    ("Book", "xls", "XLS 或 ET 工作簿", "an XLS or ET workbook"),
    ("PowerPoint Document", "ppt", "PPT 演示文稿", "a PPT presentation"),
)
ADVICE: dict[str, Bilingual] = {
    "encrypted": Bilingual(
        "请在原软件中去掉打开密码后另存，再提交",
        "remove the password in the program it came from and save it again",
    ),
    "webarchive": Bilingual(
        "请用 Chrome 或 Edge 打开原网页，另存为“网页，全部”或“单个文件”，或打印成 PDF",
        "open the page in Chrome or Edge and save it as a complete page or a single file, or print it to PDF",
    ),
    "image": Bilingual(
        "图片里的字不读；请提交原来的 Word、网页或文字版 PDF",
        "words in a picture are not read; hand in the Word file, the page or a PDF with text",
    ),
    "archive": Bilingual("请解压后提交其中的报告", "unpack it and hand in the report inside"),
    "zip": Bilingual("请解压后提交其中的报告", "unpack it and hand in the report inside"),
    "xlsx": Bilingual(
        "工作簿不是报告；台账放在提交文件夹里，由证据清单列出",
        "a workbook is no report; ledgers go into the submission folder and its manifest",
    ),
    "rtf": Bilingual("用 Word 或 WPS 打开，另存为 DOCX 后再试", "open it in Word or WPS and save it as DOCX"),
    "odf": Bilingual("用 LibreOffice 打开，另存为 DOCX 后再试", "open it in LibreOffice and save it as DOCX"),
    "ole": Bilingual(
        "用原来的软件打开，另存为 DOCX 后再试", "open it in its own program and save it as DOCX"
    ),
    "mail": Bilingual(
        "请把邮件里的报告作为文件存出来再提交", "save the report from the e-mail as a file and hand that in"
    ),
}
"""What to do with a kind that is not read, where there is a way."""
ADVICE["xls"] = ADVICE["xlsx"]
_JSON = re.compile(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:[{"\[\]]|-?\d+\s*[,\]]))')
# A block of mail headers, folded lines among them; browsers, Word and WPS save web archives so.
_HEADERS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:From [^\n]*+\n)?((?:[A-Za-z][\w-]*+:[^\n]*+(?:\n[ \t][^\n]*+)*+(?:\n|\Z))++)"
)
_CONTENT_TYPE = re.compile(rb"^content-type:\s*([\w-]+/[\w-]+)", re.I | re.M)
_SAVED = re.compile(
    rb"from: <saved by |from: <\xd3\xc9 |from: <\xe7\x94\xb1 ", re.I
)  # 由, by Chinese versions
_MAIL_HEADER = re.compile(
    rb"^(?:mime-version|content-transfer-encoding|snapshot-content-location):", re.I | re.M
)


def of_bytes(data: bytes) -> Kind | None:
    """The kind of a file that is no plain text, or None.

    NUL bytes outside UTF-16 mark a file as binary: no text file carries them in number.
    """
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data)
    if (mail := _mail(data[:65_536])) is not None:
        return mail
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image", Bilingual("WebP 图片", "a WebP image")
    for signature, name, zh, en in _SIGNATURES:
        if data.startswith(signature) and _is_binary(data, signature):
            return name, Bilingual(zh, en)
    if b"%PDF-" in data[:1024]:
        return "pdf", Bilingual("PDF 文件", "a PDF file")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and data.count(b"\0") * 1000 > len(data):
        return "binary", Bilingual("二进制文件", "a binary file")
    return None


def of_text(text: str) -> Kind | None:
    """The kind of a text that is written for machines, or None."""
    if _JSON.match(text):
        return "json", Bilingual("JSON 数据", "JSON data")
    if text.startswith("<?xml") and "<html" not in text[:4096].lower():
        return "xml", Bilingual("XML 文件", "an XML file")
    return None


def _mail(start: bytes) -> Kind | None:
    """A web archive or a mail: told by the bytes, since its parts may be in several encodings."""
    headers = _HEADERS.match(start)
    content = _CONTENT_TYPE.search(headers[1]) if headers else None
    media = content[1].lower() if content else b""
    page = media == b"text/html" and headers and _MAIL_HEADER.search(headers[1])
    if page or media == b"multipart/related" or (headers and _SAVED.match(headers[1])):
        return "mhtml", Bilingual("MHTML 网页存档", "an MHTML web archive")
    if media in (b"multipart/mixed", b"multipart/alternative"):
        return "mail", Bilingual("电子邮件", "an e-mail")
    return None


def _is_binary(data: bytes, signature: bytes) -> bool:
    """A text may begin with the two letters of a short signature, but then carries no NUL."""
    return len(signature) > 2 or b"\0" in data[:4096]


def _zip(data: bytes) -> Kind:
    from checker.readers import _archive  # loads zipfile: only a container need pay for it

    names = _archive.names(data)
    for part, name, zh, en in _ZIP_PARTS:
        if any(n.lstrip("/").lower().startswith(part.lower()) for n in names):
            return name, Bilingual(zh, en)
    return "zip", Bilingual("ZIP 压缩包", "a ZIP archive")


def _ole(data: bytes) -> Kind:
    for stream, name, zh, en in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return name, Bilingual(zh, en)
    return "ole", Bilingual("旧版 Office 文件", "an old Office file")
