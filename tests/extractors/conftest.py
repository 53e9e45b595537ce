"""Run single extractors, with those they need, over a report given as text or as a file."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from checker.errors import InputError
from checker.facts import Extract
from checker.outline import Outline, outline
from checker.readers import read

Extracting = Callable[..., Extract]


def cut(report: str | Path) -> Outline:
    """The outline of a report; the note that heads an excerpt of the corpus is left out."""
    data = report.read_bytes() if isinstance(report, Path) else report.encode()
    return outline(read(re.sub(rb"\A(?:# (?:url|note|excerpt|text of).*\n)+", b"", data), "report.txt"))


def run(report: str | Path, *names: str) -> Extract:
    cut_report = cut(report)
    found = Extract({}, {})
    for name in _with_needs(names):
        more = import_module(f"checker.extractors.{name}").extract(cut_report, found)
        found = Extract({**found.fields, **more.fields}, {**found.collections, **more.collections})
    return found


def _with_needs(names: tuple[str, ...]) -> list[str]:
    ordered: list[str] = []
    for name in names:
        needs = getattr(import_module(f"checker.extractors.{name}"), "NEEDS", ())
        ordered += [n for n in (*_with_needs(needs), name) if n not in ordered]
    return ordered


@pytest.fixture(scope="session")
def extracted() -> Extracting:
    """extracted(report, *extractors): what these extractors find in a text or file."""
    return run


@pytest.fixture
def every_report(corpus: Path) -> Callable[[str], Iterator[tuple[str, Extract]]]:
    """every_report(extractor): file name and findings for each report, excerpt and filled form there is."""

    def each(extractor: str) -> Iterator[tuple[str, Extract]]:
        read = 0
        for path in sorted(
            [*corpus.glob("reports/*/*"), *corpus.glob("excerpts/*"), *corpus.glob("forms/v*.html")]
        ):
            if path.suffix not in (".txt", ".md", ".html"):
                continue
            try:
                found = run(path, extractor)
            except InputError:
                continue
            read += 1
            yield path.name, found
        assert read == 28

    return each
