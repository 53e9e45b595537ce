"""The evidence handed in, and the figures of the prose set against it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len

from checker.assessment import Assessment, EvidenceEntry, EvidenceList
from checker.bilingual import Bilingual
from checker.claims import Claim, Standing
from checker.renderers._places import places
from checker.renderers._sheet import Sheet, Span, padded

_NOTICES, _FAULTS = 5, 3
_STATES = {
    "verified": (Bilingual("一致", "verified"), "green"),
    "changed": (Bilingual("已改动", "changed"), "bold red"),
    "missing": (Bilingual("缺失", "missing"), "bold red"),
    "unreadable": (Bilingual("读不出", "unreadable"), "bold red"),
    "unexpected": (Bilingual("清单外", "unexpected"), "yellow"),
}
_LACKING = Bilingual("未提供", "not given")
_STANDINGS = {
    Standing.CONTRADICTED: (Bilingual("不符", "contradicted"), "bold red"),
    Standing.OPEN: (Bilingual("未定", "open"), "yellow"),
    Standing.UNBACKED: (Bilingual("无据", "not backed"), "yellow"),
    Standing.BACKED: (Bilingual("有据", "backed"), "green"),
}


def evidence(sheet: Sheet, assessment: Assessment) -> None:
    """Every file with its state, what is lacking and what is to be known."""
    found = assessment.submission.evidence
    if found is None:
        return
    states = Counter(entry.status for entry in found.entries)
    counts = [f"{sheet.of(name)} {states[s]}" for s, (name, _) in _STATES.items() if states[s]]
    if found.lacking:
        counts.append(f"{sheet.of(_LACKING)} {len(found.lacking)}")
    sheet.heading(sheet.say("证据", "Evidence"), sheet.say("，", ", ").join(counts))
    _entries(sheet, found)
    for lack in found.lacking:
        needed = sheet.say(f"{len(lack.rules)} 条规则需要", f"{len(lack.rules)} rules need it")
        _row(sheet, _LACKING, "yellow", sheet.of(lack.title), needed)
    for notice in found.notices[:_NOTICES]:
        sheet.labelled(sheet.say("注意", "note"), sheet.of(notice.message), indent=2)
    left = len(found.notices) - _NOTICES
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left} 条", f"{left} more"), "dim"), indent=2)


def _entries(sheet: Sheet, found: EvidenceList) -> None:
    for entry in found.entries:
        name, style = _STATES[entry.status]
        title = sheet.of(entry.title) if entry.title else entry.id or ""
        _row(sheet, name, style, title, _told(sheet, entry))
        for fault in entry.faults[:_FAULTS]:
            sheet.paragraph((str(fault.in_language(sheet.page.language)), "yellow"), indent=6, hang=8)
        left = entry.fault_count - min(len(entry.faults), _FAULTS)
        if left > 0:
            said = sheet.say(f"这个文件还有 {left} 格读不出", f"{left} more cells of this file do not fit")
            sheet.paragraph((said, "dim"), indent=6)


def _told(sheet: Sheet, entry: EvidenceEntry) -> str:
    parts = [entry.file]
    if entry.rows is not None:
        parts.append(sheet.say(f"{entry.rows} 行", f"{entry.rows} rows"))
    if entry.status == "verified" and not entry.used:
        parts.append(sheet.say("没有规则用到", "no rule uses it"))
    return sheet.say("，", ", ").join(parts)


def _row(sheet: Sheet, state: Bilingual, style: str, title: str, told: str) -> None:
    width = max(cell_len(sheet.of(name)) for name, _ in [*_STATES.values(), (_LACKING, "")])
    lead: list[Span | str] = [(padded(sheet.of(state), width), style), "  "]
    sheet.paragraph(padded(title, 24), "  ", (told, "dim"), indent=2, lead=lead)


def claims(sheet: Sheet, assessment: Assessment) -> None:
    """What is contradicted first, what is backed last; within each in the order of the report."""
    if assessment.submission.evidence is None or not assessment.claims:
        return
    counts = Counter(claim.standing for claim in assessment.claims)
    told = [f"{sheet.of(name)} {counts[s]}" for s, (name, _) in _STANDINGS.items() if counts[s]]
    sheet.heading(
        sheet.say("正文数字与证据", "Figures of the prose and evidence"), sheet.say("，", ", ").join(told)
    )
    order = list(_STANDINGS)
    for claim in sorted(assessment.claims, key=lambda c: order.index(c.standing)):
        _claim(sheet, claim, assessment.submission.report.file)


def _claim(sheet: Sheet, claim: Claim, report: str) -> None:
    name, style = _STANDINGS[claim.standing]
    width = max(cell_len(sheet.of(name)) for name, _ in _STANDINGS.values())
    label = f"{sheet.of(claim.label)} {claim.text}"
    lead: list[Span | str] = [(padded(sheet.of(name), width), style), "  "]
    sheet.paragraph(padded(label, 34), "  ", *_against(sheet, claim, report), indent=2, hang=8, lead=lead)


def _against(sheet: Sheet, claim: Claim, report: str) -> Sequence[Span]:
    said = places(sheet, [replace(p, quote=None) for p in claim.locations], report, most=1)
    if claim.found is None:
        reason = sheet.of(claim.reason) if claim.reason else ""
        return [(f"{said}  ", "cyan"), (reason, "dim")]
    ledger = places(sheet, [replace(p, quote=None) for p in claim.evidence], report, most=1)
    found = sheet.say(f"证据 {claim.found}", f"evidence {claim.found}")
    return [(f"{found}  ", "bold"), (f"{said} ↔ {ledger}", "cyan")]
