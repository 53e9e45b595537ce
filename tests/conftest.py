"""Where the tests find the repository and, where it is present, the corpus of real reports."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault of ours; and one commit has one answer. EXPLORE=1 tries others every time.
settings.register_profile("shared", deadline=None, derandomize=not os.environ.get("EXPLORE"))
settings.load_profile("shared")

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports (../shared/corpus) is not beside this checkout")
    return CORPUS
