"""What the ledger tests share: the shipped kinds, and ledgers made of a few lines."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from checker import ledgers
from checker.errors import InputError, Problem
from checker.ledger import Ledger, LedgerKind
from checker.ruleset_yaml.ledger_kinds import load_kinds

Read = Callable[..., Ledger]
Refused = Callable[..., tuple[Problem, ...]]


@pytest.fixture(scope="session")
def kinds(root: Path) -> Mapping[str, LedgerKind]:
    return load_kinds([root / "rulesets" / "ledgers"])


@pytest.fixture
def read(kinds: Mapping[str, LedgerKind], tmp_path: Path) -> Read:
    """read(kind, text or bytes or a path, …): the ledger a file of that content gives."""

    def reading(kind: str, content: str | bytes | Path, **given: Any) -> Ledger:
        path = content if isinstance(content, Path) else tmp_path / "ledger.csv"
        if not isinstance(content, Path):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return ledgers.read(kinds[kind], path, "evidence/ledger.csv", **given)

    return reading


@pytest.fixture
def refused(read: Read) -> Refused:
    """The problems of a file that cannot be used."""

    def reading(*arguments: Any, **given: Any) -> tuple[Problem, ...]:
        with pytest.raises(InputError) as caught:
            read(*arguments, **given)
        for problem in caught.value.problems:
            assert problem.location is not None and problem.location.file == "evidence/ledger.csv"
            assert problem.message.zh and problem.message.en
        return caught.value.problems

    return reading
