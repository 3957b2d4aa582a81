"""Collects the runs of one paragraph: text, fields and breaks; drawings are only noted."""

from __future__ import annotations

from planwriter.readers.docx.document import Look, Revision, TextBox, WordField, WordRun
from planwriter.readers.docx.properties import Properties
from planwriter.readers.docx.styles import Styles
from planwriter.readers.docx.wrappers import Marks


class OpenField:
    """A field that has begun: its instruction so far, and whether its result has begun."""

    def __init__(self, index: int, instruction: str = "") -> None:
        self.index, self.in_result, self.ends = index, False, False
        self._said = [instruction]
        self._head = ""
        self._whole: str | None = None

    def say(self, text: str) -> None:
        """Appends to the instruction."""
        self._said.append(text)
        self._head = (self._head + text).lstrip()[:8]

    @property
    def is_page(self) -> bool:
        """True for the number of the page."""
        return is_page(self._head)

    @property
    def instruction(self) -> str:
        """The instruction, fixed when it is first read."""
        if self._whole is None:
            self._whole = "".join(self._said).strip()
        return self._whole


def is_page(instruction: str) -> bool:
    """True if a field shows the number of its page."""
    return instruction.split(maxsplit=1)[:1] in (["PAGE"], ["page"])


class Runs:
    """Collects the runs of a paragraph of one style. A field without an end does not hide later paragraphs."""

    def __init__(self, styles: Styles, unended: list[OpenField]) -> None:
        self.style = ""
        self.runs: list[WordRun] = []
        self.shown: list[WordRun] = []
        self.boxes: list[TextBox] = []
        self.changes: list[Revision] = []
        self.comments: list[str] = []
        self.descriptions: list[str] = []
        self.links: list[tuple[str, str]] = []
        """The relationship of each link, and the bookmark it leads to."""
        self.break_before = self.break_after = self.drawn = self.pictured = False
        self.continued = unended[0].instruction if unended else ""
        self._styles, self._unended = styles, unended
        self._fields: list[OpenField] = []
        self._open: list[OpenField] = []
        self._simple: list[OpenField] = []
        self._open_pages = 0
        self._has_words = self._has_page = False

    @property
    def fields(self) -> tuple[WordField, ...]:
        """The fields that begin in the paragraph."""
        return tuple(WordField(each.instruction, each.ends) for each in self._fields)

    def add(self, text: str, direct: Properties, marks: Marks) -> None:
        """Takes the text of a run that ends."""
        if not text:
            if marks.revision is not None:
                self.changes.append(marks.revision)
            return
        look = self._styles.characters(self.style, direct)
        if marks.deleted:
            own = self._styles.of_run(self.style, direct)
            self.runs.append(WordRun(text, look, revision=marks.revision, controls=marks.controls, style=own))
            return
        around = [*self._open[-1:], *self._simple[-1:]]
        in_code = bool(self._open) and not self._open[-1].in_result
        page = self._open_pages > 0 and not in_code
        field = around[-1].index if around else -1
        own = self._styles.of_run(self.style, direct)
        run = WordRun("1" if page else text, look, page, *marks, field, in_code, own)
        self.runs.append(run)
        if not in_code and not look.hidden:
            self._show(run)

    def break_page(self, text_before: bool) -> None:
        """A page break; `text_before` is True if its run has text before it."""
        if text_before or self._has_words:
            self.break_after = True
        else:
            self.break_before = True

    def begin_field(self) -> None:
        """A field's instruction begins."""
        field = OpenField(len(self._fields))
        for fields in (self._fields, self._open, self._unended):
            fields.append(field)

    def say(self, instruction: str) -> None:
        """Appends to the instruction of the innermost field."""
        if self._open:
            field = self._open[-1]
            was = field.is_page
            field.say(instruction)
            self._open_pages += field.is_page - was

    def begin_result(self) -> None:
        """The result of the innermost field begins."""
        if self._open:
            self._open[-1].in_result = True

    def end_field(self, marks: Marks) -> None:
        """The innermost field ends; a page number is shown even without a result."""
        if self._unended:
            self._unended.pop()
        if self._open:
            field = self._open.pop()
            field.ends = True
            self._open_pages -= field.is_page
            if field.is_page and not self._has_page:
                run = WordRun("1", self._plain(), True, *marks, field.index)
                self.runs.append(run)
                self._show(run)

    def begin_simple(self, instruction: str) -> tuple[int, int]:
        """A field in one element begins; returns the number of runs so far, and the number of shown ones."""
        field = OpenField(len(self._fields), instruction)
        self._fields.append(field)
        self._simple.append(field)
        return len(self.runs), len(self.shown)

    def end_simple(self, begun: tuple[int, int], marks: Marks) -> None:
        """A field in one element ends; a page number is reduced to one run."""
        field, (at, shown_at) = self._simple.pop(), begun
        field.ends = True
        if is_page(field.instruction):
            look = self.shown[shown_at].look if len(self.shown) > shown_at else self._plain()
            run = WordRun("1", look, True, *marks, field.index)
            del self.runs[at:], self.shown[shown_at:]
            self.runs.append(run)
            self._show(run)

    def _plain(self) -> Look:
        return self._styles.characters(self.style, {})

    def _show(self, run: WordRun) -> None:
        self.shown.append(run)
        self._has_words = self._has_words or not run.text.isspace()
        self._has_page = self._has_page or run.page
