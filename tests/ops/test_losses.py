"""cross_entropy and mse_loss against PyTorch, options and refusals included."""

from __future__ import annotations

import warnings
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


INF, NAN = np.inf, np.nan
ALL: dict[str, Any] = {"ignore_index": 2}
NOWHERE: list[tuple[str, Any, Any, Any, dict[str, Any], list[float], float]] = [
    # what is tried; scores, target, weight, options; the losses; what the mean is divided by
    ("a score of −∞", [[0.0, -INF, 0.0]], [0], None, {}, [np.log(2)], 1),
    ("differences beyond float32", [[3e38, -3e38]], [0], None, {}, [0.0], 1),
    ("the same, wrong", [[3e38, -3e38]], [1], None, {}, [INF], 1),
    ("probability 0", [[0.0, -INF, 0.0]], [[1.0, 0.0, 0.0]], None, {}, [np.log(2)], 1),
    ("weight 0, classes", [[0.0, -INF, 0.0], [0.0] * 3], [1, 0], [1, 0, 1], {}, [0, np.log(3)], 1),
    ("weight 0, NaN", [[0.0, NAN, 0.0], [0.0] * 3], [1, 0], [1, 0, 1], {}, [0, np.log(3)], 1),
    ("weight 0, smoothed", [[0.0, -INF, 0.0]], [0], [3, 0, 3], {"label_smoothing": 0.3},
     [3 * np.log(2) * (0.7 + 0.1 + 0.1)], 3),
    ("weight 0, probabilities", [[0.0, -INF, 0.0]], [[0.2, 0.5, 0.3]], [1, 0, 2], {},
     [np.log(2) * (0.2 + 2 * 0.3)], 1),
    ("weight 0, both", [[0.0, -INF, 0.0]], [[0.2, 0.5, 0.3]], [1, 0, 2], {"label_smoothing": 0.3},
     [np.log(2) * (0.7 * 0.2 + 0.1 + 2 * (0.7 * 0.3 + 0.1))], 1),
    ("an ignored NaN", [[NAN, 0.0], [0.0, 0.0]], [-100, 1], None, {}, [0, np.log(2)], 1),
    ("an ignored ∞, smoothed", [[INF, 0.0], [0.0, 0.0]], [-100, 1], [5, 2],
     {"label_smoothing": 0.5}, [0, np.log(2) * (0.5 * 2 + 0.25 * 5 + 0.25 * 2)], 2),
    ("ignored by number", [[NAN, 0.0, 0.0], [0.0] * 3], [2, 0], None, ALL, [0, np.log(3)], 1),
    ("a weight of ∞ unused", [[0.0] * 3], [0], [2, INF, NAN], {}, [2 * np.log(3)], 2),
]  # fmt: skip


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@pytest.mark.parametrize("case", NOWHERE, ids=lambda case: case[0])
def test_zero_times_infinity_is_nothing(case: Any, reduction: Reduction, dtype: Any) -> None:
    _, scores, classes, weights, options, losses, divisor = case
    if np.nanmax(np.abs(scores)) == 3e38 and dtype == np.float64:
        losses = [6e38 if loss == INF else loss for loss in losses]
    x = np.array(scores, dtype)
    target = np.array(classes, None if np.array(classes).dtype.kind == "i" else dtype)
    weight = None if weights is None else np.array(weights, dtype)
    options = {"reduction": reduction, **options}
    expected = {"none": losses, "sum": sum(losses), "mean": sum(losses) / divisor}[reduction]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loss = cross_entropy(x, target, weight, **options)
        gy = np.ones(np.shape(loss), dtype)
        gx, gt, _ = cross_entropy_backward(gy, x, target, weight, **options)
    np.testing.assert_allclose(loss, np.array(expected, dtype), rtol=1e-6)
    # softmax by hand, of scores that may be infinite; a row without weight has no gradient
    w = np.ones(x.shape[1]) if weights is None else np.array(weights, float)
    smooth = options.get("label_smoothing", 0)
    p = np.array(classes, float) if gt is not None else np.eye(x.shape[1])[np.maximum(target, 0)]
    q = np.zeros(x.shape)
    for i, c in np.ndindex(x.shape):
        share = (1 - smooth) * p[i, c] + smooth / x.shape[1]
        if share and target.flat[i] != options.get("ignore_index", -100):
            q[i, c] = w[c] * share
    for row, right, score in zip(gx, q, x.astype(float), strict=True):
        if not right.any():
            np.testing.assert_array_equal(row, 0)
            continue
        powers = np.exp(score - score.max())
        by_hand = powers / powers.sum() * right.sum() - right
        scale = divisor if reduction == "mean" else 1
        np.testing.assert_allclose(row, by_hand / scale, rtol=0, atol=1e-6)
    if gt is not None:
        assert (gt[:, w == 0] == 0).all()


def test_where_everything_has_weight_zero_the_mean_is_nan_and_nothing_has_a_gradient() -> None:
    x, weight = np.array([[INF, 0.0], [1.0, NAN]]), [0.0, 3.0]
    assert np.isnan(cross_entropy(x, [0, 0], weight))
    np.testing.assert_array_equal(cross_entropy_backward(1.0, x, [0, 0], weight)[0], 0)


def test_without_an_upstream_gradient_there_is_none() -> None:
    x = np.array([[NAN, 0.0], [0.0, 0.0]])
    gx, gt, _ = cross_entropy_backward([0.0, 1.0], x, np.full((2, 2), 0.5), reduction="none")
    np.testing.assert_array_equal(gx, 0)
    assert gt is not None
    np.testing.assert_allclose(gt, [[0, 0], [np.log(2), np.log(2)]])


def test_what_is_infinite_stays_so() -> None:
    assert cross_entropy([[0.0, -INF]], [1]) == INF
    assert cross_entropy([[0.0, -INF]], [0], label_smoothing=0.1) == INF
    assert np.isnan(cross_entropy([[0.0, NAN]], [0]))
    assert np.isnan(cross_entropy([[0.0, INF]], [1]))  # ∞ − ∞, as in PyTorch


@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_sum_of_many_losses_in_float32_keeps_its_digits(reduction: Reduction) -> None:
    n = 1 << 20
    x = np.zeros((n, 2), np.float32)
    weight = np.array([0.1, 0.7], np.float32)
    target = np.zeros(n, np.int64)
    each = np.log(2) * (1 if reduction == "mean" else float(weight[0]) * n)
    np.testing.assert_allclose(cross_entropy(x, target, weight, reduction=reduction), each, 1e-6)
    # a column of a wider array does not lie in one piece
    wide = np.full((2, n, 3), 0.1, np.float32)
    loss = mse_loss(wide[..., 1], np.zeros((2, n), np.float32), reduction)
    right = float(np.float32(0.1)) ** 2 * (1 if reduction == "mean" else 2 * n)
    np.testing.assert_allclose(loss, right, 1e-6)


def test_mse_of_infinities_is_silent() -> None:
    large, both = np.array([3e38], np.float32), np.array([3e38, INF], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isnan(mse_loss([INF], [INF]))
        assert mse_loss(large, -large) == INF
        mse_loss_backward(1.0, both, np.array([-3e38, INF], np.float32))


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
