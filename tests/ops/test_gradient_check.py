"""Every backward function against central differences, and the checker against known mistakes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest
import torch

from course_utils import ops
from course_utils.ops import error_against_step, gradcheck, numerical_gradient

RNG = np.random.default_rng(23)


def normal(*shape: int) -> npt.NDArray[np.float64]:
    return RNG.normal(size=shape)


IMAGES, FILTERS = normal(2, 4, 5, 4), normal(6, 2, 3, 2)
PAIRS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "conv1d": ((normal(2, 2, 7), normal(3, 2, 3), normal(3)), {"stride": 2, "padding": 1}),
    "conv2d": ((IMAGES, FILTERS, normal(6)), {"groups": 2, "padding": "same", "dilation": (1, 2)}),
    "conv_transpose1d": (
        (normal(2, 3, 4), normal(3, 2, 3), normal(2)),
        {"stride": 2, "output_padding": 1},
    ),
    "conv_transpose2d": ((normal(1, 4, 3, 2), normal(4, 1, 2, 3), normal(2)), {"groups": 2}),
    "max_pool1d": ((normal(2, 2, 7), 3), {"stride": 2, "padding": 1}),
    "max_pool2d": ((IMAGES, 2), {"stride": 1, "dilation": (2, 1)}),
    "avg_pool1d": ((normal(2, 2, 7), 3), {"padding": 1, "count_include_pad": False}),
    "avg_pool2d": ((IMAGES, 3), {"stride": 2, "ceil_mode": True}),
    "adaptive_avg_pool2d": ((IMAGES, (2, 3)), {}),
    "max_unpool2d": ((normal(1, 1, 2, 2), np.array([[[[0, 3], [8, 14]]]]), 2), {}),
    "relu": ((normal(4, 5),), {}),
    "leaky_relu": ((normal(4, 5), 0.2), {}),
    "sigmoid": ((normal(4, 5),), {}),
    "tanh": ((normal(4, 5),), {}),
    "linear": ((normal(2, 3, 4), normal(5, 4), normal(5)), {}),
    "batch_norm": (
        (normal(3, 2, 4), np.zeros(2), np.ones(2), normal(2), normal(2)),
        {"training": True},
    ),
    "local_response_norm": ((normal(2, 5, 3), 3), {"alpha": 0.5}),
    "softmax": ((normal(3, 4), 1), {}),
    "log_softmax": ((normal(3, 4), 0), {}),
    "cross_entropy": ((normal(3, 4), np.array([0, 2, 3]), RNG.random(4)), {"label_smoothing": 0.1}),
    "mse_loss": ((normal(3, 4), normal(3, 4)), {"reduction": "none"}),
    "dropout": ((normal(4, 5), 0.3), {"generator": 5}),
}


@pytest.mark.parametrize("name", PAIRS)
def test_every_gradient(name: str) -> None:
    args, options = PAIRS[name]
    check = gradcheck(
        getattr(ops, name), getattr(ops, name + "_backward"), *args, tolerance=1e-7, **options
    )
    assert check.error > 0  # a comparison with itself would give 0


def test_every_pair_is_checked() -> None:
    backward = {
        name.removesuffix("_backward") for name in ops.__all__ if name.endswith("_backward")
    }
    assert backward == set(PAIRS)


def as_torch_function(
    f: Callable[..., Any],
    f_backward: Callable[..., Any],
    count: int,
    rest: tuple[Any, ...],
    options: dict[str, Any],
) -> Callable[..., torch.Tensor]:
    """The pair as a function that PyTorch can differentiate by its first `count` arguments."""

    class Pair(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, *tensors: torch.Tensor) -> torch.Tensor:
            ctx.arrays = [t.detach().numpy() for t in tensors]
            return torch.from_numpy(np.asarray(f(*ctx.arrays, *rest, **options)))

        @staticmethod
        def backward(ctx: Any, grad_output: torch.Tensor) -> tuple[torch.Tensor, ...]:
            gradients = f_backward(grad_output.numpy(), *ctx.arrays, *rest, **options)
            gradients = gradients if isinstance(gradients, tuple) else (gradients,)
            return tuple(torch.from_numpy(np.asarray(g)) for g in gradients[:count])

    apply: Callable[..., torch.Tensor] = Pair.apply
    return apply


@pytest.mark.parametrize(
    "name",
    ["conv1d", "conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d", "linear", "softmax"],
)
def test_pytorch_s_own_gradcheck_agrees(name: str) -> None:
    args, options = PAIRS[name]
    count = sum(isinstance(a, np.ndarray) for a in args)
    pair = as_torch_function(
        getattr(ops, name), getattr(ops, name + "_backward"), count, args[count:], options
    )
    tensors = [torch.tensor(a, requires_grad=True) for a in args[:count]]
    assert torch.autograd.gradcheck(pair, tensors)


MISTAKES: dict[str, Callable[..., tuple[Any, ...]]] = {
    "a flip forgotten": lambda gx, gw, gb: (gx[..., ::-1, ::-1], gw, gb),
    "a weight's gradient halved": lambda gx, gw, gb: (gx, gw / 2, gb),
    "a bias summed once too often": lambda gx, gw, gb: (gx, gw, np.full_like(gb, gb.sum())),
    "off by a thousandth": lambda gx, gw, gb: (gx * 1.001, gw, gb),
    "not a number": lambda gx, gw, gb: (gx * np.nan, gw, gb),
    "not a number, after numbers": lambda gx, gw, gb: (gx, gw * np.nan, gb),
    "another shape": lambda gx, gw, gb: (gx[0], gw, gb),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_known_mistakes_are_found(mistake: str) -> None:
    args, options = PAIRS["conv2d"]

    def wrong(*a: Any, **o: Any) -> tuple[Any, ...]:
        return MISTAKES[mistake](*ops.conv2d_backward(*a, **o))

    with pytest.raises(AssertionError, match=r"^gradcheck: "):
        gradcheck(ops.conv2d, wrong, *args, **options)


def test_a_mistake_that_a_gradient_of_ones_would_hide() -> None:
    def wrong(gy: Any, x: Any) -> Any:
        return ops.tanh_backward(np.full_like(gy, gy.mean()), x)

    with pytest.raises(AssertionError, match=r"^gradcheck: "):
        gradcheck(ops.tanh, wrong, normal(3, 4))


def test_numerical_gradient_by_hand() -> None:
    # L = Σ g x³, so that ∂L/∂x = 3 g x²
    x, g = np.array([1.0, -2.0]), np.array([1.0, 10.0])
    gradient = numerical_gradient(lambda x: x**3, x, grad_output=g)
    np.testing.assert_allclose(gradient, [3 * 1, 3 * 10 * 4], rtol=1e-8)


def test_error_falls_with_the_square_of_the_step_until_rounding() -> None:
    errors = dict(error_against_step(ops.tanh, ops.tanh_backward, normal(3)))
    assert 50 < errors[1e-2] / errors[1e-3] < 200
    assert errors[1e-12] > errors[1e-6]


def test_arguments_are_left_alone() -> None:
    mean = np.zeros(2)
    gradcheck(
        ops.batch_norm, ops.batch_norm_backward, normal(3, 2), mean, np.ones(2), training=True
    )
    np.testing.assert_array_equal(mean, np.zeros(2))


Pair: TypeAlias = tuple[Callable[..., Any], Callable[..., Any], tuple[Any, ...]]

TIED = np.array([[[[1.0, 3.0, 2.0, 0.0], [3.0, 2.5, 1.0, 1.5]]]])
KINKS: dict[str, Pair] = {
    "relu at 0": (ops.relu, ops.relu_backward, (np.array([-1.0, 0.0, 2.0]),)),
    "leaky relu at 0": (ops.leaky_relu, ops.leaky_relu_backward, (np.zeros(1), 0.25)),
    "a tie in a window": (ops.max_pool2d, ops.max_pool2d_backward, (TIED, 2)),
    "a hinge far from 0": (
        lambda x: np.maximum(x, 1e6), lambda gy, x: gy * (x > 1e6), (np.array([1e6]),),
    ),
    "a step beside it": (ops.relu, ops.relu_backward, (np.array([-3e-7]),)),
}  # fmt: skip


@pytest.mark.parametrize("name", KINKS)
def test_a_kink_or_a_tie_is_called_by_its_name(name: str) -> None:
    f, f_backward, args = KINKS[name]
    with pytest.raises(AssertionError, match=r"^gradcheck: argument 0 at .*: a kink or a tie"):
        gradcheck(f, f_backward, *args)


def test_the_slopes_at_a_kink_are_given() -> None:
    slopes = r"the slope is 0 to the left and 0.125\d* to the right, and the gradient 0 is"
    with pytest.raises(AssertionError, match=slopes):
        gradcheck(ops.relu, ops.relu_backward, np.zeros(1))
    # neither slope, nor between them: that is wrong even there
    with pytest.raises(AssertionError, match=r"the gradient is 5, but the slope is 0 to the left"):
        gradcheck(ops.relu, lambda gy, x: np.full_like(x, 5), np.zeros(1))


def test_a_mistake_beside_a_kink_is_still_blamed() -> None:
    x = np.array([0.0, 2.0])
    with pytest.raises(AssertionError, match=r"argument 0 at \(1,\): the gradient is "):
        gradcheck(ops.relu, lambda gy, x: ops.relu_backward(gy, x) * 1.001, x)


def test_curvature_is_no_kink() -> None:
    with pytest.raises(AssertionError, match=r"the gradient is .*, central differences give"):
        gradcheck(lambda x: 1e4 * x**2, lambda gy, x: 0 * x, np.array([1.0]))


def test_a_gradient_that_is_right_a_fraction_of_a_step_from_a_kink_passes() -> None:
    assert gradcheck(ops.relu, ops.relu_backward, np.array([3e-7, 1.0])).error < 1e-6


OF_SIZES: list[tuple[str, Callable[..., Any], Callable[..., Any], tuple[float, ...]]] = [
    ("square", np.square, lambda gy, x: gy * 2 * x, (1.0, 1e4, 1e8, 1e12)),
    ("logarithm", np.log, lambda gy, x: gy / x, (1e-12, 1e-8, 1e-4, 1.0)),
    ("reciprocal", lambda x: 1 / x, lambda gy, x: -gy / x**2, (1e-8, 1e-4, 1.0)),
    ("root", np.sqrt, lambda gy, x: gy / 2 / np.sqrt(x), (1e-12, 1e-4, 1.0)),
    ("sine", np.sin, lambda gy, x: gy * np.cos(x), (1e-8, 1.0, 1e3)),
]
SIZES: dict[str, Pair] = {
    f"{name} at {size:.0e}": (f, f_backward, (np.array([1.3, 2.6, 1.7]) * size,))
    for name, f, f_backward, sizes in OF_SIZES
    for size in sizes
}


@pytest.mark.parametrize("name", SIZES)
def test_numbers_of_every_size(name: str) -> None:
    f, f_backward, (x,) = SIZES[name]
    gradcheck(f, f_backward, x)
    for wrong in (1.0001, -1.0, 0.0):
        with pytest.raises(AssertionError, match="the gradient is"):
            gradcheck(f, lambda gy, x, wrong=wrong: wrong * f_backward(gy, x), x)


def test_float32_is_refused_by_the_number_of_the_argument() -> None:
    words = r"^gradcheck: argument 1 is float32, expected float64, as from astype\(np.float64\)"
    with pytest.raises(TypeError, match=words):
        gradcheck(ops.linear, ops.linear_backward, normal(2, 3), normal(4, 3).astype(np.float32))


def test_refusals_say_what_is_wrong() -> None:
    with pytest.raises(
        TypeError, match=r"numerical_gradient: argument 0 is float32, expected float64"
    ):
        numerical_gradient(np.tanh, np.zeros(2, np.float32))
    with pytest.raises(ValueError, match=r"gradcheck: no argument is an array with a gradient"):
        gradcheck(ops.relu, lambda gy, x: None, np.zeros(2))
