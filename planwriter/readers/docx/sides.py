"""Reads what stands beside the body: headers, footers, footnotes and endnotes, as stories with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from planwriter.readers.docx.blocks import Blocks
from planwriter.readers.docx.document import SideStory, WordParagraph
from planwriter.readers.docx.lists import Lists
from planwriter.readers.docx.package import Package, Related
from planwriter.readers.docx.properties import is_on
from planwriter.readers.docx.story import SectionEnd, Shared, Story
from planwriter.readers.docx.wrappers import Marks
from planwriter.readers.docx.xml import SKIP, Handler, W

_NOTES = {"footnotes": ("footnote", "脚注"), "endnotes": ("endnote", "尾注")}
_TYPES = {"default": "", "even": "双页", "first": "首页"}


class SideParts:
    """Reads the parts beside the body; a part that several sections use is read once."""

    def __init__(self, package: Package, related: dict[str, Related], shared: Shared) -> None:
        self._package, self._related, self._shared = package, related, shared
        self._read: dict[str, tuple[WordParagraph, ...]] = {}
        self.sources: list[str] = []
        """The targets of the pictures and objects that the parts link to."""

    def path(self, kind: str, identifier: str) -> str:
        """The path of a header or footer by its relationship; "" if there is none."""
        found, path = self._related.get(identifier, ("", ""))
        return path if found == kind else ""

    def paragraphs(self, path: str) -> tuple[WordParagraph, ...]:
        """The paragraphs of a header or footer, followed by those of its text boxes."""
        if path not in self._read:
            story = self._story(path)
            self._package.read(path, _Above(story))
            self._read[path] = (*story.paragraphs, *boxed(story.paragraphs))
        return self._read[path]

    def printed(self, sections: list[SectionEnd], even_and_odd: bool) -> Iterator[SideStory]:
        """The headers and footers that are printed, each once, in the order of the sections that use them first."""
        used: dict[tuple[str, str], str] = {}
        seen: set[str] = set()
        for number, section in enumerate(sections, 1):
            for kind, references in (("header", section.headers), ("footer", section.footers)):
                used |= {(kind, page): path for page, name in references.items() if (path := self.path(kind, name))}
            shown = ["default", *(["even"] if even_and_odd else []), *(["first"] if _has_own_first(section) else [])]
            for kind, word in (("header", "页眉"), ("footer", "页脚")):
                for page in shown:
                    path = used.get((kind, page), "")
                    if path and path not in seen:
                        seen.add(path)
                        place = f"{f'第{number}节' if number > 1 else ''}{_TYPES[page]}{word}"
                        yield SideStory(place, False, self.paragraphs(path))

    def notes(self) -> Iterator[SideStory]:
        """The footnotes and endnotes, numbered in their order in the file."""
        for kind, path in self._related.values():
            if kind in _NOTES:
                element, word = _NOTES[kind]
                notes = _Notes(self._story(path), element)
                self._package.read(path, notes)
                for number, paragraphs in enumerate(notes.found, 1):
                    yield SideStory(f"{word}{number}", True, (*paragraphs, *boxed(paragraphs)))

    def _story(self, path: str) -> Story:
        outside = self._package.relationships(path).outside
        self.sources += (target for kind, target in outside.values() if kind != "hyperlink")
        return Story(self._shared, Lists(), {name: target for name, (_, target) in outside.items()})


def _has_own_first(section: SectionEnd) -> bool:
    return is_on(section.properties.get("titlePg.val", ""))


def boxed(paragraphs: Iterable[WordParagraph]) -> Iterator[WordParagraph]:
    """The paragraphs of the text boxes that are anchored in these paragraphs, at every depth."""
    for paragraph in paragraphs:
        for box in paragraph.boxes:
            yield from box.paragraphs
            yield from boxed(box.paragraphs)


def box_stories(paragraphs: Iterable[WordParagraph]) -> Iterator[SideStory]:
    """The text boxes of the body, one story for each paragraph that has some."""
    for paragraph in paragraphs:
        if paragraph.boxes:
            yield SideStory(f"第{paragraph.number}段的文本框", False, tuple(boxed((paragraph,))))


class _Above(Handler):
    """Above the root of a header or footer."""

    __slots__ = ("_story",)

    def __init__(self, story: Story) -> None:
        self._story = story

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return Blocks(self._story, self._story.blocks, Marks())


class _Notes(Handler):
    """Above the root of the notes. Separators, which have a type, are no notes."""

    __slots__ = ("_element", "_story", "found")

    def __init__(self, story: Story, element: str) -> None:
        self._story, self._element = story, element
        self.found: list[tuple[WordParagraph, ...]] = []

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return _EachNote(self._take, self._story, self._element)

    def _take(self, start: int) -> None:
        self.found.append(tuple(self._story.paragraphs[start:]))


class _EachNote(Handler):
    """The root of the notes."""

    __slots__ = ("_element", "_story", "_take")

    def __init__(self, take: Callable[[int], None], story: Story, element: str) -> None:
        self._take, self._story, self._element = take, story, element

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        is_note = name == self._element and attributes.get(f"{W}type", "normal") == "normal"
        return _Note(self._take, self._story) if is_note else SKIP


class _Note(Blocks):
    __slots__ = ("_start", "_take")

    def __init__(self, take: Callable[[int], None], story: Story) -> None:
        super().__init__(story, story.blocks, Marks())
        self._take, self._start = take, len(story.paragraphs)

    def end(self) -> None:
        self._take(self._start)
