"""The sender's side of a batch on several machines: which files go with the jobs, and whether an answer can be taken.

Only files are sent that lie in the workspace of the outlines (without one: in the folder of an outline, or below it) and that no link
leads to. A job that needs another file is done here; so is one whose answer does not fit.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from planwriter.app.batch.batch import Made
from planwriter.app.batch.record import States
from planwriter.app.batch.shipment import Chunk, Sendable, SharedFiles, identity
from planwriter.findings.finding import Finding
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, field, replace
from planwriter.system import files, watch
from planwriter.system.mirror import is_inside
from planwriter.system.workspace import find_workspace

MAX_BYTES = 32 * 1024 * 1024
"""The most that one chunk, or what all chunks share, may hold; files beyond that stay here with their jobs."""
_NAME = regex(r"[^\s\"'\[\]{}<>|*?,，、；]{1,200}\.(?:xlsx|csv|png|jpe?g|ya?ml)\b", re.I)
_MAX_NAMES = 500
_MAX_LESSONS = 50
"""From how many documents that were made here the shared files are learnt."""
_DEPTH = 2
"""An outline names a superior plan, which names its own workbook of targets."""


@dataclass(slots=True)
class Sender:
    """The files of a batch on this machine."""

    batch: Sendable
    base: str = ""
    """The folder to which paths are relative on the way; "" if nothing can be sent."""
    _shared: dict[str, bytes | None] = field(default_factory=dict)
    _lessons: int = 0
    _states: States = field(default_factory=States)
    _folders: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: Sendable, jobs: Sequence[int], first: Made) -> Sender:
        """The sender of these jobs; `first`, one of them that was made here, shows what all of them need."""
        made = cls(batch)
        named = map(os.path.abspath, batch.named(jobs))
        try:
            made.base = os.path.commonpath({made._root(path) for path in named})
        except ValueError:  # different drives
            return made
        made._shared.update(made._contents(map(os.path.abspath, batch.named(jobs[:1])), {}))
        made.learn(first)
        return made

    def learn(self, made: Made) -> bool:
        """Adds what a document that was made here was made from to the shared files; False if nothing is added."""
        before, self._lessons = len(self._shared), self._lessons + 1
        if self._lessons > _MAX_LESSONS:
            return False
        read = [fact[1:] for fact, state in made.facts if fact[0] != watch.NAMES and state not in ("", "0")]
        self._shared.update(self._contents(filter(os.path.isfile, read), self._shared))
        for fact, state in made.facts:
            if fact[0] == watch.NAMES and state:
                self._shared.update(self._placeholders(fact[1:]))
        return len(self._shared) > before

    def shared(self) -> SharedFiles:
        """What goes to every machine once."""
        sha = hashlib.sha256()
        for name, data in sorted(self._shared.items()):
            sha.update(f"{name}\n{-1 if data is None else len(data)}\n".encode("utf-8", "surrogateescape"))
            sha.update(data or b"")
        return SharedFiles(sha.hexdigest(), dict(self._shared))

    def chunk(self, jobs: Sequence[int]) -> tuple[Chunk | None, tuple[int, ...]]:
        """The chunk of these jobs, and those of them that are in it; None if none of them can be sent."""
        kept: dict[str, bytes | None] = {}
        there = []
        for job in jobs:
            paths = [os.path.abspath(each) for each in self.batch.named([job])]
            found = self._contents(paths, kept)
            if all(self._inner(path) in found or self._inner(path) in self._shared for path in paths):
                kept.update(found)
                kept.update(self._contents(sorted(self._named_in(paths)), kept))
                there.append(job)
        if not there:
            return None, ()
        batch, numbers = self.batch.sent(there, self._inner)
        return Chunk(identity(self.batch.form), batch, tuple(numbers), kept), tuple(there)

    def taken(self, job: int, answer: object) -> Made | None:
        """The answer to a job, with the paths of this machine; None if it is no answer, or is made from other files."""
        made = _checked(answer, self.batch.form)
        if made is None or not self._states.hold(self.base, made.facts):
            return None
        facts = {fact[0] + os.path.normpath(os.path.join(self.base, fact[1:])): state for fact, state in made.facts}
        with watch.accounted(), watch.facts() as searched:
            find_workspace(self.batch.named([job])[0])
        return replace(made, facts=tuple(sorted((facts | searched).items())))

    def _root(self, path: str) -> str:
        """The folder out of which no file of an outline at `path` is sent."""
        folder = os.path.dirname(path)
        if folder not in self._folders:
            workspace = find_workspace(path)
            self._folders[folder] = os.path.dirname(workspace) if workspace else folder
        return self._folders[folder]

    def _inner(self, path: str) -> str:
        return os.path.relpath(os.path.abspath(path), self.base).replace(os.sep, "/")

    def _contents(self, paths: Iterable[str], kept: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
        """The files among `paths` that may be sent and are not shared or kept already."""
        made: dict[str, bytes | None] = {}
        size = sum(len(data or b"") for data in kept.values())
        for path in paths:
            inner = self._inner(path)
            if kept.get(inner) or self._shared.get(inner) or not self._may_go(path, inner):
                continue
            data = files.read_file(path, limit=MAX_BYTES).value
            if data is not None and size + len(data) <= MAX_BYTES:
                size += len(data)
                made[inner] = data
        return made

    def _may_go(self, path: str, inner: str) -> bool:
        real = os.path.join(os.path.realpath(self.base), *inner.split("/"))
        return is_inside(inner) and os.path.isfile(path) and os.path.realpath(path) == real

    def _named_in(self, paths: Iterable[str], depth: int = _DEPTH) -> Iterator[str]:
        """The files that seem to be named in outlines; a text may look like a name and be none."""
        for path in paths:
            if not path.endswith((".yaml", ".yml")):
                continue
            folder, root = os.path.dirname(path), self._root(path)
            text = (files.read_file(path).value or b"").decode("utf-8", "replace")
            for match in list(_NAME.finditer(text))[:_MAX_NAMES]:
                name = re.split("[:：]", match[0])[-1].replace("\\", "/")
                found = os.path.normpath(os.path.join(folder, name))
                if found != path and found.startswith(os.path.join(root, "")) and os.path.isfile(found):
                    yield found
                    if depth > 1:
                        yield from self._named_in([found], depth - 1)

    def _placeholders(self, folder: str) -> Iterator[tuple[str, bytes | None]]:
        """Empty files and folders in the place of what is not sent, so that a folder has the same names elsewhere."""
        for name in files.list_folder(folder):
            path = os.path.join(folder, name)
            inner = self._inner(path)
            if is_inside(inner) and inner not in self._shared:
                yield inner, None if os.path.isdir(path) else b""


def _checked(answer: object, form: str) -> Made | None:
    """A worker's answer if it is one: bytes of the form that was asked for, findings and facts."""
    if not isinstance(answer, Made) or not isinstance(answer.data, bytes | None):
        return None
    findings = isinstance(answer.findings, tuple) and all(isinstance(each, Finding) for each in answer.findings)
    facts = isinstance(answer.facts, tuple) and all(
        len(each) == 2 and all(isinstance(part, str) for part in each) and _is_fact(each[0]) for each in answer.facts
    )
    return answer if findings and facts and _is_whole(answer.data, form) else None


def _is_fact(fact: str) -> bool:
    return fact[:1] in watch.SORTS and (fact[1:] == "." or is_inside(fact[1:]))


def _is_whole(data: bytes | None, form: str) -> bool:
    if data is None or form == "text":
        return True
    from planwriter.app.outputs import is_untouched

    return is_untouched(data, form) is True
