"""The record of a .docx in the form in which plans are compared."""

from __future__ import annotations

from planwriter.compare.versions.version import (
    PlanVersion,
    Stretch,
    Value,
    VersionItem,
    VersionLine,
    VersionPicture,
    VersionTable,
)
from planwriter.writers.docx.record import Record, RecordItem, RecordLine, RecordTable


def version_of_record(record: Record, name: str) -> PlanVersion:
    """What a reader saw when the .docx was made; each item's mark is its number in the record, from 0."""
    items = tuple(item_of(item, mark) for mark, item in enumerate(record.items))
    return PlanVersion(name=name, items=items, targets=record.targets)


def item_of(item: RecordItem, mark: int = -1) -> VersionItem:
    """An item of a record; the rows of a table are made equally long, as a reader sees them."""
    if isinstance(item, RecordTable):
        width = max(map(len, item.rows), default=0)
        rows = tuple(row + ("",) * (width - len(row)) for row in item.rows)
        return VersionTable(rows=rows, merges=item.merges, place=item.place, mark=mark)
    if not isinstance(item, RecordLine):
        return VersionPicture(text=item.text, place=item.place, mark=mark)
    return VersionLine(
        role=item.role,
        text=item.text,
        label=item.label,
        level=item.level,
        boxed=item.boxed,
        place=item.place,
        mark=mark,
        clause=item.clause,
        stretches=tuple(Stretch(*each) for each in item.stretches),
        values=tuple(Value(*each) for each in item.values),
    )
