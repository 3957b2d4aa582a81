"""Layouts on the disk: the built-in ones, those of a workspace, and the layouts that they are based on."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.findings.finding import Pos
from planwriter.layout.find import (
    MAX_FILES,
    _built_in,
    check_layout,
    known_layouts,
    load_based_on,
    load_layout,
    load_layout_file,
)
from planwriter.layout.items import items
from planwriter.layout.layout import Layout, mm, pt
from planwriter.layout.standard import deviations
from planwriter.writers.docx.base import make_base

NAMES = [each.name for each in known_layouts()]
STANDARD = load_based_on(())


def own(folder: Path, **texts: str) -> str:
    """A workspace with these layout files; its planwriter.yaml."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    workspace = folder / "planwriter.yaml"
    workspace.write_text("单位: 青山县教育局\n", "utf-8")
    return str(workspace)


def sound(name: str, workspace: str | None = None) -> Layout:
    made = load_layout(name, workspace)
    assert made.findings == ()
    assert made.value is not None
    return made.value.layout


def changes(layout: Layout) -> dict[tuple[str, ...], str]:
    return {each.path: each.own for each in deviations(layout, STANDARD)}


# built in


@pytest.mark.parametrize("name", NAMES)
def test_a_built_in_layout_is_sound_named_as_its_file_and_says_what_it_is(name: str) -> None:
    layout = sound(name)
    assert (layout.name, bool(layout.about)) == (name, True)


@pytest.mark.parametrize("name", NAMES)
def test_the_stored_base_is_that_of_its_layout(name: str) -> None:
    stored = load_layout(name).value
    assert stored is not None
    assert stored.base == make_base(stored.layout), "run python -m planwriter.writers.docx.store"


def test_the_standard_comes_first_and_deviates_in_nothing() -> None:
    assert NAMES[0] == "gb9704"
    assert changes(STANDARD) == {}


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("行距28磅", {("网格", "行距"): "28磅"}),
        ("三级加粗", {("文字", "三级标题", "加粗"): "是"}),
        ("页码居中", {("页码", "位置"): "居中", ("页码", "空字"): "0字"}),
    ],
)
def test_a_local_practice_changes_what_it_is_named_after_and_nothing_else(
    name: str, changed: dict[tuple[str, ...], str]
) -> None:
    assert changes(sound(name)) == changed


@pytest.mark.parametrize("name", ["系统字体", "方正字体"])
def test_a_layout_of_fonts_changes_fonts_alone_and_leaves_none_of_the_standards_that_it_replaces(name: str) -> None:
    layout = sound(name)
    assert {path[-1] for path in changes(layout)} <= {"字体", "加粗"}
    replaced = {each.standard for each in deviations(layout, STANDARD) if each.path[-1] == "字体"}
    assert replaced.isdisjoint({role.font for role in layout.roles})


# based on others


def test_a_difference_at_any_depth_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    text = "版式: 本局\n基于: gb9704\n页边: {上: 40mm}\n西文: Arial\n文字:\n  正文: {字号: 四号}\n代替字体: {黑体: 华文黑体}\n"
    layout = sound("本局", own(tmp_path, 本局=text))
    assert changes(layout) == {("页边", "上"): "40mm", ("西文",): "Arial", ("文字", "正文", "字号"): "四号"}
    assert dict(layout.substitutes)["黑体"] == "华文黑体"
    assert dict(layout.substitutes)["宋体"] == "SimSun"


def test_what_a_base_has_is_taken_away_by_writing_none(tmp_path: Path) -> None:
    text = "版式: 本局\n基于: 三级加粗\n网格: {字距: 0磅}\n文字:\n  三级标题: {加粗: 否}\n  正文: {首行缩进: 0字}\n  标题: {段后: 0行}\n代替字体:\n"
    layout = sound("本局", own(tmp_path, 本局=text))
    assert not layout.role("heading3").bold
    assert (layout.role("body").indent, layout.role("title").after, layout.tracking.emu) == (0, 0, 0)
    assert layout.substitutes == ()


def test_of_several_bases_each_gives_its_differences_and_the_later_wins(tmp_path: Path) -> None:
    texts = {"甲": "版式: 甲\n基于: gb9704\n网格: {行距: 30磅}\n", "乙": "版式: 乙\n基于: gb9704\n网格: {行距: 26磅}\n"}
    workspace = own(
        tmp_path,
        **texts,
        本局="版式: 本局\n基于: [甲, 三级加粗, 乙]\n",
        倒过来="版式: 倒过来\n基于: [乙, 三级加粗, 甲]\n",
    )
    assert changes(sound("本局", workspace)) == {("网格", "行距"): "26磅", ("文字", "三级标题", "加粗"): "是"}
    assert sound("倒过来", workspace).pitch == pt(30)


def test_a_chain_runs_through_several_files_and_passes_no_name_on(tmp_path: Path) -> None:
    workspace = own(
        tmp_path,
        省厅="版式: 省厅\n说明: 全省统一\n基于: [行距28磅, 页码居中]\n页边: {上: 36mm}\n",
        市局="版式: 市局\n基于: 省厅\n页边: {下: 34mm}\n",
        本局="版式: 本局\n基于: [市局, 三级加粗]\n",
    )
    layout = sound("本局", workspace)
    assert (layout.name, layout.about) == ("本局", "")
    assert (layout.margins.top, layout.margins.bottom, layout.pitch) == (mm(36), mm(34), pt(28))
    assert layout.role("heading3").bold
    assert not layout.page_number.outside


def test_a_layout_without_a_base_stands_by_itself_as_before(tmp_path: Path) -> None:
    text = (Path(_built_in()) / "gb9704.yaml").read_text("utf-8").replace("版式: gb9704", "版式: 本局")
    assert items(sound("本局", own(tmp_path, 本局=text))) == items(STANDARD)


def test_for_one_without_name_or_base_it_is_reported_what_to_write(tmp_path: Path) -> None:
    made = load_layout("本局", own(tmp_path, 本局="页边: {上: 38mm, 下: 35mm, 左: 28mm, 右: 26mm}\n"))
    assert made.value is None
    assert {each.code for each in made.findings} == {"PW202"}
    assert any("基于: gb9704" in each.hint for each in made.findings)


def test_a_layout_of_a_base_may_not_go_without_a_name(tmp_path: Path) -> None:
    made = load_layout("本局", own(tmp_path, 本局="基于: gb9704\n页边: {上: 38mm}\n"))
    assert [(each.code, each.pos) for each in made.findings] == [("PW202", Pos("本局.yaml", 1, 1))]


# what is wrong


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("版式: 本局\n基于: 没有\n页边: {上: 38mm}\n", "PW227", 2),
        ("版式: 本局\n基于: ../gb9704\n", "PW227", 2),
        ("版式: 本局\n基于: [gb9704, 没有]\n", "PW227", 2),
        ("版式: 本局\n基于: 本局\n", "PW226", 2),
        ("版式: 本局\n基于: {名字: gb9704}\n", "PW203", 2),
        ("版式: 本局\n基于: [[gb9704]]\n", "PW203", 2),
        ("版式: 本局\n基于: gb9704\n页边: {上: 38}\n", "PW203", 3),
        ("版式: 本局\n基于: gb9704\n页边: 38mm\n", "PW203", 3),
        ("版式: 本局\n基于: gb9704\n\n文字:\n  三级标题: {加租: 是}\n", "PW201", 5),
        ("版式: 本局\n基于: gb9704\n文字:\n  四级题: {加粗: 是}\n", "PW201", 4),
    ],
)
def test_a_wrong_layout_is_a_finding_where_it_is_wrong(tmp_path: Path, text: str, code: str, line: int) -> None:
    made = load_layout("本局", own(tmp_path, 本局=text))
    assert made.value is None
    assert code in [each.code for each in made.findings]
    assert [(each.pos.file, each.pos.line) for each in made.findings if each.code == code] == [("本局.yaml", line)]
    assert len(made.findings) <= 2


@pytest.mark.parametrize(
    ("text", "line", "related"),
    [
        ("版式: 本局\n基于: gb9704\n页边: {下: 8mm}\n", 3, ("layouts/gb9704.yaml", "距版心在这里")),
        ("版式: 本局\n基于: gb9704\n页码: {距版心: 34mm}\n", 3, ("layouts/gb9704.yaml", "下边距在这里")),
        ("版式: 本局\n基于: gb9704\n页边: {下: 8mm}\n页码: {距版心: 9mm}\n", 4, ("本局.yaml", "下边距在这里")),
    ],
)
def test_a_margin_without_room_for_the_page_number_is_reported_in_the_file_that_changed_it(
    tmp_path: Path, text: str, line: int, related: tuple[str, str]
) -> None:
    (found,) = load_layout("本局", own(tmp_path, 本局=text)).findings
    assert (found.code, found.pos.file, found.pos.line) == ("PW203", "本局.yaml", line)
    assert [(pos.file, note) for pos, note in found.related] == [related]


def test_a_ring_is_shown_whole(tmp_path: Path) -> None:
    workspace = own(tmp_path, 甲="版式: 甲\n基于: 乙\n", 乙="版式: 乙\n基于: [gb9704, 丙]\n", 丙="版式: 丙\n基于: 甲\n")
    (found,) = load_layout("甲", workspace).findings
    assert (found.code, found.pos) == ("PW226", Pos("丙.yaml", 2, 5))
    assert "甲 → 乙 → 丙 → 甲" in found.message


def test_a_layout_is_made_of_so_many_files_and_no_more(tmp_path: Path) -> None:
    count = MAX_FILES - 2
    names = [f"层{number}" for number in range(count + 2)]
    texts = {name: f"版式: {name}\n基于: {below}\n" for name, below in zip(names, ["gb9704", *names], strict=False)}
    workspace = own(tmp_path, **texts)
    assert load_layout(names[count], workspace).findings == ()
    (found,) = load_layout(names[count + 1], workspace).findings
    assert found.code == "PW226"


def test_many_bases_of_many_bases_take_no_time(tmp_path: Path) -> None:
    names = [f"层{number}" for number in range(10)]
    texts = {name: f"版式: {name}\n基于: [gb9704, {', '.join(names[:at] * 20)}]\n" for at, name in enumerate(names)}
    assert load_layout("层9", own(tmp_path, **texts)).findings == ()


def test_check_reports_what_is_wrong_in_the_layout_of_the_workspace(tmp_path: Path) -> None:
    workspace = own(tmp_path, 本局="版式: 本局\n基于: gb9704\n页边: {上: 38}\n", 好="版式: 好\n基于: gb9704\n")
    place = Pos("提纲.yaml", 5, 5)
    assert [(each.code, each.pos.file) for each in check_layout("本局", workspace, place)] == [("PW203", "本局.yaml")]
    assert check_layout("好", workspace, place) == ()
    assert [(each.code, "好" in each.hint) for each in check_layout("没有", workspace, place)] == [("PW225", True)]


# what there is


def test_a_workspaces_own_layouts_come_before_the_built_in_ones_and_its_outlines_are_none(tmp_path: Path) -> None:
    workspace = own(
        tmp_path,
        本局="# 本局的\n\n版式: 本局\n说明: 照去年的\n基于: gb9704\n",
        行距28磅="版式: 行距28磅\n说明: 自己的\n基于: gb9704\n",
        要点="版式: 本局\n文种: 工作要点\n",
        别的="单位: 青山县教育局\n",
        坏="版式: [\n",
    )
    found = [(each.name, each.about) for each in known_layouts(workspace) if each.own]
    assert ("本局", "照去年的") in found
    assert ("行距28磅", "自己的") in found
    assert not {name for name, _ in found} & {"要点", "别的", "planwriter"}
    assert [each.name for each in known_layouts(workspace)].count("行距28磅") == 1


def test_a_file_of_a_layout_finds_its_bases_next_to_it(tmp_path: Path) -> None:
    own(tmp_path, 本局="版式: 本局\n基于: 上级\n", 上级="版式: 上级\n基于: gb9704\n页边: {上: 36mm}\n")
    made = load_layout_file(str(tmp_path / "本局.yaml"))
    assert made.findings == ()
    assert made.value is not None
    assert made.value.layout.margins.top == mm(36)
    assert [each.code for each in load_layout_file(str(tmp_path / "没有.yaml")).findings][:1] == ["PW101"]


@pytest.mark.parametrize(
    ("line", "meant"), [("页边距: {上: 30毫米}", "页边"), ("文字: {二级题: {字体: 楷体}}", "二级标题")]
)
def test_a_wrong_key_over_a_base_is_reported_with_the_key_that_was_meant(tmp_path: Path, line: str, meant: str) -> None:
    workspace = own(tmp_path, 本局=f"版式: 本局\n基于: gb9704\n{line}\n")
    (found,) = load_layout("本局", workspace).findings
    assert found.code == "PW201" and f"“{meant}”" in found.hint


def test_for_a_layout_next_to_the_outline_without_a_workspace_its_place_is_reported(tmp_path: Path) -> None:
    (tmp_path / "本局.yaml").write_text("版式: 本局\n基于: gb9704\n", "utf-8")
    (found,) = check_layout("本局", None, Pos("要点.yaml"), str(tmp_path))
    assert found.code == "PW225" and "planwriter.yaml" in found.hint
    (found,) = check_layout("没有", None, Pos("要点.yaml"), str(tmp_path))
    assert "planwriter.yaml" not in found.hint


def test_a_sample_does_not_become_a_layout_of_a_built_in_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from planwriter.cli.group import cli

    monkeypatch.chdir(tmp_path)
    Path("本局.yaml").write_text("版式: 本局\n基于: gb9704\n", "utf-8")
    made = CliRunner().invoke(cli, ["layout", "learn", "样本.docx", "-o", "gb9704.yaml"])
    assert made.exit_code == 2 and "自带" in made.output
    made = CliRunner().invoke(cli, ["layout", "show", "本局"])
    assert made.exit_code == 2 and "planwriter.yaml" in made.output and "本局.yaml" in made.output
