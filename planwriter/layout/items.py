"""A layout as a flat table: the path of every item in a layout file, and its value as written there."""

from __future__ import annotations

from typing import TypeAlias

from planwriter.layout.layout import SIZES, Layout, Length, Role
from planwriter.source import keys

Path: TypeAlias = tuple[str, ...]
"""The keys that lead to an item: ("页边", "上"), ("文字", "正文", "字号")."""

_SIZE_NAMES = {length: name for name, length in SIZES.items()}


def items(layout: Layout) -> dict[Path, str]:
    """Every item of a layout except its name and the substitutes of fonts, in the order of `keys`."""
    number = layout.page_number
    made: dict[Path, str] = {
        ("纸张", "宽"): mm_text(layout.paper[0]),
        ("纸张", "高"): mm_text(layout.paper[1]),
        **{("页边", key): mm_text(getattr(layout.margins, _name(rules))) for key, rules in keys.LAYOUT_MARGINS.items()},
        ("网格", "行距"): pt_text(layout.pitch),
        ("网格", "字距"): pt_text(layout.tracking),
        ("页码", "字体"): number.font,
        ("页码", "字号"): size_text(number.size),
        ("页码", "形式"): f"{number.before}1{number.after}",
        ("页码", "位置"): "外侧" if number.outside else "居中",
        ("页码", "空字"): count_text(number.inset, "字"),
        ("页码", "距版心"): mm_text(number.gap),
        ("西文",): layout.latin,
    }
    for key, rules in keys.LAYOUT_ROLES.items():
        for name, text in _role_items(layout.role(_name(rules))).items():
            made["文字", key, name] = text
    return made


def _role_items(role: Role) -> dict[str, str]:
    return {
        "字体": role.font,
        "字号": size_text(role.size),
        "加粗": "是" if role.bold else "否",
        "颜色": "红" if role.red else "黑",
        "首行缩进": count_text(role.indent, "字"),
        "段后": count_text(role.after, "行"),
        "对齐": role.align,
    }


def item_name(path: Path) -> str:
    """An item as findings name it: its keys, without the 文字 before those of a role."""
    return " ".join(path[1:] if path[0] == "文字" else path)


def mm_text(length: Length) -> str:
    """A length in millimetres: 37mm."""
    return _figure(length.mm) + "mm"


def pt_text(length: Length) -> str:
    """A length in points: 28.95磅."""
    return _figure(length.points) + "磅"


def size_text(size: Length) -> str:
    """A type size by its name, if it has one."""
    return _SIZE_NAMES.get(size) or pt_text(size)


def count_text(count: float, unit: str) -> str:
    """A count with at most one decimal, and its unit: 2字."""
    return f"{count:.1f}".removesuffix(".0") + unit


def _figure(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if round(value, 3) else "0"


def _name(rules: dict[str, dict[str, str]]) -> str:
    return rules["meta"]["name"]
