"""Old Word files, RTF and OpenDocument through LibreOffice: the real one if it is installed, and others in its place."""

from __future__ import annotations

import io
import os
import socketserver
import threading
import zipfile
from pathlib import Path

import pytest

from planwriter.importing.sources import office
from planwriter.importing.sources.choose import read_script
from planwriter.system import office as program
from planwriter.system.office import TIME_LIMIT, Conversion, Office, find_soffice
from planwriter.writers.text import render_text
from tests.importing.sources.shown import codes, lines
from tests.readers.docx.making import body, packed, para, part
from tests.support import drafts, render

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument\0".encode("utf-16-le")
posix = pytest.mark.skipif(os.name != "posix", reason="the programs in LibreOffice's place are shell scripts")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    monkeypatch.setenv(program.VARIABLE, str(path))


def test_without_libreoffice_the_finding_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(program.VARIABLE, "/没有/soffice")
    made = office.read(DOC, "计划.wps")
    assert made.value is None and codes(made) == ["PW724"]
    assert "/没有/soffice" in made.findings[0].message and "另存为 .docx" in made.findings[0].hint


@posix
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 77", "退出码 77"),
        ("exit 0", "没有写出 .docx"),
        ("echo 'source file could not be loaded' >&2", "could not be loaded"),
        ("sleep 9", "0.5 秒"),
    ],
)
def test_a_failure_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str) -> None:
    stand_in(tmp_path, monkeypatch, script)
    made = office.read(DOC, "计划.doc", time_limit=0.5)
    assert made.value is None and codes(made) == ["PW725"] and told in made.findings[0].message


@posix
def test_what_it_writes_is_read_with_its_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(
        packed(body(para("正文") + "<w:p><w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r></w:p>"))
    )
    stand_in(
        tmp_path,
        monkeypatch,
        f'echo "$@" > "{tmp_path}/said"; for last; do :; done; cp "{tmp_path}/made.docx" "${{last%.doc}}.docx"',
    )
    made = read_script(DOC, "计划.wps")
    assert lines(made) == ["正文"] and codes(made) == ["PW723"]
    assert "--infilter=MS Word 97" in (tmp_path / "said").read_text("utf-8")


@posix
def test_labels_that_an_rtf_counts_are_doubted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    )
    item = para("字", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    (tmp_path / "made.docx").write_bytes(packed(body(item), numbering=numbering))
    stand_in(tmp_path, monkeypatch, f'for last; do :; done; cp "{tmp_path}/made.docx" "${{last%.*}}.docx"')
    made = office.read(b"{\\rtf1}", "计划.doc")
    assert lines(made) == ["1.字"] and codes(made) == ["PW731"]
    assert codes(office.read(DOC, "计划.doc")) == []


@posix
def test_a_broken_docx_of_it_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, 'for last; do :; done; printf "PK no" > "${last%.doc}.docx"')
    assert codes(office.read(DOC, "计划.doc")) == ["PW720"]


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "form", [("doc", "MS Word 97", b"\xd0\xcf"), ("rtf", "Rich Text Format", b"{\\rtf"), ("odt", "writer8", b"PK")]
)
def test_an_old_file_of_our_docx_has_the_same_lines(form: tuple[str, str, bytes]) -> None:
    found = find_soffice()
    assert found is not None
    document = drafts()["implementation-plan"]
    with Office(found, Conversion("docx", "", *form, "")) as running:
        ((_, data),) = running.convert([render(document, "docx").value or b""], TIME_LIMIT, lambda: False)
    made = read_script(data, "计划.wps")
    assert lines(made) == render_text(document).splitlines()
    assert codes(made) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("data", [DOC + b"\0" * 5000, b"{\\rtf1 " + b"{" * 5000])
def test_a_damaged_file_is_read_or_a_finding(data: bytes) -> None:
    made = read_script(data, "坏.doc")
    assert made.value is not None or codes(made) in (["PW725"], ["PW720"])


def _linked(picture: str, section: str) -> bytes:
    """An OpenDocument text with a picture at an address and a section that is another file's text."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    frame = (
        '<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">'
        f'<draw:image xlink:href="{picture}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>'
    )
    content = (
        f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        f'<text:section text:name="s"><text:section-source xlink:href="{section}"/><text:p>旧</text:p></text:section>'
        f"<text:p>正文{frame}</text:p></office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml"'
        ' manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("META-INF/manifest.xml", manifest)
        made.writestr("content.xml", content)
    return buffer.getvalue()


@pytest.mark.libreoffice
def test_nothing_that_a_file_links_to_is_fetched_or_read(tmp_path: Path) -> None:
    asked: list[str] = []

    class Asked(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked.append("somebody")

    secret = tmp_path / "别的.odt"
    secret.write_bytes(_linked("x.png", "y.odt"))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made = read_script(_linked(f"http://127.0.0.1:{server.server_address[1]}/a.png", secret.as_uri()), "计划.odt")
        server.shutdown()
    assert lines(made) == ["旧", "正文"] and asked == []
