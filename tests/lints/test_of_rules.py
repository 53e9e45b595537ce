"""Each lint of rules finds what it is for, at its place, and leaves alone what comes close."""

from pathlib import Path
from typing import Any

import pytest

from checker import yaml_text
from tests.lints.homes import RULE, RULES, changed, findings, told, write

DATA = Path(__file__).with_name("of_rules.yaml")


def entries() -> list[Any]:
    return [pytest.param(e, id=f"{e['lint']}-{n}") for n, e in enumerate(yaml_text.read(DATA).data)]


@pytest.mark.parametrize("entry", entries())
def test_finds(entry: dict[str, Any], tmp_path: Path) -> None:
    name = entry["rule"]
    rules = {name: changed(RULES.get(name, RULE), entry["change"])}
    found = told(write(tmp_path, rules=rules), entry["lint"])
    if "at" in entry:
        assert [(file, text[: len(entry["at"])]) for file, text in found] == [(name, entry["at"])]
    else:
        assert found == []


def test_a_home_in_good_order_has_no_findings(tmp_path: Path) -> None:
    assert findings(write(tmp_path)) == ()
