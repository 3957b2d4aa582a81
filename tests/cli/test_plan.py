"""The commands as a writer runs them: real processes, a different folder, exit codes."""

import hashlib
import json
import os
import re
import zipfile
from pathlib import Path

import pytest

from planwriter.app.batch.outline_batch import Outlines
from planwriter.app.session import Session
from planwriter.model import MadeFrom
from planwriter.writers.docx.record import Record, RecordLine, record_of_docx
from tests.commands import run
from tests.support import EXAMPLES, ROOT, outline, plan_file


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "要点.yaml"
    path.write_text(outline(), "utf-8")
    return path


@pytest.mark.parametrize("unit", ["青山县教育局", "青山县烟草专卖局"])
@pytest.mark.parametrize("kind", ["工作要点", "三年行动计划", "实施方案"])
def test_a_starter_checks_clean_and_renders(tmp_path: Path, kind: str, unit: str) -> None:
    made = run(tmp_path, "new", kind, "--unit", unit, "--region", "青山县", "--year", "2026", "-o", "提纲.yaml")
    assert made.returncode == 0, made.stderr
    text = (tmp_path / "提纲.yaml").read_text("utf-8")
    assert "@" not in text and unit in text
    assert ("教师" in text) is ("教育" in unit)
    checked = run(tmp_path, "check", "提纲.yaml", "--strict")
    assert (checked.returncode, checked.stdout) == (0, "没有发现问题。\n")
    rendered = run(tmp_path, "render", "提纲.yaml")
    assert rendered.returncode == 0 and (tmp_path / "提纲.docx").stat().st_size > 4000


def test_new_does_not_ask_without_a_terminal_and_does_not_overwrite(tmp_path: Path) -> None:
    missing = run(tmp_path, "new", "工作要点", "--unit", "青山县教育局")
    assert missing.returncode == 2 and "缺少年份，请写 --year 2026。" in missing.stderr
    given = ("new", "工作要点", "--unit", "青山县教育局", "--region", "青山县", "--year", "2026")
    assert run(tmp_path, *given).returncode == 0
    assert (tmp_path / "工作要点2026.yaml").exists()
    again = run(tmp_path, *given)
    assert again.returncode == 4 and "PW803" in again.stderr


def test_new_takes_the_region_from_the_units_name(tmp_path: Path) -> None:
    made = run(tmp_path, "new", "工作要点", "--unit", "云岭市青山县财政局", "--year", "2027", "-o", "要点.yaml")
    assert made.returncode == 0 and "地区: 青山县 " in (tmp_path / "要点.yaml").read_text("utf-8")
    typed = run(
        tmp_path, "new", "工作要点", "--unit", "青山县财政局", "--region", "云岭市", "--year", "2027", "-o", "-"
    )
    assert "地区: 云岭市 " in typed.stdout


def test_new_refuses_a_region_whose_level_it_cannot_tell(tmp_path: Path) -> None:
    made = run(tmp_path, "new", "工作要点", "--unit", "青山县教育局", "--region", "青山", "--year", "2026")
    assert made.returncode == 2 and "全称" in made.stderr


def test_new_refuses_an_unknown_kind_with_a_near_miss(tmp_path: Path) -> None:
    made = run(tmp_path, "new", "工作要典")
    assert made.returncode == 1 and "是不是“工作要点”" in made.stderr


def test_check_writes_nothing_and_shows_the_line(tmp_path: Path) -> None:
    path = tmp_path / "要点.yaml"
    path.write_text(outline().replace("年度: 2026", "年度：2026"), "utf-8")
    made = run(tmp_path, "check", "要点.yaml")
    assert made.returncode == 1
    assert "要点.yaml:4:3 [PW106]" in made.stdout
    assert "    4 | 年度：2026\n      |     ^" in made.stdout
    assert os.listdir(tmp_path) == ["要点.yaml"]


def test_check_speaks_json(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(outline().replace("年度: 2026", "年份: 2026"), "utf-8")
    records = json.loads(run(tmp_path, "check", "要点.yaml", "--format", "json").stdout)
    assert [(each["code"], each["line"]) for each in records] == [("PW201", 4)]


def test_warnings_fail_only_under_strict(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(outline(extra="指标: {甲: 3}\n"), "utf-8")
    assert run(tmp_path, "check", "要点.yaml").returncode == 0
    assert run(tmp_path, "check", "要点.yaml", "--strict").returncode == 3


def test_an_error_stops_render_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(outline(tail=""), "utf-8")
    made = run(tmp_path, "render", "要点.yaml")
    assert made.returncode == 1 and "PW206" in made.stderr
    assert os.listdir(tmp_path) == ["要点.yaml"]
    draft = run(tmp_path, "render", "要点.yaml", "--draft")
    assert draft.returncode == 0 and "警告" in draft.stderr
    assert sorted(os.listdir(tmp_path)) == [".planwriter", "要点.docx", "要点.yaml"]


def test_what_cannot_be_composed_stops_a_draft_too(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(outline(lead='总体要求: "{{ 没有 }}"\n'), "utf-8")
    made = run(tmp_path, "render", "要点.yaml", "--draft")
    assert made.returncode == 1 and "PW309" in made.stderr


def test_text_goes_to_the_screen_alone(sound: Path) -> None:
    made = run(sound.parent, "render", "要点.yaml", "--to", "text", "-o", "-")
    assert made.stdout.splitlines()[0] == "青山县教育局2026年工作要点"
    assert made.stderr == ""


def test_a_file_edited_by_hand_is_not_overwritten(sound: Path) -> None:
    import docx

    target = sound.with_suffix(".docx")
    assert run(sound.parent, "render", "要点.yaml").returncode == 0
    sound.write_text(outline().replace("上好课", "上好每一堂课"), "utf-8")
    assert run(sound.parent, "render", "要点.yaml").returncode == 0, "untouched output may be made again"
    document = docx.Document(str(target))
    document.paragraphs[-1].add_run("手改的话。")
    document.save(str(target))
    edited = target.read_bytes()
    refused = run(sound.parent, "render", "要点.yaml")
    assert refused.returncode == 4 and "PW803" in refused.stderr and "改动过" in refused.stderr
    assert target.read_bytes() == edited
    assert run(sound.parent, "render", "要点.yaml", "--force").returncode == 0
    assert target.read_bytes() != edited


def test_a_file_that_something_else_made_is_not_overwritten(sound: Path) -> None:
    sound.with_suffix(".docx").write_bytes(b"something else")
    made = run(sound.parent, "render", "要点.yaml")
    assert made.returncode == 4 and "不是 planwriter 生成的" in made.stderr


def test_every_example_goes_into_every_form(tmp_path: Path) -> None:
    examples = [str(path) for path in EXAMPLES]
    for form, suffix in (("html", ".html"), ("md", ".md"), ("text", ".txt"), ("docx", ".docx")):
        assert run(tmp_path, "render", *examples, "--to", form, "-o", f"{tmp_path}/").returncode == 0
        assert sorted(path.name for path in tmp_path.glob(f"*{suffix}")) == [
            f"{path.stem}{suffix}" for path in EXAMPLES
        ]


@pytest.mark.libreoffice
def test_every_example_goes_into_a_pdf_and_may_go_there_again(tmp_path: Path) -> None:
    assert run(tmp_path, "render", *map(str, EXAMPLES), "--to", "pdf", "-o", f"{tmp_path}/").returncode == 0
    assert {path.stem for path in tmp_path.glob("*.pdf")} == {path.stem for path in EXAMPLES}
    again = tmp_path / f"{EXAMPLES[0].stem}.pdf"
    before = again.read_bytes()
    assert run(tmp_path, "render", str(EXAMPLES[0]), "--to", "pdf", "-o", f"{tmp_path}/").returncode == 0
    assert again.read_bytes() == before


def test_without_libreoffice_nothing_is_written_and_the_finding_names_an_alternative(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANWRITER_SOFFICE", "没有")
    made = run(sound.parent, "render", "要点.yaml", "--to", "pdf")
    assert made.returncode == 4 and "PW805" in made.stderr and "输出为PDF" in made.stderr
    assert os.listdir(sound.parent) == ["要点.yaml"]


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_page_that_nobody_edited_is_made_again_and_an_edited_one_is_kept(sound: Path, form: str) -> None:
    target = sound.with_suffix(f".{form}")
    assert run(sound.parent, "render", "要点.yaml", "--to", form).returncode == 0
    sound.write_text(outline().replace("上好课", "上好每一堂课"), "utf-8")
    assert run(sound.parent, "render", "要点.yaml", "--to", form).returncode == 0, "untouched output may be made again"
    edited = target.read_text("utf-8").replace("每一堂课", "每一节课")
    target.write_text(edited, "utf-8")
    refused = run(sound.parent, "render", "要点.yaml", "--to", form)
    assert refused.returncode == 4 and "PW803" in refused.stderr and "生成以后改动过" in refused.stderr
    assert target.read_text("utf-8") == edited
    assert run(sound.parent, "render", "要点.yaml", "--to", form, "--force").returncode == 0
    target.write_text("别人的网页", "utf-8")
    made = run(sound.parent, "render", "要点.yaml", "--to", form)
    assert made.returncode == 4 and "不是 planwriter 生成的" in made.stderr


def test_the_outline_is_never_the_output(sound: Path) -> None:
    before = sound.read_bytes()
    for arguments in (("--to", "text"), ("--emit", "outline"), ("--emit", "document")):
        made = run(sound.parent, "render", "要点.yaml", *arguments, "-o", "要点.yaml", "--force")
        assert made.returncode == 4 and "PW804" in made.stderr
        assert sound.read_bytes() == before


def test_a_printed_stage_does_not_overwrite_other_files(sound: Path) -> None:
    other = sound.with_name("别的.docx")
    other.write_bytes(b"something else")
    made = run(sound.parent, "render", "要点.yaml", "--emit", "document", "-o", "别的.docx")
    assert made.returncode == 4 and "PW803" in made.stderr
    assert other.read_bytes() == b"something else"


def test_two_outlines_of_one_name_do_not_go_into_one_file(sound: Path) -> None:
    for name in ("甲", "乙"):
        (sound.parent / name).mkdir()
        (sound.parent / name / "要点.yaml").write_bytes(sound.read_bytes())
    (sound.parent / "印发").mkdir()
    made = run(sound.parent, "render", "甲/要点.yaml", "乙/要点.yaml", "-o", "印发")
    assert made.returncode == 2 and "同一个文件" in made.stderr
    assert os.listdir(sound.parent / "印发") == []


@pytest.mark.parametrize("name", ["没有的文件夹", "要点.doc", "要点.pdf"])
def test_a_docx_is_written_only_under_the_name_of_one(sound: Path, name: str) -> None:
    made = run(sound.parent, "render", "要点.yaml", "-o", name)
    assert made.returncode == 2 and ".docx" in made.stderr
    assert not (sound.parent / name).exists()


def test_an_output_folder_that_does_not_exist_is_a_finding(sound: Path) -> None:
    made = run(sound.parent, "render", "要点.yaml", "-o", "没有/要点.docx")
    assert made.returncode == 4 and "PW801" in made.stderr


def test_several_outlines_are_written_next_to_themselves_or_into_a_folder(sound: Path) -> None:
    second = sound.with_name("第二份.yaml")
    second.write_bytes(sound.read_bytes())
    bad = sound.with_name("坏的.yaml")
    bad.write_text("文种: 工作要点\n", "utf-8")
    (sound.parent / "印发").mkdir()
    made = run(sound.parent, "render", "要点.yaml", "坏的.yaml", "第二份.yaml", "-o", "印发")
    assert made.returncode == 1
    assert sorted(os.listdir(sound.parent / "印发")) == [".planwriter-batch", "第二份.docx", "要点.docx"]
    assert "[3/3]" in made.stdout
    assert run(sound.parent, "render", "要点.yaml", "第二份.yaml", "-o", "一份.docx").returncode == 2


@pytest.fixture
def mixed(sound: Path) -> Path:
    """A folder with two outlines, one of them for each row of a sheet, a layout and the workspace's settings."""
    folder = sound.parent
    (folder / "planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    (folder / "本局.yaml").write_text("版式: 本局\n基于: 行距28磅\n", "utf-8")
    (folder / "方案.yaml").write_text(outline().replace("上好课", "上好{{ 行.课程 }}课"), "utf-8")
    return folder


SKIPPED = (
    "提示 planwriter.yaml [PW123] 这是工作区文件，不是单独排的提纲，跳过了。\n"
    "\n提示 方案.yaml [PW123] 这是一表多份的提纲，不是单独排的提纲，跳过了。\n"
    "\n提示 本局.yaml [PW123] 这是版式文件，不是单独排的提纲，跳过了。\n"
)


def test_what_is_no_outline_among_several_files_is_skipped_with_a_hint(mixed: Path) -> None:
    made = run(mixed, "render", "*.yaml", "--to", "text", "-o", "印发/")
    assert made.returncode == 0, made.stderr
    assert made.stderr.strip() == SKIPPED.strip() and made.stdout == "已生成 印发/要点.txt\n"
    named = run(mixed, "check", "要点.yaml", "本局.yaml", "--strict", "--format", "short")
    assert named.returncode == 0
    assert named.stdout == "本局.yaml: 提示 PW123 这是版式文件，不是单独排的提纲，跳过了。\n"
    assert run(mixed, "check", "*.yaml").returncode == 0


def test_a_pattern_that_gives_one_file_skips_it_too_and_a_file_that_is_named_alone_is_read(mixed: Path) -> None:
    assert run(mixed, "check", "本*.yaml").stdout.endswith("跳过了。\n\n1 个提示。\n")
    named = run(mixed, "check", "本局.yaml", "--format", "short")
    assert named.returncode == 1 and "PW202" in named.stdout and "PW123" not in named.stdout
    missing = run(mixed, "check", "要点.yaml", "没有.yaml", "--format", "short")
    assert missing.returncode == 4 and "PW101" in missing.stdout


@pytest.mark.parametrize("stage", ["outline", "document"])
def test_a_stage_can_be_printed(sound: Path, stage: str) -> None:
    made = run(sound.parent, "render", "要点.yaml", "--emit", stage)
    value = json.loads(made.stdout)
    assert value["type"] == stage
    assert value["parts"][0]["role"] == "总体要求"
    assert value["parts"][0]["origin"] == "要点.yaml:5:1"
    if stage == "document":
        assert value["parts"][1]["blocks"][0]["label"] == "一、"


def test_kinds_clauses_and_explain_tell_what_there_is(tmp_path: Path) -> None:
    assert "三年行动计划" in run(tmp_path, "kinds").stdout
    everything = run(tmp_path, "clauses").stdout
    assert "教师队伍/师德师风　〔条〕加强师德师风建设　（内置条款库）\n" in everything
    assert everything.count("\n") == len(Session().built_in().clauses()) + 1
    for command, word, code in (("search", "师德", 0), ("show", "教师队伍/师德师风", 0), ("search", "查无此词", 1)):
        same, made = run(tmp_path, "library", command, word), run(tmp_path, "clauses", word)
        assert (made.returncode, made.stdout, made.stderr) == (code, same.stdout, same.stderr)
    assert "全角冒号" in run(tmp_path, "explain", "pw106").stdout
    assert run(tmp_path, "explain", "PW999").returncode == 2


def test_the_way_out_of_an_empty_file_works_as_typed(tmp_path: Path) -> None:
    (tmp_path / "提纲.yaml").write_text("# 待写\n", "utf-8")
    hint = json.loads(run(tmp_path, "check", "提纲.yaml", "--format", "json").stdout)[0]["hint"]
    command = re.search(r"planwriter ([ -~\u4e00-\u9fff]*\d{4}) ", hint)
    assert command is not None
    made = run(tmp_path, *command[1].split())
    assert made.returncode == 0, made.stderr
    assert run(tmp_path, "check", "工作要点2026.yaml").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("chek",), "是不是“check”"),
        (("render",), "缺少提纲"),
        (("render", "x.yaml", "--fo"), "没有 --fo 这个选项"),
        (("render", "x.yaml", "--to", "pdf2"), "--to 只能是"),
        (("check", "--format"), "选项 --format 后面要写一个值。\n用法见 planwriter check --help"),
        (("new",), "缺少文种"),
        (("audit", "--layout", "本局"), "缺少“文件.docx”，例如：planwriter audit 通知.docx"),
        (("tasks", "import", "x.yaml"), "缺少“表.xlsx”，例如：planwriter tasks import 要点.yaml 要点.xlsx"),
        (
            ("new", "工作要点", "--unit", "柳林镇人民政府", "-o", "要", "点.yaml"),
            "多写了参数：点.yaml。文件名里有空格的，",
        ),
        (("new", "工作要点", "--unit", "青山县柳林镇人民政府"), "缺少地区、年份，请写 --region 青山县 --year 2026。"),
        (("targets", "set", "x.yaml", "甲", "12"), "“12”要写成 项=值，例如 数值=12"),
    ],
)
def test_usage_errors_speak_chinese(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    made = run(tmp_path, *arguments)
    assert made.returncode == 2 and told in made.stderr
    assert "Error" not in made.stderr and "Usage" not in made.stderr


@pytest.mark.parametrize("arguments", [(), ("new",), ("check",), ("render",), ("kinds",), ("clauses",), ("explain",)])
def test_help_speaks_chinese_and_gives_an_example(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    made = run(tmp_path, *arguments, "--help")
    assert made.returncode == 0
    assert "用法：" in made.stdout and "例：" in made.stdout
    assert "Usage" not in made.stdout and "Options" not in made.stdout and "Show this" not in made.stdout


def test_a_kind_is_a_folder_and_needs_no_code(sound: Path) -> None:
    own = sound.parent / "templates" / "huiyi"
    own.mkdir(parents=True)
    kind = (ROOT / "templates" / "implementation_plan" / "kind.yaml").read_text("utf-8")
    (own / "kind.yaml").write_text(
        kind.replace("文种: 实施方案", "文种: 攻坚方案").replace("工作方案", "攻坚行动方案"), "utf-8"
    )
    (sound.parent / "planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    sound.write_text(outline().replace("文种: 工作要点", "文种: 攻坚方案"), "utf-8")
    assert run(sound.parent, "render", "要点.yaml").returncode == 0
    assert "攻坚方案" in run(sound.parent, "kinds").stdout
    given = ("--unit", "青山县教育局", "--region", "青山县", "--year", "2026", "-o", "新的.yaml")
    assert run(sound.parent, "new", "攻坚方案", *given).returncode == 0
    assert run(sound.parent, "check", "新的.yaml").returncode == 0


def test_a_kind_of_ones_own_has_starters_for_its_units_but_none_from_elsewhere(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "huiyi"
    own.mkdir(parents=True)
    kind = (
        (ROOT / "templates" / "implementation_plan" / "kind.yaml")
        .read_text("utf-8")
        .split("样板")[0]
        .replace("文种: 实施方案", "文种: 攻坚方案")
    )
    (own / "kind.yaml").write_text(kind + "样板: {乡镇: [镇, 乡], ../../密: [局]}\n", "utf-8")
    (own / "starter-乡镇.yaml").write_text("文种: 攻坚方案\n单位: @单位@\n", "utf-8")
    (tmp_path / "密.yaml").write_text("别人的\n", "utf-8")
    (tmp_path / "planwriter.yaml").write_text("地区: 青山县\n", "utf-8")

    def new(unit: str) -> str:
        return run(
            tmp_path, "new", "攻坚方案", "--unit", unit, "--region", "青山县", "--year", "2026", "-o", "-"
        ).stdout

    assert new("云溪镇人民政府") == "文种: 攻坚方案\n单位: 云溪镇人民政府\n"
    assert "总体要求" in new("青山县应急管理局") and "别人的" not in new("青山县应急管理局")
    told = run(tmp_path, "kinds")
    assert "PW204" in told.stderr and "../../密" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "pdf", "-o", "x.docx"), "出 PDF，写 -o x.pdf"),
        (("-o", "x.pdf"), "加 --to pdf"),
        (("--to", "html", "-o", "x.md"), "写 -o x.html"),
        (("--to", "text", "-o", "x.docx"), "写 -o x.txt"),
        (("--to", "pdf", "-o", "印发"), "末尾加上 /"),
    ],
)
def test_a_name_of_a_different_form_is_refused_with_advice(sound: Path, arguments: tuple[str, ...], words: str) -> None:
    made = run(sound.parent, "render", "要点.yaml", *arguments)
    assert made.returncode == 2 and words in made.stderr, made.stderr
    assert os.listdir(sound.parent) == ["要点.yaml"]


def test_a_folder_that_ends_in_a_slash_is_made(sound: Path) -> None:
    (sound.parent / "二.yaml").write_bytes(sound.read_bytes())
    assert run(sound.parent, "render", "要点.yaml", "二.yaml", "--to", "text", "-o", "印发/").returncode == 0
    assert sorted(os.listdir(sound.parent / "印发")) == [".planwriter-batch", "二.txt", "要点.txt"]


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "旧的 Office"),
        (b"PK\x03\x04 word/document.xml \x00\xff", "Word 文档"),
        (b"PK\x03\x04 xl/workbook.xml \x00\xff", "工作簿"),
        (b"PK\x03\x04 a.txt \x00\xff", "压缩包"),
    ],
)
def test_a_file_of_a_different_kind_is_one_finding_that_says_what_it_is(
    tmp_path: Path, start: bytes, words: str
) -> None:

    (tmp_path / "要点.docx").write_bytes(start)
    (found,) = plan_file(str(tmp_path / "要点.docx")).findings
    assert found.code == "PW105" and words in found.message
    assert (".yaml" if words == "压缩包" else "planwriter import") in found.hint


def test_what_to_do_with_a_file_that_is_there_depends_on_who_made_it(sound: Path) -> None:
    sound.with_suffix(".docx").write_bytes(b"something else")
    made = run(sound.parent, "render", "要点.yaml")
    assert "誊回" not in made.stderr and "-o" in made.stderr and "--force" in made.stderr


@pytest.mark.parametrize("unit", ["“人次”", "“%”", "‘所’"])
def test_a_unit_in_chinese_quotes_is_reported_as_that(unit: str) -> None:
    from tests.support import plan

    found = plan(outline(extra=f"指标: {{甲: {{数值: 3, 单位: {unit}}}}}\n")).findings
    assert [each.code for each in found if each.code != "PW401"] == ["PW204"]
    assert unit[1:-1] in next(each for each in found if each.code == "PW204").hint


def test_a_draft_is_checked_as_one(sound: Path) -> None:
    sound.write_text(sound.read_text("utf-8").split("保障措施:")[0], "utf-8")
    strict, draft = (run(sound.parent, "check", "要点.yaml", *options) for options in ((), ("--draft",)))
    assert "错误 要点.yaml" in strict.stdout and "[PW206]" in strict.stdout and strict.returncode != 0
    assert "警告 要点.yaml" in draft.stdout and "[PW206]" in draft.stdout and draft.returncode == 0


# the record in a .docx


def _record(path: Path) -> Record | None:
    found = record_of_docx(path.read_bytes(), path.name)
    assert found.findings == ()
    return found.value


def _marks(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").count(b"<w:bookmarkStart")


def test_a_docx_says_what_it_was_made_from(tmp_path: Path, sound: Path) -> None:
    made = run(tmp_path, "render", "要点.yaml", "--draft", "-o", "甲.docx")
    assert made.returncode == 0
    record = _record(tmp_path / "甲.docx")
    assert record is not None
    assert record.made == MadeFrom("要点.yaml", hashlib.sha256(sound.read_bytes()).hexdigest(), draft=True)
    lines = [each for each in record.items if isinstance(each, RecordLine)]
    assert _marks(tmp_path / "甲.docx") == len(lines) + sum(len(each.values) for each in lines) == 8


def test_a_final_docx_has_neither_record_nor_marks(tmp_path: Path, sound: Path) -> None:
    assert run(tmp_path, "render", "要点.yaml").returncode == 0
    assert run(tmp_path, "render", "要点.yaml", "--final").returncode == 0, "a file of ours may be replaced"
    data = (tmp_path / "要点.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "要点.docx") as archive:
        parts = b"".join(map(archive.read, archive.namelist()))
    assert b"bookmark" not in parts and b"planwriter-record" not in parts and b"_pw_" not in parts
    assert run(tmp_path, "render", "要点.yaml", "--final", "-o", "乙.docx").returncode == 0
    assert (tmp_path / "乙.docx").read_bytes() == data


def test_final_is_for_word_files(tmp_path: Path, sound: Path) -> None:
    made = run(tmp_path, "render", "要点.yaml", "--final", "--to", "text")
    assert made.returncode == 2 and "--final" in made.stderr


def test_an_extract_and_the_document_of_a_row_say_so(tmp_path: Path) -> None:
    tasks = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课，{{ 行.数 }}节。\n        责任单位: 教研室\n"
    (tmp_path / "要点.yaml").write_text(outline(tasks), "utf-8")
    (tmp_path / "学校.csv").write_text("学校,数\n一小,3\n二小,4\n", "utf-8")
    each = ("render", "要点.yaml", "--each", "学校.csv", "-o", "各校/")
    assert run(tmp_path, *each).returncode == 0
    second = _record(tmp_path / "各校" / "要点-二小.docx")
    assert second is not None and second.made.row == "学校.csv 第3行" and second.made.outline == "要点.yaml"
    assert run(tmp_path, *each, "--final").returncode == 0
    assert _record(tmp_path / "各校" / "要点-二小.docx") is None
    (tmp_path / "要点.yaml").write_text(outline(tasks.replace("{{ 行.数 }}", "3")), "utf-8")
    assert run(tmp_path, "render", "要点.yaml", "--unit", "教研室").returncode == 0
    extract = _record(tmp_path / "要点-教研室.docx")
    assert extract is not None and extract.made.unit == "教研室"


def test_several_outlines_are_made_final_together(tmp_path: Path, sound: Path) -> None:
    (tmp_path / "又一份.yaml").write_text(outline(), "utf-8")
    both = ("render", "要点.yaml", "又一份.yaml")
    assert run(tmp_path, *both).returncode == 0
    assert _record(tmp_path / "又一份.docx") is not None
    assert run(tmp_path, *both, "--final").returncode == 0
    assert _record(tmp_path / "又一份.docx") is None


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_what_becomes_a_pdf_has_no_record(sound: Path, form: str) -> None:
    batch = Outlines(session=Session(), paths=(str(sound),), form=form)
    made = batch.begin()(0)
    assert made.data is not None
    assert (record_of_docx(made.data, "甲").value is None) is (form == "pdf")


@pytest.mark.parametrize("typed", ["2026", "2026年", "2026-2028", "2026—2028年", "2026 至 2028"])
def test_the_years_of_a_plan_are_read_as_they_are_typed(tmp_path: Path, typed: str) -> None:
    made = run(tmp_path, "new", "三年行动计划", "--unit", "柳林镇人民政府", "--region", "柳林镇", "--year", typed)
    assert made.returncode == 0, made.stderr
    assert "起止: [2026, 2028]" in (tmp_path / "三年行动计划2026.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "typed"), [("三年行动计划", "2026-2029"), ("工作要点", "2026-2028"), ("工作要点", "26")]
)
def test_years_that_do_not_fit_the_kind_are_refused(tmp_path: Path, kind: str, typed: str) -> None:
    made = run(tmp_path, "new", kind, "--unit", "柳林镇人民政府", "--region", "柳林镇", "--year", typed)
    assert made.returncode == 2 and f"这里是“{typed}”" in made.stderr and not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["check", "render", "fix", "status"])
def test_a_name_with_blanks_that_was_typed_without_quotes_is_recognized(tmp_path: Path, command: str) -> None:
    (tmp_path / "工作 要点 2026.yaml").write_text(outline(), "utf-8")
    cut = run(tmp_path, command, "工作", "要点", "2026.yaml")
    assert (
        cut.returncode == 2 and '"工作 要点 2026.yaml"' in cut.stderr and f"planwriter {command} --help" in cut.stderr
    )
    whole = run(tmp_path, command, "工作 要点 2026.yaml")
    assert whole.returncode == 0 and "双引号" not in whole.stderr


def test_the_copies_that_fix_keeps_are_no_outlines_of_a_folder(sound: Path) -> None:
    sound.write_text(sound.read_text("utf-8").replace("年度: ", "年度："), "utf-8")
    assert run(sound.parent, "fix", "要点.yaml").returncode == 0
    assert (sound.parent / "要点（改前 1）.yaml").exists()
    assert run(sound.parent, "check", ".").stdout == "没有发现问题。\n"
    assert "PW106" in run(sound.parent, "check", "要点（改前 1）.yaml").stdout


def test_a_form_and_a_code_are_understood_however_they_are_typed(sound: Path) -> None:
    assert run(sound.parent, "render", "要点.yaml", "--to", "HTML").returncode == 0
    assert run(sound.parent, "explain", "412").stdout == run(sound.parent, "explain", "PW412").stdout
    assert run(sound.parent, "render", "-h").stdout == run(sound.parent, "render", "--help").stdout
