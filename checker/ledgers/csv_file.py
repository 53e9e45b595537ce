"""A CSV file: its encoding, its separator, its rows with their physical line numbers.

Found out by reading, never by the name: UTF-8 with or without a mark, UTF-16 with one, GB 18030.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.ledgers.fitting import HEAD, Fit, Fitter, Numbered
from checker.location import Location
from checker.patterns import pattern

SEPARATORS = (",", "\t", ";")
LONGEST_LINE = 1_000_000
MOST_COLUMNS = 1_000
_HEAD_LINES = 400
_CHUNK = 1 << 20
_WRAP = b'="'
_WRAPPED = pattern(r'\s*="([^"]*)"\s*')
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file is written, and how its header fits: all a loader needs to read the body.

    wrapped: whether cells may be written ="001", which keeps a spreadsheet from making a number of them.
    """

    encoding: str
    separator: str
    fit: Fit
    wrapped: bool


def sniff(path: Path, fitter: Fitter) -> Dialect:
    """Encoding, separator and header. Raises InputError with what keeps the file from being read."""
    encoding = _encoding(path, fitter.file)
    with _opened(path, encoding) as stream:
        head = list(islice(_lines(stream, fitter.file), _HEAD_LINES))
    tries = {separator: _head(head, separator) for separator in SEPARATORS}
    best = max(
        SEPARATORS, key=lambda s: (fitter.best(tries[s])[1], max((len(r) for _, r in tries[s]), default=0))
    )
    return Dialect(encoding, best, fitter.fit(tries[best]), _is_wrapped(path, encoding))


def rows(path: Path, dialect: Dialect, file: str) -> Iterator[Numbered]:
    """Every row below the header, with the physical line it begins on.

    Raises InputError where a quotation does not close or a line, a cell or the number of columns is
    beyond any table.
    """
    with _opened(path, dialect.encoding) as stream:
        reader = csv.reader(_lines(stream, file), delimiter=dialect.separator, strict=True)
        begins = 1
        try:
            for cells in reader:
                if begins > dialect.fit.line:
                    _check_width(cells, file, begins)
                    yield begins, [*map(_unwrapped, cells)] if dialect.wrapped else cells
                begins = reader.line_num + 1
        except csv.Error as error:
            raise _malformed(str(error), file, begins, reader.line_num) from None


def _is_wrapped(path: Path, encoding: str) -> bool:
    """Whether the file has a ="… anywhere, as far as bytes tell."""
    last = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if _WRAP in last + chunk:
                return True
            last = chunk[-1:]
    return encoding == "utf-16"


def _unwrapped(cell: str) -> str:
    found = _WRAPPED.fullmatch(cell)
    return found[1] if found else cell


def _head(lines: list[str], separator: str) -> list[Numbered]:
    found: list[Numbered] = []
    reader = csv.reader(lines, delimiter=separator)
    begins = 1
    try:
        for cells in islice(reader, HEAD):
            found.append((begins, [*map(_unwrapped, cells)]))
            begins = reader.line_num + 1
    except csv.Error:  # reading the body says what is wrong, and where
        pass
    return found


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    with path.open(encoding=encoding, newline="") as stream:
        yield stream


def _lines(stream: io.TextIOWrapper, file: str) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            zh, en = f"一行超过 {LONGEST_LINE} 个字符", f"a line has over {LONGEST_LINE} characters"
            raise _refused("ledger.long-line", zh, en, file, number)
        if "\0" in line:
            zh, en = "含有空字符（NUL），不是文本表格", "there is a NUL character; this is no text table"
            raise _refused("ledger.nul", zh, en, file, number)
        yield line


def _check_width(cells: list[str], file: str, line: int) -> None:
    if len(cells) > MOST_COLUMNS:
        zh, en = f"一行超过 {MOST_COLUMNS} 列", f"a row has over {MOST_COLUMNS} columns"
        raise _refused("ledger.wide", zh, en, file, line)


def _malformed(said: str, file: str, begins: int, line: int) -> InputError:
    if "unexpected end" in said or "field larger" in said:
        zh, en = (
            "从这一行开始的引号没有闭合，或单元格过长",
            "a quotation that opens here does not close, or a cell is too long",
        )
        return _refused("ledger.quote", zh, en, file, begins)
    zh, en = (
        "引号不合 CSV 写法（闭合的引号后还有文字；文中的引号须写两个）",
        ("this is not quoted as CSV is: text follows a closing quotation mark (double those inside a text)"),
    )
    return _refused("ledger.quote", zh, en, file, line)


def _encoding(path: Path, file: str) -> str:
    """The encoding of a text file, every byte of which has been seen to fit."""
    with path.open("rb") as stream:
        start = stream.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            bad = _first_bad(path, name.removesuffix("-sig"))
            if bad is None:
                return name
            raise _undecodable(path, bad, file, name.removesuffix("-sig").upper())
    bad = _first_bad(path, "utf-8")
    if bad is None:
        return "utf-8"
    if _is_damaged_utf8(path, bad):
        raise _undecodable(path, bad, file, "UTF-8")
    worse = _first_bad(path, "gb18030")
    if worse is not None:
        raise _undecodable(path, worse, file, "UTF-8 / GB 18030")
    _check_unmixed(path, file)
    return "gb18030"


def _check_unmixed(path: Path, file: str) -> None:
    """Raises InputError where a line is UTF-8: as GB 18030 it reads without fault, and as other words."""
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE * 4):
            number += 1
            if _is_utf8(line):
                zh = "这一行是 UTF-8 编码，前后各行是 GB 18030（GBK）编码；请统一另存为 UTF-8"
                en = "this line is UTF-8 and others are GB 18030 (GBK); save the whole file as UTF-8"
                raise _refused("ledger.encoding", zh, en, file, number)


def _is_utf8(line: bytes) -> bool:
    """Three Chinese characters and nothing amiss. What is written in GB 18030 hardly ever looks like that."""
    if line.isascii():
        return False
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return False
    return sum("\u0800" <= c != "\ufffd" for c in text) >= 3


def _first_bad(path: Path, encoding: str) -> int | None:
    """The offset of the first byte that does not fit the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return max(0, read - held + error.start)
            if not chunk:
                return None
            read += len(chunk)


def _is_damaged_utf8(path: Path, bad: int) -> bool:
    """Whether around the first bad byte most that is not ASCII is good UTF-8. Of GB 18030 hardly any is."""
    with path.open("rb") as stream:
        stream.seek(max(0, bad - _CHUNK // 2))
        sample = stream.read(_CHUNK)
    marked = sample.decode("utf-8", errors="surrogateescape")
    wrong = sum(1 for c in marked if "\udc80" <= c <= "\udcff")
    right = sum(1 for c in marked if c > "\u07ff") - wrong
    return right * 3 > wrong * 10


def _undecodable(path: Path, bad: int, file: str, encoding: str) -> InputError:
    line = 1
    with path.open("rb") as stream:
        left = bad
        while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
            line += chunk.count(b"\n")
            left -= len(chunk)
    zh = f"第 {bad + 1} 个字节不是 {encoding} 编码的文字；请另存为 UTF-8"
    en = f"byte {bad + 1} is not {encoding} text; save the file as UTF-8"
    return _refused("ledger.encoding", zh, en, file, line)


def _refused(code: str, zh: str, en: str, file: str, line: int) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(file, line=line))])
