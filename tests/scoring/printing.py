"""A ruleset written as the YAML it would be read from."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml

from checker.bilingual import Bilingual
from checker.location import Location
from checker.ruleset import Bonus, Indicator, Level, Ruleset, Scale, Use, Veto


def printed(tree: Ruleset, by_weight: bool) -> str:
    """by_weight: percentages instead of points, wherever they come out even."""
    rubrics = _rubrics(tree)
    writer = _Writer({levels: name for name, levels in rubrics.items()}, by_weight)
    written = {
        "title": _words(tree.title),
        "version": tree.version,
        "full_marks": tree.full_marks,
        "pass_mark": {"at_least": tree.pass_mark},
        "bands": [{"name": _words(b.name), "at_least": b.at_least} for b in tree.bands],
        "veto": _veto(tree.veto),
        "unknown": tree.unknown,
        "not_applicable": tree.not_applicable,
        "rubrics": {name: [_level(each) for each in levels] for name, levels in rubrics.items()},
        "groups": [_given(id=g.id, per=g.per, cap=g.cap) for g in tree.groups],
        "bonus": writer.bonus(tree.bonus, tree.full_marks),
        "rules": [writer.use(use, tree.full_marks) for use in tree.uses],
        "indicators": writer.indicators(tree.indicators, tree.full_marks),
    }
    return yaml.dump(_given(**written), Dumper=_Dumper, allow_unicode=True, sort_keys=False)


class _Writer:
    def __init__(self, rubrics: Mapping[tuple[Level, ...], str], by_weight: bool) -> None:
        self.rubrics = rubrics
        self.by_weight = by_weight

    def indicators(self, siblings: Sequence[Indicator], above: Decimal) -> list[dict[str, Any]]:
        shares = [_percent(each.points, above) for each in siblings]
        weighted = self.by_weight and None not in shares and sum(filter(None, shares)) == 100
        worths = [
            {"weight": s} if weighted else {"points": i.points} for s, i in zip(shares, siblings, strict=True)
        ]
        return [self.indicator(each, worth) for each, worth in zip(siblings, worths, strict=True)]

    def indicator(self, node: Indicator, worth: Mapping[str, Any]) -> dict[str, Any]:
        inside = node.points if node.out_of is None else node.out_of
        return _given(
            id=node.id,
            title=_words(node.title),
            **worth,
            out_of=node.out_of,
            floor=node.floor,
            cap=node.cap,
            veto=_veto(node.veto) if node.veto else None,
            not_applicable=node.not_applicable,
            bonus=self.bonus(node.bonus, inside),
            objects=node.objects,
            only_if=node.only_if,
            rules=[self.use(use, inside) for use in node.uses],
            indicators=self.indicators(node.indicators, inside),
        )

    def bonus(self, bonus: Bonus | None, inside: Decimal) -> dict[str, Any] | None:
        if bonus is None:
            return None
        own = [self.use(use, None) for use in bonus.uses]
        return _given(cap=bonus.cap, opens_above=bonus.opens_above, opens_at=bonus.opens_at, rules=own)

    def use(self, use: Use, inside: Decimal | None) -> dict[str, Any]:
        """inside: the marks its points may be a percentage of."""
        weight = _percent(use.points, inside) if self.by_weight and use.points and inside else None
        deduct = use.deduct if use.deduct_to is None else {"from": use.deduct, "to": use.deduct_to}
        limit = use.limit and {"times": use.limit.times, "at_most": use.limit.at_most}
        return _given(
            rule=use.rule,
            points=use.points if weight is None else None,
            weight=weight,
            scale=_scale(use.scale) if use.scale else None,
            rubric=self.rubrics.get(use.rubric),
            deduct=deduct,
            per=use.per if use.per != "rule" else None,
            every=use.every if use.every != 1 else None,
            begun=use.begun or None,
            cap=use.cap,
            restores=use.restores or None,
            repeats=use.repeats if use.repeats != 1 else None,
            group=use.group,
            veto=use.veto or None,
            limit=limit,
            warning=use.warning or None,
        )


def _given(**what: Any) -> dict[str, Any]:
    return {key: value for key, value in what.items() if value is not None and value not in ([], {})}


def _words(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _level(level: Level) -> dict[str, Any]:
    return {"id": level.id, "title": _words(level.title), "earns": level.earns}


def _veto(veto: Veto) -> dict[str, Any]:
    return _given(scoring=veto.scoring, points=veto.points)


def _scale(scale: Scale) -> dict[str, Any]:
    if scale.steps:
        return {"steps": [{"at_least": s.at_least, "earns": s.earns} for s in scale.steps]}
    return {"full_at": scale.full_at, "zero_at": scale.zero_at}


def _rubrics(tree: Ruleset) -> dict[str, tuple[Level, ...]]:
    found: dict[tuple[Level, ...], None] = {}

    def look(thing: Any) -> None:
        if isinstance(thing, Use) and thing.rubric:
            found[thing.rubric] = None
        for part in _parts(thing):
            look(part)

    look((tree.indicators, tree.bonus))
    return {f"rubric-{n}": levels for n, levels in enumerate(found)}


def _parts(thing: Any) -> Sequence[Any]:
    if isinstance(thing, tuple):
        return thing
    return [getattr(thing, f.name) for f in fields(thing)] if isinstance(thing, (Indicator, Bonus)) else ()


def _percent(points: Decimal, inside: Decimal) -> Decimal | None:
    """The percentage the points are, if it is a decimal of a few places."""
    share = Fraction(points) * 100 / Fraction(inside) if inside else Fraction(0)
    exact = share > 0 and (10**4) % share.denominator == 0
    return Decimal(share.numerator * (10**4 // share.denominator)).scaleb(-4) if exact else None


class _Dumper(yaml.SafeDumper):
    """Writes decimals as they are, and everything out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value, "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(Decimal, _decimal)


def without_places(thing: Any) -> Any:
    """The same as plain tuples, without where it was read from."""
    if is_dataclass(thing):
        kept = [f.name for f in fields(thing) if f.name not in ("place", "sha256", "rules")]
        return (type(thing).__name__, *((name, without_places(getattr(thing, name))) for name in kept))
    if isinstance(thing, tuple):
        return tuple(map(without_places, thing))
    return None if isinstance(thing, Location) else thing
