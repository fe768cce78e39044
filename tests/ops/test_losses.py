"""cross_entropy and mse_loss against PyTorch, options and refusals included."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from course_utils.ops import cross_entropy, cross_entropy_backward, mse_loss, mse_loss_backward
from course_utils.ops.losses import Reduction
from tests.ops.agreement import gradients

RNG = np.random.default_rng(19)


def test_cross_entropy_by_hand() -> None:
    x = np.log([[0.25, 0.75], [0.5, 0.5]])
    loss = cross_entropy(x, [1, 0])
    np.testing.assert_allclose(loss, -(np.log(0.75) + np.log(0.5)) / 2)
    gx = cross_entropy_backward(1.0, x, [1, 0])[0]
    np.testing.assert_allclose(gx, [[0.25 / 2, (0.75 - 1) / 2], [(0.5 - 1) / 2, 0.5 / 2]])


CASES = list(
    product(
        [(5, 3), (4, 3, 2), (2, 3, 2, 4), (3,), (0, 3)],
        ["mean", "sum", "none"],
        [0.0, 0.3, 1.0, -0.2],
        [False, True],
        ["classes", "ignored", "all ignored", "probabilities"],
    )
)


@pytest.mark.parametrize(("shape", "reduction", "smooth", "weighted", "kind"), CASES)
def test_cross_entropy_against_pytorch(
    shape: tuple[int, ...], reduction: Reduction, smooth: float, weighted: bool, kind: str
) -> None:
    x = RNG.normal(size=shape)
    weight = RNG.uniform(0.5, 2, size=3) if weighted else None
    options: dict[str, Any] = {"reduction": reduction, "label_smoothing": smooth}
    answers = shape[:1] + shape[2:] if len(shape) > 1 else ()
    target: npt.NDArray[Any]
    if kind == "probabilities":
        target = RNG.dirichlet(np.ones(3), size=answers)
        target = np.moveaxis(target, -1, min(1, len(shape) - 1)).copy()
    else:
        target = RNG.integers(0, 3, size=answers)
    if "ignored" in kind:
        options["ignore_index"] = 1
        target = np.where(target == 0, 1, target) if kind == "ignored" else np.ones_like(target)
    tensor = torch.tensor(x, requires_grad=True)
    right = torch.tensor(target, requires_grad=kind == "probabilities")
    theirs = F.cross_entropy(
        tensor, right, None if weight is None else torch.tensor(weight), **options
    )
    loss = cross_entropy(x, target, weight, **options)
    assert np.shape(loss) == tuple(theirs.shape)
    assert loss.dtype == np.float64
    np.testing.assert_allclose(loss, theirs.detach().numpy(), rtol=0, atol=1e-12)
    gy = RNG.normal(size=np.shape(loss))
    expected = gradients(theirs, [tensor, right] if right.requires_grad else [tensor], gy)
    gx, gt, gw = cross_entropy_backward(gy, x, target, weight, **options)
    assert gw is None
    np.testing.assert_allclose(gx, expected[0], rtol=0, atol=1e-12)
    if kind == "probabilities":
        assert gt is not None
        np.testing.assert_allclose(gt, expected[1], rtol=0, atol=1e-12)
    else:
        assert gt is None


def test_cross_entropy_in_float32_is_float32() -> None:
    x = RNG.normal(size=(4, 3)).astype(np.float32)
    assert cross_entropy(x, [0, 1, 2, 0]).dtype == np.float32
    assert cross_entropy_backward(1.0, x, [0, 1, 2, 0])[0].dtype == np.float32
    probabilities = np.full((4, 3), 1 / 3, np.float32)
    gt = cross_entropy_backward(1.0, x, probabilities)[1]
    assert gt is not None
    assert gt.dtype == np.float32


def test_the_loss_of_a_confident_mistake_is_exact() -> None:
    np.testing.assert_allclose(cross_entropy([[0.0, 2000.0]], [0]), 2000.0)


S = np.zeros((2, 3))
UNKNOWN: Any = "max"
WRONG: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: cross_entropy(S, [0, 3]), ValueError, "target holds 3, expected classes 0 to 2"),
    (lambda: cross_entropy(S, [0, -1]), ValueError, "target holds -1, expected classes 0 to 2"),
    (lambda: cross_entropy(S, [0, 1, 2]), ValueError, "target is (3,), expected classes (2,) or"),
    (lambda: cross_entropy(S, np.zeros(2)), TypeError, "target is float64, expected int64 or"),
    (lambda: cross_entropy(S, np.zeros((2, 3), int)), TypeError, "so it holds probabilities, but"),
    (lambda: cross_entropy(S, [0, 1], np.ones(2)), ValueError, "weight is (2,), expected (3,)"),
    (lambda: cross_entropy(S, [0, 1], label_smoothing=1.5), ValueError, "label_smoothing is 1.5"),
    (lambda: cross_entropy(S, [0, 1], reduction=UNKNOWN), ValueError, "reduction is 'max'"),
    (lambda: cross_entropy(S, S, ignore_index=1), ValueError, "ignore_index is 1, but target"),
    (lambda: cross_entropy(S, [0, 1], np.ones(3, np.float32)), TypeError, "x is float64 but"),
    (lambda: cross_entropy(1.0, 0), ValueError, "x is (), expected (B, C, ...) or (C,)"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "kind", "message"), WRONG)
def test_refusals_say_what_is_wrong(
    call: Callable[[], Any], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=r"^cross_entropy: ") as refusal:
        call()
    assert message in str(refusal.value)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0, 2)])
def test_mse_against_pytorch(reduction: Reduction, shape: tuple[int, ...]) -> None:
    x, target = RNG.normal(size=shape), RNG.normal(size=shape)
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, target)]
    theirs = F.mse_loss(tensors[0], tensors[1], reduction=reduction)
    loss = mse_loss(x, target, reduction)
    np.testing.assert_allclose(loss, theirs.detach().numpy(), rtol=0, atol=1e-13)
    gy = RNG.normal(size=np.shape(loss))
    expected = gradients(theirs, tensors, gy)
    for ours, reference in zip(mse_loss_backward(gy, x, target, reduction), expected, strict=True):
        np.testing.assert_allclose(ours, reference, rtol=0, atol=1e-13)


def test_mse_refusals() -> None:
    with pytest.raises(
        ValueError, match=r"mse_loss: target is \(3,\), expected \(2, 3\), the shape"
    ):
        mse_loss(S, np.zeros(3))
    with pytest.raises(ValueError, match=r"mse_loss: reduction is 'max', expected 'none'"):
        mse_loss(S, S, UNKNOWN)
