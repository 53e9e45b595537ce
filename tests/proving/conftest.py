"""A home with one rule over columns of a website, and its cases."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

RULE = """\
title: {zh: 栏目内容, en: Content of columns}
why: {zh: 限值, en: A limit.}
basis:
  - {document: 自定, clause: 第一条, grade: practice}
each: website_columns
where: has_name && state != "空白"
assert: item_count >= 3
message: {zh: "{name}：{item_count} 条", en: "{name}: {item_count}"}
remedy: {zh: 补充, en: Add some.}
examples:
  pass: {website_columns: [{column_id: L1, name: 甲, state: 正常, item_count: 3}]}
  fail: {website_columns: [{column_id: L1, name: 甲, state: 正常, item_count: 2}]}
"""
MakeHome = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path) -> MakeHome:
    """Makes the folder of a ruleset with the rule local/rule and its cases; gives the ruleset's path."""

    def make(cases: str, rule: str = RULE, name: str = "rule") -> Path:
        for path, text in (("library/local/rule", rule), (f"cases/local/{name}", dedent(cases).lstrip("\n"))):
            file = tmp_path / f"{path}.yaml"
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
        scheme = tmp_path / "scheme.yaml"
        scheme.write_text("", encoding="utf-8")
        return scheme

    return make
