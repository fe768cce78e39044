"""Open a page of the course in a browser, without its token on a command line.

    JUPYTER_TOKEN=... python scripts/open_in_browser.py http://127.0.0.1:8888/lab PARENT

Whoever shares the computer can read what a browser is started with. It is started with an address
that answers once, here, and leads on to the page with its token. A file would do the same, but
browsers in a snap or on the Windows side of WSL cannot read it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

SECONDS = 60


class Once(BaseHTTPRequestHandler):
    """Lead on whoever knows the code, the first time; to everything else there is nothing here."""

    timeout = 5  # browsers open connections on which they ask for nothing
    code: ClassVar[str]
    target: ClassVar[str]
    used: ClassVar[threading.Lock]  # never released
    done: ClassVar[threading.Event]

    def do_GET(self) -> None:
        """Answer a browser."""
        if self.path != f"/{self.code}" or not self.used.acquire(blocking=False):
            self.send_error(404)
            return
        self.send_response(302)
        self.send_header("Location", self.target)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.flush()
        self.done.set()

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal belongs to Jupyter."""


def wait_for_server(page: str) -> None:
    """Return when the server of this page answers, whatever it says."""
    parts = urlsplit(page)
    while True:
        try:
            urllib.request.urlopen(f"{parts.scheme}://{parts.netloc}/api", timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return


def show(address: str) -> None:
    """Start a browser; under WSL, where Linux may have none, that of Windows."""
    if webbrowser.open(address):
        return
    for program in ("wslview", "explorer.exe"):
        if shutil.which(program):
            subprocess.run([program, address], check=False)
            return


def end_with(parent: int) -> None:
    """End this process when the server that started it, this one, has gone."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def main(page: str, token: str) -> None:
    """Open this page with this token."""
    wait_for_server(page)
    Once.code, Once.target = secrets.token_urlsafe(16), f"{page}?token={token}"
    Once.used, Once.done = threading.Lock(), threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Once) as server:
        server.daemon_threads, server.block_on_close = True, False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        show(f"http://127.0.0.1:{server.server_port}/{Once.code}")
        Once.done.wait(SECONDS)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a shell makes its background jobs ignore
    end_with(int(sys.argv[2]))
    main(sys.argv[1], os.environ["JUPYTER_TOKEN"])
