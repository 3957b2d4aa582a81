"""A change of the 任务分解表: what it does to the table and to the file, and why one is not made."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.importing.tasks.operations import Operation
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass

ELSEWHERE = "在提纲里自己改这一处。"


class ShownChange(NamedTuple):
    """A change as it is shown: the number of the row in the old table (0 for a new one), what changes, before and after."""

    number: int
    what: str
    before: str
    after: str


class TableRow(NamedTuple):
    """A row of the table as its cells."""

    task: str
    content: str
    owners: str
    deadline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """One change: how it is done in the file, what it does to the table, and the cell that it comes from."""

    place: Span
    cell: str
    shown: tuple[ShownChange, ...]
    operations: tuple[Operation, ...]
    row: int = -1
    """The old row that it changes, or before which it adds one."""
    new: TableRow | None = None
    """The row as it becomes, or that is added."""
    adds: bool = False
    removes: tuple[int, ...] = ()
    renames: tuple[str, str] = ("", "")
    """The title of a 章, before and after."""


class NotCertain(Exception):
    """A change whose place in the outline is not certain; says why, and what to do."""

    def __init__(self, reason: str, advice: str = ELSEWHERE) -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice


def not_made(place: Span, why: NotCertain) -> Finding:
    """The finding on a change that is not made, at its cell."""
    return finding("PW747", place, cell=place.pos.cell, reason=why.reason, advice=why.advice)
