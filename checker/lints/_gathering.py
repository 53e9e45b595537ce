"""What was named on the command line → files that load, and everything that keeps the others from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from checker import library, measures, ruleset_yaml
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, RulesetError
from checker.facts import Vocabulary
from checker.lints._shelf import TO_DO, Sheet, Shelf, Texts, scalars
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


class _Gatherer:
    def __init__(self, wanted: Target) -> None:
        self.wanted = wanted
        self.homes = tuple(dict.fromkeys((library.HOME.resolve(), wanted.home)))
        self.folder = wanted.home / "library"
        self.files = {_id(path, self.folder): path for path in sorted(self.folder.rglob("*.yaml"))}
        self.problems: list[Problem] = []
        self.sources: dict[str, YamlText] = {}

    def gather(self) -> tuple[Shelf, list[Problem]]:
        vocabulary, broken = self._vocabulary()
        folders = [folder for home in self.homes if (folder := home / "library").is_dir()]
        known = ruleset_yaml.Library(folders, vocabulary, measures.signatures())
        sheets = [sheet for path in self.wanted.rulesets if (sheet := self._sheet(path, known))]
        rules = self._rules(self._asked(sheets), known, vocabulary)
        cases = self._cases(known, rules, vocabulary)
        for name in rules:
            self._open(self.files[name])
            self._open_if_unfinished(self.wanted.home / "cases" / f"{name}.yaml")
        if self.wanted.whole:
            for path in self._kind_files():
                self._open(path)
        texts = Texts(self.sources)
        shelf = Shelf(sheets, rules, cases, self.sources, self._named(), vocabulary, texts)
        return shelf, list(self._told(broken))

    def _told(self, broken: frozenset[str]) -> Iterator[Problem]:
        """Every problem once; but of rules over ledgers that are not known only that of the ledger."""
        hidden = {shown(path) for path in self.files.values() if _mentions(path, broken)}
        for problem in dict.fromkeys(self.problems):
            if problem.location is None or problem.location.file not in hidden:
                yield problem

    def _named(self) -> frozenset[str] | None:
        """The rules that the rulesets of the home name; None where others may name more."""
        if self.wanted.home == self.homes[0]:  # rulesets anywhere draw on the shipped library
            return None
        named = [_named(path) for path in sorted(self.wanted.home.glob("*.yaml"))]
        return None if None in named or not named else frozenset(n for names in named for n in names or ())

    def _asked(self, sheets: Iterable[Sheet]) -> list[str]:
        """The ids of the rules asked for, of those that have a file here."""
        named = {name for path in self.wanted.rulesets for name in _named(path) or ()}
        named |= {name.partition("#")[0] for sheet in sheets for name in sheet.ruleset.rules}
        asked = named.union(self.files if self.wanted.whole else self.wanted.rules)
        return [name for name in self.files if name in asked]

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

    def _sheet(self, path: Path, known: ruleset_yaml.Library) -> Sheet | None:
        try:
            return Sheet(ruleset_yaml.load_ruleset(path, known, library.HOME), self._open(path))
        except RulesetError as error:
            self.problems.extend(error.problems)
            return None

    def _rules(
        self, asked: Sequence[str], known: ruleset_yaml.Library, vocabulary: Vocabulary
    ) -> dict[str, Rule]:
        """Read in one go where all is well; otherwise one by one, for those that do load."""
        try:
            known.load(asked)
            return {name: known[name] for name in asked}
        except RulesetError as error:
            self.problems.extend(error.problems)
        spoilt = {p.location.file for p in self.problems if p.location}
        sound = [name for name in asked if shown(self.files[name]) not in spoilt]
        signatures = measures.signatures()
        return {n: ruleset_yaml.load_rule(self.files[n], self.folder, vocabulary, signatures) for n in sound}

    def _cases(
        self, known: ruleset_yaml.Library, rules: Iterable[str], vocabulary: Vocabulary
    ) -> Mapping[str, CaseFile] | None:
        try:
            return read_cases([self.wanted.home], known, vocabulary, rules)
        except InputError as error:
            self.problems.extend(error.problems)
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


def _id(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()
