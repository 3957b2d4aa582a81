"""A plan as it may look in a later draft: words changed, blocks put in, deleted and moved. No test by itself."""

from __future__ import annotations

from random import Random
from typing import Any

from planwriter.model import Block, Document, Duty, Paragraph, Section, Table, Text
from planwriter.plan.number import number_document
from planwriter.start.records import replace

_NEW = "另外要抓好3所薄弱学校。年底前完成。"


def varied(document: Document, seed: int) -> Document:
    """A later draft of a numbered document, which is numbered too."""
    chance = Random(seed)
    maker = _Varying(chance)
    parts = tuple(replace(each, blocks=maker.blocks(each.blocks)) for each in document.parts)
    attachments = tuple(replace(each, blocks=maker.blocks(each.blocks)) for each in document.attachments)
    made = replace(
        document,
        parts=parts,
        attachments=attachments,
        preface=tuple(maker.blocks(document.preface)),
        title=document.title.replace("2026年", "2027年") if chance.random() < 0.2 else document.title,
    )
    return number_document(made).value


class _Varying:
    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def blocks(self, blocks: tuple[Any, ...]) -> tuple[Any, ...]:
        """Blocks in another state; at least one is left."""
        made: list[Block] = [self.block(each) for each in blocks]
        if len(made) > 1 and self.often(0.25):
            one, other = self.chance.sample(range(len(made)), 2)
            made[one], made[other] = made[other], made[one]
        if len(made) > 1 and self.often(0.2):
            del made[self.chance.randrange(len(made))]
        if made and self.often(0.2):
            made.insert(self.chance.randint(0, len(made)), self.new(made[0]))
        return tuple(made)

    def new(self, like: Block) -> Block:
        if isinstance(like, Section):
            return replace(like, title=Text(value="新增事项"), text=Text(value=_NEW), children=())
        if isinstance(like, Table):
            return like
        return Paragraph(text=Text(value=_NEW))

    def block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, text=self.text(block.text), duty=self.duty(block.duty))
        if isinstance(block, Section):
            return replace(
                block,
                title=self.text(block.title) if block.title else None,
                text=self.text(block.text) if block.text else None,
                duty=self.duty(block.duty),
                children=self.blocks(block.children),
            )
        if isinstance(block, Table):
            return self.table(block)
        return block

    def duty(self, duty: Duty | None) -> Duty | None:
        if duty is None or not self.often(0.2):
            return duty
        return replace(duty, lead=(*duty.lead, Text(value="督导室")))

    def text(self, text: Text) -> Text:
        if not self.often(0.3):
            return text
        words = text.value
        at = self.chance.randint(0, len(words))
        end = min(at + self.chance.randint(0, 6), len(words))
        new = self.chance.choice(("", "改", "12.5%", "切实抓好", "（2027年）"))
        made = (words[:at] + new + words[end:]).strip()
        return Text(value=made) if made.replace("\n", "").strip() else text

    def table(self, table: Table) -> Table:
        rows = [tuple(self.text(cell) for cell in row) for row in table.rows]
        if self.often(0.2) and not table.merges:
            rows.insert(self.chance.randint(1, len(rows)), tuple(Text(value="新格") for _ in rows[0]))
        if self.often(0.2) and not table.merges and len(rows) > 2:
            del rows[self.chance.randint(1, len(rows) - 1)]
        return replace(table, rows=tuple(rows))
