"""Jobs that are sent to another machine: which files go with them, what comes back, and what is done at home instead."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from planwriter.app.batch import shipment
from planwriter.app.batch.batch import Made, run_here
from planwriter.app.batch.outline_batch import Outlines
from planwriter.app.batch.rows import Rows
from planwriter.app.batch.sender import Sender
from planwriter.app.batch.shipment import Sendable, do_chunk, leave_site
from planwriter.app.session import Session
from planwriter.start.records import replace
from planwriter.system import watch
from planwriter.system.mirror import Mirror, is_inside
from tests.app.naming import make_workspace
from tests.support import outline


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which outlines name everything that they can name, and the folder of a worker beside it."""
    (tmp_path / "worker").mkdir()
    (tmp_path / "county").mkdir()
    monkeypatch.chdir(tmp_path / "county")
    make_workspace()
    return tmp_path


def outlines(*paths: str, form: str = "docx") -> Outlines:
    return Outlines(session=Session(), paths=paths, form=form)


def sent_files(batch: Sendable, jobs: Sequence[int]) -> tuple[Sender, set[str]]:
    with watch.accounted():
        sender = Sender.of(batch, jobs, next(run_here(batch, jobs[:1])))
        chunk, _ = sender.chunk(jobs[1:])
    return sender, {*sender.shared().files, *(chunk.files if chunk else ())}


def far(batch: Sendable, jobs: Sequence[int], folder: Path) -> list[Made | None]:
    """What comes back for all jobs but the first, done in the folder of a worker and checked."""
    with watch.accounted():
        sender = Sender.of(batch, jobs, next(run_here(batch, jobs[:1])))
        chunk, there = sender.chunk(jobs[1:])
        if chunk is None:
            return [None] * (len(jobs) - 1)
        before = os.getcwd()
        try:
            os.chdir(folder / "worker")
            made = do_chunk(sender.shared(), chunk, str(folder / "worker"))
        finally:
            os.chdir(before)
            leave_site()
        assert isinstance(made, list)
        answers = dict(zip(there, made, strict=True))
        return [sender.taken(job, answers.get(job)) for job in jobs[1:]]


def near(batch: Sendable, jobs: Sequence[int]) -> list[Made]:
    with watch.accounted():
        return list(run_here(batch, jobs))[1:]


def test_another_machine_gives_what_this_one_does(folder: Path) -> None:
    paths = ("甲.yaml", "乙.yaml", "丙.yaml", "错.yaml")
    assert far(outlines(*paths), range(4), folder) == near(outlines(*paths), range(4))
    assert os.listdir(folder / "worker") == []


def test_rows_are_made_there_too(folder: Path) -> None:
    def rows() -> Rows:
        return Rows(session=Session().at("丁.yaml"), outline="丁.yaml", workbook="校.csv", sheet="", form="docx")

    made = far(rows(), range(5), folder)
    assert [each and (each.data, each.findings) for each in made] == [
        (each.data, each.findings) for each in near(rows(), range(5))
    ]


def test_an_outline_of_a_folder_above_and_paths_as_typed(folder: Path) -> None:
    paths = ("../county/甲.yaml", str(folder / "county/乙.yaml"), "下/../丙.yaml", "./错.yaml")
    Path("下").mkdir()
    made = far(outlines(*paths), range(4), folder)
    assert made == near(outlines(*paths), range(4))
    assert made[2] is not None and made[2].findings[0].pos.file == "./错.yaml"


def test_what_outlines_need_goes_with_them_and_nothing_else(folder: Path) -> None:
    Path("别的.csv").write_text("秘密", "utf-8")
    _, names = sent_files(outlines("甲.yaml", "丙.yaml"), range(2))
    wanted = {"planwriter.yaml", "甲.yaml", "丙.yaml", "指标.csv", "上级.yaml", "图.png", "县库/题.yaml", "本县.yaml"}
    assert wanted <= names and "别的.csv" not in names


@pytest.mark.skipif(os.name != "posix", reason="links want rights on Windows")
def test_nothing_outside_the_workspace_is_sent(folder: Path) -> None:
    (folder / "秘密.csv").write_text("键,数值,单位\n新建,3,所\n", "utf-8")
    (folder / "密.yaml").write_text("x: 1\n", "utf-8")
    Path("链.csv").symlink_to(folder / "秘密.csv")
    for name, book in (("外.yaml", "../秘密.csv"), ("连.yaml", "链.csv")):
        text = outline(extra=f"指标: {book}\n", lead="总体要求: 新建{{ 指标.新建 }}。\n")
        Path(name).write_text(text + "# ../密.yaml /etc/hosts.yaml\n", "utf-8")
    paths = ("甲.yaml", "外.yaml", "连.yaml", "丙.yaml")
    names = sent_files(outlines(*paths), range(4))[1]
    assert not any("密" in name or "链" in name or ".." in name for name in names)
    made = far(outlines(*paths), range(4), folder)
    assert made[:2] == [None, None] and made[2] is not None, "they are made at home"


def test_an_outline_outside_every_workspace_sends_its_own_folder_only(folder: Path) -> None:
    Path("planwriter.yaml").unlink()
    (folder / "上级.yaml").write_text(outline(extra="指标:\n  新建: {数值: 1, 单位: 所}\n"), "utf-8")
    Path("县.yaml").write_text(outline(extra="上级文件: ../上级.yaml\n"), "utf-8")
    assert "上级.yaml" not in {
        os.path.basename(each) for each in sent_files(outlines("乙.yaml", "县.yaml"), range(2))[1]
    }
    assert far(outlines("乙.yaml", "县.yaml"), range(2), folder) == [None]


def test_a_file_that_changes_meanwhile_is_made_at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shipment._Site.do

    def do(site: shipment._Site, chunk: shipment.Chunk) -> object:
        made = list(real(site, chunk))
        (folder / "county/指标.csv").write_text("键,数值,单位\n新建,9,所\n", "utf-8")
        return made

    monkeypatch.setattr(shipment._Site, "do", do)
    made = far(outlines("丙.yaml", "甲.yaml", "乙.yaml"), range(3), folder)
    assert made[0] is None and made[1] is not None


def test_another_planwriter_is_refused(folder: Path) -> None:
    with watch.accounted():
        batch = outlines("甲.yaml", "乙.yaml")
        sender = Sender.of(batch, range(2), next(run_here(batch, range(1))))
        chunk, _ = sender.chunk([1])
    assert chunk is not None
    other = replace(chunk, identity="planwriter 9.9.9")
    assert do_chunk(sender.shared(), other, str(folder / "worker")) == chunk.identity
    assert os.listdir(folder / "worker") == []


def test_a_worker_within_a_workspace_of_its_own_is_refused(folder: Path) -> None:
    (folder / "worker/planwriter.yaml").touch()
    with pytest.raises(AssertionError):
        far(outlines("甲.yaml", "乙.yaml"), range(2), folder)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"PK",
        "text",
        Made("text"),  # type: ignore[arg-type]
        Made(b"PK\x03\x04 no .docx of ours"),
        Made(None, ["no tuple"]),  # type: ignore[arg-type]
        Made(None, ("no finding",)),  # type: ignore[arg-type]
        Made(None, (), (("=../../etc/passwd", "1"),)),
        Made(None, (), (("=/etc/passwd", "1"),)),
        Made(None, (), (("*x", "1"),)),
        Made(None, (), (("=x", 1),)),  # type: ignore[arg-type]
        Made(None, (), ("=x",)),  # type: ignore[arg-type]
        Made(None, (), (("=甲.yaml", "0" * 32),)),
    ],
)
def test_what_is_no_answer_is_not_taken(folder: Path, answer: object) -> None:
    sender, _ = sent_files(outlines("甲.yaml", "乙.yaml"), range(2))
    assert sender.taken(1, answer) is None


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a//x", "", ".", "C:/x", "a\\..\\x", "x\0"])
def test_nothing_is_laid_out_beside_the_folder_of_a_worker(tmp_path: Path, name: str) -> None:
    mirror = Mirror(str(tmp_path), "m")
    with pytest.raises(ValueError, match=r"^"):
        mirror.put({name: b"x"})
    assert not is_inside(name) and os.listdir(tmp_path) == ["m"] and os.listdir(tmp_path / "m") == []


def test_the_folder_of_a_worker_is_deleted_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    mirror = Mirror(str(tmp_path), "m")
    mirror.put({"a/b/c.yaml": b"x", "d": None, "e.yaml": b"y"})
    mirror.remove(["e.yaml"])
    assert sorted(os.listdir(tmp_path / "m")) == ["a", "d"]
    mirror.close()
    assert os.listdir(tmp_path) == ["other"]
