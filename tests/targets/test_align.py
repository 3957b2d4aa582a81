"""A plan's targets compared with those of the superior plan: same, missing, weaker, in a different unit, or a share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from planwriter.findings.report import width
from planwriter.model import Outline
from planwriter.targets.align import Alignment, align_targets, check_alignment
from tests.support import outline, plan, plan_file

CITY = "文种: 三年行动计划\n单位: 云岭市教育局\n地区: 云岭市\n起止: [2026, 2028]\n"
THREE = CITY.replace("云岭市", "青山县")


def _outline(targets: str, head: str = THREE) -> Outline:
    made = plan(head + "上级文件: 市局.yaml\n指标:\n" + "".join(f"  {line}\n" for line in targets.splitlines()))
    assert made.outline is not None
    return made.outline


def _aligned(own: str, above: str, head: str = THREE) -> list[Alignment]:
    return list(align_targets(_outline(own, head), _outline(above, CITY)))


def _state(own: str, above: str) -> str:
    (row,) = _aligned(f"a: {{{own}}}", f"a: {{{above}}}")
    return row.state


@pytest.mark.parametrize(
    ("bound", "lower", "higher"),
    [
        *((bound, "更弱", "更严") for bound in ("不低于", "以上", "力争")),
        *((bound, "更严", "更弱") for bound in ("不超过", "以内")),
        *((bound, "不同", "不同") for bound in ("达到", "约")),
    ],
)
def test_the_bound_says_which_side_is_weaker(bound: str, lower: str, higher: str) -> None:
    above = f'数值: 50, 单位: "%", 界限: {bound}'
    assert _state(above.replace("50", "49.9"), above) == lower
    assert _state(above, above) == "一致"
    assert _state(above.replace("50", "50.1"), above) == higher


def test_names_are_matched_whatever_their_width_and_spaces_and_then_keys() -> None:
    rows = _aligned(
        "x: {名称: ＡＩ课程 开课率, 数值: 5}\nb: {名称: 别的, 数值: 5}",
        "y: {名称: “AI”课程开课率, 数值: 5}\nb: 5\nc: 5",
    )
    assert [(row.own.key if row.own else None) for row in rows] == ["x", "b", None]


def test_a_rate_is_no_proportion_but_offered_for_one() -> None:
    (row,) = _aligned("a: {名称: 残疾儿童入学率, 数值: 97}", "b: {名称: 残疾儿童入学比例, 数值: 97}")
    assert row.state == "缺少" and [target.key for target in row.near] == ["a"]


@pytest.mark.parametrize(
    ("own", "unit", "above", "unit_above", "share"),
    [
        ("12", "所", "56", "所", "21.4"),
        ("3000", "人", "1.2", "万人", "25.0"),
        ("3000", "名", "1.2", "万人", "25.0"),
        ("5000", "万元", "2", "亿元", "25.0"),
        ("50000000", "元", "2", "亿元", "25.0"),
        ("2", "公里", "8000", "米", "25.0"),
    ],
)
def test_the_share_of_a_total_is_reported_in_units_that_convert(
    own: str, unit: str, above: str, unit_above: str, share: str
) -> None:
    (row,) = _aligned(f"a: {{数值: {own}, 单位: {unit}}}", f"a: {{数值: {above}, 单位: {unit_above}, 界限: 不低于}}")
    assert (row.state, str(row.share)) == ("份额", share)


def test_a_part_larger_than_a_total_not_to_be_passed_is_weaker() -> None:
    assert _state("数值: 3, 单位: 个", "数值: 2, 单位: 个, 界限: 不超过") == "更弱"
    assert _state("数值: 2, 单位: 个", "数值: 2, 单位: 个, 界限: 不超过") == "份额"


def test_what_each_one_has_is_no_total() -> None:
    (row,) = _aligned(
        "a: {名称: 生均公用经费, 数值: 700, 单位: 元}", "a: {名称: 生均公用经费, 数值: 720, 单位: 元, 界限: 不低于}"
    )
    assert (row.state, row.share) == ("更弱", None)


def test_units_that_do_not_convert_are_reported_and_nothing_is_compared() -> None:
    assert _state("数值: 3, 单位: 人", '数值: 97, 单位: "%", 界限: 不低于') == "单位不同"
    assert _state('数值: 9.7, 单位: "%"', "数值: 97, 单位: ‰, 界限: 不低于") == "一致"


def test_years_are_compared_each_with_its_own() -> None:
    steps = '数值: 97, 单位: "%", 界限: 不低于, 分年: {{2026: 95, 2027: {}, 2028: 97}}'
    (row,) = _aligned(f"a: {{{steps.format('95.5')}}}", f"a: {{{steps.format('96')}}}")
    assert row.state == "更弱" and [point.label for point in row.points] == ["2027年"]


def test_a_plan_for_a_year_is_held_against_that_year() -> None:
    above = 'a: {数值: 97, 单位: "%", 界限: 不低于, 分年: {2026: 95, 2028: 97}}\nb: {数值: 97, 单位: "%", 界限: 不低于}'
    annual = "文种: 工作要点\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n"
    rows = _aligned('a: {数值: 95, 单位: "%"}\nb: {数值: 90, 单位: "%"}', above, annual)
    assert [row.state for row in rows] == ["一致", "年份不同"]


def test_only_binding_targets_are_warned_of() -> None:
    above = 'a: {数值: 97, 单位: "%", 界限: 不低于}\nb: {数值: 97, 单位: "%", 界限: 不低于}\nc: {数值: 3, 单位: 所}'
    own = _outline('a: {数值: 90, 单位: "%"}')
    assert check_alignment(own, _outline(above, CITY)) == ()
    found = check_alignment(own, _outline(above.replace("}", ", 性质: 约束性}"), CITY))
    assert [each.code for each in found] == ["PW458", "PW457", "PW457"]


# the file


def _check(text: str) -> list[str]:
    Path("县局.yaml").write_text(text, "utf-8")
    return [each.code for each in plan_file("县局.yaml").findings]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"- 1\n", b"a: [\n" * 500, "文种: 工作要点\n".encode(), b"\0"])
def test_a_file_that_is_no_outline_is_one_warning(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("市局.yaml").write_bytes(content)
    assert _check(outline(extra="上级文件: 市局.yaml\n")) == ["PW456"]


@pytest.mark.parametrize("name", ["/etc/passwd", "C:\\市局.yaml", "没有.yaml", "."])
def test_only_a_file_next_to_the_outline_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _check(outline(extra=f"上级文件: {name}\n")) == ["PW456"]


def test_outlines_that_name_each_other_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        _check(
            outline(extra='上级文件: 县局.yaml\n附件: [指标表]\n指标:\n  巩固率: {数值: 97, 单位: "%", 性质: 约束性}\n')
        )
        == []
    )


# the command


def _command(*options: str) -> Result:
    Path("市局.yaml").write_text(
        CITY + '指标:\n  巩固率: {数值: 97, 单位: "%", 界限: 不低于, 性质: 约束性}\n  学校: {数值: 56, 单位: 所}\n',
        "utf-8",
    )
    Path("县局.yaml").write_text(
        THREE + '指标:\n  巩固率: {数值: 96, 单位: "%", 界限: 不低于}\n  学校: {数值: 12, 单位: 所}\n', "utf-8"
    )
    return CliRunner().invoke(cli, ["targets", "align", "县局.yaml", *options])


def test_the_table_is_aligned_for_wide_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = _command("--to", "市局.yaml")
    head, first, second = shown.output.splitlines()[:3]
    assert (shown.exit_code, first.split(), second.split()) == (
        0,
        ["巩固率", "约束性", "不低于97%", "不低于96%", "更弱"],
        ["学校", "56所", "12所", "份额", "21.4%"],
    )
    assert (
        width(head[: head.index("结果")])
        == width(first[: first.index("更弱")])
        == width(second[: second.index("份额")])
    )


def test_strict_ends_with_1_and_json_has_it_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = _command("--to", "市局.yaml", "--strict", "--format", "json")
    weaker, part = json.loads(shown.output)
    assert shown.exit_code == 1
    assert (weaker["state"], weaker["points"]) == ("更弱", [{"of": "目标值", "value": "96", "superior": "97"}])
    assert (part["state"], part["share"], part["own"]["key"]) == ("份额", "21.4", "学校")


def test_without_a_superior_it_is_said_how_to_name_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "--to 上级.yaml" in str(_command().exception) or _command().exit_code == 2
    assert _command("--to", "没有.yaml").exit_code == 4
