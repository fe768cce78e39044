"""The browser, one JupyterLab for all tests, and the latencies printed at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, sync_playwright

from tests.browser.explorer_page import settle
from tests.browser.lab import CHROMIUM_OPTIONS, Notebook, Server, chromium

LATENCIES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; skips where there is none, and fails where CI has none."""
    path = chromium()
    if path is None:
        words = "no Chromium in PATH: on Debian and Ubuntu, `apt-get install chromium`"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab on a free port; asked for after the browser, so that a skip starts nothing."""
    started = Server(tmp_path_factory.mktemp("lab"))
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, server: Server, browser: Browser) -> Iterator[Notebook]:
    """Two views of the explorer `e` that the module's CELLS make, in a notebook of its own."""
    name = request.path.stem.removeprefix("test_")
    notebook = Notebook(server, browser, name, request.module.CELLS)
    notebook.views(2)
    yield notebook
    notebook.close()


@pytest.fixture
def notebook(opened: Notebook) -> Iterator[Notebook]:
    """The notebook with the explorer as it opens; no complaint may come during a test."""
    settle(opened, "e.reset()")
    opened.complaints.clear()
    yield opened
    assert opened.complaints == []


@pytest.fixture
def root(notebook: Notebook) -> Locator:
    """The first of the two views."""
    return notebook.views().first


@pytest.fixture(scope="session")
def latencies(request: pytest.FixtureRequest) -> list[str]:
    """Lines to print when all tests are done."""
    return request.config.stash.setdefault(LATENCIES, [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the latencies: measured, not judged."""
    lines = config.stash.get(LATENCIES, [])
    if lines:
        terminalreporter.section("explorers: from the key or the pointer to the pixels")
        for line in lines:
            terminalreporter.write_line(line)
