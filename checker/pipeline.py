"""The whole trip: submission → document → facts → findings → score → assessment."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from checker import evaluation, extractors, isolation, readers, ruleset_yaml, scoring
from checker.assessment import Assessment, InputFile, build
from checker.bilingual import Bilingual
from checker.document import Document
from checker.errors import InputError, Problem
from checker.facts import Facts, Kind
from checker.finding import Finding
from checker.measures import signatures
from checker.ruleset import Rule, Ruleset
from checker.submission import Submission, open_submission

_SHIPPED = Path(__file__).parent / "rulesets"
# In a checkout the rulesets stand beside the package; the wheel carries them inside it.
RULESETS = _SHIPPED if _SHIPPED.is_dir() else Path(__file__).parent.parent / "rulesets"
DEFAULT = "annual-report"


def assess(
    path: str | Path,
    ruleset: str | Path = DEFAULT,
    previous: str | Path | None = None,
    as_of: date | None = None,
) -> Assessment:
    """Assess one submission.

    path and previous are a report file or a submission folder; ruleset is the name of a shipped
    ruleset or a YAML file. Raises InputError (RulesetError) with every problem found.
    """
    scheme = load_ruleset(ruleset)
    submission, _, facts = read(path)
    last_year = None
    if previous is not None:
        last_year, _, earlier = read(previous)
        facts = replace(facts, previous=_follows(earlier, facts, last_year.file))
    findings = _findings(scheme, facts, ruleset)
    unit, year = facts.fields["report.issuer"], facts.fields["report.year"]
    return build(
        scoring.score(findings, scheme),
        findings,
        scheme,
        report=InputFile(submission.file, submission.sha256),
        unit=unit.text if unit.kind is Kind.TEXT else None,
        year=int(year.text) if year.kind is Kind.NUMBER else None,
        previous=InputFile(last_year.file, last_year.sha256) if last_year else None,
        as_of=as_of,
    )


def read(path: str | Path) -> tuple[Submission, Document, Facts]:
    """Open a submission, read its report and extract its facts."""
    submission = open_submission(Path(path))
    document = readers.read(submission.data, submission.file)
    return submission, document, extractors.extract(document)


def load_ruleset(name: str | Path = DEFAULT) -> Ruleset:
    """A shipped ruleset by name, or a YAML file; beside a file its own `library` folder is used too."""
    path = _ruleset_path(name)
    return ruleset_yaml.load_ruleset(path, load_rules([RULESETS, path.parent]))


def load_rules(homes: Iterable[Path] = (RULESETS,)) -> dict[str, Rule]:
    """All rules of the libraries in these folders."""
    folders = dict.fromkeys(home.resolve() / "library" for home in homes)
    found = [folder for folder in folders if folder.is_dir()]
    return dict(ruleset_yaml.load_library(found, extractors.vocabulary(), signatures()))


def decide(rule: Rule, facts: Facts) -> Finding:
    """One rule on one report."""
    return evaluation.apply(rule, facts, extractors.vocabulary())


def shipped() -> tuple[str, ...]:
    """The names of the rulesets that come with the package."""
    return tuple(sorted(path.stem for path in RULESETS.glob("*.yaml")))


def _findings(scheme: Ruleset, facts: Facts, ruleset: str | Path) -> tuple[Finding, ...]:
    if str(ruleset) in shipped():
        return evaluation.evaluate(scheme.rules.values(), facts, extractors.vocabulary())
    return isolation.run(Bilingual("外部指标体系", "the external ruleset"), _evaluate_apart, ruleset, facts)


def _evaluate_apart(ruleset: str | Path, facts: Facts) -> tuple[Finding, ...]:
    rules = load_ruleset(ruleset).rules.values()
    return evaluation.evaluate(rules, facts, extractors.vocabulary())


def _ruleset_path(name: str | Path) -> Path:
    shipped_path = RULESETS / f"{name}.yaml"
    if str(name) in shipped():
        return shipped_path
    path = Path(name)
    if path.is_file():
        return path
    names = "、".join(shipped())
    message = Bilingual(
        f"没有名为“{name}”的指标体系，也没有这个文件；随附的有：{names}",
        f"there is no ruleset or file named {name!s}; shipped rulesets: {names}",
    )
    raise InputError([Problem("no-such-ruleset", message)])


def _follows(earlier: Facts, facts: Facts, file: str) -> Facts:
    """Last year's facts, if they are last year's. A report of any other year answers nothing."""
    before, now = earlier.fields["report.year"], facts.fields["report.year"]
    if before.kind is Kind.NUMBER and now.kind is Kind.NUMBER and before.value != now.value - 1:  # type: ignore[operator]
        message = Bilingual(
            f"{file} 是 {before.text} 年度报告，不是 {now.text} 年度的上一年",
            f"{file} reports on {before.text}, which is not the year before {now.text}",
        )
        raise InputError([Problem("not-last-year", message)])
    return earlier
