"""The reference pages say what the code says."""

import re
import runpy
from pathlib import Path

import pytest

from planwriter.app.session import Session
from tests.support import ROOT, plan

PAGES = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_follows_the_code(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](), "run: python docs/generate.py"


def test_the_outline_in_the_format_page_is_sound() -> None:
    page = (ROOT / "docs" / "outline-format.md").read_text("utf-8")
    block = re.search(r"```yaml\n(文种.*?)```", page, re.S)
    assert block is not None
    made = plan(block[1].replace("标题: ……  ", "标题: 题目"))
    assert made.sound and not made.findings, made.findings


def test_the_readme_shows_the_first_example_as_it_is() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert (ROOT / "examples" / "first.yaml").read_text("utf-8").strip() in readme


def test_the_architecture_fits_its_two_hundred_lines() -> None:
    assert len((ROOT / "docs" / "architecture.md").read_text("utf-8").splitlines()) <= 200


def test_every_finding_a_document_speaks_of_exists() -> None:
    from planwriter.findings.catalogue import CATALOGUE

    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for code in re.findall(r"PW\d{3}", page.read_text("utf-8")):
            assert code in CATALOGUE, (page.name, code)


def test_every_kind_has_a_starter_and_a_page() -> None:
    for kind in Session().kinds().value:
        folder: Path = ROOT / "templates" / kind.folder
        assert (folder / "starter.yaml").is_file() and (folder / "README.md").is_file()
        assert {f"starter-{name}.yaml" for name, _ in kind.starters} == {
            path.name for path in folder.glob("starter-*.yaml")
        }
