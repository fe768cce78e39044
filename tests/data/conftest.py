"""A web server on this machine, from which the tests fetch small files."""

from __future__ import annotations

import functools
import gzip
import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course_utils.data.downloads import Archive, Content


class Server:
    """A web server on this machine that counts what it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        asked = self.asked

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                super().do_GET()

            def log_message(self, *_: Any) -> None:
                pass

        handler = functools.partial(Handler, directory=str(folder))
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}/"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def put(self, file: str, packed: bytes, contents: dict[str, bytes]) -> Archive:
        """Serve a file, and return how it and what is inside are known."""
        (self.folder / file).write_bytes(packed)
        known = tuple(
            Content(name, len(content), hashlib.sha256(content).hexdigest())
            for name, content in contents.items()
        )
        return Archive(file, (self.address + file,), known)

    def put_packed(self, name: str, content: bytes) -> Archive:
        """Serve a file packed by gzip."""
        return self.put(f"{name}.gz", gzip.compress(content), {name: content})

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "server"
    folder.mkdir()
    running = Server(folder)
    yield running
    running.close()
