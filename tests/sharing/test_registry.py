"""A registry: no release is lost, no file is incomplete, and nothing in it is trusted."""

import hashlib
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from planwriter import cli
from planwriter.findings.finding import Result
from planwriter.sharing.bundle import make_bundle
from planwriter.sharing.registry import INDEX, PublishedPackage, download, find, publish
from planwriter.sharing.store import FolderStore
from tests.sharing.support import NAME, numbers, package, python, web


def _any(version: str) -> bool:
    return True


def _put(registry: Path | str, version: str, data: bytes, name: str = NAME) -> PublishedPackage:
    made = publish(str(registry), name, version, data)
    assert made.value is not None, made.findings
    return made.value


def _find(registry: Path | str, fits: Callable[[str], bool] = _any, name: str = NAME) -> PublishedPackage:
    found = find(str(registry), name, fits, numbers)
    assert found.value is not None, found.findings
    return found.value


def _index(registry: Path) -> list[tuple[str, str]]:
    return [(each["name"], each["version"]) for each in json.loads((registry / INDEX).read_bytes())["releases"]]


def _code(result: Result[PublishedPackage | None] | Result[bytes | None]) -> str:
    assert result.value is None
    return result.findings[0].code


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    folder = tmp_path / "发布点"
    folder.mkdir()
    return folder


def test_what_is_published_is_found_and_comes_back_the_same(registry: Path) -> None:
    _put(registry, "1.2.0", package("一"))
    release = _put(registry, "1.10.0", package("二"))
    assert _find(registry) == release
    assert _find(registry, lambda version: numbers(version) < (1, 10)).version == "1.2.0"
    assert download(str(registry), release).value == package("二")
    assert _index(registry) == [(NAME, "1.10.0"), (NAME, "1.2.0")]


def test_the_layout_is_plain_files(registry: Path) -> None:
    sha256 = hashlib.sha256(package("一")).hexdigest()
    _put(registry, "1.0.0", package("一"))
    files = sorted(path.relative_to(registry).as_posix() for path in registry.rglob("*") if path.is_file())
    encoded = "青山市教育局条款库=EF=BC=88试行=EF=BC=89"
    assert files == [f"blobs/sha256/{sha256[:2]}/{sha256}.pwlib", INDEX, f"releases/{encoded}/1.0.0.json"]


def test_two_registries_of_the_same_releases_are_the_same_bytes(tmp_path: Path) -> None:
    for folder, versions in (("甲", ["1.0.0", "1.1.0"]), ("乙", ["1.1.0", "1.0.0"])):
        (tmp_path / folder).mkdir()
        for version in versions:
            _put(tmp_path / folder, version, package(version))
    assert (tmp_path / "甲" / INDEX).read_bytes() == (tmp_path / "乙" / INDEX).read_bytes()


def test_the_same_again_is_fine_and_other_bytes_are_refused(registry: Path) -> None:
    release = _put(registry, "1.0.0", package("一"))
    assert _put(registry, "1.0.0", package("一")) == release
    assert _code(publish(str(registry), NAME, "1.0.0", package("二"))) == "PW346"
    assert download(str(registry), _find(registry)).value == package("一")
    assert len(list(registry.rglob("*.pwlib"))) == 1


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("", "1.0.0"),
        ("../库", "1"),
        ("库\n", "1.0.0"),
        ("库\u202e", "1.0.0"),
        ("长" * 61, "1.0.0"),
        ("库", "1.0"),
        ("库", "../1.0.0"),
    ],
)
def test_a_name_or_version_that_cannot_be_is_refused(registry: Path, name: str, version: str) -> None:
    assert _code(publish(str(registry), name, version, b"x")) == "PW340"
    assert os.listdir(registry) == []


def test_a_name_that_looks_like_a_path_stays_in_its_folder(registry: Path) -> None:
    release = _put(registry, "1.0.0", package("一"), "../../库")
    assert _find(registry, name="../../库") == release
    assert {path.name for path in registry.parent.iterdir()} == {"发布点"}


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert _code(publish(str(tmp_path / "没有"), NAME, "1.0.0", b"x")) == "PW340"
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="rights are told by mode only on POSIX systems")
def test_a_registry_that_cannot_be_written_is_a_finding(registry: Path) -> None:
    (registry / "blobs").write_bytes(b"in the way")
    assert _code(publish(str(registry), NAME, "1.0.0", b"x")) in ("PW802", "PW340")


def test_a_disk_without_links_takes_a_release_too(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise PermissionError(1, "no links on FAT")

    monkeypatch.setattr(os, "link", refuse)
    _put(registry, "1.0.0", package("一"))
    assert _code(publish(str(registry), NAME, "1.0.0", package("二"))) == "PW346"
    assert download(str(registry), _find(registry)).value == package("一")


def test_an_object_store_is_a_registry_too() -> None:
    registry = "memory://公用/发布点"
    release = _put(registry, "1.0.0", package("一"))
    assert _put(registry, "1.0.0", package("一")) == release == _find(registry)
    assert download(registry, release).value == package("一")
    assert _code(publish(registry, NAME, "1.0.0", package("二"))) == "PW346"


class Oss(MemoryFileSystem):  # type: ignore[misc]
    """Files in memory with the interface of ossfs, which does not accept `mode`."""

    protocol = "oss"
    store: ClassVar[dict[str, object]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    may_list = True

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return "/" + path.removeprefix("oss://").strip("/")

    def pipe_file(self, path: str, value: bytes, **options: str) -> None:
        if options:
            raise TypeError("put_object() got an unexpected keyword argument 'mode'")
        super().pipe_file(path, value)

    def ls(self, path: str, detail: bool = True, **options: object) -> list[object]:
        return list(super().ls(path, detail, **options)) if Oss.may_list else []


def test_a_store_without_an_exclusive_put_is_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    fsspec.register_implementation("oss", Oss, clobber=True)
    release = _put("oss://jyj/发布点", "1.0.0", package("一"))
    assert _put("oss://jyj/发布点", "1.0.0", package("一")) == release == _find("oss://jyj/发布点")
    assert _code(publish("oss://jyj/发布点", NAME, "1.0.0", package("二"))) == "PW346"
    index = Oss().cat_file("/jyj/发布点/index.json")
    monkeypatch.setattr(Oss, "may_list", False)
    blind = publish("oss://jyj/发布点", NAME, "1.1.0", package("三"))
    assert _code(blind) == "PW344" and "列" in blind.findings[0].message
    assert Oss().cat_file("/jyj/发布点/index.json") == index, "an index of nothing was written"


# what is not trusted


def test_a_blob_that_is_not_its_hash_is_refused_and_the_next_publish_mends_it(registry: Path) -> None:
    release = _put(registry, "1.0.0", package("一"))
    (blob,) = registry.rglob("*.pwlib")
    blob.write_bytes(package("换"))
    assert _code(download(str(registry), release)) == "PW344"
    _put(registry, "1.0.0", package("一"))
    assert download(str(registry), release).value == package("一")


def test_a_withdrawn_package_and_a_version_that_is_not_there_are_reported(registry: Path) -> None:
    release = _put(registry, "1.0.0", package("一"))
    (blob,) = registry.rglob("*.pwlib")
    blob.unlink()
    gone = download(str(registry), release)
    assert _code(gone) == "PW345" and "撤下" in gone.findings[0].message
    none = find(str(registry), NAME, lambda version: version > "2", numbers)
    assert _code(none) == "PW345" and "1.0.0" in none.findings[0].hint
    other = find(str(registry), "青山市教育局条款库", _any, numbers)
    assert _code(other) == "PW345" and NAME in other.findings[0].hint


def test_a_release_from_a_lock_file_cannot_lead_elsewhere(registry: Path) -> None:
    assert _code(download(str(registry), PublishedPackage(NAME, "1.0.0", "../../etc/passwd", 3))) == "PW344"


def _entry(**values: object) -> dict[str, object]:
    return {"name": NAME, "version": "1.0.0", "sha256": "a" * 64, "size": 3, **values}


BAD_ENTRIES: list[object] = [
    _entry(name="库\u202e"),
    _entry(version="../1.0.0"),
    _entry(sha256="../" * 20),
    _entry(sha256="A" * 64),
    _entry(size=-1),
    _entry(size=10**12),
    _entry(size=True),
    _entry(size="3"),
    {"name": NAME},
    [],
    None,
]


@pytest.mark.parametrize("entry", BAD_ENTRIES)
def test_an_index_with_what_cannot_be_is_refused_as_a_whole(registry: Path, entry: object) -> None:
    (registry / INDEX).write_text(json.dumps({"format": 1, "releases": [_entry(version="2.0.0"), entry]}))
    with web(registry) as address:
        assert _code(find(address, NAME, _any, numbers)) == "PW344"


@pytest.mark.parametrize(
    "index",
    [
        b"",
        b"\xff",
        b"[" * 1_000_000,
        b'{"format": 2, "releases": []}',
        b'{"format": 1, "releases": {}}',
        b'{"format": 1, "releases": [' + b",".join([b"1"] * 20_001) + b"]}",
        json.dumps({"format": 1, "releases": [_entry(), _entry(sha256="b" * 64)]}).encode(),
    ],
    ids=["empty", "not UTF-8", "deep", "of a later format", "no list", "too many", "one version twice"],
)
def test_an_index_that_is_none_is_refused(registry: Path, index: bytes) -> None:
    (registry / INDEX).write_bytes(index)
    with web(registry) as address:
        assert _code(find(address, NAME, _any, numbers)) == "PW344"


def test_an_index_without_end_is_refused(registry: Path) -> None:
    with (registry / INDEX).open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    with web(registry) as address:
        assert _code(find(address, NAME, _any, numbers)) == "PW343"


def test_an_address_without_an_index_is_no_registry(registry: Path) -> None:
    with web(registry) as address:
        assert _code(find(address, NAME, _any, numbers)) == "PW340"


def test_a_release_file_in_the_wrong_place_is_refused(registry: Path) -> None:
    _put(registry, "1.0.0", package("一"))
    (entry,) = registry.rglob("1.0.0.json")
    entry.rename(entry.with_name("9.0.0.json"))
    assert _code(find(str(registry), NAME, _any, numbers)) == "PW344"
    _put(registry, "1.1.0", package("二"))
    assert _index(registry) == [(NAME, "1.1.0")]


def test_a_release_file_that_is_damaged_is_mended_by_the_same_bytes_alone(registry: Path) -> None:
    release = _put(registry, "1.0.0", package("一"))
    (file,) = registry.glob("releases/*/*.json")
    whole = file.read_bytes()
    file.write_bytes(b"{}")
    assert _code(publish(str(registry), NAME, "1.0.0", package("二"))) == "PW344" and file.read_bytes() == b"{}"
    assert _put(registry, "1.0.0", package("一")) == release and file.read_bytes() == whole
    assert _find(registry) == release


# over http


def test_an_installer_reads_it_from_a_web_server(registry: Path) -> None:
    release = _put(registry, "1.0.0", package("一", 3_000_000))
    told: list[tuple[int, int | None]] = []
    with web(registry) as address:
        assert _find(address) == release
        got = download(address + "/", release, progress=lambda done, total: told.append((done, total)))
        assert got.value == package("一", 3_000_000)
        assert (
            _code(publish(address, NAME, "1.1.0", b"x"))
            == _code(publish(address, NAME, "1.0.0", package("一", 3_000_000)))
            == "PW340"
        )
        assert _code(find(address, "没有的库", _any, numbers)) == "PW345"
    assert told[-1] == (release.size, release.size) and len(told) > 1
    assert _code(find(address, NAME, _any, numbers)) == "PW341"


# many at once, and killed

ROUNDS = 100
WORKER = """
import hashlib, sys
from planwriter.sharing.registry import publish, find, download
from tests.sharing.support import NAME, numbers, package
registry, web, me, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
for turn in range(rounds):
    own, data = f"{me}.{turn}.0", package(f"{me}-{turn}-")
    done = publish(registry, NAME, own, data)
    assert done.value is not None, done.findings
    found = find(registry, NAME, lambda version: version == own, numbers)
    assert found.value == done.value, found.findings
    if turn % 10 == 0:
        both = publish(registry, NAME, f"9.{turn}.0", package(f"same-{turn}-"))
        assert both.value is not None, both.findings
    place = web if turn % 2 else registry
    best = find(place, NAME, lambda version: True, numbers)
    assert best.value is not None, best.findings
    got = download(place, best.value)
    assert got.value is not None, got.findings
    assert hashlib.sha256(got.value).hexdigest() == best.value.sha256
print("done")
"""


def test_two_processes_at_once_lose_nothing_and_see_nothing_half(registry: Path) -> None:
    """Each publishes 100 versions of its own, some that the other publishes too, and installs from disk and web."""
    stop, bad = threading.Event(), list[str]()

    def watch() -> None:
        """Reads the index continuously: it is complete and canonical at every moment."""
        while not stop.is_set():
            if (registry / INDEX).exists():
                data = (registry / INDEX).read_bytes()
                value = json.loads(data)
                if (
                    json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
                    != data
                ):
                    bad.append(data.decode())
            stop.wait(0.005)

    watcher = threading.Thread(target=watch)
    with web(registry) as address:
        _put(registry, "0.0.0", package("零"))
        watcher.start()
        workers = [python(WORKER, str(registry), address, str(me), str(ROUNDS)) for me in (1, 2)]
        ended = [worker.communicate(timeout=120) for worker in workers]
    stop.set()
    watcher.join()
    assert [out for out, _ in ended] == ["done\n", "done\n"], ended
    assert bad == []
    wanted = {f"{me}.{turn}.0" for me in (1, 2, 9) for turn in range(0, ROUNDS, 10 if me == 9 else 1)} | {"0.0.0"}
    assert {version for _, version in _index(registry)} == wanted
    for version in wanted:
        release = _find(registry, version.__eq__)
        assert download(str(registry), release).value is not None
    assert [path.name for path in registry.rglob(".*")] == []


def test_of_two_that_publish_other_bytes_at_once_one_is_refused(registry: Path) -> None:
    program = (
        "import sys; from planwriter.sharing.registry import publish; from tests.sharing.support import NAME, package; "
        "print([publish(sys.argv[1], NAME, f'1.{turn}.0', package(sys.argv[2])).value is not None for turn in range(40)])"
    )
    workers = [python(program, str(registry), word) for word in ("甲", "乙")]
    first, second = (json.loads(worker.communicate(timeout=60)[0].lower()) for worker in workers)
    assert [one + two for one, two in zip(first, second, strict=True)] == [1] * 40
    for turn in range(40):
        release = _find(registry, f"1.{turn}.0".__eq__)
        word = "甲" if first[turn] else "乙"
        assert download(str(registry), release).value == package(word)


KILLED = """
import os, shutil, signal, sys
from planwriter.sharing.registry import publish, find, download
from tests.sharing.support import NAME, numbers, package
root = sys.argv[1]
os.fsync = lambda number: None  # what a killed process has written is there; only a power cut would need it
FILES = ("registry.py", "store.py")

def dies_at(line, registry):
    # a child that is killed at the given line, counted as they are run, of a publish
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = [line]
    def trace(frame, event, argument):
        if not frame.f_code.co_filename.endswith(FILES):
            return None
        if event == "line":
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    publish(registry, NAME, "2.0.0", package("new"))
    os._exit(0)

line, states = 0, set()
os.mkdir(f"{root}/first")
assert publish(f"{root}/first", NAME, "1.0.0", package("old")).value is not None
before = open(f"{root}/first/index.json", "rb").read()
while True:
    line += 1
    registry = shutil.copytree(f"{root}/first", f"{root}/{line}")
    code = dies_at(line, registry)
    found = find(registry, NAME, lambda version: True, numbers)
    assert found.value is not None, (line, found.findings)
    assert download(registry, found.value).value == package("old" if found.value.version == "1.0.0" else "new"), line
    between = open(f"{registry}/index.json", "rb").read()
    assert publish(registry, NAME, "2.0.0", package("new")).value is not None, line
    after = open(f"{registry}/index.json", "rb").read()
    assert between in (before, after) and b'"2.0.0"' in after and b'"1.0.0"' in after, line
    latest = find(registry, NAME, lambda version: True, numbers).value
    assert latest.version == "2.0.0" and download(registry, latest).value == package("new"), line
    states.add((found.value.version, between == after))
    if code == 0:
        break
    assert code == -signal.SIGKILL
print(line, sorted(states))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked children")
@pytest.mark.kill
def test_a_publish_killed_at_any_line_leaves_a_whole_registry_and_the_next_completes_it(tmp_path: Path) -> None:
    process = python(KILLED, str(tmp_path))
    out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    lines, states = out.split(" ", 1)
    assert int(lines) > 100
    assert states.strip() == "[('1.0.0', False), ('2.0.0', False), ('2.0.0', True)]"


def test_a_release_that_the_index_lacks_is_found_by_those_who_can_list(registry: Path) -> None:
    _put(registry, "1.0.0", package("一"))
    older = (registry / INDEX).read_bytes()
    _put(registry, "1.1.0", package("二"))
    (registry / INDEX).write_bytes(older)
    assert _find(registry).version == "1.1.0"
    _put(registry, "1.2.0", package("三"))
    assert [version for _, version in _index(registry)] == ["1.0.0", "1.1.0", "1.2.0"]


def test_an_index_that_is_older_when_it_is_written_is_written_again(
    registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second publisher starts after we list the releases and finishes before we write the index."""
    _put(registry, "1.0.0", package("一"))
    write, others = FolderStore.write, [lambda: _put(registry, "1.2.0", package("三"))]

    def slow(store: FolderStore, path: str, data: bytes) -> None:
        if path == INDEX and others:
            others.pop()()
        write(store, path, data)

    monkeypatch.setattr(FolderStore, "write", slow)
    _put(registry, "1.1.0", package("二"))
    assert [version for _, version in _index(registry)] == ["1.0.0", "1.1.0", "1.2.0"]


# the command


def test_the_command_publishes_a_package(registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = make_bundle(
        {
            "library.yaml": f"名称: {NAME}\n版本: 1.0.0\n".encode(),
            "教师.yaml": "- {条款: 教师/师德, 条: 抓好师德}\n".encode(),
        }
    )
    (tmp_path / "库.pwlib").write_bytes(made.value or b"")
    with pytest.raises(SystemExit) as stop:
        cli.main(["library", "publish", str(tmp_path / "库.pwlib"), "--to", str(registry)])
    assert stop.value.code == 0 and f"已发布 {NAME} 1.0.0" in capsys.readouterr().out
    assert _find(registry).version == "1.0.0"


@pytest.mark.parametrize("content", [b"PK", b"", None])
def test_the_command_refuses_what_is_no_package(
    registry: Path, tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "库.pwlib").write_bytes(content)
    with pytest.raises(SystemExit) as stop:
        cli.main(["library", "publish", str(tmp_path / "库.pwlib"), "--to", str(registry)])
    assert stop.value.code == 1
    assert os.listdir(registry) == [] and capsys.readouterr().err


def test_a_package_that_was_signed_after_it_was_published_is_reported_as_that(
    registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("cryptography")
    from tests.sharing.packages import key_pair, packed, signed

    path = tmp_path / "库.pwlib"
    path.write_bytes(packed())
    with pytest.raises(SystemExit) as stop:
        cli.main(["library", "publish", str(path), "--to", str(registry)])
    said = capsys.readouterr()
    assert stop.value.code == 0 and "已发布" in said.out and "没有签名" in said.err and "library sign" in said.err
    path.write_bytes(signed(packed(), key_pair()))
    with pytest.raises(SystemExit) as stop:
        cli.main(["library", "publish", str(path), "--to", str(registry)])
    said = capsys.readouterr()
    assert (
        stop.value.code == 1
        and "PW346" in said.err
        and "内容一样，只是签名不一样" in said.err
        and "没有签名" not in said.err
    )


def test_a_plain_folder_needs_neither_fsspec_nor_aiohttp(registry: Path, tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules.update(fsspec=None, aiohttp=None); "
        "from planwriter.sharing.registry import publish, find, download; from planwriter.sharing.fetch import fetch; "
        "from tests.sharing.support import NAME, numbers, package; "
        "done = publish(sys.argv[1], NAME, '1.0.0', package('x')).value; "
        "assert find(sys.argv[1], NAME, lambda version: True, numbers).value == done; "
        "assert download(sys.argv[1], done).value == package('x'); print('done')"
    )
    out, error = python(program, str(registry)).communicate(timeout=60)
    assert out == "done\n", error
