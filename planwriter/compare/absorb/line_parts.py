"""The texts of an edited line: which of them changed, and to what."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.compare.absorb.retyping import TypedEdit, Unabsorbable, text_edits
from planwriter.model.added import ADDED, DUTY_NOTE
from planwriter.model.walk import DUTY, TextRole
from planwriter.plan.flow import Line, Printed
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_TITLES = frozenset((TextRole.TITLE, TextRole.BOX_TITLE, TextRole.CAPTION))
_DUTY_WORDS = {role: ADDED[role].before for role in (TextRole.LEAD, TextRole.SUPPORT, TextRole.DEADLINE)}
_DUTY_START = regex("[（(](?=(?:责任单位|配合单位|完成时限)：)")
_BETWEEN_NAMES = regex("[、，,]")
_BETWEEN_LISTED = regex("[，,\t　]")
_LISTS = frozenset((TextRole.RECIPIENT, TextRole.COPY, TextRole.SIGNATURE))
"""The lists of the frame that stand on one line."""


class EditedDuty(NamedTuple):
    """The units and the deadline that a line ends with; None for what it does not name."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str = ""


class EditedText(NamedTuple):
    """A text of a line, and the edits of its characters, counted in its value."""

    printed: Printed
    edits: tuple[TypedEdit, ...]


class EditedLine(NamedTuple):
    """What changed in a line."""

    texts: tuple[EditedText, ...]
    duty: EditedDuty | None
    """The units and the deadline as edited; None if they are as before."""
    listed: tuple[TextRole, tuple[str, ...]] | None = None
    """The names of a list of the frame (主送, 抄送, 署名), if they changed otherwise than by words."""


def line_texts(line: Line) -> tuple[str, tuple[Printed, ...]]:
    """The characters of a line without its label, and the texts in them."""
    size = len(line.section.label) if line.section is not None else 0
    return line.text[size:], tuple(each._replace(start=each.start - size, end=each.end - size) for each in line.texts)


def edited_line(line: Line, target: str) -> EditedLine:
    """What changed in the texts of a line that is to be printed as `target`. Raises Unabsorbable."""
    old, texts = line_texts(line)
    own = [each for each in texts if each.role not in DUTY]
    duties = [each for each in texts if each.role in DUTY]
    cut = old.rfind(DUTY_NOTE.before, 0, duties[0].start) if duties else len(old)
    head, duty = split_duty(target)
    if duties and duty is None:
        duty = EditedDuty()
    was = split_duty(old)[1] if duties else None
    edited_duty = duty if duty != was and not (duty is None and was is None) else None
    if not own:
        if head != old[:cut]:
            raise Unabsorbable("这一行的字是程序排上去的")
        return EditedLine((), edited_duty)
    role = own[0].role
    is_list = role in _LISTS and all(each.role is role for each in own)
    try:
        edited = _edited_texts(old[:cut], own, head)
    except Unabsorbable:
        if not is_list:
            raise
    else:
        if not is_list or not any(_BETWEEN_LISTED.search(edit.new) for each in edited for edit in each.edits):
            return EditedLine(edited, edited_duty)
    return EditedLine((), None, (role, _listed(old, own, target)))


def _listed(old: str, texts: Sequence[Printed], new: str) -> tuple[str, ...]:
    """The names of an edited list of the frame."""
    before, after = old[: texts[0].start], old[texts[-1].end :]
    if not new.startswith(before) or not new.endswith(after) or len(new) <= len(before) + len(after):
        raise Unabsorbable("改到了程序排上去的字")
    between = _BETWEEN_LISTED.split(new[len(before) : len(new) - len(after)])
    names = tuple(filter(None, map(str.strip, between)))
    if not names:
        raise Unabsorbable("没有留下文字")
    return names


def split_duty(text: str) -> tuple[str, EditedDuty | None]:
    """A line without the units that it ends with, and these; None if it names none."""
    starts = [match.start() for match in _DUTY_START.finditer(text)]
    if not starts or not text.endswith(("）", ")")):
        return text, None
    at = starts[-1]
    got: dict[TextRole, str] = {}
    for entry in text[at + 1 : -1].split("；"):
        role = next((role for role, words in _DUTY_WORDS.items() if entry.startswith(words)), None)
        if role is None or role in got:
            return text, None
        got[role] = entry[len(_DUTY_WORDS[role]) :].strip()
    names = {role: tuple(filter(None, map(str.strip, _BETWEEN_NAMES.split(value)))) for role, value in got.items()}
    duty = EditedDuty(names.get(TextRole.LEAD, ()), names.get(TextRole.SUPPORT, ()), got.get(TextRole.DEADLINE, ""))
    return text[:at], duty


def _edited_texts(old: str, texts: Sequence[Printed], new: str) -> tuple[EditedText, ...]:
    """The edits of the texts of a line."""
    found: dict[int, list[TypedEdit]] = {}
    try:
        for edit in text_edits(old, new):
            at = _holder(texts, edit, old)
            by = texts[at].offset - texts[at].start
            found.setdefault(at, []).append(TypedEdit(edit.start + by, edit.end + by, edit.new))
    except Unabsorbable:
        found = _split_anew(old, texts, new)
    return tuple(EditedText(texts[at], tuple(edits)) for at, edits in sorted(found.items()))


def _holder(texts: Sequence[Printed], edit: TypedEdit, old: str) -> int:
    """The text that an edit is in."""
    inside = [at for at, each in enumerate(texts) if each.start <= edit.start and edit.end <= each.end]
    if not inside:
        raise Unabsorbable(f"改到了程序排上去的字“{old[edit.start : edit.end] or edit.new}”")
    if len(inside) > 1 and edit.start == edit.end:  # put in where two texts meet
        return inside[0]
    return inside[0]


def _split_anew(old: str, texts: Sequence[Printed], new: str) -> dict[int, list[TypedEdit]]:
    """The edits of a title and of the text behind it, if the words between them changed too."""
    if len(texts) != 2 or texts[0].role not in _TITLES or texts[1].end != len(old) or texts[0].start:
        raise Unabsorbable("改到了程序排上去的字")
    title, body = old[: texts[0].end], old[texts[1].start :]
    stop = old[texts[0].end : texts[1].start]
    if new.endswith(body) and new[: len(new) - len(body)].endswith(stop):
        head, rest = new[: len(new) - len(body) - len(stop)], body
    elif new.startswith(title + stop):
        head, rest = title, new[len(title + stop) :]
    else:
        head, found, rest = new.partition("。")
        if not stop or not found or len(head) > 60 or not head or not rest:
            head, rest = "", new  # one text, without a title
    if not rest:
        raise Unabsorbable("正文删空了")
    made: dict[int, list[TypedEdit]] = {}
    for at, (was, now) in enumerate(((title, head), (body, rest))):
        by = texts[at].offset
        edits = [TypedEdit(each.start + by, each.end + by, each.new) for each in text_edits(was, now)]
        if edits:
            made[at] = edits
    return made
