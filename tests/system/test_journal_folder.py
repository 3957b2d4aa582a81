"""The folder of the journal, which explains itself."""

from __future__ import annotations

from pathlib import Path

from planwriter.system.journal_folder import make_journal_folder
from planwriter.system.workspace import home_of, journal_folder, leads_astray


def test_a_new_folder_explains_itself_once(tmp_path: Path) -> None:
    folder = Path(journal_folder(str(tmp_path)))
    assert make_journal_folder(str(tmp_path), "renders") is None
    assert (folder / ".gitignore").read_text("utf-8") == "*\n"
    told = folder / "说明.txt"
    assert "planwriter undo" in told.read_text("utf-8-sig")
    told.unlink()
    assert make_journal_folder(str(tmp_path), "renders") is make_journal_folder(str(tmp_path)) is None
    assert not told.exists(), "whoever deleted it has read it"


def test_where_none_can_be_made(tmp_path: Path) -> None:
    (tmp_path / ".planwriter").write_text("自己的", "utf-8")
    failed = make_journal_folder(str(tmp_path))
    assert failed is not None and failed.code == "PW802"


def test_the_home_of_a_file_is_its_workspace_or_its_folder(tmp_path: Path) -> None:
    (tmp_path / "县").mkdir()
    path = str(tmp_path / "县" / "要点.yaml")
    assert home_of(path) == str(tmp_path / "县")
    (tmp_path / "planwriter.yaml").touch()
    assert home_of(path) == str(tmp_path)


def test_a_link_on_the_way_leads_astray(tmp_path: Path) -> None:
    home, other = tmp_path / "区", tmp_path / "家"
    (other / "journal").mkdir(parents=True)
    home.mkdir()
    assert not leads_astray(str(home), "renders")
    (home / ".planwriter").symlink_to(other, target_is_directory=True)
    assert leads_astray(str(home)) and leads_astray(str(home), "renders")
    (tmp_path / "另名").symlink_to(home, target_is_directory=True)
    (home / ".planwriter").unlink()
    make_journal_folder(str(home))
    assert not leads_astray(str(tmp_path / "另名")), "a link to the home itself is the author's"
    (Path(journal_folder(str(home))) / "renders").symlink_to(other, target_is_directory=True)
    assert leads_astray(str(home), "renders") and not leads_astray(str(home))
