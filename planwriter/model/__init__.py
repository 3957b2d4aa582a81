"""The values that make up a plan, from the author's outline to the document that the writers render."""

from __future__ import annotations

from decimal import Decimal

from planwriter.findings.finding import Cause, Span
from planwriter.language.numerals import LabelStyle
from planwriter.start.enums import IntEnum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field
from planwriter.start.typing import TypeAlias


class Level(IntEnum):
    """The four numbered levels of an official document (GB/T 9704 7.3.3)."""

    CHAPTER = 1
    SECTION = 2
    ITEM = 3
    SUBITEM = 4

    @property
    def word(self) -> str:
        """The word an outline uses for the level."""
        return LEVEL_WORDS[self.value - 1]


LEVEL_WORDS = ("章", "节", "条", "款")
LEVELS = dict(zip(LEVEL_WORDS, Level, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """How a filled text was made from the typed one, so that each of its characters can be traced back."""

    typed: str
    pieces: tuple[tuple[int, int, bool], ...] = ((0, 0, False),)
    """For each piece: its start in the filled text, its start in the typed text, and whether it is a hole."""
    offset: int = 0
    """The index in the filled text at which this text begins, if it is one paragraph of several."""
    causes: tuple[tuple[int, Cause], ...] = ()
    """For each hole of a clause that shows a parameter: its start in the typed text, and who set the parameter."""
    unset: tuple[tuple[int, int], ...] = ()
    """The stretches of the filled text that show commitments nobody set: defaults of a clause's parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text as typed: paragraphs separated by line ends, with its `{{ … }}`, and its place in the file."""

    value: str
    origin: Span | None = field(default=None, compare=False, repr=False)
    filling: Filling | None = field(default=None, compare=False, repr=False)
    """Set once the text is composed, if it differs from what was typed."""

    def place(self, start: int, end: int) -> Span | None:
        """The place of `value[start:end]` in the author's file: the characters, or the hole that they came from."""
        if self.origin is None:
            return None
        if self.filling is None:
            return self.origin.within(self.value, start, end)
        typed, offset = self.filling.typed, self.filling.offset
        begin, at, is_hole = max(piece for piece in self.filling.pieces if piece[0] <= start + offset)
        if is_hole:
            hole = self.origin.within(typed, at, at + 2)
            cause = next((cause for start, cause in self.filling.causes if start == at), None)
            return Span(hole.source, hole.start, hole.end, cause) if cause else hole
        at += start + offset - begin
        return self.origin.within(typed, at, min(at + end - start, len(typed)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The responsible units of a block: lead units 责任单位, supporting units 配合单位, deadline 时限."""

    lead: tuple[Text, ...] = ()
    support: tuple[Text, ...] = ()
    deadline: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNumbering:
    """A block's own numbering, which overrides that of its level: a number, a form of label, or no label at all."""

    start: int | None = None
    style: LabelStyle | None = None
    unnumbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The number and the form of a label. `series` is 0 in the plan; each box or attachment has its own."""

    number: int
    style: LabelStyle
    series: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph without a number; in an outline its text may hold several paragraphs."""

    text: Text
    duty: Duty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered block: 章, 节, 条 or 款. `label` and `count` are empty until the document is numbered."""

    level: Level
    title: Text | None = None
    text: Text | None = None
    children: tuple[Block, ...] = ()
    duty: Duty | None = None
    numbering: OwnNumbering | None = None
    run_in: bool | None = None
    """True: text follows the title in its paragraph (接排); False: the title stands alone (独行); None: as its level."""
    identifier: str = ""
    clause: str = ""
    """The clause of the library that the block was made from, if any."""
    label: str = ""
    count: Count | None = None
    """What the label was made from; None if there is no label, or if its form cannot write the number."""
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """What is printed in place of a clause's own words (改写); its title or text stays if there is none here."""

    title: Text | None = None
    text: Text | None = None
    wording: str = ""
    """条款原文: the digest of the clause's words at the time; "" if it is not known."""
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The use of a library's clause in an outline or a clause (用)."""

    clause: Text
    arguments: tuple[tuple[Text, Argument], ...] = ()
    variant: Text | None = None
    rewrite: Rewrite | None = None
    duty: Duty | None = None
    numbering: OwnNumbering | None = None
    run_in: bool | None = None
    identifier: str = ""
    broken: bool = False
    """True if the use has a different finding already, so that missing parameters are not reported."""
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A boxed block (专栏) with a title and content of its own."""

    title: Text
    children: tuple[Block, ...] = ()
    origin: Span | None = field(default=None, compare=False, repr=False)


class Merge(NamedTuple):
    """Merged cells of a table: row and column of the first (from 0), and the numbers of rows and columns covered."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table (表): rows of cells, the first row its header, with a caption."""

    rows: tuple[tuple[Text, ...], ...]
    merges: tuple[Merge, ...] = ()
    """The merged cells; none overlap, and the text stands in the first cell of each."""
    caption: Text | None = None
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What a chart shows of one target: its figures by year, and the sign of its bound (≥)."""

    name: str
    unit: str
    sign: str
    baseline: tuple[int, Decimal] | None
    points: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The bytes of a picture that can be shown as they are."""

    data: bytes = field(repr=False)
    form: str
    """png or jpeg."""
    width: int
    """In pixels, as is `height`."""
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture (图): a chart of targets, or the image in a file.

    Composing fills in `series`. A chart gets its `image` when a writer needs it, a file when the outline is read.
    """

    targets: tuple[Text, ...] = ()
    """Keys; none means every target that has yearly steps."""
    form: str = ""
    """柱形, 折线, or "" for the form that suits the figures."""
    series: tuple[Series, ...] = ()
    file: str = ""
    image: Image | None = None
    caption: Text | None = None
    origin: Span | None = field(default=None, compare=False, repr=False)


Block: TypeAlias = Paragraph | Section | Use | Box | Table | Picture
Argument: TypeAlias = Text | tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the skeleton's parts; `role` is its name in the kind's skeleton."""

    role: str
    blocks: tuple[Block, ...] = ()
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as typed, such as 96.50 or 1.2万, and its place."""

    value: Decimal
    """Exact, in the unit of its target; `TypedNumber` keeps 万 and 余."""
    bound: str = ""
    """The bound (界限) typed at the figure itself: 不低于 for ≥96%."""
    origin: Span | None = field(default=None, compare=False, repr=False)


BOUND_SIGNS = {
    **dict.fromkeys(("不低于", "不少于", "以上"), "≥"),
    **dict.fromkeys(("不超过", "不高于", "以内", "以下"), "≤"),
    **dict.fromkeys(("约", "左右"), "约"),
    "超过": ">",
    "低于": "<",
}
"""How tables and charts write a bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a target (分项), such as a township's: its figure, and its unit if it has one of its own."""

    name: str
    figure: Figure
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A quantified target (指标): figure, unit, bound, baseline, yearly steps, and responsible units."""

    key: str
    name: str = ""
    value: Figure | None = None
    unit: str = ""
    bound: str = ""
    baseline: tuple[int, Figure] | None = None
    years: tuple[tuple[int, Figure], ...] = ()
    yearly: str = ""
    """分年口径: 合计 if the yearly figures add up, 累计 if each is what is reached by then; "" if that is not said."""
    shares: tuple[Share, ...] = ()
    duty: Duty | None = None
    nature: str = ""
    basis: tuple[str, ...] = ()
    formula: Text | None = None
    broken: bool = False
    """True if the target has a different finding already, so that its missing value is not reported."""
    unit_origin: Span | None = field(default=None, compare=False, repr=False)
    origin: Span | None = field(default=None, compare=False, repr=False)

    @property
    def title(self) -> str:
        """The name to show: 名称 if it is given, else the key."""
        return self.name or self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The place that a plan is for: its name, its level (县, 市 …) and the place above it."""

    name: str
    level: str
    superior: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The official frame (发文) of a plan: head, notice, signature and imprint (GB/T 9704 7.2 to 7.4)."""

    form: str
    """通知: a notice wraps the plan; 直发: the plan itself goes out; 无: no frame."""
    head: str
    """印制: the issuer's mark is printed; 留空: its space is left for pre-printed paper; 无: no head, the number stands below the title."""
    issuers: tuple[Text, ...] = ()
    """发文机关: in a joint issue the first is the leading one."""
    number: Text | None = None
    approvers: tuple[Text, ...] = ()
    classification: Text | None = None
    urgency: Text | None = None
    copy_number: Text | None = None
    recipients: tuple[Text, ...] = ()
    notice_title: Text | None = None
    notice_body: Text | None = None
    lists_attachments: bool = True
    """附件说明: False if it says 无, so that no list of attachments is printed."""
    listed_in_notice: bool = False
    """附件说明: True if it says 通知, so that the list stands below the notice also where the plan is no attachment."""
    body_attached: bool = True
    """正文作为: True if the plan stands under an 附件 label, False if it follows as the printed document."""
    signatures: tuple[Text, ...] = ()
    signed: bool = True
    """署名: False if it says 无, so that no name is derived."""
    date: Text | None = None
    """成文日期 in its official form, 2026年3月5日."""
    sealed: bool = True
    """印章: True if the signature leaves space for a seal."""
    note: Text | None = None
    copies: tuple[Text, ...] = ()
    printer: Text | None = None
    print_date: Text | None = None
    broken: bool = False
    """True if an entry of the frame could not be read, so that missing ones are not reported."""
    origin: Span | None = field(default=None, compare=False, repr=False)

    @property
    def is_notice(self) -> bool:
        """True if a notice wraps the plan."""
        return self.form == "通知"

    @property
    def has_imprint(self) -> bool:
        """True if a 版记 stands at the foot of the last page."""
        return bool(self.copies or self.printer or self.print_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attachment (附件) of the plan: free blocks, or a table made from the outline."""

    title: Text
    made_of: str = ""
    """指标表 or 任务分解表 if the attachment is a table made from the outline."""
    blocks: tuple[Block, ...] = ()
    label: str = ""
    """标识: a label of its own, such as 附件3; "" if the attachments are counted."""
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelNumbering:
    """How one level is numbered: the form of its labels, the level at which it restarts, and if titles stand alone."""

    style: LabelStyle
    restart: int
    """The level (1 章 to 3 条) within which the numbers continue; 0 for the whole document (连续: 全文)."""
    run_in: bool
    start: int = 1


Numbering: TypeAlias = tuple[LevelNumbering, LevelNumbering, LevelNumbering, LevelNumbering]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An outline as its author wrote it, as typed values; texts still contain their `{{ … }}`."""

    kind: str
    unit: str
    region: Region
    years: tuple[int, int]
    """First and last year; both the same for an annual plan."""
    title: Text | None = None
    label: Text | None = None
    """附件标识: the label above the title, such as 附件2, of a plan that is an attachment of another document."""
    preface: Text | None = None
    parts: tuple[Part, ...] = ()
    closing: Text | None = None
    targets: tuple[Target, ...] = ()
    assertions: tuple[Text, ...] = ()
    """核验: comparisons between targets that must be true."""
    numbering: Numbering
    native_numbering: bool = False
    """True if Word counts the labels itself (编号方式: 自动); False if they are text."""
    duty_note: str
    """The place in which the responsible units are named: 句末, 附表 or 不标."""
    layout: str
    libraries: tuple[Text, ...] = ()
    places: tuple[str, ...] = ()
    """可提地名: places and bureaus of other regions that the plan names on purpose."""
    unit_list: tuple[str, ...] = ()
    """责任单位名单 of the workspace: the right names of its own departments and of other bureaus."""
    functions: tuple[tuple[str, Text], ...] = ()
    """职能 of the workspace: the department that has each function, for the clauses that name one (主办, 配合)."""
    attachments: tuple[Attachment, ...] = ()
    frame: Frame | None = None
    superior: Text | None = None
    """上级文件: the path, relative to this outline, of the superior plan's outline, whose targets this plan takes over."""
    row: tuple[tuple[str, Text], ...] | None = None
    """The cells, by column, of the row that the outline is read for (render --each); None without a row."""
    origin: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A plan for the writers: texts filled in and clauses resolved; labels are set once it is numbered."""

    title: str
    label: str = ""
    """The label above the title (附件标识)."""
    preface: tuple[Paragraph, ...] = ()
    parts: tuple[Part, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    frame: Frame | None = None
    numbering: Numbering
    native_numbering: bool = False
    """True if the .docx leaves counting to Word (编号方式: 自动)."""
    duty_note: str
    layout: str
    targets: tuple[Target, ...] = ()
    """The targets of the plan with all typed and computed values, for the tables made from them."""
    title_text: Text | None = field(default=None, compare=False, repr=False)
    """The text that `title` was made from."""
    label_text: Text | None = field(default=None, compare=False, repr=False)
    """The text that `label` was made from."""


class MadeFrom(NamedTuple):
    """What a file is made from: the name of its outline without folders, and the sha256 of the outline's bytes."""

    outline: str
    digest: str
    unit: str = ""
    """The units that it is an extract for, as typed; "" for a whole plan."""
    draft: bool = False
    row: str = ""
    """The row of a sheet that it is made for, as 学校.xlsx 第3行; "" for none."""
