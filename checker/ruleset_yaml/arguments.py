"""What a rule writes for a measure, checked by the measure's signature. Knows no measure by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import Problem, did_you_mean
from checker.expression import field_of
from checker.facts import Collection, Field, Vocabulary
from checker.ruleset import Measure, Parameter, Signature
from checker.yaml_text import Way, YamlText

Match = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MeasureReader:
    """Reads the measures of one rule file, which ranges over `each`.

    earlier: those already read, as fields.
    """

    source: YamlText
    vocabulary: Vocabulary
    signatures: Mapping[str, Signature]
    each: Collection | None
    problems: list[Problem]
    earlier: dict[str, Field] = field(default_factory=dict)

    def measure(self, name: str, written: Mapping[str, Any]) -> Measure | None:
        """The measure without its `where`; None once a problem has been told."""
        way: Way = ("measures", name)
        signature = self._signature(written, way)
        if signature is None:
            return None
        before = len(self.problems)
        self._keys(signature, written, way)
        arguments = {
            p.name: self._argument(p, written[p.name], (*way, p.name))
            for p in signature.parameters
            if p.name in written
        }
        self._check_type(signature, arguments, way)
        match = self._match(signature, arguments, written, way)
        if len(self.problems) > before:
            return None
        returns = signature.returns or self._type(signature, arguments)
        if returns is None or returns == "prose":
            zh, en = f"{signature.name} 在这里算不出一个值", f"{signature.name} yields no value here"
            self._tell("measure.type", zh, en, way)
            return None
        return Measure(name, signature, arguments, returns, match=match)

    def _tell(self, code: str, zh: str, en: str, way: Way, key: bool = False) -> None:
        self.problems.append(self.source.problem(code, zh, en, way, key))

    def _signature(self, written: Mapping[str, Any], way: Way) -> Signature | None:
        named = [key for key in written if key in self.signatures]
        if named:
            return self.signatures[named[0]]
        first = next(iter(written))
        listed = ", ".join(self.signatures)
        hint = did_you_mean(first, self.signatures)
        if not hint.zh:
            hint = Bilingual(f"；可用的有：{listed}", f"; there are: {listed}")
        zh, en = f"没有名为 {first} 的计量{hint.zh}", f"there is no measure {first}{hint.en}"
        self._tell("measure.unknown", zh, en, (*way, first), True)
        return None

    def _keys(self, signature: Signature, written: Mapping[str, Any], way: Way) -> None:
        known = [p.name for p in signature.parameters]
        allowed = [*known, "where", "match"] if signature.filters else known
        for key in written:
            if key in ("where", "match") and not signature.filters:
                zh, en = f"{signature.name} 不能用 {key}", f"{signature.name} takes no {key}"
                self._tell("measure.key", zh, en, (*way, key), True)
            elif key not in allowed:
                hint = did_you_mean(key, allowed)
                zh, en = (
                    f"{signature.name} 没有 {key} 这一项{hint.zh}",
                    f"{signature.name} takes no {key}{hint.en}",
                )
                self._tell("measure.key", zh, en, (*way, key), True)
        for parameter in signature.parameters:
            if parameter.required and parameter.name not in written:
                zh, en = f"{signature.name} 缺少 {parameter.name}", f"{signature.name} needs {parameter.name}"
                self._tell("measure.missing", zh, en, way, True)

    def _argument(self, parameter: Parameter, written: Any, way: Way) -> Any:
        if parameter.kind == "terms":
            return self._terms(written, way)
        if parameter.kind == "fields":
            return self._field_list(written, way)
        if not isinstance(written, str) or not written.strip():
            self._tell("measure.argument", "这里须是一个名称", "a name is needed here", way)
            return ""
        if parameter.kind == "words":
            return self._word(parameter, written, way)
        if parameter.kind == "sibling":
            return written  # what it is a sibling of is looked at in _check_type
        found = {
            "collection": self._collection,
            "claim": self._collection,
            "member": self._member,
            "prose": self._prose,
        }.get(parameter.kind, self._field)(written)
        if found is not None:
            self._tell("measure.argument", found.zh, found.en, way)
        if parameter.kind == "claim" and not written.startswith("claims."):
            zh, en = "这里须是 claims. 开头的一组陈述", "a collection of claims is needed here (claims.…)"
            self._tell("measure.argument", zh, en, way)
        return written

    def _field_list(self, written: Any, way: Way) -> tuple[str, ...]:
        if not isinstance(written, list) or not written:
            zh, en = "这里须是字段的列表，例如 [a, b]", "a list of fields is needed here, as in [a, b]"
            self._tell("measure.argument", zh, en, way)
            return ()
        types = {f.type for name in written if (f := self._find(str(name)))}
        for n, name in enumerate(written):
            found = self._field(str(name))
            if found is not None:
                self._tell("measure.argument", found.zh, found.en, (*way, n))
        if len(types) > 1:
            zh, en = "这些字段种类不同，不能互相替代", "these fields are of different types"
            self._tell("measure.type", zh, en, way)
        return tuple(map(str, written))

    def _check_type(self, signature: Signature, arguments: Mapping[str, Any], way: Way) -> None:
        """The first argument's type, and siblings, which are members of the same collection."""
        first = signature.parameters[0]
        named = arguments.get(first.name)
        kind = self._type(signature, arguments)
        if signature.types and kind is not None and kind not in signature.types:
            listed = ", ".join(signature.types)
            zh = f"{signature.name} 只用于 {listed} 类字段；{named} 是 {kind}"
            en = f"{signature.name} takes fields of type {listed}; {named} is {kind}"
            self._tell("measure.type", zh, en, (*way, first.name))
        for parameter in signature.parameters:
            if parameter.kind == "sibling" and parameter.name in arguments and isinstance(named, str):
                other = f"{named.rpartition('.')[0]}.{arguments[parameter.name]}"
                found = self._member(other) if self._member(named) is None else None
                if found is not None:
                    self._tell("measure.argument", found.zh, found.en, (*way, parameter.name))

    def _match(
        self, signature: Signature, arguments: Mapping[str, Any], written: Mapping[str, Any], way: Way
    ) -> Match:
        """What joins the collection to the record at hand: as written, else by the keys the kinds declare."""
        theirs = self._gone_over(signature, arguments)
        if self.each is None or theirs is None or not signature.filters:
            if "match" in written and signature.filters:
                zh, en = "没有 each 时不能用 match", "match needs each"
                self._tell("measure.match", zh, en, (*way, "match"), True)
            return ()
        if "match" not in written:
            return _by_keys(self.each, theirs)
        named = written["match"]
        if named == "none":
            return ()
        pairs = {n: n for n in named if isinstance(n, str)} if isinstance(named, list) else named
        if not isinstance(pairs, dict) or not pairs:
            zh, en = (
                "match 须是列名的列表、“本行列: 对方列”，或 none",
                "match takes columns, own: theirs, or none",
            )
            self._tell("measure.match", zh, en, (*way, "match"))
            return ()
        for own, their in pairs.items():
            self._column(self.each, str(own), way)
            self._column(theirs, str(their), way)
        return tuple((str(own), str(their)) for own, their in pairs.items())

    def _column(self, collection: Collection, name: str, way: Way) -> None:
        fields = [f.name for f in collection.fields]
        if name not in fields:
            told = _unknown(
                f"{collection.name} 没有这个字段", f"{collection.name} has no such field", name, fields
            )
            self._tell("measure.match", told.zh, told.en, (*way, "match"))

    def _gone_over(self, signature: Signature, arguments: Mapping[str, Any]) -> Collection | None:
        """The collection the first argument names."""
        first = signature.parameters[0]
        named = arguments.get(first.name)
        if not isinstance(named, str):
            return None
        name = named.rpartition(".")[0] if first.kind == "member" else named
        return self.vocabulary.collections.get(name)

    def _terms(self, written: Any, way: Way) -> Any:
        terms = [*written, *written.values()] if isinstance(written, dict) else written
        if isinstance(terms, list) and terms and all(_is_term(term) for term in terms):
            return written
        zh, en = (
            "须是“误写: 正写”的对照，或词语的列表，每个词在一行内",
            "wrong: right pairs are needed here, or a list of terms, each on one line",
        )
        self._tell("measure.argument", zh, en, way)
        return {}

    def _word(self, parameter: Parameter, written: str, way: Way) -> str:
        if parameter.choices and written not in parameter.choices:
            hint, listed = did_you_mean(written, parameter.choices), ", ".join(parameter.choices)
            zh, en = f"只能是以下之一：{listed}{hint.zh}", f"this must be one of: {listed}{hint.en}"
            self._tell("measure.argument", zh, en, way)
        return written

    def _collection(self, written: str) -> Bilingual | None:
        if written in self.vocabulary.collections:
            return None
        return _unknown("没有这组记录", "there is no such collection", written, self.vocabulary.collections)

    def _member(self, written: str) -> Bilingual | None:
        if field_of(self.vocabulary, written) is not None:
            return None
        collection, _, name = written.rpartition(".")
        found = self.vocabulary.collections.get(collection)
        if found is None:
            known = self.vocabulary.collections
            return _unknown(
                "须写成 记录组.字段；没有这组记录",
                "write collection.field; there is no such collection",
                collection,
                known,
            )
        fields = [f.name for f in found.fields]
        return _unknown(f"{collection} 没有这个字段", f"{collection} has no such field", name, fields)

    def _prose(self, written: str) -> Bilingual | None:
        known = {f.name: f for f in self._fields()}
        found = known.get(written.removeprefix("previous."))
        if found is None:
            long = [name for name, f in known.items() if f.type == "prose"]
            return _unknown("没有这段文本", "there is no such text", written, long)
        if found.type == "prose":
            return None
        return Bilingual(f"{written} 不是长文本", f"{written} is not a long text")

    def _field(self, written: str) -> Bilingual | None:
        known = {f.name: f for f in self._fields()}
        if written in known and known[written].type != "prose":
            return None
        return _unknown("这里没有这个字段", "there is no such field here", written, known)

    def _find(self, name: str) -> Field | None:
        return next((f for f in self._fields() if f.name == name), None)

    def _fields(self) -> Iterator[Field]:
        yield from self.earlier.values()
        if self.each is not None:
            yield from self.each.fields
        yield from self.vocabulary.fields.values()

    def _type(self, signature: Signature, arguments: Mapping[str, Any]) -> str | None:
        """The type of what the first argument names."""
        first = signature.parameters[0]
        named = arguments.get(first.name)
        if first.kind == "fields" and named:
            named = named[0]
        if not isinstance(named, str):
            return None
        if first.kind in ("claim", "member"):
            member = field_of(self.vocabulary, named if first.kind == "member" else f"{named}.value")
            return member.type if member else None
        found = self._find(named)
        return found.type if found else None


def _by_keys(ours: Collection, theirs: Collection) -> Match:
    """Their column that refers to our key; failing that, our column that refers to their key."""
    for column, kind in theirs.refers.items():
        if kind == ours.name and ours.key:
            return ((ours.key, column),)
    for column, kind in ours.refers.items():
        if kind == theirs.name and theirs.key:
            return ((column, theirs.key),)
    return ()


def _is_term(written: Any) -> bool:
    return isinstance(written, str) and bool(written.strip()) and "\n" not in written


def _unknown(zh: str, en: str, name: str, known: Iterator[str] | Mapping[str, Any] | list[str]) -> Bilingual:
    hint = did_you_mean(name, known)
    return Bilingual(f"{zh}：{name}{hint.zh}", f"{en}: {name}{hint.en}")
