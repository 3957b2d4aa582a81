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
}
