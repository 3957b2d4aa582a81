"""Charts of targets as SVG and PNG, drawn with matplotlib: the same bytes every time, readable in print and in grey.

A chart in a document is drawn without a title, since its caption is in the text.
"""

from __future__ import annotations

import io
import logging
import math
import warnings
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, Severity
from planwriter.findings.report import width as columns_of
from planwriter.layout.layout import Length, mm
from planwriter.model import Series
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import replace
from planwriter.targets.series import by_unit, figures_of, form_of, label_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAX_PANELS, MAX_YEARS, MAX_VALUE = 8, 12, 1e15
MAX_NAME = 30
WIDTH = mm(156)
"""The width of the type area of GB/T 9704."""
_DOTS = 300
_PANEL, _HIGHEST = 58.0, 162.0
"""The height of a panel and the greatest height of a chart, in mm: an attachment's label, title and caption share its page."""
_TEXT, _SMALL = 9.0, 8.5
"""Sizes of type in points: a little less than 五号."""
_MARGINS = 48.0
"""The width that the labels beside the axes take, in points."""
_STACKED = 3
"""The most panels that stand in one column; more stand in two."""
_MOST = {"柱形": 4, "折线": 3}
"""The most series in one panel, by form."""
_FILLS = (("0.35", ""), ("0.72", ""), ("0.92", ""), ("1.0", "////"))
_LINES = (("0", "-", "o"), ("0.35", "--", "s"), ("0.5", "-.", "^"))

_NAMES = {
    "仿宋": ("FangSong", "STFangsong", "FandolFang R", "FandolFang"),
    "楷体": ("KaiTi", "STKaiti", "FandolKai"),
    "黑体": ("SimHei", "STHeiti", "FandolHei"),
    "宋体": ("SimSun", "STSong", "FandolSong"),
}
"""The names inside font files, by the first word of the name that a layout uses."""
_USUAL = (
    *("FangSong", "SimSun", "Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Sans CJK SC"),
    *(
        "Source Han Sans SC",
        "Source Han Sans CN",
        "Microsoft YaHei",
        "SimHei",
        "Songti SC",
        "PingFang SC",
        "Heiti SC",
        "STSong",
    ),
    *("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "WenQuanYi Bitmap Song", "FandolFang R", "FandolSong", "FandolHei"),
    *("AR PL UMing CN", "Noto Sans CJK JP", "Noto Serif CJK JP", "Arial Unicode MS", "Droid Sans Fallback"),
)
_STAND_IN = "DejaVu Sans"
"""The font that comes with matplotlib, for characters that a Chinese font lacks."""
_FAMILIES = (
    "仿宋, 仿宋_GB2312, FangSong, 宋体, SimSun, 'Source Han Serif SC', 'Noto Serif CJK SC', 'Noto Sans CJK SC', serif"
)
"""The fonts that every SVG names, whatever machine draws it: the reader's machine has one of them."""


def draw(
    series: Sequence[Series], form: str, kind: str, *, fonts: Sequence[str] = (), width: Length = WIDTH, title: str = ""
) -> Result[bytes | None]:
    """A chart of `series` as `kind` (png or svg), with a panel for each unit.

    `form` is 柱形 or 折线; if it is empty, each panel has the form that suits its series. `fonts` are tried first.
    Findings: PW460 a chart cannot be drawn; PW461 there is no matplotlib; PW462 there is no Chinese font, which is an error
    for a PNG and a warning for an SVG, whose text the reader's machine draws.
    """
    place = Pos("图")
    refused = _refused(series)
    if refused:
        return Result(None, (finding("PW460", place, reason=refused[0], advice=refused[1]),))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it logs about its caches
    try:
        import matplotlib
    except ImportError:
        return Result(None, (finding("PW461", place),))
    series = [replace(each, name=_short(each.name)) for each in series]
    panels, across = _arranged(series, form, width)
    if len(panels) > MAX_PANELS:
        reason = f"要分成 {len(panels)} 幅小图，一张图最多 {MAX_PANELS} 幅"
        return Result(None, (finding("PW460", place, reason=reason, advice="分成几张图，各写明指标。"),))
    font = find_font("".join((*_texts(series), title)), fonts)
    findings: tuple[Finding, ...] = ()
    if font is None:
        lacking = finding("PW462", place)
        if kind == "png":
            return Result(None, (lacking,))
        findings = (replace(lacking, severity=Severity.WARNING),)
    habits = {**matplotlib.rcParamsDefault, **_HABITS, "font.family": [font, _STAND_IN] if font else [_STAND_IN]}
    habits.pop("backend", None)
    with matplotlib.rc_context(habits), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # missing glyphs: only an SVG gets here without a font
        data = _saved(panels, across, kind, width, title)
    return Result(_with_families(data) if kind == "svg" else data, findings)


_HABITS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "planwriter",
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "hatch.linewidth": 0.5,
    "font.size": _TEXT,
    "text.parse_math": False,
}


def _refused(series: Sequence[Series]) -> tuple[str, str] | None:
    """Why these series cannot be drawn, and the advice; None if they can."""
    if not any(figures_of(each) for each in series):
        return "要画的指标没有数", "给指标写“分年”或“数值”。"
    if len(_years(series)) > MAX_YEARS:
        return (
            f"一张图最多画 {MAX_YEARS} 年，这里有 {len(_years(series))} 年",
            "核对“分年”和“基期”的年份；或分成几张图。",
        )
    if len(series) > MAX_PANELS * max(_MOST.values()):
        return f"一张图放不下 {len(series)} 个指标", "分成几张图，各写明指标。"
    big = next((each for each in series for value in figures_of(each).values() if abs(value) > MAX_VALUE), None)
    return (f"“{_short(big.name)}”的数太大", "核对数值，或者换一个大些的单位。") if big else None


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"


def _years(series: Sequence[Series]) -> list[int]:
    return sorted({year for each in series for year in figures_of(each)})


def _texts(series: Sequence[Series]) -> Iterator[str]:
    """Every text that a chart shows."""
    yield "单位：年（基期）0123456789.-"
    for each in series:
        yield from (each.name, each.unit, *(label_of(each, year) for year in figures_of(each)))


# fonts


def find_font(text: str, wanted: Sequence[str] = ()) -> str | None:
    """A font of this machine that, together with the stand-in, has every character of `text`; those `wanted` come first."""
    from matplotlib import font_manager

    names = [name for want in wanted for name in (want, *_NAMES.get(want.split("_")[0], ()))]
    needed = {ord(mark) for mark in text if not mark.isspace()}
    paths: dict[str, str] = {}
    for entry in sorted(
        font_manager.fontManager.ttflist,
        key=lambda each: (each.style != "normal", str(each.weight) != "400", each.fname),
    ):
        paths.setdefault(entry.name, entry.fname)
    lacking = needed - _characters(paths[_STAND_IN])
    return next(
        (name for name in dict.fromkeys((*names, *_USUAL)) if name in paths and lacking <= _characters(paths[name])),
        None,
    )


def _characters(path: str) -> set[int]:
    """The code points of a font file; empty if it cannot be read."""
    from matplotlib.ft2font import FT2Font

    try:
        return set(FT2Font(path).get_charmap())
    except (OSError, RuntimeError):
        return set()


_FONT = regex(rb"(font(?:-family)?: ?(?:[^;\"']*?px )?)'[^;\"]*'")


def _with_families(svg: bytes) -> bytes:
    """The SVG with the font names for the reader's machine instead of those of this machine."""
    return _FONT.sub(lambda match: match[1] + _FAMILIES.encode(), svg)


# drawing


class _Panel(NamedTuple):
    """Series of one unit, drawn on one pair of axes."""

    series: list[Series]
    form: str
    room: float
    """The approximate width of the plot itself, in points."""


def _arranged(series: Sequence[Series], form: str, width: Length) -> tuple[list[_Panel], int]:
    """The panels of a chart, and the number of columns they stand in."""
    panels: list[_Panel] = []
    for across in (1, 2):
        room = width.points / across - _MARGINS
        groups = [(group, form or form_of(group)) for group in by_unit(series)]
        panels = [_Panel(part, own, room) for group, own in groups for part in _split(group, own, room)]
        if len(panels) <= _STACKED:
            break
    return panels, across


def _saved(panels: list[_Panel], across: int, kind: str, width: Length, title: str) -> bytes:
    from matplotlib.figure import Figure

    down = math.ceil(len(panels) / across)
    height = min(_PANEL, _HIGHEST / down)
    figure = Figure(
        figsize=(width.mm / 25.4, (height * down + 6 * bool(title)) / 25.4), dpi=_DOTS, layout="constrained"
    )
    if title:
        figure.suptitle(title, fontsize=_TEXT + 3)
    places = list(figure.subplots(down, across, squeeze=False).flat)
    for axes, panel in zip_longest(places, panels):
        if panel is None:
            axes.set_axis_off()
        else:
            _draw_panel(axes, panel, mm(height).points * 0.6)
    buffer = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    figure.savefig(buffer, format=kind, dpi=_DOTS, metadata=metadata)
    return buffer.getvalue()


def _split(group: list[Series], form: str, room: float) -> list[list[Series]]:
    """Splits series of one unit into as few panels as leave room for every label above the columns."""
    most = _MOST[form]
    if form == "柱形":
        widest = max(columns_of(label_of(each, year)) for each in group for year in figures_of(each)) * _SMALL * 0.55
        most = max(1, min(most, int(room * 0.8 / (len(_years(group)) * widest))))
    count = math.ceil(len(group) / most)
    size = math.ceil(len(group) / count)
    return [group[at : at + size] for at in range(0, len(group), size)]


def _draw_panel(axes: Axes, panel: _Panel, height: float) -> None:
    """Draws one panel; `height` is the approximate height of the plot itself, in points."""
    group, years = panel.series, _years(panel.series)
    axes.set_xticks(range(len(years)), _year_labels(group, years, panel.room))
    axes.set_xlim(-0.6, len(years) - 0.4)
    axes.tick_params(width=0.6, length=2.5)
    _set_scale(axes, group, panel.form, height)
    (_columns if panel.form == "柱形" else _lines)(axes, group, years, height)
    unit = f"单位：{_short(group[0].unit)}" if group[0].unit else ""
    widest = max(columns_of(each.name) for each in group) * _TEXT / 2 + 36
    beside = int((panel.room - 70) / widest)
    if unit and beside:
        axes.set_title(unit, loc="left", fontsize=_TEXT)
    axes.legend(  # it includes the unit if there is no room beside it
        loc="lower right", bbox_to_anchor=(1, 1), ncols=max(1, min(len(group), beside)), frameon=False, borderaxespad=0.2,
        columnspacing=1.2, title=unit if not beside else None, alignment="left", title_fontsize=_TEXT,
    )  # fmt: skip


def _year_labels(group: list[Series], years: list[int], room: float) -> list[str]:
    """The years under a panel, shortened if they would touch; a baseline year that all series share is marked 基期."""
    past = {each.baseline[0] if each.baseline else None for each in group}
    notes = ["（基期）" if past == {year} and len(years) > 1 else "" for year in years]
    labels = [f"{year}年{note}" for year, note in zip(years, notes, strict=True)]
    if max(map(columns_of, labels)) * _TEXT / 2 + 6 <= room / len(years):
        return labels
    return [f"{year}\n{note}" if note else str(year) for year, note in zip(years, notes, strict=True)]


def _set_scale(axes: Axes, group: list[Series], form: str, height: float) -> None:
    """Sets the range of the values: columns start at zero, labels have room, and rates have no marks above 100."""
    values = [float(value) for each in group for value in figures_of(each).values()]
    low, high = min(values), max(values)
    if form == "柱形":
        low, high = min(low, 0.0), max(high, 0.0)
    spread = high - low or max(abs(high), 1.0) * 0.2
    labels = (_SMALL + 2) * (
        len(group) if form == "折线" else 1
    ) + 8  # the labels of lines are stacked where the lines meet
    above = max(0.28, labels / max(height - labels - 14, 20))
    axes.set_ylim(low - spread * (0.0 if form == "柱形" and low == 0 else 0.28), high + spread * above)
    axes.locator_params(axis="y", nbins=5)
    if group[0].unit == "%" and high <= 100:
        bottom, top = axes.get_ylim()
        axes.set_yticks([mark for mark in axes.get_yticks() if bottom <= mark <= min(top, 100)])


def _columns(axes: Axes, group: list[Series], years: list[int], height: float) -> None:
    own = 0.8 / max(len(group), 2)
    for nth, each in enumerate(group):
        fill, hatch = _FILLS[nth]
        figures = figures_of(each)
        places = [years.index(year) + (nth - (len(group) - 1) / 2) * own for year in figures]
        values = [float(value) for value in figures.values()]
        axes.bar(places, values, own * 0.92, label=each.name, color=fill, edgecolor="0", linewidth=0.6, hatch=hatch)
        for place, year, value in zip(places, figures, values, strict=True):
            _label(axes, label_of(each, year), place, value, 2 if value >= 0 else -10)
    if axes.get_ylim()[0] < 0:
        axes.axhline(0, color="0", linewidth=0.6)


def _lines(axes: Axes, group: list[Series], years: list[int], height: float) -> None:
    for (shade, stroke, marker), each in zip(_LINES, group, strict=False):
        figures = figures_of(each)
        places, values = [years.index(year) for year in figures], [float(value) for value in figures.values()]
        axes.plot(
            places, values, color=shade, linestyle=stroke, marker=marker, markersize=4, linewidth=1.2, label=each.name
        )
    bottom, top = axes.get_ylim()
    for at, year in enumerate(years):
        here = sorted(
            (float(figures_of(each)[year]), label_of(each, year)) for each in group if year in figures_of(each)
        )
        free = -math.inf
        for nth, (value, text) in enumerate(here):
            level = (value - bottom) / (top - bottom) * height
            lowest = nth == 0 and len(here) > 1
            place = level - 14 if lowest else max(level + 5, free)
            free = level + 5 if lowest else place + _SMALL + 2
            _label(axes, text, at, value, place - level)


def _label(axes: Axes, text: str, place: float, value: float, offset: float) -> None:
    """Writes a figure `offset` points above its point (below it if negative)."""
    axes.annotate(
        text, (place, value), (0, offset), textcoords="offset points", ha="center", va="bottom", fontsize=_SMALL
    )
