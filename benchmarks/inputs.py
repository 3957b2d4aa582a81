"""The inputs of the benchmarks: outlines for planwriter, and the same plans for its peers.

The peers get a plan paragraph by paragraph, with its clauses, targets and numbers already filled in, and without its frame,
tables and boxes: they have less to do than planwriter, never more.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import yaml

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.model import Document
from planwriter.plan.flow import BODY, HEADINGS, TITLE, Line, flow

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
REAL = ROOT.parent / "shared" / "real" / "linyi-2018.yaml"
"""A published plan, which is not everywhere."""
_MARK = 7_310_000
"""The first of the marker figures, which occur in no plan: one in the text shows the place of the target that it was given to."""
_SPAN, _SMALL_SPAN = 200, 25
"""Targets are raised by less than this; those below 100 by less than the second, so that the plan stays sound."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph for the peers: `role` determines its style, `lead` is a heading that runs in before the text."""

    role: str
    lead: str
    text: str

    @property
    def whole(self) -> str:
        """All characters of the paragraph."""
        return self.lead + self.text


class Unfit(Exception):
    """An outline or a contestant is not suitable for a benchmark; the message says why."""


def outlines() -> list[Path]:
    """The outlines of the races: a published plan if there is one, else an example, and three examples."""
    examples = [EXAMPLES / f"{name}.yaml" for name in ("first", "qingshan-2026", "yunling-three-year")]
    return [REAL if REAL.exists() else EXAMPLES / "implementation-plan.yaml", *examples]


def read(path: Path) -> Document:
    """The document of an outline file. Raises Unfit if the outline has errors."""
    plan = plans.plan_file(Session().at(str(path)), str(path))
    if not plan.sound or plan.document is None:
        raise Unfit(f"{path}: " + "; ".join(each.message for each in plan.findings[:3]))
    return plan.document


def paragraphs(document: Document) -> tuple[list[Paragraph], int]:
    """The titles, headings and body paragraphs of a document, and the number of other items.

    The others are the lines of the frame, tables, pictures and boxes, which the peers do not make.
    """
    made = []
    others = 0
    for item in flow(document):
        if not isinstance(item, Line) or item.boxed or item.role not in (TITLE, BODY, *HEADINGS):
            others += 1
            continue
        lead = next((run for run in item.runs if run.role in HEADINGS and len(item.runs) > 1), None)
        if lead is not None:
            text = "".join(run.text for run in item.runs if run is not lead)
            made.append(Paragraph(f"lead{HEADINGS.index(lead.role) + 1}", lead.text, text))
        else:
            made.append(Paragraph(item.role.value, "", item.text))
    return made, others


def plain(made: list[Paragraph]) -> dict[str, object]:
    """The paragraphs as the peers' programs read them."""
    return {"paragraphs": [{"role": each.role, "lead": each.lead, "text": each.text} for each in made]}


def write_plan(made: list[Paragraph], path: Path) -> None:
    """Writes the peers' input, a list of paragraphs, in YAML at `path`, and in JSON beside it."""
    text = yaml.dump(plain(made), Dumper=yaml.CSafeDumper, allow_unicode=True, width=1 << 20, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".json").write_text(json.dumps(plain(made), ensure_ascii=False), encoding="utf-8")


class Series:
    """Documents that differ in their targets: an example outline whose targets that are counts are raised."""

    def __init__(self, outline: Path = EXAMPLES / "qingshan-2026.yaml") -> None:
        plan = plans.plan_file(Session(), str(outline))
        assert plan.outline is not None
        self._text = outline.read_text("utf-8")
        self.values = {
            each.key: each.value.value
            for each in plan.outline.targets
            if each.unit != "%" and each.value and not (each.years or each.baseline or each.formula)
        }
        """The counts of the example, by their targets' keys."""
        self.holes = self._with_holes()
        """The paragraphs with `{{ t0 }}`, `{{ t1 }}` … instead of the counts."""

    def counts(self, number: int) -> dict[str, Decimal]:
        """The counts of document `number`, by their targets' keys; no two documents of the first 10,000 have the same."""
        turns = number // _SPAN
        return {
            key: value + (number + turns * place) % (_SPAN if value >= 100 else _SMALL_SPAN)
            for place, (key, value) in enumerate(self.values.items())
        }

    def outline(self, number: int) -> str:
        """The outline of document `number`."""
        return self._outline(self.counts(number))

    def figures(self, number: int) -> dict[str, str]:
        """The figures of document `number` as they stand in its text, by the names of the holes."""
        return {f"t{place}": f"{count:f}" for place, count in enumerate(self.counts(number).values())}

    def paragraphs(self, number: int) -> list[Paragraph]:
        """The paragraphs of document `number`."""
        figures = self.figures(number)

        def fill(text: str) -> str:
            return re.sub(r"\{\{ (t\d+) \}\}", lambda match: figures[match[1]], text)

        return [replace(each, lead=fill(each.lead), text=fill(each.text)) for each in self.holes]

    def sheet(self, count: int) -> str:
        """A table for `render --each`, in CSV: a row for each document."""
        lines = ["文件名," + ",".join(f"指标.{key}" for key in self.values)]
        for number in range(count):
            lines.append(f"{number}," + ",".join(f"{each:f}" for each in self.counts(number).values()))
        return "\n".join(lines) + "\n"

    def _outline(self, counts: dict[str, Decimal]) -> str:
        def put(match: re.Match[str]) -> str:
            return f"{match[1]}{counts[match[2]]:f}" if match[2] in counts else match[0]

        return re.sub(r"^(  (\S+): \{名称: [^,]*, 数值: )[\d.]+", put, self._text, flags=re.MULTILINE)

    def _with_holes(self) -> list[Paragraph]:
        marked = self._outline({key: Decimal(_MARK + place) for place, key in enumerate(self.values)})
        document = plans.plan_bytes(Session(), marked.encode(), "marked.yaml").document
        assert document is not None

        def hole(match: re.Match[str]) -> str:
            return f"{{{{ t{int(match[0]) - _MARK} }}}}"

        sign = re.compile(rf"{_MARK // 10_000}\d{{4}}")
        return [
            replace(each, lead=sign.sub(hole, each.lead), text=sign.sub(hole, each.text))
            for each in paragraphs(document)[0]
        ]


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
            title = f"做好第{chapters}方面第{item + 1}项工作"
            lines += [f"      - 条: {title}", f"        文: {title}，{text}。"]  # no sentence stands twice
            made += 1
    lines += ["保障措施:", "  - 章: 加强组织保障，推动任务落实", "    文: 加强领导，压实责任，确保各项任务落到实处。"]
    return "\n".join(lines) + "\n"
