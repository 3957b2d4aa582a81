"""A document for each of several outlines, as a batch of jobs."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass

from planwriter.app import outputs, plans
from planwriter.app.batch import Made, facts_of, made_form
from planwriter.app.session import Session
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

    @property
    def is_piped(self) -> bool:
        """True if one of the outlines is no regular file."""
        return any(os.path.exists(path) and not os.path.isfile(path) for path in self.paths)

    def begin(self) -> Callable[[int], Made]:
        """The function that makes the document of an outline."""
        return functools.partial(_make, self)


def _make(batch: Outlines, at: int) -> Made:
    path = batch.paths[at]
    with watch.facts() as facts:
        session = batch.session.at(path)
        plan = plans.plan_file(session, path, draft=batch.draft)
        plan = outputs.extract(plan, batch.unit) if batch.unit else plan
        made = outputs.render_plan(session, plan, made_form(batch.form))
    return Made(made.value, (*plan.findings, *made.findings), facts_of(facts))
