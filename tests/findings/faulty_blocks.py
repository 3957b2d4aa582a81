"""Findings on a block that is to become a clause, and a clause of a plan that no outline can show: a function makes each; its docstring is the code."""

import re
from pathlib import Path

from planwriter.app.plans import plan_bytes
from planwriter.app.session import Session
from planwriter.cli import group
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos
from tests.support import outline, plan


def a_parameter_as_long_as_a_document(folder: Path) -> list[Finding]:
    """PW311"""
    Path("县库").mkdir()
    Path("县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    clause = "- 条款: 校园/食堂\n  条: 办好食堂\n  文: 做到{{ 参数.要求 }}。\n  参数: {要求: {类型: 文本}}\n"
    Path("县库/校园.yaml").write_text(clause, "utf-8")
    use = f"重点任务:\n  - 章: 办好食堂\n    内容:\n      - 用: 校园/食堂\n        参数: {{要求: {'好' * 10_001}}}\n"
    return list(
        plan_bytes(Session(), outline(use, extra="库: 县库\n").encode(), "提纲.yaml", path="提纲.yaml").findings
    )


def _added(item: str, *options: str) -> list[Finding]:
    from planwriter.curation import lift

    made = plan(outline())
    assert made.outline and made.kind
    block = lift.find_block(made.outline, item)
    assert block
    clause = lift.lift(made.outline, made.kind, block)
    assert clause.value
    yaml = lift.clause_yaml(clause.value, "教学/常规", made.kind, made.outline)
    return list(lift.append(options[0].encode(), yaml, "教学.yaml").findings)


def a_block_that_is_not_there(folder: Path) -> list[Finding]:
    """PW320"""
    Path("提纲.yaml").write_text(outline(), "utf-8")
    return _of_the_command("library", "add", "提纲.yaml:抓好德育")


def a_block_that_uses_a_clause(folder: Path) -> list[Finding]:
    """PW321"""
    Path("提纲.yaml").write_text(
        outline("重点任务:\n  - 章: 提高质量\n    内容:\n      - 用: 保障/组织领导\n"), "utf-8"
    )
    return _of_the_command("library", "add", "提纲.yaml:提高质量")


def a_topic_file_that_is_no_list(folder: Path) -> list[Finding]:
    """PW322"""
    assert _added("抓好教学", "- 条款: 甲/乙\n  文: 甲。\n") == []
    assert _added("抓好教学", "名称: 县库\n版本: 1.0.0\n")
    return _added("抓好教学", "[{条款: 甲/乙, 文: 甲。}]\n")


def _of_the_command(*arguments: str) -> list[Finding]:
    """The codes that a command showed, as findings without a place."""
    from click.testing import CliRunner

    shown = CliRunner().invoke(group.cli, list(arguments))
    assert shown.exit_code == 1
    return [finding(code, Pos("提纲.yaml"), item="", reason="") for code in re.findall(r"\[(PW\d+)\]", shown.output)]
