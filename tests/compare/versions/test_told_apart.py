from __future__ import annotations

from planwriter.compare.versions.told_apart import as_in_base, shifted
from planwriter.compare.versions.version import VersionLine, VersionPicture, WordComment
from planwriter.plan.flow import BODY, TITLE


def test_the_base_says_what_is_a_label() -> None:
    typed = VersionLine(role=BODY, text="3所学校", label="1.", level=3)
    read = VersionLine(role=BODY, text="1.3所学校", remarks=(WordComment(1, "甲", "", "问", 2, 4),))
    made = as_in_base(read, typed)
    assert isinstance(made, VersionLine)
    assert (made.label, made.text, made.level, made.remarks[0][4:]) == ("1.", "3所学校", 3, (0, 2))
    back = as_in_base(
        VersionLine(role=BODY, text="3所学校", label="1.", level=3), VersionLine(role=BODY, text="1.3所学校")
    )
    assert isinstance(back, VersionLine)
    assert (back.label, back.text, back.level) == ("", "1.3所学校", 0)
    kept = as_in_base(VersionLine(role=BODY, text="建学校", label="2.", level=3), typed)
    assert isinstance(kept, VersionLine)
    assert (kept.label, kept.text, kept.level) == ("2.", "建学校", 3)
    title = as_in_base(VersionLine(role=TITLE, text="甲乙"), VersionLine(role=TITLE, text="甲\n乙"))
    assert title.text == "甲\n乙"
    picture = as_in_base(VersionLine(role=BODY, text="（图片：a.png）"), VersionPicture(text="（图片：a.png）"))
    assert isinstance(picture, VersionPicture)
    assert as_in_base(VersionLine(role=BODY, text="别的"), VersionPicture(text="甲")) == VersionLine(
        role=BODY, text="别的"
    )


def test_a_comment_on_a_whole_line_does_not_move() -> None:
    assert shifted(WordComment(1, "甲", "", "问", 0, 0), -2)[4:] == (0, 0)
    assert shifted(WordComment(1, "甲", "", "问", 1, 4), -2)[4:] == (0, 2)
