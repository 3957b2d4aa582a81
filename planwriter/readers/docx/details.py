"""Reads what a .docx has besides text: properties, names of people, the attached template, embedded files, macros."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planwriter.readers.docx.document import FileDetails, Property
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.xml import Handler, Node
from planwriter.start.patterns import regex

MAX_DETAILS = 200
"""The most details of one kind that are kept."""
_MAX_VALUE = 200
_PROPERTY_KINDS = ("core-properties", "extended-properties", "custom-properties")
_OBJECT = regex(r"(?:^|/)(?:embeddings|activeX)/[^/]+\.(?!xml$|rels$)\w+$", 2)
_MACRO = regex(r"(?:^|/)(?:vbaProject|jsaProject|JDEData)\.bin$", 2)
_NOTHING = frozenset[str]()


def read_details(
    package: Package, parts: dict[str, str], variables: Iterable[str], sources: Iterable[str]
) -> FileDetails:
    """The details of a file.

    `parts` are the paths of the parts that the text is related to, by kind; `variables` are the names of the document
    variables, `sources` the targets that parts of the text link to.
    """
    outside = list(package.relationships(parts.get("settings", "")).outside.values()) if "settings" in parts else []
    templates = [target for kind, target in outside if kind == "attachedTemplate"]
    linked = [*sources, *(target for kind, target in outside if kind != "attachedTemplate")]
    return FileDetails(
        properties=_properties(package),
        people=_attributes(package, parts.get("people", ""), "person"),
        comments=_attributes(package, parts.get("comments", ""), "comment"),
        variables=tuple(variables)[:MAX_DETAILS],
        template=templates[0] if templates else "",
        sources=tuple(dict.fromkeys(linked))[:MAX_DETAILS],
        objects=tuple(sorted(name for name in package.names if _OBJECT.search(name))),
        macros=tuple(sorted(name for name in package.names if _MACRO.search(name))),
    )


def _properties(package: Package) -> tuple[Property, ...]:
    found: list[Property] = []
    for kind, path in package.related("").values():
        if kind in _PROPERTY_KINDS:
            package.read(path, _Root(path, found.append))
    return tuple(found[:MAX_DETAILS])


def _attributes(package: Package, part: str, element: str) -> tuple[str, ...]:
    """The attribute `author` of each element of that name below the root of a part."""
    found: list[str] = []

    def take(node: Node) -> None:
        if node.name.rpartition("}")[2] == element:
            found.append(next((value for key, value in node.attributes.items() if key.endswith("author")), ""))

    package.read_children(part, take, _NOTHING)
    return tuple(found)


class _Root(Handler):
    """Above the root of a part with properties; its children are the properties."""

    __slots__ = ("_is_above", "_part", "_take")

    def __init__(self, part: str, take: Callable[[Property], None], *, is_above: bool = True) -> None:
        self._part, self._take, self._is_above = part, take, is_above

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if self._is_above:
            return _Root(self._part, self._take, is_above=False)
        return _Value(self._part, attributes.get("name", name.rpartition("}")[2]), self._take)


class _Value(Handler):
    """A property: its text at every depth."""

    __slots__ = ("_name", "_part", "_take", "_texts", "_whole")

    def __init__(self, part: str, name: str, take: Callable[[Property], None]) -> None:
        self._part, self._name, self._take = part, name[:_MAX_VALUE], take
        self._texts: list[str] = []
        self._whole = 0

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return _Inner(self.text)

    def text(self, data: str) -> None:
        if self._whole < _MAX_VALUE:
            self._texts.append(data)
            self._whole += len(data)

    def end(self) -> None:
        value = "".join(self._texts)[:_MAX_VALUE].strip()
        if value:
            self._take(Property(self._part, self._name, value))


class _Inner(Handler):
    """An element in a property; its text belongs to the property."""

    __slots__ = ("_take",)

    def __init__(self, take: Callable[[str], None]) -> None:
        self._take = take

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return self

    def text(self, data: str) -> None:
        self._take(data)
