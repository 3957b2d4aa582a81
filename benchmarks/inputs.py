"""The inputs of the benchmarks: an outline for planwriter, and the same plan for its peers.

The peers get the plan paragraph by paragraph, with its clauses, targets and numbers already filled in: they have less to do
than planwriter, never more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.model import Document, Figure, Outline, Target
from planwriter.outline.kind import Kind
from planwriter.plan.flow import HEADINGS, TITLE, Line, flow
from planwriter.start.records import replace

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "real" / "linyi-2018.yaml"
EXAMPLE = ROOT / "examples" / "qingshan-2026.yaml"
_MARK = 7_310_000
"""The first of the marker figures, which occur in no plan: one in the text shows the place of the target that it was given to."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph for the peers: `role` determines its style, `lead` is a heading that runs in before the text."""

    role: str
    lead: str
    text: str


class Unfit(Exception):
    """An outline is not suitable for a benchmark; the message says why."""


def read(path: Path) -> plans.Plan:
    """The plan of an outline file. Raises Unfit if it has errors."""
    plan = plans.plan_file(Session().at(str(path)), str(path))
    if not plan.sound:
        raise Unfit(f"{path}: " + "; ".join(each.message for each in plan.findings[:3]))
    return plan


def paragraphs(document: Document) -> list[Paragraph]:
    """The paragraphs of a document. Raises Unfit for tables and boxes, which the peers' programs do not set."""
    made = []
    for item in flow(document):
        if not isinstance(item, Line) or item.boxed:
            raise Unfit("the outline holds a table or a box; take one without")
        lead = next((run for run in item.runs if run.role in HEADINGS and len(item.runs) > 1), None)
        if lead is not None:
            text = "".join(run.text for run in item.runs if run is not lead)
            made.append(Paragraph(f"lead{HEADINGS.index(lead.role) + 1}", lead.text, text))
        else:
            role = item.role if item.role in (TITLE, *HEADINGS) else "body"
            made.append(Paragraph(role, "", item.text))
    return made


def write_plan(made: list[Paragraph], path: Path) -> None:
    """Writes the peers' input: a YAML file with a list of paragraphs."""
    plain = [{"role": each.role, "lead": each.lead, "text": each.text} for each in made]
    text = yaml.dump({"paragraphs": plain}, Dumper=yaml.CSafeDumper, allow_unicode=True, width=1 << 20, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def vary(outline: Outline, number: int) -> Outline:
    """The outline with every target's figure raised by `number`."""
    return replace(outline, targets=tuple(_with_figure(each, _figure(each) + number) for each in outline.targets))


def figures(outline: Outline) -> dict[str, str]:
    """The figures of the outline's targets as they stand in the text, by the names that `with_holes` uses."""
    return {f"t{number}": f"{_figure(target):f}" for number, target in enumerate(outline.targets)}


def with_holes(outline: Outline, kind: Kind) -> list[Paragraph]:
    """The paragraphs of an outline with `{{ t0 }}`, `{{ t1 }}` … instead of the figures of its targets."""
    marked = tuple(_with_figure(each, Decimal(_MARK + number)) for number, each in enumerate(outline.targets))
    document = plans.plan_outline(Session(), replace(outline, targets=marked), kind).value[1]

    def hole(match: re.Match[str]) -> str:
        return f"{{{{ t{int(match.group()) - _MARK} }}}}"

    sign = re.compile(rf"{_MARK // 10_000}\d{{4}}")
    return [
        replace(each, lead=sign.sub(hole, each.lead), text=sign.sub(hole, each.text)) for each in paragraphs(document)
    ]


def _figure(target: Target) -> Decimal:
    return target.value.value if target.value else Decimal(0)


def _with_figure(target: Target, figure: Decimal) -> Target:
    return replace(target, value=Figure(value=figure, origin=target.origin))


_SENTENCES = (
    "健全工作机制，明确任务分工，把年度任务分解到岗、落实到人",
    "统筹城乡资源配置，优先保障农村学校和薄弱环节的需要",
    "加强过程管理和质量监测，及时发现问题，限期整改到位",
    "总结推广基层经验，发挥示范学校的带动作用，促进共同提高",
    "完善制度规范，严格工作纪律，自觉接受师生和社会监督",
    "深化部门协作，形成家庭、学校、社会协同推进的合力",
    "加大经费保障力度，提高资金使用效益，确保按期完成",
)


def grown(count: int) -> str:
    """An outline whose document has `count` paragraphs, each of about 100 characters: chapters of 25 items."""
    lines = [
        "文种: 工作要点",
        "单位: 青山县教育局",
        "地区: 青山县",
        "年度: 2026",
        "总体要求: 总体要求是稳中求进、以进促稳。",
        "重点任务:",
    ]
    made = 4  # the title, the general requirements, and the last chapter with its text
    chapters = 0
    while made < count:
        chapters += 1
        lines += [f"  - 章: 推进第{chapters}方面工作，落实年度任务", "    内容:"]
        made += 1
        for item in range(min(25, max(count - made, 1))):
            text = "；".join(_SENTENCES[(item + step * (chapters % 5 + 1)) % 7] for step in range(4))
            lines += [f"      - 条: 做好第{chapters}方面第{item + 1}项工作", f"        文: {text}。"]
            made += 1
    lines += ["保障措施:", "  - 章: 加强组织保障，推动任务落实", "    文: 加强领导，压实责任，确保各项任务落到实处。"]
    return "\n".join(lines) + "\n"
