"""Small PDFs made by hand, with a Chinese font that every reader knows. No test by itself."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

Placed = tuple[float, float, float, str]
"""A line of text: its left end, its base line, its size, its characters."""


def pdf(pages: Sequence[Sequence[Placed]], *, streams: Sequence[bytes] = (), more: str = "") -> bytes:
    """A PDF with these pages; `streams` are contents of further pages as they stand, compressed."""
    contents = [zlib.compress(_content(page)) for page in pages] + [zlib.compress(each) for each in streams]
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
        "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000"
        "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 880/Descent -120/CapHeight 880/ItalicAngle 0/StemV 80/FontBBox[0 -120 1000 880]>>>>]>>"
    )
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>".encode(),
        font.encode(),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\n\x00\nendstream",
    ]
    for at, content in enumerate(contents):
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {6 + 2 * at} 0 R>>".encode())
        objects.append(f"<</Length {len(content)}/Filter/FlateDecode>>stream\n".encode() + content + b"\nendstream")
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R{more}>>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + end.encode()


def _content(page: Sequence[Placed]) -> bytes:
    lines = (f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, size, text in page)
    return "\n".join(lines).encode()
