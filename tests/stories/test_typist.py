"""Slips of the keyboard, of a Chinese input method, of WPS and of copied pages: named for what they are, and mended by `fix`."""

import pytest

from planwriter.app.fix import fix_bytes
from planwriter.app.plans import plan_bytes
from planwriter.app.session import Session
from planwriter.findings.report import format_short

SESSION = Session()
SOUND = """\
文种: 工作要点
单位: 青山县民政局
地区: 青山县
年度: 2026

指标:
  护理床位: {名称: 护理型床位占比, 数值: 65, 单位: "%", 界限: 不低于}
  适老改造: {名称: 适老化改造, 数值: 260, 单位: 户}

发文:
  发文机关: 青山县民政局
  文号: 青民发〔2026〕8号
  主送: [各乡镇人民政府, 局机关各股室]
  成文日期: 2026-02-18

总体要求: 2026年，全县民政工作坚持稳中求进。

重点任务:
  - 章: 加快发展养老服务
    内容:
      - 条: 完善养老服务网络
        文: 护理型床位占比{{ 指标.护理床位 }}，适老化改造{{ 指标.适老改造 }}。
        责任单位: [养老服务股, 计财股]
        时限: 2026年11月
      - 条: 规范养老机构
        文: 消除重大消防隐患。
保障措施:
  - 章: 强化组织保障
    内容:
      - 用: 保障/组织领导
"""


def _found(text: str) -> list[str]:
    return format_short(plan_bytes(SESSION, text.encode(), "提纲.yaml").findings).splitlines()


def test_the_sound_outline_has_no_findings() -> None:
    assert _found(SOUND) == []


MENDED = (
    ('单位: "%"', "单位: %", "7:35: 错误 PW108 文字以“%”开头"),
    ("重点任务:\n", "重点任务\n", "18:1: 错误 PW105 这里不合 YAML 的写法：“重点任务”后面没有半角冒号"),
    ("    内容:\n      - 条", "    内容\n      - 条", "20:5: 错误 PW105 这里不合 YAML 的写法：“内容”后面没有半角冒号"),
    ("文种: 工", "文种:\u00a0工", "1:3: 错误 PW113 “文种”的冒号后面缺一个半角空格（现在是不间断空格）"),
    ("文种: 工", "文种:　工", "1:3: 错误 PW113 “文种”的冒号后面缺一个半角空格（现在是全角空格）"),
    (
        "{名称: 适老化改造, 数值: 260, 单位: 户}",
        "｛名称：适老化改造，数值：260，单位：户｝",
        "8:9: 错误 PW118 括号里用了全角的“｛”",
    ),
    ("数值: 260", "数值: 1,260", "8:25: 错误 PW105 这里不合 YAML 的写法：1,260 里的逗号在花括号里是分隔的记号"),
    ("界限: 不低于", "界限: ≥", "7:44: 错误 PW204 “界限”不能是“≥”"),
    ("界限: 不低于", "界限: 大于等于", "7:44: 错误 PW204 “界限”不能是“大于等于”"),
    ("年度: 2026", "年度: ２０２６", "4:5: 错误 PW203 “年度”应当是四位数的年份"),
    ("年度: 2026", "年度: 二〇二六年", "4:5: 错误 PW203 “年度”应当是四位数的年份"),
    ("青民发〔2026〕8号", "青民发【2026】08号", "12:7: 错误 PW601 发文字号“青民发【2026】08号”不合格式"),
    ("单位: 青山县民政局\n地", "单位: 青山县民政局。\n地", "2:5: 警告 PW235 “单位”里不用写“。”"),
    ("地区: 青山县", "地区: 青山县，", "3:5: 警告 PW235 “地区”里不用写“，”"),
    ("文种: 工作要点", "文种: 工作要点 ＃种类", "1:10: 错误 PW130 “＃种类”会印出来"),
    ("隐患。", "隐患。＃待核", "26:21: 错误 PW130 “＃待核”会印出来"),
    ("年度: 2026\n", "＃ 哪一年\n年度: 2026\n", "4:1: 错误 PW130 “＃ 哪一年”会印出来"),
    ("文种: 工", "```yaml\n文种: 工", "1:1: 错误 PW105 这里不合 YAML 的写法：“```”是从网页上复制来的记号"),
)


@pytest.mark.parametrize(("right", "typed", "found"), MENDED, ids=[str(each[1]) for each in MENDED])
def test_a_slip_that_has_one_reading_is_one_finding_and_fix_mends_it(right: str, typed: str, found: str) -> None:
    text = SOUND.replace(right, typed, 1)
    assert len(_found(text)) == bool(found)
    assert all(each.startswith(f"提纲.yaml:{found}") and each.endswith("〔fix 可改〕") for each in _found(text))
    fixed = fix_bytes(SESSION, text.encode(), "提纲.yaml")
    assert _found(fixed.after.decode()) == []


def test_the_fences_of_a_copied_page_go_at_both_ends() -> None:
    text = f"```yaml\n{SOUND}```\n"
    assert [each.split(" ")[0] for each in _found(text)] == ["提纲.yaml:1:1:", "提纲.yaml:32:1:"]
    assert fix_bytes(SESSION, text.encode(), "提纲.yaml").after.decode() == f"\n{SOUND}\n"


def test_a_missing_line_of_contents_is_named_and_nothing_else() -> None:
    found = plan_bytes(SESSION, SOUND.replace("    内容:\n      - 条", "      - 条", 1).encode(), "提纲.yaml").findings
    assert [(each.code, each.pos.line, each.hint) for each in found] == [
        ("PW105", 20, "在上一行下面加一行“内容:”，从第 5 列写起。")
    ]


def test_a_second_outline_in_a_file_is_one_finding() -> None:
    assert _found(SOUND.replace("年度:", "---\n年度:")) == [
        "提纲.yaml:4:1: 错误 PW115 一个文件里写了两份提纲（多了一行 ---）。"
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_recognised(encoding: str) -> None:
    found = plan_bytes(SESSION, SOUND.encode(encoding), "提纲.yaml").findings
    assert format_short(found) == "提纲.yaml: 错误 PW102 文件不是 UTF-8 编码，看来是 UTF-16。\n"


@pytest.mark.parametrize(
    "text",
    [
        "整治3＃、4＃楼消防隐患，完成 ＃2 机组改造。",
        "'消除隐患。 ＃待核'",
        "占比提高，\n          重点任务\n          逐项落实。",
        '"从 65, %s 起"',
    ],
)
def test_what_only_looks_like_one_of_these_slips_is_none(text: str) -> None:
    codes = {line.split(" ")[2] for line in _found(SOUND.replace("消除重大消防隐患。", text))}
    assert codes <= {"PW501", "PW504"}


def test_a_note_behind_a_year_is_told_apart_from_the_year() -> None:
    found = plan_bytes(SESSION, SOUND.replace("年度: 2026", "年度: 2026//今年").encode(), "提纲.yaml").findings
    assert [each.hint for each in found] == ["写阿拉伯数字，例如 2026；说明写在半角的“#”后面，“#”前面空两格。"]
