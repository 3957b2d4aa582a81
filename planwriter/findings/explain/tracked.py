"""Pages 88x: tracked changes that are written into Word files."""

from planwriter.findings.explain import Page

PAGES: dict[str, Page] = {
    "PW880": Page(
        "修订要写在文件原来的内容旁边，一个字也不能碰坏。写法认不出来的文件，宁可不写。",
        "planwriter refresh 要点.yaml 要点.docx      （要点.docx 只传了一半，或加了密码）",
        "planwriter refresh 要点.yaml 要点.docx",
        "用 Word 或 WPS 打开看看；能打开的，另存一次 .docx 再试。",
    ),
    "PW881": Page(
        "公式、页码、竖着合并的单元格这些地方，硬写修订会弄坏文件。写不了的都列出来，免得以为已经改了。",
        "（要改的数字在公式里）",
        "（要改的数字在普通文字里）",
        "打开文件，找到这一段，自己改。",
    ),
    "PW882": Page(
        "修订稿是写在原稿里的。原稿自己带着修订，就和这一次的混在一起：全部拒绝，退回的是那些修订以前的样子。",
        "planwriter diff 要点（带修订）.docx 要点.yaml --redline 修订稿.docx",
        "planwriter diff 要点.docx 要点.yaml --redline 修订稿.docx      （要点.docx 里的修订都接受、拒绝过了）",
        "在 Word 或 WPS 里把原稿的修订都处理完，再对照一次。",
    ),
    "PW883": Page(
        "刷新只换没有人动过的数。有人在文件里改过的，可能是领导定的数，不能悄悄盖掉。",
        "（提纲里由 12 所改成 18 所，文件里有人改成了 15 所）",
        "（提纲里由 12 所改成 18 所，文件里还是 12 所）",
        "问清楚用哪一个数，再改提纲或改文件。",
    ),
    "PW884": Page(
        "文件里找不到这个数（这一段删了、整句重写了），或者它在不能写修订的地方。没换的都列出来，免得印出旧数。",
        "（写着“新建公办园12所”的一段在文件里删掉了）",
        "（写着“新建公办园12所”的一段还在）",
        "打开文件找一找，要换的自己换。",
    ),
    "PW885": Page(
        "要知道哪些字是填进去的数，得看文件里的记录。没有记录的文件，只能猜，猜错一个数比不刷新更糟。",
        "planwriter refresh 要点.yaml 别人排的.docx",
        "planwriter refresh 要点.yaml 要点.docx      （planwriter 生成的，改过也行）",
        "没有记录的，用 planwriter diff 对照，自己改。",
    ),
}
