"""YAML to values that know where they stand. Every plain value is text: 12:30, 010, no and 96.50 stay as typed."""

from __future__ import annotations

from planwriter.findings.catalogue import finding, make_finding, quoting, typed
from planwriter.findings.characters import UNSHOWN
from planwriter.findings.finding import MAX_FINDINGS, Finding, Findings, NewSpan, Pos, Result, Source, Span
from planwriter.source import mend
from planwriter.source.decode import decode, other_kind
from planwriter.source.mend_line import LOST_KEY
from planwriter.source.nodes import Mapping, NewMapping, NewScalar, Node, Scalar, Sequence, join_lines, kind_word
from planwriter.source.simple import read_simple
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TYPE_CHECKING, cast
from planwriter.system.files import MAX_BYTES

if TYPE_CHECKING:
    from yaml.events import Event, ScalarEvent

    from planwriter.source.passages import Passages

MAX_DEPTH = 64
MAX_NODES = 400_000
MAX_WEIGHT = 500_000
"""Nodes once aliases are expanded; a long text counts as several."""
MAX_RETRIES = 20


_PROPERTIES = regex(r"(?:[&!]\S*\s+)*")
"""What may stand before a value: its anchor and its tag."""


_OUTERMOST = regex(r"^([^\s#:：'\"-][^:：\n]{0,40})[:：]", re.M)
"""An outermost key at the beginning of a line."""


class _Stop(Exception):
    """Reading cannot go on; the finding says why."""

    def __init__(self, reason: Finding) -> None:
        self.reason = reason


def load_tree(
    data: bytes,
    name: str,
    known_keys: frozenset[str] = frozenset(),
    *,
    as_is: bool = False,
    passages: Passages | None = None,
) -> Result[Mapping | None]:
    """The tree of the YAML file `name` and every finding of the PW1xx family; None if nothing could be read.

    `known_keys` are the keys of the format, which distinguish a full-width colon after a key from one in a text.
    An entry that cannot be parsed is left out and the rest is read. With `as_is` no slips are looked for: the file comes
    with planwriter, and a test holds that it has none. With `passages`, what was read before is not read again; the places
    in the tree are then right until the next file is read with them.
    """
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1048576:.1f} MB"
        return Result(None, (finding("PW104", Pos(name), size=size, limit=f"{MAX_BYTES // 1048576} MB"),))
    other = other_kind(data)
    if other:
        advice = "这里要的是 .yaml 文字文件。"
        if "文种" in known_keys and "压缩包" not in other:
            advice = f"这里要的是提纲（.yaml 文字文件）。把它变成提纲：{typed('planwriter', 'import', name)}"
        return Result(None, (finding("PW105", Pos(name), reason=f"这是{other}，不是文字文件", advice=advice),))
    found = Findings()
    text = found.take(decode(data, name))
    if not text.strip():
        return Result(None, (*found, finding("PW103", Pos(name))))
    tree = passages.read(text, name, known_keys) if passages is not None else None
    if tree is None:
        tree = found.take(_tree(text, name, known_keys, tuple(found), as_is=as_is, passages=passages))
    if isinstance(tree, Mapping):
        return found.result(tree)
    if tree is None:
        found += () if found else (finding("PW103", Pos(name)),)  # nothing but comments
    elif isinstance(tree, Scalar) and tree.empty:
        found.append(finding("PW103", Pos(name)))
    else:
        found.append(finding("PW116", tree.span, found=kind_word(tree)))
    return found.result(None)


def load_list(
    data: bytes, name: str, known_keys: frozenset[str] = frozenset(), *, as_is: bool = False
) -> Result[Node | None]:
    """Like `load_tree`, for a file whose outermost value may be a list."""
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1048576:.1f} MB"
        return Result(None, (finding("PW104", Pos(name), size=size, limit=f"{MAX_BYTES // 1048576} MB"),))
    found = Findings()
    text = found.take(decode(data, name))
    return found.result(found.take(_tree(text, name, known_keys, tuple(found), as_is=as_is)))


def _tree(
    text: str,
    name: str,
    known_keys: frozenset[str],
    before: tuple[Finding, ...],
    *,
    as_is: bool,
    passages: Passages | None = None,
) -> Result[Node | None]:
    """The tree of a text, mended first; `before` is what was found in it already."""
    found = Findings()
    source = Source(name, text) if as_is else found.take(mend.mend(text, name, known_keys))
    before = (*before, *found)
    return found.result(found.take(_parse(source, before, passages)) if len(before) <= MAX_FINDINGS else None)


def _parse(source: Source, before: tuple[Finding, ...], passages: Passages | None = None) -> Result[Node | None]:
    """The tree of `source`; blocks that cannot be parsed are reported and left out. `before` is not reported again."""
    simple = (passages.read_mended(source) if passages is not None else None) or read_simple(source)
    if simple is not None:
        return Result(simple)
    from yaml.error import MarkedYAMLError, YAMLError

    from planwriter.source import recover

    text = source.text
    lost: list[str] = []
    cut: recover.Cut | None = None
    shifted = False  # the last complaint was that lines do not stand in one column
    builder = _Builder(source, before)
    for attempt in range(MAX_RETRIES):
        try:
            root = builder.build(text)
            if isinstance(root, Mapping):
                root = Mapping(root.span, root.entries, root.keys, torn=root.torn, lost=(*lost, *builder.lost))
            return builder.found.result(root)
        except _Stop as stop:
            return builder.stopped(stop.reason)
        except MarkedYAMLError as error:
            at = recover.explain(error, source)
            if "nesting depth" in (error.problem or ""):  # libyaml 0.2.6 and later count the depth too
                return builder.stopped(finding("PW110", at.value.pos, limit=MAX_DEPTH))
            again = cut is not None and cut.start <= at.at <= cut.end
            told = cut is not None and shifted and at.aligned and recover.is_next(text, cut.end, at.at)
            if not again and not told:
                builder.found.append(at.value)
            shifted = at.aligned
            outer = again or attempt > MAX_RETRIES // 2
            cut = (
                recover.cut_block(text, at.at)
                if outer
                else recover.cut_entry(text, at.at, rest=told or at.is_text, is_text=at.is_text)
            )
            if cut is None:
                break
            text = cut.text
            lost += cut.keys
        except YAMLError as error:
            reason = str(error).splitlines()[0]
            return builder.stopped(finding("PW105", Pos(source.name), reason=reason, advice="检查文件内容。"))
    return builder.found.result(None)


class _Open:
    """A list or a mapping whose end has not been read."""

    __slots__ = ("anchor", "entries", "is_list", "items", "key", "keys", "start", "torn", "weight")

    def __init__(self, start: int, anchor: str | None, *, is_list: bool) -> None:
        self.start = start
        self.anchor = anchor
        self.is_list = is_list
        if is_list:
            self.items: list[Node] = []
        else:
            self.entries: dict[str, Node] = {}
            self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None
        """The key that waits for its value."""
        self.torn = False
        self.weight = 0

    def close(self, span: Span) -> Sequence | Mapping:
        """The node, which stands at `span`."""
        return Sequence(span, self.items) if self.is_list else NewMapping(span, self.entries, self.keys, self.torn)


class _Builder:
    """Makes the tree of one file from the parser's events, without recursion, with bounds on depth and size."""

    def __init__(self, source: Source, before: tuple[Finding, ...]) -> None:
        self.source = source
        self.before = before
        self.found = Findings()
        self.start()

    def start(self) -> None:
        """Forgets the last attempt, except for its findings."""
        self.known = frozenset((*self.before, *self.found))
        self.anchors: dict[str, _Open | tuple[Node, int]] = {}
        """What has an anchor: a node that is still open, or a finished one and its weight."""
        self.stack: list[_Open] = []
        self.lost: list[str] = []
        self.nodes = 0

    def stopped(self, reason: Finding) -> Result[Node | None]:
        """No tree, and why as the last finding."""
        return Result(None, (*self.found, reason))

    def build(self, text: str) -> Node | None:
        """The tree of `text`. Raises _Stop at a bound, and PyYAML's errors."""
        from yaml.events import (
            AliasEvent,
            DocumentStartEvent,
            MappingEndEvent,
            MappingStartEvent,
            ScalarEvent,
            SequenceEndEvent,
            SequenceStartEvent,
            StreamEndEvent,
        )

        self.start()
        parser = _parser(text)
        root: Node | None = None
        node: Node
        documents = 0
        stack = self.stack
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is ScalarEvent:
                node, weight = self.scalar(cast("ScalarEvent", event))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(stack) >= MAX_DEPTH:
                    raise _Stop(finding("PW110", self.span(event), limit=MAX_DEPTH))
                stack.append(self.open(event, is_list=kind is SequenceStartEvent))
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                closed = stack.pop()
                end = event.end_mark
                node = closed.close(NewSpan(self.source, closed.start, end.index if end else 0))
                weight = closed.weight + 1
                if closed.anchor is not None and self.anchors.get(closed.anchor) is closed:
                    self.anchors[closed.anchor] = node, weight
            elif kind is AliasEvent:
                node, weight = self.alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    second = self.span(event)
                    self.report("PW115", second)
                    self.lost += (key[1] for key in _OUTERMOST.finditer(text, second.start))
                    return root
                continue
            elif kind is StreamEndEvent:
                return root
            else:
                continue
            if not stack:
                root = node
                continue
            self.attach(stack[-1], node, weight)

    def open(self, event: Event, *, is_list: bool) -> _Open:
        anchor: str | None = getattr(event, "anchor", None)
        start = event.start_mark
        made = _Open(start.index if start else 0, anchor, is_list=is_list)
        if anchor is not None:
            self.anchors[anchor] = made
        if getattr(event, "tag", None) is not None:
            self.report_tag(self.span(event))
        return made

    def attach(self, parent: _Open, node: Node, weight: int) -> None:
        parent.weight += weight
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _Stop(finding("PW104", node.span, size=f"{MAX_NODES} 项以上", limit=f"{MAX_NODES} 项"))
        if parent.weight > MAX_WEIGHT:
            raise _Stop(finding("PW111", node.span, name="*", reason=f"展开以后超过 {MAX_NODES} 项"))
        if parent.is_list:
            parent.items.append(node)
            return
        key = parent.key
        if key is None:
            if not isinstance(node, Scalar):
                start = node.span.raw[:2].strip() or "["
                self.report("PW108", node.span, start=start, advice=quoting(start))
                node = Scalar(LOST_KEY, node.span)
            parent.key = node
            return
        parent.key = None
        if key.value == LOST_KEY:
            parent.torn = True
            self.lost += node.entries if isinstance(node, Mapping) else ()
            return
        if not key.value:
            self.report("PW105", key.span, reason="冒号前面没有键", advice="在冒号前面写上键；不要的整行删去。")
            parent.torn = True
            return
        if key.value in parent.entries:
            first = parent.keys[key.value].span.pos
            self.report("PW109", key.span, related=((first, "第一次写在这里"),), key=key.value)
            return
        parent.entries[key.value] = node
        parent.keys[key.value] = key

    def report(self, code: str, span: Span, /, *, related: tuple[tuple[Pos, str], ...] = (), **values: object) -> None:
        made = make_finding(code, span, values, related)
        if made not in self.known:  # a second parse finds the same again
            self.found.append(made)
        if len(self.before) + len(self.found) > MAX_FINDINGS:
            raise _Stop(made)

    def scalar(self, event: ScalarEvent) -> tuple[Scalar, int]:
        """The text of an event, and its weight."""
        span = self.span(event)
        if event.tag is not None:
            self.report_tag(span)
        value, style = event.value, event.style
        if style == '"' and "\\" in span.raw and UNSHOWN.search(value):  # characters made by an escape such as "\x1b"
            self.report("PW112", span, code=ord(UNSHOWN.findall(value)[0]))
            value = UNSHOWN.sub("", value)
        if (style or value) and "\n" in span.raw.rstrip():
            value = join_lines(_PROPERTIES.sub("", span.raw, 1), value, style)
        elif style in ("|", ">"):
            value = value.strip("\n")
        node: Scalar = NewScalar(value, span, empty=not style and value in ("", "~", "null"))
        weight = 1 + len(value) // 100
        if event.anchor is not None:
            self.anchors[event.anchor] = node, weight
        return node, weight

    def alias(self, event: Event) -> tuple[Node, int]:
        """The node that an alias stands for, and its weight."""
        name: str = getattr(event, "anchor", "")
        found = self.anchors.get(name)
        if isinstance(found, tuple):
            return found
        span = self.span(event)
        reason = "没有定义；正文以 * 开头时要给整段文字加引号" if found is None else "指向了它自己"
        self.report("PW111", span, name=name, reason=reason)
        return Scalar("", span), 1

    def report_tag(self, span: Span) -> None:
        """A tag such as !!str, as typed."""
        tag = next((word for word in span.raw.split() if word.startswith("!")), "!")
        self.report("PW114", span.find(tag), tag=tag)

    def span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return NewSpan(self.source, start.index if start else 0, end.index if end else 0)


def _parser(text: str) -> _EventParser:
    """The C parser of libyaml if PyYAML has it, else the Python one; both give the same events."""
    import yaml

    if yaml.__with_libyaml__:
        from yaml._yaml import CParser

        return CParser(text)  # type: ignore[return-value]
    return yaml.SafeLoader(text)  # type: ignore[return-value]


if TYPE_CHECKING:

    class _EventParser:
        def get_event(self) -> Event: ...
