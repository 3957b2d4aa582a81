"""Applies the rules on wording and numbers to the lines of a document: PW520 to PW532, PW535 to PW538.

The lines are read together, as one text: nearly all of them are right, and looking once for what may be wrong costs less than
looking in each. For the same reason the rules that are seldom needed are imported when a sign of them is there. What a line
gave is remembered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from planwriter.checks.prose.cited import Cited, cited_in
from planwriter.checks.prose.numbers import DATE_KINDS, odd_numbers
from planwriter.checks.prose.offices import NamedOffice, offices_in
from planwriter.checks.prose.slip import Dated, LineKind, OwnWords, ProseLine, Slip, own_words
from planwriter.checks.prose.wordlists import hits_in
from planwriter.model.memo import Recent
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_LONG = 220
_LABEL = regex(r"[②③]|[（(][23二三][）)]|[23](?<![\d.]\d)[.．）](?!\d)")
_STOPS = (
    *("、和", "、等", "……等", "等……", "”。", "）。", "、”", "、）", "、》", "（，", "（、", "（。", "（；", "《，", "《、", "“，", "“、", "“。"),
    *("？。", "？，", "？；", "！。", "！，", "！；", "。：", "《》", "“”"),
)  # fmt: skip
_ABSOLUTE = regex("唯一|最(?:好|强|优|先进|完善)|史无前|绝无仅|举世无|无与伦|空前绝|登峰造|尽善尽|完美无|独一无")
_UNSEEN = regex("[?\u00ad\u2000-\u200f\u202a-\u202f\u205f-\u2064\ufeff]")
_DOCUMENT = regex(r"(?<!《)中华人民共和国|20\d\d[\]】）)］〕] ?第?\d")
_BROKEN = regex(
    r"[为了过据照绕由在对把将从向与和及时外此并且但是中便使让于过高低小大到至定发强保好彻立全现进升善化动](?:[。；，\n]|\Z)"
)
_PARTICLE = regex(
    r"[实真力步序断入决动续时]的[推开落做抓完加提解实组贯执建参配促改增发履把将]|[做抓干办管学讲实成展进行备织]的[很更非比较还十扎到细不出彻圆有井]"
)
_NESTED = regex(r"《[^《》\n]{0,80}《")


class Wording(NamedTuple):
    """What is wrong in the wording of a line, in any plan or in those of some years, and what is compared with other lines."""

    found: tuple[Slip, ...] = ()
    dated: tuple[Dated, ...] = ()
    cited: tuple[Cited, ...] = ()
    offices: tuple[NamedOffice, ...] = ()


_SOUND = Wording()
_known = Recent()


def read_wording(lines: Sequence[ProseLine]) -> list[Wording]:
    """What the rules find in each line; names are not read."""
    read: list[Wording | None] = [_SOUND if line.kind is LineKind.NAME else _known.get(line) for line in lines]
    new = list(dict.fromkeys(line for line, known in zip(lines, read, strict=True) if known is None))
    made = dict(zip(new, _read(new), strict=True)) if new else {}
    for line, wording in made.items():
        _known.put(line, line.text, wording)
    return [made[line] if known is None else known for line, known in zip(lines, read, strict=True)]


class _Found:
    """The lines as one text, and what was found in each."""

    def __init__(self, lines: list[ProseLine]) -> None:
        self.lines = lines
        self.text = "\n".join(line.text for line in lines)
        self._starts: list[int] = []
        self._read: dict[int, tuple[list[Slip], list[Dated], list[Cited], list[NamedOffice]]] = {}
        at = 0
        for line in lines:
            self._starts.append(at)
            at += len(line.text) + 1

    def _at(self, start: int) -> tuple[int, tuple[list[Slip], list[Dated], list[Cited], list[NamedOffice]]]:
        at = bisect_right(self._starts, start) - 1
        return at, self._read.setdefault(at, ([], [], [], []))

    def add(self, slip: Slip) -> None:
        at, read = self._at(slip.start)
        if slip.kind not in DATE_KINDS or self.lines[at].kind is not LineKind.CELL:
            read[0].append(_moved(slip, self._starts[at]))

    def add_prose(self, slips: Iterator[Slip]) -> None:
        """Adds those of some slips that stand in prose."""
        for slip in slips:
            at, read = self._at(slip.start)
            if self.lines[at].kind is LineKind.PROSE:
                read[0].append(_moved(slip, self._starts[at]))

    def add_dated(self, dated: Dated) -> None:
        if dated.is_certain:
            self.add(dated.slip)
            return
        at, read = self._at(dated.slip.start)
        read[1].append(dated._replace(slip=_moved(dated.slip, self._starts[at])))

    def add_cited(self, cited: Cited) -> None:
        at, read = self._at(cited.start)
        start = self._starts[at]
        read[2].append(cited._replace(start=cited.start - start, end=cited.end - start))

    def add_office(self, office: NamedOffice) -> None:
        at, read = self._at(office.start)
        start = self._starts[at]
        read[3].append(office._replace(start=office.start - start, end=office.end - start))

    def add_in(self, at: int, slips: Iterator[Slip]) -> None:
        """Adds slips in the line number `at`, whose places are those in the line."""
        self._at(self._starts[at])[1][0].extend(slips)

    def wordings(self) -> list[Wording]:
        made = [_SOUND] * len(self.lines)
        for at, (found, dated, cited, offices) in self._read.items():
            made[at] = Wording(tuple(found), tuple(dated), tuple(cited), tuple(offices))
        return made


def _moved(slip: Slip, start: int) -> Slip:
    return slip._replace(start=slip.start - start, end=slip.end - start) if start else slip


def _read(lines: list[ProseLine]) -> list[Wording]:
    found = _Found(lines)
    text = found.text
    own = own_words(text)
    for slip in _slips(own):
        found.add(slip)
    if _BROKEN.search(own.prose):
        from planwriter.checks.prose.unfinished import broken_off

        found.add_prose(broken_off(own.prose))
    cited = list(cited_in(text))
    for dated in _dated(own, cited):
        found.add_dated(dated)
    for document in cited:
        found.add_cited(document)
    for office in offices_in(own.prose):
        found.add_office(office)
    _read_paragraphs(found)
    return found.wordings()


def _slips(own: OwnWords) -> Iterator[Slip]:
    text = own.text
    yield from odd_numbers(own.prose)
    if _UNSEEN.search(text):
        from planwriter.checks.prose.unseen import unseen

        yield from unseen(text)
    if any(map(text.__contains__, _STOPS)) or _NESTED.search(text):
        from planwriter.checks.prose.stops import odd_stops

        yield from odd_stops(text)
    if _PARTICLE.search(own.prose):
        from planwriter.checks.prose.particles import wrong_particles

        yield from wrong_particles(own.prose)
    if _ABSOLUTE.search(own.prose):
        from planwriter.checks.prose.emphasis import absolute_words

        yield from absolute_words(own.prose)


def _dated(own: OwnWords, cited: list[Cited]) -> Iterator[Dated]:
    hits = list(hits_in(own.terms))
    if hits:
        from planwriter.checks.prose.terms import listed

        yield from listed(own, hits)
    if _DOCUMENT.search(own.text):
        from planwriter.checks.prose.document_names import odd_document_names

        yield from odd_document_names(own)
    if cited:
        from planwriter.checks.prose.cited import outdated

        yield from outdated(own.text, cited)


def _read_paragraphs(found: _Found) -> None:
    """Reads what is looked for in each paragraph by itself: labels inside it, and how long its sentences are."""
    labelled, has_long = _LABEL.search(found.text), _has_long_sentence(found.text)
    for at, line in enumerate(found.lines) if labelled or has_long else ():
        if line.kind is not LineKind.PROSE:
            continue
        if labelled and _LABEL.search(line.text):
            from planwriter.checks.prose.counted import skipped_labels

            found.add_in(at, skipped_labels(line.text))
        if has_long and len(line.text) > _LONG:
            from planwriter.checks.prose.emphasis import long_sentences

            found.add_in(at, long_sentences(line.text))


def _has_long_sentence(text: str) -> bool:
    for mark in "！？；：\n":
        text = text.replace(mark, "。")
    return max(map(len, text.split("。"))) > _LONG
