"""When a rendered file may take the place of an older one that has comments."""

from pathlib import Path

import pytest

from planwriter.app.roundtrip.kept import with_kept_comments
from tests.app.answers import answer, sent
from tests.hands import resaved, retouched, without_record


@pytest.mark.parametrize(
    ("old", "may_replace"),
    [
        (answer(lambda hand: hand.comment("12栋", "核实。")), True),
        (retouched(resaved(answer(lambda hand: hand.comment("12栋", "核实。")))), True),
        (answer(lambda hand: hand.comment("12栋", "核实。"), lambda hand: hand.format("30名")), False),
        (answer(lambda hand: hand.comment("12栋", "核实。"), lambda hand: hand.replace("3所", "5所")), False),
        (without_record(answer(lambda hand: hand.comment("12栋", "核实。"))), False),
    ],
)
def test_only_if_nothing_but_comments_was_added(tmp_path: Path, old: bytes, may_replace: bool) -> None:
    path, other = tmp_path / "要点.docx", tmp_path / "别的.docx"
    path.write_bytes(old)
    made = with_kept_comments(str(path), sent(), str(path)).value
    assert made is not None and (made.may_replace, made.kept.kept) == (may_replace, 1)
    elsewhere = with_kept_comments(str(path), sent(), str(other)).value
    assert elsewhere is not None and not elsewhere.may_replace


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    made = with_kept_comments(str(tmp_path / "没有.docx"), sent(), str(tmp_path / "要点.docx"))
    assert made.value is None and made.findings
