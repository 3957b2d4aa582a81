"""Pages of a .docx as a reader sees them: LibreOffice with substitute fonts, measured with poppler; contains no tests.

The fonts are those of Fandol (Debian: texlive-lang-chinese); PLANWRITER_FONTS names their folder if it is not a usual one.
"""

from __future__ import annotations

import functools
import html
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STAND_INS = {
    "方正小标宋简体": "FandolBold",
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "FandolHei",
    "宋体": "FandolSong",
    "Times New Roman": "Liberation Serif",
}
OTHER_STAND_INS = {
    "仿宋": "FandolFang",
    "楷体": "FandolKai",
    "方正小标宋_GBK": "FandolBold",
    "方正仿宋_GBK": "FandolFang",
    "方正楷体_GBK": "FandolKai",
    "方正黑体_GBK": "FandolHei",
}
"""For the fonts of the other layouts that come with planwriter."""
_FONT_FOLDERS = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/fonts/opentype/fandol",
    "/usr/local/share/fonts/fandol",
)
_TOOLS = ("pdftotext", "pdftohtml", "pdffonts", "pdftoppm")
MM_PER_POINT = 25.4 / 72
BESIDE = 33
"""Text farther left than this on a landscape page, in millimetres, is the page number."""


@dataclass(frozen=True)
class TextLine:
    """A line of a page: its text and its box in millimetres from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def font_folder() -> Path | None:
    """The folder with the stand-in fonts."""
    cache = str(Path.home() / ".cache" / "planwriter-fonts")
    for name in (os.environ.get("PLANWRITER_FONTS", ""), cache, *_FONT_FOLDERS):
        folder = Path(name)
        if name and (folder / "FandolFang-Regular.otf").is_file():
            return folder
    return None


def soffice() -> str | None:
    """LibreOffice's program."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def missing() -> str:
    """Which tool for looking at pages is missing; empty if none is."""
    if soffice() is None:
        return "LibreOffice (soffice) is not installed"
    absent = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if absent:
        return f"poppler-utils is not installed: {', '.join(absent)}"
    if font_folder() is None:
        return "the Fandol fonts are not found: set PLANWRITER_FONTS to their folder"
    return ""


def to_pdf(data: bytes, folder: Path, stand_ins: Mapping[str, str] | None = None) -> Path:
    """The PDF that LibreOffice makes of the .docx `data`; works in `folder`, with a profile and fonts of its own."""
    return to_pdfs({"document": data}, folder, stand_ins)["document"]


def to_pdfs(files: Mapping[str, bytes], folder: Path, stand_ins: Mapping[str, str] | None = None) -> dict[str, Path]:
    """The PDFs that LibreOffice makes of several .docx in one run, by their names."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = [folder / f"{name}.docx" for name in files]
    for source, data in zip(sources, files.values(), strict=True):
        source.write_bytes(data)
    own_fonts = folder / "fonts"
    own_fonts.mkdir(exist_ok=True)
    _write_title_font(own_fonts)
    config = folder / "fonts.conf"
    config.write_text(_font_config(stand_ins or STAND_INS, own_fonts), encoding="utf-8")
    program = soffice()
    assert program is not None
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
        check=True,
        capture_output=True,
        timeout=180 + 10 * len(files),
    )
    return {name: source.with_suffix(".pdf") for name, source in zip(files, sources, strict=True)}


def _write_title_font(folder: Path) -> None:
    """Writes FandolSong's bold font as a separate family: from a family, LibreOffice takes the regular font."""
    source = font_folder()
    assert source is not None
    data = (source / "FandolSong-Bold.otf").read_bytes()
    for encoding in ("ascii", "utf-16-be"):
        data = data.replace("FandolSong".encode(encoding), "FandolBold".encode(encoding))
    (folder / "FandolBold.otf").write_bytes(data)


def _font_config(stand_ins: Mapping[str, str], own_fonts: Path) -> str:
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{wanted}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{given}</string></edit></match>'
        for wanted, given in stand_ins.items()
    )
    folders = "".join(f"<dir>{folder}</dir>" for folder in (own_fonts, font_folder(), "/usr/share/fonts"))
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    return f"{head}<fontconfig>{folders}<cachedir>{own_fonts / 'cache'}</cachedir>{rules}</fontconfig>"


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@functools.cache
def lines_of_pages(pdf: Path) -> list[list[TextLine]]:
    """The lines of each page, from top to bottom; read once, and not to be changed."""
    shown = _run("pdftotext", "-bbox-layout", str(pdf), "-")
    return [_lines(page) for page in shown.split("<page ")[1:]]


def _lines(page: str) -> list[TextLine]:
    """Words whose middles are at one height are one line; the page number beside a landscape page is the last."""
    words = []
    for match in _WORD.finditer(page):
        left, top, right, bottom = (float(figure) * MM_PER_POINT for figure in match.groups()[:4])
        words.append(TextLine(html.unescape(match[5]), left, top, right, bottom))
    size = re.match(r'width="([\d.]+)" height="([\d.]+)"', page)
    turned = size is not None and float(size[1]) > float(size[2])
    beside = sorted((word for word in words if turned and word.right < BESIDE), key=lambda word: word.top)
    words = [word for word in words if word not in beside]
    rows: list[list[TextLine]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        if rows and abs((word.top + word.bottom) - (rows[-1][0].top + rows[-1][0].bottom)) < 4:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_join(sorted(row, key=lambda word: word.left)) for row in rows] + ([_join(beside)] if beside else [])


def _join(words: list[TextLine]) -> TextLine:
    return TextLine(
        "".join(word.text for word in words),
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def fonts(pdf: Path) -> set[str]:
    """The fonts in a PDF, without the marks of their subsets."""
    return {line.split()[0].split("+")[-1] for line in _run("pdffonts", str(pdf)).splitlines()[2:]}


def texts_by_font(pdf: Path) -> dict[str, str]:
    """What is set in each font, run together in reading order."""
    shown = _run("pdftohtml", "-xml", "-i", "-stdout", "-fontfullname", str(pdf))
    families = {
        number: family.split("+")[-1]
        for number, family in re.findall(r'<fontspec id="(\d+)"[^>]*? family="([^"]*)"', shown)
    }
    found: dict[str, str] = {}
    for number, text in re.findall(r'<text [^>]*font="(\d+)">(.*?)</text>', shown):
        family = families[number]
        found[family] = found.get(family, "") + html.unescape(re.sub("<[^>]*>", "", text))
    return found


def to_pngs(pdf: Path, dots: int = 60) -> list[Path]:
    """The pages as pictures, `dots` to an inch."""
    _run("pdftoppm", "-r", str(dots), "-png", str(pdf), str(pdf.with_suffix("")))
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode("utf-8", "replace")
