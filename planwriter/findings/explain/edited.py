"""Pages 85x: Word files held against the outlines that they were made from."""

from planwriter.findings.explain import Page

PAGES: dict[str, Page] = {
    "PW850": Page(
        "要比较的文件打不开：可能传坏了，可能加了密码，也可能是旧的 .doc 改了名字。读不出来，就说不清它改过没有。",
        "planwriter status 要点.yaml 要点（回传）.docx      （文件只传了一半）",
        "planwriter status 要点.yaml 要点.docx",
        "用 WPS 或 Word 打开看看，能打开的，另存为 .docx 再试；打不开的，请改它的人另发一份。",
    ),
    "PW851": Page(
        "提纲里没有脚注、尾注和目录，所以文件里后来加的这些内容不参加比较，也收不回提纲；再生成一次，它们就没有了。",
        "（在 Word 里给一句话加了脚注，再直接重新生成）",
        "（把脚注里的话写进正文，或另存一份再生成）",
        "要留着的，自己记下来；要写进文件的，写进提纲的正文。",
    ),
    "PW852": Page(
        "生成的 .docx 里记着它是从什么提纲生成的，靠这个分清哪些是手改的、哪些是提纲后来改的。记录没有了，就只能和现在的提纲比，两样混在一起。",
        "（用 WPS 另存成 .doc，又存回 .docx）",
        "（一直存成 .docx）",
        "列出来的都看一遍：提纲后来改的，不要当成手改的誊回去。",
    ),
    "PW853": Page(
        "文件里记着的提纲名字和写的不一样。提纲改过名字的，照比；拿错了文件的，列出来的全不对。",
        "planwriter status 要点2027.yaml 要点2026.docx",
        "planwriter status 要点2026.yaml 要点2026.docx",
        "写对名字再看一次。",
    ),
    "PW854": Page(
        "对得上的段落不到一半：多半是拿错了文件，也可能是改得太多，或者是从别处粘来的一份。",
        "planwriter status 要点.yaml 会议纪要.docx",
        "planwriter status 要点.yaml 要点.docx",
        "名字写对了还是这样的，用 planwriter import 把它当成一份新的读进来。",
    ),
    "PW855": Page(
        "段落先照里面的书签认，再照文字认。书签丢了、话又改得多，就照样子和前后的位置认，可能认错。",
        "（整份粘进了一个新文件，一段话重写过）",
        "（在原来的文件里改）",
        "看看前后两句说的是不是同一件事。",
    ),
    "PW856": Page(
        "提纲有错误，排不出来，就不知道它现在会排成什么样，只能说 Word 文件里手改了什么。",
        "（提纲里一个指标没有写数值）",
        "（写上数值）",
        "用 planwriter check 看有哪些错误，改好再看一次。",
    ),
    "PW857": Page(
        "一表多份排出来的每一份，一半在提纲里，一半在表的那一行里。只拿提纲排不出它来，所以只说 Word 文件里手改了什么。",
        "planwriter status 方案.yaml 各校/第一小学.docx",
        "planwriter status 要点.yaml 要点.docx",
        "照列出来的，改提纲或表里的那一行，再用 render --each 排一次。",
    ),
}
