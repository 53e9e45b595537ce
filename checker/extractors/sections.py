"""The six sections: which are there, under which numeral and wording, in what order and how long.

30号 fixes number, wording and order; of section one it says 篇幅原则上不超过一千字.
"""

from checker.bilingual import Bilingual
from checker.facts import Collection, Extract, Fact, Field, Kind, Record, count, flag, missing, words
from checker.location import Location
from checker.outline import NUMERALS, Outline, Section

NAMES = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
LABELS = {
    1: Bilingual("一、总体情况", "1 Overview"),
    2: Bilingual("二、主动公开政府信息情况", "2 Information disclosed"),
    3: Bilingual("三、收到和处理政府信息公开申请情况", "3 Applications received and handled"),
    4: Bilingual("四、政府信息公开行政复议、行政诉讼情况", "4 Administrative review and litigation"),
    5: Bilingual("五、存在的主要问题及改进情况", "5 Problems and improvement"),
    6: Bilingual("六、其他需要报告的事项", "6 Other matters"),
}
_CHARACTERS = Bilingual("字", "characters")
_ORDINALS = {1: "一", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六"}
_FIELDS = (
    Field("number", "number", Bilingual("部分", "section")),
    Field("present", "flag", Bilingual("有此部分", "present")),
    Field("position", "number", Bilingual("在标题中的次序", "place among the headings")),
    Field("numeral_right", "flag", Bilingual("序号正确", "right numeral")),
    Field("heading_official", "flag", Bilingual("标题用语规范", "heading in official wording")),
    Field("in_order", "flag", Bilingual("次序正确", "in order")),
    Field("length", "count", Bilingual("字数（含标题）", "length, heading included"), _CHARACTERS),
    Field("has_table", "flag", Bilingual("有表格", "has a table")),
    Field("empty", "flag", Bilingual("内容空白", "empty")),
)
DECLARES = (
    Collection("sections", "section", Bilingual("六个部分", "the six sections"), _FIELDS),
    Collection(
        "extra_sections",
        "section",
        Bilingual("多出的部分", "sections beyond the six, or repeated"),
        (Field("heading", "text", Bilingual("标题", "heading")),),
        exceptions=True,
    ),
    *(
        field
        for number, name in NAMES.items()
        for field in (
            Field(
                f"section_{name}.present",
                "flag",
                Bilingual(f"有第{_ORDINALS[number]}部分", f"section {name} present"),
            ),
            Field(
                f"section_{name}.length",
                "count",
                Bilingual(f"第{_ORDINALS[number]}部分字数", f"length of section {name}"),
                _CHARACTERS,
            ),
            Field(
                f"section_{name}.text",
                "prose",
                Bilingual(f"第{_ORDINALS[number]}部分正文", f"prose of section {name}"),
            ),
        )
    ),
)


def extract(outline: Outline, found: Extract) -> Extract:
    """sections (always six records), extra_sections and the scalars section_<name>.*."""
    records = tuple(_record(outline, number) for number in NAMES)
    extra = tuple(
        _extra(outline.locate(s.start, s.end), number) for number, s in enumerate(outline.extra, start=1)
    )
    fields = {k: v for number in NAMES for k, v in _scalars(outline, number).items()}
    return Extract(fields, {"sections": records, "extra_sections": extra})


def _record(outline: Outline, number: int) -> Record:
    section = outline.section(number)
    if section is None:
        fields = {f.name: _not_found(number) for f in _FIELDS}
        fields |= {"number": _number(number), "present": flag(False)}
        return Record(NAMES[number], LABELS[number], fields)
    place = _heading(outline, section)
    fields = {
        "number": _number(number, place),
        "present": flag(True, place),
        "position": _number(outline.sections.index(section) + 1, place),
        "numeral_right": flag(section.numeral == NUMERALS[number - 1], place),
        "heading_official": flag(section.official, place),
        "in_order": flag(
            all(s.heading.start < section.heading.start for s in outline.sections if s.number < number), place
        ),
        "length": _length(outline, section),
        "has_table": flag(outline.has_table(section), place),
        "empty": flag(_is_empty(outline, section), place),
    }
    return Record(NAMES[number], LABELS[number], fields, (place,))


def _heading(outline: Outline, section: Section) -> Location:
    return outline.locate(section.heading.start, section.heading.end)


def _number(value: int, *places: Location) -> Fact:
    return count(value, *places)


def _not_found(number: int) -> Fact:
    return missing(f"没有找到“{LABELS[number].zh}”的标题", f"the heading {LABELS[number].zh} was not found")


def _length(outline: Outline, section: Section) -> Fact:
    heading = outline.text[section.heading.start : section.heading.end]
    return count(len("".join(heading.split())) + outline.length(section.body), _heading(outline, section))


def _is_empty(outline: Outline, section: Section) -> bool:
    """Nothing below the heading: no prose, no table, not even one flattened into text."""
    return not outline.has_table(section) and outline.length(section.body) == 0


def _extra(place: Location, number: int) -> Record:
    heading = (place.quote or "").strip()
    return Record(str(number), Bilingual(heading, heading), {"heading": words(heading, place)}, (place,))


def _scalars(outline: Outline, number: int) -> dict[str, Fact]:
    section, name = outline.section(number), f"section_{NAMES[number]}"
    if section is None:
        absent = _not_found(number)
        return {f"{name}.present": flag(False), f"{name}.length": absent, f"{name}.text": absent}
    lines = outline.lines(section.body)
    text = outline.wording(section.body)
    return {
        f"{name}.present": flag(True, _heading(outline, section)),
        f"{name}.length": _length(outline, section),
        f"{name}.text": Fact(Kind.TEXT, text, text, lines),
    }
