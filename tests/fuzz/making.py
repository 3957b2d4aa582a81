"""Inputs made from a seed: sound files with a few characters, bytes or elements changed. No test by itself."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import TypeVar
from xml.sax.saxutils import escape

from planwriter.sharing.bundle import make_bundle
from tests.audit.planting import good
from tests.readers.docx import making
from tests.sharing.packages import library, packed, zipped
from tests.sheets.workbooks import SHEET, SMALL, rezipped
from tests.support import EXAMPLES, outline

T = TypeVar("T")

MARKS = (
    *"：:，,{}[]（）\"'`@%&*!|>?-# \t\n　\\。、年用参数条款章节文内容0123456789①一.~",
    *("{{ ", " }}", "- ", ": ", "\n  ", "{% if ", "%}", "&a ", "*a", "!!str ", "<<: *a\n", "\r\n", "\0", "\ufeff"),
    *("指标.", "|\n", ">\n", "'''", "\x85", "\u2028", "😀", "\ue000: ", '"\\e[31m"', '"\\uD800"', "'甲': ", '"甲": '),
    *("{{ '\\ud800' }}", "\u202e", "\x9b31m", "{%" * 300, "{{" * 300, "9" * 400, "字" * 5000, "[" * 70),
)
"""What is put into texts."""
TEXTS = (
    *(
        "一、加强领导",
        "（一）抓好落实，新建3所。",
        "1.建设公办园5所，其中改建2所",
        "2026年3月5日",
        "附件：1.指标表",
        "关于印发工作要点的通知",
    ),
    *(
        "青教发〔2026〕1号",
        "各学校：",
        "合计",
        "105%",
        "\u202e甲",
        "\x9b31m",
        "　",
        "{{ 指标.甲 }}",
        "{%" * 300,
        "“（《" * 200,
    ),
    *("1" * 400, "字" * 3000, "a" * 300, "第一条", "抄送：县府办。", "甲……乙......", "2．", "3、"),
)
"""Texts of paragraphs."""
FORMS = (
    *('<w:numPr><w:ilvl w:val="9"/><w:numId w:val="1"/></w:numPr>', '<w:pStyle w:val="x"/>', '<w:jc w:val="center"/>'),
    *(
        '<w:ind w:left="-999999999999" w:firstLineChars="200"/>',
        '<w:spacing w:line="x" w:lineRule="exact"/>',
        "<w:sectPr/>",
    ),
    *(
        '<w:sectPr><w:pgSz w:w="0" w:h="1e9"/><w:pgMar w:top="-1"/></w:sectPr>',
        '<w:outlineLvl w:val="77"/>',
        "<w:keepNext/>",
    ),
    *(
        '<w:sectPr><w:headerReference r:id="rheader1"/><w:footerReference r:id="rfooter1"/><w:sectPrChange/></w:sectPr>',
        '<w:pPrChange w:author="张三"/>',
    ),
)
"""Properties of paragraphs."""
RUNS = (
    *(
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
    ),
    *("<w:instrText>PAGE</w:instrText>", "<w:br/>", '<w:br w:type="page"/>', "<w:tab/>", "<w:drawing/>", "<w:pict/>"),
    *(
        '<w:rPr><w:sz w:val="1e9"/></w:rPr>',
        '<w:rPr><w:rFonts w:eastAsia="\u202e"/><w:b w:val="x"/></w:rPr>',
        "<w:sym/>",
    ),
    *(
        "<w:instrText>REF _Ref1</w:instrText>",
        "<w:instrText>TOC</w:instrText>",
        '<w:instrText>HYPERLINK "C:\\甲\u202e.docx"</w:instrText>',
        "<w:instrText>DATE</w:instrText>",
        '<w:commentReference w:id="1"/>',
        '<w:rPr><w:vanish/><w:rPrChange w:author="\u202e甲"/></w:rPr><w:t>\u202e甲</w:t>',
    ),
)
"""What stands in runs beside texts."""
STYLES = (
    '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="x"/></w:style>',
    '<w:style w:type="paragraph" w:default="1" w:styleId="y"><w:rPr><w:sz w:val="-5"/></w:rPr></w:style>',
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>',
)
CELLS = (
    *(
        '<c><f t="shared" si="0"/></c>',
        "<c><f>1</f><v>2</v></c>",
        '<c s="1"><v>45000.25</v></c>',
    ),
    *(
        '<c t="e"><v>#REF!</v></c>',
        "<c><v>1e308</v></c>",
        "<c><v>99999999999999999999999999999999</v></c>",
        "<c/>",
    ),
    *(
        '<c t="inlineStr"><is><t>甲&#x202e;乙</t></is></c>',
        '<c s="1"><v>-1</v></c>',
        '<c s="9"><v>0.5</v></c>',
        '<c t="b"><v>1</v></c>',
    ),
    *(
        '<c t="str"><v>甲</v></c>',
        '<c t="inlineStr"><is><t>乙</t></is></c>',
        "<c><v>12.5</v></c>",
        '<c s="1"><v>12345678901234567</v></c>',
    ),
)
"""Cells of a sheet."""
RARE_CELLS = (
    *("<c><v>nan</v></c>", '<c t="s"><v>0</v></c>'),
    *(
        '<c r="ZZZ9999999"/>',
        '<c t="s"><v>-1</v></c>',
        '<c t="b"><v>x</v></c>',
        '<c r="ZZ90000"><v>1</v></c>',
        "<c><v>x</v></c>",
    ),
    *('<c t="d"><v>2026-03-05</v></c>', '<c s="x"/>', '</row><row r="0">', "<a>", '</row><row r="9999999">'),
)
_HIDDEN = (*[""] * 9, ' hidden="1"')
MERGES = ("A1:B2", "B1:C1", "A1", "A2:A9", "C3:D4", "A1:XFD1048576", "B2:A1", "$A$1:$B$1", "A1:ZZ1")
FORMATS = (
    "0.000000000000000",
    "0." + "0" * 250,
    "[h]:mm",
    "yyyy-m-d",
    "0%",
    "#,##0.00;-0",
    '"' * 9,
    "General",
    "E+",
    "",
)
"""Number formats."""


def mutated(text: str, chance: Random, pieces: Sequence[str] = MARKS) -> str:
    """A text with a few characters or lines deleted, put in, swapped or moved."""
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.choice([0, 1, 2, 5, 40]))
        text = text[:at] + chance.choice(["", chance.choice(pieces)]) + text[to:]
        lines = text.split("\n")
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        change = chance.randrange(6)
        if change == 0:
            lines[one], lines[other] = lines[other], lines[one]
        elif change == 1:
            lines.insert(one, lines[other])
        elif change == 2:
            lines[one] = lines[one][chance.choice([1, 2]) :]
        elif change == 3:
            lines[one] = chance.choice([" ", "  ", "\t", "　", "    "]) + lines[one]
        text = "\n".join(lines)
    return text


def damaged(data: bytes, chance: Random) -> bytes:
    """Bytes with a few of them replaced, put in, cut out or cut off."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        at = chance.randrange(len(data) + 1)
        more = bytes(chance.randrange(256) for _ in range(chance.choice([0, 1, 1, 4])))
        data = data[:at] + more + data[at + chance.choice([0, len(more), 3]) :]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.05 else data


@cache
def _outlines() -> tuple[str, ...]:
    extra = "指标:\n  普惠园: {数值: 3, 单位: 所}\n附件: [指标表]\n"
    text = "重点任务:\n  - 章: 甲\n    内容:\n      - 条: 乙\n        文: 新建{{ 指标.普惠园 }}公办园。\n"
    return (outline(text, extra=extra), *(path.read_text("utf-8") for path in EXAMPLES))


def an_outline(chance: Random) -> bytes:
    """An outline with something changed."""
    texts = _outlines()
    text = texts[0] if chance.random() < 0.7 else chance.choice(texts)
    return mutated(text, chance).encode("utf-8", "surrogatepass")


def a_workbook(chance: Random) -> bytes:
    """A workbook with odd cells, formats and merged ranges, or with damaged bytes."""
    if chance.random() < 0.1:
        return damaged(SMALL, chance)
    rows = []
    for _ in range(chance.choice([1, 4, 40])):
        cells = [
            chance.choice(RARE_CELLS if chance.random() < 0.01 else CELLS) for _ in range(chance.choice([1, 3, 9]))
        ]
        rows.append(f"<row{chance.choice(_HIDDEN)}>{''.join(cells)}</row>")
    merges = "".join(f'<mergeCell ref="{chance.choice(MERGES)}"/>' for _ in range(chance.choice([0, 0, 1, 3])))
    hidden = '<cols><col min="2" max="16384" hidden="1"/></cols>' * (chance.random() < 0.2)
    sheet = f"<worksheet>{hidden}<sheetData>{''.join(rows)}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    form = chance.choice(FORMATS).replace('"', "&quot;")
    named = f'<numFmts><numFmt numFmtId="200" formatCode="{form}"/></numFmts>'
    styles = f'<styleSheet>{named}<cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>'
    return rezipped(rezipped(SMALL, SHEET, sheet.encode()), "xl/styles.xml", styles.encode())


def a_csv(chance: Random) -> bytes:
    """A .csv with something changed."""
    return damaged(mutated('序号,项目\n1,"城东\n幼儿园"\n2,甲\n', chance).encode("utf-8", "surrogatepass"), chance)


def _paragraph(chance: Random) -> str:
    form = "".join(chance.choice(FORMS) for _ in range(chance.choice([0, 0, 1, 2])))
    runs = (
        f"<w:r>{chance.choice(RUNS)}</w:r>" if chance.random() < 0.2 else making.run(chance.choice(TEXTS))
        for _ in range(chance.choice([0, 1, 1, 2, 6]))
    )
    wrapper = chance.choice(("", "", "", "ins", "del", "hyperlink", "smartTag"))
    inner = "".join(runs)
    return f"<w:p><w:pPr>{form}</w:pPr>{f'<w:{wrapper}>{inner}</w:{wrapper}>' if wrapper else inner}</w:p>"


def _blocks(chance: Random, depth: int) -> str:
    """Paragraphs, and tables with blocks in their cells."""
    made = []
    for _ in range(chance.choice([1, 2, 5, 12])):
        if depth and chance.random() < 0.2:
            cells = (
                f'<w:tc><w:tcPr><w:gridSpan w:val="{chance.choice([1, 2, 99999, -1])}"/></w:tcPr>{_blocks(chance, depth - 1)}</w:tc>'
                for _ in range(chance.choice([1, 3]))
            )
            made.append(f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>")
        else:
            made.append(_paragraph(chance))
    return "".join(made)


def a_docx(chance: Random) -> bytes:
    """A .docx of odd paragraphs, tables and styles, or a sound one with damaged bytes."""
    if chance.random() < 0.1:
        return damaged(good(), chance)
    styles = making.part("styles", "".join(chance.choice(STYLES) for _ in range(chance.choice([0, 1, 3]))))
    document = making.body(_blocks(chance, 3))
    if chance.random() < 0.1:
        document = mutated(document, chance, ("&#xD800;", "<!--", "]]>", "<w:p>", "</w:r>"))
    beside = {name: making.part("x", _beside(name, chance)) for name in BESIDE if chance.random() < 0.2}
    parts = {"styles": styles, **beside}
    return making.packed(
        document.replace("\ud800", ""), **{name: text.replace("\ud800", "") for name, text in parts.items()}
    )


BESIDE = ("header1", "footer1", "footnotes", "endnotes", "comments", "people", "settings")
"""Parts beside the text."""


def _beside(name: str, chance: Random) -> str:
    """The content of a part beside the text."""
    if name == "settings":
        return '<w:docVars><w:docVar w:name="\u202e甲"/></w:docVars><w:evenAndOddHeaders/>'
    if name in ("header1", "footer1"):
        return _blocks(chance, 1)
    element = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment", "people": "person"}[name]
    author = chance.choice(("", "张三", "\u202e甲", "&#x9b;31m"))
    return f'<w:{element} w:id="1" w:author="{author}">{_blocks(chance, 1)}</w:{element}>' * chance.choice([0, 1, 3])


@cache
def _package() -> bytes:
    return packed()


def a_package(chance: Random) -> bytes:
    """A package with damaged bytes, or with a file changed before it is packed."""
    if chance.random() < 0.5:
        return damaged(_package(), chance)
    files = library()
    name = chance.choice(sorted(files))
    text = mutated(files[name].decode(), chance).encode("utf-8", "surrogatepass")
    made = make_bundle({**files, name: text}, "库").value
    return made if made is not None else zipped({**files, name: text})


def a_lock(chance: Random) -> bytes:
    """A lock with odd texts in it, escapes of JSON among them, or with something changed."""

    def odd(sound: str) -> str:
        return chance.choice(TEXTS + MARKS) if chance.random() < 0.05 else sound

    library = {"名称": odd("教育条款"), "版本": odd("1.2.0"), "来源": odd("包.pwlib"), "sha256": odd("0" * 64)}
    whole = {"说明": "", "格式": 1, "库": [library], "使用": {odd("提纲.yaml"): {odd("教师/师德"): odd("甲")}}}
    text = json.dumps(whole, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.5:
        pieces = (*MARKS, "\\ud800", "\\u001b[2J", "null", "1e999", "{}", "[]", '"', "[" * 2000)
        text = mutated(text, chance, pieces)
    return text.encode("utf-8", "surrogatepass")


DEVICES = ("CON", "con", "Aux", "NUL", "PRN", "COM1", "lpt9", "COM¹", "LPT³", "CONIN$", "conout$", "CLOCK$", "COM0")
ESCAPES = ("../", "..\\", "../../", "sound/../../", "./../", "甲/", ". ./", "..//", "../各校/../")
TWINS = ("Ab", "aB", "ſ", "s", "é", "É", "e\u0301", "ß", "SS", "ss", "Å", "\u212b", "가", "\u1100\u1161")
"""Names that some system does not tell apart."""
LENGTHS = (1, 40, 80, 81, 82, 83, 84, 85, 86, 240, 249, 250, 251, 255, 256, 3000)
NAME_PIECES = (
    *("甲小学", "城东幼儿园", "a", "A", "1", "é", "e\u0301", "ﬁ", "ß", "SS", "Å", "\u212b", "가", "\u1100\u1161"),
    *("..", ".", "...", "../", "..\\", "/", "\\", "/proc/甲", "C:", "C:\\", "//host/", "~", "$HOME", "%TEMP%"),
    *(
        " ",
        "  ",
        "　",
        "\u00a0",
        "\u2009",
        "\t",
        "\n",
        "\r",
        "\0",
        "\x01",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\x9b31m",
        "\u2028",
    ),
    *(
        "\u202e",
        "\u202a",
        "\u2066",
        "\u2069",
        "\u200e",
        "\u061c",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
    ),
    *("\u034f", "\u115f", "\u3164", "\uffa0", "\ufe0f", "\U000e0041", "\U000e0101", "\u180e", "\u0300" * 9, "\ufffe"),
    *(
        ":",
        "*",
        "?",
        '"',
        "<",
        ">",
        "|",
        ":流",
        "\ud800",
        "\udcff",
        "\udfff",
        "😀",
        "_xD800_",
        "-",
        ".docx",
        ".txt",
        ".lnk",
    ),
)
"""What misleads, leads elsewhere or cannot be stored in the name of a file."""


def a_file_name(chance: Random) -> str:
    """A text that somebody may put into the column of file names, with all that a name must not have."""
    if chance.random() < 0.2:
        return chance.choice(DEVICES) + chance.choice(["", "", " ", ".txt", " .txt", ". ", ":流", "甲", "\u0301", "."])
    if chance.random() < 0.2:
        return chance.choice("甲a😀") * (chance.choice(LENGTHS) // chance.choice([1, 3, 4]) + chance.choice([0, 1]))
    if chance.random() < 0.2:
        return chance.choice(ESCAPES) + "外"
    if chance.random() < 0.2:
        return chance.choice(TWINS)
    return "".join(chance.choice(NAME_PIECES) for _ in range(chance.choice([0, 1, 1, 2, 2, 3])))


def a_stem(chance: Random) -> str:
    """The name of an outline, which a file on this disk can have."""
    if chance.random() < 0.7:
        return "方案"
    stem = a_file_name(chance).replace("/", "").replace("\0", "")
    stem = "".join(mark for mark in stem if mark == "\udcff" or not "\ud800" <= mark <= "\udfff")
    return stem if stem.strip(".") and len(os.fsencode(stem)) < 200 else "方案"


def a_csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a .csv, in which every cell stands in quotes."""
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def a_workbook_of(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a workbook; XML cannot hold some characters, which are left out."""
    made = "".join(f"<row>{''.join(map(_in_xml, row))}</row>" for row in rows)
    return rezipped(SMALL, SHEET, f"<worksheet><sheetData>{made}</sheetData></worksheet>".encode())


def _in_xml(cell: str) -> str:
    held = re.sub("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", cell)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(held)}</t></is></c>'


def a_text(chance: Random) -> str:
    """A text of up to a few odd pieces."""
    return "".join(chance.choice(MARKS) for _ in range(chance.choice([1, 2, 5, 12])))
