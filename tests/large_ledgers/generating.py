"""Random ledgers with every kind of value, and random typed rules over them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

from checker import measures
from checker.bilingual import Bilingual
from checker.errors import RulesetError
from checker.facts import Absent, Fact, Facts, Field, FieldType, Kind, Record, Vocabulary, count, day, words
from checker.ledger import Column, LedgerKind, collection
from checker.ledgers.fitting import Fitter
from checker.ledgers.loading import load
from checker.ledgers.rows import Found, Rows
from checker.ledgers.values import Reading
from checker.ruleset import Rule
from checker.ruleset_yaml import load_rule

STATES = ("初审", "复审", "终审", "一校", "二校")
EXAMPLES = "examples: {pass: {report.year: 2024}, fail: {report.year: 2024}}\n"
HEAD = f"""\
title: {{zh: 题, en: title}}
why: {{zh: 因, en: why}}
basis: [{{document: 文, clause: 条, grade: law}}]
remedy: {{zh: 改, en: fix}}
{EXAMPLES}"""
QUESTION = "question"
"""Stands for one until its words are written."""


def _column(name: str, type: FieldType, **more: object) -> Column:
    return Column(name, type, Bilingual(name, name), (name,), **more)  # type: ignore[arg-type]


_TERMS = {**{s: s for s in STATES}, "一审": "初审", "First": "初审"}
_SHARED = (
    _column("state", "text", choices=_TERMS),
    _column("who", "text"),
    _column("order", "number"),
    _column("n", "count"),
    _column("money", "amount", scale=100, unit=Bilingual("元", "yuan")),
    _column("wan", "amount", scale=1_000_000, unit=Bilingual("万元", "10,000 yuan")),
    _column("ok", "flag"),
    _column("start", "date"),
    _column("stop", "date"),
    _column("at", "moment"),
    _column("done", "moment"),
)
THINGS = LedgerKind(
    "things", Bilingual("物", "things"), "thing", (_column("thing", "text"), *_SHARED), ("thing",), "thing"
)
PARTS = LedgerKind(
    "parts",
    Bilingual("件", "parts"),
    "part",
    (_column("part", "text"), _column("thing", "text", refers="things"), *_SHARED),
    ("part",),
    "part",
)
KINDS = (THINGS, PARTS)
REPORT = (
    Field("report.year", "count", Bilingual("年度", "year")),
    Field("report.total", "count", Bilingual("总数", "total")),
    Field("report.fees", "amount", Bilingual("收费", "fees"), scale=100),
    Field("report.day", "date", Bilingual("日期", "day")),
    Field("report.name", "text", Bilingual("名称", "name")),
    Field("report.found", "flag", Bilingual("有无", "found")),
    Field("report.sent", "moment", Bilingual("时刻", "moment")),
)
VOCABULARY = Vocabulary({f.name: f for f in REPORT}, {k.id: collection(k) for k in KINDS})

_POOLS: Mapping[str, Sequence[str]] = {
    "text": (
        "甲",
        "乙",
        "A1",
        "a1",
        " 甲 ",
        "",
        "/",
        "—",
        "不适用",
        "\u3000乙",
        "x'--",
        "终审",
        "《丙》",
        "丁)",
    ),
    "choices": (*STATES, *STATES, "一审", "first", " 终审 ", "", "/", "四审"),
    "count": ("0", "1", "2", "3", "７", "1,200", "", "/", "-1", "1.0", "x", "10000000000000000", "12件"),
    "number": ("0", "1", "2", "3", "-1", "-2", "+3", "", "—", "二", "10000000000000001", "9" * 19, "007"),
    "amount": ("0", "1", "2", "0.5", "0.01", "1,200.50", "-3", "¥5", "", "/", "x", "100000000000000", "5元"),
    "flag": ("是", "否", "√", "×", "1", "0", "", "/", "maybe", "有"),
    "date": (
        "2024-01-31",
        "2024-02-01",
        "2024-02-01",
        "2024/2/1",
        "2024年2月9日",
        "2024-02-30",
        "0001-01-01",
        "",
        "/",
    ),
    "moment": (
        *("2024-02-01", "2024-02-01 10:00", "2024-02-01 10:30", "2024-02-01T10:00", "2024-01-31 23:59:59"),
        *(
            "2024-02-02",
            "2024年2月1日 9时5分",
            "2024-02-01 24:00",
            "",
            "/",
            "nie",
            "1969-12-31 08:00",
            "1899-12-31",
            "2200-01-01 08:00",
        ),
    ),
}
_PLAIN: Mapping[str, Sequence[str]] = {
    "text": ("甲", "乙", "A1"),
    "choices": STATES,
    "count": ("0", "1", "2", "3"),
    "number": ("0", "1", "2", "-1"),
    "amount": ("0", "1", "2", "0.5"),
    "flag": ("是", "否"),
    "date": ("2024-01-31", "2024-02-01", "2024-02-18", "2024-10-08", "2023-12-29"),
    "moment": ("2024-02-01 09:00", "2024-02-01 10:00", "2024-02-01 10:30", "2024-02-02 08:00"),
}


_USABLE: Mapping[str, Sequence[str]] = {
    "text": ("甲", " 甲 ", "\u3000乙", "x'--", "《丙》", "终审"),
    "choices": (*STATES, "一审", "first", " 终审 "),
    "count": ("0", "1", "2", "７", "1,200", "1.0", "10000000000000000"),
    "number": ("0", "1", "-1", "+3", "007", "10000000000000000", "-9999999999999999"),
    "amount": ("0", "0.5", "1,200.50", "-3", "¥5", "5元", "100000000000000"),
    "flag": ("是", "否", "√", "×", "1", "0", "有"),
    "date": ("2024-01-31", "2024-02-01", "2024/2/1", "2024年2月9日", "2024-02-18"),
    "moment": (
        *("2024-02-01", "2024-02-01 10:00", "2024-02-01T10:30", "2024-01-31 23:59:59", "2024-02-02"),
        *("2024年2月1日 9时5分", "1969-12-31 08:00", "1969-12-31"),
    ),
}
"""Written in many ways, and each of them a value."""


def rows(random: Random, kind: LedgerKind, most: int) -> Rows:
    """A ledger read from random texts; some columns may be missing, some cells filled by other means."""
    columns = [c for c in kind.columns if c.name in ("thing", "part") or random.random() > 0.04]
    fitter = Fitter(kind, "ledger.csv")
    head = (1, [c.name for c in columns])
    flavours = {c.name: random.choice((_PLAIN, _PLAIN, _USABLE, _USABLE, _POOLS)) for c in columns}
    texts = [
        (n + 2, [_cell(random, c, n, flavours[c.name]) for c in columns])
        for n in range(random.choice((0, most // 2, most, most)))
    ]
    body = load(fitter, fitter.fit([head]), texts, shifts=True).records
    assert isinstance(body, Rows)
    if random.random() < 0.7 or kind.id != "parts":
        return body
    [only] = body.bodies
    some = {n: _found(random) for n in range(len(only.lines)) if random.random() < 0.2}
    return Rows(replace(only, found={"thing": some}))


def _cell(random: Random, column: Column, number: int, pools: Mapping[str, Sequence[str]]) -> str:
    if column.name == "part":
        return f"P{number}"
    if column.name == "thing":
        return random.choice(("T1", "T2", "T3", "T4", f"T{number}", "" if pools is _POOLS else "T5"))
    if pools is _POOLS and random.random() < 0.6:
        pools = _PLAIN
    return random.choice(pools["choices" if column.choices else column.type])


def _found(random: Random) -> Found:
    doubt = Reading(Kind.DOUBTFUL, None, Bilingual("疑", "doubt"))
    return random.choice(
        (
            Found(Reading(Kind.TEXT, "T2"), "T2", "who"),
            Found(doubt, "T1\nT3", "who"),
            Found(Reading(Kind.MISSING), "", "who"),
        )
    )


def facts(random: Random, most: int = 24) -> Facts:
    """Both ledgers and the report's fields, each of which may be missing."""
    given = {
        "report.year": count(2024),
        "report.total": count(random.randint(0, 5)),
        "report.fees": Fact(Kind.NUMBER, count(random.randint(0, 300)).value, "1"),
        "report.day": day(_day(random.choice(_PLAIN["date"]))),
        "report.name": words("甲"),
        "report.found": Fact(Kind.FLAG, random.random() < 0.5),
        "report.sent": day(_day("2024-02-01")),
    }
    for name in tuple(given):
        if random.random() < 0.03:
            given[name] = Fact(random.choice((Kind.BLANK, Kind.SLASH, Kind.MISSING, Kind.UNREADABLE)))
    held: dict[str, Sequence[Record] | Absent] = {}
    for kind in KINDS:
        made = rows(random, kind, most if kind is THINGS else 2 * most)
        held[kind.id] = made if random.random() < 0.8 else tuple(made)
        if random.random() < 0.02:
            held[kind.id] = Absent(Bilingual("无", "none"))
    partial = frozenset(k.id for k in KINDS if random.random() < 0.15)
    return Facts(given, held, partial=partial)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def shuffled(random: Random, given: Facts) -> Facts:
    """The same ledgers with their rows in another order."""
    held = {
        name: records if isinstance(records, Absent) else tuple(random.sample(list(records), len(records)))
        for name, records in given.collections.items()
    }
    return replace(given, collections=held)


@dataclass
class Writer:
    """Writes one rule. names: those in scope, by what they are (whole, amount, text, flag, date, moment)."""

    random: Random
    names: dict[str, list[str]] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)
    hostile: bool = True

    def pick(self, *choices: Callable[[], str]) -> str:
        return self.random.choice(choices)()

    def name(self, kind: str, otherwise: Callable[[], str]) -> str:
        known = self.names.get(kind, [])
        return self.random.choice(known) if known and self.random.random() < 0.85 else otherwise()

    def whole(self, depth: int) -> str:
        if depth <= 0 or self.random.random() < 0.5:
            return self.name("whole", self._number)
        deeper = depth - 1
        return self.pick(
            lambda: f"({self.whole(deeper)} {self.random.choice('+-*')} {self.whole(deeper)})",
            lambda: f"-({self.whole(deeper)})",
            lambda: f"abs({self.whole(deeper)})",
            lambda: f"sum([{self.whole(deeper)}, {self.whole(deeper)}, {self.whole(deeper)}])",
            lambda: f"({self.flag(deeper)} ? {self.whole(deeper)} : {self.whole(deeper)})",
            lambda: f"days({self.date(deeper)}, {self.date(deeper)})",
            lambda: f"days({self.moment()}, {self.moment()})" if self.names.get("moment") else "2",
        )

    def _number(self) -> str:
        small = ("0", "1", "2", "3", "-1", "10000")
        huge = ("9223372036854775807", "-9223372036854775808", "9007199254740993", "4611686018427387904")
        return self.random.choice(huge if self.random.random() < 0.1 else small)

    def amount(self, depth: int) -> str:
        if depth <= 0 or self.random.random() < 0.5:
            return self.name("amount", lambda: "yuan(1)")
        deeper = depth - 1
        return self.pick(
            lambda: f"({self.amount(deeper)} {self.random.choice('+-')} {self.amount(deeper)})",
            lambda: f"({self.amount(deeper)} * {self.whole(deeper)})",
            lambda: f"yuan({self.whole(deeper)})",
            lambda: f"wan_yuan({self.whole(deeper)})",
            lambda: f"-({self.amount(deeper)})",
        )

    def date(self, depth: int) -> str:
        if depth > 0 and self.random.random() < 0.3:
            moments = self.names.get("moment", [])
            if moments and self.random.random() < 0.6:
                return f"day({self.random.choice(moments)})"
            return (
                f"date({self.whole(0)}, {self.whole(0)}, {self.random.choice(('1', '31', 'report.total'))})"
            )
        return self.name("date", lambda: self.random.choice(("date(2024, 2, 1)", "date(2024, 1, 31)")))

    def moment(self) -> str:
        return self.random.choice(self.names["moment"])

    def text(self) -> str:
        return self.name("text", self._text)

    def _text(self) -> str:
        odd = ("'", "\\'--", "$p0", "'; DROP TABLE x; --", "/* */", "$$", "%", "\\u202e", "甲", "a")
        return '"' + self.random.choice(odd if self.hostile else ("甲", "乙")) + '"'

    def flag(self, depth: int) -> str:
        if depth <= 0:
            return self.pick(self._presence, lambda: self.compared(0), self._presence)
        deeper = depth - 1
        return self.pick(
            lambda: self.compared(deeper),
            lambda: self.compared(deeper),
            lambda: f"({self.flag(deeper)} && {self.flag(deeper)})",
            lambda: f"({self.flag(deeper)} || {self.flag(deeper)})",
            lambda: f"!({self.flag(deeper)})",
            lambda: f"({self.flag(deeper)} ? {self.flag(deeper)} : {self.flag(deeper)})",
            lambda: self.quantified(deeper),
            lambda: self.among(deeper),
        )

    def direct(self) -> str:
        """A short condition on a measure, if there is one, that many records meet."""
        known = [
            (means, n) for means, names in self.names.items() for n in dict.fromkeys(names) if n[0] == "m"
        ]
        known = [(means, n) for means, n in known if n[1:].isdigit()]
        means, name = self.random.choice(known or [("flag", "true")])
        sign = self.random.choice(("<=", ">=", "<=", ">=", "==", "!="))
        match means:
            case "flag":
                return self.random.choice((name, name, f"!{name}"))
            case "moment":
                return f"{name} {sign} {self.moment()}"
            case "text":
                return f"{name} != {self.text()}"
            case "amount":
                return f"{name} {sign} {self.amount(1)}"
            case "date":
                return f"{name} {sign} {self.date(1)}"
        return f"{name} {sign} {self.whole(self.random.choice((0, 0, 1, 2)))}"

    def _presence(self) -> str:
        return self.name("flag", lambda: "true")

    def compared(self, depth: int) -> str:
        sign = self.random.choice(("==", "!=", "<", "<=", ">", ">="))
        equal = self.random.choice(("==", "!="))
        options = [
            lambda: f"{self.whole(depth)} {sign} {self.whole(depth)}",
            lambda: f"{self.amount(depth)} {sign} {self.amount(depth)}",
            lambda: f"{self.date(depth)} {sign} {self.date(depth)}",
            lambda: f"{self.text()} {equal} {self.text()}",
            lambda: (
                f"{self.text()}.{self.random.choice(('contains', 'startsWith', 'endsWith'))}({self._text()})"
            ),
        ]
        if self.names.get("moment"):
            options += [lambda: f"{self.moment()} {sign} {self.moment()}"] * 3
        if self.names.get("term"):
            options.append(lambda: f'{self.random.choice(self.names["term"])} {equal} "{self._term()}"')
        return self.pick(*options)

    def _term(self) -> str:
        return self.random.choice(STATES)

    def quantified(self, depth: int) -> str:
        listed = ", ".join(self.whole(depth) for _ in range(self.random.randint(1, 3)))
        sign = self.random.choice(("==", ">", "<="))
        return f"[{listed}].{self.random.choice(('all', 'exists'))}(each, each {sign} {self.whole(0)})"

    def among(self, depth: int) -> str:
        if self.names.get("term") and self.random.random() < 0.5:
            terms = ", ".join(f'"{self._term()}"' for _ in range(self.random.randint(1, 3)))
            return f"{self.random.choice(self.names['term'])} in [{terms}]"
        date = partial(self.date, depth)
        kinds: tuple[Callable[[], str], ...] = (lambda: self.whole(depth), self.text, date)
        make = self.random.choice(kinds)
        return f"{make()} in [{', '.join(make() for _ in range(self.random.randint(1, 3)))}]"


_MEANS = {"count": "whole", "number": "whole", "prose": ""}


def _scope(kind: LedgerKind | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for f in (*(collection(kind).fields if kind else ()), *REPORT):
        means = "term" if f.choices else _MEANS.get(f.type, f.type)
        repeats = 1 if f.name.startswith(("report.", "has_")) else 3
        found.setdefault(means, []).extend([f.name] * repeats)
    return found


def rule_text(random: Random) -> str:
    """A rule over one of the ledgers, or over the report as a whole."""
    each = random.choice((THINGS, THINGS, PARTS, None))
    names = _scope(each)
    names["whole"].append("limit")
    names["date"].append("since")
    lines = ["parameters:"]
    lines.append("  limit: {type: number, value: 2, label: {zh: 限, en: limit}}")
    lines.append("  since: {type: date, value: 2024-02-01, label: {zh: 起, en: since}}")
    if each is not None:
        lines.append(f"each: {each.id}")
    measured = []
    for number in range(random.choice((0, 1, 1, 2, 3))):
        made = _measure(random, each, names, f"m{number}")
        if made is not None:
            means, text = made
            measured.append(f"  m{number}: {text}")
            names.setdefault(means, []).extend([f"m{number}"] * 12)
    if measured:
        lines += ["measures:", *measured]
    writer = Writer(random, names)
    if each is not None and random.random() < 0.4:
        lines.append(f"where: {_yaml(writer.flag(random.choice((1, 2))))}")
    lines += _kind(random, writer, each is not None)
    return "\n".join([*lines, *_more(random, writer)])


def _kind(random: Random, writer: Writer, over_records: bool) -> list[str]:
    """What must hold; or the two numbers of a ratio, or a question."""
    chosen = random.random()
    if chosen < 0.1:
        return [QUESTION]
    if chosen < 0.3:
        numbers = writer.names["whole" if random.random() < 0.8 else "amount"]
        part, whole = random.choice(numbers), random.choice(numbers)
        return [f"degree: {{part: {part}, whole: {whole}}}"]
    asserted = writer.direct() if random.random() < 0.6 else writer.flag(random.choice((1, 2, 3)))
    shared = ["degree: share"] if over_records and random.random() < 0.3 else []
    return [f"assert: {_yaml(asserted)}", *shared, *["judgement: true"] * (random.random() < 0.1)]


def _more(random: Random, writer: Writer) -> list[str]:
    """What more is asked of records at fault."""
    lines = []
    if random.random() < 0.4:
        lines.append(f"quantity: {random.choice(writer.names['whole'])}")
    for key in ("rectified", "repeated"):
        if random.random() < 0.4:
            lines.append(f"{key}: {_yaml(writer.flag(random.choice((0, 1, 2))))}")
    return lines


def _yaml(expression: str) -> str:
    return "'" + expression.replace("'", "''") + "'"


def _measure(
    random: Random, each: LedgerKind | None, names: dict[str, list[str]], name: str
) -> tuple[str, str] | None:
    """What the measure is, and its YAML."""
    if random.random() < 0.25:
        return _of_fields(random, names)
    over = random.choice(KINDS)
    picked = random.choice(("count", "count_distinct", "sum", "min", "max", "share", "ordered", "ordered"))
    columns = list(over.columns)
    types = {
        "sum": ("count", "number", "amount"),
        "min": ("date", "moment", "count", "number", "amount"),
        "max": ("date", "moment", "count", "number", "amount"),
        "ordered": ("date", "moment", "number", "count"),
        "share": ("flag", "text"),
    }.get(picked, ())
    column = random.choice([c for c in columns if not types or c.type in types])
    parts = [f"{picked}: {over.id}" + ("" if picked == "count" else f".{column.name}")]
    if picked == "ordered":
        by = random.choice([c for c in columns if random.random() < 0.4] or [_SHARED[0]])
        parts.append(f"by: {random.choice((by.name, by.name, 'state'))}")
    if picked == "share" and column.type == "text":
        parts.append(f"among: [{', '.join(random.sample(STATES, 2))}, 甲]")
    if random.random() < 0.6:
        parts.append(f"where: {_yaml(Writer(random, _scope(over)).flag(random.choice((0, 1, 2))))}")
    if each is not None and random.random() < 0.4:
        one, other = random.choice(columns).name, random.choice(each.columns).name
        shared = [c.name for c in _SHARED]
        parts.append(
            random.choice(
                (
                    "match: none",
                    f"match: [{random.choice(shared)}]",
                    f"match: [{random.choice(shared)}, {random.choice(shared)}]",
                    f"match: {{{other}: {one}}}",
                )
            )
        )
    returned = {"count": "count", "count_distinct": "count", "share": "number", "ordered": "flag"}
    type_of = returned.get(picked, column.type)
    return _MEANS.get(type_of, type_of), "{" + ", ".join(parts) + "}"


def _of_fields(random: Random, names: dict[str, list[str]]) -> tuple[str, str] | None:
    picked = random.choice(("days", "workdays", "first_given"))
    points = [n for means in ("date", "moment") for n in names.get(means, ()) if n not in ("limit", "since")]
    if picked != "first_given":
        first, last = random.choice(points), random.choice(points)
        blank = ", blank: zero" if random.random() < 0.4 else ""
        return "whole", f"{{{picked}: {first}, to: {last}{blank}}}"
    means = random.choice([m for m in ("whole", "amount", "date", "moment", "text") if names.get(m)])
    known = [n for n in names[means] if n not in ("limit", "since")]
    listed = ", ".join(random.choice(known) for _ in range(random.randint(1, 3)))
    otherwise = ', otherwise: "0"' if means in ("whole", "amount") and random.random() < 0.5 else ""
    return means, f"{{first_given: [{listed}]{otherwise}}}"


def rule(random: Random, folder: Path) -> Rule | None:
    """A random rule; None if the loader will not have it (an unused name, a chance mistake)."""
    path = folder / "rule.yaml"
    text = rule_text(random)
    holes = " ".join(
        f"{{{name}}}" for name in ("limit", "since", *(f"m{n}" for n in range(text.count("  m"))))
    )
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
