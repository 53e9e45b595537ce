"""The language of diagnostics and refusals: every code in its table, in both languages, of one severity."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker import readers
from checker.bilingual import Bilingual
from checker.document import Diagnostic
from checker.location import Location
from checker.readers import _diagnostics, _refusals
from checker.readers._docx.log import _CHANGES
from checker.readers._ruled import Beside, Glyph, Page, about

MODULES = {
    path: ast.parse(path.read_text(encoding="utf-8")) for path in Path(readers.__file__).parent.rglob("*.py")
}
CODES = {
    code: sentence for sentences in _diagnostics.SEVERITIES.values() for code, sentence in sentences.items()
}
_HAN = re.compile("[\u4e00-\u9fff]")
HERE = Location("report.pdf")


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """Calls of functions and methods of these names in the readers."""
    for path, module in MODULES.items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                if name in names:
                    yield path, node


def written(*names: str) -> set[str]:
    """Words written out as the first argument of these functions, or as one of its alternatives."""
    return {word for _, call in calls(*names) if call.args for word in _alternatives(call.args[0])}


def _alternatives(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _alternatives(node.body)
        yield from _alternatives(node.orelse)
    elif isinstance(node, ast.Constant):
        yield str(node.value)


def words(path: str) -> set[str]:
    """Every word written in one module."""
    module = next(tree for p, tree in MODULES.items() if p.as_posix().endswith(path))
    return {n.value for n in ast.walk(module) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_diagnostics_are_made_in_one_place_only() -> None:
    assert {path.name for path, _ in calls("Diagnostic")} == {"_diagnostics.py"}
    assert {path.name for path, _ in calls("Problem", "InputError")} == {"_refusals.py"}


def test_every_code_that_is_told_is_in_the_table() -> None:
    assert written("told", "_report") <= CODES.keys()
    assert written("note") <= CODES.keys() | _CHANGES.keys()
    assert written("Met") <= CODES.keys() | _CHANGES.keys()
    assert written("refusal") <= _refusals.REASONS.keys()


def test_every_code_of_the_table_is_told() -> None:
    by_way_of_met = words("_docx/inline.py") | words("_docx/story.py")
    assert CODES.keys() - written("told", "_report", "note") <= by_way_of_met
    assert _refusals.REASONS.keys() == written("refusal")


def test_a_code_has_one_severity() -> None:
    assert sum(len(sentences) for sentences in _diagnostics.SEVERITIES.values()) == len(CODES)


def test_codes_are_words_without_the_name_of_a_form() -> None:
    forms = {"pdf", "ofd", "html", "mhtml", "xml", "ole"}
    for code in {*CODES, *_refusals.REASONS}:
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code), code
        assert not forms & set(code.split("-")), code


@pytest.mark.parametrize("code", [*CODES, *_refusals.REASONS])
def test_sentences_are_in_both_languages(code: str) -> None:
    zh, en = CODES.get(code) or _refusals.REASONS[code]
    assert _HAN.search(zh)
    assert en
    assert not _HAN.search(en)
    assert holes(zh) == holes(en)
    assert "{page}" not in zh  # the place says it


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_values_are_put_in_by_language() -> None:
    found = _diagnostics.told("annotations", HERE, kinds=Bilingual("水印 2 个", "2 watermarks"))
    assert found.message == (
        "注释、水印等未当作正文：水印 2 个",
        "annotations are not taken as text: 2 watermarks",
    )
    assert found.severity == "left_out"


def test_an_unknown_code_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        _diagnostics.told("no-such-code", HERE)
    with pytest.raises(KeyError):
        _refusals.refusal("no-such-code", HERE)


# What is told of pages, be they PDF or OFD


def told_of(*pages: Beside) -> list[Diagnostic]:
    """glyphs of the pages: none that a font does not tell."""
    made = [(Page(n, 600, 800, (), ()), beside) for n, beside in enumerate(pages, start=1)]
    return list(about(made, "report.pdf"))


def test_a_lone_character_set_aslant_is_told_with_its_place() -> None:
    (found,) = told_of(Beside(aslant=(Glyph("7", 100, 200, 106, 212),)))
    assert (found.code, found.severity) == ("slanted-text", "left_out")
    assert found.location is not None
    assert (found.location.page, found.location.box) == (1, (100, 200, 106, 212))
    assert found.location.quote == "7"


def test_pictures_are_told_once_with_their_number() -> None:
    (found,) = told_of(Beside(), Beside(pictures=2), Beside(pictures=1))
    assert (found.code, found.severity) == ("picture", "left_out")
    assert "3 张" in found.message.zh
    assert found.location is not None
    assert found.location.page == 2


def test_a_picture_that_is_the_page_is_told_as_such() -> None:
    assert [d.code for d in told_of(Beside(pictures=1, textless=True))] == ["page-without-text"]
    assert [d.code for d in told_of(Beside(pictures=1, recognised=True))] == ["text-recognised"]


def test_equal_things_on_several_pages_are_told_in_equal_words() -> None:
    beside = Beside(outside="页外", hidden=("密",), damaged=1, missing=True)
    found = told_of(beside, beside)
    assert len({(d.code, d.message) for d in found}) * 2 == len(found)
    assert {d.location.page for d in found if d.location} == {1, 2}
