"""A notebook that was saved and is opened again shows an explorer's picture, without its kernel."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.lab import WINDOW, Server

NAME = "saved.ipynb"
VIEW = "application/vnd.jupyter.widget-view+json"
CELL = "from course_utils.explorers import PoolExplorer\nPoolExplorer()"
_READY = """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel
    ?.connectionStatus === 'connected'"""


@pytest.fixture
def book(server: Server) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    made.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    path: Path = server.root / NAME
    nbformat.write(made, path)
    return path


def save_by_itself(server: Server) -> None:
    """Let JupyterLab save every second, in pages that are opened from now on."""
    folder = server.root.parent / "settings" / "@jupyterlab" / "docmanager-extension"
    folder.mkdir(exist_ok=True)
    (folder / "plugin.jupyterlab-settings").write_text(json.dumps({"autosaveInterval": 1}))


def opened(server: Server, browser: Browser) -> Page:
    page = browser.new_page(viewport=WINDOW)
    page.set_default_timeout(30_000)
    page.goto(
        f"{server.address}/lab/tree/{NAME}?reset&token={server.token}",
        wait_until="domcontentloaded",
    )
    page.wait_for_function(_READY)
    return page


def run(page: Page) -> None:
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(".cx-root[data-rev]")


def close(page: Page, book: Path) -> None:
    """Look at what was saved, at the page, which stays alive, and end it with its kernel."""
    (output,) = nbformat.read(book, 4).cells[0].outputs
    assert "image/png" in output.data
    assert VIEW not in output.data
    assert page.locator(".cx-root[data-rev]").count() == 1
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.close()


def look(page: Page) -> None:
    """See the picture."""
    page.wait_for_function("() => document.querySelector('.jp-OutputArea img')?.naturalWidth > 300")
    assert "model not found" not in page.content().lower()


def test_it_shows_the_picture(server: Server, browser: Browser, book: Path) -> None:
    page = opened(server, browser)
    run(page)
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    close(page, book)

    save_by_itself(server)
    page = opened(server, browser)
    look(page)
    run(page)
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    close(page, book)

    page = opened(server, browser)
    look(page)
    page.close()
