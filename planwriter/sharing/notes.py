"""The change list of a release, in Markdown, which is published with the package."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.clauses.clause import Manifest
from planwriter.sharing.changes import Change, Demand
from planwriter.start.patterns import regex

_HEADINGS = {
    Demand.MAJOR: "不兼容的改动（引用了这些条款的提纲要跟着改）",
    Demand.MINOR: "新增和放宽",
    Demand.PATCH: "文字和其他改动",
}
_MARKS = regex(r"([\\`*_<>\[\]#|~])")


def render_first_notes(manifest: Manifest, count: int) -> str:
    """The change list of a library's first release, with `count` clauses."""
    return f"# {_plain(manifest.name)} {manifest.version}\n\n首次发布，共 {count} 条。\n"


def render_notes(manifest: Manifest, before: str, changes: Sequence[Change]) -> str:
    """The change list since version `before`, grouped by the version increase that a change demands."""
    lines = [f"# {_plain(manifest.name)} {manifest.version}", "", f"和 {before} 相比：{count_words(changes)}。"]
    for demand, heading in _HEADINGS.items():
        chosen = [each for each in changes if each.demand is demand]
        lines += ["", f"## {heading}", ""] if chosen else []
        for each in chosen:
            lines.append(f"- {_plain(each.clause)}：{_plain(each.words)}")
            lines += [line for pair in each.wordings for line in _pair(*pair)]
    return "\n".join(lines) + "\n"


def count_words(changes: Sequence[Change]) -> str:
    """The number of changes of each weight, in a few Chinese words."""
    names = {Demand.MAJOR: "处不兼容的改动", Demand.MINOR: "处新增或放宽", Demand.PATCH: "处文字和其他改动"}
    counts = [(sum(each.demand is demand for each in changes), name) for demand, name in names.items()]
    return "，".join(f"{count} {name}" for count, name in counts if count) or "条款没有改动"


def _pair(before: str, after: str) -> list[str]:
    old = [f"  - 原：{_plain(before)}"] if before else []
    return [*old, f"  - {'改为' if before else '加'}：{_plain(after) if after else '（删去）'}"]


def _plain(text: str) -> str:
    """A text on one line, with the special characters of Markdown escaped."""
    return _MARKS.sub(r"\\\1", " ".join(text.split("\n")))
