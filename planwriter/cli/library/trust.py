"""The commands that sign packages of libraries, and that say whose signatures are trusted."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from planwriter.cli.base import Command, asks, prompt
from planwriter.cli.show import say, stop_on_errors
from planwriter.sharing import naming, signing, trust
from planwriter.sharing.bundle import MAX_BUNDLE
from planwriter.system import files
from planwriter.system.lock import locked

Keys = tuple[trust.TrustedKey, ...]
PASSWORD_VARIABLE = "PLANWRITER_KEY_PASSWORD"


@click.command(cls=Command)
@click.option(
    "-o", "--output", metavar="文件.key", default="planwriter.key", help="私钥写到哪个文件；公钥在旁边，扩展名是 .pub。"
)
@click.option("--no-password", is_flag=True, help="私钥不加口令（谁拿到文件谁就能签名，一般不要）。")
def keygen(output: str, no_password: bool) -> None:
    """生成签名用的一对密钥：.key 是私钥，自己收好；.pub 是公钥，发给要核对签名的单位。

    口令当场输入，至少 12 个字；没有人坐在终端前时，用环境变量 PLANWRITER_KEY_PASSWORD 给出。已有的文件绝不覆盖。

    \b
    例：planwriter library keygen -o 云岭市教育局.key
    """
    missing = signing.cryptography_missing("生成密钥", output)
    stop_on_errors([missing] if missing else [])
    made = signing.make_key(None if no_password else _new_password())
    stop_on_errors(made.findings)
    assert made.value is not None
    public = os.path.splitext(output)[0] + ".pub"
    failed = files.write_pair((output, made.value.private), (public, made.value.public), private=True)
    stop_on_errors([failed] if failed else [])
    say(f"私钥：{output}　　只留在本机，另存一份到保险的地方；丢了就要换一对。")
    say(f"公钥：{public}　　发给要核对签名的单位。")
    say(f"公钥指纹：{made.value.fingerprint}　　请对方当面或打电话核对。")


@click.command(cls=Command)
@click.argument("package", metavar="文件.pwlib")
@click.option("--key", "key_path", metavar="文件.key", required=True, help="私钥。")
def sign(package: str, key_path: str) -> None:
    """给 .pwlib 包签名，签名放在包里；可以由几个单位先后签。

    \b
    例：planwriter library sign 教育条款-1.2.0.pwlib --key 云岭市教育局.key
    """
    private = _read(key_path, signing.MAX_KEY_FILE)
    password = _password() if signing.needs_password(private) else None
    shown = files.shown_path(package)
    with locked(package) as failed:
        stop_on_errors([failed] if failed else [])
        read = files.read_file(package, shown, limit=MAX_BUNDLE)
        stop_on_errors(read.findings)
        made = signing.sign_bundle(read.value or b"", shown, private, password, files.shown_path(key_path))
        stop_on_errors(made.findings)
        assert made.value is not None
        failed = files.write_file(package, made.value) if made.value != read.value else None
        stop_on_errors([failed] if failed else [])
    say(f"{package} 签好了。" if made.value != read.value else f"{package} 已经有这个签名，没有重写。")


@click.command("trust", cls=Command)
@click.argument("key_path", metavar="[公钥.pub]", required=False)
@click.option("--name", metavar="单位", help="这是谁的公钥。")
@click.option(
    "--library",
    "libraries",
    metavar="库名",
    multiple=True,
    help="只信任它签这个条款库，可以写几次；不写，什么库都信任。",
)
@click.option("--remove", metavar="单位或指纹", help="不再信任。")
def trust_keys(key_path: str | None, name: str | None, libraries: tuple[str, ...], remove: str | None) -> None:
    """列出信任的公钥；给出公钥和单位就加上，--remove 去掉。

    加上以前先和对方当面或打电话核对指纹：名单上的单位签了名的包，安装时不再问。
    写了 --library 的，它签的别的库不收。同一个公钥再加一次，以后一次为准。

    \b
    例：planwriter library trust
        planwriter library trust 云岭市教育局.pub --name 云岭市教育局
        planwriter library trust 云岭市教育局.pub --name 云岭市教育局 --library 教育条款
        planwriter library trust --remove 云岭市教育局
    """
    if remove is not None and (key_path or name or libraries):
        raise click.UsageError("--remove 不能和公钥、--name、--library 一起用。")
    if remove is not None:
        _remove(remove)
    elif key_path:
        _add(key_path, name, tuple(dict.fromkeys(libraries)))
    elif name or libraries:
        raise click.UsageError("--name 前面要写公钥的文件名。")
    else:
        keys = read_trusted_keys()
        for each in keys:
            say(f"{each.fingerprint}　{each.name}{_bounds(each)}")
        say(f"共 {len(keys)} 个信任的公钥（{files.shown_path(_trust_path())}）。")


def read_trusted_keys() -> tuple[trust.TrustedKey, ...]:
    """The keys the user trusts; ends the process where their list cannot be read."""
    from planwriter.app.find_package import trusted_keys

    read = trusted_keys()
    stop_on_errors(read.findings)
    return read.value


def _bounds(key: trust.TrustedKey) -> str:
    """The libraries to which a key is bound, for people; "" for a key trusted for all."""
    return f"　只用于：{'、'.join(key.libraries)}" if key.libraries else ""


def _add(key_path: str, name: str | None, libraries: tuple[str, ...]) -> None:
    if name is None or not trust.is_name(name):
        raise click.UsageError("用 --name 写明是谁的公钥，例如 --name 云岭市教育局（一行以内，不超过 60 个字）。")
    wrong = next((each for each in libraries if not naming.is_name(each)), None)
    if wrong is not None:
        raise click.UsageError(f"--library 后面写条款库的名称，不能是“{wrong}”。")
    key = signing.read_public_key(_read(key_path, signing.MAX_KEY_FILE), files.shown_path(key_path))
    stop_on_errors(key.findings)
    assert key.value is not None
    new = trust.TrustedKey(name, key.value, libraries)
    _change(lambda keys: trust.with_key(keys, new))
    say(f"已信任“{name}”的公钥：{new.fingerprint}{_bounds(new)}")
    say("还没有核对指纹的，现在就当面或打电话核对；不对就用 --remove 去掉。")


def _remove(remove: str) -> None:
    from planwriter.findings.catalogue import near

    removed = []

    def kept(keys: Keys) -> Keys:
        left = trust.without(keys, remove)
        if len(left) == len(keys):
            names = [each.name for each in keys]
            raise click.UsageError(f"信任的名单里没有“{remove}”。{near(remove, names, what='名单上有')}")
        removed.append(len(keys) - len(left))
        return left

    _change(kept)
    say(f"去掉了 {removed[0]} 个公钥：{remove}")


def _change(change: Callable[[Keys], Keys]) -> None:
    """Reads the list of trusted keys, changes it and writes it back, while no other process may."""
    failed = files.make_folder(files.config_folder(), private=True)
    stop_on_errors([failed] if failed else [])
    with locked(_trust_path()) as failed:
        stop_on_errors([failed] if failed else [])
        failed = files.write_file(_trust_path(), trust.format_trusted(change(read_trusted_keys())))
        stop_on_errors([failed] if failed else [])


def _trust_path() -> str:
    return os.path.join(files.config_folder(), trust.TRUST_FILE)


def _read(path: str, limit: int) -> bytes:
    read = files.read_named(path, files.shown_path(path), limit=limit)
    stop_on_errors(read.findings)
    return read.value or b""


def _password() -> str | None:
    """The password of a key that has one; None where nobody can be asked for it."""
    given = files.environment(PASSWORD_VARIABLE)
    if given is None and asks():
        given = prompt("私钥的口令", hidden=True)
    return given


def _new_password() -> str:
    given = files.environment(PASSWORD_VARIABLE)
    if given is None and asks():
        while given is None:
            first = prompt(f"给私钥定一个口令（至少 {signing.MIN_PASSWORD} 个字）", hidden=True)
            given = first if prompt("再输一遍", hidden=True) == first else None
            if given is None:
                say("两次输的不一样，再来一次。", err=True)
    if given is None:
        raise click.UsageError(
            f"私钥要有口令：用环境变量 {PASSWORD_VARIABLE} 给出，或在终端里运行；确实不要口令，加 --no-password。"
        )
    if len(given) < signing.MIN_PASSWORD:
        raise click.UsageError(f"口令太短，至少 {signing.MIN_PASSWORD} 个字。")
    return given
