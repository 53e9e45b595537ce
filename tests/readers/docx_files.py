"""DOCX files written part by part, so that a test shows what it is about."""

import io
import zipfile

_OPEN = "http://schemas.openxmlformats.org"
SPACES = (
    f'xmlns:w="{_OPEN}/wordprocessingml/2006/main" xmlns:r="{_OPEN}/officeDocument/2006/relationships" '
    f'xmlns:mc="{_OPEN}/markup-compatibility/2006" xmlns:m="{_OPEN}/officeDocument/2006/math" '
    f'xmlns:a="{_OPEN}/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = f"{_OPEN}/package/2006/relationships"
_TYPE = f"{_OPEN}/officeDocument/2006/relationships"
MAIN = "word/document.xml"


def docx(body: str, *, named: dict[str, str] | None = None, **parts: str) -> bytes:
    """A file whose main part has this body.

    parts: what stands inside the root of styles, numbering, footnotes, endnotes, comments, headers …
    named: further parts by name, each as it is, with the id of its relation before a blank: `rId9 a.html`.
    """
    related = {f"rId{kind}": (kind, f"{kind}.xml") for kind in parts}
    for key in named or {}:
        identity, _, name = key.rpartition(" ")
        if identity:
            related[identity] = ("aFChunk", name)
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"rId1": ("officeDocument", MAIN)}),
        MAIN: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(related),
        **{f"word/{kind}.xml": f"<w:{kind} {SPACES}>{inside}</w:{kind}>" for kind, inside in parts.items()},
        **{f"word/{key.rpartition(' ')[2]}": content for key, content in (named or {}).items()},
    }
    return packed(files)


def relations(related: dict[str, tuple[str, str]]) -> str:
    """By id, the last word of the type and the target."""
    entries = "".join(
        f'<Relationship Id="{i}" Type="{_TYPE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'


def packed(files: dict[str, str] | dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def p(*runs: str, **properties: str) -> str:
    """A paragraph of runs or plain texts; properties: its `style`, or what is `inside` them."""
    style = f'<w:pStyle w:val="{properties["style"]}"/>' if "style" in properties else ""
    made = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p><w:pPr>{style}{properties.get('inside', '')}</w:pPr>{made}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, level: int = 0, list: int = 1) -> str:
    return p(text, inside=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>')


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, inside: str = "") -> str:
    """A row of cells or plain texts."""
    made = "".join(one if one.startswith("<") else tc(one) for one in cells)
    return f"<w:tr><w:trPr>{inside}</w:trPr>{made}</w:tr>"


def tc(*content: str, span: int = 1, down: str = "", inside: str = "", width: int = 0) -> str:
    """A cell of paragraphs or plain texts. down: `restart` or `continue`."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else ""
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[down]
    made = "".join(one if one.startswith("<") else p(one) for one in content)
    return f"<w:tc><w:tcPr>{properties}{inside}</w:tcPr>{made}</w:tc>"


def field(instruction: str, result: str = "") -> str:
    """A field marked by characters; without a result it has no middle mark."""
    middle = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
