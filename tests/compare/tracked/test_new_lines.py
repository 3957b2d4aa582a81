"""New lines that are made like those of a .docx."""

from __future__ import annotations

from planwriter.app.outputs import render
from planwriter.app.session import Session
from planwriter.compare.tracked.in_word import WordPlaces
from planwriter.compare.tracked.new_lines import NewLines
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import VersionLine
from planwriter.readers.docx.read import read_docx
from tests.absorbing import SAMPLE, opened
from tests.compare.sides import line


def test_a_line_looks_like_the_nearest_of_its_level_and_has_its_label() -> None:
    data = render(Session(), opened(SAMPLE).document, "docx").value
    assert data is not None
    version = version_of_word(data, "甲.docx").value
    assert version is not None
    places = WordPlaces(read_docx(data))
    lines = [places.line(each) if isinstance(each, VersionLine) else None for each in version.items]
    new_lines = NewLines(version.items, lines)
    texts = [each.text for each in version.items]
    at = texts.index("管好学校。")
    chapter = new_lines.insert(line("三、安全"), at, version.items[at].place, "提纲", comment="问")
    assert (chapter.text, chapter.like, chapter.comment) == ("三、安全", version.items[texts.index("管理")].place, "问")
    item = new_lines.insert(line("4.食堂。每月检查。"), at, version.items[at].place, "提纲")
    assert item.text == "4.食堂。每月检查。"
    assert texts[[each.place for each in version.items].index(item.like)].startswith("招生")
