"""How to put right what does not load."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from checker import yaml_text
from checker.bilingual import Bilingual
from checker.errors import Problem

_GENERAL = Bilingual("按提示改正这一处", "correct this as it says")
_MEANT = re.compile(r"did you mean (.+)\?$")


@cache
def fixes() -> dict[str, Bilingual]:
    """What fixes.yaml has, by the code of the problem."""
    listed = yaml_text.read(Path(__file__).with_name("fixes.yaml")).data
    return {code: Bilingual(said["zh"], said["en"]) for code, said in listed.items()}


def with_fix(problem: Problem) -> Problem:
    """The problem with a fix: its own, the name it thinks was meant, or the one for its code."""
    if problem.fix is not None:
        return problem
    meant = _MEANT.search(problem.message.en)
    if meant:
        return replace(problem, fix=Bilingual(f"改为 {meant[1]}", f"write {meant[1]}"))
    return replace(problem, fix=fixes().get(problem.code, _GENERAL))
