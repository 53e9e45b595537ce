"""The record as JSON: valid by its schema, canonical, and without a float."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker import schemas
from checker.assessment import Assessment
from checker.bilingual import Bilingual
from checker.renderers import Page, renderer
from checker.ruleset import Veto

PAGE = Page("zh")


def no_float(text: str) -> float:
    raise AssertionError(f"a float in the record: {text}")


def record(assessment: Assessment) -> Any:
    data = json.loads(renderer("assess", "json")(assessment, PAGE), parse_float=no_float)
    Draft202012Validator(schemas.open_schema("assessment")).validate(data)
    return data


@pytest.mark.parametrize("name", ["assessment", "facts"])
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schemas.open_schema(name))


def test_the_sample(assessment: Assessment) -> None:
    data = record(assessment)
    assert (data["schema"], data["verdict"], data["as_of"]) == ("assessment/1", "open", "2025-02-01")
    assert data["submission"]["unit"] == {"name": "清溪县水务局"}
    assert data["score"]["worst"] == data["score"]["earned"] == "35.9375"
    assert data["counts"] == {
        "pass": 3,
        "partial": 0,
        "fail": 6,
        "not_applicable": 1,
        "unknown": 3,
        "pending": 1,
        "error": 0,
    }
    assert data["band"] is None
    assert [band["name"]["en"] for band in data["bands"]] == ["fail", "pass"]
    assert data["not_applicable"]["factor"] == "1.041667"
    assert data["waterfall"][-1]["left"] == data["score"]["earned"]


def test_a_finding(assessment: Assessment) -> None:
    finding = next(f for f in record(assessment)["findings"] if f["rule"] == "annual-report/row-total")
    marks = {"full": "30", "worst": "26", "best": "28", "veto": "none", "roles": ["deduct"]}
    assert finding["points"] == marks
    assert finding["indicator"] == "balance"
    failed, undecided = finding["occurrences"]
    assert failed["locations"] == [
        {
            "file": "report.md",
            "line": 45,
            "character": 9,
            "page": None,
            "path": None,
            "table": "表三",
            "row": "三（一）予以公开",
            "column": "总计",
            "quote": "20",
        }
    ]
    assert undecided["operands"][0]["note"] == {"zh": "空白", "en": "is blank"}


def test_the_same_inputs_give_the_same_bytes(assessment: Assessment, sample: Any) -> None:
    text = renderer("assess", "json")(assessment, PAGE)
    assert text == renderer("assess", "json")(sample.shuffled(), Page("en", 60, True))
    data = json.loads(text)
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2, separators=(",", ": "))
    assert text == canonical + "\n"


def variants(sample: Any) -> dict[str, Assessment]:
    exposed = sample.found("id-number-exposed", "fail", sample.said("fail", "第 3 段", "paragraph 3"))
    broken = sample.found("six-sections", "error", checked=0, reason=Bilingual("出错", "broke"))
    nothing = Bilingual("不适用", "not applicable")
    return {
        "vetoed": sample.but(exposed),
        "forced": sample.but(exposed, veto=Veto("force", sample.but().score.pass_mark - 1)),
        "error": sample.but(broken),
        "left out": sample.but(unknown="left_out"),
        "costs": sample.but(unknown="costs"),
        "spread": sample.but(not_applicable="spread"),
        "nothing": sample.but(
            *(
                sample.found(f.rule.partition("/")[2], "not_applicable", reason=nothing)
                for f in sample.findings
            )
        ),
    }


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("vetoed", "not_qualified"),
        ("forced", "not_qualified"),
        ("error", "not_assessable"),
        ("left out", "not_qualified"),
        ("costs", "not_qualified"),
        ("spread", "open"),
        ("nothing", "not_assessable"),
    ],
)
def test_every_kind_of_record_is_valid(sample: Any, name: str, verdict: str) -> None:
    assert record(variants(sample)[name])["verdict"] == verdict


def test_what_a_damaged_file_holds_can_still_be_written(sample: Any) -> None:
    odd = sample.found("six-sections", "fail", sample.said("fail", "乱码 \ud800 \x1b[31m", "odd \x00"))
    text = renderer("assess", "json")(sample.but(odd), PAGE)
    assert "\x1b" not in text
    assert json.loads(text.encode("utf-8"))["findings"]
