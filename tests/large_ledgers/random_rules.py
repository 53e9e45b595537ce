"""Rules at random over all measures, over ledgers, claims, a table of the report, and the report itself."""

from pathlib import Path
from random import Random

from checker import measures
from checker.errors import RulesetError
from checker.facts import Collection
from checker.ruleset import Rule
from checker.ruleset_yaml import load_rule
from tests.large_ledgers.generating import EXAMPLES, HEAD, QUESTION, Writer, _kind, _more, _yaml
from tests.large_ledgers.some_kinds import CLAIMS, KINDS, REPORT, STATES, TABLE, VOCABULARY

Names = dict[str, list[str]]
MEASURES = frozenset(measures.signatures())
_LEDGERS = tuple(kind.id for kind in KINDS)
_EACH = (*_LEDGERS, "things", "things", "parts", TABLE.name, CLAIMS.name, None)
_OVER = (*_LEDGERS, "parts", "parts", "steps", TABLE.name)
_MEANS = {"count": "whole", "number": "whole"}
_TYPES: dict[str, tuple[str, ...]] = {
    "sum": ("count", "number", "amount"),
    "min": ("date", "moment", "count", "number", "amount"),
    "max": ("date", "moment", "count", "number", "amount"),
    "ordered": ("date", "moment", "number", "count"),
    "share": ("flag", "text"),
    "same_minute": ("moment",),
}
_RETURNS = {"ordered": "flag", **dict.fromkeys(("count", "count_distinct", "share", "same_minute"), "count")}
_OVER_MEMBERS = ("count", "count", "count_distinct", "sum", "min", "max", "share", "ordered", "ordered")
_WHEN = ("report.found", "report.total > 1", "report.day >= date(2024, 2, 1)")
_EFFECTIVE = ("{from: 2024-05-01}", "{from: 2025-01-01}", "{to: 2023-12-31}", "{from: 2020-01-01}")


def rule_text(random: Random) -> tuple[str, list[str]]:
    """What of a rule is its own, and the names its message may show."""
    each = random.choice(_EACH)
    own = VOCABULARY.collections[each] if each else None
    names = _scope(own)
    names["whole"].append("limit")
    names["date"].append("since")
    lines = [
        "parameters:",
        f"  limit: {{type: number, value: {random.randint(0, 3)}, label: {{zh: 限, en: limit}}}}",
        "  since: {type: date, value: 2024-02-01, label: {zh: 起, en: since}}",
    ]
    lines += [f"each: {each}"] if each else []
    lines += [f"when: {_yaml(random.choice(_WHEN))}"] if random.random() < 0.1 else []
    lines += [f"effective: {random.choice(_EFFECTIVE)}"] if random.random() < 0.1 else []
    measured = []
    for number in range(random.choice((0, 1, 1, 1, 2, 2, 3))):
        means, text = _measure(random, own, names)
        measured.append(f"  m{number}: {{{text}}}")
        names.setdefault(means, []).extend([f"m{number}"] * 12)
    lines += ["measures:", *measured] if measured else []
    writer = Writer(random, names)
    if own is not None and random.random() < 0.4:
        lines.append(f"where: {_yaml(writer.flag(random.choice((0, 1, 2))))}")
    lines += [*_kind(random, writer, own is not None), *_more(random, writer)]
    shown = ["limit", "since", *(f"m{n}" for n in range(len(measured)))]
    if own is not None:
        shown += [own.item, *random.sample([f.name for f in own.fields if f.type != "prose"], 2)]
    return "\n".join(lines), shown


def rule(random: Random, folder: Path, name: str = "rule") -> Rule | None:
    """A random rule; None if the loader will not have it (an unused name, a chance mistake)."""
    path = folder / f"{name}.yaml"
    text, shown = rule_text(random)
    holes = " ".join(f"{{{name}}}" for name in shown)
    said = f'{{zh: "{holes}", en: "{holes}"}}'
    if QUESTION in text:
        whole = HEAD.replace(EXAMPLES, "") + text.replace(QUESTION, f"question: {said}")
    else:
        whole = f"{HEAD}message: {said}\n{text}"
    path.write_text(whole, encoding="utf-8")
    try:
        return load_rule(path, folder, VOCABULARY, measures.signatures())
    except RulesetError:
        return None


def _scope(own: Collection | None, narrows: bool = False) -> Names:
    """The names in scope by what they are. narrows: of a measure's `where`, with the parameters."""
    found: Names = {means: [] for means in ("whole", "amount", "date", "text", "flag")}
    for f in (*(own.fields if own else ()), *REPORT):
        if f.type != "prose":
            repeats = 1 if f.name.startswith(("report.", "has_")) else 3
            found.setdefault("term" if f.choices else _MEANS.get(f.type, f.type), []).extend(
                [f.name] * repeats
            )
    if narrows:
        found["whole"].append("limit")
        found["date"].append("since")
    return found


def _measure(random: Random, own: Collection | None, names: Names) -> tuple[str, str]:
    """What a measure is, and its YAML."""
    chosen = random.random()
    if chosen < 0.25:
        return _of_fields(random, names)
    if chosen < 0.33:
        return _of_the_report(random, own, names)
    return _over_members(random, own)


def _over_members(random: Random, own: Collection | None) -> tuple[str, str]:
    over = VOCABULARY.collections[random.choice(_OVER)]
    picked = random.choice((*_OVER_MEMBERS, "same_minute", "mentions"))
    if picked == "mentions":
        over = CLAIMS
    columns = [f for f in over.fields if f.type != "prose"]
    fitting = [f for f in columns if f.type in _TYPES.get(picked, (f.type,))]
    if not fitting:
        picked, fitting = "count", columns
    column = random.choice(fitting)
    whole = picked in ("count", "mentions")
    parts = [f"{picked}: {over.name}" + ("" if whole else f".{column.name}")]
    if picked == "ordered" or picked == "same_minute" and random.random() < 0.6:
        state = [f for f in columns if f.name == "state"]
        parts.append(
            f"by: {random.choice([*state, *state, *state, *columns][: random.choice((3, 99))]).name}"
        )
    if picked == "share" and column.type == "text":
        parts.append(f"among: [{', '.join(random.sample(STATES, 2))}, 甲]")
    if random.random() < 0.6:
        narrow = Writer(random, _scope(over, narrows=True)).flag(random.choice((0, 0, 1, 2)))
        parts.append(f"where: {_yaml(narrow)}")
    if own is not None and random.random() < 0.35:
        parts.append(f"match: {_match(random, own, over)}")
    means = "whole" if picked == "mentions" else _RETURNS.get(picked, column.type)
    return _MEANS.get(means, means), ", ".join(parts)


def _match(random: Random, own: Collection, over: Collection) -> str:
    ours = [f.name for f in own.fields if f.type != "prose"]
    theirs = [f.name for f in over.fields if f.type != "prose"]
    shared = sorted({*ours} & {*theirs}) or ["x"]
    return random.choice(
        (
            "none",
            f"[{random.choice(shared)}]",
            f"[{random.choice(shared)}, {random.choice(shared)}]",
            f"{{{random.choice(ours)}: {random.choice(theirs)}}}",
        )
    )


def _of_fields(random: Random, names: Names) -> tuple[str, str]:
    picked = random.choice(("days", "workdays", "workdays", "first_given", "year_end"))
    if picked == "year_end":
        numbers = [n for n in names["whole"] if n in ("report.number", "order", "text", "x")]
        return "date", f"year_end: {random.choice(numbers)}"
    if picked == "first_given":
        means = random.choice([m for m in ("whole", "amount", "date", "moment", "text") if names.get(m)])
        known = [n for n in names[means] if n not in ("limit", "since")]
        listed = ", ".join(random.choice(known) for _ in range(random.randint(1, 3)))
        written = random.choice(("0", "-1", "9" * 20, "x"))
        more = f', otherwise: "{written}"' if means in ("whole", "amount") and random.random() < 0.5 else ""
        return means, f"first_given: [{listed}]{more}"
    points = [n for means in ("date", "moment") for n in names.get(means, ()) if n != "since"]
    blank = ", blank: zero" if random.random() < 0.4 else ""
    return "whole", f"{picked}: {random.choice(points)}, to: {random.choice(points)}{blank}"


def _of_the_report(random: Random, own: Collection | None, names: Names) -> tuple[str, str]:
    prose = ["report.prose", "report.more", *["note"] * (own is TABLE)]
    carried = [n for n in names["whole"] if n in ("report.total", "x", "y", "n", "order")]
    other = random.choice(("report.more", "previous.report.prose"))
    return "whole", random.choice(
        (
            f"terms: [甲, 通知], in: {random.choice(prose)}",
            f"terms: {{登陆: 登录, 帐号: 账号}}, in: {random.choice(prose)}",
            f"similarity: {random.choice(prose)}, with: {other}",
            f"carried_over: {random.choice(carried)}",
        )
    )
