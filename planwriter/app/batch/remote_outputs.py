"""Documents that are written to an address of an object store instead of a folder."""

from __future__ import annotations

from planwriter.app.outputs import MAX_OUTPUT, why_kept
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.sharing.address import read_address
from planwriter.sharing.refusal import Refused
from planwriter.sharing.remote import RemoteStore
from planwriter.sharing.store import Store


def open_outputs(output: str) -> Result[Store | None]:
    """The store at an address; None and PW802 if it takes no files."""
    address = read_address(output, ".")
    if address is None or address.sort != "url":
        return Result(None, (_unwritten(output, "不是能写的网址"),))
    try:
        store = RemoteStore(address)
        store.must_take()
    except Refused as refused:
        return Result(None, (_unwritten(address.shown, refused.finding.message),))
    return Result(store)


def put_output(store: Store, name: str, data: bytes, form: str) -> tuple[Finding, ...]:
    """Writes a document whole or not at all; what somebody has edited or made there is not overwritten."""
    shown = f"{store.shown.rstrip('/')}/{name}"
    try:
        old = store.read(name, MAX_OUTPUT)
        if old == data:
            return ()
        refused = why_kept(shown, old, data, form) if old is not None else None
        if refused is None:
            store.write(name, data)
    except Refused as failed:
        return (_unwritten(shown, failed.finding.message),)
    return (refused,) if refused else ()


def _unwritten(shown: str, reason: str) -> Finding:
    return finding("PW802", Pos(shown), file=shown, reason=reason.rstrip("。"))
