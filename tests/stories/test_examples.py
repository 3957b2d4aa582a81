"""The examples have no findings and render to the files in tests/goldens; invariants hold for every document."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from xml.dom import minidom

import pytest

from tests.support import EXAMPLES, REAL, ROOT, plan_file, render

GOLDENS = ROOT / "tests" / "goldens"
CASES = [*EXAMPLES, *REAL]


def _rendered(path: Path, form: str) -> bytes:
    made = plan_file(str(path), draft=True)
    assert made.document is not None and made.sound, made.findings
    data = render(made.document, form).value
    assert data is not None
    return data


def _hold(path: Path, text: str, update: bool) -> None:
    """Compares `text` with the golden; rewrites it under --update-goldens."""
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    assert path.read_text("utf-8") == text


def _parts(data: bytes) -> str:
    """The parts of a .docx, unpacked and indented one after another."""
    out = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            body = archive.read(name).decode("utf-8")
            if name == "docProps/custom.xml":
                body = re.sub(r"[0-9a-f]{64}", "FINGERPRINT", body)
            out.append(f"==== {name}\n{minidom.parseString(body).toprettyxml(indent=' ')}")
    return "\n".join(out)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_without_findings(path: Path) -> None:
    assert plan_file(str(path)).findings == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_gives_the_text_that_is_kept(path: Path, update_goldens: bool) -> None:
    _hold(GOLDENS / f"{path.stem}.txt", _rendered(path, "text").decode(), update_goldens)


def test_the_first_example_gives_the_parts_that_are_kept(update_goldens: bool) -> None:
    data = _rendered(ROOT / "examples" / "first.yaml", "docx")
    _hold(GOLDENS / "first.docx.txt", _parts(data), update_goldens)


def test_the_large_example_is_as_large_as_promised() -> None:
    made = plan_file(str(ROOT / "examples" / "qingshan-2026.yaml"))
    text = _rendered(ROOT / "examples" / "qingshan-2026.yaml", "text").decode()
    assert made.outline is not None
    assert len(made.outline.targets) >= 12
    assert len(re.findall(r"^\d+\.", text, re.M)) >= 25
    assert (ROOT / "examples" / "qingshan-2026.yaml").read_text("utf-8").count("用: ") >= 15


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_text_of_the_docx_is_that_of_the_text_writer(path: Path) -> None:
    import docx

    document = docx.Document(BytesIO(_rendered(path, "docx")))
    lines = []
    for item in document.iter_inner_content():
        if isinstance(item, docx.table.Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in item.rows]
        elif item.text or lines:
            lines.append(item.text.replace("\n", ""))
    expected = _rendered(path, "text").decode().splitlines()
    assert [line for line in lines if line] == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_two_renderings_give_equal_bytes(path: Path) -> None:
    assert _rendered(path, "docx") == _rendered(path, "docx")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_nothing_of_a_template_is_left(path: Path) -> None:
    text = _rendered(path, "text").decode()
    assert "{{" not in text and "}}" not in text and "{%" not in text


def test_folder_time_zone_hash_seed_and_locale_leave_the_bytes_alone(tmp_path: Path) -> None:
    source = ROOT / "examples" / "qingshan-2026.yaml"
    digests = set()
    for number, (zone, seed, locale) in enumerate(
        [("UTC", "0", "C.UTF-8"), ("Asia/Shanghai", "1", "C"), ("America/Lima", "77", "C.UTF-8")]
    ):
        folder = tmp_path / f"夹{number}" / ("深" * number or "浅")
        folder.mkdir(parents=True)
        outline = folder / "提纲.yaml"
        outline.write_bytes(source.read_bytes())
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "planwriter", "render", str(outline)]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        digests.add(hashlib.sha256((folder / "提纲.docx").read_bytes()).hexdigest())
    assert len(digests) == 1
