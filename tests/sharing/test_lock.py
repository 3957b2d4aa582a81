"""planwriter.lock: it is written and read back, and its content is not trusted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.sharing.lock import MAX_BYTES, REGISTRY, Lock, Locked, local_source, read_lock, store_name, write_lock
from planwriter.sharing.signing import fingerprint
from planwriter.start.records import replace

HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
NAMES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
LOCKED = st.builds(
    Locked,
    name=NAMES,
    version=NAMES,
    source=NAMES,
    digest=HEX,
    signer=st.just("") | NAMES,
    keys=st.lists(st.binary(min_size=32, max_size=32).map(fingerprint), max_size=2).map(tuple),
    previous=st.none() | st.tuples(NAMES, HEX),
)
USES = st.dictionaries(
    NAMES,
    st.dictionaries(NAMES, st.text("0123456789abcdef", min_size=16, max_size=16), min_size=1, max_size=3),
    max_size=3,
)


@given(st.lists(LOCKED, max_size=3, unique_by=lambda each: each.name), USES)
def test_a_lock_that_is_written_reads_the_same(libraries: list[Locked], uses: dict[str, dict[str, str]]) -> None:
    lock = Lock(libraries=tuple(libraries), uses=uses)
    read = read_lock(write_lock(lock), "planwriter.lock")
    assert read.findings == ()
    assert read.value == lock
    assert write_lock(read.value) == write_lock(lock)


def test_a_library_is_put_in_once_and_in_the_order_of_names() -> None:
    def locked(name: str, version: str) -> Locked:
        return Locked(name=name, version=version, source="库.pwlib", digest="0" * 64)

    lock = (
        Lock()
        .with_library(locked("乙", "1.0.0"))
        .with_library(locked("丙", "1.0.0"))
        .with_library(locked("乙", "2.0.0"))
    )
    assert [(each.name, each.version) for each in lock.libraries] == [("丙", "1.0.0"), ("乙", "2.0.0")]
    assert lock.without_library("丙").find("丙") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 100_000,
        '{"格式": 2, "库": [], "使用": {}}',
        '{"格式": 1, "库": [], "使用": []}',
        '{"格式": 1, "库": [], "使用": {"甲": {"乙": 1}}}',
        '{"格式": 1, "库": [{"名称": "甲", "版本": "1", "来源": "a", "sha256": "../../x"}], "使用": {}}',
        '{"格式": 1, "库": [{"名称": "甲", "版本": "1", "来源": "a"}], "使用": {}}',
        '{"格式": 1, "库": ["甲"], "使用": {}}',
        '{"格式": 1, "库": [%s, %s], "使用": {}}'
        % (("{" + f'"名称": "甲", "版本": "1", "来源": "a", "sha256": "{"0" * 64}"' + "}",) * 2),
        "\ufffd\udcff",
    ],
)
def test_a_lock_that_was_meddled_with_is_not_used(text: str) -> None:
    read = read_lock(text.encode("utf-8", "surrogateescape"), "planwriter.lock")
    assert read.value is None
    assert [each.code for each in read.findings] == ["PW325"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_name_in_the_store_leads_nowhere_else(name: str, version: str) -> None:
    made = store_name(name, version, "0" * 64)
    assert not set('/\\:*?"<>|\0\n') & set(made)
    assert made not in (".", "..") and not made.startswith(".")


@pytest.mark.parametrize("mark", ["\\ud800", "\\u001b[31m", "\\u202e", "\\u009b"])
def test_a_lock_with_a_character_that_nobody_sees_is_refused(mark: str) -> None:
    sound = Locked(name="甲", version="1.0.0", source="包.pwlib", digest="0" * 64)
    data = write_lock(Lock(libraries=(sound,), uses={}))
    read = read_lock(data.replace("甲".encode(), f"甲{mark}".encode()), "planwriter.lock")
    assert read.value is None and [each.code for each in read.findings] == ["PW325"]


def test_an_outline_with_such_a_name_is_left_out_of_the_lock() -> None:
    lock = Lock(libraries=(), uses={"提\udcff纲.yaml": {"甲/乙": "0" * 16}, "要点.yaml": {"甲/乙": "0" * 16}})
    read = read_lock(write_lock(lock), "planwriter.lock").value
    assert read is not None and list(read.uses) == ["要点.yaml"]


def test_a_registry_is_known_as_one_and_its_path_is_shown_without_the_mark(tmp_path: Path) -> None:
    folder = tmp_path / "工作区"
    source = local_source(f"{REGISTRY}{tmp_path / '发布点'}", str(folder))
    assert source.startswith(REGISTRY) and not source.endswith(str(tmp_path / "发布点"))
    one = Locked(name="甲库", version="1.2.0", source=f"{REGISTRY}Z:/发布点", digest="0" * 64)
    assert one.registry == "Z:/发布点" and "甲库@1.2.0 --from Z:/发布点" in one.install_command
    assert replace(one, source="甲库.pwlib").registry is None


def test_a_lock_up_to_the_limit_is_read() -> None:
    data = write_lock(Lock())
    room = MAX_BYTES - len(data)
    assert read_lock(data + b" " * room, "planwriter.lock").value == Lock()
    assert read_lock(data + b" " * (room + 1), "planwriter.lock").value is None
