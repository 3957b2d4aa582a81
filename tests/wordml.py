"""A .docx made from a document, and what stands in its parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph
from lxml import etree

from planwriter.layout.find import Stored, load_layout
from planwriter.model import Document
from planwriter.writers.docx.write import render_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color "
    "spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt "
    "vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd "
    "tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom removePersonalInformation mirrorMargins defaultTabStop autoHyphenation evenAndOddHeaders "
    "characterSpacingControl footnotePr endnotePr compat rsids decimalSymbol listSeparator",
    "rPrDefault": "rPr",
    "docDefaults": "rPrDefault pPrDefault",
    "font": "altName panose1 charset family notTrueType pitch sig",
}
"""The sequences of ECMA-376 part 1; trPr is a choice without an order."""


def stored() -> Stored:
    found = load_layout("gb9704").value
    assert found is not None
    return found


def render(made: Document) -> bytes:
    layout, base = stored()
    return render_docx(made, layout, base)


def root_of(data: bytes, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def characters(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def lines_of(data: bytes) -> Iterator[str]:
    """The paragraphs and rows that python-docx sees, those that only keep things apart left out."""
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, DocxParagraph):
            title = item.style is not None and item.style.name == "Title"
            if item.runs:
                yield item.text.replace("\n", "") if title else item.text
        elif isinstance(item, DocxTable):
            yield from ("\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in item.rows)
