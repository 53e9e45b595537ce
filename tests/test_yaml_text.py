"""YAML as plain data with places, and what is refused."""

from pathlib import Path

import pytest

from checker.errors import InputError
from checker.yaml_text import DEEPEST, parse, read


def test_scalars_stay_text() -> None:
    found = parse("no: yes\nday: 2024-01-31\ntime: 3:20\nnumber: 1.50\nnothing:\nlist: [1, ~]", "f.yaml")
    assert found.data == {
        "no": "yes",
        "day": "2024-01-31",
        "time": "3:20",
        "number": "1.50",
        "nothing": "",
        "list": ["1", "~"],
    }


@pytest.mark.parametrize("text", ["", "# only a note", "---"])
def test_an_empty_file_is_an_empty_text(text: str) -> None:
    assert parse(text, "f.yaml").data == ""


def test_every_key_and_value_has_a_place() -> None:
    found = parse("\ufeffa: {b: 甲, c: [x, yy]}".encode(), "f.yaml")
    places = {way: (mark.key_character, mark.character) for way, mark in found.marks.items()}
    assert places == {
        (): (1, 1),
        ("a",): (1, 4),
        ("a", "b"): (5, 8),
        ("a", "c"): (11, 14),
        ("a", "c", 0): (15, 15),
        ("a", "c", 1): (18, 18),
    }
    missing = found.place(("a", "c", 7, "x"))
    assert (missing.line, missing.character) == (1, 11)


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("key: 中文 == x", 6, (1, 12)),
        ("key: |\n  中文\n   == x", 4, (3, 4)),
        ("key: |\n\n    中文\n\n     == x", 5, (5, 5)),
        ("key: |-\n  中文 == x", 3, (2, 6)),
        ("key: 'it''s == x'", 5, (1, 13)),
        ('key: "\\u4e2d\\"\\x41 == x"', 4, (1, 20)),
        ("key: folded\n  == x", 9, (1, 6)),
        ("key: >\n  == x", 3, (1, 6)),
    ],
)
def test_a_place_inside_a_text(text: str, offset: int, place: tuple[int, int]) -> None:
    location, excerpt = parse(text, "f.yaml").locator(("key",))(offset)
    assert (location.line, location.character) == place
    assert excerpt == text.split("\n")[place[0] - 1]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2", "yaml.duplicate-key", (4, 3)),
        ("a: &x 1", "yaml.alias", (1, 4)),
        ("a: *x", "yaml.alias", (1, 4)),
        ("a: !!python/object/apply:os.system [x]", "yaml.tag", (1, 4)),
        ("a: !secret x", "yaml.tag", (1, 4)),
        ("a: 1\n---\nb: 1", "yaml.documents", (2, 1)),
        ("? [a]\n: 1", "yaml.key", (1, 3)),
        ("a: b: c", "yaml.syntax", (1, 5)),
        ("a: 'open", "yaml.syntax", (1, 9)),
        ("a: [1,\nb: {", "yaml.syntax", (2, 5)),
        ("a: b\n\x07", "yaml.character", (2, 1)),
        ("a: " + "[" * 100_000, "yaml.too-deep", (1, 4 + DEEPEST)),
        ("- " * 100_000, "yaml.too-deep", (1, 1 + 2 * (DEEPEST + 1))),
    ],
)
def test_refused(text: str, code: str, place: tuple[int, int]) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "f.yaml")
    problem = caught.value.problems[0]
    assert problem.location is not None
    assert (problem.code, (problem.location.line, problem.location.character)) == (code, place)
    assert problem.location.file == "f.yaml"


def test_all_duplicates_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse("a: 1\na: 2\na: &x 3\nb: {c: 1, c: 1}", "f.yaml")
    assert [p.code for p in caught.value.problems] == [
        "yaml.duplicate-key",
        "yaml.duplicate-key",
        "yaml.alias",
        "yaml.duplicate-key",
    ]


def test_a_long_line_is_not_shown_whole() -> None:
    with pytest.raises(InputError) as caught:
        parse("a: 1\na: " + "x" * 5000, "f.yaml")
    assert len(caught.value.problems[0].excerpt or "") == 161


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / "none.yaml")
    assert caught.value.problems[0].code == "yaml.unreadable"
    (tmp_path / "latin.yaml").write_bytes(b"a: 1\nb: \xe9")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "latin.yaml", "latin.yaml")
    assert caught.value.problems[0].in_language("en") == "latin.yaml:2: this is not UTF-8 text"
