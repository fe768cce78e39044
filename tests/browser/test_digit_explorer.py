"""DigitExplorer in a real JupyterLab: what a reader draws, sees and hears."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Locator

from course_utils.explorers.digit.drawing import with_stroke
from course_utils.explorers.shared import colours
from tests.browser.explorer_page import (
    Explorer,
    Keys,
    Latency,
    drawn,
    enter,
    expect,
    pixels,
    settle,
    two_frames,
)
from tests.browser.lab import Lab

PAPER = ".cx-dg-paper"
# columns of the page: the input, two convolutions with their pools, two dense layers
CONVOLUTION, SECOND_POOL = 1, 4
EXPLORER = Explorer(
    name="DigitExplorer",
    states={"asked": "sample=4, target=0, back=2", "as it is": "sample=30, fit=False"},
    fast=Keys(
        PAPER,
        ["Delete", *["ArrowUp"] * 30, " ", *["ArrowDown"] * 30, " "],
        "[e.ink[row].max() for row in range(31)]",
        [1.0] * 31,
    ),
    step=(PAPER, "Enter"),
    latencies=(
        Latency("a dot, every layer and the occlusion", PAPER, "Enter Delete"),
        Latency(
            "the number under the pointer", ".cx-dg-occlusion", "ArrowRight ArrowDown", python=False
        ),
    ),
    own=".cx-dg-ring, .cx-dg-readout",  # the brush, and what is pointed at
)


def column(n: int, which: int) -> str:
    """Selector of a layer's maps (0) or of their gradient (1)."""
    return f".cx-dg-column >> nth={n} >> .cx-dg-tall >> nth={which}"


def shades(values: np.ndarray, largest: float, *, signed: bool) -> np.ndarray:
    """The course's colours; maps without a sign are ink on paper."""
    low, high = (-largest, largest) if signed else (largest, 0.0)
    return colours.pixels(values, colours.Scale(signed, low, high))


@pytest.mark.parametrize("change", ["", "sample=30, target=8, fit=False"])
def test_the_maps_are_pythons_in_the_courses_colours(lab: Lab, root: Locator, change: str) -> None:
    enter(lab, change)
    found = lab.value(
        "[[m.tolist() for m in e.explain().maps], [g.tolist() for g in e.explain().gradients],"
        " e.explain().occlusion.tolist(), e.ink.tolist(), e.explain().seen.tolist()]"
    )
    maps, gradients = ([np.array(part) for part in found[k]] for k in (0, 1))
    occlusion, ink, seen = (np.array(part) for part in found[2:])
    for name, values in [(PAPER, ink), (column(0, 0), seen)]:
        np.testing.assert_array_equal(
            pixels(root, name)[..., :3], shades(values, 1.0, signed=False)
        )
    np.testing.assert_array_equal(
        pixels(root, ".cx-dg-occlusion")[..., :3],
        shades(occlusion, abs(occlusion).max(), signed=True),
    )
    for n, per_row in [(CONVOLUTION, 2), (SECOND_POOL, 4)]:
        for which, stack in [(0, maps[n - 1]), (1, gradients[n])]:
            sheet = pixels(root, column(n, which))
            count, high, wide = stack.shape
            assert sheet.shape[:2] == (-(-count // per_row) * (high + 1) - 1,
                                       per_row * (wide + 1) - 1)  # fmt: skip
            for c in range(count):
                top, left = c // per_row * (high + 1), c % per_row * (wide + 1)
                np.testing.assert_array_equal(
                    sheet[top : top + high, left : left + wide, :3],
                    shades(stack[c], abs(stack).max(), signed=bool(which)),
                )
            assert not sheet[high, :, 3].any()  # between the maps the page shows through


def test_every_displayed_number_is_pythons(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(sample=30)")
    found = lab.value("[e.scores.tolist(), e.explain().probabilities.tolist(), e.answer]")
    rows = root.locator("label.cx-dg-class").all_inner_texts()
    for digit, (row, score, p) in enumerate(zip(rows, found[0], found[1], strict=True)):
        shown = row.replace("−", "-").replace(" %", "").split()
        assert [float(text) for text in shown] == pytest.approx([digit, 100 * p, score], abs=0.051)
    sure = f"{100 * found[1][found[2]]:.1f}"
    assert root.locator(".cx-dg-said").inner_text() == f"{found[2]}, with {sure} %"


def test_drawing_with_the_pointer(lab: Lab, root: Locator) -> None:
    root.get_by_role("button", name="Clear the drawing").click()
    expect(lab, "float(e.ink.max())", 0.0)
    drawn(lab)
    assert root.locator(".cx-dg-said").inner_text() == "empty: biases alone"
    box = root.locator(f"{PAPER} canvas").bounding_box()
    assert box is not None
    pixel = box["width"] / 32
    ink = np.zeros((32, 32))
    points = [(6, 8), (6, 22), (27, 14)]
    mouse = lab.page.mouse
    for n, (row, at) in enumerate(points):
        mouse.move(box["x"] + (at + 0.5) * pixel, box["y"] + (row + 0.5) * pixel)
        if n == 0:
            mouse.down()
        else:
            ink = with_stroke(ink, points[n - 1], (row, at), width=3)
    mouse.up()
    expect(lab, "e.answer", 7)
    drawn(lab)
    found = np.array(lab.value("e.ink.tolist()"))
    np.testing.assert_allclose(found, ink, atol=0.02)  # bytes, and the pointer's own rounding
    assert root.get_attribute("data-answer") == "7"
    root.get_by_role("radio", name="rubber").check(force=True)
    root.get_by_role("radio", name="thick", exact=True).check(force=True)
    mouse.move(box["x"] + 15.5 * pixel, box["y"] + 6.5 * pixel)
    mouse.down()
    mouse.up()
    expect(lab, "float(e.ink[6, 15])", 0.0)
    root.get_by_role("radio", name="brush").check(force=True)
    root.get_by_role("radio", name="medium").check(force=True)


def test_drawing_with_the_keys_alone(lab: Lab, root: Locator) -> None:
    root.locator(PAPER).focus()
    keyboard = lab.page.keyboard
    keyboard.press("Delete")
    expect(lab, "float(e.ink.max())", 0.0)
    for key in ["Shift+ArrowUp", "Shift+ArrowLeft"] * 8 + [
        "Shift+ArrowDown",
        "Shift+ArrowRight",
    ] * 4:
        keyboard.press(key)
    assert lab.value("float(e.ink.max())") == 0.0  # the brush is lifted
    keyboard.press(" ")
    keyboard.press("Shift+ArrowUp")
    keyboard.press("Shift+ArrowUp")
    keyboard.press(" ")
    keyboard.press("ArrowLeft")
    ink = with_stroke(np.zeros((32, 32)), (16, 16), (8, 16), width=3)
    expect(lab, "int(e.ink[8, 16] * 255)", 255)
    np.testing.assert_allclose(np.array(lab.value("e.ink.tolist()")), ink, atol=0.002)
    live = root.locator("[aria-live=polite]").first
    lab.page.wait_for_function("node => node.textContent", arg=live.element_handle())
    keyboard.press("Enter")
    expect(lab, "int(e.ink[8, 15] * 255)", 255)


def test_choosing_a_digit_asks_about_its_score(lab: Lab, root: Locator) -> None:
    follow = root.get_by_label("explain whatever is answered")
    assert follow.is_checked()
    root.locator("label.cx-dg-class input").nth(8).check()
    expect(lab, "e.target", 8)
    drawn(lab)
    assert not follow.is_checked()
    assert "Back from the score of 8" in root.locator(".cx-dg-walk-words").inner_text()
    follow.check()
    expect(lab, "e.target", -1)


def test_walking_back_layer_by_layer(lab: Lab, root: Locator) -> None:
    slider = root.get_by_label("layers that the gradient is walked back")
    slider.focus()
    lab.page.keyboard.press("Home")
    expect(lab, "e.back", 0)
    empty = root.locator(".cx-dg-layers .cx-sheet-empty")
    assert empty.count() == 7
    root.get_by_role("button", name="One step on").click()
    root.get_by_role("button", name="One step on").click()
    expect(lab, "e.back", 2)
    assert empty.count() == 5
    assert "dense layer 120" in root.locator(".cx-dg-walk-words").inner_text()
    lab.python("e.back = 7")
    lab.page.wait_for_function("root => root.dataset.back === '7'", arg=root.element_handle())
    assert empty.count() == 0


def test_pointing_at_a_map_says_its_number_and_the_pixels_behind_it(
    lab: Lab, root: Locator
) -> None:
    sheet = root.locator(column(SECOND_POOL, 0))
    sheet.focus()
    for key in ("ArrowRight", "ArrowDown", "PageDown", "PageDown"):
        lab.page.keyboard.press(key)
    value, slope = lab.value(
        "[float(e.explain().maps[3][2, 3, 3]), float(e.explain().gradients[4][2, 3, 3])]"
    )
    assert float(root.get_attribute("data-value") or "nan") == value
    assert float(root.get_attribute("data-slope") or "nan") == slope
    said = root.locator(".cx-dg-readout").inner_text()
    assert said.startswith("max pool, map 2, row 3, column 3: ")
    assert said.endswith("It sees rows 12–27, columns 12–27.")
    field = root.locator(f"{column(0, 0)} >> .cx-sheet-field")
    assert [field.get_attribute(k) for k in ("x", "y", "width")] == ["12", "12", "16"]
    box = root.locator(".cx-dg-occlusion").bounding_box()
    assert box is not None
    cell = box["width"] / 10
    root.locator(".cx-dg-occlusion").hover(position={"x": 5.5 * cell, "y": 4.5 * cell})
    two_frames(lab)
    score, fall = lab.value("[e.scores.max(), e.explain().occlusion[4, 5]]")
    said = root.locator(".cx-dg-readout").inner_text().replace("−", "-")
    assert said.startswith("Without rows 12–16, columns 15–19 the score of 3 is ")
    assert float(said.split(" is ")[1].split()[0]) == pytest.approx(score - fall, abs=0.006)
    lab.page.mouse.move(2, 2)


def test_test_digits_and_preparation(lab: Lab, root: Locator) -> None:
    root.get_by_role("button", name="Next test digit").click()
    expect(lab, "e.sample", 0)
    root.get_by_role("button", name="Test digit before").click()
    expect(lab, "e.sample", 354)
    drawn(lab)
    truth = lab.value("e.facts['truth']")
    assert root.locator(".cx-dg-sample").inner_text() == f"354: a {truth}"
    root.get_by_label("centre and enlarge").uncheck()
    expect(lab, "e.fit", False)
    drawn(lab)
    assert root.locator(".cx-dg-crop").is_hidden()


def test_another_network_is_shown_with_its_own_layers(lab: Lab, root: Locator) -> None:
    lab.python(
        "import numpy as np\nfrom course_utils import nn\nrng = np.random.default_rng(0)\n"
        "own = nn.Sequential(nn.Conv2d(1, 3, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(4), nn.Flatten(),"
        " nn.Linear(147, 10, rng=rng))\nkept, e.network = e.network, own"
    )
    try:
        drawn(lab)
        assert root.locator(".cx-dg-column").count() == 3
        assert root.locator(".cx-dg-board .cx-title").inner_text().endswith("by your network")
    finally:
        lab.python("e.network = kept")
