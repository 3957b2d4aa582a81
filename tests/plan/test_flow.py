"""The flow of lines: each line and each run has a role, and its name is that of a style."""

from __future__ import annotations

import pytest

from planwriter.model import Attachment, Document, Frame, Table, Target, Text
from planwriter.model.added import ADDED, DUTY_NOTE
from planwriter.model.walk import DUTY, TextRole, walk_plan_texts
from planwriter.plan import flow
from planwriter.plan.flow import HEADINGS, MARK, Grid, Imprint, Line, LineRole, Plate, Printed, shown
from planwriter.start.records import replace
from planwriter.writers.docx.markup import PARAGRAPH_STYLES
from tests.documents import document, paragraph, text
from tests.random_outlines import planned_outline
from tests.writers.framed import NOTICE, documents

DOCUMENTS = documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_line_and_run_has_a_role(name: str) -> None:
    lines = [item for item in flow.flow(DOCUMENTS[name]) if isinstance(item, Line)]
    assert lines or name == "no rows"
    roles = [role for line in lines for role in (line.role, *(run.role for run in line.runs))]
    assert all(isinstance(role, LineRole) for role in roles)


def test_a_role_is_written_as_its_name_in_a_layout() -> None:
    assert f"{LineRole.BOX_TITLE}" == str(LineRole.BOX_TITLE) == "box_title"
    assert {"box_title": 1}[LineRole.BOX_TITLE] == 1
    assert [f"{each:>9}" for each in HEADINGS] == [f" heading{number}" for number in range(1, 5)]


def test_the_module_has_a_global_for_every_role_that_is_no_heading() -> None:
    assert all(getattr(flow, role.name) is role for role in LineRole if role not in HEADINGS)


def test_every_role_that_the_flow_gives_has_a_style() -> None:
    printed = {LineRole.BLANK_MARK, LineRole.BLANK_RULE}
    assert {*LineRole} - printed <= {*PARAGRAPH_STYLES}


# the texts of a line

_ADDED = {mark for each in (*ADDED.values(), DUTY_NOTE) for mark in each.before + each.after}
_BETWEEN = _ADDED | {*"，、；。.\t　\n（）附件《》", *"任务摘编0123456789"}
"""The characters that stand between texts."""


def _parts(item: flow.Item) -> list[tuple[str, tuple[Printed, ...], str]]:
    """The texts of a line or a caption: the characters, the texts in them, and the label that they begin with."""
    if isinstance(item, Line):
        return [(item.text, item.texts, item.section.label if item.section else "")]
    if isinstance(item, Imprint):
        return [(row.text, row.texts, "") for row in item.rows]
    return [(item.caption, item.texts, "")] if isinstance(item, Plate) else []


def check_texts(made: Document) -> int:
    """Checks that every character of the flow comes from a text of the document or is added; returns how many come from one."""
    count = 0
    for item in flow.flow(made):
        for line, texts, label in _parts(item):
            at, outside = 0, line[: len(label)]
            assert outside == label
            for start, end, source, offset, role in texts:
                assert at <= start < end <= len(line), (line, texts)
                assert source.value[offset : offset + end - start] == line[start:end], (line, source, offset)
                assert isinstance(role, TextRole)
                between = line[max(at, len(label)) : start]
                assert set(between) <= _BETWEEN or not isinstance(item, Line), (line, between)
                at, count = end, count + end - start
        if isinstance(item, Grid) and item.block is not None:
            assert item.rows == tuple(tuple(cell.value for cell in row) for row in item.block.rows)
    return count


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_characters_of_a_line_are_those_of_its_texts(name: str) -> None:
    assert check_texts(DOCUMENTS[name]) or name == "no rows"


@pytest.mark.parametrize("seed", range(60))
def test_so_they_are_in_any_outline(seed: int) -> None:
    made = planned_outline(seed)
    assert check_texts(made)
    printed = {id(each.text) for item in flow.flow(made) for _, texts, _ in _parts(item) for each in texts}
    wanted = _ALWAYS | DUTY if made.duty_note == "句末" else _ALWAYS
    texts = [each for each in walk_plan_texts(made) if each.role in wanted and not isinstance(each.holder, Target)]
    assert [each.text.value for each in texts if each.text.value.strip() and id(each.text) not in printed] == []


_ALWAYS = frozenset(
    (TextRole.TITLE, TextRole.TEXT, TextRole.BOX_TITLE, TextRole.CAPTION, TextRole.PREFACE, TextRole.ATTACHMENT_TITLE)
)
"""The roles of texts that every document prints."""


def test_an_issuer_is_printed_without_the_word_that_is_added() -> None:
    frame = Frame(form="直发", head="印制", issuers=(text("青山县教育局文件"),))
    made = [item for item in flow.flow(_framed(frame)) if isinstance(item, Line) and item.role == MARK]
    assert [(each.start, each.end, each.offset) for each in made[0].texts] == [(0, 6, 0)]
    assert made[0].text == "青山县教育局文件"


_NOTICE = Frame(form="通知", head="无", notice_body=text("甲"))


@pytest.mark.parametrize(
    ("frame", "before"),
    [
        (_NOTICE, ["甲", "附件：1.要点2.名单"]),
        (replace(_NOTICE, body_attached=False), ["甲", "正文。", "附件：名单"]),
        (replace(_NOTICE, body_attached=False, listed_in_notice=True), ["甲", "附件：名单"]),
        (replace(_NOTICE, listed_in_notice=True), ["甲", "附件：1.要点2.名单"]),
        (replace(_NOTICE, body_attached=False, lists_attachments=False, listed_in_notice=True), []),
    ],
)
def test_the_list_of_attachments_stands_below_the_notice_or_the_plan(frame: Frame, before: list[str]) -> None:
    attachment = Attachment(title=text("名单"), blocks=(paragraph("乙"),))
    made = replace(document(paragraph("正文。"), title="要点"), frame=frame, attachments=(attachment,))
    found = [item for item in flow.flow(made) if isinstance(item, Line) and item.text.strip()]
    roles = [each.role for each in found]
    last = max((at for at, role in enumerate(roles) if role == LineRole.ATTACHED), default=-1)
    wanted = (LineRole.BODY, LineRole.ATTACHED)
    shown = [each for each in found[: last + 1] if each.role in wanted]
    bodies = [each.text for each in shown if each.role == LineRole.BODY]
    listed = "".join(each.text for each in shown if each.role == LineRole.ATTACHED)
    assert [*bodies, *([listed] if listed else [])] == before


def test_a_note_is_printed_from_behind_its_bracket() -> None:
    frame = Frame(form="直发", head="无", note=text("（此件公开发布）"))
    (found,) = [item for item in flow.flow(_framed(frame)) if isinstance(item, Line) and item.role == LineRole.NOTE]
    (each,) = found.texts
    assert (found.text, each.start, each.end, each.offset) == ("（此件公开发布）", 1, 7, 1)


def _framed(frame: Frame) -> Document:
    return replace(document(paragraph("正文。")), frame=frame)


def test_the_title_of_an_extract_is_covered_as_far_as_it_was_typed() -> None:
    typed = Text(value="青山县\n2026年要点")
    made = replace(document(paragraph("正文。")), title="青山县2026年要点（教研室任务摘编）", title_text=typed)
    first = next(flow.flow(made))
    assert isinstance(first, Line)
    assert [(each.start, each.end, each.offset) for each in first.texts] == [(0, 3, 0), (3, 10, 4)]


# what a reader sees


def test_a_joint_mark_is_a_line_for_each_issuer_and_one_for_the_word_behind_them() -> None:
    made = _framed(NOTICE)
    lines = [each for item in flow.flow(made) for each in shown(item) if isinstance(each, Line)]
    marks = [each for each in lines if each.role == MARK]
    assert [each.text for each in marks] == ["青山县教育局", "青山县发展和改革局", "文件"]
    assert [[(one.start, one.end, one.text.value) for one in each.texts] for each in marks] == [
        [(0, 6, "青山县教育局")],
        [(0, 9, "青山县发展和改革局")],
        [],
    ]
    assert [each.text for each in lines if each.role == LineRole.IMPRINT] == [
        "抄送：县委办公室，县政府办公室。",
        "青山县教育局办公室\t2026年3月6日印发",
    ]


def test_a_rule_and_paper_with_a_mark_show_no_text() -> None:
    frame = Frame(form="直发", head="留空", issuers=(text("青山县教育局"),))
    made = [each for item in flow.flow(_framed(frame)) for each in shown(item)]
    assert all(isinstance(each, Line) and each.text for each in made)
    assert "青山县教育局" not in [each.text for each in made if isinstance(each, Line)]


def test_the_caption_of_a_picture_is_a_line_after_it() -> None:
    caption = text("图1　变化")
    plate = Plate("图的文字", caption.value, None, (Printed(0, 5, caption, 0, TextRole.CAPTION),))
    picture, line = shown(plate)
    assert isinstance(picture, Plate) and picture.caption == "" and picture.text == "图的文字"
    assert isinstance(line, Line) and (line.text, line.texts) == ("图1　变化", plate.texts)


def test_a_table_without_cells_and_a_blank_line_are_not_seen() -> None:
    assert shown(Grid(())) == shown(Grid(((),))) == shown(Line(LineRole.BODY, (flow.Run(" ", LineRole.BODY),))) == ()
    assert len(shown(Grid((("",),)))) == 1


def test_a_line_knows_its_block() -> None:
    made = DOCUMENTS["everything"]
    lines = [item for item in flow.flow(made) if isinstance(item, Line) and item.role != LineRole.TITLE]
    assert all(line.block is not None for line in lines)
    assert {type(item.block) for item in flow.flow(made) if isinstance(item, Grid)} == {Table}
    assert all(line.section is None or line.section is line.block for line in lines)
