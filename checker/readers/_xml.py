"""XML parts of DOCX and OFD to trees: no document type, no entities, no network, bounded depth and size."""

from functools import cache
from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.errors import InputError
from checker.location import Location
from checker.readers._refusals import beyond, refusal

if TYPE_CHECKING:
    from lxml.etree import XPath, _Element

DEEPEST = 256
ELEMENTS = 1_000_000
_DOCUMENT_TYPE = b"<!DOCTYPE"


def parse(data: bytes, file: str, part: str) -> "_Element":
    """The root element, without comments and processing instructions.

    Raises InputError naming part and line for what is not well-formed, declares a document type,
    nests deeper than DEEPEST or has more than ELEMENTS elements.
    """
    from lxml import etree

    if _DOCUMENT_TYPE in data or _DOCUMENT_TYPE in data.replace(b"\0", b""):
        raise _declared(file, part)
    if data.count(b"<") > 2 * ELEMENTS:
        raise _limit(file, part, f"标签超过 {ELEMENTS} 个", f"it has more than {ELEMENTS} elements")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _malformed(error, file, part) from None
    if getattr(root.getroottree().docinfo, "internalDTD", None) is not None:
        raise _declared(file, part)
    if _is_deep(root):
        raise _too_deep(file, part)
    return root


def _is_deep(root: "_Element") -> bool:
    """The parser sees to this as well, but how deep it goes has changed from version to version."""
    return _too_deep_path()(root) is True


@cache
def _too_deep_path() -> "XPath":
    from lxml import etree

    return etree.XPath(f"boolean({'/*' * (DEEPEST + 1)})")


def _malformed(error: Exception, file: str, part: str) -> InputError:
    line = getattr(error, "lineno", None) or 1
    if "depth" in str(error):
        return _too_deep(file, part)
    message = Bilingual(
        f"文件内部的 {part} 第 {line} 行有错，读不出；请用原来的软件打开后另存",
        f"{part} inside the file has an error on line {line} and cannot be read; "
        "open and save it again with the program it came from",
    )
    return refusal("damaged", Location(file), message)


def _declared(file: str, part: str) -> InputError:
    message = Bilingual(
        f"文件内部的 {part} 带有文档类型声明（DTD），为安全起见不读",
        f"{part} inside the file declares a document type (DTD); for safety it is not read",
    )
    return refusal("document-type", Location(file), message)


def _too_deep(file: str, part: str) -> InputError:
    return _limit(file, part, f"标签嵌套超过 {DEEPEST} 层", f"its tags are nested deeper than {DEEPEST}")


def _limit(file: str, part: str, zh: str, en: str) -> InputError:
    return beyond(Location(file), f"内部的 {part} {zh}", f"{part}: {en}")
