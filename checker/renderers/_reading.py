"""How a report was read: what is missing for it, what was put right, what was left out on purpose."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from checker.bilingual import Bilingual
from checker.document import Diagnostic, Provenance, Severity, Source
from checker.renderers._numbers import counted
from checker.renderers._places import places
from checker.renderers._sheet import Sheet, padded

if TYPE_CHECKING:
    from checker.assessment import Assessment  # which the page of facts has no need of

_SEVERITIES: Mapping[Severity, tuple[Bilingual, str]] = {
    "loss": (Bilingual("未读出", "lost"), "bold red"),
    "repair": (Bilingual("修复", "repaired"), "yellow"),
    "left_out": (Bilingual("略去", "left out"), "dim"),
}
"""In the order they are told: first what may cost a finding."""
_KINDS = {"text": Bilingual("文本", "text")}
_MESSAGES, _PLACES = 3, 3

Read = tuple[Bilingual | None, Provenance]
"""What a report is called on the page, None where it is all the page is about, and how it was read."""


def reports(assessment: "Assessment") -> list[Read]:
    """This year's report and last year's."""
    found: list[Read] = [(Bilingual("报告", "report"), assessment.submission.report)]
    if assessment.submission.previous is not None:
        found.append((Bilingual("上年报告", "last year's report"), assessment.submission.previous))
    return found


def losses(sheet: Sheet, assessment: "Assessment") -> Iterator[str]:
    """A sentence for each report of which something could not be read, to stand beside the verdict."""
    for name, provenance in reports(assessment):
        number = _counts(provenance)["loss"]
        if name is not None and number:
            times = counted(number, "place", "places")
            yield sheet.say(
                f"{name.zh}有 {number} 处没有完整读出，结论可能受影响，见“读取情况”。",
                f"The {name.en} could not be read in full in {times}, which may change the result:"
                " see Reading.",
            )


def section(sheet: Sheet, read: Sequence[Read]) -> None:
    """Everything where the page asks for it; else what was lost, with the number of the rest."""
    shown = [(name, r) for name, r in read if sheet.page.repairs or _counts(r)["loss"]]
    if not shown:
        return
    sheet.heading(sheet.say("读取情况", "Reading"), _summed(sheet, [r for _, r in read]))
    for name, provenance in shown:
        if name is not None:
            source = f"{provenance.source.file}  {told(sheet, provenance.source)}"
            sheet.labelled(sheet.of(name), source, indent=2)
        _groups(sheet, provenance)
    cut = any(_counts(provenance)["loss"] > min(_MESSAGES, _PLACES) for _, provenance in shown)
    if not sheet.page.repairs and (cut or _beside_losses(read)):
        sheet.paragraph((_how(sheet), "dim"), indent=2)


def in_short(sheet: Sheet, read: Sequence[Read]) -> None:
    """One line, where nothing was lost: how much was put right and left out, and how to see it."""
    if sheet.page.repairs or any(_counts(r)["loss"] for _, r in read) or not _beside_losses(read):
        return
    text = f"{_summed(sheet, [r for _, r in read])}{sheet.say('；', '; ')}{_how(sheet)}"
    sheet.labelled(sheet.say("读取情况", "reading"), (text, "dim"))


def _beside_losses(read: Sequence[Read]) -> bool:
    return any(d.severity != "loss" for _, r in read for d in r.diagnostics)


def _how(sheet: Sheet) -> str:
    return sheet.say("加 --show-repairs 逐项列出", "--show-repairs lists all of it")


def _counts(provenance: Provenance) -> Counter[Severity]:
    return Counter(d.severity for d in provenance.diagnostics)


def _summed(sheet: Sheet, provenances: Sequence[Provenance]) -> str:
    """`未读出 1 处，修复 3 处，略去 2 处`."""
    sums = sum((_counts(provenance) for provenance in provenances), Counter[Severity]())
    listed = (
        sheet.say(f"{name.zh} {sums[severity]} 项", f"{sums[severity]} {name.en}")
        for severity, (name, _) in _SEVERITIES.items()
        if sums[severity]
    )
    return sheet.say("，", ", ").join(listed) or sheet.say("没有修复或略去", "nothing repaired or left out")


def told(sheet: Sheet, source: Source) -> str:
    """Kind, encoding and converter of a file."""
    kind = sheet.of(_KINDS[source.kind]) if source.kind in _KINDS else source.kind.upper()
    parts = [kind]
    if source.encoding:
        parts.append(sheet.say(f"编码 {source.encoding}", f"encoding {source.encoding}"))
    if source.converter is not None:
        parts.append(sheet.say(f"经 {source.converter} 转换", f"converted by {source.converter}"))
    return "  ".join(parts)


def _groups(sheet: Sheet, provenance: Provenance) -> None:
    """By severity, then by code, the like together."""
    width = max(cell_len(sheet.of(name)) for name, _ in _SEVERITIES.values())
    for severity, (name, style) in _SEVERITIES.items():
        if severity != "loss" and not sheet.page.repairs:
            continue
        codes: dict[str, dict[Bilingual, list[Diagnostic]]] = {}
        for found in provenance.diagnostics:
            if found.severity == severity:
                codes.setdefault(found.code, {}).setdefault(found.message, []).append(found)
        for code, messages in codes.items():
            _group(sheet, (padded(sheet.of(name), width), style), code, messages, provenance.source.file)


def _group(
    sheet: Sheet,
    name: tuple[str, str],
    code: str,
    messages: Mapping[Bilingual, Sequence[Diagnostic]],
    file: str,
) -> None:
    """The diagnostics of one code: each sentence once, with its places."""
    every = sheet.page.repairs
    shown = list(messages.items())[: None if every else _MESSAGES]
    for message, found in shown:
        times = sheet.say(f"（{len(found)} 处）", f" ({len(found)} times)") if len(found) > 1 else ""
        said = f"{sheet.of(message)}{times}"
        sheet.paragraph(said, (f"  {code}", "dim"), indent=4, lead=[name, "  "])
        where = tuple(dict.fromkeys(d.location for d in found if d.location is not None))
        listed = places(sheet, where, file, most=len(where) if every else _PLACES)
        if listed:
            indent = 4 + cell_len(name[0]) + 2
            sheet.labelled(sheet.say("位置", "place"), (listed, "cyan"), indent=indent)
    left = sum(len(found) for found in messages.values()) - sum(len(found) for _, found in shown)
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left} 处", f"{left} more"), "dim"), indent=4)
