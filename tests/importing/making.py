"""Texts for the tests of importing, and shortcuts from a text to what is made of it. All places are invented."""

from __future__ import annotations

from planwriter.app import plans
from planwriter.app.importing import ImportedPlan, import_bytes
from planwriter.app.session import Session
from planwriter.findings.finding import Finding, Severity
from planwriter.importing.identity import Given
from planwriter.importing.script import Script, ScriptLine
from planwriter.model import Section
from planwriter.model.walk import walk
from planwriter.writers.text import render_text

SESSION = Session()

PLAN = """\
青山县教育局2026年工作要点
2026年，全县教育工作以办好每一所学校为目标，坚持先立后破，稳中求进。
一、扩大优质资源
（一）办好学前教育
1.新建公办园。建成三所公办幼儿园，城区和柳林镇各有布局。
2.规范办园行为。开展常态巡查，（责任单位：学前股、督导室；配合单位：计财股；完成时限：2026年12月）
（二）办好义务教育
3.优化布局。撤并空心校，改善寄宿条件。
4.推进课堂改革。每校确定一个研究主题。
二、建强教师队伍
（一）加强师德建设
5.开展师德宣讲。每学期不少于两次。
6.落实考核制度。考核结果用于评优评先。
三、强化组织保障
7.加强领导。各学校主要负责人负总责。
8.强化督导。每季度通报一次进展。
"""
NOTICE = """\
青山县教育局关于印发《青山县教育局2026年工作要点》的通知
青教发〔2026〕3号
各乡镇中心学校，局属各学校：
现将《青山县教育局2026年工作要点》印发给你们，请认真抓好落实。
青山县教育局
2026年3月5日
（此件公开发布）
"""


def lines_of(text: str) -> list[ScriptLine]:
    """The lines of a text, as a source gives them."""
    return [ScriptLine(text=line, number=number) for number, line in enumerate(text.splitlines(), 1)]


def script_of(text: str) -> Script:
    return Script(name="旧.txt", lines=tuple(lines_of(text)))


def imported(
    text: str, given: Given | None = None, name: str = "旧.txt"
) -> tuple[tuple[ImportedPlan, ...], tuple[Finding, ...]]:
    """The outlines of a text and the findings."""
    made = import_bytes(SESSION, text.encode(), name, given or Given())
    return made.value, made.findings


def only(text: str, given: Given | None = None) -> ImportedPlan:
    """The outline of a text that holds one plan."""
    (made,) = imported(text, given)[0]
    return made


def printed(plan: ImportedPlan) -> str:
    """What the file that is written prints; fails if it has an error as a draft."""
    made = plans.plan_bytes(SESSION, plan.yaml.encode(), "新.yaml", draft=True)
    errors = [(each.code, each.message) for each in made.findings if each.severity is Severity.ERROR]
    assert errors == [] and made.document is not None
    assert made.outline == plan.imported.outline
    return render_text(made.document)


def levels(plan: ImportedPlan) -> list[tuple[int, str]]:
    """The level and the title of each section of the parts, or the beginning of its text."""
    outline = plan.imported.outline
    sections = [
        visit.block for part in outline.parts for visit in walk(part.blocks) if isinstance(visit.block, Section)
    ]
    return [
        (int(each.level), each.title.value if each.title else (each.text.value[:6] if each.text else ""))
        for each in sections
    ]


def counts(plan: ImportedPlan) -> tuple[int, int, int, int]:
    """How many numbered 章, 节, 条 and 款 the parts have."""
    outline = plan.imported.outline
    found = [0, 0, 0, 0]
    for part in outline.parts:
        for visit in walk(part.blocks):
            block = visit.block
            if isinstance(block, Section) and not (block.numbering and block.numbering.unnumbered):
                found[block.level - 1] += 1
    return found[0], found[1], found[2], found[3]


def roles(plan: ImportedPlan) -> dict[str, list[str]]:
    """The titles of the outermost sections by part."""
    parts = plan.imported.outline.parts
    return {
        part.role: [block.title.value for block in part.blocks if isinstance(block, Section) and block.title]
        for part in parts
    }
