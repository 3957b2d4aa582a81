"""A package of a library, an outline that uses its clause, and the lock of a workspace."""

from pathlib import Path

from planwriter.app.package_store import PackageStore
from planwriter.sharing.bundle import make_bundle
from planwriter.sharing.lock import Lock

OUTLINE = """\
文种: 工作要点
单位: 青山县教育局
地区: 青山县
年度: 2026
总体要求: 办好教育。
重点任务:
  - 章: 建强队伍
    内容:
      - 用: 教师/师德
保障措施:
  - 章: 强化保障
    文: 落实责任。
"""


def package(folder: Path, name: str, version: str = "1.0.0", text: str = "抓好师德。") -> str:
    """A package file in `folder`."""
    clauses = f"- {{条款: 教师/师德, 条: 加强师德, 文: {text}}}\n"
    made = make_bundle({"library.yaml": f"名称: {name}\n版本: {version}\n".encode(), "教师.yaml": clauses.encode()})
    assert made.value is not None, made.findings
    path = folder / f"{name}-{version}.pwlib"
    path.write_bytes(made.value)
    return str(path)


def lock_of(workspace: str) -> Lock:
    read = PackageStore(workspace).lock()
    assert read.value is not None and not read.findings
    return read.value
