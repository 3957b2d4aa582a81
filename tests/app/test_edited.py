from __future__ import annotations

from collections.abc import Callable

import pytest

from planwriter.app.edited import BaseSource, Unsaved, base_of, edits_in, made_of, unsaved_in, why_edited
from planwriter.app.outputs import why_kept
from planwriter.compare.edits.hand_edits import EditKind
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.version import PlanVersion
from tests.app.making import OUTLINE, made, typed
from tests.hands import Hand, resaved, retouched, through_office, without_marks, without_record
from tests.support import plan


def current(text: str = OUTLINE) -> PlanVersion:
    document = plan(text).document
    assert document is not None
    return version_of_plan(document, "提纲.yaml")


def is_edited(old: bytes, docx: str, now: bytes) -> bool:
    return any(unsaved_in(old, docx, now))


SAVES = [retouched, resaved, without_marks]


@pytest.mark.parametrize("save", SAVES)
def test_a_file_that_was_only_saved_may_be_replaced(save: Callable[[bytes], bytes]) -> None:
    old, new = save(made()), made(OUTLINE.replace("上好课", "上好体育课"))
    assert old != made()
    assert not is_edited(old, "提纲.docx", new)
    assert why_kept("提纲.docx", old, new, "docx") is None


@pytest.mark.parametrize("save", [bytes, *SAVES])
def test_an_edited_file_is_kept(save: Callable[[bytes], bytes]) -> None:
    old, new = save(typed(made())), made(OUTLINE.replace("办好教育", "办好人民教育"))
    assert is_edited(old, "提纲.docx", new)
    refused = why_kept("提纲.docx", old, new, "docx")
    assert refused is not None
    assert (refused.code, "改动过" in refused.message) == ("PW803", True)


@pytest.mark.libreoffice
def test_libreoffice_may_save_it() -> None:
    saved, edited = through_office(made(), typed(made()))
    new = made(OUTLINE.replace("上好课", "上好体育课"))
    assert not is_edited(saved, "提纲.docx", new)
    assert is_edited(edited, "提纲.docx", new)


@pytest.mark.parametrize(
    "act",
    [
        lambda hand: hand.format("上好课"),
        lambda hand: hand.comment("上好课", "怎么上？"),
        lambda hand: setattr(hand.document.sections[0].header.paragraphs[0], "text", "内部资料"),
        lambda hand: setattr(hand.document.sections[0], "top_margin", 360000),
        lambda hand: hand.delete("上好课"),
    ],
)
def test_format_comments_and_pages_are_edits_too(act: Callable[[Hand], None]) -> None:
    hand = Hand(made())
    act(hand)
    assert is_edited(hand.save(), "提纲.docx", made())


def test_what_the_outline_says_too_is_not_lost() -> None:
    new = OUTLINE.replace("上好课", "上好每一堂课").replace("办好教育", "办好人民教育")
    assert not is_edited(typed(made()), "提纲.docx", made(new))
    hand = Hand(typed(made()))
    hand.format("每一堂")
    assert unsaved_in(hand.save(), "提纲.docx", made(new)) == Unsaved(words=False, formats=1)


def test_what_would_be_lost_is_said_with_the_way_out() -> None:
    assert why_edited(made(), "提纲.docx", made()) is None
    words = why_edited(typed(made()), "提纲.docx", made())
    assert words is not None
    assert "planwriter absorb 提纲.docx" in words.hint
    hand = Hand(made())
    hand.comment("上好课", "怎么上？")
    remarks = why_edited(hand.save(), "提纲.docx", made())
    assert remarks is not None
    assert ("批注（1 条）" in remarks.message, "--keep-comments 提纲.docx" in remarks.hint) == (True, True)
    hand.format("落实责任")
    both = why_edited(hand.save(), "提纲.docx", made())
    assert both is not None
    assert "手改的格式（1 处）、批注（1 条）" in both.message
    assert "--keep-comments" not in both.hint
    assert "absorb" not in both.hint
    remote = why_edited(typed(made()), "s3://桶/提纲.docx", made())
    assert remote is not None
    assert "absorb" not in remote.hint


def test_without_a_record_a_saved_file_may_be_replaced_by_its_like_alone() -> None:
    old = without_record(retouched(made()))
    assert not is_edited(old, "提纲.docx", made())
    assert is_edited(old, "提纲.docx", made(OUTLINE.replace("上好课", "上好体育课")))


def test_a_broken_file_counts_as_edited() -> None:
    assert is_edited(b"PK", "提纲.docx", made())
    assert is_edited(made()[:3000], "提纲.docx", made())


def test_the_record_is_the_base() -> None:
    base = base_of(typed(made()), "提纲.docx", current()).value
    assert base is not None
    assert base.source is BaseSource.RECORD
    origin = made_of(typed(made()))
    assert origin is not None
    assert origin.outline == "提纲.yaml"
    assert made_of(without_record(made())) is None
    assert [each.text for each in base.version.items] == [each.text for each in current().items]


def test_a_file_that_nobody_touched_is_its_own_base() -> None:
    data = without_record(made())
    base = base_of(data, "提纲.docx", None)
    assert base.value is not None
    assert base.value.source is BaseSource.FILE
    assert base.findings == ()


def test_without_a_record_the_outline_is_the_base_and_that_is_said() -> None:
    data = without_record(typed(made()))
    found = base_of(data, "提纲.docx", current())
    assert found.value is not None
    assert found.value.source is BaseSource.OUTLINE
    assert [each.code for each in found.findings] == ["PW852"]
    nothing = base_of(data, "提纲.docx", None)
    assert nothing.value is None
    assert [each.code for each in nothing.findings] == ["PW852"]


def test_edits_are_told_from_the_record_not_from_the_outline_of_now() -> None:
    now = OUTLINE.replace("办好教育", "办好人民教育")
    base = base_of(typed(made()), "提纲.docx", current(now)).value
    assert base is not None
    edits = edits_in(typed(made()), "提纲.docx", base, made(now)).value
    assert edits is not None
    assert [each.kind for each in edits.edits] == [EditKind.CHANGED]
