"""The order of rows, of files, of items in the manifest and of rules decides nothing.

Every ledger rule over the sample shuffled, of which the first rows only, so that its figures contradict the
report and more is found; and random rules over random files.
"""

import csv
import io
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import evaluation, ledgers, library, pipeline
from checker.finding import Finding
from tests.evidence_folders import sha
from tests.large_ledgers import random_files, random_rules
from tests.large_ledgers.some_kinds import VOCABULARY

ROWS = 300
Told = dict[str, tuple[object, ...]]


def told(folder: Path) -> Told:
    """What every ledger rule finds, without places and in no order."""
    rules = [rule for name, rule in library.load_rules().items() if not name.startswith("annual-report/")]
    facts = pipeline.gather(folder, library.ledger_kinds()).facts
    return {
        f.rule: (
            *(f.outcome, f.checked, f.open_ended),
            sorted(
                (o.key, o.outcome, o.message.zh, sorted((p.name, p.text) for p in o.operands))
                for o in f.occurrences
            ),
        )
        for f in evaluation.evaluate(rules, facts, library.vocabulary())
    }


def lines(data: bytes) -> tuple[str, list[str]]:
    """The encoding and the rows of a CSV file of the sample, the header first."""
    for encoding in ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found = text.splitlines()
        assert len(list(csv.reader(io.StringIO(text)))) == len(found), "a row is a line here"
        return encoding, found
    raise AssertionError("neither UTF-8 nor GB 18030")


def rewritten(folder: Path, chance: random.Random | None) -> Path:
    """The first rows of every ledger, in another order where there is a chance to follow."""
    head, *items = (folder / "manifest.yaml").read_text(encoding="utf-8").rstrip("\n").split("\n- id: ")
    listing = "\n- id: ".join([head, *(chance.sample(items, len(items)) if chance else items)]) + "\n"
    for path in sorted((folder / "evidence").glob("*.csv")):
        before = sha(path)
        encoding, (header, *rows) = lines(path.read_bytes())
        rows = rows[:ROWS]
        rows = chance.sample(rows, len(rows)) if chance else rows
        path.write_bytes("".join(f"{line}\r\n" for line in (header, *rows)).encode(encoding))
        assert before in listing
        listing = listing.replace(before, sha(path))
    (folder / "manifest.yaml").write_text(listing, encoding="utf-8")
    return folder


def test_order_decides_nothing(root: Path, tmp_path: Path) -> None:
    sample = root / "reports" / "alxa-hightech-zone-2024"
    first, second = (shutil.copytree(sample, tmp_path / name) for name in ("first", "second"))
    expected = told(rewritten(first, None))
    found = told(rewritten(second, random.Random(11)))
    assert len(expected) > 300
    assert [name for name in expected if expected[name] != found[name]] == []


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_the_order_of_random_files_decides_nothing(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        files = random_files.written(chance, Path(one), straight=True)
        made = (random_rules.rule(chance, Path(one), f"r{n}") for n in range(8))
        rules = [rule for rule in made if rule is not None]
        facts, _ = random_files.read(files, ledgers.read)
        mixed, _ = random_files.read(random_files.shuffled(chance, files, Path(other)), ledgers.read)
        expected = evaluation.evaluate(rules, facts, VOCABULARY)
        found = evaluation.evaluate(chance.sample(rules, len(rules)), mixed, VOCABULARY)
        assert {f.rule: decided(f) for f in found} == {f.rule: decided(f) for f in expected}


def decided(finding: Finding) -> tuple[object, ...]:
    """What a rule came to. Records without a key of their own go by their line, which is another now."""
    records = Counter(
        ("" if o.key.partition(":")[0].isdecimal() else o.key, o.outcome, o.quantity, o.rectified, o.repeated)
        for o in finding.occurrences
    )
    return finding.outcome, finding.checked, finding.population, finding.share, finding.open_ended, records
