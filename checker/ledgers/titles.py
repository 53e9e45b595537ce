"""Which document a title means: what is the name in it, and which of the known names another title gives.

Titles of one document differ in issuer, in the frame 关于印发…的通知, in title marks, in white space and in
〇 for ○; an interpretation adds words of its own. A title that names the issuer means that issuer's. One that
leaves out the place it is of means the same if an office of that place issues documents (城市 and 超市 are no
places). What differs in anything else is another document, save for words that name no subject (专项,
建设 …). Where only that much is alike, one of the two is for trial (试行) or the issuer is another, a person
must say.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from checker.comparison import squeeze
from checker.patterns import pattern

_MARKS = str.maketrans("", "", "《》〈〉<>«»\"'")
_VERBS = r"(?:印发|转发|批转|公布|发布|下发)+"
_NOTICE = r"的?(?:通知|公告|通告|函|决定)(?:\([^()]*\))*"
_ISSUED = pattern(rf"(?P<issuer>.{{0,80}}?)(?:关于|关){_VERBS}(?P<body>.+?){_NOTICE}")
_ISSUED_PLAINLY = pattern(rf"(?P<issuer>(?:(?!关于).){{0,80}}?)(?:印发|转发)+(?P<body>.+?){_NOTICE}")
_BY = pattern(r"(?P<issuer>(?:(?!关于).){1,80})(?P<body>关于.+)")
_INTERPRETING = pattern(
    r"的?(?:政策|文件|图文|图表|图片|文字|专家|负责人|视频|音频|动漫|动画|一图|数字|简明|H5|h5)*"
    r"(?:解读|图解|问答|答记者问|读懂)(?:材料|稿|文章|视频|之?[一二三四五六七八九十\d]+)?(?:\([^()]*\))*"
)
_HERALD = pattern(r"(?:一图读懂|一图看懂|图解|动漫解读|视频解读|政策解读|解读)[:|丨·]?")
_ABOUT = pattern(r".*?关于(?=《)|关于")
_ANNOUNCED = pattern(r"[^《]{0,40}?(?:印发|出台|发布|公布|制定)(?P<body>.+)")
_PLACE = pattern(r".{1,12}?(?:自治区|实验区|开发区|示范区|新区|省|市|区|县|旗|盟|州|镇|乡|街道)")
_COMMON = frozenset(
    (
        *("城市", "超市", "集市", "夜市", "全市", "本市", "城区", "市区", "县区", "园区", "小区", "社区"),
        *("片区", "景区", "校区", "库区", "林区", "牧区", "山区", "辖区", "城镇", "乡镇", "村镇", "集镇"),
        *("全县", "本县", "全区", "本区", "全省", "本省", "区县", "市县", "街道", "联盟", "加盟"),
    )
)
"""What ends like the name of a place and is none."""
_TRIAL = pattern(r"\((?:试行|暂行)\)")
_FILLER = pattern(r"专项|建设|发展|工作|事业|有关|相关|的")
_NUMBERS = pattern(r"\d+|[〇一二三四五六七八九十]+")
_DEEPEST = 4
_LONGEST = 300
"""Characters of a title that are looked at."""
_SHORTEST = 4
_SHARED = 0.4
_NEAR = 0.85
_CANDIDATES = 3


class Name(NamedTuple):
    """The name in a title, for comparison, and who issued the document, where the title says so."""

    core: str
    issuer: str = ""


class Match(NamedTuple):
    """The keys of the documents a title may mean. sure: it is the one."""

    keys: tuple[str, ...]
    sure: bool


def name(title: str) -> Name:
    """The name of the document that bears this title."""
    return _name(squeeze(title[:_LONGEST]).translate(_MARKS), _DEEPEST)


def _name(flat: str, deepest: int) -> Name:
    for form in (_ISSUED, _ISSUED_PLAINLY):
        parts = form.fullmatch(flat)
        if parts and deepest:
            return Name(_name(parts["body"], deepest - 1).core, parts["issuer"])
    parts = _BY.fullmatch(flat)
    return Name(parts["body"], parts["issuer"]) if parts else Name(flat)


def subjects(title: str) -> tuple[Name, ...]:
    """The names an interpretation's title may give, those that say most first."""
    flat = squeeze(title[:_LONGEST])
    bare = _HERALD.sub("", flat, count=1) if _HERALD.match(flat) else flat
    cut = next((m.start() for m in _INTERPRETING.finditer(bare) if m.end() == len(bare)), len(bare))
    whole = _ABOUT.sub("", bare[:cut], count=1) if _ABOUT.match(bare) else bare[:cut]
    found = [whole, *_quoted(bare)]
    announced = _ANNOUNCED.fullmatch(whole)
    if announced:
        found.append(announced["body"])
    names = (_name(text.translate(_MARKS), _DEEPEST) for text in found)
    return tuple(dict.fromkeys(name for name in names if len(name.core) >= _SHORTEST))


def _quoted(text: str) -> Iterator[str]:
    """What stands in the outermost title marks."""
    depth = start = 0
    for place, character in enumerate(text):
        if character == "《":
            depth, start = depth + 1, start if depth else place + 1
        elif character == "》" and depth:
            depth -= 1
            if not depth:
                yield text[start:place]


class Register:
    """The documents known by title."""

    def __init__(
        self, keys: Mapping[str, Iterable[str] | Mapping[str, str]], issuers: Iterable[str] = ()
    ) -> None:
        """keys: for each name (the core of a title), the keys of the documents that bear it, with the issuer
        that their titles name. issuers: offices that issue documents, by which places are known."""
        self._keys = {
            core: dict(found) if isinstance(found, Mapping) else dict.fromkeys(found, "")
            for core, found in keys.items()
        }
        self._places = {place[0] for issuer in issuers if (place := _PLACE.match(issuer))} - _COMMON
        self._issued: dict[str, Name] = {}
        self._local: dict[str, list[str]] = defaultdict(list)
        self._bares = {core: _bare(core) for core in self._keys}
        self._bare: dict[str, list[str]] = defaultdict(list)
        self._pairs: dict[str, list[str]] = defaultdict(list)
        for core, found in self._keys.items():
            self._issued.update((issuer + core, Name(core, issuer)) for issuer in found.values() if issuer)
            self._local[_local(core)].append(core)
            bare = self._bares[core]
            self._bare[bare].append(core)
            for pair in _pairs(bare):
                self._pairs[pair].append(core)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for found in self._keys.values() for key in found)

    def find(self, title: str) -> Match | None:
        """The document an interpretation's title means, those it may mean, or None."""
        named = [self._issued.get(subject.core, subject) for subject in subjects(title)]
        for look in (self._same, self._same_locally, self._same_but_fillers):
            found = list(dict.fromkeys((core, subject) for subject in named for core in look(subject.core)))
            if found:
                return self._match(found)
        near = [key for subject in named for core in self._near(subject.core) for key in self._keys[core]]
        return Match(tuple(dict.fromkeys(near))[:_CANDIDATES], False) if near else None

    def _match(self, found: Iterable[tuple[str, Name]]) -> Match:
        """The documents of these names; the issuer decides where the title gives one."""
        keys: dict[str, None] = {}
        sure = True
        for core, subject in found:
            known = self._keys[core]
            issued = [key for key, issuer in known.items() if issuer and _is_office(subject.issuer, issuer)]
            keys.update(dict.fromkeys(issued or known))
            told_apart = bool(subject.issuer) and any(known.values()) and not issued
            sure = sure and not told_apart and self._is_same(subject.core, core)
        return Match(tuple(keys), sure and len(keys) == 1)

    def _is_same(self, subject: str, core: str) -> bool:
        """Whether two like names are one: both are for trial or neither is, and a place that only one of them
        begins with is one whose offices issue documents."""
        places = {_place(subject), _place(core)} - {""} if _place(subject) != _place(core) else set()
        return places <= self._places and _TRIAL.findall(subject) == _TRIAL.findall(core)

    def _same(self, subject: str) -> list[str]:
        return [subject] if subject in self._keys else []

    def _same_locally(self, subject: str) -> list[str]:
        """The same save for the place it begins with, which one of the two leaves out."""
        local = _local(subject)
        cores = self._local.get(local, [])
        return [core for core in cores if subject in (core, local) or core == local]

    def _same_but_fillers(self, subject: str) -> list[str]:
        """One of the two has words more that name no subject."""
        cores = self._bare.get(_bare(subject), [])
        return [core for core in cores if _is_within(subject, core) or _is_within(core, subject)]

    def _near(self, subject: str) -> list[str]:
        """Made of nearly the same characters, with the same numbers."""
        bare = _bare(subject)
        pairs = _pairs(bare)
        shared = Counter(core for pair in pairs for core in self._pairs.get(pair, ()))
        cores = [core for core, number in shared.items() if number >= _SHARED * len(pairs)]
        return sorted(core for core in cores if _likeness(bare, self._bares[core]) >= _NEAR)


def _is_office(one: str, other: str) -> bool:
    """Whether two issuers are one, of which a title may leave out the place: 教育局, 青石县教育局."""
    return bool(one) and (one.endswith(other) or other.endswith(one))


def _place(core: str) -> str:
    """The place a name seems to begin with; "" where it begins with none or is little more."""
    place = _PLACE.match(core)
    return place[0] if place and len(core) - place.end() >= _SHORTEST else ""


def _local(core: str) -> str:
    """A name without the place it begins with."""
    return core[len(_place(core)) :]


def _bare(core: str) -> str:
    return _FILLER.sub("", _TRIAL.sub("", _local(core)))


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def _is_within(short: str, long: str) -> bool:
    """Whether all characters of one stand in the other in order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _likeness(one: str, other: str) -> float:
    """Twice the characters both have, by all they have; 0 where their numbers differ."""
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return 0.0
    both = (Counter(one) & Counter(other)).total()
    return 2 * both / (len(one) + len(other))
