"""One browser and one JupyterLab page for all tests, and the latencies printed at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, sync_playwright

from tests.browser.explorer_page import Explorer, settle
from tests.browser.lab import CHROMIUM_OPTIONS, Lab, Server, chromium

LATENCY = "latency"


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


@pytest.fixture(scope="session")
def page(server: Server, browser: Browser) -> Iterator[Lab]:
    """The page of all tests; each explorer has it to itself for a while."""
    opened = Lab(server, browser)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def explorer(request: pytest.FixtureRequest) -> Explorer:
    """What the tests of a module know of its explorer."""
    known: Explorer = request.module.EXPLORER
    return known


@pytest.fixture(scope="module")
def opened(explorer: Explorer, page: Lab) -> Lab:
    """The page with two views of the explorer, `e` in its kernel."""
    page.show(explorer.name)
    return page


@pytest.fixture
def lab(opened: Lab) -> Iterator[Lab]:
    """The page with the explorer as it opens; no complaint may come during a test."""
    opened.restore()
    settle(opened, "e.reset()")
    opened.complaints.clear()
    yield opened
    assert opened.complaints == []


@pytest.fixture
def root(lab: Lab) -> Locator:
    """The first of the two views."""
    return lab.views().first


@pytest.fixture
def latency(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Keep a line to print when all tests are done, whichever process ran this one."""
    return lambda line: record_property(LATENCY, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the latencies: measured, not judged."""
    reports = terminalreporter.getreports("passed")
    lines = [text for report in reports for name, text in report.user_properties if name == LATENCY]
    if lines:
        terminalreporter.section("explorers: from the key or the pointer to the pixels")
        for line in lines:
            terminalreporter.write_line(str(line))
