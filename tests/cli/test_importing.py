"""planwriter import: what it writes, where, and how it ends; new --from does the same."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.importing.making import NOTICE, PLAN


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("2026年要点.txt").write_text(NOTICE + PLAN, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments])


def test_the_outline_stands_beside_the_file_and_prints_it_again() -> None:
    made = run("import", "2026年要点.txt")
    assert made.exit_code == 0, made.output
    assert (
        made.stdout
        == "已写出 2026年要点.yaml（工作要点）。对照原文看一遍，再运行：planwriter render 2026年要点.yaml --draft\n"
    )
    shown = run("render", "2026年要点.yaml", "--draft", "--to", "text", "-o", "-")
    assert shown.stdout == NOTICE + PLAN


def test_a_file_that_is_there_is_not_overwritten() -> None:
    Path("2026年要点.yaml").write_text("原来的", "utf-8")
    made = run("import", "2026年要点.txt")
    assert made.exit_code == 4 and "PW803" in made.stderr
    assert Path("2026年要点.yaml").read_text("utf-8") == "原来的"


def test_the_output_can_be_named() -> None:
    assert run("import", "2026年要点.txt", "-o", "要点.yaml").exit_code == 0
    assert Path("要点.yaml").is_file()
    Path("提纲").mkdir()
    assert run("import", "2026年要点.txt", "-o", "提纲/").exit_code == 0
    assert Path("提纲/2026年要点.yaml").is_file()
    assert run("import", "2026年要点.txt", "-o", "-").stdout.startswith("文种: 工作要点\n单位: 青山县教育局\n")


def test_several_plans_get_files_of_their_own() -> None:
    titles = ("青山县规范办学行动方案", "青山县减负增效行动方案")
    text = NOTICE + "".join(PLAN.replace("青山县教育局2026年工作要点", title) for title in titles)
    Path("方案.txt").write_text(text, "utf-8")
    assert run("import", "方案.txt", "-o", "方案.yaml").exit_code == 0
    assert [
        f"标题: {title}\n" in Path(name).read_text("utf-8")
        for title, name in zip(titles, ("方案.yaml", "方案-2.yaml"), strict=True)
    ] == [True, True]
    assert run("import", "方案.txt", "-o", "-").exit_code == 2


def test_what_the_user_says_is_taken() -> None:
    made = run(
        "import",
        "2026年要点.txt",
        "-o",
        "-",
        "--kind",
        "实施方案",
        "--unit",
        "清溪镇人民政府",
        "--region",
        "清溪镇",
        "--year",
        "2027",
    )
    assert made.stdout.startswith("文种: 实施方案\n单位: 清溪镇人民政府\n地区: 清溪镇\n年度: 2027\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--year", "26"), "四位数字"), (("--region", "青山"), "哪一级"), (("--kind", "总结"), "没有“总结”这个文种")],
)
def test_what_cannot_be_is_refused(options: tuple[str, str], said: str) -> None:
    made = CliRunner().invoke(cli, ["import", "2026年要点.txt", *options], standalone_mode=False)
    assert made.exception is not None and said in str(made.exception)


def test_a_file_that_cannot_be_read_is_told() -> None:
    made = run("import", "没有.txt")
    assert made.exit_code == 4 and "PW101" in made.stderr


def test_new_from_a_file_does_the_same() -> None:
    assert run("new", "工作要点", "--from", "2026年要点.txt").exit_code == 0
    run("import", "2026年要点.txt", "-o", "另一份.yaml")
    assert Path("2026年要点.yaml").read_bytes() == Path("另一份.yaml").read_bytes()


def test_targets_and_clauses_are_taken_only_if_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("要点.txt").write_text(PLAN.replace("建成三所公办幼儿园", "新建公办幼儿园3所，新增学位900个"), "utf-8")
    assert "指标" not in run("import", "要点.txt", "-o", "-").stdout  # no terminal
    lifted = run("import", "要点.txt", "-o", "-", "--targets", "--library").stdout
    assert "  新建公办幼儿园: {数值: 3, 单位: 所}\n  新增学位: {数值: 900, 单位: 个}\n" in lifted
    monkeypatch.setattr("planwriter.cli.importing.asks", lambda: True)
    asked: list[str] = []

    def answer(said: str) -> str:
        def prompt(question: str, **_: object) -> str:
            asked.append(question)
            return said

        monkeypatch.setattr("planwriter.cli.importing.prompt", prompt)
        return run("import", "要点.txt", "-o", "-").stdout

    assert "  新增学位" in answer("是") and "这 2 个数" in asked[0]
    assert "指标" not in answer("否")
    picked = answer("2")
    assert "  新建公办幼儿园" in picked and "  新增学位" not in picked
    asked.clear()
    assert "指标" not in run("import", "要点.txt", "-o", "-", "--no-targets").stdout
    assert not asked


def test_the_next_year_s_outline_is_made_in_the_same_go() -> None:
    Path("要点.txt").write_text(PLAN, "utf-8")
    first = run("import", "要点.txt", "-o", "旧.yaml")
    assert first.exit_code == 0, first.output
    year = int(Path("旧.yaml").read_text("utf-8").partition("年度: ")[2][:4])
    made = run("import", "要点.txt", "-o", f"要点{year}.yaml", "--roll", str(year + 1))
    assert f"已写出 要点{year + 1}.yaml：{year + 1} 年" in made.output
    assert f"年度: {year}\n" in Path(f"要点{year}.yaml").read_text("utf-8")
    assert f"年度: {year + 1}\n" in Path(f"要点{year + 1}.yaml").read_text("utf-8")


def test_an_outline_of_an_earlier_year_is_not_made() -> None:
    Path("要点.txt").write_text(PLAN, "utf-8")
    refused = run("import", "要点.txt", "--roll", "2001")
    assert "PW765" in refused.output and Path("要点.yaml").exists()
    assert run("import", "要点.txt", "-o", "-", "--roll", "2040").exit_code == 2


def test_a_folder_that_is_not_there_is_made() -> None:
    Path("要点.txt").write_text(PLAN, "utf-8")
    assert run("import", "要点.txt", "-o", "旧/二/").exit_code == 0
    assert Path("旧/二/要点.yaml").exists()
    assert "PW801" in run("import", "要点.txt", "-o", "没有/要点.yaml").output
