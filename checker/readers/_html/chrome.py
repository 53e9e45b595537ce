"""What stands around the text of a page: menus, breadcrumbs, footers, share buttons."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from checker.readers._html.elements import Size, name_of, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_WORDS = frozenset(
    re.findall(
        r"\w+",
        "header head top nav navbar menu crumb crumbs breadcrumb breadcrumbs position location dqwz wz "
        "weizhi footer foot bottom copyright share bdshare fenxiang related relative xgxw xgxx xglj sidebar "
        "side toolbar tools search pagination page pager qrcode ewm links friendlink yqlj hot login",
    )
)
_CONTENT_WORDS = frozenset(
    re.findall(
        r"\w+",
        "title bt biaoti article content con main zoom editor detail text info body ucap trs",
    )
)
_HEAD_WORDS = frozenset({"header", "head", "top"})  # of the page, unless inside its content
_CHROME_TEXT = re.compile(
    r"(?:您(?:现在|当前)?(?:的|所在的?)?位置|(?:您)?当前(?:的)?位置|首页\s*[>»›＞]|【?\s*字[体号]|[【\[]?打印(?:本页|[\s】\]]|$)|分享到|扫一扫|"
    r"上一[篇条]|下一[篇条]|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|网站标识码|政府网站标识码|"
    r"\S{0,3}ICP备|\S{1,2}公网安备|网站地图|联系我们|相关(?:阅读|链接|信息|文章|新闻)|浏览次数|责任编辑|Copyright)",
    re.I,
)
LONGEST_CHROME = 120


def is_chrome(element: "_Element", sizes: "Mapping[_Element, Size]") -> bool:
    """Menus, breadcrumbs, footers and the like: by what they are called, or by being mostly links.

    Never what holds a good part of the page's text, whatever it is called.
    """
    size = sizes[element]
    whole = sizes[element.getroottree().getroot()].text
    if size.text > max(200, whole * 3 // 10):
        return False
    if size.links >= 3 and size.linked * 10 >= size.text * 6:
        return True
    words = words_of(element)
    if words & _CONTENT_WORDS:
        return False
    if words & _HEAD_WORDS and any(is_content(above) for above in element.iterancestors()):
        return False
    return name_of(element) in _CHROME_TAGS or bool(words & _CHROME_WORDS)


def is_content(element: "_Element") -> bool:
    named = words_of(element) & {"article", "content", "detail"}
    return bool(named) or name_of(element) in ("article", "main")


def is_chrome_text(text: str) -> bool:
    """Whether a paragraph begins as those around the text of a page do."""
    return len(text) <= LONGEST_CHROME and _CHROME_TEXT.match(text) is not None
