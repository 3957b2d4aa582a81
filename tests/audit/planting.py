"""A correct .docx, and functions that introduce faults into its XML; contains no tests."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable

from lxml import etree

from planwriter.layout.find import load_layout
from planwriter.layout.layout import Layout
from planwriter.model import Attachment, Box, Document, Frame, Level, Text
from planwriter.start.records import replace
from planwriter.writers.docx.write import render_docx
from tests.documents import document, paragraph, section, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
Element = etree._Element
Change = Callable[[Element], None]


def layout() -> Layout:
    found = load_layout("gb9704").value
    assert found is not None
    return found.layout


@functools.cache
def good() -> bytes:
    """`everything` in the standard layout."""
    found = load_layout("gb9704").value
    assert found is not None
    return render_docx(everything(), found.layout, found.base)


def rendered(own: Layout) -> bytes:
    """`everything` in a different layout."""
    return render_docx(everything(), own)


@functools.cache
def everything() -> Document:
    """A notice with everything around it, and a plan of four levels with tables, a box and two attachments."""

    def text(value: str) -> Text:
        return Text(value=value)

    frame = Frame(
        form="通知",
        head="印制",
        issuers=(text("青山县教育局"),),
        number=text("青教发〔2026〕3号"),
        classification=text("机密★1年"),
        urgency=text("特急"),
        copy_number=text("000012"),
        recipients=(text("各镇中心学校"), text("县直各学校")),
        notice_title=text("青山县教育局关于印发工作要点的通知"),
        notice_body=text("现将《青山县教育局2026年工作要点》印发给你们，请认真贯彻执行。"),
        signatures=(text("青山县教育局"),),
        date=text("2026年3月5日"),
        note=text("此件公开发布"),
        copies=(text("县委办公室"), text("县政府办公室")),
        printer=text("青山县教育局办公室"),
        print_date=text("2026年3月6日"),
    )
    plan = document(
        paragraph("为办好人民满意的教育，落实“双减”要求，制定本要点。"),
        section(
            Level.CHAPTER,
            "办好学前教育",
            "",
            section(
                Level.SECTION,
                "扩大资源",
                "",
                section(
                    Level.ITEM,
                    "新建园舍",
                    "新建公办幼儿园12所，改扩建3所。",
                    section(Level.SUBITEM, "选好校址", "年内完成选址。"),
                ),
                section(Level.ITEM, "配齐教师", "招聘教师60名。"),
            ),
            section(Level.SECTION, "落实政策", "免除大班保教费，按月核对人数。"),
            section(Level.SECTION, "科学保教"),
        ),
        section(Level.CHAPTER, "办好义务教育"),
        section(Level.CHAPTER, "加强保障"),
        table(("年", "数"), ("2026", "12所"), ("2027", "13所"), caption="表1　主要指标"),
        Box(
            title=text("专栏1　学前教育工程"),
            children=(paragraph("改造园舍。"), section(Level.CHAPTER, "任务", "新建3所。")),
        ),
    )
    more = Attachment(title=text("主要指标"), blocks=(paragraph("指标如下。"),))
    return replace(plan, frame=frame, attachments=(more,))


def changed(data: bytes, part: str, change: Change) -> bytes:
    """The package with one part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(part))
    change(root)
    return with_parts(data, {part: etree.tostring(root, xml_declaration=True, encoding="UTF-8")})


def with_parts(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The package with parts replaced or added; those that are None are left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as made:
        for name in archive.namelist():
            content = parts.get(name, archive.read(name))
            if content is not None:
                made.writestr(name, content)
        for name in parts.keys() - set(archive.namelist()):
            made.writestr(name, parts[name] or b"")
    return buffer.getvalue()


def footer_part(data: bytes, kind: str) -> str:
    """The part that holds the default or even footer."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root, rels = (etree.fromstring(archive.read(name)) for name in (BODY, "word/_rels/document.xml.rels"))
    reference = next(each for each in root.iter(f"{W}footerReference") if each.get(f"{W}type") == kind)
    rel_id = next(value for key, value in reference.attrib.items() if str(key).endswith("}id"))
    return "word/" + next(str(each.get("Target")) for each in rels if each.get("Id") == rel_id)


def put(parent: Element, path: str, **attributes: str | None) -> None:
    """Sets attributes of the element at `path` below each `parent`, creating missing elements; None removes an attribute."""
    at = parent
    for name in path.split("/"):
        child = at.find(W + name)
        at = etree.SubElement(at, W + name) if child is None else child
    for key, value in attributes.items():
        if value is None:
            at.attrib.pop(W + key, "")
        else:
            at.set(W + key, value)


def everywhere(name: str, **attributes: str | None) -> Change:
    """Sets attributes of every element `name`."""

    def change(root: Element) -> None:
        for element in list(root.iter(W + name)):
            for key, value in attributes.items():
                if value is None:
                    element.attrib.pop(W + key, "")
                else:
                    element.set(W + key, value)

    return change


def removed(name: str) -> Change:
    """Removes every element `name`."""

    def change(root: Element) -> None:
        for element in list(root.iter(W + name)):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)

    return change


def styled(name: str, path: str, **attributes: str | None) -> Change:
    """Changes the style `name` at `path`."""

    def change(root: Element) -> None:
        for style in root.iter(f"{W}style"):
            found = style.find(f"{W}name")
            if found is not None and found.get(f"{W}val") == name:
                put(style, path, **attributes)
                return
        raise AssertionError(f"no style {name}")

    return change


def words(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def paragraph_of(root: Element, start: str) -> Element:
    """The paragraph that begins with `start`."""
    return next(each for each in root.iter(f"{W}p") if words(each).startswith(start))


def formed(start: str, path: str, **attributes: str | None) -> Change:
    """Changes the paragraph that begins with `start` at `path`, such as pPr/ind."""

    def change(root: Element) -> None:
        found = paragraph_of(root, start)
        if path.startswith("pPr") and found.find(f"{W}pPr") is None:
            found.insert(0, etree.Element(f"{W}pPr"))
        put(found, path, **attributes)

    return change


def typed(start: str, name: str, **attributes: str | None) -> Change:
    """Sets a property of all runs of the paragraph that begins with `start`."""

    def change(root: Element) -> None:
        for run in paragraph_of(root, start).iter(f"{W}r"):
            if run.find(f"{W}rPr") is None:
                run.insert(0, etree.Element(f"{W}rPr"))
            put(run, f"rPr/{name}", **attributes)

    return change


def reworded(old: str, new: str) -> Change:
    """Replaces words in the first text that holds them."""

    def change(root: Element) -> None:
        for element in root.iter(f"{W}t"):
            if old in (element.text or ""):
                element.text = (element.text or "").replace(old, new)
                return
        raise AssertionError(f"no text {old}")

    return change


def appended(text: str) -> Change:
    """A new plain paragraph at the end of the document."""

    def change(root: Element) -> None:
        made = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t").text = text
        next(root.iter(f"{W}body")).find(f"{W}sectPr").addprevious(made)  # type: ignore[union-attr]

    return change


def inserted(before: str, text: str) -> Change:
    """A new plain paragraph before the one that begins with `before`."""

    def change(root: Element) -> None:
        made = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t").text = text
        paragraph_of(root, before).addprevious(made)

    return change
