"""Figures of an outline: wherever one stands, its words are printed and its value is exact."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.fill import evaluate
from planwriter.fill.plain import NameTable, show
from planwriter.findings.finding import Findings
from planwriter.model import Target
from planwriter.outline.targets import read_targets
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping
from planwriter.targets.formulas import complete_targets
from planwriter.targets.rules import check_targets
from planwriter.targets.values import operands, view_of


def read(text: str) -> tuple[tuple[Target, ...], list[str]]:
    """The targets of the outline text below 指标, and the codes of all findings on them."""
    found = Findings()
    tree = found.take(load_tree(text.encode(), "a.yaml"))
    assert isinstance(tree, Mapping)
    targets = found.take(read_targets(tree.entries["指标"]))
    targets = found.take(complete_targets(targets))
    return targets, [each.code for each in (*found, *check_targets(targets, (2026, 2028)))]


def shown(target: str, field: str = "") -> str:
    """What `{{ 指标.甲 }}` prints for one target, without any finding."""
    targets, codes = read(f"指标:\n  甲: {target}\n")
    assert codes == []
    return show(evaluate(f"指标.甲{field}", {"指标": views(targets)}))


def views(targets: tuple[Target, ...]) -> NameTable:
    """`指标` as a text cites it."""
    return NameTable("指标", {target.key: view_of(target) for target in targets})


@pytest.mark.parametrize(
    ("target", "field", "text"),
    [
        ("{数值: 1.2万, 单位: 人次}", "", "1.2万人次"),
        ("{数值: 1.2万, 单位: 人次}", ".值", "1.2万人次"),
        ("{数值: 1.20万, 单位: 人次}", ".数", "1.20万"),
        ("{数值: 5000万, 单位: 元}", "", "5000万元"),
        ("19万", "", "19万"),
        ("19万人", "", "19万人"),
        ("{数值: 300余, 单位: 所}", "", "300余所"),
        ("{数值: 30余万, 单位: 人}", "", "30余万人"),
        ("{数值: 95%以上}", "", "95%以上"),
        ('{数值: 95以上, 单位: "%"}', "", "95%以上"),
        ('{数值: "≥96%"}', "", "不低于96%"),
        ('{数值: ">=96", 单位: "%"}', "", "不低于96%"),
        ("{数值: 约300, 单位: 所}", "", "约300所"),
        ("{数值: 约1.2万, 单位: 人}", "", "约1.2万人"),
        ("{数值: ≤11, 单位: 人}", "", "不超过11人"),
        ("{数值: 1,200, 单位: 人}".replace("1,200", '"1,200"'), "", "1200人"),
        ("{数值: １２, 单位: 所}", "", "12所"),
        ("{数值: 1.3万, 单位: 所, 基期: {年份: 2025, 数值: 1.1万}}", ".基期", "1.1万所"),
        ("{数值: 3, 单位: 所, 基期: {年份: 2025, 数值: 约2}}", ".基期", "约2所"),
        ("{数值: 1.2万, 单位: 人, 分年: {2026: 1.1万, 2027: 1.2万}}", ".年(2026)", "1.1万人"),
        ("{单位: 人, 分年: {2026: 1.1万, 2027: 1.2万}}", "", "1.2万人"),
        ('{单位: "%", 分年: {2026: ≥94, 2027: ≥95}}', "", "不低于95%"),
        ("{分年: {2026: 94%, 2027: 95%}}", "", "95%"),
        ("{单位: 人, 分年: {2026: —, 2027: 1.2万}}", "", "1.2万人"),
        ("{数值: 2万, 单位: 人, 分项: {城关镇: 1.2万, 云河镇: 0.8万}}", ".分项", "城关镇1.2万人、云河镇0.8万人"),
        ("{单位: 人, 分项: {城关镇: 1.2万, 云河镇: 0.8万}}", "", "2万人"),
        ("{数值: 2万, 单位: 人, 分项: {城关镇: 1.2万, 云河镇: 8000}}", ".分项", "城关镇1.2万人、云河镇8000人"),
        ("{数值: 1.2万, 单位: 人, 基期: {年份: 2025, 数值: 1万}}", ".增量", "0.2万人"),
        ("{数值: 1.2万, 单位: 人, 基期: {年份: 2025, 数值: 1万}}", ".增长", "20%"),
        ("{数值: 1.2万, 单位: 人, 基期: {年份: 2025, 数值: 9000}}", ".增量", "3000人"),
        ("{数值: 不少于50, 单位: 场}", "", "不少于50场"),
        ("{数值: 50, 单位: 场, 界限: 以下}", "", "50场以下"),
    ],
)
def test_what_is_typed_is_printed(target: str, field: str, text: str) -> None:
    assert shown(target, field) == text


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("{数值: 1.2万人, 单位: 人}", "PW470"),
        ("{数值: 1.2万, 单位: 万人}", "PW470"),
        ('{数值: 1.2万, 单位: "%"}', "PW470"),
        ("{数值: 95%, 单位: 人}", "PW470"),
        ("{数值: 5000万元, 单位: 元}", "PW470"),
        ("{数值: 3, 单位: 万人, 分项: {城关镇: 3万}}", "PW470"),
        ("{数值: 3所, 单位: 所}", "PW222"),
        ("{数值: 3, 单位: 万人, 分年: {2028: 3万}}", "PW414"),
        ("{数值: 3, 单位: 人, 基期: {年份: 2025, 数值: 3万人}}", "PW414"),
        ("{数值: 3/4}", "PW410"),
        ("{数值: 十二, 单位: 所}", "PW410"),
        ("{数值: 90-95, 单位: 人}", "PW410"),
        ("{数值: 3, 分年: {2028: 三}}", "PW410"),
        ("{数值: 3, 分项: {城关镇: 一半}}", "PW410"),
        ("{数值: 3, 基期: {年份: 2025, 数值: 2—3}}", "PW410"),
        ("{数值: ≤11, 单位: 人, 界限: 不低于}", "PW471"),
        ("{数值: 11, 单位: 人, 分年: {2026: ≤11, 2027: ≥11}}", "PW471"),
        ("{数值: ≥300, 单位: 人, 界限: 新增}", "PW471"),
        ("{数值: 1.2万, 单位: 人, 基期: {年份: 2025, 数值: 0.9}}", "PW472"),
        ("{数值: —}", "PW412"),
        ("{数值: 1万, 单位: 人, 分年: {2027: 0.6万, 2028: 0.5万}}", "PW404"),
        ("{数值: 2万, 单位: 人, 分项: {甲: 1万, 乙: 9000}}", "PW430"),
        ("{单位: 人, 分项: {甲: 1万, 乙: 300余}}", "PW433"),
    ],
)
def test_what_cannot_be_one_figure_is_refused(target: str, code: str) -> None:
    assert code in read(f"指标:\n  甲: {target}\n")[1]


@pytest.mark.parametrize(
    "target",
    [
        "{数值: 95%以上, 界限: 不低于}",
        '{数值: "≥95", 单位: "%", 界限: 以上}',
        "{数值: 1.2万, 单位: 人, 基期: {年份: 2025, 数值: 300}}",
        "{数值: 1.2万, 单位: 人, 基期: {年份: 2025, 数值: 0}}",
        "{数值: 1.2万, 单位: 人, 分年: {2026: 8000, 2027: 1万, 2028: 1.2万}}",
        "{数值: 2万, 单位: 人, 分年: {2026: 8000, 2027: 1.2万}}",
        '{数值: 95, 单位: "%", 分年: {2026: 93%, 2027: 95%}}',
    ],
)
def test_what_is_right_is_silent(target: str) -> None:
    assert read(f"指标:\n  甲: {target}\n")[1] == []


def test_formulas_are_exact_over_magnitudes_and_refuse_rough_figures() -> None:
    text = "指标:\n  甲: {数值: 1.2万, 单位: 人}\n  乙: {数值: 8000, 单位: 人}\n  丙: {单位: 万人, 公式: 甲 + 乙}\n"
    targets, codes = read(text)
    assert codes == [] and targets[2].value and targets[2].value.value == 2
    assert read(text.replace("8000", "8000余"))[1] == ["PW407"]
    assert read(text.replace("单位: 万人, 公式", "单位: 人, 数值: 2万, 公式"))[1] == []
    assert read(text.replace("单位: 万人, 公式", "单位: 人, 数值: 2.1万, 公式"))[1] == ["PW406"]


@given(
    st.lists(st.tuples(st.integers(1, 9999), st.sampled_from(("", "千", "万", "百万", "亿"))), min_size=2, max_size=6)
)
def test_the_sum_of_shares_is_exact_and_each_keeps_its_words(parts: list[tuple[int, str]]) -> None:
    powers = {"": 0, "千": 3, "万": 4, "百万": 6, "亿": 8}
    typed = ", ".join(f"镇{nth}: {number}{words}" for nth, (number, words) in enumerate(parts))
    targets, codes = read(f"指标:\n  甲: {{单位: 元, 分项: {{{typed}}}}}\n")
    total = sum(number * 10 ** powers[words] for number, words in parts)
    assert codes == [] and targets[0].value
    assert Decimal(targets[0].value.value) == total
    listed = str(evaluate("指标.甲.分项", {"指标": views(targets)}))
    assert listed == "、".join(f"镇{nth}{number}{words}元" for nth, (number, words) in enumerate(parts))
    assert evaluate("甲 * 2", operands(targets)).value == total * 2  # type: ignore[attr-defined]
