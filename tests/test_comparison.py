"""The comparison view: same length always, what it folds and what it leaves alone."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import comparison


def generator(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "comparison_table", root / "scripts" / "comparison_table.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@given(st.text())
def test_the_view_has_the_length_of_the_text(text: str) -> None:
    assert len(comparison.view(text)) == len(text)


@given(st.text())
def test_the_view_of_a_view_is_itself(text: str) -> None:
    assert comparison.view(comparison.view(text)) == comparison.view(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("（１２３）％，：；", "(123)%,:;"),
        ("3\u00a0771\u3000件\u200b\t", "3 771 件  "),
        ("第⼆⼗條　⾏政⽂件⾃然⼈⺟⺠", "第二十条 行政文件自然人母民"),
        ("復議 複議 覆蓋 答覆 瞭解 計畫", "复议 复议 覆盖 答复 了解 计划"),
        ("國辦公開辦函〔2021〕30號", "国办公开办函[2021]30号"),
        ("“信息”—「公開」", '"信息"-"公开"'),
        ("二○二四年", "二〇二四年"),
        ("《条例》、。…①㎡", "《条例》、。…①㎡"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert comparison.view(written) == folded


def test_simplified_text_keeps_its_ideographs() -> None:
    ideographs = bytes(b for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    standard = ideographs.decode("gb2312", errors="ignore")
    changed = {c for c, plain in zip(standard, comparison.view(standard), strict=True) if c != plain}
    assert changed == set("乾菸薹拚捱摺吒後徵夥榘於袷麴醣麽")


def test_squeezing_and_its_offsets() -> None:
    text = " 一、 總體\u3000情況\n"
    squeezed = comparison.squeeze(text)
    assert squeezed == "一、总体情况"
    offsets = comparison.squeeze_offsets(text)
    assert [comparison.view(text)[offset] for offset in offsets] == list(squeezed)


def test_the_table_is_what_its_sources_give(root: Path) -> None:
    pytest.importorskip("opencc")
    if shutil.which("perl") is None:
        pytest.skip("perl, which carries the Unicode radical table, is not installed")
    assert generator(root).table() == comparison.TABLE.read_text(encoding="utf-8")


def test_real_traditional_report_folds_as_opencc_does(corpus: Path) -> None:
    convert = pytest.importorskip("opencc").OpenCC("t2s").convert
    report = next((corpus / "reports" / "alashan-gaoxinqu-2024-seed").glob("*.txt"))
    text = report.read_text(encoding="utf-8")
    assert comparison.view(text) == comparison.view(convert(text))
