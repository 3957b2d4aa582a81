"""Makes the folder of the journal, and says in it what it is for."""

from __future__ import annotations

import os
import sys

from planwriter.findings.finding import Finding
from planwriter.system import files
from planwriter.system.workspace import journal_folder

_EXPLAINED = "说明.txt"
_EXPLANATION = """\
planwriter 自己用的文件夹，平时不用打开。

journal.txt 记着用命令改过哪些文件，旁边是改以前、改以后的样子：planwriter undo 靠它撤销，planwriter log 靠它列流水。
renders 里是每份 Word 文件上次排出来时的样子和当时的提纲：手改过的文件要对照、收回时用。

大小有限，满了就去掉最早的。整个删掉，提纲和公文都不受影响，只是以前的改动不能再撤销、不能再对照。
给别人提纲时不用带上它；里面有提纲以前的样子，不想让人看到的就别带。
"""
_IGNORED = b"*\n"
"""git and programs like it leave the folder out."""


def make_journal_folder(home: str, *inner: str) -> Finding | None:
    """Makes the folder of the journal, or one in it, unless it is there; a new one says what it is for. A finding if that fails."""
    folder = journal_folder(home)
    wanted = os.path.join(folder, *inner)
    if os.path.isdir(wanted):
        return None
    is_new = not os.path.isdir(folder)
    is_first = not os.path.isdir(os.path.dirname(folder))
    failed = files.make_folder(wanted)
    if failed is not None or not is_new:
        return failed
    if is_first:
        _hide(os.path.dirname(folder))
    files.write_file(os.path.join(folder, ".gitignore"), _IGNORED, sync=False)
    text = _EXPLANATION.replace("\n", os.linesep)
    files.write_file(os.path.join(folder, _EXPLAINED), b"\xef\xbb\xbf" + text.encode(), sync=False)
    return None


def _hide(folder: str) -> None:
    """Hides a folder on Windows, where a dot before its name does not."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetFileAttributesW(folder, 2)
