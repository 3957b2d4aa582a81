"""One outline with a sheet gives one document per row; a row that fails does not stop the remaining rows."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from planwriter.app.batch.batch import Made, run_here
from planwriter.app.batch.rows import Rows
from planwriter.app.session import Session
from planwriter.cli.group import cli
from planwriter.outline.rows import MAX_ROWS, read_rows
from planwriter.sheets.sheet import Sheet, SheetSource
from tests.support import ROOT

OUTLINE = """\
文种: 工作要点
单位: 青山县教育局
地区: 青山县
年度: 2026
指标:
  招生: {名称: 招生计划, 数值: 100, 单位: 人, 界限: 不超过}
  班额: 45
总体要求: 办好{{ 行.学校 }}。
重点任务:
  - 章: 抓好招生
    内容:
      - 条: 严格计划
        文: "{{ 单位 }}招生{{ 指标.招生 }}，班额{{ 指标.班额 }}，联系人{{ 行.联系人 }}。"
保障措施:
  - 章: 强化保障
    文: 落实责任。
"""
HEAD = "学校,单位,指标.招生,班额,联系人"


def sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("表", rows, source=SheetSource("学校.xlsx", rows))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "方案.yaml").write_text(OUTLINE, "utf-8")
    return tmp_path


def table(*rows: str) -> None:
    Path("学校.csv").write_text("\n".join((HEAD, *rows)), "utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["render", "方案.yaml", "--each", "学校.csv", *arguments])


def text(name: str) -> str:
    return (Path("方案") / f"{name}.txt").read_text("utf-8")


def test_a_row_puts_its_unit_its_targets_and_its_own_words_into_the_document(folder: Path) -> None:
    table("甲小学,青山县甲小学,120,40,某某", "乙小学,,,,某某某")
    made = run("--to", "text")
    assert made.exit_code == 0 and "已生成 2 份" in made.output, made.output
    assert "办好甲小学。" in text("方案-甲小学")
    assert "青山县甲小学招生不超过120人，班额40，联系人某某。" in text("方案-甲小学")
    assert "青山县教育局招生不超过100人，班额45，联系人某某某。" in text("方案-乙小学"), (
        "an empty cell leaves what the outline says"
    )


def test_the_targets_keep_the_order_of_the_outline(folder: Path) -> None:
    text_of_outline = OUTLINE.replace("  班额: 45\n", "  班额: {数值: 45, 单位: 人}\n") + "附件: [指标表]\n"
    Path("方案.yaml").write_text(text_of_outline, "utf-8")
    Path("学校.csv").write_text("学校,联系人,班额\n甲小学,某某,50\n", "utf-8")
    assert run("--to", "text").exit_code == 0
    printed = text("方案-甲小学").partition("指标表")[2]
    assert 0 < printed.index("招生计划") < printed.index("班额") < printed.index("50")


def test_a_row_that_fails_is_reported_by_its_cell_and_the_remaining_ones_are_made(folder: Path) -> None:
    table(*(f"第{number}小学,,{'一百' if number == 17 else 100 + number},,某某" for number in range(1, 31)))
    made = run("--to", "text")
    assert made.exit_code == 1
    assert (
        "学校.csv:C18 [PW410]" in made.output
        and "已生成 29 份" in made.output
        and "没有生成 1 份：第 18 行。" in made.output
    )
    assert len(list(Path("方案").glob("[!.]*"))) == 29


def test_many_processes_make_what_one_makes(folder: Path) -> None:
    table(*(f"第{number}小学,,{100 + number},,某某" for number in range(40)))

    def made(processes: int) -> list[Made]:
        rows = Rows(session=Session(), outline="方案.yaml", workbook="学校.csv", sheet="", form="docx")
        return list(run_here(rows, range(40), processes=processes))

    one, three = made(1), made(3)
    assert one == three and len({each.data for each in one}) == 40


def test_made_again_the_same_files_are_left_and_a_changed_one_is_not_overwritten(folder: Path) -> None:
    table("甲小学,,120,,某某", "乙小学,,130,,某某")
    assert run().exit_code == 0
    path = Path("方案/方案-甲小学.docx")
    path.write_bytes(b"typed in Word")
    table("甲小学,,121,,某某", "乙小学,,131,,某某")
    made = run()
    assert made.exit_code == 4 and "PW803" in made.output and "已生成 1 份" in made.output
    assert run("--force").exit_code == 0


def test_the_word_for_the_row_is_unknown_if_there_is_none(folder: Path) -> None:
    table("甲小学,,120,,某某")
    made = CliRunner().invoke(cli, ["check", "方案.yaml"])
    assert made.exit_code == 1 and "PW309" in made.output and "--each" in made.output


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("学校", "学校"), ("甲", "乙")), "写了两次"),
        ((("学校", "人数"),), "没有内容"),
        ((("学校", ""), ("甲", "乙")), "空着"),
        ((("学校",), ("甲",), ("甲",)), "同一个文件名"),
        ((("学校",), ("甲/乙",)), "不能作文件名"),
        ((("文件名",), ("..",)), "不能作文件名"),
        ((("文件名",), ("con",)), "不能作文件名"),
        ((("文件名",), ("甲" * 90,)), "不能作文件名"),
    ],
)
def test_a_sheet_that_makes_no_files_is_refused_with_its_reason(rows: tuple[tuple[str, ...], ...], words: str) -> None:
    made = read_rows(sheet(*rows), "方案")
    assert made.value == ()
    assert made.findings[0].code == "PW450" and words in made.findings[0].message


@given(st.lists(st.text(max_size=8), min_size=1, max_size=6))
def test_names_of_files_lead_nowhere_and_are_distinct(names: list[str]) -> None:
    made = read_rows(sheet(("文件名", "数"), *((name, "1") for name in names)), "方案").value
    assert len({row.name.casefold() for row in made}) == len(made)
    assert not any(set('/\\:*?"<>|\0') & set(row.name) or row.name in ("", ".", "..") for row in made)


def test_the_folder_is_made_when_its_name_ends_so_and_is_asked_for_else(folder: Path) -> None:
    table("甲小学,,120,,某某")
    assert run("-o", "各校/").exit_code == 0 and Path("各校/方案-甲小学.docx").is_file()
    assert run("-o", "没有的").exit_code == 2


def test_a_row_gives_the_values_of_targets_that_stand_in_a_workbook_too(folder: Path) -> None:
    Path("指标.csv").write_text("键,数值,单位,界限\n招生,100,人,不超过\n班额,45,,\n", "utf-8")
    start, end = OUTLINE.index("指标:"), OUTLINE.index("总体要求")
    Path("方案.yaml").write_text(OUTLINE[:start] + "指标: 指标.csv\n" + OUTLINE[end:], "utf-8")
    table("甲小学,,120,,某某")
    assert run("--to", "text").exit_code == 0
    assert "招生不超过120人，班额45" in text("方案-甲小学")


# what the trial of a new user found


def test_a_column_for_a_target_that_is_not_there_stops_all_and_an_unused_one_is_a_hint(folder: Path) -> None:
    Path("学校.csv").write_text("学校,指标.招声,联系人,校长\n甲小学,3,某某,某某\n", "utf-8")
    made = run()
    assert (
        made.exit_code == 1
        and "学校.csv:B1 [PW402]" in made.output
        and "招生" in made.output
        and not Path("方案/方案-甲小学.docx").exists()
    )
    Path("学校.csv").write_text("学校,联系人,校长\n甲小学,某某,某某\n", "utf-8")
    made = run()
    assert (
        made.exit_code == 0
        and "提示 学校.csv:C1 [PW463]" in made.output
        and "A1" not in made.output
        and "B1" not in made.output
    )


def test_a_blank_cell_that_a_text_puts_in_costs_its_row_alone(folder: Path) -> None:
    table("甲小学,,120,,", "乙小学,,130,,某某")
    made = run("--to", "text")
    assert made.exit_code == 1 and "学校.csv:E2 [PW121]" in made.output and "是空的" in made.output
    assert "已生成 1 份" in made.output and "没有生成 1 份：第 2 行。" in made.output


def test_a_blank_cell_that_a_text_provides_for_is_fine(folder: Path) -> None:
    text = OUTLINE.replace("联系人{{ 行.联系人 }}", "联系人{{ 行.联系人 | default('另定') }}")
    Path("方案.yaml").write_text(text, "utf-8")
    table("甲小学,,120,,")
    assert run("--to", "text").exit_code == 0


def test_straight_quotes_in_a_cell_are_reported_at_the_cell(folder: Path) -> None:
    table('甲小学,,120,,"某""某""某"')
    made = run("--to", "text")
    assert made.exit_code == 0 and "学校.csv:E2 [PW501]" in made.output


def test_rows_with_the_same_name_are_not_made_and_the_remaining_ones_are(folder: Path) -> None:
    table("甲小学,,120,,某某", "甲小学,,121,,某某", "乙/小学,,122,,某某", "丙小学,,123,,某某")
    made = run("--to", "text")
    assert made.exit_code == 1 and "已生成 1 份" in made.output and "没有生成 3 份：第 2、3、4 行。" in made.output
    assert [each.name for each in Path("方案").glob("[!.]*")] == ["方案-丙小学.txt"]


def test_a_sheet_that_is_not_there_is_reported_with_those_that_are(folder: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.create_sheet("一季度", 0)
    sheet.append(["学校"])
    book.save("学校.xlsx")
    made = CliRunner().invoke(cli, ["render", "方案.yaml", "--each", "学校.xlsx#没有"])
    assert made.exit_code == 1 and "PW122" in made.output and "一季度" in made.output


def test_check_takes_the_rows_too(folder: Path) -> None:
    table("甲小学,,120,,某某", "乙小学,,一百,,某某")
    made = CliRunner().invoke(cli, ["check", "方案.yaml", "--each", "学校.csv"])
    assert made.exit_code == 1 and "学校.csv:C3 [PW410]" in made.output and "PW309" not in made.output
    assert sorted(each.name for each in folder.iterdir()) == ["学校.csv", "方案.yaml"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("rows", [6, 60])
def test_a_signal_ends_with_the_number_of_what_was_made(
    folder: Path, rows: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(*(f"第{number}小学,,{100 + number},,某某" for number in range(rows)))
    monkeypatch.setattr("planwriter.app.batch.batch.cores", lambda: 2)
    monkeypatch.setattr(
        "planwriter.cli.plan_rows._tell", lambda done, whole: os.kill(os.getpid(), number) if done == 2 else None
    )
    made = run("--to", "text")
    count = len(list(Path("方案").glob("[!.]*")))
    assert made.exit_code == 130 and f"已中断：生成了 {count} 份" in made.output, made.output
    assert 2 <= count < rows


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_between_outlines_shows_how_many_are_done(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planwriter.cli.plan_many.show_rendered", lambda *_: signal.raise_signal(number))
    made = CliRunner().invoke(cli, ["render", "甲.yaml", "乙.yaml", "--to", "text"])
    assert made.exit_code == 130 and "后面 1 份没有排" in made.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_reaches_the_processes_too_leaves_only_whole_files(folder: Path, number: int) -> None:
    """As a terminal and some supervisors send it: to the whole group."""
    table(*(f"第{row}小学,,{100 + row},,某某" for row in range(3_000)))
    command = [sys.executable, "-m", "planwriter", "render", "方案.yaml", "--each", "学校.csv", "--to", "text"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while process.poll() is None and (not Path("方案").is_dir() or len(os.listdir("方案")) < 8):
            time.sleep(0.02)
        os.killpg(process.pid, number)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and "已中断" in said and "PW901" not in said, said
    assert all(path.read_bytes() for path in Path("方案").glob("*.txt"))


def test_ctrl_c_while_it_starts_leaves_no_traceback(folder: Path) -> None:
    code = "import sys, planwriter.__main__ as m\nclass F:\n def find_spec(self, *a):\n  raise KeyboardInterrupt\nsys.meta_path.insert(0, F())\nm.main()"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (made.returncode, made.stderr) == (130, "")


def test_straight_quotes_in_a_table_of_a_workbook_are_reported_at_the_cell(folder: Path) -> None:
    Path("项目.csv").write_text('项目,内容\n甲,"深化""双减""工作"\n', "utf-8")
    Path("方案.yaml").write_text(OUTLINE + "附件:\n  - {标题: 项目表, 表: 项目.csv}\n", "utf-8")
    table("甲小学,,120,,某某")
    made = run("--to", "text")
    assert made.exit_code == 0 and "项目.csv:B2 [PW501]" in made.output


def test_straight_quotes_in_the_title_of_a_table_are_reported(folder: Path) -> None:
    caption = "  - {标题: 项目表, 内容: [{表: [[甲, 乙], [一, 二]], 题: '深化\"双减\"情况'}]}\n"
    Path("方案.yaml").write_text(OUTLINE + "附件:\n" + caption, "utf-8")
    table("甲小学,,120,,某某")
    made = run("--to", "text")
    assert made.exit_code == 0 and "[PW501]" in made.output


def test_a_row_gives_its_document_the_number_of_its_own(folder: Path) -> None:
    text_of_outline = (
        OUTLINE + "发文: {形式: 直发, 发文机关: 青山县教育局, 文号: 青教发〔2026〕1号, 成文日期: 2026-03-05}\n"
    )
    Path("方案.yaml").write_text(text_of_outline, "utf-8")
    Path("学校.csv").write_text("学校,文号,联系人\n甲小学,青教发〔2026〕7号,某某\n乙小学,,某某\n", "utf-8")
    made = run("--to", "text")
    assert made.exit_code == 0, made.output
    assert "青教发〔2026〕7号" in text("方案-甲小学") and "青教发〔2026〕1号" in text("方案-乙小学")


def test_more_rows_than_anybody_wants_are_refused() -> None:
    rows = [("学校",), *((f"第{number}小学",) for number in range(MAX_ROWS + 1))]
    assert read_rows(sheet(*rows[:-1]), "方案").findings == ()
    made = read_rows(sheet(*rows), "方案")
    assert made.value == () and str(MAX_ROWS) in made.findings[0].message
