"""Updates of libraries to newer and older versions: what is installed, what is only reported, and advice that runs as printed."""

import json
import re
from pathlib import Path

import pytest

from planwriter.sharing import registry as registries
from tests.app.libraries import package
from tests.cli.library.bureau import Bureau
from tests.sharing.packages import key_pair, signed
from tests.support import plan_file


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    folder = tmp_path / "发布 点"
    folder.mkdir()
    return folder


def publish(registry: Path, version: str, text: str = "抓好师德。") -> Path:
    """Publishes a release; returns the path of its package."""
    data = Path(package(registry.parent, "通用", version, text)).read_bytes()
    made = registries.publish(str(registry), "通用", version, data)
    assert made.value is not None
    return registry / "blobs" / "sha256" / made.value.sha256[:2] / f"{made.value.sha256}.pwlib"


def install(bureau: Bureau, registry: Path, wanted: str = "通用@1.0.0") -> None:
    bureau.run("install", wanted, "--from", str(registry), "--allow-unsigned")


@pytest.mark.parametrize("beside", [False, True])
def test_only_what_breaks_no_outline_is_taken_unless_asked_for(bureau: Bureau, registry: Path, beside: bool) -> None:
    for version in ("1.0.0", "1.0.2", "1.1.0", "2.0.0", "2.1.0-rc.1"):
        publish(registry, version, f"抓好师德{version}。")
    if beside:
        bureau.run("install", "../通用-1.0.0.pwlib", "--allow-unsigned")
    else:
        install(bureau, registry)
    shown = bureau.run("outdated")
    assert "有 1.1.0" in shown and "还有不兼容的新版 2.0.0；要换：planwriter library update 通用 --to 2.0.0" in shown
    assert "已换成 通用 1.1.0" in bureau.run("update", "--yes") and bureau.version == "1.1.0"
    assert "已是最新" in bureau.run("update", "--yes") and bureau.version == "1.1.0"
    bureau.run("update", "通用", "--to", "1.0.2", "--yes")
    assert bureau.version == "1.0.2", "back to an older one"
    bureau.type("planwriter library update 通用 --to 2.0.0", "--yes")
    assert bureau.version == "2.0.0"
    bureau.run("update", "通用", "--to", "^3", "--yes", code=1)
    bureau.run("update", "--to", "1.0.0", code=2)
    bureau.run("update", "通用", "--to", "新版", code=2)


@pytest.mark.parametrize("place", ["planwriter.yaml", "要点.yaml"])
def test_what_stands_in_the_libraries_line_is_kept_to(bureau: Bureau, registry: Path, place: str) -> None:
    for version in ("1.0.0", "1.0.2", "1.1.0"):
        publish(registry, version)
    install(bureau, registry)
    with open(bureau.folder / place, "a", encoding="utf-8") as file:
        file.write("库: 通用@~1.0\n")
    shown = bureau.run("outdated")
    assert "有 1.0.2" in shown and "还有 1.1.0，“库”里写的是 通用@~1.0" in shown
    bureau.run("update", "--yes")
    assert bureau.version == "1.0.2"
    assert "PW328" in bureau.run("update", "通用", "--to", "1.1.0", "--yes", code=1) and bureau.version == "1.0.2"


def test_a_release_that_cannot_be_used_is_passed_over_and_named(bureau: Bureau, registry: Path) -> None:
    publish(registry, "1.0.0")
    install(bureau, registry)
    publish(registry, "1.1.0")
    publish(registry, "1.2.0").unlink()
    publish(registry, "1.3.0").write_bytes(b"x")
    publish(registry, "1.4.0")
    (registry / "releases" / "通用" / "1.4.0.json").write_text("{", "utf-8")
    shown = bureau.run("outdated")
    assert "有 1.1.0" in shown and "找不到" not in shown
    for version in ("1.2.0", "1.3.0", "1.4.0"):
        assert f"通用 {version}" in shown, "each is told by name and version"
    bureau.run("update", "--yes")
    assert bureau.version == "1.1.0"
    shown = bureau.run("outdated")
    assert "有 1.4.0、1.3.0、1.2.0，不能用" in shown and "找不到" not in shown


def test_advice_runs_as_it_is_typed(bureau: Bureau, registry: Path) -> None:
    publish(registry, "1.0.0")
    publish(registry, "1.1.0", "抓实师德。")
    install(bureau, registry)
    refused = bureau.run("install", "通用@1.1.0", "--from", str(registry), "--allow-unsigned", code=1)
    assert "planwriter library update 通用 --to 1.1.0" in refused
    bureau.type("planwriter library update 通用 --to 1.1.0", "--yes")
    assert bureau.version == "1.1.0"
    for each in (bureau.folder / ".planwriter").glob("*.pwlib"):
        each.unlink()

    (told,) = [each for each in plan_file("要点.yaml").findings if each.code == "PW326"]
    command = re.search("planwriter library install .*?(?=；)", told.hint)
    assert command
    bureau.type(command[0])
    assert not plan_file("要点.yaml").findings or all(each.code != "PW326" for each in plan_file("要点.yaml").findings)


def test_the_same_version_with_other_content_is_reported_as_that(
    bureau: Bureau, registry: Path, tmp_path: Path
) -> None:
    bureau.run("install", package(tmp_path, "通用"), "--allow-unsigned")
    other = tmp_path / "又一个"
    other.mkdir()
    publish(registry, "1.0.0", "别的话。")
    refused = bureau.run("install", "通用@1.0.0", "--from", str(registry), "--allow-unsigned", code=1)
    assert "这里装的也是 1.0.0，内容却不一样" in refused
    command = re.search("planwriter library update .*?(?=；)", refused)
    assert command and "--from" in command[0] and '"' in command[0]
    before = json.loads((bureau.folder / "planwriter.lock").read_text("utf-8"))["库"][0]["sha256"]
    bureau.type(command[0], "--yes")
    assert json.loads((bureau.folder / "planwriter.lock").read_text("utf-8"))["库"][0]["sha256"] != before


def test_a_refused_install_leaves_a_fresh_folder_as_it_was(
    bureau: Bureau, registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = tmp_path / "新"
    fresh.mkdir()
    monkeypatch.chdir(fresh)
    path = package(tmp_path, "通用")
    assert "PW333" in bureau.run("install", path, code=1) and list(fresh.iterdir()) == []
    assert "已新建 planwriter.yaml" in bureau.run("install", path, "--allow-unsigned")
    assert (fresh / "planwriter.lock").exists()
    assert "通用 1.0.0" in bureau.run("list"), "a workspace file of nothing but comments is fine"


def test_what_is_no_package_is_reported_with_what_to_type(bureau: Bureau, registry: Path, tmp_path: Path) -> None:
    publish(registry, "1.0.0")
    said = bureau.run("install", "../发布 点", code=1)
    assert "这是发布点" in said and "planwriter library install 通用 --from " in said
    said = bureau.run("install", "..", code=1)
    assert "放的是包" in said and "通用-1.0.0.pwlib" in said
    assert "planwriter library install 通用@^1.0" not in said
    said = bureau.run("install", "通用@^1.0", code=1)
    assert "--from 发布点" in said and "通用@^1.0" in said


def test_a_library_that_is_gone_is_reported_once_and_by_list_too(bureau: Bureau, registry: Path) -> None:

    with open("planwriter.yaml", "a", encoding="utf-8") as file:
        file.write("库: 通用@^1.0\n")
    publish(registry, "1.0.0")
    install(bureau, registry)
    assert "通用 1.0.0" in bureau.run("list")
    for each in (bureau.folder / ".planwriter").glob("*.pwlib"):
        each.write_bytes(b"x")
    said = bureau.run("list", code=1)
    assert "PW326" in said and "通用 1.0.0　不能用" in said
    assert [each.code for each in plan_file("要点.yaml").findings] == ["PW326"]
    (bureau.folder / "planwriter.lock").write_text("{", "utf-8")
    assert "PW325" in bureau.run("list", code=1)


def test_a_library_that_is_gone_is_reported_by_every_command_that_would_do_without_it(
    bureau: Bureau, registry: Path
) -> None:
    publish(registry, "1.0.0")
    publish(registry, "1.0.1", "抓实师德。")
    install(bureau, registry)
    with open("要点.yaml", "a", encoding="utf-8") as file:
        file.write("      - 用: 保障/组织领导\n")
    for each in (bureau.folder / ".planwriter").glob("*.pwlib"):
        each.unlink()
    assert "PW326" in bureau.run("search", "组织领导")
    said = bureau.run("show", "教师/师德", code=1) + bureau.run("why", "教师/师德", code=1)
    assert said.count("PW326") == 2 and "PW301" not in said
    assert "PW326" in bureau.run("show", "保障/组织领导", code=1)
    assert "PW326" in bureau.run("review", "--yes", code=1)
    said = bureau.run("update", "--yes")
    assert "－" not in said and "＋ 抓实师德。" in said and "组织领导" not in said
    assert "＋ 抓实师德。" in bureau.run("review", code=3)
    for each in (bureau.folder / ".planwriter").glob("*.pwlib"):
        each.unlink()
    for command in (["outdated"], ["update"]):
        said = bureau.run(*command, code=1)
        assert "PW326" in said and "1.0.1" in said


def test_a_lock_that_cannot_be_read_does_not_make_every_clause_a_mistake(bureau: Bureau, registry: Path) -> None:

    publish(registry, "1.0.0")
    install(bureau, registry)
    (bureau.folder / "planwriter.lock").write_text("{", "utf-8")
    assert [each.code for each in plan_file("要点.yaml").findings] == ["PW325"]


def test_without_a_trusted_key_the_version_in_use_is_not_reported_as_a_new_one_that_is_refused(
    bureau: Bureau, tmp_path: Path
) -> None:
    pytest.importorskip("cryptography")
    key = key_pair()
    for version in ("1.0.0", "2.0.0"):
        path = Path(package(tmp_path, "通用", version, f"抓实师德{version}。"))
        path.write_bytes(signed(path.read_bytes(), key))
    Path("市局.pub").write_bytes(key.public)
    bureau.run("trust", "市局.pub", "--name", "云岭市教育局")
    bureau.run("install", "../通用-1.0.0.pwlib")
    bureau.run("trust", "--remove", "云岭市教育局")
    for command in ("outdated", "update"):
        said = bureau.run(command)
        assert "已是最新" in said and "PW333" not in said and "--to 2.0.0" in said
    assert "PW333" in bureau.run("update", "通用", "--to", "2.0.0", code=1)


def test_removing_a_library_reports_what_used_it(bureau: Bureau, tmp_path: Path) -> None:
    bureau.run("install", package(tmp_path, "通用"), "--allow-unsigned")
    said = bureau.run("remove", "通用")
    assert "已拿掉 通用。" in said and "要点.yaml:9:" in said and "教师/师德" in said
    bureau.run("install", package(tmp_path, "通用"), "--allow-unsigned")
    (bureau.folder / "要点.yaml").unlink()
    assert bureau.run("remove", "通用") == "已拿掉 通用。\n"


def test_a_stick_with_packages_is_a_place_to_update_from(bureau: Bureau, tmp_path: Path) -> None:
    stick = tmp_path / "U 盘"
    stick.mkdir()
    bureau.run("install", package(tmp_path, "通用"), "--allow-unsigned")
    for version in ("1.9.0", "1.10.0", "2.0.0"):
        package(stick, "通用", version, f"抓实师德{version}。")
    package(stick, "另库", "3.0.0")
    said = bureau.run("update", "--from", "../U 盘", "--yes")
    assert bureau.version == "1.10.0"
    command = re.search("planwriter library update .* --to .*", said)
    assert command and "--from" in command[0]
    bureau.type(command[0], "--yes")
    assert bureau.version == "2.0.0"


def test_a_workspace_that_cannot_be_written_is_a_finding_with_the_file(
    bureau: Bureau, registry: Path, tmp_path: Path
) -> None:
    publish(registry, "1.0.0")
    publish(registry, "1.1.0")
    install(bureau, registry)
    store = bureau.folder / ".planwriter"
    kept = store.rename(tmp_path / "别处")
    store.write_text("", "utf-8")
    said = bureau.run("remove", "通用", code=4)
    assert "PW802" in said and ".planwriter" in said and "读写出错" not in said
    assert "PW802" in bureau.run("update", "--yes", code=4)
    store.unlink()
    kept.rename(store)
    bureau.run("remove", "通用")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("是\n", True), ("y\n", True), ("也许\nyes\n", True), ("否\n", False), ("n\n", False), ("\n", False)],
)
def test_a_question_takes_chinese_answers_and_asks_again_in_chinese(
    typed: str, taken: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    import click
    from click.testing import CliRunner

    from planwriter.cli.base import confirm

    @click.command()
    def command() -> None:
        click.echo(f"结果{confirm('换成新版吗')}")

    said = CliRunner().invoke(command, input=typed).output
    assert f"结果{taken}" in said and "Error" not in said and ("写 是（y）或 否（n）" in said) == ("也许" in typed)


def test_a_number_out_of_range_is_refused_in_chinese(bureau: Bureau) -> None:
    for wrong in ("0", "二"):
        said = bureau.run("search", "师德", "-n", wrong, code=2)
        assert "-n 要写一个数，不小于 1、不大于 200。" in said and "range" not in said and "valid" not in said


def test_passwords_that_differ_are_asked_for_again_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cryptography")
    from click.testing import CliRunner

    from planwriter.cli.group import cli

    monkeypatch.setattr("planwriter.cli.library.trust.asks", lambda: True)
    monkeypatch.delenv("PLANWRITER_KEY_PASSWORD", raising=False)
    word = "一二三四五六七八九十甲乙"
    made = CliRunner().invoke(
        cli, ["library", "keygen", "-o", str(tmp_path / "甲.key")], input=f"{word}\n别的\n{word}\n{word}\n"
    )
    assert made.exit_code == 0 and "两次输的不一样" in made.output and "Error" not in made.output
