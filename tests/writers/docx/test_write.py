"""The .docx writer: the text of the text writer, valid XML, the same bytes every time, and a digest that shows edits."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from lxml import etree

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.layout.layout import pt
from planwriter.start.records import replace
from planwriter.writers.docx.base import make_base
from planwriter.writers.docx.package import is_untouched
from planwriter.writers.docx.title import break_title
from planwriter.writers.docx.write import render_docx
from planwriter.writers.text import render_text
from tests.documents import document, paragraph, sample, table
from tests.support import EXAMPLES, REAL, ROOT
from tests.wordml import ORDER, W, characters, lines_of, render, root_of, stored


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_the_text_of_the_docx_is_that_of_the_text_writer(path: Path) -> None:
    made = plans.plan_bytes(Session(), path.read_bytes(), path.name, path=str(path)).document
    assert made is not None
    assert "".join(f"{line}\n" for line in lines_of(render(made))) == render_text(made)


def test_tables_and_boxes_have_the_text_of_the_text_writer_too() -> None:
    assert list(lines_of(render(sample()))) == render_text(sample()).splitlines()


def test_two_renderings_give_the_same_bytes() -> None:
    assert render(sample()) == render(sample())


def test_a_base_made_just_now_gives_the_same_bytes_as_the_stored_one() -> None:
    layout, base = stored()
    assert render_docx(sample(), layout) == render_docx(sample(), layout, base)


def test_a_base_of_a_different_layout_is_not_used() -> None:
    layout, base = stored()
    other = replace(layout, pitch=pt(28))
    assert render_docx(sample(), other, base) == render_docx(sample(), other, make_base(other))
    assert b'w:line="560"' in zipfile.ZipFile(io.BytesIO(render_docx(sample(), other, base))).read("word/styles.xml")


def test_rendering_loads_no_library() -> None:
    """The point of the stored base: a document is made in the time that importing python-docx takes."""
    check = (
        "import sys\n"
        "from tests.documents import sample\nfrom tests.wordml import stored\n"
        "for name in list(sys.modules):\n"
        "    if name.split('.')[0] in ('docx', 'lxml', 'jinja2', 'zipfile'): del sys.modules[name]\n"
        "from planwriter.writers.docx.write import render_docx\n"
        "layout, base = stored()\n"
        "render_docx(sample(), layout, base)\n"
        "print([name for name in ('docx', 'lxml', 'jinja2', 'zipfile') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_children_stand_in_the_order_of_the_schema_in_every_part() -> None:
    data = render(sample())
    seen = set()
    for part in ("word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/footer1.xml"):
        for element in root_of(data, part).iter():
            name = etree.QName(element).localname
            if name in ORDER:
                seen.add(name)
                order = ORDER[name].split()
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), (part, name, [child.tag for child in element])
    assert seen == set(ORDER)


def test_a_heading_that_stands_alone_has_a_paragraph_style() -> None:
    styles = {
        item.text: item.style.name for item in docx.Document(io.BytesIO(render(sample()))).paragraphs if item.style
    }
    assert styles["一、聚焦普及普惠，办好学前教育"] == "Heading 1"
    assert styles["青山县教育局2026年工作要点"] == "Title"
    assert styles["表1　主要指标"] == "Caption"


def test_a_run_in_heading_changes_the_font_inside_its_paragraph_only() -> None:
    (found,) = [
        item
        for item in docx.Document(io.BytesIO(render(sample()))).paragraphs
        if item.text.startswith("（一）扩大资源")
    ]
    assert found.style is not None and found.style.name == "Normal"
    assert [(run.text, run.style.style_id) for run in found.runs] == [
        ("（一）扩大资源。", "Heading2Char"),
        ("新建公办幼儿园12所。（责任单位：学前教育股）", "DefaultParagraphFont"),
    ]


def test_runs_carry_no_type_of_their_own() -> None:
    """Who changes a style in Word changes the whole document."""
    found = {etree.QName(child).localname for r_pr in root_of(render(sample())).iter(f"{W}rPr") for child in r_pr}
    assert found == {"rStyle"}


@pytest.mark.parametrize(
    "value",
    [
        "A & B < C > D",
        "]]>",
        "&amp;",
        " 前后有空格 ",
        "　全角空格",
        "表情😀🏫",
        "𠮷野",
        "'引号\" “中文”",
        "a\tb",
        "一\n二",
        "é × ÷ ° ‰ ①",
    ],
)
def test_every_character_arrives(value: str) -> None:
    assert list(lines_of(render(document(paragraph(value)))))[1] == value


@pytest.mark.parametrize(
    "value", ["坏\x00字", "坏\x0b字", "坏\x1f字", "坏\ud800字", "坏\ufffe字", "坏\uffff字", "坏\r字"]
)
def test_characters_that_xml_forbids_are_dropped(value: str) -> None:
    assert list(lines_of(render(document(paragraph(value)))))[1] == "坏字"


def test_every_character_of_the_basic_plane_gives_sound_xml() -> None:
    everything = "".join(map(chr, range(0x10000)))
    (found,) = root_of(render(document(paragraph(everything), title=""))).iter(f"{W}p")
    assert len(characters(found)) == 0x10000 - 32 - 2048 - 2


def test_a_document_without_a_title_begins_with_its_text() -> None:
    assert list(lines_of(render(document(paragraph("正文。"), title="")))) == ["正文。"]


def test_an_empty_document_is_a_document() -> None:
    assert list(lines_of(render(document(title="")))) == []


# tables and boxes


def test_a_table_is_as_wide_as_the_type_area_and_repeats_its_header() -> None:
    root = root_of(render(sample()))
    for each in root.iter(f"{W}tbl"):
        widths = [int(column.get(f"{W}w") or 0) for column in each.iter(f"{W}gridCol")]
        assert sum(widths) == stored().layout.width.twips
        rows = list(each.iter(f"{W}tr"))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_columns_are_as_wide_as_their_content_wants() -> None:
    made = document(table(("序号", "任务", "责任单位"), ("1", "扩大普惠性资源供给，" * 12, "学前教育股")))
    first, second, third = (int(each.get(f"{W}w") or 0) for each in root_of(render(made)).iter(f"{W}gridCol"))
    assert first < third < second
    assert first > 2 * 240


def test_a_column_that_wraps_is_set_left_and_a_short_one_centred() -> None:
    made = document(table(("序号", "任务"), ("1", "扩大普惠性资源供给，" * 12)))
    cells = [cell.find(f".//{W}jc") for cell in root_of(render(made)).iter(f"{W}tc")]
    assert [cell is not None for cell in cells] == [False, False, False, True]


@pytest.mark.parametrize("columns", [1, 2, 7, 30])
def test_any_number_of_columns_fits(columns: int) -> None:
    made = document(table(*[tuple(f"第{at}列的文字内容" * (at % 3) for at in range(columns))] * 3))
    widths = [int(each.get(f"{W}w") or 0) for each in root_of(render(made)).iter(f"{W}gridCol")]
    layout = stored().layout
    assert len(widths) == columns
    assert sum(widths) == (layout.height if columns > 7 else layout.width).twips
    assert min(widths) > 0


def test_rows_shorter_than_the_longest_are_filled_up() -> None:
    rows = list(root_of(render(document(table(("甲", "乙"), ("一",), ("一", "二", "三"))))).iter(f"{W}tr"))
    assert [len(row.findall(f"{W}tc")) for row in rows] == [3, 3, 3]


def test_tables_do_not_run_together_and_are_not_the_last_of_the_body() -> None:
    tags = [etree.QName(each).localname for each in root_of(render(sample())).find(f"{W}body")]  # type: ignore[union-attr]
    assert tags[-5:] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_box_is_paragraphs_with_the_same_rules_on_four_sides() -> None:
    boxed = [each for each in root_of(render(sample())).iter(f"{W}p") if each.find(f"{W}pPr/{W}pBdr") is not None]
    assert len(boxed) == 6
    assert len({etree.tostring(each.find(f"{W}pPr/{W}pBdr")) for each in boxed}) == 1  # type: ignore[arg-type]
    assert len({etree.tostring(each.find(f"{W}pPr/{W}ind")) for each in boxed}) == 1  # type: ignore[arg-type]


def test_two_boxes_are_kept_apart() -> None:
    items = list(root_of(render(sample())).iter(f"{W}p"))
    (second,) = [at for at, each in enumerate(items) if characters(each) == "专栏2　教师工程"]
    assert items[second - 1].find(f"{W}pPr/{W}pBdr") is None
    assert characters(items[second - 1]) == ""


# titles


@pytest.mark.parametrize(
    "lines",
    [
        ("青山县教育局2026年工作要点",),
        ("教育高质量发展三年行动计划实施方案（一）",),
        ("云岭市义务教育优质均衡发展", "三年行动计划（2026—2028年）"),
        ("云岭市青山区教育局关于印发", "《2027年青山教育工作要点》的通知"),
        ("省政府关于印发全省技工教育改革", "实施方案的通知"),
        ("省政府关于印发《全民阅读计划", "（2026—2030年）》的通知"),
        ("云岭市政府办印发《关于建立家政服务质量", "综合评价体系的实施方案》的通知"),
        ("云岭市政务公开领导小组办公室关于印发", "《云岭市2027年政务公开工作要点》的通知"),
        ("中共青山县委教育工作领导小组", "2026年工作要点"),
        ("青山县卫生健康局关于印发", "《青山县卫生健康局2026年", "工作要点》的通知"),
        ("石桥乡人民政府关于印发", "《石桥乡人民政府2026年工作要点》的通知"),
        ("青山县优化中小学布局调整2026年", "专项资金使用管理方案"),
        ("青山县教育局 青山县人力资源和社会保障局", "关于做好2026年教师招聘工作的通知"),
        (
            "青山县农业农村局 青山县发展和改革局 ",
            "青山县财政局关于印发《青山县农业农村",
            "现代化暨城乡融合发展三年行动计划",
            "（2026—2028年）》的通知",
        ),
    ],
)
def test_a_title_is_broken_between_words(lines: tuple[str, ...]) -> None:
    assert break_title("".join(lines), 20) == list(lines)


@pytest.mark.parametrize(
    "title",
    [
        "青山县教育局关于印发《青山县推进义务教育优质均衡发展三年行动计划（2026—2028年）》的通知",
        "云岭市人民政府办公室关于印发支持农机制造业发展若干政策和云岭市农机制造业创新发展行动计划（2027—2029年）的通知",
        "云岭市人民政府办公室关于印发《云岭市2027年数字政府建设考评办法》的通知",
        "青山县中小学校幼儿园校园食品安全和膳食经费管理突出问题专项整治工作方案",
        "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳",
        "A" * 50,
        "长" * 75,
        "《" * 30,
        "的" * 45,
    ],
)
def test_a_long_title_keeps_its_characters_and_its_shape(title: str) -> None:
    lines = break_title(title, 20)
    assert "".join(lines) == title
    for line, following in pairwise(lines):
        assert following[0] not in "的、，》）"
        assert line[-1] not in "《（"
        assert not line.endswith("关于")
        assert not (line[-1].isdigit() and following[0] in "0123456789年")
    if len(lines) > 1:
        widths = [sum(1 if each.isascii() else 2 for each in line) for line in lines]
        assert max(widths) <= 40
        assert not any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))


def test_a_huge_title_is_left_to_the_word_processor() -> None:
    huge = "青山县教育局" * 2000
    assert break_title(huge, 20) == [huge]
    assert next(lines_of(render(document(title=huge)))) == huge


def test_a_broken_title_stays_one_paragraph() -> None:
    title = "云岭市义务教育优质均衡发展三年行动计划（2026—2028年）"
    paragraphs = docx.Document(io.BytesIO(render(document(title=title)))).paragraphs
    assert paragraphs[0].text == "云岭市义务教育优质均衡发展\n三年行动计划（2026—2028年）"


# whether a file was edited


def repacked(data: bytes, **changes: bytes) -> bytes:
    """The same parts in another archive, as an editor saves them; a part's name is given with _ for / and without .xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in reversed(old.namelist()):
            new.writestr(name, changes.get(name.replace("/", "_").removesuffix(".xml"), old.read(name)))
    return buffer.getvalue()


def test_a_file_as_it_was_made_is_untouched() -> None:
    assert is_untouched(render(sample())) is True


def test_a_file_whose_parts_are_the_same_is_untouched() -> None:
    assert is_untouched(repacked(render(sample()))) is True


def test_a_file_whose_text_was_changed_is_touched() -> None:
    data = render(sample())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        edited = archive.read("word/document.xml").replace("12所".encode(), "13所".encode())
    assert is_untouched(repacked(data, word_document=edited)) is False


def test_a_file_that_python_docx_saved_is_touched() -> None:
    opened = docx.Document(io.BytesIO(render(sample())))
    opened.paragraphs[1].add_run("手改。")
    buffer = io.BytesIO()
    opened.save(buffer)
    assert is_untouched(buffer.getvalue()) is False


def test_a_file_with_a_part_more_is_touched() -> None:
    buffer = io.BytesIO(render(sample()))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/comments.xml", b"<x/>")
    assert is_untouched(buffer.getvalue()) is False


def test_a_document_of_somebody_else_is_not_ours() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    assert is_untouched(buffer.getvalue()) is None


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\3\4" + b"\0" * 40, b"PK\5\6" + b"\0" * 18, b"not a zip" * 99, b"\xd0\xcf\x11\xe0" * 200]
)
def test_what_is_no_archive_is_not_ours(data: bytes) -> None:
    assert is_untouched(data) is None


def test_an_archive_that_would_unpack_to_too_much_is_not_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (51 * 1024 * 1024))
    assert len(buffer.getvalue()) < 100_000
    assert is_untouched(buffer.getvalue()) is None


def test_an_archive_packed_in_a_different_way_is_not_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("docProps/custom.xml", b"<x/>")
    assert is_untouched(buffer.getvalue()) is None


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_a_part_twice_is_not_ours() -> None:
    buffer = io.BytesIO(render(sample()))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    assert is_untouched(buffer.getvalue()) is None


def test_a_damaged_file_is_never_taken_for_an_untouched_one() -> None:
    data = bytearray(render(sample()))
    chance = random.Random(9704)
    for _ in range(400):
        damaged = data.copy()
        at = chance.randrange(len(damaged))
        damaged[at] ^= 1 << chance.randrange(8)
        is_untouched(bytes(damaged))
        assert is_untouched(bytes(damaged[:at])) is None
