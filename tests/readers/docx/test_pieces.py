"""The content of a paragraph in pieces: together they are its bytes, and a run is cut at characters."""

from __future__ import annotations

import pytest

from planwriter.readers.docx.package import Package
from planwriter.readers.docx.pieces import OtherPiece, Piece, RunPiece, TagPiece, children, cut, local_name, pieces_of
from planwriter.readers.docx.places import locate
from tests.readers.docx.making import MAIN, packed


def pieces(content: str, prefix: str = "w:") -> tuple[Piece, ...]:
    name = prefix.rstrip(":")
    space = f'xmlns:{name}="{MAIN}"' if name else f'xmlns="{MAIN}"'
    text = f"<{prefix}document {space}><{prefix}body><{prefix}p>{content}</{prefix}p></{prefix}body></{prefix}document>"
    places = locate(Package(packed(text)))
    found = pieces_of(places.data, places.paragraphs[0])
    assert b"".join(each.raw for each in found).decode() == content
    return found


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ("<w:r><w:t>甲</w:t></w:r>", ["run 甲"]),
        ("<w:r><w:t>甲&amp;&#20057;</w:t><w:br/><w:tab/></w:r>", ["run 甲&乙\n\t"]),
        ('<w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>甲</w:t></w:r>', ["other bookmarkStart ", "run 甲"]),
        ("<w:ins><w:r><w:t>甲</w:t></w:r></w:ins>", ["tag ins", "run 甲", "tag ins"]),
        ("<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>", ["tag del", "run ", "tag del"]),
        ("\n<!-- <w:r> -->\n<w:r><w:t>甲</w:t></w:r>", ["other  ", "other  ", "other  ", "run 甲"]),
        ('<w:r><w:t>甲</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', ["run 甲☑"]),
        ('<w:r><w:br w:type="page"/><w:t>甲</w:t></w:r>', ["run 甲"]),
    ],
)
def test_what_a_paragraph_consists_of(content: str, kinds: list[str]) -> None:
    said = []
    for each in pieces(content):
        if isinstance(each, RunPiece):
            said.append(f"run {each.text}")
        elif isinstance(each, TagPiece):
            said.append(f"tag {each.name}")
        else:
            said.append(f"other {each.name} {each.text}")
    assert said == kinds


def test_other_prefixes() -> None:
    assert [each.text for each in pieces("<r><t>甲</t></r>", "") if isinstance(each, RunPiece)] == ["甲"]
    assert [each.text for each in pieces("<x:r><x:t>甲</x:t></x:r>", "x:") if isinstance(each, RunPiece)] == ["甲"]
    assert local_name(b"x:r", b"x:") == "r"
    assert local_name(b"y:r", b"x:") == "y:r"


def run(content: str) -> RunPiece:
    found = [each for each in pieces(content) if isinstance(each, RunPiece)]
    assert len(found) == 1
    return found[0]


def test_a_run_is_cut_between_characters() -> None:
    parts = cut(
        run('<w:r w:rsidR="1"><w:rPr><w:b/></w:rPr><w:t>甲&lt;乙</w:t><w:br/><w:t>丙</w:t></w:r>'), [1, 2, 5, 99]
    )
    assert [each.text for each in parts] == ["甲", "<", "乙\n丙"]
    assert {each.form for each in parts} == {b"<w:rPr><w:b/></w:rPr>"}
    assert [each.raw for each in parts][1] == (
        b'<w:r w:rsidR="1"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">&lt;</w:t></w:r>'
    )


def test_what_shows_nothing_is_a_run_of_its_own() -> None:
    parts = cut(run('<w:r><w:t>甲乙</w:t><w:br w:type="page"/><w:t>丙</w:t></w:r>'), [1])
    assert [each.text for each in parts] == ["甲", "乙", "", "丙"]


def test_a_run_that_cannot_be_cut_stays_whole() -> None:
    whole = run("<w:r><w:t><![CDATA[甲乙]]></w:t></w:r>")
    assert not whole.is_plain
    assert cut(whole, [1]) == [whole]


def test_a_field_is_in_no_piece_that_can_be_cut() -> None:
    found = pieces('<m:oMath xmlns:m="x"><m:r><m:t>甲</m:t></m:r></m:oMath><w:r><w:t>乙</w:t></w:r>')
    assert [type(each) for each in found] == [OtherPiece, RunPiece]


def test_children_of_bytes() -> None:
    data = b'<a><b/>text<c x="&gt;>"><d/></c><!-- <e/> --></a>'
    assert list(children(data, 3, len(data) - 4)) == [(b"b", b"<b/>"), (b"c", b'<c x="&gt;>"><d/></c>')]
