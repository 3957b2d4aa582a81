"""Collects the opinions of bureaus on a plan: from the files that they sent back to one table, which it is written to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from planwriter.app import outputs, plans
from planwriter.app.session import Session
from planwriter.compare.edits.hand_edits import EditKind, HandEdits, hand_edits
from planwriter.compare.matching.match import MatchedBy, match_items
from planwriter.compare.opinions.accepted import is_in
from planwriter.compare.opinions.bureaus import Respondent, as_unit, sender_of
from planwriter.compare.opinions.marked_copy import MarkedCopy, marked_copy
from planwriter.compare.opinions.opinion_table import FilledRow, OpinionRow, Reply, opinion_sheets, read_rows
from planwriter.compare.opinions.opinions import (
    MAX_OPINIONS,
    Opinion,
    Wish,
    in_order,
    opinions_of,
    placed_in,
    unplaced_comment,
)
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.place_names import clause_names
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result
from planwriter.plan.duties import units_in
from planwriter.plan.flow import TITLE
from planwriter.readers.docx.comments import read_comments
from planwriter.readers.docx.read import read_docx
from planwriter.sheets.read import MAX_BYTES as MAX_SHEET
from planwriter.sheets.read import read_workbook
from planwriter.sheets.write import write_workbook
from planwriter.source.decode import other_kind
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field, replace
from planwriter.system import files
from planwriter.writers.docx.record import decode, record_of_docx

MAX_FILES = 1_000
_MAX_BYTES = 50 * 1024 * 1024
_OF_FOLDER = (
    *(".docx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".odt", ".pdf"),
    *(".ofd", ".txt", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".zip", ".rar", ".7z"),
)
"""The endings of files of a folder that are answers, whether they can be read or not."""
_OURS = 0.4
"""The share of a file's characters that must be in the plan, so that the file is a copy of it."""
_SAME_TITLED, _RETITLED = 0.25, 0.85
"""The share of an earlier state's characters that must still be in the plan: if it has the same title, and if not."""
_FEW, _NAMED = 5, 4
_NEWEST = 8
"""So many earlier states of the plan are tried."""
_MAX_RUN = 3
"""In an excerpt, so many paragraphs that are gone between two that are there were deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The opinions on a plan."""

    title: str
    current: PlanVersion
    plan: plans.Plan
    rows: tuple[OpinionRow, ...]
    replies: tuple[Reply, ...]
    opinions: int
    """How many there are, before equal ones are put together."""
    decided: int = 0
    """How many rows have what was decided in the table that was there before."""
    kept: tuple[FilledRow, ...] = ()
    """Rows of that table which no file has any more, and in which something was filled in by hand."""
    dropped: int = 0
    """How many others of its rows no file has any more."""

    def workbook(self) -> bytes:
        """The table."""
        return write_workbook(opinion_sheets(self.title, self.rows, self.replies, self.kept))


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


def collect(
    session: Session,
    outline: str,
    answers: Sequence[str],
    units: Mapping[str, str],
    *,
    draft: bool = False,
    sent: str | None = None,
) -> Result[Collected | None]:
    """The opinions in the files `answers` on the plan of an outline; None if the outline has an error.

    `units` gives the bureaus of files by their names, for those whose name does not say it; `sent` is the .docx that was sent
    to them, with which files that have lost their record are compared.
    """
    plan = plans.plan_file(session, outline, draft=draft)
    if not plan.sound or plan.document is None:
        return Result(None, plan.findings)
    base = _sent_version(sent) if sent is not None else Result(None)
    if sent is not None and base.value is None:
        return Result(None, base.findings)
    data = files.read_file(outline, limit=_MAX_BYTES).value or b""
    current = version_of_plan(plan.document, plan.path)
    collector = _Collector(
        current=current,
        digest=hashlib.sha256(data).hexdigest(),
        title=_title(current),
        stem=os.path.splitext(os.path.basename(outline))[0],
        known=units_in(plan.document),
        units=units,
        sent=base.value,
        outline=outline,
    )
    for path in answers[:MAX_FILES]:
        collector.take(path)
    if len(answers) > MAX_FILES:
        collector.told.append(
            finding("PW820", Pos(plan.path), file=answers[MAX_FILES], reason=f"一次最多收 {MAX_FILES} 个文件")
        )
    collector.tell_all()
    return collector.told.result(
        Collected(
            title="".join(plan.document.title.split()) or collector.stem,
            current=current,
            plan=plan,
            rows=tuple(collector.rows()),
            replies=tuple(collector.replies),
            opinions=len(collector.found),
        )
    )


def _sent_version(path: str) -> Result[PlanVersion | None]:
    """The version in the .docx that was sent."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=_MAX_BYTES)
    if data.value is None:
        return Result(None, data.findings)
    record = record_of_docx(data.value, shown).value
    if record is not None:
        return Result(version_of_record(record, shown))
    return version_of_word(data.value, shown)


def _rendered_before(outline: str) -> Iterator[PlanVersion]:
    """The plan as it was when its documents were last rendered, by the copies that are kept of them."""
    from planwriter.app.journal.rendered import renders_of

    for each in renders_of(outline)[-_NEWEST:]:
        record = decode(each.record_text())
        if record is not None:
            yield version_of_record(record, each.file)


def _title(version: PlanVersion) -> str:
    lines = (each for each in version.items if isinstance(each, VersionLine) and each.role == TITLE)
    return "".join("".join(each.text.split()) for each in lines)


class _Found(NamedTuple):
    """An opinion, the bureau that has it, and what its place is called."""

    opinion: Opinion
    unit: str
    clause: str
    already: bool
    """True if the plan has been changed that way since the file was sent."""


@dataclass(slots=True, kw_only=True)
class _Collector:
    """What was found in the files so far."""

    current: PlanVersion
    digest: str
    title: str
    stem: str
    known: tuple[str, ...]
    units: Mapping[str, str]
    sent: PlanVersion | None
    outline: str
    found: list[_Found] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    told: Findings = field(default_factory=Findings)
    unrecorded: list[str] = field(default_factory=list)
    """The files that have no record."""
    _seen: dict[bytes, str] = field(default_factory=dict)
    _rendered: list[PlanVersion] | None = None

    def take(self, path: str) -> None:
        """Takes the opinions of a file."""
        shown, name = files.shown_path(path), os.path.basename(path)
        data = self.told.take(files.read_named(path, shown, limit=_MAX_BYTES + 1))
        if data is None:
            self._fail(name, "读不了")
            return
        if len(data) > _MAX_BYTES:
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
        compared = hand_edits(base, read.value)
        if _share_in(compared) < _OURS:
            self._refuse(shown, name, f"不是这份计划的稿子{_answer_in(read.value)}")
            return None
        if record is None:
            self.unrecorded += [name] if base is self.current else []
        elif record.made.digest != self.digest and base.items != self.current.items:
            share = _share_of(base.items, self.current.items)
            if share < (_SAME_TITLED if _title(base) == self.title else _RETITLED):
                self._refuse(shown, name, f"是照另一份计划“{_title(base)[:40]}”改的")
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
        base, edited = compared.base, compared.edited
        opinions = list(opinions_of(base, edited, compared.matching))
        notes: list[str] = []
        excerpt = _left_out(compared, data, shown)
        if excerpt:
            opinions = [each for each in opinions if each.wish != Wish.REMOVE or each.at not in excerpt]
            notes.append(f"只有计划的一部分，没有的 {len(excerpt)} 段不算要删")
            self.told.append(finding("PW824", Pos(shown), file=name, count=len(excerpt)))
        placed = {each.number for item in edited.items for each in item.remarks}
        opinions += [unplaced_comment(each) for each in read_comments(data) if each.number not in placed]
        if len(opinions) > MAX_OPINIONS:
            notes.append(f"意见有 {len(opinions)} 条，只收前 {MAX_OPINIONS} 条")
            self.told.append(finding("PW820", Pos(shown), file=name, reason=f"的意见超过 {MAX_OPINIONS} 条，后面的"))
            opinions = opinions[:MAX_OPINIONS]
        sender = self._sender(name, ())
        authors: dict[int, set[str]] = {}
        if sender.doubt:
            authors = _authors(data)
            everyone = {each for some in authors.values() for each in some} | {each.author for each in opinions}
            sender = self._sender(name, sorted(everyone))
            if sender.doubt:
                self.told.append(finding("PW822", Pos(shown), file=name, unit=sender.unit, doubt=sender.doubt))
        names = clause_names(base)
        current_names = clause_names(self.current)
        older, is_later = 0, base.items != self.current.items
        for opinion, placed_one in zip(opinions, placed_in(opinions, base, self.current), strict=True):
            at = placed_one.at
            clause = current_names[at] if at >= 0 else names[opinion.at] if opinion.at >= 0 else "全文"
            unit = as_unit(opinion.author, self.known) or self._by_hand(opinion, authors, compared) or sender.unit
            already = is_later and is_in(placed_one, self.current) and not is_in(opinion, base)
            self.found.append(_Found(placed_one, unit, clause, already))
            older += placed_one.older and not already
        if older:
            notes.append(f"照旧稿改的，{older} 条说的话现在的提纲里没有了")
            self.told.append(finding("PW821", Pos(shown), file=name, count=older))
        if formats := compared.counts.get(EditKind.FORMAT, 0):
            notes.append(f"另有 {formats} 处只改了格式，没有列")
        self.replies.append(Reply(name, sender.unit, len(opinions), "；".join(notes)))

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


# is it a copy of the plan?


def _size(item: VersionItem) -> int:
    return len(item.text)


def _share_in(compared: HandEdits) -> float:
    """The share of a file's characters that stand in paragraphs of the plan."""
    items = compared.edited.items
    whole = sum(map(_size, items))
    known = sum(_size(items[new]) for new, pair in compared.matching.pairs.items() if pair.how is not MatchedBy.PLACE)
    return known / whole if whole else 0.0


def _share_of(old: Sequence[VersionItem], new: Sequence[VersionItem]) -> float:
    """The share of an earlier state's characters whose paragraphs are still in the plan."""
    whole = sum(map(_size, old))
    pairs = match_items(old, new).pairs.values()
    return sum(_size(old[each.old]) for each in pairs if each.how is not MatchedBy.PLACE) / whole if whole else 0.0


def _other_file(data: bytes) -> str:
    """What a file is that is no Word file: a PDF, a picture, a text; "" if it may be one."""
    kind = other_kind(data)
    if kind:
        return "" if "Word" in kind or "Office" in kind or "压缩包" in kind else kind
    return "一份文字文件" if data and b"\0" not in data and not data.startswith(_RICH) else ""


_WORD = (".docx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".odt")
_RICH = (b"{\\rtf", b"PK")


def _answer_in(version: PlanVersion) -> str:
    """What a letter says, if it is short and speaks of opinions."""
    texts = [each.text for each in version.items]
    if sum(map(len, texts)) > 2_000:
        return ""
    said = [
        one.strip() for each in texts for one in each.replace("；", "。").split("。") if "意见" in one or "同意" in one
    ]
    clear = next((each for each in said if "无" in each or "没有" in each or "同意" in each), said[-1] if said else "")
    return f"，里面说“{clear[-60:].rstrip('：:，,')}”" if clear else ""


def _left_out(compared: HandEdits, data: bytes, shown: str) -> set[int]:
    """The paragraphs of the plan that are not in the file because only a part of the plan is in it."""
    kept = compared.matching.new_of_old
    base = compared.base.items
    gone = [at for at in range(len(base)) if at not in kept]
    if len(gone) <= max(_FEW, len(base) * 3 // 10):
        return set()
    original = version_of_word(data, shown, view="original", base=compared.base).value
    marked = hand_edits(compared.base, original).matching.new_of_old if original is not None else {}
    left = {at for at in gone if at not in marked}
    runs: list[list[int]] = []
    for at in sorted(left):
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    deleted = (run for run in runs if len(run) <= _MAX_RUN and run[0] > 0 and run[-1] < len(base) - 1)
    left.difference_update(at for run in deleted for at in run)
    return left if len(left) > _FEW else set()


def _authors(data: bytes) -> dict[int, set[str]]:
    """Who has tracked changes in a .docx, by the numbers of its paragraphs."""
    made: dict[int, set[str]] = {}
    for paragraph in read_docx(data).paragraphs:
        found = {run.revision.author for run in paragraph.runs if run.revision is not None and run.revision.author}
        if found:
            made[paragraph.number] = found
    return made


# one copy with all opinions


def marked(session: Session, collected: Collected, target: str) -> Result[MarkedCopy | None]:
    """The plan as it is now, with all opinions that it does not have yet; it is to be written to the file `target`."""
    rendered = outputs.render_plan(session, collected.plan, "docx")
    if rendered.value is None:
        return Result(None, rendered.findings)
    rows = [each for each in collected.rows if not each.already]
    made = marked_copy(rendered.value, collected.current, rows, files.shown_path(target))
    return Result(made.value, (*rendered.findings, *made.findings))


# a table that was begun


def with_decisions(collected: Collected, earlier: Sequence[FilledRow]) -> Collected:
    """The opinions with what was filled in in the table that was there before."""
    exact = {each.mark: each for each in reversed(earlier) if each.mark}
    loose: dict[object, list[FilledRow]] = {}
    for each in earlier:
        if each.original is not None:
            loose.setdefault(_wording(each.original), []).append(each)
    used: set[int] = set()
    rows: list[OpinionRow] = []
    for row in collected.rows:
        alike = loose.get(_wording(row.opinion), ())
        found = exact.get(row.mark) or (alike[0] if len(alike) == 1 else None)
        if found is None or found.at in used:
            rows.append(row)
            continue
        used.add(found.at)
        said = found.said if found.is_reworded else ""
        rows.append(replace(row, verdict=found.typed, reason=found.reason, said=said))
    others = [each for each in earlier if each.at not in used]
    kept = tuple(each for each in others if each.is_by_hand)
    return replace(
        collected,
        rows=tuple(rows),
        decided=sum(1 for each in rows if each.verdict or each.reason or each.said),
        kept=kept,
        dropped=len(others) - len(kept),
    )


def _wording(opinion: Opinion) -> object:
    """What two opinions have in common that are the same on two states of a plan."""
    return str(opinion.wish), opinion.old, opinion.new, opinion.label, opinion.row, opinion.column


def read_table(path: str) -> Result[list[FilledRow] | None]:
    """The rows of a table of opinions; None, with a finding, if the file is none."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=MAX_SHEET + 1)
    if data.value is None:
        return Result(None, data.findings)
    sheets = read_workbook(data.value, shown)
    if not sheets.value:
        return Result(None, sheets.findings)
    rows = read_rows(sheets.value)
    if rows is None:
        return Result(None, (finding("PW826", Pos(shown), file=shown),))
    return Result(rows, sheets.findings)


def write_table(collected: Collected, path: str, *, force: bool) -> Result[Collected]:
    """Writes the table; what was filled in in the one that is there stays, and a copy of that is kept."""
    if not os.path.isfile(path):
        return Result(collected, outputs.write_output(path, collected.workbook(), None, force=force))
    earlier = read_table(path)
    if earlier.value is None:
        refused = outputs.refuse_existing(path)
        return Result(collected, outputs.write_output(path, collected.workbook(), refused, force=force))
    collected = with_decisions(collected, earlier.value)
    data = collected.workbook()
    if outputs.refuse_existing(path, data) is None:
        return Result(collected)
    told: tuple[Finding, ...] = ()
    if any(each.is_by_hand for each in earlier.value):
        copy = outputs.keep_copy(path, "上一次", files.write_new)
        if copy.value is None:
            return Result(collected, copy.findings)
        told = (finding("PW827", Pos(path), file=path, copy=copy.value),)
    return Result(collected, (*told, *outputs.write_output(path, data, None, force=force)))
