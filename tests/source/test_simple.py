"""YAML read without its parser: what is read has the tree that the parser gives, and anything else is left to the parser."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.findings.finding import Source
from planwriter.source import load, mend
from planwriter.source.keys import LIBRARY_KEYS
from planwriter.source.nodes import Node, Scalar, Sequence
from planwriter.source.simple import read_simple
from tests.each import assert_each
from tests.support import ROOT

FOLDERS = ("examples", "section_library", "templates", "tests/cases")
FILES = sorted(chain.from_iterable((ROOT / folder).rglob("*.yaml") for folder in FOLDERS))
LEFT = {
    "templates/three_year_action_plan/starter.yaml",
    "templates/three_year_action_plan/starter-教育.yaml",
    *(f"templates/fields/{path.name}" for path in (ROOT / "templates" / "fields").glob("*.yaml")),
}
"""Files without findings that the parser must read; they have placeholders (@起年@) in lists, or targets without values."""


def _flat(node: Node) -> object:
    """A tree as tuples, with the place of every node."""
    place = node.span.start, node.span.end
    if isinstance(node, Scalar):
        return node.value, node.empty, place
    if isinstance(node, Sequence):
        return place, [_flat(item) for item in node.items]
    pairs = [(key, _flat(node.keys[key]), _flat(value)) for key, value in node.entries.items()]
    return place, node.torn, node.lost, pairs


def _agrees(text: str) -> bool:
    """True if the text is read without the parser; its tree is then the parser's, which has no findings."""
    source = mend.mend(text, "x.yaml", LIBRARY_KEYS).value
    simple = read_simple(source)
    if simple is None:
        return False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_simple", lambda source: None)
        parsed = load._parse(source, ())
    assert parsed.findings == () and parsed.value is not None, text
    assert _flat(simple) == _flat(parsed.value), text
    return True


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


def test_files_have_the_tree_that_the_parser_gives() -> None:
    def check(path: Path) -> None:
        simple = _agrees(_text(path))
        if not path.is_relative_to(ROOT / "tests"):
            assert simple == (path.relative_to(ROOT).as_posix() not in LEFT)

    assert_each(check, FILES, lambda path: path.relative_to(ROOT))


INSERTED = [
    *" \n:-#'\"[]{},|>&*!%@`?~",
    "  ",
    "\n\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "|-\n   ",
    ">\n  ",
    "\n  #x\n",
    ": ",
    "- ",
    " #",
    "null",
    "{{",
    "...",
    "---",
    '""',
    "''",
    "\u3000",
]


@pytest.mark.parametrize("seed", range(4))
def test_files_with_slips_have_the_tree_that_the_parser_gives(seed: int) -> None:
    made = random.Random(seed)
    read = 0
    for path in made.sample(FILES, 60):
        whole = _text(path)[:1500]
        for _ in range(12):
            text = whole
            for _ in range(made.randint(1, 3)):
                at, other = made.randrange(len(text) + 1), made.randrange(len(text) + 1)
                changes = (
                    text[:at] + made.choice(INSERTED) + text[at:],
                    text[:at] + text[at + made.randint(1, 3) :],
                    text[:at] + text[other : other + made.randint(1, 30)] + text[at:],
                )
                text = made.choice(changes)
            read += _agrees(text)
    assert read > 100


_pieces = st.sampled_from(
    [
        *INSERTED,
        "键: ",
        "键:",
        "键",
        "值",
        "a",
        "- 键: 值",
        "\n",
        "\n  键: 值",
        "\n- 值",
        "[甲, 乙]",
        "{甲: 乙}",
        "'甲'",
        "|\n  甲\n\n  乙\n",
    ]
)


@settings(max_examples=300)
@given(st.lists(_pieces, max_size=10).map("".join))
def test_heaps_of_pieces_have_the_tree_that_the_parser_gives(text: str) -> None:
    _agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "键: 值",
        "键: 值  # 注\n# 注\n二: '值' # 注\n",
        "键:\n二:\n",
        "键:\n- 甲\n- 乙: 丙\n  丁: [甲, {戊: -1}]\n二: {}\n三: []\n",
        "- 甲\n-\n- 乙:\n    丙: 丁\n",
        "键: 一行\n  又一行\n\n  又一段\n二:\n  自己一行\n",
        "键: |-\n  甲\n    乙\n\n  # 不是注\n\n二: >\n  丙\n",
        "键: 12:30\n二: a#b\n三: -5\n四: ~\n五: null\n六: 'it''s'\n七: \"值\"\n",
    ],
)
def test_simple_forms_are_read(text: str) -> None:
    assert _agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "只有文字",
        "键: &a 值",
        "键: *a",
        "键: !!str 值",
        '键: "a\\n"',
        "键: '甲\n  乙'",
        "键: [甲,\n  乙]",
        "键: [甲, 乙",
        "键: {甲}",
        "键: [甲, ]",
        "键: 甲: 乙",
        "键: 一\n键: 二",
        "? 键\n: 值",
        "---\n键: 值",
        "键: 值\n...\n",
        "键: 值\n  二: 值",
        "  键: 值",
        "- 甲\n二: 乙",
        "键: @值",
        "键: 甲 # 注\n  乙",
        "键: |2\n   甲",
        "- - 甲",
        "键\t: 值",
    ],
)
def test_other_forms_are_left_to_the_parser(text: str) -> None:
    assert read_simple(Source("x.yaml", text)) is None


def test_a_file_of_simple_forms_does_without_the_parser() -> None:
    script = (
        "import sys\nfrom planwriter.source.load import load_tree\n"
        "assert load_tree('键: 值'.encode(), 'x.yaml').value.entries['键'].value == '值'\n"
        "assert 'yaml' not in sys.modules\n"
        "load_tree('键: &a 值'.encode(), 'x.yaml')\nassert 'yaml' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
