"""Targets as figures: sums of parts, growth, checks across targets and conversion of units, all exact."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.language.units import is_convertible, parse_unit
from planwriter.targets.assertions import plain_signs
from planwriter.targets.quantity import MixedUnits, Quantity, convert, rounded
from tests.support import codes, lines, outline, plan

LENGTHS, AREAS, MONEY = (
    ("毫米", "厘米", "米", "公里", "千米"),
    ("平方米", "亩", "万亩", "公顷", "平方公里"),
    ("元", "千元", "万元", "亿元"),
)
PEOPLE = ("人", "名", "位", "万人", "万名", "百人")
FIGURES = st.decimals(-(10**12), 10**12, allow_nan=False, places=4)


def _with(targets: str, text: str = "抓好教学。", checks: str = "") -> str:
    tasks = f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {text}\n"
    return outline(tasks, extra=f"指标:\n{targets}附件: [指标表]\n{checks}")


def _shown(targets: str, text: str) -> str:
    return next(line for line in lines(_with(targets, text)) if line.startswith("1.抓好教学。")).removeprefix(
        "1.抓好教学。"
    )


# units


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "result"),
    [
        ("1.2", "万人", "名", "12000"),
        ("3", "亿元", "万元", "30000"),
        ("1", "公里", "米", "1000"),
        ("1", "公顷", "亩", "15"),
        ("1", "亩", "平方米", "2000/3"),
        ("5", "‰", "%", "1/2"),
        ("7", "", "所", "7"),
    ],
)
def test_a_figure_is_converted(value: str, unit: str, wanted: str, result: str) -> None:
    assert convert(Decimal(value), unit, wanted) == Fraction(result)


@given(
    FIGURES,
    st.sampled_from((LENGTHS, AREAS, MONEY, PEOPLE)).flatmap(lambda units: st.tuples(*[st.sampled_from(units)] * 2)),
)
def test_conversion_is_exact_both_ways(value: Decimal, units: tuple[str, str]) -> None:
    one, other = units
    assert convert(convert(value, one, other), other, one) == Fraction(value)


@given(st.sampled_from((*LENGTHS, *AREAS, *MONEY, *PEOPLE)), st.sampled_from((*LENGTHS, *AREAS, *MONEY, *PEOPLE)))
def test_units_of_other_measures_are_refused(one: str, other: str) -> None:
    if is_convertible(one, other):
        assert parse_unit(one).dimension == parse_unit(other).dimension
    else:
        with pytest.raises(MixedUnits):
            convert(Decimal(1), one, other)


@given(FIGURES, FIGURES, st.sampled_from(MONEY), st.sampled_from(MONEY))
def test_a_sum_is_the_same_in_any_order(a: Decimal, b: Decimal, one: str, other: str) -> None:
    left, right = Quantity(a, one), Quantity(b, other)
    total, reverse = left.calculate("+", left, right), right.calculate("+", right, left)
    assert convert(total.value, total.unit, "元") == convert(reverse.value, reverse.unit, "元")


@given(FIGURES, st.integers(0, 6))
def test_rounding_is_half_away_from_zero(value: Decimal, digits: int) -> None:
    from decimal import ROUND_HALF_UP

    assert rounded(Fraction(value), digits) == value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


# formulas


@pytest.mark.parametrize(
    ("targets", "value"),
    [
        ("  甲: 1.2万人\n  乙: 3000人\n  总: {公式: 甲 + 乙, 单位: 万人}\n", "1.5万人"),
        ("  甲: 1.2万人\n  乙: 3000名\n  总: {公式: 甲 + 乙, 单位: 人}\n", "15000人"),
        ("  甲: 2公顷\n  乙: 6亩\n  总: {公式: 甲 + 乙, 单位: 亩}\n", "36亩"),
        ("  甲: 3000人\n  乙: 1.2万人\n  率: {公式: 甲 / 乙 * 100, 单位: \"%\", 名称: 在园占比}\n", "25%"),
        ("  甲: 600万元\n  乙: 300人\n  总: {公式: 甲 / 乙, 单位: 万元}\n", "2万元"),
        ("  甲: {数值: 95, 单位: \"%\", 基期: {年份: 2025, 数值: 93.2}}\n  总: {公式: 甲 - 甲.基期, 单位: 个百分点}\n", "1.8个百分点"),
        ("  甲: 1.23456万人\n  乙: 1人\n  总: {数值: 1.23466, 公式: 甲 + 乙, 单位: 万人}\n", "1.23466万人"),
        ("  甲: 1\n  总: {公式: 甲 / 3 * 3, 单位: 所}\n", "1所"),
    ],
)  # fmt: skip
def test_a_formula_minds_the_units(targets: str, value: str) -> None:
    key = "率" if "  率:" in targets else "总"
    assert _shown(targets, f"'{{{{ 指标.{key}.值 }}}}。'") == f"{value}。"


def test_a_formula_of_units_that_do_not_go_together_is_reported_at_its_place() -> None:
    found = plan(_with("  甲: 1.2万人\n  乙: 3000元\n  总: {公式: 甲 + 乙, 单位: 人}\n")).findings
    assert [(each.code, each.pos.line, each.pos.column) for each in found] == [("PW433", 8, 11)]
    assert codes(_with("  甲: 3所\n  乙: 2处\n  丙: 1个\n  总: {公式: 甲 + 乙 + 丙 + 2, 单位: 个}\n")) == []


# parts


def test_parts_give_the_value_and_stand_in_text_and_table() -> None:
    target = "  教师: {名称: 招聘教师, 单位: 名, 分项: {城关镇: 120, 云河镇: 80}}\n"
    text = "招聘教师{{ 指标.教师 }}，其中{{ 指标.教师.分项 }}；城关镇{{ 指标.教师.分项.城关镇.数 }}名。"
    made = lines(_with(target, text))
    assert "1.抓好教学。招聘教师200名，其中城关镇120名、云河镇80名；城关镇120名。" in made
    assert made[-3:] == ["1\t招聘教师\t名\t200", "\t其中：城关镇\t名\t120", "\t云河镇\t名\t80"]


def test_parts_in_other_units_are_converted_and_shown_as_typed() -> None:
    target = "  学位: {数值: 1.28, 单位: 万个, 分项: {城关镇: 1.2万个, 云河镇: 800个}}\n"
    assert _shown(target, "新增学位{{ 指标.学位.分项 }}。") == "新增学位城关镇1.2万个、云河镇800个。"
    assert codes(_with(target.replace("800个", "900个"))) == ["PW430"]
    assert codes(_with(target.replace("800个", "800元"))) == ["PW433"]


def test_rates_of_parts_are_not_summed() -> None:
    assert codes(_with('  覆盖率: {数值: 95, 单位: "%", 分项: {城关镇: 96, 云河镇: 94}}\n')) == []


def test_a_part_that_is_not_there_is_reported_with_those_that_are() -> None:
    found = plan(
        _with("  教师: {单位: 名, 分项: {城关镇: 120, 云河镇: 80}}\n", "招聘{{ 指标.教师.分项.云和镇 }}。")
    ).findings
    assert [(each.code, each.hint) for each in found] == [("PW413", "是不是“分项.云河镇”“分项.城关镇”？")]


@given(st.lists(st.decimals(0, 10**9, places=3, allow_nan=False), min_size=1, max_size=8))
def test_a_sum_that_holds_is_never_reported(figures: list[Decimal]) -> None:
    from planwriter.findings.finding import Source, Span
    from planwriter.model import Figure, Share, Target
    from planwriter.targets.formulas import complete_targets

    place = Span(Source("提纲", "甲"), 0, 1)
    shares = tuple(Share(name=str(nth), figure=Figure(value=each, origin=place)) for nth, each in enumerate(figures))
    total = Figure(value=sum(figures, Decimal(0)), origin=place)
    target = Target(key="甲", unit="万元", value=total, shares=shares, origin=place)
    assert complete_targets((target,)).findings == ()
    off = Figure(value=total.value + Decimal("0.001"), origin=place)
    wrong = Target(key="甲", unit="万元", value=off, shares=shares, origin=place)
    assert [each.code for each in complete_targets((wrong,)).findings] == ["PW430"]


# growth

RATE = '  率: {名称: 覆盖率, 数值: 95, 单位: "%", 基期: {年份: 2025, 数值: 93.2}, 分年: {2026: 94, 2027: 94.5, 2028: 95}}\n'
AMOUNT = "  教师: {数值: 900, 单位: 名, 基期: {年份: 2025, 数值: 800}, 分年: {2026: 860, 2027: 900}}\n"
FALL = '  大班额: {名称: 大班额占比, 数值: 2, 单位: "%", 界限: 不超过, 基期: {年份: 2025, 数值: 5.1}}\n'


@pytest.mark.parametrize(
    ("target", "hole", "shown"),
    [
        (RATE, "指标.率.增长", "1.8个百分点"),
        (RATE, "指标.率.增量", "1.8个百分点"),
        (RATE, "指标.率.年(2026).增量", "0.8个百分点"),
        (RATE, "指标.率.年(2027).增幅", "0.5个百分点"),
        (AMOUNT, "指标.教师.增长", "12.5%"),
        (AMOUNT, "指标.教师.增幅", "12.5%"),
        (AMOUNT, "指标.教师.增量", "100名"),
        (AMOUNT, "指标.教师.年(2027).增量", "40名"),
        (AMOUNT, "指标.教师.年(2027).增长", "4.7%"),
        (FALL, "指标.大班额.下降", "3.1个百分点"),
        ("  人: {数值: 100001, 单位: 人, 基期: {年份: 2025, 数值: 100000}}\n", "指标.人.增长", "0.001%"),
    ],
)
def test_growth_is_said_as_prose_says_it(target: str, hole: str, shown: str) -> None:
    assert _shown(target, f"提高{{{{ {hole} }}}}。") == f"提高{shown}。"


def test_what_falls_does_not_grow() -> None:
    found = plan(_with(FALL, "提高{{ 指标.大班额.增长 }}。")).findings
    assert [(each.code, "下降" in each.hint) for each in found] == [("PW413", True)]
    assert codes(_with("  甲: 3所\n", "提高{{ 指标.甲.增长 }}。")) == ["PW413"]


# checks across targets

CHECKED = (
    "  招聘: {名称: 招聘教师, 数值: 80, 单位: 名}\n  骨干: {名称: 骨干教师, 数值: 0.01, 单位: 万人}\n  学校: 3所\n"
)


@pytest.mark.parametrize(
    "check",
    [
        "招聘 < 骨干",
        "招聘 + 20 == 骨干",
        "招聘 ≤ 骨干",
        "招聘 <= 骨干 <= 200",
        "招聘 ＝ 80",
        "招聘 × 2 > 骨干",
        "（招聘 + 骨干）÷ 2 = 90",
        "指标.招聘.数 == 80",
        "招聘 / 学校 > 20",
    ],
)
def test_a_check_that_holds_is_not_reported(check: str) -> None:
    assert codes(_with(CHECKED, checks=f'核验: ["{check}"]\n')) == []


def test_each_failing_check_is_reported_at_its_own_place_with_both_values() -> None:
    text = _with(CHECKED, checks='核验:\n  - 招聘 < 骨干\n  - 招聘 >= 骨干\n  - "学校 == 4"\n')
    found = plan(text).findings
    assert [(each.code, each.pos.line, each.pos.column) for each in found] == [("PW431", 12, 5), ("PW431", 13, 5)]
    assert found[0].message == "核验“招聘 >= 骨干”不成立：80名 和 0.01万人。"


@pytest.mark.parametrize(
    ("check", "code"),
    [("招聘 >= 学校", "PW433"), ("招聘 + 骨干", "PW432"), ("招聘 >= 骨于", "PW432"), ("招聘 >=", "PW432"), ("招聘 / 0 > 1", "PW432"), ("招聘 > '甲'", "PW432")],
)  # fmt: skip
def test_a_check_that_cannot_be_worked_out_is_reported(check: str, code: str) -> None:
    assert codes(_with(CHECKED, checks=f'核验: ["{check}"]\n')) == [code]


def test_a_target_in_a_check_counts_as_cited() -> None:
    text = outline(extra="指标:\n  甲: 3所\n  乙: 2所\n核验: 甲 > 乙\n")
    assert codes(text) == []


@given(st.lists(st.sampled_from(["甲", "乙", " ", "12", "≥", "<=", "==", "=", "＝", "≠", "（", "）", "×"]), max_size=9))
def test_signs_become_plain(pieces: list[str]) -> None:
    spaced = plain_signs(" ".join(pieces))
    assert plain_signs(spaced) == spaced and not set(spaced) & set("≥≤≠＝（）×")


def test_too_many_checks_and_too_long_ones_are_reported() -> None:
    many = "核验:\n" + "  - 招聘 > 0\n" * 501
    assert codes(_with(CHECKED, checks=many)) == ["PW311"]
    assert codes(_with(CHECKED, checks=f"核验: [招聘 > {' > '.join('0' * 9)}]\n")) == ["PW432"]


# one figure, everywhere


def test_a_figure_that_is_changed_changes_everywhere() -> None:
    target = '  率: {名称: 普惠性幼儿园覆盖率, 数值: NEW, 单位: "%", 界限: 不低于, 基期: {年份: 2025, 数值: 93}, 责任单位: 学前股}\n'
    text = "普惠性幼儿园覆盖率{{ 指标.率 }}，比上年提高{{ 指标.率.增长 }}。\n        责任单位: 学前股"
    made = [
        lines(_with(target.replace("NEW", value), text).replace("[指标表]", "[指标表, 任务分解表]"))
        for value in ("95", "95.5")
    ]
    changed = [(one, other) for one, other in zip(*made, strict=True) if one != other]
    assert changed == [
        (
            "1.抓好教学。普惠性幼儿园覆盖率不低于95%，比上年提高2个百分点。（责任单位：学前股）",
            "1.抓好教学。普惠性幼儿园覆盖率不低于95.5%，比上年提高2.5个百分点。（责任单位：学前股）",
        ),
        ("1\t普惠性幼儿园覆盖率\t%\t93\t≥95\t学前股", "1\t普惠性幼儿园覆盖率\t%\t93\t≥95.5\t学前股"),
        (
            "1\t提高质量\t抓好教学。普惠性幼儿园覆盖率不低于95%，比上年提高2个百分点。\t学前股\t",
            "1\t提高质量\t抓好教学。普惠性幼儿园覆盖率不低于95.5%，比上年提高2.5个百分点。\t学前股\t",
        ),
    ]
