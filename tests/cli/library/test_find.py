"""The commands that search clauses and add new ones."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from planwriter.app.plans import plan_bytes
from planwriter.app.session import Session
from planwriter.clauses.clause import Clause
from planwriter.clauses.library import open_files, open_folder
from planwriter.cli import group, main
from planwriter.curation import lift
from planwriter.curation.check.samples import check_sample
from planwriter.model import Level, Section, Text, Use
from planwriter.model.walk import walk_texts
from planwriter.plan.compose.compose import ClauseLookup, compose_outline
from tests.support import outline, plan

_TASK = """重点任务:
  - 章: 建强教师队伍
    内容:
      - 条: 加强师德师风建设
        标识: 师德
        文: 2026年，{0}
        责任单位: 人事股
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of 青山县 with a library of its own and an outline."""
    (tmp_path / "县库").mkdir()
    (tmp_path / "县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    (tmp_path / "县库/教师.yaml").write_text(
        "# 教师\n- 条款: 教师队伍/师德宣讲\n  条: 讲师德\n  文: '{{ 单位 }}在{{ 全域 }}宣讲{{ 参数.场次 }}场、{{ 参数.人数 }}人。'\n"
        "  参数: {场次: {类型: 整数, 默认: 5}, 人数: {类型: 整数, 说明: 听讲人数, 最小: 1}}\n  变体: {简: 宣讲。}\n",
        "utf-8",
    )
    (tmp_path / "planwriter.yaml").write_text("单位: 青山县教育局\n地区: 青山县\n库: 县库\n", "utf-8")
    use = "      - 用: 教师队伍/师德宣讲\n        参数: {人数: 300}\n"
    text = "全县开展师德宣讲6场，青山县教育局培训300人，合格率95.5%以上，落实《纲要（2024—2035年）》第3条。"
    (tmp_path / "要点.yaml").write_text(outline(_TASK.format(text) + use), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(group.cli, ["library", *arguments])


def test_search_marks_the_words_and_puts_the_nearer_library_first(workspace: Path) -> None:
    shown = _run("search", "师德", "宣讲")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "教师队伍/【师德宣讲】　〔条〕讲【师德】　（县库）"
    assert "【宣讲】〔场次〕场" in lines[1]
    assert any("内置条款库" in line for line in lines)
    assert lines[-1] == "共 3 条。看全文：planwriter library show 教师队伍/师德宣讲"


def test_search_reports_the_same_to_programs(workspace: Path) -> None:
    found = json.loads(_run("search", "师德 宣讲", "--format", "json").stdout)
    assert found["count"] == 3
    assert (found["clauses"][0]["clause"], found["clauses"][0]["file"], found["clauses"][0]["line"]) == (
        "教师队伍/师德宣讲",
        "县库/教师.yaml",
        2,
    )


def test_search_without_a_match_fails_and_without_words_is_a_slip(workspace: Path) -> None:
    assert _run("search", "没有的词").exit_code == 1
    assert _run("search", " ").exit_code == 2


@pytest.mark.parametrize(
    "option", [("--tag", "师德师风"), ("--basis", "教师职业行为"), ("--kind", "年度工作要点"), ("--level", "自治县")]
)
def test_search_filters_with_and_without_words(workspace: Path, option: tuple[str, str]) -> None:
    assert _run("search", *option).exit_code == 0
    assert "教师队伍/【师德】师风" in _run("search", "师德", *option).stdout


def test_show_fills_in_the_workspaces_own_values_and_shows_where_it_is_used(workspace: Path) -> None:
    shown = _run("show", "教师队伍/师德宣讲")
    assert "青山县教育局在全县宣讲5场、〔人数〕人。" in shown.stdout
    assert "  参数 人数：听讲人数；整数；不小于 1；必须给出" in shown.stdout
    assert "    要点.yaml:13:12" in shown.stdout
    assert _run("show", "教师队伍/师得宣讲").exit_code == 1


def test_add_prints_the_clause_and_writes_nothing(workspace: Path) -> None:
    before = (workspace / "县库/教师.yaml").read_bytes()
    shown = _run("add", "要点.yaml:师德", "--parameter", "宣讲场次=6", "--keep", "300", "--tag", "师德")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout == (
        "- 条款: 重点任务/加强师德师风建设\n"
        "  条: 加强师德师风建设\n"
        "  文: '{{ 年度 }}年，{{ 全域 }}开展师德宣讲{{ 参数.宣讲场次 }}场，{{ 单位 }}培训300人，合格率{{ 参数.比例 }}%以上，落实《纲要（2024—2035年）》第3条。'\n"
        "  参数:\n"
        "    宣讲场次: {类型: 整数, 说明: 全县开展师德宣讲×场, 默认: 6, 单位: 场}\n"
        "    比例: {类型: 百分数, 说明: '合格率×%', 默认: 95.5, 单位: '%'}\n"
        "  标签: [师德]\n"
        "  示例:\n"
        "    文本: '2026年，全县开展师德宣讲6场，青山县教育局培训300人，合格率95.5%以上，落实《纲要（2024—2035年）》第3条。'\n"
    )
    assert (workspace / "县库/教师.yaml").read_bytes() == before


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n# \xe5\xae\x8c\n"])
def test_add_puts_the_clause_at_the_end_of_its_topic_and_leaves_the_rest(workspace: Path, end: bytes) -> None:
    path = workspace / "县库/教师.yaml"
    path.write_bytes(path.read_bytes().rstrip() + end)
    before = path.read_bytes()
    assert _run("add", "要点.yaml:9", "--as", "教师队伍/师德新条", "--to", "县库").exit_code == 0
    assert path.read_bytes().startswith(before)
    library = open_folder("县库", "县库")
    assert [clause.identifier for clause in library.clauses()] == ["教师队伍/师德宣讲", "教师队伍/师德新条"]
    assert library.findings == []
    assert _run("add", "要点.yaml:9", "--as", "教师队伍/师德新条", "--to", "县库").exit_code == 1
    assert _run("add", "要点.yaml:9", "--as", "校园/师德", "--to", "县库").exit_code == 0
    assert (workspace / "县库/校园.yaml").exists()


def test_add_refuses_what_it_cannot_do(workspace: Path) -> None:
    library = (workspace / "县库/library.yaml").read_bytes()
    assert "PW322" in _run("add", "要点.yaml:师德", "-o", "县库/library.yaml").output
    assert (workspace / "县库/library.yaml").read_bytes() == library
    assert "PW302" in _run("add", "要点.yaml:师德", "--to", "没有").output
    assert "PW801" in _run("add", "要点.yaml:师德", "-o", "没有/a.yaml").output
    assert _run("add", "要点.yaml").exit_code == 2
    assert _run("add", "要点.yaml:师德", "--parameter", "场次=7").exit_code == 2
    assert _run("add", "没有.yaml:师德").exit_code == 4


def test_what_is_kept_must_be_there_and_what_is_named_is_not_kept(workspace: Path) -> None:
    said = _run("add", "要点.yaml:师德", "--keep", "没有的")
    assert said.exit_code == 2 and "没有的" in said.output and "300" in said.output
    shown = _run("add", "要点.yaml:师德", "--parameter", "人数=300", "--keep", "300").output
    assert "{{ 参数.人数 }}" in shown


def test_a_clause_is_not_put_twice_into_a_file(workspace: Path) -> None:
    assert _run("add", "要点.yaml:师德", "--as", "甲/一", "-o", "新.yaml").exit_code == 0
    before = (workspace / "新.yaml").read_bytes()
    again = _run("add", "要点.yaml:师德", "--as", "甲/一", "-o", "新.yaml")
    assert again.exit_code == 1 and "PW313" in again.output and (workspace / "新.yaml").read_bytes() == before


def test_a_name_that_is_kept_is_reported(workspace: Path) -> None:
    assert "PW314" in _run("add", "要点.yaml:师德", "--keep", "青山县教育局").output


def test_somebody_at_the_terminal_is_asked(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planwriter.cli.library.add.asks", lambda: True)
    answers = "y\nn\n场次\ny\n-\n比例\n"
    shown = CliRunner().invoke(group.cli, ["library", "add", "要点.yaml:师德"], input=answers)
    assert "年，全县开展师德宣讲{{ 参数.场次 }}场，{{ 单位 }}培训300人，合格率{{ 参数.比例 }}%" in shown.stdout


_MARKS = st.text(
    st.sampled_from("师德全县我青山教育局，。：“”《》()\"'#:-%场人年第 0123456789.2026{"), min_size=1, max_size=40
).filter(lambda text: not any(sign in text for sign in ("{{", "{%", "{#")))


@given(st.lists(_MARKS, min_size=1, max_size=3), st.sampled_from(["青山县", "云岭市", "东风区"]))
def test_a_block_made_a_clause_says_the_same_at_home_and_gives_its_sample(texts: list[str], region: str) -> None:
    made = plan(outline(_TASK.format("办好。")).replace("青山县", region))
    assert made.outline and made.kind
    children = tuple(
        Section(level=Level.SUBITEM, title=Text(value=f"{text.strip()}好"), text=Text(value=text.strip() + "。"))
        for text in texts[1:]
    )
    block = lift.find_block(made.outline, "师德")
    assert block
    from planwriter.start.records import replace

    block = replace(block, text=Text(value=texts[0].strip() + "好"), children=children)
    lifted = lift.lift(made.outline, made.kind, block)
    if lifted.value is None:
        return
    yaml = lift.clause_yaml(lifted.value, "甲/乙", made.kind, made.outline)
    library = open_files({"甲.yaml": yaml.encode()}, "甲")
    (clause,) = library.clauses()
    assert library.findings == [], yaml
    use = Use(clause=Text(value="甲/乙"), origin=clause.origin)
    alone = lift._alone(made.outline, use)
    home = (
        compose_outline(alone, made.kind, ClauseLookup(find=library.find, identifiers=tuple))
        .value.document.parts[0]
        .blocks[0]
    )
    said = [[(each.text.value, each.role) for each in walk_texts((block,))] for block in (home, lifted.value.block)]
    assert said[0] == said[1]
    assert clause.sample is not None and clause.sample_origin is not None
    assert [*check_sample(clause, library.find, Session().kinds().value)] == []


def test_a_target_that_is_cited_becomes_a_number_of_the_clause(workspace: Path) -> None:
    text = outline(
        _TASK.format("入园率{{ 指标.入园率 }}。"), extra="指标: {入园率: {数值: 96.50, 单位: '%', 界限: 不低于}}\n"
    )
    made = plan_bytes(Session(), text.encode(), "提纲.yaml")
    assert made.outline and made.kind
    block = lift.find_block(made.outline, "加强师德师风建设")
    assert block
    lifted = lift.lift(made.outline, made.kind, block).value
    assert lifted
    assert "入园率不低于{{ 参数.比例 }}%" in lift.clause_yaml(lifted, "甲/乙", made.kind, made.outline)
    assert "默认: 96.50" in lift.clause_yaml(lifted, "甲/乙", made.kind, made.outline)


def test_the_page_of_every_clause_can_be_shown() -> None:
    from planwriter.curation.search.page import clause_page

    clauses: tuple[Clause, ...] = Session().built_in().clauses()
    for clause in clauses:
        assert "{{" not in clause_page(clause, "库", "", None, ())


def test_a_clause_based_on_another_is_shown_whole_and_a_mistyped_parameter_gets_the_near_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "县库").mkdir()
    (tmp_path / "planwriter.yaml").write_text("单位: 青山县教育局\n地区: 青山县\n库: [县库]\n", "utf-8")
    (tmp_path / "县库" / "library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    topic = tmp_path / "县库" / "教师.yaml"
    text = "- 条款: 教师队伍/师德师风\n  基于: 教师队伍/师德师风\n  参数: {宣讲场次: {默认: 8}}\n"
    topic.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as ended:
            main(["library", *arguments])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out + said.err

    code, shown = run("show", "教师队伍/师德师风")
    assert code == 0 and "〔条〕加强师德师风建设" in shown and "全年宣讲8场以上" in shown
    assert "宣讲场次：每年开展师德专题宣讲的场次；整数，单位 场；默认 8" in shown and "基于“内置条款库”" in shown
    topic.write_text(text.replace("场次", "场数"), "utf-8")
    code, told = run("check", "县库")
    assert code == 1 and "PW305" in told and "是不是“宣讲场次”" in told and "PW202" not in told and "PW352" not in told


def test_a_line_behind_the_file_is_no_block_and_a_clause_needs_a_topic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = outline(_TASK.format("开展师德宣讲6场。"))
    (tmp_path / "要点.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(group.cli, ["library", "add", "要点.yaml:9999"])
    assert made.exit_code == 1 and "PW320" in made.output
    for wrong in ("师德", "/师德", "教师/", "教 师/德"):
        made = CliRunner().invoke(group.cli, ["library", "add", "要点.yaml:师德", "--as", wrong])
        assert made.exit_code == 2 and "主题/名称" in made.output
    assert CliRunner().invoke(group.cli, ["library", "add", "要点.yaml:师德", "--as", "教师/师德"]).exit_code == 0


@pytest.mark.parametrize(
    ("option", "word", "said"),
    [("--kind", "没有", "没有“没有”这个文种，有的是：工作要点"), ("--level", "村", "“村”不是一个级别，可以写：国家")],
)
def test_a_filter_that_is_none_is_reported(tmp_path: Path, option: str, word: str, said: str) -> None:
    made = _run("search", "师德", option, word)
    assert made.exit_code == 2 and said in made.output
    assert _run("search", "师德", "--kind", "实施方案", "--level", "县级").exit_code == 0


def test_a_library_of_the_workspace_that_is_not_there_is_reported_by_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "planwriter.yaml").write_text("库: [没有的库]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    made = _run("check")
    assert made.exit_code == 1 and "PW302" in made.output and "没有的库" in made.output
