"""What a rule comes to, written down case by case: ratios, what more is asked of a fault, places, shares."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from checker import evaluation, ledgers, measures
from checker.bilingual import Bilingual
from checker.facts import Fact, Facts, Kind, Record, count
from checker.finding import Finding, without_passes
from checker.ruleset_yaml import load_rule
from tests.large_ledgers.generating import HEAD
from tests.large_ledgers.some_kinds import KINDS, VOCABULARY

MESSAGE = "message: {zh: 错, en: wrong}\n"
PARTS = "part,thing,n,ok,at\n"
Tried = Callable[..., Finding]


@pytest.fixture
def tried(tmp_path: Path) -> Tried:
    """A rule over ledgers given as CSV, by kind; partial: kinds of which a part was given."""

    def made(body: str, partial: str = "", keep: bool = False, **given: str) -> Finding:
        path = tmp_path / "rule.yaml"
        path.write_text(MESSAGE + HEAD + body, encoding="utf-8")
        rule = load_rule(path, tmp_path, VOCABULARY, measures.signatures())
        read = facts(tmp_path, partial, **given)
        found, kept = (evaluation.apply(rule, read, VOCABULARY, every) for every in (False, True))
        assert without_passes(kept) == found
        return kept if keep else found

    return made


def facts(folder: Path, partial: str = "", **given: str) -> Facts:
    read = {}
    for kind in KINDS:
        if kind.id in given:
            (folder / f"{kind.id}.csv").write_text(given[kind.id], encoding="utf-8")
            read[kind.id] = [ledgers.read(kind, folder / f"{kind.id}.csv", f"{kind.id}.csv")]
    return Facts({"report.year": count(2024)}, ledgers.collections(read), partial=frozenset(partial.split()))


RATIO = "each: things\ndegree: {part: n, whole: order}\n"
TARGET = """\
parameters: {least: {type: number, value: LEAST, label: {zh: 少, en: least}}}
each: things
degree: {part: n, whole: least}
"""


@pytest.mark.parametrize(
    ("body", "rows", "outcome", "share"),
    [
        (RATIO, "T1,1,2", "partial", (Fraction(1, 2),) * 2),
        (RATIO, "T1,2,2\nT2,0,2", "partial", (Fraction(1, 2),) * 2),
        (RATIO, "T1,0,2", "fail", (Fraction(0),) * 2),
        (RATIO, "T1,0,0", "not_applicable", None),
        (RATIO, "T1,3,2", "unknown", (Fraction(0), Fraction(1))),
        (RATIO, "T1,3,2\nT2,2,2", "unknown", (Fraction(1, 2), Fraction(1))),
        (RATIO, "T1,1,0", "unknown", (Fraction(0), Fraction(1))),
        (RATIO, "T1,,2", "unknown", (Fraction(0), Fraction(1))),
        (RATIO, "T1,,0", "unknown", (Fraction(0), Fraction(1))),
        (RATIO, "T1,,0\nT2,,2\nT3,2,2", "unknown", (Fraction(1, 3), Fraction(1))),
        (TARGET.replace("LEAST", "2"), "T1,5,0", "pass", (Fraction(1),) * 2),
        (TARGET.replace("LEAST", "2"), "T1,1,0", "partial", (Fraction(1, 2),) * 2),
        (TARGET.replace("LEAST", "0"), "T1,1,0", "not_applicable", None),
    ],
)
def test_ratios(
    tried: Tried, body: str, rows: str, outcome: str, share: tuple[Fraction, Fraction] | None
) -> None:
    found = tried(body, things=f"thing,n,order\n{rows}\n")
    assert (found.outcome, found.share) == (outcome, share)


def test_a_ratio_of_which_nothing_is_known_to_apply_is_checked_on_nothing(tried: Tried) -> None:
    assert tried(RATIO, things="thing,n,order\nT1,,0\n").checked == 0
    assert tried(RATIO, things="thing,n,order\nT1,,2\n").checked == 1


def test_every_open_record_counts_in_a_share(tried: Tried) -> None:
    body = "each: things\nassert: n > 1\ndegree: share\n"
    found = tried(body, things="thing,n\nT1,2\nT2,\nT3,x\nT4,0\n")
    assert (found.share, found.checked) == ((Fraction(1, 4), Fraction(3, 4)), 4)
    assert found.population == 4


FAULTS = "each: things\nassert: n > 1\nquantity: order\nrectified: ok\nrepeated: own\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("0,3,是,否", ("fail", 3, True, False)),
        ("0,3,否,是", ("fail", 3, False, True)),
        ("0,-3,,", ("fail", None, None, None)),
        ("0,,x,/", ("fail", None, None, None)),
        ("0,0,是,是", ("fail", 0, True, True)),
        (",3,是,否", ("unknown", None, True, False)),
    ],
)
def test_what_more_is_asked_of_a_fault(
    tried: Tried, row: str, told: tuple[str, int | None, bool | None, bool | None]
) -> None:
    found = tried(FAULTS, things=f"thing,n,order,ok,own\nT1,{row}\n")
    [o] = found.occurrences
    assert (o.outcome, o.quantity, o.rectified, o.repeated) == told


def test_what_passes_is_asked_nothing(tried: Tried) -> None:
    found = tried(FAULTS, keep=True, things="thing,n,order,ok,own\nT1,2,3,是,是\n")
    [o] = found.occurrences
    assert (o.outcome, o.quantity, o.rectified, o.repeated) == ("pass", None, False, False)


def test_rows_that_were_not_given_may_change_what_is_told_of_a_fault(tried: Tried) -> None:
    body = """\
each: things
measures: {m: {count: parts}}
assert: n > 1
quantity: m
rectified: m == 1
repeated: m >= 1
"""
    given = {"things": "thing,n\nT1,0\n", "parts": f"{PARTS}P1,T1,1,是,\n"}
    [whole] = tried(body, **given).occurrences
    [part] = tried(body, partial="parts", **given).occurrences
    assert (whole.quantity, whole.rectified, whole.repeated) == (1, True, True)
    assert (part.quantity, part.rectified, part.repeated) == (None, None, True)


@pytest.mark.parametrize(
    ("held", "outcome"),
    [
        ("m != 2", "unknown"),
        ("m != 5", "unknown"),
        ("m < 2", "unknown"),
        ("m >= 1", "pass"),
        ("m == n", "unknown"),
        ("m < n + 4", "unknown"),
        ("m < n - 2", "fail"),
    ],
)
def test_more_rows_could_come(tried: Tried, held: str, outcome: str) -> None:
    body = f"each: things\nmeasures: {{m: {{count: parts}}}}\nassert: {held}\n"
    given = {"things": "thing,n\nT1,3\n", "parts": f"{PARTS}P1,T1,1,是,\n"}
    assert tried(body, partial="parts", **given).outcome == outcome


@pytest.mark.parametrize(
    ("measure", "held", "limit", "outcome"),
    [
        ("min: parts.at", "m > at", "2024-02-05", "unknown"),
        ("min: parts.at", "m < at", "2024-03-05", "pass"),
        ("max: parts.at", "m < at", "2024-03-05", "unknown"),
        ("max: parts.at", "m > at", "2024-02-05", "pass"),
        ("ordered: parts.n, by: at", "m", "", "unknown"),
        ("sum: parts.n", "m == 1", "", "unknown"),
    ],
)
def test_further_rows_move_a_measure_one_way(
    tried: Tried, measure: str, held: str, limit: str, outcome: str
) -> None:
    body = f"each: things\nmeasures: {{m: {{{measure}}}}}\nassert: {held}\n"
    given = {"things": f"thing,at\nT1,{limit}\n", "parts": f"{PARTS}P1,T1,1,是,2024-03-01\n"}
    assert tried(body, partial="parts", **given).outcome == outcome


def test_a_part_without_a_row_of_the_record_shows_nothing(tried: Tried) -> None:
    body = "each: things\nmeasures: {m: {count: parts}}\nassert: m == 0\n"
    found = tried(body, partial="parts", things="thing\nT1\n", parts=PARTS)
    assert found.outcome == "unknown"
    assert "本证据未显示" in found.occurrences[0].message.zh


def test_a_fault_stands_at_its_row_first(tried: Tried) -> None:
    body = "each: things\nmeasures: {m: {max: parts.n}}\nassert: m > n\n"
    found = tried(body, things="thing,n\nT1,3\n", parts=f"{PARTS}P1,T1,1,是,\n")
    places = found.occurrences[0].locations
    assert [(p.file, p.line, p.column) for p in places] == [
        ("things.csv", 2, None),
        ("parts.csv", 2, "n"),
        ("things.csv", 2, "n"),
    ]


@pytest.mark.parametrize(("rows", "shown"), [(6, 6), (7, 1)])
def test_a_value_of_many_places_names_their_file(tried: Tried, rows: int, shown: int) -> None:
    body = "each: things\nmeasures: {m: {sum: parts.n}}\nassert: m < 0\n"
    parts = PARTS + "".join(f"P{n},T1,1,是,\n" for n in range(rows))
    found = tried(body, things="thing\nT1\n", parts=parts)
    assert len(found.occurrences[0].operands[0].locations) == shown


def test_measures_with_the_same_words_and_other_settings_differ(tried: Tried) -> None:
    """Two joins, two narrowings, two parameters, side by side."""
    body = """\
parameters:
  low: {type: number, value: 1, label: {zh: 低, en: low}}
each: things
measures:
  a: {count: parts, where: n > low}
  b: {count: parts, where: n > 2}
  c: {count: parts, match: [n]}
  d: {count: parts, match: none, where: n > low}
assert: a == 2 && b == 1 && c == 1 && d == 3
"""
    parts = f"{PARTS}P1,T1,1,是,\nP2,T1,2,是,\nP3,T1,3,是,\nP4,T2,9,是,\n"
    assert tried(body, things="thing,n\nT1,3\n", parts=parts).outcome == "pass"


def test_only_what_a_person_alone_must_judge_is_pending(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    body = "each: notes\nassert: doc == who\n"
    path.write_text(MESSAGE + HEAD + body, encoding="utf-8")
    rule = load_rule(path, tmp_path, VOCABULARY, measures.signatures())
    given = facts(tmp_path, notes="title,doc,who\n一,D1,D1\n二,D1,\n")
    doubt = Fact(Kind.DOUBTFUL, None, "D1\nD2", (), Bilingual("疑", "doubt"))
    rows = tuple(replace(r, fields={**r.fields, "doc": doubt}) for r in plain(given))
    found = evaluation.apply(rule, replace(given, collections={"notes": rows}), VOCABULARY)
    assert [o.outcome for o in found.occurrences] == ["pending", "unknown"]


def plain(given: Facts) -> list[Record]:
    """The notes as records whose fields can be replaced."""
    return [Record(r.key, r.label, dict(r.fields), r.locations) for r in given.records("notes")]


@pytest.mark.parametrize("order", [("", "x"), ("x", "")])
def test_a_blank_among_what_cannot_be_read_is_no_zero(tried: Tried, order: tuple[str, str]) -> None:
    body = "each: things\nmeasures: {m: {max: parts.at}, d: {days: m, to: at, blank: zero}}\nassert: d == 0\n"
    parts = PARTS + "".join(f"P{n},T1,1,是,{cell}\n" for n, cell in enumerate(order))
    assert tried(body, things="thing,at\nT1,2024-03-01\n", parts=parts).outcome == "unknown"


@pytest.mark.parametrize("first", ["", "x"])
def test_a_doubtful_member_does_not_outweigh_one_that_is_not_known(tmp_path: Path, first: str) -> None:
    path = tmp_path / "rule.yaml"
    body = "each: docs\nmeasures: {m: {count: notes, where: ok}}\nassert: m >= 1\n"
    path.write_text(MESSAGE + HEAD + body, encoding="utf-8")
    rule = load_rule(path, tmp_path, VOCABULARY, measures.signatures())
    rows = ["《办法》解读,D1,也许", "另一解读,,是"]
    given = facts(
        tmp_path,
        docs="doc,title\nD1,办法\n",
        notes="title,doc,ok\n" + "\n".join(rows if first else rows[::-1]) + "\n",
    )
    doubt = Fact(Kind.DOUBTFUL, None, "D1\nD2", (), Bilingual("疑", "doubt"))
    notes = tuple(
        replace(r, fields={**r.fields, "doc": doubt}) if r.fields["title"].value == "另一解读" else r
        for r in plain(given)
    )
    found = evaluation.apply(
        rule, replace(given, collections={**given.collections, "notes": notes}), VOCABULARY
    )
    assert found.outcome == "unknown"
