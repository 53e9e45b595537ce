"""One ruleset file → a Ruleset: the indicator tree, its sums, its bands, and the rules it draws on."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, RulesetError, did_you_mean
from checker.ruleset import Band, Indicator, Rule, Ruleset, Scale, Use, Veto
from checker.ruleset_yaml import cache
from checker.ruleset_yaml.rules import parameter_value
from checker.ruleset_yaml.sources import shown
from checker.yaml_text import Way, YamlText, parse, read_text
from checker.yaml_text.validation import schema_problems

WORTH = ("points", "deduct", "veto")
_BINDING = ("law", "national")


def load_ruleset(path: Path, rules: Mapping[str, Rule]) -> Ruleset:
    """A ruleset file; its id is the name of the file. Raises RulesetError with every problem in it."""
    try:
        text = read_text(path, shown(path))
    except InputError as error:
        raise RulesetError(error.problems) from None
    return parse_ruleset(path.stem, text, rules, shown(path))


def parse_ruleset(name: str, text: str, rules: Mapping[str, Rule], file: str = "") -> Ruleset:
    """A ruleset given as text. Raises RulesetError with every problem in it."""
    texts = {name: (file or f"{name}.yaml", text)}
    kept = cache.recall("ruleset", texts)
    if kept is not None:
        with suppress(RulesetError):  # then read it afresh: what is kept has not the place of everything
            return _ruleset(name, kept[name], rules, [])
    try:
        source = parse(text, texts[name][0])
    except InputError as error:
        raise RulesetError(error.problems) from None
    ruleset = _ruleset(name, source, rules, schema_problems(source, "ruleset"))
    cache.keep("ruleset", texts, {name: source})
    return ruleset


def _ruleset(name: str, source: YamlText, rules: Mapping[str, Rule], problems: list[Problem]) -> Ruleset:
    reader = _RulesetReader(source, rules)
    reader.problems.extend(problems)
    if isinstance(source.data, dict):
        reader.check()
    if reader.problems:
        raise RulesetError(sorted(reader.problems, key=_line))
    return reader.ruleset(name)


def _line(problem: Problem) -> tuple[int, int]:
    place = problem.location
    return (place.line or 0, place.character or 0) if place else (0, 0)


class _RulesetReader:
    def __init__(self, source: YamlText, rules: Mapping[str, Rule]) -> None:
        self.source = source
        self.data: Mapping[str, Any] = source.data
        self.rules = rules
        self.problems: list[Problem] = []
        self.used: dict[str, Way] = {}
        self.ids: dict[str, Way] = {}

    def _tell(self, code: str, zh: str, en: str, way: Way, key: bool = False) -> None:
        self.problems.append(self.source.problem(code, zh, en, way, key))

    def check(self) -> None:
        """Everything a schema cannot say. Parts the schema refuses are passed over."""
        full = number(self.data.get("full_marks"))
        children = list(self._indicators(self.data, ()))
        if full is not None and children and None not in children:
            total = sum((c for c in children if c is not None), Decimal(0))
            if total != full:
                zh, en = (
                    f"各项分值之和是 {total}，满分是 {full}",
                    f"the points add up to {total}, the full marks are {full}",
                )
                self._tell("ruleset.full-marks", zh, en, ("full_marks",))
        self._check_marks(full)
        self._check_veto(full)
        self._check_years()

    def _check_marks(self, full: Decimal | None) -> None:
        mark = number(_get(self.data, "pass_mark", "at_least"))
        self._within(mark, full, ("pass_mark", "at_least"))
        previous: Decimal | None = None
        for n, band in enumerate(_list(self.data.get("bands"))):
            least = number(_get(band, "at_least"))
            way: Way = ("bands", n, "at_least")
            self._within(least, full, way)
            if least is not None and previous is not None and least >= previous:
                zh, en = "等次须由高到低排列", "bands go from the highest down"
                self._tell("ruleset.bands", zh, en, way)
            previous = least if least is not None else previous

    def _within(self, points: Decimal | None, full: Decimal | None, way: Way) -> None:
        if points is not None and full is not None and points > full:
            zh, en = f"{points} 超过满分 {full}", f"{points} is more than the full marks, {full}"
            self._tell("ruleset.range", zh, en, way)

    def _check_veto(self, full: Decimal | None) -> None:
        veto = self.data.get("veto")
        if not isinstance(veto, dict):
            return
        scoring, points = veto.get("scoring"), veto.get("points")
        if scoring in ("force", "cap") and points is None:
            zh, en = f"{scoring} 须写明 points", f"{scoring} needs points"
            self._tell("ruleset.veto", zh, en, ("veto",), True)
        if scoring in ("stop", "continue") and points is not None:
            zh, en = f"{scoring} 不用 points", f"{scoring} takes no points"
            self._tell("ruleset.veto", zh, en, ("veto", "points"), True)
        self._within(number(points), full, ("veto", "points"))

    def _check_years(self) -> None:
        years = [number(y) for y in _list(_get(self.data, "applies_to", "years"))]
        if len(years) == 2 and None not in years and years[0] > years[1]:  # type: ignore[operator]
            zh, en = "起始年度晚于终止年度", "the first year is after the last"
            self._tell("ruleset.years", zh, en, ("applies_to", "years"))

    def _indicators(self, parent: Mapping[str, Any], way: Way) -> Iterator[Decimal | None]:
        """The points of each indicator below, None where they are not a number."""
        for n, indicator in enumerate(_list(parent.get("indicators"))):
            if isinstance(indicator, dict):
                yield self._indicator(indicator, (*way, "indicators", n))

    def _indicator(self, indicator: Mapping[str, Any], way: Way) -> Decimal | None:
        self._check_id(indicator.get("id"), (*way, "id"))
        points = number(indicator.get("points"))
        floor = number(indicator.get("floor"))
        if floor is not None and points is not None and floor > points:
            zh, en = f"合格线 {floor} 超过分值 {points}", f"the floor, {floor}, is above the points, {points}"
            self._tell("indicator.floor", zh, en, (*way, "floor"))
        uses = [u for u in _list(indicator.get("rules")) if isinstance(u, dict)]
        children = list(self._indicators(indicator, way))
        if "rules" not in indicator and "indicators" not in indicator:
            zh, en = (
                "这个指标下没有规则，也没有下级指标",
                "there are neither rules nor indicators in this one",
            )
            self._tell("indicator.empty", zh, en, way)
        for n, use in enumerate(_list(indicator.get("rules"))):
            if isinstance(use, dict):
                self._check_use(use, (*way, "rules", n))
        if points is not None and None not in children:
            self._check_sum(points, uses, [c for c in children if c is not None], way)
        return points

    def _check_id(self, name: Any, way: Way) -> None:
        if not isinstance(name, str):
            return
        if name in self.ids:
            line = self.source.place(self.ids[name]).line
            self._tell(
                "indicator.id",
                f"指标编号 {name} 重复，第 {line} 行已有",
                f"the id {name} is there already, on line {line}",
                way,
            )
        self.ids.setdefault(name, way)

    def _check_sum(
        self, points: Decimal, uses: Sequence[Mapping[str, Any]], children: Sequence[Decimal], way: Way
    ) -> None:
        """What its rules and children bring must be its points; where rules deduct, it may be less."""
        if any(number(u["points"]) is None for u in uses if "points" in u):
            return
        brought = sum([*children, *(number(u["points"]) or 0 for u in uses if "points" in u)], Decimal(0))
        deducts = any("deduct" in u for u in uses)
        only_vetoes = not children and all("veto" in u for u in uses)
        if brought == points or not uses and not children or deducts and brought < points:
            return
        if only_vetoes:
            zh, en = (
                f"这个指标只有否决项，分值须是 0，而不是 {points}",
                f"there are only vetoes here: the points must be 0, not {points}",
            )
        else:
            zh, en = (
                f"规则与下级指标之和是 {brought}，分值是 {points}",
                f"its rules and indicators add up to {brought}, its points are {points}",
            )
        self._tell("indicator.sum", zh, en, (*way, "points"))

    def _check_use(self, use: Mapping[str, Any], way: Way) -> None:
        rule = self._known_rule(use.get("rule"), (*way, "rule"))
        worth = [key for key in WORTH if key in use]
        if len(worth) != 1:
            given = "、".join(worth) or "一个也没有"
            zh = f"points、deduct、veto 须恰有一个（现在：{given}）"
            en = f"exactly one of points, deduct and veto is needed (there is: {', '.join(worth) or 'none'})"
            self._tell("use.worth", zh, en, way)
        self._check_extras(use, way)
        if rule is not None:
            self._check_against(rule, use, way)

    def _known_rule(self, name: Any, way: Way) -> Rule | None:
        if not isinstance(name, str):
            return None
        if name not in self.rules:
            hint = did_you_mean(name, self.rules)
            self._tell(
                "use.unknown-rule", f"没有规则 {name}{hint.zh}", f"there is no rule {name}{hint.en}", way
            )
            return None
        if name in self.used:
            line = self.source.place(self.used[name]).line
            self._tell(
                "use.twice",
                f"规则 {name} 已在第 {line} 行用过",
                f"the rule {name} is used on line {line} already",
                way,
            )
        self.used.setdefault(name, way)
        return self.rules[name]

    def _check_extras(self, use: Mapping[str, Any], way: Way) -> None:
        for key, needed in (("scale", "points"), ("per", "deduct"), ("cap", "deduct")):
            if key in use and needed not in use:
                self._tell(
                    "use.extra",
                    f"{key} 只能与 {needed} 同用",
                    f"{key} goes with {needed} only",
                    (*way, key),
                    True,
                )
        deduct, cap = number(use.get("deduct")), number(use.get("cap"))
        if deduct is not None and cap is not None and cap < deduct:
            zh, en = f"上限 {cap} 低于一次扣分 {deduct}", f"the cap, {cap}, is below one deduction, {deduct}"
            self._tell("use.cap", zh, en, (*way, "cap"))
        if use.get("veto") == "false":
            zh, en = "veto 只能是 true；不否决就不写", "veto can only be true; leave it out otherwise"
            self._tell("use.veto", zh, en, (*way, "veto"))
        full, zero = number(_get(use, "scale", "full_at")), number(_get(use, "scale", "zero_at"))
        if full is not None and zero is not None and full <= zero:
            zh, en = "full_at 须大于 zero_at", "full_at must be above zero_at"
            self._tell("use.scale", zh, en, (*way, "scale"), True)

    def _check_against(self, rule: Rule, use: Mapping[str, Any], way: Way) -> None:
        if use.get("veto") == "true" and not any(b.grade in _BINDING for b in rule.basis):
            zh = "一票否决须依据法律法规或国家级通知（law 或 national）"
            self._tell(
                "use.veto-basis",
                zh,
                "a veto must rest on a law or a national notice (law or national)",
                (*way, "veto"),
                True,
            )
        self._settings(rule, use, way)
        if "scale" in use and rule.degree != "share":
            zh, en = "按比例得分的规则须有 degree: share", "a scale needs a rule with degree: share"
            self._tell("use.scale", zh, en, (*way, "scale"), True)
        if use.get("per") == "occurrence" and rule.each is None and not rule.measures:
            zh, en = (
                "这条规则不逐条判断，不能按处扣分",
                "this rule does not range over records: it has no occurrences",
            )
            self._tell("use.per", zh, en, (*way, "per"), True)

    def _settings(self, rule: Rule, use: Mapping[str, Any], way: Way) -> dict[str, int | date]:
        """The values set for the rule's parameters; problems told for those that do not fit."""
        known = {p.name: p for p in rule.parameters}
        written = use.get("settings")
        found: dict[str, int | date] = {}
        for name, text in written.items() if isinstance(written, dict) else ():
            value = parameter_value(known[name].type, text) if name in known else None
            if name not in known:
                hint = did_you_mean(name, known)
                zh, en = f"{rule.id} 没有参数 {name}{hint.zh}", f"{rule.id} has no parameter {name}{hint.en}"
                self._tell("use.settings", zh, en, (*way, "settings", name), True)
            elif value is None:
                zh, en = (
                    "须是整数或日期，与参数的种类相符",
                    "a whole number or a date is needed, as the parameter has it",
                )
                self._tell("use.settings", zh, en, (*way, "settings", name))
            else:
                found[name] = value
        return found

    def ruleset(self, name: str) -> Ruleset:
        """The ruleset, once nothing is wrong with it."""
        data, veto = self.data, self.data["veto"]
        years = [int(y) for y in _list(_get(data, "applies_to", "years"))]
        used = {rule: self.rules[rule] for rule in sorted(self.used)}
        return Ruleset(
            id=name,
            title=_bilingual(data["title"]),
            version=data["version"],
            sha256=_digest(self.source, used),
            full_marks=Decimal(data["full_marks"]),
            pass_mark=Decimal(data["pass_mark"]["at_least"]),
            bands=tuple(Band(_bilingual(b["name"]), Decimal(b["at_least"])) for b in data["bands"]),
            veto=Veto(veto["scoring"], number(veto.get("points"))),
            unknown=data["unknown"],
            not_applicable=data["not_applicable"],
            indicators=self._tree(data, ()),
            rules=self._set(used),
            years=(years[0] if years else None, years[1] if len(years) > 1 else None),
        )

    def _set(self, used: Mapping[str, Rule]) -> dict[str, Rule]:
        """The rules with their parameters as this ruleset has them."""
        rules = dict(used)
        for name, way in self.used.items():
            settings = self._settings(rules[name], _at(self.data, way[:-1]), way[:-1])
            if settings:
                given = tuple(replace(p, value=settings.get(p.name, p.value)) for p in rules[name].parameters)
                rules[name] = replace(rules[name], parameters=given)
        return rules

    def _tree(self, parent: Mapping[str, Any], way: Way) -> tuple[Indicator, ...]:
        return tuple(
            Indicator(
                id=each["id"],
                title=_bilingual(each["title"]),
                points=Decimal(each["points"]),
                place=self.source.place((*way, "indicators", n)),
                uses=tuple(
                    self._use(u, (*way, "indicators", n, "rules", m))
                    for m, u in enumerate(each.get("rules", ()))
                ),
                indicators=self._tree(each, (*way, "indicators", n)),
                floor=number(each.get("floor")),
            )
            for n, each in enumerate(parent.get("indicators", ()))
        )

    def _use(self, use: Mapping[str, Any], way: Way) -> Use:
        scale = use.get("scale")
        return Use(
            rule=use["rule"],
            place=self.source.place(way),
            points=number(use.get("points")),
            scale=Scale(Decimal(scale["full_at"]), Decimal(scale["zero_at"])) if scale else None,
            deduct=number(use.get("deduct")),
            per=use.get("per", "rule"),
            cap=number(use.get("cap")),
            veto=use.get("veto") == "true",
            settings=self._settings(self.rules[use["rule"]], use, way),
        )


def number(text: Any) -> Decimal | None:
    """The exact number a plain scalar writes, if it writes one."""
    return Decimal(text) if isinstance(text, str) and re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def _digest(source: YamlText, used: Mapping[str, Rule]) -> str:
    """Over the ruleset's text and, in the order of ids, the id and digest of every rule it uses."""
    digest = hashlib.sha256("\n".join(source.lines).encode())
    for name, rule in used.items():
        digest.update(f"\n{name} {rule.sha256}".encode())
    return digest.hexdigest()


def _bilingual(data: Mapping[str, str]) -> Bilingual:
    return Bilingual(data["zh"], data["en"])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _at(data: Any, way: Way) -> Any:
    for step in way:
        data = data[step]
    return data


def _get(data: Any, *way: str) -> Any:
    for step in way:
        data = data.get(step) if isinstance(data, dict) else None
    return data
