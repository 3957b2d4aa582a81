"""The pictures of outlines and clauses: charts of targets, or files."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result, Span
from planwriter.model import Image, Picture, Text
from planwriter.outline.values import read_texts, text_of
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Scalar
from planwriter.source.schema import check_shape, word_at
from planwriter.start.typing import TypeAlias

OpenPicture: TypeAlias = Callable[[Scalar], Result[Image | None]]
"""Opens the picture whose file name an outline gives; findings on it are placed at that name."""


def read_picture(
    node: Node | None, origin: Span, caption: Text | None, open_picture: OpenPicture | None
) -> Result[Picture | None]:
    """The picture of a checked value: a chart of targets, or a file; None if there is none."""
    if isinstance(node, Scalar):
        return _picture_in(node, caption, open_picture)
    if not isinstance(node, Mapping):
        return Result(None)
    found = Findings()
    got = found.take(check_shape(node, keys.CHART, "图"))
    chart = Picture(
        targets=found.take(read_texts(got.get("targets"), "指标")),
        form=word_at(got, "form"),
        caption=caption or text_of(got.get("caption")),
        origin=origin,
    )
    return found.result(chart)


def _picture_in(file: Scalar, caption: Text | None, open_picture: OpenPicture | None) -> Result[Picture | None]:
    """The picture in a file; None if it cannot be read. Clauses have no `open_picture`."""
    if file.empty:
        return Result(None)
    if open_picture is None:
        shown, advice = f"“{file.value}”", "条款里的图只能由指标画成，不能取自文件。"
        wrong = finding("PW203", file.span, key="图", expected="{指标: [……]}", found=shown, advice=advice)
        return Result(None, (wrong,))
    opened = open_picture(file)
    if opened.value is None:
        return Result(None, opened.findings)
    return Result(Picture(file=file.value, image=opened.value, caption=caption, origin=file.span), opened.findings)
