"""Charts of targets: what they show, the same bytes every time, and what cannot be drawn; skipped without a suitable font."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from planwriter.cli.group import cli
from planwriter.model import Image, Series
from planwriter.outline.images import read_image
from planwriter.targets.series import by_unit, chart_text, form_of
from planwriter.writers.plot import MAX_PANELS, MAX_YEARS, draw, find_font
from tests.support import ROOT, outline
from tests.writers.pictures import TARGETS

pytest.importorskip("matplotlib")
drawn = pytest.mark.skipif(find_font("指标") is None, reason="no Chinese font is installed")


def series(name: str, *values: str, unit: str = "%", sign: str = "≥", baseline: str = "90") -> Series:
    points = tuple((2026 + at, Decimal(value)) for at, value in enumerate(values))
    return Series(
        name=name, unit=unit, sign=sign, baseline=(2025, Decimal(baseline)) if baseline else None, points=points
    )


RATES = (series("普惠园覆盖率", "93", "94.50", "95"), series("入园率", "94", "96", "97", baseline="92"))
COUNTS = (series("新建幼儿园", "3", "4", "5", unit="所", sign="", baseline=""),)


def _draw(shown: tuple[Series, ...], kind: str = "png", form: str = "") -> bytes:
    made = draw(shown, form, kind)
    assert made.findings == () and made.value is not None
    return made.value


def _texts(svg: bytes) -> list[str]:
    return [
        "".join(map(str, each.itertext())) for each in etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]


def test_a_chart_in_words_has_every_figure_as_typed() -> None:
    assert chart_text((RATES[0], *COUNTS)) == (
        "普惠园覆盖率（%）：2025年（基期）90，2026年≥93，2027年≥94.50，2028年≥95；新建幼儿园（所）：2026年3，2027年4，2028年5。"
    )


def test_rates_are_lines_and_amounts_are_columns() -> None:
    assert form_of(RATES) == "折线" and form_of(COUNTS) == "柱形"
    assert form_of((series("入园率", "97", baseline=""),)) == "柱形", "one figure makes no line"
    assert [[each.name for each in group] for group in by_unit((RATES[0], *COUNTS, RATES[1]))] == [
        ["普惠园覆盖率", "入园率"],
        ["新建幼儿园"],
    ]


@drawn
def test_an_svg_keeps_its_texts_with_bounds_units_and_no_title() -> None:
    svg = _draw((*RATES, *COUNTS), "svg")
    shown = _texts(svg)
    assert {"≥94.50", "≥95", "92", "3", "单位：%", "单位：所", "普惠园覆盖率", "2025年（基期）", "2026年"} <= set(shown)
    assert "≥92" not in shown, "the baseline is no bound"
    families = set(re.findall(rb"font(?:-family)?: ([^;\"]*)", svg)) - {b"8.5px", b"9px"}
    assert all("仿宋".encode() in each for each in families if b"px" not in each or b"'" in each)
    assert b"DejaVu" not in svg and b"Date" not in svg and b"date" not in svg


@drawn
def test_a_png_is_as_wide_as_the_type_area_and_names_no_program() -> None:
    image = read_image(_draw(RATES))
    assert isinstance(image, Image) and image.form == "png"
    assert image.width == pytest.approx(156 / 25.4 * 300, abs=1)
    assert 40 <= image.height / 300 * 25.4 <= 160
    assert b"matplotlib" not in image.data and b"tEXt" not in image.data


@drawn
def test_the_font_has_every_character_that_is_drawn() -> None:
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    shown = "".join(_texts(_draw((*RATES, *COUNTS), "svg")))
    font = find_font(shown)
    assert font is not None
    held = {mark for name in (font, "DejaVu Sans") for mark in FT2Font(font_manager.findfont(name)).get_charmap()}
    assert {ord(mark) for mark in shown if not mark.isspace()} <= held


def test_if_no_font_has_a_character_a_png_is_refused_and_an_svg_gets_a_warning() -> None:
    odd = (series("\U0003134a幼儿园", "3"),)
    refused, warned = draw(odd, "", "png"), draw(odd, "", "svg")
    assert refused.value is None and [(each.code, each.severity.name) for each in refused.findings] == [
        ("PW462", "ERROR")
    ]
    assert warned.value and [(each.code, each.severity.name) for each in warned.findings] == [("PW462", "WARNING")]
    assert "\U0003134a幼儿园" in _texts(warned.value)


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ((), "没有数"),
        ((series("甲", baseline=""),), "没有数"),
        ((series("甲", *["1"] * (MAX_YEARS + 1)),), "年"),
        ((series("甲", "1" + "0" * 400),), "太大"),
        (tuple(series(f"甲{at}", "1", unit=f"单{at}") for at in range(MAX_PANELS + 1)), "小图"),
        (tuple(series(f"甲{at}", "1") for at in range(10_000)), "放不下"),
    ],
)
def test_what_cannot_be_drawn_is_reported(shown: tuple[Series, ...], told: str) -> None:
    made = draw(shown, "", "png")
    assert made.value is None
    assert [each.code for each in made.findings] == ["PW460"] and told in made.findings[0].message


@drawn
@pytest.mark.parametrize("form", ["柱形", "折线"])
@pytest.mark.parametrize("values", [("0", "0"), ("-3", "2"), ("1e12", "1"), ("97",)])
def test_any_figures_can_be_drawn_either_way(form: str, values: tuple[str, ...]) -> None:
    assert _draw((series("$甲_1$ {x} <乙>&" + "长" * 60, *values, unit="万" * 40, baseline=""),), "png", form)


@drawn
def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "提纲.yaml").write_text(outline(extra=TARGETS), "utf-8")
    digests: dict[str, set[str]] = {"svg": set(), "png": set()}
    for seed, zone in (("0", "UTC"), ("7", "Asia/Shanghai")):
        for kind, found in digests.items():
            command = [sys.executable, "-m", "planwriter", "targets", "chart", "提纲.yaml", "-o", f"{seed}.{kind}"]
            environment = {
                **os.environ,
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "PYTHONPATH": str(ROOT),
                "PYTHONWARNINGS": "default",
            }
            subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
            found.add(hashlib.sha256((tmp_path / f"{seed}.{kind}").read_bytes()).hexdigest())
    assert [len(found) for found in digests.values()] == [1, 1]


# the command


@drawn
def test_the_command_draws_what_is_named_and_does_not_write_over_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("提纲.yaml").write_text(outline(extra=TARGETS), "utf-8")

    def run(*options: str) -> tuple[int, str]:
        shown = CliRunner().invoke(cli, ["targets", "chart", "提纲.yaml", *options])
        return shown.exit_code, shown.output

    assert run() == (0, "已生成 提纲.svg\n")
    shown = _texts(Path("提纲.svg").read_bytes())
    assert "新建幼儿园" in shown and "教师" not in shown, "without names those that have yearly steps"
    assert run() == (0, "已生成 提纲.svg\n")
    code, told = run("新建幼儿园", "教师", "--title", "教师和园舍")
    assert code == 4 and "[PW803]" in told
    assert run("新建幼儿园", "教师", "--title", "教师和园舍", "--force")[0] == 0
    assert {"教师", "60", "新建幼儿园", "教师和园舍"} <= set(_texts(Path("提纲.svg").read_bytes()))
    code, told = run("入学率", "-o", "没有.png")
    assert code == 1 and "[PW402]" in told and "入园率" in told and not Path("没有.png").exists()
    assert run("-o", "图.gif")[0] == 2


def test_without_yearly_steps_the_command_asks_which_targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("提纲.yaml").write_text(outline(extra="指标: {教师: {数值: 60, 单位: 名}}\n"), "utf-8")
    shown = CliRunner().invoke(cli, ["targets", "chart", "提纲.yaml"])
    assert shown.exit_code == 1 and "没有带“分年”的指标" in shown.output and "例如 教师" in shown.output
