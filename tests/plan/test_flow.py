"""The flow of lines: each line and each run has a role, and its name is that of a style."""

from __future__ import annotations

import pytest

from planwriter.plan import flow
from planwriter.plan.flow import HEADINGS, Line, LineRole
from planwriter.writers.docx.markup import PARAGRAPH_STYLES
from tests.writers.framed import documents

DOCUMENTS = documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_line_and_run_has_a_role(name: str) -> None:
    lines = [item for item in flow.flow(DOCUMENTS[name]) if isinstance(item, Line)]
    assert lines or name == "no rows"
    roles = [role for line in lines for role in (line.role, *(run.role for run in line.runs))]
    assert all(isinstance(role, LineRole) for role in roles)


def test_a_role_is_written_as_its_name_in_a_layout() -> None:
    assert f"{LineRole.BOX_TITLE}" == str(LineRole.BOX_TITLE) == "box_title"
    assert {"box_title": 1}[LineRole.BOX_TITLE] == 1
    assert [f"{each:>9}" for each in HEADINGS] == [f" heading{number}" for number in range(1, 5)]


def test_the_module_has_a_global_for_every_role_that_is_no_heading() -> None:
    assert all(getattr(flow, role.name) is role for role in LineRole if role not in HEADINGS)


def test_every_role_that_the_flow_gives_has_a_style() -> None:
    printed = {LineRole.BLANK_MARK, LineRole.BLANK_RULE}
    assert {*LineRole} - printed <= {*PARAGRAPH_STYLES}
