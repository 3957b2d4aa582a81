"""Draws the charts of a document before a writer starts, so that a failing chart leaves no half-written file."""

from __future__ import annotations

from planwriter.findings.finding import Findings, Pos, Result
from planwriter.layout.layout import Layout
from planwriter.model import Block, Document, Image, Picture
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import figures_in, rebuild
from planwriter.start.records import replace


def draw_pictures(document: Document, layout: Layout, memo: Memo = NO_MEMO) -> Result[Document | None]:
    """Returns the document with an image for each chart; None and the findings if a chart cannot be drawn."""
    figures = figures_in((*document.parts, *document.attachments), memo)
    if not any(isinstance(each, Picture) and each.image is None for each in figures):
        return Result(document)
    found = Findings()

    def drawn(block: Block) -> Block:
        if not isinstance(block, Picture) or block.image is not None:
            return block
        return replace(block, image=found.take(_draw(block, layout)))

    parts = tuple(replace(part, blocks=rebuild(part.blocks, drawn)) for part in document.parts)
    attachments = tuple(replace(each, blocks=rebuild(each.blocks, drawn)) for each in document.attachments)
    if found:
        return found.result(None)
    return Result(replace(document, parts=parts, attachments=attachments))


def fonts_of(layout: Layout) -> tuple[str, ...]:
    """The fonts preferred for a chart: that of the layout's body, then its substitutes."""
    body = layout.role("body").font
    return (body, *(other for name, other in layout.substitutes if name == body))


def _draw(picture: Picture, layout: Layout) -> Result[Image | None]:
    """The PNG of a chart; findings point at the place where the author wrote the chart."""
    from planwriter.outline.images import read_image
    from planwriter.writers.plot import draw

    fonts = fonts_of(layout)
    made = draw(picture.series, picture.form, "png", fonts=fonts, width=layout.width)
    if made.value is None:
        place = picture.origin.pos if picture.origin else Pos("图")
        source = picture.origin.source if picture.origin else None
        return Result(None, tuple(replace(each, pos=place, source=source) for each in made.findings))
    image = read_image(made.value)
    assert isinstance(image, Image)
    return Result(image)
