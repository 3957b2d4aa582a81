"""The rules on the page: paper, margins, lines and characters, page number.

Each docstring names the clause of GB/T 9704 (5.1, 5.2, 7.5), and whether the standard requires it or calls it usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwriter.audit.flaws import Case, Flaw, characters, flaw, millimetres, points, size_name
from planwriter.audit.roles import ATTACHED, DATE, EMPTY, PROSE, SIGNATURE, ClassifiedParagraph
from planwriter.layout.layout import Length, mm
from planwriter.layout.standard import face
from planwriter.readers.docx.document import PageSetup, WordParagraph
from planwriter.start.patterns import regex

_NEAR = mm(1).twips + 1
_FOOT_NEAR = mm(1.5).twips
_DASHES = regex(r"[-‐‑‒–—―－─━]+")


def paper(case: Case) -> Iterator[Flaw]:
    """5.1, required: A4, 210 mm by 297 mm; a section with a wide table may be landscape (8)."""
    wanted = tuple(side.twips for side in case.layout.paper)
    for section in case.document.sections:
        found = (section.height, section.width) if section.landscape else (section.width, section.height)
        if any(abs(one - other) > _NEAR for one, other in zip(found, wanted, strict=True)):
            yield flaw(
                "PW651",
                _start(case, section),
                found=f"{millimetres(section.width)}×{millimetres(section.height)}",
                wanted="×".join(millimetres(side) for side in wanted),
            )


def margins(case: Case) -> Iterator[Flaw]:
    """5.2.1, required: 37 mm above, 28 mm at the binding, ±1 mm; the rest follows from the type area, 156 by 225 mm."""
    wanted = case.layout.margins
    for section in case.document.sections:
        if section.landscape:
            continue
        for name, side, found, length in (
            ("上", "天头", section.top, wanted.top),
            ("下", "地脚", section.bottom, wanted.bottom),
            ("左", "订口", section.left, wanted.left),
            ("右", "切口", section.right, wanted.right),
        ):
            if abs(found - length.twips) > _NEAR:
                yield flaw(
                    "PW652",
                    _start(case, section),
                    side=f"{name}边距（{side}）",
                    found=millimetres(found),
                    wanted=millimetres(length.twips),
                )


def _start(case: Case, section: PageSetup) -> WordParagraph | None:
    """The first paragraph of a later section; None for the first section, which usually is the whole document."""
    return case.document.paragraphs[section.start - 1] if 1 < section.start <= len(case.document.paragraphs) else None


def lines(case: Case) -> Iterator[Flaw]:
    """5.2.3, usual: 22 lines on each page, which fill the type area."""
    layout = case.layout
    wanted = layout.height.twips // layout.pitch.twips
    drawn = _drawn_together(case)
    for part, section in _prose(case):
        if part.para.number in drawn:
            continue
        height = section.height - section.top - section.bottom
        pitch = pitch_of(part.para, section)
        if pitch is None or pitch <= 0 or int(height / pitch + 0.03) != wanted:
            found = _spacing_name(part.para)
        elif part.para.before > 20 or part.para.after > 20:
            found = f"段前 {points(part.para.before)}、段后 {points(part.para.after)}"
        else:
            continue
        yield flaw("PW653", part.para, found=found, lines=str(wanted), wanted=f"{layout.pitch.points:g}磅")


def _drawn_together(case: Case) -> set[int]:
    """The paragraphs above a signature whose line spacing is reduced to keep it on their page (7.3.5.5)."""
    least, usual = case.layout.role("body").size.twips * 1.5, case.layout.pitch.twips
    found: set[int] = set()
    pitch = None
    for part in reversed([part for part in case.parts if part.role != EMPTY]):
        para = part.para
        if part.role in (SIGNATURE, DATE):
            pitch = para.line if para.rule == "exact" and least <= para.line < usual else None
        elif part.role not in (*PROSE, ATTACHED) or para.rule != "exact" or para.line != pitch:
            pitch = None
        elif pitch is not None:
            found.add(para.number)
    return found


def _prose(case: Case) -> Iterator[tuple[ClassifiedParagraph, PageSetup]]:
    """The body and headings with their sections, without landscape sections."""
    for part in case.having(*PROSE):
        section = case.document.sections[min(part.para.section, len(case.document.sections) - 1)]
        if not section.landscape:
            yield part, section


def pitch_of(para: WordParagraph, section: PageSetup) -> float | None:
    """The distance from line to line, in twips; None if it depends on the font."""
    if para.rule == "exact":
        return para.line
    natural = para.size * 10 * 1.35
    if section.grid and para.snaps and section.pitch:
        return (
            section.pitch * (para.line / 240 if para.rule == "auto" else 1) if natural <= section.pitch * 1.2 else None
        )
    return para.line if para.rule == "atLeast" and para.line >= natural else None


def _spacing_name(para: WordParagraph) -> str:
    if para.rule == "auto":
        return "单倍行距" if para.line == 240 else f"{para.line / 240:g} 倍行距"
    return f"{'固定值' if para.rule == 'exact' else '最小值'} {points(para.line)}"


def columns(case: Case) -> Iterator[Flaw]:
    """5.2.3, usual: 28 characters on each line."""
    layout = case.layout
    body = layout.role("body").size
    wanted = layout.width.twips // (body + layout.tracking).twips
    for part, section in _prose(case):
        width = section.width - section.left - section.right
        for run in part.para.shown:
            grid = section.char_space / 4096 * 20 if section.grid in ("linesAndChars", "snapToChars") else 0.0
            if not grid and abs(run.look.spacing - layout.tracking.twips) < 1:
                continue  # the page width is at fault, which is reported separately
            advance = run.look.size * 10 + run.look.spacing + grid
            if run.text.strip() and run.look.size == body.half_points and int((width + 2) / max(advance, 1)) != wanted:
                spacing = f"字间距 {points(run.look.spacing)}"
                found = str(int((width + 2) / max(advance, 1)))
                yield flaw(
                    "PW654",
                    part.para,
                    spacing=spacing,
                    found=found,
                    columns=str(wanted),
                    wanted=f"{layout.tracking.points:g}磅",
                )
                break


# page number


def page_number(case: Case) -> Iterator[Flaw]:
    """7.5: every page is numbered, below the type area (7.1, required); form, place and type are usual."""
    if not any(part.role != EMPTY for part in case.parts):
        return
    numbered = [each for section in case.document.sections for each in numbers_of(section)]
    if not numbered:
        yield flaw("PW655")
        return
    for para, kind, section in dict.fromkeys(numbered):
        yield from _form(case, para, section)
        yield from _place(case, para, kind)
        yield from _type(case, para)
        yield from _distance(case, para, kind, section)
    number = case.layout.page_number
    if number.outside and not (case.document.even_and_odd and any(kind == "even" for _, kind, _ in numbered)):
        yield flaw("PW657", found="单双页相同", wanted="单页码居右、双页码居左")


def numbers_of(section: PageSetup) -> Iterator[tuple[WordParagraph, str, PageSetup]]:
    """The paragraphs with a page number in the footers in use, each with its type of footer and its section."""
    for kind, paragraphs in section.footers:
        if kind != "first" or section.title_page:
            yield from ((para, kind, section) for para in paragraphs if any(run.page for run in para.shown))


def _form(case: Case, para: WordParagraph, section: PageSetup) -> Iterator[Flaw]:
    """Checks that the number has a dash on either side."""
    number = case.layout.page_number
    shown = "".join(para.words.split())
    shown = f"-{shown}-" if section.dashed else shown
    wanted = "".join(f"{number.before}1{number.after}".split())
    if shown != wanted and not (_DASHES.search(wanted) and re.fullmatch("—1—|―1―|─1─", shown)):
        yield flaw("PW656", found=shown[:20], wanted=f"{number.before}1{number.after}")


def _place(case: Case, para: WordParagraph, kind: str) -> Iterator[Flaw]:
    """Checks the place: right on odd and left on even pages, with one character free."""
    number = case.layout.page_number
    if para.framed or (kind == "even" and not case.document.even_and_odd):
        return
    side = ("left" if kind == "even" else "right") if number.outside else "center"
    names = {"left": "居左", "right": "居右", "center": "居中", "both": "居左", "distribute": "分散"}
    align = "left" if para.align == "both" else para.align
    free = para.right if side == "right" else para.left + para.first
    free += para.blanks if side == "left" else sum(mark == "\u3000" for mark in para.text[len(para.text.rstrip()) :])
    own = para.size / number.size.half_points  # the same length in characters of the layout's size
    wanted = names[side] + (f"空{characters(number.inset)}" if number.outside else "")
    if align != side:
        yield flaw("PW657", found=names.get(align, align), wanted=wanted)
    elif side != "center" and min(abs(free - number.inset), abs(free * own - number.inset)) > 0.3:
        yield flaw("PW657", found=f"{names[side]}空{characters(free)}", wanted=wanted)


def _type(case: Case, para: WordParagraph) -> Iterator[Flaw]:
    """Checks the type: 4号半角宋体."""
    number = case.layout.page_number
    for run in para.shown:
        if run.page:
            look = run.look
            fonts = {look.chinese, look.quotes}
            if look.size != number.size.half_points or face(number.font) not in map(face, fonts):
                found = f"{size_name(look.size)}{look.quotes or look.chinese}"
                yield flaw("PW658", found=found, wanted=f"{size_name(number.size.half_points)}{number.font}")
            return


def gap_above(para: WordParagraph, kind: str, section: PageSetup) -> float | None:
    """The distance from the type area to the dash, in twips; None if the footer has more than this line."""
    footer = next(paragraphs for name, paragraphs in section.footers if name == kind)
    if len(footer) > 1 or para.framed or para.rule not in ("exact", "auto") or section.landscape:
        return None
    height = para.line if para.rule == "exact" else para.size * 10 * 1.3 * para.line / 240
    return section.bottom - section.footer - height * 0.52


def _distance(case: Case, para: WordParagraph, kind: str, section: PageSetup) -> Iterator[Flaw]:
    """Checks that the dash is 7 mm below the type area."""
    gap, wanted = gap_above(para, kind, section), case.layout.page_number.gap
    if gap is not None and abs(gap - wanted.twips) > _FOOT_NEAR:
        foot = Length(max(case.layout.margins.bottom.emu - wanted.emu - case.layout.page_number.size.emu // 2, 0))
        yield flaw(
            "PW659", found=millimetres(round(gap)), wanted=millimetres(wanted.twips), foot=millimetres(foot.twips)
        )


RULES = (paper, margins, lines, columns, page_number)
