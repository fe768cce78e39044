"""An array and its gradient."""

import numpy as np
import pytest

from course_utils import nn


def test_gradients_add_up_and_are_not_shared() -> None:
    parameter = nn.Parameter(np.zeros(2))
    g = np.ones(2)
    parameter.accumulate(g)
    parameter.accumulate(g)
    np.testing.assert_array_equal(g, 1)
    assert parameter.grad is not None
    np.testing.assert_array_equal(parameter.grad, 2)


def test_a_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gradient has shape \(2, 1\), the values \(2,\)"):
        nn.Parameter(np.zeros(2)).accumulate(np.zeros((2, 1)))


def test_what_is_held_keeps_no_gradient() -> None:
    parameter = nn.Parameter(np.ones(2), requires_grad=False)
    parameter.accumulate(np.ones(2))
    assert parameter.grad is None


def test_printed_form() -> None:
    assert repr(nn.Parameter(np.zeros((2, 3)))) == "Parameter(shape=(2, 3), dtype=float64)"
    held = nn.Parameter(np.zeros(2, np.float32), requires_grad=False)
    assert repr(held) == "Parameter(shape=(2,), dtype=float32, requires_grad=False)"
