"""Which formats there are, and the page a stream gets."""

import subprocess
import sys
from io import StringIO

import pytest

from checker import renderers
from checker.renderers import Page, page_for


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("subject", "formats"),
    [("assess", ("json", "terminal")), ("facts", ("json", "terminal")), ("explain", ("terminal",))],
)
def test_formats_are_found_by_listing(subject: str, formats: tuple[str, ...]) -> None:
    assert renderers.formats(subject) == formats
    assert all(callable(renderers.renderer(subject, name)) for name in formats)


@pytest.mark.parametrize(("subject", "name"), [("assess", "_json"), ("explain", "json"), ("facts", "pdf")])
def test_there_is_no_other(subject: str, name: str) -> None:
    with pytest.raises(KeyError):
        renderers.renderer(subject, name)


@pytest.mark.parametrize(
    ("terminal", "environ", "page"),
    [
        (True, {"COLUMNS": "90"}, Page("zh", 90, True)),
        (True, {"COLUMNS": "90", "NO_COLOR": "1"}, Page("zh", 90, False)),
        (True, {"COLUMNS": "300", "TERM": "dumb"}, Page("zh", 120, False)),
        (False, {}, Page("zh", 100, False)),
        (False, {"COLUMNS": "20", "FORCE_COLOR": "1"}, Page("zh", 60, True)),
        (False, {"COLUMNS": "wide"}, Page("zh", 100, False)),
    ],
)
def test_the_page_of_a_stream(terminal: bool, environ: dict[str, str], page: Page) -> None:
    assert page_for(Terminal() if terminal else StringIO(), "zh", environ) == page


def test_a_file_has_no_colour() -> None:
    assert page_for(None, "en", {}) == Page("en", 100, False)


def test_importing_the_renderers_imports_no_rich() -> None:
    code = "import sys, checker.renderers; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
