"""The rules on type: fonts, sizes, alignment, indents, colour.

Each docstring names the clause of GB/T 9704 (5.2, 7.2, 7.3), and whether the standard requires it or calls it usual.
"""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.audit.flaws import Case, Flaw, characters, flaw, has_chinese, role_of, size_name
from planwriter.audit.roles import (
    ATTACHED,
    BODY,
    CELL,
    COPY_NUMBER,
    DATE,
    EMPTY,
    HEADINGS,
    IMPRINT,
    LABEL,
    MARK,
    NOTE,
    NUMBER,
    OTHER,
    PROSE,
    RECIPIENTS,
    SECRECY,
    SIGNATURE,
    TITLE,
    ClassifiedParagraph,
    is_sentence,
)
from planwriter.layout.layout import Role
from planwriter.layout.standard import face
from planwriter.readers.docx.document import WordParagraph, WordRun
from planwriter.start.patterns import regex

NAMES = {
    TITLE: "标题",
    BODY: "正文",
    RECIPIENTS: "主送机关",
    ATTACHED: "附件说明",
    SIGNATURE: "署名",
    DATE: "成文日期",
    NOTE: "附注",
    LABEL: "“附件”二字",
    IMPRINT: "版记",
    SECRECY: "密级和紧急程度",
    COPY_NUMBER: "份号",
    NUMBER: "发文字号",
} | dict(zip(HEADINGS, ("一级标题", "二级标题", "三级标题", "四级标题"), strict=True))
_STOP = regex("[。！？]")
_AMBIGUOUS = regex("[“”‘’…—]")
_ALIGNS = {"left": "左对齐", "both": "两端对齐", "center": "居中", "right": "右对齐", "distribute": "分散对齐"}
_NEAR = 0.3


def fonts(case: Case) -> Iterator[Flaw]:
    """5.2.2, 7.3.1, 7.3.3, usual: 小标宋 for the title, 仿宋 for the text, 黑体 and 楷体 for the first two levels.

    7.3.7, required: 黑体 for the word 附件.
    """
    mixed = _mixed(case)
    for part in case.having(*NAMES):
        role, body = role_of(case.layout, part.role), case.layout.role("body")
        runs = [run for run in part.para.shown if has_chinese(run.text) and (run.look.chinese or not run.look.themed)]
        if role is None or not runs or (mixed and part.role == NUMBER):
            continue
        wrong = _wrong_in_heading(part, runs, role, body) if part.heading else _wrong(part.role, runs, role)
        for name, found, wanted in wrong:
            code = "PW673" if part.role == LABEL else "PW660"
            yield flaw(code, part.para, role=NAMES[name], found=found or "未指定的", wanted=wanted)


def _mixed(case: Case) -> bool:
    """True if 签发人 stand beside the document number, in a different face (7.2.6)."""
    return any("签发人" in each.para.words for each in case.having(NUMBER))


def _wrong(name: str, runs: list[WordRun], role: Role) -> Iterator[tuple[str, str, str]]:
    found = dict.fromkeys(run.look.chinese for run in runs if face(run.look.chinese) != face(role.font))
    yield from ((name, font, role.font) for font in found)


def _wrong_in_heading(
    part: ClassifiedParagraph, runs: list[WordRun], role: Role, body: Role
) -> Iterator[tuple[str, str, str]]:
    """Checks that the heading is in its face, and the text after a run-in heading in the face of the body."""
    head, text = face(role.font), face(body.font)
    faces = [face(run.look.chinese) for run in runs]
    own = next((at for at, each in enumerate(faces) if each != head), len(faces))
    words = part.para.words
    if own == 0 and set(faces) == {text} and part.label and is_sentence(words):
        return  # a numbered paragraph without a title
    if own == 0:
        yield part.role, runs[0].look.chinese, role.font
        runs = runs[1:]
    rest = runs[own:]
    if part.para.style and own == len(faces) and head != text and _runs_on(words):
        yield BODY, role.font, body.font
    yield from _wrong(BODY, [run for run in rest if own or face(run.look.chinese) != head], body)


def _runs_on(words: str) -> bool:
    """True if text follows the first sentence."""
    stop = _STOP.search(words)
    return stop is not None and len(words) - stop.end() > 10


def sizes(case: Case) -> Iterator[Flaw]:
    """5.2.2, 7.3.1, usual: 二号 for the title, 三号 for the rest, 四号 for the imprint (7.4)."""
    for part in case.having(*NAMES):
        role = role_of(case.layout, part.role)
        if role is None:
            continue
        named = any(each.name == part.role for each in case.layout.roles)
        size = case.layout.page_number.size if part.role == IMPRINT and not named else role.size
        found = dict.fromkeys(run.look.size for run in _visible(part.para) if run.look.size != size.half_points)
        for each in found:
            code = "PW673" if part.role == LABEL else "PW661"
            yield flaw(
                code, part.para, role=NAMES[part.role], found=size_name(each), wanted=size_name(size.half_points)
            )


def _visible(para: WordParagraph) -> Iterator[WordRun]:
    return (run for run in para.shown if run.text.strip() and not run.look.raised)


def weights(case: Case) -> Iterator[Flaw]:
    """7.3.3, usual: the standard distinguishes levels by face, not by bold type; a layout may make a level bold."""
    body = case.layout.role("body")
    for part in case.having(TITLE, *PROSE):
        role = role_of(case.layout, part.role) or body
        allowed = {role.bold, body.bold} if part.heading else {role.bold}
        runs = [run for run in _visible(part.para) if has_chinese(run.text)]
        first = runs[0] if runs else None
        untitled = part.heading and face(first.look.chinese) == face(body.font) if first else False
        bad = first and not untitled and first.look.bold != role.bold
        if bad or any(run.look.bold not in allowed for run in runs):
            has, lacks = "加粗", "不加粗"
            bold = any(run.look.bold and not role.bold for run in runs)
            yield flaw(
                "PW662", part.para, role=NAMES[part.role], found=has if bold else lacks, wanted=lacks if bold else has
            )


def alignments(case: Case) -> Iterator[Flaw]:
    """7.3.1, required: the title is centred. 7.3.3, required: headings begin two characters from the left, not centred.

    7.2.5, required: the document number is centred unless 签发人 stand beside it. 7.3.5: the date is on the right.
    """
    mixed = _mixed(case)
    for part in case.having(TITLE, NUMBER, DATE, LABEL, RECIPIENTS, *HEADINGS):
        para, found = part.para, _ALIGNS.get(part.para.align, part.para.align)
        if para.framed or para.table >= 0 or (mixed and part.role == NUMBER):
            continue
        if part.role in (TITLE, NUMBER):
            good, wanted = para.align == "center", "居中"
        elif part.role == DATE:
            good, wanted = para.align == "right" or para.indent > 8 or "\t" in para.text, "靠右"
        else:
            good, wanted = para.align not in ("center", "right"), "两端对齐"
        if not good:
            yield flaw("PW663", para, role=NAMES[part.role], found=found, wanted=wanted)


def indents(case: Case) -> Iterator[Flaw]:
    """7.3.2, 7.3.3, 7.3.4, 7.3.6, 7.3.7, required: first lines are indented two characters, later lines flush left.

    主送机关 and the word 附件 are flush left; 附件说明 and 附注 are indented two characters.
    """
    for part in case.having(TITLE, RECIPIENTS, LABEL, ATTACHED, NOTE, *PROSE):
        para = part.para
        if para.framed or para.table >= 0 or (para.align in ("center", "right") and part.role != TITLE):
            continue
        if part.role == ATTACHED and not para.words.startswith("附"):
            continue
        role = role_of(case.layout, BODY if part.role in (ATTACHED, NOTE) else part.role)
        wanted = 0.0 if part.role in (RECIPIENTS, LABEL) or role is None else role.indent
        hangs = part.role not in (ATTACHED, TITLE) and abs(para.left) > _NEAR
        off = para.first if part.role == TITLE else para.indent
        if abs(off - wanted) > _NEAR:
            yield flaw(
                "PW664", para, role=NAMES[part.role], found=f"空{characters(off)}", wanted=f"空{characters(wanted)}"
            )
        elif hangs:
            yield flaw("PW664", para, role=NAMES[part.role], found=f"回行空{characters(para.left)}", wanted="回行顶格")


def colours(case: Case) -> Iterator[Flaw]:
    """5.2.4, required: black, except the issuer's mark and the rule below the document number."""
    for part in case.parts:
        if part.role not in (MARK, OTHER, EMPTY):
            for colour in dict.fromkeys(run.look.color for run in _visible(part.para) if run.look.color):
                yield flaw("PW665", part.para, found=f"#{colour[:12]}")


def themes(case: Case) -> Iterator[Flaw]:
    """5.2.2: a font from the theme changes with the theme; none of Word's themes has the standard's faces."""
    for part in case.parts:
        if part.role not in (CELL, OTHER, EMPTY):
            for run in part.para.shown:
                if run.look.themed and has_chinese(run.text):
                    yield flaw("PW666", part.para, found=run.look.chinese or "随主题而定")
                    break


def quotes(case: Case) -> Iterator[Flaw]:
    """5.2.2: “ ” … and — in the Chinese font; Word treats them as Western unless the run says otherwise."""
    for part in case.parts:
        for run in part.para.shown:
            look = run.look
            mark = _AMBIGUOUS.search(run.text)
            if mark and face(look.quotes) != face(look.chinese) and has_chinese(part.para.text) and part.role != OTHER:
                yield flaw(
                    "PW667", part.para, found=look.quotes or "默认的西文字体", wanted=look.chinese or "正文的中文字体"
                )
                break


RULES = (fonts, sizes, weights, alignments, indents, colours, themes, quotes)
