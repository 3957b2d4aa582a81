"""Writes the inputs of the contestants into a folder, and checks that all of them make the same document."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import inputs, layout, peers
from benchmarks.inputs import Paragraph, Unfit
from benchmarks.measure import PROGRAMS, Contestant, printed

PEER = "docxtpl, small template"
"""The contestant with which all are compared."""
PLANWRITER = "planwriter"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Stage:
    """The contestants for one document, and what they make."""

    contestants: list[Contestant]
    texts: list[str]
    """The paragraphs that all contestants make."""
    others: int
    """The number of lines of the frame, tables and boxes, which only planwriter makes."""


def set_out(outline: Path, folder: Path) -> Stage:
    """Writes each contestant's input for `outline` into `folder`; the first contestant is planwriter."""
    folder.mkdir(parents=True, exist_ok=True)
    own, plan = folder / "outline.yaml", folder / "plan.yaml"
    shutil.copy(outline, own)
    made, others = inputs.paragraphs(inputs.read(outline))
    inputs.write_plan(made, plan)
    sizes = {"small": layout.small_blank, "big": layout.blank}
    for size, blank in sizes.items():
        blank().save(str(folder / f"{size}.docx"))
        layout.looping_template(blank()).save(str(folder / f"{size}-template.docx"))
    contestants = [
        Contestant(PLANWRITER, (*peers.planwriter(), "render", str(own)), own.with_suffix(".docx"), whole=True)
    ]
    programs = [(f"docxtpl, {size} template", "with_docxtpl.py", f"{size}-template.docx") for size in sizes]
    programs.append(("python-docx", "with_python_docx.py", "small.docx"))
    for name, program, start in programs:
        output = folder / f"{name}.docx"
        command = (sys.executable, str(PROGRAMS / program), str(folder / start), str(plan), str(output))
        contestants.append(Contestant(name, command, output))
    contestants += _docx_js(folder, plan.with_suffix(".json"))
    contestants += _pandoc(folder, made)
    return Stage(contestants, [each.whole for each in made], others)


def docx_js(name: str, plan: Path, output: Path, folder: Path) -> list[Contestant]:
    """The docx-js program, if it can run; `output` may be a folder."""
    node = peers.node()
    if node is None:
        return []
    command = (node, str(PROGRAMS / "with_docx_js.cjs"), str(plan), str(output))
    found = {"NODE_PATH": str(peers.NODE_MODULES)}
    return [Contestant(name, command, None if output.is_dir() else output, folder, found)]


def _docx_js(folder: Path, plan: Path) -> list[Contestant]:
    return docx_js("docx-js", plan, folder / "docx-js.docx", folder)


def _pandoc(folder: Path, made: list[Paragraph]) -> list[Contestant]:
    found = peers.pandoc()
    if found is None:
        return []
    text, output = folder / "plan.md", folder / "pandoc.docx"
    text.write_text("".join(map(_markdown, made)), encoding="utf-8")
    options = ("--from=markdown-smart", f"--reference-doc={folder / 'small.docx'}")
    return [Contestant("pandoc", (found, *options, str(text), "-o", str(output)), output)]


def _markdown(paragraph: Paragraph) -> str:
    lead, text = (re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", each) for each in (paragraph.lead, paragraph.text))
    if paragraph.role == "title":
        return f"::: {{custom-style=Title}}\n{text}\n:::\n\n"
    marks = "#" * int(paragraph.role[-1]) + " " if paragraph.role.startswith("heading") else ""
    return f"{marks}{f'**{lead}**' if lead else ''}{text}\n\n"


def rehearse(stage: Stage) -> None:
    """Runs each contestant once. Raises Unfit if one fails or makes different paragraphs."""
    for each in stage.contestants:
        assert each.output is not None
        printed(each)
        compare(each.name, texts_of(each.output.read_bytes()), stage.texts, more=stage.others if each.whole else 0)


def compare(name: str, made: Sequence[str], wanted: Sequence[str], *, more: int = 0) -> None:
    """Raises Unfit unless `made` has the paragraphs `wanted` in their order, and further ones only if `more` is not 0."""
    left = iter(made)
    for number, text in enumerate(wanted, 1):
        found = next((each for each in left if each == text or not more), None)
        if found != text:
            shown = "nothing" if found is None else repr(found[:40])
            raise Unfit(f"{name} made another document: paragraph {number} is {shown}, not {text[:40]!r}")
    if not more and len(made) != len(wanted):
        raise Unfit(f"{name} made another document: {len(made)} paragraphs, not {len(wanted)}")


def texts_of(data: bytes | Path) -> list[str]:
    """The texts of the paragraphs of a .docx, without empty ones."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    with zipfile.ZipFile(source) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    texts = ("".join(text.text or "" for text in each.iter(f"{_W}t")) for each in body.iter(f"{_W}p"))
    return [text for text in texts if text]


def pdf_text(path: Path) -> str:
    """The characters of a PDF without spaces and page numbers."""
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    lines = (re.sub(r"\s+", "", line) for line in told.splitlines())
    return "".join(line for line in lines if not re.fullmatch(r"—\d+—", line))
