"""Composition: clauses, parameters, words for the region's level, targets in the text, responsible units."""

from pathlib import Path

import pytest

from planwriter.app import plans
from tests.support import HEAD, codes, lines, outline, plan, plan_file, render


def _task(block: str) -> str:
    return outline("重点任务:\n  - 章: 甲\n    内容:\n" + "".join(f"      {line}\n" for line in block.splitlines()))


def _last(block: str) -> str:
    made = lines(_task(block))
    return made[made.index("一、甲") + 1]


def test_the_words_of_the_level_follow_the_region() -> None:
    text = "- 条: 子\n  文: "
    hole = '"{{ 全域 }}{{ 我域 }}{{ 党委 }}{{ 政府 }}{{ 地区 }}{{ 上级 }}{{ 级别 }}"'
    assert _last(text + hole) == "1.子。全县我县县委县政府青山县云岭市县"
    flag = _task(text + hole).replace("{名称: 青山县, 上级: 云岭市}", "右前旗")
    assert "全旗我旗旗委旗政府右前旗上级旗" in "".join(lines(flag))


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("{数值: 95, 单位: '%', 界限: 不低于}", "不低于95%"),
        ("{数值: 5, 单位: '%', 界限: 不超过}", "不超过5%"),
        ("{数值: 95, 单位: '%', 界限: 达到}", "达到95%"),
        ("{数值: 96, 单位: '%', 界限: 以上}", "96%以上"),
        ("{数值: 5, 单位: '%', 界限: 以内}", "5%以内"),
        ("{数值: 96, 单位: '%', 界限: 力争}", "力争达到96%"),
        ("{数值: 1.2, 单位: 万人, 界限: 约}", "约1.2万人"),
        ("{数值: 12, 单位: 所, 界限: 新增}", "新增12所"),
        ("{数值: 12, 单位: 所}", "12所"),
        ("{数值: 96.50, 单位: '%'}", "96.50%"),
        ("12", "12"),
        ("95%", "95%"),
    ],
)
def test_a_target_reads_as_official_prose(target: str, shown: str) -> None:
    text = _task('- 条: 子\n  文: "{{ 指标.甲 }}"').replace("总体要求", f"指标: {{甲: {target}}}\n总体要求", 1)
    assert f"1.子。{shown}" in lines(text)


def test_a_formula_gives_the_value_and_is_held_against_a_typed_one() -> None:
    targets = "指标:\n  甲: {数值: 3, 单位: 所}\n  乙: {数值: 4.5, 单位: 所}\n  丙: {公式: 甲 + 乙, 单位: 所}\n"
    text = _task('- 条: 子\n  文: "{{ 指标.丙 }}"')
    assert "1.子。7.5所" in lines(text.replace("总体要求", targets + "总体要求", 1))
    wrong = targets.replace("{公式: 甲 + 乙", "{数值: 8, 公式: 甲 + 乙")
    assert "PW406" in codes(text.replace("总体要求", wrong + "总体要求", 1))


@pytest.mark.parametrize("formula", ["甲 + 丁", "甲 +", "丙 + 1", "甲 ** 99", "甲 / 0", "'甲' * 9"])
def test_a_formula_that_cannot_be_worked_out_is_a_finding(formula: str) -> None:
    targets = f'指标:\n  甲: 3\n  丙: {{公式: "{formula}"}}\n'
    assert "PW407" in codes(outline(extra=targets))


def test_formulas_may_stand_on_each_other_but_not_in_a_circle() -> None:
    chain = "指标:\n  甲: {公式: 乙 * 2}\n  乙: {公式: 丙 + 1}\n  丙: 2\n"
    text = _task('- 条: 子\n  文: "{{ 指标.甲 }}、{{ 指标.乙 }}、{{ 指标.丙 }}"')
    assert "1.子。6、3、2" in lines(text.replace("总体要求", chain + "总体要求", 1))
    circle = chain.replace("丙: 2", "丙: {公式: 甲 - 1}")
    assert codes(text.replace("总体要求", circle + "总体要求", 1)).count("PW407") == 1


def test_who_answers_closes_the_paragraph() -> None:
    block = "- 条: 子\n  文: 抓好落实。\n  责任单位: [甲股, 乙股]\n  配合单位: 丙股\n  时限: 2026年12月"
    assert _last(block) == "1.子。抓好落实。（责任单位：甲股、乙股；配合单位：丙股；完成时限：2026年12月）"


def test_who_answers_is_left_to_the_table_when_the_outline_says_so() -> None:
    text = _task("- 条: 子\n  文: 抓好落实。\n  责任单位: 甲股").replace(
        "年度: 2026\n", "年度: 2026\n责任标注: 附表\n附件: [任务分解表]\n"
    )
    assert "1.子。抓好落实。" in lines(text)


def test_a_blank_line_parts_paragraphs_and_a_folded_line_does_not() -> None:
    block = "- 条: 子\n  文: |\n    第一段\n    接着写。\n\n    第二段。"
    made = lines(_task(block))
    assert made[made.index("一、甲") + 1 :][:2] == ["1.子。第一段接着写。", "第二段。"]


def test_titles_stand_alone_or_run_in() -> None:
    block = (
        "- {条: 子, 文: 文字。, 题式: 独行}\n- {条: 丑, 文: 文字。}\n- {条: , 文: 没有标题。}\n- {条: 问吗？, 文: 答。}"
    )
    made = lines(_task(block))
    assert made[made.index("一、甲") + 1 :][:5] == ["1.子", "文字。", "2.丑。文字。", "3.没有标题。", "4.问吗？答。"]


def test_tables_and_boxes_are_part_of_the_text() -> None:
    block = "- 专栏: 重点工程\n  内容:\n    - 第一项。\n- 表: [[序号, 任务], [1, 建校]]\n  题: 任务表"
    made = lines(_task(block))
    assert made[made.index("一、甲") + 1 :][:5] == ["重点工程", "第一项。", "任务表", "序号\t任务", "1\t建校"]


def test_who_answers_for_a_heading_with_blocks_below_stands_on_a_line_of_its_own() -> None:
    made = lines(_task("- 节: 子\n  责任单位: 甲股\n  内容:\n    - 条: 丑"))
    assert made[made.index("一、甲") + 1 :][:3] == ["（一）子", "（责任单位：甲股）", "1.丑"]


def test_the_key_of_a_target_s_figure_can_be_cited_as_typed() -> None:
    text = _task('- 条: 子\n  文: "{{ 指标.甲.数值 }}个"').replace(
        "总体要求", "指标: {甲: {数值: 5, 单位: 个}}\n总体要求", 1
    )
    assert "1.子。5个" in lines(text)


@pytest.mark.parametrize("step", ["分年: {2026: 9000人}", "基期: {年份: 2025, 数值: 9000人}"])
def test_a_unit_that_is_not_the_target_s_is_not_taken_for_it(step: str) -> None:
    assert "PW414" in codes(outline(extra=f"指标: {{甲: {{数值: 9, 单位: 万人, {step}}}}}\n"))


@pytest.mark.parametrize(
    ("text", "bound", "found"),
    [
        ("不低于{{ 指标.甲 }}", "不低于", True),
        ("达到{{ 指标.甲 }}", "不低于", True),
        ("{{ 指标.甲 }}以上", "以上", True),
        ("约{{ 指标.甲 }}", "约", True),
        ("签约{{ 指标.甲 }}", "以上", False),
        ("达到{{ 指标.甲 }}", "以上", False),
        ("不低于{{ 指标.甲.值 }}", "不低于", False),
        ("新建{{ 指标.甲 }}", "不低于", False),
    ],
)
def test_a_bound_said_twice_is_reported(text: str, bound: str, found: bool) -> None:
    made = _task(f'- 条: 子\n  文: "{text}。"').replace(
        "总体要求", f"指标: {{甲: {{数值: 9, 单位: 所, 界限: {bound}}}}}\n总体要求", 1
    )
    assert ("PW415" in codes(made)) is found


@pytest.mark.parametrize("text", ["{ 指标.甲 }", "｛｛ 指标.甲 ｝｝", "【指标.甲】"])
def test_braces_that_are_none_are_reported(text: str) -> None:
    assert "PW308" in codes(_task(f'- 条: 子\n  文: "共{text}所。"'))


def test_texts_of_the_frame_and_of_attachments_are_looked_at_too() -> None:
    extra = "发文: {成文日期: 2026-03-05, 通知正文: 现将《某某》印发。}\n附件: [{标题: 名单, 内容: [共××所。]}]\n"
    assert codes(outline(extra=extra)) == ["PW216", "PW216"]


# clauses, with a library made for the test

_LIBRARY = """- 条款: 甲/普通
  条: 普通条款
  文: 在{{ 全域 }}办{{ 参数.次数 }}次，到{{ 参数.期限 }}完成。
  参数:
    次数: {类型: 整数, 最小: 1, 最大: 9}
    期限: {类型: 日期, 默认: 2026-12-31}
  变体: {简: 办{{ 参数.次数 }}次。}
- 条款: 甲/套
  节: 一套
  内容:
    - 用: 甲/普通
      参数: {次数: "{{ 参数.几次 }}"}
    - 条: 自己的
  参数: {几次: {类型: 整数, 默认: 2}}
- 条款: 甲/圈
  章: 圈
  内容: [{用: 甲/圈二}]
- 条款: 甲/圈二
  节: 圈二
  内容: [{用: 甲/圈}]
- 条款: 甲/倍
  节: 倍
  内容: [{用: 甲/倍二}, {用: 甲/倍二}]
- 条款: 甲/选
  文: 采用{{ 参数.方式 }}，涉及{{ 参数.单位 }}。
  参数:
    方式: {类型: 选项, 可选: [集中, 分散]}
    单位: {类型: 文本, 默认: 各校}
- 条款: 甲/限
  文: 只给市用。
  适用: {级别: [市], 文种: [工作要点], 年度: [2020, 2030]}
- 条款: 甲/地名
  文: 在青山县推广。
- 条款: 甲/坏
  文: 用了{{ 参数.没有 }}。
"""


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    library = tmp_path / "库"
    library.mkdir()
    (library / "library.yaml").write_text("名称: 试验\n版本: 1.0.0\n", "utf-8")
    (library / "a.yaml").write_text(
        _LIBRARY.replace("变体: {简: 办{{ 参数.次数 }}次。}", '变体: {简: "办{{ 参数.次数 }}次。"}'), "utf-8"
    )
    (tmp_path / "planwriter.yaml").write_text(
        "单位: 青山县教育局\n地区: {名称: 青山县, 上级: 云岭市}\n库: [库]\n", "utf-8"
    )
    return tmp_path


def _made(bureau: Path, block: str) -> plans.Plan:
    path = bureau / "提纲.yaml"
    path.write_text(_task(block).replace(HEAD, "文种: 工作要点\n年度: 2026\n"), "utf-8")
    return plan_file(str(path))


def _text(made: plans.Plan) -> list[str]:
    assert made.document is not None and made.sound, made.findings
    data = render(made.document, "text").value
    assert data is not None
    text = data.decode().splitlines()
    return text[text.index("一、甲") + 1 :]


def test_a_clause_of_the_workspace_s_library_is_filled_with_its_arguments(bureau: Path) -> None:
    text = _text(_made(bureau, "- 用: 甲/普通\n  参数: {次数: 3}\n  责任单位: 甲股"))
    assert text[0] == "1.普通条款。在全县办3次，到2026年12月31日完成。（责任单位：甲股）"


def test_the_built_in_library_stays_in_reach(bureau: Path) -> None:
    assert _made(bureau, "- 用: 保障/组织领导").findings == ()


def test_who_answers_is_said_of_a_paragraph_too(bureau: Path) -> None:
    text = _text(_made(bureau, "- 用: 甲/选\n  参数: {方式: 集中}\n  责任单位: 甲股"))
    assert text[0] == "采用集中，涉及各校。（责任单位：甲股）"


def test_a_variant_is_chosen_by_name(bureau: Path) -> None:
    assert _text(_made(bureau, "- 用: 甲/普通\n  参数: {次数: 3}\n  变体: 简"))[0] == "1.普通条款。办3次。"


def test_the_words_of_a_clause_can_be_replaced_and_cite_its_parameters(bureau: Path) -> None:
    use = "- 用: 甲/普通\n  参数: {次数: 3}\n  责任单位: 甲股\n"
    made = _made(bureau, use + "  改写: 办{{ 参数.次数 }}次，在{{ 全域 }}推开。")
    assert _text(made)[0] == "1.普通条款。办3次，在全县推开。（责任单位：甲股）"
    assert [(each.code, each.pos.line) for each in made.findings] == [("PW860", 10)]
    both = _made(bureau, use + "  改写: {标题: 新题, 文: [一段。, 两段。]}")
    assert _text(both)[:2] == ["1.新题。一段。", "两段。（责任单位：甲股）"]
    paragraph = _made(bureau, "- 用: 甲/选\n  参数: {方式: 集中}\n  改写: 自己的话。\n  责任单位: 甲股")
    assert _text(paragraph)[0] == "自己的话。（责任单位：甲股）"
    untouched = _made(bureau, "- 用: 甲/普通\n  参数: {次数: 3}\n  改写: ''")
    assert _text(untouched)[0].startswith("1.普通条款。在全县办3次")
    assert [each.code for each in untouched.findings] == ["PW316"]


def test_own_words_do_not_follow_a_clause_that_changes_later(bureau: Path) -> None:
    def told(digest: str) -> list[str]:
        use = f"- 用: 甲/普通\n  参数: {{次数: 3}}\n  改写: {{文: 自己的话。, 条款原文: {digest}}}"
        return [f"{each.code} {each.hint}" for each in _made(bureau, use).findings]

    old = told("'00000000'")
    assert [each[:5] for each in old] == ["PW860", "PW861"]
    digest = old[1].rpartition(" ")[2].rstrip("。")
    assert [each[:5] for each in told(f"'{digest}'")] == ["PW860"]


def test_a_clause_may_use_another_and_pass_its_own_parameters(bureau: Path) -> None:
    text = _text(_made(bureau, "- 用: 甲/套"))
    assert text[:3] == ["（一）一套", "1.普通条款。在全县办2次，到2026年12月31日完成。", "2.自己的"]


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("- 用: 甲/没有", "PW301"),
        ("- 用: 甲/普通", "PW303"),
        ("- 用: 甲/普通\n  参数: {次数: 三}", "PW304"),
        ("- 用: 甲/普通\n  参数: {次数: 10}", "PW304"),
        ("- 用: 甲/普通\n  参数: {次数: 3, 期限: 年底}", "PW304"),
        ("- 用: 甲/普通\n  参数: {次数: 3, 期限: 2026年2月30日}", "PW304"),
        ("- 用: 甲/选\n  参数: {方式: 随便}", "PW304"),
        ("- 用: 甲/普通\n  参数: {次数: 3, 多余: 1}", "PW305"),
        ("- 用: 甲/普通\n  参数: {次数: 3}\n  变体: 繁", "PW306"),
        ("- 用: 甲/圈", "PW307"),
        ("- 用: 甲/坏", "PW309"),
        ("- 用: 甲/限", "PW312"),
        ("- 用: 甲/地名", "PW314"),
    ],
)
def test_what_is_wrong_with_a_use_is_reported_at_its_place(bureau: Path, block: str, code: str) -> None:
    found = _made(bureau, block).findings
    assert code in [each.code for each in found]
    each = next(each for each in found if each.code == code)
    files = {each.pos.file.rsplit("/", 1)[-1], *(pos.file.rsplit("/", 1)[-1] for pos, _ in each.related)}
    assert "提纲.yaml" in files


def test_a_list_given_for_a_text_is_joined_with_marks(bureau: Path) -> None:
    text = _text(_made(bureau, "- 用: 甲/选\n  参数: {方式: 集中, 单位: [甲校, 乙校]}"))
    assert text[0] == "采用集中，涉及甲校、乙校。"


def test_clauses_that_multiply_are_stopped(bureau: Path) -> None:
    library = bureau / "库" / "b.yaml"
    names = ["甲/倍二", *(f"甲/倍{n}" for n in range(3, 15))]
    text = "".join(
        f"- 条款: {name}\n  文: 甲\n"
        if name == names[-1]
        else f"- 条款: {name}\n  条: 倍\n  内容: [{{用: {after}}}, {{用: {after}}}]\n"
        for name, after in zip(names, [*names[1:], ""], strict=True)
    )
    library.write_text(text, "utf-8")
    found = [each.code for each in _made(bureau, "- 用: 甲/倍").findings]
    assert found.count("PW311") == 1


def test_a_workspace_can_lower_a_warning_but_not_an_error_that_stops(bureau: Path) -> None:
    workspace = bureau / "planwriter.yaml"
    base = workspace.read_text("utf-8")
    workspace.write_text(base + "检查: {PW312: 忽略}\n", "utf-8")
    assert _made(bureau, "- 用: 甲/限").findings == ()
    workspace.write_text(base + "检查: {PW301: 忽略}\n", "utf-8")
    assert {each.code for each in _made(bureau, "- 用: 甲/没有").findings} == {"PW204", "PW301"}


def test_a_region_s_superior_is_known(bureau: Path) -> None:
    made = plan(outline())
    assert made.outline is not None and made.outline.region.superior == "云岭市"
