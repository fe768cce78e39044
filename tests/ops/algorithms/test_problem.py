"""Sizes that follow from the sizes of a convolution."""

from __future__ import annotations

from course_utils.ops.algorithms.problem import Problem


def test_shapes_and_multiplications() -> None:
    p = Problem(2, 4, 9, 7, 6, 3, 2, stride=(2, 1), padding=((1, 0), (0, 2)), groups=2)
    assert p.padded == (10, 9)
    assert p.output_shape == (2, 6, 4, 8)  # (10 − 3) // 2 + 1, 9 − 2 + 1
    assert p.weight_shape == (6, 2, 3, 2)
    assert p.macs == 2 * 6 * 4 * 8 * 2 * 3 * 2
