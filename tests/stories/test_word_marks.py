"""What Word and WPS write around the words that a person types: absorbing sees the words only, and tracked changes as accepted."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from planwriter.app.outputs import render
from planwriter.app.roundtrip.trial import absorbed
from planwriter.app.session import Session
from planwriter.compare.edits.sides import sides_of
from planwriter.compare.versions.from_word import version_of_word
from planwriter.model import MadeFrom
from tests.absorbing import NAME, SAMPLE, opened, printed
from tests.hands import Hand

_AUTHOR = {"author": "王某", "date": "2026-03-02T09:00:00Z"}


def _made(element_name: str, **values: str) -> Any:
    element = OxmlElement(element_name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _mark(paragraph: Any, name: str, number: int) -> None:
    """Says of the end of a paragraph that it was deleted, inserted or moved."""
    form = paragraph.get_or_add_pPr()
    look = form.find(qn("w:rPr"))
    if look is None:
        look = OxmlElement("w:rPr")
        form.append(look)
    look.insert(0, _made(name, id=str(number), **_AUTHOR))


def scattered(hand: Hand) -> None:
    """Runs with numbers of sessions, marks of spelling and smart tags between them; a change of format that is tracked."""
    for number, run in enumerate(list(hand.document.element.body.iter(qn("w:r")))):
        run.set(qn("w:rsidR"), f"00{number:06X}")
        run.addprevious(_made("w:proofErr", type="spellStart"))
        run.addnext(_made("w:proofErr", type="spellEnd"))
        leaf = run.find(qn("w:t"))
        is_plain = all(each.tag in (qn("w:rPr"), qn("w:t")) for each in run) and len(run.findall(qn("w:t"))) == 1
        if is_plain and leaf is not None and len(leaf.text or "") > 4 and " " not in leaf.text:
            other = copy.deepcopy(run)
            leaf.text, other.find(qn("w:t")).text = leaf.text[:3], leaf.text[3:]
            tag = _made("w:smartTag", uri="urn:schemas", element="place")
            run.addnext(tag)
            tag.append(other)
            change = _made("w:rPrChange", id=str(7000 + number), **_AUTHOR)
            change.append(OxmlElement("w:rPr"))
            other.get_or_add_rPr().append(change)


def joined(hand: Hand) -> None:
    _mark(hand.paragraph("就近入学"), "w:del", 8001)


def moved(hand: Hand) -> None:
    source, target = hand.paragraph("编班"), hand.paragraph("建园。新建")
    arrived = copy.deepcopy(source)
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        for each in list(arrived.iter(qn(name))):
            each.getparent().remove(each)
    for number, (paragraph, name) in enumerate(((source, "w:moveFrom"), (arrived, "w:moveTo")), 8100):
        for run in list(paragraph.iter(qn("w:r"))):
            around = _made(name, id=str(number), **_AUTHOR)
            run.addprevious(around)
            around.append(run)
        _mark(paragraph, name, number + 10)
    target.addprevious(arrived)
    for number, (paragraph, name) in enumerate(((source, "w:moveFrom"), (arrived, "w:moveTo")), 8200):
        paragraph.addprevious(_made(f"{name}RangeStart", id=str(number), name="move1", **_AUTHOR))
        paragraph.addnext(_made(f"{name}RangeEnd", id=str(number)))


def pasted(hand: Hand) -> None:
    paragraph: Any = OxmlElement("w:p")
    paragraph.get_or_add_pPr().append(_made("w:pStyle", val="NormalWeb"))
    run: Any = OxmlElement("w:r")
    run.get_or_add_rPr().append(_made("w:rFonts", eastAsia="宋体", ascii="Arial"))
    leaf = OxmlElement("w:t")
    leaf.text = "从网页上粘贴来的一段，照此执行。"
    run.append(leaf)
    paragraph.append(run)
    hand.paragraph("就近入学").addnext(paragraph)


@pytest.mark.parametrize("edit", [joined, moved, pasted])
@pytest.mark.parametrize("around", [None, scattered])
def test_the_outline_prints_what_the_file_says(
    edit: Callable[[Hand], None], around: Callable[[Hand], None] | None
) -> None:
    outline = opened(SAMPLE)
    data = render(Session(), outline.document, "docx", made_from=MadeFrom(NAME, "0" * 64)).value
    assert data is not None
    hand = Hand(data)
    edit(hand)
    if around is not None:
        around(hand)
    edited = version_of_word(hand.save(), "改.docx", base=outline.version()).value
    assert edited is not None
    sides = sides_of(outline.version(), outline.version(), edited)
    made = absorbed(outline, sides)
    assert made.left == () and made.done
    assert printed(made.version) == printed(sides.edited) != printed(outline.version())


def test_nothing_but_marks_is_no_edit() -> None:
    outline = opened(SAMPLE)
    data = render(Session(), outline.document, "docx", made_from=MadeFrom(NAME, "0" * 64)).value
    assert data is not None
    hand = Hand(data)
    scattered(hand)
    edited = version_of_word(hand.save(), "改.docx", base=outline.version()).value
    assert edited is not None
    made = absorbed(outline, sides_of(outline.version(), outline.version(), edited))
    assert (made.done, made.left, made.after) == ((), (), made.before)
