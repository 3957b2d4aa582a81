"""The edited table beside that of the outline: which rows are which."""

from __future__ import annotations

from planwriter.app.task_edit.outline_table import OutlineTable
from planwriter.importing.tasks.edited import EditedTask
from planwriter.importing.tasks.match import Matching


class TableComparison:
    """The rows of both tables, and which of them are matched."""

    def __init__(self, table: OutlineTable, tasks: tuple[EditedTask, ...], matching: Matching) -> None:
        self.table, self.tasks, self.matching = table, tasks, matching
        self.edited = {old: at for at, (old, _) in matching.pairs.items()}
        """The index of the edited row for that of each old one that is still there."""
