"""A city bureau publishes a library and three counties use it: real processes, each in a separate folder."""

from pathlib import Path

import pytest

from tests.commands import run

pytest.importorskip("cryptography")

CITY = {
    "library.yaml": "名称: 教育通用\n版本: 1.0.0\n发布单位: 云岭市教育局\n级别: 市\n",
    "教师.yaml": """\
- 条款: 教师/师德
  条: 加强师德建设
  文: "{{ 全域 }}每年开展师德宣讲{{ 参数.场次 }}场。"
  参数: {场次: {类型: 整数, 说明: 每年场次, 默认: 5}}
- 条款: 教师/培训
  条: 加强教师培训
  文: "{{ 我域 }}教师每年培训{{ 参数.学时 }}学时。"
  参数: {学时: {类型: 整数, 说明: 学时数, 默认: 90}}
""",
}
SECOND = {
    "library.yaml": CITY["library.yaml"].replace("1.0.0", "2.0.0"),
    "教师.yaml": CITY["教师.yaml"]
    .replace("每年开展师德宣讲", "常年开展师德师风宣讲")
    .replace("学时: {类型", "课时: {类型")
    .replace("参数.学时", "参数.课时")
    + "- 条款: 教师/关爱\n  条: 关心关爱教师\n  文: 减轻教师负担。\n",
}
OUTLINE = """\
文种: 工作要点
年度: 2026
总体要求: 办好人民满意的教育。
重点任务:
  - 章: 建强教师队伍
    内容:
      - 用: 教师/师德
        参数: {{场次: {meetings}}}
      - 用: 教师/培训
{training}保障措施:
  - 章: 强化保障
    内容:
      - 条: 加强领导
        文: 落实责任。
"""


class Bureau:
    """A folder, and the user whose settings it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)

    def run(self, *arguments: str, code: int = 0) -> str:
        """The output of a planwriter command in the bureau's folder."""
        own = {
            "PLANWRITER_CONFIG": str(self.folder / "设置"),
            "PLANWRITER_KEY_PASSWORD": "云岭市教育局签名用的一句长口令",
        }
        done = run(self.folder, *arguments, **own)
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        return said

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")


@pytest.fixture
def city(tmp_path: Path) -> Bureau:
    """The city with its signed 1.0.0 on a share."""
    city = Bureau(tmp_path / "云岭市")
    city.run("library", "keygen", "-o", "云岭市教育局.key")
    release(city, CITY, "1.0.0")
    return city


def release(city: Bureau, files: dict[str, str], version: str) -> str:
    for name, text in files.items():
        city.write(f"教育通用/{name}", text)
    said = city.run("library", "release", "教育通用", "-o", f"教育通用-{version}.pwlib")
    city.run("library", "sign", f"教育通用-{version}.pwlib", "--key", "云岭市教育局.key")
    return said


def _clean(shown: str, *, unset: bool) -> bool:
    """True if a check found nothing; with `unset` but the hint on the number of a clause that the county has not set."""
    return "PW316" in shown and shown.endswith("\n1 个提示。\n") if unset else shown == "没有发现问题。\n"


def county(name: str, city: Bureau, meetings: int, training: str = "") -> Bureau:
    """A county that trusts the city, has installed its library and made its plan."""
    made = Bureau(city.folder.parent / name)
    made.write("planwriter.yaml", f"单位: {name}教育局\n地区: {name}\n")
    made.write("要点.yaml", OUTLINE.format(meetings=meetings, training=training))
    made.run("library", "trust", str(city.folder / "云岭市教育局.pub"), "--name", "云岭市教育局")
    assert "有云岭市教育局的签名" in made.run("library", "install", str(city.folder / "教育通用-1.0.0.pwlib"))
    made.run("render", "要点.yaml")
    return made


def text_of(bureau: Bureau) -> str:
    return bureau.run("render", "要点.yaml", "--to", "text", "-o", "-")


def test_a_city_publishes_and_three_counties_rely_on_it(city: Bureau) -> None:
    green = county("青山县", city, 6)
    white = county("白水县", city, 8, training="        参数: {学时: 120}\n")
    red = county("红石县", city, 4)
    assert "全县每年开展师德宣讲6场。" in text_of(green) and "我县教师每年培训90学时。" in text_of(green)
    assert "每年培训120学时。" in text_of(white)
    before = {bureau: (bureau.folder / "要点.docx").read_bytes() for bureau in (green, white, red)}

    said = release(city, SECOND, "2.0.0")
    notes = said + "".join(each.read_text("utf-8") for each in city.folder.rglob("*.md"))
    assert "教师/关爱" in notes and "课时" in notes and "常年开展师德师风宣讲" in notes

    for bureau in (green, white, red):
        assert "换：planwriter library update 教育通用 --to 2.0.0" in bureau.run("library", "outdated")
        lock = (bureau.folder / "planwriter.lock").read_bytes()
        assert "不兼容的新版 2.0.0" in bureau.run("library", "update", "--yes"), (
            "what breaks outlines is not taken by itself"
        )
        assert (bureau.folder / "planwriter.lock").read_bytes() == lock
        shown = bureau.run("library", "update", "教育通用", "--to", "2.0.0")
        assert "要点.yaml:7:" in shown and "常年开展师德师风宣讲" in shown and "没有换" in shown
        assert (bureau.folder / "planwriter.lock").read_bytes() == lock, "shown before anything is written"
    assert "没有“学时”这个参数" in white.run("library", "update", "教育通用", "--to", "2.0.0")

    for bureau in (green, white):
        assert "已换成 教育通用 2.0.0" in bureau.run("library", "update", "教育通用", "--to", "2.0.0", "--yes")
    assert "PW327" in green.run("check", "要点.yaml"), "its use of a changed clause is suspect"
    assert "PW305" in white.run("render", "要点.yaml", code=1), "a parameter that is gone is an error at its place"
    assert (white.folder / "要点.docx").read_bytes() == before[white]
    white.write("要点.yaml", OUTLINE.format(meetings=8, training="        参数: {课时: 120}\n"))

    for bureau in (green, white):
        shown = bureau.run("library", "review", code=3)
        assert "－ " in shown and "＋ " in shown
        bureau.run("library", "review", "--yes")
        assert _clean(bureau.run("check", "要点.yaml"), unset=bureau is green)
        bureau.run("render", "要点.yaml")
        assert (bureau.folder / "要点.docx").read_bytes() != before[bureau]
        assert "常年开展师德师风宣讲" in text_of(bureau)
    assert "每年培训120学时。" in text_of(white)
    assert [each.name for each in (green.folder / ".planwriter").glob("*.pwlib")] == [
        each.name for each in (green.folder / ".planwriter").glob("教育通用-2.0.0-*.pwlib")
    ], "what was before is let go once it was looked at"

    red.run("render", "要点.yaml")
    assert (red.folder / "要点.docx").read_bytes() == before[red], "the one that stays renders the same bytes"
    assert _clean(red.run("check", "要点.yaml"), unset=True)


def test_a_missing_or_changed_package_is_reported_and_nothing_is_rendered_from_it(city: Bureau) -> None:
    bureau = county("青山县", city, 6)
    (package,) = (bureau.folder / ".planwriter").glob("*.pwlib")
    data = package.read_bytes()
    package.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert "和锁定时的不一样" in bureau.run("render", "要点.yaml", "--force", code=1)
    package.unlink()
    assert "不见了" in bureau.run("check", "要点.yaml", code=1)
    bureau.run("library", "install", str(city.folder / "教育通用-1.0.0.pwlib"))
    assert package.read_bytes() == data
    assert _clean(bureau.run("check", "要点.yaml"), unset=True)


def test_what_is_not_signed_by_somebody_trusted_is_installed_only_when_asked_for(city: Bureau) -> None:
    bureau = Bureau(city.folder.parent / "青山县")
    package = str(city.folder / "教育通用-1.0.0.pwlib")
    assert "PW333" in bureau.run("library", "install", package, code=1)
    assert not (bureau.folder / ".planwriter").exists() and not (bureau.folder / "planwriter.lock").exists()
    bureau.run("library", "install", package, "--allow-unsigned")
    assert "教育通用 1.0.0" in bureau.run("library", "list")
    assert "早已装好" in bureau.run("library", "install", package, "--allow-unsigned")
    bureau.run("library", "remove", "教育通用")
    assert "教育通用" not in bureau.run("library", "list")
    assert not list((bureau.folder / ".planwriter").glob("*.pwlib"))


def test_an_outline_that_requires_a_different_version_keeps_the_library_from_being_replaced(city: Bureau) -> None:
    bureau = county("青山县", city, 6)
    bureau.write("要点.yaml", OUTLINE.format(meetings=6, training="") + "库: 教育通用@^1.0\n")
    assert _clean(bureau.run("check", "要点.yaml"), unset=True)
    release(city, SECOND, "2.0.0")
    lock = (bureau.folder / "planwriter.lock").read_bytes()
    assert "“库”里写的是 教育通用@^1.0" in bureau.run("library", "update", "--yes")
    assert "PW328" in bureau.run("library", "update", "教育通用", "--to", "2.0.0", "--yes", code=1)
    assert (bureau.folder / "planwriter.lock").read_bytes() == lock


def test_a_county_changes_part_of_a_clause_and_why_shows_where_it_comes_from(city: Bureau) -> None:
    bureau = county("青山县", city, 6)
    bureau.write("县库/library.yaml", "名称: 青山县条款\n版本: 1.0.0\n级别: 县\n")
    bureau.write("县库/教师.yaml", "- {条款: 教师/师德, 基于: 教师/师德, 条: 抓实师德建设}\n")
    bureau.write("planwriter.yaml", "单位: 青山县教育局\n地区: 青山县\n库: [县库, 教育通用]\n")
    shown = bureau.run("library", "why", "教师/师德")
    assert "“县库”" in shown and "基于“教育通用 1.0.0”的 教师/师德" in shown
    assert "1.抓实师德建设。全县每年开展师德宣讲6场。" in text_of(bureau)


def test_a_source_counts_from_the_folder_it_is_typed_in(city: Bureau) -> None:
    bureau = Bureau(city.folder.parent / "青山县")
    bureau.write("planwriter.yaml", "单位: 青山县教育局\n地区: 青山县\n")
    (bureau.folder / "收到的").mkdir()
    (bureau.folder / "收到的" / "库.pwlib").write_bytes((city.folder / "教育通用-1.0.0.pwlib").read_bytes())
    inner = Bureau(bureau.folder / "收到的" / "里面")
    inner.run("library", "install", "../库.pwlib", "--allow-unsigned")
    lock = (bureau.folder / "planwriter.lock").read_text("utf-8")
    assert '"来源": "收到的/库.pwlib"' in lock


def test_a_county_installs_from_the_registry_what_the_city_published_there(city: Bureau) -> None:
    registry = str(city.folder.parent / "发布点")
    Path(registry).mkdir()
    city.run("library", "publish", "教育通用-1.0.0.pwlib", "--to", registry)
    release(city, SECOND, "2.0.0")
    bureau = Bureau(city.folder.parent / "青山县")
    bureau.write("planwriter.yaml", "单位: 青山县教育局\n地区: 青山县\n")
    bureau.write("要点.yaml", OUTLINE.format(meetings=6, training=""))
    bureau.run("library", "trust", str(city.folder / "云岭市教育局.pub"), "--name", "云岭市教育局")
    assert "教育通用" in bureau.run("library", "install", "教育通用@^2.0", "--from", registry, code=1)
    bureau.run("library", "install", "教育通用@^1.0", "--from", registry)
    assert "已是最新" in bureau.run("library", "outdated")
    city.run("library", "publish", "教育通用-2.0.0.pwlib", "--to", registry)
    assert "不兼容的新版 2.0.0" in bureau.run("library", "outdated")
    assert "已换成 教育通用 2.0.0" in bureau.run("library", "update", "教育通用", "--to", "^2.0", "--yes")
