"""Writes the inputs of the contestants into a folder, and checks that all of them make the same document."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import inputs, layout

PROGRAMS = Path(__file__).resolve().parent / "programs"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Contestant:
    """A way to make one document: its name, its command, and the file that it writes."""

    name: str
    command: tuple[str, ...]
    output: Path


def set_out(outline: Path, folder: Path, *, pandoc: bool = True) -> list[Contestant]:
    """Writes each contestant's input for `outline` into `folder`; the first contestant is planwriter."""
    folder.mkdir(parents=True, exist_ok=True)
    document = inputs.read(outline).document
    assert document is not None
    made = inputs.paragraphs(document)
    own, plan = folder / "outline.yaml", folder / "plan.yaml"
    own.write_bytes(outline.read_bytes())
    inputs.write_plan(made, plan)
    layout.blank().save(str(folder / "blank.docx"))
    layout.looping_template().save(str(folder / "template.docx"))
    python, script = sys.executable, Path(sys.executable).parent / "planwriter"
    rendered = own.with_suffix(".docx")
    contestants = [Contestant("python -m planwriter", (python, "-m", "planwriter", "render", str(own)), rendered)]
    if script.exists():
        contestants.append(Contestant("planwriter (script)", (str(script), "render", str(own)), rendered))
    for name, start in (("docxtpl", "template.docx"), ("python-docx", "blank.docx")):
        program, output = PROGRAMS / f"with_{name.replace('-', '_')}.py", folder / f"{name}.docx"
        contestants.append(
            Contestant(name, (python, str(program), str(folder / start), str(plan), str(output)), output)
        )
    found = shutil.which("pandoc") if pandoc else None
    if found:
        text, output = folder / "plan.md", folder / "pandoc.docx"
        text.write_text("".join(map(_markdown, made)), encoding="utf-8")
        options = ("--from=markdown-smart", f"--reference-doc={folder / 'blank.docx'}")
        contestants.append(Contestant("pandoc", (found, *options, str(text), "-o", str(output)), output))
    return contestants


def _markdown(paragraph: inputs.Paragraph) -> str:
    lead, text = (re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", each) for each in (paragraph.lead, paragraph.text))
    if paragraph.role == "title":
        return f"::: {{custom-style=Title}}\n{text}\n:::\n\n"
    marks = "#" * int(paragraph.role[-1]) + " " if paragraph.role.startswith("heading") else ""
    return f"{marks}{f'**{lead}**' if lead else ''}{text}\n\n"


def environment(contestant: Contestant) -> dict[str, str]:
    """The environment of a contestant; all of them store compiled Python next to the documents."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(contestant.output.parent / "compiled")}


def rehearse(contestants: list[Contestant]) -> int:
    """Runs each contestant once and returns the number of paragraphs. Raises Unfit if their documents differ."""
    texts: list[list[str]] = []
    for each in contestants:
        each.output.unlink(missing_ok=True)
        ran = subprocess.run(
            each.command, capture_output=True, text=True, check=False, cwd=each.output.parent, env=environment(each)
        )
        if ran.returncode or not each.output.exists():
            raise inputs.Unfit(f"{each.name} failed:\n{ran.stderr[-1500:]}")
        texts.append(texts_of(each.output.read_bytes()))
        if texts[-1] != texts[0]:
            raise inputs.Unfit(f"{each.name} made another document: {difference(texts[0], texts[-1])}")
    return len(texts[0])


def texts_of(data: bytes | Path) -> list[str]:
    """The texts of the paragraphs of a .docx, without empty ones."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    with zipfile.ZipFile(source) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    texts = ("".join(text.text or "" for text in each.iter(f"{_W}t")) for each in body.iter(f"{_W}p"))
    return [text for text in texts if text]


def difference(first: list[str], second: list[str]) -> str:
    """The first difference between two lists of texts."""
    for number, (left, right) in enumerate(zip(first, second, strict=False), 1):
        if left != right:
            return f"paragraph {number}: {left[:40]!r} / {right[:40]!r}"
    return f"{len(first)} / {len(second)} paragraphs"
