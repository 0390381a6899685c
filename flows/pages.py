"""The outputs as pages on loopback, so that a run can link them: what lies in `out/` is shown, nothing else."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cycle.errors import UsageError

PAGES = "CYCLE_PAGES"
"""The environment variable that tells runs where the pages are; set beforehand, it is their address behind a proxy."""

_LOOPBACK = "127.0.0.1"
_PARTS = 4
"""authority, fiscal year, out, milestone: what an address starts with."""


class _Outputs(SimpleHTTPRequestHandler):
    """Reads outputs; no listing of folders, no log."""

    def translate_path(self, path: str) -> str:
        """Give the file of an address; one that does not exist where the address leaves the outputs."""
        home = Path(self.directory).resolve()
        file = Path(super().translate_path(path)).resolve()
        parts = file.relative_to(home).parts if file.is_relative_to(home) else ()
        is_output = len(parts) > _PARTS and parts[2] == "out"
        return str(file if is_output and file.is_file() else home / "none")

    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet."""


@contextmanager
def pages(home: Path, port: int = 0) -> Iterator[str]:
    """Serve the outputs below a home while the block runs; gives their address.

    Raises:
        UsageError: somebody else listens on the port.
    """
    with _listening(home, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{_LOOPBACK}:{server.server_address[1]}"
        finally:
            server.shutdown()


def _listening(home: Path, port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((_LOOPBACK, port), partial(_Outputs, directory=str(home)))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise UsageError(
            f"输出文件用的端口 {port}（页面端口的下一个）已被占用。请用 --port 换一个页面端口。"
        ) from error
