"""Rendered files, read back or saved by LibreOffice (all in one run of it), for the tests of comparing. No test by itself."""

from __future__ import annotations

import functools

from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import PlanVersion
from planwriter.model import Document
from tests.hands import Hand, through_office
from tests.random_documents import random_document
from tests.support import drafts, render


def rendered(document: Document) -> bytes:
    """The .docx of a document."""
    data = render(document, "docx").value
    assert data is not None
    return data


def word(data: bytes, base: PlanVersion | None = None) -> PlanVersion:
    """The version in a .docx."""
    made = version_of_word(data, "稿.docx", base=base)
    assert made.value is not None, made.findings
    return made.value


def edited_by_hand() -> bytes:
    """The plan qingshan-2026 with some hand edits."""
    hand = Hand(rendered(drafts()["qingshan-2026"]))
    hand.replace("不少于12次", "不少于15次", font="楷体")
    hand.track_deletion("25.保障校园餐安全")
    hand.move("24.筑牢校园安全防线", "30.明确组织领导分工")
    hand.add_after("27.推进教育数字化", "另建资源库。年底前用上。")
    hand.comment("大班额比例", "能做到吗？")
    hand.format("公办幼儿园3所")
    return hand.save()


class Saved:
    """Plans as LibreOffice saved them, and `edited_by_hand`."""

    def __init__(self) -> None:
        plans = [*drafts().values(), *map(random_document, range(10))]
        *files, self.edited = through_office(*map(rendered, plans), edited_by_hand())
        self.plans = list(zip(plans, files, strict=True))


saved = functools.cache(Saved)
