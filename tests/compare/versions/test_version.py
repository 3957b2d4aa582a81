"""Tests of the common form of outlines and .docx files that are compared."""

from __future__ import annotations

from planwriter.compare.versions.version import VersionTable


def test_the_text_of_a_table_has_a_line_for_each_row() -> None:
    assert VersionTable(rows=(("指标", "数值"), ("床位", "120"))).text == "指标\t数值\n床位\t120"
