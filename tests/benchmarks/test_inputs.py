"""The inputs: documents that differ and are sound, and the same paragraphs for the peers as in planwriter's documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from benchmarks import inputs
from benchmarks.inputs import EXAMPLES, Paragraph, Series, Unfit
from tests.support import HEAD, LEAD, TAIL, outline, plan


@pytest.fixture(scope="module")
def series() -> Series:
    return Series()


@pytest.mark.parametrize("number", [0, 1, 24, 199, 200, 9_999])
def test_a_document_of_a_series_is_sound_and_its_paragraphs_are_known(series: Series, number: int) -> None:
    made = plan(series.outline(number))
    assert made.sound and made.document is not None
    assert inputs.paragraphs(made.document)[0] == series.paragraphs(number)


def test_no_two_documents_of_a_series_are_the_same(series: Series) -> None:
    assert len({tuple(series.counts(number).values()) for number in range(10_000)}) == 10_000
    assert series.paragraphs(0) != series.paragraphs(1)


def test_a_series_has_a_hole_for_most_of_its_counts(series: Series) -> None:
    text = "".join(each.whole for each in series.holes)
    assert sum(f"{{{{ {name} }}}}" in text for name in series.figures(0)) >= 7


def test_the_sheet_has_a_row_for_each_document(series: Series) -> None:
    lines = series.sheet(3).splitlines()
    assert len(lines) == 4 and lines[0].startswith("文件名,指标.") and lines[3].startswith("2,")


def test_lines_of_the_frame_are_only_counted() -> None:
    made, others = inputs.paragraphs(inputs.read(EXAMPLES / "first.yaml"))
    assert others > 0
    assert {each.role for each in made} <= {
        "title",
        "body",
        *(f"{kind}{n}" for kind in ("heading", "lead") for n in range(1, 5)),
    }
    assert not any("抄送" in each.text for each in made)


def test_the_peers_read_the_same_in_yaml_and_json(tmp_path: Path) -> None:
    inputs.write_plan([Paragraph("lead2", "（一）标题。", "“正文”: 是")], tmp_path / "plan.yaml")
    read = yaml.safe_load((tmp_path / "plan.yaml").read_text("utf-8"))
    assert read == json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert read == {"paragraphs": [{"role": "lead2", "lead": "（一）标题。", "text": "“正文”: 是"}]}


def test_an_outline_with_errors_is_unfit(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(outline().replace(TAIL, ""), "utf-8")
    with pytest.raises(Unfit):
        inputs.read(tmp_path / "plan.yaml")
    (tmp_path / "plan.yaml").write_text(outline(head=HEAD, lead=LEAD), "utf-8")
    inputs.read(tmp_path / "plan.yaml")


@pytest.mark.parametrize("count", [100, 1_000])
def test_a_grown_outline_has_as_many_paragraphs_as_asked(count: int) -> None:
    made = plan(inputs.grown(count))
    assert made.document is not None and {each.code for each in made.findings} <= {"PW512"}  # all of one length
    assert abs(len(inputs.paragraphs(made.document)[0]) - count) <= 26
