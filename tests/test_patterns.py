import re

import pytest

from checker.patterns import pattern


def test_used_as_a_compiled_expression_is() -> None:
    assert pattern(r"(\d+)年").findall("2023年、2024年") == ["2023", "2024"]
    assert pattern("a", re.I).fullmatch("A")
    assert pattern("a+").pattern == "a+"


def test_nothing_is_compiled_before_the_first_use() -> None:
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("")


def test_what_was_asked_once_is_kept() -> None:
    given = pattern("x")
    assert given.search is given.search
