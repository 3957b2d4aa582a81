"""The starter of a kind with what the units of one field usually write: targets, items, opening, goal, title."""

from __future__ import annotations

import os
import re

from planwriter.clauses.stack import LibraryStack
from planwriter.clauses.systems import PlanProfile, field_in_charge, is_school, misfit, plan_level, users_of
from planwriter.fill.optional import named_parameters
from planwriter.model.walk import walk_texts
from planwriter.start.patterns import regex
from planwriter.system import files

_FIELDS = "fields"
"""The folder below templates/ with the targets, parts and items that the units of each field usually write."""
_BLOCK = "^{}:.*\\n(?:(?: .*)?\\n)*"
"""Matches a key of the outline with the indented lines below it."""
_SPECIAL = (
    ("医院", ("医院", "卫生院", "妇幼保健", "社区卫生服务中心")),
    ("街道", ("街道",)),
    ("共青团", ("共青团", "团委")),
    ("妇联", ("妇联", "妇女联合会")),
    ("其他群团", ("科协", "科学技术协会", "工商联", "残联", "残疾人联合会", "红十字", "文联", "文学艺术界")),
)
"""The sorts of units that do not get the starter of their field; one without a file gets the general starter."""
_COMMENTS = (
    ("可以直接生成文件，再照着改成自己的内容。", "填上各个指标的数值就能生成文件；任务照着改成自己的内容。"),
    ("下面是各单位都用得上的例子；本行业的条款", "下面是这类单位常写的，挑着用；别的条款"),
    ("本行业的条款", "下面是这类单位常写的，挑着用；别的条款"),
)
"""What the comments of the general starter say, and what they say of items of a field, whose targets have no values."""
_OPENING = regex(r"^  - 用: 总体要求/指导思想.*\n", re.M)
"""Matches the opening paragraph, which takes the wording (变体) and the main subjects (领域) of a field."""
_OWN_TITLE = regex(r"^# 标题: .*", re.M)
_ITEM = regex(r"^ +- 用: (\S+)\n((?: +[^\s#-].*\n)*)", re.M)
"""Matches a clause that is used, with the lines that belong to it."""
_ARGUMENTS = regex(r"^ +参数: \{(.*)\}\n", re.M)
_ARGUMENT = regex(r"(\w+): ")
_EMPTY = regex(r"^  - 章: .*\n    内容:\n(?=\s*(?:^  - 章|\Z))", re.M)
_TARGET = regex(r"^  (\S+): \{名称: .*\n", re.M)
_YEARLY = regex(r"^ +参数: \{.*\{\{ 指标\..*\n", re.M)
"""Matches the arguments that take the values of targets: clauses speak of one year."""


def field_file(unit: str) -> str:
    """The name of the starter for a unit: that of its sort (学校, 医院, 街道), else of its field; "" if it is not known."""
    if is_school(unit):
        return "学校"
    special = next((field for field, words in _SPECIAL for word in words if word in unit), "")
    return special or field_in_charge(unit)


def with_field(text: str, plan: PlanProfile, clauses: LibraryStack, *, multi_year: bool) -> str:
    """A starter with what the unit's field writes instead of its own; unchanged if nothing is known of the field."""
    field = field_file(plan.unit)
    path = os.path.join(files.data_folder("templates"), _FIELDS, f"{field}.yaml")
    data = files.read_file(path).value if field and os.path.isfile(path) else None
    if data is None:
        return text
    own = data.decode("utf-8")
    if multi_year:
        own = _YEARLY.sub("", own)
    name = _said(own, "方案")
    text = _with_block(text, "指标", outline_block(own, "指标"))
    text = _with_block(text, "重点任务", fitting_parts(outline_block(own, "重点任务"), plan, clauses))
    text = _with_opening(text, own)
    text = _with_goal(text, _said(own, "目标"), name, multi_year=multi_year)
    if multi_year:
        text = _OWN_TITLE.sub(f"标题: {_title(field, name)}      # 删去这一行，就用默认的标题", text, count=1)
    for general, said in (("政务服务提质增效实施方案", f"{name}实施方案"), *_COMMENTS):
        text = text.replace(general, said)
    cited = {target for target in _TARGET.findall(text) if re.search(rf"指标\.{target}[ .]", text)}
    return _TARGET.sub(lambda line: line[0] if line[1] in cited else "", text)


def _with_block(text: str, key: str, block: str) -> str:
    """A starter with another block under a key."""
    head, tail = re.split(_BLOCK.format(key), text, maxsplit=1, flags=re.M)
    return f"{head}{block}\n{tail}"


def _with_opening(text: str, own: str) -> str:
    """A starter whose opening paragraph has the wording and the main subjects of the field."""
    wording, subjects = _said(own, "变体"), _said(own, "领域")
    chosen = f"    变体: {wording}\n" if wording else ""
    chosen += f"    参数: {{重点领域: {subjects}}}\n" if subjects else ""
    return _OPENING.sub(lambda line: line[0] + chosen, text, count=1)


def _with_goal(text: str, goal: str, name: str, *, multi_year: bool) -> str:
    """A starter whose lines on its goal, or on its reason, speak of the field."""
    goal = f"到{{{{ 止年 }}}}年，{goal}" if multi_year else goal
    text = _with_line(text, "          - ", "到{{ 起年 }}", goal)
    text = _with_line(text, "      - ", "坚持问题导向", goal)
    return _with_line(text, "导语: ", "为", f"为推进{name}", kept="，结合")


def _with_line(text: str, head: str, start: str, said: str, *, kept: str = "") -> str:
    """A text whose line with `head` and `start` says something else behind its head; it keeps what follows `kept`."""
    at = text.find(f"\n{head}{start}") + 1
    if not at:
        return text
    end = text.index("\n", at)
    rest = kept + text[at:end].partition(kept)[2] if kept else ""
    return f"{text[:at]}{head}{said}{rest}{text[end:]}"


def _title(field: str, name: str) -> str:
    holder = "@单位@" if field in ("学校", "医院") else "@地区@"
    subject = name.removeprefix(field) if field in ("乡镇", "街道", "学校") else name
    return f"{holder}{subject}三年行动计划（@起年@—@止年@年）"


def fitting_parts(parts: str, plan: PlanProfile, clauses: LibraryStack) -> str:
    """The parts of a field without the items that a plan of this level may not have.

    They are written for a county; the clauses for a city are fewer, and its wordings have other parameters.
    """
    level = plan_level(plan.unit, plan.level)

    def fitted(item: re.Match[str]) -> str:
        clause = clauses.find(item[1])
        if clause is None or misfit(users_of(clause), plan):
            return ""
        texts = (visit.text.value for visit in walk_texts((clause.worded(level),)))
        names = frozenset().union(*map(named_parameters, texts))
        own = _ARGUMENTS.search(item[2])
        return item[0] if own is None or names.issuperset(_ARGUMENT.findall(own[1])) else item[0].replace(own[0], "")

    return _EMPTY.sub("", _ITEM.sub(fitted, parts))


def outline_block(text: str, key: str) -> str:
    """A key of an outline with the lines below it; "" if it is not there."""
    found = re.search(_BLOCK.format(key), text, re.M)
    return found[0].rstrip("\n") + "\n" if found else ""


def _said(text: str, key: str) -> str:
    """What stands behind a key on its line; "" if it is not there."""
    return outline_block(text, key).partition(":")[2].strip()
