"""The official tables as printed forms: their rows, columns, wordings and codes, in order.

Sources: 国办公开办函〔2021〕30号, annex (tables of sections 二, 三, 四), and the trial form of
国办公开办函〔2019〕60号, used for reports up to 2020. Codes are those of the fact vocabulary.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from checker import comparison
from checker.bilingual import Bilingual

PIECES = Bilingual("件", "items")
TEN_THOUSAND_YUAN = Bilingual("万元", "10,000 yuan")
FEN_PER_TEN_THOUSAND_YUAN = 1_000_000


def canonical(text: str) -> str:
    """The comparison view without blanks, punctuation and brackets: for labels."""
    return _canonical(text) if len(text) <= LONGEST_LABEL else _canonical.__wrapped__(text)


LONGEST_LABEL = 60
"""Labels and cells come again and again; only they are remembered."""


@lru_cache(maxsize=4096)
def _canonical(text: str) -> str:
    return re.sub(r"[\W_]", "", comparison.view(text))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, what people call it, and whether it holds money (万元) instead of a count.

    any_unit: the form states no unit of the money, so that a cell may (万元 or 元).
    """

    code: str
    name: Bilingual
    amount: bool = False
    any_unit: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `mark` is its numeral on the form, `wording` its label without it.

    variants are other official printings of the label; misprints are wordings seen in use that are
    not official; stand_in is a column header that belongs to this row alone, so that figures right
    after it in running text are its. name is what people call the row, with the item it belongs to.
    """

    code: str
    mark: str
    wording: str
    name: Bilingual
    columns: tuple[Column, ...]
    variants: tuple[str, ...] = ()
    misprints: tuple[str, ...] = ()
    stand_in: str = ""
    wordings: tuple[str, ...] = field(init=False)
    """The label and its variants and misprints, canonical, without the numeral."""

    def __post_init__(self) -> None:
        printed = (self.wording, *self.variants, *self.misprints)
        object.__setattr__(self, "wordings", tuple(map(canonical, printed)))

    def official(self, label: str) -> bool:
        """Whether a canonical label is this row's own; its numeral may be missing but not wrong."""
        official = (canonical(self.wording), *map(canonical, self.variants))
        return any(label in (w, self.mark + w) for w in official)


@dataclass(frozen=True, slots=True)
class Form:
    """One table of one format. ordered: rows are only found in the order of the form."""

    key: str
    format: str
    name: Bilingual
    rows: tuple[Row, ...]
    groups: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    ordered: bool = True

    def row(self, code: str) -> Row:
        return next(r for r in self.rows if r.code == code)


# Table 2 ---------------------------------------------------------------------------------------------

DISCLOSURE_NAME = Bilingual("表二", "Table 2")
DECISIONS = Column("decisions", Bilingual("本年处理决定数量", "decisions this year"))
FEES = Column("amount", Bilingual("本年收费金额", "fees charged this year"), amount=True)
DOCUMENT_COLUMNS = (
    Column("made", Bilingual("本年制发件数", "issued this year")),
    Column("repealed", Bilingual("本年废止件数", "repealed this year")),
    Column("in_force", Bilingual("现行有效件数", "in force")),
)
TRIAL_DOCUMENT_COLUMNS = (
    Column("made", Bilingual("本年新制作数量", "newly made this year")),
    Column("published", Bilingual("本年新公开数量", "newly published this year")),
    Column("total", Bilingual("对外公开总数量", "published in total")),
)
_CHANGE = (
    Column("previous", Bilingual("上一年项目数量", "last year")),
    Column("change", Bilingual("本年增/减", "change this year")),
)
OLD_HEADERS = (
    "本年新制作数量",
    "本年新公开数量",
    "对外公开总数量",
    "上一年项目数量",
    "本年增/减",
    "采购项目数量",
    "采购总金额",
)
_REGULATIONS = Bilingual("规章", "Government rules")
_NORMATIVE = Bilingual("行政规范性文件", "Administrative normative documents")
_LICENCES = Bilingual("行政许可", "Administrative licences")
_PENALTIES = Bilingual("行政处罚", "Administrative penalties")
_COERCION = Bilingual("行政强制", "Administrative coercion")
_FEES = Bilingual("行政事业性收费", "Administrative fees")

DISCLOSURE = Form(
    "disclosure",
    "2021",
    DISCLOSURE_NAME,
    (
        Row("regulations", "", "规章", _REGULATIONS, DOCUMENT_COLUMNS),
        Row(
            "normative_documents",
            "",
            "行政规范性文件",
            _NORMATIVE,
            DOCUMENT_COLUMNS,
            misprints=("规范性文件",),
        ),
        Row("licences", "", "行政许可", _LICENCES, (DECISIONS,)),
        Row("penalties", "", "行政处罚", _PENALTIES, (DECISIONS,)),
        Row("coercion", "", "行政强制", _COERCION, (DECISIONS,)),
        Row("fees", "", "行政事业性收费", _FEES, (FEES,), stand_in="本年收费金额（单位：万元）"),
    ),
    headers=("信息内容", "本年处理决定数量", "本年制发件数", "本年废止件数", "现行有效件数"),
    ordered=False,
)
TRIAL_DISCLOSURE = Form(
    "disclosure",
    "2019",
    DISCLOSURE_NAME,
    (
        Row("regulations", "", "规章", _REGULATIONS, TRIAL_DOCUMENT_COLUMNS),
        Row(
            "normative_documents",
            "",
            "规范性文件",
            Bilingual("规范性文件", "Normative documents"),
            TRIAL_DOCUMENT_COLUMNS,
            misprints=("行政规范性文件",),
        ),
        Row("licences", "", "行政许可", _LICENCES, (*_CHANGE, DECISIONS)),
        Row(
            "other_services",
            "",
            "其他对外管理服务事项",
            Bilingual("其他对外管理服务事项", "Other services to the public"),
            (*_CHANGE, DECISIONS),
        ),
        Row("penalties", "", "行政处罚", _PENALTIES, (*_CHANGE, DECISIONS)),
        Row("coercion", "", "行政强制", _COERCION, (*_CHANGE, DECISIONS)),
        Row("fees", "", "行政事业性收费", _FEES, _CHANGE),
        Row(
            "procurement",
            "",
            "政府集中采购",
            Bilingual("政府集中采购", "Central government procurement"),
            (
                Column("items", Bilingual("采购项目数量", "procurement items")),
                Column("value", Bilingual("采购总金额", "procurement value"), amount=True, any_unit=True),
            ),
        ),
    ),
    headers=("信息内容", *OLD_HEADERS, "处理决定数量"),
    ordered=False,
)

# Table 3 ---------------------------------------------------------------------------------------------

APPLICANTS = (
    Column("natural_person", Bilingual("自然人", "Natural persons")),
    Column("business", Bilingual("商业企业", "Businesses")),
    Column("research", Bilingual("科研机构", "Research institutions")),
    Column("public_welfare", Bilingual("社会公益组织", "Public welfare organisations")),
    Column("legal_service", Bilingual("法律服务机构", "Legal service organisations")),
    Column("other_organisation", Bilingual("其他", "Other organisations")),
    Column("total", Bilingual("总计", "Total")),
)


def _row(code: str, item: str, mark: str, wording: str, english: str, *variants: str, name: str = "") -> Row:
    return Row(code, mark, wording, Bilingual(f"{item}{name or wording}", english), APPLICANTS, variants)


def _total_row(code: str, item: str, mark: str, wording: str, english: str) -> Row:
    name = Bilingual(f"{item}{wording}", english)
    return Row(code, mark, wording, name, APPLICANTS, misprints=("合计",))


_PARTLY = "部分公开（区分处理的，只计这一情形，不计其他情形）"
_NOT_CORRECTED = "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
_FEE_UNPAID = "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"

_TO_REJECTIONS = (
    _row("new", "一、", "一", "本年新收政府信息公开申请数量", "1. New applications received"),
    _row("carried_in", "二、", "二", "上年结转政府信息公开申请数量", "2. Carried in from last year"),
    _row("granted", "三（一）", "一", "予以公开", "3(1) Granted"),
    _row("partly_granted", "三（二）", "二", _PARTLY, "3(2) Partly granted", "部分公开", name="部分公开"),
    _row("refused_state_secret", "三（三）1.", "1", "属于国家秘密", "3(3)1 Refused: state secret"),
    _row(
        "refused_other_law", "三（三）2.", "2", "其他法律行政法规禁止公开", "3(3)2 Refused: other law forbids"
    ),
    _row(
        "refused_three_securities",
        "三（三）3.",
        "3",
        "危及“三安全一稳定”",
        "3(3)3 Refused: endangers security or stability",
    ),
    _row("refused_third_party", "三（三）4.", "4", "保护第三方合法权益", "3(3)4 Refused: third-party rights"),
    _row(
        "refused_internal_affairs",
        "三（三）5.",
        "5",
        "属于三类内部事务信息",
        "3(3)5 Refused: internal affairs",
    ),
    _row("refused_process", "三（三）6.", "6", "属于四类过程性信息", "3(3)6 Refused: process information"),
    _row(
        "refused_enforcement_file", "三（三）7.", "7", "属于行政执法案卷", "3(3)7 Refused: enforcement file"
    ),
    _row(
        "refused_administrative_query",
        "三（三）8.",
        "8",
        "属于行政查询事项",
        "3(3)8 Refused: administrative query",
    ),
    _row("unable_not_held", "三（四）1.", "1", "本机关不掌握相关政府信息", "3(4)1 Not available: not held"),
    _row(
        "unable_not_ready_made",
        "三（四）2.",
        "2",
        "没有现成信息需要另行制作",
        "3(4)2 Not available: would have to be made",
    ),
    _row(
        "unable_still_unclear",
        "三（四）3.",
        "3",
        "补正后申请内容仍不明确",
        "3(4)3 Not available: still unclear after correction",
    ),
    _row(
        "rejected_petition",
        "三（五）1.",
        "1",
        "信访举报投诉类申请",
        "3(5)1 Not processed: petition or complaint",
    ),
    _row("rejected_repeat", "三（五）2.", "2", "重复申请", "3(5)2 Not processed: repeated application"),
    _row(
        "rejected_publication",
        "三（五）3.",
        "3",
        "要求提供公开出版物",
        "3(5)3 Not processed: published material",
    ),
    _row(
        "rejected_excessive",
        "三（五）4.",
        "4",
        "无正当理由大量反复申请",
        "3(5)4 Not processed: excessive without cause",
    ),
    _row(
        "rejected_confirmation",
        "三（五）5.",
        "5",
        "要求行政机关确认或重新出具已获取信息",
        "3(5)5 Not processed: confirmation of information already obtained",
    ),
)
OTHER_HANDLING = _row("other_handling", "三（六）", "六", "其他处理", "3(6) Otherwise handled")
OTHER_ITEMS = (
    _row(
        "other_not_corrected",
        "三（六）1.",
        "1",
        _NOT_CORRECTED,
        "3(6)1 Otherwise: not corrected in time",
        name="申请人无正当理由逾期不补正",
    ),
    _row(
        "other_fee_unpaid",
        "三（六）2.",
        "2",
        _FEE_UNPAID,
        "3(6)2 Otherwise: fee not paid in time",
        name="申请人逾期未按收费通知要求缴纳费用",
    ),
    _row("other_other", "三（六）3.", "3", "其他", "3(6)3 Otherwise: other"),
)
_CLOSING = (
    _total_row("handled_total", "三（七）", "七", "总计", "3(7) Total handled"),
    _row(
        "carried_out",
        "四、",
        "四",
        "结转下年度继续办理",
        "4. Carried over to next year",
        "结转下年度继续办理数量",
    ),
)
APPLICATIONS_NAME = Bilingual("表三", "Table 3")
_GROUPS = ("三本年度办理结果", "三不予公开", "四无法提供", "五不予处理", "六其他处理")
_HEADERS = ("申请人情况", "法人或其他组织", *(c.name.zh for c in APPLICANTS))


def _applications(format: str, other: tuple[Row, ...]) -> Form:
    rows = (*_TO_REJECTIONS, *other, *_CLOSING)
    return Form("applications", format, APPLICATIONS_NAME, rows, _GROUPS, _HEADERS)


APPLICATIONS = _applications("2021", OTHER_ITEMS)
APPLICATIONS_ONE_OTHER_ROW = _applications("2021", (OTHER_HANDLING,))
TRIAL_APPLICATIONS = _applications("2019", (OTHER_HANDLING,))
# Only to find out which of the three is printed.
ANY_APPLICATIONS = _applications("", (OTHER_HANDLING, *OTHER_ITEMS))

# Table 4 ---------------------------------------------------------------------------------------------

RESULTS = (
    Column("upheld", Bilingual("结果维持", "Upheld")),
    Column("corrected", Bilingual("结果纠正", "Corrected")),
    Column("other", Bilingual("其他结果", "Other result")),
    Column("pending", Bilingual("尚未审结", "Pending")),
    Column("total", Bilingual("总计", "Total")),
)
PROCEEDINGS = Form(
    "proceedings",
    "2021",
    Bilingual("表四", "Table 4"),
    (
        Row("review", "", "行政复议", Bilingual("行政复议", "Administrative review"), RESULTS),
        Row(
            "direct_suit",
            "",
            "未经复议直接起诉",
            Bilingual("未经复议直接起诉", "Suit without prior review"),
            RESULTS,
            variants=("行政诉讼未经复议直接起诉",),
        ),
        Row(
            "suit_after_review",
            "",
            "复议后起诉",
            Bilingual("复议后起诉", "Suit after review"),
            RESULTS,
            variants=("行政诉讼复议后起诉",),
        ),
    ),
    headers=("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *(c.name.zh for c in RESULTS)),
)
# The header words of table 4, also as pieces left over where a flattener cut them at a line break.
PROCEEDINGS_WORDS = (*PROCEEDINGS.headers, "结果", "其他", "尚未", "维持", "纠正", "审结")


def balances(form: Form) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The sums over rows of table 3: 一 + 二 = 三（七） + 四, and （七） is the sum of the rows above it."""
    closing = ("handled_total", "carried_out")
    leaves = tuple(r.code for r in form.rows if r.code not in ("new", "carried_in", *closing))
    return (leaves, ("handled_total",)), (("new", "carried_in"), closing)
