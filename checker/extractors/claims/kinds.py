"""The claims the indicators use, each with the words that make a number that claim.

A number makes at most one claim: the first kind of KINDS that fits. `lead` must match where the words
before the number end; `tail` may stand in for it where the counted noun follows the number.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from checker.bilingual import Bilingual
from checker.patterns import pattern

_CASES = "件 宗 起 份 条 个 例 项 次 笔 ?"
_ITEMS = "条 篇 则 件 个 份 项 期"
_DECISIONS = "件 项 宗 起 个 例 次 本 ?"


@dataclass(frozen=True, slots=True)
class Kind:
    """One claim.

    units: classifiers; ? for one left out, - for a number like 536 万 that needs none.
    topic: the sentence must speak of applications (or the one before it, or the sub-heading), or of fees.
    within: must occur in the clause. before: must occur in the sentence before the number.
    unless: refuses where it occurs between the number before and this one.
    total: a figure introduced by 其中 is then only part of what the claim is about.
    """

    name: str
    label: Bilingual
    units: str
    lead: str
    tail: str = ""
    topic: Literal["", "applications", "fees"] = ""
    within: str = ""
    before: str = ""
    unless: str = ""
    total: bool = False


_REQUEST = r"(?:依申请(?:信息公开)?|申请公开|公开(?:的)?申请|信息.{0,4}申请)(?:申请|信息|办件|事项|件|数)*"
_ANSWERED = (
    "(?:办结|答复|办理|办复|办毕|处理|回复|完成答复|完成办理|办理答复|办理完成|办理办结|完成)"
    "(?:了|完毕|完成|答复)?"
)
_INTERPRETING = "(?:解读|解读类)(?:信息|材料|稿件|产品|文章|作品|文件|活动|内容)?(?:发布)?"
_MENDED = "整改|改正|更正|纠正|修正|修改|修复|处置|清理|清除|删除"
_PUBLISHED = "公开|公布|发布|推送|刊发|刊登|更新|上传|发文"

KINDS: tuple[Kind, ...] = (
    # Applications
    Kind(
        "applications_carried_in",
        Bilingual("上年结转申请", "applications carried in"),
        _CASES,
        r"(?:(?:上一?年度?|去年|往年|年初|20\d\d年度?)(?:结转|转入|遗留|未办结)(?![至到]).{0,16}"
        r"|结转自?(?:上一?年度?|去年).{0,16})$",
    ),
    Kind(
        "applications_carried_out",
        Bilingual("结转下年度申请", "applications carried out"),
        _CASES,
        r"(?:结转|转)(?:至|到|入)?(?:下一?年度?|次年|明年|20\d\d年度?)(?:继续)?(?:办理|处理)?.{0,6}$",
        tail=r"^.{0,10}(?:结转|转)(?:至|到|入)?(?:下|次年|明年|20\d\d年)",
    ),
    Kind(
        "proceedings",
        Bilingual("行政复议与行政诉讼", "reviews and suits together"),
        _CASES,
        r"(?:复议(?:案件)?(?:[、和及或与])?(?:被)?(?:提起)?(?:行政)?(?:诉讼|应诉)(?:案件|案)?|(?<=相关)案件)$",
        before="复议",
    ),
    Kind(
        "reviews_upheld",
        Bilingual("行政复议结果维持", "reviews upheld"),
        _CASES,
        r"复议.{0,10}维持(?:原.{0,4})?$",
    ),
    Kind(
        "suits_upheld",
        Bilingual("行政诉讼结果维持", "suits upheld"),
        _CASES,
        r"诉讼.{0,10}维持(?:原.{0,4})?$",
    ),
    Kind(
        "reviews_corrected",
        Bilingual("行政复议结果纠正", "reviews corrected"),
        _CASES,
        r"复议.{0,10}(?:纠正|纠错|撤销)$",
    ),
    Kind(
        "suits_corrected",
        Bilingual("行政诉讼结果纠正", "suits corrected"),
        _CASES,
        r"诉讼.{0,10}(?:纠正|纠错|撤销|败诉)$",
    ),
    Kind(
        "reviews",
        Bilingual("行政复议", "reviews"),
        _CASES,
        r"行政复议(?:申请|案件|案)?$",
        unless="听证|调解|审理|胜",
    ),
    Kind(
        "suits",
        Bilingual("行政诉讼", "suits"),
        _CASES,
        r"(?:行政诉讼|行政应诉|提起诉讼)(?:案件|案)?$",
        unless="胜",
    ),
    Kind(
        "applications_partly_granted",
        Bilingual("部分公开", "partly granted"),
        _CASES,
        r"^(?:其中)?.{0,12}(?<!及)(?<!和)(?<!与)(?<!、)部分公开(?:答复)?的?$",
        topic="applications",
    ),
    Kind(
        "applications_granted",
        Bilingual("予以公开", "granted"),
        _CASES,
        r"(?:(?<!不)(?:予以|同意|全部|决定)公开(?:答复)?的?|^(?:其中)?公开)$",
        topic="applications",
    ),
    Kind(
        "applications_refused",
        Bilingual("不予公开", "refused"),
        _CASES,
        r"不予(?:以)?公开(?:答复)?的?$",
        topic="applications",
    ),
    Kind(
        "applications_not_available",
        Bilingual("无法提供", "not available"),
        _CASES,
        r"(?:无法|不能)(?:予以)?提供(?:答复)?的?$",
        topic="applications",
    ),
    Kind(
        "applications_not_processed",
        Bilingual("不予处理", "not processed"),
        _CASES,
        r"不予处理(?:答复)?的?$",
        topic="applications",
    ),
    Kind(
        "applications_otherwise",
        Bilingual("其他处理", "otherwise handled"),
        _CASES,
        r"^(?:其中)?.{0,6}其[他它]处理(?:方式)?的?$",
        topic="applications",
    ),
    Kind(
        "applications_from_persons",
        Bilingual("自然人申请", "applications from persons"),
        _CASES,
        r"(?:自然人|公民|个人)(?:申请|提出|提交|类|的|政府信息公开)*$",
        topic="applications",
    ),
    Kind(
        "applications_from_organisations",
        Bilingual("法人或其他组织申请", "applications from organisations"),
        _CASES,
        r"法人(?:或者?|和|及|、|与)?(?:其[他它])?组织(?:申请|提出|提交|类|的|政府信息公开)*$",
        topic="applications",
    ),
    Kind(
        "applications_online",
        Bilingual("网上申请", "applications online"),
        _CASES,
        r"(?:网络|网上|互联网|在线|线上|网站|平台|系统)(?:渠道|方式|途径|申请|提交|收到|受理|接收|的)*$",
        topic="applications",
        unless="[、和及](?:信函|当面|现场|邮)",
    ),
    Kind(
        "applications_counter",
        Bilingual("当面申请", "applications at the counter"),
        _CASES,
        r"(?:当面|现场|窗口|上门)(?:渠道|方式|途径|申请|提交|递交|收到|受理|接收|的)*$",
        topic="applications",
        unless="[、和及](?:信函|网|邮)",
    ),
    Kind(
        "applications_post",
        Bilingual("信函申请", "applications by post"),
        _CASES,
        r"(?:信函|邮寄|邮政|来信|信件)(?:渠道|方式|途径|申请|提交|寄送|收到|受理|接收|的)*$",
        topic="applications",
        unless="[、和及](?:网|当面|现场|传真|电子)",
    ),
    Kind(
        "applications_received",
        Bilingual("收到申请", "applications received"),
        _CASES,
        rf"(?:收到|接到|接收|收悉|受理|新收|新增|登记)(?:了|到)?[^,]{{0,24}}?{_REQUEST}$"
        r"|(?:收到|接到|接收|受理)(?:了|到)?(?:各类|有效)?申请件?$",
        tail=r"^(?:的)?(?:政府|政务)?(?:信息)?(?:公开)?(?:依)?申请(?!人)",
        topic="applications",
        within="收到|接到|接收|收悉|受理|新收|新增|登记",
        unless="复议|诉讼|许可|低保|救助|补贴|结转|办结|答复|办理|费|退回|转送|未",
        total=True,
    ),
    Kind(
        "applications_received",
        Bilingual("收到申请", "applications received"),
        _CASES,
        r"^(?:20\d\d年|全年|本年度?|年内|全.|我.|本.|[共有])*(?:政府信息公开申请|依申请(?:信息)?公开(?:申请|办件|件)?)$"
        r"|(?:收到|受理|接收)$",
        before="依申请|申请公开|公开申请",
        unless="费|投诉|举报|诉求|咨询",
        total=True,
    ),
    Kind(
        "applications_handled",
        Bilingual("办结申请", "applications handled"),
        _CASES,
        rf"{_ANSWERED}(?:的)?(?:{_REQUEST}|申请|政府信息|政府|公开)*(?:申请|件|答复|办理)*$",
        topic="applications",
        unless="复议|诉讼|案件|建议|提案|诉求|信访|投诉|咨询|留言|热线|工单|许可|当场|延期|超期|逾期|提前|协助|转办|其[他它]处理|不予处理|收费",
        total=True,
    ),
    # Fees
    Kind(
        "fee_notices",
        Bilingual("收费通知", "fee notices"),
        "件 份 张 次 个",
        r"(?:收费|缴费|缴款)(?:通知|告知)书?$",
    ),
    Kind(
        "fees_charged",
        Bilingual("信息处理费", "information-processing fees"),
        "元",
        r"(?:费用?(?:合计|金额)?|收取|金额)$",
        topic="fees",
        unless="行政事业性|投入|经费|减免|免收|罚|采购",
        total=True,
    ),
    # Table 2 in words
    Kind(
        "normative_in_force",
        Bilingual("现行有效规范性文件", "normative documents in force"),
        "件 份 个 部 ?",
        r"(?:(?:现行|继续|保留)有效的?(?:行政)?规范性文件|规范性文件[^,]{0,12}(?:现行|继续)有效|^(?:现行|继续)有效)$",
        before="规范性文件",
    ),
    Kind(
        "normative_repealed",
        Bilingual("废止规范性文件", "normative documents repealed"),
        "件 份 个 部 ?",
        r"(?:废止|失效)[^,;]{0,10}规范性文件$|规范性文件[^,;]{0,8}(?:废止|失效)$|^(?:废止|宣布失效)$",
        before="规范性文件",
    ),
    Kind(
        "normative_made",
        Bilingual("制发规范性文件", "normative documents made"),
        "件 份 个 部 ?",
        r"(?:制发|制定|出台|印发|新增|发布|公开)[^,;]{0,16}规范性文件$|规范性文件[^,;]{0,8}(?:制发|制定|出台|印发)$"
        r"|^(?:制发|新?制定|出台)$",
        before="规范性文件",
        unless="废止|失效|有效|解读",
    ),
    Kind(
        "policies_published",
        Bilingual("公开政策文件", "policy documents published"),
        "件 份 个 部",
        r"(?:公开|公布|发布|印发|出台)[^,;]{0,12}政策性?文件$",
        unless="解读|征求|转[发载]|上级|国家",
        total=True,
    ),
    Kind(
        "licences",
        Bilingual("行政许可处理决定", "licence decisions"),
        _DECISIONS,
        r"行政许可(?:类)?(?:处理)?(?:决定|案件|办件|事项)?$",
        unless="信息|双公示|清单|目录|梳理|申请|取消|下放",
    ),
    Kind(
        "penalties",
        Bilingual("行政处罚处理决定", "penalty decisions"),
        _DECISIONS,
        r"行政处罚(?:类)?(?:处理)?(?:决定书?|案件)?$",
        unless="信息|双公示|清单|目录|梳理|罚款",
    ),
    Kind(
        "coercion",
        Bilingual("行政强制处理决定", "coercion decisions"),
        _DECISIONS,
        r"行政强制(?:类)?(?:措施|执行)?(?:处理)?(?:决定书?|案件)?$",
        unless="信息|双公示|清单|目录|梳理",
    ),
    # Interpretation
    Kind(
        "interpretations_graphic",
        Bilingual("图解解读", "graphic interpretations"),
        "篇 条 件 个 期 张 幅 次 份 则",
        r"(?:图解|图片|图表|一图读懂)(?:类|式|形式)?(?:政策)?(?:解读)?(?:产品|材料|信息)?$",
    ),
    Kind(
        "interpretations_video",
        Bilingual("视频解读", "video interpretations"),
        "篇 条 件 个 期 部 次 则",
        r"(?:解读(?:短视频|微视频|小视频|视频|动漫)|(?:短视频|微视频|视频|动漫|音视频)(?:类|式|形式)?(?:政策)?解读)(?:产品)?$",
    ),
    Kind(
        "interpretations_official",
        Bilingual("负责人解读", "interpretations by officials"),
        "篇 条 件 个 期 次 场 则",
        r"(?:负责人|领导|主要领导|一把手|局长|主任)(?:带头)?(?:政策)?解读(?:文章|稿件|信息)?$",
    ),
    Kind(
        "interpretations",
        Bilingual("政策解读", "interpretations"),
        "篇 条 件 个 期 次 部 份 则",
        rf"{_INTERPRETING}$",
        tail=r"^(?:政策|文件|政策文件)解读",
        unless="会议|常务|应解读|已解读|需解读|培训|专栏|栏目|专题",
        total=True,
    ),
    # Accounts, before items: a channel may be named in both
    Kind(
        "accounts_closed",
        Bilingual("关停账号", "accounts closed"),
        "个 家",
        r"(?:政务新媒体|账号|公众号|微博|抖音号|视频号)$",
        tail=r"^[^,]{0,24}(?:政务新媒体|账号|公众号)[^,]{0,8}(?:关停|注销|关闭)",
        within="关停|注销|关闭|停用",
        unless="备案|未.{0,2}关停",
    ),
    Kind(
        "accounts_filed",
        Bilingual("备案账号", "accounts filed"),
        "个 家",
        r"备案(?:的)?(?:政务新媒体)?账号$",
        unless="运行|共有",
    ),
    Kind(
        "accounts_cleaned",
        Bilingual("清理账号", "accounts cleaned up"),
        "个 家",
        r"(?:清理|整合|清退)(?:的|了|僵尸)?[^,]{0,8}(?:政务新媒体|账号|公众号)$",
    ),
    Kind(
        "accounts_wechat",
        Bilingual("微信公众号", "WeChat accounts"),
        "个 家",
        r"(?:微信|公众号)(?:平台|账号|号)?$",
        unless="粉丝|关注|订阅|发布|推送|阅读",
    ),
    Kind(
        "accounts_weibo",
        Bilingual("微博账号", "Weibo accounts"),
        "个 家",
        r"微博(?:平台|账号|号)?$",
        unless="粉丝|关注|订阅|发布|推送|阅读",
    ),
    Kind(
        "accounts_douyin",
        Bilingual("抖音账号", "Douyin accounts"),
        "个 家",
        r"抖音(?:平台|账号|号)?$",
        unless="粉丝|关注|订阅|发布|推送|阅读",
    ),
    Kind(
        "accounts",
        Bilingual("政务新媒体账号", "new-media accounts"),
        "个 家",
        r"(?:政务新媒体|新媒体|政务新媒体账号|新媒体账号)$",
        tail=r"^政务新媒体(?:账号)?(?!平台)",
        unless="关停|注销|清理|整合|排查出|需|粉丝|检查|抽查|新增|新开|对|将",
        total=True,
    ),
    # Items published
    Kind(
        "links_fixed",
        Bilingual("修复失效链接", "dead links mended"),
        "处 条 个 项",
        r"(?:失效|无效|错误)的?链接$|(?:错链|断链|死链|暗链)$",
        before=_MENDED,
        unless="疑似",
    ),
    Kind(
        "errors_fixed",
        Bilingual("改正错误", "errors corrected"),
        "处 条 个 项",
        r"(?:错误信息|错误表述|表述错误|内容错误|不规范(?:描述|表述)|错别字|错敏词|敏感词|错情)$",
        before=_MENDED,
        unless="疑似",
    ),
    Kind(
        "items_removed",
        Bilingual("清理信息", "items removed"),
        "条 篇 件 个",
        r"(?:下线|删除|清理|撤下|下架|撤除)[^,;]{0,32}(?:信息|文章|内容|稿件|链接|文件)$",
    ),
    Kind(
        "key_field_items",
        Bilingual("重点领域信息", "key-field items"),
        _ITEMS,
        r"重点领域(?:的)?(?:各类)?(?:政府)?信息$",
    ),
    Kind(
        "items_published",
        Bilingual("公开政府信息", "items published"),
        _ITEMS,
        rf"(?:{_PUBLISHED})(?:了|出)?[^,;、]{{0,20}}?(?:政府信息|政务信息|各类信息|(?<=公开)信息|(?<=发布)信息|(?<=推送)信息)$"
        rf"|^(?:其中)?.{{0,6}}(?:政府|政务)信息$",
        tail=r"^(?:各类)?(?:政府|政务)?信息(?!公开|处理|化|系统|平台|员)",
        within=_PUBLISHED,
        unless="申请|下线|删除|清理|解读|检查|审查",
        total=True,
    ),
    Kind(
        "followers",
        Bilingual("关注人数", "followers"),
        "个 人 户 名 人次 -",
        r"(?:粉丝|订阅|关注)(?:数|量|人|用户|累积|人数|突破|已|总)*$",
    ),
    Kind(
        "visits",
        Bilingual("访问量", "visits"),
        "次 人次 -",
        r"(?:访问|浏览|点击|阅读|阅览)(?:数|量|次|人次|总|突破|已|累积)*$",
    ),
    # Work
    Kind(
        "checks_held",
        Bilingual("检查次数", "checks held"),
        "次 轮 场 场次 期",
        r"(?:开展|组织|进行|实施)[^,;]{0,16}(?:检查|抽查|巡查|巡检|普查)$",
        tail=r"^[^,;]{0,14}(?:检查|抽查|巡查|巡检|普查)(?!通报|结果|组)",
        within="政务公开|信息公开|政府信息|网站|新媒体|季度|月度",
        unless="执法|安全|计划",
    ),
    Kind(
        "trained_people",
        Bilingual("培训人数", "people trained"),
        "人次 人 名",
        r"(?:培训|参训)[^,;]{0,12}$",
        unless="计划",
    ),
    Kind(
        "regulations_studied",
        Bilingual("学习条例次数", "study sessions on the Regulations"),
        "次 场 期 场次",
        r"(?:学习|研学|研读|宣讲)[^,;]{0,24}(?:信息公开条例|《条例》)》?(?:活动|专题)?$",
        unless="计划",
    ),
    Kind(
        "trainings",
        Bilingual("培训次数", "trainings"),
        "次 场 期 场次",
        r"培训(?:班|会|活动|讲座)?$",
    ),
    Kind(
        "videos_made",
        Bilingual("制作视频", "videos made"),
        "期 个 条 部 集",
        r"(?:制作|拍摄|录制|原创)[^,;]{0,12}视频$",
    ),
    Kind(
        "notices_issued",
        Bilingual("印发通报", "notices issued"),
        "期 份 次 件 个 条",
        r"(?:印发|发出|下发|制发|发送|通报)[^,;]{0,14}(?:通报|通知|通知书|提示|提示函|提醒函|督办函|督办单|工单|整改单)$",
    ),
    Kind(
        "meetings",
        Bilingual("会议", "meetings"),
        "次 场 期 场次",
        r"(?:召开|举行|举办)[^,;]{0,20}会(?:议)?$",
        unless="发布会|通气会|听证会|培训会|常务会",
    ),
    Kind(
        "columns_deleted",
        Bilingual("删除栏目", "columns deleted"),
        "个",
        r"(?:删除|撤销|关停|下线|取消)[^,]{0,20}(?:栏目|专栏|专题|菜单)$",
    ),
    Kind(
        "columns_fixed",
        Bilingual("整改栏目", "columns fixed"),
        "个",
        r"(?:整改|优化|调整|完善|规范)[^,]{0,16}(?:栏目|专栏|菜单)$",
    ),
    Kind(
        "columns_checked",
        Bilingual("检查栏目", "columns checked"),
        "个",
        r"(?:检查|排查|巡查|监测|巡检|梳理)[^,]{0,12}栏目$",
        tail=r"^(?:栏目|专栏)[^,]{0,20}(?:检查|排查|巡查|监测|巡检)",
    ),
    Kind(
        "staff",
        Bilingual("工作人员", "staff"),
        "名 人 位",
        r"(?:配备|安排|设有|落实|确定)[^,]{0,10}(?:人员|联络员|信息员|工作人员|专职|兼职)$",
        tail=r"^(?:专|兼)?(?:兼)?职?(?:政务公开|信息公开)?(?:工作)?(?:人员|联络员|信息员)",
        within="配备|安排|设有|落实|确定",
        unless="均|各",
    ),
    Kind(
        "consultations",
        Bilingual("意见征集", "public consultations"),
        "期 次 项 件 个 条",
        r"(?:意见征集|民意征集|征集意见|征求意见|征集活动)$",
        unless="收到|采纳|反馈",
    ),
)


@dataclass(frozen=True, slots=True)
class Channel:
    """Items published through one channel alone, and the words that name it."""

    name: str
    label: Bilingual
    words: str


CHANNELS: tuple[Channel, ...] = (
    Channel(
        "site_items",
        Bilingual("网站公开信息", "items on the website"),
        "网站|门户|官网|信息公开网|信息公开页面",
    ),
    Channel("wechat_items", Bilingual("微信公众号发布信息", "items on WeChat"), "微信|公众号"),
    Channel(
        "media_items",
        Bilingual("其他媒体发布信息", "items on other media"),
        "微博|抖音|快手|头条|新媒体|视频号|报纸|日报|时报|电视|广播|客户端",
    ),
)

COLUMN = pattern("专栏|栏目|专区|专题")


@cache
def of_unit(unit: str) -> tuple[Kind, ...]:
    """The kinds a classifier may count, in their order."""
    return tuple(kind for kind in KINDS if (unit or "-") in kind.units.split())


@cache
def compiled(pattern: str) -> "re.Pattern[str]":
    """Patterns are compiled when the first report needs them."""
    return re.compile(pattern)
