"""What a manifest states, as facts a rule may read."""

from datetime import date

from checker import facts
from checker.bilingual import Bilingual
from checker.facts import Fact, Field
from checker.location import Location
from checker.manifest.content import NAME, Manifest

DECLARES = (
    Field("manifest.unit_kind", "text", Bilingual("单位类型", "kind of unit")),
    Field("manifest.unit_level", "text", Bilingual("单位层级", "level of the unit")),
    Field("manifest.unit_services", "flag", Bilingual("单位对外提供服务", "the unit serves the public")),
    Field("manifest.submitted_on", "date", Bilingual("清单载明的报送日期", "submitted on, by the manifest")),
    Field("manifest.published_on", "date", Bilingual("清单载明的公布日期", "published on, by the manifest")),
)


def stated(manifest: Manifest | None) -> dict[str, Fact]:
    """Every field of DECLARES; MISSING where the manifest does not say, or there is none."""
    if manifest is None:
        lacking = facts.missing("没有证据清单", "there is no manifest")
        return {field.name: lacking for field in DECLARES}
    place = Location(NAME)
    unit, report = manifest.unit, manifest.report
    return {
        "manifest.unit_kind": _text(unit.kind, place),
        "manifest.unit_level": _text(unit.level, place),
        "manifest.unit_services": _flag(unit.services, place),
        "manifest.submitted_on": _day(report.submitted_on, report.place or place),
        "manifest.published_on": _day(report.published_on, report.place or place),
    }


def _text(value: str | None, place: Location) -> Fact:
    return facts.words(value, place) if value else _not_stated(place)


def _flag(value: bool | None, place: Location) -> Fact:
    return _not_stated(place) if value is None else facts.flag(value, place)


def _day(value: date | None, place: Location) -> Fact:
    return facts.day(value, place) if value else _not_stated(place)


def _not_stated(place: Location) -> Fact:
    return facts.missing("清单没有写明", "the manifest does not say", place)
