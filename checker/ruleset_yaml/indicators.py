"""The indicator tree of a ruleset: its sums, its parts, its uses."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from checker.ruleset import Bonus, Indicator, Use, Veto
from checker.ruleset_yaml.telling import Telling, as_list, bilingual, get, number
from checker.ruleset_yaml.uses import Room, UseReader
from checker.yaml_text import Way


class IndicatorReader:
    """Checks a tree and makes it. gates: the rules some indicator is there only for."""

    def __init__(self, telling: Telling, uses: UseReader) -> None:
        self.told = telling
        self.uses = uses
        self.ids: dict[str, Way] = {}
        self.gates: list[str] = []

    def check(self, data: Mapping[str, Any]) -> None:
        """The whole tree: the points of the top must be the full marks."""
        full = number(data.get("full_marks"))
        children = list(self._below(data, (), full))
        if full is not None and children and None not in children:
            total = sum((c for c in children if c is not None), Decimal(0))
            if total != full:
                zh = f"各项分值之和是 {total}，满分是 {full}"
                en = f"the points add up to {total}, the full marks are {full}"
                self.told.tell("ruleset.full-marks", zh, en, ("full_marks",))
        self._check_uses(data, (), "whole")
        self._check_bonus(data.get("bonus"), ("bonus",), full)
        self.uses.check_groups()

    def _below(self, parent: Mapping[str, Any], way: Way, full: Decimal | None) -> Iterator[Decimal | None]:
        """The points of each indicator below, None where they cannot be told."""
        written = as_list(parent.get("indicators"))
        children = [(c, (*way, "indicators", n)) for n, c in enumerate(written) if isinstance(c, dict)]
        self._check_weights(children)
        for child, at in children:
            yield self._check_one(child, at, full)

    def _check_weights(self, siblings: Sequence[tuple[Mapping[str, Any], Way]]) -> None:
        """Weights are for all of one level or for none, and add up to 100."""
        weights = [number(c["weight"]) for c, _ in siblings if "weight" in c]
        if not weights or None in weights:
            return
        if len(weights) < len(siblings):
            zh, en = "同级指标须都写 weight", "all of one level have a weight, or none has"
            self.told.tell("indicator.weight", zh, en, siblings[0][1])
            return
        total = sum((w for w in weights if w is not None), Decimal(0))
        if total != 100:
            zh, en = f"权重之和是 {total}，须是 100", f"the weights add up to {total}, not to 100"
            self.told.tell("indicator.weight", zh, en, (*siblings[0][1], "weight"))

    def _check_one(self, data: Mapping[str, Any], way: Way, above: Decimal | None) -> Decimal | None:
        self._check_id(data.get("id"), (*way, "id"))
        if ("points" in data) == ("weight" in data):
            zh, en = "points 与 weight 须恰有一个", "exactly one of points and weight is needed"
            self.told.tell("indicator.worth", zh, en, way)
        points = points_of(data, above)
        inside = number(data["out_of"]) if "out_of" in data else points
        self._check_bounds(data, way, points, inside)
        self._check_gate(data.get("only_if"), (*way, "only_if"))
        children = list(self._below(data, way, inside))
        if "rules" not in data and "indicators" not in data:
            zh, en = (
                "这个指标下没有规则，也没有下级指标",
                "there are neither rules nor indicators in this one",
            )
            self.told.tell("indicator.empty", zh, en, way)
        self._check_uses(data, way, "objects" if "objects" in data else "indicator")
        self._check_bonus(data.get("bonus"), (*way, "bonus"), inside)
        if "objects" in data:
            self._check_objects(data, way)
        elif inside is not None and None not in children:
            self._check_sum(inside, data, [c for c in children if c is not None], way)
        return points

    def _check_id(self, name: Any, way: Way) -> None:
        if not isinstance(name, str):
            return
        if name in self.ids:
            line = self.told.source.place(self.ids[name]).line
            zh, en = (
                f"指标编号 {name} 重复，第 {line} 行已有",
                f"the id {name} is there already, on line {line}",
            )
            self.told.tell("indicator.id", zh, en, way)
        self.ids.setdefault(name, way)

    def _check_bounds(
        self, data: Mapping[str, Any], way: Way, points: Decimal | None, inside: Decimal | None
    ) -> None:
        floor, cap = number(data.get("floor")), number(data.get("cap"))
        if floor is not None and points is not None and floor > points:
            zh, en = f"合格线 {floor} 超过分值 {points}", f"the floor, {floor}, is above the points, {points}"
            self.told.tell("indicator.floor", zh, en, (*way, "floor"))
        if cap is not None and inside is not None and cap > inside:
            zh, en = f"最多失分 {cap} 超过分值 {inside}", f"the cap, {cap}, is above the points, {inside}"
            self.told.tell("indicator.cap", zh, en, (*way, "cap"))
        if points == 0 and "out_of" in data:
            zh, en = "分值为 0 的指标不用 out_of", "an indicator of 0 points takes no out_of"
            self.told.tell("indicator.out-of", zh, en, (*way, "out_of"), True)
        check_veto(self.told, data.get("veto"), (*way, "veto"), inside)

    def _check_gate(self, rule: Any, way: Way) -> None:
        if isinstance(rule, str) and self.uses.is_known(rule, way) and rule not in self.gates:
            self.gates.append(rule)

    def _check_uses(self, data: Mapping[str, Any], way: Way, room: Room) -> None:
        for n, use in enumerate(as_list(data.get("rules"))):
            if isinstance(use, dict):
                self.uses.check(use, (*way, "rules", n), room)

    def _check_bonus(self, bonus: Any, way: Way, inside: Decimal | None) -> None:
        if not isinstance(bonus, dict):
            return
        gate = number(bonus.get("opens_above"))
        check_within(self.told, number(bonus.get("opens_at")), inside, (*way, "opens_at"))
        if "opens_above" in bonus and "opens_at" in bonus:
            zh, en = "opens_above 与 opens_at 只能写一个", "opens_above and opens_at exclude each other"
            self.told.tell("bonus.gate", zh, en, (*way, "opens_at"), True)
        if gate is not None and inside is not None and gate >= inside:
            zh = f"分数不可能高于 {gate}（满分 {inside}），加分永远不计"
            en = f"no score is above {gate} (full marks {inside}): the bonus never counts"
            self.told.tell("bonus.gate", zh, en, (*way, "opens_above"))
        for n, use in enumerate(as_list(bonus.get("rules"))):
            if isinstance(use, dict):
                self.uses.check(use, (*way, "rules", n), "bonus")

    def _check_objects(self, data: Mapping[str, Any], way: Way) -> None:
        """Where objects are marked alone there is one collection of them, and nothing but deductions."""
        if "indicators" in data:
            zh, en = "逐个对象计分的指标没有下级指标", "where objects are marked alone there are no parts"
            self.told.tell("indicator.objects", zh, en, (*way, "indicators"), True)
        rules = (self.uses.rules.get(get(u, "rule")) for u in as_list(data.get("rules")))
        ranges = {rule.each for rule in rules if rule is not None and rule.each is not None}
        if len(ranges) > 1:
            named = ", ".join(sorted(ranges))
            zh, en = (
                f"各条规则须逐条判断同一组记录（现在：{named}）",
                f"the rules range over several: {named}",
            )
            self.told.tell("indicator.objects", zh, en, (*way, "objects"), True)

    def _check_sum(
        self, inside: Decimal, data: Mapping[str, Any], children: Sequence[Decimal], way: Way
    ) -> None:
        """What its rules and children bring must be its points; where rules deduct, it may be less."""
        uses = [u for u in as_list(data.get("rules")) if isinstance(u, dict)]
        own = [points_of(u, inside) for u in uses if "points" in u or "weight" in u]
        if None in own:
            return
        brought = sum([*children, *(p for p in own if p is not None)], Decimal(0))
        deducts = any("deduct" in u for u in uses)
        if brought == inside or not uses and not children or deducts and brought < inside:
            return
        key = next((k for k in ("out_of", "points", "weight") if k in data), "id")
        if not children and not own and not deducts:
            zh = f"这个指标下只有否决等不计分的规则，分值须是 0，而不是 {inside}"
            en = f"there are only vetoes and the like here: the points must be 0, not {inside}"
        else:
            zh = f"规则与下级指标之和是 {brought}，分值是 {inside}"
            en = f"its rules and indicators add up to {brought}, its points are {inside}"
        self.told.tell("indicator.sum", zh, en, (*way, key))

    def make(self, parent: Mapping[str, Any], way: Way, full: Decimal) -> tuple[Indicator, ...]:
        """The indicators below, once nothing is wrong."""
        children = enumerate(parent.get("indicators", ()))
        return tuple(self._make_one(each, (*way, "indicators", n), full) for n, each in children)

    def _make_one(self, data: Mapping[str, Any], way: Way, above: Decimal) -> Indicator:
        points = points_of(data, above) or Decimal(0)
        inside = number(data.get("out_of")) or points
        return Indicator(
            id=data["id"],
            title=bilingual(data["title"]),
            points=points,
            place=self.told.source.place(way),
            uses=self.make_uses(data, way, inside),
            indicators=self.make(data, way, inside),
            floor=number(data.get("floor")),
            out_of=number(data.get("out_of")),
            cap=number(data.get("cap")),
            veto=make_veto(data["veto"]) if "veto" in data else None,
            not_applicable=data.get("not_applicable"),
            bonus=self.make_bonus(data.get("bonus"), (*way, "bonus"), inside),
            objects=data.get("objects"),
            only_if=data.get("only_if"),
            source=bilingual(data["source"]) if "source" in data else None,
            sheet=data.get("sheet", {}),
            firm=data.get("firm") == "true",
            unconfirmed=data.get("unconfirmed") == "true",
        )

    def make_uses(self, data: Mapping[str, Any], way: Way, inside: Decimal) -> tuple[Use, ...]:
        uses = enumerate(data.get("rules", ()))
        return tuple(self.uses.make(use, (*way, "rules", n), inside) for n, use in uses)

    def make_bonus(self, data: Any, way: Way, inside: Decimal) -> Bonus | None:
        if data is None:
            return None
        uses, place = self.make_uses(data, way, inside), self.told.source.place(way)
        gates = (number(data.get("opens_above")), number(data.get("opens_at")))
        return Bonus(Decimal(data["cap"]), place, uses, *gates)


def points_of(data: Mapping[str, Any], above: Decimal | None) -> Decimal | None:
    """The points stated, or the weight's share of the marks above."""
    weight = number(data.get("weight"))
    if weight is None:
        return number(data.get("points"))
    return None if above is None else above * weight / 100


def check_veto(told: Telling, veto: Any, way: Way, full: Decimal | None) -> None:
    """What a schema cannot say of a veto's treatment."""
    if not isinstance(veto, dict):
        return
    scoring, points = veto.get("scoring"), number(veto.get("points"))
    if scoring in ("force", "cap") and "points" not in veto:
        told.tell("ruleset.veto", f"{scoring} 须写明 points", f"{scoring} needs points", way, True)
    if scoring in ("stop", "continue") and "points" in veto:
        zh, en = f"{scoring} 不用 points", f"{scoring} takes no points"
        told.tell("ruleset.veto", zh, en, (*way, "points"), True)
    check_within(told, points, full, (*way, "points"))


def check_within(told: Telling, points: Decimal | None, full: Decimal | None, way: Way) -> None:
    if points is not None and full is not None and points > full:
        zh, en = f"{points} 超过满分 {full}", f"{points} is more than the full marks, {full}"
        told.tell("ruleset.range", zh, en, way)


def make_veto(data: Mapping[str, Any]) -> Veto:
    return Veto(data["scoring"], number(data.get("points")))
