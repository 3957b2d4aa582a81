"""Reads the files that bureaus sent back: the opinions in each, and what became of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping

from planwriter.compare.edits.hand_edits import EditKind, HandEdits, hand_edits
from planwriter.compare.edits.own_units import with_units_in_place
from planwriter.compare.opinions.accepted import is_in
from planwriter.compare.opinions.bureaus import Respondent, as_unit, sender_of
from planwriter.compare.opinions.copies import (
    authors_by_paragraph,
    letter_says,
    missing_paragraphs,
    plan_title,
    share_kept,
    share_of_file,
)
from planwriter.compare.opinions.opinion_table import OpinionRow, Reply
from planwriter.compare.opinions.opinions import (
    MAX_OPINIONS,
    Opinion,
    Wish,
    in_order,
    opinions_of,
    placed_in,
    unplaced_comment,
)
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.place_names import clause_names
from planwriter.compare.versions.version import PlanVersion
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Pos
from planwriter.readers.docx.comments import read_comments
from planwriter.source.decode import other_kind
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field
from planwriter.system import files
from planwriter.system.zip_bounds import DOCX
from planwriter.writers.docx.record import decode, record_of_docx

_WORD = (".docx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".odt")
_OF_FOLDER = (
    *_WORD,
    *(".pdf", ".ofd", ".txt", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".zip", ".rar", ".7z"),
)
"""The endings of files of a folder that are answers, whether they can be read or not."""
_OURS = 0.4
"""The share of a file's characters that must be in the plan, so that the file is a copy of it."""
_SAME_TITLED, _RETITLED = 0.25, 0.85
"""The share of an earlier state's characters that must still be in the plan: if it has the same title, and if not."""
_NAMED = 4
_NEWEST = 8
"""So many earlier states of the plan are tried."""


def answers_in(names: Iterable[str]) -> list[str]:
    """The files named, and in each folder named the files that may be answers."""
    made: list[str] = []
    for name in names:
        if os.path.isdir(name):
            inside = (each for each in files.plain_files(name) if not each.startswith(("~$", ".")))
            made += [os.path.join(name, each) for each in sorted(inside) if each.lower().endswith(_OF_FOLDER)]
        else:
            made.append(name)
    return list(dict.fromkeys(made))


class _FoundOpinion(NamedTuple):
    """An opinion, the bureau that has it, and what its place is called."""

    opinion: Opinion
    unit: str
    clause: str
    already: bool
    """True if the plan has been changed that way since the file was sent."""


@dataclass(slots=True, kw_only=True)
class AnswerReader:
    """Takes the opinions of one file after another."""

    current: PlanVersion
    """The plan as it is now."""
    digest: str
    """The sha256 of the outline, by which a file made from it as it is now is known."""
    title: str
    stem: str
    """The outline's file name without its ending."""
    known: tuple[str, ...]
    """The units that the plan names."""
    units: Mapping[str, str]
    """The bureaus of files by their names, as typed."""
    sent: PlanVersion | None
    """What was sent to the bureaus, if it is given."""
    outline: str
    found: list[_FoundOpinion] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    told: Findings = field(default_factory=Findings)
    unrecorded: list[str] = field(default_factory=list)
    """The files that have no record."""
    _seen: dict[bytes, str] = field(default_factory=dict)
    _rendered: list[PlanVersion] | None = None

    def take(self, path: str) -> None:
        """Takes the opinions of a file."""
        shown, name = files.shown_path(path), os.path.basename(path)
        data = self.told.take(files.read_named(path, shown, limit=DOCX.packed + 1))
        if data is None:
            self._fail(name, "读不了")
            return
        if len(data) > DOCX.packed:
            self._refuse(shown, name, "文件太大")
            return
        kind = "" if name.lower().endswith(_WORD) else _other_file(data)
        if kind:
            self._refuse(shown, name, f"是{kind}，里面改了什么程序读不出来")
            return
        digest = hashlib.sha256(data).digest()
        twin, sender = self._seen.get(digest, ""), self._sender(name, ())
        self._seen.setdefault(digest, name)
        if twin and (sender.doubt or sender.unit == self._sender(twin, ()).unit):
            self._refuse(shown, name, f"和“{twin}”一模一样，只收一次")
            return
        compared = self._compared(data, shown, name)
        if compared is not None:
            self._take_edits(compared, data, shown, name)

    def _fail(self, name: str, note: str) -> None:
        unit = self._sender(name, ()).unit
        self.replies.append(Reply(name, unit, 0, note, failed=True))

    def _refuse(self, shown: str, name: str, reason: str) -> None:
        self.told.append(finding("PW820", Pos(shown), file=name, reason=reason))
        self._fail(name, reason)

    def _sender(self, name: str, authors: Iterable[str]) -> Respondent:
        stem = os.path.splitext(name)[0]
        given = self.units.get(name) or self.units.get(stem)
        if given:
            return Respondent(given)
        return sender_of(stem, authors, titles=(self.title, self.stem), known=self.known)

    def _compared(self, data: bytes, shown: str, name: str) -> HandEdits | None:
        """The edits in a file; None if it is no copy of the plan, which is then told."""
        record = self.told.take(record_of_docx(data, shown))
        base = version_of_record(record, shown) if record is not None else None
        read = version_of_word(data, shown, base=base)
        self.told.extend(each for each in read.findings if "批注" not in each.message)
        if read.value is None:
            self._fail(name, "打不开")
            return None
        base = base or self.sent or self._likely_base(read.value)
        compared = hand_edits(base, with_units_in_place(read.value, base))
        if share_of_file(compared) < _OURS:
            said = letter_says(read.value)
            says = f"，里面说“{said.rstrip('：:，,')}”" if said else ""
            self._refuse(shown, name, f"不是这份计划的稿子{says}")
            return None
        if record is None:
            self.unrecorded += [name] if base is self.current else []
        elif record.made.digest != self.digest and base.items != self.current.items:
            share = share_kept(base.items, self.current.items)
            if share < (_SAME_TITLED if plan_title(base) == self.title else _RETITLED):
                self._refuse(shown, name, f"是照另一份计划“{plan_title(base)[:40]}”改的")
                return None
        return compared

    def _likely_base(self, edited: PlanVersion) -> PlanVersion:
        """What a file without a record was most likely made from: the plan as it is, or as it was rendered before."""
        if self._rendered is None:
            self._rendered = list(_rendered_before(self.outline))
        texts = {each.text for each in edited.items}
        known = [(sum(each.text in texts for each in base.items), base) for base in (self.current, *self._rendered)]
        return max(known, key=lambda each: each[0])[1]

    def _take_edits(self, compared: HandEdits, data: bytes, shown: str, name: str) -> None:
        base = compared.base
        opinions, notes = self._opinions_in(compared, data, shown, name)
        sender, authors = self._sender_by_authors(opinions, data, shown, name)
        names, current_names = clause_names(base), clause_names(self.current)
        older, is_later = 0, base.items != self.current.items
        for opinion, placed in zip(opinions, placed_in(opinions, base, self.current), strict=True):
            clause = current_names[placed.at] if placed.at >= 0 else names[opinion.at] if opinion.at >= 0 else "全文"
            unit = as_unit(opinion.author, self.known) or self._by_hand(opinion, authors, compared) or sender.unit
            already = is_later and is_in(placed, self.current) and not is_in(opinion, base)
            self.found.append(_FoundOpinion(placed, unit, clause, already))
            older += placed.older and not already
        if older:
            notes.append(f"照旧稿改的，{older} 条说的话现在的提纲里没有了")
            self.told.append(finding("PW821", Pos(shown), file=name, count=older))
        if formats := compared.counts.get(EditKind.FORMAT, 0):
            notes.append(f"另有 {formats} 处只改了格式，没有列")
        self.replies.append(Reply(name, sender.unit, len(opinions), "；".join(notes)))

    def _opinions_in(self, compared: HandEdits, data: bytes, shown: str, name: str) -> tuple[list[Opinion], list[str]]:
        """The opinions in a copy of the plan, and notes on those that are left out."""
        opinions = list(opinions_of(compared.base, compared.edited, compared.matching))
        notes: list[str] = []
        missing = missing_paragraphs(compared, data, shown)
        if missing:
            opinions = [each for each in opinions if each.wish != Wish.REMOVE or each.at not in missing]
            notes.append(f"只有计划的一部分，没有的 {len(missing)} 段不算要删")
            self.told.append(finding("PW824", Pos(shown), file=name, count=len(missing)))
        placed = {each.number for item in compared.edited.items for each in item.remarks}
        opinions += [unplaced_comment(each) for each in read_comments(data) if each.number not in placed]
        if len(opinions) > MAX_OPINIONS:
            notes.append(f"意见有 {len(opinions)} 条，只收前 {MAX_OPINIONS} 条")
            self.told.append(finding("PW820", Pos(shown), file=name, reason=f"的意见超过 {MAX_OPINIONS} 条，后面的"))
        return opinions[:MAX_OPINIONS], notes

    def _sender_by_authors(
        self, opinions: list[Opinion], data: bytes, shown: str, name: str
    ) -> tuple[Respondent, dict[int, set[str]]]:
        """Who sent a file, and, if its name does not say it, who has tracked changes in each of its paragraphs."""
        sender = self._sender(name, ())
        if not sender.doubt:
            return sender, {}
        authors = authors_by_paragraph(data)
        everyone = {each for some in authors.values() for each in some} | {each.author for each in opinions}
        sender = self._sender(name, sorted(everyone))
        if sender.doubt:
            self.told.append(finding("PW822", Pos(shown), file=name, unit=sender.unit, doubt=sender.doubt))
        return sender, authors

    def _by_hand(self, opinion: Opinion, authors: Mapping[int, set[str]], compared: HandEdits) -> str:
        """The bureau that alone has tracked changes in the paragraph of an opinion; "" if that is not known."""
        if not authors or opinion.at < 0 or opinion.wish == Wish.SAY:
            return ""
        new = compared.matching.new_of_old.get(opinion.at)
        some = authors.get(compared.edited.items[new].place, set()) if new is not None else set()
        return as_unit(next(iter(some)), self.known) if len(some) == 1 else ""

    def tell_all(self) -> None:
        """Says what is to be said of several files together: which have no record, and which bureaus have sent several."""
        if self.unrecorded:
            first = "、".join(self.unrecorded[:_NAMED])
            more = f"等 {len(self.unrecorded)} 个文件" if len(self.unrecorded) > _NAMED else ""
            self.told.append(finding("PW823", Pos(self.current.name), files=f"{first}{more}"))
        by_unit: dict[str, list[str]] = {}
        for each in self.replies:
            if not each.failed:
                by_unit.setdefault(each.unit, []).append(each.file)
        for unit, names in by_unit.items():
            if len(names) > 1:
                shown = "、".join(names[:_NAMED])
                self.told.append(finding("PW825", Pos(names[0]), unit=unit, count=len(names), files=shown))

    def rows(self) -> Iterator[OpinionRow]:
        """The opinions, equal ones together, in the order of the plan."""
        for group in in_order([each.opinion for each in self.found]):
            first = self.found[group[0]]
            units = tuple(dict.fromkeys(self.found[at].unit for at in group))
            yield OpinionRow(opinion=first.opinion, units=units, clause=first.clause, already=first.already)


def _rendered_before(outline: str) -> Iterator[PlanVersion]:
    """The plan as it was when its documents were last rendered, by the copies that are kept of them."""
    from planwriter.app.journal.rendered import renders_of

    for each in renders_of(outline)[-_NEWEST:]:
        record = decode(each.record_text())
        if record is not None:
            yield version_of_record(record, each.file)


def _other_file(data: bytes) -> str:
    """What a file is that is no Word file: a PDF, a picture, a text; "" if it may be one."""
    kind = other_kind(data)
    if kind:
        return "" if "Word" in kind or "Office" in kind or "压缩包" in kind else kind
    return "一份文字文件" if data and b"\0" not in data and not data.startswith((b"{\\rtf", b"PK")) else ""
