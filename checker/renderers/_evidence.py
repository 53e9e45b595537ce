"""The evidence handed in, and the figures of the prose set against it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from checker.assessment import Assessment, EvidenceEntry, EvidenceList
from checker.bilingual import Bilingual
from checker.claims import Claim, Standing
from checker.location import Location
from checker.manifest import ATTACHMENT, State
from checker.renderers._numbers import counted
from checker.renderers._places import brief, places
from checker.renderers._rows import left_out
from checker.renderers._sheet import Sheet, Span, padded
from checker.renderers._words import NOT_USED, STATE_STYLES, STATES

_NOTICES, _FAULTS = 5, 3
_WIDEST_CLAIM, _LEAST_FIGURE = 36, 16
_LACKING = Bilingual("未提供", "not given")
_STANDINGS = {
    Standing.CONTRADICTED: (Bilingual("不符", "contradicted"), "bold red"),
    Standing.OPEN: (Bilingual("未定", "open"), "yellow"),
    Standing.UNBACKED: (Bilingual("无据", "not backed"), "yellow"),
    Standing.BACKED: (Bilingual("有据", "backed"), "green"),
}

_Row = tuple[Span, str, str, str, EvidenceEntry | None]
"""State, title, rows and what else is to be said of one file, or of a kind that is lacking."""


def evidence(sheet: Sheet, assessment: Assessment) -> None:
    """Every file with its state, what is lacking and what is to be known."""
    found = assessment.submission.evidence
    if found is None:
        return
    rows = [*(_entry(sheet, entry, found) for entry in found.entries), *_lacking(sheet, found)]
    states = Counter(row[0][0] for row in rows)
    counts = [f"{name} {number}" for name, number in states.items()]
    sheet.heading(sheet.say("证据", "Evidence"), sheet.say("，", ", ").join(counts))
    _table(sheet, rows)
    for notice in found.notices[:_NOTICES]:
        sheet.labelled(sheet.say("注意", "note"), sheet.of(notice.message), indent=2)
    left = len(found.notices) - _NOTICES
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left} 条", f"{left} more"), "dim"), indent=2)


def _entry(sheet: Sheet, entry: EvidenceEntry, found: EvidenceList) -> _Row:
    state = State(entry.status)
    style = STATE_STYLES[state]
    if state is State.VERIFIED and entry.reason is not None:
        shown, style = NOT_USED, "yellow"
    else:
        shown = STATES[state]
    title = sheet.of(entry.title) if entry.title else entry.id or ""
    if entry.kind == ATTACHMENT:
        title = sheet.say(f"附件 {entry.id}", f"Attachment {entry.id}")
    rows = "" if entry.rows is None else f"{entry.rows:,}"
    return (sheet.of(shown), style), title, rows, _told(sheet, entry, found), entry


def _told(sheet: Sheet, entry: EvidenceEntry, found: EvidenceList) -> str:
    """The file and, where no rule can read it, how many would."""
    parts = [entry.file]
    needing = next((lack.rules for lack in found.lacking if lack.kind == entry.kind), ())
    if needing:
        parts.append(_needed(sheet, len(needing)))
    elif entry.reason is None and not entry.used:
        parts.append(sheet.say("没有规则用到", "no rule uses it"))
    if entry.left_out:
        parts.append(left_out(sheet, entry.left_out))
    return sheet.say("，", ", ").join(parts)


def _lacking(sheet: Sheet, found: EvidenceList) -> list[_Row]:
    """The kinds rules need of which there is no file at all; of the others the file's own row tells."""
    given = {entry.kind for entry in found.entries}
    state = (sheet.of(_LACKING), "yellow")
    return [
        (state, sheet.of(lack.title), "", _needed(sheet, len(lack.rules)), None)
        for lack in found.lacking
        if lack.kind not in given
    ]


def _needed(sheet: Sheet, rules: int) -> str:
    return sheet.say(f"{rules} 条规则需要", counted(rules, "rule needs it", "rules need it"))


def _table(sheet: Sheet, rows: Sequence[_Row]) -> None:
    heads = [sheet.say(*pair) for pair in (("状态", "state"), ("种类", "kind"), ("行数", "rows"))]
    columns = zip(*([state, title, number] for (state, _), title, number, _, _ in rows), strict=True)
    widths = [max(map(cell_len, (head, *column))) for head, column in zip(heads, columns, strict=True)]
    if rows:
        line = [padded(h, w, n == 2) for n, (h, w) in enumerate(zip(heads, widths, strict=True))]
        sheet.line((f"  {'  '.join(line)}  {sheet.say('文件', 'file')}", "dim"))
    for (state, style), title, number, told, entry in rows:
        lead: list[Span | str] = ["  ", (padded(state, widths[0]), style), "  ", padded(title, widths[1])]
        lead += ["  ", padded(number, widths[2], right=True), "  "]
        sheet.paragraph((told, "dim"), lead=lead)
        if entry is not None:
            _beneath(sheet, entry)


def _beneath(sheet: Sheet, entry: EvidenceEntry) -> None:
    """Why what is verified is not used, and the first cells that do not fit."""
    if entry.status == State.VERIFIED and entry.reason is not None:
        sheet.paragraph((sheet.of(entry.reason), "yellow"), indent=6, hang=8)
    for fault in entry.faults[:_FAULTS]:
        sheet.paragraph((str(fault.in_language(sheet.page.language)), "yellow"), indent=6, hang=8)
    left = entry.fault_count - min(len(entry.faults), _FAULTS)
    if left > 0:
        en = counted(left, "more cell of this file does not fit", "more cells of this file do not fit")
        sheet.paragraph((sheet.say(f"这个文件还有 {left} 格读不出", en), "dim"), indent=6)


# Figures of the prose -------------------------------------------------------------------------------


def claims(sheet: Sheet, assessment: Assessment) -> None:
    """What is contradicted first, what is backed last; within each in the order of the report."""
    found = assessment.submission.evidence
    if found is None or not assessment.claims:
        return
    counts = Counter(claim.standing for claim in assessment.claims)
    told = [f"{sheet.of(name)} {counts[s]}" for s, (name, _) in _STANDINGS.items() if counts[s]]
    sheet.heading(
        sheet.say("正文数字与证据", "Figures of the prose and evidence"), sheet.say("，", ", ").join(told)
    )
    order = list(_STANDINGS)
    listed = sorted(assessment.claims, key=lambda c: order.index(c.standing))
    titles = _titles(sheet, found)
    rows = [_claim(sheet, claim) for claim in listed]
    heads = ["", sheet.say("正文", "claim"), sheet.say("位置", "place"), sheet.say("证据", "found")]
    columns = zip(*rows, strict=True)
    widths = [max(map(cell_len, (head, *column))) for head, column in zip(heads, columns, strict=True)]
    sheet.line((f"  {_aligned(heads, widths)}  {sheet.say('台账', 'ledger')}", "dim"))
    for claim, (state, *row) in zip(listed, rows, strict=True):
        style = _STANDINGS[claim.standing][1]
        lead: list[Span | str] = ["  ", (padded(state, widths[0]), style), "  ", _aligned(row, widths[1:])]
        sheet.paragraph(_against(sheet, claim, titles), lead=[*lead, "  "])


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Side by side, the last to the right."""
    last = len(cells) - 1
    return "  ".join(padded(c, w, n == last) for n, (c, w) in enumerate(zip(cells, widths, strict=True)))


def _claim(sheet: Sheet, claim: Claim) -> list[str]:
    """Standing, what is claimed, where, and what the evidence has."""
    said = "".join(brief(sheet, place) for place in claim.locations[:1])
    label = sheet.of(claim.label)
    text = _fitting(claim.text, max(_LEAST_FIGURE, _WIDEST_CLAIM - cell_len(label) - 1))
    label = _fitting(label, _WIDEST_CLAIM - cell_len(text) - 1)
    return [sheet.of(_STANDINGS[claim.standing][0]), f"{label} {text}", said, _fitting(claim.found or "", 12)]


def _fitting(text: str, cells: int) -> str:
    """As much of it as fits in so many cells, with dots that are one cell wide on every terminal."""
    if cell_len(text) <= cells:
        return text
    while cell_len(text) > cells - 3:
        text = text[:-1]
    return f"{text.rstrip()}..."


def _against(sheet: Sheet, claim: Claim, titles: Mapping[str, str]) -> Span:
    if claim.found is None:
        return (sheet.of(claim.reason) if claim.reason else "", "dim")
    return (places(sheet, [_named(place, titles) for place in claim.evidence], "", most=1), "cyan")


def _named(place: Location, titles: Mapping[str, str]) -> Location:
    """The place by its ledger and line alone."""
    return Location(titles.get(place.file, place.file), place.line)


def _titles(sheet: Sheet, found: EvidenceList) -> Mapping[str, str]:
    """What a file may be called by: the title of its kind, where it is the only one of it."""
    titled = {e.file: sheet.of(e.title) for e in found.entries if e.title is not None and e.rows is not None}
    often = Counter(titled.values())
    return {file: title for file, title in titled.items() if often[title] == 1}
