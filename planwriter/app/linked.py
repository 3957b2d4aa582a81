"""The files that an outline links to: workbooks, pictures, the superior plan."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable

from planwriter.app.session import Session
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, Severity
from planwriter.model import Image, Outline, Text
from planwriter.outline.read import read_outline
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.nodes import Scalar
from planwriter.start.records import replace
from planwriter.start.typing import TYPE_CHECKING, TypeAlias
from planwriter.system import files
from planwriter.system.workspace import leads_out

if TYPE_CHECKING:
    from planwriter.sheets.sheet import Sheet

OpenedWorkbook: TypeAlias = "Result[tuple[Sheet, ...] | None]"
OpenWorkbookIn: TypeAlias = Callable[[str, Scalar], OpenedWorkbook]
"""Opens the workbook that an outline in a folder names."""


def open_workbook(folder: str, name: Scalar) -> OpenedWorkbook:
    """The sheets of a workbook named in an outline in `folder`."""
    from planwriter.sheets.read import MAX_BYTES, read_workbook

    data = _read_linked(folder, name, "工作簿", "工作簿", MAX_BYTES)
    if data.value is None:
        return Result(None, data.findings)
    sheets = read_workbook(data.value, name.value.replace("\\", "/"))
    return Result(sheets.value if sheets.value else None, (*data.findings, *sheets.findings))


def open_picture(folder: str, name: Scalar) -> Result[Image | None]:
    """The picture named in an outline in `folder`."""
    from planwriter.outline import images

    if not name.value.lower().endswith(images.ENDINGS):
        advice = "写 {指标: [……]}，由指标画成；或写 .png、.jpg 图片的文件名。"
        return Result(None, (finding("PW460", name.span, reason=f"“{name.value}”不是图片的文件名", advice=advice),))
    data = _read_linked(folder, name, "图", "图片", images.MAX_BYTES)
    if data.value is None:
        return Result(None, data.findings)
    image = images.read_image(data.value)
    if isinstance(image, str):
        return Result(
            None,
            (finding("PW460", name.span, reason=image, advice="用画图或看图的程序打开，另存为 PNG 或 JPEG 再用。"),),
        )
    return Result(image, data.findings)


def outside_hint(folder: str, name: Scalar | Text, path: str | None = None) -> tuple[Finding, ...]:
    """PW124 at a file or folder that an outline in `folder` names, if that lies outside its workspace.

    It is at `path` if that is given, otherwise where its name leads from `folder`.
    """
    place = name.span if isinstance(name, Scalar) else name.origin
    if place is None or not leads_out(folder, path or name.value.replace("\\", "/")):
        return ()
    return (finding("PW124", place, file=name.value),)


def _read_linked(folder: str, name: Scalar, key: str, what: str, limit: int) -> Result[bytes | None]:
    """The bytes of a file that an outline names relative to its own `folder`; findings are placed at the name."""
    shown = name.value.replace("\\", "/")
    if os.path.isabs(shown) or ":" in shown:
        advice = f"把{what}放在提纲旁边，只写文件名，别的电脑上才找得到。"
        wrong = finding(
            "PW203", name.span, key=key, expected="相对于提纲的文件名", found=f"“{name.value}”", advice=advice
        )
        return Result(None, (wrong,))
    data = files.read_file(os.path.join(folder, shown), shown, limit=limit)
    told = (replace(each, pos=name.span.pos, source=name.span.source) for each in data.findings)
    return Result(data.value, (*outside_hint(folder, name), *told))


def read_superior(session: Session, path: str, *, shown: str = "") -> Result[Outline | None]:
    """The superior plan, read only for its targets. Findings on the rest concern only its authors: not reported.

    `shown` is its name in an outline; "" if the command line names it. None, with PW456, if it cannot be read. Its own
    superior plan is not opened.
    """
    read_it = files.read_file if shown else files.read_named
    shown = shown or files.shown_path(path)
    data = read_it(path, shown)
    if data.value is None:
        return Result(
            None,
            (finding("PW456", Pos(shown), reason=data.findings[0].message.removeprefix("读不到文件：").rstrip("。")),),
        )
    tree = load_tree(data.value, shown, keys.OUTLINE_KEYS)
    kinds = session.at(path).kinds().value
    read = None
    if tree.value is not None and kinds:
        read = read_outline(tree.value, kinds, None, functools.partial(open_workbook, os.path.dirname(path))).value
    if read is None or not any(not target.broken for target in read[0].targets):
        told = next((each.message for each in tree.findings if each.severity is Severity.ERROR), "里面没有指标")
        return Result(None, (finding("PW456", Pos(shown), reason=f"{shown}：{told.rstrip('。')}"),))
    return Result(read[0])


def open_superior(session: Session, outline: Outline, folder: str) -> Result[Outline | None]:
    """The plan that an outline in `folder` names as its 上级文件; findings are placed at that name."""
    name = outline.superior
    assert name is not None and name.origin is not None
    shown = name.value.replace("\\", "/")
    if os.path.isabs(shown) or ":" in shown:
        return Result(None, (finding("PW456", name.origin, reason=f"“{name.value}”不是相对于提纲的文件名"),))
    read = read_superior(session, os.path.join(folder, shown), shown=shown)
    told = (replace(each, pos=name.origin.pos, source=name.origin.source) for each in read.findings)
    return Result(read.value, (*outside_hint(folder, name), *told))
