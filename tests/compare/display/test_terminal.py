"""Tests of differences on a terminal."""

from __future__ import annotations

from planwriter.compare.display.terminal import difference_text
from planwriter.compare.edits.difference import differences
from tests.compare.golden import NEW, OLD
from tests.compare.sides import line, side, table

GOLDEN = """\
要点.yaml → 要点（二稿）.yaml
修改 3 处、新增 1 处、删除 1 处、移动 1 处（共 2 段）、指标 1 项有变；另有 1 处只是序号随之改变。

指标：
  床位：120张 → 150张

移动  二、修好公路 → 一、修好公路
      随之移动：一、1.加快推进农村公路建设

修改  二、1.完善养老服务体系
      指标“床位”由120张调整为150张
      1.……新增床位〔-120〕〔+150〕张。

删除  一、2.开展职业技能培训
      〔-2.开展职业技能培训。帮助群众就近就业。〕

新增  二、2.兴修水利
      〔+2.兴修水利。改造<管网>&泵站。〕

修改  二、3.全面落实河湖长制
      责任单位由“水利股”改为“水利股、办公室”
      3.……（责任单位：水利股〔+、办公室〕）

修改  二、3.全面落实河湖长制 表
      表中改 1 格；表中增加 1 行
      床位 · 数值：〔-120〕〔+150〕
      增加第3行：〔+公路　30〕
"""


def test_the_page_of_a_terminal() -> None:
    assert difference_text(differences(OLD, NEW)) == GOLDEN


def test_colors_take_the_place_of_brackets() -> None:
    shown = difference_text(differences(OLD, NEW), color=True)
    assert "\033[31;9m120\033[0m\033[32;4m150\033[0m" in shown
    assert "〔-" not in shown


def test_nothing_differs() -> None:
    assert difference_text(differences(OLD, OLD)) == "要点.yaml → 要点.yaml\n没有不同。\n"


def test_a_place_with_the_same_name_is_told_by_what_is_before_it() -> None:
    old = ("甲事。", "乙事的一句话。", "丙事的另一句。")
    shown = difference_text(differences(side(*old), side(old[1], old[2], old[0])))
    assert "移动  导语：原在开头，现在“导语”后面\n" in shown


def test_no_text_steers_the_terminal() -> None:
    bad = "\x1b[2J\u202e\x00\ud800"
    old = side(
        f"# 旧{bad}", f"1.甲{bad}事。", table(f"指标{bad}|乙", f"丙{bad}|1"), targets=((f"床{bad}", "1"),), name=bad
    )
    new = side(f"# 新{bad}", f"1.甲{bad}事件。", table(f"指标{bad}|乙", f"丙{bad}|{bad}"), targets=((f"床{bad}", bad),))
    for color in (False, True):
        shown = difference_text(differences(old, new), color=color)
        for code in ("\033[31;9m", "\033[32;4m", "\033[33m", "\033[32m", "\033[31m", "\033[36m", "\033[0m"):
            shown = shown.replace(code, "")
        assert shown.isprintable() or all(mark.isprintable() or mark in "\n\u3000" for mark in shown)
        shown.encode("utf-8")


def test_the_line_of_an_outline_is_told_and_that_of_a_docx_is_not() -> None:
    old, new = side("甲事。"), line("甲事儿。", place=7)
    assert "第 7 行" in difference_text(differences(old, side(new)))
    assert "第 7 行" not in difference_text(differences(old, side(new, name="要点.docx")))
