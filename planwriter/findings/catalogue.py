"""The catalogue of findings: code, severity, sentence and hint, in the writer's language."""

from __future__ import annotations

import functools

from planwriter.findings.finding import Finding, Pos, Replacement, Severity, Source, Span
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re

_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT


class Message(NamedTuple):
    """One kind of finding. `sentence` and `hint` are formats; with `softens` it is only a warning in a draft."""

    severity: Severity
    sentence: str
    hint: str
    softens: bool = False


CATALOGUE: dict[str, Message] = {
    # 1xx: reading
    "PW101": Message(_E, "读不到文件：{reason}。", "检查文件名和所在文件夹；文件若在共享盘上，确认能够打开。"),
    "PW102": Message(_E, "文件不是 UTF-8 编码，{encoding}。", "用记事本或 WPS 打开，另存为时把“编码”选成 UTF-8。"),
    "PW103": Message(
        _E,
        "文件是空的。",
        "用 planwriter new 工作要点 --unit 青山县教育局 --region 青山县 --year 2026 写出一份带说明的提纲（换成自己的单位、地区、年份），再往里填。",
    ),
    "PW104": Message(
        _E, "文件太大：{size}，最多 {limit}。", "一份提纲通常不到 1 MB；检查是否选错了文件，或把内容拆成几份。"
    ),
    "PW105": Message(_E, "这里不合 YAML 的写法：{reason}。", "{advice}"),
    "PW106": Message(
        _E, "“{key}”后面用了全角冒号“：”。", "改成半角冒号加一个空格：{key}: ……（正文里的冒号照旧用全角）。"
    ),
    "PW107": Message(_E, "行首用了{what}，YAML 的缩进只认半角空格。", "把这一行开头的{what}换成空格，与同级的行对齐。"),
    "PW108": Message(_E, "文字以“{start}”开头，YAML 会把它当成记号，不当成文字。", "{advice}"),
    "PW109": Message(_E, "“{key}”写了两次，只能留一个。", "删去多余的一个，或把两处的内容并到一起。"),
    "PW110": Message(_E, "层次嵌套超过 {limit} 层。", "提纲只需十来层；检查是否多缩进了，或括号没有配对。"),
    "PW111": Message(_E, "别名（{name}）{reason}。", "把内容直接写出来，不用 & 和 * 互相引用。"),
    "PW112": Message(
        _E,
        "有看不见的控制字符（U+{code:04X}）。",
        "删去这个字符，重新输入前后的文字；从网页或 PDF 复制的文字常带这种字符。",
    ),
    "PW113": Message(_E, "“{key}”的{after}后面缺一个半角空格{typed}。", "{after}后面加一个半角空格。"),
    "PW114": Message(_E, "用了 YAML 标签“{tag}”，提纲里不许用。", "删去“{tag}”，直接写文字或数字。"),
    "PW115": Message(_E, "一个文件里写了两份提纲（多了一行 ---）。", "每份提纲存一个文件；删去多余的 --- 行。"),
    "PW116": Message(
        _E, "最外层应当是“键: 值”，这里是{found}。", "从“文种: 工作要点”写起；可用 planwriter new 写出样板。"
    ),
    "PW117": Message(_E, "文字里有半角冒号加空格，YAML 会把它当成键。", "改成全角冒号“：”，或给整段文字加上英文引号。"),
    "PW118": Message(_E, "括号里用了全角的“{mark}”。", "改成半角的“{half}”。"),
    "PW119": Message(_E, "问题太多，只列出前 {limit} 处。", "先改这些；若是选错了文件，换一份。"),
    "PW120": Message(_E, "工作簿读不了：{reason}。", "用 WPS 或 Excel 打开，另存为 .xlsx 再用。"),
    "PW121": Message(_E, "单元格 {cell} {reason}。", "在 WPS 或 Excel 里打开、改好并保存；公式要先算出数来再保存。"),
    "PW122": Message(_E, "工作簿“{file}”里{what}。", "{advice}"),
    "PW123": Message(_H, "这是{what}，不是单独排的提纲，跳过了。", ""),
    "PW124": Message(
        _H,
        "“{file}”在工作区外面。",
        "把它放进 planwriter.yaml 所在的文件夹再引用，整个文件夹拷走也不会少；别人给的提纲，先看清这是哪一个文件。",
    ),
    "PW125": Message(
        _E,
        "文件太大或太复杂，这台电脑的内存装不下，没有处理完。",
        "检查是不是选错了文件；没有选错的，拆成几份，或关掉别的程序再试。",
    ),
    "PW126": Message(
        _E,
        "“{cut}”不会印出来：“#”前面有空格，YAML 把它和后面的字当成注释。",
        "给整段文字加上英文单引号：'……{cut}'；真是注释的，在“#”前后都空格，另起一行写。",
    ),
    "PW127": Message(
        _W,
        "“{cut}”是注释，不会印出来，可是前面这句话还没有完。",
        "要印的，给整段文字加上英文单引号；真是注释的，在“#”前面空两格，或者另起一行写。",
    ),
    "PW128": Message(
        _E,
        "“{block}”前面缺“- ”，没有另起一块。",
        "在第 {want} 列补上“- ”，另起一块：- {block}。不要删去它。",
    ),
    "PW129": Message(
        _E,
        "“{key}”从第 {have} 列写起，没有和上面的“{other}”对齐。",
        "从第 {want} 列写起：行首留 {count} 个空格。",
    ),
    "PW130": Message(
        _E,
        "“{note}”会印出来：“＃”是全角的，不是说明的记号。",
        "改成半角的“#”，前面空两格；确实要印的，给整段文字加上英文引号。",
    ),
    # 2xx: outline and skeleton
    "PW201": Message(_E, "{where}里没有“{key}”这个键。", "{advice}"),
    "PW202": Message(_E, "{where}缺少“{key}”。", "{advice}"),
    "PW203": Message(_E, "“{key}”应当是{expected}，这里是{found}。", "{advice}"),
    "PW204": Message(_E, "“{key}”不能是“{value}”。", "可以写：{allowed}。"),
    "PW205": Message(_E, "没有“{kind}”这个文种。", "{advice}"),
    "PW206": Message(
        _E,
        "缺少“{part}”这一部分。",
        "{kind}的骨架是{skeleton}；补上“{part}:”。没写完可以加 --draft 先看样子。",
        softens=True,
    ),
    "PW207": Message(_E, "“{part}”是空的。", "写上内容；没写完可以加 --draft 先看样子。", softens=True),
    "PW208": Message(
        _E, "“{part}”的次序不对，应当在“{other}”之{side}。", "按骨架的次序排列：{skeleton}。", softens=True
    ),
    "PW209": Message(_E, "{kind}的“{part}”不取“{form}”的写法。", "可取：{allowed}。", softens=True),
    "PW210": Message(
        _E,
        "{kind}的“{part}”里没有写{wanted}。",
        "加一段或一节，标题里写明“{wanted}”，列出到{year}年要达到的目标。",
        softens=True,
    ),
    "PW211": Message(
        _E, "“{inner}”不能放在“{outer}”里面，层级倒置了。", "层级由高到低是章、节、条、款；可以跳级，不能倒置。"
    ),
    "PW212": Message(_E, "{problem}。", "{advice}"),
    "PW213": Message(
        _W, "起止是 {first} 至 {last} 年，共 {span} 年，而{kind}应当是 {wanted} 年。", "改“起止”，或换一个文种。"
    ),
    "PW214": Message(_E, "从“{name}”的最后一个字看不出是哪一级。", "写明级别：地区: {{名称: {name}, 级别: 县}}。"),
    "PW215": Message(_E, "这一{level}既没有标题，也没有文字和内容。", "写上标题或“文”，或者删去这一行。"),
    "PW216": Message(_W, "还有 {count} 处空着没填：“{samples}”。", "填上实际的内容。"),
    "PW217": Message(_W, "标题末尾有“{mark}”。", "标题末尾不加标点；后面接排正文时程序会自己加句号。"),
    "PW218": Message(_W, "手写了编号“{label}”，{why}。", "{advice}"),
    "PW219": Message(_E, "标识“{name}”用了两次。", "每个标识只能用一次，改掉一个。"),
    "PW220": Message(_E, "“{value}”不能作编号的式样。", "写这一级第一个编号的样子，例如 一、 （一） 1. 1、 （1） ①。"),
    "PW221": Message(
        _E, "编号到了 {number}，“{style}”这种式样没有这么大的号。", "换一种式样，或把内容分到几个上级标题下。"
    ),
    "PW222": Message(_W, "{where}的单位“{unit}”写了两遍。", "删去重复的一个。"),
    "PW223": Message(_E, "“{first}”和“{second}”不能写在同一块里。", "一块只能有一个层级；分成两块写。"),
    "PW224": Message(
        _E,
        "这一块没有写明是什么：章、节、条、款、用、专栏、表还是图。",
        "以层级开头，例如“- 条: 标题”；只是一段话就直接写文字。",
    ),
    "PW225": Message(_W, "版式“{layout}”还没有，照 gb9704 排版。", "{advice}可用的版式：{known}。"),
    "PW226": Message(_E, "版式的“基于”{reason}。", "{advice}"),
    "PW227": Message(_E, "没有“{layout}”这个版式，不能基于它。", "{advice}"),
    "PW228": Message(_W, "“{second}”和“{first}”混在同一级里，编号会乱。", "{advice}"),
    "PW235": Message(_W, "{what}。", "{advice}"),
    "PW236": Message(_W, "“{words}”写了两遍：{hole} 排出来已经带着，成了“{shown}”。", "{advice}"),
    "PW250": Message(
        _W,
        "“{shown}”写在了文字里，责任清单和任务分解表里都没有它。",
        "从文字里删去，另起一行写{entries}，程序会照样排在段末{printed}。",
    ),
    "PW251": Message(
        _W,
        "责任单位“{unit}”和{where}的“{other}”很像，不知是不是同一个单位。",
        "是同一个单位的，改成“{other}”；确实是两个单位的，都写进 planwriter.yaml：责任单位名单: [{unit}, {other}]。",
    ),
    "PW252": Message(
        _H,
        "看不懂时限“{value}”是哪一天，照原样排，在责任清单里排在最后。",
        "写成 2026年12月31日前、12月底前、第三季度、年底前、长期坚持 之类。",
    ),
    "PW253": Message(
        _H,
        "时限“{value}”没有写年份，计划期是{span}。",
        "写明是哪一年，例如 {year}年{value}；每年都要做的，写明“每年”。",
    ),
    # 3xx: clauses and library
    "PW301": Message(_E, "条款库里没有“{clause}”。", "{advice}"),
    "PW302": Message(
        _E, "找不到条款库“{library}”：{reason}。", "写条款库所在的文件夹（可以相对于提纲），或去掉“库”一行用自带的库。"
    ),
    "PW303": Message(_E, "条款“{clause}”要给出参数“{name}”{about}。", "在“用: {clause}”下面写：参数: {{{name}: ……}}。"),
    "PW304": Message(_E, "参数“{name}”应当是{expected}，这里是“{value}”。", "{advice}"),
    "PW305": Message(_E, "条款“{clause}”没有“{name}”这个参数。", "{advice}"),
    "PW306": Message(_E, "条款“{clause}”没有“{variant}”这个变体。", "{advice}"),
    "PW307": Message(_E, "条款互相引用，绕成了圈：{chain}。", "去掉其中一个“用”。"),
    "PW308": Message(
        _E,
        "{{{{ }}}} 里的写法有误：{reason}。",
        "{{{{ }}}} 里写名字，例如 {{{{ 指标.入园率 }}}}、{{{{ 全域 }}}}；要原样写出花括号，写成 {{{{ '{{{{' }}}}。",
    ),
    "PW309": Message(_E, "{{{{ }}}} 里的“{name}”没有定义。", "{advice}"),
    "PW310": Message(
        _E, "{{{{ }}}} 里不许这样写：{reason}。", "只能写名字、四则运算、比较和 if；不能循环、不能调用程序。"
    ),
    "PW311": Message(_E, "{what}超过了 {limit}。", "缩短文字，或减少互相引用的条款。"),
    "PW312": Message(_W, "条款“{clause}”不适用于这份文件：{reason}。", "换一个条款，或把这段文字直接写进提纲自己改。"),
    "PW313": Message(_E, "条款“{clause}”在库里出现了两次。", "每个条款编号只能用一次，改掉一个。"),
    "PW314": Message(
        _W,
        "条款里写了“{name}”，别处用了会张冠李戴。",
        "换成 {{{{ 地区 }}}}、{{{{ 单位 }}}}、{{{{ 我域 }}}} 之类的名字。",
    ),
    "PW315": Message(
        _E, "条款库“{library}”要用 planwriter {wanted}，现在是 {have}。", "升级 planwriter，或换用旧版的库。"
    ),
    "PW316": Message(
        _H,
        "有 {count} 个数没有人定过，用的是条款的默认值：{samples}。",
        "在“用”下面写上自己定的数，例如：参数: {{{name}: ……}}；与默认值相同的，也照写一遍。--draft 排出来的草稿用【】标出这些数。",
    ),
    "PW317": Message(_E, "条款“{clause}”不能用在这份文件里：{reason}。", "{advice}"),
    "PW318": Message(_W, "参数“{name}”没有印出来：{reason}。", "{advice}"),
    "PW319": Message(
        _E, "可以略去的部分写得不对：{reason}。", "写成〔…参数…〕或〔有数时的话｜没有数时的话〕，里面不再套〔〕。"
    ),
    "PW323": Message(_W, "条款“{clause}”和上面用过的“{other}”是同组的两种写法，不该同时用。", "留下一条。"),
    "PW324": Message(_E, "条款“{clause}”所依的“{key}”已于 {day} 失效。", "{advice}"),
    "PW320": Message(
        _E, "提纲里没有“{item}”这一块。", "写那一块的标识、标题或行号，例如 要点.yaml:加强教师培训、要点.yaml:25。"
    ),
    "PW321": Message(_E, "这一块不能做成条款：{reason}。", "换里面的一条，或者照 docs/clause-format.md 手写。"),
    "PW322": Message(
        _E,
        "条款接不到“{file}”后面，没有动它。",
        "条款文件应当是“- 条款: ……”的列表，顶格写；用 -o 换一个文件，或把显示出来的条款自己贴进去。",
    ),
    "PW325": Message(
        _E,
        "“{file}”读不了，不是 planwriter 写的样子。",
        "恢复原来的文件；没有的，删去它，重新 planwriter library install。",
    ),
    "PW326": Message(
        _E, "锁定的条款库“{library}”{what}。", "重新安装：{command}；要换版本，用 planwriter library update。"
    ),
    "PW327": Message(
        _W,
        "条款“{clause}”换过了，这里用的还没有看过。",
        "看一看改了什么：planwriter library review；认可以后就不再提醒。",
    ),
    "PW328": Message(_E, "“{wanted}”没有装：{reason}。", "{advice}"),
    "PW329": Message(_E, "条款库“{library}”没有装上：{reason}。", "{advice}"),
    # 33x: packages of libraries, their signatures and versions
    "PW330": Message(
        _E,
        "“{file}”不能当条款库包用：{reason}。",
        "没有收下，什么也没有写；请发布单位重新发一份，并核对 sha256 或指纹。",
    ),
    "PW331": Message(
        _E,
        "条款库“{library}”换了签名的单位：在用的有{before}的签名，这一个{now}，没有换。",
        "先向原来的发布单位问清楚；确实换了单位发布的，在命令里加 --signer-changed（没有签名的，还要加 --allow-unsigned）。",
    ),
    "PW332": Message(
        _E, "“{file}”的签名{reason}。", "包在签名以后改动过，或者签名是从别处搬来的；不要使用，请发布单位重新发一份。"
    ),
    "PW333": Message(
        _E,
        "“{file}”{reason}，没有收下。",
        "向发布单位要公钥，当面或打电话核对指纹，再用 planwriter library trust 公钥.pub --name 单位 记下来；没有签名的，确认来路以后加 --allow-unsigned 才收。",
    ),
    "PW334": Message(
        _E,
        "{what}要用 cryptography，这台电脑上没有装。",
        '运行 pip install "planwriter[share]" 装上；不能上网的，请管电脑的同事用离线的安装包装。',
    ),
    "PW335": Message(
        _E,
        "“{file}”{reason}。",
        "{advice}",
    ),
    "PW336": Message(_E, "“{value}”不是{what}。", "{advice}"),
    "PW337": Message(
        _E,
        "版本 {have} 太小：和 {before} 相比{change}，至少应当是 {wanted}。",
        "把 library.yaml 里的“版本”改成 {wanted}；不想升这么多的，把那处改动退回去。",
    ),
    "PW338": Message(
        _E,
        "版本 {have} 已经发布过，内容和现在的不一样。",
        "同一个版本号只能有一种内容；把 library.yaml 里的“版本”改成 {wanted} 再发布。",
    ),
    "PW339": Message(_E, "“{file}”已经有了，没有覆盖它。", "用 -o 换一个名字；确实不要了，先自己把它移走。"),
    # 34x: sources and registries of libraries
    "PW340": Message(_E, "“{source}”不能用：{reason}。", "{advice}"),
    "PW341": Message(
        _E,
        "取不到“{source}”：{reason}。",
        "检查网络和网址；这台电脑上不了网的，请对方把 .pwlib 文件拷在 U 盘上，安装时写 U 盘上的文件名。",
    ),
    "PW342": Message(
        _E,
        "取“{source}”要用 {package}，这台电脑上没有。",
        "运行 {command}；上不了网的，改用拷来的 .pwlib 文件，不用另装。",
    ),
    "PW343": Message(
        _E, "“{source}”{what}超过了 {limit}。", "核对是不是选错了；条款库只放 .yaml 文件和说明，一般不到 1 MB。"
    ),
    "PW344": Message(
        _E,
        "发布点“{registry}”里的 {file} {reason}，没有使用。",
        "文件可能传坏了，也可能被人改过；再试一次，还不行就告诉发布点的管理员，请他重新发布。",
    ),
    "PW345": Message(_E, "发布点“{registry}”里{what}。", "{advice}"),
    "PW346": Message(_E, "“{library}”的 {version} 版已经发布过，{difference}，没有覆盖。", "{advice}"),
    "PW347": Message(
        _E,
        "“{library}”的来源“{source}”在这台电脑上还没有认可过，没有去取。",
        "来源写在 planwriter.lock 里，工作区是别人给的就先看清楚；认可的，输入 {command}。",
    ),
    "PW350": Message(
        _W,
        "文中写了“{name}”{count}，不是{region}的地名。",
        "从别处抄来的，改成本地的；确实要写的，在“可提地名”里写上它。",
    ),
    # 351 to 358: the check of a library
    "PW351": Message(
        _E,
        "条款“{clause}”用了参数“{name}”，却没有声明。",
        "在“参数”里写：{name}: {{类型: 文本, 说明: ……}}；或者改这里的写法。",
    ),
    "PW352": Message(
        _W, "条款“{clause}”声明了参数“{name}”，却没有用。", "在文字里写 {{{{ 参数.{name} }}}}；不用了就删去。"
    ),
    "PW353": Message(
        _E,
        "条款“{clause}”的示例与它给出的文字不符：{difference}。",
        "核对条款和示例，改错的那一处；示例按{unit}、{year}年核对。",
    ),
    "PW354": Message(_W, "条款“{clause}”的适用范围有误，总会不合用：{reason}。", "{advice}"),
    "PW355": Message(_E, "参数“{name}”的声明有误：{reason}。", "{advice}"),
    "PW356": Message(
        _W, "条款“{clause}”和“{other}”{likeness}。", "留下一个；意思相同、说法不同的，写成同一个条款的“变体”。"
    ),
    "PW357": Message(_W, "条款“{clause}”{reason}。", "改写成现行的说法，再改“有效期”；不用了就删去。"),
    "PW358": Message(
        _E, "条款“{clause}”的有效期有误：{reason}。", "写首末两天，例如 有效期: [2024-01-01, 2026-12-31]。"
    ),
    "PW359": Message(
        _E,
        "条款“{clause}”的参数“{name}”带着数字的默认值“{value}”，不改就印进别人的文件。",
        "删去“默认”，把带数的话放进〔〕里，不给就不印；常见的范围写在“常见”里。",
    ),
    "PW360": Message(_W, "{what}。", "{advice}"),
    "PW361": Message(_E, "依据“{key}”写了两次。", "留下一条，引用它的条款不用改。"),
    "PW362": Message(_E, "依据“{key}”的日期“{value}”不对。", "年、月、日写全，例如 2024-01-01；不知道的就不写。"),
    "PW363": Message(_E, "条款“{clause}”引用的依据“{key}”在 bases.yaml 里没有。", "{advice}"),
    "PW364": Message(_E, "{what}。", "{advice}"),
    "PW365": Message(_E, "依据“{key}”已于 {day} 失效。", "{advice}"),
    "PW366": Message(_W, "依据“{key}”{reason}。", "查到现行的全称、文号和日期，改好后写上核对日期和出处。"),
    # 370 to 379: the wording of a library, as an editor reads it
    "PW370": Message(
        _E,
        "条款“{clause}”里的“{shown}”搭配不当：“{verb}”不能带“{noun}”。",
        "改成“{instead}”，或换一个合适的动词。",
    ),
    "PW371": Message(
        _W,
        "{count} 条条款的长短太齐：离散系数 {value}，应当不低于 {limit}。",
        "该短的写短（一两句），该长的展开（清单、时限、款），不要每条都是五六行。",
    ),
    "PW372": Message(
        _W, "{count} 条条款里 {share} 正好三句话，应当不超过 {limit}。", "能一句说完的写一句，要分步骤的写四五句。"
    ),
    "PW373": Message(
        _W,
        "{count} 条条款里 {same} 条{what}是“{word}……”，占 {share}，应当不超过 {limit}。",
        "换着说：先说做法、先说时间、先说问题；收尾的口号删去。",
    ),
    "PW374": Message(
        _W,
        "{count} 条条款里 {same} 条是一个句式（{skeleton}），占 {share}，应当不超过 {limit}。",
        "换掉开头的词，把数放到不同的位置，有的不分三句。",
    ),
    "PW375": Message(
        _W,
        "{count} 个标题里 {share} 以加强、深化、强化、推进、持续开头，应当不超过 {limit}。",
        "标题用说得出做什么的动词：清理、复核、改造、补发、公布。",
    ),
    "PW376": Message(
        _H,
        "条款“{clause}”把法定的义务写成了比率：“{shown}”。",
        "不到 100% 就是允许违法；写成“依法按期办结”“全部持证上岗”，不写比率。",
    ),
    "PW377": Message(
        _H,
        "条款“{clause}”自己设了荣誉或示范：“{shown}”。",
        "创建示范要在上级批准的项目清单里；在清单里的写明依据和申报，不在的写要做成的事。",
    ),
    "PW378": Message(
        _H,
        "条款“{clause}”替别的机关作了决定：“{shown}”。",
        "写本单位能做的：提请、会同、配合、推动、督促，例如“提请县政府研究”。",
    ),
    "PW379": Message(
        _W,
        "条款“{clause}”和“{other}”有 {share} 的句子片段相同。",
        "改写一条，或写成“同组”（一份文件里只用一条）。",
    ),
    # 4xx: targets
    "PW401": Message(_W, "指标“{name}”没有在文中引用。", "在文字里写 {{{{ 指标.{key} }}}}；不用了就删去。"),
    "PW402": Message(_E, "引用了没有定义的指标“{name}”。", "{advice}"),
    "PW403": Message(
        _W,
        "“{figure}”是手写的，与指标“{name}”相同，改指标时这里不会跟着变。",
        "换成 {{{{ 指标.{key} }}}} 或 {{{{ 指标.{key}.值 }}}}。",
    ),
    "PW404": Message(_E, "指标“{name}”{got}，与数值 {value} 不一致。", "{advice}"),
    "PW405": Message(
        _W,
        "指标“{name}”界限是“{bound}”，却从{before} {first} 变为{after} {second}，方向反了。",
        "核对两个数，或改界限。",
    ),
    "PW406": Message(
        _E,
        "指标“{name}”写的是 {value}，按公式“{formula}”算出来是 {result}。",
        "改数值，或改公式；也可以不写数值，让程序算。",
    ),
    "PW407": Message(_E, "指标“{name}”的公式算不出来：{reason}。", "{advice}"),
    "PW408": Message(_W, "指标“{name}”的单位不合：{reason}。", "{advice}"),
    "PW409": Message(_E, "两个指标都叫“{name}”。", "给其中一个换个名称，或删去重复的。"),
    "PW410": Message(_E, "指标“{name}”的“{key}”应当是数，这里是“{value}”。", "{advice}"),
    "PW411": Message(_W, "指标“{name}”的 {year} 年不在{span}之内。", "核对年份。"),
    "PW412": Message(
        _E,
        "指标“{name}”没有数值。",
        "写“数值”，或写“分年”或“公式”；还没定的，加 --draft 先看样子，那里排成【待填】。",
        softens=True,
    ),
    "PW413": Message(_E, "指标“{name}”没有{wanted}。", "{advice}"),
    "PW414": Message(_E, "指标“{name}”的单位不一致：{reason}。", "{advice}"),
    "PW415": Message(
        _W,
        "“{word}”和指标“{name}”的界限重复，排出来是“{shown}”。",
        "删去“{word}”，或者把引用改成 {{{{ {hole}.值 }}}}。",
    ),
    "PW420": Message(_E, "指标表“{file}”{what}。", "{advice}"),
    "PW421": Message(_E, "指标表里不认识“{head}”这一列。", "{advice}"),
    "PW422": Message(
        _E,
        "单元格 {cell} 合并了几格，分不清是哪个指标、哪一年的。",
        "取消合并，各格各写各的；单位、责任单位之类上下几行相同的，可以合并。",
    ),
    "PW423": Message(_E, "没有“{name}”这个指标。", "{advice}"),
    "PW424": Message(_E, "指标“{name}”没有改：{reason}。", "{advice}"),
    "PW425": Message(_H, "{what}，提纲里的照旧。", "真的不要了，在提纲里删去。"),
    # 43x: arithmetic of targets; 44x: figures in the composed text
    "PW430": Message(
        _E, "指标“{name}”写的是 {value}，分项加起来是 {result}。", "改数值，或改分项；也可以不写数值，让程序加。"
    ),
    "PW431": Message(
        _E, "核验“{check}”不成立：{left} 和 {right}。", "核对两边的指标；规矩变了的，改“核验”。", softens=True
    ),
    "PW432": Message(_E, "核验“{check}”算不出来：{reason}。", "{advice}"),
    "PW433": Message(
        _E,
        "{where}里单位不合：{reason}。",
        "能换算的（万人和人、亿元和万元、亩和公顷）会自动换算；不能换算的，核对单位。",
    ),
    "PW440": Message(
        _W,
        "“{name}”这里是 {value}，前面是 {other}，前后不一致。",
        "核对两处，改成一样；最好写成指标，在各处引用 {{{{ 指标.… }}}}。",
    ),
    "PW441": Message(_W, "“{name}”这里写的是 {value}，指标里是 {other}。", "{advice}"),
    "PW442": Message(
        _W, "{parts}加起来是 {result}，不是 {total}。", "核对总数和各个分数；句子里没有列全的，在后面加“等”。"
    ),
    "PW443": Message(_W, "“{text}”不在计划期（{span}）之内。", "核对年份；这类错误多半是沿用去年的稿子留下的。"),
    "PW444": Message(_W, "“{name}”是 {value}，超过了 100%。", "核对数；说的是增长的，写明“增长”。"),
    "PW445": Message(
        _W, "“{value}”不是整数，“{unit}”不能有小数。", "核对数；是平均数的写明“平均”，以万计的单位写“万{unit}”。"
    ),
    "PW446": Message(_W, "“{value}”前面的数比后面的大。", "核对两个数，小的写在前面；说的是下降的，写成“由……降到……”。"),
    "PW447": Message(_W, "没有“{value}”这一天。", "核对年、月、日。"),
    "PW456": Message(
        _W,
        "上级文件读不了：{reason}。",
        "写上级提纲（.yaml）相对于这份提纲的文件名；没有就删去“上级文件”，别的检查照做。",
    ),
    "PW457": Message(
        _W, "上级的约束性指标“{name}”（{value}）这里没有{near}。", "补上这个指标；名称与上级的一致，才对得上。"
    ),
    "PW458": Message(
        _W, "指标“{name}”{point}是“{own}”，弱于上级的“{above}”。", "核对两个数；上级的约束性指标，本级不能定得更松。"
    ),
    "PW459": Message(
        _W,
        "指标“{name}”的单位是“{own}”，上级的是“{above}”，没法比较。",
        "改成上级的单位，或能换算的单位（万人和人、亿元和万元）。",
    ),
    # 47x: figures as typed, and sheets of targets
    "PW470": Message(_E, "指标“{name}”的“{key}”写了“{typed}”，单位又是“{unit}”，合不到一起。", "{advice}"),
    "PW471": Message(_E, "指标“{name}”的界限不一致：这个数写了“{typed}”，别处是“{bound}”。", "只留一个。"),
    "PW472": Message(
        _W,
        "指标“{name}”的“{key}”只写了 {value}，没有“{words}”，而{other}。",
        "补上“{words}”；真的差这么多，就不用管它。",
    ),
    "PW473": Message(_H, "第 {row} 行“{name}”是合计，不当作指标。", "真是一个指标，换一个名称。"),
    "PW474": Message(
        _E,
        "单元格 {cell} 的数字格式“{form}”照样显示不出来：{reason}。",
        "在 WPS 或 Excel 里给这一格另选“数值”“文本”“日期”之类的格式，显示出要印的样子。",
    ),
    "PW475": Message(
        _H, "表里的{heads}不是指标的内容，没有读。", "不用管它；要印出来的写进正文，是今年目标的把表头改成“目标值”。"
    ),
    "PW476": Message(_E, "指标表里的“{head}”{what}。", "{advice}"),
    "PW477": Message(
        _E, "名称“{name}”里写的单位是“{unit}”，单位一列却是“{other}”。", "核对是哪一个，两处写成一样，或者只留一处。"
    ),
    "PW478": Message(
        _H,
        "工作表“{sheet}”里还有 {count} 个指标（{name}……），这次读的是“{chosen}”，没有读它。",
        "要读它，写“指标: {{文件: 指标.xlsx, 工作表: {sheet}}}”；两张都要的，合成一张。",
    ),
    "PW479": Message(
        _W,
        "单元格 {cell} 写的是“{text}”，不是数，“{name}”没有当作指标。",
        "是百分之百的写 100%，与上年持平的写出那个数；说不成数的要求写进正文，这一行从表里删去或隐藏。",
    ),
    "PW490": Message(
        _W,
        "指标的名字“{name}”里有“{mark}”，{{{{ }}}} 里写不出来。",
        "换一个名字，原来的写在“名称”里：新名字: {{名称: ……}}。",
    ),
    "PW491": Message(
        _H,
        "指标“{name}”没有写数值，各年的数按{taken}；要是{other}。",
        "写上“分年口径: 合计”或“分年口径: 累计”，写明是哪一种（指标在工作簿里的，加一列“分年口径”）。",
    ),
    "PW460": Message(_E, "图画不出来：{reason}。", "{advice}"),
    "PW461": Message(
        _E,
        "画图要用 matplotlib，这台电脑上没有装。",
        '运行 pip install "planwriter[chart]"；暂时不要图的，先删去“图”这一块。',
    ),
    "PW462": Message(
        _E,
        "这台电脑上没有合用的中文字体，图里的字会变成方框。",
        "装上仿宋、宋体或思源宋体中的一种再画；planwriter targets chart 画成 .svg，换一台有字体的电脑看，字是好的。",
    ),
    "PW450": Message(
        _E, "一表多份：{reason}。", "表的第一行写列名，每一行生成一份；文件名取“文件名”一列，没有就用提纲名和第一列。"
    ),
    "PW451": Message(_E, "责任单位和配合单位里没有“{unit}”。", "{advice}"),
    "PW452": Message(
        _E, "做不成工作簿：{reason}。", "补上指标、任务或者表；一格太长的，把文字分到几格里；也可以用 --to docx。"
    ),
    "PW463": Message(_H, "表里的“{head}”这一列没有用上。", "{advice}用不着的，不用管它。"),
    "PW465": Message(
        _W,
        "指标“{name}”{year} 年这里是 {value}，“{file}”里是 {other}，两份计划对不上。",
        "核对两份提纲，改成一样；口径不同的，把名称写得不一样。",
    ),
    # 5xx: language
    "PW501": Message(_W, "{what} {mark}。", "{advice}"),
    "PW502": Message(_W, "{what}。", "{advice}"),
    "PW503": Message(_W, "{what}。", "{advice}"),
    "PW504": Message(_W, "{what}。", "{advice}"),
    "PW505": Message(_W, "{what}。", "{advice}"),
    "PW506": Message(_W, "{what}。", "{advice}"),
    "PW507": Message(_H, "{what}。", "{advice}"),
    "PW508": Message(_H, "{what}。", "{advice}"),
    "PW509": Message(_W, "{what}。", "{advice}"),
    "PW510": Message(_W, "{what}。", "{advice}"),
    "PW511": Message(
        _W,
        "参数“{name}”排出来是 {value}%，像是把百分数写成了小数。",
        "是 {other}%，就写 {other}；真是 {value}%，不用改。",
    ),
    "PW512": Message(
        _H, "{count} 段放在一起看：{what}。", "换着写：有长有短，开头不同，有清单、时限和结果；长的改用“简”。"
    ),
    "PW513": Message(_W, "“{shown}”搭配不当：“{verb}”不能带“{noun}”。", "改成“{instead}”，或换一个合适的动词。"),
    "PW514": Message(_E, "“{shown}”与年份不符：{reason}。", "换成这一年的说法；沿用去年的稿子，容易漏改这里。"),
    "PW520": Message(_W, "{what}。", "{advice}"),
    "PW521": Message(_W, "{what}。", "{advice}"),
    "PW522": Message(_W, "{what}。", "{advice}"),
    "PW523": Message(_W, "{what}。", "{advice}"),
    "PW524": Message(_W, "{what}。", "{advice}"),
    "PW525": Message(_W, "{what}。", "{advice}"),
    "PW526": Message(_W, "{what}。", "{advice}"),
    "PW527": Message(_W, "{what}。", "{advice}"),
    "PW528": Message(_W, "{what}。", "{advice}"),
    "PW529": Message(_W, "{what}。", "{advice}"),
    "PW530": Message(_W, "{what}。", "{advice}"),
    "PW531": Message(_H, "{what}。", "{advice}"),
    "PW532": Message(_H, "{what}。", "{advice}"),
    "PW533": Message(_W, "{what}。", "{advice}"),
    "PW534": Message(_W, "用语.yaml {what}。", "{advice}"),
    "PW535": Message(_W, "{what}。", "{advice}"),
    "PW536": Message(_W, "{what}。", "{advice}"),
    "PW537": Message(_W, "{what}。", "{advice}"),
    "PW538": Message(_W, "{what}。", "{advice}"),
    "PW539": Message(_W, "{what}。", "{advice}"),
    "PW540": Message(_W, "“其中”的 {part} 比前面的 {total} 还大。", "核对两个数；不是一部分的，不写“其中”。"),
    "PW541": Message(
        _W, "{date}是星期{day}，这里写的是星期{written}。", "核对日期和星期，改成一致；没有必要写星期的，删去。"
    ),
    "PW542": Message(_W, "“{title}”这一{level}只有标题，下面没有内容。", "写上内容；不要了的，删去这一{level}。"),
    "PW543": Message(_W, "“{title}”在同一{scope}里写了两次标题。", "改成不同的标题，或者把两处并成一处。"),
    "PW544": Message(_W, "“{label}”前面是“{before}”，编号{how}。", "漏了的补上；没有漏的，删去“编号”，由程序接着编。"),
    # 6xx: official form
    "PW601": Message(_E, "发文字号“{value}”不合格式。", "{advice}", softens=True),
    "PW602": Message(_E, "“{value}”{what}。", "{advice}"),
    "PW603": Message(_E, "密级“{value}”不合格式。", "写 秘密、机密、绝密，保密期限用★隔开，例如 机密★1年。"),
    "PW604": Message(_E, "份号“{value}”应当是六位数字。", "例如 '000012'。"),
    "PW605": Message(_W, "没有写成文日期，落款处的日期空着。", "在“发文”里写“成文日期: 2026-03-05”。"),
    "PW606": Message(
        _W,
        "责任标注是“附表”，却没有附任务分解表，责任单位和时限哪里也不排。",
        "加上“附件: [任务分解表]”，或把责任标注改成 句末。",
    ),
    "PW607": Message(_W, "{what}。", "核对文号、成文日期和印发日期；沿用去年的稿子，容易漏改一处。"),
    "PW608": Message(
        _W, "{what}“{title}”写的是 {found} 年，计划是 {span} 年的。", "改成 {span} 年的；沿用去年的稿子，容易漏改这里。"
    ),
    "PW609": Message(_W, "通知的标题里套了通知的标题：“{title}”。", "{advice}"),
    "PW610": Message(_W, "{what}。", "{advice}"),
    "PW611": Message(_H, "{what}。", "{advice}"),
    # 65x to 67x: the audit of a .docx; {where} is “第3段“…”：” or nothing
    "PW650": Message(_E, "“{file}”读不了：{reason}。", "用 WPS 或 Word 打开，另存为 .docx 再试。"),
    "PW651": Message(_E, "{where}纸张是 {found}，应当是 {wanted}。", "页面布局 → 纸张大小，选 A4。"),
    "PW652": Message(
        _E, "{where}{side}是 {found}，应当是 {wanted}。", "页面布局 → 页边距 → 自定义，装订线设为 0，改成 {wanted}。"
    ),
    "PW653": Message(
        _H, "{where}行距是{found}，排不成每面 {lines} 行。", "段落 → 行距，选“固定值”{wanted}；段前、段后都设为 0。"
    ),
    "PW654": Message(
        _H,
        "{where}{spacing}，每行排 {found} 字，一般每行排 {columns} 字。",
        "字体 → 字符间距，改为 {wanted}（负数是紧缩）；不用文档网格指定字符。",
    ),
    "PW655": Message(_E, "没有页码。", "插入 → 页码，放在页脚：四号宋体，数字两边各一条一字线。"),
    "PW656": Message(
        _H, "页码的样子是“{found}”，一般是“{wanted}”。", "双击页脚，在页码左右各打一条一字线（—）和一个空格。"
    ),
    "PW657": Message(
        _H,
        "页码的位置是{found}，一般是{wanted}。",
        "双击页脚，勾选“奇偶页不同”；单页右对齐、右缩进 1 字符，双页左对齐、左缩进 1 字符。",
    ),
    "PW658": Message(_H, "页码的字是{found}，一般是{wanted}。", "双击页脚，选中页码，改成{wanted}。"),
    "PW659": Message(
        _H, "页码的一字线在版心下 {found}，一般是 {wanted}。", "页面设置 → 版式，“页脚距边界”设为 {foot} 左右。"
    ),
    "PW660": Message(
        _H, "{where}{role}的字体是{found}，一般是{wanted}。", "选中这些字，中文字体改成{wanted}；或者改段落所用的样式。"
    ),
    "PW661": Message(
        _H, "{where}{role}的字号是{found}，一般是{wanted}。", "选中这些字，字号改成{wanted}；或者改段落所用的样式。"
    ),
    "PW662": Message(_H, "{where}{role}{found}，一般{wanted}。", "选中这些字，改成{wanted}。"),
    "PW663": Message(
        _E,
        "{where}{role}的对齐是{found}，应当{wanted}。",
        "段落 → 对齐方式，选“{wanted}”（靠右的选右对齐，再设右缩进）。",
    ),
    "PW664": Message(
        _E,
        "{where}{role}{found}，应当{wanted}。",
        "段落 → 缩进：正文和各级标题首行缩进 2 字符，左缩进 0；顶格的都设为 0。",
    ),
    "PW665": Message(
        _E,
        "{where}文字的颜色是 {found}，应当是黑色。",
        "选中这些字，字体颜色改成“自动”或黑色；只有发文机关标志和版头的分隔线用红色。",
    ),
    "PW666": Message(
        _H,
        "{where}字体取自主题（{found}），换一台电脑或换一个主题就变了。",
        "选中这些字，直接指定中文字体，不选带“（中文正文）”“（中文标题）”的。",
    ),
    "PW667": Message(
        _H,
        "{where}引号、省略号、破折号用的是{found}，应当用{wanted}。",
        "选中标点，在“字体”里把西文字体也设成{wanted}。",
    ),
    "PW668": Message(
        _E, "{where}编号“{label}”接不上，它{before}。", "按次序改编号；删过或挪过段落的，检查前后有没有漏号、重号。"
    ),
    "PW669": Message(_E, "{where}编号“{label}”的括号后面不加标点。", "删去括号后面的标点。"),
    "PW670": Message(
        _H,
        "{where}编号“{label}”的写法，一般是{wanted}。",
        "层次依次用“一、”“（一）”“1.”“（1）”，括号用全角，全文统一。",
    ),
    "PW671": Message(
        _E,
        "{where}发文字号“{found}”不合格式。",
        "年份写全，用六角括号〔〕括起；序号前不加“第”、不补 0，后面加“号”，例如 青教发〔2026〕3号。",
    ),
    "PW672": Message(
        _E, "{where}成文日期“{found}”不合格式。", "用阿拉伯数字把年、月、日写全，月、日前不加 0，例如 2026年3月5日。"
    ),
    "PW673": Message(
        _E, "{where}{role}是{found}，应当是{wanted}。", "“附件”二字和顺序号用三号黑体，顶格写在新的一页的第一行。"
    ),
    "PW674": Message(
        _E,
        "{where}附件说明：{found}，应当{wanted}。",
        "写成“附件：1.××××”，名称不加书名号，末尾不加标点，与附件的标题一致。",
    ),
    "PW675": Message(_E, "{where}用了“此页无正文”。", "删去它，调整行距、字距，使署名与正文排在同一页。"),
    "PW676": Message(
        _H,
        "{where}这张表{found}，一般{wanted}。",
        "选中表格 → 表格属性 → 行：不勾“允许跨页断行”，第一行勾“在各页顶端以标题行形式重复出现”。",
    ),
    "PW677": Message(
        _E,
        "{where}版记：{found}，应当是{wanted}。",
        "写成“抄送：××，××。”，最下面一行左边写印发机关，右边写“2026年3月5日印发”。",
    ),
    "PW678": Message(_E, "{where}{role}{found}，应当是{wanted}。", "照应当的样子改。"),
    "PW679": Message(_H, "{where}“{found}”，应当用{wanted}。", "数字照 GB/T 15835《出版物上数字用法》改。"),
    # 68x: a layout learned from a .docx
    "PW680": Message(_H, "样本里没有{roles}，这些照“{base}”的样子。", "换一份更全的样本，或者在版式文件里自己补上。"),
    "PW681": Message(_H, "{item}没有读出来：{reason}。", "量一量样本，确实和标准不同的，在版式文件里自己补上。"),
    # 682 to 695: what a .docx still carries; {where} is “第3段“…”：” or nothing
    "PW682": Message(
        _W,
        "{where}有 {count} 处修订没有接受，也没有拒绝（{kinds}），修订人：{who}。",
        "审阅 → 修订，先看清每一处；要的，接受 → 接受所有修订；不要的，拒绝。再把“修订”按钮关掉。",
    ),
    "PW683": Message(
        _W,
        "{where}有 {count} 条批注没有删去，批注人：{who}。",
        "逐条处理完，审阅 → 批注 → 删除 → 删除文档中的所有批注。",
    ),
    "PW684": Message(
        _W,
        "{where}有 {count} 处看不见的文字（{kinds}）：“{samples}”。",
        "按 Ctrl+Shift+8 显示编辑标记，看清楚；不要的删去，要印的选中后在“字体”里去掉“隐藏”，颜色改“自动”，字号改成正文的。",
    ),
    "PW685": Message(
        _H,
        "文件属性里还留着：{what}。",
        "Word：文件 → 信息 → 检查问题 → 检查文档，勾“文档属性和个人信息”，点“全部删除”；WPS：文件 → 文档加密 → 属性，把“摘要”“自定义”里的删去。",
    ),
    "PW686": Message(
        _W,
        "{where}有 {count} 处引用没有着落：“{samples}”。",
        "选中这一处，引用 → 交叉引用，重新指到编号或标题；或者删去，直接打字。改完按 Ctrl+A、F9 更新，再看一遍。",
    ),
    "PW687": Message(
        _W,
        "{where}有 {count} 处是自动变的域（{kinds}），打开或打印时会变。",
        "选中这一处，按 Ctrl+Shift+F9 变成普通文字，再核对写的对不对。",
    ),
    "PW688": Message(
        _W,
        "{where}有 {count} 处是邮件合并或填空用的域：“{samples}”。",
        "邮件 → 完成并合并 → 编辑单个文档，用合并出来的文件；不合并的，按 Ctrl+Shift+F9 变成普通文字，填上内容。",
    ),
    "PW689": Message(
        _W,
        "{where}有 {count} 处链接指向本机或局域网里的文件：“{samples}”。",
        "右击 → 取消超链接；链接的图片、对象，选中后按 Ctrl+Shift+F9，或者删去重新插入。收文的人打不开，却看得到文件夹和用户名。",
    ),
    "PW690": Message(
        _W, "{where}目录没有更新，有 {count} 条和正文的标题对不上：“{samples}”。", "右击目录 → 更新域 → 更新整个目录。"
    ),
    "PW691": Message(
        _W, "文件里带着宏（{part}）。", "文件 → 另存为，类型选“Word 文档（*.docx）”，提示不能保存宏时选“是”。"
    ),
    "PW692": Message(
        _W,
        "文件里嵌着 {count} 个对象（{part}），收文的人双击就能打开，里面没有印出来的内容也看得到。",
        "选中对象，剪切，再“选择性粘贴”成图片；数据不多的，改成表。",
    ),
    "PW693": Message(
        _W,
        "{where}有 {count} 处还是提示填写的文字：“{samples}”。",
        "填上内容；不用填的，右击 → 删除内容控件，再删去文字。",
    ),
    "PW694": Message(
        _W,
        "{where}有 {count} 处文字还标着突出显示：“{samples}”。",
        "先看清标的是不是没有定的内容；再按 Ctrl+A 全选，开始 → 突出显示 → 无。",
    ),
    "PW695": Message(
        _H,
        "{where}有 {count} 处文字带着彩色的底纹：“{samples}”。",
        "是起草时做的记号的，选中这些字，边框和底纹 → 底纹，填充选“没有颜色”，应用于“文字”和“段落”各一次。",
    ),
    # 7xx: importing
    "PW701": Message(_H, "没有收进提纲，当作网页的杂项或页码：{what}。", "要用的，自己抄进提纲。"),
    "PW702": Message(_W, "这一行没有照原样进提纲：“{text}”。", "对照原文，在提纲里补上。"),
    "PW703": Message(_E, "文件里没有文字。", "是扫描件的，先用 WPS 或 Word 识别成文字，另存为 .docx 再导入。"),
    "PW704": Message(_H, "一个文件里有 {count} 份计划：{titles}，各成一份提纲。", "发文的通知放在第一份里。"),
    "PW705": Message(
        _W, "{key}没有十分把握，暂写“{value}”：{doubt}。", "在提纲里核对；也可以用{option}写明，再导入一次。"
    ),
    "PW706": Message(
        _W,
        "通知、落款这些没有能照原来的次序排进“发文”，都当作段落，留在“导语”“结语”里。",
        "要排成公文的，把它们移进“发文”。",
    ),
    "PW707": Message(_W, "层次没有理清，全文都当作段落，编号照原样留在文字里。", "在提纲里把标题改成“章”“节”“条”。"),
    "PW708": Message(_E, "不能导入{what}。", "{advice}"),
    "PW709": Message(_E, "文件太大：{size}，最多 {limit}。", "拆成几个文件，或只留要用的部分，另存再导入。"),
    "PW710": Message(
        _W,
        "文件的编码没有十分把握，按 {encoding} 读的{damage}。",
        "看一看提纲里有没有乱码；有的，用记事本或 WPS 打开原文件，另存为 UTF-8，再导入。",
    ),
    "PW711": Message(_H, "表里合并的单元格拆开了，文字在第一格里。", "合并的表放在工作簿里，提纲里写“表: 文件.xlsx”。"),
    "PW712": Message(_W, "导入的提纲还通不过检查：{message}。", "用 planwriter check 看全部问题，照着改。"),
    "PW713": Message(
        _H,
        "落款的日期“{typed}”改成了“{date}”。",
        "公文的成文日期用阿拉伯数字（GB/T 9704）；要照原样的，删去“成文日期”，把原来的写进“署名”。",
    ),
    # 72x: files that are imported
    "PW720": Message(
        _E,
        "{kind}读不了：{reason}。",
        "用 WPS 或 Word 打开看看，能打开的，另存为 .docx 再导入；打不开的，请发文的人另发一份。",
    ),
    "PW721": Message(
        _W,
        "文件里还有修订（添上 {added} 处，删去 {deleted} 处），按全部接受以后的文字导入。",
        "有不该接受的，先在 WPS 或 Word 的“审阅”里逐处拒绝，存好再导入。",
    ),
    "PW722": Message(_H, "{what}不是正文，没有导入。", "要用的，从原件抄进提纲。"),
    "PW723": Message(
        _W, "{what}没有导入。", "提纲里放的是文字和表；要用的，从原件抄进提纲，图片存成文件，用“图”放进去。"
    ),
    "PW724": Message(
        _E,
        "读{kind}要用 LibreOffice，{reason}。",
        "用 WPS 或 Word 打开，另存为 .docx 再导入；或装上 LibreOffice（Windows、macOS 从 zh-cn.libreoffice.org 下载，"
        "Debian、Ubuntu 用 apt install libreoffice-writer），不在通常的地方时用环境变量 PLANWRITER_SOFFICE 写明 soffice 在哪里。",
    ),
    "PW725": Message(
        _E,
        "LibreOffice 没有把{kind}转成 .docx：{reason}。",
        "用 WPS 或 Word 打开，另存为 .docx 再导入；加了密码的，先去掉密码。",
    ),
    "PW726": Message(
        _E,
        "读 PDF 要用 pdfminer.six，这台电脑上没有装。",
        '用 pip install "planwriter[pdf]" 装上；或用 WPS 打开，另存为 .docx 再导入。',
    ),
    "PW727": Message(
        _E,
        "PDF 里没有文字，每一页都是图片，是扫描件。",
        "用 WPS 打开，“PDF转Word”时选文字识别（OCR），校对以后存成 .docx 再导入。",
    ),
    "PW728": Message(
        _H,
        "PDF 里没有分段的记号，段落是按缩进和行的长短拼起来的，表格只有文字。",
        "对照原件通读一遍；有 Word 原件的，导入原件。",
    ),
    "PW729": Message(
        _W, "网页里认不准哪一部分是正文，{what}。", "对照网页看一遍，删去不是正文的；或把正文复制到 .docx 里再导入。"
    ),
    "PW730": Message(
        _W,
        "PDF 里有 {count} 个字的字体没有对照表，认不出来，换成了“�”。",
        "对照原件补上这些字；字多的，用 WPS 打开 PDF，转成 Word 再导入。",
    ),
    "PW731": Message(
        _W,
        "RTF 里的自动编号转换时常会走样。",
        "对照原件核对每一级的编号；或用 WPS、Word 打开，另存为 .docx 再导入。",
    ),
    "PW735": Message(
        _E,
        "{what}。",
        "{advice}",
    ),
    "PW736": Message(
        _H, "“{head}”一列写的是人（{cells}，{count} 格），没有收进提纲。", "公文里只写单位；要印出来的，自己写进正文。"
    ),
    "PW737": Message(
        _H, "“{head}”一列（{cells}）写进了各条的“备注”，不会印出来。", "要印出来的，移到“文”里；不要的，删去“备注”。"
    ),
    "PW738": Message(_H, "{cell} 的“{text}”是合计，没有收进提纲。", "真是一项任务的，换一个写法，再导入。"),
    "PW739": Message(_H, "{cell} 的“{text}”在表的外面，没有收进提纲。", "要用的，自己抄进提纲。"),
    "PW740": Message(
        _W,
        "{cell} 的“{text}”没有读懂，没有照原样收进提纲。",
        "看清它属于哪一项任务，自己写进提纲；或者在表里改好再导入。",
    ),
    "PW741": Message(_W, "{cell} 的时限“{text}”{what}。", "核对“时限”，按 2026年6月底前 这样写。"),
    "PW742": Message(
        _H, "{cell} 的序号是“{number}”，上一项是“{last}”，没有接上。", "看看是不是漏了一行；序号由程序重新编，不用改。"
    ),
    "PW743": Message(
        _W, "{cell} 的文字后面写着“{text}”，和单位、时限两列不一样，都收进了提纲。", "核对是哪一个，删去多余的。"
    ),
    "PW744": Message(
        _H, "工作表“{sheet}”里没有任务清单的表头，没有读（{count} 格有字）。", "里面有任务的，在它上面补一行表头。"
    ),
    "PW745": Message(_H, "隐藏的行或列里有 {count} 格有字，没有读。", "要用的，取消隐藏再导入。"),
    "PW746": Message(_E, "任务放不进提纲：{reason}。", "{advice}"),
    "PW747": Message(_W, "{cell} 的改动没有写进提纲：{reason}。", "{advice}"),
    "PW748": Message(
        _W,
        "{cell} 这一行和原表的几行都像（{rows}），分不清改的是哪一行，没有写进提纲。",
        "在提纲里自己改；或者保留原来的序号再试。",
    ),
    # 76x: last year's outline made into this year's; 77x: the findings of an audit as comments
    "PW765": Message(_E, "“{file}”不能改成新一年的：{reason}。", "{advice}"),
    "PW766": Message(_W, "待核：{what}。", "定下来以后改好这一处，删去上面这一行“# 待核”。"),
    "PW767": Message(
        _H, "{count} 处时限顺延了。", "一处一处看：去年做完的删去，没有做完的定新的时限，今年不再做的连同任务删去。"
    ),
    "PW768": Message(
        _W,
        "完成数里的“{name}”，提纲里没有这个指标，没有用上。",
        "把名称改得和提纲里的键或者名称一样；提纲里本来没有的，删去这一行。",
    ),
    "PW770": Message(
        _E, "“{file}”里写不进批注：{reason}。", "用 WPS 或 Word 打开，另存为 .docx 再试；不用批注的，去掉 --annotate。"
    ),
    "PW771": Message(
        _W, "问题太多，只写了 {count} 条批注，还有 {left} 条没有写。", "先改这些，再审查一遍；全部问题命令里都列了。"
    ),
    "PW772": Message(
        _W, "“{file}”有电子签名，加了批注的那一份签名就失效了。", "批注的一份只用来看；改的、发的用原来的文件。"
    ),
    "PW750": Message(
        _H,
        "{count} 个数提成了指标：{names}。",
        "印出来和原来一样；以后改数只改“指标”里的一处。不要的，导入时回答序号去掉，或者加 --no-targets。",
    ),
    "PW751": Message(
        _W, "指标“{name}”的基期没有写是哪一年，先写成 {year} 年。", "在提纲的“指标”里核对“基期”的“年份”。"
    ),
    "PW752": Message(
        _H,
        "“{quote}”像是指标（{name}），引用以后印出来会和原来不一样，没有提。",
        "要提的，自己写进“指标”，在文中引用。",
    ),
    "PW753": Message(
        _W, "提了指标以后多出一个问题：{message}。", "在“指标”里核对这几个数；不要提指标的，加 --no-targets 再导入。"
    ),
    "PW755": Message(
        _H, "{count} 块和条款库里的一字不差，改成了“用”：{clauses}。", "要照自己的写法改的，把原文抄回来，换掉“用”。"
    ),
    "PW756": Message(
        _H,
        "“{title}”和条款“{clause}”有 {likeness}% 的文字相同。",
        "看一看用哪一种写法：planwriter library show {clause}；要用条款的，把这一块改成“用: {clause}”。",
    ),
    "PW760": Message(
        _W,
        "{count} 份文件里没有反复出现的写法，没有条款可提。",
        "多给几份同一类单位的文件；至少两份里都有、大半相同的块才提。",
    ),
    "PW761": Message(
        _H,
        "“{title}”在 {count} 份文件里反复出现，没有提成条款：{reason}。",
        "要做成条款的，用 planwriter library add 提纲:块。",
    ),
    # 8xx: output
    "PW801": Message(_E, "文件夹“{folder}”不存在。", "先建好文件夹，或用 -o 换一个地方。"),
    "PW802": Message(
        _E,
        "写不了“{file}”：{reason}。",
        "文件若正在 WPS 或 Word 里打开，先关掉；再看看是否有写的权限、盘是否满了。原来的文件没有动。",
    ),
    "PW803": Message(
        _E, "“{file}”{reason}，没有覆盖它。", "{advice}用 -o 另存一个名字；确实不要原来的了，加 --force。"
    ),
    "PW804": Message(_E, "输出文件就是提纲本身。", "用 -o 换一个文件名。"),
    "PW805": Message(
        _E,
        "{reason}，做不了 PDF。",
        "先生成 .docx，在 WPS 里用“文件—输出为PDF”；或装上 LibreOffice（Windows、macOS 从 zh-cn.libreoffice.org 下载，"
        "Debian、Ubuntu 用 apt install libreoffice-writer），不在通常的地方时用环境变量 PLANWRITER_SOFFICE 写明 soffice 在哪里。",
    ),
    "PW806": Message(
        _E,
        "LibreOffice 没有做成 PDF：{reason}。",
        "再试一次；还不行就先生成 .docx，在 WPS 里用“文件—输出为PDF”。原来的文件没有动。",
    ),
    "PW807": Message(
        _E,
        "“{file}”经过链接，指到工作区外面的“{real}”，没有动它。",
        "工作区是别人给的，先问清这个链接是做什么的；确实要写到那里，用 -o 写明真正的路径。",
    ),
    "PW808": Message(
        _H,
        "“{file}”原来的内容不是这次生成的，覆盖以前另存了一份“{copy}”。",
        "看过了，手改的内容都誊回提纲了，把另存的那份删掉。",
    ),
    # 81x: a batch on several machines
    "PW810": Message(
        _E, "在集群上排要用 {package}，这台电脑上没有。", "运行 {command}；不写 --on 就在本机排，不用另装。"
    ),
    "PW811": Message(
        _E,
        "连不上集群“{address}”：{reason}。",
        "看地址是不是调度程序写出来的那个、它和工作进程是不是都开着；不写 --on 就在本机排。",
    ),
    "PW812": Message(
        _E,
        "集群里“{worker}”是 {other}，这里是 {own}，没有用它。",
        "几台电脑装同一个版本的 planwriter 再排；不同的程序排出来的文件不一样。",
    ),
    "PW813": Message(
        _E,
        "集群“{address}”上做这一份的工作进程接连停掉了，没有做成。",
        "多半是那里的内存不够；给工作进程多分一些，或不写 --on，在本机排这一份。",
    ),
    "PW814": Message(
        _W,
        "planwriter.yaml 里写的集群“{address}”在这台电脑上还没有认可过，没有连它，在本机排了。",
        "工作区是别人给的就先看清楚；认可的，输入 --on {address} 排一次。",
    ),
    # 84x: what a Word file carries besides what a reader sees
    "PW840": Message(
        _W,
        "“{file}”里的记录坏了，不知道它是照什么生成的。",
        "正文没有坏：比较时按文字对应各段，拿不准的会列出来。",
    ),
    "PW841": Message(
        _H,
        "文件有了文号，还带着 planwriter 的{what}。",
        "要发出去的，另排一份不带这些的：planwriter render 提纲.yaml --final；手改过的，先把手改的收回提纲。还要改的留着，以后比对手改要用。",
    ),
    # 815 and 82x: opinions of bureaus, and comments
    "PW815": Message(
        _W,
        "第 {row} 行（{unit}，{clause}）采纳了，没有写进提纲：{reason}。",
        "在提纲里自己改这一处；改好了，再运行一次会认得。",
    ),
    "PW816": Message(
        _W, "第 {row} 行的采纳情况“{typed}”看不懂，这一行没有动。", "写 采纳、部分采纳、不采纳 里的一个。"
    ),
    "PW820": Message(
        _W, "“{file}”{reason}，没有收进来。", "里面的意见自己看一遍，补在表末；是收错了的，从要收的文件里去掉。"
    ),
    "PW821": Message(
        _W,
        "“{file}”是照旧稿改的，{count} 条意见说的话现在的提纲里没有了。",
        "这几条在表里注明了，对着旧稿看；还适用的，自己改进提纲。",
    ),
    "PW822": Message(
        _W,
        "“{file}”算作“{unit}”的：{doubt}。",
        "不对的，加 --unit 文件=单位 再收一次，或把文件名改成单位的名字。",
    ),
    "PW823": Message(
        _H,
        "{files}里没有记录，按提纲现在的样子比较的。",
        "要是发出去以后提纲改过，这些改动会被当成他们的意见；改过的，加 --sent 发出去的那一份.docx 再收一次。",
    ),
    "PW824": Message(
        _W,
        "“{file}”里只有计划的一部分，另外 {count} 段没有，不算他们要删。",
        "确实要删的，问清楚了补在表末。",
    ),
    "PW825": Message(
        _H,
        "“{unit}”有 {count} 份：{files}，都收了。",
        "后一份代替前一份的，把前一份去掉再收；不是一个单位的，用 --unit 文件=单位 写明。",
    ),
    "PW826": Message(
        _E,
        "“{file}”不是意见汇总表：没有“意见或修改”和“采纳情况”两列。",
        "用 planwriter collect 写出来的表，表头不要改。",
    ),
    "PW827": Message(
        _H,
        "“{file}”里填了的采纳情况和理由都留下了，原来的另存了一份“{copy}”。",
        "自己加的列、颜色只在另存的那份里；看过了不要，就删掉。",
    ),
    "PW828": Message(
        _W,
        "“{author}”的批注“{said}”说的那一段现在没有了，挂在“{place}”上。",
        "到新文件里看看还用不用得着，办完了就删掉。",
    ),
    "PW829": Message(
        _H,
        "“{author}”的批注“{said}”说的话改过了，还挂在原来的那一段“{place}”上。",
        "看看改得对不对他的意见，办完了就删掉。",
    ),
    # 85x: Word files held against their outlines
    "PW850": Message(
        _E,
        "这份 Word 文件读不了：{reason}。",
        "用 WPS 或 Word 打开看看，能打开的，另存为 .docx 再试；打不开的，请改它的人另发一份。",
    ),
    "PW851": Message(_H, "Word 文件里有{what}，不参加比较。", "这些内容提纲里没有地方写；要留着的，自己记下来。"),
    "PW852": Message(
        _H,
        "文件里没有生成时留下的记录，{what}。",
        "记录是存成别的格式、或用不认得它的程序另存时丢的；改 Word 文件请一直存成 .docx。",
    ),
    "PW853": Message(
        _W,
        "文件是从“{made}”生成的，这里拿它和“{outline}”比。",
        "提纲改过名字的不要紧；不是同一份的，写对提纲或 .docx 的名字。",
    ),
    "PW854": Message(
        _W,
        "文件有 {total} 段，和提纲对得上的只有 {count} 段，多半不是它生成的。",
        "看看 .docx 的名字写对没有。",
    ),
    "PW855": Message(
        _H,
        "有 {count} 段是照样子和位置认出来的，可能认错：{places}。",
        "看看列出来的前后两句说的是不是同一件事；不是的，一删一增，意思没有变。",
    ),
    "PW856": Message(
        _W,
        "提纲现在有错误，排不出来，说不清它后来改了什么，只看 Word 文件这一边。",
        "先看有哪些错误：{command}",
    ),
    "PW857": Message(
        _W,
        "文件是一表多份里的一份（{row}），只看 Word 文件这一边，没有和提纲比。",
        "手改的自己写进提纲或表，absorb 收不回；再排一次，用 planwriter render 提纲 --each 表 -o 文件夹/。",
    ),
    # 86x: a .docx edited by hand, taken back
    "PW860": Message(
        _H,
        "条款“{clause}”的话在这里改写了，条款库里再改，这里不会跟着变。",
        "想用条款原来的话，删去“改写”。",
    ),
    "PW861": Message(
        _W,
        "条款“{clause}”在这里改写以后，条款库里的原话又换过。",
        "看一看新的原话（planwriter library show），要用的照着改；看过了，把“条款原文”改成 {digest}。",
    ),
    "PW862": Message(_E, "条款“{clause}”不能这样改写：{reason}。", "删去“改写”，把“用”换成自己写的块。"),
    "PW863": Message(
        _E,
        "“{file}”里没有记录，旁边也没有留底，不知道它是照哪一版提纲排的。",
        "找用 planwriter render 排出来的那一份；或者加 --no-record，就和现在的提纲比（提纲后来改过的，会当成是文件里改的）。",
    ),
    "PW864": Message(
        _E,
        "“{file}”不像是这份提纲排出来的：{count} 段里只有 {known} 段对得上。",
        "看看提纲和文件是不是一对；确实要收回，加 --whole。",
    ),
    "PW865": Message(
        _E,
        "“{file}”里少了 {count} 段，占提纲的 {share}%，从“{first}”起，没有收回。",
        "看看寄回来的是不是只有一部分；确实都删了，加 --whole。",
    ),
    "PW866": Message(_W, "“{what}”没有收回：{reason}。", "在提纲里自己改这一处。"),
    "PW867": Message(
        _E,
        "{kind}：原来是“{base}”，提纲里是“{ours}”，文件里是“{theirs}”，没有动，还照提纲。",
        "在终端上运行会问用哪一个；或者加 --conflicts 两可.docx，写成修订再定；或者在提纲里自己改。",
    ),
    "PW869": Message(
        _E,
        "文件是一表多份里的一份（{row}），收不回：各份用的是同一份提纲，改了它，别的份也跟着变。",
        "用 planwriter status 提纲 文件 看手改了哪几句，自己写进提纲或表，再用 planwriter render 提纲 --each 表 -o 文件夹/ 排一次。",
    ),
    # 88x: tracked changes
    "PW880": Message(_E, "“{file}”里写不进修订：{reason}。", "在 Word 或 WPS 里打开，另存一次 .docx 再试。"),
    "PW881": Message(
        _W, "有一处修改没有写进第 {number} 段：{reason}。", "这一处要自己在文件里改；其他的修改已经写进去。"
    ),
    "PW882": Message(
        _W,
        "“{file}”里本来就有 {count} 段带着没有处理的修订，都还留着。",
        "要全部接受、全部拒绝时，它们也会一起接受、拒绝；先处理完再对照，就只有这一次的改动。",
    ),
    "PW883": Message(
        _W,
        "{where}的“{old}”在文件里手改过（“{found}”），没有换成提纲现在的“{new}”。",
        "看清楚用哪一个：要用提纲的，在文件里自己改；要用文件里的，把提纲里的数改过来。",
    ),
    "PW884": Message(
        _W,
        "{where}的“{old}”没有换成“{new}”：{reason}。",
        "打开文件找一找，要换的自己换。",
    ),
    "PW885": Message(
        _E,
        "“{file}”不能刷新：{reason}。",
        "用 planwriter diff 看两边哪里不同，自己改；下次重新生成以后，再在生成的文件里改，就能刷新了。",
    ),
    # 89x: the journal
    "PW890": Message(_E, "“{file}”{reason}，没有撤销。", "{advice}"),
    "PW891": Message(
        _E,
        "“{file}”在 {when} 那一步改以前的样子没有留着，撤销不了。",
        "太久的、坏了的不留；从备份里找，或者对照着改回来。",
    ),
    "PW892": Message(_E, "没有可以{what}的：{reason}。", "{advice}"),
    "PW893": Message(
        _W,
        "旁边 .planwriter/journal 里记着的改动没有全看到：{reason}。",
        "没看到的那些步不能用 planwriter undo 撤销；提纲本身没有动。",
    ),
    "PW894": Message(
        _W,
        "“{file}”改了，可是没有记下改以前的样子，这一次不能用 planwriter undo 撤销：{reason}。",
        "看看旁边的 .planwriter 文件夹能不能写、盘是不是满了。",
    ),
    "PW895": Message(
        _H,
        "记下的改动满了 {size}，只留着 {since} 以后的，以前的不能再用 planwriter undo 撤销。",
        "“{file}”这一次的改动照样能撤销，不用做什么。",
    ),
    "PW896": Message(
        _W,
        "“{file}”里没有记录，照旁边留底的、{when} 排出来的“{other}”当原稿。",
        "不是从那一份改来的，比出来的会多；收回时加 --no-record，就和现在的提纲比。",
    ),
    # 9xx: our own fault
    "PW901": Message(_E, "程序自己出了错：{what}。", "这不是你的错。请把提纲和这几行字发给开发者；原来的文件没有动。"),
}


_NO_PLACES: tuple[tuple[Pos, str], ...] = ()
_NO_REMEDY: tuple[Replacement, ...] = ()


def finding(
    code: str,
    place: Span | Pos,
    /,
    *,
    related: tuple[tuple[Pos, str], ...] = _NO_PLACES,
    remedy: tuple[Replacement, ...] = _NO_REMEDY,
    **values: object,
) -> Finding:
    """The finding `code` at `place`, its sentence and hint filled with `values`."""
    return make_finding(code, place, values, related, remedy)


def make_finding(
    code: str,
    place: Span | Pos,
    values: dict[str, object],
    related: tuple[tuple[Pos, str], ...] = _NO_PLACES,
    remedy: tuple[Replacement, ...] = _NO_REMEDY,
    source: Source | None = None,
) -> Finding:
    """Like `finding`, with the values in a dict; `source` is the file of a place that is not a Span."""
    message = CATALOGUE[code]
    values = {name: _short(value) for name, value in values.items()}
    hint = message.hint.format(**values)
    if isinstance(place, Span) and place.cause is not None:
        related = ((place.pos, place.cause.note), *related)
        hint, remedy, place = hint + place.cause.advice, _NO_REMEDY, place.cause.place
    pos, source = (place.pos, place.source.whole) if isinstance(place, Span) else (place, source)
    return Finding(
        code=code,
        severity=message.severity,
        pos=pos,
        message=message.sentence.format(**values),
        hint=hint,
        related=related,
        source=source,
        remedy=remedy,
        softens=message.softens,
    )


def _short(value: object) -> object:
    """A value as a finding shows it: one line of bounded length."""
    if not isinstance(value, str):
        return value
    line = value.replace("\n", " ")
    return line if len(line) <= MAX_VALUE else line[: MAX_VALUE - 1] + "…"


MAX_VALUE = 300
MAX_KNOWN, MAX_ALIKE = 2000, 200


def nearest(name: str, known: list[str] | tuple[str, ...]) -> list[str]:
    """At most three of `known`: those that `name` may have been meant for."""
    return _nearest(name, tuple(known[:MAX_KNOWN]))


@functools.lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...]) -> list[str]:
    import difflib  # only when something is wrong

    marks = set(name)
    alike = [word for word in known if not marks.isdisjoint(word)][:MAX_ALIKE]
    close = difflib.get_close_matches(name[:40], alike, n=3, cutoff=0.5)
    return close or [word for word in alike if name in word or word in name][:3]


def typed(*words: str) -> str:
    """A command as it can be typed in any shell: words with spaces or signs stand between double quotes."""
    return " ".join(
        word if re.fullmatch(r"[\w./\\:@=+~-]+", word) and not word.startswith("~") else f'"{word}"' for word in words
    )


def quoting(start: str) -> str:
    """The hint for a text that begins with a character that YAML reserves."""
    if start[:1] in "'\"":
        return "改成中文引号“”；英文引号只能括住整段文字，不能只括开头几个字。"
    return f"给整段文字加上英文引号：'{start}……'。"


def near(name: str, known: list[str] | tuple[str, ...], *, what: str = "可用的有") -> str:
    """The hint for an unknown name: the nearest of `known`, else the first dozen of them."""
    close = nearest(name, known)
    if close:
        return "是不是“" + "”“".join(close) + "”？"
    if not known:
        return "现在一个也没有。"
    shown = "、".join(known[:12])
    return f"{what}：{shown}{' 等' if len(known) > 12 else ''}。"
