"""Web pages in the manner of several content management systems, written for the tests. No test by itself.

Each takes the title and the paragraphs of a text, and gives a page whose own words are never those of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

TITLE = "青山县教育局2026年工作要点"
PARAGRAPHS = (
    "2026年，全县教育工作坚持育人为本，补短板、强弱项，办好人民满意的教育。",
    "一、扩大普惠资源",
    "（一）增加学位供给",
    "1.新建公办幼儿园。在柳林镇新建公办幼儿园2所，增加学位540个，秋季学期投入使用。（责任单位：学前教育股）",
    "2.改造薄弱学校。完成12所乡村小规模学校食堂改造，配齐保温和消毒设备。（责任单位：计财股）",
    "（二）规范办园行为",
    "开展幼儿园保育教育质量自评，指导各园制定改进计划，年底前完成复核。",
    "二、建强教师队伍",
    "健全教师补充、培训、交流机制，全年交流轮岗教师120名，骨干教师占比不低于三成。",
    "三、强化保障",
    "各学校要细化措施，明确到人，每季度报送一次进展情况。",
)
_LINKS = "".join(
    f'<li><a href="/c{at}.html">{word}</a></li>'
    for at, word in enumerate(("首页", "新闻中心", "政务公开", "办事服务", "互动交流"), 1)
)
_RELATED = "".join(
    f'<li><a href="/r{at}.html">{word}</a><span>2026-01-0{at}</span></li>'
    for at, word in enumerate(
        (
            "云岭市召开春季开学工作会议，部署开学安全检查",
            "关于做好寒假值班工作的通知，请各校遵照执行",
            "青山县举办中小学生冬季长跑活动",
        ),
        1,
    )
)


def _paragraphs(texts: Sequence[str], form: str = "<p>{}</p>") -> str:
    return "\n".join(form.format(each) for each in texts)


def editor(title: str, texts: Sequence[str]) -> str:
    """A text in the block of a well-known editor, its paragraphs indented by blanks, with marks for search engines."""
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="SiteName" content="青山县人民政府">
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2026-02-03 10:20"><title>{title}_青山县人民政府</title>
<script>var a = "<p>不是正文的一段话，写在脚本里，不应当出现。</p>";</script><style>.x{{color:red}}</style></head><body>
<div class="header"><div class="logo">青山县人民政府</div><ul class="nav">{_LINKS}</ul></div>
<div class="crumb">您现在的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; 工作计划</div>
<div class="main"><div class="article"><h1 class="title">{title}</h1>
<div class="info"><span>发布时间：2026-02-03</span><span>来源：县教育局</span><span>浏览次数：<i id="hits">128</i></span>
<div class="fontsize">字体：<a>大</a> <a>中</a> <a>小</a></div></div>
<div class="view TRS_UEDITOR trs_paper_default">{_paragraphs(texts, "<p style='text-indent: 2em'><span>　　{}</span></p>")}</div>
<div class="share">分享到：<a>微信</a><a>微博</a></div><div class="related"><h3>相关文章</h3><ul>{_RELATED}</ul></div></div>
<div class="sidebar"><h3>热点专题</h3><ul>{_RELATED}</ul></div></div>
<div class="footer">主办：青山县人民政府办公室　技术支持：某某公司<br>备案号：某ICP备00000000号</div></body></html>"""


def marked(title: str, texts: Sequence[str]) -> str:
    """A text between marks for search engines, its lines broken by <br>, in a page of GB2312 that is laid out by <div>."""
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>青山县教育局 {title}</title></head>
<body><div id="top">{_LINKS}</div><div id="box"><div class="bt_title">{title}</div><div class="sj">日期：2026-02-03　【打印】【关闭】</div>
<div id="zoom"><!--begin--><meta name="ContentStart"><div class="bt-content">{"<br><br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + each for each in texts)}</div><meta name="ContentEnd"><!--end-->
</div><div class="xgwj">相关附件：<a href="a.doc">任务分解表.doc</a></div></div><div id="bottom">版权所有：青山县教育局</div></body></html>"""


def by_tables(title: str, texts: Sequence[str]) -> str:
    """An old page, laid out by nested tables, without any name that helps and with unclosed tags."""
    return f"""<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY bgcolor=#ffffff><TABLE width=980 align=center><TR><TD colspan=2>
<TABLE><TR><TD><A href=1.htm>首页</A><TD><A href=2.htm>政务公开</A><TD><A href=3.htm>网上办事</A></TR></TABLE></TR>
<TR><TD width=200 valign=top><TABLE>{"".join(f"<TR><TD><A href={at}.htm>栏目{at}：通知公告与政策文件</A>" for at in range(1, 12))}</TABLE>
<TD valign=top><TABLE width=100%><TR><TD align=center><FONT size=5><B>{title}</B></FONT><TR><TD align=center>作者：佚名　点击数：33　更新时间：2026-2-3
<TR><TD><FONT face=宋体>{_paragraphs(texts, "<P>　　{}")}</FONT></TD></TR></TABLE></TD></TR>
<TR><TD colspan=2 align=center>青山县教育局主办　地址：青山县柳林镇学府路1号</TD></TR></TABLE></BODY></HTML>"""


def indexed(title: str, texts: Sequence[str]) -> str:
    """A page of 信息公开: a table with the entries of the index above the text, paragraphs pasted from Word."""
    word = '<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><span style="font-family:仿宋_GB2312;font-size:16.0pt">{}<o:p></o:p></span></p>'
    return f"""<!doctype html><html><head><meta charset="GBK"><title>{title}-信息公开-青山县人民政府门户网站</title></head><body>
<header><nav><ul>{_LINKS}</ul></nav></header><div class="xxgk"><div class="xxgk-left"><ul>{_LINKS * 4}</ul></div><div class="xxgk-right">
<table class="xxgk-head"><tr><td>索引号：</td><td>000000/2026-00012</td><td>主题分类：</td><td>教育</td></tr><tr><td>发布机构：</td><td>县教育局</td><td>成文日期：</td><td>2026年2月1日</td></tr>
<tr><td>名　　称：</td><td colspan="3">{title}</td></tr></table>
<div class="wzcon"><p style="text-align:center"><b>{title}</b></p>{_paragraphs(texts, word)}
<p><a href="fj.docx">附件：任务分解表.docx</a></p></div>
<div class="ewm"><img src="q.png"><p>扫一扫在手机打开当前页</p></div></div></div><footer><p>网站标识码：0000000000　联系电话：见各单位</p></footer></body></html>"""


def headed(title: str, texts: Sequence[str]) -> str:
    """A new page: elements of HTML5, the title outside of the text in two lines, chapters as headings, hidden words."""
    parts = "".join(f"<h2>{each}</h2>" if each[1] == "、" else f"<p>{each}</p>" for each in texts)
    return f"""<!DOCTYPE html><html><head><meta charset=utf-8><title>{title} | 青山县</title></head><body><header><a href="/">青山县</a><nav>{_LINKS}</nav></header>
<main><h1>{title[:6]}<br>{title[6:]}</h1><div style="display: none">微信分享用的摘要：全县教育工作坚持育人为本，补短板。</div>
<article>{parts}</article><aside><h2>推荐</h2><ul>{_RELATED}</ul></aside></main><footer>版权所有</footer></body></html>"""


def packed(title: str, texts: Sequence[str]) -> str:
    """A page without line ends, every paragraph a <div>, the text split by a picture and a player."""
    half = len(texts) // 2
    form = "<div><font color='#000'>{}</font></div>"
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><div class='w'><div class='n'>{_LINKS}</div><div class='d'>"
        f"<div class='t'>{title}</div><div class='c'>{_paragraphs(texts[:half], form)}<div><img src='1.jpg'></div>"
        f"<object><param name='a'><select><option>甲<option>乙</select></object>{_paragraphs(texts[half:], form)}</div></div>"
        f"<div class='b'><span>上一篇：</span><a href='1'>无</a><span>下一篇：</span><a href='2'>关于调整校历的通知</a></div></div></body></html>"
    ).replace("\n", "")


SITES: dict[str, tuple[Callable[[str, Sequence[str]], str], str]] = {
    "editor": (editor, "utf-8"),
    "marked": (marked, "gb18030"),
    "by_tables": (by_tables, "gb18030"),
    "indexed": (indexed, "gb18030"),
    "headed": (headed, "utf-8"),
    "packed": (packed, "utf-8"),
}
"""The pages by name, each with the encoding in which it is sent."""
EXTRA = {"indexed": ["附件：任务分解表.docx"], "marked": []}
"""The lines of the text that a page adds itself."""
