"""A workspace whose outlines name everything that an outline can name."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.support import outline

PLAN = outline(
    extra="标题: 要点\n指标: 指标.csv\n上级文件: 上级.yaml\n库: 县库\n版式: 本县\n附件:\n  - {标题: 平面图, 图: 图.png}\n",
    tasks="重点任务:\n  - 章: 提高质量\n    内容:\n      - 用: 题/条\n",
    lead="总体要求: 办好教育，新建{{ 指标.新建 }}。\n",
)
SUPERIOR = outline(extra="指标:\n  新建: {数值: 1, 单位: 所}\n")
LAYOUT = "版式: 本县\n说明: 本县的样子\n基于: gb9704\n"


def picture(color: int) -> bytes:
    """A small PNG of one color."""
    out = io.BytesIO()
    Image.new("L", (40, 20), color).save(out, "PNG")
    return out.getvalue()


def put(name: str, text: str) -> None:
    """Writes a file in the current folder."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def make_workspace() -> None:
    """Makes it in the current folder: 甲 and 丙 name everything, 乙 nothing, 错 has errors, 丁 has rows in 校.csv."""
    put("planwriter.yaml", "检查: {PW456: 忽略}\n")
    put("甲.yaml", PLAN)
    put("乙.yaml", outline())
    put("丙.yaml", PLAN.replace("办好教育", "办好学校"))
    put("错.yaml", "文种: 工作要点\n")
    put("丁.yaml", outline(lead="总体要求: 办好{{ 行.学校 }}，联系{{ 行.联系人 }}。\n"))
    put(
        "校.csv",
        "学校,联系人\n" + "".join(f"第{number}小学,{'某某' if number % 3 else ''}\n" for number in range(1, 8)),
    )
    put("指标.csv", "键,数值,单位\n新建,3,所\n")
    put("上级.yaml", SUPERIOR)
    put("本县.yaml", LAYOUT)
    put("县库/library.yaml", "名称: 县库\n版本: 1.0.0\n")
    put("县库/题.yaml", "- {条款: 题/条, 条: 小题, 文: 抓好教学。}\n")
    Path("图.png").write_bytes(picture(10))
