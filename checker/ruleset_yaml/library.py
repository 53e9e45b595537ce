"""Folders of rule files → rules by id. The id is the path below the folder, without .yaml."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.expression import Compiler
from checker.facts import Vocabulary
from checker.location import Location
from checker.ruleset import Rule, Signature
from checker.ruleset_yaml.cache import Notes
from checker.ruleset_yaml.rules import RuleReader
from checker.ruleset_yaml.sources import load, raise_all, shown
from checker.yaml_text import YamlText


class Library(Mapping[str, Rule]):
    """The rules in some folders, by id, in the order of ids. Which there are is known without reading any.

    A rule is read and checked when it is first asked for. Whoever wants several says so to load(): files
    read in one go cost less, and all that is wrong with them is told at once.
    """

    def __init__(
        self, folders: Iterable[Path], vocabulary: Vocabulary, signatures: Mapping[str, Signature]
    ) -> None:
        self._misplaced: list[Problem] = []
        self._files = _files(folders, self._misplaced)
        self._vocabulary = vocabulary
        self._signatures = signatures
        self._read: dict[str, Rule] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __getitem__(self, name: str) -> Rule:
        """The rule. Raises RulesetError with every problem in its file, KeyError where there is none."""
        if name not in self._read:
            self.load([name])
        return self._read[name]

    def load(self, names: Iterable[str]) -> None:
        """Read these rules, those with a file and not read yet.

        Raises RulesetError with every problem in every one of the files, and every file that is no rule.
        """
        files = {n: self._files[n] for n in sorted(set(names)) if n in self._files and n not in self._read}
        if files or self._misplaced:
            self._read.update(_load(files, self._vocabulary, self._signatures, list(self._misplaced)))


def load_library(
    folders: Iterable[Path], vocabulary: Vocabulary, signatures: Mapping[str, Signature]
) -> dict[str, Rule]:
    """Every rule below the folders, by id, in the order of ids.

    Raises RulesetError with every problem in every file.
    """
    library = Library(folders, vocabulary, signatures)
    library.load(library)
    return dict(library)


def load_rule(path: Path, library: Path, vocabulary: Vocabulary, signatures: Mapping[str, Signature]) -> Rule:
    """One rule of a library folder. Raises RulesetError with every problem in it."""
    name = _id(path, library)
    return _load({name: path}, vocabulary, signatures, [])[name]


def _load(
    files: Mapping[str, Path],
    vocabulary: Vocabulary,
    signatures: Mapping[str, Signature],
    problems: list[Problem],
) -> dict[str, Rule]:
    return load(
        "rule",
        files,
        problems,
        lambda *given: _rules(vocabulary, signatures, *given),
        repr((vocabulary, signatures)),
    )


def _rules(
    vocabulary: Vocabulary,
    signatures: Mapping[str, Signature],
    sources: Mapping[str, YamlText],
    problems: list[Problem],
    notes: Notes,
) -> dict[str, Rule]:
    spoilt = {p.location.file for p in problems if p.location}
    readers = [RuleReader(n, source, vocabulary, signatures, notes[n]) for n, source in sources.items()]
    compiler = Compiler(scope for reader in readers for scope in reader.scopes())
    rules = {}
    for reader in readers:
        rule = reader.rule(compiler, reader.source.file in spoilt)
        problems.extend(reader.problems)
        if rule is not None:
            rules[rule.id] = rule
    raise_all(problems)
    return rules


def _files(folders: Iterable[Path], problems: list[Problem]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.y*ml")):
            name = _id(path, folder)
            if path.suffix != ".yaml":
                zh, en = "规则文件的扩展名须是 .yaml", "a rule file ends in .yaml"
            elif name in found:
                other = shown(found[name])
                zh, en = f"规则 {name} 已在 {other}", f"the rule {name} is already in {other}"
            else:
                found[name] = path
                continue
            problems.append(Problem("library.file", Bilingual(zh, en), Location(shown(path))))
    return dict(sorted(found.items()))


def _id(path: Path, library: Path) -> str:
    return path.relative_to(library).with_suffix("").as_posix()
