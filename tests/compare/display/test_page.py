"""Tests of the page of differences."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.compare.display.page import difference_page
from planwriter.compare.edits.difference import ComparedSide, differences
from planwriter.compare.versions.version import PlanVersion, VersionLine, VersionPicture, VersionTable
from planwriter.plan.flow import BODY
from tests.compare.golden import NEW, OLD
from tests.compare.sides import side, table

GOLDEN = Path(__file__).parents[2] / "goldens" / "diff.html"
_TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "h1",
        "h2",
        "p",
        "b",
        "ul",
        "li",
        "ol",
        "a",
        "main",
        "div",
        "table",
        "tr",
        "th",
        "td",
        "ins",
        "del",
        "details",
        "summary",
    ]
)


class _Seen(HTMLParser):
    """The tags and attributes of a page, and its text without the style sheet."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.names: set[str] = set()
        self.ids: list[str] = []
        self.text = ""
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.text += data if self._open != "style" else ""


def test_the_page() -> None:
    page = difference_page(differences(OLD, NEW))
    assert page[page.index("<header>") :] == GOLDEN.read_text(encoding="utf-8")


def test_nothing_is_loaded_and_every_link_leads_somewhere() -> None:
    page = difference_page(differences(OLD, NEW))
    seen = _Seen(page)
    assert seen.tags <= _TAGS
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert seen.links
    assert all(link.removeprefix("#") in seen.ids for link in seen.links)
    assert len(set(seen.ids)) == len(seen.ids)


_HOSTILE = st.text(alphabet="<>&\"'/scriptimgonload=甲\x1b\u202e\ud800 \n", max_size=30)


@settings(max_examples=150)
@given(_HOSTILE, _HOSTILE, _HOSTILE)
def test_texts_are_never_markup(one: str, other: str, name: str) -> None:
    def made(text: str) -> ComparedSide:
        items = (
            VersionLine(role=BODY, text=text, label=name[:5]),
            VersionTable(rows=((text, name), (name, text))),
            VersionPicture(text=text),
        )
        return ComparedSide(PlanVersion(name=name, items=items, targets=((name, text + "1"),)))

    page = difference_page(differences(made(one), made(other)))
    seen = _Seen(page)
    assert seen.tags <= _TAGS
    assert seen.names <= {"lang", "charset", "http-equiv", "content", "name", "class", "id", "href"}
    assert all(link.startswith("#") for link in seen.links)
    assert "\x1b" not in page
    assert "\u202e" not in page
    page.encode("utf-8")


def test_unchanged_paragraphs_are_folded_and_a_new_table_is_marked() -> None:
    page = difference_page(
        differences(side("一。", "二。", "三。", "四。"), side("一。", "二。", "三。", "四。", table("甲|乙")))
    )
    assert "<summary>4 段没有改动</summary>" in page
    assert "<th><ins>甲</ins></th>" in page
