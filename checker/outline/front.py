"""What frames the six sections: page chrome, the title, the preamble and the signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker import comparison
from checker.outline.parts import Piece, Section, Span
from checker.patterns import pattern

_SUBJECT = r"(?:(?:政府|政务)?信息|政务)(?:主动)?公开"
_KIND = r"(?:工作)?(?:20\d\d年?)?(?:年度)?(?:工作)?(?:情况)?的?(?:总结)?(?:年度)?(?:工作)?(?:报告|年报|总结)"
_LEAD = r"[^。;:!?《》,]{0,60}?"
_TITLE = pattern(
    rf"(?P<header>标题:)?(?P<lead>{_LEAD}){_SUBJECT}{_KIND}(?:\([^()]{{1,14}}\))?",
)
_TITLE_IN_LINE = pattern(
    rf"(?:^|(?<=\s))[^\s。;:!?《》,]{{0,40}}20\d\d\s?年度?[^\s。;:!?《》,]{{0,40}}?{_SUBJECT}{_KIND}(?=\s|$)"
)
_CHROME = pattern(
    r"(?:标题|发布时间|发布日期|发布机构|文号|栏目|原文链接|本地目录|(?:信息|稿件)?来源|作者|索引号|主题分类|成文日期"
    r"|公开方式|浏览|点击|字号|字体|时间|日期|审核|责任编辑|编辑)[^。]{0,4}:"
    r"|=+|页面链接|正文$|登录|注册|首页|打印|关闭|分享|(?:您)?(?:当前|现在)?(?:的)?(?:所在)?位置|\[|https?:"
    r"|20\d\d([-/.])\d{1,2}\1\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$"
)
# What a catalogue entry gives before the report, also without a colon.
_KEY = pattern(
    r"索引号|信息分类|组配分类|主题分类|发布机构|发文(?:机关|日期|字号)|信息名称|信息来源|公开日期"
)
_TAIL = pattern(
    r"附件(?:下载|列表)?\s*(?:[::\d]|$)|附:|上一[篇条]|下一[篇条]|相关(?:附件|链接|文章|信息|稿件)|扫一扫|责任编辑|编辑:"
    r"|\[(?:打印|关闭|字体|大|返回|我要)|(?:打印|关闭)(?:本页|窗口|$)|分享(?:到|:|$)|(?:主办|承办|版权所有|网站标识码)"
    r"|浏览次数|点击数|友情链接|网站地图|联系我们|关于我们|返回顶部|.{0,40}(?:ICP备|公网安备)"
)
_TAIL_IN_LINE = pattern(r"\s(?:附件下载|相关附件|\[打印\]|打印|关闭窗口)[\s\w]*$")
_DATE_LINE = pattern(
    r"\(?(?:20\d\d|二[〇零]二.)年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日\)?"
)
_OPENING = pattern(
    r"(?:^|(?<=\s))[\"(]?(?:本(?:年度)?报告|(?:根据|依据|按照|遵照|依照)|为(?:了|认真|深入|进一步|切实|全面|贯彻|做好)"
    r"|现(?:将|公布|公开|向)|由\S)"
)
_ANNOUNCES = pattern(
    r"编制(?:完成)?(?:了)?(?:本|此|《)|编制\s*(?:,|而成)|本(?:年度)?报告(?:所列|中|由|是|的|根据|包括|内容|电子版|共|期限)"
    r"|所列数据|统计(?:期限|时间|时限)|向社会(?:公布|公开).{0,30}年度报告"
)
_SUB_HEADING = pattern(r"(?:^|(?<=[。\s]))(?:\([一二三四五六七八九十]\)|\d[.、]\D)")
_SENTENCE = pattern(r"[^。!?\n]+[。!?]?")


@dataclass(frozen=True, slots=True)
class Frame:
    """title: the spans its lines stand at. chrome: what belongs to the page and not to the report."""

    title: tuple[Span, ...]
    preamble: Span | None
    signature: Span | None
    chrome: tuple[Span, ...]


def frame(view: str, pieces: Sequence[Piece], front: Span, sections: Sequence[Section]) -> Frame:
    """Find the frame of a report whose sections are known."""
    before = [p for p in pieces if p.is_text and front.start <= p.start < front.end]
    title = _title(view, before, front)
    preamble = _preamble_before(view, before, title, front, bool(_numbered(sections, 1)))
    chrome = _chrome_before(view, before, title, preamble, front)
    if preamble is None:
        preamble = _preamble_inside(view, _numbered(sections, 1))
    last = max(sections, key=lambda s: s.body.start, default=None)
    after = [p for p in pieces if p.is_text and last and last.body.start <= p.end and p.end <= last.body.end]
    tail = _tail(view, after)
    signature = _signature(view, [p for p in after if not tail or p.end <= tail.start])
    return Frame(title, preamble, signature, (*chrome, *((tail,) if tail else ())))


def _numbered(sections: Sequence[Section], number: int) -> Section | None:
    return next((s for s in sections if s.number == number), None)


def _words(view: str, piece: Piece) -> str:
    return comparison.squeeze(view[piece.start : piece.end])


# The title


def _title(view: str, pieces: Sequence[Piece], front: Span) -> tuple[Span, ...]:
    """The best candidate: one that names issuer and year, in the body rather than in a page header."""
    candidates = [*_whole_lines(view, pieces, front), *_in_lines(view, pieces, front)]
    if candidates:
        return max(candidates, key=lambda c: c[0])[1]
    marked = [p for p in pieces if p.block.level == 1 and "报告" in _words(view, p)]
    return tuple(Span(p.start, min(p.end, front.end)) for p in marked[:1])


Candidate = tuple[tuple[bool, bool, bool], tuple[Span, ...]]


def _whole_lines(view: str, pieces: Sequence[Piece], front: Span) -> list[Candidate]:
    """Titles that fill one to three lines."""
    lines = [p for p in pieces if p.end <= front.end]
    found: list[Candidate] = []
    for size in (1, 2, 3):
        for first in range(len(lines) - size + 1):
            window = lines[first : first + size]
            words = "".join(_words(view, p) for p in window)
            match = _TITLE.fullmatch(words) if len(words) <= 90 and not _KEY.match(words) else None
            lead = match["lead"] if match else ""
            if match is None or re.search(rf"报告|年报|{_SUBJECT}", lead):
                continue
            rest = "".join(_words(view, p) for p in window[1:])
            if rest and _TITLE.fullmatch(rest) and not _names(lead):
                continue
            spans = tuple(Span(p.start, p.end) for p in window)
            if match["header"]:
                start = view.index(":", spans[0].start) + 1
                spans = (Span(start + len(view[start:]) - len(view[start:].lstrip()), spans[0].end),)
            found.append(((_names(lead), bool(re.search(r"20\d\d", words)), not match["header"]), spans))
    return found


def _names(lead: str) -> bool:
    """Whether anything but the year stands before the subject of the title."""
    return bool(re.sub(r"20\d\d(?:[-~]20\d\d)?|年度?|关于|\W", "", lead))


def _in_lines(view: str, pieces: Sequence[Piece], front: Span) -> list[Candidate]:
    """Titles within a page published as one line."""
    found: list[Candidate] = []
    for piece in pieces:
        end = min(piece.end, front.end, piece.start + 600)
        if end - piece.start > 90:
            for match in _TITLE_IN_LINE.finditer(view, piece.start, end):
                found.append(((_names(match.group()[:-9]), True, True), (Span(match.start(), match.end()),)))
    return found


# Preamble and chrome


def _preamble_before(
    view: str, pieces: Sequence[Piece], title: Sequence[Span], front: Span, complete: bool
) -> Span | None:
    """From its first sentence after the title to the first section.

    complete: the heading of section one was found. Where it was lost, the text before the next
    section is a preamble only as far as it says so, and up to the first sub-heading.
    """
    begin = max((s.end for s in title), default=front.start)
    openings = (_opening(view, p, begin, front) for p in pieces if p.end > begin)
    start = next((o for o in openings if o is not None), None)
    if start is None:
        return None
    end = front.end
    if not complete:
        sub_heading = _SUB_HEADING.search(view, start, end)
        end = sub_heading.start() if sub_heading else end
        if not _ANNOUNCES.search(view, start, end):
            return None
    end = start + len(view[start:end].rstrip())
    return Span(start, end) if end - start >= 10 else None


def _opening(view: str, piece: Piece, begin: int, front: Span) -> int | None:
    """Where a block starts to speak as a preamble does."""
    start, end = max(piece.start, begin), min(piece.end, front.end)
    if end - start < 15:
        return None
    match = _OPENING.search(view[start:end])
    if match:
        return start + match.start()
    at_start = not _CHROME.match(view[start:end].strip())
    return start if at_start and _ANNOUNCES.search(view, start, end) else None


def _preamble_inside(view: str, section: Section | None) -> Span | None:
    """A preamble set below the heading of section one: its sentences up to the last that speaks as one."""
    if section is None:
        return None
    sub_heading = _SUB_HEADING.search(view[section.body.start : section.body.end])
    stop = section.body.start + sub_heading.start() if sub_heading else section.body.end
    sentences = [m for m in _SENTENCE.finditer(view, section.body.start, stop) if m.group().strip()]
    announcing = [i for i, m in enumerate(sentences[:10]) if _ANNOUNCES.search(m.group())]
    if not announcing or announcing[0] > 1:
        return None
    start = sentences[0].start() + len(sentences[0].group()) - len(sentences[0].group().lstrip())
    return Span(start, sentences[announcing[-1]].end())


def _chrome_before(
    view: str, pieces: Sequence[Piece], title: Sequence[Span], preamble: Span | None, front: Span
) -> list[Span]:
    """Lines of the page before the first section, and all between title and preamble on a one-line page."""
    kept = sorted([*title, *([preamble] if preamble else [])], key=lambda s: s.start)
    chrome: list[Span] = []
    for piece in pieces:
        span = Span(piece.start, min(piece.end, front.end))
        parts = [k for k in kept if k.start < span.end and k.end > span.start]
        if parts:
            edges = [span.start, *(e for k in parts for e in (k.start, k.end)), span.end]
            chrome += [Span(a, b) for a, b in list(pairwise(edges))[::2]]
        elif _CHROME.match(view[span.start : span.end].strip()) or (kept and span.end <= kept[0].start):
            chrome.append(span)
    return [s for s in chrome if s.end > s.start]


# The end


def _tail(view: str, pieces: Sequence[Piece]) -> Span | None:
    """What a page adds after the last section: attachments, buttons, the footer."""
    for number, piece in enumerate(pieces):
        if number and _TAIL.match(view[piece.start : piece.end].strip()):
            return Span(piece.start, pieces[-1].end)
    in_line = _TAIL_IN_LINE.search(view, pieces[-1].start, pieces[-1].end) if pieces else None
    return Span(in_line.start(), in_line.end()) if in_line else None


def _signature(view: str, pieces: Sequence[Piece]) -> Span | None:
    """The closing date line and the short line with the office's name above it."""
    if len(pieces) < 2 or not _DATE_LINE.fullmatch(_words(view, pieces[-1])):
        return None
    above = _words(view, pieces[-2])
    named = len(pieces) > 2 and len(above) <= 40 and not re.search(r"[。,;:]", above)
    return Span(pieces[-2 if named else -1].start, pieces[-1].end)
