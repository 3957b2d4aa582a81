"""Search for clauses: makes indexes of libraries of generated clauses and searches words of two to six characters.

The peers in the same run are a plain scan and the trigram tokenizer of FTS5, which finds no word of two characters. Each size
is measured in a separate process because of its peak memory.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.effort import Effort
from benchmarks.inputs import ROOT
from benchmarks.measure import tell
from benchmarks.tables import Figures, Table
from planwriter.app.session import Session
from planwriter.clauses.library import Library, open_folder
from planwriter.curation.search import index
from planwriter.curation.search.entry import SearchEntry, load, title_of
from planwriter.curation.search.find import Scan, Searcher
from planwriter.curation.search.query import Query, make_query
from planwriter.curation.search.slots import index_files, key_of, slot_of
from planwriter.curation.search.text import fold, plain
from planwriter.curation.search.topics import Read, Topics
from planwriter.start.records import dataclass

_FILE_OF = 10_000
_PARSED = 2_000
"""The number of clauses that are parsed from YAML to measure parsing."""


def entries(count: int) -> Iterator[SearchEntry]:
    """Clauses generated from the phrases of the built-in ones and as long as these, with new numbers and names."""
    source = Session().built_in().clauses()
    phrases = sorted({piece for clause in source for piece in re.split("[，。；、]", plain(clause.text)) if piece})
    titles = sorted({title_of(clause) for clause in source})
    tags = sorted({tag for clause in source for tag in clause.tags})
    basis = sorted({name for clause in source for name in clause.basis})
    chance = random.Random(20260101)
    for number in range(count):
        text = ""
        while len(text) < 150:
            text += chance.choice(phrases) + f"{chance.randrange(10_000)}项" * (chance.random() < 0.1) + "，"
        title = chance.choice(titles)[: chance.randrange(4, 12)] + chance.choice(phrases)[:4]
        yield SearchEntry(
            f"主题{number % 97}/{title[:8]}{number}", title, "条", text[:-1] + "。", tuple(chance.sample(tags, 2)),
            tuple(chance.sample(basis, 1)), (), chance.choice(((), ("县",), ("市",))), f"{number // _FILE_OF:04}.yaml", number % _FILE_OF * 9 + 1,
        )  # fmt: skip


def queries(sample: list[SearchEntry], count: int) -> list[Query]:
    """Queries with words of two to six characters from the texts of clauses.

    One query in ten is a reversed word, and one in ten has two words.
    """
    chance = random.Random(7)
    made = []
    for number in range(count):
        text = chance.choice(sample).text
        at, length = chance.randrange(len(text) - 6), 2 + number % 5
        word = text[at : at + length]
        if number % 10 == 0:
            word = word[::-1]
        if number % 10 == 5:
            word += " " + text[at // 2 : at // 2 + 2]
        made.append(make_query((word,)))
    return [query for query in made if not query.is_empty]


@dataclass(frozen=True, slots=True)
class Parsed(Topics):
    """Topic files of entries that are already parsed, one per line, in the folder `shown`: only the index is measured."""

    def digests(self) -> dict[str, bytes]:
        return dict(self.files)

    @property
    def size(self) -> int:
        return sum(os.path.getsize(os.path.join(self.shown, name)) for name in self.files)

    def read(self, name: str) -> Read:
        return Read(_lines(os.path.join(self.shown, name)))


def _lines(path: str) -> Iterator[SearchEntry]:
    with open(path, "rb") as file:
        yield from map(load, file)


def _write_out(count: int, folder: Path) -> Parsed:
    folder.mkdir()
    everything = entries(count)
    names = [f"{number:04}.yaml" for number in range((count + _FILE_OF - 1) // _FILE_OF)]
    for name in names:
        with open(folder / name, "wb") as file:
            file.writelines(entry.dump() + b"\n" for entry in islice(everything, _FILE_OF))
    return Parsed(str(folder), dict.fromkeys(names, b""))


def measure(count: int, asked: int, checked: int, folder: Path) -> dict[str, Any]:
    """Measures one size: seconds to make the index, its size, milliseconds of searches, peak memory; the same for the peers."""
    topics = _write_out(count, folder / f"parsed-{count}")
    paths, _ = index_files(str(folder / str(count)), is_large=topics.is_large)
    start = time.perf_counter()
    made = index.Index(paths)
    made.refresh(topics)
    seconds = time.perf_counter() - start
    sample = [
        made.entry(key_of(slot_of(f"{at // _FILE_OF:04}.yaml"), at % _FILE_OF))
        for at in range(0, count, max(1, count // 500))
    ]
    words = queries(sample, asked)
    searcher = Searcher((), None)
    searcher.libraries, searcher._open = (Library(""),), [made]
    times = _times(words, searcher.search)
    found: dict[str, Any] = {
        "clauses": count,
        "seconds": seconds,
        "megabytes": sum(os.path.getsize(path) for path in paths) / 1e6,
        "times": times,
        "peak": _peak(resource.RUSAGE_SELF) + index.processes(len(paths)) * _peak(resource.RUSAGE_CHILDREN),
    }
    if checked:
        scan = Scan(_numbered(count))
        few = words[:checked]
        found["scan"] = _times(few, lambda query: scan.search(query, 1001))
        found["same"] = sum(scan.search(query, count) == made.search(query, count) for query in few)
        found["checked"] = len(few)
        found |= _trigrams(scan, words, folder)
    made.close()
    return found


def _peak(whose: int) -> float:
    """The peak memory of this process or of its largest child process, in MiB; shared memory counts for each."""
    return resource.getrusage(whose).ru_maxrss / 1024


def _numbered(count: int) -> Iterator[tuple[int, SearchEntry]]:
    for number, entry in enumerate(entries(count)):
        yield key_of(slot_of(entry.file), number % _FILE_OF), entry


def _times(asked: list[Query], search: Callable[[Query], object]) -> list[float]:
    found = []
    for query in asked:
        start = time.perf_counter()
        search(query)
        found.append((time.perf_counter() - start) * 1000)
    return found


def _trigrams(scan: Scan, asked: list[Query], folder: Path) -> dict[str, Any]:
    """Measures the trigram tokenizer of FTS5 on the same texts, and counts the words that it misses."""
    base = sqlite3.connect(folder / "trigram.sqlite3", isolation_level=None)
    base.execute("CREATE VIRTUAL TABLE t USING fts5(body, content='', columnsize=0, tokenize='trigram')")
    texts = [(key, fold(entry.title + entry.text)) for key, entry in scan.entries.items()]
    start = time.perf_counter()
    base.execute("BEGIN")
    base.executemany("INSERT INTO t(rowid, body) VALUES(?, ?)", texts)
    base.execute("COMMIT")
    seconds = time.perf_counter() - start

    def ask(query: Query) -> int:
        phrase = " AND ".join(f'"{word}"' for word in query.words)
        return len(base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid LIMIT 1001", (phrase,)).fetchall())

    times = _times(asked, ask)
    misses = sum(ask(query) == 0 and bool(scan.search(query, 1)) for query in asked[:50])
    base.close()
    return {
        "trigram_seconds": seconds,
        "trigram": times,
        "trigram_misses": misses,
        "trigram_asked": min(50, len(asked)),
    }


def parsing(folder: Path) -> float:
    """The milliseconds to parse a clause of a topic file."""
    place = folder / "parsed"
    place.mkdir()
    lines = [
        f"- 条款: {entry.identifier}\n  条: {entry.title}\n  文: '{entry.text}'\n  依据: [{entry.basis[0]}]\n  标签: [{'、'.join(entry.tags)}]\n"
        for entry in entries(_PARSED)
    ]
    (place / "a.yaml").write_text("".join(lines), encoding="utf-8")
    library = open_folder(str(place), "parsed")
    start = time.perf_counter()
    assert len(library.clauses()) == _PARSED and not library.findings
    return (time.perf_counter() - start) * 1000 / _PARSED


def run(folder: Path, effort: Effort) -> Figures:
    """Measures all sizes, each in a separate process; the smallest is compared with the peers."""
    found = []
    for size in effort.clauses:
        tell(f"library: {size} clauses")
        asked, compared = str(effort.searches), str(effort.compared if size == min(effort.clauses) else 0)
        command = [sys.executable, "-m", "benchmarks.library", str(size), asked, compared, str(folder)]
        told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
        found.append(json.loads(told))
    title = f"Finding clauses: {effort.searches} searches of 2 to 6 characters, from words to groups"
    note = f"Parsing YAML comes before the first index: {parsing(folder):.2f} ms a clause."
    return Figures(title, (_sizes(found), _against(found)), (note,))


def _sizes(found: list[dict[str, Any]]) -> Table:
    rows = [
        (
            f"{each['clauses']:,}",
            f"{each['seconds']:.1f}",
            f"{each['megabytes']:.0f}",
            *_spread(each["times"]),
            f"{each['peak']:.0f}",
        )
        for each in found
    ]
    headings = ("clauses", "index s", "index MB", "p50 ms", "p95 ms", "max ms", "peak MiB")
    return Table("the index made from parsed clauses", headings, tuple(rows))


def _against(found: list[dict[str, Any]]) -> Table:
    peers = next(each for each in found if "scan" in each)
    same = f"{peers['same']} of {peers['checked']} as the scan"
    missed = f"{peers['trigram_misses']} of {peers['trigram_asked']} not found"
    ours = statistics.median(peers["times"])
    rows = [
        (name, seconds, *_spread(times), f"{statistics.median(times) / ours:.2f}", results)
        for name, seconds, times, results in (
            ("planwriter's index", f"{peers['seconds']:.1f}", peers["times"], same),
            ("scan", "", peers["scan"], ""),
            ("FTS5 trigram", f"{peers['trigram_seconds']:.1f}", peers["trigram"], missed),
        )
    ]
    headings = ("", "index s", "p50 ms", "p95 ms", "max ms", "p50 / ours", "results")
    return Table(f"against peers, {peers['clauses']:,} clauses", headings, tuple(rows))


def _spread(times: list[float]) -> tuple[str, str, str]:
    """The median, the 95th percentile and the maximum."""
    high = sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
    return (f"{statistics.median(times):.2f}", f"{high:.2f}", f"{max(times):.2f}")


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))))
