"""The outline that `planwriter new` begins with."""

from __future__ import annotations

import os
import re

from planwriter.app.session import Session
from planwriter.clauses.stack import LibraryStack
from planwriter.clauses.systems import PlanProfile, field_in_charge, is_school, misfit, plan_level, users_of
from planwriter.fill.optional import named_parameters
from planwriter.findings.finding import Result
from planwriter.language.regions import level_of
from planwriter.model import Region
from planwriter.model.walk import walk_texts
from planwriter.outline.kind import Kind
from planwriter.outline.read import read_region
from planwriter.source.nodes import Scalar
from planwriter.start.patterns import regex
from planwriter.system import files


def unit_and_region(session: Session) -> tuple[str, Region | None]:
    """The default unit and region of a workspace's outlines; "" and None if it has none."""
    nodes = session.settings.defaults.nodes
    unit = nodes.get("unit")
    return unit.value if isinstance(unit, Scalar) else "", read_region(nodes.get("region")).value


def starter(session: Session, kind: Kind, values: dict[str, str]) -> Result[str | None]:
    """The commented starter outline of a kind for the unit in `values`, which replace its @…@ marks.

    A kind of the workspace without a starter of its own gets that of a built-in kind for the same period.
    """
    own = os.path.join(session.folder, "templates") if session.workspace else ""
    built_in = files.data_folder("templates")
    stand_in = next((each for each in session.built_in_kinds().value if each.multi_year == kind.multi_year), kind)
    for base, each in ((own, kind), (built_in, kind), (built_in, stand_in)):
        name = each.starter_for(values["单位"])
        path = os.path.join(base, each.folder, name)
        if base and os.path.isfile(path):
            break
    data = files.read_file(path, f"templates/{each.folder}/{name}")
    if data.value is None:
        return Result(None, data.findings)
    text = data.value.decode("utf-8").replace("\r\n", "\n")
    text = re.sub(r"^文种: \S+", f"文种: {kind.name}", text, count=1, flags=re.M)
    if base == built_in:
        first, last = (int(values[each]) for each in (("起年", "止年") if kind.multi_year else ("年度", "年度")))
        plan = PlanProfile(values["单位"], level_of(values["地区"]), kind.name, (first, last))
        clauses = LibraryStack((), session.built_in)
        text = _of_these_years(text, plan, clauses)
        if name == "starter.yaml":
            text = _with_field(text, plan, clauses, multi_year=kind.multi_year)
        else:
            tasks = _block(text, "重点任务")
            text = text.replace(tasks, _fitting(tasks, plan, clauses))
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return Result(text)


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
_USED = regex(r"(?<=- 用: )[^\s#]+")
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


def _with_field(text: str, plan: PlanProfile, clauses: LibraryStack, *, multi_year: bool) -> str:
    """A starter with the targets and items of the unit's field instead of its own; unchanged if there are none for it."""
    field = field_file(plan.unit)
    path = os.path.join(files.data_folder("templates"), _FIELDS, f"{field}.yaml")
    data = files.read_file(path).value if field and os.path.isfile(path) else None
    if data is None:
        return text
    own = data.decode("utf-8")
    if multi_year:
        own = _YEARLY.sub("", own)
    for key, block in (("指标", _block(own, "指标")), ("重点任务", _fitting(_block(own, "重点任务"), plan, clauses))):
        head, tail = re.split(_BLOCK.format(key), text, maxsplit=1, flags=re.M)
        text = f"{head}{block}\n{tail}"
    chosen = "".join(
        f"    {line}\n"
        for key, line in (("变体", "变体: {}"), ("领域", "参数: {{重点领域: {}}}"))
        if (said := _block(own, key).partition(":")[2].strip())
        for line in (line.format(said),)
    )
    text = _OPENING.sub(lambda line: line[0] + chosen, text, count=1)
    goal, name = (_block(own, key).partition(":")[2].strip() for key in ("目标", "方案"))
    goal = f"到{{{{ 止年 }}}}年，{goal}" if multi_year else goal
    for line, said in (
        ("          - 到{{ 起年 }}", goal),
        ("      - 坚持问题导向", goal),
        ("导语: 为", f"为推进{name}"),
    ):
        at = text.find(f"\n{line}") + 1
        if at:
            end = text.index("\n", at)
            kept = "，结合" + text[at:end].partition("，结合")[2] if line.startswith("导语") else ""
            text = f"{text[:at]}{line[: len(line) - len(line.lstrip(' -导语:'))]}{said}{kept}{text[end:]}"
    if multi_year:
        holder = "@单位@" if field in ("学校", "医院") else "@地区@"
        subject = name.removeprefix(field) if field in ("乡镇", "街道", "学校") else name
        title = f"{holder}{subject}三年行动计划（@起年@—@止年@年）"
        text = _OWN_TITLE.sub(f"标题: {title}      # 删去这一行，就用默认的标题", text, count=1)
    for general, said in (("政务服务提质增效实施方案", f"{name}实施方案"), *_COMMENTS):
        text = text.replace(general, said)
    cited = {target for target in _TARGET.findall(text) if re.search(rf"指标\.{target}[ .]", text)}
    return _TARGET.sub(lambda line: line[0] if line[1] in cited else "", text)


def _of_these_years(text: str, plan: PlanProfile, clauses: LibraryStack) -> str:
    """A starter with clauses that are for other years replaced by those that took their place (替代)."""

    def current(used: re.Match[str]) -> str:
        clause = clauses.find(used[0])
        if clause is None or not misfit(users_of(clause), plan):
            return used[0]
        later = (clauses.find(each) for each in clause.successors)
        return next((each.identifier for each in later if each and not misfit(users_of(each), plan)), used[0])

    return _USED.sub(current, text)


def _fitting(parts: str, plan: PlanProfile, clauses: LibraryStack) -> str:
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


def _block(text: str, key: str) -> str:
    found = re.search(_BLOCK.format(key), text, re.M)
    return found[0].rstrip("\n") + "\n" if found else ""
