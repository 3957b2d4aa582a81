"""A numbered document in the form in which plans are compared."""

from __future__ import annotations

from planwriter.compare.versions.from_record import item_of
from planwriter.compare.versions.version import PlanVersion
from planwriter.model import Document
from planwriter.plan.flow import Grid, Line, Plate, flow, shown
from planwriter.writers.docx.record import record_of


def version_of_plan(document: Document, name: str) -> PlanVersion:
    """What a reader sees of a document. Item i shows item i of `shown_items`, whose texts say where its characters were typed.

    The texts of a line of the flow begin with its label, which the item's text does not contain.
    """
    record = record_of(document)
    return PlanVersion(name=name, items=tuple(map(item_of, record.items)), targets=record.targets)


def shown_items(document: Document) -> tuple[Line | Grid | Plate, ...]:
    """The lines, tables and pictures of a document that a reader sees, one for each item of its version."""
    return tuple(each for item in flow(document) for each in shown(item))
