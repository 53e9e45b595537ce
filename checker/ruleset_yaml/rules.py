"""One rule file → a Rule. What can still be checked beside a mistake is checked, so that all come at once."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import Problem, RulesetError, did_you_mean
from checker.expression import (
    Compiler,
    Locate,
    Scope,
    collection_of,
    holes,
    is_comparison,
    measure_field,
    measure_label,
    note,
    placed_holes,
)
from checker.facts import Collection, Vocabulary
from checker.ruleset import Basis, Expression, Measure, Ratio, Rule, RuleParameter, Signature
from checker.ruleset_yaml.arguments import MeasureReader
from checker.ruleset_yaml.numbers import NumberReader
from checker.yaml_text import Way, YamlText
from checker.yaml_text.validation import is_date

_BASIS = ("document", "clause", "grade")

_ASSERTED = (("where",), ("assert",), ("rectified",), ("repeated",))
_ALONE = {
    "question": Bilingual("由人判断的规则（question）不写 {0}", "a rule that is a question takes no {0}"),
    "degree": Bilingual(
        "以比例为准的规则（degree: part、whole）不写 {0}",
        "a rule met by a ratio (degree: part, whole) takes no {0}",
    ),
}
"""What of a rule says by itself what must hold, and what else cannot be written then."""

_NO_HOLE = Bilingual(
    "改法对每一处都一样，不能取值；要说明具体数字请写在 message 里",
    "a remedy is the same for every occurrence and has no holes; figures belong in the message",
)


class RuleReader:
    """Reads one rule in two steps: its names and measures first, so that the scopes of all rules are
    known, then its expressions and holes."""

    def __init__(
        self,
        rule: str,
        source: YamlText,
        vocabulary: Vocabulary,
        signatures: Mapping[str, Signature],
        notes: dict[str, Any],
    ) -> None:
        """notes: of its expressions, and of its measures their labels. Empty where the rule was not yet found
        to be in order; what it comes to is added."""
        self.id = rule
        self.source = source
        self.data: Mapping[str, Any] = source.data if isinstance(source.data, dict) else {}
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self._notes = notes
        self._in_order = bool(notes)
        self.each = self._each()
        self.parameters = tuple(self._read_parameters())
        self._arguments = MeasureReader(source, vocabulary, signatures, self.each, self.problems)
        self.measures: list[Measure] = list(self._read_measures())
        each = self.each.name if self.each else None
        named = self.parameters
        self._all = Scope.of(vocabulary, each, self.measures, named)
        self._report = self._all if "each" not in self.data else Scope.of(vocabulary, None, (), named)
        self._measured = {m.name: Scope.of(vocabulary, collection_of(m), (), named) for m in self.measures}

    def scopes(self) -> Iterator[Scope]:
        """Every scope this rule's expressions are checked in."""
        yield self._all
        yield from self._measured.values()

    def rule(self, compiler: Compiler, spoilt: bool) -> Rule | None:
        """The rule; None if there is any problem, all of which are then in `problems`.

        spoilt: the file does not fit its schema; what can be checked is checked, but there is no rule.
        """
        when = self._expression(("when",), self._report, compiler)
        where = self._expression(("where",), self._all, compiler)
        numbers = NumberReader(
            self.source, self._all, self.problems, lambda name: self._hopeless(("assert",), name)
        )
        degree = numbers.ratio(self.data.get("degree")) or self.data.get("degree", "all")
        quantity = numbers.quantity(self.data.get("quantity"))
        assertion = self._assertion(degree, compiler)
        rectified = self._expression(("rectified",), self._all, compiler)
        repeated = self._expression(("repeated",), self._all, compiler)
        measures = [self._with_where(m, compiler) for m in self.measures]
        if not self._in_order:
            self._check_holes(assertion)
            self._check_shape()
        effective = self._effective()
        if spoilt or self.problems or assertion is None:
            return None
        if not self._in_order:
            self._check_unused(measures, quantity, when, where, assertion, rectified, repeated)
        if self.problems:
            return None
        question = self._words("question") if "question" in self.data else None
        return Rule(
            id=self.id,
            title=self._words("title"),
            why=self._words("why"),
            basis=tuple(Basis(*(b[k] for k in _BASIS)) for b in self.data["basis"]),
            message=question or self._words("message"),
            remedy=self._words("remedy"),
            assertion=assertion,
            when=when,
            each=self.each.name if self.each else None,
            where=where,
            measures=tuple(measures),
            parameters=self.parameters,
            effective_from=effective[0],
            effective_to=effective[1],
            degree=degree,
            judgement=question is not None or self.data.get("judgement") == "true",
            question=question,
            quantity=quantity,
            rectified=rectified,
            repeated=repeated,
            examples=self._examples(),
            place=self.source.place(()),
            sha256=hashlib.sha256("\n".join(self.source.lines).encode()).hexdigest(),
        )

    def _tell(self, code: str, zh: str, en: str, way: Way, key: bool = False) -> None:
        self.problems.append(self.source.problem(code, zh, en, way, key))

    def _words(self, key: str) -> Bilingual:
        return Bilingual(self.data[key]["zh"], self.data[key]["en"])

    def _examples(self) -> dict[str, tuple[Any, ...]]:
        written = self.data.get("examples", {})
        return {kind: tuple(given if isinstance(given, list) else [given]) for kind, given in written.items()}

    def _assertion(self, degree: Any, compiler: Compiler) -> Expression | None:
        """What must hold: for a question never, for a ratio that it is met in full, else as written."""
        if "question" in self.data:
            return self._checked(("question",), "false", self._all, compiler)
        if not isinstance(degree, Ratio):
            return self._expression(("assert",), self._all, compiler)
        sign = ">=" if any(p.name == degree.whole for p in self.parameters) else "=="
        in_full = f"{degree.part} {sign} {degree.whole} && {degree.whole} > 0"
        return self._checked(("degree",), in_full, self._all, compiler)

    def _each(self) -> Collection | None:
        named = self.data.get("each")
        if not isinstance(named, str) or not named:
            return None
        found = self.vocabulary.collections.get(named)
        if found is None:
            hint = did_you_mean(named, self.vocabulary.collections)
            zh, en = f"没有这组记录：{named}{hint.zh}", f"there is no collection {named}{hint.en}"
            self._tell("rule.each", zh, en, ("each",))
        return found

    def _read_measures(self) -> Iterator[Measure]:
        written = self.data.get("measures")
        fields = {f.name for f in self.each.fields} if self.each else set()
        fields |= {p.name for p in self.parameters}
        for name, content in written.items() if isinstance(written, dict) else ():
            if name in fields or name in ("left", "right") or self.each and name == self.each.item:
                zh, en = (
                    f"{name} 已另有所指，计量请改名",
                    f"{name} already means something here; rename the measure",
                )
                self._tell("measure.name", zh, en, ("measures", name), True)
            elif isinstance(content, dict) and content and (found := self._arguments.measure(name, content)):
                each = self.each.name if self.each else None
                earlier = self._arguments.earlier
                earlier[name] = measure_field(found, self.vocabulary, each, earlier)
                yield found

    def _read_parameters(self) -> Iterator[RuleParameter]:
        """The values a ruleset may set. Their shape is the schema's business."""
        written = self.data.get("parameters")
        taken = {f.name for f in self.each.fields} if self.each else set()
        for name, content in written.items() if isinstance(written, dict) else ():
            value = parameter_value(_value(content, ("type",)), _value(content, ("value",)))
            label = _value(content, ("label",))
            if name in taken:
                zh, en = f"{name} 已是字段名，参数请改名", f"{name} is a field; rename the parameter"
                self._tell("parameter.name", zh, en, ("parameters", name), True)
            elif value is None:
                zh, en = (
                    "参数的值须是整数或日期，与 type 相符",
                    "a whole number or a date is needed here, as type says",
                )
                self._tell("parameter.value", zh, en, ("parameters", name, "value"))
            elif isinstance(label, dict) and {"zh", "en"} <= set(label):
                yield RuleParameter(name, content["type"], Bilingual(label["zh"], label["en"]), value)

    def _with_where(self, measure: Measure, compiler: Compiler) -> Measure:
        way = ("measures", measure.name, "where")
        where = self._expression(way, self._measured[measure.name], compiler)
        whole = replace(measure, where=where)
        each = self.each.name if self.each else None
        earlier = self._arguments.earlier
        labelled = replace(whole, label=self._label(whole, each))
        earlier[measure.name] = measure_field(labelled, self.vocabulary, each, earlier)
        return labelled

    def _label(self, measure: Measure, each: str | None) -> Bilingual:
        key = f"measures.{measure.name}"
        if key not in self._notes:
            earlier = self._arguments.earlier
            self._notes[key] = measure_label(measure, self.vocabulary, each, earlier, self.parameters)
        return Bilingual(*self._notes[key])

    def _expression(self, way: Way, scope: Scope, compiler: Compiler) -> Expression | None:
        mark = self.source.marks.get(way)
        text = _value(self.data, way)
        if mark is None or not isinstance(text, str) or not text.strip() or self._hopeless(way, text):
            return None
        if mark.wraps:
            zh = "表达式请写在一行内，或用 | 分行；折行会使出错位置对不上"
            self._tell(
                "expression.folded",
                zh,
                "write an expression on one line, or in lines after |; folding loses its positions",
                way,
            )
            return None
        try:
            return self._checked(way, text.rstrip("\n"), scope, compiler, self.source.locator(way))
        except RulesetError as error:
            self.problems.extend(error.problems)
            return None

    def _checked(
        self, way: Way, text: str, scope: Scope, compiler: Compiler, locate: Locate | None = None
    ) -> Expression:
        """As Compiler.check(); what was checked before is not checked again."""
        key = ".".join(map(str, way))
        place = locate(0)[0] if locate else self.source.place(way)
        found = compiler.recall(self._notes.get(key), text, scope, place)
        if found is None:
            found = compiler.check(text, scope, place, locate)
            self._notes[key] = note(found)
        return found

    def _hopeless(self, way: Way, text: str) -> bool:
        """Whether a mistake already told would only be repeated: an unknown `each`, a broken measure."""
        if "each" in self.data and self.each is None and way in _ASSERTED:
            return True
        written = self.data.get("measures")
        names = set(written) if isinstance(written, dict) else set()
        broken = names - {m.name for m in self.measures}
        return any(re.search(rf"(?<![\w.]){re.escape(name)}\b", text) for name in broken)

    def _check_holes(self, assertion: Expression | None) -> None:
        unsure = assertion is None or "each" in self.data and self.each is None
        for key in ("message", "question", "remedy"):
            for language in ("zh", "en"):
                text = _value(self.data, (key, language))
                for hole, offset in placed_holes(text) if isinstance(text, str) and not unsure else ():
                    wrong = _NO_HOLE if key == "remedy" else self._wrong_hole(hole, assertion)
                    if wrong is not None:
                        place, excerpt = self.source.locator((key, language))(offset)
                        self.problems.append(Problem("rule.hole", wrong, place, excerpt))

    def _wrong_hole(self, hole: str, assertion: Expression | None) -> Bilingual | None:
        if hole in ("left", "right"):
            zh, en = (
                "断言不是单一的比较，没有左右两边",
                "the assertion is not one comparison: it has no sides",
            )
            one = assertion is not None and is_comparison(assertion)
            return None if one else Bilingual(f"{{{hole}}}：{zh}", f"{{{hole}}}: {en}")
        if self.each is not None and hole == self.each.item:
            return None
        scope = self._all
        field = scope.find(hole)
        if field is None:
            item = [self.each.item] if self.each else []
            hint = did_you_mean(hole, [*item, *scope.names()])
            return Bilingual(f"{{{hole}}} 无处可取{hint.zh}", f"nothing fills {{{hole}}}{hint.en}")
        if field.type == "prose":
            return Bilingual(f"{{{hole}}} 是长文本", f"{{{hole}}} is long text")
        return None

    def _check_unused(
        self, measures: Iterable[Measure], quantity: str | None, *expressions: Expression | None
    ) -> None:
        read = {name for e in expressions if e is not None for name in e.reads} | {quantity}
        said = self.data["question" if "question" in self.data else "message"]
        read |= {h for text in said.values() for h in holes(text)}
        for measure in measures:
            read |= {str(a) for given in measure.arguments.values() for a in _each_name(given)}
            read |= set(measure.where.reads) if measure.where else set()
        for parameter in self.parameters:
            if parameter.name not in read:
                zh, en = f"参数 {parameter.name} 没有用到", f"the parameter {parameter.name} is not used"
                self._tell("parameter.unused", zh, en, ("parameters", parameter.name), True)
        for measure in self.measures:
            if measure.name not in read:
                zh, en = f"计量 {measure.name} 没有用到", f"the measure {measure.name} is not used"
                self._tell("measure.unused", zh, en, ("measures", measure.name), True)

    def _check_shape(self) -> None:
        self._check_alone()
        if "each" in self.data:
            return
        for key, idle in (("where", "where" in self.data), ("degree", self.data.get("degree") == "share")):
            if idle:
                zh, en = f"没有 each 时不能用 {key}", f"{key} needs each"
                self._tell("rule.needs-each", zh, en, (key,), True)

    def _check_alone(self) -> None:
        """A rule asserts, asks a person or names the two numbers of a ratio: one of the three."""
        ratio = isinstance(self.data.get("degree"), dict)
        if "question" in self.data:
            kind, others = "question", ["assert", "message", "judgement", "examples"] + ["degree"] * ratio
        elif ratio:
            kind, others = "degree", ["assert", "judgement"]
        else:
            return
        for key in others:
            if key in self.data:
                zh, en = (said.format(key) for said in _ALONE[kind])
                self._tell("rule.alone", zh, en, (key,), True)

    def _effective(self) -> tuple[date | None, date | None]:
        days = [_value(self.data, ("effective", key)) for key in ("from", "to")]
        start, end = (date.fromisoformat(d) if isinstance(d, str) and is_date(d) else None for d in days)
        if start and end and end < start:
            zh, en = "终止日早于起始日，没有一天适用", "it ends before it begins: no day falls in it"
            self._tell("rule.effective", zh, en, ("effective", "to"))
        return start, end


def parameter_value(kind: Any, written: Any) -> int | date | None:
    """A parameter's value as its type has it; None where it is not one."""
    if kind == "number" and isinstance(written, str) and re.fullmatch(r"-?[0-9]{1,9}", written):
        return int(written)
    if kind == "date" and isinstance(written, str) and is_date(written):
        return date.fromisoformat(written)
    return None


def _each_name(argument: Any) -> Iterable[Any]:
    return argument if isinstance(argument, (list, tuple)) else (argument,)


def _value(data: Any, way: Way) -> Any:
    """What stands at the end of the way, if every step of it is there."""
    for step in way:
        if not isinstance(data, dict) or step not in data:
            return None
        data = data[step]
    return data
