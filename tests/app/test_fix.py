"""What is certain is mended in place: on every case file no finding with a remedy is left, and no other byte changes."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from planwriter.app.fix import Fixed, fix_bytes, fixing, write_fixed
from planwriter.app.journal.journal import Step
from planwriter.app.session import Session
from planwriter.source import keys
from planwriter.source.decode import decode
from planwriter.source.load import load_tree
from planwriter.system.lock import locked
from tests.support import EXAMPLES, REAL, ROOT, outline

CASES = sorted((ROOT / "tests" / "cases").rglob("*.yaml"))
FAULTS = sorted((ROOT.parent / "shared" / "faults").rglob("*.yaml"))
LABELS = frozenset(("PW203", "PW218", "PW235", "PW521", "PW538", "PW601", "PW602"))
"""The findings whose remedy takes digits out or writes them for numerals: a number that is printed a second time, the zero of
03月 and 08号, the year 二〇二六.
"""


def _fixed(text: str) -> str:
    return fix_bytes(Session(), text.encode(), "提纲.yaml").after.decode()


def _digits(data: bytes) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", decode(data, "").value))


def _mended(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fixed:
    """The outline at `path`, mended in a copy of its folder."""
    folder = tmp_path / "夹"
    shutil.copytree(path.parent, folder)
    monkeypatch.chdir(folder)
    return fix_bytes(Session().at(path.name), path.read_bytes(), path.name)


@pytest.mark.parametrize("path", [*CASES, *FAULTS, *REAL], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_finding_with_a_remedy_is_left(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed = _mended(path, tmp_path, monkeypatch)
    assert [each for each in fixed.left if each.remedy] == []
    before, after = (load_tree(data, "", keys.OUTLINE_KEYS).value for data in (fixed.before, fixed.after))
    assert before is None or after is not None
    codes = {code for line in fixed.lines for code in line.codes}
    assert codes & LABELS or _digits(fixed.before) == _digits(fixed.after)
    again = fix_bytes(Session().at(path.name), fixed.after, path.name)
    assert again.after == fixed.after and again.count == 0


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_sound_outline_stays_as_it_is(path: Path) -> None:
    data = path.read_bytes()
    assert fix_bytes(Session().at(str(path)), data, str(path)).after == data


SLIPS = outline(
    "重点任务:\n"
    "  -章: 提高质量\n"
    "    内容：\n"
    "      - 条: 抓好教学  # 注\n"
    '        文: 上好课,抓好"双减"工作，，落实１２项任务。\n'
)
MENDED = outline(
    "重点任务:\n"
    "  - 章: 提高质量\n"
    "    内容:\n"
    "      - 条: 抓好教学  # 注\n"
    "        文: 上好课，抓好“双减”工作，落实12项任务。\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_only_the_characters_of_the_slips_change(end: str, mark: bytes) -> None:
    before, after = (mark + text.replace("\n", end).encode() for text in (SLIPS, MENDED))
    assert fix_bytes(Session(), before, "提纲.yaml").after == after


def test_a_file_in_gbk_becomes_utf_8_and_keeps_its_line_ends() -> None:
    fixed = fix_bytes(Session(), SLIPS.replace("\n", "\r\n").encode("gb18030"), "提纲.yaml")
    assert fixed.after == MENDED.replace("\n", "\r\n").encode()
    assert fixed.converted == "GB18030（GBK）" and fixed.left == ()


def test_a_file_in_utf_16_becomes_utf_8() -> None:
    assert fix_bytes(Session(), SLIPS.encode("utf-16"), "提纲.yaml").after == MENDED.encode()


@pytest.mark.parametrize(
    "data", [SLIPS.encode("gb18030")[:-1] + b"\xff", "甲乙丙丁".encode("gb18030"), SLIPS.encode("big5", "ignore")]
)
def test_an_encoding_that_is_not_certain_stays(data: bytes) -> None:
    assert fix_bytes(Session(), data, "提纲.yaml").after == data


@pytest.mark.parametrize(
    "typed",
    [
        '"上好课,抓好\\"双减\\"工作。"',
        "'上好课,抓好\"双减\"工作。'",
        '|\n          上好课,抓好"双减"工作。',
        '>\n          上好课,抓好"双\n          减"工作。',
        '上好课,抓好"双减"\n          工作。',
    ],
)
def test_a_text_is_mended_in_the_form_in_which_it_is_typed(typed: str) -> None:
    text = outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {typed}\n")
    quotes = iter("“”")
    wanted = re.sub(r'(?<=[好双减])\\?"|(?<=减)\\?"', lambda _: next(quotes), text.replace("课,", "课，"))
    assert _fixed(text) == wanted


def test_a_paragraph_with_a_single_quote_is_left_to_the_writer() -> None:
    text = SLIPS.replace('"双减"', '"双减')
    fixed = fix_bytes(Session(), text.encode(), "提纲.yaml")
    assert fixed.after.decode() == MENDED.replace("“双减”", '"双减')
    assert [each.code for each in fixed.left] == ["PW501"] and not fixed.left[0].remedy


def test_what_was_mended_is_told_by_line() -> None:
    fixed = fix_bytes(Session(), SLIPS.encode(), "提纲.yaml")
    first = outline().index("重点任务")
    number = outline()[:first].count("\n") + 2
    assert [(line.number - number, line.codes) for line in fixed.lines] == [
        (0, ("PW113",)),
        (1, ("PW106",)),
        (3, ("PW501",)),
    ]
    assert (fixed.lines[0].before, fixed.lines[0].after) == ("  -章: 提高质量", "  - 章: 提高质量")


def test_a_copy_is_kept_beside_and_made_once(tmp_path: Path) -> None:
    path = tmp_path / "要点.yaml"
    for number, text in enumerate((SLIPS, SLIPS, SLIPS + "# 注\n"), 1):
        path.write_text(text, "utf-8")
        with fixing(Session(), str(path)) as made:
            assert made.value is not None
            assert write_fixed(made.value, Step("fix")).value == str(
                tmp_path / f"要点（改前 {max(number - 1, 1)}）.yaml"
            )
    assert path.read_text("utf-8") == MENDED + "# 注\n"
    assert (tmp_path / "要点（改前 2）.yaml").read_text("utf-8") == SLIPS + "# 注\n"
    assert len([*tmp_path.glob("*.yaml")]) == 3


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "要点.yaml"
    path.write_text(SLIPS, "utf-8")
    with fixing(Session(), str(path)) as made:
        assert made.value is not None
        path.write_text("别的", "utf-8")
        failed = write_fixed(made.value, Step("fix"))
    assert failed.value is None and [each.code for each in failed.findings] == ["PW802"]
    assert path.read_text("utf-8") == "别的"
    with locked(str(path)) as refused:
        assert refused is None


def test_findings_in_a_library_and_a_sheet_have_no_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "县库").mkdir()
    (tmp_path / "县库/library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    (tmp_path / "县库/校园.yaml").write_text("- 条款: 校园/食堂\n  条：办好食堂\n  文: 做到整洁,卫生。\n", "utf-8")
    (tmp_path / "表.csv").write_text('序号,项目\n1,"修食堂,修操场"\n', "utf-8")
    tasks = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 用: 校园/食堂\n"
    text = outline(tasks, extra="库: 县库\n附件:\n  - {标题: 项目表, 表: 表.csv}\n")
    fixed = fix_bytes(Session(), text.encode(), "提纲.yaml")
    assert fixed.after == fixed.before
    assert {each.pos.file for each in fixed.left} == {"县库/校园.yaml", "表.csv"}
    assert not any(each.remedy for each in fixed.left)


BLOCK = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n"
RATE = '指标:\n  率: {数值: 92.5, 单位: "%", 界限: 不低于}\n'


@pytest.mark.parametrize(
    ("old", "typed", "mended"),
    [
        ("提高质量", "提高质量。", "提高质量"),
        ("提高质量", "一、提高质量", "提高质量"),
        ("抓好教学", "'（1）抓好教学；'", "'抓好教学'"),
        ("上好课。", "做好课，不低于{{ 指标.率 }}。", "做好课，{{ 指标.率 }}。"),
        ("上好课。", "达到{指标.率}。", "达到{{ 指标.率 }}。"),
        ("上好课。", "达到｛｛指标.率.值｝｝。", "达到{{ 指标.率.值 }}。"),
        ("上好课。", "{{ 指标.率 }}，上好课。 # 注", "'{{ 指标.率 }}，上好课。' # 注"),
        ("上好课。", "目标: 上好课。", "目标：上好课。"),
        ("上好课。", "a: 上好课。", "'a: 上好课。'"),
        ("上好课。", "%的课都上好。", "'%的课都上好。'"),
        ("上好课。", "\u200b上好\u200b课。", "上好课。"),
        ("上好课。", "上好 课，教好书。", "上好课，教好书。"),
        ("上好课。", "上好课，”双减“落地。", "上好课，“双减”落地。"),
        ("        文:", "\t\t文:", "        文:"),
        ("        文:", "\u3000\u3000\u3000\u3000文:", "        文:"),
        ("文: 上好课。", "文 上好课。", "文 上好课。"),
        (
            "        文: 上好课。",
            "        文: 上好课。\n        责任单位 教育股",
            "        文: 上好课。\n        责任单位: 教育股",
        ),
        (
            "        文: 上好课。",
            "        文: 上好课。\n        责任单位: [甲股，乙股]",
            "        文: 上好课。\n        责任单位: [甲股, 乙股]",
        ),
        (
            "        文: 上好课。",
            "        文: 上好课。\n        责任单位: ［甲股，乙股］",
            "        文: 上好课。\n        责任单位: [甲股, 乙股]",
        ),
        (
            "        文: 上好课。",
            "        文: 上好课。\n        责任单位: [甲股, 乙股",
            "        文: 上好课。\n        责任单位: [甲股, 乙股]",
        ),
        (
            "        文: 上好课。",
            "        文: 上好课。\n        责任 单位: 甲股",
            "        文: 上好课。\n        责任单位: 甲股",
        ),
    ],
)
def test_a_slip_is_mended_and_nothing_else(old: str, typed: str, mended: str) -> None:
    before, after = (outline(BLOCK.replace(old, new), extra=RATE) for new in (typed, mended))
    assert _fixed(before) == after


@pytest.mark.parametrize(
    ("old", "typed", "mended"),
    [
        ("年度: 2026", "年度: 2026年", "年度: 2026"),
        ("年度: 2026", "年 度: 2026", "年度: 2026"),
        ("年度: 2026", "年度：2026", "年度: 2026"),
        ("年度: 2026", "年度= 2026", "年度: 2026"),
        ("年度: 2026", "年度: 2026\n发文: {文号: '青教发[2026]3号'}", "年度: 2026\n发文: {文号: '青教发〔2026〕3号'}"),
        ("年度: 2026", "年度: 2026\n发文: {密级: 机密*1年}", "年度: 2026\n发文: {密级: 机密★1年}"),
    ],
)
def test_a_slip_in_the_head_is_mended_and_nothing_else(old: str, typed: str, mended: str) -> None:
    assert _fixed(outline().replace(old, typed)) == outline().replace(old, mended)


@pytest.mark.parametrize(
    ("old", "typed"),
    [
        ("上好课。", "上好课，不少于{{ 指标.率 }}。"),
        ("上好课。", "上好课，。教好书。"),
        ("上好课。", "上好课，落实责任"),
        ("上好课。", '"上好课。'),
        ("上好课。", "责任单位: 教育股"),
        ("上好课。", "覆盖率达到92.5%。"),
        ("文:", "正文:"),
        ("        文: 上好课。", "        文: 上好课。\n        文: 教好书。"),
    ],
)
def test_what_is_not_certain_is_left_to_the_writer(old: str, typed: str) -> None:
    before = outline(BLOCK.replace(old, typed), extra=RATE)
    fixed = fix_bytes(Session(), before.encode(), "提纲.yaml")
    assert fixed.after == before.encode() and fixed.left


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("{名称: 新建园, 数值: 3所, 单位: 所}", "{名称: 新建园, 数值: 3, 单位: 所}"),
        ("{名称: 覆盖率, 数值: 95%以上, 单位: '%'}", "{名称: 覆盖率, 数值: 95以上, 单位: '%'}"),
        ("{名称: 覆盖率, 数值: 95, 单位: “%”}", '{名称: 覆盖率, 数值: 95, 单位: "%"}'),
        ("{名称: 新建园, 数值: 3, 单位: “所”}", "{名称: 新建园, 数值: 3, 单位: 所}"),
    ],
)
def test_a_unit_typed_twice_or_in_chinese_quotes_is_mended(typed: str, mended: str) -> None:
    assert _fixed(outline(extra=f"指标:\n  甲: {typed}\n")) == outline(extra=f"指标:\n  甲: {mended}\n")


@pytest.mark.parametrize(
    "typed",
    [
        "2026年3月5号",
        "2026/3/5",
        "2026.03.05",
        "2026年03月05日",
        "二〇二六年三月五日",
        "20260305",
        "２０２６年３月５日",
        "2026—3—5",
    ],
)
def test_a_day_in_another_form_is_written_in_the_official_one(typed: str) -> None:
    assert "成文日期: 2026年3月5日\n" in _fixed(outline(extra=f"发文:\n  成文日期: {typed}\n"))


@pytest.mark.parametrize("typed", ["3月5日", "2026年3月", "2026年2月30日", "待定", "26年3月5日", "2026年3月×日"])
def test_what_is_no_day_is_left_to_the_writer(typed: str) -> None:
    text = outline(extra=f"发文:\n  成文日期: {typed}\n")
    assert _fixed(text) == text
