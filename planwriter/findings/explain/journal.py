"""Explanations of the findings on taking changes back: the journal."""

from planwriter.findings.explain import Page

PAGES: dict[str, Page] = {
    "PW890": Page(
        "撤销是把文件换回那条命令改以前的样子。那以后文件又改过，换回去就把后来改的也丢了，所以一个字也没有动。",
        "planwriter undo 要点.yaml      （targets set 以后，又在记事本里改过）",
        "planwriter undo 要点.yaml      （targets set 以后没有再改过）",
        "照提示把改以前的样子另存一份，对照着改；文件改了名的，写新名字。",
    ),
    "PW891": Page(
        "撤销要用改以前的那一份。它留在 .planwriter/journal 里，满了 64 MB 就去掉最早的；有人删过、改过这个文件夹，也就没有了。",
        "planwriter undo 要点.yaml --step 3      （第 3 步太早，那一份已经去掉）",
        "planwriter undo 要点.yaml      （最近的一步）",
        "从备份里找，或者对照着改回来。",
    ),
    "PW892": Page(
        "能撤销的，是 planwriter 的命令对这个文件夹（工作区）里的文件做的改动。自己在记事本里改的，它不知道；都撤销过了，也就没有了。",
        "planwriter undo 要点.yaml      （没有用命令改过它）",
        "planwriter targets set 要点.yaml 普惠园覆盖率 数值=96，接着 planwriter undo 要点.yaml",
        "用 planwriter log 提纲 看记着哪些改动。",
    ),
    "PW893": Page(
        "命令做的改动记在 .planwriter/journal/journal.txt 里，一行一次。断电、同步软件、别人的手都可能弄坏几行；坏的不猜，略过。",
        "（journal.txt 被编辑器另存成别的编码，或者换成了链接）",
        "（journal.txt 没有人动过）",
        "有备份的，把 .planwriter/journal 文件夹整个拷回来；没有就算了，提纲和公文都不受影响。",
    ),
    "PW894": Page(
        "每次用命令改文件，都把改以前的样子记在旁边的 .planwriter/journal 里，这样才能撤销。这一次没有记成，要改的照样改了。",
        "planwriter targets set 要点.yaml 普惠园覆盖率 数值=96      （.planwriter 是只读的）",
        "planwriter targets set 要点.yaml 普惠园覆盖率 数值=96      （.planwriter 能写）",
        "看看文件夹的权限和盘的空间；要紧的文件先自己另存一份。",
    ),
    "PW895": Page(
        "改以前的样子最多留 64 MB，满了就去掉最早的。去掉的那些步不能再撤销，文件本身没有动。",
        "（改了几千次，或者改过很大的工作簿）",
        "（记下的改动不到 64 MB）",
        "不用做什么；很早以前的样子要留的，自己存档。",
    ),
    "PW896": Page(
        "排出来的 Word 文件带着一份看不见的记录，比较、收回都靠它。有的程序另存时丢掉它，就用 .planwriter/journal/renders 里留着的；排过几次的，挑文字最像的那一份。",
        "（文件在别的程序里另存过，记录没有了）",
        "（用 Word、WPS 或 LibreOffice 打开、保存，记录还在）",
        "看一看列出来的改动像不像手改的；提纲自己后来改的也算进去了，就是挑错了那一次。",
    ),
}
