"""Changes written as tracked changes: accepting all gives the new text, rejecting all the old one; nothing else changes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from planwriter.model import Level, Merge
from planwriter.readers.docx.comments import read_comments
from planwriter.readers.docx.document import WordParagraph
from planwriter.readers.docx.read import read_docx
from planwriter.writers.docx.tracked import (
    Insert,
    InsertRow,
    InsertTable,
    Move,
    Remove,
    RemoveRow,
    RemoveTable,
    Tracked,
    WordChange,
    WordRewrite,
    track,
)
from tests.documents import document, paragraph, sample, section, table
from tests.growth import steps
from tests.hands import Hand, retouched
from tests.readers.docx.making import MAIN, packed
from tests.revisions import (
    body,
    lines,
    missing_office,
    missing_validator,
    resolved,
    resolved_by_office,
    texts,
    troubles,
    validated,
    with_body,
)
from tests.wordml import render

_AUTHOR = "planwriter"


@cache
def plan() -> bytes:
    """A plan as it is rendered, with a bookmark round the content of each paragraph."""
    data = render(
        document(
            paragraph("为办好人民满意的教育，制定本计划。"),
            section(
                Level.CHAPTER,
                "办好学前教育",
                "",
                section(Level.SECTION, "扩大资源", "新建公办幼儿园12所，增加学位3600个。"),
            ),
            section(Level.CHAPTER, "办好义务教育", "落实“双减”要求——减轻负担。\n另起一段。"),
            table(("序号", "指标", "2026年"), ("1", "覆盖率", "95%"), ("2", "巩固率", "96%"), caption="表1　主要指标"),
            paragraph("各学校要抓好落实。"),
            paragraph("工作中的问题要及时报告。"),
            table(("甲", "乙"), ("丙", "丁")),
        )
    )
    root = body(data)
    for number, each in enumerate(root.iter(qn("w:p"))):
        ends = [OxmlElement(f"w:bookmark{kind}") for kind in ("Start", "End")]
        for mark in ends:
            mark.set(qn("w:id"), str(number))
        ends[0].set(qn("w:name"), f"_pw_{number}")
        each.insert(1 if each.find(qn("w:pPr")) is not None else 0, ends[0])
        each.append(ends[1])
    return with_body(data, root)


@cache
def worked_on() -> bytes:
    """The same with tracked changes, a comment and a look of hands, and split into runs as by a word processor."""
    hand = Hand(retouched(plan()))
    hand.track("12所", "15所")
    hand.track("制定本计划", "特制定如下计划")
    hand.comment("减轻负担", "再写实一点")
    hand.format("另起", font="黑体")
    return hand.save()


def paragraphs(data: bytes) -> tuple[WordParagraph, ...]:
    return read_docx(data).paragraphs


def number_of(data: bytes, text: str) -> int:
    found = [each.number for each in paragraphs(data) if text in each.text]
    assert len(found) == 1, (text, found)
    return found[0]


def tracked(data: bytes, *changes: WordChange, plain: bool = False, date: str = "") -> bytes:
    """The file with the changes, all of which can be made."""
    made = track(data, changes, "甲.docx", plain=plain, date=date)
    assert made.findings == ()
    assert made.value is not None
    return made.value.data


def proven(data: bytes, *changes: WordChange) -> list[str]:
    """The new text, after all was accepted, rejected and checked."""
    made = tracked(data, *changes)
    plain = tracked(data, *changes, plain=True)
    check(data, made, plain)
    return texts(plain)


def check(data: bytes, made: bytes, plain: bytes) -> None:
    """Fails if accepting or rejecting does not give exactly what it should."""
    assert troubles(made) == []
    new, old = lines(resolved(plain, accept=True)), lines(resolved(data, accept=False))
    for look in ("first", "last"):
        assert lines(resolved(made, accept=True, joined_look=look)) == new
        assert lines(resolved(made, accept=False, joined_look=look)) == old


# words


def test_words_give_way_to_others() -> None:
    number = number_of(plan(), "幼儿园12所")
    text = paragraphs(plan())[number - 1]
    start = text.text.index("12所") - len(text.label)
    made = tracked(plan(), WordRewrite(number, start, start + 2, "15", _AUTHOR))
    check(plan(), made, tracked(plan(), WordRewrite(number, start, start + 2, "15", _AUTHOR), plain=True))
    root = body(made)
    assert ["".join(each.itertext()) for each in root.iter(qn("w:del"))] == ["12"]
    assert ["".join(each.itertext()) for each in root.iter(qn("w:ins"))] == ["15"]
    assert [each.get(qn("w:author")) for each in root.iter(qn("w:ins"))] == [_AUTHOR]
    assert [each.get(qn("w:date")) for each in root.iter(qn("w:ins"))] == [None]
    assert texts(made)[number - 1] == text.text.replace("12所", "15所")


def test_everything_else_keeps_its_bytes() -> None:
    number = number_of(plan(), "各学校")
    made = tracked(plan(), WordRewrite(number, 0, 3, "各单位", _AUTHOR))
    before, after = _document(plan()), _document(made)
    start = next(at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    end = next(at for at, (one, other) in enumerate(zip(before[::-1], after[::-1], strict=False)) if one != other)
    assert "各学校".encode() in before[start - 200 : len(before) - end + 200]
    assert len(before) - end - start < 200
    again = tracked(plan(), WordRewrite(number, 0, 3, "各单位", _AUTHOR))
    assert made == again


def _document(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml")


def test_the_look_of_the_words_is_kept() -> None:
    number = number_of(worked_on(), "另起一段")
    made = tracked(worked_on(), WordRewrite(number, 0, 2, "又一", _AUTHOR))
    shown = [run for run in paragraphs(made)[number - 1].shown if run.text == "又一"]
    assert [run.look.chinese for run in shown] == ["黑体"]


def test_a_comment_goes_with_a_change() -> None:
    number = number_of(worked_on(), "各学校")
    made = tracked(worked_on(), WordRewrite(number, 0, 3, "各单位", _AUTHOR, "改了\n两处"), date="2026-03-05T09:00:00Z")
    comments = read_comments(made)
    assert [(each.author, each.lines) for each in comments] == [
        ("财政局", ("再写实一点",)),
        (_AUTHOR, ("改了", "两处")),
    ]
    assert (comments[1].paragraph, comments[1].date) == (number, "2026-03-05T09:00:00Z")
    assert troubles(made) == []


def test_words_in_the_tracked_change_of_another() -> None:
    number = number_of(worked_on(), "幼儿园15所")
    text = paragraphs(worked_on())[number - 1]
    start = text.text.index("15") - len(text.label)
    made = proven(worked_on(), WordRewrite(number, start, start + 2, "18", _AUTHOR))
    assert "新建公办幼儿园18所，增加学位3600个" in made[number - 1]
    made = proven(worked_on(), WordRewrite(number, start + 1, start + 1, "0", _AUTHOR))
    assert "新建公办幼儿园105所" in made[number - 1]


def test_a_line_break_and_signs_of_xml() -> None:
    number = number_of(plan(), "各学校")
    assert proven(plan(), WordRewrite(number, 3, 3, "<甲&乙>\n丙\t丁", _AUTHOR))[number - 1] == (
        "各学校<甲&乙>\n丙\t丁要抓好落实。"
    )


# paragraphs


def test_a_paragraph_is_put_in() -> None:
    number = number_of(plan(), "各学校")
    made = proven(plan(), Insert(number, "新的一段。", _AUTHOR, like=number))
    assert made[number - 1 : number + 2] == ["各学校要抓好落实。", "新的一段。", "工作中的问题要及时报告。"]


def test_paragraphs_are_put_in_at_the_edges() -> None:
    first, before_table = 1, number_of(plan(), "工作中的问题")
    last = len(paragraphs(plan()))
    cell = number_of(plan(), "覆盖率")
    made = proven(
        plan(),
        Insert(0, "最前", _AUTHOR, like=first),
        Insert(before_table, "表前一", _AUTHOR, like=1),
        Insert(before_table, "表前二", _AUTHOR, like=before_table),
        Insert(cell, "格里", _AUTHOR, like=cell),
        Insert(cell, "表后", _AUTHOR, like=before_table, beyond=True),
        Insert(last, "最后", _AUTHOR, like=1),
    )
    assert made[0] == "最前"
    assert made[-1] == "最后"
    at = made.index("工作中的问题要及时报告。")
    assert made[at - 2 : at + 3] == ["表后", "各学校要抓好落实。", "工作中的问题要及时报告。", "表前一", "表前二"]
    assert made[made.index("覆盖率") + 1] == "格里"


@pytest.mark.parametrize("text", ["各学校", "工作中的问题", "另起一段", "覆盖率", "丁", "扩大资源"])
def test_a_paragraph_is_deleted(text: str) -> None:
    number = number_of(plan(), text)
    made = proven(plan(), Remove(number, _AUTHOR))
    assert not any(text in each for each in made)


def test_all_paragraphs_between_two_tables_are_deleted() -> None:
    first = number_of(plan(), "各学校")
    made = proven(plan(), Remove(first, _AUTHOR), Remove(first + 1, _AUTHOR))
    assert not any("各学校" in each or "工作中" in each for each in made)


def test_paragraphs_move() -> None:
    first, target = number_of(plan(), "各学校"), 1
    made = proven(plan(), Move(first, first, target, _AUTHOR))
    assert made[1] == "各学校要抓好落实。"
    root = body(tracked(plan(), Move(first, first, target, _AUTHOR)))
    assert len(list(root.iter(qn("w:moveFrom")))) >= 1
    assert len(list(root.iter(qn("w:moveFromRangeStart")))) == 1


def test_a_moved_paragraph_is_rewritten() -> None:
    first = number_of(plan(), "各学校")
    made = proven(
        plan(),
        Move(first, first + 1, 1, _AUTHOR),
        WordRewrite(first, 0, 3, "各单位", _AUTHOR),
        WordRewrite(first + 1, 3, 3, "（重大）", _AUTHOR),
    )
    assert made[1:3] == ["各单位要抓好落实。", "工作中（重大）的问题要及时报告。"]


def test_two_paragraphs_change_places() -> None:
    first = number_of(plan(), "各学校")
    made = proven(plan(), Move(first, first, first + 1, _AUTHOR))
    at = made.index("工作中的问题要及时报告。")
    assert made[at + 1] == "各学校要抓好落实。"


def test_a_paragraph_moves_behind_what_is_put_in_behind_it() -> None:
    first = number_of(plan(), "各学校")
    made = proven(plan(), Insert(first, "新的一段。", _AUTHOR, like=first), Move(first, first, first, _AUTHOR))
    at = made.index("新的一段。")
    assert made[at : at + 3] == ["新的一段。", "各学校要抓好落实。", "工作中的问题要及时报告。"]


# rows


def test_rows_are_put_in_and_deleted() -> None:
    number = read_docx(plan()).paragraphs[number_of(plan(), "覆盖率") - 1].table
    made = proven(plan(), InsertRow(number, 1, ("新", "指标", "1%"), _AUTHOR), RemoveRow(number, 2, _AUTHOR))
    at = made.index("新")
    assert made[at - 3 : at + 3] == ["1", "覆盖率", "95%", "新", "指标", "1%"]
    assert "巩固率" not in made


def test_a_cell_is_rewritten() -> None:
    number = number_of(plan(), "95%")
    assert proven(plan(), WordRewrite(number, 0, 3, "97%", _AUTHOR))[number - 1] == "97%"


# whole tables


def test_a_table_is_put_in() -> None:
    rows = (("项目", "数"), ("甲", "1"), ("", "2"))
    for after, like in ((2, 0), (number_of(plan(), "各学校"), -1)):
        made = proven(plan(), InsertTable(after, rows, _AUTHOR, (Merge(1, 0, 2, 1),), like))
        at = made.index("项目")
        assert made[at : at + 6] == ["项目", "数", "甲", "1", "", "2"]
        found = read_docx(tracked(plan(), InsertTable(after, rows, _AUTHOR, (), like))).tables
        assert [len(row.cells) for row in found[0].rows] in ([2, 2, 2], [3, 3, 3])


def test_a_table_is_put_in_beside_another() -> None:
    cell = number_of(plan(), "96%")
    made = proven(plan(), InsertTable(cell, (("甲",),), _AUTHOR, beyond=True))
    assert made[made.index("96%") + 1 :][:3] == ["", "甲", "各学校要抓好落实。"]
    before = number_of(plan(), "工作中的问题")
    data = tracked(plan(), InsertTable(before, (("甲",),), _AUTHOR), plain=True)
    assert texts(data)[before:][:3] == ["甲", "", "甲"]


def test_a_table_is_deleted() -> None:
    number = read_docx(plan()).paragraphs[number_of(plan(), "覆盖率") - 1].table
    made = proven(plan(), RemoveTable(number, _AUTHOR))
    assert "覆盖率" not in made
    assert len(read_docx(tracked(plan(), RemoveTable(number, _AUTHOR), plain=True)).tables) == 1
    assert "没有这张表" in refusals(plan(), RemoveTable(99, _AUTHOR))[0]


# what cannot be done


def refusals(data: bytes, *changes: WordChange) -> list[str]:
    made = track(data, changes, "甲.docx")
    assert isinstance(made.value, Tracked)
    assert made.value.refused == tuple(range(len(made.findings)))
    return [each.message for each in made.findings]


def test_what_cannot_be_done_is_said() -> None:
    count = len(paragraphs(plan()))
    assert "没有这一段" in refusals(plan(), Remove(count + 1, _AUTHOR))[0]
    assert "字的位置超出这一段" in refusals(plan(), WordRewrite(1, 0, 999, "甲", _AUTHOR))[0]
    assert "表里没有这一行" in refusals(plan(), RemoveRow(0, 99, _AUTHOR))[0]
    assert "没有这张表" in refusals(plan(), RemoveRow(99, 0, _AUTHOR))[0]
    assert "移动的起止段落不对" in refusals(plan(), Move(3, 2, 1, _AUTHOR))[0]
    table_first = number_of(plan(), "各学校") - 1
    row = RemoveRow(0, 1, _AUTHOR)
    assert "所在的行要删掉" in track(plan(), (Insert(13, "甲", _AUTHOR), row)).findings[0].message
    assert "不挨在一起" in refusals(plan(), Move(table_first, table_first + 1, 1, _AUTHOR))[0]


def test_nothing_is_done_for_nothing() -> None:
    made = track(plan(), (), "甲.docx")
    assert made.value == Tracked(plan(), ())


def test_a_file_that_is_no_docx() -> None:
    made = track(b"PK", (Remove(1, _AUTHOR),), "甲.docx")
    assert made.value is None
    assert [each.code for each in made.findings] == ["PW880"]


def test_two_changes_of_the_same_words() -> None:
    number = number_of(plan(), "各学校")
    made = track(
        plan(), (WordRewrite(number, 0, 3, "甲", _AUTHOR), WordRewrite(number, 1, 4, "乙", _AUTHOR)), "甲.docx"
    )
    assert made.value is not None
    assert made.value.refused == (1,)
    assert [each.code for each in made.findings] == ["PW881"]


# random changes


def random_changes(data: bytes, seed: int) -> list[WordChange]:
    """Changes of every kind that do not concern each other."""
    chance = random.Random(seed)
    read = read_docx(data)
    free = [each for each in read.paragraphs if not each.drawn and not each.fields]
    chance.shuffle(free)
    taken: set[int] = set()
    made: list[WordChange] = []

    def place() -> int:
        return chance.randint(0, len(read.paragraphs))

    for each in free[: chance.randint(1, 12)]:
        number, text = each.number, "".join(run.text for run in each.shown)
        if number in taken:
            continue
        taken.add(number)
        kind = chance.randrange(5)
        if kind == 0:
            made.append(Remove(number, _AUTHOR))
        elif kind == 1:
            last = number + chance.randint(0, 2)
            after = place()
            span = range(number, last + 1)
            if last > len(read.paragraphs) or after in span or taken & set(span) - {number}:
                continue
            taken.update(span)
            made.append(Move(number, last, after, _AUTHOR, beyond=chance.random() < 0.5))
            if text:
                made.append(WordRewrite(number, 0, 1, "移", _AUTHOR))
        elif kind == 2:
            made.append(Insert(number, f"新段{seed}", _AUTHOR, like=place(), beyond=chance.random() < 0.5))
        else:
            start = chance.randint(0, len(text))
            end = chance.randint(start, len(text))
            made.append(WordRewrite(number, start, end, chance.choice(["", "换", "换上3所"]), _AUTHOR))
    for number, one in enumerate(read.tables):
        if chance.random() < 0.1:
            made.append(RemoveTable(number, _AUTHOR))
        elif chance.random() < 0.4:
            row = chance.randrange(len(one.rows))
            if chance.random() < 0.5:
                made.append(RemoveRow(number, row, _AUTHOR))
            else:
                made.append(InsertRow(number, row - 1, tuple("格" for _ in one.rows[row].cells), _AUTHOR))
    if chance.random() < 0.2:
        after = chance.choice([0, 1, 2, 18])
        made.append(InsertTable(after, (("甲", "乙"), ("丙", "丁")), _AUTHOR, like=chance.choice([-1, 0])))
    return made


def randomly_tracked(data: bytes, seed: int) -> tuple[bytes, bytes]:
    """The file with random changes, tracked and plain; those that cannot be made are left out."""
    changes = random_changes(data, seed)
    refused: set[int] = set()
    for plain in (False, True):
        found = track(data, changes, plain=plain).value
        assert found is not None
        refused |= set(found.refused)
    kept = [each for at, each in enumerate(changes) if at not in refused]
    return tracked(data, *kept), tracked(data, *kept, plain=True)


@pytest.mark.parametrize("source", [plan, worked_on])
def test_random_changes(source: Callable[[], bytes]) -> None:
    data = source()
    for seed in range(8):
        made, plain = randomly_tracked(data, seed)
        check(data, made, plain)


@pytest.mark.long
@pytest.mark.parametrize("source", [plan, worked_on])
def test_many_random_changes(source: Callable[[], bytes]) -> None:
    data = source()
    for seed in range(8, 300):
        made, plain = randomly_tracked(data, seed)
        check(data, made, plain)


def everything() -> list[WordChange]:
    """Changes of every kind to the plan."""
    first = number_of(plan(), "各学校")
    cell = number_of(plan(), "95%")
    return [
        WordRewrite(2, 0, 1, "", _AUTHOR, "批注"),
        Insert(2, "新的一段。", _AUTHOR, like=2),
        Remove(5, _AUTHOR),
        Move(6, 7, first, _AUTHOR),
        WordRewrite(6, 3, 5, "改", _AUTHOR),
        WordRewrite(cell, 0, 2, "97", _AUTHOR),
        InsertRow(0, 1, ("新", "指标", "1%"), _AUTHOR),
        RemoveRow(0, 2, _AUTHOR),
        Remove(first + 1, _AUTHOR),
        Remove(len(paragraphs(plan())), _AUTHOR),
        Insert(len(paragraphs(plan())), "最后一段。", _AUTHOR, like=2),
    ]


def test_changes_of_every_kind_together() -> None:
    made = proven(plan(), *everything())
    assert made[-1] == "最后一段。"
    assert tracked(plan(), *everything(), date="2026-03-05T09:00:00Z") != tracked(plan(), *everything())


@pytest.mark.libreoffice
@pytest.mark.skipif(bool(missing_office()), reason=missing_office() or "-")
def test_libreoffice_accepts_and_rejects() -> None:
    made = {"every": (tracked(plan(), *everything()), tracked(plan(), *everything(), plain=True))}
    # what is put in at the end of a paragraph, and a new paragraph behind it, are one change for LibreOffice
    last = len("落实“双减”要求——减轻负担。")
    ends = (WordRewrite(6, last, last, "尾", _AUTHOR), Insert(6, "新的一段。", _AUTHOR, like=3), Move(3, 4, 6, _AUTHOR))
    made["ends"] = tracked(plan(), *ends), tracked(plan(), *ends, plain=True)
    made |= {f"{seed}": randomly_tracked(plan(), seed) for seed in range(2)}
    found = resolved_by_office({name: each for name, (each, _) in made.items()})
    for name, (_, plain) in made.items():
        accepted, rejected = found[name]
        assert texts(accepted) == texts(plain), name
        assert texts(rejected) == texts(plan()), name


@pytest.mark.skipif(bool(missing_validator()), reason=missing_validator() or "-")
def test_microsofts_validator_finds_nothing() -> None:
    files = {
        "every": tracked(plan(), *everything(), date="2026-03-05T09:00:00Z"),
        "random": randomly_tracked(plan(), 12)[0],
    }
    assert validated(files) == {"every": [], "random": []}


@pytest.mark.parametrize("plain", [False, True])
def test_the_work_grows_with_the_changes(plain: bool) -> None:
    def work(count: int, *, in_one: bool) -> int:
        runs = "<w:r><w:t>甲乙丙丁</w:t></w:r>"
        paragraphs = f"<w:p>{runs * count}</w:p>" if in_one else f"<w:p>{runs}</w:p>" * count
        data = packed(f'<w:document xmlns:w="{MAIN}"><w:body>{paragraphs}</w:body></w:document>')
        changes: list[WordChange] = []
        for each in range(count):
            number, start = (1, 4 * each) if in_one else (each + 1, 0)
            changes.append(WordRewrite(number, start + 1, start + 2, "戊", _AUTHOR))
            changes.append(WordRewrite(number, start + 3, start + 3, "己", _AUTHOR))
            if not in_one:
                changes.append(Insert(number, "新", _AUTHOR, like=number))
        return steps(lambda: track(data, changes, plain=plain))

    for in_one in (True, False):
        assert work(120, in_one=in_one) < 5 * work(30, in_one=in_one)


def test_another_prefix() -> None:
    text = "<x:p><x:r><x:t>甲乙丙</x:t></x:r></x:p>" * 3
    data = packed(f'<x:document xmlns:x="{MAIN}"><x:body>{text}<x:sectPr/></x:body></x:document>')
    made = tracked(data, WordRewrite(1, 1, 2, "丁", _AUTHOR), Remove(2, _AUTHOR), Insert(3, "戊", _AUTHOR, like=3))
    assert troubles(made) == []
    assert texts(resolved(made, accept=True)) == ["甲丁丙", "甲乙丙", "戊"]
    assert texts(resolved(made, accept=False)) == ["甲乙丙"] * 3


def test_the_sample_is_marked_in_full() -> None:
    data = render(sample())
    changes = [Remove(each.number, _AUTHOR) for each in paragraphs(data) if each.table < 0 and not each.drawn]
    made = track(data, changes).value
    assert made is not None
    assert troubles(made.data) == []
    assert lines(resolved(made.data, accept=False)) == lines(data)
