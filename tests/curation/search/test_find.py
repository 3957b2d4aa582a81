"""Search for clauses: the index agrees with a scan, survives damage to its file, and groups similar clauses."""

import multiprocessing
import os
import signal
import sqlite3
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.app.session import Session
from planwriter.clauses.library import Library, open_folder
from planwriter.curation.search import index, shard, topics
from planwriter.curation.search.alike import group_alike
from planwriter.curation.search.entry import SearchEntry, fields_of, load, title_of
from planwriter.curation.search.find import Scan, Searcher, excerpt
from planwriter.curation.search.query import Query, make_query, tier_of
from planwriter.curation.search.slots import key_of, range_of, slot_of
from planwriter.curation.search.text import _CHANGING, _FOLDING, cut, fold, fold_all, pairs, plain
from planwriter.curation.search.topics import Read, Topics
from planwriter.start.records import dataclass
from planwriter.system import files
from planwriter.system.processes import Pool

_CHARACTERS = "师德教风县全aA1１ ，％%\"'*^:(){}-+\n①𠮷é"
_TEXT = st.text(st.sampled_from(_CHARACTERS), max_size=12)
_WORDS = st.lists(st.sampled_from(["师德", "教师", "A1"]) | _TEXT, max_size=3).map(tuple)
_NAMES = st.lists(st.sampled_from(["工作要点", "县", "市", "师德"]), max_size=2, unique=True).map(tuple)
_ENTRY = st.builds(
    SearchEntry, _TEXT, _TEXT, st.just("条"), _TEXT, _WORDS, _WORDS, _NAMES, _NAMES, st.just("甲.yaml"), st.just(1)
)
_QUERY = st.builds(
    lambda words, tags, kind, level, basis: make_query(words, tags=tags, kind=kind, level=level, basis=basis),
    _WORDS, st.lists(_TEXT, max_size=1).map(tuple), st.sampled_from(["", "工作要点"]), st.sampled_from(["", "县", "县级市"]),
    st.lists(_TEXT, max_size=1).map(tuple),
)  # fmt: skip


_FILES = ("甲.yaml", "丙.yaml", "戊.yaml", "己.yaml")


@dataclass(frozen=True, slots=True)
class _Parsed(Topics):
    """Topic files with ready-made entries: each file gets every fourth one."""

    entries: tuple[SearchEntry, ...] = ()

    def read(self, name: str) -> Read:
        return Read(self.entries[_FILES.index(name) :: len(_FILES)])


def _topics(entries: Sequence[SearchEntry], digest: bytes = b"1") -> _Parsed:
    return _Parsed("", dict.fromkeys(_FILES, digest), entries=tuple(entries))


def _index(*entries: SearchEntry, shards: int = 1) -> index.Index:
    made = index.Index([":memory:"] * shards)
    made.refresh(_topics(entries))
    return made


def _scan(*entries: SearchEntry) -> Scan:
    topics = _topics(entries)
    return Scan(
        (key_of(slot_of(name), position), entry)
        for name in _FILES
        for position, entry in enumerate(topics.read(name).entries)
    )


@settings(max_examples=150)
@given(st.lists(_ENTRY, max_size=9), st.lists(_QUERY, min_size=1, max_size=6), st.integers(1, 8), st.integers(1, 4))
def test_the_index_finds_what_a_scan_finds_in_the_same_order(
    entries: list[SearchEntry], queries: list[Query], limit: int, shards: int
) -> None:
    made, scan = _index(*entries, shards=shards), _scan(*entries)
    for query in queries:
        assert made.search(query, limit) == scan.search(query, limit)
    assert all(made.entry(key) == entry for key, entry in scan.entries.items())
    made.close()


@given(st.lists(_ENTRY, max_size=5), st.lists(_ENTRY, max_size=5), _QUERY, st.integers(1, 4))
def test_an_updated_index_equals_a_new_one(
    before: list[SearchEntry], after: list[SearchEntry], query: Query, shards: int
) -> None:
    made = _index(*before, shards=shards)
    made.refresh(_topics(after, b"2"))
    assert made.search(query, 99) == _scan(*after).search(query, 99)
    made.close()


def test_topic_files_fall_into_several_shards() -> None:
    assert {range_of(slot_of(name), 4) for name in _FILES} == {0, 1, 2, 3}
    assert [range_of(slot, 8) for slot in (0, (1 << 40) - 1)] == [0, 7]


@given(st.lists(_TEXT | st.sampled_from(["\ue000", "一\ue000二"]), min_size=1, max_size=5))
def test_texts_folded_together_are_folded_each(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(_TEXT, _WORDS)
def test_a_cut_text_is_the_text_and_its_marked_pieces_hold_the_words(text: str, words: tuple[str, ...]) -> None:
    folded = tuple(fold(word) for word in words)
    pieces = cut(text, folded)
    assert "".join(piece for piece, _ in pieces) == text
    if any(word and word in fold(text) for word in folded):
        assert any(is_word for _, is_word in pieces)


@given(st.text(max_size=30))
def test_a_folded_text_holds_no_character_that_means_something_to_the_index(text: str) -> None:
    assert not any(mark.isascii() for mark in fold(text))
    assert pairs(fold(text)).count(" ") == max(len(fold(text)) - 1, 0)


def test_the_characters_passed_over_fold_to_themselves() -> None:
    same = [mark for mark in map(chr, range(0x3000, 0x10000)) if not _CHANGING.match(mark)] + ["“", "”"]
    assert len(same) > 20_000
    assert [mark for mark in same if _FOLDING[ord(mark)] != mark] == []


@given(_ENTRY)
def test_an_entry_is_read_as_it_was_kept(entry: SearchEntry) -> None:
    assert load(entry.dump()) == entry


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"[1]", b"\xff", b'["a","b","c","d",1]'])
def test_what_is_no_entry_is_reported_as_such(data: bytes) -> None:
    with pytest.raises(ValueError):
        load(data)


def test_the_better_answer_comes_first() -> None:
    def entry(title: str, text: str = "", tags: tuple[str, ...] = (), basis: tuple[str, ...] = ()) -> SearchEntry:
        return SearchEntry("甲/乙", title, "条", text, tags, basis, (), (), "甲.yaml", 1)

    entries = [
        entry("办好学校", "教师先讲师德。"),
        entry("办好学校", "抓好师德教师。"),
        entry("办好学校", basis=("师德教师准则",)),
        entry("教师管理", tags=("师德",)),
        entry("教师讲师德"),
        entry("加强师德教师"),
        entry("师德教师"),
        entry("办好学校", "师德"),
    ]
    tiers = [tier_of(make_query(("师德", "教师")), fields_of(each)) for each in entries]
    assert tiers == [5, 4, 4, 3, 2, 1, 0, None]
    made = _index(*entries)
    assert [tier for tier, _ in made.search(make_query(("师德 教师",)), 9)] == [0, 1, 2, 3, 4, 4, 5]


def test_a_word_is_found_whatever_its_width_case_and_spaces_but_not_across_texts() -> None:
    made = _index(SearchEntry("甲/乙", "用ＡＩ 助教", "条", "提高到95％\n以上", (), (), (), (), "甲.yaml", 1))
    for word in ("ai", "Ai助", "９５%", "教", "％"):
        assert len(made.search(make_query((word,)), 9)) == 1, word
    assert made.search(make_query(("％以上",)), 9) == []
    assert made.search(make_query(("助教提高",)), 9) == []


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "师德*", "NEAR(师 德)", "title:师德", "师德 OR 教师", "-师德", "(((", "'; DROP TABLE entries; --", "\x00", "\ue000",
     "，。；", "师" * 10_000, "师 德 " * 5_000, " ".join(map(str, range(10_000))), "\ud800", ""],
)  # fmt: skip
def test_nothing_typed_as_a_word_fails_and_the_index_agrees(typed: str) -> None:
    entries = [
        SearchEntry("甲/乙", "师德", "条", each, (typed,), (), (), (), "甲.yaml", 1)
        for each in ("师" * 20_000, typed[:50_000], "教师")
    ]
    made, scan = _index(*entries), _scan(*entries)
    for query in (
        make_query((typed,)),
        make_query((), tags=(typed,)),
        make_query((), basis=(typed,), kind=typed, level=typed),
    ):
        assert made.search(query, 9) == scan.search(query, 9)


# the file of the index


def _library(folder: Path, text: str = "抓好师德。", name: str = "甲.yaml") -> Library:
    folder.mkdir(exist_ok=True)
    (folder / "library.yaml").write_text("名称: 甲\n版本: 1.0.0\n", "utf-8")
    (folder / name).write_text(f"- 条款: 甲/{name[0]}\n  条: 标题\n  文: {text}\n", "utf-8")
    return open_folder(str(folder), "甲")


def _texts(searcher: Searcher, word: str) -> list[str]:
    found = [hit.entry.text for group in searcher.search(make_query((word,))).groups for hit in group]
    searcher.close()
    return found


def test_only_a_changed_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _library(tmp_path / "库")
    Searcher((_library(tmp_path / "库", "讲好师德。", "乙.yaml"),), str(tmp_path)).close()
    changed = _library(tmp_path / "库", "师德考核。", "乙.yaml")
    read, really = [], Topics.read

    def note(self: Topics, name: str) -> Read:
        read.append(name)
        return really(self, name)

    monkeypatch.setattr(Topics, "read", note)
    assert sorted(_texts(Searcher((changed,), str(tmp_path)), "师德")) == ["师德考核。", "抓好师德。"]
    assert read == ["乙.yaml"]
    (tmp_path / "库" / "甲.yaml").unlink()
    assert _texts(Searcher((open_folder(str(tmp_path / "库"), "甲"),), str(tmp_path)), "师德") == ["师德考核。"]


def _damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "of another version":
        with sqlite3.connect(path) as base:
            base.execute("UPDATE made SET by = 'planwriter 99'")
        base.close()
    elif how == "without a table":
        with sqlite3.connect(path) as base:
            base.execute("DROP TABLE entries")
        base.close()
    elif how == "with entries of another kind":
        with sqlite3.connect(path) as base:
            base.execute("UPDATE entries SET data = x'00'")
        base.close()
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "cut off":
        path.write_bytes(data[: len(data) // 2])
    elif how == "no database":
        path.write_bytes(b"x" * len(data))
    elif how == "overwritten within":
        path.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    elif how == "deleted":
        path.unlink()


@pytest.mark.parametrize(
    "how",
    [
        "of another version",
        "without a table",
        "with entries of another kind",
        "emptied",
        "cut off",
        "no database",
        "overwritten within",
        "deleted",
    ],
)
def test_a_damaged_index_is_rebuilt(tmp_path: Path, how: str) -> None:
    library = _library(tmp_path / "库")
    Searcher((library,), str(tmp_path)).close()
    (path,) = tmp_path.glob("*.sqlite3")
    _damage(path, how)
    assert _texts(Searcher((library,), str(tmp_path)), "师德") == ["抓好师德。"]
    again = Searcher((library,), str(tmp_path))
    assert _texts(again, "师德") == ["抓好师德。"]
    assert again.without_index == {}


def test_if_nothing_can_be_written_clauses_are_scanned(tmp_path: Path) -> None:
    library = _library(tmp_path / "库")
    (tmp_path / "文件").write_text("x")
    searcher = Searcher((library,), str(tmp_path / "文件"))
    assert searcher.without_index == {0: "索引文件打不开"}
    assert _texts(searcher, "师德") == ["抓好师德。"]
    assert _texts(Searcher((library,), None), "师德") == ["抓好师德。"]


def test_an_index_that_holds_is_not_written_to_so_that_a_read_only_disk_will_do(tmp_path: Path) -> None:
    library = _library(tmp_path / "库")
    Searcher((library,), str(tmp_path)).close()
    (path,) = tmp_path.glob("*.sqlite3")
    path.chmod(0o400)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    searcher = Searcher((library,), str(tmp_path))
    assert _texts(searcher, "师德") == ["抓好师德。"]
    assert searcher.without_index == {}
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_without_fts5_clauses_are_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard, "_TABLES", shard._TABLES.replace("fts5", "fts6"))
    searcher = Searcher((_library(tmp_path / "库"),), str(tmp_path))
    assert "fts6" in searcher.without_index[0]
    assert _texts(searcher, "师德") == ["抓好师德。"]


def test_an_index_locked_by_a_different_process_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard, "_WAIT", 0.05)
    library = _library(tmp_path / "库")
    Searcher((library,), str(tmp_path)).close()
    (path,) = tmp_path.glob("*.sqlite3")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    searcher = Searcher((library,), str(tmp_path))
    assert _texts(searcher, "师德") == ["抓好师德。"]
    assert "正在用索引" in searcher.without_index[0]
    other.close()
    assert path.exists()


def _search_there(folder: str) -> list[str]:
    library = open_folder(os.path.join(folder, "库"), "甲")
    return _texts(Searcher((library,), folder), "师德")


def test_two_processes_may_make_the_index_at_once(tmp_path: Path) -> None:
    _library(tmp_path / "库")
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.map(_search_there, [str(tmp_path)] * 6) == [["抓好师德。"]] * 6


def test_the_cache_is_the_users_own_and_made_when_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    assert files.cache_folder() == str(tmp_path / "c" / "planwriter")
    assert (tmp_path / "c" / "planwriter").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert files.cache_folder() == str(tmp_path / ".cache" / "planwriter")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "")
    assert files.cache_folder() is None
    (tmp_path / "f").write_text("")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "f"))
    assert files.cache_folder() is None


# a large library


def _large(folder: Path, monkeypatch: pytest.MonkeyPatch, count: int = 12) -> Library:
    """A library of several topic files that is treated as a large one."""
    monkeypatch.setattr(topics, "LARGE", 1)
    monkeypatch.setattr("planwriter.curation.search.index.cores", lambda: 2)
    for number in range(count):
        made = _library(folder, f"抓好师德第{number}项。", f"{number:02}.yaml")
    return made


def _all_texts(searcher: Searcher) -> list[str]:
    return sorted(_texts(searcher, "师德"))


def test_a_large_library_is_indexed_by_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, told = _large(tmp_path / "库", monkeypatch), []
    assert _all_texts(Searcher((library,), str(tmp_path), lambda *done: told.append(done))) == _all_texts(
        Searcher((library,), None)
    )
    assert told == [(done, 8) for done in range(1, 9)]
    assert len(list(tmp_path.glob("*-?.sqlite3"))) == 8
    monkeypatch.setattr(Topics, "read", lambda self, name: pytest.fail("nothing changed"))
    assert len(_all_texts(Searcher((library,), str(tmp_path)))) == 12


def test_a_library_that_grows_or_shrinks_leaves_no_other_index_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = _large(tmp_path / "库", monkeypatch)
    monkeypatch.setattr(topics, "LARGE", 2 << 20)
    Searcher((library,), str(tmp_path)).close()
    small = list(tmp_path.glob("*.sqlite3"))
    assert len(small) == 1
    monkeypatch.setattr(topics, "LARGE", 1)
    assert len(_all_texts(Searcher((library,), str(tmp_path)))) == 12
    assert len(list(tmp_path.glob("*.sqlite3"))) == 8 and not small[0].exists()
    monkeypatch.setattr(topics, "LARGE", 2 << 20)
    assert len(_all_texts(Searcher((library,), str(tmp_path)))) == 12
    assert list(tmp_path.glob("*.sqlite3")) == small


@pytest.mark.parametrize("how", ["none to be had", "they die", "they die half way"])
def test_if_processes_fail_the_index_is_made_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    library = _large(tmp_path / "库", monkeypatch)
    here, run = os.getpid(), index._ShardJob.run

    def die(job: index._ShardJob) -> None:
        if os.getpid() != here and (how == "they die" or job.number > 3):
            os._exit(1)
        run(job)

    def none(*_: object, **__: object) -> None:
        raise OSError("no semaphores")

    if how == "none to be had":
        monkeypatch.setattr(index, "Pool", none)
    else:
        monkeypatch.setattr(index, "Pool", partial(Pool, context=multiprocessing.get_context("fork")))
        die.__name__ = "run"  # the name by which a method is passed to a process
        monkeypatch.setattr(index._ShardJob, "run", die)
    searcher = Searcher((library,), str(tmp_path))
    assert searcher.without_index == {}
    assert len(_all_texts(searcher)) == 12


@pytest.mark.skipif(os.name == "nt", reason="there is no alarm")
def test_who_stops_it_does_not_wait_for_the_shards_that_are_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(job: index._ShardJob) -> None:
        time.sleep(600)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    library = _large(tmp_path / "库", monkeypatch)
    monkeypatch.setattr(index, "Pool", partial(Pool, context=multiprocessing.get_context("fork")))
    monkeypatch.setattr(index._ShardJob, "run", run)
    before = signal.signal(signal.SIGALRM, stop)
    begun = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        with pytest.raises(KeyboardInterrupt):
            Searcher((library,), str(tmp_path))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - begun < 300


@pytest.mark.parametrize("how", ["overwritten within", "cut off", "of another version", "deleted", "without a table"])
def test_a_damaged_shard_is_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    library = _large(tmp_path / "库", monkeypatch)
    Searcher((library,), str(tmp_path)).close()
    _damage(sorted(tmp_path.glob("*-?.sqlite3"))[3], how)
    assert len(_all_texts(Searcher((library,), str(tmp_path)))) == 12
    again = Searcher((library,), str(tmp_path))
    assert len(_all_texts(again)) == 12 and again.without_index == {}


def test_a_file_that_could_not_be_read_completely_is_reported_each_time(tmp_path: Path) -> None:
    library = _library(tmp_path / "库")
    (tmp_path / "库" / "乙.yaml").write_text("- 条款: 乙/乙\n  条: 标题\n  文字: 师德\n- 条款: [", "utf-8")
    library = open_folder(str(tmp_path / "库"), "甲")
    for _ in range(2):
        searcher = Searcher((library,), str(tmp_path))
        assert searcher.torn == {0: ("乙.yaml",)}
        searcher.close()


# what is shown


def test_clauses_that_are_alike_stand_in_one_group() -> None:
    base = "坚持师德师风第一标准，严格师德考核结果运用，坚决查处违反师德行为。"
    assert group_alike([base, "办好食堂。", base.replace("坚决", "从严")], 9) == [[0, 2], [1]]
    assert group_alike(["一二三", "四五六", "一二三"], 1) == [[0, 2]]
    assert group_alike(["", "一", "一"], 9) == [[0], [1, 2]]


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=9), max_size=12), st.integers(1, 12))
def test_groups_hold_what_has_seven_tenths_of_its_pairs_in_common(texts: list[str], most: int) -> None:
    sets = [{text[at : at + 2] for at in range(len(text) - 1)} or {text} for text in texts]
    groups: list[list[int]] = []
    for number, own in enumerate(sets):
        for group in groups:
            if 10 * len(own & sets[group[0]]) >= 7 * len(own | sets[group[0]]):
                group.append(number)
                break
        else:
            groups += [[number]] if len(groups) < most else []
    assert group_alike(texts, most) == groups


def test_the_nearer_library_comes_first_and_hides_the_farther(tmp_path: Path) -> None:
    near, far = _library(tmp_path / "近"), _library(tmp_path / "远")
    searcher = Searcher((near, far), str(tmp_path))
    (group,) = searcher.search(make_query(("师德",))).groups
    assert [hit.library for hit in group] == [0, 1]
    assert [searcher.hidden(hit) for hit in group] == [False, True]
    searcher.close()


def test_an_excerpt_shows_the_first_word() -> None:
    text = "一" * 100 + "师德" + "二" * 100
    assert "师德" in excerpt(text, ("师德",), 20)
    assert excerpt(text, ("师德",), 20).strip("…") in text
    assert excerpt("开头\n师德好", ("师德",), 20) == "师德好"
    assert excerpt("", ("师德",), 20) == ""


def test_holes_are_shown_as_what_they_stand_for() -> None:
    assert plain("讲{{ 参数.场次 }}场{% if a %}。{% endif %}") == "讲〔场次〕场。"


@pytest.mark.parametrize("each", [31, pytest.param(1, marks=pytest.mark.long)])
def test_the_built_in_library_is_found_by_its_clauses_own_words(each: int, tmp_path: Path) -> None:
    """Those of every 31st clause."""
    made = (Session().built_in(),)
    indexed, scanned = Searcher(made, str(tmp_path)), Searcher(made, None)
    for clause in made[0].clauses()[::each]:
        for word in (title_of(clause), plain(clause.text)[:6] or clause.identifier, clause.identifier):
            found = indexed.search(make_query((plain(word),)))
            assert found == scanned.search(make_query((plain(word),)))
            assert found.count
    indexed.close()
