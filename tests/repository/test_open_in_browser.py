"""The browser is led to a page by an address that answers once and does not hold the token."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import open_in_browser
import pytest

SCRIPT = str(Path(open_in_browser.__file__).resolve())
TOKEN = "b2f1c0ffee" * 3


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait until something is so; that it never is fails the test."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(what)


@pytest.fixture
def asked(free: int) -> Iterator[list[str]]:
    """Return the paths that a server in Jupyter's place is asked for, on the port ``free``."""
    paths: list[str] = []

    class Jupyter(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(403)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", free), Jupyter) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield paths
        server.shutdown()


@pytest.fixture
def opened(tmp_path: Path, free: int) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Start the script with a browser that notes what it was started with, in a file."""
    browser, note = tmp_path / "browser", tmp_path / "note"
    browser.write_text(f'#!/bin/sh\nprintf %s "$*" >"{note}.part" && mv "{note}.part" "{note}"\n')
    browser.chmod(0o755)
    environment = {**os.environ, "JUPYTER_TOKEN": TOKEN, "BROWSER": str(browser)}
    page = f"http://127.0.0.1:{free}/lab/tree/first.ipynb"
    with subprocess.Popen(
        [sys.executable, SCRIPT, page, str(os.getpid())], env=environment
    ) as process:
        yield process, note
        process.kill()


def get(address: str) -> tuple[int, str | None]:
    """Ask for this address; return the status and where it leads."""
    parts = urlsplit(address)
    assert parts.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request("GET", parts.path)
    reply = connection.getresponse()
    return reply.status, reply.headers["Location"]


def test_the_address_leads_to_the_page_once(
    asked: list[str], opened: tuple[subprocess.Popen[bytes], Path], free: int
) -> None:
    process, note = opened
    until(note.exists, "no browser was started")
    assert asked == ["/api"]  # the server was there first
    address = note.read_text()
    assert TOKEN not in address
    command = Path(f"/proc/{process.pid}/cmdline")
    assert not command.exists() or TOKEN not in command.read_text()
    # a browser opens connections that it does not use
    parts = urlsplit(address)
    with socket.create_connection((str(parts.hostname), parts.port or 0)):
        assert get(address[:-1])[0] == 404
        page = f"http://127.0.0.1:{free}/lab/tree/first.ipynb"
        assert get(address) == (302, f"{page}?token={TOKEN}")
    process.wait(timeout=20)
    with pytest.raises(ConnectionRefusedError):
        get(address)


def test_a_second_to_ask_is_not_led_on() -> None:
    Once = open_in_browser.Once
    Once.code, Once.target = "code", "http://127.0.0.1:1/lab?token=secret"
    Once.used, Once.done = threading.Lock(), threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Once) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/code"
        assert get(f"{address}e") == (404, None)
        assert not Once.done.is_set()
        assert get(address) == (302, "http://127.0.0.1:1/lab?token=secret")
        assert Once.done.wait(20)
        assert get(address) == (404, None)
        server.shutdown()


def _alive(status: Path) -> bool:
    """Whether the process of this /proc/N/status runs; one that nobody waited for does not."""
    try:
        return "\nState:\tZ" not in status.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def _interruptible(status: Path) -> bool:
    """Whether the process of this /proc/N/status ends at Ctrl-C."""
    ignored = int(status.read_text().partition("SigIgn:")[2].split()[0], 16)
    caught = int(status.read_text().partition("SigCgt:")[2].split()[0], 16)
    return not (ignored | caught) >> (signal.SIGINT - 1) & 1


@pytest.mark.parametrize("how", ["Ctrl-C", "the server ends"])
def test_it_waits_no_longer_than_the_server_lives(root: Path, free: int, how: str) -> None:
    """A page that never appears; lab.sh and explore.sh become the server in the same way."""
    command = f"""NAME=lab OTHER=Jupyter PORT={free} PYTHON=$0 browser=yes
        . scripts/port_and_display.sh
        offer_page http://127.0.0.1:{free}/lab
        echo $!
        exec sleep 600"""
    with subprocess.Popen(
        ["sh", "-c", command, sys.executable],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as shell:
        try:
            assert shell.stdout is not None
            assert re.fullmatch(
                rf" +http://127.0.0.1:{free}/lab\?token=[0-9a-f]{{32}}\n", shell.stdout.readline()
            )
            opener = int(shell.stdout.readline())
            status = Path(f"/proc/{opener}/status")
            if not status.exists():
                pytest.skip("the state of a process is not in /proc here")
            until(lambda: _interruptible(status), "SIGINT stays ignored")
            if how == "Ctrl-C":
                os.kill(opener, signal.SIGINT)
                until(lambda: not _alive(status), "it waits on, after Ctrl-C")
                assert shell.poll() is None
            else:
                shell.kill()
                shell.wait()
                until(lambda: not _alive(status), "it waits on, without a server")
        finally:
            os.killpg(shell.pid, signal.SIGKILL)


def test_windows_opens_it_where_linux_has_no_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    monkeypatch.setattr("webbrowser.open", lambda address: False)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    for program in ("explorer.exe", "wslview"):  # the better one comes later
        (tmp_path / program).write_text(f'#!/bin/sh\necho "{program} $*" >"{note}"\n')
        (tmp_path / program).chmod(0o755)
        open_in_browser.show("http://127.0.0.1:1/code")
        assert note.read_text() == f"{program} http://127.0.0.1:1/code\n"
