"""Each lint of rulesets finds what it is for, at its place, and leaves alone what comes close."""

from pathlib import Path
from typing import Any

import pytest

from checker import lints, yaml_text
from tests.lints.homes import RULE, RULESET, SHARE, changed, told, write

DATA = Path(__file__).with_name("of_rulesets.yaml")
OTHERS = {
    "counted": changed(
        RULE,
        {
            "limit: {type: number, value: 3000": "least: {type: number, value: 1",
            "each: claims.site_items": "measures:\n  n: {count: claims.site_items}",
            "lowest >= limit": "n >= least",
            "{claim}：只有 {value}": "只有 {n}",
            "{claim}: only {value}": "only {n}",
            "grade: national": "grade: law",
        },
    ),
    "shared": changed(
        RULE,
        {
            "limit: {type: number, value: 3000": "most: {type: number, value: 10000",
            "each: claims.site_items": "measures:\n  n: {share: claims.site_items.whole}",
            "lowest >= limit": "n <= most",
            "{claim}：只有 {value}": "只有 {n}",
            "{claim}: only {value}": "only {n}",
        },
    ),
    "many-years": changed(RULE, {"effective: {from: 2021-09-26}\n": ""}),
    "old-notice": changed(RULE, {"〔2021〕30号": "〔2019〕60号", "effective: {from: 2021-09-26}\n": ""}),
    "before-2021": changed(RULE, {"effective: {from: 2021-09-26}": "when: report.year < 2021"}),
    "apps-of-2026": """\
title: {zh: 应用已备案, en: Apps are filed}
why: {zh: 办法自2026年起施行。, en: The measures are in force from 2026.}
basis:
  - {document: 国办函〔2026〕12号, clause: 备案, grade: national}
each: accounts
where: has_opened_on && opened_on >= date(2026, 1, 25)
assert: has_filing_no
message: {zh: "{account} 没有备案。", en: "{account} is not filed."}
remedy: {zh: 备案。, en: File it.}
examples:
  pass: {accounts: [{account_id: A1, opened_on: 2026-03-02, filing_no: B1}]}
  fail: {accounts: [{account_id: A1, opened_on: 2026-03-02}]}
""",
    "rumoured-share": changed(SHARE, {"effective: {from: 2021-09-26}\n": ""}),
    "rumoured": changed(RULE, {"grade: national": "grade: unconfirmed"}),
}


def entries() -> list[Any]:
    listed = yaml_text.read(DATA).data
    return [pytest.param(e, id=f"{e['lint']}-{n}") for n, e in enumerate(listed)]


@pytest.mark.parametrize("entry", entries())
def test_finds(entry: dict[str, Any], tmp_path: Path) -> None:
    found = told(write(tmp_path, changed(RULESET, entry["change"]), OTHERS), entry["lint"])
    if "at" in entry:
        assert [(file, text[: len(entry["at"])]) for file, text in found] == [("scheme", entry["at"])]
    else:
        assert found == []


def test_every_lint_is_tested() -> None:
    files = [DATA, DATA.with_stem("of_rules")]
    listed = {entry["lint"] for file in files for entry in yaml_text.read(file).data if "at" in entry}
    assert listed == {lint.code for lint in lints.catalogue()}
