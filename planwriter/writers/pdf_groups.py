"""Converts many .docx files to PDF, several LibreOffices at a time, each with a group of files."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.system.office import TIME_LIMIT, Office, find_soffice
from planwriter.system.reasons import reason_of
from planwriter.writers.pdf import TO_PDF, docx_to_pdf, no_office, settle

MAX_GROUP = 50
"""The most documents that one LibreOffice gets at a time: all that is lost if it crashes is done again."""
_GLANCE = 0.05
"""How often a finished document is waited for before a request to stop is heard, in seconds."""


def docx_to_pdfs(
    documents: Sequence[bytes],
    *,
    lanes: int,
    time_limit: float = TIME_LIMIT,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Result[bytes | None]]:
    """Yields what `docx_to_pdf` gives for each document, in order, each as soon as it and those before it are finished.

    Up to `lanes` LibreOffices run at a time. If one fails within a group, the document that it failed at is converted alone,
    which gives its finding, and the others of the group go on. Once `stopped` returns True, the LibreOffices are ended and
    no further result is yielded.
    """
    program = find_soffice()
    if program is None:
        for _ in documents:
            yield Result(None, (no_office(),))
        return
    work = _Work(documents, lanes, time_limit, stopped)
    count = min(lanes, len(work.groups))
    threads = [threading.Thread(target=work.run, args=(program,), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield from work.results()
    finally:
        work.ended = True
        for thread in threads:
            thread.join()


class _Work:
    """The groups that wait, and the results so far; shared by the threads."""

    def __init__(self, documents: Sequence[bytes], lanes: int, time_limit: float, stopped: Callable[[], bool]) -> None:
        self.ended = False
        self.groups = deque(_groups(len(documents), lanes))
        self._documents = documents
        self._time_limit = time_limit
        self._stopped = stopped
        self._made: dict[int, Result[bytes | None]] = {}
        self._fault: BaseException | None = None
        self._news = threading.Condition()

    def results(self) -> Iterator[Result[bytes | None]]:
        """Yields the results in the order of the documents; raises what a thread raised."""
        for number in range(len(self._documents)):
            with self._news:
                while number not in self._made:
                    if self._fault is not None:
                        raise self._fault
                    if self._stopped():
                        return
                    self._news.wait(_GLANCE)
                made = self._made.pop(number)
            yield made

    def run(self, program: str) -> None:
        """The work of one thread: takes one group after the other, and converts it with one LibreOffice."""
        try:
            with Office(program, TO_PDF) as office:
                while not self._is_over():
                    try:
                        group = self.groups.popleft()
                    except IndexError:
                        return
                    self._convert(office, group)
        except BaseException as fault:
            with self._news:
                self._fault = fault
                self._news.notify_all()

    def _convert(self, office: Office, group: list[int]) -> None:
        while group and not self._is_over():
            rest = self._try(office, group)
            if self._is_over():
                return
            alone = rest if office.sound else rest[:1]
            for number in alone:
                made = docx_to_pdf(self._documents[number], time_limit=self._time_limit, stopped=self._is_over)
                if not self._is_over():
                    self._put(number, made)
            group = rest[len(alone) :]

    def _try(self, office: Office, group: list[int]) -> list[int]:
        """Converts a group; returns those of its numbers that have no PDF, in order."""
        rest = dict.fromkeys(group)
        try:
            for at, pdf in office.convert([self._documents[each] for each in group], self._time_limit, self._is_over):
                self._put(group[at], Result(settle(pdf)))
                del rest[group[at]]
        except OSError as error:
            failed = finding("PW806", Pos("PDF"), reason=reason_of(error))
            for number in rest:
                self._put(number, Result(None, (failed,)))
            return []
        return list(rest)

    def _put(self, number: int, made: Result[bytes | None]) -> None:
        with self._news:
            self._made[number] = made
            self._news.notify_all()

    def _is_over(self) -> bool:
        return self.ended or self._stopped()


def _groups(count: int, lanes: int) -> Iterator[list[int]]:
    """The numbers up to `count` in groups for so many lanes; groups that are converted at a time take turns in the numbers."""
    size = min(MAX_GROUP, -(-count // lanes))
    for first in range(0, count, size * lanes):
        block = range(first, min(first + size * lanes, count))
        yield from (list(block[lane::lanes]) for lane in range(min(lanes, len(block))))
