"""Published plans, transcribed as outlines: each must give its published text and have no false findings.

They are stored next to the project, not in it; if they are missing, the tests are skipped.
"""

from pathlib import Path

import pytest

from planwriter.app import plans
from planwriter.findings.finding import Severity
from tests.support import REAL, plan_file, render

pytestmark = pytest.mark.skipif(not REAL, reason="the published plans (../shared/real) are not here")


def _plan(path: Path) -> plans.Plan:
    return plan_file(str(path), draft="fragment" in path.stem)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_published_plan_gives_its_own_text(path: Path) -> None:
    made = _plan(path)
    assert made.sound and made.document is not None
    rendered = render(made.document, "text").value
    assert rendered is not None
    expected = path.with_suffix(".txt").read_text("utf-8")
    if path.stem == "licheng-2022":  # 附件说明 stands in the standard's form, without book-title marks (7.3.4)
        expected = expected.replace("附件：《2022年鲤城教育工作要点》", "附件：2022年鲤城教育工作要点")
    assert rendered.decode().splitlines() == expected.splitlines()


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_only_what_is_truly_wrong_with_it_is_found(path: Path) -> None:
    found = {each.code for each in plan_file(str(path)).findings}
    expected = {
        "action-plan-1": {"PW216"},
        "action-plan-2": {"PW216", "PW502", "PW506"},  # a bracket lost with its year; 三是 after 一是
        "city-2023-fragment": {"PW206", "PW216", "PW503"},  # a hyphen in 15-59周 and 2021-2025年
        "linyi-2018": {"PW503"},  # -- for ——
        "licheng-2022": {"PW524", "PW532"},  # 台帐, and a sentence of 257 characters
        "zhengan-2021": {"PW501", "PW520", "PW523", "PW524"},  # pasted spaces, rates without %, l00%, 台帐
    }
    assert found == expected[path.stem]


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_draft_of_it_has_no_error(path: Path) -> None:
    found = plan_file(str(path), draft=True).findings
    assert not [each for each in found if each.severity is Severity.ERROR]
