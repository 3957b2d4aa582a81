"""A record takes the place of another one in a file, and nothing else changes."""

from __future__ import annotations

import io
import zipfile

from planwriter.app import outputs
from planwriter.app.session import Session
from planwriter.model import MadeFrom
from planwriter.start.records import replace
from planwriter.writers.docx.record import record_of_docx
from planwriter.writers.docx.record_property import with_record
from tests.hands import resaved, without_record
from tests.random_documents import random_document


def made() -> bytes:
    data = outputs.render(Session(), random_document(1), "docx", MadeFrom("甲.yaml", "0" * 64)).value
    assert data is not None
    return data


def test_a_record_is_replaced() -> None:
    for data in (made(), resaved(made())):
        old = record_of_docx(data, "甲").value
        assert old is not None
        new = replace(old, targets=(("园数", "18所"),))
        other = with_record(data, new)
        assert record_of_docx(other, "甲").value == new
        assert record_of_docx(with_record(other, old), "甲").value == old
        with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(other)) as after:
            changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
        assert changed == ["docProps/custom.xml"]


def test_a_file_without_a_record_stays_as_it_is() -> None:
    record = record_of_docx(made(), "甲").value
    assert record is not None
    data = without_record(made())
    assert with_record(data, record) == data
