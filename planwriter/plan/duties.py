"""The tasks and targets of every unit that a plan names, with their deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Pos, Result
from planwriter.language.deadlines import read_deadline
from planwriter.language.unit_names import unit_names
from planwriter.language.units import behind
from planwriter.model import Document, Duty, Paragraph, Section, Target, Text
from planwriter.model.walk import Visit, walk_plan
from planwriter.plan.tables import chapter_of, content_of
from planwriter.start.named_tuple import NamedTuple
from planwriter.targets.values import FigureView


class Task(NamedTuple):
    """A block with responsible units: its place, its text, its lead and supporting units, its deadline."""

    chapter: str
    """The title of its chapter, or of the attachment that contains it."""
    label: str
    """The labels from its chapter down to its own, joined: 三、（一）2."""
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str


class Owed(NamedTuple):
    """A target with responsible units."""

    target: Target
    lead: tuple[str, ...]
    support: tuple[str, ...]

    @property
    def goal(self) -> str:
        """Its final value as official prose writes it: 不低于95%."""
        value = self.target.value
        return str(FigureView(self.target, value.value, bound=self.target.bound)) if value else ""

    @property
    def years(self) -> tuple[tuple[int, str], ...]:
        """Its steps, with their unit: 2026 and 93%."""
        return tuple((year, f"{figure.value:f}{behind(self.target.unit)}") for year, figure in self.target.years)

    @property
    def deadline(self) -> str:
        """The deadline as typed; "" if only its yearly steps have dates."""
        duty = self.target.duty
        return duty.deadline.value if duty and duty.deadline else ""


class UnitDuties(NamedTuple):
    """The tasks and targets of one unit, earliest deadline first."""

    unit: str
    lead: tuple[Task, ...]
    support: tuple[Task, ...]
    targets: tuple[Owed, ...]
    """The ones that the unit leads, then the ones that it supports."""


def duties_of(document: Document, year: int) -> tuple[UnitDuties, ...]:
    """The duties of every unit of a numbered document, in the order in which the units are first named.

    `year` is the year of deadlines that name none (10月底前).
    """
    tasks = sorted(_tasks(document), key=lambda task: due_day(task.deadline, year))
    owed = sorted(_owed(document), key=lambda each: due_day(each.deadline, year))
    made = []
    for unit in units_in(document):
        lead = tuple(task for task in tasks if unit in task.lead)
        support = tuple(task for task in tasks if unit in task.support and unit not in task.lead)
        led = [each for each in owed if unit in each.lead]
        supported = [each for each in owed if unit in each.support and unit not in each.lead]
        made.append(UnitDuties(unit, lead, support, (*led, *supported)))
    return tuple(made)


# units


def names_in(texts: tuple[Text, ...]) -> tuple[str, ...]:
    """The units in the texts of a duty, each once."""
    return tuple(dict.fromkeys(name for text in texts for name in unit_names(text.value)))


def units_in(document: Document) -> tuple[str, ...]:
    """The units responsible for anything in a document, in the order in which they are first named."""
    named: list[Task | Owed] = [*_tasks(document), *_owed(document)]
    return tuple(dict.fromkeys(unit for each in named for unit in (*each.lead, *each.support)))


def wanted_units(text: str, document: Document, place: Pos) -> Result[tuple[str, ...]]:
    """The units named in `text`; a finding for each that is responsible for nothing in the document."""
    known = units_in(document)
    wanted = tuple(dict.fromkeys(unit_names(text)))
    strange = [unit for unit in wanted if unit not in known] if wanted else [text]
    findings = tuple(finding("PW451", place, unit=unit, advice=near(unit, known)) for unit in strange)
    return Result(() if findings else wanted, findings)


def concerns(duty: Duty | None, units: frozenset[str]) -> bool:
    """True if one of the units is a lead or supporting unit."""
    return duty is not None and not units.isdisjoint(names_in((*duty.lead, *duty.support)))


# tasks and targets


def _tasks(document: Document) -> Iterator[Task]:
    for visit in walk_plan(document):
        block = visit.block
        if isinstance(block, (Section, Paragraph)) and block.duty and (block.duty.lead or block.duty.support):
            deadline = block.duty.deadline.value if block.duty.deadline else ""
            lead, support = names_in(block.duty.lead), names_in(block.duty.support)
            yield Task(chapter_of(visit), _labels(visit), content_of(block), lead, support, deadline)


def _labels(visit: Visit) -> str:
    return "".join(each.label for each in (*visit.parents, visit.block) if isinstance(each, Section))


def _owed(document: Document) -> Iterator[Owed]:
    for target in document.targets:
        if target.duty and (target.duty.lead or target.duty.support):
            yield Owed(target, names_in(target.duty.lead), names_in(target.duty.support))


# deadlines

_NEVER = (9999, 12, 31)
_NOW = (0, 0, 0)


def due_day(deadline: str, year: int) -> tuple[int, int, int]:
    """The last day of a deadline, for sorting: 2026年4月至10月 is 31 October 2026.

    立即 sorts first, a deadline without a day (长期坚持) last. `year` is the year of a deadline that names none.
    """
    read = read_deadline(deadline, year)
    return read.last or (_NOW if read.kind == "立即" else _NEVER)
