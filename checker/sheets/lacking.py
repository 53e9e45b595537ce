"""What of a ruleset a sheet cannot hold."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.ruleset import Ruleset
from checker.sheets.plan import Plan


def not_held(ruleset: Ruleset, plan: Plan | None) -> Iterator[Bilingual]:
    """What must still be read in the files: conditions, formulas, bands, how points are lost."""
    automatic = sum(rule.question is None for rule in ruleset.rules.values())
    if automatic:
        zh = f"{automatic} 条自动判断的规则：适用条件、公式和参数不在表里"
        yield Bilingual(zh, f"{automatic} rules are decided by formulas, which the sheet does not hold")
    zh = "合格线、等次、否决、无法判定和不适用的处理不在表里"
    yield Bilingual(
        zh, "nor does it hold the pass mark, the bands, vetoes, the unknown and the not applicable"
    )
    if plan is not None:
        zh, en = (
            "分值和名称按现在的体系，其余各列照原表",
            "points and titles are those of now, all other cells as they were",
        )
        yield Bilingual(zh, en)
    else:
        zh = "这个体系不是由表导入的，按通用格式写出；再导入得到的是待人工判断的规则"
        yield Bilingual(
            zh, "it came from no sheet: this is a plain one, and imported again it gives questions"
        )
