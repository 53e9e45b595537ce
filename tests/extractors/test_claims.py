"""Claims: what each real report says of itself, read by hand, and sentences that must not be misread."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.facts import Absent, Extract, Record

Extracting = Callable[..., Extract]


def members(found: Extract, name: str) -> tuple[Record, ...]:
    records = found.collections[name]
    assert not isinstance(records, Absent)
    return records


# Name and value of every claim, in reading order within each name. ~ inexact; part: not of the whole of what
# the tables count; zero: stated in words.
CLAIMS = {
    "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt": """
        applications_received 0 zero; fees_charged 0 zero; interpretations 116; key_field_items 974
        site_items 3089; wechat_items 2740; visits 2891434; followers 25376; items_removed 9263
        accounts 27; accounts_wechat 22; accounts_weibo 4; accounts_douyin 1; accounts_cleaned 3
        accounts_filed 3; trained_people 18; regulations_studied 2; videos_made 12; meetings 1
        notices_issued 4; staff 2; columns_checked 110~; columns_deleted 11; columns_fixed 3
    """,
    "reports/hangzhou-style-2025-fixture/sample.html": "fees_charged 400",
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": """
        site_items 2428; interpretations 7; applications_received 17 part; fees_charged 0
    """,
    "reports/pingtan-2019/page.txt": """
        items_published 2599; items_published 856 part; items_published 77 part; items_published 291 part
        items_published 68 part; items_published 37 part
    """,
    "reports/pingtan-2021/page.txt": """
        items_published 2645; applications_received 70; applications_handled 69; applications_carried_out 1
        accounts_closed 2; checks_held 4; fees_charged 0 zero
    """,
    "reports/pingtan-2024/page.txt": """
        site_items 10407; interpretations 96; consultations 53; applications_handled 218; normative_made 62
        accounts_closed 5; fees_charged 0 zero
    """,
    "reports/pingtan-2025/page.txt": """
        site_items 7700~; key_field_items 2000~; wechat_items 672; interpretations 82
        applications_received 154; applications_handled 148; applications_carried_out 6
        reviews 36; suits 9; accounts_closed 2; fees_charged 0 zero
    """,
    "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md": """
        interpretations_video 300~ part; applications_received 1295; applications_handled 1191
        applications_carried_in 189; applications_refused 20; applications_not_available 564
        applications_not_processed 80; applications_otherwise 319; reviews_corrected 0 zero
        suits_corrected 0 zero; site_items 13528 part; visits 5360000; followers 459000~
        followers 31700000~; followers 13600000; followers 3000000~; fees_charged 0 zero
    """,
    "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt": """
        site_items 4511; site_items 3044 part; consultations 9; videos_made 1113; interpretations 21
        applications_received 749; applications_from_persons 741; applications_from_organisations 8
        applications_handled 718; applications_carried_out 31; proceedings 74; notices_issued 84
        policies_published 4; errors_fixed 22; links_fixed 43; errors_fixed 83
        items_removed 697; fees_charged 380; fees_charged 380 part
    """,
    "excerpts/baicheng-shi-2025.txt": """
        items_published 5729; applications_received 449; applications_carried_out 7
    """,
    "excerpts/daye-2025.txt": """
        items_published 100~; applications_received 21; normative_in_force 25; normative_repealed 4
    """,
    "excerpts/haizhu-guanzhou-jiedao-2023.txt": "site_items 63",
    "excerpts/huaibei-renmin-yiyuan-2022.txt": "site_items 18; applications_received 0 zero",
    "excerpts/huangpu-dapuqiao-2025-fixture.md": "fees_charged 0 zero",
    "excerpts/hunan-zfbgt-2020-traditional.txt": """
        applications_received 190; applications_carried_in 10; applications_handled 198
        applications_carried_out 2; reviews 4; reviews_upheld 3; suits 4; suits_upheld 3
    """,
    "excerpts/jiaxian-tazhen-2022-oldformat-blank.txt": "interpretations 15 part",
    "excerpts/jingshan-wjj-2022.txt": """
        site_items 6; applications_received 0 zero; reviews 0 zero; suits 0 zero; penalties 39
    """,
    "excerpts/suqian-2025-fixture.md": "fees_charged 380",
    "excerpts/taojiang-songmutangzhen-2022.txt": """
        items_published 32; applications_received 0; applications_granted 0; applications_refused 0
        reviews 0; suits 0
    """,
    "excerpts/xianning-zwsjj-2025.txt": "applications_received 10; reviews 0 zero; suits 0 zero",
    "excerpts/xiaogan-zfb-2020.txt": "interpretations 32 part; applications_handled 13",
    "excerpts/xixian-dizhang-jiedao-2023-oldformat.txt": "items_published 140~; applications_received 0 zero",
    "excerpts/xixian-taipingzhen-2022.txt": "",
}
# A page of prose that is no report: its figures stand in a report of our making here.
QU = "excerpts/qu-yishenqing-2022.txt"
QU_CLAIMS = """
    applications_received 1499; applications_online 1303; applications_post 172; applications_counter 24
    applications_handled 1453; applications_carried_in 30; applications_granted 966
    applications_partly_granted 67; applications_refused 81; applications_not_available 182
    applications_not_processed 61; applications_otherwise 96
"""

COUNTY = "东河县人民政府"


def report(text: str, issuer: str = COUNTY) -> str:
    head = f"{issuer}2024年政府信息公开工作年度报告\n\n一、总体情况\n\n"
    return f"{head}{text}\n\n二、主动公开政府信息情况\n"


def stated(found: Extract) -> list[str]:
    return sorted(f"{name} {shown(record)}" for name, record in records(found))


def records(found: Extract) -> Iterator[tuple[str, Record]]:
    for name in found.collections:
        if name.startswith("claims."):
            yield from ((name.removeprefix("claims."), record) for record in members(found, name))


def shown(record: Record) -> str:
    fields = record.fields
    inexact = "" if fields["lowest"].value == fields["highest"].value else "~"
    part = "" if fields["whole"].value else " part"
    zero = " zero" if fields["zero_statement"].value else ""
    return f"{fields['value'].value}{inexact}{part}{zero}"


def expected(table: str) -> list[str]:
    return sorted(claim.strip() for line in table.splitlines() for claim in line.split(";") if claim.strip())


@pytest.mark.parametrize("file", CLAIMS)
def test_claims_of_the_corpus(extracted: Extracting, corpus: Path, file: str) -> None:
    assert stated(extracted(corpus / file, "claims")) == expected(CLAIMS[file])


def test_claims_of_a_page_on_applications(extracted: Extracting, corpus: Path) -> None:
    text = "\n".join(line.strip() for line in (corpus / QU).read_text(encoding="utf-8").splitlines()[3:])
    plain = report(text.replace("一、", "").replace("二、", ""), "东河区人民政府").replace("2024年", "2022年")
    assert stated(extracted(plain, "claims")) == expected(QU_CLAIMS)
    total = sum(len(expected(table)) for table in [*CLAIMS.values(), QU_CLAIMS])
    print(f"\n{total} claims pinned in {len(CLAIMS) + 1} texts")


def test_every_claim_quotes_its_place(extracted: Extracting, corpus: Path) -> None:
    found = extracted(corpus / "reports/pingtan-2025/page.txt", "claims")
    received = members(found, "claims.applications_received")[0]
    assert received.locations[0].quote == "154件"
    assert received.fields["unit"].value == "件"
    for _, record in records(found):
        (place,) = record.locations
        assert place.quote
        assert place.line is not None
        assert all(fact.locations == (place,) for fact in record.fields.values())


SENTENCES = [
    # Parts of a whole, in a list or by channel.
    (
        "县政府门户网站公开信息3089条，其中政策文件45条，解读12条。",
        ["site_items 3089", "interpretations 12 part"],
    ),
    (
        "全年主动公开政府信息5829条，其中网站发布3089条、微信公众号发布2740条。",
        ["items_published 5829", "site_items 3089", "wechat_items 2740"],
    ),
    (
        "县教育局公开政府信息5829条，其中网站89条，微信12条。",
        ["items_published 5829 part", "site_items 89 part", "wechat_items 12 part"],
    ),
    ("网站、微信公众号分别发布政府信息3089条和2740条。", ["items_published 3089 part"]),
    ("关停政务新媒体账号5个，注销微博账号2个。", ["accounts_closed 5", "accounts_closed 2 part"]),
    ("转发政策解读80篇，原创政策解读36篇。", ["interpretations 80 part", "interpretations 36 part"]),
    ("应解读政策文件12件，已解读12件。", []),
    ("全年解读文件32件，发布解读材料40篇。", ["interpretations 32 part", "interpretations 40"]),
    # Checks, errors, links, menus, documents.
    ("组织4次季度政务公开检查。", ["checks_held 4"]),
    ("每季度检查一次，全年开展网站检查4次，发现问题36个。", ["checks_held 4"]),
    ("开展执法检查100次，安全生产检查80次。", []),
    ("整改错别字83处、失效链接43个。", ["links_fixed 43", "errors_fixed 83"]),
    ("发现疑似错别字83处。", []),
    ("删除空白菜单11个。", ["columns_deleted 11"]),
    (
        "公开政策文件4件，转发上级政策文件8件，制定规范性文件2件。",
        ["normative_made 2", "policies_published 4"],
    ),
    # A negation denies what it names and no more.
    ("2024年未发生行政诉讼败诉情形。", ["suits_corrected 0 zero"]),
    (
        "未发生因信息公开引发的复议被纠错、诉讼败诉案件。",
        ["reviews_corrected 0 zero", "suits_corrected 0 zero"],
    ),
    ("收到政府信息公开申请20件，无超期答复情况。", ["applications_received 20"]),
    ("未收到政府信息公开行政复议、行政诉讼的申请。", ["reviews 0 zero", "suits 0 zero"]),
    ("全年没有收到行政复议申请。", ["reviews 0 zero"]),
    ("2024年，无锡市共收到政府信息公开申请500件。", ["applications_received 500"]),
    ("零陵区法院审理信息公开行政复议和行政诉讼案件。", []),
    ("无纸化办理信息公开申请12件。", ["applications_handled 12"]),
    ("全年无人申请公开政府信息。", ["applications_received 0 zero"]),
    ("没有因信息公开工作被申请行政复议、提起行政诉讼。", ["reviews 0 zero", "suits 0 zero"]),
    ("行政复议、行政诉讼均为零。", ["reviews 0 zero", "suits 0 zero"]),
    ("全年未收到逾期答复的投诉，未出现责任追究情况。", []),
    ("未发生因依申请公开引起的行政败诉案件。", []),
    ("如未收到政府信息公开申请答复，可以申请行政复议。", []),
    ("未经复议直接起诉的案件依法应诉。", []),
    ("2024年依申请公开零申请。", ["applications_received 0 zero"]),
    ("信息公开申请数量为零。", ["applications_received 0 zero"]),
    ("未收到法人或者其他组织的信息公开申请。", ["applications_received 0 part zero"]),
    ("未收到任何公民、法人和其他组织的信息公开申请。", ["applications_received 0 zero"]),
    ("未收到群众的信息公开申请。", ["applications_received 0 zero"]),
    ("编发公报24期，刊登文件112件，政策解读83件。", ["interpretations 83 part"]),
    (
        "通过政府门户网站发布政务信息79条，其中涉及财政文件信息42条、评审信息7条，绩效公开信息1条。",
        ["site_items 79", "site_items 1 part"],
    ),
    ("通过官网公布3份文件；依托信息公开专栏，全年主动公开政府信息11条。", ["items_published 11"]),
    ("官网五大栏目全年更新政务信息196条。", ["site_items 196 part"]),
    ("“健康东河”微信公众号年度推文533条。", ["wechat_items 533"]),
    ("运营微信公众号，全年发布文章1083篇。", ["wechat_items 1083"]),
    ("通过县人民政府网站公开 106 条。", ["site_items 106"]),
    ("未收到当面提交的政府信息公开申请。", ["applications_received 0 part zero"]),
    ("无结转下年度办理的申请。", ["applications_carried_out 0 zero"]),
    ("全年未制发规范性文件。", ["normative_made 0 zero"]),
    ("申请人未缴纳信息处理费的，视为放弃申请。", []),
    ("未产生信息公开信息处理费，无违规收费。", ["fees_charged 0 zero"]),
    ("发出收费通知0件，收取信息处理费0元。", ["fee_notices 0", "fees_charged 0"]),
    ("全年收取行政事业性收费30万元。", []),
    # Whom a figure speaks for.
    (
        "县民政局受理信息公开申请5件，答复5件。",
        ["applications_handled 5 part", "applications_received 5 part"],
    ),
    ("县政府办公室收到信息公开申请7件。", ["applications_received 7 part"]),
    ("县政府办代表县政府收到信息公开申请7件。", ["applications_received 7 part"]),
    ("各部门共收到信息公开申请66件。", ["applications_received 66"]),
    ("全市收到信息公开申请100件。", ["applications_received 100 part"]),
    ("上半年收到信息公开申请9件。", ["applications_received 9 part"]),
    ("1-9月收到信息公开申请9件。", ["applications_received 9 part"]),
    ("截至2024年12月31日收到信息公开申请9件。", ["applications_received 9"]),
    (
        "2023年收到信息公开申请8件，2024年收到11件。",
        ["applications_received 8 part", "applications_received 11"],
    ),
    ("较上年增加3件，共收到信息公开申请13件。", ["applications_received 13"]),
    (
        "全县受理信息公开申请35件，其中县公安局受理12件。",
        ["applications_received 35", "applications_received 12 part"],
    ),
    (
        "不予公开2件（因属国家秘密不予公开1件），均为依申请公开件。",
        ["applications_refused 2", "applications_refused 1 part"],
    ),
    ("办理行政复议案件300件。", ["reviews 300 part"]),
    # Which figure it is.
    (
        "收到信息公开申请12件，上年结转2件，办结13件，结转下年度1件。",
        [
            "applications_carried_in 2",
            "applications_carried_out 1",
            "applications_handled 13",
            "applications_received 12",
        ],
    ),
    ("依申请公开方面：全年收到申请3件、办结3件。", ["applications_handled 3", "applications_received 3"]),
    (
        "本年受理信息公开行政复议案件6件，其中维持4件、纠正1件。",
        ["reviews 6", "reviews_corrected 1", "reviews_upheld 4"],
    ),
    ("因信息公开被申请行政复议3件、提起行政诉讼2件。", ["reviews 3", "suits 2"]),
    ("受理低保申请320件，发放许可证15件，收到来信30件。", []),
    ("处理政府信息公开投诉举报2件。", []),
    ("信息公开申请较去年减少12件，办结率100%。", []),
    (
        "制发行政规范性文件6件，废止2件，现行有效40件。",
        ["normative_in_force 40", "normative_made 6", "normative_repealed 2"],
    ),
    (
        "行政许可处理决定1200件，行政处罚决定350件、行政强制措施20件。",
        ["coercion 20", "licences 1200", "penalties 350"],
    ),
    ("公开行政许可信息1500条。", []),
    (
        "网站公开信息300条，微信公众号推送信息120条，微博发布信息40条。",
        ["media_items 40", "site_items 300", "wechat_items 120"],
    ),
    ("通过政府网站、微信公众号等渠道公开政府信息900条。", ["items_published 900"]),
    ("注销僵尸账号3个，备案账号15个，检查政务新媒体账号20个。", ["accounts_closed 3", "accounts_filed 15"]),
    ("举办培训班2期，培训80人次；明年计划开展培训6次。", ["trained_people 80", "trainings 2"]),
    ("年内组织学习政府信息公开条例3次。", ["regulations_studied 3"]),
    ("组织学习《中华人民共和国政府信息公开条例》4场。", ["regulations_studied 4"]),
    ("组织学习《信访工作条例》3次，计划学习政府信息公开条例2次。", []),
    # An ordinal says which one it was, not how many there were.
    ("在2024年第6期网上培训班安排讲座，第11次主任会议安排集体学习政府信息公开条例。", []),
    ("召开会议第11次，印发工作通报第5期，开通第3个政务新媒体账号，这是第二次培训。", []),
    ("举办培训班第6、7期，学习政府信息公开条例第二十条、第二十一条。", []),
]


@pytest.mark.parametrize(("sentence", "claims"), SENTENCES)
def test_what_a_sentence_claims(extracted: Extracting, sentence: str, claims: list[str]) -> None:
    assert stated(extracted(report(sentence), "claims")) == sorted(claims)


@pytest.mark.parametrize(
    ("issuer", "sentence", "claims"),
    [
        ("东河市水利局", "我局收到依申请公开2件。", ["applications_received 2"]),
        ("东河市水利局", "水利局收到依申请公开2件。", ["applications_received 2"]),
        ("东河市水利局", "全市受理信息公开申请300件。", ["applications_received 300 part"]),
        ("东河市人民政府办公室", "市政府办公室受理信息公开申请12件。", ["applications_received 12"]),
        ("东河市人民政府办公室", "市政府受理信息公开申请12件。", ["applications_received 12"]),
        (
            "东河市人民政府办公室",
            "全市各级行政机关受理信息公开申请300件。",
            ["applications_received 300 part"],
        ),
        ("东河县青山镇人民政府", "全镇未收到依申请公开件。", ["applications_received 0 zero"]),
        ("东河市水利局", "按照市政府办公室要求清理并公开现行有效规范性文件7件。", ["normative_in_force 7"]),
        ("东河高新技术产业开发区", "管委会受理信息公开申请3件。", ["applications_received 3"]),
    ],
)
def test_whose_report_it_is_decides_who_is_the_whole(
    extracted: Extracting, issuer: str, sentence: str, claims: list[str]
) -> None:
    assert stated(extracted(report(sentence, issuer), "claims")) == claims


@pytest.mark.parametrize(
    "words",
    [
        "及时更新项目建设、就业和乡村振兴等方面的信息",
        "及时公开城镇化、村务公开、社区矫正、县域经济等领域信息",
        "公开城乡低保、返乡创业、乡镇卫生、小镇建设信息",
        "更新医院、学校、国有公司等单位的公开目录",
        "优化栏目布局",
        "壮大队伍、突破困局，服务中心工作",
        "坚持以人民为中心",
        "委托专家、委派专人解读政策",
        "由局长主持研究公开工作",
        "在县委、县政府的坚强领导下",
        "在政务大厅设立查阅点",
        "健全县乡村三级公开体系",
    ],
)
def test_a_place_or_office_inside_a_common_word_is_nobody(extracted: Extracting, words: str) -> None:
    for issuer in (COUNTY, "东河市人民政府", "东河市水利局"):
        found = extracted(report(f"{words}，全年主动公开政府信息90条。", issuer), "claims")
        assert stated(found) == ["items_published 90"]


@pytest.mark.parametrize(
    "office",
    [
        "青山镇",
        "青山乡",
        "青山乡政府",
        "县住房和城乡建设局",
        "县国家安全局",
        "县民政局局长带队，民政局",
        "县委编办、县委办公室",
    ]
    + ["县政务服务中心工作人员", "县发改委", "城镇街道办事处", "青山镇城镇建设服务中心", "三家乡镇医院"],
)
def test_an_office_is_still_one_beside_such_words(extracted: Extracting, office: str) -> None:
    for place in ("", "同时，"):
        found = extracted(report(f"{place}{office}受理信息公开申请5件。"), "claims")
        assert stated(found) == ["applications_received 5 part"]


def test_the_office_in_charge_speaks_for_the_whole(extracted: Extracting) -> None:
    found = extracted(report("四是县政数局作为主管部门配备3名专职人员，县民政局配备5名专职人员。"), "claims")
    assert stated(found) == ["staff 3", "staff 5 part"]


def test_only_new_applications_are_marked(extracted: Extracting) -> None:
    found = extracted(report("新收信息公开申请10件。全年收到信息公开申请12件。"), "claims")
    assert [
        (r.fields["value"].value, r.fields["new_only"].value)
        for r in members(found, "claims.applications_received")
    ] == [(10, True), (12, False)]


def test_a_sentence_that_goes_on_keeps_the_subject_of_the_one_before(extracted: Extracting) -> None:
    found = extracted(report("县民政局办结信息公开申请9件。其中，予以公开4件，不予公开5件。"), "claims")
    assert stated(found) == [
        "applications_granted 4 part",
        "applications_handled 9 part",
        "applications_refused 5 part",
    ]


def test_fees_are_amounts_in_yuan_with_their_fen(extracted: Extracting) -> None:
    found = extracted(report("收取信息处理费380.50元。"), "claims")
    (fee,) = members(found, "claims.fees_charged")
    assert str(fee.fields["value"].value) == "380.5"
    found = extracted(report("收取信息处理费1.2万元。"), "claims")
    assert members(found, "claims.fees_charged")[0].fields["value"].value == 12000
