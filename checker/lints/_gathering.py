"""What was named on the command line → files that load, and everything that keeps the others from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from checker import library, measures, ruleset_yaml
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, RulesetError
from checker.facts import Vocabulary
from checker.lints._shelf import TO_DO, Sheet, Shelf, scalars
from checker.proving.cases import CaseFile, read_cases
from checker.ruleset import Rule
from checker.ruleset_yaml.sources import shown
from checker.yaml_text import YamlText, read

_NAMES_A_RULE = ("rule", "only_if")


@dataclass(frozen=True, slots=True)
class Target:
    """Files of one home. rules: ids of its own; None: those its rulesets name. whole: everything in it."""

    home: Path
    rulesets: tuple[Path, ...] = ()
    rules: tuple[str, ...] = ()
    whole: bool = False


def target(name: str) -> Target:
    """A shipped ruleset by name, a ruleset or rule file, or a home. Raises InputError if it is none."""
    path = library.HOME / f"{name}.yaml" if name in library.shipped() else Path(name)
    path = path.resolve()
    if path.is_dir():
        rulesets = tuple(sorted(path.glob("*.yaml")))
        if rulesets or (path / "library").is_dir():
            return Target(path, rulesets, whole=True)
    elif path.is_file():
        homes = [parent.parent for parent in path.parents if parent.name == "library"]
        if homes:
            rule = path.relative_to(homes[0] / "library").with_suffix("").as_posix()
            return Target(homes[0], rules=(rule,))
        return Target(path.parent, (path,))
    listed = "、".join(library.shipped())
    message = Bilingual(
        f"{name} 不是指标体系、规则，也不是它们的文件夹；随附的有：{listed}",
        f"{name} is no ruleset or rule, nor a folder of them; shipped rulesets: {listed}",
    )
    raise InputError([Problem("no-such-ruleset", message)])


def joined(targets: Iterable[Target]) -> Iterator[Target]:
    """The targets, those of one home as one."""
    by_home: dict[Path, list[Target]] = {}
    for each in targets:
        by_home.setdefault(each.home, []).append(each)
    for home, same in by_home.items():
        rulesets = dict.fromkeys(path for each in same for path in each.rulesets)
        rules = dict.fromkeys(rule for each in same for rule in each.rules)
        yield Target(home, tuple(rulesets), tuple(rules), any(each.whole for each in same))


def gather(wanted: Target) -> tuple[Shelf, list[Problem]]:
    """What loads, and every problem of what does not. Raises RulesetError where the shipped files do not."""
    return _Gatherer(wanted).gather()


class _Sound(Mapping[str, Rule]):
    """The rules that load: those of the home asked for, and the shipped ones behind them."""

    def __init__(self, own: Mapping[str, Rule], shipped: Mapping[str, Rule], spoilt: Iterable[str]) -> None:
        self.own = own
        self.shipped = shipped
        self.spoilt = frozenset(spoilt)

    def __getitem__(self, name: str) -> Rule:
        if name in self.spoilt:
            raise KeyError(name)
        return self.own[name] if name in self.own else self.shipped[name]

    def __contains__(self, name: object) -> bool:
        return name not in self.spoilt and (name in self.own or name in self.shipped)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self.shipped, *self.own, *self.spoilt]))

    def __len__(self) -> int:
        return len(list(iter(self)))


class _Gatherer:
    def __init__(self, wanted: Target) -> None:
        self.wanted = wanted
        self.homes = tuple(dict.fromkeys((library.HOME.resolve(), wanted.home)))
        self.folder = wanted.home / "library"
        self.files = {_id(path, self.folder): path for path in sorted(self.folder.rglob("*.yaml"))}
        self.problems: list[Problem] = []
        self.sources: dict[str, YamlText] = {}

    def gather(self) -> tuple[Shelf, list[Problem]]:
        asked = self._asked()
        vocabulary, broken = self._vocabulary()
        rules = self._rules(asked, vocabulary, broken)
        sheets = [sheet for path in self.wanted.rulesets if (sheet := self._sheet(path, rules))]
        cases = self._cases(rules, vocabulary)
        for name in rules.own:
            self._open(self.files[name])
            self._open_if_unfinished(self.wanted.home / "cases" / f"{name}.yaml")
        if self.wanted.whole:
            for path in self._kind_files():
                self._open(path)
        shelf = Shelf(sheets, rules.own, cases, self.sources, self._named(), vocabulary)
        return shelf, list(dict.fromkeys(self.problems))

    def _named(self) -> frozenset[str] | None:
        """The rules that the rulesets of the home name; None where others may name more."""
        if self.wanted.home == self.homes[0]:  # rulesets anywhere draw on the shipped library
            return None
        named = [_named(path) for path in sorted(self.wanted.home.glob("*.yaml"))]
        return (
            None if None in named or not named else frozenset(name for names in named for name in names or ())
        )

    def _asked(self) -> list[str]:
        """The ids of the rules asked for, of those that have a file here."""
        if self.wanted.whole:
            return list(self.files)
        named = {name for path in self.wanted.rulesets for name in _named(path) or ()}
        return [name for name in self.files if name in named or name in self.wanted.rules]

    def _kind_files(self) -> list[Path]:
        return sorted((self.wanted.home / "ledgers").glob("*.yaml"))

    def _vocabulary(self) -> tuple[Vocabulary, frozenset[str]]:
        """What rules may name, and the ledgers of which that is not known because a kind does not load."""
        try:
            return library.vocabulary(self.homes), frozenset()
        except RulesetError as error:
            if len(self.homes) == 1:
                raise
            self.problems.extend(error.problems)
        return library.vocabulary(self.homes[:1]), frozenset(path.stem for path in self._kind_files())

    def _rules(self, asked: Sequence[str], vocabulary: Vocabulary, broken: frozenset[str]) -> _Sound:
        """Read in one go where all is well; otherwise one by one, for those that do load."""
        signatures = measures.signatures()
        folders = [folder for home in self.homes if (folder := home / "library").is_dir()]
        found = ruleset_yaml.Library(folders, vocabulary, signatures)
        try:
            found.load(asked)
            return _Sound({name: found[name] for name in asked}, found, ())
        except RulesetError as error:
            problems = list(error.problems)
        own = {}
        spoilt = {p.location.file for p in problems if p.location}
        for name in asked:
            if shown(self.files[name]) not in spoilt:
                own[name] = ruleset_yaml.load_rule(self.files[name], self.folder, vocabulary, signatures)
        hidden = {shown(self.files[n]) for n in asked if _mentions(self.files[n], broken)}
        self.problems.extend(p for p in problems if not (p.location and p.location.file in hidden))
        shipped = library.rules(self.homes[:1]) if len(self.homes) > 1 else {}
        return _Sound(own, shipped, [name for name in asked if name not in own])

    def _sheet(self, path: Path, rules: _Sound) -> Sheet | None:
        """The ruleset, if it loads. That a rule does not load is told of the rule, and not here again."""
        try:
            ruleset = ruleset_yaml.load_ruleset(path, rules)
        except RulesetError as error:
            self.problems.extend(p for p in error.problems if not _names_one_of(p, rules.spoilt))
            return None
        return None if rules.spoilt & (_named(path) or frozenset()) else Sheet(ruleset, self._open(path))

    def _cases(self, rules: _Sound, vocabulary: Vocabulary) -> Mapping[str, CaseFile] | None:
        homes = [self.wanted.home]
        try:
            return read_cases(homes, rules, vocabulary, rules.own)
        except InputError as error:
            spoilt = tuple(f"cases/{name}.yaml" for name in rules.spoilt)
            about = (p for p in error.problems if not (p.location and p.location.file.endswith(spoilt)))
            self.problems.extend(about)
            return None

    def _open_if_unfinished(self, path: Path) -> None:
        """Of cases only what is still to be filled in is looked at here."""
        if path.is_file() and TO_DO.search(path.read_text(encoding="utf-8", errors="replace")):
            with suppress(InputError):  # which is told where the cases are read
                self._open(path)

    def _open(self, path: Path) -> YamlText:
        source = read(path, shown(path))
        self.sources[source.file] = source
        return source


def _named(path: Path) -> frozenset[str] | None:
    """The rules a ruleset file names; None where it cannot be read."""
    try:
        source = read(path, shown(path))
    except InputError:
        return None
    return frozenset(text for way, text in scalars(source) if way and way[-1] in _NAMES_A_RULE)


def _mentions(path: Path, names: frozenset[str]) -> bool:
    """Whether a rule draws on any of these ledgers."""
    words = path.read_text(encoding="utf-8", errors="replace").replace(".", " ").split() if names else ()
    return any(word.strip(",:{}[]\"'") in names for word in words)


def _names_one_of(problem: Problem, rules: frozenset[str]) -> bool:
    """Whether the problem is that a ruleset names a rule which is there and does not load."""
    if problem.code != "use.unknown-rule" or problem.location is None:
        return False
    at = (problem.location.character or 1) - 1
    rest = (problem.excerpt or "")[at:].lstrip("\"'")
    return any(rest.startswith(rule) for rule in rules)


def _id(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()
