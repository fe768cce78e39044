"""``make explore`` as it is: Voilà, one page, every explorer drawn and answering."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from course_utils.explorers import gallery

ROOT = Path(__file__).resolve().parents[2]
COUNT = "count => document.querySelectorAll('.cx-root[data-rev]').length >= count"


@pytest.fixture(scope="module")
def address(browser: Browser) -> Iterator[str]:
    """The address that `make explore` prints, with its token."""
    if Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("this runs in another environment than .venv, which make explore starts")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DISPLAY", "WAYLAND"))}
    with subprocess.Popen(
        ["sh", "scripts/explore.sh"],
        cwd=ROOT,
        env={**environment, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            said = ""
            for line in server.stdout:
                said += line
                if "?token=" in line:
                    break
            found = re.search(rf"http://127\.0\.0\.1:{port}/\?token=[0-9a-f]{{32}}", said)
            assert found, said
            yield found[0]
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """The page with every explorer drawn, and what it complained of or asked the network for."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    own = address.split("?", maxsplit=1)[0].removeprefix("http")

    def asked(request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((f"http{own}", f"ws{own}", "data:", "blob:")):
            complaints.append(f"asks the network for {url}")

    page.on("request", asked)
    for _ in range(100):
        try:
            page.goto(address, wait_until="domcontentloaded", timeout=60_000)
        except Exception as problem:
            if "ERR_CONNECTION_REFUSED" not in str(problem):
                raise
            page.wait_for_timeout(200)
        else:
            break
    page.wait_for_function(COUNT, arg=len(gallery.names()), timeout=60_000)
    yield page, complaints
    page.close()


def test_every_explorer_draws_without_a_complaint(opened: tuple[Page, list[str]]) -> None:
    page, complaints = opened
    labels = page.locator(".cx-root").evaluate_all(
        "roots => roots.map(root => root.getAttribute('aria-label'))"
    )
    assert len(labels) == len(set(labels)) == len(gallery.names())
    for root in page.locator(".cx-root").all():
        box = root.bounding_box()
        assert box is not None
        assert box["width"] > 600
        assert box["height"] > 200
        assert not root.get_by_role("alert").is_visible()
    assert complaints == []


def test_the_links_lead_to_the_explorers(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    for name in gallery.names():
        page.get_by_role("link", name=gallery.title(name), exact=True).click()
        top = page.locator(f"[id='{name}']").first.evaluate("a => a.getBoundingClientRect().top")
        assert -40 < top < 900
    headings = page.locator("h2").all_inner_texts()
    shown = [text.strip("¶ \n") for text in headings]
    assert shown == [gallery.title(name) for name in gallery.names()]


def test_a_change_goes_through_python_and_back(opened: tuple[Page, list[str]]) -> None:
    page, complaints = opened
    root = page.locator(".cx-residual-gradient")
    root.get_by_role("radio", name="0.5", exact=True).check()
    page.wait_for_function(
        "node => node.dataset.rev === '2'", arg=root.element_handle(), timeout=10_000
    )
    assert "residual, λ = 0.5" in root.locator(".cx-legend").inner_text()
    assert complaints == []


def test_without_the_token_there_is_nothing_to_see(address: str, opened: object) -> None:
    plain = address.split("?", maxsplit=1)[0]
    for place in ("", "voila/render/explorers.ipynb", "api/kernels"):
        with urllib.request.urlopen(f"{plain}{place}", timeout=20) as reply:
            assert "/login?" in reply.url, place  # led to a form that asks for it
    channels = f"{plain}api/kernels/00000000-0000-0000-0000-000000000000/channels"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(channels, timeout=20)


@pytest.mark.usefixtures("opened")  # with this computer as the host, the same address is answered
@pytest.mark.parametrize("host", ["example.org", "192.0.2.1:80", "127.0.0.1.example.org"])
def test_a_host_that_is_not_this_computer_is_refused(address: str, host: str) -> None:
    """As a page of another site could ask, once its name leads here."""
    request = urllib.request.Request(address, headers={"Host": host})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request, timeout=60)
