"""Why a file is not read at all: one language for all forms, a code for each reason."""

from collections.abc import Mapping

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.location import Location

REASONS: Mapping[str, Bilingual] = {
    "empty-file": Bilingual("文件是空的", "the file is empty"),
    "no-text": Bilingual("文件里没有文字", "the file has no text"),
    "undecodable": Bilingual(
        "不是可读的文本：按 UTF-8、UTF-16、GB 18030 和 Big5 都读不出中文",
        "no readable text: neither UTF-8, UTF-16, GB 18030 nor Big5 gives Chinese",
    ),
    "unsupported-kind": Bilingual("本工具不读这种文件", "this kind of file is not read"),
    "converter-missing": Bilingual(
        "读 DOC、WPS 文件需要转换程序，还没有安装：pip install 'governance-checker[legacy]'",
        "DOC and WPS files need a converter that is not installed: pip install 'governance-checker[legacy]'",
    ),
    "encrypted": Bilingual(
        "文件已加密，要密码才能打开；请提交未加密、去掉密码的文件",
        "the file is encrypted and takes a password to open; hand in one without a password",
    ),
    "damaged": Bilingual(
        "文件已损坏或不完整，读不出；请重新取得文件，或用原来的软件打开后另存",
        "the file is damaged or cut short and cannot be read; fetch it again, or open it with the program it "
        "came from and save it again",
    ),
    "too-large": Bilingual(
        "文件超出可安全读取的范围，不读", "the file is beyond what can be read safely; it is not read"
    ),
    "part-name": Bilingual(
        "文件内部有重名或不合规的部件名，不读；请用文字处理软件打开后另存",
        "a part inside has a name used twice or not allowed; the file is not read: open and save it again "
        "with a word processor",
    ),
    "document-type": Bilingual(
        "文件内部带有文档类型声明（DTD），为安全起见不读",
        "a part inside declares a document type (DTD); for safety the file is not read",
    ),
    "view-source": Bilingual(
        "这是网页的源代码，不是网页本身；请在浏览器里打开网页（不是“查看源代码”），再另存为网页",
        "this is the source of a page shown as text; open the page itself in a browser and save that",
    ),
}
"""What each code means, said where nothing more can be."""

SCAN = Bilingual(
    "是扫描件：页面是图像，没有文字层，读不出文字；请交 Word 文件，或经文字识别（OCR）并校对过的文件",
    "it is a scan: its pages are images without a text layer; hand in the Word file, or one put through text "
    "recognition and proofread",
)


def refusal(
    code: str, place: Location, message: Bilingual | None = None, fix: Bilingual | None = None
) -> InputError:
    """The refusal of that code; message: what exactly it is here. An unknown code raises KeyError."""
    reason = REASONS[code]
    return InputError([Problem(code, message or reason, place, fix=fix)])


def beyond(place: Location, zh: str, en: str) -> InputError:
    """The refusal of a file that has more of something, or nests it deeper, than a report could need."""
    reason = REASONS["too-large"]
    return refusal("too-large", place, Bilingual(f"{reason.zh}：{zh}", f"{reason.en}: {en}"))
