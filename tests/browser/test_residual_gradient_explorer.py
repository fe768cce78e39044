"""ResidualGradientExplorer in a real JupyterLab: what a reader sees, types and hears."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.browser.explorer_page import (
    Explorer,
    Keys,
    Latency,
    drawn,
    enter,
    expect,
    number,
    settle,
)
from tests.browser.lab import Lab

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
EXPLORER = Explorer(
    name="ResidualGradientExplorer",
    states={
        "weights": "depth=20, skip_scale=0.5, quantity='weights', layer=19, blocks=6",
        "deep": "depth=110, quantity='weights', blocks=8",
    },
    fast=Keys(PLOT, ["ArrowRight"] * 20, "e.layer", 20),
    step=(PLOT, "ArrowDown"),
    latencies=(
        Latency("λ", PLOT, "ArrowDown ArrowUp"),
        Latency("along the layers", PLOT, "ArrowRight", python=False),
    ),
)


@pytest.mark.parametrize(
    "change",
    [
        "",
        "depth=20, skip_scale=0.5, quantity='weights', layer=19, blocks=6",
        "depth=110, initialisation='small', layer=3, blocks=1",
    ],
    ids=["open", "weights", "tiny"],
)
def test_every_displayed_number_is_pythons(lab: Lab, root: Locator, change: str) -> None:
    enter(lab, change)
    found: dict[str, Any] = lab.value(
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
        exponents = lab.value(f"__import__('numpy').log10(e.{values}).tolist()")
        assert heights == pytest.approx(exponents, abs=tenth)


def test_arrows_move_along_the_layers_and_change_lambda(lab: Lab, root: Locator) -> None:
    root.locator(PLOT).focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        lab.page.keyboard.press(key)
    expect(lab, "e.layer", 7)
    lab.page.keyboard.press("End")
    expect(lab, "e.layer", 27)
    lab.page.keyboard.press("ArrowDown")
    expect(lab, "e.skip_scale", 0.9)
    drawn(lab)
    assert root.get_by_role("radio", name="0.9").is_checked()
    live = root.locator("[aria-live]")
    lab.page.wait_for_function("node => node.textContent === 'λ = 0.9'", arg=live.element_handle())


def test_every_control_by_keyboard_alone(lab: Lab, root: Locator) -> None:
    root.get_by_label("depth (layers)", exact=True).focus()
    lab.page.keyboard.press("ArrowDown")
    expect(lab, "e.depth", 44)
    choices: list[tuple[str, str, Any]] = [
        ("1", "e.skip_scale", 1.1),
        ("none", "e.normalisation", True),
        ("ReLU after the sum", "e.pre_activation", True),
        ("∂L/∂x", "e.quantity", "weights"),
    ]
    for name, trait, expected in choices:
        root.get_by_role("radio", name=name, exact=True).focus()
        lab.page.keyboard.press("ArrowRight")
        expect(lab, trait, expected)
    root.get_by_label("initial weights").select_option("he")
    expect(lab, "e.initialisation", "he")
    root.get_by_label("blocks L", exact=True).focus()
    lab.page.keyboard.press("ArrowUp")
    expect(lab, "e.blocks", 4)


def test_another_seed_is_computed_anew(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(depth=8)")
    before = lab.value("e.residual.tolist()")
    root.get_by_role("button", name="Draw the weights").click()
    expect(lab, "e.seed", 1)
    drawn(lab)
    assert lab.value("e.residual.tolist()") != before
    assert root.get_by_text("computed now, seed 1").is_visible()
    assert not root.get_by_text("the other λ").is_visible()


def test_a_click_chooses_the_layer_and_hover_only_looks(lab: Lab, root: Locator) -> None:
    plot = root.locator(PLOT)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    left, right = 52, 14
    step = (box["width"] - left - right) / 27
    lab.page.mouse.move(box["x"] + left + 9 * step, box["y"] + 100)
    lab.page.wait_for_function("view => view.dataset.at === '9'", arg=root.element_handle())
    assert lab.value("e.layer") == 0
    lab.page.mouse.click(box["x"] + left + 12 * step, box["y"] + 100)
    expect(lab, "e.layer", 12)


def test_what_is_refused_is_said(lab: Lab, root: Locator) -> None:
    field = root.get_by_label("depth (layers)", exact=True)
    field.fill("21")
    field.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "depth must be one of 8, 14, 20" in alert.inner_text()
    assert lab.value("e.depth") == 56
    assert field.input_value() == "56"
