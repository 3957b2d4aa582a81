"""A batch on a real cluster of two worker processes: the same bytes, also when one of them is killed in the middle."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from planwriter.app.batch import cluster as module
from planwriter.app.batch.batch import Made, run_here
from planwriter.app.batch.cluster import Cluster, connect
from planwriter.app.batch.outline_batch import Outlines
from planwriter.app.session import Session
from planwriter.cli.group import cli
from planwriter.system import watch
from tests.app.naming import make_workspace, put
from tests.support import outline

distributed = pytest.importorskip("distributed", reason='no cluster: pip install "planwriter[cluster]"')
pytestmark = pytest.mark.filterwarnings("ignore")
COUNT = 60


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the scheduler of two workers, each a process with one thread."""
    folder = tmp_path_factory.mktemp("dask")
    options: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**options, local_directory=str(folder), silence_logs=50) as made:
        yield made.scheduler_address


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    make_workspace()
    for number in range(COUNT):
        put(f"县/{number:02}.yaml", outline(lead=f"总体要求: 办好第{number}所学校。\n"))
    return tmp_path


def cluster_at(address: str, form: str = "docx") -> Cluster:
    found = connect(address, form)
    assert found.value is not None, found.findings
    return found.value


def outlines(*paths: str, form: str = "docx") -> Outlines:
    return Outlines(session=Session(), paths=paths, form=form)


def counties() -> tuple[str, ...]:
    return tuple(f"县/{number:02}.yaml" for number in range(COUNT))


def here(*paths: str, form: str = "docx") -> list[Made]:
    with watch.accounted():
        return list(run_here(outlines(*paths, form=form), range(len(paths))))


def test_the_cluster_gives_what_this_machine_gives(folder: Path, address: str) -> None:
    paths = ("甲.yaml", "乙.yaml", "丙.yaml", "错.yaml", *counties())
    cluster = cluster_at(address)
    try:
        assert list(cluster.run(outlines(*paths), range(len(paths)), lambda: False)) == here(*paths)
        assert cluster.made_here == 0
    finally:
        cluster.close()


def test_what_the_first_outline_does_not_show_is_learnt(folder: Path, address: str) -> None:
    """乙 names nothing, so that the library of 甲 is not sent at first."""
    paths = ("乙.yaml", *["甲.yaml", "丙.yaml"] * 20)
    cluster = cluster_at(address)
    try:
        assert list(cluster.run(outlines(*paths), range(41), lambda: False)) == here(*paths)
        assert 0 < cluster.made_here < 40
    finally:
        cluster.close()


@pytest.mark.kill
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_worker_that_is_killed_loses_nothing(folder: Path, address: str) -> None:
    cluster = cluster_at(address)
    try:
        made = []
        for each in cluster.run(outlines(*counties()), range(COUNT), lambda: False):
            made.append(each)
            if len(made) == 5:
                workers = cluster.client.run(os.getpid)
                os.kill(next(iter(workers.values())), signal.SIGKILL)
        assert made == here(*counties()) and cluster.made_here == 0
    finally:
        cluster.close()


@pytest.mark.kill
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_cluster_that_is_gone_loses_nothing(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    options: dict[str, Any] = {"n_workers": 1, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    place = str(tmp_path_factory.mktemp("dask"))
    own = distributed.LocalCluster(**options, local_directory=place, silence_logs=50)
    cluster = cluster_at(own.scheduler_address)
    made = []
    for each in cluster.run(outlines(*counties()), range(COUNT), lambda: False):
        made.append(each)
        if len(made) == 5:
            own.close()
    cluster.close()
    assert made == here(*counties()) and cluster.made_here > 0


def test_a_request_to_stop_is_heard(folder: Path, address: str) -> None:
    cluster = cluster_at(address)
    made: list[Made] = []
    try:
        for each in cluster.run(outlines(*counties()), range(COUNT), lambda: len(made) >= 5):
            made.append(each)
    finally:
        cluster.close()
    assert 5 <= len(made) < COUNT and made == here(*counties())[: len(made)]


def test_a_document_that_ends_its_workers_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Future:
        status = "finished"

        def __init__(self, chunk: Any) -> None:
            self.chunk = chunk

        def done(self) -> bool:
            return True

        def result(self, timeout: float) -> object:
            if any("乙" in path for path in self.chunk.batch.paths):
                raise distributed.KilledWorker("chunk", None, 3)
            return [Made(None)] * len(self.chunk.jobs)

    class Client:
        status = "running"

        def submit(self, function: object, *arguments: Any, **_: object) -> Any:
            return Future(arguments[-1])

        def nthreads(self) -> dict[str, int]:
            return {"one": 1}

        def cancel(self, futures: object) -> None: ...

    monkeypatch.setattr(module, "_CHUNKS_EACH", 1)
    cluster = Cluster(Client(), "tcp://10.0.0.1:8786")
    made = list(cluster.run(outlines("甲.yaml", "丙.yaml", "乙.yaml", "错.yaml"), range(4), lambda: False))
    assert [[each.code for each in one.findings if each.code == "PW813"] for one in made] == [[], [], ["PW813"], []]
    assert made[2].findings[0].pos.file == "乙.yaml"


# what is refused


def test_without_the_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (found,) = connect("tcp://127.0.0.1:8786", "docx").findings
    assert found.code == "PW810" and "planwriter[cluster]" in found.hint


@pytest.mark.parametrize("nowhere", ["tcp://127.0.0.1:9", "tcp://", "tcp://[::bad", "tls://127.0.0.1:9"])
def test_an_address_where_nobody_listens_is_a_finding(nowhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CONNECT_SECONDS", 0.5)
    before = threading.active_count()
    assert [each.code for each in connect(nowhere, "docx").findings] == ["PW811"]
    assert threading.active_count() == before, "the client that did not connect is still there"


def test_a_scheduler_without_workers_is_a_finding() -> None:
    options: dict[str, Any] = {"n_workers": 0, "dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(**options) as made:
        (found,) = connect(made.scheduler_address, "docx").findings
        assert found.code == "PW811" and "没有工作进程" in found.message


def test_another_planwriter_on_a_worker_is_refused(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planwriter.app.batch.shipment.program", lambda: "9.9.9+other")
    (found,) = connect(address, "docx").findings
    assert found.code == "PW812" and "9.9.9+other" in found.message and address.split("://")[0] in found.message
    made = render("甲.yaml", "乙.yaml", "--on", address)
    assert made.exit_code == 1 and "PW812" in made.stderr and not list(folder.glob("*.docx"))


def test_a_worker_that_joins_with_another_planwriter_is_refused(
    folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = cluster_at(address)
    monkeypatch.setattr("planwriter.app.batch.shipment.program", lambda: "9.9.9+other")
    try:
        made = list(cluster.run(outlines("甲.yaml", "乙.yaml", "丙.yaml"), range(3), lambda: False))
    finally:
        cluster.close()
    assert [each.findings[0].code if each.data is None else "" for each in made] == ["", "PW812", "PW812"]


def test_a_worker_without_planwriter_is_told_of() -> None:
    found = module.other_planwriter("tcp://10.0.0.1:8786", ModuleNotFoundError("No module named 'planwriter'"), "docx")
    assert found.code == "PW812" and "没有装好 planwriter" in found.message


# the command line


def render(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["render", *arguments])


def test_the_command_says_and_writes_the_same(folder: Path, address: str) -> None:
    paths = ("甲.yaml", "乙.yaml", "错.yaml", *counties())
    far, near = render(*paths, "--on", address, "-o", "远/"), render(*paths, "-o", "近/")
    assert far.exit_code == near.exit_code == 1
    assert (far.stdout.replace("远", "近"), far.stderr) == (near.stdout, near.stderr)
    ours, theirs = ({each.name: each.read_bytes() for each in Path(name).iterdir()} for name in ("近", "远"))
    assert ours == theirs and len(ours) == COUNT + 3, "the record is the same too"
    assert f"跳过 {COUNT + 2} 份" in render(*paths, "-o", "远/").stdout


def test_rows_are_made_on_the_cluster(folder: Path, address: str) -> None:
    far = render("丁.yaml", "--each", "校.csv", "--to", "md", "--on", address, "-o", "远/")
    near = render("丁.yaml", "--each", "校.csv", "--to", "md", "-o", "近/")
    assert (far.exit_code, far.stdout.replace("远", "近"), far.stderr) == (near.exit_code, near.stdout, near.stderr)
    ours, theirs = ({each.name: each.read_bytes() for each in Path(name).glob("*.md")} for name in ("近", "远"))
    assert ours == theirs and len(ours) == 5


@pytest.mark.libreoffice
def test_pdfs_are_made_on_the_cluster(folder: Path, address: str) -> None:
    far = render("甲.yaml", "乙.yaml", "丙.yaml", "--to", "pdf", "--on", address, "-o", "远/")
    assert far.exit_code == 0, far.output
    assert [each.data for each in here("甲.yaml", "乙.yaml", "丙.yaml", form="pdf")] == [
        Path(f"远/{name}.pdf").read_bytes() for name in "甲乙丙"
    ]


def test_documents_go_to_an_address(folder: Path, address: str) -> None:
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    for _ in range(2):
        made = render("甲.yaml", "乙.yaml", "--on", address, "-o", "memory://county/2026/")
        assert made.exit_code == 0 and "已生成 memory://county/2026/甲.docx" in made.stdout, made.output
    assert store.cat("/county/2026/乙.docx") == here("乙.yaml")[0].data
    store.pipe("/county/2026/乙.docx", b"typed in Word")
    made = render("甲.yaml", "乙.yaml", "-o", "memory://county/2026/")
    assert made.exit_code == 4 and "PW803" in made.stderr and store.cat("/county/2026/乙.docx") == b"typed in Word"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("甲.yaml", "--on", "tcp://127.0.0.1:9"), "一次排多份"),
        (("甲.yaml", "-o", "memory://x/"), "一次排多份"),
        (("甲.yaml", "乙.yaml", "--on", "10.0.0.1"), "tcp://"),
        (("甲.yaml", "乙.yaml", "--on", "ssh://10.0.0.1"), "tcp://"),
        (("甲.yaml", "乙.yaml", "--force", "-o", "memory://x/"), "--force"),
    ],
)
def test_wrong_usage_is_told(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    made = CliRunner().invoke(cli, ["render", *arguments])
    assert made.exit_code == 2 and words in made.output, made.output


def test_an_address_that_takes_no_files_is_a_finding(folder: Path) -> None:
    made = render("甲.yaml", "乙.yaml", "-o", "https://example.invalid/x/")
    assert made.exit_code == 4 and "PW802" in made.stderr


def test_the_cluster_of_a_workspace_is_used_once_its_address_was_typed(
    folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("planwriter.yaml", f"集群: {address}\n")
    asked: list[str] = []
    real = module.connect

    def connected(at: str, form: str) -> object:
        asked.append(at)
        return real(at, form)

    monkeypatch.setattr(module, "connect", connected)
    made = render("甲.yaml", "乙.yaml", "--to", "text")
    assert made.exit_code == 0 and "PW814" in made.stderr and f"--on {address}" in made.stderr and asked == []
    assert "PW814" not in render("甲.yaml", "乙.yaml", "--to", "text", "--all", "--on", address).stderr
    assert "PW814" not in render("甲.yaml", "乙.yaml", "--to", "text", "--all").stderr and asked == [address] * 2


def test_an_address_in_a_workspace_that_is_none_is_a_finding(folder: Path) -> None:
    put("planwriter.yaml", "集群: 192.168.1.10\n")
    made = render("甲.yaml", "乙.yaml")
    assert made.exit_code == 1 and "planwriter.yaml:1:5 [PW204]" in made.stderr
