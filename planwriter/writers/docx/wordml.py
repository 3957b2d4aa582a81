"""WordprocessingML that python-docx does not cover: elements in the order of the schema, East Asian fonts, page fields."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

_P_PR = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr pPrChange"
)
_R_PR = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
    "specVanish oMath rPrChange"
)
_STYLE = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
)
_SETTINGS = (
    "zoom mirrorMargins defaultTabStop autoHyphenation evenAndOddHeaders noPunctuationKerning characterSpacingControl "
    "footnotePr endnotePr compat rsids decimalSymbol listSeparator"
)
_TBL_PR = "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook"
ORDER: dict[str, tuple[str, ...]] = {
    "pPr": tuple(_P_PR.split()),
    "rPr": tuple(_R_PR.split()),
    "style": tuple(_STYLE.split()),
    "settings": tuple(_SETTINGS.split()),
    "styles": ("docDefaults", "latentStyles", "style"),
    "tblPr": tuple(_TBL_PR.split()),
}
"""The order of children in the schema (ECMA-376); Word and WPS silently ignore elements out of order."""

BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def put(parent: Any, tag: str, **attributes: object) -> Any:
    """Returns the child `w:tag` of `parent`, added in its place by the schema if missing, with these w: attributes set.

    An existing child keeps its other attributes.
    """
    child = parent.find(qn(f"w:{tag}"))
    if child is None:
        child = OxmlElement(f"w:{tag}")
        insert(parent, child)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), str(value))
    return child


def insert(parent: Any, child: Any) -> None:
    """Inserts `child` before the first child of `parent` that follows it in the schema; at the end if no order is known."""
    order = ORDER.get(_local(parent), ())
    tag = _local(child)
    later = set(order[order.index(tag) + 1 :]) if tag in order else set()
    for index, other in enumerate(parent):
        if _local(other) in later:
            parent.insert(index, child)
            return
    parent.append(child)


def _local(element: Any) -> str:
    return str(etree.QName(element).localname)


def clear(element: Any) -> None:
    """Empties an element and removes the namespaces and attributes that served its old content."""
    for child in list(element):
        element.remove(child)
    for name in list(element.attrib):
        del element.attrib[name]
    strip_namespaces(element)


def strip_namespaces(root: Any) -> None:
    """Drops the namespaces that nothing below `root` uses, except r: (relationships), which a writer may need."""
    ignorable = qn("w:x").replace("wordprocessingml/2006/main}x", "markup-compatibility/2006}Ignorable")
    root.attrib.pop(ignorable, None)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])


def set_fonts(r_pr: Any, font: str, latin: str) -> None:
    """Sets `font` for Chinese and `latin` for letters and digits.

    hAnsi is the Chinese font too, since Word uses it for “ ” ‘ ’ … and —.
    """
    put(r_pr, "rFonts", ascii=latin, hAnsi=font, eastAsia=font, cs=latin)


def set_type_size(r_pr: Any, half_points: int) -> None:
    """Sets the type size for all scripts."""
    put(r_pr, "sz", val=half_points)
    put(r_pr, "szCs", val=half_points)


def set_first_line(p_pr: Any, characters: float, twips: int) -> None:
    """Sets the first-line indent in characters, and in `twips` for programs that do not support characters."""
    put(p_pr, "ind", firstLineChars=round(characters * 100), firstLine=twips)


def add_page_field(paragraph: Any) -> None:
    """Adds a PAGE field as separate runs (begin, code, separate, result, end), all of which WPS needs."""
    _add_run(paragraph, _field_mark("begin"))
    code = OxmlElement("w:instrText")
    code.text = " PAGE "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    _add_run(paragraph, code)
    _add_run(paragraph, _field_mark("separate"))
    add_text(paragraph, "1")
    _add_run(paragraph, _field_mark("end"))


def add_text(paragraph: Any, text: str) -> None:
    """Adds a run of plain text and keeps the spaces at its ends."""
    element = OxmlElement("w:t")
    element.text = text
    if text != text.strip():
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    _add_run(paragraph, element)


def _field_mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _add_run(paragraph: Any, content: Any) -> None:
    run = OxmlElement("w:r")
    run.append(content)
    paragraph.append(run)


def add_table_borders(tbl_pr: Any, eighths: int) -> None:
    """Adds single borders of `eighths` of a point on all sides and between the cells."""
    borders = put(tbl_pr, "tblBorders")
    for side in BORDERS:
        put(borders, side, val="single", sz=eighths, space=0, color="auto")


def add(parent: Any, tag: str, **attributes: object) -> Any:
    """Adds a new last child `w:tag` to `parent`, for elements that may occur several times."""
    child = OxmlElement(f"w:{tag}")
    parent.append(child)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), str(value))
    return child


def root(tag: str) -> Any:
    """The outermost element `w:tag` of a new part."""
    return OxmlElement(f"w:{tag}")


def serialize(root: Any) -> bytes:
    """The bytes of a part whose outermost element is `root`."""
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))
