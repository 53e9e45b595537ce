"""Rows of a ledger that were left out, told in few words however many they are."""

from collections.abc import Sequence

from checker.renderers._sheet import Sheet

_RUNS = 8


def left_out(sheet: Sheet, lines: Sequence[int]) -> str:
    """Which rows are no records, rows that follow one another as one stretch."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    rows = "、".join("–".join(map(str, run)) for run in runs[:_RUNS])
    zh, en = f"第 {rows} 行", f"{'line' if len(lines) == 1 else 'lines'} {rows.replace('、', ', ')}"
    if len(runs) > _RUNS:
        zh, en = f"{zh}等 {len(lines):,} 行", f"{en} and others, {len(lines):,} in all,"
    kinds = "合计、小标题、附注或没有内容的序号"
    verb = "hold a sum, a heading, a note or a bare number and are no records"
    if len(lines) == 1:
        verb = "holds a sum, a heading, a note or a bare number and is no record"
    return sheet.say(f"{zh}是{kinds}，不作记录", f"{en} {verb}")
