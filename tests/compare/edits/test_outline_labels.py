"""Labels typed by hand, and those that an outline counts."""

from __future__ import annotations

from planwriter.compare.edits.outline_labels import is_printed
from planwriter.compare.edits.sides import sides_of
from planwriter.compare.versions.version import PlanVersion, VersionLine
from planwriter.plan.flow import BODY


def line(label: str, text: str, level: int = 3) -> VersionLine:
    return VersionLine(role=BODY, text=text, label=label, level=level)


BASE = (line("1.", "建好学校。"), line("2.", "上好课。"), line("（1）", "配齐教师。", 4), line("3.", "办好食堂。"))


def printed(edited: tuple[VersionLine, ...], typed: VersionLine, label: str, level: int = 3) -> bool:
    base, changed = (PlanVersion(name="稿", items=each) for each in (BASE, edited))
    return is_printed(sides_of(base, base, changed), typed, line(label, typed.text, level))


def test_the_outline_counts_after_what_was_numbered_changed() -> None:
    promoted = line("3.", "配齐教师。")
    edited = (*BASE[:2], promoted, BASE[3])
    assert printed(edited, promoted, "3.") and printed(edited, promoted, "4.")
    assert not printed(edited, promoted, "（4）") and not printed(edited, promoted, "4.", 4)
    fewer = (BASE[0], line("4.", "办好食堂。"))
    assert printed(fewer, fewer[1], "2.")


def test_a_number_alone_is_what_was_wanted() -> None:
    renumbered = line("5.", "办好食堂。")
    edited = (*BASE[:3], renumbered)
    assert printed(edited, renumbered, "5.") and not printed(edited, renumbered, "3.")
    assert not is_printed(sides_of(*[PlanVersion(name="稿", items=BASE)] * 3), BASE[0], None)
