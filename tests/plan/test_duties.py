"""The duties of each unit with their deadlines, and the extract of the plan for one unit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from planwriter.language.unit_names import unit_names
from planwriter.model import Document
from planwriter.plan.duties import UnitDuties, due_day, duties_of
from planwriter.plan.duty_list import duty_document, duty_page, duty_values
from planwriter.plan.extract import extract_units
from planwriter.start.records import replace
from planwriter.writers.text import render_text
from tests.support import EXAMPLES, document, outline, plan_file, render
from tests.wordml import lines_of
from tests.writers.workbooks import sheets

TASKS = """\
重点任务:
  - 章: 办好学前教育
    文: 学前教育是起点。
    内容:
      - 节: 扩大资源
        内容:
          - 条: 新建幼儿园
            文: 新建公办幼儿园{{ 指标.新建园 }}。
            责任单位: 学前教育股、计财股
            时限: 2026年12月
          - 条: 规范收费
            文: 公示收费。
            责任单位: 计财股
      - 节: 提高质量
        内容:
          - 条: 开展教研
            文: 每月一次。
            责任单位: [教研室]
            配合单位: 学前教育股　人事股
            时限: 2026年4月至6月
            内容:
              - 款: 备课
                文: 集体备课。
  - 章: 建强队伍
    内容:
      - 条: 招聘教师
        文: 招聘教师。
        责任单位: 人 事 股
        时限: 8月底前
"""
TARGETS = """\
指标:
  新建园: {名称: 新建公办幼儿园, 数值: 3, 单位: 所, 界限: 新增, 分年: {2026: 3}, 责任单位: 计财股, 配合单位: 学前教育股}
  覆盖率: {名称: 普惠性幼儿园覆盖率, 数值: 95.50, 单位: "%", 界限: 不低于, 责任单位: 学前教育股、教研室, 时限: 2026年10月}
  满意度: {数值: 92, 单位: "%", 责任单位: 办公室}
"""
ATTACHED = "附件:\n  - 指标表\n  - {标题: 名单, 内容: [各股一人。]}\n  - 任务分解表\n"
PLAN = outline(TASKS, extra=TARGETS + ATTACHED)
FRAME = "发文: {形式: 通知, 发文机关: 青山县教育局, 成文日期: 2026-03-05}\n"


def of(unit: str, text: str = PLAN) -> UnitDuties:
    return next(each for each in duties_of(document(text), 2026) if each.unit == unit)


def extract(*units: str, text: str = PLAN) -> list[str]:
    return render_text(extract_units(document(text), units)).splitlines()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(PLAN, "utf-8")
    return tmp_path


def test_a_unit_owes_what_it_leads_and_what_it_supports_with_label_chapter_and_deadline() -> None:
    found = of("学前教育股")
    (task,) = found.lead
    assert task.label == "一、（一）1." and task.chapter == "办好学前教育"
    assert task.content == "新建幼儿园。新建公办幼儿园新增3所。" and task.deadline == "2026年12月"
    assert task.lead == ("学前教育股", "计财股") and task.support == ()
    assert [each.label for each in found.support] == ["一、（二）3."]
    assert [(each.target.key, each.goal, each.years) for each in found.targets] == [
        ("覆盖率", "不低于95.50%", ()),
        ("新建园", "新增3所", ((2026, "3所"),)),
    ]


def test_units_come_in_the_order_in_which_they_are_named() -> None:
    assert [each.unit for each in duties_of(document(PLAN), 2026)] == [
        "学前教育股",
        "计财股",
        "教研室",
        "人事股",
        "办公室",
    ]


def test_what_is_due_first_comes_first_and_what_has_no_day_last() -> None:
    assert [task.deadline for task in of("计财股").lead] == ["2026年12月", ""]
    assert [task.label for task in (*of("人事股").lead, *of("人事股").support)] == ["二、4.", "一、（二）3."]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("学前教育股、计财股", ["学前教育股", "计财股"]),
        ("学前教育股　计财股，人事股", ["学前教育股", "计财股", "人事股"]),
        ("办　公　室", ["办公室"]),
        (" 人事 股；", ["人事股"]),
        ("各学校（幼儿园、中学）、计财股", ["各学校（幼儿园、中学）", "计财股"]),
        ("", []),
    ],
)
def test_units_typed_as_one_text_are_split(text: str, names: list[str]) -> None:
    assert list(unit_names(text)) == names


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("2026年12月", (2026, 12, 31)),
        ("2026年8月20日前", (2026, 8, 20)),
        ("2026年4月至10月", (2026, 10, 31)),
        ("2026年12月至2027年3月", (2027, 3, 31)),
        ("2026-3-5", (2026, 3, 5)),
        ("2026.09", (2026, 9, 30)),
        ("10月中旬", (2026, 10, 20)),
        ("2027年", (2027, 12, 31)),
        ("第三季度", (2026, 9, 30)),
        ("年底前", (2026, 12, 31)),
        ("每月15日", (9999, 12, 31)),
        ("全年", (2026, 12, 31)),
        ("立即整改", (0, 0, 0)),
        ("长期坚持", (9999, 12, 31)),
    ],
)
def test_deadlines_sort_by_their_last_day(deadline: str, day: tuple[int, int, int]) -> None:
    assert due_day(deadline, 2026) == day


def test_an_extract_keeps_labels_and_headings_and_leaves_out_the_rest() -> None:
    assert extract("学前教育股")[:8] == [
        "青山县教育局2026年工作要点（学前教育股任务摘编）",
        "一、办好学前教育",
        "（一）扩大资源",
        "1.新建幼儿园。新建公办幼儿园新增3所。（责任单位：学前教育股、计财股；完成时限：2026年12月）",
        "（二）提高质量",
        "3.开展教研。每月一次。（责任单位：教研室；配合单位：学前教育股　人事股；完成时限：2026年4月至6月）",
        "（1）备课。集体备课。",
        "附件1",
    ]


def test_its_tables_hold_the_units_rows_and_attachments_keep_their_labels() -> None:
    lines = extract("人事股")
    assert [line for line in lines if line.startswith("附件")] == ["附件3"], "neither targets nor the list concern it"
    assert [line.split("\t")[1:3] for line in lines[-2:]] == [
        ["办好学前教育", "开展教研。每月一次。"],
        ["建强队伍", "招聘教师。招聘教师。"],
    ]
    assert [
        line for line in extract("教研室", text=PLAN.replace(ATTACHED, ATTACHED + FRAME)) if line.startswith("附件")
    ] == ["附件2", "附件4"]


def test_an_extract_for_several_units_holds_what_concerns_any() -> None:
    lines = extract("教研室", "人事股")
    assert lines[0].endswith("（教研室、人事股任务摘编）") and "二、建强队伍" in lines and "（一）扩大资源" not in lines


def test_a_unit_that_has_targets_only_gets_their_table() -> None:
    assert extract("办公室", text=PLAN.replace(ATTACHED, ""))[1:] == [
        "附件",
        "指标表",
        "序号\t指标名称\t单位\t目标值\t责任单位",
        "1\t满意度\t%\t92\t办公室",
    ]


def test_an_extract_is_not_numbered_by_word() -> None:
    made = document("编号方式: 自动\n" + PLAN)
    data = render(extract_units(made, ("人事股",)), "docx").value
    assert made.native_numbering and data is not None
    assert next(line for line in lines_of(data) if "招聘" in line).startswith("4.招聘教师。")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_line_of_an_extract_is_one_of_the_plan_and_every_unit_has_one(path: Path) -> None:
    plan = plan_file(str(path))
    assert plan.document is not None and plan.outline is not None
    made: Document = replace(plan.document, frame=None)
    whole = set(render_text(made).splitlines())
    duties = duties_of(made, 2026)
    for each in duties:
        lines = render_text(extract_units(made, (each.unit,))).splitlines()
        tasks = (*each.lead, *each.support)
        assert set(lines[1:]) <= whole or not tasks
        for task in tasks:
            assert any(task.content.split("。")[0] in line for line in lines)


def test_the_page_says_first_how_much_each_unit_has() -> None:
    page = duty_page(duties_of(document(PLAN), 2026)).splitlines()
    assert page[0] == "学前教育股：牵头 1 项，配合 1 项，指标 2 个" and page[5] == ""
    (own,) = [each for each in duties_of(document(PLAN), 2026) if each.unit == "教研室"]
    assert duty_page((own,)).splitlines() == [
        "教研室：牵头 1 项，配合 0 项，指标 1 个",
        "  牵头任务",
        "    2026年4月至6月　一、（二）3.开展教研。每月一次。",
        "        （办好学前教育；配合：学前教育股、人事股）",
        "  指标",
        "    2026年10月　普惠性幼儿园覆盖率不低于95.50%",
    ]
    assert duty_page(()) == "提纲里没有写责任单位。\n"


def test_the_list_as_a_document_has_a_table_a_unit_in_every_form() -> None:
    made = document(PLAN)
    listed = duty_document(duties_of(made, 2026), made)
    data = render(listed, "xlsx").value
    assert data is not None
    found = sheets(data)
    assert list(found) == ["责任单位汇总", "学前教育股", "计财股", "教研室", "人事股", "办公室"]
    assert found["责任单位汇总"][1] == ("1", "学前教育股", "1", "1", "2")
    assert found["学前教育股"][-1] == (
        "4",
        "配合指标",
        "",
        "",
        "新建公办幼儿园新增3所（2026年3所）",
        "",
        "牵头：计财股",
    )
    lines = render_text(listed).splitlines()
    assert lines[0] == "青山县教育局2026年工作要点（责任清单）"
    assert all("\t".join(row) in lines for rows in found.values() for row in rows)
    assert duty_document((), made).title.endswith("（责任清单）")


def test_programs_get_the_same_as_values() -> None:
    (value,) = duty_values((of("办公室"),))
    assert json.loads(json.dumps(value))["targets"][0]["goal"] == "92%"


def test_the_command_lists_one_unit_or_writes_a_file(folder: Path) -> None:
    assert run("duties", "要点.yaml", "--unit", "人事 股").output.startswith("人事股：牵头 1 项")
    made = json.loads(run("duties", "要点.yaml", "--unit", "人事股、办公室", "--format", "json").stdout)
    assert [each["unit"] for each in made] == ["人事股", "办公室"]
    for name in ("清单.xlsx", "清单.docx", "清单.md"):
        assert run("duties", "要点.yaml", "-o", name).exit_code == 0 and Path(name).exists()
    Path("清单.md").write_text("改过", "utf-8")
    assert run("duties", "要点.yaml", "-o", "清单.md").exit_code == 4
    assert run("duties", "要点.yaml", "-o", "清单.doc").exit_code == 2


def test_a_unit_that_is_not_there_is_reported_with_near_ones(folder: Path) -> None:
    for arguments in (("duties", "要点.yaml"), ("render", "要点.yaml")):
        result = run(*arguments, "--unit", "计财科")
        assert result.exit_code == 1 and "PW451" in result.output and "是不是“计财股”？" in result.output
    assert sorted(path.name for path in folder.iterdir()) == ["要点.yaml"]


def test_an_extract_does_not_take_the_place_of_the_plan(folder: Path) -> None:
    assert run("render", "要点.yaml", "--unit", "计财股").exit_code == 0
    assert run("render", "要点.yaml", "--unit", "计财股、人事股", "--to", "xlsx").exit_code == 0
    assert sorted(path.name for path in folder.iterdir() if path.name != ".planwriter") == [
        "要点-计财股.docx",
        "要点-计财股、人事股.xlsx",
        "要点.yaml",
    ]
    assert run("render", "要点.yaml", "--unit", "计财股", "--emit", "document").exit_code == 2


def test_each_row_gives_an_extract(folder: Path) -> None:
    Path("园.csv").write_text("名称,指标.新建园\n东园,3\n", "utf-8")
    result = run("render", "要点.yaml", "--each", "园.csv", "-o", "各园/", "--to", "text", "--unit", "计财股")
    assert result.exit_code == 0, result.output
    assert Path("各园/要点-东园-计财股.txt").read_text("utf-8").splitlines()[0].endswith("（计财股任务摘编）")
