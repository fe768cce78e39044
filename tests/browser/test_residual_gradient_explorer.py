"""ResidualGradientExplorer in a real JupyterLab: what a reader sees, types and hears."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.browser.explorer_page import (
    answered,
    drawn,
    measure_keys,
    settle,
    violations,
    wait_for,
    words,
)
from tests.browser.lab import Notebook

CELLS = [
    "from course_utils.explorers import ResidualGradientExplorer\n"
    "e = ResidualGradientExplorer()\ne",
    "e",  # a second view of the same explorer
]
PLOT = ".cx-curve-room"
# Height of every point of a line, as the exponent that the axis gives it, and a tenth of a pixel.
HEIGHTS = """([root, line]) => {
    const all = selector => [...root.querySelectorAll(selector)];
    const ticks = all('.cx-axes line').map(tick => Number(tick.getAttribute('y1')));
    const names = all('.cx-axes text[text-anchor="end"]').map(name => name.textContent);
    const plain = s => Number([...s.slice(2)].map(c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c)).map(
        k => k === 0 ? '-' : k - 1).join(''));
    const [first, last] = [plain(names[0]), plain(names.at(-1))];
    const per = (ticks[0] - ticks.at(-1)) / (last - first);
    return [root.querySelector(line).getAttribute('d').slice(1).split('L').map(
        p => first + (ticks[0] - Number(p.split(' ')[1])) / per), 0.1 / per]; }"""


def number(text: str) -> float:
    return float(text.replace("−", "-"))


@pytest.mark.parametrize(
    "change",
    [
        "",
        "e.update(depth=20, skip_scale=0.5, quantity='weights', layer=19, blocks=6)",
        "e.update(depth=110, initialisation='small', layer=3, blocks=1)",
    ],
    ids=["open", "weights", "tiny"],
)
def test_every_displayed_number_is_pythons(notebook: Notebook, root: Locator, change: str) -> None:
    if change:
        settle(notebook, change)
    found: dict[str, Any] = notebook.value(
        "dict(plain=e.plain.tolist(), residual=e.residual.tolist(), layer=e.layer,"
        " ratios=[e.explain().plain_ratio, e.explain().residual_ratio], total=e.explain().total,"
        " lengths=[list(l) for l in e.explain().lengths], names=e.facts['names'])"
    )
    at = found["layer"]
    here = [number(text) for text in root.locator(".cx-here-words b").all_inner_texts()]
    assert here == pytest.approx([found["plain"][at], found["residual"][at]], rel=5e-3)
    assert root.locator(".cx-here-words").inner_text().startswith(found["names"][at])
    ratios = [number(text) for text in root.locator(".cx-ratios b").all_inner_texts()]
    assert ratios == pytest.approx(found["ratios"], rel=5e-3)
    rows = [
        [number(text) for text in row.locator("th, td").all_inner_texts()]
        for row in root.locator(".cx-paths tbody tr").all()
    ]
    assert len(rows) == len(found["lengths"])
    for row, expected in zip(rows, found["lengths"], strict=True):
        assert row == pytest.approx(expected, rel=5e-3)
    assert f"norm {found['total']:.3g}" in root.locator(".cx-path-sum").inner_text()
    for line, values in ((".cx-plain-line", "plain"), (".cx-residual-line", "residual")):
        heights, tenth = root.page.evaluate(HEIGHTS, [root.element_handle(), line])
        exponents = notebook.value(f"__import__('numpy').log10(e.{values}).tolist()")
        assert heights == pytest.approx(exponents, abs=tenth)


def test_arrows_move_along_the_layers_and_change_lambda(notebook: Notebook, root: Locator) -> None:
    root.locator(PLOT).focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        notebook.page.keyboard.press(key)
    assert wait_for(notebook, "e.layer", 7) == 7
    notebook.page.keyboard.press("End")
    assert wait_for(notebook, "e.layer", 27) == 27
    notebook.page.keyboard.press("ArrowDown")
    assert wait_for(notebook, "e.skip_scale", 0.9) == 0.9
    drawn(notebook, notebook.value("e.rev"))
    assert root.get_by_role("radio", name="0.9").is_checked()
    live = root.locator("[aria-live]")
    notebook.page.wait_for_function(
        "node => node.textContent === 'λ = 0.9'", arg=live.element_handle()
    )


def test_every_control_by_keyboard_alone(notebook: Notebook, root: Locator) -> None:
    root.get_by_label("depth (layers)", exact=True).focus()
    notebook.page.keyboard.press("ArrowDown")
    assert wait_for(notebook, "e.depth", 44) == 44
    keyboard = (
        ("λ", "radio", "1", "ArrowRight", "e.skip_scale", 1.1),
        ("normalisation", "radio", "none", "ArrowRight", "e.normalisation", True),
        ("block", "radio", "ReLU after the sum", "ArrowRight", "e.pre_activation", True),
        ("norm", "radio", "∂L/∂x", "ArrowRight", "e.quantity", "weights"),
    )
    for _, role, name, key, trait, expected in keyboard:
        root.get_by_role(role, name=name, exact=True).focus()
        notebook.page.keyboard.press(key)
        assert wait_for(notebook, trait, expected) == expected
    root.get_by_label("initial weights").select_option("he")
    assert wait_for(notebook, "e.initialisation", "he") == "he"
    root.get_by_label("blocks L", exact=True).focus()
    notebook.page.keyboard.press("ArrowUp")
    assert wait_for(notebook, "e.blocks", 4) == 4


def test_another_seed_is_computed_anew(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(depth=8)")
    before = notebook.value("e.residual.tolist()")
    root.get_by_role("button", name="Draw the weights").click()
    assert wait_for(notebook, "e.seed", 1) == 1
    drawn(notebook, notebook.value("e.rev"))
    assert notebook.value("e.residual.tolist()") != before
    assert root.get_by_text("computed now, seed 1").is_visible()
    assert not root.get_by_text("the other λ").is_visible()


def test_a_click_chooses_the_layer_and_hover_only_looks(notebook: Notebook, root: Locator) -> None:
    plot = root.locator(PLOT)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    left, right = 52, 14
    step = (box["width"] - left - right) / 27
    notebook.page.mouse.move(box["x"] + left + 9 * step, box["y"] + 100)
    notebook.page.wait_for_function("view => view.dataset.at === '9'", arg=root.element_handle())
    assert notebook.value("e.layer") == 0
    notebook.page.mouse.click(box["x"] + left + 12 * step, box["y"] + 100)
    assert wait_for(notebook, "e.layer", 12) == 12


def test_what_is_refused_is_said(notebook: Notebook, root: Locator) -> None:
    field = root.get_by_label("depth (layers)", exact=True)
    field.fill("21")
    field.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "depth must be one of 8, 14, 20" in alert.inner_text()
    assert notebook.value("e.depth") == 56
    assert field.input_value() == "56"


def test_the_notebook_gets_none_of_the_keys_typed_here(notebook: Notebook, root: Locator) -> None:
    cells = notebook.cells()
    for place in (PLOT, ".cx-number >> nth=0", "input[type=radio] >> nth=0"):
        root.locator(place).focus()
        for key in ("b", "a", "x", "m", "j", "ArrowDown", "ArrowUp"):
            notebook.page.keyboard.press(key)
    answered(notebook)
    assert notebook.cells() == cells
    assert notebook.page.evaluate("() => document.activeElement.closest('.cx-root') !== null")


def test_two_views_of_one_explorer(notebook: Notebook) -> None:
    first, second = notebook.views().all()
    first.locator(PLOT).focus()
    notebook.page.keyboard.press("ArrowUp")
    assert wait_for(notebook, "e.skip_scale", 1.1) == 1.1
    drawn(notebook, notebook.value("e.rev"))
    for line in (".cx-residual-line", ".cx-plain-line"):
        assert first.locator(line).get_attribute("d") == second.locator(line).get_attribute("d")
    second.locator(PLOT).focus()
    notebook.page.keyboard.press("End")
    notebook.page.wait_for_function("view => view.dataset.at === '27'", arg=first.element_handle())


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_names_roles_and_contrast(notebook: Notebook, root: Locator, theme: str) -> None:
    notebook.theme(theme)
    assert violations(notebook, root) == []
    notebook.theme("Light")


@pytest.mark.parametrize("width", [1200, 620])
def test_nothing_is_clipped(notebook: Notebook, root: Locator, width: int) -> None:
    notebook.page.set_viewport_size({"width": width, "height": 1400})
    for change in ("e.reset()", "e.update(depth=110, quantity='weights', blocks=8)"):
        settle(notebook, change)
        notebook.page.wait_for_timeout(100)
        over = root.evaluate("node => [node.scrollWidth - node.clientWidth, node.clientWidth]")
        assert over[0] <= 0, over
    notebook.page.set_viewport_size({"width": 1200, "height": 1400})


def test_latency(notebook: Notebook, root: Locator, latencies: list[str]) -> None:
    keys = ["ArrowDown", "ArrowUp"] * 16
    times = measure_keys(root, PLOT, keys, python=True)
    latencies.append(words("ResidualGradientExplorer, λ, through Python", times))
    times = measure_keys(root, PLOT, ["ArrowRight"] * 24, python=False)
    latencies.append(words("ResidualGradientExplorer, along the layers, JavaScript", times))
    assert len(times) == 21
