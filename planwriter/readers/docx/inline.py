"""Reads the content of a paragraph: runs, fields, tracked deletions, bookmarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from planwriter.readers.docx.document import TextBox
from planwriter.readers.docx.properties import Properties, properties
from planwriter.readers.docx.runs import Runs
from planwriter.readers.docx.symbols import symbol
from planwriter.readers.docx.wrappers import FALLBACK, Inside, Marks, OpenElement, format_changes, revision
from planwriter.readers.docx.xml import SKIP, Handler, Node, R, W, grow

OpenBox: TypeAlias = Callable[[Callable[[TextBox], None], Marks], Handler]
"""Returns the handler of a text box, which is passed on when it ends."""
_PICTURES = frozenset(("blip", "imagedata", "chart", "relIds", "textpath", "OLEObject"))
"""The elements of a drawing that are more than a line or a box: pictures, charts, diagrams, letters drawn as a shape."""
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULAS = (f"{_MATH}oMath", f"{_MATH}oMathPara")
_TEXTS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


class Inline(OpenElement):
    """A paragraph, or a field in one element; its children are runs and their wrappers."""

    __slots__ = ("_open_box", "bookmarks", "runs")

    def __init__(self, runs: Runs, bookmarks: list[str], open_box: OpenBox, marks: Marks) -> None:
        super().__init__(marks)
        self.runs, self.bookmarks, self._open_box = runs, bookmarks, open_box

    def open(self, name: str, attributes: dict[str, str], marks: Marks) -> Handler:
        if name == "r":
            return RunElement(self.runs, self._open_box, marks)
        if name in ("del", "moveFrom"):
            return Inside(self, marks._replace(revision=revision(name, attributes)))
        if name == "fldSimple" and not marks.deleted:
            return _SimpleField(self, attributes.get(f"{W}instr", ""), marks)
        if name == "fldSimple":
            return Inside(self, marks)
        if name == "bookmarkStart":
            self.bookmarks.append(attributes.get(f"{W}name", ""))
        return _Formula(self.runs, marks) if name in _FORMULAS else SKIP

    def link(self, attributes: dict[str, str]) -> None:
        anchor = attributes.get(f"{W}anchor", "")
        self.runs.links.append((attributes.get(f"{R}id", ""), f"#{anchor}" if anchor else ""))


class _SimpleField(Inside):
    __slots__ = ("_begun", "_runs")

    def __init__(self, around: Inline, instruction: str, marks: Marks) -> None:
        super().__init__(around, marks)
        self._runs = around.runs
        self._begun = around.runs.begin_simple(instruction)

    def end(self) -> None:
        self._runs.end_simple(self._begun, self.marks)


class _Formula(Handler):
    """A formula, whose characters are one run, in their order and without its form."""

    __slots__ = ("_marks", "_runs", "_texts")

    def __init__(self, runs: Runs, marks: Marks) -> None:
        self._runs, self._marks = runs, marks
        self._texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return _Text(self._texts.append) if name == f"{_MATH}t" else _Within(self)

    def end(self) -> None:
        self._runs.add("".join(self._texts), {}, self._marks)


class _Within(Handler):
    """An element whose children are treated as those of the one around it."""

    __slots__ = ("_around",)

    def __init__(self, around: Handler) -> None:
        self._around = around

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return self._around.start(name, attributes)


class RunElement(OpenElement):
    """A run: its text is taken when it ends; marks of fields and breaks are taken at once."""

    __slots__ = ("_direct", "_has_words", "_open_box", "runs", "texts")

    def __init__(self, runs: Runs, open_box: OpenBox, marks: Marks) -> None:
        super().__init__(marks)
        self.runs, self._open_box = runs, open_box
        self.texts: list[str] = []
        self._has_words = False
        self._direct: Properties | None = None

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "t":
            return _Text(self._take)
        if name == "rPr":
            return grow(name, attributes, self._form) if self._direct is None else SKIP
        return super().start(name, attributes)

    def open(self, name: str, attributes: dict[str, str], marks: Marks) -> Handler:
        if name == "t" or (name == "delText" and marks.deleted):
            return _Text(self._take)
        if name in _TEXTS:
            self.texts.append(_TEXTS[name])
        elif name == "br":
            self._break(attributes.get(f"{W}type", ""))
        elif name == "sym":
            self._take(symbol(attributes.get(f"{W}font", ""), attributes.get(f"{W}char", "")))
        elif name == "commentReference":
            self.runs.comments.append(attributes.get(f"{W}id", ""))
        elif name == "ruby":
            return _Ruby(self.runs, self._open_box, marks)
        elif not marks.deleted:
            return self._noted(name, attributes, marks)
        return SKIP

    def _noted(self, name: str, attributes: dict[str, str], marks: Marks) -> Handler:
        """Handles an element that changes the state of the paragraph, unless it is deleted."""
        if name == "instrText":
            return _Text(self.runs.say)
        if name == "fldChar":
            self._mark_field(attributes.get(f"{W}fldCharType", ""))
        elif name in ("drawing", "pict", "object"):
            self.runs.drawn = True
            return _Drawing(self.runs, self._open_box, marks)
        return SKIP

    def end(self) -> None:
        self.runs.add("".join(self.texts), self._direct or {}, self.marks)

    def _take(self, text: str) -> None:
        self.texts.append(text)
        self._has_words = self._has_words or bool(text and not text.isspace())

    def _form(self, node: Node) -> None:
        self._direct = properties(node)
        if "rPrChange.val" in self._direct:
            self.runs.changes += format_changes(node)

    def _break(self, kind: str) -> None:
        if kind != "page":
            self.texts.append("\n")
        elif not self.marks.deleted:
            self.runs.break_page(self._has_words)

    def _mark_field(self, kind: str) -> None:
        if kind == "begin":
            self.runs.begin_field()
        elif kind == "separate":
            self.runs.begin_result()
        elif kind == "end":
            self.runs.end_field(self.marks)


class _InRun(Handler):
    """An element inside a run, whose content goes to the runs of the paragraph."""

    __slots__ = ("_marks", "_open_box", "_runs")

    def __init__(self, runs: Runs, open_box: OpenBox, marks: Marks) -> None:
        self._runs, self._open_box, self._marks = runs, open_box, marks


class _Ruby(_InRun):
    """Characters with small ones above them: only the characters are text."""

    __slots__ = ()

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "r":
            return RunElement(self._runs, self._open_box, self._marks)
        return _Within(self) if name == "rubyBase" else SKIP


class _Text(Handler):
    """Text up to the first child element, which should not exist."""

    __slots__ = ("_parts", "_take", "_whole")

    def __init__(self, take: Callable[[str], None]) -> None:
        self._take, self._whole = take, False
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        self._whole = True
        return SKIP

    def text(self, data: str) -> None:
        if not self._whole:
            self._parts.append(data)

    def end(self) -> None:
        self._take("".join(self._parts))


class _Drawing(_InRun):
    """A picture or shape: its text boxes and alternative text are read, not their copies for older programs."""

    __slots__ = ()

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "txbxContent":
            return self._open_box(self._runs.boxes.append, self._marks)
        description = attributes.get("descr") or attributes.get("alt")
        if description:
            self._runs.descriptions.append(description)
        if name.rpartition("}")[2] in _PICTURES:
            self._runs.pictured = True
        return SKIP if name == FALLBACK else self
