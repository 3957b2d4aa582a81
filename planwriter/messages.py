"""The catalogue of findings: code, severity, sentence and way out, in the writer's language."""

from __future__ import annotations

import functools
from typing import NamedTuple

from planwriter.diagnostics import Finding, Pos, Severity, Source, Span

_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT


class Message(NamedTuple):
    """One kind of finding. `sentence` and `hint` are formats; `softens`: a draft may be made all the same."""

    severity: Severity
    sentence: str
    hint: str
    softens: bool = False


CATALOGUE: dict[str, Message] = {
    # 1xx: reading
    "PW101": Message(_E, "读不到文件：{reason}。", "检查文件名和所在文件夹；文件若在共享盘上，确认能够打开。"),
    "PW102": Message(_E, "文件不是 UTF-8 编码，{encoding}。", "用记事本或 WPS 打开，另存为时把“编码”选成 UTF-8。"),
    "PW103": Message(_E, "文件是空的。", "用 planwriter new 工作要点 -o 提纲.yaml 写出一份带说明的提纲，再往里填。"),
    "PW104": Message(_E, "文件太大：{size}，最多 {limit}。", "一份提纲通常不到 1 MB；检查是否选错了文件，或把内容拆成几份。"),
    "PW105": Message(_E, "这里不合 YAML 的写法：{reason}。", "{advice}"),
    "PW106": Message(_E, "“{key}”后面用了全角冒号“：”。", "改成半角冒号加一个空格：{key}: ……（正文里的冒号照旧用全角）。"),
    "PW107": Message(_E, "行首用了{what}，YAML 的缩进只认半角空格。", "把这一行开头的{what}换成空格，与同级的行对齐。"),
    "PW108": Message(_E, "文字以“{start}”开头，YAML 会把它当成记号，不当成文字。", "给整段文字加上英文引号：'{start}……'；本来就是引号的，改成中文引号“”。"),
    "PW109": Message(_E, "“{key}”写了两次，只能留一个。", "删去多余的一个，或把两处的内容并到一起。"),
    "PW110": Message(_E, "层次嵌套超过 {limit} 层。", "提纲只需十来层；检查是否多缩进了，或括号没有配对。"),
    "PW111": Message(_E, "别名（{name}）{reason}。", "把内容直接写出来，不用 & 和 * 互相引用。"),
    "PW112": Message(_E, "有看不见的控制字符（U+{code:04X}）。", "删去这个字符，重新输入前后的文字；从网页或 PDF 复制的文字常带这种字符。"),
    "PW113": Message(_E, "“{key}”的{after}后面缺一个空格。", "{after}后面加一个半角空格。"),
    "PW114": Message(_E, "用了 YAML 标签“{tag}”，提纲里不许用。", "删去“{tag}”，直接写文字或数字。"),
    "PW115": Message(_E, "一个文件里写了两份提纲（多了一行 ---）。", "每份提纲存一个文件；删去多余的 --- 行。"),
    "PW116": Message(_E, "最外层应当是“键: 值”，这里是{found}。", "从“文种: 工作要点”写起；可用 planwriter new 写出样板。"),
    "PW117": Message(_E, "文字里有半角冒号加空格，YAML 会把它当成键。", "改成全角冒号“：”，或给整段文字加上英文引号。"),
    "PW118": Message(_E, "括号里用了全角的“{mark}”。", "改成半角的“{half}”。"),
    "PW119": Message(_E, "问题太多，只列出前 {limit} 处。", "先改这些；若是选错了文件，换一份。"),
    # 2xx: outline and skeleton
    "PW201": Message(_E, "{where}里没有“{key}”这个键。", "{advice}"),
    "PW202": Message(_E, "{where}缺少“{key}”。", "{advice}"),
    "PW203": Message(_E, "“{key}”应当是{expected}，这里是{found}。", "{advice}"),
    "PW204": Message(_E, "“{key}”不能是“{value}”。", "可以写：{allowed}。"),
    "PW205": Message(_E, "没有“{kind}”这个文种。", "{advice}"),
    "PW206": Message(_E, "缺少“{part}”这一部分。", "{kind}的骨架是{skeleton}；补上“{part}:”。没写完可以加 --draft 先看样子。", softens=True),
    "PW207": Message(_E, "“{part}”是空的。", "写上内容；没写完可以加 --draft 先看样子。", softens=True),
    "PW208": Message(_E, "“{part}”的次序不对，应当在“{other}”之{side}。", "按骨架的次序排列：{skeleton}。", softens=True),
    "PW209": Message(_E, "{kind}的“{part}”不取“{form}”的写法。", "可取：{allowed}。", softens=True),
    "PW210": Message(_E, "{kind}的“{part}”里没有写{wanted}。", "加一段或一节，标题里写明“{wanted}”，列出到{year}年要达到的目标。", softens=True),
    "PW211": Message(_E, "“{inner}”不能放在“{outer}”里面，层级倒置了。", "层级由高到低是章、节、条、款；可以跳级，不能倒置。"),
    "PW212": Message(_E, "{problem}。", "{advice}"),
    "PW213": Message(_W, "起止是 {first} 至 {last} 年，共 {span} 年，而{kind}应当是 {wanted} 年。", "改“起止”，或换一个文种。"),
    "PW214": Message(_E, "从“{name}”的最后一个字看不出是哪一级。", "写明级别：地区: {{名称: {name}, 级别: 县}}。"),
    "PW215": Message(_E, "这一{level}既没有标题，也没有文字和内容。", "写上标题或“文”，或者删去这一行。"),
    "PW216": Message(_W, "还有 {count} 处空着没填：“{samples}”。", "填上实际的内容。"),
    "PW217": Message(_W, "标题末尾有“{mark}”。", "标题末尾不加标点；后面接排正文时程序会自己加句号。"),
    "PW218": Message(_W, "手写了编号“{label}”，程序还会再编一次。", "删去“{label}”，编号由程序统一编排。"),
    "PW219": Message(_E, "标识“{name}”用了两次。", "每个标识只能用一次，改掉一个。"),
    "PW220": Message(_E, "“{value}”不能作编号的式样。", "写这一级第一个编号的样子，例如 一、 （一） 1. 1、 （1） ①。"),
    "PW221": Message(_E, "编号到了 {number}，“{style}”这种式样没有这么大的号。", "换一种式样，或把内容分到几个上级标题下。"),
    "PW222": Message(_W, "{where}的单位“{unit}”写了两遍。", "删去重复的一个。"),
    "PW223": Message(_E, "“{first}”和“{second}”不能写在同一块里。", "一块只能有一个层级；分成两块写。"),
    "PW224": Message(_E, "这一块没有写明是什么：章、节、条、款、用、专栏还是表。", "以层级开头，例如“- 条: 标题”；只是一段话就直接写文字。"),
    "PW225": Message(_W, "版式“{layout}”还没有，照 gb9704 排版。", "可用的版式：{known}。"),
    "PW226": Message(_H, "这一版还不排“{key}”，只排正文。", "红头、落款和附件请先在 Word 或 WPS 里加。"),
    "PW228": Message(_W, "“{second}”和“{first}”混在同一级里，编号会乱。", "同一个标题下面用同一级；要分层的，把低一级的放进“内容”里。"),
    # 3xx: clauses and library
    "PW301": Message(_E, "条款库里没有“{clause}”。", "{advice}"),
    "PW302": Message(_E, "找不到条款库“{library}”：{reason}。", "写条款库所在的文件夹（可以相对于提纲），或去掉“库”一行用自带的库。"),
    "PW303": Message(_E, "条款“{clause}”要给出参数“{name}”{about}。", "在“用: {clause}”下面写：参数: {{{name}: ……}}。"),
    "PW304": Message(_E, "参数“{name}”应当是{expected}，这里是“{value}”。", "{advice}"),
    "PW305": Message(_E, "条款“{clause}”没有“{name}”这个参数。", "{advice}"),
    "PW306": Message(_E, "条款“{clause}”没有“{variant}”这个变体。", "{advice}"),
    "PW307": Message(_E, "条款互相引用，绕成了圈：{chain}。", "去掉其中一个“用”。"),
    "PW308": Message(_E, "{{{{ }}}} 里的写法有误：{reason}。", "{{{{ }}}} 里写名字，例如 {{{{ 指标.入园率 }}}}、{{{{ 全域 }}}}；要原样写出花括号，写成 {{{{ '{{{{' }}}}。"),
    "PW309": Message(_E, "{{{{ }}}} 里的“{name}”没有定义。", "{advice}"),
    "PW310": Message(_E, "{{{{ }}}} 里不许这样写：{reason}。", "只能写名字、四则运算、比较和 if；不能循环、不能调用程序。"),
    "PW311": Message(_E, "{what}超过了 {limit}。", "缩短文字，或减少互相引用的条款。"),
    "PW312": Message(_W, "条款“{clause}”不适用于这份文件：{reason}。", "换一个条款，或把这段文字直接写进提纲自己改。"),
    "PW313": Message(_E, "条款“{clause}”在库里出现了两次。", "每个条款编号只能用一次，改掉一个。"),
    "PW314": Message(_W, "条款里写了“{name}”，别处用了会张冠李戴。", "换成 {{{{ 地区 }}}}、{{{{ 单位 }}}}、{{{{ 我域 }}}} 之类的名字。"),
    "PW315": Message(_E, "条款库“{library}”要用 planwriter {wanted}，现在是 {have}。", "升级 planwriter，或换用旧版的库。"),
    # 4xx: targets
    "PW401": Message(_W, "指标“{name}”没有在文中引用。", "在文字里写 {{{{ 指标.{key} }}}}；不用了就删去。"),
    "PW402": Message(_E, "引用了没有定义的指标“{name}”。", "{advice}"),
    "PW403": Message(_W, "“{figure}”是手写的，与指标“{name}”相同，改指标时这里不会跟着变。", "换成 {{{{ 指标.{key} }}}} 或 {{{{ 指标.{key}.值 }}}}。"),
    "PW404": Message(_E, "指标“{name}”{got}，与数值 {value} 不一致。", "{advice}"),
    "PW405": Message(_W, "指标“{name}”界限是“{bound}”，却从{before} {first} 变为{after} {second}，方向反了。", "核对两个数，或改界限。"),
    "PW406": Message(_E, "指标“{name}”写的是 {value}，按公式“{formula}”算出来是 {result}。", "改数值，或改公式；也可以不写数值，让程序算。"),
    "PW407": Message(_E, "指标“{name}”的公式算不出来：{reason}。", "{advice}"),
    "PW408": Message(_W, "指标“{name}”的单位不合：{reason}。", "{advice}"),
    "PW409": Message(_E, "两个指标都叫“{name}”。", "给其中一个换个名称，或删去重复的。"),
    "PW410": Message(_E, "指标“{name}”的“{key}”应当是数，这里是“{value}”。", "{advice}"),
    "PW411": Message(_W, "指标“{name}”的 {year} 年不在{span}之内。", "核对年份。"),
    "PW412": Message(_E, "指标“{name}”没有数值。", "写“数值”，或写“分年”或“公式”。"),
    "PW413": Message(_E, "指标“{name}”没有{wanted}。", "{advice}"),
    "PW414": Message(_E, "指标“{name}”的单位不一致：{reason}。", "{advice}"),
    "PW415": Message(_W, "“{word}”和指标“{name}”的界限重复，排出来是“{shown}”。", "删去“{word}”，或者把引用改成 {{{{ {hole}.值 }}}}。"),
    # 5xx: language
    "PW501": Message(_W, "用了英文引号 {mark}。", "改成中文引号“”（单引号‘’）。"),
    # 8xx: output
    "PW801": Message(_E, "文件夹“{folder}”不存在。", "先建好文件夹，或用 -o 换一个地方。"),
    "PW802": Message(_E, "写不了“{file}”：{reason}。", "文件若正在 WPS 或 Word 里打开，先关掉；再看看是否有写的权限、盘是否满了。原来的文件没有动。"),
    "PW803": Message(_E, "“{file}”{reason}，没有覆盖它。", "先把手改的内容誊回提纲；确实不要了，加 --force；或用 -o 另存一个名字。"),
    "PW804": Message(_E, "输出文件就是提纲本身。", "用 -o 换一个文件名。"),
    # 9xx: our own fault
    "PW901": Message(_E, "程序自己出了错：{what}。", "这不是你的错。请把提纲和这几行字发给开发者；原来的文件没有动。"),
}


_NO_PLACES: tuple[tuple[Pos, str], ...] = ()


def finding(
    code: str, place: Span | Pos, /, *, related: tuple[tuple[Pos, str], ...] = _NO_PLACES, **values: object
) -> Finding:
    """The finding `code` at `place`, its sentence and hint filled with `values`."""
    return make_finding(code, place, values, related)


def make_finding(
    code: str,
    place: Span | Pos,
    values: dict[str, object],
    related: tuple[tuple[Pos, str], ...] = _NO_PLACES,
    source: Source | None = None,
) -> Finding:
    """`finding` with the values in a dict; `source` is the file of a place that is no Span."""
    message = CATALOGUE[code]
    values = {name: _short(value) for name, value in values.items()}
    pos, source = (place.pos, place.source) if isinstance(place, Span) else (place, source)
    return Finding(
        code=code,
        severity=message.severity,
        pos=pos,
        message=message.sentence.format(**values),
        hint=message.hint.format(**values),
        related=related,
        source=source,
        softens=message.softens,
    )


def _short(value: object) -> object:
    """A value as a finding shows it: a line, and no longer than anybody reads."""
    if not isinstance(value, str):
        return value
    line = value.replace("\n", " ")
    return line if len(line) <= MAX_VALUE else line[: MAX_VALUE - 1] + "…"


MAX_VALUE = 300
MAX_KNOWN, MAX_ALIKE = 2000, 200


def nearest(name: str, known: list[str] | tuple[str, ...]) -> list[str]:
    """Those of `known`, at most three, that `name` may have been meant for."""
    return _nearest(name, tuple(known[:MAX_KNOWN]))


@functools.lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...]) -> list[str]:
    import difflib  # only when something is wrong

    marks = set(name)
    alike = [word for word in known if not marks.isdisjoint(word)][:MAX_ALIKE]
    close = difflib.get_close_matches(name[:40], alike, n=3, cutoff=0.5)
    return close or [word for word in alike if name in word or word in name][:3]


def near(name: str, known: list[str] | tuple[str, ...], *, what: str = "可用的有") -> str:
    """A way out for a name that is not known: the nearest of `known`, else the first dozen of them."""
    close = nearest(name, known)
    if close:
        return "是不是“" + "”“".join(close) + "”？"
    if not known:
        return "现在一个也没有。"
    shown = "、".join(known[:12])
    return f"{what}：{shown}{' 等' if len(known) > 12 else ''}。"
