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
    "PW810": Page(
        "要把一批文件分给几台电脑排，用的是 dask.distributed，它不随本程序安装。只在本机排，用不着它。",
        "planwriter render *.yaml --on tcp://192.168.1.10:8786      （没有装它）",
        "planwriter render *.yaml      （在本机排）",
        "照提示的命令安装；几台电脑都要装同一个版本。",
    ),
    "PW811": Page(
        "地址上没有调度程序在听，或者它下面一个工作进程也没有。",
        "planwriter render *.yaml --on tcp://192.168.1.10:8786      （那里还没有开 dask scheduler）",
        "planwriter render *.yaml --on tcp://192.168.1.10:8786      （先开 dask scheduler，再开 dask worker）",
        "在那台电脑上运行 dask scheduler，在各台电脑上运行 dask worker，地址照抄 dask scheduler 写出来的；防火墙要放行。",
    ),
    "PW812": Page(
        "各台电脑的程序要一样，排出来的文件才一个字节也不差；压缩程序和（做 PDF 时）LibreOffice 的版本也算。只要有一台不一样，就一份也不排。",
        "（一台电脑装的是上个月的 planwriter）",
        "（几台电脑都装今天的 planwriter）",
        "在那台电脑上装同一个版本，重开它的 dask worker。",
    ),
    "PW813": Page(
        "工作进程停掉了，会换一个重做，什么也不丢。同一份接连弄停几个，就不再换了，免得把集群都弄停。",
        "（给每个工作进程的内存太少）",
        "dask worker tcp://192.168.1.10:8786 --memory-limit 1GB",
        "看 dask worker 写的是什么原因；内存不够的多分一些，或者在本机排这一份。",
    ),
    "PW814": Page(
        "连上集群，就要把提纲发过去，也信那里发回来的。工作区可能是别人给的，里面的地址可以指向任何地方，所以这台电脑上第一次连要你自己写出来。认可过的记在你自己的设置文件夹里，以后不用再写。",
        "planwriter render *.yaml      （planwriter.yaml 里写了“集群”，这台电脑上没有用过）",
        "planwriter render *.yaml --on tcp://192.168.1.10:8786      （看过地址，认可）",
        "看清地址是不是本单位的；是的，用 --on 写一次。不是的，从 planwriter.yaml 里删掉。",
    ),
    "PW840": Page(
        "planwriter 生成的 .docx 里带着一份看不见的记录：它是照哪份提纲、哪些文字和指标生成的。有的程序另存时会把它截断或改坏。坏了的记录整份不用，免得认错。",
        "（记录被别的程序截去了后半截）",
        "（用 Word、WPS 或 LibreOffice 照常编辑、保存，记录都在）",
        "可以照常比较和收回，只是各段要按文字来对应，看一看列出来的拿不准的地方。以后尽量直接改 planwriter 生成的那一份，不经别的程序转换。",
    ),
    "PW841": Page(
        "planwriter 生成的 .docx 里带着看不见的记录和书签：提纲的文件名、各段从提纲哪一行来、用了哪些条款和指标。起草时有用，靠它认出哪些是手改的；发出去的文件里不必有，收文的人用别的软件看得到。没有文号的稿子不提示。",
        "（印发稿里带着生成记录和 24 个隐藏书签）",
        "（印发稿里没有记录和书签，文字、版式一样）",
        "planwriter render 提纲.yaml --final -o 印发稿.docx。在 Word 里手改过、来不及收回的：文件 → 信息 → 检查问题 → 检查文档，勾“文档属性和个人信息”，全部删除，记录就没有了；书签在 插入 → 书签 里，勾“隐藏的书签”，把 _pw_ 开头的删去。",
    ),
    "PW901": Page(
        "程序里有没想到的情况，出了错。这不是你的错，提纲和原来的文件都没有动。",
        "（没有错的写法）",
        "（照常写就行）",
        "把提纲和屏幕上的这几行字发给开发者。急着用的，把最近改的几行先去掉再试，多半能绕过去。",
    ),
}
