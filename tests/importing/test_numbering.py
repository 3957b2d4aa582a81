"""The numbering of a plan: the forms and restarts of most of its labels, and an own number where one differs."""

import pytest

from planwriter.importing.numbering import Finisher, folded, infer_numbering
from planwriter.importing.script import Script
from planwriter.importing.structure import read_entries
from planwriter.importing.texts import Origins
from planwriter.language.numerals import parse_label_style
from planwriter.model import Document, Numbering, Part, Section
from planwriter.model.walk import walk
from planwriter.outline.numbering import DEFAULT_NUMBERING
from planwriter.plan.number import number_document
from tests.importing.making import lines_of


def made(text: str, *, is_extract: bool = False) -> tuple[Numbering, list[Section]]:
    """The numbering of a text, and its sections with the labels that the program then gives them."""
    lines = lines_of(text)
    origins = Origins(Script(name="旧", lines=tuple(lines)))
    entries = read_entries(lines, origins)
    numbering = infer_numbering([entries], DEFAULT_NUMBERING, is_extract=is_extract)
    blocks = Finisher(origins, numbering).blocks(entries, continued=True)
    part = Part(role="重点任务", blocks=blocks)
    document = number_document(
        Document(title="", parts=(part,), numbering=numbering, duty_note="句末", layout="gb9704")
    ).value
    return numbering, [visit.block for visit in walk(document.parts[0].blocks) if isinstance(visit.block, Section)]


TEXTS = {
    "runs on": "一、甲\n（一）乙\n1.丙。\n2.丙。\n（二）乙\n3.丙。\n二、甲\n（一）乙\n4.丙。\n",
    "restarts": "一、甲\n（一）乙\n1.丙。\n2.丙。\n（二）乙\n1.丙。\n二、甲\n（一）乙\n1.丙。\n",
    "sections run on": "一、甲\n（一）乙\n（二）乙\n二、甲\n（三）乙\n（四）乙\n",
    "doubled and lost": "一、甲\n一、甲\n三、甲\n（二）乙\n（四）乙\n",
    "in the middle": "（五）甲\n16.乙。\n17.乙。\n（六）甲\n18.乙。\n",
    "other forms": "第一章　甲\n(一)乙\n1、丙。\n2、丙。\n⑴丁。\n",
    "mixed forms": "一、甲\n1.乙。\n2.乙。\n3）乙。\n4.乙。\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_program_counts_to_the_labels_that_were_typed(name: str) -> None:
    text = TEXTS[name].replace("⑴", "(1)")
    _, sections = made(TEXTS[name])
    assert [each.label for each in sections] == [
        line[: line.index(each)] for line in text.splitlines() for each in "甲乙丙丁" if each in line
    ]


@pytest.mark.parametrize(("name", "restart"), [("runs on", 0), ("restarts", 2)])
def test_restarts_are_those_of_most_labels(name: str, restart: int) -> None:
    numbering, sections = made(TEXTS[name])
    assert numbering[2].restart == restart
    assert all(each.numbering is None for each in sections)


def test_only_the_exceptions_have_their_own_number() -> None:
    _, sections = made("一、甲\n二、甲\n四、甲\n五、甲\n")
    assert [each.numbering.start if each.numbering else None for each in sections] == [None, None, 4, None]


def test_an_extract_begins_in_the_middle() -> None:
    numbering, sections = made(TEXTS["in the middle"], is_extract=True)
    assert (numbering[1].start, numbering[2].start) == (5, 16)
    assert all(each.numbering is None for each in sections)


def test_what_is_numbered_as_the_kind_says_stays_so() -> None:
    assert made("一、甲\n（一）乙。丙。\n1.丁。戊。\n")[0] == DEFAULT_NUMBERING


def test_titles_alone_or_with_text_behind_them_as_most_are() -> None:
    numbering, sections = made("一、甲甲。乙丙。\n二、甲甲。乙丙。\n三、甲甲\n乙丙。\n")
    assert numbering[0].run_in is True
    assert [each.run_in for each in sections] == [None, None, False]


def test_spellings_of_one_form_are_the_same() -> None:
    assert folded(parse_label_style("1.")) == folded(parse_label_style("1、"))
    assert folded(parse_label_style("（一）")) == folded(parse_label_style("(一)"))
    assert folded(parse_label_style("（1）")) != folded(parse_label_style("1）"))
