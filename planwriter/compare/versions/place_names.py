"""What people call the places of a plan: 二、（三）建强教师队伍, 标题, 附件1."""

from __future__ import annotations

from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionPicture, VersionTable
from planwriter.model.walk import TextRole
from planwriter.plan.flow import HEADINGS, LineRole

_ROLES = {
    LineRole.TITLE: "标题",
    LineRole.BOX_TITLE: "专栏",
    LineRole.COPY_NUMBER: "份号",
    LineRole.SECRECY: "密级和紧急程度",
    LineRole.MARK: "发文机关标志",
    LineRole.NUMBER: "发文字号",
    LineRole.RECIPIENTS: "主送机关",
    LineRole.ATTACHED: "附件说明",
    LineRole.SIGNATURE: "署名",
    LineRole.DATE: "成文日期",
    LineRole.NOTE: "附注",
    LineRole.IMPRINT: "版记",
}
_LONGEST = 24
"""The most characters of a title that a name takes."""
_ENDS = "。；："


def clause_names(version: PlanVersion) -> tuple[str, ...]:
    """The name of each item's place."""
    made: list[str] = []
    above: list[tuple[int, str]] = []
    """The headings around the present item: their levels and labels."""
    title, caption, attachment = "", "", ""
    for each in version.items:
        if isinstance(each, VersionLine) and each.role == LineRole.LABEL:
            attachment, above, title = each.text, [], ""
            made.append(attachment)
            continue
        if isinstance(each, VersionLine) and each.level:
            while above and above[-1][0] >= each.level:
                above.pop()
            above.append((each.level, each.label))
            title = title_of(each)
        role = each.role if isinstance(each, VersionLine) else None
        path = "".join(label for _, label in above)
        if role in _ROLES:
            place = _ROLES[role]
        elif path or title:
            place = path + title
        else:
            place = "正文" if attachment else "导语"
        made.append(_join(attachment, place, _kind(each, caption)))
        caption = each.text if role == LineRole.CAPTION and isinstance(each, VersionLine) else ""
    return tuple(made)


def _join(attachment: str, place: str, kind: str) -> str:
    return " ".join(part for part in (attachment, place, kind) if part)


def _kind(item: VersionItem, caption: str) -> str:
    if isinstance(item, VersionTable):
        return f"表“{_cut(caption)}”" if caption else "表"
    return "图" if isinstance(item, VersionPicture) else ""


def title_of(line: VersionLine) -> str:
    """The title of a numbered paragraph, cut if it is long; "" if it has none."""
    stretch = next((each for each in line.stretches if each.role == TextRole.TITLE), None)
    if stretch is not None:
        return _cut(line.text[stretch.start : stretch.end])
    if line.role in HEADINGS:
        return _cut(line.text)
    first = min((at for mark in _ENDS if (at := line.text.find(mark)) >= 0), default=-1)
    return line.text[:first] if 0 < first <= _LONGEST else ""


def _cut(title: str) -> str:
    plain = " ".join(title.split()).rstrip("。；：")
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"
