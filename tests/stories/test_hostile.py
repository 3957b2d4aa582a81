"""Hostile outlines: each ends in a finding, within seconds, without a traceback."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.app.plans import Plan, plan_bytes
from planwriter.app.session import Session
from planwriter.fill import fill
from planwriter.findings import report
from planwriter.findings.finding import MAX_FINDINGS, has_errors
from planwriter.system.files import MAX_BYTES
from planwriter.writers.text import render_text
from tests.fuzz.making import mutated
from tests.growth import soon
from tests.support import EXAMPLES, ROOT, outline

SESSION = Session()


def _plan(data: str | bytes, *, path: str = "") -> Plan:
    with soon():
        return plan_bytes(SESSION, data.encode() if isinstance(data, str) else data, "提纲.yaml", path=path)


def _codes(data: str | bytes) -> set[str]:
    made = _plan(data)
    assert has_errors(made.findings) and not made.sound
    report.format_human(made.findings)
    return {each.code for each in made.findings}


def _text(text: str) -> str:
    """An outline with `text` as the text of one of its blocks, as typed."""
    return outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {text}\n")


def _note(text: str) -> str:
    return outline(extra=f"备注: {text}\n")


# size and depth

LETTERS = "abcdefghij"
BOMB = "\n  - &a [一, 二, 三, 四, 五, 六, 七, 八, 九, 十]" + "".join(
    f"\n  - &{new} [{', '.join(['*' + old] * 10)}]" for old, new in pairwise(LETTERS)
)

LARGE = {
    "20 MB of notes": (_note("字" * 7_000_000), "PW104"),
    "as many keys as fit": (_note("\n" + "".join(f"  键{number}: 值\n" for number in range(200_000))), "PW104"),
    "200 brackets": (_note("[" * 200 + "]" * 200), "PW110"),
    "a million brackets": (_note("[" * 1_000_000), "PW110"),
    "half a million braces": (_note("{a: " * 500_000), "PW105"),
    "braces, each in the other": (_note("{a: " * 500 + "}" * 500), "PW110"),
    "200 keys, each in the other": (
        _note("\n" + "".join(f"{' ' * (depth + 2)}甲:\n" for depth in range(200))),
        "PW110",
    ),
    "a hundred thousand dashes": (_note("\n  " + "- " * 100_000 + "x"), "PW110"),
    "an alias bomb": (_note(BOMB), "PW111"),
    "a long text, repeated": (outline(extra=f"导语: &a {'字' * 100_000}\n结语: [{'*a,' * 100_000}]\n"), "PW111"),
    "an alias of itself": (_note("&a [*a]"), "PW111"),
    "a mapping that holds itself": (_note("&a {x: 1, y: *a}"), "PW111"),
    "blocks that hold themselves": (
        outline("重点任务: &a\n  - 章: 甲\n    内容: []\n  - 章: 乙\n    内容: *a\n"),
        "PW111",
    ),
    "a quote over a million lines": (_text('"' + "\n" * 1_000_000), "PW105"),
    "a thousand quotes left open": ("".join(f'甲{number}: "开\n' for number in range(2_000)), "PW119"),
    "the same key a hundred thousand times": ("单位：甲\n" * 100_000, "PW119"),
    "a hundred thousand tabs": ("\t单位: 甲\n" * 100_000, "PW119"),
    "a hundred thousand unknown keys": (
        outline(extra="".join(f"键{number}: 甲\n" for number in range(100_000))),
        "PW119",
    ),
    "a text that fills a page a thousand times": (_text("'" + "字" * 300_000 + "{{ 年度 }}'"), "PW311"),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_or_too_deep_is_refused(name: str) -> None:
    data, code = LARGE[name]
    assert code in _codes(data)


def test_nobody_is_shown_more_findings_than_can_be_read() -> None:
    made = _plan("单位：甲\n" * 100_000)
    assert len(made.findings) == MAX_FINDINGS + 1
    assert made.findings[-1].code == "PW119"


def test_a_large_outline_that_is_sound_is_read() -> None:
    items = "".join(f"      - 条: 第{number}项任务\n        文: {'认真落实' * 20}。\n" for number in range(8_000))
    text = outline("重点任务:\n  - 章: 全面落实\n    内容:\n" + items)
    assert MAX_BYTES / 8 < len(text.encode()) < MAX_BYTES
    assert _plan(text).sound


def test_a_line_of_a_million_letters_can_be_shown() -> None:
    found = _plan(_text("字" * 1_000_000 + "××所")).findings
    with soon():
        shown = report.format_human(found)
    assert "[PW216]" in shown and len(shown) < 1_000


# templates

TEMPLATES = {
    "{{ ().__class__ }}": "PW310",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "PW310",
    "{{ 指标.__class__ }}": "PW402",
    "{{ 指标.新建校.__init__ }}": "PW413",
    "{{ 指标.新建校.target }}": "PW413",
    "{{ 指标.新建校['__class__'] }}": "PW413",
    "{{ 指标 }}": "PW310",
    "{{ 参数 }}": "PW309",
    "{{ self }}": "PW309",
    "{{ self._TemplateReference__context }}": "PW309",
    "{{ config }}": "PW309",
    "{{ lipsum.__globals__ }}": "PW309",
    "{{ cycler.__init__.__globals__.os }}": "PW309",
    "{{ range(999999999) }}": "PW309",
    "{{ 'a' * 10**9 }}": "PW310",
    "{{ 'a' * 1000000000 }}": "PW310",
    "{{ [1] * 1000000000 }}": "PW310",
    "{{ 9**9**9 }}": "PW310",
    "{{ 1e999999 }}": "PW310",
    "{{ 999999999999999 * 999999999999999 * 'a' }}": "PW310",
    "{{ '%999999999d' % 1 }}": "PW310",
    "{{ '{:999999999}'.format(1) }}": "PW310",
    "{{ '{0.__class__}'.format(1) }}": "PW310",
    "{{ 'x'.center(10000000000) }}": "PW310",
    "{{ 'x' | center(10000000000) }}": "PW308",
    "{{ 'x' | format(1) }}": "PW308",
    "{{ 单位 | attr('__class__') }}": "PW308",
    "{% for 甲 in range(999999999) %}{% endfor %}": "PW310",
    "{% for 甲 in [1] recursive %}{{ loop([1]) }}{% endfor %}": "PW310",
    "{% set 甲 = 1 %}": "PW310",
    "{% set 甲 %}x{% endset %}": "PW310",
    "{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}": "PW310",
    "{% call 甲() %}{% endcall %}": "PW310",
    "{% include '/etc/passwd' %}": "PW310",
    "{% import 'os' as os %}": "PW310",
    "{% from 'os' import path %}": "PW310",
    "{% extends 'x' %}": "PW310",
    "{% block 甲 %}{% endblock %}": "PW310",
    "{% filter upper %}x{% endfilter %}": "PW310",
    "{% raw %}{{ 单位 }}{% endraw %}": "PW310",
    "{# {{ 单位 }} #}": "PW310",
    "{{ 1 / 0 }}": "PW310",
    "{{ " + "(" * 900 + "1" + ")" * 900 + " }}": "PW310",
    "{{ 1" + "+(1" * 300 + ")" * 300 + " }}": "PW310",
    "{{ " + "-" * 1900 + "1 }}": "PW310",
    "{{ " + "[" * 300 + "]" * 300 + " }}": "PW310",
    "{{ " + "not " * 400 + "1 }}": "PW310",
    "{{ 1" + " + 1" * 2_000 + " }}": "PW310",
    "{% if 1 %}" * 2_000 + "{% endif %}" * 2_000: "PW310",
    "{{" * 50_000: "PW308",
    "}}" * 50_000: "PW308",
    "{{ '" * 50_000: "PW308",
}


@pytest.mark.parametrize("text", TEMPLATES, ids=lambda text: text[:40])
def test_a_template_can_only_read_what_it_is_given(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    made = _text(quoted).replace("总体要求:", "指标:\n  新建校: {数值: 3, 单位: 所}\n总体要求:", 1)
    assert TEMPLATES[text] in _codes(made)


@pytest.mark.parametrize("glue", ["~", "+"])
def test_texts_joined_in_a_template_stay_short(glue: str) -> None:
    names = {"甲": "字" * 1_000_000}
    with soon():
        filled, faults = fill("{{ " + f" {glue} ".join(["甲"] * 100) + " }}", names)
    assert not filled and [fault.code for fault in faults] == ["PW311"]
    with soon():
        filled, faults = fill("{% if 1 %}" + "{{ 甲 }}" * 1_000 + "{% endif %}", names)
    assert not filled and [fault.code for fault in faults] == ["PW311"]


def test_thousands_of_different_expressions_are_refused() -> None:
    holes = "".join(f"          - '{{{{ {number} + 1 }}}}'\n" for number in range(5_000))
    assert "PW311" in _codes(outline(f"重点任务:\n  - 章: 甲\n    内容:\n{holes}"))


# targets


def _targets(lines: str) -> str:
    return outline(extra=f"指标:\n{lines}附件: [指标表]\n")


FORMULAS = {
    "a chain": "".join(f"  甲{number}: {{公式: 甲{number + 1} + 1}}\n" for number in range(20_000)) + "  甲20000: 1\n",
    "a ring": "".join(f"  甲{number}: {{公式: 甲{(number + 1) % 20_000} + 1}}\n" for number in range(20_000)),
    "itself": "  甲: {公式: 甲 + 1}\n",
    "a power": "  甲: {公式: 9 ** 9 ** 9}\n",
    "a product beyond bounds": "  甲: 999999999999999\n  乙: {公式: 甲 * 甲 * 甲}\n",
    "a text": "  甲: {公式: \"'字' * 9999999999\"}\n",
    "a division by zero": "  甲: {公式: 1 / 0}\n",
    "a call": '  甲: {公式: "().__class__.__bases__"}\n',
    "a list": '  甲: {公式: "[1, 2]"}\n',
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_cannot_run_away(name: str) -> None:
    assert "PW407" in _codes(_targets(FORMULAS[name]))


def test_a_hundred_thousand_citations_of_nothing_are_looked_up_soon() -> None:
    targets = "".join(f"  指标{number}: {number}\n" for number in range(10_000))
    text = _text("'" + "{{ 指标.没有 }}" * 15_000 + "'").replace(
        "总体要求:", f"指标:\n{targets}附件: [指标表]\n总体要求:", 1
    )
    assert "PW402" in _codes(text)


def test_the_figures_of_thousands_of_targets_are_looked_for_soon() -> None:
    targets = "".join(f"  建校{number}: {{名称: 建校, 数值: 3, 单位: 所}}\n" for number in range(5_000))
    sentences = "建校3所，" * 5_000 + "完成。"
    text = _text(sentences).replace("总体要求:", f"指标:\n{targets}附件: [指标表]\n总体要求:", 1)
    assert _plan(text).findings


# numbers


@pytest.mark.parametrize(
    "numbering",
    [
        "编号: {起始: {条: 99999999999999999999}}",
        "编号: {条: {式样: 1., 起始: -1}}",
        "编号: {条: {式样: " + "1" * 9999 + "}}",
        "编号: {条: [1]}",
    ],
)
def test_a_number_beyond_bounds_is_refused(numbering: str) -> None:
    assert _codes(outline(extra=numbering + "\n")) & {"PW203", "PW204", "PW220"}


def test_a_block_beyond_the_last_number_is_reported() -> None:
    block = "重点任务:\n  - 章: 甲\n    编号: 9999\n    内容: [一段话]\n  - 章: 乙\n    内容: [一段话]\n"
    assert "PW221" in _codes(outline(block))
    assert "PW204" in _codes(outline(block.replace("9999", "9" * 5_000)))


# clauses


def _library(folder: Path, clauses: str) -> str:
    """An outline that uses 甲/一, with a library of `clauses` next to it."""
    (folder / "库").mkdir()
    (folder / "库" / "library.yaml").write_text("名称: 库\n版本: 1.0.0\n", "utf-8")
    (folder / "库" / "甲.yaml").write_text(clauses, "utf-8")
    return outline("重点任务:\n  - 章: 甲\n    内容:\n      - 用: 甲/一\n", extra=f"库: {folder / '库'}\n")


def _found(folder: Path, clauses: str) -> set[str]:
    made = _plan(_library(folder, clauses), path=str(folder / "提纲.yaml"))
    assert not made.sound
    return {each.code for each in made.findings}


NUMERALS = "一二三四五六七八九十"


def test_clauses_that_double_at_each_step_are_stopped(tmp_path: Path) -> None:
    doubled = [
        f"- 条款: 甲/{this}\n  款: 项\n  内容: [{{用: 甲/{after}}}, {{用: 甲/{after}}}, {{用: 甲/{after}}}, {{用: 甲/{after}}}]\n"
        for this, after in pairwise(NUMERALS)
    ]
    assert "PW311" in _found(tmp_path, "".join(doubled) + "- 条款: 甲/十\n  文: 完。\n")


def test_a_long_clause_used_thousands_of_times_is_stopped(tmp_path: Path) -> None:
    uses = ", ".join(["{用: 甲/二}"] * 4_000)
    clauses = f"- 条款: 甲/一\n  条: 项\n  内容: [{uses}]\n- 条款: 甲/二\n  文: {'字' * 100_000}\n"
    assert "PW311" in _found(tmp_path, clauses)


def test_clauses_in_a_circle_are_reported(tmp_path: Path) -> None:
    clauses = "- 条款: 甲/一\n  条: 项\n  内容: [{用: 甲/二}]\n- 条款: 甲/二\n  款: 项\n  内容: [{用: 甲/一}]\n"
    assert "PW307" in _found(tmp_path, clauses)


@pytest.mark.parametrize(
    "text", ["{% for 甲 in [1] %}{% endfor %}", "{{ ().__class__ }}", "{{ 'a' * 10**9 }}", "{{ 参数 }}"]
)
def test_a_foreign_clause_can_do_no_more_than_an_outline(tmp_path: Path, text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    assert "PW310" in _found(tmp_path, f"- 条款: 甲/一\n  文: {quoted}\n  参数: {{数: {{类型: 整数, 默认: 1}}}}\n")


def test_a_library_of_nonsense_is_reported(tmp_path: Path) -> None:
    assert _found(tmp_path, "\0\t{{{[[[\n- - -\n&a *a\n!!python/object:os.system {}\n")


# bytes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\0" * 1000, "PW112"),
        (_text("建\0校").encode(), "PW112"),
        (_text("建\ufffe校").encode(), "PW112"),
        (outline(extra="\ue000: {甲: 乙}\n").encode(), "PW112"),
        (_text("建\ud800校").encode("utf-8", "surrogatepass"), "PW102"),
        (_text("建校").encode() + b"\xff\xfe\xfa", "PW102"),
        (_text("建校").encode("gb18030"), "PW102"),
        (_text("建校").encode("utf-16-le"), "PW102"),
        (b"\xff\xfe" + b"\x00\xd8" * 99, "PW102"),
        (bytes(range(256)) * 99, "PW102"),
        (b"\xef\xbb\xbf", "PW103"),
        (b"---\n...\n", "PW103"),
        (b"%YAML 9.9\n---\na: b\n", "PW105"),
        (b"<?xml version='1.0'?><a/>", "PW116"),
        (b"PK\x03\x04" + bytes(range(256)), "PW105"),
    ],
)
def test_bytes_that_are_no_outline_are_reported(data: bytes, code: str) -> None:
    assert code in _codes(data)


def _holds(data: bytes) -> None:
    """What holds for any bytes at all: findings or a document, each finding inside the file, each drawn."""
    made = _plan(data)
    assert made.findings or made.document is not None
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in made.findings:
        assert each.pos.line <= len(lines)
        if (
            each.pos.file == "提纲.yaml"
            and each.pos.column
            and not any(found.code == "PW102" for found in made.findings)
        ):
            assert each.pos.column <= len(lines[each.pos.line - 1]) + 1, each
    report.format_human(made.findings)
    report.format_json(made.findings)
    if made.sound and made.document is not None:
        assert "{{" not in render_text(made.document) or b"'{{'" in data or b'"{{"' in data


@given(st.binary(max_size=200))
def test_any_bytes_end_in_findings(data: bytes) -> None:
    _holds(data)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_any_text_ends_in_findings(text: str) -> None:
    _holds(text.encode("utf-8", "surrogatepass"))


OUTLINES = [path.read_text("utf-8") for path in EXAMPLES] + [
    path.read_text("utf-8", errors="replace") for path in sorted((ROOT / "tests" / "cases").glob("**/*.yaml"))
]


@settings(max_examples=300)
@given(st.sampled_from(OUTLINES), st.integers(0, 2**32))
def test_any_outline_with_anything_changed_ends_in_findings_or_a_document(text: str, seed: int) -> None:
    _holds(mutated(text, random.Random(seed)).encode("utf-8", "surrogatepass"))


@settings(max_examples=300)
@given(st.sampled_from(OUTLINES), st.integers(0, 2**32), st.binary(max_size=3))
def test_any_outline_with_wrong_bytes_in_it_ends_in_findings_or_a_document(text: str, seed: int, wrong: bytes) -> None:
    data = text.encode("utf-8", "surrogatepass")
    at = seed % (len(data) + 1)
    _holds(data[:at] + wrong + data[at + len(wrong) :])
