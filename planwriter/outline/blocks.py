"""The blocks of an outline or a clause, read from their nodes: sections, uses of clauses, boxes, tables, paragraphs."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import MAX_FINDINGS, Finding, Findings, Result, Span
from planwriter.model import LEVEL_WORDS, Block, Box, Paragraph, Picture, Rewrite, Section, Table, Use
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.outline.numbering import level_of, read_own_numbering
from planwriter.outline.values import make_text, read_arguments, read_duty, read_paragraphs, text_of
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import check_shape, word_at
from planwriter.start.typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from planwriter.outline.pictures import OpenPicture
    from planwriter.outline.tables import OpenWorkbook

T = TypeVar("T")


class Reader:
    """Reads the blocks of one file, and remembers which 标识 occur in it.

    Without `open_workbook` and `open_picture`, as for clauses, tables and pictures cannot come from other files.
    """

    def __init__(
        self,
        open_workbook: OpenWorkbook | None = None,
        open_picture: OpenPicture | None = None,
        memo: Memo = NO_MEMO,
    ) -> None:
        self.memo = memo
        self.open_workbook = open_workbook
        self.open_picture = open_picture
        self._identifiers: dict[str, Span] = {}
        self._found = Findings()

    def blocks(self, node: Node | None) -> Result[tuple[Block, ...]]:
        """The blocks of a list, or the paragraph of a text."""
        return self._handed_back(self._blocks(node))

    def section(self, got: dict[str, Node], node: Mapping, head: str) -> Result[Section]:
        """The section made of `got`, the checked values of `node`; `head` is its key 章, 节, 条 or 款."""
        return self._handed_back(self._section(got, node, head))

    def _handed_back(self, value: T) -> Result[T]:
        """`value` with the findings since the last result."""
        result = self._found.result(value)
        self._found.clear()
        return result

    def _blocks(self, node: Node | None) -> tuple[Block, ...]:
        if node is None:
            return ()
        if isinstance(node, Scalar):
            return () if node.empty else self.memo.once(_paragraph, node)
        items = node.items if isinstance(node, Sequence) else [node]  # a block without its dash: its schema reports it
        made = (self._block(item) for item in items)
        blocks = [block for block in made if block is not None]
        return self.memo.gathered(blocks) if self.memo.remembers_blocks else tuple(blocks)

    def _block(self, node: Node) -> Block | None:
        """One block; None if it is not clear what it is. It is not read again if it was read for another document."""
        if not self.memo.remembers_blocks:
            return self._read(node)
        block, findings, identifiers = self.memo.once(
            _read_alone, node, by=(self.open_workbook, self.open_picture, self.memo)
        )
        is_bounded = len(self._found) + len(findings) <= MAX_FINDINGS
        if not is_bounded or not self._identifiers.keys().isdisjoint(identifiers):
            return self._read(node)
        self._identifiers.update(identifiers)
        self._found += findings
        return block

    def _read(self, node: Node) -> Block | None:
        if isinstance(node, Scalar):
            return Paragraph(text=make_text(node)) if node.value and not node.empty else None
        if isinstance(node, Sequence):
            expected, advice = "一段文字或一块", "检查“- ”前面的缩进；文字以“[”开头时要加引号。"
            shown = kind_word(node)
            wrong = finding("PW203", node.span, key="内容", expected=expected, found=shown, advice=advice)
            self._found.append(wrong)
            return None
        heads = [key for key in node.entries if key in keys.BLOCK_HEADS]
        if not heads:
            first = next(iter(node.keys.values()), None)
            self._found.append(finding("PW224", first.span if first else node.span))
            return None
        if len(heads) > 1:
            self._found.append(finding("PW223", node.keys[heads[1]].span, first=heads[0], second=heads[1]))
        head = heads[0]
        if head in LEVEL_WORDS:
            return self._section(self._found.take(check_shape(node, keys.SECTION, f"“{head}”这一块")), node, head)
        if head == "用":
            return self._use(node)
        if head == "图":
            return self._picture(node)
        return self._box(node) if head == "专栏" else self._table(node)

    def _section(self, got: dict[str, Node], node: Mapping, head: str) -> Section:
        take = self._found.take
        title = got.get("title")
        made = Section(
            level=level_of(head),
            title=make_text(title) if isinstance(title, Scalar) else None,
            text=take(read_paragraphs(got.get("text"), "文")),
            children=self._blocks(got.get("children")),
            duty=take(read_duty(got)),
            numbering=take(read_own_numbering(got.get("numbering"))),
            run_in=_run_in(got),
            identifier=self._identifier(got),
            origin=node.keys[head].span,
        )
        is_empty = made.title is None and made.text is None and not made.children
        if is_empty and not node.torn and "文" not in node.entries and "内容" not in node.entries:
            self._found.append(finding("PW215", node.keys[head].span, level=head))
        return made

    def _use(self, node: Mapping) -> Use | None:
        """A use of a clause; None if it names none."""
        take = self._found.take
        shape = check_shape(node, keys.USE, "“用”这一块")
        got = take(shape)
        given, clause = got.get("arguments"), got.get("clause")
        if not isinstance(clause, Scalar):
            if isinstance(node.entries.get("用"), Scalar):
                place, advice = node.keys["用"].span, "planwriter clauses 列出全部条款。"
                wrong = finding("PW203", place, key="用", expected="条款的编号", found="空的", advice=advice)
                self._found.append(wrong)
            return None
        return Use(
            clause=make_text(clause),
            arguments=take(read_arguments(given)),
            variant=text_of(got.get("variant")),
            rewrite=self._rewrite(got.get("rewrite"), node) if "rewrite" in got else None,
            duty=take(read_duty(got)),
            numbering=take(read_own_numbering(got.get("numbering"))),
            run_in=_run_in(got),
            identifier=self._identifier(got),
            broken=node.torn or bool(shape.findings) or (isinstance(given, Mapping) and given.torn),
            origin=node.keys["用"].span,
        )

    def _rewrite(self, node: Node | None, use: Mapping) -> Rewrite | None:
        """What is printed in place of a clause's words: a text, or a title and a text; None if there is neither."""
        take = self._found.take
        got: dict[str, Node] = {}
        if isinstance(node, Mapping):
            got = take(check_shape(node, keys.REWRITE, "“改写”"))
        elif node is not None:
            got = {"text": node}
        text = take(read_paragraphs(got.get("text"), "文" if isinstance(node, Mapping) else "改写"))
        title = text_of(got.get("title"))
        made = Rewrite(
            title=title if title and title.value else None,
            text=text if text and text.value else None,
            wording=word_at(got, "wording"),
            origin=use.keys["改写"].span,
        )
        return made if made.title or made.text else None

    def _box(self, node: Mapping) -> Box | None:
        """A 专栏; None without a title."""
        got = self._found.take(check_shape(node, keys.BOX, "“专栏”这一块"))
        title = text_of(got.get("title"))
        if title is None:
            return None
        return Box(title=title, children=self._blocks(got.get("children")), origin=node.keys["专栏"].span)

    def _table(self, node: Mapping) -> Table | None:
        """A 表."""
        from planwriter.outline.tables import read_table

        got = self._found.take(check_shape(node, keys.TABLE, "“表”这一块"))
        caption = text_of(got.get("caption"))
        return self._found.take(read_table(got, node.keys["表"].span, caption, self.open_workbook))

    def _picture(self, node: Mapping) -> Picture | None:
        """A 图."""
        from planwriter.outline.pictures import read_picture

        got = self._found.take(check_shape(node, keys.PICTURE, "“图”这一块"))
        caption = text_of(got.get("caption"))
        return self._found.take(read_picture(got.get("picture"), node.keys["图"].span, caption, self.open_picture))

    def _identifier(self, got: dict[str, Node]) -> str:
        """The 标识 of a block; one that occurs twice in the file is a finding."""
        name = word_at(got, "identifier")
        if name:
            place = got["identifier"].span
            first = self._identifiers.setdefault(name, place)
            if first is not place:
                self._found.append(finding("PW219", place, related=((first.pos, "先用在这里"),), name=name))
        return name


def _paragraph(node: Scalar) -> tuple[Block, ...]:
    return (Paragraph(text=make_text(node)),)


def _read_alone(
    open_workbook: OpenWorkbook | None, open_picture: OpenPicture | None, memo: Memo, node: Node
) -> tuple[Block | None, tuple[Finding, ...], dict[str, Span]]:
    """A block read by itself, its findings, and the 标识 in it with their places."""
    reader = Reader(open_workbook, open_picture, memo)
    block = reader._read(node)
    return block, tuple(reader._found), reader._identifiers


def _run_in(got: dict[str, Node]) -> bool | None:
    """True for 接排, False for 独行, None if the block does not say."""
    style = word_at(got, "title_style")
    return style == "接排" if style else None
