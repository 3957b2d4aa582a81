"""The marks in a .docx: around the content of every item of the record, and around what was filled in; they change no text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from planwriter.model import Document, MadeFrom
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.plan.flow import IMPRINT, MARK, NUMBER, TITLE, LineRole
from planwriter.readers.docx.read import read_docx
from planwriter.start.records import replace
from planwriter.writers.docx.package import is_untouched
from planwriter.writers.docx.record import (
    Record,
    RecordLine,
    RecordPicture,
    RecordTable,
    record_of,
    record_of_docx,
)
from planwriter.writers.docx.write import render_docx
from tests.hands import resaved, through_office
from tests.random_outlines import planned_outline
from tests.support import document, outline
from tests.wordml import W, root_of, stored
from tests.writers.framed import documents

DOCUMENTS = documents()
_MADE = MadeFrom("要点.yaml", "0" * 64)
_UNMARKED = {LineRole(role) for role in (MARK, NUMBER, IMPRINT, "attached", "signature", "date")}
"""The roles whose values have no marks of their own."""
_BOOKMARK = re.compile(r"<w:bookmark(?:Start|End)[^>]*/>")


def marked(made: Document, memo: Memo | None = None) -> bytes:
    layout, base = stored()
    return render_docx(made, layout, base, memo or NO_MEMO, made_from=_MADE)


def plain(made: Document) -> bytes:
    layout, base = stored()
    return render_docx(made, layout, base)


def _contents(data: bytes) -> dict[str, str]:
    """The text inside each bookmark, by its name; fails if their names or numbers repeat, or if one does not end."""
    found: dict[str, str] = {}
    opened: dict[str, str] = {}
    seen: set[int] = set()
    for each in root_of(data).iter():
        if each.tag == f"{W}bookmarkStart":
            name, ident = each.get(f"{W}name", ""), each.get(f"{W}id", "")
            assert name not in found and int(ident) not in seen and len(name) <= 40, name
            seen.add(int(ident))
            opened[ident], found[name] = name, ""
        elif each.tag == f"{W}bookmarkEnd":
            del opened[each.get(f"{W}id", "")]
        else:
            more = {f"{W}t": each.text or "", f"{W}br": "\n", f"{W}tab": "\t"}.get(str(each.tag), "")
            for name in opened.values():
                found[name] += more
    assert not opened
    return found


def _wanted(record: Record, *, counted: bool) -> Iterator[tuple[str, str]]:
    """What each bookmark of a record should hold; with `counted` without labels, which Word writes."""
    for number, item in enumerate(record.items):
        name = f"_pw_{number}"
        if isinstance(item, RecordLine):
            yield name, item.text if counted else item.label + item.text
            values = item.values if item.role not in _UNMARKED else ()
            yield from ((f"{name}_{nth}", item.text[at:end]) for nth, (at, end, _) in enumerate(values, 1))
        elif isinstance(item, RecordTable):
            yield name, next(cell for row in item.rows for cell in row if cell)
            for nth, (row, column, at, end, _) in enumerate(item.values, 1):
                yield f"{name}_{nth}", item.rows[row][column][at:end]


def check_marks(made: Document, data: bytes | None = None) -> Record:
    """Checks that a .docx holds the record of its document, and that its marks stand where the record says."""
    data = marked(made) if data is None else data
    record, found = record_of_docx(data, "甲.docx"), _contents(data)
    assert (record.value, record.findings) == (record_of(made, _MADE), ())
    assert record.value is not None
    pictures = {f"_pw_{at}" for at, item in enumerate(record.value.items) if isinstance(item, RecordPicture)}
    assert pictures <= {*found}
    shown = {name: text for name, text in found.items() if name not in pictures}
    wanted = dict(_wanted(record.value, counted=made.native_numbering))
    titles = {name for name, text in wanted.items() if shown.get(name, "").replace("\n", "") == text.replace("\n", "")}
    assert {*shown} == {*wanted}
    assert [
        name for name in wanted if name not in titles and not _has_typed_label(made, shown[name], wanted[name])
    ] == []
    return record.value


def _has_typed_label(made: Document, shown: str, text: str) -> bool:
    """True if a label that Word cannot write stands in the text."""
    return made.native_numbering and shown.endswith(text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_item_and_value_has_its_mark(name: str) -> None:
    check_marks(DOCUMENTS[name])


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("native", [False, True])
def test_so_they_have_in_any_document(seed: int, native: bool) -> None:
    check_marks(replace(planned_outline(seed), native_numbering=native))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_marks_change_nothing_that_a_reader_sees(name: str) -> None:
    made, bare = marked(DOCUMENTS[name]), plain(DOCUMENTS[name])
    assert [each.words for each in read_docx(made).paragraphs] == [each.words for each in read_docx(bare).paragraphs]
    assert _joined(made) == _joined(bare)


def _joined(data: bytes) -> str:
    """The body without bookmarks, with equal runs put together where one ended."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    body = _BOOKMARK.sub("", body).replace(' xml:space="preserve"', "")
    return re.sub(r"</w:t></w:r><w:r>(?:<w:rPr><w:rStyle [^>]*/></w:rPr>)?<w:t>", "", body)


def test_the_same_document_gives_the_same_bytes_remembered_or_not() -> None:
    made, memo = DOCUMENTS["everything"], Memo()
    assert marked(made) == marked(made, memo) == marked(made, memo)


def test_what_is_remembered_of_a_line_does_not_know_its_number() -> None:
    memo, text = (
        Memo(),
        outline("重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好\n        文: 新建{{ 年度 }}所。\n"),
    )
    made = document(text)
    marked(made, memo)
    shorter = replace(made, preface=())
    check_marks(shorter, marked(shorter, memo))


def test_without_a_record_there_are_no_marks() -> None:
    data = plain(DOCUMENTS["everything"])
    assert _contents(data) == {} and record_of_docx(data, "甲.docx").value is None


@pytest.mark.parametrize("make", [marked, plain])
def test_a_file_with_or_without_a_record_is_known_as_ours(make: object) -> None:
    assert callable(make)
    assert is_untouched(make(DOCUMENTS["everything"])) is True


def test_a_title_in_two_lines_keeps_its_values_whole() -> None:
    long = "青山县教育系统推进学前教育普及普惠和义务教育优质均衡{{ 年度 }}年度重点工作要点和任务分解"
    made = document(outline(extra=f"标题: {long}\n"))
    found = _contents(marked(made))
    title = next(at for at, item in enumerate(record_of(made).items) if getattr(item, "role", "") == TITLE)
    assert "\n" in found[f"_pw_{title}"]
    assert found[f"_pw_{title}_1"].replace("\n", "") == "2026"


def test_only_so_many_values_of_a_line_have_marks() -> None:
    tasks = f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好\n        文: 各{'、'.join(['{{ 年度 }}'] * 1001)}。\n"
    made = document(outline(tasks))
    found = _contents(marked(made))
    assert max(sum(name.startswith(f"_pw_{at}_") for name in found) for at in range(9)) == 999
    last = record_of_docx(marked(made), "甲").value
    assert last == record_of(made, _MADE)


# after a save by other programs


def _stays(data: bytes, saved: bytes) -> None:
    assert record_of_docx(saved, "甲.docx").value == record_of_docx(data, "甲.docx").value is not None
    before, after = _contents(data), _contents(saved)
    assert {name: text.replace("\n", "") for name, text in before.items()}.items() <= {
        name: text.replace("\n", "") for name, text in after.items() if name.startswith("_pw_")
    }.items()


def test_record_and_marks_outlast_a_save_by_python_docx() -> None:
    for name in ("everything", "qingshan-2026"):
        data = marked(DOCUMENTS[name])
        _stays(data, resaved(data))


@pytest.mark.libreoffice
def test_record_and_marks_outlast_a_save_by_libreoffice() -> None:
    made = [marked(DOCUMENTS[name]) for name in ("everything", "qingshan-2026", "yunling-three-year")]
    for data, saved in zip(made, through_office(*made), strict=True):
        _stays(data, saved)


@pytest.mark.libreoffice
def test_the_record_of_a_very_long_plan_outlasts_libreoffice() -> None:
    long = document(outline("重点任务:\n  - 章: 提高质量\n    内容:\n" + "".join(map(_item, range(1500)))))
    data = marked(long)
    (saved,) = through_office(data)
    found = record_of_docx(saved, "甲.docx")
    assert found.value == record_of(long, _MADE) and found.findings == ()


def _item(number: int) -> str:
    varied = "".join(chr(0x4E00 + (number * 7919 + at * 104729) % 6000) for at in range(60))
    return f"      - 条: 抓好第{number}项\n        文: {varied}。\n"
