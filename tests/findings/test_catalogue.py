"""Every finding of the catalogue: a case that has it, in its exact place, and the same case corrected.

A folder of cases/findings is named after a code, with a word for further cases. It holds bad.yaml, good.yaml and, in
expected.txt, the findings on bad.yaml, one per line. `pytest --update-goldens` rewrites expected.txt.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.app import outputs, plans
from planwriter.app.outputs import guard_output
from planwriter.app.plans import plan_bytes
from planwriter.app.session import Session
from planwriter.app.workspace_outlines import WorkspaceOutlines
from planwriter.audit.audit import audit_docx
from planwriter.audit.learn import learn_layout
from planwriter.clauses.library import open_files
from planwriter.cli import group, main
from planwriter.curation.check import check_library
from planwriter.findings.catalogue import CATALOGUE, finding
from planwriter.findings.explain import explanation
from planwriter.findings.finding import Finding, Pos
from planwriter.findings.report import format_short
from planwriter.sharing import registry, signing
from planwriter.sharing.bundle import open_bundle, with_signatures
from planwriter.sharing.fetch import fetch
from planwriter.sharing.release import make_release, pack_library
from planwriter.sharing.trust import Signed, Trust, judge
from planwriter.start.records import replace
from planwriter.system import files
from planwriter.system.files import MAX_BYTES
from tests.audit.planting import good, layout
from tests.each import assert_each
from tests.readers.docx.making import body, packed, para
from tests.sharing import packages
from tests.support import ROOT, outline, plan, plan_file, render

TESTS = ROOT / "tests"
CASES = TESTS / "cases"
FOLDERS = sorted((CASES / "findings").iterdir())


def _findings(name: str) -> list[Finding]:
    """What is found in an outline of the current folder, up to the layout it is rendered with."""
    made = plan_file(name)
    found = list(made.findings)
    if made.sound and made.document is not None:
        found += outputs.render(Session().at(name), made.document, "docx").findings
    return found


def _codes(findings: tuple[Finding, ...] | list[Finding]) -> list[str]:
    return [each.code for each in findings]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_bad_outline_gives_its_findings_where_a_writer_looks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, update_goldens: bool
) -> None:
    monkeypatch.chdir(folder)
    found = _findings("bad.yaml")
    shown = format_short(found)
    if update_goldens:
        (folder / "expected.txt").write_text(shown, "utf-8", newline="\n")
    assert shown == (folder / "expected.txt").read_text("utf-8")
    assert folder.name[:5] in _codes(found)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_mended_outline_has_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert format_short(_findings("good.yaml")) == ""


# findings that no file can hold


def a_file_that_is_not_there(folder: Path) -> list[Finding]:
    """PW101"""
    assert "没有这个文件" in plan_file("没有.yaml").findings[0].message
    return list(plan_file("没有.yaml").findings)


def a_folder_in_the_place_of_a_file(folder: Path) -> list[Finding]:
    """PW101"""
    return list(plan_file(".").findings)


def a_file_too_large(folder: Path) -> list[Finding]:
    """PW104"""
    Path("大.yaml").write_bytes(outline().encode() + b"#" * MAX_BYTES)
    return list(plan_file("大.yaml").findings)


def a_file_among_outlines_that_is_none(folder: Path) -> list[Finding]:
    """PW123"""
    from planwriter.app.chosen import outlines_among

    Path("要点.yaml").write_text(outline(), "utf-8")
    Path("本局.yaml").write_text("版式: 本局\n基于: 行距28磅\n", "utf-8")
    assert outlines_among(["要点.yaml"]).findings == ()
    return list(outlines_among(["要点.yaml", "本局.yaml"]).findings)


def two_plans_that_disagree(folder: Path) -> list[Finding]:
    """PW465"""
    from planwriter.app.plans import check_together

    goals = ("数值: 95", "数值: 96")
    made = [plan(outline(extra=f'指标:\n  率: {{名称: 普惠性幼儿园覆盖率, {goal}, 单位: "%"}}\n')) for goal in goals]
    assert check_together([made[0], made[0]]) == ()
    return list(check_together(made))


def too_many_slips(folder: Path) -> list[Finding]:
    """PW119"""
    notes = "备注:\n" + "".join(f"  - 单位：第{number}所学校\n" for number in range(1100))
    return list(plan(outline(extra=notes)).findings)


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


def _with_workbook(name: str, data: bytes, more: str = "") -> list[Finding]:
    Path(name).write_bytes(data)
    Path("提纲.yaml").write_text(outline(extra=f"附件:\n  - 标题: 项目表\n    表: {name}\n{more}"), "utf-8")
    return list(plan_file("提纲.yaml").findings)


def a_workbook_in_the_old_format(folder: Path) -> list[Finding]:
    """PW120"""
    assert _with_workbook("项目.csv", "序号,项目\n1,食堂\n".encode()) == []
    return _with_workbook("项目.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)


def a_cell_with_an_error(folder: Path) -> list[Finding]:
    """PW121"""
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = "#DIV/0!"
    book.save("项目.xlsx")
    return _with_workbook("项目.xlsx", Path("项目.xlsx").read_bytes())


def a_term_without_a_wrong_form(folder: Path) -> list[Finding]:
    """PW534"""
    from planwriter.app.own_terms import read_own_terms

    Path("planwriter.yaml").write_text("", "utf-8")
    Path("用语.yaml").write_text("用语:\n  - 县融媒体中心\n", "utf-8")
    return list(read_own_terms(os.path.abspath("planwriter.yaml")).findings)


def a_format_that_cannot_be_shown(folder: Path) -> list[Finding]:
    """PW474"""
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = 123456789012
    book.save("项目.xlsx")
    return _with_workbook("项目.xlsx", Path("项目.xlsx").read_bytes())


def a_sheet_that_is_not_there(folder: Path) -> list[Finding]:
    """PW122"""
    found = _with_workbook("项目.csv", "序号,项目\n1,食堂\n".encode(), "    工作表: 二季度\n")
    assert (found[0].pos.line, found[0].pos.column) == (8, 10)
    return found


def _targets(rows: list[list[object]], merges: str = "") -> list[Finding]:
    """What is found where 指标 is a workbook of these rows."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if merges:
        book.worksheets[0].merge_cells(merges)
    book.save("指标.xlsx")
    Path("提纲.yaml").write_text(
        outline("", lead="总体要求: 建{{ 指标.甲 }}、{{ 指标.乙 }}。\n", extra="指标: 指标.xlsx\n"), "utf-8"
    )
    return list(plan_file("提纲.yaml").findings)


def a_column_that_is_not_read(folder: Path) -> list[Finding]:
    """PW475"""
    assert _targets([["指标", "数值", "同比增长"], ["甲", 3, None], ["乙", 4, None]]) == []
    return _targets([["指标", "数值", "同比增长"], ["甲", 3, "5%"], ["乙", 4, None]])


def a_unit_above_that_is_two(folder: Path) -> list[Finding]:
    """PW476"""
    assert _targets([["单位：万元、亩"], ["指标", "数值"], ["甲（亩）", 3], ["乙", "4万元"]]) == []
    return _targets([["单位：万元、亩"], ["指标", "数值"], ["甲", 3], ["乙", 4]])


def a_unit_in_a_name_that_is_another(folder: Path) -> list[Finding]:
    """PW477"""
    assert _targets([["指标", "单位", "数值"], ["甲", "座", 3], ["乙（个）", None, 4]]) == []
    return _targets([["指标", "单位", "数值"], ["甲（座）", "个", 3], ["乙", "个", 4]])


def a_second_sheet_with_targets(folder: Path) -> list[Finding]:
    """PW478"""
    import openpyxl

    book = openpyxl.Workbook()
    for sheet, names in ((book.worksheets[0], "甲乙"), (book.create_sheet("二"), "甲丙")):
        sheet.append(["指标", "数值"])
        for name in names:
            sheet.append([name, 3])
    book.save("指标.xlsx")
    lead = "总体要求: 建{{ 指标.甲 }}、{{ 指标.乙 }}。\n"
    Path("提纲.yaml").write_text(outline("", lead=lead, extra="指标: 指标.xlsx\n"), "utf-8")
    found = list(plan_file("提纲.yaml").findings)
    named = outline("", lead=lead, extra="指标: {文件: 指标.xlsx, 工作表: Sheet}\n")
    Path("提纲.yaml").write_text(named, "utf-8")
    assert list(plan_file("提纲.yaml").findings) == []
    return found


def words_in_the_place_of_a_figure(folder: Path) -> list[Finding]:
    """PW479"""
    assert _targets([["指标", "数值"], ["甲", 3], ["乙", "100%"]]) == []
    return _targets([["指标", "数值"], ["甲", 3], ["乙", 4], ["丙", "全覆盖"]])


def a_sheet_without_a_header(folder: Path) -> list[Finding]:
    """PW420"""
    assert _targets([["指标", "数值"], ["甲", 3], ["乙", 4]]) == []
    return _targets([["甲", 3], ["乙", 4]])


def a_column_that_is_no_targets(folder: Path) -> list[Finding]:
    """PW421"""
    found = _targets([["指标", "数值", "备考"], ["甲", 3, "x"], ["乙", 4, ""]])
    assert "备注" in found[0].hint and found[0].pos.cell == "C1"
    return found


def a_row_that_adds_up(folder: Path) -> list[Finding]:
    """PW473"""
    return _targets([["指标", "数值"], ["甲", 3], ["乙", 4], ["合计", 7]])


def a_figure_merged_over_two_targets(folder: Path) -> list[Finding]:
    """PW422"""
    assert _targets([["指标", "数值", "单位"], ["甲", 3, "所"], ["乙", 4, None]], "C2:C3") == []
    return _targets([["指标", "数值", "单位"], ["甲", 3, "所"], ["乙", None, "所"]], "B2:B3")


def _set(text: str, name: str, path: tuple[str, ...], value: str) -> list[Finding]:
    """What is found when a target of an outline is set."""
    from planwriter.app.target_edit import set_values
    from planwriter.app.target_list import open_targets

    Path("提纲.yaml").write_text(outline(lead="总体要求: 建{{ 指标.甲 }}。\n", extra=text), "utf-8")
    source = open_targets(Session(), "提纲.yaml").value
    assert source is not None
    key = source.key_of(name)
    if key.value is None:
        return list(key.findings)
    return list(set_values(Session(), source, {key.value: {path: value}}).findings)


def a_target_that_is_not_there(folder: Path) -> list[Finding]:
    """PW423"""
    assert _set("指标: {甲: 3}\n", "甲", ("数值",), "4") == []
    twice = _set("指标: {甲: {名称: 丙, 数值: 3}, 乙: {名称: 丙, 数值: 3}}\n", "丙", ("数值",), "4")
    assert "有 2 个" in twice[0].hint
    return _set("指标: {甲: 3}\n", "甲园", ("数值",), "4")


def a_value_that_stands_on_two_lines(folder: Path) -> list[Finding]:
    """PW424"""
    return _set("指标:\n  甲:\n    数值: 3\n    依据: 第一行\n      第二行\n", "甲", ("依据",), "别的")


def a_sheet_that_leaves_a_target_out(folder: Path) -> list[Finding]:
    """PW425"""
    from planwriter.app.target_edit import import_changes, read_sheet
    from planwriter.app.target_list import open_targets

    _set("指标: {甲: 3, 乙: 4}\n", "甲", ("数值",), "3")
    source, found = open_targets(Session(), "提纲.yaml").value, list[list[Finding]]()
    assert source is not None
    for rows in ("甲,3\n乙,4\n", "甲,3\n"):
        Path("表.csv").write_text(f"名称,数值\n{rows}", "utf-8")
        sheet = read_sheet("表.csv").value
        assert sheet is not None
        found.append(list(import_changes(source, sheet).findings))
    assert found[0] == []
    return found[1]


def _installed(text: str) -> list[Finding]:
    """What is found in an outline whose workspace has the library 通用 1.0.0."""
    from planwriter.app import find_package, install
    from planwriter.sharing.bundle import make_bundle

    for version, words in (("1.0.0", "抓好师德。"), ("1.1.0", "抓实师德。")):
        clauses = f"- {{条款: 教师/师德, 条: 加强师德, 文: {words}}}\n"
        made = make_bundle({"library.yaml": f"名称: 通用\n版本: {version}\n".encode(), "教师.yaml": clauses.encode()})
        Path(f"通用-{version}.pwlib").write_bytes(made.value or b"")
    Path("planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    Path("提纲.yaml").write_text(text, "utf-8")
    candidate = find_package.find_package("通用-1.0.0.pwlib", ".", allow_unsigned=True).value
    assert (
        candidate is not None
        and install.install_library(WorkspaceOutlines(Session("planwriter.yaml")), candidate).value
    )
    return list(plan_file("提纲.yaml").findings)


_USE = "重点任务:\n  - 章: 建强队伍\n    内容:\n      - 用: 教师/师德\n"


def a_lock_that_was_meddled_with(folder: Path) -> list[Finding]:
    """PW325"""
    assert _installed(outline(_USE)) == []
    Path("planwriter.lock").write_text("{}", "utf-8")
    return list(plan_file("提纲.yaml").findings)


def a_locked_library_that_is_gone(folder: Path) -> list[Finding]:
    """PW326"""
    assert _installed(outline(_USE)) == []
    for each in Path(".planwriter").glob("*.pwlib"):
        each.unlink()
    return list(plan_file("提纲.yaml").findings)


def a_clause_that_changed_since_it_was_looked_at(folder: Path) -> list[Finding]:
    """PW327"""
    from planwriter.app import find_package, install

    assert _installed(outline(_USE)) == []
    candidate = find_package.find_package("通用-1.1.0.pwlib", ".", allow_unsigned=True).value
    assert (
        candidate is not None and install.update_library(WorkspaceOutlines(Session("planwriter.yaml")), candidate).value
    )
    found = list(plan_file("提纲.yaml").findings)
    assert [each.pos.line for each in found] == [9]
    return found


def a_library_of_another_version_than_asked_for(folder: Path) -> list[Finding]:
    """PW328"""
    assert _installed(outline(_USE, extra="库: 通用@^1.0\n")) == []
    Path("提纲.yaml").write_text(outline(_USE, extra="库: 通用@^2.0\n"), "utf-8")
    return list(plan_file("提纲.yaml").findings)


def a_library_installed_over_another_version(folder: Path) -> list[Finding]:
    """PW329"""
    from planwriter.app import find_package, install

    _installed(outline(_USE))
    candidate = find_package.find_package("通用-1.1.0.pwlib", ".", allow_unsigned=True).value
    assert candidate is not None
    return list(install.install_library(WorkspaceOutlines(Session("planwriter.yaml")), candidate).findings)


def a_table_with_a_column_twice(folder: Path) -> list[Finding]:
    """PW450"""
    from planwriter.app.batch.rows import Rows, read_job

    Path("学校.csv").write_text("学校,学校\n甲,乙\n", "utf-8")
    return list(
        read_job(Rows(session=Session(), outline="提纲.yaml", workbook="学校.csv", sheet="", form="docx")).findings
    )


def _with_chart(picture: str, name: str = "新建幼儿园") -> list[Finding]:
    targets = f"指标:\n  新建: {{名称: {name}, 数值: 3, 单位: 所}}\n"
    Path("提纲.yaml").write_text(outline(extra=f"{targets}附件:\n  - {{标题: 走势图, 图: {picture}}}\n"), "utf-8")
    return _findings("提纲.yaml")


def a_chart_of_nothing(folder: Path) -> list[Finding]:
    """PW460"""
    return _with_chart("{}")


def a_picture_that_is_none(folder: Path) -> list[Finding]:
    """PW460"""
    Path("平面图.png").write_bytes(b"GIF89a")
    return _with_chart("平面图.png")


def a_chart_without_matplotlib(folder: Path) -> list[Finding]:
    """PW461"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "matplotlib", None)
        return _with_chart("{指标: [新建]}")


def a_chart_with_a_character_that_no_font_has(folder: Path) -> list[Finding]:
    """PW462"""
    return _with_chart("{指标: [新建]}", name="新建\U0003134a幼儿园")


def a_table_with_a_column_that_nothing_uses(folder: Path) -> list[Finding]:
    """PW463"""
    from planwriter.app.batch.rows import Rows, read_job

    Path("提纲.yaml").write_text(outline(), "utf-8")
    Path("学校.csv").write_text("学校,联系人\n甲,乙\n", "utf-8")
    return list(
        read_job(Rows(session=Session(), outline="提纲.yaml", workbook="学校.csv", sheet="", form="docx")).findings
    )


def an_audit_of_what_is_no_word_file(folder: Path) -> list[Finding]:
    """PW650"""
    return list(audit_docx(b"%PDF-1.7", "要点.docx", layout()))


def _learned(*paragraphs: str) -> list[Finding]:
    return list(learn_layout(packed(body("".join(paragraphs))), "样本.docx", "本局").findings)


def a_sample_of_little(folder: Path) -> list[Finding]:
    """PW680"""
    assert learn_layout(good(), "样本.docx", "本局").findings == (), "a sample that has everything leaves nothing open"
    return _learned(para("为办好人民满意的教育，制定本要点。"))


def a_sample_of_two_minds(folder: Path) -> list[Finding]:
    """PW681"""
    font = '<w:r><w:rPr><w:rFonts w:eastAsia="{}"/></w:rPr><w:t>上好每一堂课，办好教育。</w:t></w:r>'
    return _learned(*(f"<w:p>{font.format(name)}</w:p>" for name in ("仿宋", "楷体", "仿宋", "楷体")))


def a_package_that_is_none(folder: Path) -> list[Finding]:
    """PW330"""
    return list(open_bundle(b"%PDF-1.7", "条款.pwlib").findings)


def a_signature_of_another_package(folder: Path) -> list[Finding]:
    """PW332"""
    key = packages.key_pair()
    (signature,) = packages.opened(packages.signed(packages.packed(), key)).signatures
    other = packages.opened(packages.packed(packages.library("1.3.0")))
    assert (
        judge(packages.opened(packages.signed(packages.packed(), key)), (), "甲", allow_untrusted=True).findings == ()
    )
    return list(judge(packages.opened(with_signatures(other, (signature,))), (), "条款.pwlib").findings)


def a_package_that_nobody_signed(folder: Path) -> list[Finding]:
    """PW333"""
    return list(judge(packages.opened(packages.packed()), (), "条款.pwlib").findings)


def a_library_by_a_different_signer(folder: Path) -> list[Finding]:
    """PW331"""
    from planwriter.sharing.lock import Locked
    from planwriter.sharing.signers import changed_signer
    from planwriter.sharing.trust import TrustedKey

    city, school = (TrustedKey(name, packages.raw_key(packages.key_pair())) for name in ("云岭市教育局", "第一小学"))
    there = Locked(name="甲", version="1.0.0", source="", digest="", signer=city.name, keys=(city.fingerprint,))
    found = []
    for key in (city, school):
        signed = Trust(Signed.TRUSTED, (key.name,), (key.fingerprint,), (key.fingerprint,))
        found.append(changed_signer(there, "甲", signed, "甲.pwlib"))
    assert found[0] is None and found[1] is not None
    return [found[1]]


def a_source_that_nobody_has_accepted(folder: Path) -> list[Finding]:
    """PW347"""
    from planwriter.app.known_sources import remember_source, unknown_source

    _installed(outline(_USE))
    (there,) = Session("planwriter.yaml").installed().value
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANWRITER_CONFIG", str(folder / "设置"))
        before = unknown_source(there[0], ".", "planwriter library outdated --source-ok")
        assert before is not None
        remember_source(there[0].source, ".")
        assert unknown_source(there[0], ".", "") is None
    return [before]


def a_file_outside_the_workspace(folder: Path) -> list[Finding]:
    """PW124"""
    Path("里").mkdir()
    Path("里/提纲.yaml").write_text(outline(extra="附件:\n  - 标题: 项目表\n    表: ../项目.csv\n"), "utf-8")
    Path("项目.csv").write_text("序号,项目\n1,食堂\n", "utf-8")
    assert plan_file("里/提纲.yaml").findings == (), "there is no workspace"
    Path("planwriter.yaml").touch()
    assert plan_file("里/提纲.yaml").findings == (), "it is in the workspace"
    Path("planwriter.yaml").rename("里/planwriter.yaml")
    assert plan_file("里/提纲.yaml").sound
    return list(plan_file("里/提纲.yaml").findings)


def a_private_key_in_the_place_of_a_public_one(folder: Path) -> list[Finding]:
    """PW335"""
    key = packages.key_pair()
    assert signing.read_public_key(key.public, "市局.pub").findings == ()
    return list(signing.read_public_key(key.private, "市局.key").findings)


def a_year_in_the_place_of_a_version(folder: Path) -> list[Finding]:
    """PW336"""
    return list(pack_library(packages.library("2026"), "库").findings)


def _release(version: str, clauses: str) -> list[Finding]:
    bundle = packages.opened(packages.packed(packages.library(version, clauses)))
    return list(make_release(bundle, "库", packages.opened(packages.packed())).findings)


def a_version_too_small_for_what_changed(folder: Path) -> list[Finding]:
    """PW337"""
    assert _release("2.0.0", packages.CLAUSE) == []
    return _release("1.2.1", packages.CLAUSE)


def a_version_that_is_out_with_other_content(folder: Path) -> list[Finding]:
    """PW338"""
    assert _release("1.2.0", packages.CLAUSE + packages.SECOND) == []
    return _release("1.2.0", packages.CLAUSE)


def a_key_that_is_there_already(folder: Path) -> list[Finding]:
    """PW339"""
    assert files.write_new("市局.key", b"x") is None
    return [each for each in [files.write_new("市局.key", b"y")] if each]


def _library_check(clauses: str, *, on: str = "") -> list[Finding]:
    contents = {"library.yaml": "名称: 县库\n版本: 1.0.0\n".encode(), "德育.yaml": clauses.encode()}
    return list(check_library(open_files(contents, "县库"), kinds=Session().kinds().value, on=on))


def _new_check(clauses: str, bases: str = "", *, on: str = "") -> list[Finding]:
    """The findings on a library of format 2."""
    contents = {
        "library.yaml": "名称: 县库\n版本: 1.0.0\n格式: 2\n".encode(),
        "财政.yaml": clauses.encode(),
        "bases.yaml": bases.encode(),
    }
    return list(check_library(open_files(contents, "县库"), kinds=Session().kinds().value, on=on))


_TALK = "- 条款: 德育/宣讲\n  文: 组织师德专题宣讲，每年不少于{{ 参数.场次 }}场，纳入年度考核。\n"
_COUNTED = "  参数: {场次: {类型: 整数, 说明: 每年场次, 默认: 6, 最小: 1}}\n"


def a_parameter_used_and_not_declared(folder: Path) -> list[Finding]:
    """PW351"""
    assert _library_check(_TALK + _COUNTED) == []
    return _library_check(_TALK)


def a_parameter_declared_and_not_used(folder: Path) -> list[Finding]:
    """PW352"""
    return _library_check(_TALK + _COUNTED.replace("}}", "}, 次数: {类型: 整数}}"))


def a_sample_that_is_not_what_its_clause_gives(folder: Path) -> list[Finding]:
    """PW353"""
    sample = "  示例: {参数: {场次: 8}, 文本: 组织师德专题宣讲，每年不少于8场，纳入年度考核。}\n"
    assert _library_check(_TALK + _COUNTED + sample) == []
    return _library_check(_TALK + _COUNTED + sample.replace("不少于8场", "不少于6场"))


def a_clause_for_a_kind_that_is_not(folder: Path) -> list[Finding]:
    """PW354"""
    applies = "  适用: {文种: [工作要点], 级别: [县], 年度: [2023, 2027]}\n"
    assert _library_check(_TALK + _COUNTED + applies) == []
    return _library_check(_TALK + _COUNTED + applies.replace("要点", "要典"))


def a_range_without_a_value(folder: Path) -> list[Finding]:
    """PW355"""
    return _library_check(_TALK + _COUNTED.replace("最小: 1", "最小: 9, 最大: 8"))


def a_clause_that_says_what_another_says(folder: Path) -> list[Finding]:
    """PW356"""
    return _library_check(
        _TALK + _COUNTED + (_TALK + _COUNTED).replace("德育/宣讲", "德育/讲座").replace("年度考核", "考核")
    )


def wording_that_has_run_out(folder: Path) -> list[Finding]:
    """PW357"""
    clause = _TALK + _COUNTED + "  有效期: [2021-01-01, 2025-12-31]\n"
    assert _library_check(clause) == [] and _library_check(clause, on="2025-12-31") == []
    return _library_check(clause, on="2026-01-01")


_EVALUATION = """- 条款: 财政/绩效评价
  条: 做好绩效评价
  文: 8月底前完成〔{{ 参数.评价数 }}个〕重点项目的评价，结果报{{ 政府 }}。
  参数: {评价数: {类型: 整数, 说明: 评价项目数, 单位: 个}}
  依据: [预算法]
  标签: [绩效, 评价]
  示例: {参数: {评价数: 6}}
"""
_LAW = "- 依据: 预算法\n  全称: 中华人民共和国预算法\n  施行日期: 2015-01-01\n  核对日期: 2026-11-30\n"


def a_number_that_the_library_invents(folder: Path) -> list[Finding]:
    """PW359"""
    assert _new_check(_EVALUATION, _LAW) == []
    return _new_check(_EVALUATION.replace("单位: 个", "单位: 个, 默认: 6"), _LAW)


def a_parameter_without_a_sample(folder: Path) -> list[Finding]:
    """PW360"""
    return _new_check(_EVALUATION.replace("{评价数: 6}", "{}"), _LAW)


def a_basis_described_twice(folder: Path) -> list[Finding]:
    """PW361"""
    return _new_check(_EVALUATION, _LAW + _LAW)


def a_basis_with_half_a_date(folder: Path) -> list[Finding]:
    """PW362"""
    return _new_check(_EVALUATION, _LAW.replace("2015-01-01", "2015年"))


def a_basis_that_is_not_described(folder: Path) -> list[Finding]:
    """PW363"""
    return _new_check(_EVALUATION.replace("[预算法]", "[预算法, 预算条例]"), _LAW)


def a_number_of_a_basis_that_nobody_looked_up(folder: Path) -> list[Finding]:
    """PW364"""
    return _new_check(_EVALUATION, _LAW.replace("  核对日期: 2026-11-30\n", ""))


def a_basis_out_of_force(folder: Path) -> list[Finding]:
    """PW365"""
    repealed = _LAW + "  失效: 2026-07-01\n"
    assert _new_check(_EVALUATION, repealed, on="2026-06-30") == []
    return _new_check(_EVALUATION, repealed, on="2026-07-01")


def a_basis_not_looked_up_for_a_year(folder: Path) -> list[Finding]:
    """PW366"""
    assert _new_check(_EVALUATION, _LAW, on="2027-11-29") == []
    return _new_check(_EVALUATION, _LAW, on="2027-11-30")


def an_object_that_its_verb_cannot_take(folder: Path) -> list[Finding]:
    """PW370"""
    return _new_check(_EVALUATION.replace("的评价，", "的评价，压缩评价门槛，"), _LAW)


_THINGS = "课本操场食堂宿舍校车图书灯光仪器球门花圃水塔门卫黑板窗帘钢琴跑道苗圃井盖锅炉电扇"


def _reads(make: Callable[[str, int], str], *, verb: str = "管护", last: int = 20) -> list[Finding]:
    """The findings on a library of 20 clauses, of which the first `last` have the text that `make` gives."""
    clauses = ""
    for nth in range(20):
        thing = _THINGS[2 * nth : 2 * nth + 2]
        listed = "、".join(f"{each}号{thing}" for each in range(1 + nth * nth % 11))
        usual = f"{thing}逐件登记{listed}。" + f"{thing}坏了，{thing}当天报修。" * (nth % 4)
        text = make(thing, nth) if nth < last else usual
        title = f"{verb}{thing}" if nth < last else f"{thing}管护"
        clauses += f"- 条款: 校产/{thing}\n  条: {title}\n  文: {text}\n  标签: [校产, {thing}]\n"
    return _new_check(clauses)


def clauses_of_one_length(folder: Path) -> list[Finding]:
    """PW371"""
    return _reads(lambda thing, nth: f"{thing}每季度查{nth % 9 + 1}次，{thing}坏了报修。")


def clauses_of_three_sentences(folder: Path) -> list[Finding]:
    """PW372"""
    return _reads(lambda thing, nth: f"{thing}登记。{thing}坏了报修。{thing * (nth % 7)}有人看管。")


def clauses_that_begin_alike(folder: Path) -> list[Finding]:
    """PW373"""
    return _reads(lambda thing, nth: f"坚持{thing * (nth % 7 + 1)}登记。", last=4)


def clauses_with_one_skeleton(folder: Path) -> list[Finding]:
    """PW374"""
    return _reads(lambda thing, nth: f"落实{thing}台账。组织检查{nth + 2}次。规范{thing}保管，确保完好。", last=3)


def titles_that_say_nothing(folder: Path) -> list[Finding]:
    """PW375"""
    return _reads(lambda thing, nth: f"{thing}{'登记造册' * (nth + 1)}。", verb="加强", last=7)


def a_lawful_duty_as_a_rate(folder: Path) -> list[Finding]:
    """PW376"""
    return _new_check(_EVALUATION.replace("的评价，", "的评价，按期办结率98%，"), _LAW)


def an_honour_that_a_bureau_gives_itself(folder: Path) -> list[Finding]:
    """PW377"""
    return _new_check(_EVALUATION.replace("的评价，", "的评价，评选绩效示范单位，"), _LAW)


def a_government_that_is_told_what_to_do(folder: Path) -> list[Finding]:
    """PW378"""
    assert _new_check(_EVALUATION.replace("结果报", "提请"), _LAW) == []
    return _new_check(_EVALUATION.replace("结果报{{ 政府 }}", "由{{ 政府 }}每季度研究1次"), _LAW)


def two_clauses_that_share_a_sentence(folder: Path) -> list[Finding]:
    """PW379"""
    shared = "查出的问题当天下达整改通知书并派专人盯到销号为止"
    one = f"- 条款: 校产/水塔\n  条: 检查水塔\n  文: 开学前检查水塔。{shared}。\n"
    other = f"- 条款: 校产/锅炉\n  条: 检查锅炉\n  文: 供暖前请检验机构检验每一台锅炉。{shared}。\n"
    return _new_check(one + other)


def a_folder_that_is_not_there(folder: Path) -> list[Finding]:
    """PW801"""
    return [each for each in [files.write_file("没有/要点.docx", b"x")] if each]


def a_folder_in_the_place_of_the_output(folder: Path) -> list[Finding]:
    """PW802"""
    Path("要点.docx").mkdir()
    return [each for each in [files.write_file("要点.docx", b"x")] if each]


def an_output_that_is_not_ours(folder: Path) -> list[Finding]:
    """PW803"""
    Path("要点.txt").write_text("手写的", "utf-8")
    return [each for each in [guard_output("要点.txt", b"x", "text", outline="要点.yaml")] if each]


def the_outline_as_its_own_output(folder: Path) -> list[Finding]:
    """PW804"""
    Path("要点.yaml").write_text(outline(), "utf-8")
    return [each for each in [guard_output("要点.yaml", b"x", "text", outline="要点.yaml")] if each]


def an_output_through_a_link_that_leads_out_of_the_workspace(folder: Path) -> list[Finding]:
    """PW807"""
    Path("区").mkdir()
    Path("区/planwriter.yaml").touch()
    Path("区/要点.txt").symlink_to(folder / "别处.txt")
    return [each for each in [files.write_file("区/要点.txt", b"x")] if each]


def an_edited_output_that_is_overwritten(folder: Path) -> list[Finding]:
    """PW808"""
    Path("要点.txt").write_text("手写的", "utf-8")
    refused = guard_output("要点.txt", b"x", "text", outline="要点.yaml")
    return list(outputs.write_output("要点.txt", b"x", refused, force=True))


def a_source_that_is_no_library(folder: Path) -> list[Finding]:
    """PW340"""
    Path("县库").mkdir()
    found = list(fetch("县库", base=".").findings)
    Path("县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    assert fetch("县库", base=".").findings == ()
    return found


def a_server_that_is_not_there(folder: Path) -> list[Finding]:
    """PW341"""
    return list(fetch("http://127.0.0.1:1/县库.pwlib", base=".").findings)


def a_store_whose_package_is_not_installed(folder: Path) -> list[Finding]:
    """PW342"""
    return list(fetch("lakefs://教育局/县库.pwlib", base=".").findings)


def a_package_too_large(folder: Path) -> list[Finding]:
    """PW343"""
    Path("县库.pwlib").write_bytes(b"x" * 101)
    assert fetch("县库.pwlib", base=".", limit=101).findings == ()
    return list(fetch("县库.pwlib", base=".", limit=100).findings)


def _published(data: bytes) -> registry.PublishedPackage:
    os.makedirs("发布点", exist_ok=True)
    made = registry.publish("发布点", "青山条款库", "1.0.0", data)
    assert made.value is not None and made.findings == ()
    return made.value


def a_package_that_was_changed_in_the_registry(folder: Path) -> list[Finding]:
    """PW344"""
    release = _published(b"x")
    assert registry.download("发布点", release).findings == ()
    next(Path("发布点").rglob("*.pwlib")).write_bytes(b"y")
    return list(registry.download("发布点", release).findings)


def a_library_that_the_registry_does_not_have(folder: Path) -> list[Finding]:
    """PW345"""
    _published(b"x")
    assert registry.find("发布点", "青山条款库", lambda version: True, str).findings == ()
    return list(registry.find("发布点", "青山县条款库", lambda version: True, str).findings)


def other_bytes_under_a_version_that_is_taken(folder: Path) -> list[Finding]:
    """PW346"""
    _published(b"x")
    return list(registry.publish("发布点", "青山条款库", "1.0.0", b"y").findings)


def a_unit_that_answers_for_nothing(folder: Path) -> list[Finding]:
    """PW451"""
    return list(outputs.extract(plan(outline()), "计财股").findings)


def a_workbook_without_a_table(folder: Path) -> list[Finding]:
    """PW452"""
    made = plan(outline()).document
    assert made is not None
    return list(render(replace(made, parts=()), "xlsx").findings)


def _rolled(text: str, reached: str = "") -> list[Finding]:
    from planwriter.app.roll import roll_file

    Path("要点.yaml").write_text(text, "utf-8")
    made = roll_file(Session(), "要点.yaml", reached=reached)
    return [*made.findings, *(made.value.findings if made.value else ())]


def an_outline_of_no_year_that_is_rolled(folder: Path) -> list[Finding]:
    """PW765"""
    return _rolled(outline().replace("年度: 2026\n", ""))


def a_document_of_the_old_year(folder: Path) -> list[Finding]:
    """PW766"""
    assert _rolled(outline()) == []
    return _rolled(outline().replace("上好课", "落实《青山县2026年教育工作要点》"))


def a_deadline_of_the_old_year(folder: Path) -> list[Finding]:
    """PW767"""
    return _rolled(outline().replace("文: 上好课。", "文: 上好课。\n        时限: 2026年8月"))


def a_figure_reached_for_no_target(folder: Path) -> list[Finding]:
    """PW768"""
    Path("完成.yaml").write_text("新建园: 3所\n", "utf-8")
    return _rolled(outline(), "完成.yaml")


MADE: list[Callable[[Path], list[Finding]]] = [
    a_block_that_is_not_there,
    a_block_that_uses_a_clause,
    a_topic_file_that_is_no_list,
    a_file_that_is_not_there,
    a_folder_in_the_place_of_a_file,
    a_file_too_large,
    a_file_among_outlines_that_is_none,
    a_file_outside_the_workspace,
    two_plans_that_disagree,
    too_many_slips,
    a_parameter_as_long_as_a_document,
    a_workbook_in_the_old_format,
    a_cell_with_an_error,
    a_term_without_a_wrong_form,
    a_format_that_cannot_be_shown,
    a_row_that_adds_up,
    a_sheet_that_is_not_there,
    a_column_that_is_not_read,
    a_unit_above_that_is_two,
    a_unit_in_a_name_that_is_another,
    a_second_sheet_with_targets,
    words_in_the_place_of_a_figure,
    a_sheet_without_a_header,
    a_column_that_is_no_targets,
    a_figure_merged_over_two_targets,
    a_target_that_is_not_there,
    a_value_that_stands_on_two_lines,
    a_sheet_that_leaves_a_target_out,
    a_unit_that_answers_for_nothing,
    a_workbook_without_a_table,
    a_lock_that_was_meddled_with,
    a_locked_library_that_is_gone,
    a_source_that_nobody_has_accepted,
    a_clause_that_changed_since_it_was_looked_at,
    a_library_of_another_version_than_asked_for,
    a_library_installed_over_another_version,
    a_table_with_a_column_twice,
    a_chart_of_nothing,
    a_picture_that_is_none,
    a_chart_without_matplotlib,
    a_chart_with_a_character_that_no_font_has,
    a_table_with_a_column_that_nothing_uses,
    an_audit_of_what_is_no_word_file,
    a_sample_of_little,
    a_sample_of_two_minds,
    a_source_that_is_no_library,
    a_server_that_is_not_there,
    a_store_whose_package_is_not_installed,
    a_package_too_large,
    a_package_that_was_changed_in_the_registry,
    a_library_that_the_registry_does_not_have,
    other_bytes_under_a_version_that_is_taken,
    a_package_that_is_none,
    a_signature_of_another_package,
    a_library_by_a_different_signer,
    a_package_that_nobody_signed,
    a_private_key_in_the_place_of_a_public_one,
    a_year_in_the_place_of_a_version,
    a_version_too_small_for_what_changed,
    a_version_that_is_out_with_other_content,
    a_key_that_is_there_already,
    a_parameter_used_and_not_declared,
    a_parameter_declared_and_not_used,
    a_sample_that_is_not_what_its_clause_gives,
    a_clause_for_a_kind_that_is_not,
    a_range_without_a_value,
    a_clause_that_says_what_another_says,
    wording_that_has_run_out,
    a_number_that_the_library_invents,
    a_parameter_without_a_sample,
    a_basis_described_twice,
    a_basis_with_half_a_date,
    a_basis_that_is_not_described,
    a_number_of_a_basis_that_nobody_looked_up,
    a_basis_out_of_force,
    a_basis_not_looked_up_for_a_year,
    an_object_that_its_verb_cannot_take,
    clauses_of_one_length,
    clauses_of_three_sentences,
    clauses_that_begin_alike,
    clauses_with_one_skeleton,
    titles_that_say_nothing,
    a_lawful_duty_as_a_rate,
    an_honour_that_a_bureau_gives_itself,
    a_government_that_is_told_what_to_do,
    two_clauses_that_share_a_sentence,
    an_outline_of_no_year_that_is_rolled,
    a_document_of_the_old_year,
    a_deadline_of_the_old_year,
    a_figure_reached_for_no_target,
    a_folder_that_is_not_there,
    a_folder_in_the_place_of_the_output,
    an_output_that_is_not_ours,
    the_outline_as_its_own_output,
    an_output_through_a_link_that_leads_out_of_the_workspace,
    an_edited_output_that_is_overwritten,
]


@pytest.mark.parametrize("make", MADE, ids=lambda make: f"{make.__doc__}-{make.__name__}")
def test_what_no_file_can_hold_is_a_finding_too(
    make: Callable[[Path], list[Finding]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert make.__doc__ in _codes(make(tmp_path))


def test_a_mistake_of_our_own_is_reported_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise KeyError("没想到")

    monkeypatch.setattr(plans, "plan_file", broken)
    with pytest.raises(SystemExit) as stop:
        main(["check", "提纲.yaml"])
    assert stop.value.code == 5
    shown = capsys.readouterr().err
    assert "[PW901] 程序自己出了错：KeyError" in shown and "Traceback" not in shown


def test_a_sound_outline_has_no_finding_and_a_small_file_is_not_too_large() -> None:
    assert plan(outline()).findings == ()


# the workspace file


def _in_workspace(text: str, levels: str) -> str:
    Path("planwriter.yaml").write_text(levels, "utf-8")
    Path("提纲.yaml").write_text(text, "utf-8")
    return format_short(plan_file("提纲.yaml").findings)


def test_a_workspace_file_is_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _in_workspace(outline(), "检查:\n  PW999: 忽略\n") == (
        "planwriter.yaml:2:3: 错误 PW201 检查里没有“PW999”这个键。\n"
    )
    assert _in_workspace(outline(), "检查:\n  PW217: 算了\n") == (
        "planwriter.yaml:2:10: 错误 PW204 “PW217”不能是“算了”。\n"
    )
    assert _in_workspace(outline(), "检查:\n  PW105: 忽略\n") == (
        "planwriter.yaml:2:10: 错误 PW204 “PW105”不能是“忽略”。\n"
    )


# the catalogue as a whole


def _tested_elsewhere(code: str) -> bool:
    """True for a deviation that test_audit or test_traces plants in a .docx, and for what test_pdf and test_signing do without a program."""
    if "PW650" <= code <= "PW679":
        return f': ("{code}", ' in (TESTS / "audit" / "test_audit.py").read_text("utf-8")
    if "PW682" <= code <= "PW695" or code == "PW841":
        return f': ("{code}", ' in (TESTS / "audit" / "test_traces.py").read_text("utf-8")
    if code == "PW840":
        return f'"{code}"' in (TESTS / "writers" / "docx" / "test_record.py").read_text("utf-8")
    if "PW701" <= code <= "PW719":
        return f'("{code}", ' in (TESTS / "app" / "test_importing.py").read_text("utf-8")
    if "PW735" <= code <= "PW748":
        return f'"{code}"' in "".join(
            (TESTS / each).read_text("utf-8")
            for each in (
                "importing/tasks/test_blocks.py",
                "importing/tasks/test_read.py",
                "app/task_edit/editing.py",
                "app/task_edit/test_take_in.py",
                "app/test_import_tasks.py",
            )
        )
    if "PW720" <= code <= "PW734":
        own = (TESTS / "importing" / "sources").glob("test_*.py")
        return any(f'== ["{code}"]' in path.read_text("utf-8") for path in own)
    if "PW770" <= code <= "PW772":
        return f'== ["{code}"]' in (TESTS / "audit" / "test_annotate.py").read_text("utf-8")
    if "PW750" <= code <= "PW764":
        files = (TESTS / "app" / name for name in ("test_import_extras.py", "test_harvest.py"))
        return any(f'("{code}", ' in file.read_text("utf-8") for file in files)
    if code == "PW125":
        return f"[{code}]" in (TESTS / "stories" / "test_hostile_files.py").read_text("utf-8")
    if code == "PW334":
        return f'== ["{code}"]' in (TESTS / "sharing" / "test_signing.py").read_text("utf-8")
    if "PW863" <= code <= "PW879":
        return f"{code}" in "".join(
            (TESTS / each / "test_absorb.py").read_text("utf-8") for each in ("app/roundtrip", "cli")
        )
    if "PW880" <= code <= "PW889":
        tests = (TESTS / "writers" / "docx" / "test_tracked.py", *(TESTS / "app" / "roundtrip").glob("test_re*.py"))
        return any(f'"{code}"' in path.read_text("utf-8") for path in tests)
    if "PW890" <= code <= "PW896":
        return any(
            f'"{code}"' in (TESTS / "app" / "journal" / f"test_{each}.py").read_text("utf-8")
            for each in ("journal", "undo", "rendered")
        )
    if "PW850" <= code <= "PW859":
        files = (path for room in ("compare", "app") for path in (TESTS / room).rglob("test_*.py"))
        return any(f'"{code}"' in file.read_text("utf-8") for file in files)
    if "PW815" <= code <= "PW829":
        names = (
            "app/roundtrip/test_collect.py",
            "app/roundtrip/test_accept.py",
            "cli/test_accepting.py",
            "compare/opinions/test_kept_comments.py",
        )
        return any(f'"{code}"' in (TESTS / each).read_text("utf-8") for each in names)
    if "PW810" <= code <= "PW814":
        return f'"{code}"' in (TESTS / "app" / "batch" / "test_cluster.py").read_text("utf-8")
    return code in ("PW805", "PW806") and f'== "{code}"' in (TESTS / "writers" / "test_pdf.py").read_text("utf-8")


def test_every_code_has_a_case() -> None:
    def check(code: str) -> None:
        held = any(folder.name[:5] == code for folder in FOLDERS) or any(make.__doc__ == code for make in MADE)
        assert code == "PW901" or held or _tested_elsewhere(code)

    assert_each(check, CATALOGUE)


def test_every_code_has_a_page() -> None:
    def check(code: str) -> None:
        page = explanation(code)
        headings = ["它说：", "为什么：", "错的写法：", "对的写法：", "办法："]
        assert page.startswith(f"{code}（{CATALOGUE[code].severity.word}）\n")
        assert [line for line in page.splitlines()[1:] if line and not line.startswith(" ")] == headings
        sections = re.split(r"^\S+：\n", page, flags=re.M)[1:]
        assert all(section.strip() for section in sections)
        assert sections[2] != sections[3], "the wrong and the right way are the same"

    assert_each(check, CATALOGUE)


def test_every_sentence_is_one_and_ends() -> None:
    def check(code: str) -> None:
        sentence = CATALOGUE[code].sentence
        assert sentence.endswith("。") and sentence.count("。") == 1
        assert "  " not in sentence

    assert_each(check, CATALOGUE)


def test_a_case_folder_holds_nothing_else() -> None:
    known = {
        "bad.yaml",
        "good.yaml",
        "expected.txt",
        "县库",
        "改好的库",
        "planwriter.yaml",
        "本局.yaml",
        "上级.yaml",
        "改好.yaml",
        "用语.yaml",
    }
    assert [str(folder) for folder in FOLDERS if not set(os.listdir(folder)) <= known] == []
    assert [folder.name for folder in FOLDERS if folder.name[:5] not in CATALOGUE] == []


# many mistakes at once


def test_one_run_reports_every_mistake_of_an_outline(monkeypatch: pytest.MonkeyPatch, update_goldens: bool) -> None:
    folder = CASES / "twenty-mistakes"
    monkeypatch.chdir(folder)
    found = plan_file("outline.yaml").findings
    if update_goldens:
        (folder / "expected.txt").write_text(format_short(found), "utf-8", newline="\n")
    assert format_short(found) == (folder / "expected.txt").read_text("utf-8")
    assert len(found) >= 20 and len(set(_codes(found))) >= 20
    assert all(each.pos.line and each.pos.column for each in found)
