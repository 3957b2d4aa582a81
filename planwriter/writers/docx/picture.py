"""Pictures in a .docx: inline DrawingML, each in its own paragraph, and the parts of the package that hold the images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planwriter.layout.layout import Length
from planwriter.plan.flow import CAPTION, Plate
from planwriter.system.zip_write import deflated
from planwriter.writers.docx.markup import STYLE_TAGS, text_attribute, text_xml

if TYPE_CHECKING:
    from planwriter.layout.layout import Layout
    from planwriter.model import Image
    from planwriter.system.zip_write import Packed

_EMU_PER_PIXEL = 9525
"""The size of a pixel at 96 dots per inch, for pictures smaller than the type area."""
_LINES_BESIDE = 6
"""The lines of text that an attachment's label, its title and the caption need on the page of a picture."""
_TYPES = "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
# Single spacing: a line of exact height clips the picture.
_FORM = (
    '<w:p><w:pPr>{keep}<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:r>{content}</w:r></w:p>'
)


def fitted(image: Image, layout: Layout) -> tuple[Length, Length]:
    """The width and height of a picture on the page: in its own proportions, no larger than the free part of the type area."""
    room = (layout.width.emu, layout.height.emu - layout.pitch.emu * _LINES_BESIDE)
    scale = min(_EMU_PER_PIXEL, room[0] / image.width, room[1] / image.height)
    return Length(round(image.width * scale)), Length(round(image.height * scale))


class Pictures:
    """The pictures of a document; each image is stored once in the package."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._images: dict[tuple[bytes, str], str] = {}
        """The relationship of each image, by its bytes and form."""
        self._count = 0

    def take(self, plate: Plate) -> list[str]:
        """The paragraphs of a picture, which stays on the same page as the caption below it."""
        caption = f'<w:p><w:pPr>{STYLE_TAGS[CAPTION]}<w:keepNext w:val="0"/></w:pPr><w:r>{text_xml(plate.caption)}</w:r></w:p>'
        content = text_xml(plate.text) if plate.image is None else self._drawing(plate, plate.image)
        shown = _FORM.format(keep="<w:keepNext/>" * bool(plate.caption), content=content)
        return [shown, caption] if plate.caption else [shown]

    def _drawing(self, plate: Plate, image: Image) -> str:
        relation = self._images.setdefault((image.data, image.form), f"rIdPicture{len(self._images) + 1}")
        self._count += 1
        width, height = (side.emu for side in fitted(image, self._layout))
        name = f'id="{self._count}" name="图{self._count}" descr="{text_attribute(plate.text)}"'
        return (
            f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {name}/>'
            f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">'
            f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    def add_to(self, entries: dict[str, Packed]) -> None:
        """Adds the images to the package, with their content types and relationships."""
        types, relations = "", ""
        for number, ((data, form), relation) in enumerate(self._images.items(), 1):
            name = f"media/image{number}.{form}"
            entries[f"word/{name}"] = deflated(data)
            relations += f'<Relationship Id="{relation}" Type="{_RELATION}" Target="{name}"/>'
        for form in sorted({form for _, form in self._images}):
            types += f'<Default Extension="{form}" ContentType="image/{form}"/>'
        for part, before, more in ((_TYPES, "<Override ", types), (_RELATIONS, "</Relationships>", relations)):
            entries[part] = deflated(entries[part].data.decode().replace(before, more + before, 1).encode())
