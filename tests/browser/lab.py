"""A real JupyterLab in a real browser: the server, one page with a notebook, and its kernel."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, ViewportSize

# As make lab: without it, forty milliseconds of every redraw are spent waiting for the network.
PROMPT = "course_utils.kernel_socket.PromptConnection"
WINDOW: ViewportSize = {"width": 1200, "height": 1400}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_CONNECTED = """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel
    ?.connectionStatus === 'connected'"""
# Three cells: the import, the explorer, and a second view of it, without another snapshot.
_REPLACE = """([first, name]) => {
    const { sharedModel } = window.jupyterapp.shell.currentWidget.content.model;
    const view = 'application/vnd.jupyter.widget-view+json';
    const data = `{"${view}": {"version_major": 2, "model_id": e.model_id}}`;
    const sources = [first, `e = ${name}()\\ne`, `display(${data}, raw=True)`];
    const cells = sources.map(source => ({ cell_type: 'code', source, metadata: {} }));
    sharedModel.transact(() => {
        sharedModel.deleteCellRange(0, sharedModel.cells.length);
        sharedModel.insertCells(0, cells);
    }); }"""
_EXECUTE = """async code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const future = kernel.requestExecute({ code, store_history: false, silent: false });
    let text = '', problem = null;
    future.onIOPub = message => {
        if (message.header.msg_type === 'stream') text += message.content.text;
        if (message.header.msg_type === 'error') problem = message.content.traceback.join('\\n');
    };
    await future.done;
    if (problem) throw new Error(problem);
    return text; }"""


def chromium() -> str | None:
    """Path of the browser, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


class Server:
    """One JupyterLab on a free port, with its own token, settings and folders."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "notebooks"
        settings = folder / "settings" / "@jupyterlab"
        for part, name, value in (
            (
                "apputils-extension",
                "notification",
                {"fetchNews": "false", "checkForUpdates": False},
            ),
            ("notebook-extension", "tracker", {"windowingMode": "none"}),
        ):
            (settings / part).mkdir(parents=True)
            (settings / part / f"{name}.jupyterlab-settings").write_text(json.dumps(value))
        self.root.mkdir()
        self.token = secrets.token_hex(16)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        places = {
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
        }
        environment = os.environ | {key: str(folder / name) for key, name in places.items()}
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        self.log = folder / "lab.log"
        options = [
            "--no-browser",
            "--allow-root",
            "--ip=127.0.0.1",
            f"--port={port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={self.token}",
            f"--ServerApp.root_dir={self.root}",
            "--LabApp.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
            f"--ServerApp.kernel_websocket_connection_class={PROMPT}",
            "--ContentsManager.pre_save_hook=course_utils.saved_pictures.keep_pictures",
        ]
        command = [sys.executable, "-m", "jupyterlab", *options]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT
            )

    def wait(self, seconds: float = 60) -> None:
        """Return when it answers; raise with its log where it does not."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/api", timeout=2)
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        """End the server and its kernels."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Lab:
    """One JupyterLab page with one notebook and its kernel, whose cells are replaced at will."""

    def __init__(self, server: Server, browser: Browser) -> None:
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
        book.metadata["kernelspec"] = {
            "name": "python3", "display_name": "Python 3", "language": "python",
        }  # fmt: skip
        nbformat.write(book, server.root / "explorers.ipynb")
        self.complaints: list[str] = []
        self.at_first: list[str] = []  # complaints while the explorer was opened
        self.page: Page = browser.new_page(viewport=WINDOW)
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._failed)
        self.page.goto(
            f"{server.address}/lab/tree/explorers.ipynb?reset&token={server.token}",
            wait_until="domcontentloaded",
        )
        self.page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
        self.page.wait_for_function(_CONNECTED, timeout=60_000)
        self.page.evaluate(
            """() => { const shell = window.jupyterapp.shell;
            shell.collapseLeft?.(); shell.collapseRight?.(); shell.mode = 'single-document'; }"""
        )

    def show(self, name: str) -> None:
        """Show two views of a new explorer `e` instead of the one that was there."""
        old = "e.close()" if self.page.locator(".cx-root").count() else ""
        self.page.evaluate(_REPLACE, [f"from course_utils.explorers import {name}", name])
        self.page.wait_for_function("() => !document.querySelector('.cx-root')")
        if old:
            self.python(old)
        self.complaints.clear()
        self.run_all()
        self.views(2)
        self.at_first = list(self.complaints)

    def run_all(self) -> None:
        """Run every cell."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")

    def _failed(self, error: Error) -> None:
        # JupyterLab's own toolbar sometimes fails while the window changes its size. An error is
        # ours as soon as one frame of it lies outside JupyterLab's own files.
        frames = [line for line in (error.stack or "").splitlines() if line.strip()[:3] == "at "]
        theirs = all("/static/" in line or "<anonymous>" in line for line in frames)
        if not (frames and theirs):
            self.complaints.append(str(error))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "favicon" not in message.text:
            self.complaints.append(message.text)

    def python(self, code: str) -> str:
        """Run code in the notebook's kernel and return what it prints."""
        return str(self.page.evaluate(_EXECUTE, code)).strip()

    def value(self, expression: str) -> Any:
        """Value of a Python expression, through JSON."""
        return json.loads(self.python(f"import json; print(json.dumps({expression}))"))

    def views(self, count: int = 2) -> Locator:
        """The views in the page, once `count` of them are drawn."""
        views = self.page.locator(".cx-root[data-rev]")
        self.page.wait_for_function(
            "count => document.querySelectorAll('.cx-root[data-rev]').length === count",
            arg=count,
            timeout=30_000,
        )
        return views

    def restore(self) -> None:
        """Set right what a test before may have changed: width, motion, theme."""
        self.width(WINDOW["width"])
        self.calm(False)
        self.theme("Light")

    def width(self, width: int) -> None:
        """Give the window a width in CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": WINDOW["height"]})

    def calm(self, calm: bool) -> None:
        """Ask for reduced motion, or not."""
        self.page.emulate_media(reduced_motion="reduce" if calm else "no-preference")

    def theme(self, name: str) -> None:
        """Switch JupyterLab's theme: "Light" or "Dark"."""
        wanted = "true" if name == "Light" else "false"
        if self.page.evaluate("() => document.body.dataset.jpThemeLight") == wanted:
            return
        self.page.evaluate(
            "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})",
            f"JupyterLab {name}",
        )
        self.page.wait_for_function(
            "wanted => document.body.dataset.jpThemeLight === wanted", arg=wanted
        )

    def cells(self) -> int:
        """Number of cells in the notebook."""
        return int(
            self.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.length")
        )

    def close(self) -> None:
        """Close the page; the kernel ends with the server."""
        self.page.close()
