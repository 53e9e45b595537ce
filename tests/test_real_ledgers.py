"""The real ledgers of one government site through the command line, row by row against their answers.

What the site's own interpretation column holds is not in the archive: a document without a pair is "not
shown by this evidence", never "not interpreted".
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from checker import workdays
from tests.evidence_folders import called, findings, home, item, record, scheme, submission

YEARS = (2022, 2023, 2024)
RULES = [f"policy-interpretation/{name}" for name in ("coverage", "within-limit", "belongs-to-document")]
NEED = "本站认定应解读"
POLICY_COLUMNS = {"title": "标题", "doc_no": "文号", "issuer": "发布机构", "published_on": "发布日期"}
INTERPRETATION_COLUMNS = {"title": "标题", "source": "来源", "published_on": "发布日期"}
NOT_SHOWN = ("本证据未显示", "not shown by this evidence")
Capsys = pytest.CaptureFixture[str]
Row = dict[str, str]


@pytest.fixture(autouse=True)
def rulesets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = home(tmp_path / "rulesets", "policy-interpretation")
    scheme(made / "local.yaml", *RULES)
    monkeypatch.setattr("checker.library.HOME", made)
    return made


def table(corpus: Path, name: str, year: int) -> list[Row]:
    with (corpus / "ledgers" / f"{name}_{year}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def with_need(rows: list[Row]) -> str:
    """The policies with one column more, which says that every one needs an interpretation."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*rows[0], NEED])
    writer.writeheader()
    writer.writerows({**row, NEED: "是"} for row in rows)
    return text.getvalue()


def assessed(
    tmp_path: Path, corpus: Path, capsys: Capsys, year: int, complete: bool = False
) -> dict[str, dict[str, Any]]:
    folder = submission(
        tmp_path / f"site-{year}",
        {
            "policies.csv": with_need(table(corpus, "policies", year)),
            "interpretations.csv": (corpus / "ledgers" / f"interpretations_{year}.csv").read_bytes(),
        },
        [
            item("policies", "policies.csv", columns={**POLICY_COLUMNS, "needs_interpretation": NEED}),
            item("interpretations", "interpretations.csv", columns=INTERPRETATION_COLUMNS, complete=complete),
        ],
        year=year,
    )
    made = record(capsys, folder, "--ruleset", "local")
    kept = {e["id"]: (e["status"], e["rows"], e["fault_count"]) for e in made["submission"]["evidence"]}
    rows = {name: len(table(corpus, name, year)) for name in ("policies", "interpretations")}
    assert kept == {name: ("verified", number, 0) for name, number in rows.items()}
    return findings(made)


# The answers, worked out here from the pairs alone -------------------------------------------------------


class Expected(NamedTuple):
    """What holds of one row of the policies. taken: working days to the interpretation, None without one.

    recent: published so late in the year that an interpretation was not due by its end.
    """

    judged: bool
    taken: int | None
    recent: bool = False


def bare(title: str) -> str:
    """A title without white space and title marks."""
    return "".join(c for c in title if not c.isspace() and c not in "《》〈〉")


def core(pair: Row) -> str:
    """The name of the document a pair is about, without the words around it."""
    title = bare(pair["政策标题"])
    return title.rpartition("印发")[2].removesuffix("的通知")


def expected(corpus: Path, year: int) -> list[Expected]:
    pairs = [pair for pair in table(corpus, "pairs", year) if pair["政策行数"] not in ("", "0")]
    policies = table(corpus, "policies", year)
    for pair in pairs:
        assert sum(core(pair) in bare(row["标题"]) for row in policies) == int(pair["政策行数"]), pair
    return [_of_row(row, pairs) for row in policies]


def _of_row(row: Row, pairs: list[Row]) -> Expected:
    found = [pair for pair in pairs if core(pair) in bare(row["标题"])]
    if not found:
        day = row["发布日期"] and date.fromisoformat(row["发布日期"])
        left = workdays.between(day, date(day.year, 12, 31)) if day else None
        return Expected(False, None, left is not None and left < 5)
    pair = min(found, key=lambda p: p["解读日期"])
    published, interpreted = (date.fromisoformat(d) for d in (row["发布日期"], pair["解读日期"]))
    taken = workdays.between(published, interpreted)
    if row["发布日期"] == pair["政策日期"]:
        assert taken == int(pair["间隔工作日"])
    assert taken is not None
    return Expected(pair["依据"] == "none", taken)


def outcomes(finding: dict[str, Any], rows: list[Expected]) -> list[str]:
    """What became of every row of the policies; a match by judgement may be told at the interpretation."""
    told: dict[int, str] = {}
    elsewhere = []
    for occurrence in finding["occurrences"]:
        lines = {p["line"] for p in occurrence["locations"] if p["file"] == "evidence/policies.csv"}
        if lines:
            (line,) = lines
            told[line - 2] = occurrence["outcome"]
        else:
            elsewhere.append(occurrence["outcome"])
    judged = [number for number, row in enumerate(rows) if row.judged and number not in told]
    told.update(zip(judged, elsewhere, strict=True))
    return [told.get(number, "pass") for number in range(len(rows))]


def covered(rows: list[Expected], complete: bool) -> Iterator[str]:
    for row in rows:
        if row.taken is None:
            late = "pass" if row.recent else "fail"
            yield late if complete else "unknown"
        else:
            yield "pending" if row.judged else "pass"


def in_time(rows: list[Expected], complete: bool) -> Iterator[str]:
    for row in rows:
        if row.taken is None:  # with the whole ledger: nothing to be late
            yield "pass" if complete else "unknown"
        elif row.judged:
            yield "pending"
        elif row.taken > 3:
            yield "fail" if complete else "unknown"
        else:
            yield "pass"


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("year", YEARS)
def test_every_row(tmp_path: Path, corpus: Path, capsys: Capsys, year: int, complete: bool) -> None:
    rows = expected(corpus, year)
    found = assessed(tmp_path, corpus, capsys, year, complete)
    assert outcomes(found["coverage"], rows) == list(covered(rows, complete))
    assert outcomes(found["within-limit"], rows) == list(in_time(rows, complete))
    if not complete:
        for name in ("coverage", "within-limit"):
            for o in found[name]["occurrences"]:
                if o["outcome"] == "unknown":
                    assert NOT_SHOWN[0] in o["message"]["zh"]
                    assert NOT_SHOWN[1] in o["message"]["en"]


ANSWERS = {
    # policies interpreted, of these by judgement; rows so matched; policies within 3 and within 5 days
    2022: (13, 1, 26, 12, 12),
    2023: (1, 0, 2, 1, 1),
    2024: (1, 0, 1, 0, 0),
}


@pytest.mark.parametrize("year", YEARS)
def test_the_published_figures(tmp_path: Path, corpus: Path, capsys: Capsys, year: int) -> None:
    """The table of the corpus's README, from what the tool says of every row."""
    policies, rows = table(corpus, "policies", year), expected(corpus, year)
    found = outcomes(assessed(tmp_path, corpus, capsys, year)["coverage"], rows)
    pairs = [pair for pair in table(corpus, "pairs", year) if pair["政策行数"] not in ("", "0")]
    named: dict[str, list[int]] = {}
    for number, policy in enumerate(policies):
        if found[number] in ("pass", "pending"):
            name = next(core(pair) for pair in pairs if core(pair) in bare(policy["标题"]))
            named.setdefault(name, []).append(number)
    judged = [name for name, numbers in named.items() if any(found[n] == "pending" for n in numbers)]
    within = {
        limit: sum(any((rows[r].taken or 0) <= limit for r in numbers) for numbers in named.values())
        for limit in (3, 5)
    }
    shown = (len(named), len(judged), sum(map(len, named.values())), within[3], within[5])
    assert shown == ANSWERS[year]


def test_2022_row_by_row(tmp_path: Path, corpus: Path, capsys: Capsys) -> None:
    """24 of the 26 rows in time, one after 6 working days, one interpreted 175 days before its own date."""
    taken = [row.taken for row in expected(corpus, 2022) if row.taken is not None]
    assert (len(taken), sum(0 <= n <= 3 for n in taken), taken.count(6), sum(n < 0 for n in taken)) == (
        *(26, 24, 1),
        1,
    )
    found = assessed(tmp_path, corpus, capsys, 2022, complete=True)
    late = [o for o in found["within-limit"]["occurrences"] if o["outcome"] == "fail"]
    assert len(late) == 1
    assert "隔了 6 个工作日" in late[0]["message"]["zh"]
    assert "2022-11-17" in late[0]["message"]["en"]
    lines = Counter(o["outcome"] for o in found["belongs-to-document"]["occurrences"])
    assert lines == {"pending": 1, "unknown": 2}, "大豆种植补贴 and 纲要 of 2021 have no document here"


@pytest.mark.parametrize("year", YEARS)
def test_as_published_nothing_says_what_needs_an_interpretation(
    tmp_path: Path, corpus: Path, capsys: Capsys, year: int
) -> None:
    files = {
        "policies.csv": (corpus / "ledgers" / f"policies_{year}.csv").read_bytes(),
        "interpretations.csv": (corpus / "ledgers" / f"interpretations_{year}.csv").read_bytes(),
    }
    items = [item(Path(name).stem, name, complete=False) for name in files]
    folder = submission(tmp_path / "site", files, items, year=year)
    found = findings(record(capsys, folder, "--ruleset", "local"))
    assert found["coverage"]["outcome"] == "unknown"
    assert {o["outcome"] for o in found["coverage"]["occurrences"]} == {"unknown"}
    assert "fail" not in {o["outcome"] for f in found.values() for o in f["occurrences"]}
    for lang, said in zip(("zh", "en"), NOT_SHOWN, strict=True):
        code, out, err = called(capsys, "assess", folder, "--ruleset", "local", "--lang", lang)
        assert (code, err) == (3, "")
        assert said in " ".join(out.split())
        code, out, err = called(capsys, "manifest", "verify", folder, "--ruleset", "local", "--lang", lang)
        assert (code, err) == (0, "")
