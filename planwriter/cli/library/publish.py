"""The command that publishes a package in a registry."""

from __future__ import annotations

import sys

import click

from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, end_with, say, stop_on_errors
from planwriter.findings import report
from planwriter.system import files


@click.command(cls=Command)
@click.argument("package", metavar="库.pwlib")
@click.option(
    "--to", "place", metavar="发布点", required=True, help="发布点：文件夹（本机、共享盘、U 盘）或对象存储的地址。"
)
def publish(package: str, place: str) -> None:
    """把打好包的条款库放到发布点，供下级安装。同一个版本只能发布一次，所以先签名，后发布。

    \b
    例：planwriter library publish 青山条款库-1.2.0.pwlib --to Z:\\条款库发布点
        planwriter library publish 青山条款库-1.2.0.pwlib --to s3://jyj/tiaokuan
    """
    from planwriter.findings.catalogue import typed
    from planwriter.sharing import registry
    from planwriter.sharing.bundle import open_bundle
    from planwriter.sharing.fetch import fetch

    fetched = fetch(package, base=files.current_folder())
    if fetched.value is None or fetched.value.package is None:
        if not fetched.findings:
            raise click.UsageError(f"“{package}”不是打好的包，先运行 planwriter library release。")
        end_with(fetched.findings)
    bundle = open_bundle(fetched.value.package, fetched.value.source)
    stop_on_errors(bundle.findings)
    assert bundle.value is not None
    name, version = bundle.value.manifest.name, str(bundle.value.version)
    if not bundle.value.signatures:
        command = typed("planwriter", "library", "sign", package, "--key", "私钥.key")
        say(
            f"注意：这个包没有签名，来装的人要加 --allow-unsigned。发布以后不能再补签名，应当先签名，再发布：{command}",
            err=True,
        )
    done = registry.publish(place, name, version, fetched.value.package)
    echo_findings(done.findings, "human", err=True)
    if done.value is not None:
        say(f"已发布 {name} {version}（sha256 {done.value.sha256}）。")
    sys.exit(report.exit_code(done.findings))
