"""The rulesets and rules there are: those shipped, and those beside a ruleset file of the user's."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from checker import evaluation, extractors, isolation, measures, ruleset_yaml
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, did_you_mean
from checker.facts import Facts
from checker.facts_yaml import facts_from_yaml
from checker.finding import Finding, Outcome
from checker.ruleset import Rule, Ruleset

_INSIDE = Path(__file__).parent / "rulesets"
# In a checkout the rulesets stand beside the package; the wheel carries them inside it.
HOME = _INSIDE if _INSIDE.is_dir() else Path(__file__).parent.parent / "rulesets"
DEFAULT = "annual-report"
T = TypeVar("T")
_FAILING = (Outcome.FAIL, Outcome.PARTIAL, Outcome.PENDING)


def shipped() -> tuple[str, ...]:
    """The names of the rulesets that come with the package."""
    return tuple(sorted(path.stem for path in HOME.glob("*.yaml")))


def load_ruleset(name: str | Path = DEFAULT) -> Ruleset:
    """A shipped ruleset by name, or a YAML file; beside a file its own `library` folder is used too."""
    path = _path(name)
    return ruleset_yaml.load_ruleset(path, load_rules([HOME, path.parent]))


def load_rules(homes: Iterable[Path] = (HOME,)) -> dict[str, Rule]:
    """All rules of the libraries in these folders, by id."""
    folders = dict.fromkeys(home.resolve() / "library" for home in homes)
    found = [folder for folder in folders if folder.is_dir()]
    return dict(ruleset_yaml.load_library(found, extractors.vocabulary(), measures.signatures()))


def apart(ruleset: str | Path, work: Callable[..., T], *arguments: object) -> T:
    """work(ruleset, *arguments): here for a shipped ruleset, under limits for one from outside."""
    if str(ruleset) in shipped():
        return work(ruleset, *arguments)
    return isolation.run(Bilingual("外部指标体系", "the external ruleset"), work, ruleset, *arguments)


def find_rules(ruleset: str | Path = DEFAULT, names: Iterable[str] = ()) -> list[Rule]:
    """These rules, or all, of the libraries a ruleset draws on. InputError for every unknown name."""
    known = load_rules([HOME, _path(ruleset).parent])
    wanted = list(names) or list(known)
    problems = []
    for name in wanted:
        if name not in known:
            zh, en = did_you_mean(name, known)
            problems.append(
                Problem("no-such-rule", Bilingual(f"没有规则 {name}{zh}", f"there is no rule {name}{en}"))
            )
    if problems:
        raise InputError(problems)
    return [known[name] for name in wanted]


def decide(ruleset: str | Path, rule: str, facts: Facts) -> Finding:
    """One rule on one report, what passes shown too."""
    [found] = find_rules(ruleset, [rule])
    return evaluation.apply(found, facts, extractors.vocabulary(), keep=True)


def run_examples(ruleset: str | Path, names: Iterable[str]) -> tuple[int, list[Bilingual]]:
    """How many rules were tried on their own examples, and what was wrong."""
    chosen = find_rules(ruleset, names)
    return len(chosen), [failure for rule in chosen for failure in failing_examples(rule)]


def failing_examples(rule: Rule) -> list[Bilingual]:
    """What a rule's own examples show to be wrong with it."""
    return [
        *_checked(rule, "pass", rule.examples["pass"], (Outcome.PASS,)),
        *_checked(rule, "fail", rule.examples["fail"], _FAILING),
    ]


def _checked(rule: Rule, kind: str, examples: Iterable[Any], wanted: tuple[Outcome, ...]) -> list[Bilingual]:
    return [
        Bilingual(f"{rule.id}：{kind} 第 {number} 例{zh}", f"{rule.id}: {kind} example {number} {en}")
        for number, given in enumerate(examples, 1)
        for zh, en in _wrong_with(rule, given, wanted)
    ]


def _wrong_with(rule: Rule, given: Any, wanted: tuple[Outcome, ...]) -> Iterator[Bilingual]:
    vocabulary = extractors.vocabulary()
    try:
        facts = facts_from_yaml(given, vocabulary)
    except InputError as error:
        for problem in error.problems:
            yield Bilingual(f"写错：{problem.message.zh}", f"is at fault: {problem.message.en}")
        return
    finding = evaluation.apply(rule, facts, vocabulary)
    if finding.outcome not in wanted:
        said = finding.reason or next((o.message for o in finding.occurrences), Bilingual("", ""))
        yield Bilingual(f"得到 {finding.outcome}（{said.zh}）", f"gives {finding.outcome} ({said.en})")


def _path(name: str | Path) -> Path:
    if str(name) in shipped():
        return HOME / f"{name}.yaml"
    path = Path(name)
    if path.is_file():
        return path
    names = "、".join(shipped())
    message = Bilingual(
        f"没有名为“{name}”的指标体系，也没有这个文件；随附的有：{names}",
        f"there is no ruleset or file named {name!s}; shipped rulesets: {names}",
    )
    raise InputError([Problem("no-such-ruleset", message)])
