"""The rulesets and rules there are: those shipped, and those beside a ruleset file of the user's."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from checker import evaluation, extractors, isolation, manifest, measures, ruleset_yaml
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, RulesetError, did_you_mean
from checker.facts import Facts, Vocabulary
from checker.finding import Finding
from checker.ledger import LedgerKind, collection
from checker.manifest import NAME
from checker.ruleset import Rule, Ruleset

_INSIDE = Path(__file__).parent / "rulesets"
# In a checkout the rulesets stand beside the package; the wheel carries them inside it.
HOME = _INSIDE if _INSIDE.is_dir() else Path(__file__).parent.parent / "rulesets"
DEFAULT, WITH_EVIDENCE = "annual-report", "disclosure"
T = TypeVar("T")


def shipped() -> tuple[str, ...]:
    """The names of the rulesets that come with the package."""
    return tuple(sorted(path.stem for path in HOME.glob("*.yaml")))


def default_for(path: Path) -> str:
    """The ruleset a submission is assessed by where none is named: with evidence, the whole of it."""
    return WITH_EVIDENCE if (path / NAME).is_file() else DEFAULT


def load_ruleset(name: str | Path = DEFAULT) -> Ruleset:
    """A shipped ruleset by name, or a YAML file; beside a file its own `library` folder is used too."""
    return _load(name, rules(homes(name)))


def _load(name: str | Path, library: ruleset_yaml.Library) -> Ruleset:
    return ruleset_yaml.load_ruleset(_path(name), library, HOME)


def homes(ruleset: str | Path = DEFAULT) -> tuple[Path, ...]:
    """The folders whose `library` and `ledgers` a ruleset draws on: ours, and the one it stands in."""
    return tuple(dict.fromkeys((HOME.resolve(), _path(ruleset).parent.resolve())))


def rules(homes: Iterable[Path] = (HOME,)) -> ruleset_yaml.Library:
    """The rules of the libraries in these folders, by id, each read when first asked for."""
    folders = [h for home in homes if (h := home.resolve() / "library").is_dir()]
    return ruleset_yaml.Library(folders, vocabulary(homes), measures.signatures())


def load_rules(homes: Iterable[Path] = (HOME,)) -> dict[str, Rule]:
    """All rules of the libraries in these folders, by id; every one is read and checked."""
    found = rules(homes)
    found.load(found)
    return dict(found)


def ledger_kinds(homes: Iterable[Path] = (HOME,)) -> Mapping[str, LedgerKind]:
    """All kinds of ledger declared in these folders, by id."""
    return _kinds(tuple(h for home in homes if (h := home.resolve() / "ledgers").is_dir()))


@cache
def _kinds(folders: tuple[Path, ...]) -> Mapping[str, LedgerKind]:
    return ruleset_yaml.load_kinds(folders)


def vocabulary(homes: Iterable[Path] = (HOME,)) -> Vocabulary:
    """What a rule may name: what the extractors read, and the rows of every kind of ledger."""
    return _vocabulary(tuple(homes))


@cache
def _vocabulary(homes: tuple[Path, ...]) -> Vocabulary:
    known = extractors.vocabulary()
    kinds = ledger_kinds(homes)
    taken = [n for n in kinds if n in known.collections or n == manifest.ATTACHMENT]
    if taken:
        listed = ", ".join(taken)
        zh = f"台账种类不能叫这个名称，它另有所指：{listed}"
        raise RulesetError(
            [Problem("kind.taken", Bilingual(zh, f"a kind of ledger cannot be called so: {listed}"))]
        )
    ledgers = {name: collection(kind) for name, kind in kinds.items()}
    fields = {**known.fields, **{f.name: f for f in manifest.DECLARES}}
    return Vocabulary(fields, {**known.collections, **ledgers})


def apart(ruleset: str | Path, work: Callable[..., T], *arguments: object) -> T:
    """work(ruleset, *arguments): here for a shipped ruleset, under limits for one from outside."""
    if str(ruleset) in shipped():
        return work(ruleset, *arguments)
    return isolation.run(Bilingual("外部指标体系", "the external ruleset"), work, ruleset, *arguments)


def find_rules(ruleset: str | Path = DEFAULT, names: Iterable[str] = ()) -> list[Rule]:
    """These rules, or all, of the libraries a ruleset draws on, as it has set their parameters.

    InputError for every unknown name.
    """
    library = rules(homes(ruleset))
    used = _load(ruleset, library).rules
    known = dict.fromkeys([*library, *used])
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
    library.load(wanted)
    return [used[name] if name in used else library[name] for name in wanted]


def decide(ruleset: str | Path, rule: str, facts: Facts) -> Finding:
    """One rule on one report, what passes shown too."""
    [found] = find_rules(ruleset, [rule])
    return evaluation.apply(found, facts, vocabulary(homes(ruleset)), keep=True)


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
