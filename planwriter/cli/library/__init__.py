"""The group of commands on clause libraries; each family of commands is a module of its own."""

from __future__ import annotations

import click

from planwriter.cli.base import LazyGroup

_COMMANDS = {
    "check": "planwriter.cli.library.check:check",
    "search": "planwriter.cli.library.find:search",
    "show": "planwriter.cli.library.find:show",
    "suggest": "planwriter.cli.library.suggest:suggest",
    "stale": "planwriter.cli.library.stale:stale",
    "add": "planwriter.cli.library.add:add",
    "harvest": "planwriter.cli.library.harvest:harvest",
    "list": "planwriter.cli.library.share:list_libraries",
    "why": "planwriter.cli.library.install:why",
    "install": "planwriter.cli.library.install:install",
    "outdated": "planwriter.cli.library.update:outdated",
    "update": "planwriter.cli.library.update:update",
    "review": "planwriter.cli.library.update:review",
    "remove": "planwriter.cli.library.install:remove",
    "release": "planwriter.cli.library.share:release",
    "publish": "planwriter.cli.library.publish:publish",
    "keygen": "planwriter.cli.library.trust:keygen",
    "sign": "planwriter.cli.library.trust:sign",
    "trust": "planwriter.cli.library.trust:trust_keys",
}
_SHORT_HELP = {
    "check": "检查条款库：参数、示例、地名、引用、重复、有效期",
    "search": "在各个条款库里找条款",
    "show": "显示一个条款：填好的文字、参数、用在哪里",
    "suggest": "给提纲的每个标题找合用的条款，列出还缺的题目",
    "stale": "列出到哪一天该重新核对的条款和依据",
    "add": "把提纲里的一块做成条款",
    "harvest": "从几份文件里反复出现的写法起草条款",
    "list": "列出在用的条款库",
    "why": "说明一个条款出自哪个库",
    "install": "装一个条款库",
    "outdated": "看看装着的库有没有新版",
    "update": "换成新版，先看哪几句话会变",
    "review": "再看一遍换过的条款",
    "remove": "拿掉一个条款库",
    "release": "检查条款库，打成可以发布的 .pwlib 包，写出更新说明",
    "publish": "把打好包的条款库放到发布点",
    "keygen": "生成签名用的一对密钥",
    "sign": "给 .pwlib 包签名",
    "trust": "列出、加上、去掉信任的公钥",
}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP)
def library() -> None:
    """条款库：查找、检查、共享。

    \b
    例：planwriter library search 师德
        planwriter library show 教师队伍/师德师风
        planwriter library list
    """
