"""Reads a .docx: tracked insertions and content controls are included, deletions are kept and marked."""

from __future__ import annotations

from planwriter.readers.docx.blocks import Body
from planwriter.readers.docx.details import read_details
from planwriter.readers.docx.document import PageSetup, WordDocument, WordParagraph
from planwriter.readers.docx.lists import Lists
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.properties import is_on, number, twips
from planwriter.readers.docx.sides import SideParts, box_stories
from planwriter.readers.docx.story import SectionEnd, Shared, Story
from planwriter.readers.docx.styles import Styles
from planwriter.readers.docx.xml import SKIP, Handler, Node, RejectingStream, UnreadableDocx, W

_MAX_FOOTERS = 20_000
"""The most paragraphs in the footers of all sections; a footer counts once for each section that uses it."""


def read_docx(data: bytes, *, rejected: bool = False) -> WordDocument:
    """The document of a .docx. Raises UnreadableDocx if there is none, or if it exceeds the bounds.

    With `rejected`, its text is read as if all tracked insertions and deletions had been rejected: deletions are insertions,
    and insertions deletions. Tracked changes of format stay as if accepted.
    """
    package = Package(data)
    related, outside = package.relationships(package.main)
    parts = dict(related.values())
    shared = Shared(Styles(package, parts.get("styles", ""), parts.get("theme", "")))
    targets = {name: target for name, (_, target) in outside.items()}
    story = Story(shared, Lists(package, parts.get("numbering", "")), targets)
    settings = _Settings()
    package.read_children(parts.get("settings", ""), settings.take)
    package.read(package.main, BodyAbove(story), RejectingStream if rejected else None)
    if not story.sections:
        raise UnreadableDocx("里面没有 Word 的正文")
    sides = SideParts(package, related, shared)
    sides.sources += (target for kind, target in outside.values() if kind != "hyperlink")
    sections = _Pages(sides).read(story.sections)
    beside = (*sides.printed(story.sections, settings.even_and_odd), *sides.notes(), *box_stories(story.paragraphs))
    return WordDocument(
        blocks=tuple(story.blocks),
        paragraphs=tuple(story.paragraphs),
        tables=story.whole_tables(),
        sections=sections,
        even_and_odd=settings.even_and_odd,
        sides=beside,
        details=read_details(package, parts, settings.variables, sides.sources),
    )


class _Settings:
    """The settings of a document: headers of even pages, and the names of its variables."""

    def __init__(self) -> None:
        self.even_and_odd = False
        self.variables: list[str] = []

    def take(self, node: Node) -> None:
        """Takes one setting."""
        if node.name == "evenAndOddHeaders":
            self.even_and_odd = is_on(node.attributes.get(f"{W}val", "1"))
        elif node.name == "docVars":
            self.variables += (name for each in node.children if (name := each.value("name")))


class BodyAbove(Handler):
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


class _Pages:
    """Makes the page setup of each section, with its own or inherited footers."""

    def __init__(self, sides: SideParts) -> None:
        self._sides = sides

    def read(self, sections: list[SectionEnd]) -> tuple[PageSetup, ...]:
        footers: dict[str, tuple[WordParagraph, ...]] = {}
        made = []
        used = 0
        for section in sections:
            for place, identifier in section.footers.items():
                path = self._sides.path("footer", identifier)
                if path:
                    footers[place] = self._sides.paragraphs(path)
            used += sum(map(len, footers.values()))
            if used > _MAX_FOOTERS:
                raise UnreadableDocx(f"各节页脚的段落一共超过 {_MAX_FOOTERS} 个")
            made.append(_page(section, tuple(footers.items())))
        return tuple(made)


def _page(section: SectionEnd, footers: tuple[tuple[str, tuple[WordParagraph, ...]], ...]) -> PageSetup:
    got = section.properties

    def length(name: str, default: int) -> int:
        return twips(got.get(name, ""), default)

    grid = got.get("docGrid.type", "")
    return PageSetup(
        start=section.start,
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
        changes=section.changes,
    )
