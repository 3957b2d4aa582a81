"""A record gives the same lines as the document that it was made of, each with its number."""

from __future__ import annotations

import pytest

from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.from_record import version_of_record
from planwriter.model import Document, MadeFrom
from planwriter.plan.flow import flow
from planwriter.start.records import replace
from planwriter.writers.docx.record import decode, encode, record_of
from planwriter.writers.docx.recording import packed_document, recorded
from tests.random_outlines import planned_outline
from tests.writers.framed import documents

DOCUMENTS = documents()
_MADE = MadeFrom("要点.yaml", "0" * 64)


def check_record(document: Document) -> None:
    """Checks that a record that was encoded and decoded again says what the document says."""
    record = record_of(document, _MADE)
    text = encode(record)
    assert (
        text == packed_document(document, _MADE, [each for item in flow(document) for each in recorded(item)[0]])
        and text.isascii()
        and " " not in text
    )
    back = decode(text)
    assert back == record and back is not None
    version, known = version_of_record(back, "甲.docx"), version_of_plan(document, "甲.yaml")
    assert [each.mark for each in version.items] == list(range(len(known.items)))
    assert tuple(replace(each, mark=-1) for each in version.items) == known.items
    assert (version.targets, version.name) == (known.targets, "甲.docx")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_record_gives_the_version_of_its_document(name: str) -> None:
    check_record(DOCUMENTS[name])


@pytest.mark.parametrize("seed", range(40))
def test_so_it_does_for_any_outline(seed: int) -> None:
    check_record(planned_outline(seed))
