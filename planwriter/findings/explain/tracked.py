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
}
