"""Notices without the internet: a line in `<home>/notices.jsonl`, and a local hook that is told of it.

The hook is a command (`CYCLE_NOTICE_COMMAND`, gets the notice as JSON on stdin) or a webhook on loopback
(`CYCLE_NOTICE_URL`). A hook that fails is noted too and never stops the work.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from cycle.durable import append_line
from cycle.errors import UsageError
from cycle.journal import now
from cycle.receipts import canonical

FILE = "notices.jsonl"
_SECONDS = 20
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def tell(home: Path, kind: str, text: str, **facts: Any) -> None:
    """Note something that a person should see: `kind` is failed, crashed, cancelled, waiting, returned or late."""
    notice = {"at": now(), "kind": kind, "text": text, **facts}
    append_line(home / FILE, canonical(notice) + b"\n")
    try:
        _call(notice)
    except (OSError, subprocess.SubprocessError, UsageError) as error:
        failed = {"at": now(), "kind": "hook_failed", "text": f"通知没有送出：{type(error).__name__} {error}"}
        append_line(home / FILE, canonical(failed) + b"\n")


def _call(notice: Mapping[str, Any]) -> None:
    command, address = os.environ.get("CYCLE_NOTICE_COMMAND", ""), os.environ.get("CYCLE_NOTICE_URL", "")
    if command:
        subprocess.run(shlex.split(command), input=canonical(notice), check=True, timeout=_SECONDS, capture_output=True)
    if address:
        _post(address, canonical(notice))


def _post(address: str, body: bytes) -> None:
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        raise UsageError(f"通知地址 {address} 不在本机。请写 http://127.0.0.1:端口/… ，由本机程序转发。")
    request = Request(address, data=body, headers={"Content-Type": "application/json"})  # noqa: S310 - loopback http
    with urlopen(request, timeout=_SECONDS):  # noqa: S310 - held to loopback http above
        return
