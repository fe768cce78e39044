"""The loops, by hand and against PyTorch: all other algorithms are compared with them."""

import numpy as np
import torch
from hypothesis import given, settings
from torch.nn import functional as F  # noqa: N812

from course_utils.ops.algorithms import naive
from course_utils.ops.algorithms.problem import Problem
from tests.ops.algorithms.problems import arrays, problems


def test_by_hand() -> None:
    x = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]])
    w = np.array([[[[1.0, 10.0]]]])
    p = Problem(1, 1, 2, 3, 1, 1, 2)
    gy = np.array([[[[1.0, 0.0], [0.0, 2.0]]]])
    np.testing.assert_array_equal(naive.forward(x, w, p)[0, 0], [[21, 32], [54, 65]])
    np.testing.assert_array_equal(naive.grad_x(gy, w, p)[0, 0], [[1, 10, 0], [0, 2, 20]])
    # 1 · (1, 2) + 2 · (5, 6)
    np.testing.assert_array_equal(naive.grad_weight(gy, x, p)[0, 0], [[11, 14]])


@settings(max_examples=40, deadline=None)
@given(p=problems())
def test_against_pytorch(p: Problem) -> None:
    x, w, gy = arrays(p)
    tx, tw = (torch.from_numpy(a).requires_grad_() for a in (x, w))
    (top, bottom), (left, right) = p.padding
    padded = F.pad(tx, (left, right, top, bottom))
    y = F.conv2d(padded, tw, None, p.stride, 0, p.dilation, p.groups)
    gx, gw = torch.autograd.grad(y, (tx, tw), torch.from_numpy(gy))
    for ours, theirs in (
        (naive.forward(x, w, p), y.detach()),
        (naive.grad_x(gy, w, p), gx),
        (naive.grad_weight(gy, x, p), gw),
    ):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=0, atol=1e-11)
