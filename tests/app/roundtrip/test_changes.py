from __future__ import annotations

from planwriter.app.roundtrip.changes import changes_since
from planwriter.compare.edits.hand_edits import EditKind
from tests.app.making import made, typed
from tests.hands import without_record
from tests.support import outline

NEW = outline().replace("上好课", "上好每一堂课").replace("落实责任。", "落实责任。年底考核。")


def test_the_records_tell_what_differs() -> None:
    edits = changes_since(made(), made(NEW))
    assert edits is not None
    assert [(each.kind, each.new) for each in edits.edits] == [
        (EditKind.CHANGED, "上好每一堂课。"),
        (EditKind.NEW, "年底考核。"),
    ]
    same = changes_since(made(), made("# 注释\n" + outline()))
    assert same is not None
    assert same.edits == ()


def test_what_was_edited_by_hand_since_is_not_told() -> None:
    edits = changes_since(typed(made()), made())
    assert edits is not None
    assert edits.edits == ()


def test_without_a_record_nothing_is_told_unless_the_file_is_read() -> None:
    old = without_record(made())
    assert changes_since(old, made(NEW)) is None
    edits = changes_since(old, made(NEW), read=True)
    assert edits is not None
    assert len(edits.edits) == 2
    assert changes_since(b"PK", made(NEW), read=True) is None
