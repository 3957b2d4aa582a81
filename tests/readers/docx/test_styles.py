"""What holds for a paragraph and a run: defaults, chains of styles, what is set directly, themes."""

from __future__ import annotations

from planwriter.readers.docx.document import Look, WordParagraph
from tests.readers.docx.making import only, para, part, read, run

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:majorFont><a:latin typeface="Cambria"/><a:ea typeface="黑体"/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


def style(name: str, inner: str, based: str = "", more: str = 'w:type="paragraph"') -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:styleId="{name}" {more}><w:name w:val="{name.upper()}"/>{base}{inner}</w:style>'


def look(form: str, own: str = "", styles: str = "", **more: str) -> Look:
    inner = f"<w:p><w:pPr>{own}</w:pPr>{run('字', form)}</w:p>"
    return read(inner, styles=part("styles", styles), **more).paragraphs[0].shown[0].look


def shaped(form: str, styles: str = "") -> WordParagraph:
    return read(para("字", form), styles=part("styles", styles)).paragraphs[0]


def test_the_nearer_layer_wins() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/><w:color w:val="FF0000"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + style("a", '<w:rPr><w:sz w:val="30"/><w:rFonts w:eastAsia="仿宋"/></w:rPr>')
        + style("b", '<w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr>', "a")
        + style("c", '<w:rPr><w:spacing w:val="5"/></w:rPr>', more='w:type="character"')
    )
    found = look('<w:rStyle w:val="c"/><w:sz w:val="32"/>', '<w:pStyle w:val="b"/>', styles)
    assert (found.size, found.chinese, found.color, found.spacing) == (32, "楷体", "FF0000", 5)
    assert look("", '<w:pStyle w:val="b"/>', styles).size == 30


def test_the_default_style_holds_without_one() -> None:
    styles = style("n", '<w:pPr><w:jc w:val="center"/></w:pPr>', more='w:type="paragraph" w:default="1"')
    found = shaped("", styles)
    assert found.align == "center" and found.style == "n"


def test_a_circle_of_styles_ends() -> None:
    styles = style("a", '<w:rPr><w:sz w:val="30"/></w:rPr>', "b") + style("b", "", "a")
    assert look("", '<w:pStyle w:val="b"/>', styles).size == 30


def test_a_switch_in_both_styles_turns_itself_off() -> None:
    styles = style("a", "<w:rPr><w:b/></w:rPr>") + style("c", "<w:rPr><w:b/></w:rPr>", more='w:type="character"')
    own, run_style = '<w:pStyle w:val="a"/>', '<w:rStyle w:val="c"/>'
    assert look("", own, styles).bold and look(run_style, "", styles).bold
    assert not look(run_style, own, styles).bold and look(f"{run_style}<w:b/>", own, styles).bold


def test_fonts_of_the_theme() -> None:
    theme = look('<w:rFonts w:eastAsiaTheme="minorEastAsia" w:asciiTheme="majorHAnsi"/>', theme=THEME)
    assert (theme.chinese, theme.latin, theme.themed) == ("等线", "Cambria", True)
    styles = style("a", '<w:rPr><w:rFonts w:eastAsiaTheme="majorEastAsia"/></w:rPr>')
    plain = look('<w:rFonts w:eastAsia="仿宋"/>', '<w:pStyle w:val="a"/>', styles, theme=THEME)
    assert (plain.chinese, plain.themed) == ("仿宋", False)


def test_the_other_properties_of_characters() -> None:
    found = look('<w:i/><w:u w:val="single"/><w:strike/><w:vertAlign w:val="superscript"/>')
    assert found.italic and found.underlined and found.struck and found.raised
    found = look('<w:i w:val="0"/><w:u w:val="none"/><w:strike w:val="false"/><w:vertAlign w:val="baseline"/>')
    assert not (found.italic or found.underlined or found.struck or found.raised)


def test_indents_are_in_characters_and_a_hanging_one_drives_out_the_first() -> None:
    styles = style("a", '<w:pPr><w:ind w:firstLineChars="200" w:left="640"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr>')
    own = '<w:pStyle w:val="a"/>'
    found = shaped(own, styles)
    assert (found.first, found.left) == (2, 2)
    assert shaped(f'{own}<w:ind w:hangingChars="100"/>', styles).first == -1
    assert shaped('<w:ind w:firstLine="2cm"/>').first == 5.67


def test_spacing_outline_and_frames() -> None:
    found = shaped(
        '<w:spacing w:line="28pt" w:lineRule="exact" w:before="6pt" w:after="10"/><w:outlineLvl w:val="1"/>'
        '<w:jc w:val="end"/><w:framePr/><w:pBdr/><w:snapToGrid w:val="0"/><w:pageBreakBefore/>'
    )
    assert (found.line, found.rule, found.before, found.after) == (560, "exact", 120, 10)
    assert (found.outline, found.align, found.framed, found.boxed) == (2, "right", True, True)
    assert not found.snaps and found.new_page


def test_a_run_knows_what_its_styles_give_without_what_is_set_by_hand() -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
    )
    inner = run("甲", '<w:rStyle w:val="s"/><w:sz w:val="36"/>') + run("乙", "<w:i/>")
    first, second = only(inner, styles=styles).shown
    assert first.style is not None
    assert second.style is not None
    assert (first.style.name, first.style.look.bold, first.style.look.size) == ("strong", True, 32)
    assert (first.style.paragraph.bold, second.style.name, second.style.look.italic) == (False, "", False)
    assert (first.look.size, second.look.italic) == (36, True)
