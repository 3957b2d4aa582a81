"""Taking back what a command changed: all of its files or none, and nothing that was written since."""

from __future__ import annotations

import itertools
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.app.journal.author_files import change_file, note_all, put_file
from planwriter.app.journal.journal import Step, copy_path, read_changes
from planwriter.app.journal.undo import Undo, changed_lines, old_copy, plan_undo, write_undo
from planwriter.start.digests import sha256


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "planwriter.yaml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(path: Path, *states: str | None, command: str = "targets set") -> None:
    """Changes a file by commands: from each state to the next, each a step."""
    if states[0] is not None:
        path.write_text(states[0], "utf-8")
    for before, after in itertools.pairwise(states):
        data = [each.encode() if each is not None else None for each in (before, after)]
        assert change_file(str(path), data[0], data[1], Step(command)) == ()


def planned(home: Path, path: str = "", *, redo: bool = False, step: int = 0) -> Undo:
    made = plan_undo(str(home), path, redo=redo, step=step)
    assert made.value is not None, made.findings
    return made.value


def take_back(home: Path, path: str = "", *, redo: bool = False, step: int = 0) -> Undo:
    made = planned(home, path, redo=redo, step=step)
    assert write_undo(made) == ()
    return made


def refused(home: Path, path: str = "", *, redo: bool = False, step: int = 0) -> list[str]:
    made = plan_undo(str(home), path, redo=redo, step=step)
    assert made.value is None
    return [each.code for each in made.findings]


def test_the_last_steps_are_taken_back_one_after_the_other(home: Path) -> None:
    path = home / "要点.yaml"
    change(path, "1", "2", "3")
    assert [take_back(home).step for _ in range(2)] == [2, 1]
    assert path.read_text("utf-8") == "1"
    assert refused(home) == ["PW892"]


def test_what_was_taken_back_is_done_again(home: Path) -> None:
    path = home / "要点.yaml"
    change(path, "1", "2", "3")
    for _ in range(2):
        take_back(home)
    for state in ("2", "3"):
        assert take_back(home, redo=True).redo
        assert path.read_text("utf-8") == state
    assert refused(home, redo=True) == ["PW892"]
    take_back(home)
    assert path.read_text("utf-8") == "2"


def test_a_new_change_ends_what_can_be_done_again(home: Path) -> None:
    path = home / "要点.yaml"
    change(path, "1", "2")
    take_back(home)
    change(path, "1", "3")
    assert refused(home, redo=True) == ["PW890"]
    take_back(home)
    assert path.read_text("utf-8") == "1"


def test_the_last_step_of_a_file_is_not_the_last_of_the_folder(home: Path) -> None:
    change(home / "甲.yaml", "1", "2")
    change(home / "乙.yaml", "5", "6")
    assert planned(home).step == 2
    assert take_back(home, "甲.yaml").step == 1
    assert (home / "甲.yaml").read_text("utf-8") == "1" and (home / "乙.yaml").read_text("utf-8") == "6"


def test_a_file_that_moved_on_is_left_alone_and_its_old_state_is_to_be_had(home: Path) -> None:
    path = home / "要点.yaml"
    change(path, "1", "2")
    path.write_text("别人的", "utf-8")
    made = plan_undo(str(home), "要点.yaml")
    assert made.value is None and [each.code for each in made.findings] == ["PW890"]
    assert "--step 1 -o 要点-改以前.yaml" in (made.findings[0].hint or "")
    assert old_copy(str(home), "要点.yaml", 1).value == b"1"
    assert path.read_text("utf-8") == "别人的"


def test_a_file_that_moves_on_while_it_is_asked_is_left_alone(home: Path) -> None:
    path = home / "要点.yaml"
    change(path, "1", "2")
    made = planned(home)
    path.write_text("别人的", "utf-8")
    assert [each.code for each in write_undo(made)] == ["PW890"]
    assert path.read_text("utf-8") == "别人的" and len(read_changes(str(home))) == 1


def test_of_several_files_all_are_taken_back_or_none(home: Path) -> None:
    step = Step("library update")
    for name in ("甲.yaml", "乙.yaml"):
        (home / name).write_text("2", "utf-8")
    assert note_all([(name, b"1", b"2") for name in ("甲.yaml", "乙.yaml")], step) == ()
    (home / "乙.yaml").write_text("3", "utf-8")
    assert refused(home, "甲.yaml") == ["PW890"]
    assert (home / "甲.yaml").read_text("utf-8") == "2"
    (home / "乙.yaml").write_text("2", "utf-8")
    assert len(take_back(home).files) == 2
    assert [(home / name).read_text("utf-8") for name in ("甲.yaml", "乙.yaml")] == ["1", "1"]


def test_if_one_file_cannot_be_written_the_others_stay(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = Step("library update")
    for name in ("a.yaml", "b.yaml"):
        (home / name).write_text("2", "utf-8")
    note_all([(name, b"1", b"2") for name in ("a.yaml", "b.yaml")], step)
    failing = change_file(str(home), b"", b"x", Step("x"))[0]
    monkeypatch.setattr(
        "planwriter.app.journal.undo.put_file",
        lambda path, data: failing if data == b"1" and path.endswith("b.yaml") else put_file(path, data),
    )
    assert [each.code for each in write_undo(planned(home))] == ["PW802"]
    assert [(home / name).read_text("utf-8") for name in ("a.yaml", "b.yaml")] == ["2", "2"]


def test_a_new_file_is_deleted_and_comes_back(home: Path) -> None:
    path = home / "明年.yaml"
    change(path, None, "1", command="roll")
    take_back(home)
    assert not path.exists()
    take_back(home, redo=True)
    assert path.read_text("utf-8") == "1"


def test_a_new_file_that_was_written_on_is_not_deleted(home: Path) -> None:
    path = home / "明年.yaml"
    change(path, None, "1", command="roll")
    path.write_text("写了半天", "utf-8")
    made = plan_undo(str(home), "明年.yaml")
    assert made.value is None and [each.code for each in made.findings] == ["PW890"]
    assert "对照着" in (made.findings[0].hint or "") and path.exists()


def test_a_file_that_was_renamed_is_found(home: Path) -> None:
    change(home / "要点.yaml", "1", "2")
    (home / "要点.yaml").rename(home / "定稿.yaml")
    assert refused(home) == ["PW890"]
    take_back(home, "定稿.yaml")
    assert (home / "定稿.yaml").read_text("utf-8") == "1" and not (home / "要点.yaml").exists()


def test_a_state_that_was_not_kept_cannot_come_back(home: Path) -> None:
    change(home / "要点.yaml", "1", "2")
    Path(copy_path(str(home), sha256(b"1"))).unlink()
    assert refused(home, "要点.yaml") == ["PW891"]
    assert [each.code for each in old_copy(str(home), "要点.yaml", 1).findings] == ["PW891"]
    assert (home / "要点.yaml").read_text("utf-8") == "2"


def test_a_step_by_its_number(home: Path) -> None:
    change(home / "甲.yaml", "1", "2")
    change(home / "乙.yaml", "5", "6", "7")
    assert take_back(home, step=1).step == 1
    assert refused(home, step=1) == ["PW892"]
    assert refused(home, step=2) == ["PW890"]
    assert refused(home, step=99) == ["PW892"]
    assert refused(home, "丙.yaml") == ["PW892"]
    (found,) = plan_undo(str(home), "丙.yaml", redo=False, step=0).findings
    assert found.hint == "记着改动的是别的文件，要撤销的是它，输入 planwriter undo 甲.yaml、planwriter undo 乙.yaml。"
    assert [each.code for each in old_copy(str(home), "丙.yaml", 1).findings] == ["PW892"]


def test_a_file_behind_a_link_that_leads_out_is_left_alone(
    home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    change(home / "要点.yaml", "1", "2")
    other = tmp_path_factory.mktemp("别处") / "要点.yaml"
    other.write_text("2", "utf-8")
    (home / "要点.yaml").unlink()
    (home / "要点.yaml").symlink_to(other)
    assert refused(home) == ["PW807"]
    assert other.read_text("utf-8") == "2"


def test_a_journal_that_is_damaged_says_so_and_the_rest_counts(home: Path) -> None:
    change(home / "要点.yaml", "1", "2")
    text = home / ".planwriter" / "journal" / "journal.txt"
    text.write_bytes(text.read_bytes() + b"\xff\n")
    made = plan_undo(str(home), "要点.yaml")
    assert made.value is not None and [each.code for each in made.findings] == ["PW893"]


def test_lines_that_differ() -> None:
    made = changed_lines("一\n二\n三\n".encode(), "一\n2\n三\n四\n".encode())
    assert made is not None
    assert [(each.number, each.now, each.then) for each in made] == [(2, ("二",), ("2",)), (4, (), ("四",))]


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"a\0b", b"\n" * 6000])
def test_what_is_no_text_or_too_long_is_not_compared(data: bytes) -> None:
    assert changed_lines(data, b"1") is None and changed_lines(b"1", b"2") is not None


def test_paths_are_shown_as_they_are_typed(home: Path) -> None:
    (home / "县").mkdir()
    change(home / "县" / "要点.yaml", "1", "2")
    assert [each.path for each in planned(home).files] == [os.path.join("县", "要点.yaml")]


# any sequence

FILES = ("甲.yaml", "乙.yaml")
DEEDS = st.one_of(
    st.tuples(
        st.just("command"), st.dictionaries(st.sampled_from(FILES), st.sampled_from([None, "1", "2"]), min_size=1)
    ),
    st.tuples(st.just("hand"), st.sampled_from(FILES), st.sampled_from([None, "1", "9"])),
    st.tuples(st.just("undo"), st.sampled_from(["", *FILES])),
    st.tuples(st.just("redo"), st.sampled_from(["", *FILES])),
)


def _states(home: Path) -> dict[str, bytes | None]:
    return {name: (home / name).read_bytes() if (home / name).exists() else None for name in FILES}


@given(st.lists(DEEDS, max_size=12))
@settings(max_examples=50, deadline=None)
def test_any_sequence_of_changes_and_undos_gives_back_the_bytes(deeds: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        home = Path(folder)
        patch.chdir(home)
        patch.setattr("os.fsync", lambda descriptor: None)
        left: dict[int, dict[str, tuple[bytes | None, bytes | None]]] = {}
        """By step: what it found and left, of each file that it changed."""
        for deed, *words in deeds:
            before = _states(home)
            if deed == "hand":
                path = home / words[0]
                path.unlink(missing_ok=True) if words[1] is None else path.write_text(words[1], "utf-8")
                continue
            if deed == "command":
                after = {name: text.encode() if text is not None else None for name, text in words[0].items()}
                changed = {name: (before[name], data) for name, data in after.items() if before[name] != data}
                step = Step("targets set")
                for name, (was, data) in changed.items():
                    assert change_file(name, was, data, step) == ()
                if changed:
                    (number,) = step.numbers.values()
                    left[number] = changed
                continue
            made = plan_undo(str(home), words[0], redo=deed == "redo").value
            if made is None:
                assert _states(home) == before
                continue
            assert write_undo(made) == ()
            after = _states(home)
            back = {name: after[name] for name, (was, now) in left[made.step].items()}
            assert back == {name: was for name, (was, now) in left[made.step].items()}, "as the step found it"
            assert all(before[name] in states for name, states in left[made.step].items()), "nothing else was there"
            assert all(after[name] == before[name] for name in FILES if name not in left[made.step])
            number = max(each.step for each in read_changes(str(home)))
            left[number] = {name: (before[name], after[name]) for name in FILES if before[name] != after[name]}


@given(st.lists(st.sampled_from(["1", "2", "3"]), min_size=1, max_size=8))
@settings(max_examples=15, deadline=None)
def test_as_many_undos_as_changes_give_back_the_beginning_and_as_many_redos_the_end(states: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda descriptor: None)
        home, path = Path(folder), Path(folder) / "要点.yaml"
        texts = [each for each, _ in itertools.groupby(["0", *states])]
        change(path, *texts)
        for redo, wanted in ((False, texts[-2::-1]), (True, texts[1:]), (False, texts[-2::-1])):
            for state in wanted:
                take_back(home, str(path), redo=redo)
                assert path.read_text("utf-8") == state
            assert refused(home, str(path), redo=redo) != []
