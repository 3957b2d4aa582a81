"""Pictures in files: what their header says, and those that are refused."""

from pathlib import Path

import pytest

from planwriter.model import Image
from planwriter.outline.images import MAX_SIDE, read_image
from tests.support import outline, plan_file
from tests.writers.pictures import JPEG, png


def test_the_header_of_a_picture_says_its_size() -> None:
    assert read_image(png(40, 30)) == Image(data=png(40, 30), form="png", width=40, height=30)
    assert read_image(JPEG) == Image(data=JPEG, form="jpeg", width=40, height=30)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "不是"),
        (b"GIF89a", "不是"),
        (b"<svg/>", "不是"),
        (png(40, 30)[:-5], "坏了"),
        (png(40, 30)[:20], "坏了"),
        (png(0, 30), "坏了"),
        (JPEG[:-2], "坏了"),
        (b"\xff\xd8\xff\xe0\x00\x00" + JPEG, "坏了"),
        (b"\xff\xd8\xff" * 100_000 + b"\xff\xd9", "坏了"),
        (png(MAX_SIDE + 1, 1), "一边最多"),
        (png(40, 30) + b"\0" * (8 << 20), "MB"),
    ],
)
def test_a_picture_that_is_broken_or_too_large_is_refused(data: bytes, told: str) -> None:
    reason = read_image(data)
    assert isinstance(reason, str) and told in reason


@pytest.mark.parametrize("name", ["/etc/passwd.png", "平面图.gif", "没有.png"])
def test_a_picture_is_a_file_next_to_the_outline(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("提纲.yaml").write_text(outline(extra=f"附件:\n  - {{标题: 平面图, 图: {name}}}\n"), "utf-8")
    found = plan_file("提纲.yaml").findings
    assert len(found) == 1 and found[0].code in ("PW203", "PW460", "PW101") and found[0].pos.line
