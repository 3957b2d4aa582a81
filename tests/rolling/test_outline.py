"""Next year's outline: what changes, what stays, and that nothing else is touched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.rolling.outline import Rolled, roll, with_remarks, years_of
from planwriter.rolling.words import Doubt, Turn
from planwriter.source.edit import Uneditable
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping
from tests.growth import assert_linear
from tests.support import EXAMPLES, REAL, outline


def _tree(data: bytes) -> Mapping:
    tree = load_tree(data, "要点.yaml", OUTLINE_KEYS).value
    assert tree is not None
    return tree


def _rolled(data: bytes, periods: int = 1, reached: dict[str, str] | None = None) -> Rolled:
    tree = _tree(data)
    old = years_of(tree)
    by = periods * (old[1] - old[0] + 1)
    return roll(data, tree, Turn(old, (old[0] + by, old[1] + by)), reached or {})


def _text(text: str, periods: int = 1, **reached: str) -> str:
    return _rolled(text.encode(), periods, reached).data.decode()


FRAMED = outline(
    extra=(
        "发文:\n  发文机关: 青山县教育局 # 联合发文的另写\n  文号: 青教发〔2026〕3号\n  主送: 各学校\n"
        "  通知正文: 现将《青山县教育局2026年工作要点》印发给你们。\n  成文日期: 2026-03-05 # 会后定\n  印发日期: 2026-03-06\n"
    )
)


def test_number_and_dates_become_comments_and_other_lines_stay() -> None:
    made = _text(FRAMED)
    assert "\n  # 文号: （编号后填，上一份是 青教发〔2026〕3号）\n" in made
    assert "\n  # 成文日期: （定稿后填，上一份是 2026-03-05） # 会后定\n" in made
    assert "\n  # 印发日期: （印发时填，上一份是 2026-03-06）\n" in made
    assert "现将《青山县教育局2027年工作要点》印发" in made and "\n年度: 2027\n" in made
    assert "# 联合发文的另写" in made


def test_a_frame_in_braces_loses_the_entries() -> None:
    made = _text(
        outline(extra="发文: {发文机关: 青山县教育局, 文号: 青教发〔2026〕3号, 主送: 各学校, 成文日期: 2026-03-05}\n")
    )
    assert "发文: {发文机关: 青山县教育局, 主送: 各学校}\n" in made


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("{文号: 甲〔2026〕3号, 成文日期: 2026-03-05, 主送: 乙}", "{主送: 乙}"),
        ("{主送: 乙, 文号: 甲〔2026〕3号, 成文日期: 2026-03-05}", "{主送: 乙}"),
        ("{文号: 甲〔2026〕3号, 主送: 乙, 成文日期: 2026-03-05}", "{主送: 乙}"),
        ("{文号: 甲〔2026〕3号}", "{}"),
        ("{主送: 乙}", "{主送: 乙}"),
    ],
)
def test_entries_in_braces_go_with_their_commas(typed: str, made: str) -> None:
    assert f"发文: {made}\n" in _text(outline(extra=f"发文: {typed}\n"))


def test_time_is_linear_in_the_outline() -> None:
    item = "      - 条: 抓好2026年教学\n        文: 落实《2026年要点》，2025年建成3所。\n        时限: 2026年8月\n"
    assert_linear(_text, lambda size: outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{item * size}"), 800)


def test_a_number_in_parts_is_commented_line_by_line() -> None:
    made = _text(outline(extra="发文:\n  文号:\n    机关代字: 青教发\n    序号: 3\n  主送: 各学校\n"))
    assert "  # 文号:\n  #   机关代字: 青教发\n  #   序号: 3\n  主送: 各学校\n" in made


def test_every_changed_line_is_listed_with_what_it_becomes() -> None:
    old = FRAMED.split("\n")
    made = _rolled(FRAMED.encode())
    new = made.data.decode().split("\n")
    built: list[str] = []
    at = 0
    for each in made.lines:
        assert tuple(old[each.number - 1 : each.number - 1 + len(each.before)]) == each.before
        built += [*old[at : each.number - 1], *each.after]
        at = each.number - 1 + len(each.before)
    assert built + old[at:] == new
    assert [each.kinds for each in made.lines] == [("年度",), ("发文",), ("通知正文",), ("发文",), ("发文",)]


def test_names_notes_and_paths_stay() -> None:
    text = outline(
        "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好2026年教学\n        文: 上好课。\n        标识: a2026年\n"
        "        责任单位: 2026年专班\n        备注: 2026年定的\n"
    )
    made = _text(text)
    assert made == text.replace("年度: 2026", "年度: 2027").replace("抓好2026年", "抓好2027年")


def test_doubts_are_remarks_above_the_line_outside_of_braces_and_long_texts() -> None:
    text = outline(
        "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课，\n          落实《2026年要点》。\n"
        "      - {条: 看, 文: 自2026年起实行。}\n"
    )
    made = _text(text)
    assert "        # 待核：这里引的文件是 2026 年的，没有改\n        文: 上好课，\n          落实" in made
    assert "      # 待核：“2026年……”是起始的年份，没有改\n      - {条: 看" in made
    assert _text(made).count("待核") == 2, "a remark that stands there is not written again"


TABLE = "附件:\n  - 标题: 2026年主要指标\n    表:\n      - [指标, 单位, 2025年完成, 2026年目标]\n      - [覆盖率, '%', 58, 65]\n"


def test_the_figures_below_a_header_whose_years_moved_are_a_remark() -> None:
    made = _text(outline(extra=TABLE))
    assert (
        "      # 待核：表头的年份改了，下面的数没有动，逐列换成今年的\n      - [指标, 单位, 2026年完成, 2027年目标]\n"
        in made
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("2025年完成, 2026年目标", "完成, 目标"), ("58, 65", "城区, 柳林镇"), ("主要指标", "完成情况表")],
)
def test_a_table_without_years_or_figures_or_of_last_year_is_none(old: str, new: str) -> None:
    assert "下面的数" not in _text(outline(extra=TABLE.replace(old, new)))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("新建3所，覆盖率95.5%，投入1200万元。", 3),
        ("2026年3月5日前完成，贯彻青教发〔2026〕3号文件。", 0),
        ("创建3A级学校，落实“双减”。", 0),
        ("{{ 指标.学位 }}，另建2所。", 1),
    ],
)
def test_the_figures_in_texts_are_counted_other_than_dates(text: str, count: int) -> None:
    assert _rolled(outline(lead=f"总体要求: '{text}'\n").encode()).figures == count


def test_deadlines_are_listed() -> None:
    text = outline(
        "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n        时限: 2026年8月 # 暑期\n"
    )
    assert _rolled(text.encode()).deadlines == ((11, "2026年8月", "2027年8月"),)


def test_arguments_move_if_their_names_say_that_they_are_years() -> None:
    text = outline(
        "重点任务:\n  - 章: 提高质量\n    内容:\n      - 用: 学前教育/科学保教\n        参数: {牵头园数: 2026, 起始年份: 2026}\n"
    )
    assert "参数: {牵头园数: 2026, 起始年份: 2027}" in _text(text)


def test_a_workbook_and_the_superior_plan_are_left_to_the_writer() -> None:
    made = _text(outline(extra="指标: 指标2026.xlsx\n上级文件: ../市/要点2026.yaml\n"))
    assert "# 待核：指标在“指标2026.xlsx”里" in made and "# 待核：上级文件“../市/要点2026.yaml”是去年的" in made


def test_an_outline_with_slips_is_refused() -> None:
    with pytest.raises(Uneditable):
        _text(outline().replace("文: 上好课", "文：上好课"))


@pytest.mark.parametrize("head", ["", "年度: 不定\n", "起止: [2026]\n", "年度: '26'\n"])
def test_without_years_there_is_no_period(head: str) -> None:
    assert years_of(_tree(f"文种: 工作要点\n{head}单位: 甲\n".encode())) == (0, 0)


def test_line_ends_marks_and_encodings_stay() -> None:
    for encoded in (
        FRAMED.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + FRAMED.encode(),
    ):
        made = _rolled(encoded).data
        assert made.count(b"\r\n") == encoded.count(b"\r\n") and made[:3] == encoded[:3]
        assert "年度: 2027".encode() in made


def test_aliases_are_changed_once() -> None:
    text = outline(
        "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 甲\n        文: 上好课。\n        时限: &d 2026年8月\n"
        "      - 条: 乙\n        文: 上好课。\n        时限: *d\n"
    )
    assert _text(text).count("2027年8月") == 1


def test_remarks_are_written_above_the_entry_of_a_place() -> None:
    data = outline().encode()
    text = data.decode()
    made = with_remarks(data, _tree(data), [Doubt(text.index("上好课"), "看看")]).decode()
    assert made == text.replace("        文: 上好课", "        # 待核：看看\n        文: 上好课")


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_twice_one_period_is_once_two(path: object) -> None:
    """But for lines on a later year, which stays in the first step and is the plan's own in the second."""
    data = _data(path)
    late = {int(year) for year in re.findall(r"20\d\d", data.decode())}
    last = years_of(_tree(data))[1]
    later = [year for year in late if year > last]

    def plain(made: bytes) -> list[str]:
        lines = re.sub(r"(?m)^ *# 待核：.*\n", "", made.decode()).split("\n")
        return [new for new, old in zip(lines, data.decode().split("\n"), strict=True) if not _names(old, later)]

    assert plain(_rolled(_rolled(data).data).data) == plain(_rolled(data, 2).data)


def _names(line: str, years: list[int]) -> bool:
    return any(str(year) in line for year in years)


def _data(path: object) -> bytes:
    from pathlib import Path

    return Path(str(path)).read_bytes()


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_comments_survive_and_lines_that_are_not_listed_are_the_same(path: object) -> None:
    data = _data(path)
    made = _rolled(data)
    old, new = data.decode().split("\n"), made.data.decode()
    for line in old:
        if line.lstrip().startswith("#"):
            assert line in new
    changed = {each.number + at for each in made.lines for at in range(len(each.before))}
    kept = [line for number, line in enumerate(old, 1) if number not in changed]
    lines = iter(new.split("\n"))
    assert all(line in lines for line in kept), "the other lines stand there in their order"


_PIECES = st.sampled_from(
    [
        "2026年",
        "2025年",
        "《2026年办法》",
        "“",
        "”",
        "{{ 年度 }}",
        "秋季学期",
        "，",
        "。",
        "自",
        "起",
        "比",
        "提高",
        "12所",
        "—",
        "2027年",
        "至",
    ]
)


@given(st.lists(_PIECES, min_size=1, max_size=12).map("".join), st.text("抓好教学提质", max_size=5))
def test_only_years_and_remarks_change_in_any_text(text: str, note: str) -> None:
    data = outline(
        f"重点任务:\n  - 章: 提高质量\n    内容:\n      # {note}\n      - 条: 抓好教学\n        文: 抓{text}好。 # {note}\n"
    ).encode()
    made = _rolled(data).data.decode()
    bare = re.sub(r"(?m)^ *# 待核：.*\n", "", made)
    assert re.sub(r"202\d", "年", bare) == re.sub(r"202\d", "年", data.decode())
    assert "《2026年办法》" not in text or "《2026年办法》" in bare or "“" in text
