"""The reference pages agree with the code."""

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
    from planwriter.findings.messages import all_codes

    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for code in re.findall(r"PW\d{3}", page.read_text("utf-8")):
            assert code in all_codes(), (page.name, code)


def test_no_finding_is_listed_as_nothing_but_blanks() -> None:
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    rows = re.findall(r"^\| (PW\d{3}) \| [^|]+ \| (.*?) \| (.*?) \|$", page, re.M)
    assert len(rows) > 150
    for code, said, way in rows:
        for cell in (said, way):
            assert len(re.findall(r"\w", re.sub("「[^」]*」", "", cell))) >= 2, (code, cell)


def test_every_word_for_a_blank_stands_for_a_field_of_the_catalogue() -> None:
    from string import Formatter

    from planwriter.findings.explain import _FIELDS
    from planwriter.findings.messages import all_codes, message_of

    texts = [text for message in map(message_of, all_codes()) for text in (message.sentence, message.hint)]
    assert set(_FIELDS) <= {field for text in texts for _, field, _, _ in Formatter().parse(text) if field}


def test_the_help_speaks_no_english() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert not re.search(r"\[required|<=x|x>=|\[default", page)
    assert "私钥（必写）。" in page and "（1 到 200）。" in page


def test_windows_runs_what_make_test_runs() -> None:
    """The README's lines for machines without make are those of the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.search(r"^test: .*\n((?:\t.*\n)+)", makefile, re.M)
    assert recipe is not None
    wanted = recipe[1].replace("\t$(BIN)/", ".venv\\Scripts\\")
    assert wanted in (ROOT / "README.md").read_text("utf-8")


def test_every_kind_has_a_starter_and_a_page() -> None:
    for kind in Session().kinds().value:
        folder: Path = ROOT / "templates" / kind.folder
        assert (folder / "starter.yaml").is_file() and (folder / "README.md").is_file()
        assert {f"starter-{name}.yaml" for name, _ in kind.starters} == {
            path.name for path in folder.glob("starter-*.yaml")
        }


def test_the_architecture_names_every_folder_of_the_code_and_no_other() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = "\n".join(line for line in page.splitlines() if line.startswith("| "))
    code = ROOT / "planwriter"
    folders = {path.parent.relative_to(code).as_posix() for path in code.rglob("*.py")} - {"."}
    assert {name for name in folders if "/" not in name} <= set(re.findall(r"`([\w/]+)/`", table))
    ends = {name.rsplit("/", 1)[-1] for name in folders}
    data = {"templates", "layouts", "section_library", "gazetteer", "wordlists", "examples", "tests", "benchmarks"}
    for name in re.findall(r"`([\w/]+)/`", page):
        top = name.removeprefix("planwriter/")
        known = top in folders or top in ends or top.split("/")[0] in data
        assert known, name


_DEVELOPERS_PAGES = ("CONTRIBUTING.md", "docs/architecture.md", "docs/security.md", "docs/speed.md")


def test_what_developers_pages_name_with_its_folder_exists() -> None:
    """`plan/number`, `checks/places.py`, `system/files.write_file`; a module may be named from any folder on."""
    modules = {f"/{path.relative_to(ROOT).with_suffix('').as_posix()}": path for path in ROOT.glob("*/**/*.py")}
    named = 0
    for page in _DEVELOPERS_PAGES:
        for name, member in re.findall(r"`((?:\w+/)+\w+)/?(?:\.(\w+))?`", (ROOT / page).read_text("utf-8")):
            place = f"{name}.{member}" if member else name
            if (ROOT / place).exists() or (ROOT / "planwriter" / place).exists():
                continue
            found = [path for module, path in modules.items() if module.endswith(f"/{name}")]
            assert found, (page, name)
            named += 1
            if member not in ("", "py"):
                assert any(f"def {member}(" in path.read_text("utf-8") for path in found), (page, name, member)
    assert named > 20
