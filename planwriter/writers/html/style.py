"""The style sheet of the HTML writer, written from a layout's own lengths, fonts and roles."""

from __future__ import annotations

import re

from planwriter.layout.layout import Layout, Length, Role
from planwriter.plan.flow import BODY, BOX_TITLE, CAPTION, HEADINGS, IMPRINT, LABEL, RECIPIENTS, TITLE

_LATIN = "planwriter-latin"
_LATIN_RANGE = "U+20-7E,U+A1-A6,U+A8-AF,U+B2-B6,U+B8-D6,U+D8-F6,U+F8-24F"
"""Digits and letters. Characters in both Latin and Chinese fonts (quotes, dots, dashes, the middle dot) stay Chinese."""
_STAND_INS = {
    "仿": ("FangSong", "仿宋", "STFangsong", "华文仿宋", "FandolFang", "serif"),
    "楷": ("KaiTi", "楷体", "Kaiti SC", "STKaiti", "FandolKai", "serif"),
    "黑": ("SimHei", "黑体", "Heiti SC", "STHeiti", "Noto Sans CJK SC", "FandolHei", "sans-serif"),
    "小标宋": ("STZhongsong", "华文中宋", "Songti SC", "Noto Serif CJK SC", "FandolSong", "serif"),
    "宋": ("SimSun", "宋体", "Songti SC", "STSong", "Noto Serif CJK SC", "FandolSong", "serif"),
}
"""Substitute fonts on Windows, macOS and Linux, by a word in the name of the font that they replace."""
_GENERIC = ("serif", "sans-serif")
_ALIGNMENTS = {"两端": "justify", "左": "left", "居中": "center", "右": "right"}
_RED = "#d7000f"


def style_sheet(layout: Layout) -> str:
    """The CSS of a layout: paper, print, roles, tables, the head, the end of the document, small screens."""
    roles = (role for role in layout.roles if not role.name.startswith("table_"))
    return "".join(
        (
            _page(layout),
            *(_role(role, layout) for role in roles),
            _table(layout),
            _head(layout),
            _ends(layout),
            _small(),
        )
    )


def _mm(length: Length) -> str:
    return f"{round(length.mm, 2):g}mm"


def _pt(length: Length) -> str:
    return f"{round(length.points, 2):g}pt"


def _quoted(name: str) -> str:
    """The name of a font as a CSS string, without characters that could end the string or the style sheet."""
    return '"' + re.sub(r'["\\<>\x00-\x1f]', "", name) + '"'


def font_family(font: str, layout: Layout) -> str:
    """The CSS list of fonts: that for digits and letters, then `font`, then its substitutes."""
    others = next((names for word, names in _STAND_INS.items() if word in font), ("serif",))
    names = dict.fromkeys((_LATIN, font, *(other for name, other in layout.substitutes if name == font), *others))
    return ",".join(name if name in _GENERIC else _quoted(name) for name in names)


def _type(role: Role, layout: Layout) -> str:
    weight, color = "bold" if role.bold else "normal", f";color:{_RED}" if role.red else ""
    return f"font-family:{font_family(role.font, layout)};font-size:{_pt(role.size)};font-weight:{weight}{color}"


def _page(layout: Layout) -> str:
    width, height = map(_mm, layout.paper)
    edges = layout.margins
    margins = " ".join(map(_mm, (edges.top, edges.right, edges.bottom, edges.left)))
    latin = ",".join(f"local({_quoted(name)})" for name in dict.fromkeys((layout.latin, "Liberation Serif", "Tinos")))
    return (
        f'@font-face{{font-family:"{_LATIN}";src:{latin};unicode-range:{_LATIN_RANGE}}}\n'
        f"@page{{size:{width} {height};margin:{margins}}}\n{_page_numbers(layout)}"
        "*{box-sizing:border-box}\n"
        "html{background:#e4e4e4;color:#000;-webkit-text-size-adjust:100%;text-size-adjust:100%}\nbody{margin:0}\n"
        f".sheet{{display:flow-root;position:relative;background:#fff;width:{width};min-height:{height};margin:8mm auto;"
        f"padding:{margins};box-shadow:0 0 3mm rgba(0,0,0,.25)}}\n"
        ".sheet:has(>.imprint){display:flex;flex-direction:column}\n"
        "h1,h2,h3,h4,h5,p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;line-break:strict}\n"
        "h1,h2,h3,h4,h5{break-after:avoid}\n"
        f"p,h2,h3,h4,h5{{line-height:{_pt(layout.pitch)};letter-spacing:{_pt(layout.tracking)};orphans:1;widows:1}}\n"
        "@media print{html{background:none}"
        f".sheet{{width:auto;margin:0;padding:0;box-shadow:none;min-height:0}}.sheet+.sheet{{break-before:page}}"
        f".sheet:has(>.imprint){{min-height:{_mm(layout.height - layout.pitch * 0.1)}}}}}\n"
    )


def _page_numbers(layout: Layout) -> str:
    """The page numbers in print; their dashes are `gap` below the type area (7.5)."""
    number = layout.page_number
    role = Role(name="page_number", font=number.font, size=number.size)
    content = f"{_quoted(number.before)} counter(page) {_quoted(number.after)}"
    rest = f"content:{content};{_type(role, layout)};line-height:1;vertical-align:top;padding-top:{_mm(number.gap - number.size * 0.5)}"
    if not number.outside:
        return f"@page{{@bottom-center{{{rest}}}}}\n"
    inset = f"{number.inset:g}em"
    return (
        f"@page:right{{@bottom-right{{{rest};text-align:right;padding-right:{inset}}}}}\n"
        f"@page:left{{@bottom-left{{{rest};text-align:left;padding-left:{inset}}}}}\n"
    )


def _role(role: Role, layout: Layout) -> str:
    """The CSS of a role: the type of its paragraphs and runs, and the form of its paragraphs."""
    heading = (TITLE, *HEADINGS)
    tag = f"h{heading.index(role.name) + 1}" if role.name in heading else "p"
    on_grid = role.name in (BODY, RECIPIENTS, *HEADINGS)
    tracking = "" if on_grid else ";letter-spacing:0"
    pitch = layout.pitch if on_grid else max(layout.pitch, role.size * 1.15)
    keep = ";break-after:avoid" if role.name in (CAPTION, BOX_TITLE, LABEL) else ""
    return (
        f".{role.name}{{{_type(role, layout)}}}\n"
        f"{tag}.{role.name}{{text-align:{_ALIGNMENTS.get(role.align, 'justify')};text-indent:{role.indent:g}em;"
        f"margin-bottom:{_pt(layout.pitch * role.after)};line-height:{_pt(pitch)}{tracking}{keep}}}\n"
    )


def _table(layout: Layout) -> str:
    head, text = layout.role("table_head"), layout.role("table_text")
    return (
        f"table{{width:100%;border-collapse:collapse;{_type(text, layout)};line-height:1.3}}\n"
        "th,td{border:.5pt solid #000;padding:.6mm 1.6mm;white-space:pre-wrap;overflow-wrap:anywhere}\n"
        f"th{{{_type(head, layout)};text-align:{_ALIGNMENTS.get(head.align, 'center')}}}\n"
        f"td{{text-align:{_ALIGNMENTS.get(text.align, 'center')}}}\n.fit{{white-space:pre}}td.long{{text-align:left}}\n"
        "figure{margin:0;text-align:center;break-inside:avoid}figure img{max-width:100%}\n"
        "tr{break-inside:avoid}\nthead{display:table-header-group}\n"
        "table+table,table+.box,.box+.box,.box+table{margin-top:14pt}\n"
        ".box{border:.5pt solid #000;padding:4pt;-webkit-box-decoration-break:clone;box-decoration-break:clone}\n"
        ".line{display:block}\n"
    )


def _head(layout: Layout) -> str:
    """The head 版头: the issuer's mark begins 35 mm below the upper edge, the red rule is 4 mm below the document number (7.2)."""
    line = _pt(layout.pitch)
    return (
        ".above{min-height:35mm}\np.mark{display:flex;justify-content:center;align-items:center;line-height:1.2;white-space:nowrap}\n"
        ".offices{display:flex;flex-direction:column}\n.many .office{text-align:justify;text-align-last:justify;text-justify:inter-character}\n"
        f"p.number{{margin-top:calc({line}*2)}}\np.number+p.number,p.title+p.number{{margin-top:0}}\n"
        "p.approved{display:flex;justify-content:space-between;padding:0 1em;text-align:left}\n.approved .next{padding-left:4em}\n"
        f"hr.rule{{border:0;height:.45mm;background:{_RED};margin:4mm 0 0;print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n"
        f"hr.blank{{background:none}}\n.head+h1.title{{margin-top:calc({line}*2)}}\n"
    )


def _ends(layout: Layout) -> str:
    """The end of a document: 附件说明, 署名 and 成文日期 (7.3.4, 7.3.5) and 版记 (7.4)."""
    line = _pt(layout.pitch)
    return (
        f"p.attached{{padding-left:5em}}\np.first{{margin-top:{line};text-indent:-3em}}\n"
        "p.counted{padding-left:calc(5em + var(--count));text-indent:calc(0em - var(--count))}\n"
        "p.first.counted{text-indent:calc(-3em - var(--count))}\n"
        f".signed-off{{font-size:{_pt(layout.role(BODY).size)};width:max-content;max-width:100%;margin-left:auto;margin-top:{line};"
        "break-inside:avoid;break-before:avoid}\n"
        f".sealed{{margin-top:calc({line}*2)}}\n.sealed p{{text-align:center}}\n.unsealed .date{{margin-left:2em}}\n"
        "p.joint{display:flex;justify-content:center;gap:2em}\n"
        f".imprint{{margin-top:auto;border:solid #000;border-width:.35mm 0;break-inside:avoid;break-before:avoid}}\n"
        f".imprint p+p{{border-top:.25mm solid #000}}\np.{IMPRINT}{{padding:0 1em}}\n"
        f"p.{IMPRINT}.copies{{padding-left:4em;text-indent:-3em}}\np.printer{{display:flex;justify-content:space-between}}\n"
    )


def _small() -> str:
    """On a screen narrower than the paper, the sheets are as wide as the screen."""
    return (
        "@media screen and (max-width:210mm){.sheet{width:auto;min-height:0;margin:0 0 4mm;padding:8vw 6vw}"
        ".above{min-height:0}.mark{font-size:min(calc(86vw / var(--wide)),20mm)!important}.line{display:inline}.fit{white-space:pre-wrap}}\n"
    )
