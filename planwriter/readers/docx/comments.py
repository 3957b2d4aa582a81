"""Reads the comments of a .docx: who wrote what and when, whether it is settled, and the characters that it is about."""

from __future__ import annotations

from planwriter.readers.docx.blocks import Blocks, ParagraphElement
from planwriter.readers.docx.document import WordBlock
from planwriter.readers.docx.lists import Lists
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.properties import is_on
from planwriter.readers.docx.read import BodyAbove
from planwriter.readers.docx.story import Shared, Story
from planwriter.readers.docx.styles import Styles
from planwriter.readers.docx.wrappers import Marks
from planwriter.readers.docx.xml import SKIP, ElementStream, Handler, Node, W
from planwriter.start.named_tuple import NamedTuple

MAX_READ = 10_000
"""The most comments that are read; Word itself becomes unusable long before."""
_MAX_NAME = 200
_PARAGRAPH_ID = "http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_MARKS = frozenset(("commentRangeStart", "commentRangeEnd", "commentReference"))
_NOTHING = frozenset[str]()


class DocxComment(NamedTuple):
    """A comment, and the characters of a paragraph that it is about, counted in the paragraph's text with its label."""

    number: int
    """From 1, in the order of the file."""
    author: str
    initials: str
    date: str
    """As the file gives it; "" if it does not."""
    lines: tuple[str, ...]
    """Its paragraphs."""
    paragraph: int
    """The number of the paragraph in which it begins; 0 if it does not stand in the text."""
    start: int
    end: int
    """Equal if it stands between two characters; the length of the text if it reaches into a later paragraph."""
    last: int
    """The number of the paragraph in which it ends."""
    settled: bool
    """True if it is marked as done."""
    answers: int
    """The number of the comment that it is an answer to; 0 for none."""

    @property
    def text(self) -> str:
        """Its paragraphs, a line each."""
        return "\n".join(self.lines)


def read_comments(data: bytes) -> tuple[DocxComment, ...]:
    """The comments of a .docx, in their order. Raises UnreadableDocx as `read_docx` does."""
    package = Package(data)
    related = dict(package.related(package.main).values())
    part = related.get("comments", "")
    if part not in package.archive:
        return ()
    shared = Shared(Styles(package, related.get("styles", ""), related.get("theme", "")))
    notes = _Comments(Story(shared, Lists()))
    package.read(part, notes)
    if not notes.found:
        return ()
    story = Story(shared, Lists(package, related.get("numbering", "")))
    streams: list[_AnchorStream] = []

    def stream(root: Handler) -> ElementStream:
        streams.append(_AnchorStream(root, story))
        return streams[0]

    package.read(package.main, BodyAbove(story), stream)
    threads = _Threads()
    package.read_children(related.get("commentsExtended", ""), threads.take, _NOTHING)
    return tuple(_placed(notes.found, streams[0], story, threads))


def _placed(found: list[_Draft], anchors: _AnchorStream, story: Story, threads: _Threads) -> list[DocxComment]:
    numbers = {each.paragraph_id: number for number, each in enumerate(found, 1) if each.paragraph_id}
    made = []
    for number, each in enumerate(found, 1):
        thread = threads.found.get(each.paragraph_id, _NO_THREAD)
        answers = numbers.get(thread.parent, 0)
        paragraph, start, end, last = anchors.range_of(each.identifier, story)
        made.append(
            DocxComment(
                number=number,
                author=each.author,
                initials=each.initials,
                date=each.date,
                lines=tuple(each.lines),
                paragraph=paragraph,
                start=start,
                end=end,
                last=last,
                settled=thread.done,
                answers=0 if answers == number else answers,
            )
        )
    return made


# the comments themselves


class _Draft:
    """A comment as its own part has it."""

    __slots__ = ("author", "date", "identifier", "initials", "lines", "paragraph_id")

    def __init__(self, attributes: dict[str, str]) -> None:
        def value(name: str) -> str:
            return attributes.get(f"{W}{name}", "")[:_MAX_NAME]

        self.identifier = value("id")
        self.author, self.initials, self.date = value("author"), value("initials"), value("date")
        self.paragraph_id = ""
        """The identifier of its last paragraph, by which other parts know it."""
        self.lines: list[str] = []


class _Comments(Handler):
    """Above the root of the comments. Of several with one identifier the first counts."""

    __slots__ = ("_seen", "_story", "found")

    def __init__(self, story: Story) -> None:
        self._story = story
        self._seen: set[str] = set()
        self.found: list[_Draft] = []

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return _EachComment(self)

    def open(self, attributes: dict[str, str]) -> Handler:
        """The handler of a comment."""
        draft = _Draft(attributes)
        if draft.identifier in self._seen or len(self.found) >= MAX_READ:
            return SKIP
        self._seen.add(draft.identifier)
        self.found.append(draft)
        return _Comment(self._story, draft)


class _EachComment(Handler):
    """The root of the comments."""

    __slots__ = ("_comments",)

    def __init__(self, comments: _Comments) -> None:
        self._comments = comments

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return self._comments.open(attributes) if name == "comment" else SKIP


class _Comment(Blocks):
    """A comment: its paragraphs, at every depth."""

    __slots__ = ("_draft", "_first")

    def __init__(self, story: Story, draft: _Draft) -> None:
        into: list[WordBlock] = []
        super().__init__(story, into, Marks())
        self._draft, self._first = draft, len(story.paragraphs)

    def open(self, name: str, attributes: dict[str, str], marks: Marks) -> Handler:
        if name == "p" and (identifier := attributes.get(_PARAGRAPH_ID, "")):
            self._draft.paragraph_id = identifier[:_MAX_NAME].upper()
        return super().open(name, attributes, marks)

    def end(self) -> None:
        lines = [each.text.strip() for each in self.story.paragraphs[self._first :]]
        self._draft.lines = [line for line in lines if line]


class _Thread(NamedTuple):
    done: bool
    parent: str


_NO_THREAD = _Thread(False, "")


class _Threads:
    """Which comments are settled, and which answer which, by the identifiers of their last paragraphs."""

    def __init__(self) -> None:
        self.found: dict[str, _Thread] = {}

    def take(self, node: Node) -> None:
        """Takes an element of the part commentsExtended."""
        said = {key.rpartition("}")[2]: value[:_MAX_NAME] for key, value in node.attributes.items()}
        if node.name.endswith("}commentEx") and said.get("paraId") and len(self.found) < MAX_READ:
            thread = _Thread(is_on(said.get("done", "0")), said.get("paraIdParent", "").upper())
            self.found.setdefault(said["paraId"].upper(), thread)


# their places


class _Spot(NamedTuple):
    """A place in the text: the number of a paragraph, and how many of its characters stand before, without its label."""

    paragraph: int
    offset: int


class _AnchorStream(ElementStream):
    """Notes where the ranges of comments begin and end in a story; what a text box has stands at its paragraph."""

    def __init__(self, root: Handler, story: Story) -> None:
        super().__init__(root)
        self._story = story
        self._level = self._opened = 0
        self._paragraph: ParagraphElement | None = None
        self._widths: list[int] = []
        """How many characters the runs of the open paragraph have up to each of them."""
        self._found: dict[str, dict[str, _Spot]] = {mark: {} for mark in _MARKS}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        handler = self._open[-1]
        self._level += 1
        if self._paragraph is None and isinstance(handler, ParagraphElement) and handler.story is self._story:
            self._paragraph, self._opened, self._widths = handler, self._level, []
        local = name.rpartition("}")[2]
        if local in _MARKS and self._open[-2] is not SKIP:
            identifier = next((value for key, value in attributes.items() if key.rpartition("}")[2] == "id"), "")
            self._found[local].setdefault(identifier[:_MAX_NAME], self._here())

    def end(self, name: str) -> None:
        super().end(name)
        if self._level == self._opened:
            self._paragraph, self._opened = None, 0
        self._level -= 1

    def _here(self) -> _Spot:
        if self._paragraph is None:  # between two paragraphs
            return _Spot(len(self._story.paragraphs) + 1, 0)
        shown, widths = self._paragraph.runs.shown, self._widths
        del widths[len(shown) :]
        for run in shown[len(widths) :]:
            widths.append((widths[-1] if widths else 0) + len(run.text))
        return _Spot(len(self._story.paragraphs) + 1, widths[-1] if widths else 0)

    def range_of(self, identifier: str, story: Story) -> tuple[int, int, int, int]:
        """The paragraph in which a comment begins, its characters there, and the paragraph in which it ends; else zeros."""
        starts, ends, references = (
            self._found[mark] for mark in ("commentRangeStart", "commentRangeEnd", "commentReference")
        )
        held = references.get(identifier)
        first = starts.get(identifier) or held
        last = ends.get(identifier) or held or first
        if first is None or last is None or not story.paragraphs:
            return 0, 0, 0, 0
        if last.offset == 0 and last.paragraph > first.paragraph:  # it ends with the paragraph before
            last = _Spot(last.paragraph - 1, len(_typed(story, last.paragraph - 1)))
        if last < first:
            last = first
        count = len(story.paragraphs)
        if first.paragraph > count:
            first = last = _Spot(count, len(_typed(story, count)))
        paragraph = story.paragraphs[first.paragraph - 1]
        label, whole = len(paragraph.label), len(paragraph.text)
        start = min(label + first.offset, whole)
        end = whole if last.paragraph > first.paragraph else min(label + last.offset, whole)
        return first.paragraph, start, end, min(last.paragraph, count)


def _typed(story: Story, number: int) -> str:
    """The text of a paragraph without its label."""
    paragraph = story.paragraphs[number - 1]
    return paragraph.text[len(paragraph.label) :]
