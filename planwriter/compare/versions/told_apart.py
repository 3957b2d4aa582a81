"""Which part of a line is its label: the same part as in the line that it was made from."""

from __future__ import annotations

from planwriter.compare.versions.version import VersionItem, VersionLine, VersionPicture, WordComment
from planwriter.plan.flow import TITLE
from planwriter.start.records import replace


def as_in_base(item: VersionItem, base: VersionItem) -> VersionItem:
    """An item told apart as the one that it was made from: its label and its level, or the picture that it stands for."""
    if isinstance(base, VersionPicture):
        return _as_picture(item, base)
    if not isinstance(item, VersionLine) or not isinstance(base, VersionLine):
        return item
    if item.role == TITLE and item.text == base.text.replace("\n", ""):
        return replace(item, text=base.text)
    whole = item.whole
    if base.label and whole.startswith(base.label):
        return _split(item, len(base.label), base.level)
    if not base.label and item.label and whole.startswith(base.text[: len(item.label) + 2]):
        return _split(item, 0, base.level)
    if bool(base.label) == bool(item.label) and base.level and item.role == base.role:
        return replace(item, level=item.level or base.level)
    return item


def _split(line: VersionLine, size: int, level: int) -> VersionLine:
    """A line whose label has `size` characters."""
    whole, by = line.whole, size - len(line.label)
    remarks = tuple([shifted(each, -by) for each in line.remarks]) if by else line.remarks
    return replace(line, label=whole[:size], text=whole[size:], level=level, remarks=remarks)


def shifted(remark: WordComment, by: int) -> WordComment:
    """A comment, `by` characters further right."""
    if not remark.end:
        return remark
    return remark._replace(start=max(remark.start + by, 0), end=max(remark.end + by, 0))


def _as_picture(item: VersionItem, base: VersionPicture) -> VersionItem:
    """A paragraph with the words of a picture that was not drawn is that picture."""
    if isinstance(item, VersionLine) and _flat(item.whole) == _flat(base.text):
        return VersionPicture(
            text=base.text, place=item.place, mark=item.mark, copied=item.copied, remarks=item.remarks
        )
    if isinstance(item, VersionPicture) and _flat(item.text) == _flat(base.text):
        return replace(item, text=base.text)
    return item


def _flat(text: str) -> str:
    return " ".join(text.split())
