"""One use of a rule in a ruleset: what it is worth, checked against the rule it draws on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from checker.errors import did_you_mean
from checker.ruleset import Level, Limit, Ratio, Rule, Scale, Step, Use
from checker.ruleset_yaml.rules import parameter_value
from checker.ruleset_yaml.telling import Telling, as_list, bilingual, get, number
from checker.yaml_text import Way

WORTH = ("points", "weight", "deduct", "veto", "limit", "warning")
_BINDING = ("law", "national")
_GOES_WITH = (
    ("scale", ("points", "weight")),
    ("rubric", ("points", "weight")),
    ("per", ("deduct",)),
    ("every", ("deduct",)),
    ("begun", ("every",)),
    ("cap", ("deduct",)),
    ("restores", ("deduct",)),
    ("repeats", ("deduct",)),
    ("group", ("deduct",)),
)
Room = Literal["indicator", "whole", "bonus", "objects"]
"""Where a use stands, which decides what it may be."""

_MAY_BE: Mapping[Room, tuple[str, ...]] = {
    "indicator": WORTH,
    "whole": ("deduct", "veto", "limit", "warning"),
    "bonus": ("points",),
    "objects": ("deduct", "veto", "warning"),
}


class UseReader:
    """Checks uses and makes them. names: the rules there are; rules: those named here that are in order.

    used: the ids the uses have in the ruleset, with the way to each.
    """

    def __init__(self, telling: Telling, names: Collection[str], data: Mapping[str, Any]) -> None:
        self.told = telling
        self.names = names
        self.rules: dict[str, Rule] = {}
        rubrics = data.get("rubrics")
        self.rubrics: Mapping[str, Any] = rubrics if isinstance(rubrics, dict) else {}
        self.groups = {g.get("id"): g for g in as_list(data.get("groups")) if isinstance(g, dict)}
        self.used: dict[str, Way] = {}
        self.homes: dict[str, set[Way]] = {}
        self.members: dict[str, list[tuple[Mapping[str, Any], Way]]] = {}

    def check(self, use: Mapping[str, Any], way: Way, room: Room) -> None:
        """Everything a schema cannot say of one use."""
        rule = self._known_rule(use, way)
        worth = [key for key in WORTH if key in use]
        if len(worth) != 1:
            given = ", ".join(worth)
            zh = f"{'、'.join(WORTH)} 须恰有一个（现在：{'、'.join(worth) or '一个也没有'}）"
            en = f"exactly one of {', '.join(WORTH)} is needed (there is: {given or 'none'})"
            self.told.tell("use.worth", zh, en, way)
        elif worth[0] not in _MAY_BE[room]:
            may = ", ".join(_MAY_BE[room])
            zh, en = f"这里只能是 {may}，不能是 {worth[0]}", f"here it may be {may}, not {worth[0]}"
            self.told.tell("use.room", zh, en, (*way, worth[0]), True)
        self._check_extras(use, way, room)
        self._check_amounts(use, way)
        self._check_scale(use, way)
        self._check_group(use, way)
        if rule is not None:
            self._check_against(rule, use, way, room)

    def _known_rule(self, use: Mapping[str, Any], way: Way) -> Rule | None:
        name, known = use.get("rule"), use.get("as")
        if not isinstance(name, str):
            return None
        if not self.is_known(name, (*way, "rule")):
            return None
        own = f"{name}#{known}" if isinstance(known, str) else name
        if own in self.used:
            line = self.told.source.place((*self.used[own], "rule")).line
            zh = f"规则 {own} 已在第 {line} 行用过；另用一次须以 as 另起名称"
            en = f"the rule {own} is used on line {line} already; name a second use with `as`"
            self.told.tell("use.twice", zh, en, (*way, "rule"))
        self.used.setdefault(own, way)
        return self.rules.get(name)

    def is_known(self, name: str, way: Way) -> bool:
        """Whether there is such a rule; told where there is none."""
        if name in self.names:
            return True
        hint = did_you_mean(name, self.names)
        self.told.tell(
            "use.unknown-rule", f"没有规则 {name}{hint.zh}", f"there is no rule {name}{hint.en}", way
        )
        return False

    def _check_extras(self, use: Mapping[str, Any], way: Way, room: Room) -> None:
        for key, needed in _GOES_WITH:
            if key not in use or any(n in use for n in needed):
                continue
            if key == "per" and room == "bonus":
                continue
            one = " / ".join(needed)
            self.told.tell(
                "use.extra", f"{key} 只能与 {one} 同用", f"{key} goes with {one} only", (*way, key), True
            )
        if "scale" in use and "rubric" in use:
            zh, en = "scale 与 rubric 只能取一个", "scale and rubric exclude each other"
            self.told.tell("use.extra", zh, en, (*way, "rubric"), True)
        for key in ("veto", "warning"):
            if use.get(key) == "false":
                zh, en = f"{key} 只能是 true；不用就不写", f"{key} can only be true; leave it out otherwise"
                self.told.tell(f"use.{key}", zh, en, (*way, key))

    def _check_amounts(self, use: Mapping[str, Any], way: Way) -> None:
        low, high = amounts(use)
        cap = number(use.get("cap"))
        if low is not None and high is not None and high <= low:
            zh, en = "to 须大于 from", "`to` must be above `from`"
            self.told.tell("use.range", zh, en, (*way, "deduct"), True)
        if low is not None and cap is not None and cap < low:
            zh, en = f"上限 {cap} 低于一次扣分 {low}", f"the cap, {cap}, is below one deduction, {low}"
            self.told.tell("use.cap", zh, en, (*way, "cap"))
        per_rule = use.get("per", "rule") == "rule"
        if "every" in use and per_rule:
            zh, en = "every 须与 per: occurrence 或 quantity 同用", "every needs per: occurrence or quantity"
            self.told.tell("use.extra", zh, en, (*way, "every"), True)
        if high is not None and not per_rule:
            zh = "裁量扣分由人定一个总数，不能按处或按数量"
            en = "a discretionary amount is one sum a person sets: it is not per occurrence or quantity"
            self.told.tell("use.range", zh, en, (*way, "per"), True)

    def _check_scale(self, use: Mapping[str, Any], way: Way) -> None:
        scale, at = use.get("scale"), (*way, "scale")
        if isinstance(scale, dict):
            linear = [key for key in ("full_at", "zero_at") if key in scale]
            steps = as_list(scale.get("steps"))
            if ("steps" in scale) == bool(linear) or len(linear) == 1:
                zh, en = "须写 full_at 和 zero_at，或者写 steps", "either full_at and zero_at, or steps"
                self.told.tell("use.scale", zh, en, at, True)
            full, zero = number(scale.get("full_at")), number(scale.get("zero_at"))
            if full is not None and zero is not None and full <= zero:
                zh, en = "full_at 须大于 zero_at", "full_at must be above zero_at"
                self.told.tell("use.scale", zh, en, at, True)
            for key in ("at_least", "earns"):
                self._descends([get(step, key) for step in steps], (*at, "steps"), key)
        rubric = use.get("rubric")
        if isinstance(rubric, str) and rubric not in self.rubrics:
            hint = did_you_mean(rubric, self.rubrics)
            zh, en = f"rubrics 中没有 {rubric}{hint.zh}", f"there is no rubric {rubric}{hint.en}"
            self.told.tell("use.rubric", zh, en, (*way, "rubric"))

    def _descends(self, written: Sequence[Any], way: Way, key: str) -> None:
        previous: Decimal | None = None
        for n, text in enumerate(written):
            value = number(text)
            if value is not None and previous is not None and value >= previous:
                zh, en = f"{key} 须由高到低", f"{key} goes from the highest down"
                self.told.tell("use.scale", zh, en, (*way, n, key))
            previous = value if value is not None else previous

    def _check_group(self, use: Mapping[str, Any], way: Way) -> None:
        name = use.get("group")
        if not isinstance(name, str):
            return
        group = self.groups.get(name)
        if group is None:
            hint = did_you_mean(name, [g for g in self.groups if isinstance(g, str)])
            zh, en = f"groups 中没有 {name}{hint.zh}", f"there is no group {name}{hint.en}"
            self.told.tell("use.group", zh, en, (*way, "group"))
            return
        self.homes.setdefault(name, set()).add(way[:-1])
        self.members.setdefault(name, []).append((use, way))
        if len(self.homes[name]) > 1:
            zh = f"组 {name} 的规则须在同一个指标下，否则封顶会使多出的差错反而少扣"
            en = f"the uses of the group {name} must stand in one indicator, or a fault more could cost less"
            self.told.tell("use.group", zh, en, (*way, "group"))
        if group.get("per") == "record":
            self._check_per_record(use, way)

    def _check_per_record(self, use: Mapping[str, Any], way: Way) -> None:
        if use.get("per") != "occurrence" or "every" in use or "cap" in use:
            zh = "按记录合并的组里，各条须是 per: occurrence，不写 every 和 cap（全组上限写在 groups）"
            en = "in a group per record a use is per: occurrence, without every and cap (the group has one)"
            self.told.tell("use.group", zh, en, (*way, "group"))

    def check_groups(self) -> None:
        """What can be said of the groups once all uses are known."""
        for n, group in enumerate(self.groups.values()):
            name = group.get("id")
            members = self.members.get(str(name), [])
            if isinstance(name, str) and len(members) < 2:
                zh, en = f"组 {name} 至少要有两条规则", f"the group {name} needs two uses at least"
                self.told.tell("group.members", zh, en, ("groups", n))
            ranges = {self._each(use) for use, _ in members}
            if group.get("per") == "record" and len(ranges) > 1:
                zh, en = (
                    f"组 {name} 的规则须逐条判断同一组记录",
                    f"the rules of {name} must range over one collection",
                )
                self.told.tell("group.each", zh, en, ("groups", n))

    def _each(self, use: Mapping[str, Any]) -> str | None:
        rule = self.rules.get(use["rule"]) if isinstance(use.get("rule"), str) else None
        return rule.each if rule else None

    def _check_against(self, rule: Rule, use: Mapping[str, Any], way: Way, room: Room) -> None:
        for code, key, zh, en in self._misfits(rule, use, room):
            self.told.tell(code, zh, en, (*way, key), True)
        self.settings(rule, use, way)

    @staticmethod
    def _misfits(rule: Rule, use: Mapping[str, Any], room: Room) -> Iterator[tuple[str, str, str, str]]:
        per = use.get("per")
        if use.get("veto") == "true" and not any(b.grade in _BINDING for b in rule.basis):
            zh = "一票否决须依据法律法规或国家级通知（law 或 national）"
            en = "a veto must rest on a law or a national notice (law or national)"
            yield "use.veto-basis", "veto", zh, en
        if "scale" in use and rule.degree != "share" and not isinstance(rule.degree, Ratio):
            zh, en = (
                "按比例得分的规则须有 degree: share 或 part/whole",
                "a scale needs a rule with a degree (share, or part/whole)",
            )
            yield "use.scale", "scale", zh, en
        if "rubric" in use and not rule.judgement and rule.question is None:
            zh = "评等级的规则须由人判断（question 或 judgement: true）"
            yield (
                "use.rubric",
                "rubric",
                zh,
                "a rubric needs a rule a person judges (question or judgement: true)",
            )
        if per == "occurrence" and rule.each is None and not rule.measures:
            zh = "这条规则不逐条判断，不能按处扣分"
            yield "use.per", "per", zh, "this rule does not range over records: it has no occurrences"
        if per == "quantity" and rule.quantity is None:
            zh, en = "这条规则没有 quantity，不能按数量扣分", "this rule has no quantity"
            yield "use.per", "per", zh, en
        for key, needed in (("restores", rule.rectified), ("repeats", rule.repeated)):
            if key in use and needed is None:
                what = "rectified" if key == "restores" else "repeated"
                yield "use.extra", key, f"这条规则没有 {what}", f"this rule has no {what}"
        if room == "objects" and rule.each is None and "warning" not in use:
            zh = "逐个对象计分的规则须逐条判断"
            yield "use.objects", "rule", zh, "where objects are marked alone a rule must range over records"

    def settings(self, rule: Rule, use: Mapping[str, Any], way: Way) -> dict[str, int | date]:
        """The values set for the rule's parameters; problems told for those that do not fit."""
        known = {p.name: p for p in rule.parameters}
        written = use.get("settings")
        found: dict[str, int | date] = {}
        for name, text in written.items() if isinstance(written, dict) else ():
            value = parameter_value(known[name].type, text) if name in known else None
            if name not in known:
                hint = did_you_mean(name, known)
                zh, en = f"{rule.id} 没有参数 {name}{hint.zh}", f"{rule.id} has no parameter {name}{hint.en}"
                self.told.tell("use.settings", zh, en, (*way, "settings", name), True)
            elif value is None:
                zh = "须是整数或日期，与参数的种类相符"
                en = "a whole number or a date is needed, as the parameter has it"
                self.told.tell("use.settings", zh, en, (*way, "settings", name))
            else:
                found[name] = value
        return found

    def make(self, use: Mapping[str, Any], way: Way, full: Decimal) -> Use:
        """The use, once nothing is wrong. full: the marks its weight is a percentage of."""
        low, high = amounts(use)
        points = number(use.get("points"))
        if "weight" in use:
            points = full * Decimal(use["weight"]) / 100
        limit = use.get("limit")
        return Use(
            rule=f"{use['rule']}#{use['as']}" if "as" in use else use["rule"],
            place=self.told.source.place(way),
            points=points,
            scale=_scale(use.get("scale")),
            rubric=self._levels(use.get("rubric")),
            deduct=low,
            deduct_to=high,
            per=use.get("per", "rule"),
            every=int(use.get("every", 1)),
            begun=use.get("begun") == "true",
            cap=number(use.get("cap")),
            restores=number(use.get("restores")) or Decimal(0),
            repeats=number(use.get("repeats")) or Decimal(1),
            group=use.get("group"),
            veto=use.get("veto") == "true",
            limit=Limit(*(number(limit.get(k, "1")) or Decimal(0) for k in ("times", "at_most")))
            if limit
            else None,
            warning=use.get("warning") == "true",
            settings=self.settings(self.rules[use["rule"]], use, way),
            firm=use.get("firm") == "true",
            unconfirmed=use.get("unconfirmed") == "true",
        )

    def _levels(self, name: str | None) -> tuple[Level, ...]:
        levels = self.rubrics[name] if name else ()
        return tuple(Level(x["id"], bilingual(x["title"]), Decimal(x["earns"])) for x in levels)

    def as_used(self, use: Use) -> Rule:
        """The rule with the id and the parameters this use gives it."""
        rule = self.rules[use.rule.partition("#")[0]]
        given = tuple(replace(p, value=use.settings.get(p.name, p.value)) for p in rule.parameters)
        return replace(rule, id=use.rule, parameters=given)


def amounts(use: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """What a use deducts: the amount, or the ends of its discretionary range."""
    deduct = use.get("deduct")
    if isinstance(deduct, dict):
        return number(deduct.get("from")), number(deduct.get("to"))
    return number(deduct), None


def _scale(written: Any) -> Scale | None:
    if not written:
        return None
    if "steps" in written:
        return Scale(steps=tuple(Step(Decimal(s["at_least"]), Decimal(s["earns"])) for s in written["steps"]))
    return Scale(Decimal(written["full_at"]), Decimal(written["zero_at"]))
