"""DOCX and XLSX files with the same bytes for the same content, whenever and wherever they are written."""

import re
import zipfile
from io import BytesIO

_DATED = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIXED = rb"\g<1>2000-01-01T00:00:00Z\g<2>"
_UNIX, _READABLE = 3, 0o600 << 16


def settled(data: bytes) -> bytes:
    """The same Office file, its parts in their order, without the moment it was saved."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as given, zipfile.ZipFile(packed, "w") as kept:
        for name in given.namelist():
            part = given.read(name)
            info = zipfile.ZipInfo(name, _DATED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = _UNIX, _READABLE
            kept.writestr(info, _MOMENT.sub(_FIXED, part) if name == _CORE else part)
    return packed.getvalue()
