"""Workbooks for the tests: ordinary ones by openpyxl, crooked ones part by part."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(path: Path, **sheets: Iterable[Iterable[Any]]) -> Path:
    """A workbook with these sheets of rows, in order."""
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def crooked(
    path: Path,
    data: str,
    strings: str = "",
    styles: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    prologue: str = "<?xml version='1.0'?>",
) -> Path:
    """A workbook whose one sheet, 台账, has this sheetData; `parts` replace or add."""
    files: dict[str, str | bytes] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets>"
        "<sheet name='台账' sheetId='1' r:id='rId1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "/xl/sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet xmlns='{MAIN}'>{styles}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"{prologue}<worksheet xmlns='{MAIN}'>"
        f"<sheetData>{data}</sheetData></worksheet>",
    }
    files.update(parts or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def relations(*given: tuple[str, str, str]) -> str:
    listed = "".join(f"<Relationship Id='{i}' Type='{OFFICE}/{t}' Target='{to}'/>" for i, t, to in given)
    return f"<Relationships xmlns='{PACKAGE}'>{listed}</Relationships>"


def texts(*rows: Iterable[str]) -> str:
    """Rows of inline texts as sheetData, without references."""
    return "".join(f"<row>{''.join(map(text_cell, row))}</row>" for row in rows)


def text_cell(text: str, reference: str = "") -> str:
    """A cell of one inline text."""
    return f"<c {reference} t='inlineStr'><is><t>{text}</t></is></c>"
