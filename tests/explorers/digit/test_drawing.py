"""Strokes of a brush, and what becomes of them for the network."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from course_utils.explorers.digit.drawing import prepare, window, with_stroke
from tests.explorers.digit.drawn_digits import DRAWN, drawing

RNG = np.random.default_rng(11)


def test_a_stroke_covers_what_lies_near_its_line() -> None:
    start, end, width = (3.2, 2.1), (9.7, 12.6), 2.6
    along = np.linspace(0, 1, 20001)[:, None]
    points = np.array(start) * (1 - along) + np.array(end) * along
    ink = with_stroke(np.zeros((14, 17)), start, end, width)
    for i, j in [(0, 0), (3, 2), (4, 2), (5, 6), (6, 6), (7, 6), (9, 13), (10, 13), (13, 16)]:
        distance = np.hypot(*(points - (i, j)).T).min()
        assert ink[i, j] == pytest.approx(min(1, max(0, 1.8 - distance)), abs=1e-6)
    assert 0 < ink[5, 6] <= 1


def test_a_stroke_by_hand() -> None:
    expected = np.zeros((3, 5))
    expected[1, 1:4] = 1
    found = with_stroke(np.zeros((3, 5)), (1, 1), (1, 3), width=1)
    np.testing.assert_array_equal(found, expected)


def test_rubbing_out_a_stroke_leaves_nothing_under_its_middle() -> None:
    full = np.ones((9, 9))
    rubbed = with_stroke(full, (4, 2), (4, 6), width=3, erase=True)
    np.testing.assert_array_equal(rubbed, 1 - with_stroke(np.zeros((9, 9)), (4, 2), (4, 6), 3))
    assert rubbed[4, 4] == 0
    assert full.all()


def test_place_and_size_do_not_matter_once_prepared() -> None:
    box = (RNG.random((8, 6)) + 0.3).clip(0, 1)
    here, there = np.zeros((32, 32)), np.zeros((32, 32))
    here[2:10, 3:9], there[21:29, 25:31] = box, box
    np.testing.assert_allclose(prepare(here), prepare(there), atol=1e-12)
    assert not np.allclose(prepare(here, fit=False), prepare(there, fit=False))
    small = drawing(DRAWN[5][1], 4, 3, 12, 1.5)
    large = drawing(DRAWN[5][1], 2, 2, 24, 3.0)
    alike = np.corrcoef(prepare(small).ravel(), prepare(large).ravel())[0, 1]
    assert alike > 0.9
    assert np.corrcoef(small.ravel(), large.ravel())[0, 1] < 0.3


def test_a_prepared_drawing_is_centred_and_fills_the_height() -> None:
    ink = np.zeros((32, 32))
    ink[4:20, 3:9] = 1
    assert window(ink) == (4, -2, 16)
    seen = prepare(ink)
    np.testing.assert_allclose(seen, seen[::-1, ::-1], atol=1e-12)
    assert seen[[0, -1], 15].min() > 0.9
    assert seen[:, :6].max() == 0


def test_preparing_averages_blocks_and_enlarges_as_pytorch_does() -> None:
    ink = RNG.random((32, 32))
    blocks = torch.nn.functional.avg_pool2d(torch.from_numpy(ink)[None, None], 4)
    expected = torch.nn.functional.interpolate(blocks, size=32, mode="bilinear")
    np.testing.assert_allclose(prepare(ink, fit=False), expected[0, 0].numpy(), atol=1e-12)
