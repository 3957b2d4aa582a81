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
}
