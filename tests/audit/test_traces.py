"""What a file still carries: each kind, planted in a correct file, is one finding; correct files have none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from planwriter.audit.audit import read_case
from planwriter.audit.flaws import Case
from planwriter.audit.traces import traces
from planwriter.cli.group import cli
from planwriter.findings.finding import Finding, Severity
from planwriter.model import Document, MadeFrom, Text
from planwriter.start import records
from planwriter.writers.docx.write import render_docx
from tests.audit.foreign import (
    by_hand,
    by_libreoffice_from_html,
    by_libreoffice_from_text,
    by_pandoc,
    by_python_docx,
    parameters,
    with_content_controls,
    with_strict_namespace,
)
from tests.audit.planting import (
    BODY,
    STYLES,
    Change,
    changed,
    everything,
    good,
    layout,
    paragraph_of,
    styled,
    typed,
    with_parts,
)
from tests.documents import sample
from tests.readers.docx.making import MAIN, OFFICE, body, packed, para, part, related, run
from tests.support import EXAMPLES, REAL, plan_file, render

SETTINGS = "word/settings.xml"
_WHO = 'w:id="1" w:author="张三" w:date="2026-03-01T09:00:00Z"'
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
Made = Callable[[], bytes]


def found(data: bytes) -> list[Finding]:
    case = read_case(data, "通知.docx", layout())
    assert isinstance(case, Case), case
    return list(traces(case, "通知.docx"))


def told(data: bytes) -> str:
    return "\n".join(f"{each.pos.line} {each.code} {each.message}" for each in found(data))


# planting


def elements(xml: str) -> list[etree._Element]:
    return list(etree.fromstring(f'<w:x xmlns:w="{MAIN}" xmlns:r="{OFFICE}">{xml}</w:x>'))


def added(start: str, xml: str) -> Made:
    """The correct file with elements at the end of the paragraph that begins with `start`."""

    def change(root: etree._Element) -> None:
        paragraph_of(root, start).extend(elements(xml))

    return lambda: changed(good(), BODY, change)


def within(start: str, name: str, xml: str) -> Made:
    """The correct file with elements in the first `name` of the paragraph that begins with `start`."""

    def change(root: etree._Element) -> None:
        next(paragraph_of(root, start).iter(f"{{{MAIN}}}{name}")).extend(elements(xml))

    return lambda: changed(good(), BODY, change)


def in_table(name: str, inner: str, xml: str) -> Made:
    """The correct file with elements in `inner` of the first `name` of its last table."""

    def change(root: etree._Element) -> None:
        table = list(root.iter(f"{{{MAIN}}}tbl"))[-1]
        at = table if name == "tbl" else next(table.iter(f"{{{MAIN}}}{name}"))
        form = at.find(f"{{{MAIN}}}{inner}")
        if form is None:
            form = etree.Element(f"{{{MAIN}}}{inner}")
            at.insert(0, form)
        form.extend(elements(xml))

    return lambda: changed(good(), BODY, change)


def made(part_name: str, change: Change) -> Made:
    return lambda: changed(good(), part_name, change)


def linked(kind: str, target: str, part_name: str = BODY) -> Made:
    return lambda: related(good(), part_name, ("rX", kind, target), outside=True)


def beside(kind: str, text: str, source: str = BODY) -> Made:
    """The correct file with a part word/`kind`.xml."""
    return lambda: related(with_parts(good(), {f"word/{kind}.xml": text.encode()}), source, ("rX", kind, f"{kind}.xml"))


def properties(**parts: str) -> Made:
    return lambda: with_parts(good(), {f"docProps/{name}.xml": text.encode() for name, text in parts.items()})


def core(inner: str) -> Made:
    dc = "http://purl.org/dc/elements/1.1/"
    return properties(
        core=f'<c:coreProperties xmlns:c="{_CORE}" xmlns:dc="{dc}" xmlns:dcterms="t">{inner}</c:coreProperties>'
    )


def app(inner: str) -> Made:
    data = f"<Properties>{inner}</Properties>".encode()
    return lambda: related(
        with_parts(good(), {"docProps/app.xml": data}), "", ("rX", "extended-properties", "docProps/app.xml")
    )


def with_setting(xml: str) -> Made:
    return made(SETTINGS, lambda root: root.extend(elements(xml)))


def field(instruction: str, result: str = "", form: str = "") -> str:
    code, shown = f"<w:instrText>{instruction}</w:instrText>", run(result, form) if result else ""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r>{code}</w:r>{marks[1]}{shown}{marks[2]}"


def commented(*authors: str) -> bytes:
    listed = "".join(
        f'<w:comment w:id="{at}" w:author="{name}">{para("核")}</w:comment>' for at, name in enumerate(authors)
    )
    references = "".join(f'<w:r><w:commentReference w:id="{at}"/></w:r>' for at in range(len(authors)))
    data = added("现将", references)()
    comments = part("comments", listed).encode()
    return related(with_parts(data, {"word/comments.xml": comments}), BODY, ("rX", "comments", "comments.xml"))


def contents(entry: str, heading: str = "一、提高质量", mark: str = "_Toc1") -> bytes:
    """A 目录 of one entry, and its heading."""
    link = f'<w:hyperlink w:anchor="_Toc1">{run(entry)}<w:r><w:tab/></w:r>{field("PAGEREF _Toc1", "3")}</w:hyperlink>'
    start = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    begun = f'{start}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    toc = f"<w:p>{begun}{link}</w:p><w:p>{end}</w:p>"
    return packed(body(para("题") + toc + f'<w:p><w:bookmarkStart w:name="{mark}"/>{run(heading)}</w:p>'))


def inserted_row() -> bytes:
    return in_table("tr", "trPr", f"<w:ins {_WHO}/>")()


def controlled(text: str, *, is_prompt: bool = True) -> str:
    prompt = "<w:showingPlcHdr/>" if is_prompt else ""
    return f"<w:sdt><w:sdtPr>{prompt}</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"


def with_parts_of(name: str) -> Made:
    return lambda: with_parts(good(), {name: b"x"})


CUSTOM = '<Properties><property name="{}"><v:lpwstr xmlns:v="v">{}</v:lpwstr></property></Properties>'
TRACES: dict[str, tuple[str, Made, str]] = {
    # tracked changes
    "insertion": (
        "PW682",
        added("现将", f"<w:ins {_WHO}>{run('另')}</w:ins>"),
        "1 处修订没有接受，也没有拒绝（插入），修订人：张三",
    ),
    "deletion": ("PW682", added("现将", f"<w:del {_WHO}><w:r><w:delText>删</w:delText></w:r></w:del>"), "（删除）"),
    "move": ("PW682", added("现将", f"<w:moveTo {_WHO}>{run('移')}</w:moveTo>"), "（移动）"),
    "moved away": ("PW682", added("现将", f"<w:moveFrom {_WHO}>{run('移')}</w:moveFrom>"), "（移动）"),
    "picture put in": ("PW682", added("现将", f"<w:ins {_WHO}><w:r><w:drawing/></w:r></w:ins>"), "（插入）"),
    "format of characters": ("PW682", added("现将", run("另", f"<w:rPrChange {_WHO}/>")), "（格式）"),
    "format of a paragraph": ("PW682", within("现将", "pPr", f"<w:pPrChange {_WHO}/>"), "（格式）"),
    "end of a paragraph": ("PW682", within("现将", "pPr", f"<w:rPr><w:ins {_WHO}/></w:rPr>"), "（插入）"),
    "number of a paragraph": ("PW682", within("现将", "pPr", f"<w:numPr><w:ins {_WHO}/></w:numPr>"), "（编号）"),
    "row": ("PW682", inserted_row, "（插入整行）"),
    "row taken away": ("PW682", in_table("tr", "trPr", f"<w:del {_WHO}/>"), "（删除整行）"),
    "cell": ("PW682", in_table("tc", "tcPr", f"<w:cellIns {_WHO}/>"), "（单元格）"),
    "format of a cell": ("PW682", in_table("tc", "tcPr", f"<w:tcPrChange {_WHO}/>"), "（表格格式）"),
    "format of a table": ("PW682", in_table("tbl", "tblPr", f"<w:tblPrChange {_WHO}/>"), "（表格格式）"),
    "columns of a table": ("PW682", in_table("tbl", "tblGrid", f"<w:tblGridChange {_WHO}/>"), "（表格格式）"),
    "format of a section": (
        "PW682",
        made(BODY, lambda root: list(root.iter(f"{{{MAIN}}}sectPr"))[-1].extend(elements(f"<w:sectPrChange {_WHO}/>"))),
        "（页面）",
    ),
    # comments
    "comments": ("PW683", lambda: commented("张三", "李四"), "有 2 条批注没有删去，批注人：张三、李四"),
    "comment without a place": ("PW683", beside("comments", part("comments", '<w:comment w:author=""/>')), "没有署名"),
    # hidden text
    "hidden": ("PW684", added("现将", run("第三稿", "<w:vanish/>")), "（隐藏文字）：“第三稿”"),
    "hidden by style": ("PW684", made(STYLES, styled("footer", "rPr/vanish")), "页脚"),
    "white": ("PW684", added("现将", run("第三稿", '<w:color w:val="FFFFFF"/>')), "（白色文字）：“第三稿”"),
    "tiny": ("PW684", added("现将", run("第三稿", '<w:sz w:val="2"/>')), "（小得看不见的字）"),
    # properties
    "author": ("PW685", core("<dc:creator>张三</dc:creator>"), "作者“张三”（docProps/core.xml）"),
    "last author": ("PW685", core("<c:lastModifiedBy>李四</c:lastModifiedBy>"), "最后保存者“李四”"),
    "dates of an author": (
        "PW685",
        core("<dc:creator>张三</dc:creator><dcterms:created>2026-03-01T00:00:00Z</dcterms:created>"),
        "创建于 2026-03-01",
    ),
    "title of an earlier document": ("PW685", core("<dc:title>2019年工作总结</dc:title>"), "标题“2019年工作总结”"),
    "keywords": ("PW685", core("<c:keywords>内部</c:keywords>"), "标记“内部”"),
    "company": ("PW685", app("<Company>云岭市教育局</Company>"), "单位“云岭市教育局”（docProps/app.xml）"),
    "manager": ("PW685", app("<Manager>王五</Manager>"), "经理“王五”"),
    "template": ("PW685", app("<Template>红头.dotx</Template>"), "模板“红头.dotx”"),
    "own property": ("PW685", properties(custom=CUSTOM.format("拟稿人", "张三")), "自定义属性 拟稿人“张三”"),
    "attached template": (
        "PW685",
        linked("attachedTemplate", "file:///C:\\Users\\zhang\\Normal.dotm", SETTINGS),
        "所附模板“file:///C:\\Users\\zhang\\Normal.dotm”",
    ),
    "variable": ("PW685", with_setting('<w:docVars><w:docVar w:name="拟稿" w:val="1"/></w:docVars>'), "文档变量“拟稿”"),
    "people": ("PW685", beside("people", '<a:people xmlns:a="p"><a:person a:author="张三"/></a:people>'), "名单“张三”"),
    "path of a picture": (
        "PW685",
        added("现将", r'<w:r><w:drawing><w:docPr descr="D:\张三\表.png"/></w:drawing></w:r>'),
        r"图片的替代文字“D:\张三\表.png”（第9段）",
    ),
    # fields
    "reference to nothing": (
        "PW686",
        added("现将", field("REF _Ref1 \\h", "错误!未找到引用源。")),
        "“错误!未找到引用源。”",
    ),
    "reference in English": ("PW686", added("现将", run("Error! Reference source not found.")), "Error! Reference"),
    "style that is not used": (
        "PW686",
        added("现将", field("STYLEREF 甲", "错误!使用“开始”选项卡将 标题 1 应用于要在此处显示的文字。")),
        "“错误!使用“开始”选项卡",
    ),
    "reference of LibreOffice": ("PW686", added("现将", run("Error: Reference source not found")), "Error: Ref"),
    "empty reference": ("PW686", added("现将", field("PAGEREF 甲")), "“PAGEREF 甲”"),
    "empty simple reference": ("PW686", added("现将", '<w:fldSimple w:instr="REF 甲"/>'), "“REF 甲”"),
    "bookmark that is gone": ("PW686", added("现将", field("REF _Ref12 \\r", "二")), "“二”"),
    "date": ("PW687", added("现将", field("DATE \\@ yyyy", "2026")), "（日期），打开或打印时会变"),
    "two kinds": (
        "PW687",
        added("现将", field("DATE", "今") + field("TIME", "八")),
        "有 2 处是自动变的域（日期、时间）",
    ),
    "file name": ("PW687", added("现将", field("FILENAME \\p", "甲")), "（文件名）"),
    "merge field": ("PW688", added("现将", field("MERGEFIELD 学校 \\* MERGEFORMAT", "«学校»")), "“MERGEFIELD 学校”"),
    "question": ("PW688", added("现将", field("FILLIN 几所", "3")), "“FILLIN 几所”"),
    "link to a drive": (
        "PW689",
        lambda: related(
            added("现将", f'<w:hyperlink r:id="rX">{run("表")}</w:hyperlink>')(),
            BODY,
            ("rX", "hyperlink", "file:///C:\\Users\\张三\\表.xlsx"),
            outside=True,
        ),
        "“file:///C:\\Users",
    ),
    "link field": ("PW689", added("现将", field('HYPERLINK "\\\\server\\共享\\表.xlsx"', "表")), "“\\\\server"),
    "link to a neighbour": ("PW689", added("现将", field('HYPERLINK "附件1.docx"', "表")), "“附件1.docx”"),
    "linked picture": ("PW689", linked("image", "file:///D:/图/a.png"), "“file:///D:/图/a.png”"),
    "included text": ("PW689", added("现将", field('INCLUDETEXT "D:\\\\a.docx"', "字")), "a.docx”"),
    "table of addresses": ("PW689", linked("mailMergeSource", "file:///D:/名单.xls", SETTINGS), "名单.xls”"),
    "old 目录": ("PW690", lambda: contents("一、上好课"), "有 1 条和正文的标题对不上：“一、上好课”"),
    "entry without a heading": ("PW690", lambda: contents("一、上好课", mark="_Toc2"), "“一、上好课”"),
    "目录 with an error": ("PW690", lambda: contents("错误!未定义书签。"), "“错误!未定义书签"),
    # other parts
    "macro": ("PW691", with_parts_of("word/vbaProject.bin"), "（word/vbaProject.bin）"),
    "macro of WPS": ("PW691", with_parts_of("word/JDEData.bin"), "JDEData.bin"),
    "workbook": ("PW692", with_parts_of("word/embeddings/Microsoft_Excel_Sheet1.xlsx"), "嵌着 1 个对象"),
    "object": ("PW692", with_parts_of("word/embeddings/oleObject1.bin"), "oleObject1.bin"),
    # prompts and marks
    "control with its prompt": (
        "PW693",
        added("现将", controlled("单击或点击此处输入文字。")),
        "“单击或点击此处输入文字。”",
    ),
    "prompt as text": ("PW693", added("现将", run("单击此处输入联系人")), "“单击此处输入联系人”"),
    "prompt of a button": ("PW693", added("现将", field("MACROBUTTON NoMacro [姓名]")), "“[姓名]”"),
    "highlighting": ("PW694", made(BODY, typed("现将", "highlight", val="yellow")), "突出显示：“现将"),
    "record": ("PW841", lambda: recorded(everything()), "还带着 planwriter 的生成记录和 "),
    "marks": (
        "PW841",
        added("现将", '<w:bookmarkStart w:id="9" w:name="_pw_12_1"/><w:bookmarkEnd w:id="9"/>'),
        "planwriter 的 1 个隐藏书签。",
    ),
    "shading": ("PW695", made(BODY, typed("现将", "shd", val="clear", fill="FFFF00")), "底纹：“现将"),
}


@pytest.mark.parametrize("name", TRACES)
def test_what_is_left_in_a_file_is_one_finding(name: str) -> None:
    code, make, words = TRACES[name]
    assert [each.code for each in found(make())] == [code], told(make())
    assert words in found(make())[0].message, told(make())


def recorded(plan: Document) -> bytes:
    """A document with the record of its render."""
    return render_docx(plan, layout(), made_from=MadeFrom("要点.yaml", "0" * 64))


def numbered(number: str) -> Document:
    """The same document with another document number."""
    plan = everything()
    assert plan.frame is not None
    return records.replace(plan, frame=records.replace(plan.frame, number=Text(value=number) if number else None))


SILENT: dict[str, Made] = {
    "record of a draft": lambda: recorded(numbered("")),
    "record before the number is given": lambda: recorded(numbered("青教发〔2026〕　号")),
    "good": good,
    "generators": core("<dc:creator>python-docx</dc:creator><dc:description>generated by python-docx</dc:description>"),
    "dates alone": core("<dcterms:created>2013-12-23T23:15:00Z</dcterms:created><c:revision>3</c:revision>"),
    "its own title": core("<dc:title>青山县教育局关于印发工作要点的通知</dc:title>"),
    "usual template": app("<Template>Normal.dotm</Template><Application>WPS</Application><Company></Company>"),
    "properties of WPS": properties(custom=CUSTOM.format("KSOProductBuildVer", "2052-12.1.0.1")),
    "white on dark": added("现将", run("甲", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="404040"/>')),
    "white in a table": made(BODY, typed("年", "color", val="FFFFFF")),
    "grey": added("现将", run("甲", '<w:shd w:val="clear" w:fill="D9D9D9"/>')),
    "no highlighting": added("现将", run("甲", '<w:highlight w:val="none"/>')),
    "hidden instruction": added(
        "现将", field("REF 甲", "乙").replace("<w:instrText>", "<w:rPr><w:vanish/></w:rPr><w:instrText>")
    ),
    "link to the web": added("现将", field('HYPERLINK "https://example.cn/a"', "甲")),
    "link by mail": linked("hyperlink", "mailto:a@example.cn"),
    "link in the file": added("现将", f'<w:hyperlink w:anchor="甲">{run("甲")}</w:hyperlink>'),
    "link field in the file": added("现将", field("HYPERLINK \\l 甲", "乙")),
    "a word for mistakes": added("现将", run("发现错误！立即纠正错误：内容不实的，")),
    "picture of the web": added("现将", field('INCLUDEPICTURE "https://example.cn/a.png"', "甲")),
    "page numbers": added("现将", field("NUMPAGES", "3") + field("SEQ 表", "1") + field("STYLEREF 标题")),
    "creation date": added("现将", field("CREATEDATE", "2026年3月5日")),
    "reference that is there": added("现将", '<w:bookmarkStart w:name="_Ref1"/>' + field("REF _Ref1 \\h", "二")),
    "filled control": added("现将", controlled("县教育局", is_prompt=False)),
    "目录 up to date": lambda: contents("一、提高质量"),
    "目录 of a moved bookmark": lambda: contents("一、提高质量", mark="_Toc2"),
    "目录 of a run-in title": lambda: contents("一、提高质量", "一、提高质量。上好每一堂课。"),
    "theme": with_parts_of("word/theme/theme1.xml"),
    "description of a picture": added("现将", '<w:r><w:drawing><w:docPr descr="学校平面图"/></w:drawing></w:r>'),
    "picture": with_parts_of("word/media/image1.png"),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_belongs_into_a_file_is_no_finding(name: str) -> None:
    assert not found(SILENT[name]()), told(SILENT[name]())


def test_a_record_is_one_hint() -> None:
    (one,) = found(recorded(everything()))
    assert one.severity is Severity.HINT and "--final" in one.hint


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_our_own_output_carries_nothing(path: Path) -> None:
    plan = plan_file(str(path), draft=True)
    assert plan.document is not None
    data = render(plan.document, "docx").value
    assert data is not None
    assert not found(data), told(data)


def test_boxes_and_tables_carry_nothing() -> None:
    assert not found(render_docx(sample(), layout()))


@pytest.mark.parametrize(
    "program",
    parameters(
        *(by_python_docx, by_pandoc, by_libreoffice_from_html, by_libreoffice_from_text, by_hand),
        *(with_strict_namespace, with_content_controls),
    ),
)
def test_what_a_program_writes_by_itself_is_no_finding(program: Callable[[Path], bytes], tmp_path: Path) -> None:
    assert not found(program(tmp_path)), told(program(tmp_path))


# one finding


def test_many_changes_are_one_finding_with_the_first_places() -> None:
    inner = "".join(f"<w:p><w:ins {_WHO}>{run(f'第{at}处')}</w:ins></w:p>" for at in range(40))
    (one,) = found(packed(body(para("题") + inner)))
    assert one.pos.line == 2 and one.severity is Severity.WARNING
    assert one.message == "第2段“第0处”：有 40 处修订没有接受，也没有拒绝（插入），修订人：张三。"
    assert [pos.line for pos, _ in one.related] == [3, 4, 5, 6, 7]
    assert one.related[0][1] == "第3段“第1处”：插入“第1处”"


def test_runs_of_one_change_and_the_end_of_its_paragraph_are_one() -> None:
    mark = f"<w:rPr><w:ins {_WHO}/></w:rPr>"
    text = f"<w:ins {_WHO}>{run('甲')}{run('乙', '<w:b/>')}</w:ins>"
    (one,) = found(packed(body(f"<w:p><w:pPr>{mark}</w:pPr>{text}</w:p>")))
    assert "有 1 处修订" in one.message


def test_changes_and_comments_in_headers_and_notes_are_found() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>'
    header = part("hdr", f"<w:p><w:ins {_WHO}>{run('局')}</w:ins></w:p>")
    note = part(
        "footnotes",
        f'<w:footnote w:id="1"><w:p>{run("注")}<w:r><w:commentReference w:id="1"/></w:r></w:p></w:footnote>',
    )
    one, other = found(packed(body(para("题") + section), header1=header, footnotes=note))
    assert one.message.startswith("页眉“局”：有 1 处修订") and one.pos.line == 0
    assert other.message.startswith("脚注1“注”：有 1 条批注")


def test_a_deleted_text_is_not_hidden_too() -> None:
    deleted = f"<w:del {_WHO}><w:r><w:rPr><w:vanish/></w:rPr><w:delText>删</w:delText></w:r></w:del>"
    assert [each.code for each in found(added("现将", deleted)())] == ["PW682"]


def test_properties_are_one_hint() -> None:
    (one,) = found(core("<dc:creator>张三</dc:creator><c:lastModifiedBy>李四</c:lastModifiedBy>")())
    assert one.severity is Severity.HINT
    assert one.message == "文件属性里还留着：作者“张三”、最后保存者“李四”（docProps/core.xml）。"


def test_the_command_names_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(commented("张三"))
    said = CliRunner().invoke(cli, ["audit", str(tmp_path / "通知.docx"), "--format", "short"])
    assert said.exit_code == 0 and "警告 PW683" in said.output
    strict = CliRunner().invoke(cli, ["audit", str(tmp_path / "通知.docx"), "--strict"])
    assert strict.exit_code == 3 and "删除文档中的所有批注" in strict.output
