"""Prints a stage: the model as JSON, each node with its place in the author's file."""

from __future__ import annotations

import json
from decimal import Decimal

from planwriter.findings.finding import Span
from planwriter.findings.report import place
from planwriter.language.numerals import LabelStyle
from planwriter.start import records
from planwriter.start.enums import Enum

_LEFT_OUT = frozenset(("filling", "title_text", "label_text"))
"""What only says how a text was made, or repeats one."""


def to_json(value: object) -> str:
    """A value of the model as indented JSON, without empty fields; figures stay as typed."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return place(value.pos)
    if isinstance(value, LabelStyle):
        return value.before + value.numeral + value.after
    if isinstance(value, Enum):
        return getattr(value, "word", value.name)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if records.is_dataclass(value) and not isinstance(value, type):
        fields = (
            (field.name, getattr(value, field.name)) for field in records.fields(value) if field.name not in _LEFT_OUT
        )
        made = {name: _plain(each) for name, each in fields if each not in (None, "", (), False)}
        return {"type": type(value).__name__.lower(), **made}
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
