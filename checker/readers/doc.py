"""DOC and WPS text files, by way of the DOCX that msdoc2docx makes of them (the extra `legacy`).

Places are those of the converted file: paragraphs and table cells are the same in both.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.bilingual import Bilingual
from checker.document import Diagnostic
from checker.location import Location
from checker.readers._content import Content, Converted
from checker.readers._diagnostics import told
from checker.readers._refusals import refusal

KIND = "doc"
LABEL = Bilingual("DOC、WPS", "DOC, WPS")
LIMIT = 30_000_000
RANK = 40

_QUOTE = 200
_HARMLESS = re.compile(
    "UNNAMED_FONT|UNASSIGNED|SUMMARY_INFORMATION|DOCUMENT_PROTECTION|TRACK_REVISIONS|SECTION_|CFB_|CLX_|"
    "BOOKMARK_|SECONDARY_STORY_BOOKMARKS|EXTRA_LIST|EMPTY_|FIELD_|FLOATING_SHAPE_(?:GEOMETRY|STYLE)|"
    "GROUPED_FLOATING|UNSUPPORTED_\\w+_SPRMS|MACRO_STORY|STYLE_KINDS|MISSING_REFERENCED|HEADER_TEXTBOX_STYLE|"
    "FLOATING_PICTURE_WRAP|FIELDS_FLATTENED|ACTIVE_FIELDS|COMMENT|MISSING_ANNOTATION|INLINE_BINARY_DATA"
)
"""Warnings of the converter that concern looks and data about the file, and no text of the report."""


def recognises(content: Content) -> bool:
    return content.of_kind(KIND)


def convert(content: Content, file: str) -> Converted:
    """The DOCX. Raises InputError without the converter, and for a damaged or encrypted file."""
    from checker.readers import _msdoc

    try:
        made = _msdoc.convert(content.data)
    except ImportError:
        raise refusal("converter-missing", Location(file), fix=_SAVE_AS) from None
    except _msdoc.EncryptedError:
        raise refusal("encrypted", Location(file), fix=_SAVE_AS) from None
    except Exception:  # whatever a young parser does with bytes nobody expected
        raise refusal("damaged", Location(file), _DAMAGED, _SAVE_AS) from None
    return Converted(
        made.data, f"msdoc2docx {made.version}", (*_losses(made.warned, file), *_boxes(made.boxes, file))
    )


def _boxes(text: str, file: str) -> Iterator[Diagnostic]:
    if text:
        yield told("text-box", Location(file, quote=text[:_QUOTE]))


def _losses(warned: Sequence[tuple[str, str]], file: str) -> Iterator[Diagnostic]:
    for (code, words), number in Counter(w for w in warned if not _HARMLESS.match(w[0])).items():
        warning = Bilingual(code, f"{code}: {words}")
        yield told("doc-conversion", Location(file), n=number, warning=warning)


_SAVE_AS = Bilingual(
    "用 Word、WPS 或 LibreOffice 打开后另存为 DOCX", "open it in Word, WPS or LibreOffice and save it as DOCX"
)
_DAMAGED = Bilingual(
    "DOC 文件已损坏、不完整或属少见的类型，无法转换",
    "the DOC file is damaged or cut short, or of a rare kind",
)
