"""Where the header of a sheet of indicators stands, and what each of its columns is."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, did_you_mean
from checker.ledger import heading
from checker.location import Location
from checker.sheets.cells import column_letters, shown
from checker.sheets.grid import Grid

Role = Literal["level", "points", "code", "content", "criterion", "basis", "evidence", "other"]
_LONGEST_NAME = 60
HEAD = 20
"""Rows among which the header is looked for."""

_NUMBERED = re.compile(r"^第?([一二三四五六七八九1-9])级")
_DIGITS = "一二三四五六七八九"
_POINTS = re.compile(
    r"分值|分数|权重|满分|赋分|标准分|基准分|基础分|总分|比重|占比|权值|配分|^分$|^(points|score|weight|marks)$"
)
_IN_BRACKETS = re.compile(r"[（(][^()（）]*(?:分值|分数|权重|[分%])[^()（）]*[)）]")
_BY_HAND = re.compile(r"得分|自评|自查|评分|扣分|加分|核定|实得|核验|复核|审核分")
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("code", re.compile(r"^(指标|条目|评估点)?(编号|编码|代码)$|^code$")),
    ("basis", re.compile(r"(?<!扣分)(?<!得分)(?<!评分)(?<!加分)依据|^basis$")),
    (
        "evidence",
        re.compile(
            r"佐证|材料|数据来源|采样|取证|(考核|考评|检查|核查|评估|测评|评价)(方式|途径)|^evidence$"
        ),
    ),
    (
        "criterion",
        re.compile(
            r"(评分|计分|扣分|打分|得分|评价|考核|考评|测评|评估|赋分|评判|记分)(标准|办法|方法|细则|规则|说明)"
            r"|^标准$|^细则$|^(criteria|criterion|method)$"
        ),
    ),
    (
        "content",
        re.compile(r"内容|要点|考察点|评估点|测评点|考核点|指标(说明|解释)|要求|任务|标准$|^(item|content)$"),
    ),
    (
        "level",
        re.compile(
            r"^(考核|考评|评估|评价|测评|检查|自查)?(项目|指标|类别|大类|事项|模块|维度|板块|过程|科目)(名称)?$|^indicator$"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a sheet, outermost level first.

    top, bottom: the rows of the header. names: one for every column, each its own. levels: the columns that
    hold titles. points: for each level the column its points stand in, if it has one. percent: columns whose
    plain numbers are percentages. code: the column of ids.
    """

    top: int
    bottom: int
    names: tuple[str, ...]
    roles: tuple[Role, ...]
    levels: tuple[int, ...]
    points: tuple[int | None, ...]
    percent: frozenset[int] = frozenset()

    def columns(self, role: Role) -> tuple[int, ...]:
        return tuple(c for c, found in enumerate(self.roles) if found == role)


def fits(grid: Grid, named: Sequence[str] = ()) -> bool:
    """Whether there is a header in it, or one with the columns named."""
    return _header_row(grid, named) is not None


def layout_of(grid: Grid, levels: Sequence[str] = (), points: Sequence[str] = ()) -> Layout:
    """How a sheet is laid out. levels, points: columns the user names, by header or letter, over our guess.

    Raises InputError if no header is found, or a column named is not there.
    """
    top = _header_row(grid, (*levels, *points) if levels and points else ())
    if top is None:
        zh = "没有找到表头（要有指标和分值两类列），可用 --level 和 --points 指明"
        en = "no header found (columns of indicators and of points); name them by --level and --points"
        raise InputError(
            [Problem("sheet.no-header", Bilingual(zh, en), Location(grid.file, table=grid.name))]
        )
    bottom = _bottom(grid, top)
    headers = _headers(grid, top, bottom)
    roles = [_role(text) for text in headers]
    names = tuple(_names(headers))
    _appoint(grid, roles, names, levels, "level")
    _appoint(grid, roles, names, points, "points")
    if not levels:
        _settle_levels(headers, roles, bool(points))
    return _arranged(grid, top, bottom, headers, roles, names)


def _header_row(grid: Grid, named: Sequence[str] = ()) -> int | None:
    best, found = 0, None
    for row in sorted(grid.rows)[:HEAD]:
        headers = _headers(grid, row, _bottom(grid, row))
        roles = [_role(text) for text in headers]
        titled = any(role in ("level", "content") for role in roles)
        score = sum(role != "other" for role in roles)
        if named:
            known = {*map(column_letters, range(len(headers))), *headers}
            titled, score = {_plain(name) for name in named} <= known, sum(map(bool, headers))
        if score > best and titled and (named or "points" in roles or _points_in_titles(headers, roles)):
            best, found = score, row
    return found


def _points_in_titles(headers: Sequence[str], roles: Sequence[Role]) -> bool:
    """Whether a header says that its titles have their points in them: 一级指标（分值）."""
    return any(
        role == "level" and _IN_BRACKETS.search(header) for header, role in zip(headers, roles, strict=True)
    )


def _bottom(grid: Grid, top: int) -> int:
    """The last row of a header whose cells may reach down over a second storey."""
    reach = max((area.bottom for area in grid.merged if area.top == top), default=top)
    return reach if reach <= top + 2 else top


def _headers(grid: Grid, top: int, bottom: int) -> list[str]:
    """What heads each column: the cells above it, joined by a stroke."""
    across = {
        (row, c): grid.cell(area.top, area.left)
        for area in grid.merged
        if top <= area.top <= bottom
        for row in (area.top,)
        for c in range(area.left, area.right + 1)
    }
    found = []
    for column in range(grid.width):
        cells = [across.get((row, column)) or grid.cell(row, column) for row in range(top, bottom + 1)]
        found.append("/".join(dict.fromkeys(_plain(shown(cell)) for cell in cells if cell)))
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _role(header: str) -> Role:
    name = heading(header.rpartition("/")[2])
    if _POINTS.search(name) and not _BY_HAND.search(name):
        return "points"
    if _NUMBERED.match(name):
        return "level"
    return next((role for role, words in _ROLES if words.search(name)), "other")


def _names(headers: Sequence[str]) -> Iterator[str]:
    """A name for each column: its header, its letter where it has none, a number after one used before."""
    used: dict[str, int] = {}
    for column, header in enumerate(headers):
        name = header.replace("#", "＃")[:_LONGEST_NAME] or column_letters(column)
        used[name] = used.get(name, 0) + 1
        yield name if used[name] == 1 else f"{name} {used[name]}"


def _appoint(grid: Grid, roles: list[Role], names: Sequence[str], given: Sequence[str], role: Role) -> None:
    if given:
        roles[:] = ["other" if found == role else found for found in roles]
    known = {**{column_letters(c): c for c in range(len(names))}, **{n: c for c, n in enumerate(names)}}
    problems = []
    for name in given:
        column = known.get(_plain(name))
        if column is None:
            hint = did_you_mean(name, names)
            listed = "、".join(names)
            zh, en = (
                f"没有列“{name}”{hint.zh}；有：{listed}",
                f"no column {name}{hint.en}; there are: {listed}",
            )
            problems.append(
                Problem("sheet.no-column", Bilingual(zh, en), Location(grid.file, table=grid.name))
            )
        else:
            roles[column] = role
    if problems:
        raise InputError(problems)


def _settle_levels(headers: Sequence[str], roles: list[Role], points_named: bool) -> None:
    """Numbered levels and what stands before them, else all columns of titles, else the first of contents."""
    numbered = [c for c, h in enumerate(headers) if roles[c] == "level" and _NUMBERED.match(heading(h))]
    if "level" not in roles and "content" in roles:
        roles[roles.index("content")] = "level"
    for column, role in enumerate(roles):
        if role == "level" and numbered and column > numbered[0] and column not in numbered:
            roles[column] = "content"
        elif role == "content" and "level" in roles[column:] and "points" not in roles[:column]:
            roles[column] = "level"
    if not points_named:
        _contents_between(roles)


def _contents_between(roles: list[Role]) -> None:
    """A column of contents that has points of its own beside those of the level before is a level too."""
    since: list[int] = []
    rated = titled = False
    for column, role in enumerate(roles):
        if role == "points":
            if rated and not titled and since:
                roles[since[0]] = "level"
            rated, titled, since = True, False, []
        elif role == "level":
            titled = True
        elif role in ("content", "criterion"):
            since.append(column)


def _arranged(
    grid: Grid, top: int, bottom: int, headers: Sequence[str], roles: list[Role], names: tuple[str, ...]
) -> Layout:
    levels = tuple(c for c, role in enumerate(roles) if role == "level")
    if not levels or "points" not in roles and not _points_in_titles(headers, roles):
        zh, en = "表头里要有指标和分值两类列", "the header needs columns of indicators and of points"
        raise InputError([grid.problem("sheet.no-header", zh, en, top, 0)])
    points = _points_by_level(headers, roles, levels)
    spare = {c for c, role in enumerate(roles) if role == "points"} - set(points.values())
    for column in spare:
        roles[column] = "other"
    percent = frozenset(c for c in points.values() if "%" in headers[c])
    return Layout(top, bottom, names, tuple(roles), levels, tuple(points.get(c) for c in levels), percent)


def _points_by_level(
    headers: Sequence[str], roles: Sequence[Role], levels: Sequence[int]
) -> Mapping[int, int]:
    """The points of each level: the column that names it, else the first after it and before the next."""
    found: dict[int, int] = {}
    for column, role in enumerate(roles):
        if role != "points":
            continue
        named = _NUMBERED.match(heading(headers[column]))
        number = _level_number(named[1]) if named else 0
        before = [c for c in levels if c < column]
        level = levels[number - 1] if 0 < number <= len(levels) else (before or levels)[-1 if before else 0]
        found.setdefault(level, column)
    return found


def _level_number(sign: str) -> int:
    return int(sign) if sign.isdecimal() else _DIGITS.index(sign) + 1
