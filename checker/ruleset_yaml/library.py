"""Folders of rule files → rules by id. The id is the path below the folder, without .yaml."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.expression import Compiler
from checker.facts import Vocabulary
from checker.location import Location
from checker.ruleset import Rule, Signature
from checker.ruleset_yaml.rules import RuleReader
from checker.ruleset_yaml.sources import load, raise_all, shown
from checker.yaml_text import YamlText


def load_library(
    folders: Iterable[Path], vocabulary: Vocabulary, signatures: Mapping[str, Signature]
) -> dict[str, Rule]:
    """Every rule below the folders, by id, in the order of ids.

    Raises RulesetError with every problem in every file.
    """
    problems: list[Problem] = []
    files = _files(folders, problems)
    return _load(files, vocabulary, signatures, problems)


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
    return load("rule", files, problems, lambda s, told: _rules(s, vocabulary, signatures, told))


def _rules(
    sources: Mapping[str, YamlText],
    vocabulary: Vocabulary,
    signatures: Mapping[str, Signature],
    problems: list[Problem],
) -> dict[str, Rule]:
    spoilt = {p.location.file for p in problems if p.location}
    readers = [RuleReader(name, source, vocabulary, signatures) for name, source in sources.items()]
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
