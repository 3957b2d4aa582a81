"""Fills in the texts of one document within bounds; what cannot be filled is reported at its hole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planwriter.checks.added_words import field_slips
from planwriter.checks.doubled import Doubled, doubled_words
from planwriter.checks.prose.report import report_slips
from planwriter.checks.wording import check_marks
from planwriter.fill import MAX_EXPRESSIONS, Fault, Marks, expressions_of, fill, printed_pieces, split
from planwriter.fill.optional import bracket_fault, cuts
from planwriter.fill.plain import NameTable, show
from planwriter.fill.written_names import odd_names_in
from planwriter.findings.catalogue import finding, make_finding, near, nearest
from planwriter.findings.finding import MAX_FINDINGS, Cause, Finding, Pos, Span
from planwriter.language.deadlines import read_deadline
from planwriter.language.figures import UNSET
from planwriter.model import Duty, Filling, Outline, Text, Use
from planwriter.model.memo import Memo
from planwriter.model.walk import duty_texts
from planwriter.plan.compose.unset import Unset
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.records import dataclass, field, replace
from planwriter.start.typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from planwriter.plan.compose.refill import FillTrace

T = TypeVar("T")
MAX_CHARACTERS = 5_000_000
MAX_MEANT = 200
_WORD = regex(r"\w+")
_OF_THE_ROW = regex(r"\{\{\s*行\.")
_HOLE_END = regex(r"(?:\.值)?\s*\}\}\Z")
_PARAMETER_HOLE = regex(r"\{\{\s*参数\.(.+?)\s*\}\}")


@dataclass(slots=True)
class Scope:
    """The names that a text is filled from, and the chain of clauses around it."""

    names: dict[str, object]
    chain: tuple[str, ...] = ()
    use: Use | None = None
    cause: Cause | None = None
    """In a clause: where the outline uses it."""
    causes: dict[str, Cause] = field(default_factory=dict)
    """For the parameters of the clause: where the author set each, or can set it."""
    unset: dict[str, Unset] = field(default_factory=dict)
    """The parameters of the clause that show commitments nobody set."""
    given: frozenset[str] | None = None
    """In a clause of format 2: its parameters that have a value, by which parts of its texts are printed or left out."""
    _odd: tuple[str, ...] | None = None

    @property
    def odd(self) -> tuple[str, ...]:
        """The names that texts cite as they are written (`written_names`)."""
        if self._odd is None:
            self._odd = odd_names_in(self.names)
        return self._odd


class Effects(NamedTuple):
    """What filling some texts did to `Texts`."""

    findings: tuple[Finding, ...]
    cited: frozenset[str]
    unset: tuple[Unset, ...]
    expressions: frozenset[str]
    characters: int
    is_lasting: bool
    """True if filling them again does the same as long as the targets and clauses are the same."""

    def with_characters(self, characters: int) -> Effects:
        """The same, with another number of characters."""
        findings, cited, unset, expressions, _, is_lasting = self
        return Effects(findings, cited, unset, expressions, characters, is_lasting)


class Texts:
    """Fills the texts of an outline one after another, and keeps the findings and the targets cited."""

    def __init__(self, outline: Outline, memo: Memo) -> None:
        self.memo = memo
        self.row = outline.row
        self.keys = {target.key for target in outline.targets}
        self.odd_keys = [key for key in self.keys if not _WORD.fullmatch(key)]
        self.findings: list[Finding] = []
        self.cited: set[str] = set()
        self.meant: set[str] = set()
        self.faults = 0
        self.unset: dict[Unset, None] = {}
        self.characters = 0
        self.expressions: set[str] = set()
        self.compiled: set[str] = set()
        """The expressions of the whole document, also while those of a part are noted."""
        self.is_full = False
        self.passing = 0
        """How often something was read or reported that differs from document to document, such as a cell of the row."""
        self.trace: FillTrace | None = None
        """How the block is composed that is composed now, if it may be composed again with other values."""

    def noted(self, make: Callable[[], T], trace: FillTrace) -> tuple[T, Effects]:
        """What `make` returns, and what it did here; how texts were filled in is noted in `trace`."""
        self.trace, outer = trace, self.trace
        cited, unset, expressions = self.cited, self.unset, self.expressions
        self.cited, self.unset, self.expressions = set(), {}, set()
        findings, characters, passing = len(self.findings), self.characters, self.faults + self.passing
        made = make()
        noted = Effects(
            tuple(self.findings[findings:]),
            frozenset(self.cited),
            tuple(self.unset),
            frozenset(self.expressions),
            self.characters - characters,
            self.faults + self.passing == passing and not self.is_full and len(self.findings) <= MAX_FINDINGS,
        )
        cited |= self.cited
        unset.update(self.unset)
        expressions |= self.expressions
        self.cited, self.unset, self.expressions, self.trace = cited, unset, expressions, outer
        return made, noted

    def repeat(self, noted: Effects) -> bool:
        """Does again what was noted, and returns True; False, and nothing is done, if that could exceed a limit."""
        if (
            self.is_full
            or self.characters + noted.characters > MAX_CHARACTERS
            or len(self.findings) + len(noted.findings) > MAX_FINDINGS
            or (noted.expressions and len(self.compiled | noted.expressions) > MAX_EXPRESSIONS)
        ):
            return False
        self.characters += noted.characters
        self.cited |= noted.cited
        if noted.findings:
            self.findings += noted.findings
        if noted.unset:
            self.unset.update(dict.fromkeys(noted.unset))
        if noted.expressions:
            self.expressions |= noted.expressions
            self.compiled |= noted.expressions
        return True

    def cite(self, key: str) -> None:
        """Counts a target as cited."""
        self.cited.add(key)

    def read_cell(self) -> None:
        """To be called when a text reads a cell of the row."""
        self.passing += 1

    def fill(self, text: Text, scope: Scope) -> Text:
        """The text with its holes filled; unchanged once the document is too large."""
        self.characters += len(text.value)
        if scope.chain:
            self.add_marks(text, scope)
        if self.characters > MAX_CHARACTERS:
            self.stop(text, scope, "整份文件", f"{MAX_CHARACTERS} 字")
        if "{" not in text.value and "}}" not in text.value:
            return self.caused(text, scope)
        found = expressions_of(text.value, scope.odd)
        self.expressions.update(found)
        self.compiled.update(found)
        if len(self.compiled) > MAX_EXPRESSIONS:
            self.stop(text, scope, "{{ }} 里的算式", f"{MAX_EXPRESSIONS} 个")
        if self.is_full or len(self.findings) > MAX_FINDINGS:
            return text
        if self.row is not None and "行" in text.value:
            self.check_cells(text, self.row, scope.odd)
        marks: Marks = []
        unprinted = self.unprinted(text, scope)
        filled, faults = fill(text.value, scope.names, marks, unprinted, scope.odd)
        if faults:
            self.faults += len(faults)
            self.count_as_cited(text.value)
        for fault in faults[:MAX_FINDINGS]:
            if UNSET not in str(fault.values.get("reason", "")):  # told at the target that has no value
                self.findings.append(_explain(fault, text, scope))
        made, doubled = self.memo.once(_filled, text, by=(filled, tuple(marks), not faults))
        if doubled and text.origin is not None:
            self.findings += (_repeated(each, text, scope) for each in doubled)
        self.characters += max(len(filled) - len(text.value), 0)
        made = self.caused(made, scope, typed=text.value)
        if self.trace is not None:
            self.trace.fill(text, made, printed_pieces(text.value, scope.odd, unprinted))
        return made

    def unprinted(self, text: Text, scope: Scope) -> tuple[tuple[int, int], ...]:
        """The stretches of a clause's text that are not printed: the marks of optional parts, and the parts without a value."""
        if scope.given is None or "〔" not in text.value:
            return ()
        at, reason = bracket_fault(text.value)
        if reason and text.origin is not None:
            self.add("PW319", text.origin.within(text.value, at, at + 1), scope, reason=reason)
        return cuts(text.value, scope.given)

    def caused(self, text: Text, scope: Scope, typed: str = "") -> Text:
        """A filled text of a clause with its causes: where it is used, and where the parameters that it shows are set."""
        if scope.cause is None or text.origin is None:
            return text
        named = parameters_in(typed)
        self.unset.update((scope.unset[name], None) for name in named if name in scope.unset)
        causes: tuple[tuple[int, Cause], ...] = ()
        if text.filling is None:  # filled as a whole: it is not known which characters come from a parameter
            unset = tuple(_shown_stretches(text.value, scope, named)) if named else ()
        else:
            first = ((piece.at, parameters_in(piece.expression)[:1]) for piece in split(typed) or ())
            causes = tuple((at, scope.causes[name]) for at, names in first for name in names if name in scope.causes)
            unset = tuple(_unset_holes(text, scope, typed)) if scope.unset else ()
        return self.memo.once(_with_causes, text, by=(scope.cause, causes, unset, typed))

    def duty(self, duty: Duty | None, scope: Scope) -> Duty | None:
        """Units and deadline with their holes filled, the deadline in its printed form."""
        if duty is None:
            return None
        if scope.chain:
            self.check_fields(duty, scope)
        else:
            plain, characters = self.memo.once(_plain_duty, duty)
            if plain is not None and self.characters + characters <= MAX_CHARACTERS:
                self.characters += characters
                return plain
        return self.memo.replaced(
            duty,
            lead=self.fill_all(duty.lead, scope),
            support=self.fill_all(duty.support, scope),
            deadline=self.memo.once(official_deadline, self.fill(duty.deadline, scope)) if duty.deadline else None,
        )

    def fill_all(self, texts: tuple[Text, ...], scope: Scope) -> tuple[Text, ...]:
        """The texts with their holes filled."""
        return self.memo.gathered([self.fill(text, scope) for text in texts], texts)

    def check_fields(self, duty: Duty, scope: Scope) -> None:
        """Reports words in the units of a clause that are printed around them anyway."""
        for text, role in duty_texts(duty):
            if text.origin is not None and (scope.use is None or scope.use.duty is not duty):
                related = _related(text.origin, scope)
                found = report_slips(field_slips(text, role))
                self.findings += (replace(each, related=related, remedy=()) for each in found)

    def check_cells(self, text: Text, cells: tuple[tuple[str, Text], ...], odd: tuple[str, ...]) -> None:
        """Reports row cells that a text inserts unchanged, if they are blank or have non-Chinese quotation marks."""
        cited = {
            piece.path[1]
            for piece in split(text.value, odd) or ()
            if piece.path[:1] == ("行",) and len(piece.path) == 2
        }
        for name, cell in cells if cited else ():
            if name in cited and cell.origin is not None:
                if cell.value:
                    self.findings += check_marks(cell)
                else:
                    shown, reason = cell.origin.pos.cell, f"是空的，提纲里却写了 {{{{ 行.{name} }}}}"
                    self.findings.append(finding("PW121", cell.origin, cell=shown, reason=reason))

    def stop(self, text: Text, scope: Scope, what: str, limit: str) -> None:
        """Reports once that the document is too large; from then on no text is filled."""
        if not self.is_full and text.origin is not None:
            self.add("PW311", text.origin, scope, what=what, limit=limit)
        self.is_full = True

    def count_as_cited(self, text: str) -> None:
        """Counts the targets named in `text`, a formula or a faulty text, as cited, so that they are not reported."""
        names = set(_WORD.findall(text))
        self.cited.update(self.keys & names, (key for key in self.odd_keys if key in text))
        if "指标" not in text and "{" in text:
            return
        for name in sorted(name for name in names - self.keys - self.meant if not name[0].isdigit()):
            if len(self.meant) < MAX_MEANT:
                self.meant.add(name)
                self.cited.update(nearest(name, tuple(self.keys))[:1])

    def add_marks(self, text: Text, scope: Scope) -> None:
        """Reports the punctuation of a clause's text."""
        marks = self.memo.lasting(_marks_in, text)
        if marks and text.origin is not None:
            related = _related(text.origin, scope)
            self.findings += (replace(each, related=related) for each in marks)

    def add(self, code: str, place: Span, scope: Scope, **values: object) -> None:
        """Adds a finding; in a clause it is related to the use in the outline."""
        self.findings.append(make_finding(code, place, values, _related(place, scope)))


def _plain_duty(duty: Duty) -> tuple[Duty | None, int]:
    """A duty without holes as it is printed, and the number of its characters; None if it has any."""
    texts = [text for text, _ in duty_texts(duty)]
    if any("{" in text.value or "}}" in text.value for text in texts):
        return None, 0
    characters = sum(len(text.value) for text in texts)
    deadline = official_deadline(duty.deadline) if duty.deadline else None
    return (duty if deadline is duty.deadline else replace(duty, deadline=deadline)), characters


def _marks_in(text: Text) -> tuple[Finding, ...]:
    return tuple(check_marks(text))


def _filled(
    value: str, marks: tuple[tuple[int, int, bool], ...], is_whole: bool, text: Text
) -> tuple[Text, tuple[Doubled, ...]]:
    """A text with its holes filled, and the words that these repeat, if all of them are filled."""
    filling = Filling(typed=text.value, pieces=marks) if marks else None
    doubled = tuple(doubled_words(text.value, value, marks)) if marks and is_whole else ()
    return Text(value=value, origin=text.origin, filling=filling), doubled


def _with_causes(
    cause: Cause,
    causes: tuple[tuple[int, Cause], ...],
    unset: tuple[tuple[int, int], ...],
    typed: str,
    text: Text,
) -> Text:
    assert text.origin is not None
    origin, filling = Span(text.origin.source, text.origin.start, text.origin.end, cause), text.filling
    if filling is not None:
        filling = replace(filling, causes=causes, unset=unset)
    elif unset:
        filling = Filling(typed=text.value, unset=unset)
    return replace(text, origin=origin, filling=filling)


def official_deadline(text: Text) -> Text:
    """A deadline as it is printed; its places are then those of the typed text as a whole."""
    shown = read_deadline(text.value).shown
    if shown == text.value:
        return text
    filling = text.filling or Filling(typed=text.value)
    at = next((at for _, at, is_hole in filling.pieces if is_hole), 0)
    unset = ((0, len(shown)),) if filling.unset else ()
    return replace(text, value=shown, filling=replace(filling, pieces=((0, at, True),), unset=unset))


def _unset_holes(text: Text, scope: Scope, typed: str) -> Iterator[tuple[int, int]]:
    """The stretches of a filled text in which its holes show unset parameters."""
    pieces = text.filling.pieces if text.filling else ()
    begins = {at: nth for nth, (_, at, is_hole) in enumerate(pieces) if is_hole}
    for piece in split(typed) or ():
        nth = begins.get(piece.at)
        if nth is not None and any(name in scope.unset for name in parameters_in(piece.expression)):
            yield pieces[nth][0], pieces[nth + 1][0] if nth + 1 < len(pieces) else len(text.value)


def _shown_stretches(value: str, scope: Scope, names: list[str]) -> Iterator[tuple[int, int]]:
    """The stretches in which a text shows the unset parameters `names`; the whole text if they cannot be found."""
    unset = scope.unset.keys() & names
    table = scope.names.get("参数")
    if not unset or not isinstance(table, NameTable):
        return
    shown = [re.escape(show(table.values[name])) for name in sorted(unset) if table.values.get(name) not in (None, "")]
    found = (
        [match.span() for match in re.finditer(rf"(?<![\d.])(?:{'|'.join(shown)})(?![\d.])", value)] if shown else []
    )
    yield from found or [(0, len(value))]


_PARAMETER = regex(r"参数\s*\.\s*(\w+)")


def parameters_in(text: str) -> list[str]:
    """The parameters named in a text or an expression."""
    return _PARAMETER.findall(text) if "参数" in text else []


def _related(place: Span, scope: Scope) -> tuple[tuple[Pos, str], ...]:
    """For a finding inside a clause: the place where the outline uses it."""
    use = scope.use
    if use is None or use.origin is None or use.origin.source.whole is place.source.whole:
        return ()
    return ((use.origin.pos, f"提纲在这里引用了条款“{use.clause.value}”"),)


def _repeated(doubled: Doubled, text: Text, scope: Scope) -> Finding:
    """The finding on words that a hole repeats: at an argument of the use if that has them, else where they are typed."""
    assert text.origin is not None
    value, use = text.value, scope.use
    place = text.origin.within(value, *doubled.cuts[0])
    edits = [(text, *cut) for cut in doubled.cuts]
    argument = _argument(doubled.hole, use) if use is not None and doubled.tail else None
    if argument is not None and argument.origin and argument.value.endswith(doubled.words):
        size = len(argument.value)
        edits = [(argument, size - doubled.tail, size)]
        place = argument.origin.within(argument.value, *edits[0][1:])
    elif scope.chain:
        edits = []
    is_certain = doubled.is_certain and not _OF_THE_ROW.search(doubled.hole)
    remedy = tuple(
        each
        for typed, start, end in (edits if is_certain else ())
        if typed.origin
        for each in typed.origin.replaced_within(typed.value, start, end, "")
    )
    bare = _HOLE_END.sub(".数 }}", doubled.hole)
    other = f"；或者只引用数，写成 {bare}" if doubled.is_unit and "指标." in doubled.hole else ""
    values = {"words": doubled.words, "hole": doubled.hole, "shown": doubled.shown}
    advice = f"删去“{doubled.words}”{other}。" if doubled.is_certain else f"核对单位{other}。"
    return finding("PW236", place, related=_related(place, scope), remedy=remedy, advice=advice, **values)


def _argument(hole: str, use: Use) -> Text | None:
    """The argument that a hole prints as it is typed; None if it prints something else."""
    name = _PARAMETER_HOLE.fullmatch(hole)
    given = next((value for key, value in use.arguments if name and key.value == name[1]), None)
    return given if isinstance(given, Text) else None


def _explain(fault: Fault, text: Text, scope: Scope) -> Finding:
    """The finding of a fault, placed at its hole."""
    assert text.origin is not None
    place, at = text.origin, fault.at
    if at < 0 and fault.code != "PW311":  # no place: the first hole or statement that names it
        named = re.escape(fault.missing.name) if fault.missing else ""
        statement = re.search(r"\{[{%#](?=[^}]*" + named + ")", text.value)
        at = statement.start() if statement else -1
    if at >= 0:
        place = place.within(text.value, at, at + 2)
    related = _related(place, scope)
    from planwriter.plan.compose.meant import target_meant  # only when something is wrong

    meant = target_meant(text.value, at, scope.names)
    if meant is not None:
        return finding(meant.code, place, related=related, name=meant.name, advice=meant.advice)
    missing = fault.missing
    if missing is None:
        return make_finding(fault.code, place, fault.values, related)
    if missing.scope == "指标":
        return finding("PW402", place, related=related, name=missing.name, advice=near(missing.name, missing.known))
    if missing.scope.startswith("指标."):
        advice = near(missing.name, missing.known) if missing.known else "在“指标”里补上，或改这里的写法。"
        return finding("PW413", place, related=related, name=missing.scope[3:], wanted=missing.name, advice=advice)
    if missing.scope == "参数":
        name, advice = f"参数.{missing.name}", near(missing.name, missing.known, what="这个条款的参数有")
    elif missing.scope == "行":
        name, advice = f"行.{missing.name}", near(missing.name, missing.known, what="表里的列有")
    elif missing.name == "行":
        name, advice = (
            missing.name,
            "这份提纲要和一张表一起排：planwriter render 提纲.yaml --each 表.xlsx；检查也一样，用 check 提纲.yaml --each 表.xlsx。",
        )
    else:
        name, advice = missing.name, near(missing.name, missing.known or tuple(scope.names))
    return finding("PW309", place, related=related, name=name, advice=advice)
