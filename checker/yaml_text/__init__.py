"""YAML text → plain data, with the line and character of every key and value.

Data is made of dict, list and str only: what a plain scalar means (a number, a date, yes or no)
is for whoever knows the schema to say. Refused: duplicate keys, anchors and aliases, tags, keys
that are not scalars, several documents in one file, and nesting deeper than DEEPEST.

validation.py  a parsed file against its JSON Schema, in plain words
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.location import Location
from checker.patterns import pattern

DEEPEST = 40
LARGEST = 4_000_000
"""Bytes in one file."""
WIDEST = 160
"""Characters of a line shown with a problem."""

Step: TypeAlias = str | int
Way: TypeAlias = tuple[Step, ...]
"""How to reach a value from the root: keys and list positions."""


class Mark(NamedTuple):
    """Where a value and its key begin (from 1), and the sign that opens the scalar (`|`, `>`, `'` …).

    wraps: the text was folded from several lines into one.
    """

    line: int
    character: int
    key_line: int
    key_character: int
    style: str = ""
    wraps: bool = False


class Source(Protocol):
    """Data that knows where each of its values is written: one file, or several put together."""

    @property
    def data(self) -> Any: ...

    @property
    def lines(self) -> tuple[str, ...]: ...

    def place(self, way: Way, key: bool = False) -> Location: ...

    def problem(self, code: str, zh: str, en: str, way: Way, key: bool = False) -> Problem: ...


@dataclass(frozen=True, slots=True)
class YamlText:
    """One file: its data, its physical lines and the mark of every value by the way to it."""

    file: str
    data: Any
    lines: tuple[str, ...]
    marks: Mapping[Way, Mark]

    def place(self, way: Way, key: bool = False) -> Location:
        """Where a value (or its key) stands; of a value that is not there, where its parent does."""
        while way and way not in self.marks:
            way, key = way[:-1], True
        mark = self.marks.get(way) or Mark(1, 1, 1, 1)
        line, character = (mark.key_line, mark.key_character) if key else (mark.line, mark.character)
        return Location(self.file, line, character)

    def excerpt(self, location: Location) -> str | None:
        """The physical line a place is on."""
        return _excerpt(self.lines, location.line or 0, location.character or 1)

    def problem(self, code: str, zh: str, en: str, way: Way, key: bool = False) -> Problem:
        location = self.place(way, key)
        return Problem(code, Bilingual(zh, en), location, self.excerpt(location))

    def locator(self, way: Way) -> Callable[[int], tuple[Location, str | None]]:
        """From an offset in a text value to its place in the file and the line there."""
        mark, text = self.marks[way], str(_at(self.data, way))

        def locate(offset: int) -> tuple[Location, str | None]:
            line, character = self._spot(mark, text, offset)
            location = Location(self.file, line, character)
            return location, self.excerpt(location)

        return locate

    def _spot(self, mark: Mark, text: str, offset: int) -> tuple[int, int]:
        if mark.wraps:
            return mark.line, mark.character
        if mark.style == "|":
            before = text[:offset].split("\n")
            line = mark.line + len(before)
            return line, self._indent(mark, text) + len(before[-1]) + 1
        if mark.style in ("'", '"'):
            raw = self.lines[mark.line - 1][mark.character :]
            return mark.line, mark.character + 1 + _raw_length(raw, mark.style, offset)
        return mark.line, mark.character + offset

    def _indent(self, mark: Mark, text: str) -> int:
        for number, content in enumerate(text.split("\n")):
            if content.strip():
                return len(self.lines[mark.line + number]) - len(content)
        return 0


def _excerpt(all_lines: tuple[str, ...], line: int, character: int) -> str | None:
    if not 0 < line <= len(all_lines) or character > WIDEST:
        return None
    text = all_lines[line - 1]
    return text if len(text) <= WIDEST else text[:WIDEST] + "…"


def _at(data: Any, way: Way) -> Any:
    for step in way:
        data = data[step]
    return data


_QUOTED = {
    "'": pattern(r"''|."),
    '"': pattern(r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|."),
}


def _raw_length(raw: str, style: str, characters: int) -> int:
    """How many characters of the file the first so many characters of a quoted text take."""
    signs = _QUOTED[style].findall(raw)
    return sum(len(sign) for sign in signs[:characters])


def read(path: Path, file: str | None = None) -> YamlText:
    """A YAML file. Raises InputError if it cannot be read or is not what parse() takes."""
    name = file or str(path)
    return parse(read_text(path, name), name)


def read_text(path: Path, file: str) -> str:
    """The text of a file. Raises InputError if it cannot be opened, is too large or is not UTF-8."""
    return _decoded(read_bytes(path, file), file)


def read_bytes(path: Path, file: str) -> bytes:
    """The bytes of a file. Raises InputError if it cannot be opened or is too large."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        reason = error.strerror or str(error)
        zh, en = f"无法打开：{reason}", f"this cannot be opened: {reason}"
        raise _refused(file, "yaml.unreadable", zh, en) from None
    if size > LARGEST:
        zh, en = f"文件过大（超过 {LARGEST} 字节）", f"the file is too large (over {LARGEST} bytes)"
        raise _refused(file, "yaml.too-large", zh, en)
    return data


def lines(text: str) -> tuple[str, ...]:
    """The physical lines of a text, whatever ends them."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def parse(data: bytes | str, file: str) -> YamlText:
    """YAML text as data with places. Raises InputError with every problem found."""
    text = data if isinstance(data, str) else _decoded(data, file)
    builder = _Builder(text, file)
    found = builder.document()
    if builder.problems:
        raise InputError(builder.problems)
    return YamlText(file, found, builder.lines, builder.marks)


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = Bilingual("不是 UTF-8 编码的文字", "this is not UTF-8 text")
        raise InputError([Problem("yaml.encoding", message, Location(file, line))]) from None


def _refused(file: str, code: str, zh: str, en: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(file))])


class _TooDeep(Exception):  # noqa: N818 - a signal inside this module
    pass


class _Builder:
    """Builds data from parser events, one after another: libyaml's own composer can be crashed by
    deep nesting, and would hide aliases."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = lines(text)
        self.marks: dict[Way, Mark] = {}
        self.problems: list[Problem] = []
        self._text = text
        self._next: Callable[[], Any] = lambda: None

    def document(self) -> Any:
        """The only document of the text."""
        import yaml

        loader = yaml.CSafeLoader(self._text)
        self._next = loader.get_event
        try:
            return self._single(yaml)
        except yaml.MarkedYAMLError as error:
            self._yaml_error(error)
        except yaml.reader.ReaderError as error:
            zh, en = "含有 YAML 不允许的字符", "there is a character YAML does not allow"
            before = self._text[: error.position].split("\n")
            self._tell("yaml.character", zh, en, len(before), len(before[-1]) + 1)
        except _TooDeep:
            pass
        finally:
            loader.dispose()
        return None

    def _single(self, yaml: Any) -> Any:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return ""
        found = self._value(yaml, self._next(), (), None)
        self._next()
        again = self._next()
        if isinstance(again, yaml.DocumentStartEvent):
            zh, en = "一个文件里只能有一份 YAML 文档", "a file holds one YAML document only"
            self._tell("yaml.documents", zh, en, *_start(again))
        return found

    def _yaml_error(self, error: Any) -> None:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        line, character = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self._tell(
            "yaml.syntax", f"YAML 语法有误：{said}", f"this is not valid YAML: {said}", line, character
        )

    def _tell(self, code: str, zh: str, en: str, line: int, character: int) -> None:
        if line > len(self.lines):  # libyaml puts the end of the text on a line of its own
            line, character = len(self.lines), len(self.lines[-1]) + 1
        location = Location(self.file, line, character)
        self.problems.append(
            Problem(code, Bilingual(zh, en), location, _excerpt(self.lines, line, character))
        )

    def _value(self, yaml: Any, event: Any, way: Way, key: Any) -> Any:
        self._check(yaml, event, len(way))
        line, character = _start(event)
        key_line, key_character = _start(key) if key is not None else (line, character)
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            wraps = style == ">" or style != "|" and event.end_mark.line > event.start_mark.line
            self.marks[way] = Mark(line, character, key_line, key_character, style, wraps)
            return event.value
        self.marks[way] = Mark(line, character, key_line, key_character)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(yaml, way)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(yaml, e, (*way, n), None) for n, e in enumerate(self._items(yaml))]
        return ""

    def _items(self, yaml: Any) -> Iterator[Any]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield event

    def _mapping(self, yaml: Any, way: Way) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(key := self._next(), yaml.MappingEndEvent):
            name = self._key(yaml, key, way)
            if name in found:
                first = self.marks[(*way, name)].key_line
                zh, en = (
                    f"键 {name} 重复，第 {first} 行已有",
                    f"the key {name} is there already, on line {first}",
                )
                self._tell("yaml.duplicate-key", zh, en, *_start(key))
                self._value(yaml, self._next(), (*way, f"{name} (again)"), key)
                continue
            found[name] = self._value(yaml, self._next(), (*way, name), key)
        return found

    def _key(self, yaml: Any, event: Any, way: Way) -> str:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        zh, en = "键须是一个词", "a key must be a word"
        self._tell("yaml.key", zh, en, *_start(event))
        self._value(yaml, event, (*way, ""), None)
        return ""

    def _check(self, yaml: Any, event: Any, depth: int) -> None:
        if depth > DEEPEST:
            zh, en = f"嵌套超过 {DEEPEST} 层", f"this is nested more than {DEEPEST} levels deep"
            self._tell("yaml.too-deep", zh, en, *_start(event))
            raise _TooDeep
        if event.anchor is not None:
            zh, en = (
                "不支持锚点和别名（& 和 *），请直接写出",
                "anchors and aliases (& and *) are not supported; write it out",
            )
            self._tell("yaml.alias", zh, en, *_start(event))
        elif not isinstance(event, yaml.AliasEvent) and event.tag is not None:
            zh, en = "不支持 YAML 标签（!）", "YAML tags (!) are not supported"
            self._tell("yaml.tag", zh, en, *_start(event))


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
