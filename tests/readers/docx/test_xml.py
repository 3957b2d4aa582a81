"""XML of others is read within bounds: each excess ends in a reason, never in a traceback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planwriter.readers.docx.xml import SKIP, Handler, Node, UnreadableDocx, W, grow, parse

_LIMIT = 100_000


class Taker(Handler):
    """Takes the root whole."""

    def __init__(self) -> None:
        self.found: list[Node] = []

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return grow(name, attributes, self.found.append)


class Words(Handler):
    """Takes all text."""

    def __init__(self) -> None:
        self.words = ""

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return self

    def text(self, data: str) -> None:
        self.words += data


def tree(text: str) -> Node:
    taker = Taker()
    parse([text.encode()], "甲.xml", taker, _LIMIT)
    return taker.found[0]


def test_names_of_word_are_local_and_others_in_full() -> None:
    root = tree(f'<a:x xmlns:a="{W[:-1]}" xmlns:b="urn:b" a:val="1" b:val="2" val="3"><a:y/><b:y/><y/></a:x>')
    assert root.name == "x" and [child.name for child in root.children] == ["y", "urn:b}y", "}y"]
    assert root.attributes == {f"{W}val": "1", "urn:b}val": "2", "val": "3"}


def test_the_strict_namespaces_are_those_of_transitional_documents() -> None:
    root = tree('<w:x xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" w:val="1"/>')
    assert root.name == "x" and root.value() == "1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb2312", "GBK", "gb18030"])
def test_chinese_encodings_are_read(encoding: str) -> None:
    words = Words()
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>中文</a>'.encode(encoding)
    parse([data[:43], data[43:]], "甲.xml", words, _LIMIT)
    assert words.words == "中文"


def _attributes(count: int) -> str:
    return " ".join(f'b{number}=""' for number in range(count))


BAD = {
    "nothing": ("", "不是正确的 XML"),
    "no XML": ("甲", "不是正确的 XML"),
    "an open element": ("<a>", "不是正确的 XML"),
    "two roots": ("<a/><a/>", "不是正确的 XML"),
    "an attribute twice": ('<a b="" b=""/>', "不是正确的 XML"),
    "a prefix of no namespace": ("<w:a/>", "不是正确的 XML"),
    "an entity without a document type": ("<a>&b;</a>", "不是正确的 XML"),
    "an encoding of compressed bytes": ('<?xml version="1.0" encoding="zlib"?><a/>', "不是正确的 XML"),
    "an encoding that is slow to read": ('<?xml version="1.0" encoding="punycode"?><a/>', "不是正确的 XML"),
    "a document type": ("<!DOCTYPE a><a/>", "DTD"),
    "an entity": ('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', "DTD"),
    "an outside entity": ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "DTD"),
    "a parameter entity": ('<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/">%b;]><a/>', "DTD"),
    "depth": ("<a>" * 101 + "</a>" * 101, "嵌套"),
    "attributes": (f"<a {_attributes(257)}/>", "属性超过"),
    "elements": (f"<a>{'<b/>' * _LIMIT}</a>", "元素太多"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("root", [SKIP, Words()], ids=["skipped", "read"])
def test_what_is_no_sound_xml_is_refused_with_the_reason(name: str, root: Handler) -> None:
    text, reason = BAD[name]
    with pytest.raises(UnreadableDocx, match=reason):
        parse([text.encode()], "甲.xml", root, _LIMIT)


def test_what_is_just_within_the_bounds_is_read() -> None:
    assert parse([(f"<a {_attributes(256)}>" + "<a>" * 99 + "</a>" * 100).encode()], "甲.xml", SKIP, 100) == 100


@pytest.mark.parametrize("start", ['<a b="', "<!--", "<?a "], ids=["an attribute", "a comment", "an instruction"])
def test_a_tag_without_end_is_given_up_after_a_few_megabytes(start: str) -> None:
    fed = 0

    def endless() -> Iterator[bytes]:
        nonlocal fed
        yield start.encode()
        while True:
            fed += 1
            yield b"b" * 65536

    with pytest.raises(UnreadableDocx, match="太长"):
        parse(endless(), "甲.xml", SKIP, _LIMIT)
    assert fed <= 70


def test_long_text_is_no_tag_without_end() -> None:
    words = Words()
    parse([b"<a>", *[b"b" * 65536] * 100, b"</a>"], "甲.xml", words, _LIMIT)
    assert len(words.words) == 6_553_600


def test_the_elements_of_one_format_are_bounded() -> None:
    with pytest.raises(UnreadableDocx, match="一处格式"):
        tree(f"<a>{'<b/>' * 20_001}</a>")
