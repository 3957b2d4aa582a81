"""A document for each of several outlines, as a batch of jobs."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence

from planwriter.app import outputs, plans
from planwriter.app.batch.batch import Made, facts_of, made_form
from planwriter.app.session import Session
from planwriter.start.records import dataclass, replace
from planwriter.system import watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """The data for every process: the outlines and the form. A job is the index of an outline."""

    session: Session
    """Any session; each outline is made in that of its own workspace."""
    paths: tuple[str, ...]
    form: str
    draft: bool = False
    unit: str = ""
    """The units whose extracts are made, as typed; "" for whole plans."""
    final: bool = False
    """True if the documents are published, and so carry no record."""
    places: tuple[str, ...] = ()
    """Where the outlines lie, if not at their paths: on another machine."""

    @property
    def is_piped(self) -> bool:
        """True if one of the outlines is no regular file."""
        return any(os.path.exists(path) and not os.path.isfile(path) for path in self.paths)

    def begin(self) -> Callable[[int], Made]:
        """The function that makes the document of an outline."""
        self.session.remember(outlines=True)
        return functools.partial(_make, self)

    def named(self, jobs: Sequence[int]) -> tuple[str, ...]:
        """The outlines of these jobs."""
        return tuple(self.paths[job] for job in jobs)

    def sent(self, jobs: Sequence[int], inner: Callable[[str], str]) -> tuple[Outlines, Sequence[int]]:
        """The batch of these jobs alone, for another machine where `inner` gives the places of files."""
        paths = self.named(jobs)
        return replace(self, paths=paths, places=tuple(map(inner, paths))), range(len(paths))

    def unpacked(self, root: str, session: Session) -> Outlines:
        """The batch on that machine, with its files below `root`."""
        return replace(self, session=session, places=tuple(os.path.join(root, place) for place in self.places))


def _make(batch: Outlines, at: int) -> Made:
    path = batch.paths[at]
    place = batch.places[at] if batch.places else path
    with watch.facts() as facts:
        session = batch.session.at(place)
        plan = plans.plan_file(session, place, draft=batch.draft, shown=path)
        plan = outputs.extract(plan, batch.unit) if batch.unit else plan
        made = outputs.render_plan(session, plan, made_form(batch.form), final=batch.final or batch.form == "pdf")
    return Made(made.value, (*plan.findings, *made.findings), facts_of(facts))
