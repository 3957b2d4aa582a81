"""Writes the reference pages that are generated from the code: findings.md, commands.md and glossary.md.

`python docs/generate.py` writes them; a test compares them with the code.
"""

from __future__ import annotations

import re
import string
from pathlib import Path

import click

from planwriter.cli.group import cli
from planwriter.findings.explain import blanked, page_of
from planwriter.findings.messages import all_codes, message_of
from planwriter.findings.report import FIXABLE
from planwriter.language.regions import LEVELS
from planwriter.source import keys

HERE = Path(__file__).parent
_CASES = HERE.parent / "tests" / "cases" / "findings"
_FEW = 5
"""A sentence with fewer characters of its own than this is shown with an example."""
_FAMILIES = {
    "1": "读文件",
    "2": "提纲和骨架",
    "3": "条款和条款库",
    "4": "指标",
    "5": "语言",
    "6": "公文格式和版式",
    "7": "导入和合并",
    "8": "输出",
    "9": "程序自己的错",
}
_SCHEMAS = {
    "提纲最外层": "OUTLINE",
    "地区": "REGION",
    "章 节 条 款": "SECTION",
    "用": "USE",
    "专栏": "BOX",
    "表": "TABLE",
    "图": "PICTURE",
    "由指标画的图": "CHART",
    "编号": "NUMBERING",
    "编号里的一级": "LEVEL_NUMBERING",
    "指标": "TARGET",
    "基期": "BASELINE",
    "指标的工作簿": "TARGET_BOOK",
    "文种 kind.yaml": "KIND",
    "骨架的一部分": "SKELETON_PART",
    "条款库 library.yaml": "LIBRARY",
    "条款": "CLAUSE",
    "条款的参数": "PARAMETER",
    "条款的适用": "APPLIES",
    "条款的示例": "SAMPLE",
    "工作区 planwriter.yaml": "WORKSPACE",
    "版式文件": "LAYOUT",
    "版式的纸张": "LAYOUT_PAPER",
    "版式的页边": "LAYOUT_MARGINS",
    "版式的网格": "LAYOUT_GRID",
    "版式的页码": "LAYOUT_PAGE_NUMBER",
    "版式的文字": "LAYOUT_ROLES",
    "版式的一种文字": "LAYOUT_ROLE",
}
_TYPES = {"string": "text", "sequence": "list", "mapping": "mapping"}


def findings_page() -> str:
    """The page of all findings: code, severity, sentence and hint."""
    lines = [
        "# 问题代码",
        "",
        "由 `python docs/generate.py` 从代码写出。`planwriter explain 代码` 有错的和对的写法；「」处填的是实际内容。",
        "",
        "错误：文件排不出来，或者一定不对。警告：多半不对，文件照排。提示：仅供参考。",
        "标“草稿可放行”的，加 `--draft` 只当警告；这些和警告、提示还可以在工作区文件的“检查”里改级别或忽略。",
    ]
    family = ""
    for code, message in sorted((code, message_of(code)) for code in all_codes()):
        if code[2] != family:
            family = code[2]
            lines += [
                "",
                f"## PW{family}xx {_FAMILIES[family]}",
                "",
                "| 代码 | 级别 | 说的是 | 办法 |",
                "|---|---|---|---|",
            ]
        severity = message.severity.word + ("（草稿可放行）" if message.softens else "")
        lines.append(f"| {code} | {severity} | {_cell(_said(code))} | {_cell(_way(code))} |")
    return "\n".join(lines) + "\n"


def _said(code: str) -> str:
    """What a finding says; with an example if hardly a word of its sentence is fixed."""
    sentence = message_of(code).sentence
    told = blanked(sentence)
    return told + (_example(code) if "「" in told and _own_words(sentence) < _FEW else "")


def _example(code: str) -> str:
    """The finding as it is reported on the case that a test keeps of it, else what it is about."""
    for expected in sorted(_CASES.glob(f"{code}*/expected.txt")):
        found = re.search(rf" {code} (.*)", expected.read_text("utf-8"))
        if found:
            return f"例如：{found[1].removesuffix(FIXABLE)}"
    return page_of(code).why.split("。")[0] + "。"


def _way(code: str) -> str:
    """The way out; that of the finding's page if the finding itself says it differently each time."""
    hint = message_of(code).hint
    return blanked(hint) if _own_words(hint) else page_of(code).way


def _own_words(sentence: str) -> int:
    """How many characters of a sentence are the same each time, marks left aside."""
    fixed = "".join(text for text, _, _, _ in string.Formatter().parse(sentence))
    return sum(mark.isalnum() for mark in fixed)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def commands_page() -> str:
    """The page with the help of every command."""
    lines = [
        "# 命令",
        "",
        "由 `python docs/generate.py` 从代码写出。`python -m planwriter` 与 `planwriter` 是一回事。",
        "",
        "退出码：0 正常；1 有错误；2 命令写得不对；3 有警告（只在 `--strict` 时）；4 磁盘上读不到、写不了（文件不在、没有权限、不肯盖掉别的文件），读到了而内容坏了的是 1；5 程序自己的错。",
        "",
        "```",
        _help(cli, "planwriter"),
        "```",
    ]
    context = click.Context(cli, info_name="planwriter")
    assert isinstance(cli, click.Group)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        lines += ["", f"## {name}", "", "```", _help(command, name, context), "```"]
        if isinstance(command, click.Group):
            inner = click.Context(command, info_name=name, parent=context)
            for each in command.list_commands(inner):
                own = command.get_command(inner, each)
                assert own is not None
                lines += ["", f"### {name} {each}", "", "```", _help(own, each, inner), "```"]
    return "\n".join(lines) + "\n"


def _help(command: click.Command, name: str, parent: click.Context | None = None) -> str:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=90, max_content_width=90)
    return command.get_help(context).rstrip()


def glossary_page() -> str:
    """The page with the official words, their English names, and the tables of keys."""
    lines = [
        "# Glossary",
        "",
        "The official words and their names in code. The tables of keys are written by `python docs/generate.py`.",
        "",
        "| official word | English | in code |",
        "|---|---|---|",
        *(f"| {word} | {english} | `{code}` |" for word, english, code in _TERMS),
        "",
        "## Words that follow from a region's level",
        "",
        "| 级别 | 全域 | 我域 | 党委 | 政府 |",
        "|---|---|---|---|---|",
        *(
            f"| {level} | {words.whole} | {words.ours} | {words.committee} | {words.government} |"
            for level, words in LEVELS.items()
        ),
        "",
        "## Keys",
        "",
        "What a writer types, and its name in code (`planwriter/source/keys.py`, `meta.name`).",
    ]
    for title, name in _SCHEMAS.items():
        schema: keys.Schema = getattr(keys, name)
        lines += ["", f"### {title}", "", "| key | in code | takes |", "|---|---|---|"]
        for key, rules in schema.items():
            types = rules["type"] if isinstance(rules["type"], list) else [rules["type"]]
            takes = " or ".join(_TYPES[each] for each in types)
            allowed = f": {' · '.join(rules['allowed'])}" if "allowed" in rules else ""
            required = ", required" if rules.get("required") else ""
            lines.append(f"| {key} | `{rules['meta']['name']}` | {takes}{allowed}{required} |")
    return "\n".join(lines) + "\n"


_TERMS = (
    ("文种", "kind of plan", "Kind"),
    ("工作要点", "annual work points", "templates/annual_work_points"),
    ("三年行动计划", "three-year action plan", "templates/three_year_action_plan"),
    ("实施方案", "implementation plan", "templates/implementation_plan"),
    ("提纲", "outline", "Outline"),
    ("骨架", "skeleton", "Kind.skeleton"),
    ("部分", "part of the skeleton", "Part"),
    ("总体要求", "general requirements", "Part.role"),
    ("重点任务", "key tasks", "Part.role"),
    ("保障措施", "safeguard measures", "Part.role"),
    ("导语 / 结语", "preface / closing paragraphs", "Document.preface, .closing"),
    ("章 节 条 款", "levels one to four", "Level"),
    ("独行 / 接排", "title on its own line / run in with the text", "Section.run_in"),
    ("连续", "the level within which numbers continue", "LevelNumbering.restart"),
    ("条款", "clause", "Clause"),
    ("条款库", "clause library", "Library"),
    ("用", "use of a clause", "Use"),
    ("条款库包", "package of a library, .pwlib", "sharing.bundle.Bundle"),
    ("清单", "the package's manifest, pwlib.json", "Bundle.signed"),
    ("指纹", "fingerprint of a public key", "sharing.signing.fingerprint"),
    ("更新说明", "change list", "sharing.notes"),
    ("变体", "variant wording", "Clause.variants"),
    ("指标", "target", "Target"),
    ("界限", "bound", "Target.bound"),
    ("基期", "baseline", "Target.baseline"),
    ("分年", "yearly steps", "Target.years"),
    ("分项", "parts of a target", "Target.shares"),
    ("公式 / 核验", "formula / assertion", "Target.formula, Outline.assertions"),
    ("约束性 / 预期性", "binding / anticipated", "Target.nature"),
    ("上级文件", "superior plan", "Outline.superior"),
    ("责任单位 / 配合单位", "lead unit / supporting unit", "Duty.lead, .support"),
    ("时限", "deadline", "Duty.deadline"),
    ("责任清单", "list of duties", "plan.duty_list"),
    ("任务摘编", "extract for a unit", "plan.extract"),
    ("责任标注", "place where the responsible units are named", "Outline.duty_note"),
    ("专栏", "box", "Box"),
    ("版式", "layout", "Layout"),
    ("基于", "base of a layout or a clause", "layout.find, clauses.stack"),
    ("样本", "document from which a layout is learned", "audit.sample.Sample"),
    ("版心", "type area", "Layout.width, .height"),
    ("段首句", "lead sentence: a run-in title", "Section.title"),
    ("发文", "official frame", "Frame"),
    ("工作区", "workspace", "planwriter.yaml"),
    ("生成记录", "record: what a .docx was made from", "writers.docx.record.Record"),
    ("隐藏书签", "mark: the hidden bookmark of an item of the record", "writers.docx.marks"),
    ("原稿 / 现稿", "the old and the new of two versions", "PlanVersion"),
    ("手改", "hand edit of a .docx", "compare.edits.hand_edits"),
    ("收回", "absorb: take hand edits back into the outline", "compare.absorb"),
    ("刷新", "refresh: bring the outline's values into an edited .docx", "compare.tracked.refresh"),
    ("对照", "diff", "compare.edits.difference"),
    ("修订稿", "redline: the old file with all that changed as tracked changes", "compare.tracked.redline"),
    ("花脸稿", "the new text with what was struck out and put in", "compare.display.struck_copy"),
    ("修改对照表", "table of changes for who has to agree", "compare.display.leader_table"),
    ("汇总", "collect: the opinions of bureaus in one table", "compare.opinions"),
    ("撤销", "undo: take back what a command changed", "app.journal.undo"),
    ("流水", "log: the history of an outline, from the journal", "app.history"),
)


PAGES = {"findings.md": findings_page, "commands.md": commands_page, "glossary.md": glossary_page}


def main() -> None:
    """Writes every page."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
