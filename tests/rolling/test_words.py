"""Which years of a text move, which stay, and which are left to the writer."""

import pytest

from planwriter.rolling.words import Turn, YearReading, read_deadline, read_holes, read_years
from tests.growth import assert_linear_text
from tests.support import outline

TURN = Turn((2026, 2026), (2027, 2027))
THREE = Turn((2026, 2028), (2029, 2031))


def _applied(text: str, read: YearReading) -> str:
    for each in reversed(read.moved):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def _moved(text: str, turn: Turn = TURN, *, own_title: bool = False, of_last_year: bool = False) -> str:
    return _applied(text, read_years(text, turn, own_title=own_title, of_last_year=of_last_year))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("2026年，全县教育工作", "2027年，全县教育工作"),
        ("青山县教育局2026年工作要点", "青山县教育局2027年工作要点"),
        ("2026年秋季学期前投用，2026年底验收", "2027年秋季学期前投用，2027年底验收"),
        ("二〇二六年工作，二○二六年计划", "二〇二七年工作，二○二七年计划"),
        ("2026—2027学年招生", "2027—2028学年招生"),
        ("2025-2026学年度下学期", "2026-2027学年度下学期"),
        ("做好2026届毕业生就业", "做好2027届毕业生就业"),
        ("2025年12月至2026年3月开展冬春训练", "2026年12月至2027年3月开展冬春训练"),
        ("2026年4月至2026年10月", "2027年4月至2027年10月"),
        ("比2025年提高3个百分点", "比2026年提高3个百分点"),
        ("较2025年同期下降", "较2026年同期下降"),
        ("完成2025年度考核工作", "完成2026年度考核工作"),
        ("本县2026年本级预算", "本县2027年本级预算"),
    ],
)
def test_the_years_of_the_plan_move(text: str, made: str) -> None:
    assert _moved(text) == made


@pytest.mark.parametrize(
    "text",
    [
        "落实《青山县2026年教育工作要点》",
        "“2026年攻坚行动”",
        "青教发〔2026〕3号",
        "青教发[2026]3号",
        "到2035年建成教育强国",
        "2024年修订的制度",
        "自2026年秋季学期起实行",
        "2026年以来",
        "课程标准（2026年版）",
        "以2026年为基期",
        "贯彻2026年全县教育工作会议精神",
        "落实2026年中央一号文件",
        "实施2024—2026年提升行动",
        "2025年新建幼儿园12所",
        "{{ 年度 }}年和{{ 2026 }}年",
        "数量2026名",
    ],
)
def test_other_years_stay(text: str) -> None:
    assert _moved(text) == text


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("落实《青山县2026年教育工作要点》", "文件是 2026 年的"),
        ("青教发〔2026〕3号", "文件是 2026 年的"),
        ("“2026年攻坚行动”", "引文是 2026 年的"),
        ("自2026年秋季学期起实行", "起始的年份"),
        ("课程标准（2026年版）", "版次"),
        ("落实2026年中央一号文件", "文件、会议"),
        ("实施2024—2026年提升行动", "已经过去"),
        ("2025年新建幼儿园12所", "上年的事"),
        ("2027年开工", "原来说的是以后"),
        ("由上年的93.6%提高", "上年数"),
    ],
)
def test_what_a_writer_decides_is_a_doubt(text: str, note: str) -> None:
    (doubt,) = read_years(text, TURN).doubts
    assert note in doubt.note


@pytest.mark.parametrize(
    "text", ["2026年，全县教育工作", "到2035年", "由上年的{{ 指标.园.基期 }}提高到{{ 指标.园 }}", "《教育法》"]
)
def test_there_is_no_doubt_without_a_cause(text: str) -> None:
    assert not read_years(text, TURN).doubts


def test_the_spans_of_a_plan_of_several_years_move() -> None:
    assert (
        _moved("三年行动计划（2026—2028年），2026—2027年建设", THREE) == "三年行动计划（2029—2031年），2029—2030年建设"
    )
    assert _moved("“十五五”时期（2026—2030年）", THREE) == "“十五五”时期（2026—2030年）"


def test_a_notice_issues_the_plan_by_its_own_title() -> None:
    text = "现将《青山县教育局2026年工作要点》印发给你们，《青山县2026年预算》另发"
    assert _moved(text, own_title=True) == text.replace("2026年工作", "2027年工作")
    assert _moved(text) == text


def test_an_attachment_on_the_year_before_moves() -> None:
    assert _moved("2025年任务完成12项情况", of_last_year=True) == "2026年任务完成12项情况"


def test_a_base_year_moves_with_its_target() -> None:
    text = "在2025年{{ 指标.园.基期 }}的基础上，2025年{{ 指标.班.基期 }}"
    read = read_years(text, THREE, bases={"园": (2025, 2028)})
    assert _applied(text, read) == text.replace("2025年{{ 指标.园", "2028年{{ 指标.园")


def test_yearly_figures_are_cited_by_their_new_years() -> None:
    text = "{{ 指标.园.年(2026) }}、{{ 指标.园.年( 2028 ) }}、{{ 指标.园.年(2025) }}，年(2026)"
    made = _applied(text, YearReading(tuple(read_holes(text, THREE)), ()))
    assert made == "{{ 指标.园.年(2029) }}、{{ 指标.园.年( 2031 ) }}、{{ 指标.园.年(2025) }}，年(2026)"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("2026年12月", "2027年12月"),
        ("2026.12.31", "2027.12.31"),
        ("20261231", "20271231"),
        ("2026-12", "2027-12"),
        ("2025年9月至2026年6月", "2026年9月至2027年6月"),
        ("2026年底前", "2027年底前"),
        ("12月底", "12月底"),
        ("长期坚持", "长期坚持"),
    ],
)
def test_deadlines_move(text: str, made: str) -> None:
    assert _applied(text, read_deadline(text, TURN)) == made


def test_a_later_deadline_and_a_leap_day_are_doubts() -> None:
    for text in ("2027年6月", "2024年2月29日"):
        read = read_deadline(text, TURN)
        assert not read.moved and len(read.doubts) == 1


def test_twice_one_year_is_once_two() -> None:
    again, both = Turn((2027, 2027), (2028, 2028)), Turn((2026, 2026), (2028, 2028))
    for text in (outline(), "2026—2027学年，二〇二六年，比2025年提高", "现将《2026年要点》，2026年8月，2026年版"):
        assert _moved(_moved(text), again) == _moved(text, both)


def test_time_is_linear_in_the_text() -> None:
    for piece in ("《", "“", "{{", "2026年", "自2026年", "2026—", "{{ 指标.", "上年", "〔", "2025年比", "》"):
        assert_linear_text(lambda text: read_years(text, TURN), piece * 40_000)
