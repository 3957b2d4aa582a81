"""Draws the charts of a document before a writer starts, so that a failing chart leaves no half-written file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planwriter.findings.finding import Findings, Pos, Result
from planwriter.layout.layout import Layout
from planwriter.model import Block, Box, Document, Image, Picture, Section
from planwriter.outline.images import read_image


def draw_pictures(document: Document, layout: Layout) -> Result[Document | None]:
    """The document with an image for each of its charts; None, with findings, where one cannot be drawn."""
    found = Findings()

    def drawn(picture: Picture) -> Picture:
        return replace(picture, image=found.take(_draw(picture, layout)))

    parts = tuple(replace(part, blocks=_each_picture(part.blocks, drawn)) for part in document.parts)
    attachments = tuple(replace(each, blocks=_each_picture(each.blocks, drawn)) for each in document.attachments)
    if found:
        return found.result(None)
    return Result(replace(document, parts=parts, attachments=attachments))


def _each_picture(blocks: tuple[Block, ...], change: Callable[[Picture], Picture]) -> tuple[Block, ...]:
    """The blocks with each chart that has no image yet changed; the same ones where there is none."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Section | Box) and block.children:
            inside = _each_picture(block.children, change)
            made.append(block if inside is block.children else replace(block, children=inside))
        elif isinstance(block, Picture) and block.image is None:
            made.append(change(block))
        else:
            made.append(block)
    return blocks if all(new is old for new, old in zip(made, blocks, strict=True)) else tuple(made)


def fonts_of(layout: Layout) -> tuple[str, ...]:
    """The fonts preferred for a chart: that of the layout's body, then its substitutes."""
    body = layout.role("body").font
    return (body, *(other for name, other in layout.substitutes if name == body))


def _draw(picture: Picture, layout: Layout) -> Result[Image | None]:
    """The PNG of a chart; findings point at the place where the author wrote the chart."""
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
