"""A hole that cites no target gets a hint that works when it is typed as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planwriter.app.plans import plan_file
from planwriter.app.session import Session
from tests.support import lines, outline, plan

_TARGETS = """指标:
  每千人口执业（助理）医师数: {数值: 3, 单位: 人, 分年: {2026: 3}}
  重点项目（个）: {数值: 12, 单位: 个}
  重点项目: {数值: 24, 单位: 个, 公式: 重点项目（个） * 2}
  普惠园: {名称: 普惠性幼儿园覆盖率, 数值: 95, 单位: "%"}
  开工、重点项目: {名称: 开工重点项目, 数值: 8, 单位: 个}
"""


def _text(text: str, extra: str = "") -> str:
    tasks = f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 有{text}。\n"
    return outline(tasks, extra=_TARGETS + extra)


@pytest.mark.parametrize(
    ("hole", "code", "meant"),
    [
        ("重点项目", "PW309", "指标.重点项目"),
        ("重点项目.数", "PW309", "指标.重点项目.数"),
        ("重点项目（个）", "PW309", "指标.重点项目（个）"),
        ("每千人口执业（助理）医师数.年(2026)", "PW309", "指标.每千人口执业（助理）医师数.年(2026)"),
        ("开工重点项目", "PW309", "指标.开工、重点项目"),
        ("指标.每千人口执业(助理)医师数", "PW402", "指标.每千人口执业（助理）医师数"),
        ("指标.重点项目(个).值", "PW402", "指标.重点项目（个）.值"),
        ("指标.重点项目 （个）", "PW402", "指标.重点项目（个）"),
        ("指标.普惠性幼儿园覆盖率", "PW402", "指标.普惠园"),
    ],
)
def test_the_hint_works_as_it_stands(hole: str, code: str, meant: str) -> None:
    found = [
        each for each in plan(_text(f"{{{{ {hole} }}}}")).findings if each.code in ("PW308", "PW309", "PW310", "PW402")
    ]
    assert [each.code for each in found] == [code]
    hint = re.search(r"\{\{ (.*?) \}\}", found[0].hint)
    assert hint and hint[1] == meant
    assert not [
        each for each in plan(_text(hint.group())).findings if each.code in ("PW308", "PW309", "PW310", "PW402")
    ]


@pytest.mark.parametrize("hole", ["指标.重点项目（项）", "指标.每千人口执业（助理）护士数.值"])
def test_a_near_name_is_offered(hole: str) -> None:
    found = [each for each in plan(_text(f"{{{{ {hole} }}}}")).findings if each.code in ("PW308", "PW310", "PW402")]
    assert [each.code for each in found] == ["PW402"] and found[0].hint.startswith("是不是“")


def test_a_wrong_field_is_not_taken_for_a_wrong_name() -> None:
    assert "PW413" in [each.code for each in plan(_text("{{ 指标.重点项目（个）.没有 }}")).findings]


def test_hints_of_other_findings_give_a_form_that_works() -> None:
    typed = "{{ 指标.重点项目 }}，每千人口执业（助理）医师数达到3人"
    hints = [each.hint for each in plan(_text(typed)).findings if each.code in ("PW401", "PW403")]
    holes = {hole for hint in hints for hole in re.findall(r"\{\{.*?\}\}", hint)}
    assert "{{ 指标.每千人口执业（助理）医师数 }}" in holes and "{{ 指标.开工、重点项目 }}" in holes
    text = _text("、".join((*sorted(holes), "{{ 指标.重点项目 }}", "{{ 指标.普惠园 }}")))
    assert [each.code for each in plan(text).findings] == []


def test_such_names_stand_in_every_place(tmp_path: Path) -> None:
    (tmp_path / "县库").mkdir()
    (tmp_path / "县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    clause = (
        "- 条款: 校园/培训\n  条: 开展培训\n  文: 全年{{ 参数.项目（个） }}，{{ 指标.重点项目（个） }}。\n"
        "  参数:\n    项目（个）: {类型: 文本}\n"
    )
    (tmp_path / "县库/校园.yaml").write_text(clause, "utf-8")
    (tmp_path / "指标.csv").write_text(
        "名称,数值,单位,2026年\n每千人口执业（助理）医师数,3,人,3\n重点项目（个）,12,个,12\n", "utf-8"
    )
    tasks = (
        "重点任务:\n  - 章: 提高质量\n    内容:\n      - 用: 校园/培训\n"
        "        参数: {项目（个）: '达到{{ 指标.重点项目（个）.数 }}项'}\n"
        "      - 条: 抓好{{ 指标.重点项目（个） }}\n        文: |\n          有{{ 指标.每千人口执业（助理）医师数 }}。\n"
        "      - 图: {指标: [每千人口执业（助理）医师数]}\n        题: 图1 {{ 指标.每千人口执业（助理）医师数.名称 }}\n"
    )
    extra = "库: 县库\n指标: 指标.csv\n核验:\n  - 重点项目（个） > 每千人口执业（助理）医师数.数\n"
    tail = "附件:\n  - 标题: 重点项目表\n    表:\n      - [名称, 数]\n      - [项目, '{{ 指标.重点项目（个）.数 }}']\n"
    path = tmp_path / "提纲.yaml"
    path.write_text(outline(tasks, extra=extra) + tail, "utf-8")
    made = plan_file(Session().at(str(path)), str(path))
    assert [(each.code, each.message) for each in made.findings] == []


def test_a_formula_with_such_names_is_worked_out() -> None:
    assert any(
        "24个" in line for line in lines(_text("{{ 指标.重点项目 }}、{{ 指标.重点项目（个） }}、{{ 指标.普惠园 }}"))
    )


def test_a_name_in_its_own_formula_is_still_reported() -> None:
    text = _text("好", "  自引（个）: {单位: 个, 公式: 自引（个） + 重点项目}\n")
    assert "公式里用了它自己" in "".join(each.message for each in plan(text).findings if each.code == "PW407")
