"""A plan that was sent to bureaus, and the files that they send back."""

from __future__ import annotations

import functools
import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from planwriter.model import MadeFrom
from planwriter.writers.docx.record import encode, record_of
from tests.hands import Hand
from tests.support import outline, plan, render

TASKS = """重点任务:
  - 章: 提高质量
    内容:
      - 条: 抓好教学
        文: 上好每一堂课。新建幼儿园3所，补充教师30名。完成时限为6月。
        责任单位: [教研室, 县水务局]
      - 条: 改善条件
        文: 改造危房校舍12栋，全部完成验收，列入年度民生实事。
        内容:
          - 款: 配齐图书
            文: 每校配备图书两千册，每年更新一成。
          - 款: 建好操场
            文: 柳林镇、清溪镇的操场年内完工，向居民开放。
      - 条: 保障安全
        文: 每月检查一次校车、食堂和宿舍，隐患限期整改。
"""
TEXT = outline(TASKS)
LATER = (
    TEXT.replace("补充教师30名", "补充教师40名")
    .replace("每年更新一成", "两年更新一次")
    .replace("列入年度民生实事", "列入县级民生实事")
)
"""The outline as it was changed after the file was sent."""


@functools.cache
def sent(text: str = TEXT) -> bytes:
    """The .docx of an outline, with its record."""
    document = plan(text).document
    assert document is not None
    data = render(document, "docx").value
    assert data is not None
    record = encode(record_of(document, MadeFrom("要点.yaml", hashlib.sha256(text.encode()).hexdigest())))
    return _with_record(data, record)


def _with_record(data: bytes, record: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/custom.xml" and b"planwriter-record" not in part:
                made = (
                    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="planwriter-record">'
                    f"<vt:lpwstr>{record}</vt:lpwstr></property></Properties>"
                )
                part = part.replace(b"</Properties>", made.encode())
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def answer(*edits: Callable[[Hand], None], data: bytes = b"") -> bytes:
    """The file as a bureau sends it back, after these edits."""
    hand = Hand(data or sent())
    for edit in edits:
        edit(hand)
    return hand.save()


def put(folder: Path, **files: bytes) -> list[str]:
    """Writes files with these names and the ending .docx; returns their paths."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    return [str(folder / f"{name}.docx") for name in files]
