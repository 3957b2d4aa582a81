"""Filling in: what can be filled in, what is refused, and that both ways of looking up a name agree."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.fill import fill, split
from planwriter.fill.plain import Function, Lookup, NameTable, show
from planwriter.fill.sandbox import run
from planwriter.model import Figure, Target
from planwriter.targets.values import TargetTable


def _names() -> dict[str, object]:
    target = Target(
        key="入园率",
        name="毛入园率",
        value=Figure(value=Decimal("96.50")),
        unit="%",
        bound="不低于",
        years=((2026, Figure(value=Decimal("94"))), (2027, Figure(value=Decimal("96.50")))),
        baseline=(2025, Figure(value=Decimal("93.2"))),
    )
    cited: set[str] = set()
    return {
        "全域": "全县",
        "年度": "2026",
        "参数": NameTable("参数", {"场次": Decimal("6"), "名单": ("甲", "乙")}),
        "指标": TargetTable((target,), cited.add),
    }


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("没有空", "没有空"),
        ("{{ 全域 }}开展{{参数.场次}}场", "全县开展6场"),
        ("{{ 指标.入园率 }}", "不低于96.50%"),
        ("{{ 指标.入园率.值 }}、{{ 指标.入园率.数 }}、{{ 指标.入园率.名称 }}", "96.50%、96.50、毛入园率"),
        ("{{ 指标.入园率.年(2026) }}", "不低于94%"),
        ("{{ 指标.入园率.年(2026).值 }}", "94%"),
        ("{{ 指标.入园率.基期 }}", "93.2%"),
        ("{{ 指标.入园率.数 - 指标.入园率.基期.数 }}个百分点", "3.30个百分点"),
        ("{{ 参数.名单 }}", "甲、乙"),
        ("{{ 参数.名单 | join('和') }}", "甲和乙"),
        ("{{ '文字' }}", "文字"),
        ("{{ '{{' }}", "{{"),
        ("{{ 参数.场次 * 2 + 1 }}", "13"),
        ("{% if 年度 == '2026' %}今年{% else %}往年{% endif %}", "今年"),
        ("{{ '多' if 参数.场次 > 5 else '少' }}", "多"),
        ("一个 { 括号 } 照旧", "一个 { 括号 } 照旧"),
    ],
)
def test_texts_are_filled(text: str, filled: str) -> None:
    assert fill(text, _names()) == (filled, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ ().__class__ }}", "PW310"),
        ("{{ 全域.__class__ }}", "PW310"),
        ("{{ ''.__class__.__mro__ }}", "PW310"),
        ("{{ 指标.入园率.__init__ }}", "PW309"),
        ("{{ 指标.__class__ }}", "PW309"),
        ("{{ 'a' * 10**9 }}", "PW310"),
        ("{{ 'a' * 1000000000 }}", "PW310"),
        ("{{ [1] * 1000000000 }}", "PW310"),
        ("{{ 9 ** 9 ** 9 }}", "PW310"),
        ("{{ '%999999999d' % 1 }}", "PW310"),
        ("{{ 全域.center(1000000000) }}", "PW310"),
        ("{{ '{0.__class__}'.format(1) }}", "PW310"),
        ("{{ range(10) }}", "PW309"),
        ("{{ lipsum() }}", "PW309"),
        ("{{ self }}", "PW309"),
        ("{{ 全域 | upper }}", "PW308"),
        ("{% for 甲 in 参数.名单 %}{% endfor %}", "PW310"),
        ("{% set 甲 = 1 %}", "PW310"),
        ("{% include 'x' %}", "PW310"),
        ("{% macro 甲() %}{% endmacro %}", "PW310"),
        ("{% if %}", "PW308"),
        ("{{ 没有 }}", "PW309"),
        ("{{ 没有 + 1 }}", "PW309"),
        ("{{ 参数.没有 }}", "PW309"),
        ("{{ 指标.没有 }}", "PW309"),
        ("{{ 指标.入园率.年(2030) }}", "PW309"),
        ("{{ 指标.入园率.年 }}", "PW310"),
        ("{{ 全域 + 1 }}", "PW310"),
        ("{{ 1 / 0 }}", "PW310"),
        ("{{ }}", "PW308"),
        ("{{ 全域", "PW308"),
        ("全域 }}", "PW308"),
        ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "PW310"),
        ("{{ 1" + " + 1" * 2000 + " }}", "PW310"),
    ],
)
def test_what_must_not_run_or_is_not_there_is_reported(text: str, code: str) -> None:
    assert [fault.code for fault in fill(text, _names())[1]] == [code]


def test_every_bad_hole_of_a_text_is_reported_not_the_first_only() -> None:
    filled, faults = fill("甲{{ 无 }}乙{{ 全域 }}丙{{ 空 }}丁", _names())
    assert filled == "甲乙全县丙丁"
    assert [fault.at for fault in faults] == [1, 18]


def test_a_target_that_is_read_counts_as_cited() -> None:
    cited: set[str] = set()
    table = TargetTable((Target(key="甲", value=Figure(value=Decimal(1))),), cited.add)
    fill("{{ 指标.甲.值 }}", {"指标": table})
    assert cited == {"甲"}


_words = st.sampled_from(
    ["全域", "年度", "参数", "指标", "无", "场次", "名单", "入园率", "值", "数", "名称", "基期", "年"]
)


@given(st.lists(_words, min_size=1, max_size=4))
def test_the_direct_look_up_of_a_name_agrees_with_the_sandbox(path: list[str]) -> None:
    """A hole that is only a dotted name is not given to Jinja; both ways must give the same value or the same refusal."""
    expression = ".".join(path)
    pieces = split("{{ " + expression + " }}")
    assert pieces is not None and pieces[0].path == tuple(path)
    direct, faults = fill("{{ " + expression + " }}", _names())
    try:
        through_jinja: str | None = show(run(expression, _names()))
    except Exception:
        through_jinja = None
    assert (None if faults else direct) == through_jinja


@given(st.text(max_size=40))
def test_a_text_without_braces_is_itself(text: str) -> None:
    plain = text.replace("{", "").replace("}", "")
    assert fill(plain, {}) == (plain, ())


@given(st.text(alphabet="{}%#'\"全域.()+*1 ~|,[]", max_size=30))
def test_no_text_makes_the_sandbox_raise(text: str) -> None:
    fill(text, _names())


def test_functions_and_lookups_do_not_leak_their_insides() -> None:
    assert not hasattr(Lookup(), "__dict__")
    assert not hasattr(Function(print), "__dict__")


@given(
    st.lists(st.sampled_from(["甲，", "乙", "{{ 全域 }}", "{{ 年度 }}", "{{ 指标.入园率 }}", "{{ 没有 }}"]), max_size=8)
)
def test_each_piece_is_marked_where_it_went(pieces: list[str]) -> None:
    text = "".join(pieces)
    marks: list[tuple[int, int, bool]] = []
    filled, _ = fill(text, _names(), marks)
    ends = [*(begin for begin, _, _ in marks[1:]), len(filled)]
    for (begin, at, is_hole), end in zip(marks, ends, strict=False):  # a text without holes is not split into pieces
        assert text.startswith("{{", at) if is_hole else text[at : at + end - begin] == filled[begin:end]
