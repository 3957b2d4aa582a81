"""Pages 8xx and 9xx: what is written, and our own fault."""

from planwriter.findings.explain import Page

PAGES: dict[str, Page] = {
    "PW801": Page(
        "要写到的文件夹不存在，程序不替你建，免得写错了地方找不到。",
        "planwriter render 要点.yaml -o 印发/要点.docx      （没有“印发”这个文件夹）",
        "planwriter render 要点.yaml -o 要点.docx",
        "先建好文件夹，或换一个地方。",
    ),
    "PW802": Page(
        "文件写不进去。最常见的是它正在 WPS 或 Word 里打开着。原来的文件一个字也没有动。",
        "planwriter render 要点.yaml      （要点.docx 正在 WPS 里打开）",
        "planwriter render 要点.yaml      （先关掉要点.docx）",
        "关掉打开着它的程序；再看有没有写的权限，盘是不是满了；或用 -o 换一个文件名。",
    ),
    "PW803": Page(
        "那个文件已经有了，而且有人在 Word 或 WPS 里改过，或者根本不是本程序生成的。覆盖了，手改的内容就找不回来了。",
        "planwriter render 要点.yaml      （要点.docx 里手改过几处）",
        "planwriter render 要点.yaml -o 要点（第二稿）.docx",
        "先把手改的内容誊回提纲；确实不要了，加 --force；或用 -o 另存一个名字。",
    ),
    "PW804": Page(
        "输出写到了提纲自己身上，提纲会被盖掉。",
        "planwriter render 要点.yaml -o 要点.yaml",
        "planwriter render 要点.yaml -o 要点.docx",
        "用 -o 换一个文件名；不写 -o 就在提纲旁边生成同名的 .docx。",
    ),
    "PW805": Page(
        "做 PDF 要用 LibreOffice，它是一个免费的办公软件，不随本程序安装。程序没有找到它，所以做不了 PDF；.docx 不用它，照样能生成。",
        "（电脑上没有装 LibreOffice，却要生成 PDF）",
        "planwriter render 要点.yaml -o 要点.docx      （再用 WPS 打开，文件 → 输出为PDF）",
        "先生成 .docx，在 WPS 里输出为 PDF；或者装上 LibreOffice。装了还找不到的，请管电脑的同事把环境变量 PLANWRITER_SOFFICE 设成 soffice 所在的完整路径。",
    ),
    "PW806": Page(
        "找到了 LibreOffice，但它没有做成 PDF：可能中途出了错，也可能做得太久，被停掉了。原来的文件没有动。",
        "（LibreOffice 没有装好，或者电脑太忙，两分钟还没有做完）",
        "planwriter render 要点.yaml -o 要点.docx      （再用 WPS 打开，文件 → 输出为PDF）",
        "再试一次；电脑太忙的，先关掉别的程序。还不行的，先生成 .docx，在 WPS 里输出为 PDF；也可以重装 LibreOffice。",
    ),
    "PW807": Page(
        "要写的地方在工作区里，却是一个链接（或经过一个链接），实际指到工作区外面。别人给的工作区里若有这样的链接，程序照着写就会改掉、删掉你别处的文件，所以一律不动。",
        "planwriter render 要点.yaml      （要点.docx 是指向别处文件的链接）",
        "planwriter render 要点.yaml -o D:/印发/要点.docx      （写明真正的路径）",
        "先弄清链接是谁放的、做什么用；不用的删掉链接。确实要写到那里，用 -o 写明真正的路径。",
    ),
    "PW808": Page(
        "加了 --force，要覆盖的文件却在 Word 或 WPS 里改过，或者不是本程序生成的。覆盖以前先在旁边另存一份，名字里带“手改”和号码，已有的绝不覆盖。",
        "planwriter render 要点.yaml --force      （要点.docx 里手改过几处）",
        "planwriter render 要点.yaml      （要点.docx 没有手改过）",
        "打开另存的那份，把手改的内容誊回提纲；都誊回了就把它删掉。",
    ),
    "PW901": Page(
        "程序里有没想到的情况，出了错。这不是你的错，提纲和原来的文件都没有动。",
        "（没有错的写法）",
        "（照常写就行）",
        "把提纲和屏幕上的这几行字发给开发者。急着用的，把最近改的几行先去掉再试，多半能绕过去。",
    ),
}
