"""Writes the evidence of the sample submission: illustrative ledgers that carry every published figure.

python reports/sample_evidence.py            writes evidence/, manifest.yaml and planted.yaml of the sample
python reports/sample_evidence.py FOLDER     writes them into another folder that holds report.md

Every row is made up, from sample_evidence.yaml; only the figures are those of the report. The same bytes
come out on every machine: choices follow from digests of labels, and no clock and no compression has a say.
"""

import csv
import hashlib
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

from checker.workdays import is_workday

HERE = Path(__file__).resolve().parent
SAMPLE = HERE / "alxa-hightech-zone-2024"
KINDS = HERE.parent / "rulesets" / "ledgers"
MADE_OF = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))

Row = dict[str, Any]


# --- choices, days and minutes --------------------------------------------------------------------------


def pick(count: int, *label: object) -> int:
    """A number from 0 to count-1 that follows from the label alone."""
    digest = hashlib.blake2b(repr(label).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % count


def one_of(choices: Sequence[Any], *label: object) -> Any:
    return choices[pick(len(choices), *label)]


def code(word: str, count: int, *label: object) -> str:
    """A person: 编辑03."""
    return f"{word}{pick(count, word, *label) + 1:02}"


DAYS = [day for n in range(2220) if is_workday(day := date(2019, 1, 1) + timedelta(n))]
INDEX = {day: n for n, day in enumerate(DAYS)}
YEAR = [day for day in DAYS if day.year == 2024]
MINUTES = 420  # of a working day: 08:30 to 12:00 and 14:30 to 18:00


def after(day: date, count: int) -> date:
    """The working day so many working days after (or, below zero, before) a working day."""
    return DAYS[INDEX[day] + count]


def moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute))


def clock(minute: int) -> datetime:
    """The moment that many working minutes after the first working day of 2024 begins."""
    day, into = divmod(minute, MINUTES)
    half, rest = divmod(into, MINUTES // 2)
    return moment(after(YEAR[0], day), 14 if half else 8, 30) + timedelta(minutes=rest)


def spread(total: int) -> list[int]:
    """The working minute of each of so many items in the year, none before the first afternoon."""
    weights = [8 + pick(9, "busy", total, day) for day in range(len(YEAR))]
    found: list[int] = []
    for day in range(len(YEAR)):
        today = total * sum(weights[: day + 1]) // sum(weights) - len(found)
        start = 40 if day else 380
        found += [day * MINUTES + start + n * (MINUTES - start) // today for n in range(today)]
    return found


def dealt(counts: dict[str, int]) -> list[str]:
    """Every name as often as its count says, each at even distances."""
    total, left = sum(counts.values()), dict(counts)
    credit = {name: pick(total, "credit", name) for name in counts}
    order = []
    for _ in range(total):
        credit = {name: credit[name] + counts[name] for name in counts}
        best = max((name for name in counts if left[name]), key=lambda name: credit[name])
        credit[best] -= total
        left[best] -= 1
        order.append(best)
    return order


# --- what is published, and its reviews -----------------------------------------------------------------


def site_columns() -> list[Row]:
    """The website's columns; `key_field` and `items` serve only to publish in them."""
    found = [
        {"name": name, "items": items, "category": group["category"], "required_days": group["days"]}
        | {"key_field": group.get("key_field", False), "first_level": name == next(iter(group["items"]))}
        for group in MADE_OF["columns"]
        for name, items in group["items"].items()
    ]
    return [{"column_id": f"L{n:03}"} | column for n, column in enumerate(found, 1)]


def published_items(columns: list[Row]) -> list[Row]:
    by_name = {column["name"]: column for column in columns}
    site = [
        {"title": name, "channel": "网站"}
        | {cell: by_name[name][cell] for cell in ("column_id", "category", "key_field")}
        for name in dealt({column["name"]: column["items"] for column in columns})
    ]
    posts = [
        {"title": name, "channel": "微信", "account_id": "Z01", "category": "新媒体"}
        for name in dealt(MADE_OF["posts"])
    ]
    rows = []
    for letter, items in (("W", site), ("X", posts)):
        issues: Counter[str] = Counter()
        for number, (item, minute) in enumerate(zip(items, spread(len(items)), strict=True), 1):
            issues[item["title"]] += 1
            title = f"{item['title']}第{issues[item['title']]}期"
            rows.append(_item(f"{letter}{number:04}", item | {"title": title}, minute))
    return rows


def _item(item_id: str, item: Row, minute: int) -> Row:
    chance = pick(1000, "importance", item_id)
    row = item | {
        "item_id": item_id, "importance": "重大" if chance < 3 else "重要" if chance < 35 else "一般",
        "drafter": code("撰稿", 24, item_id), "published_at": minute, "publisher": code("发布", 3, item_id),
        "status": "已发布", "index_no": f"2024{item_id}",
        "reposted": item["category"] in ("动态要闻", "新媒体") and pick(10, "reposted", item_id) == 0,
        "archive_ref": f"F{item_id}",
    }  # fmt: skip
    if row["reposted"]:
        row |= {"source": one_of(MADE_OF["outlets"], "outlet", item_id), "source_allowed": True}
    if item["category"] == "通知公告" and minute < 200 * MINUTES and pick(30, "down", item_id) == 0:
        row |= {"status": "已下线", "taken_down_on": after(clock(minute).date(), 40)}
    return row


def reviews(items: list[Row]) -> list[Row]:
    """A wide row per item. Also says when the item was drafted, and turns its minute into a moment.

    The steps run backwards from publication, 8 to 40 working minutes apart; nobody signs twice in a minute.
    """
    busy: set[tuple[str, int]] = set()
    rows = []
    for item in items:
        item_id, minute, cells, seen = item["item_id"], item["published_at"], {}, set[str]()
        for step in reversed(MADE_OF["steps"]):
            if step["name"] == "终审" and item["importance"] == "重大":
                step = step | MADE_OF["major"]
            minute -= 8 + pick(33, step["name"], item_id)
            person, minute = _free(step, minute, busy, seen)
            cells[step["name"]] = _step(step, person, clock(minute), item_id)
        drafted = clock(minute - 8 - pick(33, "draft", item_id))
        formed = after(drafted.date(), -pick(11, "formed", item_id))
        item |= {"drafted_at": drafted, "formed_on": formed, "published_at": clock(item["published_at"])}
        wide: Row = {"信息编号": item_id}
        for name in MADE_OF["wide"]:
            wide |= cells[name]
        rows.append(wide | {"归档号": f"S{item_id}"})
    return rows


def _free(step: Row, minute: int, busy: set[tuple[str, int]], seen: set[str]) -> tuple[str, int]:
    """Who signs, and when: the first who signed no other step of this item and nothing else that minute."""
    while True:
        start = pick(step["number"], step["name"], minute)
        for n in range(step["number"]):
            person = f"{step['people']}{(start + n) % step['number'] + 1:02}"
            if person not in seen and (person, minute) not in busy:
                seen.add(person)
                busy.add((person, minute))
                return person, minute
        minute -= 1


def _step(step: Row, person: str, when: datetime, item_id: str) -> Row:
    name = step["name"]
    cells = {f"{name}人": person, f"{name}职务": step["role"], f"{name}时间": when}
    if "opinions" in step:
        cells[f"{name}意见"] = one_of(step["opinions"], name, item_id)
    if name.endswith(("审", "审查")):
        cells[f"{name}结论"] = "通过"
    return cells


def website_columns(columns: list[Row], items: list[Row], checked: date) -> list[Row]:
    """The columns as found on the day of the check, and the accounts' service columns."""
    before = [item for item in items if item["column_id"] and item["published_at"].date() <= checked]
    latest = {item["column_id"]: item["published_at"].date() for item in before}
    older = {column["column_id"]: 5 + pick(60, "older", column["name"]) for column in columns}
    found = Counter(item["column_id"] for item in before)
    rows = [
        column
        | {"owner": one_of(MADE_OF["departments"], column["name"]), "checked_on": checked}
        | {"last_updated_on": latest[column["column_id"]]}
        | {"item_count": found[column["column_id"]] + older[column["column_id"]]}
        for column in columns
    ]
    return rows + [_menu(n) for n in range(14)]


def _menu(n: int) -> Row:
    """A service column of an account: 11 expired and removed, 3 sleeping and put right."""
    owner = MADE_OF["accounts"]["微信公众号"][n]
    checked = after(date(2024, 4, 8), n)
    handled = after(checked, 2 + n % 4)
    state, action = ("过期", "删除") if n < 11 else ("睡眠", "整改")
    return {
        "column_id": f"M{n + 1:02}", "name": f"{owner}公众号·{MADE_OF['menus'][n % 8]}",
        "carrier": "政务新媒体", "category": "办事服务", "required_days": 180, "owner": owner,
        "checked_on": checked, "last_updated_on": after(checked, -150),
        "item_count": 4 + n, "state": state, "action": action, "handled_on": handled,
    }  # fmt: skip


# --- policies and what interprets them ------------------------------------------------------------------


def policies_and_interpretations() -> tuple[list[Row], list[Row]]:
    policies = [_normative(n, title) for n, title in enumerate(MADE_OF["normative"])]
    interpretations: list[Row] = []
    forms = [form for form in MADE_OF["interpretations"] for _ in range(form["number"])]
    done = 0
    for n in range(MADE_OF["policies"]):
        policy = _policy(n, YEAR[6 + n * 230 // MADE_OF["policies"]])
        policies.append(policy)
        if n in MADE_OF["exempt"] or n == MADE_OF["uninterpreted"]:
            continue
        for second in range(2 if done % 3 == 0 and done < 84 else 1):
            number = len(interpretations)
            form = forms[number * 61 % len(forms)]  # all of them, mixed, never the same twice running
            late = second * pick(4, "late", number)  # the first comes with its document
            interpretations.append(_interpretation(number, form, policy, late))
        policy["interpretation_link"] = interpretations[-1]["url"]
        done += 1
    return policies, interpretations


def _normative(n: int, title: str) -> Row:
    made = after(date(2019, 3, 1), n * 90)
    return _document(f"G{n + 1:02}", f"园区{title}", f"园管规〔{made.year}〕{n % 3 + 1}号", made) | {
        "type": "行政规范性文件", "column": "行政规范性文件", "justice_confirmed": True,
        "needs_interpretation": False, "exempt_reason": MADE_OF["interpreted_before"],
        "interpretation_link": f"/jd/G{n + 1:02}.html",
    }  # fmt: skip


def _policy(n: int, made: date) -> Row:
    round_, topic = divmod(n, len(MADE_OF["topics"]))
    title = f"关于{MADE_OF['topics'][topic]}{MADE_OF['document_forms'][round_]}"
    row = _document(f"Z{n + 1:03}", title, f"园管发〔2024〕{n + 1}号", made)
    if n in MADE_OF["exempt"]:
        row |= {"needs_interpretation": False, "exempt_reason": MADE_OF["exempt"][n]}
    return row


def _document(doc_id: str, title: str, doc_no: str, made: date) -> Row:
    return {
        "doc_id": doc_id, "title": title, "doc_no": doc_no, "made_on": made,
        "published_on": after(made, 1 + pick(4, "published", doc_id)),
        "submitted_on": after(made, -3 - pick(5, "submitted", doc_id)), "signed_on": made,
        "index_no": f"{made.year}{doc_id}",
        "topic": one_of(("综合政务", "工业、交通", "财政、金融", "劳动、人事"), doc_id),
        "url": f"/wj/{doc_id}.html",
    }  # fmt: skip


def _interpretation(n: int, form: Row, policy: Row, late: int) -> Row:
    level, person = "科室负责人", code("科长", 8, n)
    if form["form"] == "负责人解读":
        level, person = "主要负责人", "主任01"
    elif pick(4, "level", n) == 0:
        level, person = "分管负责人", code("分管", 4, n)
    return {
        "interpretation_id": f"J{n + 1:03}", "doc_id": policy["doc_id"],
        "title": f"《{policy['title']}》{form['suffix']}", "form": form["form"], "interpreter": person,
        "interpreter_level": level, "drafted_on": after(policy["submitted_on"], -pick(3, "drafted", n)),
        "signed_on": policy["signed_on"], "published_on": after(policy["published_on"], late),
        "doc_link": policy["url"], "elements": 6 + pick(4, "elements", n),
        "copied_share": 8 + pick(20, "copied", n), "column": form["column"], "url": f"/jd/J{n + 1:03}.html",
    }  # fmt: skip


# --- accounts -------------------------------------------------------------------------------------------


def accounts(items: list[Row], checked: date) -> list[Row]:
    running = [(platform, owner) for platform, owners in MADE_OF["accounts"].items() for owner in owners]
    rows = [_account(n, platform, owner, checked) for n, (platform, owner) in enumerate(running, 1)]
    for n, (platform, owner) in enumerate(MADE_OF["closed"]):
        rows.append(_account(len(rows) + 1, platform, owner, checked) | _closing(n))
    for row in rows:
        if row["platform"] == "微信公众号" and row["owner"] in MADE_OF["changed"]:
            changed = YEAR[MADE_OF["changed"][row["owner"]]]
            row |= {"changed_on": changed, "change_filed_on": after(changed, 3)}
    posts = [item for item in items if item["account_id"] == "Z01"]
    last = max(item["published_at"].date() for item in posts if item["published_at"].date() <= checked)
    own = sum(not item["reposted"] for item in posts)
    rows[0] |= {"owner_level": "市级", "followers": 25376}
    rows[0] |= {"posts": len(posts), "original_posts": own, "last_post_on": last}
    return rows


def _account(n: int, platform: str, owner: str, checked: date) -> Row:
    opened = after(date(2019, 2, 1), pick(1000, "opened", platform, owner))
    if platform == "微信公众号" and owner in MADE_OF["opened"]:
        opened = YEAR[MADE_OF["opened"][owner]]
    filed = after(opened, 1 + pick(5, "filed", platform, owner))
    posts = 60 + pick(300, "posts", n)
    return {
        "account_id": f"Z{n:02}", "name": MADE_OF["names"].get(owner, f"园区{owner}"),
        "platform": platform, "owner": owner, "verified_owner": owner, "registry_owner": owner,
        "filing_no": f"1529{n:06}", "filed_on": filed, "opened_on": opened, "opening_filed_on": filed,
        "last_post_on": checked - timedelta(1 + pick(9, "last", n)), "posts": posts,
        "original_posts": posts * (55 + pick(40, "original", n)) // 100,
        "followers": 300 + pick(6000, "followers", n),
    }  # fmt: skip


def _closing(n: int) -> Row:
    closed = after(date(2024, 6, 3), n * 4)
    return {
        "status": "已注销", "close_noticed_on": after(closed, -5), "closed_on": closed,
        "close_filed_on": after(closed, 2 + n), "close_proof": f"注销截图{n + 1}",
        "checked_on": after(closed, -12), "last_post_on": after(closed, -20),
    }  # fmt: skip


def feature_checks(rows: list[Row]) -> list[Row]:
    return [
        {"account_id": account["account_id"], "feature": feature, "checker": f"巡检{n % 3 + 1:02}"}
        | {"checked_on": after(date(2024, 11, 18), n // 3), "evidence": f"截图{account['account_id']}"}
        for n, account in enumerate(row for row in rows if row.get("status") != "已注销")
        for feature in MADE_OF["features"]
    ]


# --- what was found, put right, taught and checked ------------------------------------------------------


def corrections(items: list[Row]) -> list[Row]:
    rows = []
    for n in range(32):
        item = items[150 + n * 170]
        category, before, right = MADE_OF["errors"][n % len(MADE_OF["errors"])]
        told = moment(after(item["published_at"].date(), 1 + pick(6, "told", n)), 9, 10 + n)
        row = {
            "correction_id": f"C{n + 1:02}", "item_id": item["item_id"], "category": category,
            "before": before, "after": right, "found_by": ("人工读网", "系统监测", "网民找错")[n % 3],
            "notified_at": told, "fixed_at": told + timedelta(minutes=35 + pick(300, "fixed", n)),
            "evidence": f"截图C{n + 1:02}",
        }  # fmt: skip
        rows.append(row)
    return rows


def rectifications(columns: list[Row], accounts_: list[Row]) -> list[Row]:
    """The accounts cleared away or filed, the service columns removed or put right, and 30 other problems."""
    rows = []
    for account in accounts_:
        about = ("自查", "账号", account["name"], account["owner"])
        if account.get("closed_on"):
            closed = account["closed_on"]
            rows.append(_problem(*about, "长期闲置", "清理", after(closed, -8), closed))
        elif account["opened_on"].year == 2024 and account["account_id"] != MADE_OF["filed_late"]:
            rows.append(
                _problem(*about, "尚未备案", "备案", account["opened_on"], account["opening_filed_on"])
            )
    for column in columns:
        if column.get("handled_on"):
            about = ("自查", "栏目", column["name"], column["owner"])
            action = "删除" if column["state"] == "过期" else "更新"
            course = (column["checked_on"], column["handled_on"])
            rows.append(_problem(*about, f"栏目{column['state']}", action, *course))
    for n in range(30):
        source, owner = MADE_OF["problem_sources"][n % 5], MADE_OF["departments"][n % 22]
        about = (source, "网站" if n % 2 else "信息", f"第{n + 1}号问题", owner)
        found = YEAR[12 + n * 7]
        closed = after(found, 1 + pick(3, "closed", n))
        rows.append(_problem(*about, MADE_OF["problems"][n % 6], "更正", found, closed))
    rows.sort(key=lambda row: row["found_on"])
    return [{"rectification_id": f"R{n:02}"} | row for n, row in enumerate(rows, 1)]


def _problem(
    source: str, kind: str, what: str, owner: str, cause: str, action: str, found: date, closed: date
) -> Row:
    notified = min(closed, after(found, 1))
    return {
        "source": source, "object_kind": kind, "object": what, "owner": owner, "cause": cause,
        "action": action, "found_on": found, "notified_on": notified, "due_on": after(notified, 10),
        "closed_on": closed, "evidence": f"截图{found:%m%d}", "recheck_on": after(closed, 5),
    }  # fmt: skip


def trainings() -> list[Row]:
    rows: list[Row] = list(MADE_OF["trainings"])
    for n in range(9):
        row = {"title": f"信息发布一对一培训之{n + 1}", "kind": "一对一培训", "participants": 2}
        rows.append(row | {"held_on": YEAR[30 + n * 24]})
    for n in range(12):
        rows.append({"title": f"教学小视频第{n + 1}期", "kind": "教学视频", "held_on": YEAR[12 + n * 20]})
    rows.sort(key=lambda row: row["held_on"])
    return [{"training_id": f"T{n:02}", "evidence": f"材料T{n:02}"} | row for n, row in enumerate(rows, 1)]


def inspections(interpretations: list[Row], accounts_: list[Row]) -> list[Row]:
    rows: list[Row] = list(MADE_OF["inspections"])
    for n, day in enumerate((56, 118, 181, 240)):
        checked = YEAR[day]
        opened = [account for account in accounts_ if account["opened_on"] <= checked]
        running = sum(checked < account.get("closed_on", date.max) for account in opened)
        rows += _quarter(n, running, checked, YEAR[day + 6])
    for month in range(1, 13):
        interpreted = sum(row["published_on"].month == month for row in interpretations)
        rows += _month(month, interpreted, [day for day in YEAR if day.month == month])
    for n, subject in enumerate(MADE_OF["systems"]):
        made = _record("制度文件", f"{subject}工作制度", subject, "2024年", YEAR[8 + n * 5])
        staff = {"quantity": MADE_OF["staff"]} if subject == "机构与人员" else {}
        rows.append(made | staff | {"names_roles": True, "published": True})
    for n, quantity in enumerate(MADE_OF["clean_ups"]):
        batch = f"第{n + 1}批"
        cleaned = _record("信息清理", f"2023年6月前信息{batch}清理", "政府网站", batch, YEAR[40 + n * 22])
        rows.append(cleaned | {"quantity": quantity})
    rows.sort(key=lambda row: row["held_on"])
    return [
        {"inspection_id": f"K{n:03}", "evidence": f"材料{row['held_on']:%m%d}"} | row
        for n, row in enumerate(rows, 1)
    ]


def _quarter(n: int, running: int, checked: date, told: date) -> list[Row]:
    quarter = f"2024年第{'一二三四'[n]}季度"
    media = {"objects_total": running, "objects_checked": running, "objects_failed": (1, 2, 1, 0)[n]}
    site = {"objects_total": 1, "objects_checked": 1, "objects_failed": 0}
    nothing = {"quantity": 0, "nil_return": True}
    return [
        _record("季度检查", f"{quarter}政务新媒体检查", "政务新媒体", quarter, checked) | media,
        _record("季度检查", f"{quarter}政府网站检查", "政府网站", quarter, checked) | site,
        _record("规范性文件清理", f"{quarter}规范性文件备案清理", "其他", quarter, told) | nothing,
        _record("工作通报", f"政务公开工作通报第{n + 1}期", "政府信息公开", quarter, told)
        | {"published": True},
    ]


def _month(month: int, interpreted: int, days: list[date]) -> list[Row]:
    label = f"2024年{month}月"
    columns = {"objects_total": 117, "objects_checked": 117, "objects_failed": pick(3, "failed", month)}
    nothing = {"quantity": 0, "nil_return": True}
    return [
        _record("月度检查", f"{label}指标反馈", "政府网站", label, days[-2]) | columns,
        _record("保密审查月报", f"{label}保密审查汇总", "保密审查", label, days[-1]) | nothing,
        _record("解读月报", f"{label}政策解读报备", "政策解读", label, days[-1])
        | ({"quantity": interpreted} if interpreted else nothing),
    ]


def _record(kind: str, title: str, subject: str, period: str, held: date) -> Row:
    return {"title": title, "kind": kind, "subject": subject, "period": period, "held_on": held}


# --- files ----------------------------------------------------------------------------------------------


def _declared(kind: str) -> Row:
    found: Row = yaml.safe_load((KINDS / f"{kind}.yaml").read_text(encoding="utf-8"))
    return found


LEDGERS = sorted({path.stem for path in KINDS.glob("*.yaml")} - {"scores"})  # nobody has scored the sample
HEADERS = {kind: {c: d["label"]["zh"] for c, d in _declared(kind)["columns"].items()} for kind in LEDGERS}
KEYS: dict[str, str | None] = {kind: _declared(kind).get("key") for kind in LEDGERS}


def plant(found: dict[str, list[Row]]) -> list[Row]:
    """Put every fault into its row; what planted.yaml says of it."""
    told = []
    for fault in MADE_OF["faults"]:
        kind, place = fault["ledger"], fault["row"]
        (row,) = (row for row in found[kind] if place.items() <= row.items())
        row |= fault.get("cells", {})
        more = {word: fault[word] for word in ("step", "found_at") if word in fault}
        words = {word: fault[word] for word in ("zh", "en", "rules")}
        told.append({"ledger": kind, "key": row[KEYS[kind] or "信息编号"], **more, **words})
    return told


def ledgers() -> tuple[dict[str, list[Row]], list[Row]]:
    """Every ledger by its kind, and what planted.yaml says of the faults in them."""
    everywhere = MADE_OF["everywhere"]
    columns = site_columns()
    items = [everywhere["published_items"] | item for item in published_items(columns)]
    found = {"published_items": items, "reviews": reviews(items), "applications": [], "disputes": []}
    found["policies"], found["interpretations"] = policies_and_interpretations()
    found["website_columns"] = website_columns(columns, items, everywhere["website_columns"]["checked_on"])
    found["accounts"] = accounts(items, everywhere["accounts"]["checked_on"])
    found["feature_checks"] = feature_checks(found["accounts"])
    found["corrections"] = corrections(items)
    found["rectifications"] = rectifications(found["website_columns"], found["accounts"])
    found["trainings"] = trainings()
    found["inspections"] = inspections(found["interpretations"], found["accounts"])
    whole = {kind: [everywhere.get(kind, {}) | row for row in found[kind]] for kind in LEDGERS}
    told = plant(whole)
    return whole, told


def table(kind: str, rows: list[Row]) -> list[list[Any]]:
    """The headers and the rows: the declared columns any row has, all of them where there is no row."""
    headers = HEADERS[kind]
    if kind == "reviews":  # in the wide form: the cells go by their headers
        headers = {header: header for header in rows[0]}
    headers = {name: header for name, header in headers.items() if not rows or any(name in r for r in rows)}
    return [list(headers.values()), *([row.get(name) for name in headers] for row in rows)]


def written(value: object, dates: str = "{:%Y-%m-%d}") -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return dates.format(value) if isinstance(value, date) else str(value)


def as_csv(rows: list[list[Any]], encoding: str = "utf-8", **dates: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([written(cell, **dates) for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


WORKBOOK = MADE_OF["workbook"]


def as_xlsx(title: str, rows: list[list[Any]]) -> bytes:
    """One sheet: a merged title row, the header, the rows. Stored, not packed, so no library has a say."""
    lines = "".join(_line(n, row) for n, row in enumerate([[title], *rows], 1))
    parts = WORKBOOK | {
        "xl/worksheets/sheet1.xml": WORKBOOK["xl/worksheets/sheet1.xml"].format(
            lines=lines, last=_letter(len(rows[0]))
        )
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as book:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 1, 10, 0, 0, 0))
            entry.create_system = 3
            book.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')
    return packed.getvalue()


def _line(number: int, cells: Iterable[Any]) -> str:
    found = [_cell(f"{_letter(n)}{number}", cell) for n, cell in enumerate(cells, 1) if cell is not None]
    return f'<row r="{number}">{"".join(found)}</row>'


def _letter(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column - 1]


def _cell(place: str, value: Any) -> str:
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(written(value))}</t></is></c>'


def evidence_files(found: dict[str, list[Row]]) -> dict[str, bytes]:
    """The bytes of every evidence file by its name."""
    files = {}
    for kind, rows in found.items():
        if kind == "policies":
            files["policies.xlsx"] = as_xlsx("政策文件台账（2024年，示意）", table(kind, rows))
        else:
            files[f"{kind}.csv"] = as_csv(table(kind, rows), **MADE_OF["files"].get(kind, {}))
    files["notice-2024-q1.txt"] = MADE_OF["attachment"].encode()
    return files


def manifest(report: bytes, files: dict[str, bytes]) -> Row:
    """files: by their paths in the submission."""
    head: Row = MADE_OF["manifest"]
    return head | {
        "report": head["report"] | {"sha256": hashlib.sha256(report).hexdigest()},
        "evidence": [_listed(path, data) for path, data in files.items()],
    }


def _listed(path: str, data: bytes) -> Row:
    stem, suffix = Path(path).stem, Path(path).suffix
    kind = stem if stem in LEDGERS else "attachment"
    item: Row = {"id": stem.replace("_", "-"), "kind": kind, "file": path}
    if suffix == ".xlsx":
        item["sheet"] = "政策文件"
    return {**item, "sha256": hashlib.sha256(data).hexdigest(), **deepcopy(MADE_OF["item"])}


def sample(report: bytes) -> dict[str, bytes]:
    """Every file this script writes, by its path in the submission."""
    found, told = ledgers()
    files = {f"evidence/{name}": data for name, data in evidence_files(found).items()}
    files["planted.yaml"] = _yaml("台账中埋设的差错 · the faults planted in the ledgers", told)
    return files | {"manifest.yaml": _yaml("证据清单 · the list of evidence", manifest(report, files))}


def _yaml(title: str, content: object) -> bytes:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    return f"# {title}（reports/sample_evidence.py）\n{text}".encode()


def main(folder: Path) -> None:
    (folder / "evidence").mkdir(exist_ok=True)
    for name, data in sample((folder / "report.md").read_bytes()).items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
