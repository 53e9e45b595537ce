"""What is told of a DOCX file beside its text: each kind of loss and repair once, with number and places."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from checker.bilingual import Bilingual
from checker.document import Diagnostic
from checker.location import Location
from checker.readers._diagnostics import told

_SHOWN = 5
_CHANGES = {
    "inserted": Bilingual("插入", "insertions"),
    "deleted": Bilingual("删除", "deletions"),
    "moved-from": Bilingual("移出", "moves away"),
    "moved-to": Bilingual("移入", "moves here"),
    "deleted-row": Bilingual("删除的表格行", "deleted table rows"),
    "deleted-cell": Bilingual("删除的单元格", "deleted cells"),
    "inserted-row": Bilingual("插入的表格行", "inserted table rows"),
    "deleted-mark": Bilingual("删除的段落标记", "deleted paragraph marks"),
}


@dataclass(slots=True)
class _Entry:
    number: int = 0
    places: list[Location] = field(default_factory=list)
    quote: str = ""


class Log:
    """Gathers by code; an unknown code is a mistake of ours and raises KeyError."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._entries: dict[str, _Entry] = {}
        self._single: list[Diagnostic] = []

    def note(self, code: str, place: Location, quote: str = "", number: int = 1) -> None:
        if not number:
            return
        entry = self._entries.setdefault(code, _Entry())
        entry.number += number
        entry.quote = entry.quote or quote
        if place not in entry.places and len(entry.places) <= _SHOWN:
            entry.places.append(place)

    def add(self, diagnostic: Diagnostic) -> None:
        self._single.append(diagnostic)

    def diagnostics(self) -> Iterator[Diagnostic]:
        changes = {code: e for code, e in self._entries.items() if code in _CHANGES}
        if changes:
            yield self._tracked(changes)
        for code, entry in self._entries.items():
            if code not in _CHANGES:
                yield self._placed(told(code, entry.places[0], n=entry.number), entry)
        yield from self._single

    def _tracked(self, changes: dict[str, _Entry]) -> Diagnostic:
        counted = [(_CHANGES[code], entry.number) for code, entry in changes.items()]
        zh = "、".join(f"{what.zh} {number} 处" for what, number in counted)
        en = ", ".join(f"{number} {what.en}" for what, number in counted)
        places = list(dict.fromkeys(p for entry in changes.values() for p in entry.places))
        quote = next((e.quote for e in changes.values() if e.quote), "")
        made = told("tracked-changes", places[0], changes=Bilingual(zh, en))
        return self._placed(made, _Entry(0, places, quote))

    def _placed(self, made: Diagnostic, entry: _Entry) -> Diagnostic:
        """The first place is the diagnostic's own; where there are more, the message names them."""
        first, message = entry.places[0], made.message
        if len(entry.places) > 1:
            words = [_words(place) for place in entry.places[:_SHOWN]]
            more = len(entry.places) > _SHOWN
            zh = "、".join(w.zh for w in words if w.zh) + ("等" if more else "")
            en = ", ".join(w.en for w in words if w.en) + (" and more" if more else "")
            message = Bilingual(f"{message.zh}：{zh}", f"{message.en}: {en}")
        location = Location(
            first.file,
            path=first.path,
            paragraph=first.paragraph,
            cell=first.cell,
            quote=entry.quote or None,
        )
        return replace(made, message=message, location=location)


def _words(place: Location) -> Bilingual:
    counted = list(place.counted())
    zh = "".join(c.zh.replace(" ", "") for c in counted)
    en = " ".join(c.en for c in counted)
    return Bilingual(f"{place.path or ''}{zh}", f"{place.path or ''}{' ' if place.path and en else ''}{en}")
