"""The mark that shows edits in PDF, HTML and Markdown files: programs do not display it."""

from __future__ import annotations

import pytest

from planwriter.writers.stamp import is_untouched, stamp

PDF = b"%PDF-1.6\n1 0 obj\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n24\n%%EOF\n"
FORMS = {"pdf": PDF, "html": b"<!DOCTYPE html>\n<p>1</p>\n", "md": "# 要点\n\n1所。\n".encode()}


@pytest.mark.parametrize("form", FORMS)
def test_a_marked_file_is_untouched_until_a_byte_changes(form: str) -> None:
    marked = stamp(FORMS[form], form)
    assert is_untouched(marked) is True
    assert is_untouched(FORMS[form]) is None
    assert is_untouched(marked.replace(b"1", b"2", 1)) is False
    assert is_untouched(marked + b"more") is False
    assert stamp(FORMS[form], form) == marked


def test_line_ends_of_a_different_system_are_no_edit() -> None:
    assert is_untouched(stamp(FORMS["md"], "md").replace(b"\n", b"\r\n")) is True


def test_in_a_pdf_the_mark_is_a_comment_that_moves_nothing_before_it() -> None:
    marked = stamp(PDF, "pdf")
    before, _, after = marked.partition(b"%planwriter:")
    assert PDF.startswith(before) and after[64:] == b"\nstartxref\n24\n%%EOF\n"


def test_a_mark_in_the_text_is_not_taken_for_the_files_own() -> None:
    quoted = f"planwriter:{'0' * 64}\n".encode()
    assert is_untouched(stamp(quoted, "md")) is True
    assert is_untouched(stamp(quoted, "md") + b"x") is False
