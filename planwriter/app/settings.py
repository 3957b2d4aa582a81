"""The settings in a workspace file: defaults for its outlines, and the levels of findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding, Findings, Result, Severity
from planwriter.outline.read import Defaults
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Scalar
from planwriter.source.schema import check_shape
from planwriter.start.records import dataclass, field, replace
from planwriter.system import files
from planwriter.system.workspace import WORKSPACE_FILE

CLUSTER = "tcp://192.168.1.10:8786"
"""An example of the address of a cluster."""
_SCHEMES = ("tcp", "tls", "ws", "wss")
_LEVEL_WORDS = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.HINT}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a workspace."""

    defaults: Defaults = field(default_factory=Defaults)
    """The defaults for every outline of the workspace."""
    levels: dict[str, str] = field(default_factory=dict)
    """The words for the levels of findings (错误, 警告, 提示, 忽略), by their codes."""
    cluster: str = ""
    """The address of the cluster on which batches run; "" for this machine."""
    findings: tuple[Finding, ...] = ()
    """The findings on the file."""


def read_settings(path: str | None) -> Settings:
    """The settings in the planwriter.yaml at `path`; empty ones if there is no file."""
    if path is None:
        return Settings()
    data = files.read_file(path, WORKSPACE_FILE)
    if data.value is None:
        return Settings(findings=data.findings)
    if all(
        not line.strip() or line.lstrip().startswith(b"#")
        for line in data.value.removeprefix(b"\xef\xbb\xbf").splitlines()
    ):
        return Settings()
    tree = load_tree(data.value, WORKSPACE_FILE, keys.OUTLINE_KEYS)
    found = Findings(tree.findings)
    nodes = found.take(check_shape(tree.value, keys.WORKSPACE, WORKSPACE_FILE)) if tree.value else {}
    levels = nodes.pop("levels", None)
    nodes.pop("note", None)
    cluster = nodes.pop("cluster", None)
    address = cluster.value if isinstance(cluster, Scalar) else ""
    if cluster is not None and address and not is_cluster(address):
        found.append(
            finding("PW204", cluster.span, key="集群", value=address, allowed=f"调度程序的地址，例如 {CLUSTER}")
        )
        address = ""
    chosen = found.take(_read_levels(levels)) if isinstance(levels, Mapping) else {}
    return Settings(Defaults(nodes=nodes), chosen, address, tuple(found))


def _read_levels(levels: Mapping) -> Result[dict[str, str]]:
    """The levels that a workspace sets, by the codes of findings."""
    from planwriter.findings.messages import all_codes

    chosen: dict[str, str] = {}
    found = Findings()
    for code, node in levels.entries.items():
        word = node.value if isinstance(node, Scalar) else ""
        if code not in all_codes():
            advice = near(code, tuple(all_codes()))
            found.append(finding("PW201", levels.keys[code].span, where="检查", key=code, advice=advice))
        elif word not in (*_LEVEL_WORDS, "忽略"):
            found.append(finding("PW204", node.span, key=code, value=word, allowed="错误、警告、提示、忽略"))
        elif not adjustable(code):
            reason = "这类错误不能降级，否则文件排不出来"
            found.append(finding("PW204", node.span, key=code, value=word, allowed=f"错误（{reason}）"))
        else:
            chosen[code] = word
    return found.result(chosen)


def is_cluster(address: str) -> bool:
    """True if a text can be the address of a scheduler."""
    scheme, _, place = address.partition("://")
    return scheme in _SCHEMES and bool(place) and address.isprintable() and " " not in address


def adjustable(code: str) -> bool:
    """True if a workspace may change the level of a finding: of warnings, hints, and errors that `--draft` softens."""
    from planwriter.findings.messages import message_of

    message = message_of(code)
    return message.softens or message.severity is not Severity.ERROR


def apply_levels(findings: Iterable[Finding], levels: dict[str, str]) -> Iterator[Finding]:
    """The findings at the levels set by a workspace, without those that it ignores."""
    for each in findings:
        word = levels.get(each.code)
        if word != "忽略":
            yield replace(each, severity=_LEVEL_WORDS[word]) if word else each
