"""Reads a .docx: tracked insertions and content controls are included, deletions are kept and marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.readers.docx.blocks import Blocks, Body
from planwriter.readers.docx.document import PageSetup, WordDocument, WordParagraph
from planwriter.readers.docx.lists import Lists
from planwriter.readers.docx.package import Package, Related
from planwriter.readers.docx.properties import Properties, is_on, number, twips
from planwriter.readers.docx.story import SectionEnd, Shared, Story
from planwriter.readers.docx.styles import Styles
from planwriter.readers.docx.wrappers import Marks
from planwriter.readers.docx.xml import SKIP, Handler, Node, UnreadableDocx, W

_MAX_FOOTERS = 20_000
"""The most paragraphs in the footers of all sections; a footer counts once for each section that uses it."""


def read_docx(data: bytes) -> WordDocument:
    """The document of a .docx. Raises UnreadableDocx if there is none, or if it exceeds the bounds."""
    package = Package(data)
    related = package.related(package.main)
    parts = dict(related.values())
    shared = Shared(Styles(package, parts.get("styles", ""), parts.get("theme", "")))
    story = Story(shared, Lists(package, parts.get("numbering", "")))
    settings = _Settings()
    package.read_children(parts.get("settings", ""), settings.take)
    package.read(package.main, _Document(story))
    if not story.sections:
        raise UnreadableDocx("里面没有 Word 的正文")
    return WordDocument(
        blocks=tuple(story.blocks),
        paragraphs=tuple(story.paragraphs),
        tables=story.whole_tables(),
        sections=_Pages(package, related, shared).read(story.sections),
        even_and_odd=settings.even_and_odd,
    )


class _Settings:
    """The settings of a document that concern its pages."""

    def __init__(self) -> None:
        self.even_and_odd = False

    def take(self, node: Node) -> None:
        """Takes one setting."""
        if node.name == "evenAndOddHeaders":
            self.even_and_odd = is_on(node.attributes.get(f"{W}val", "1"))


class _Document(Handler):
    """Above the root of the text."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return _Root(self._story)


class _Root(Handler):
    """The root of the text; only its first body is read."""

    __slots__ = ("_story",)

    def __init__(self, story: Story) -> None:
        self._story: Story | None = story

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        story = self._story
        if name != "body" or story is None:
            return SKIP
        self._story = None
        return Body(story)


class _Footer(Handler):
    """Above the root of a footer."""

    __slots__ = ("_story",)

    def __init__(self, story: Story) -> None:
        self._story = story

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return Blocks(self._story, self._story.blocks, Marks())


class _Pages:
    """Makes the page setup of each section, with its own or inherited footers."""

    def __init__(self, package: Package, related: dict[str, Related], shared: Shared) -> None:
        self._package, self._related, self._shared = package, related, shared
        self._read: dict[str, tuple[WordParagraph, ...]] = {}

    def read(self, sections: list[SectionEnd]) -> tuple[PageSetup, ...]:
        footers: dict[str, tuple[WordParagraph, ...]] = {}
        made = []
        used = 0
        for section in sections:
            for place, identifier in section.footers.items():
                kind, path = self._related.get(identifier, ("", ""))
                if kind == "footer":
                    if path not in self._read:
                        self._read[path] = self._footer(path)
                    footers[place] = self._read[path]
            used += sum(map(len, footers.values()))
            if used > _MAX_FOOTERS:
                raise UnreadableDocx(f"各节页脚的段落一共超过 {_MAX_FOOTERS} 个")
            made.append(_page(section.properties, section.start, tuple(footers.items())))
        return tuple(made)

    def _footer(self, path: str) -> tuple[WordParagraph, ...]:
        """The paragraphs of a footer, followed by those of its text boxes."""
        story = Story(self._shared, Lists())
        self._package.read(path, _Footer(story))
        return (*story.paragraphs, *_boxed(story.paragraphs))


def _boxed(paragraphs: Iterable[WordParagraph]) -> Iterator[WordParagraph]:
    for paragraph in paragraphs:
        for box in paragraph.boxes:
            yield from box.paragraphs
            yield from _boxed(box.paragraphs)


def _page(got: Properties, start: int, footers: tuple[tuple[str, tuple[WordParagraph, ...]], ...]) -> PageSetup:
    def length(name: str, default: int) -> int:
        return twips(got.get(name, ""), default)

    grid = got.get("docGrid.type", "")
    return PageSetup(
        start=start,
        width=length("pgSz.w", 12240),  # Word's defaults, for files that set no size
        height=length("pgSz.h", 15840),
        landscape=length("pgSz.w", 12240) > length("pgSz.h", 15840),
        top=abs(length("pgMar.top", 1440)),
        bottom=abs(length("pgMar.bottom", 1440)),
        left=length("pgMar.left", 1440) + length("pgMar.gutter", 0),
        right=length("pgMar.right", 1440),
        footer=length("pgMar.footer", 720),
        grid="" if grid == "default" else grid,
        pitch=length("docGrid.linePitch", 0),
        char_space=number(got.get("docGrid.charSpace", "")),
        title_page=is_on(got.get("titlePg.val", "")),
        dashed=got.get("pgNumType.fmt") == "numberInDash",
        footers=footers,
    )
