"""The 任务分解表 that an outline gives, and where each of its rows stands in the file."""

from __future__ import annotations

from collections import Counter

from planwriter.app.task_edit.table_change import NotCertain, TableRow
from planwriter.findings.finding import Span
from planwriter.importing.tasks.into import mappings_in
from planwriter.importing.tasks.match import MatchedRow
from planwriter.model import Level, Section
from planwriter.model.walk import Visit
from planwriter.plan.tables import TaskLine
from planwriter.source.changes import Path, node_at
from planwriter.source.keys import BLOCK_HEADS
from planwriter.source.nodes import Mapping


class OutlineTable:
    """The rows of the outline's table, and where each one stands in its file."""

    def __init__(self, tree: Mapping, shown: str, lines: list[TaskLine]) -> None:
        self.tree, self.shown, self.lines = tree, shown, lines
        self.places: dict[int, Path] = {}
        for path, node in mappings_in(tree):
            head = next((key for key in node.entries if key in BLOCK_HEADS), None)
            if head is not None:
                self.places[node.keys[head].span.start] = path
        self.paths = [self.path_of(line.visit.block) for line in lines]
        self.uses = Counter(self.paths)

    def keys(self) -> list[MatchedRow]:
        """The rows by what an edited table is matched with."""
        return [MatchedRow(number, line.task, line.content) for number, line in enumerate(self.lines, 1)]

    def rows(self) -> list[TableRow]:
        """The rows as they are shown."""
        return [TableRow(*line[1:]) for line in self.lines]

    def path_of(self, block: object) -> Path | None:
        """The path of the block, or of the use of the clause that it was made from; None if it is not known."""
        span = self.cause_of(block)
        if span is None and isinstance(block, Section) and not block.clause:
            span = block.origin
        return self.places.get(span.start) if span is not None and span.source.name == self.shown else None

    def cause_of(self, block: object) -> Span | None:
        """The use that a block of a clause was made from."""
        texts = (block.title, block.text) if isinstance(block, Section) else (getattr(block, "text", None),)
        causes = (text.origin.cause for text in texts if text is not None and text.origin is not None)
        return next((cause.place for cause in causes if cause is not None), None)

    def node(self, row: int) -> tuple[Path, Mapping]:
        """The mapping that a row was made from. Raises NotCertain."""
        path = self.paths[row]
        if path is None:
            raise NotCertain("不知道它在提纲的哪一处")
        node = node_at(self.tree, path)
        assert isinstance(node, Mapping)
        return path, node

    def place(self, row: int) -> Span:
        """Where the block of a row stands in the outline."""
        path = self.paths[row]
        return next(iter(node.keys.values())).span if path and (node := self.node(row)[1]).keys else self.tree.span

    def chapter(self, row: int) -> Section | None:
        """The 章 around a row."""
        visit: Visit = self.lines[row].visit
        for each in reversed((*visit.parents, visit.block)):
            if isinstance(each, Section) and each.level is Level.CHAPTER and each.title:
                return each
        return None
