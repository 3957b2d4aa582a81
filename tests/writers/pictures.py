"""Image files of a given size, and targets whose figures can be drawn."""

from __future__ import annotations

import struct
import zlib

from tests.support import outline

TARGETS = (
    "指标:\n"
    '  入园率: {名称: 学前三年毛入园率, 数值: 97, 单位: "%", 界限: 不低于, 基期: {年份: 2025, 数值: 92.50}, 分年: {2026: 97}}\n'
    '  班额: {名称: 大班额比例, 数值: 1, 单位: "%", 界限: 不超过, 基期: {年份: 2025, 数值: 2}, 分年: {2026: 1}}\n'
    "  新建: {名称: 新建幼儿园, 数值: 3, 单位: 所, 分年: {2026: 3}}\n"
    "  教师: {数值: 60, 单位: 名}\n"
)


def png(width: int, height: int) -> bytes:
    """A small white PNG of any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * ((width + 7) // 8)) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    b"\xff\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + b"\x01\x01\x11\0"
    b"\xff\xda\x00\x08\x01\x01\0\0\x3f\0\xaa\xff\xd9"
)
TASKS = (
    "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n"
    "      - 图: {指标: [入园率, 班额], 题: 图1　学前教育主要指标}\n      - 条: 抓好体育\n        文: 动起来。\n"
)
PLAN = outline(
    TASKS,
    extra=TARGETS
    + "附件:\n  - {标题: 主要指标走势图, 图: {指标: [入园率, 新建, 教师], 形式: 柱形}}\n  - {标题: 再看一遍, 图: {指标: [入园率, 班额]}}\n",
)
