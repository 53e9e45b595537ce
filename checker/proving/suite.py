"""The rules to be proved, each with its cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker import library
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, did_you_mean
from checker.facts import Vocabulary
from checker.proving.cases import Case, CaseFile, examples, read_cases
from checker.ruleset import Rule


@dataclass(frozen=True, slots=True)
class Suite:
    """Rules as their files have them, not as a ruleset sets their parameters, and the case files of each."""

    rules: tuple[Rule, ...]
    files: Mapping[str, CaseFile]
    vocabulary: Vocabulary

    def cases(self, rule: Rule) -> tuple[Case, ...]:
        """A rule's own examples, then the cases of its files. Raises InputError for examples at fault."""
        return (*examples(rule, self.vocabulary), *self.files[rule.id].cases)


def suite(ruleset: str | Path = library.DEFAULT, names: Iterable[str] = ()) -> Suite:
    """The rules named, or all, of the libraries a ruleset draws on, with the cases beside those libraries.

    Raises InputError for every unknown name, every rule and every case file that is at fault.
    """
    homes = library.homes(ruleset)
    wanted = choose(ruleset, names)
    known, vocabulary = library.rules(homes), library.vocabulary(homes)
    known.load(wanted)
    rules = tuple(known[name] for name in wanted)
    return Suite(rules, read_cases(homes, known, vocabulary, wanted), vocabulary)


def choose(ruleset: str | Path, names: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of the rules named, by themselves or by their family; without names of all there are.

    Raises InputError for every unknown name.
    """
    known = tuple(library.rules(library.homes(ruleset)))
    chosen: dict[str, None] = {}
    problems = []
    for name in names:
        found = [rule for rule in known if rule == name or rule.startswith(f"{name.rstrip('/')}/")]
        if not found:
            zh, en = did_you_mean(name, known)
            told = Bilingual(f"没有规则 {name}{zh}", f"there is no rule {name}{en}")
            problems.append(Problem("no-such-rule", told))
        chosen.update(dict.fromkeys(found))
    if problems:
        raise InputError(problems)
    return tuple(chosen) or known
