"""Pages 72x: files of other programs that are imported."""

from planwriter.findings.explain import Page

PAGES: dict[str, Page] = {
    "PW720": Page(
        "文件打不开：多半是下载、拷贝时断了，或者名字叫 .docx、.pdf，里面并不是。程序只按内容认文件，不按名字。",
        "planwriter import 要点.docx      （文件只下载了一半）",
        "planwriter import 要点.docx      （在 WPS 里打得开的文件）",
        "用 WPS 或 Word 打开看看。打得开的，另存为 .docx 再导入；打不开的，请发文的人另发一份。",
    ),
    "PW721": Page(
        "文件里还留着修订，哪些算数要由人定。导入时按全部接受以后的文字算：添上的留下，删去的去掉。",
        "（修订：新建公办幼儿园“2”改成“3”所，没有接受，也没有拒绝）",
        "（新建公办幼儿园3所，没有修订）",
        "在 WPS 或 Word 的“审阅”里逐处接受或拒绝，存好再导入；全部接受就对的，不用管。",
    ),
    "PW722": Page(
        "目录、批注、页眉页脚、网页的导航这些不是计划的正文，导入时去掉，并且说出来，免得误删。",
        "（网页上正文前面的“分享到微信”）",
        "（只有正文的网页）",
        "看一眼列出的文字；是正文的，从原件抄进提纲。",
    ),
    "PW723": Page(
        "图片、脚注、隐藏的文字放不进提纲，没有导入。脚注里的字都列在下面。",
        "（正文里有一张图片、一条脚注）",
        "（图片用“图”放进提纲，脚注的话写进正文）",
        "要用的，从原件抄进提纲；图片先存成文件，再用“图”放进去。",
    ),
    "PW724": Page(
        "旧的 .doc、.wps、.rtf、.odt 要借 LibreOffice 转成 .docx 才能读。它是一个免费的办公软件，不随本程序安装，程序没有找到它。",
        "planwriter import 去年要点.doc      （电脑上没有装 LibreOffice）",
        "planwriter import 去年要点.docx      （在 WPS 里另存的）",
        "最省事的是用 WPS 或 Word 打开，另存为 .docx。常要导入旧文件的，装上 LibreOffice；装了还找不到的，"
        "请管电脑的同事把环境变量 PLANWRITER_SOFFICE 设成 soffice 所在的完整路径。",
    ),
    "PW725": Page(
        "找到了 LibreOffice，但它没有转成：文件坏了、加了密码，或者转得太久，被停掉了。原来的文件没有动。",
        "planwriter import 去年要点.doc      （打开要输密码）",
        "planwriter import 去年要点.docx      （去掉密码，在 WPS 里另存的）",
        "用 WPS 或 Word 打开，去掉密码，另存为 .docx 再导入。",
    ),
    "PW726": Page(
        "读 PDF 用的是 pdfminer.six，它不随本程序安装。别的文件用不着它。",
        "planwriter import 去年要点.pdf      （没有装它）",
        "planwriter import 去年要点.docx      （用 WPS 把 PDF 转成的）",
        '照提示的命令 pip install "planwriter[pdf]" 安装；或用 WPS 打开 PDF，转成 Word 再导入。',
    ),
    "PW727": Page(
        "PDF 里只有扫描的图片，没有文字，程序认不出图片里的字。",
        "（每一页都是一张照片的 PDF）",
        "（用鼠标能选中文字的 PDF）",
        "用 WPS 的“PDF转Word”，选文字识别（OCR），校对以后存成 .docx 再导入；向发文的人要 Word 原件更好。",
    ),
    "PW728": Page(
        "PDF 只记每一行的字在哪里，不记段落。程序按首行缩进、行的长短把各行拼成段落，表格只剩下文字，所以要通读一遍。",
        "planwriter import 去年要点.pdf",
        "planwriter import 去年要点.docx      （Word 原件）",
        "对照原件看分段对不对；有 Word 原件的，导入原件。",
    ),
    "PW729": Page(
        "网页上正文以外还有不少成段的文字，程序只导入了最像正文的一块，可能漏了，也可能取错了。",
        "（一个网页上并排登着两篇文章）",
        "（一个网页上只有一篇文章）",
        "对照网页看一遍；不对的，把正文复制到 .docx 里再导入。",
    ),
    "PW730": Page(
        "PDF 里有的字体没有带文字的对照表，屏幕上看得见，却取不出是哪个字，换成了“�”。",
        "（PDF 里选中一段，粘贴出来是乱码）",
        "（PDF 里选中一段，粘贴出来还是原来的字）",
        "字少的，对照原件补上；字多的，用 WPS 打开 PDF，转成 Word 再导入。",
    ),
    "PW731": Page(
        "RTF 里由 Word 自动编的号，各个程序写法不一，转换时“一、”可能变成“一?”，“1.”可能变成“三、”。",
        "planwriter import 去年要点.rtf      （一、二、三是自动编号）",
        "planwriter import 去年要点.docx",
        "用 WPS 或 Word 打开，另存为 .docx 再导入；或对照原件改编号。",
    ),
}
