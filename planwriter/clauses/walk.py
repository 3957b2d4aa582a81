"""What a clause holds: every text that is typed in it, and every clause it uses."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.clauses.clause import Clause
from planwriter.model import Block, Box, Duty, Paragraph, Picture, Section, Table, Text, Use


def texts_of(clause: Clause) -> Iterator[Text]:
    """Every text of a clause and its variants, those handed to the clauses it uses among them; not its sample."""
    yield from _texts(clause.block)
    yield from (text for _, text in clause.variants)


def uses_of(clause: Clause) -> Iterator[Use]:
    """The uses of other clauses in a clause."""
    return (block for block in _blocks(clause.block) if isinstance(block, Use))


def _blocks(block: Block) -> Iterator[Block]:
    yield block
    if isinstance(block, Section | Box):
        for child in block.children:
            yield from _blocks(child)


def _texts(block: Block) -> Iterator[Text]:
    for each in _blocks(block):
        if isinstance(each, Paragraph):
            yield each.text
        elif isinstance(each, Section):
            yield from (text for text in (each.title, each.text) if text)
        elif isinstance(each, Box):
            yield each.title
        elif isinstance(each, Table):
            yield from (each.caption,) if each.caption else ()
            yield from (cell for row in each.rows for cell in row)
        elif isinstance(each, Picture):
            yield from (each.caption,) if each.caption else ()
        else:
            for _, argument in each.arguments:
                yield from (argument,) if isinstance(argument, Text) else argument
        if isinstance(each, Paragraph | Section | Use):
            yield from _duty(each.duty)


def _duty(duty: Duty | None) -> Iterator[Text]:
    if duty is not None:
        yield from (*duty.lead, *duty.support)
        yield from (duty.deadline,) if duty.deadline else ()


def clause_texts(block: Block) -> Iterator[Text]:
    """The titles and texts of a clause's block."""
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Section):
        yield from (text for text in (block.title, block.text) if text)
        for child in block.children:
            yield from clause_texts(child)
