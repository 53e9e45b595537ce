"""What fuzzing starts from: small files of every kind, made here."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from checker.forms import template
from tests.forms import printing
from tests.forms.printing import Cells, Rows

FILES = Path(__file__).parent / "corpus"
LAYOUTS: tuple[Callable[[Rows, int], str], ...] = (
    printing.flattened,
    printing.markdown,
    printing.stacked,
    printing.stacked_behind_bars,
    printing.parted_by_bars,
    printing.one_cell_a_line,
    printing.aligned,
    printing.run_together,
    printing.html,
)
FIGURES = ("0", "1", "12", "1,234", "３", "", "/", "—")
SHORT = (
    "一、总体情况\n本机关公开信息12条。\n",
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
    "甲 | 乙 ||\n1 |\n|\n||\n",
    "标题\n\n　　一是公开，二是公\n开。\n- 1 -\n\n第2页\n",
)


def pieces(kind: str) -> list[str]:
    """What stands on the lines of a file: things of a kind, each on its own."""
    return (FILES / f"{kind}.txt").read_text(encoding="utf-8").splitlines()


def tables() -> printing.Tables:
    """The three official tables with a figure of every sort."""
    return printing.Tables(*map(_cells, (template.DISCLOSURE, template.APPLICATIONS, template.PROCEEDINGS)))


def _cells(form: template.Form) -> Cells:
    return {
        row.code: [FIGURES[(n + m) % len(FIGURES)] for m, _ in enumerate(row.columns)]
        for n, row in enumerate(form.rows)
    }


def rows() -> tuple[Rows, Rows, Rows]:
    known = tables()
    return (
        printing.rows_of_disclosure(known.disclosure),
        printing.rows_of_applications(known.applications),
        printing.rows_of_proceedings(known.proceedings),
    )


def text() -> Iterator[bytes]:
    for layout in LAYOUTS[:-1]:
        yield printing.report(tables(), layout).encode()
    for short in SHORT:
        yield short.encode()
    report = printing.report(tables(), printing.flattened)
    yield report.encode("gb18030")
    yield report.encode("utf-16")
    yield b"\xef\xbb\xbf" + report.encode() + "\n主办：".encode("gbk")


def html() -> Iterator[bytes]:
    report = printing.report(tables(), printing.html, "</p><p>")
    yield f"<html><head><meta charset=utf-8><title>x</title></head><body><p>{report}</body></html>".encode()
    yield f"<meta charset=gb2312><body><div class=content><p>{report}".encode("gbk")
    for piece in pieces("html"):
        yield piece.encode()


def mhtml() -> Iterator[bytes]:
    page = next(html()).decode()[:3_000]
    quoted = "".join(c if c < "\x7f" and c != "=" else "".join(f"={b:02X}" for b in c.encode()) for c in page)
    frames = "<html><frameset><frame src='https://example.test/a'></frameset></html>"
    yield _archive(_part(quoted, "quoted-printable"))
    yield _archive(_part(page, "8bit"))
    yield _archive(_part(frames, "8bit") + _part(page, "8bit", "a"))


def _archive(parts: str) -> bytes:
    head = (FILES / "mhtml.txt").read_text(encoding="utf-8")
    return (head + parts + "--B--\n").replace("\n", "\r\n").encode()


def _part(page: str, coding: str, place: str = "") -> str:
    head = f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {coding}\n"
    return f"--B\n{head}Content-Location: https://example.test/{place}\n\n{page}\n"


def programs(step: int) -> Iterator[bytes]:
    """Random instructions for the targets whose input is a program."""
    chance = random.Random(step)
    for length in (0, 1, 2, 4, 8, 16, 32, 64) * 2:
        yield chance.randbytes(8 + length * step)
