"""Exercises of lesson 09, why depth is hard."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]


def _random(seed: int, *shapes: tuple[int, ...], scale: float = 2.0) -> tuple[Array, ...]:
    rng = np.random.default_rng(seed)
    return tuple(np.round(scale * rng.normal(size=shape), 2) for shape in shapes)


def _positive(seed: int, size: int) -> Array:
    return np.round(np.random.default_rng(seed).uniform(0.5, 3.0, size=size), 2)


# 9.1 how large the weights should be


def he_std(shape: tuple[int, ...]) -> float:
    """Standard deviation that keeps the signal's size; shape is (K, C, kH, kW), or (K, C)."""
    fan_in = np.prod(shape[1:])  # terms in the sum of one output: all axes but the first
    return float(np.sqrt(2 / fan_in))


def _he_variance(shape: tuple[int, ...]) -> float:
    return float(2 / np.prod(shape[1:]))


def _he_no_two(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(1 / np.prod(shape[1:])))


def _he_fan_out(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / (shape[0] * np.prod(shape[2:]))))


def _he_channels(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / shape[1]))


def _he_filters(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / shape[0]))


def _he_kernel(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / np.prod(shape[2:])))


def _he_all(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / np.prod(shape)))


def _he_xavier(shape: tuple[int, ...]) -> float:
    area = np.prod(shape[2:])
    return float(np.sqrt(2 / ((shape[0] + shape[1]) * area)))


def _he_two_outside(shape: tuple[int, ...]) -> float:
    return float(2 / np.sqrt(np.prod(shape[1:])))


def _he_half(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(1 / (2 * np.prod(shape[1:]))))


def _he_one_side(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / np.prod(shape[1:3])))


def _he_inverse(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(np.prod(shape[1:]) / 2))


def _he_unpacked(shape: tuple[int, ...]) -> float:
    _, C, kH, kW = shape
    return float(np.sqrt(2 / (C * kH * kW)))


def _he_fourth_axis(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / (shape[1] * shape[2] * shape[3])))


def _he_added(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / sum(shape[1:])))


def _he_last_axis_out(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 / np.prod(shape[:-1])))


def _he_multiplied(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2 * np.prod(shape[1:])))


def _he_root_of_two(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(2) / np.prod(shape[1:]))


def _he_uniform(shape: tuple[int, ...]) -> float:
    return float(np.sqrt(6 / np.prod(shape[1:])))


HE_STD = Exercise(
    id="09.he_std",
    title="How large the weights should be",
    minutes=4,
    difficulty=1,
    reference=he_std,
    cases=[
        Case((3, 2, 2, 2), note="8 terms in each output: √(2/8) = 0.5"),
        Case((10, 50), note="a dense layer has no kernel: √(2/50) = 0.2"),
        Case((4, 2, 1, 4), note="8 terms again, in another arrangement: 0.5"),
        Case((64, 3, 7, 7)),
        Case((16, 32, 3, 3)),
        Case((6, 5, 3, 2)),
    ],
    misconceptions=[
        Misconception(
            "the variance instead of its root",
            _he_variance,
            "2/fan_in is the variance σ². Asked for is the standard deviation σ.",
        ),
        Misconception(
            "without the 2",
            _he_no_two,
            "1/fan_in would keep the size of the signal if nothing followed. ReLU takes half of "
            "the mean square away at each layer; the 2 gives it back.",
        ),
        Misconception(
            "outputs counted instead of inputs",
            _he_fan_out,
            "K·kH·kW is the fan out, which keeps the *gradient's* size. The signal's size depends "
            "on the number of terms in one output, C·kH·kW.",
        ),
        Misconception(
            "the kernel's area is left out",
            _he_channels,
            "Each output adds C·kH·kW products, not C.",
        ),
        Misconception(
            "the number of filters is used",
            _he_filters,
            "The first axis counts the outputs. One output does not feel how many others there "
            "are.",
        ),
        Misconception(
            "only the kernel's area is counted",
            _he_kernel,
            "A filter spans all C channels, so each output adds C·kH·kW products.",
        ),
        Misconception(
            "all the weights of the layer are counted",
            _he_all,
            "The weights of *one* filter make one output: leave the first axis out.",
        ),
        Misconception(
            "Xavier's rule",
            _he_xavier,
            "2/(fan_in + fan_out) is the compromise for layers without ReLU.",
        ),
        Misconception(
            "the 2 outside the root",
            _he_two_outside,
            "The variance is 2/fan_in, so the 2 stands under the root.",
        ),
        Misconception(
            "divided by 2 instead of multiplied",
            _he_half,
            "½·fan_in·σ² has to be 1, so σ² = 2/fan_in.",
        ),
        Misconception(
            "one side of the kernel is forgotten",
            _he_one_side,
            "The kernel has kH·kW weights for each channel.",
        ),
        Misconception(
            "upside down",
            _he_inverse,
            "The more terms are added, the *smaller* each weight has to be.",
        ),
        Misconception(
            "the shape is unpacked into four",
            _he_unpacked,
            "Right for a convolution, but a dense layer's weight has the shape (K, C), with "
            "nothing to unpack into kH and kW. shape[1:] is all that makes one output, in both.",
        ),
        Misconception(
            "a fourth axis is always read",
            _he_fourth_axis,
            "Right for a convolution, but a dense layer's weight has the shape (K, C): there is no "
            "shape[2]. np.prod(shape[1:]) takes whatever axes there are.",
        ),
        Misconception(
            "the axes are added instead of multiplied",
            _he_added,
            "There are C channels and kH·kW weights in each of them: the numbers multiply.",
        ),
        Misconception(
            "the last axis is left out instead of the first",
            _he_last_axis_out,
            "The filters stand on the first axis here, as in PyTorch. (In Keras they stand on the "
            "last.)",
        ),
        Misconception(
            "multiplied by the fan in",
            _he_multiplied,
            "½·fan_in·σ² has to be 1: σ² is 2 *divided* by fan_in.",
        ),
        Misconception(
            "the root of the 2 alone",
            _he_root_of_two,
            "σ is the root of the whole of 2/fan_in.",
        ),
        Misconception(
            "the bound of a uniform draw",
            _he_uniform,
            "√(6/fan_in) is where a uniform draw has to end so that its standard deviation is "
            "√(2/fan_in).",
        ),
    ],
    hints=[
        "How many products does one output of this layer add up? Look at the equation for σ².",
        "Every axis of the weight but the first: for (K, C, kH, kW) that is C·kH·kW.",
        "np.prod(shape[1:]) works for dense layers too; the answer is √(2/fan_in).",
    ],
)


# 9.2 normalise a batch


def normalise(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    """Batch normalisation of x (B, C, H, W) as in training; gamma and beta are (C,)."""
    mean = x.mean(axis=(0, 2, 3), keepdims=True)  # one number for each channel: (1, C, 1, 1)
    var = ((x - mean) ** 2).mean(axis=(0, 2, 3), keepdims=True)
    x_hat = (x - mean) / np.sqrt(var + eps)
    y: Array = gamma[:, None, None] * x_hat + beta[:, None, None]
    return y


def _normalise_over(
    x: Array, gamma: Array, beta: Array, eps: float, axes: tuple[int, ...], ddof: int = 0
) -> Array:
    with np.errstate(all="ignore"):
        mean = x.mean(axis=axes, keepdims=True)
        var = x.var(axis=axes, keepdims=True, ddof=ddof)
        x_hat = (x - mean) / np.sqrt(var + eps)
        return np.asarray(gamma[:, None, None] * x_hat + beta[:, None, None])


def _norm_instance(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return _normalise_over(x, gamma, beta, eps, (2, 3))


def _norm_batch_only(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return _normalise_over(x, gamma, beta, eps, (0,))


def _norm_layer(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return _normalise_over(x, gamma, beta, eps, (1, 2, 3))


def _norm_everything(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return _normalise_over(x, gamma, beta, eps, (0, 1, 2, 3))


def _norm_channels(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return _normalise_over(x, gamma, beta, eps, (1,))


def _norm_unbiased(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return _normalise_over(x, gamma, beta, eps, (0, 2, 3), ddof=1)


def _hat_parts(x: Array) -> tuple[Array, Array]:
    mean = x.mean(axis=(0, 2, 3), keepdims=True)
    return x - mean, x.var(axis=(0, 2, 3), keepdims=True)


def _norm_eps_outside(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    centred, var = _hat_parts(x)
    x_hat = centred / (np.sqrt(var) + eps)
    return np.asarray(gamma[:, None, None] * x_hat + beta[:, None, None])


def _norm_no_eps(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    del eps
    return _normalise_over(x, gamma, beta, 0.0, (0, 2, 3))


def _norm_by_variance(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    centred, var = _hat_parts(x)
    return np.asarray(gamma[:, None, None] * centred / (var + eps) + beta[:, None, None])


def _norm_not_centred(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    _, var = _hat_parts(x)
    return np.asarray(gamma[:, None, None] * x / np.sqrt(var + eps) + beta[:, None, None])


def _norm_only_centred(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    del eps
    centred, _ = _hat_parts(x)
    return np.asarray(gamma[:, None, None] * centred + beta[:, None, None])


def _norm_plain(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return np.asarray(normalise(x, np.ones_like(gamma), np.zeros_like(beta), eps))


def _norm_no_shift(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return normalise(x, gamma, np.zeros_like(beta), eps)


def _norm_shift_scaled(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return normalise(x, gamma, gamma * beta, eps)


def _norm_swapped(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return normalise(x, beta, gamma, eps)


def _norm_mean_square(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    centred, _ = _hat_parts(x)
    square = (x**2).mean(axis=(0, 2, 3), keepdims=True)
    return np.asarray(gamma[:, None, None] * centred / np.sqrt(square + eps) + beta[:, None, None])


def _norm_no_scale(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return normalise(x, np.ones_like(gamma), beta, eps)


def _norm_scale_last_axis(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    x_hat = normalise(x, np.ones_like(gamma), np.zeros_like(beta), eps)
    return np.asarray(gamma * x_hat + beta)


def _norm_without_keepdims(x: Array, eps: float) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray((x - x.mean(axis=(0, 2, 3))) / np.sqrt(x.var(axis=(0, 2, 3)) + eps))


def _norm_statistics_last_axis(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    x_hat = _norm_without_keepdims(x, eps)
    return np.asarray(gamma[:, None, None] * x_hat + beta[:, None, None])


def _norm_all_last_axis(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    return np.asarray(gamma * _norm_without_keepdims(x, eps) + beta)


def _norm_cut(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    y = np.zeros_like(x)
    y[...] = normalise(x, gamma, beta, eps)
    return y


def _norm_in_place(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    x -= x.mean(axis=(0, 2, 3), keepdims=True)
    var = (x**2).mean(axis=(0, 2, 3), keepdims=True)
    return np.asarray(gamma[:, None, None] * x / np.sqrt(var + eps) + beta[:, None, None])


def _norm_along_batch(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    x_hat = normalise(x, np.ones_like(gamma), np.zeros_like(beta), eps)
    return np.asarray(gamma[:, None, None, None] * x_hat + beta[:, None, None, None])


def _norm_reshaped(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    rows = x.reshape(x.shape[1], -1)
    x_hat = (rows - rows.mean(axis=1, keepdims=True)) / np.sqrt(
        rows.var(axis=1, keepdims=True) + eps
    )
    return np.asarray(gamma[:, None] * x_hat + beta[:, None]).reshape(x.shape)


def _norm_sum_of_squares(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    centred, var = _hat_parts(x)
    squares = var * (x.size / x.shape[1])
    return np.asarray(gamma[:, None, None] * centred / np.sqrt(squares + eps) + beta[:, None, None])


NORMALISE = Exercise(
    id="09.normalise",
    title="Mean 0, variance 1, then as you like",
    minutes=8,
    difficulty=2,
    reference=normalise,
    cases=[
        Case(
            np.array([[[[1.0]]], [[[5.0]]]]),
            np.array([1.0]),
            np.array([0.0]),
            0.0,
            note="mean 3, deviations −2 and 2, variance 4: −1 and 1",
        ),
        Case(
            np.array([[[[1.0, 5.0]]]]),
            np.array([10.0]),
            np.array([7.0]),
            0.0,
            note="−1 and 1 again, now 10 times that plus 7: −3 and 17",
        ),
        Case(
            np.array([[[[2.0, 2.0]]]]),
            np.array([3.0]),
            np.array([4.0]),
            1.0,
            note="a constant channel has variance 0, and ε saves the division: β = 4 is left",
        ),
        Case(
            np.array([[[[1.0, 5.0]], [[10.0, 90.0]]]]),
            np.array([1.0, 1.0]),
            np.array([0.0, 0.0]),
            0.0,
            note="each channel by itself: −1, 1 and −1, 1",
        ),
        Case(
            np.arange(16).reshape(2, 2, 2, 2) % 7,
            np.array([1, 2]),
            np.array([0, -1]),
            0.25,
        ),
        Case(*_random(11, (3, 2, 4, 5)), _positive(12, 2), _random(13, (2,))[0], 0.5),
        Case(*_random(14, (4, 3, 2, 3)), _positive(15, 3), _random(16, (3,))[0], 1e-5),
    ],
    misconceptions=[
        Misconception(
            "each picture by itself",
            _norm_instance,
            "Mean and variance over (H, W) alone is called instance normalisation. Batch "
            "normalisation takes all pictures of the batch together: axis=(0, 2, 3).",
        ),
        Misconception(
            "each pixel by itself",
            _norm_batch_only,
            "A channel has one mean, over the batch *and* all places: axis=(0, 2, 3).",
        ),
        Misconception(
            "all channels of a picture together",
            _norm_layer,
            "That is layer normalisation. Here each channel has its own mean and variance.",
        ),
        Misconception(
            "all channels of the batch together",
            _norm_everything,
            "Each channel has its own mean and variance: every axis but the second.",
        ),
        Misconception(
            "across the channels",
            _norm_channels,
            "The channel is the axis that is *kept*; the mean goes over the three others.",
        ),
        Misconception(
            "divided by n − 1",
            _norm_unbiased,
            "The variance that normalises is the plain mean of squares, divided by n. The n − 1 "
            "comes in the running statistics only.",
        ),
        Misconception(
            "ε outside the root",
            _norm_eps_outside,
            "√(σ² + ε), not √σ² + ε: ε is added to the variance.",
        ),
        Misconception(
            "ε is left out",
            _norm_no_eps,
            "A channel that is constant would be divided by zero.",
        ),
        Misconception(
            "divided by the variance",
            _norm_by_variance,
            "Dividing by the standard deviation √(σ² + ε) brings the variance to 1.",
        ),
        Misconception(
            "not centred",
            _norm_not_centred,
            "First the mean is taken away.",
        ),
        Misconception(
            "only centred",
            _norm_only_centred,
            "After the mean is taken away, divide by √(σ² + ε).",
        ),
        Misconception(
            "γ and β are forgotten",
            _norm_plain,
            "After x̂ come the channel's scale and shift: y = γ x̂ + β.",
        ),
        Misconception(
            "β is forgotten",
            _norm_no_shift,
            "y = γ x̂ + β.",
        ),
        Misconception(
            "β is scaled as well",
            _norm_shift_scaled,
            "y = γ x̂ + β, not γ (x̂ + β).",
        ),
        Misconception(
            "γ and β exchanged",
            _norm_swapped,
            "γ multiplies, β is added.",
        ),
        Misconception(
            "the mean square instead of the variance",
            _norm_mean_square,
            "The variance is the mean square of what is left *after* the mean has been taken away.",
        ),
        Misconception(
            "γ is forgotten",
            _norm_no_scale,
            "y = γ x̂ + β.",
        ),
        Misconception(
            "γ and β along the last axis",
            _norm_scale_last_axis,
            "gamma * x_hat lines γ up with W, the last axis. gamma[:, None, None] has the shape "
            "(C, 1, 1) and lines up with the channels.",
        ),
        Misconception(
            "mean and variance along the last axis",
            _norm_statistics_last_axis,
            "Without keepdims=True the mean has the shape (C,), and x - mean lines it up with W, "
            "the last axis.",
        ),
        Misconception(
            "everything of a channel along the last axis",
            _norm_all_last_axis,
            "NumPy lines up a shape (C,) with the last axis, which is W. keepdims=True for mean "
            "and variance, and gamma[:, None, None], line up with the channels.",
        ),
        Misconception(
            "the fractions are cut off where x holds whole numbers",
            _norm_cut,
            "np.zeros_like(x) is an array of integers where x is one, and cuts off what is written "
            "into it. np.zeros(x.shape) makes floats.",
        ),
        Misconception(
            "x itself is changed",
            _norm_in_place,
            "x -= mean overwrites what the caller passed in, and fails where x holds whole "
            "numbers. x - mean makes a new array.",
        ),
        Misconception(
            "γ and β along the batch",
            _norm_along_batch,
            "Three new axes make (C, 1, 1, 1), which lines up with the batch. With two, (C, 1, 1), "
            "γ lines up with the channels.",
        ),
        Misconception(
            "reshaped without moving the channels to the front",
            _norm_reshaped,
            "x.reshape(C, -1) cuts the numbers as they lie in memory, picture after picture, so a "
            "row is not a channel. First x.transpose(1, 0, 2, 3), or take axis=(0, 2, 3).",
        ),
        Misconception(
            "the squares are added up, not averaged",
            _norm_sum_of_squares,
            "The variance is the *mean* of the squared deviations: divide by n = B·H·W.",
        ),
    ],
    hints=[
        "One mean for each channel: which of the four axes are averaged over?",
        "axis=(0, 2, 3), and keepdims=True leaves (1, C, 1, 1), which fits beside x.",
        "x_hat = (x - mean) / np.sqrt(var + eps); gamma[:, None, None] has the shape (C, 1, 1).",
    ],
)


# 9.3 backward through it


def normalise_backward(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    """Gradients of x, gamma and beta for upstream gradient g, all with x (B, C, H, W)."""
    axes = (0, 2, 3)
    s = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    x_hat = (x - x.mean(axis=axes, keepdims=True)) / s
    mean_g = g.mean(axis=axes, keepdims=True)
    mean_gx = (g * x_hat).mean(axis=axes, keepdims=True)
    grad_x: Array = gamma[:, None, None] / s * (g - mean_g - x_hat * mean_gx)
    return grad_x, (g * x_hat).sum(axis=axes), g.sum(axis=axes)


def _back_parts(x: Array, eps: float) -> tuple[Array, Array]:
    s = np.sqrt(x.var(axis=(0, 2, 3), keepdims=True) + eps)
    return s, (x - x.mean(axis=(0, 2, 3), keepdims=True)) / s


def _back_with(
    g: Array, x: Array, gamma: Array, eps: float, first: float, second: float
) -> tuple[Array, Array, Array]:
    axes = (0, 2, 3)
    s, hat = _back_parts(x, eps)
    mean_g, mean_gx = (v.mean(axis=axes, keepdims=True) for v in (g, g * hat))
    grad_x = gamma[:, None, None] / s * (g - first * mean_g - second * hat * mean_gx)
    return np.asarray(grad_x), (g * hat).sum(axis=axes), g.sum(axis=axes)


def _back_constants(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, 0, 0)


def _back_no_variance(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, 1, 0)


def _back_no_mean(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, 0, 1)


def _back_plus(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, 1, -1)


def _back_twice(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, 1, 2)


def _back_no_gamma(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return normalise_backward(g, x, np.ones_like(gamma), eps)


def _back_no_sigma(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x * _back_parts(x, eps)[0], grad_gamma, grad_beta


def _back_raw_gamma(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, _, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, (g * x).sum(axis=(0, 2, 3)), grad_beta


def _back_means(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    n = g.size / g.shape[1]
    return grad_x, grad_gamma / n, grad_beta / n


def _back_sums_inside(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    n = g.size / g.shape[1]
    return _back_with(g, x, gamma, eps, n, n)


def _back_instance(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    parts = [normalise_backward(g[n : n + 1], x[n : n + 1], gamma, eps) for n in range(len(x))]
    return (
        np.concatenate([part[0] for part in parts]),
        np.sum([part[1] for part in parts], axis=0),
        np.sum([part[2] for part in parts], axis=0),
    )


def _back_swapped(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, grad_beta, grad_gamma


def _back_scaled(
    g: Array, x: Array, gamma: Array, eps: float, factor: float
) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return factor * grad_x, grad_gamma, grad_beta


def _back_n_times(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_scaled(g, x, gamma, eps, g.size / g.shape[1])


def _back_both_added(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, -1, -1)


def _back_half(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, 1, 0.5)


def _back_dividing_by(g: Array, x: Array, gamma: Array, s: Array) -> tuple[Array, Array, Array]:
    axes = (0, 2, 3)
    hat = (x - x.mean(axis=axes, keepdims=True)) / s
    mean_g, mean_gx = (v.mean(axis=axes, keepdims=True) for v in (g, g * hat))
    grad_x = gamma[:, None, None] / s * (g - mean_g - hat * mean_gx)
    return np.asarray(grad_x), (g * hat).sum(axis=axes), g.sum(axis=axes)


def _back_no_eps(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    del eps
    return normalise_backward(g, x, gamma, 0.0)


def _back_eps_outside(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_dividing_by(g, x, gamma, x.std(axis=(0, 2, 3), keepdims=True) + eps)


def _back_unbiased(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    var = x.var(axis=(0, 2, 3), keepdims=True, ddof=1)
    return _back_dividing_by(g, x, gamma, np.sqrt(var + eps))


def _back_by_variance(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x / _back_parts(x, eps)[0], grad_gamma, grad_beta


def _back_centred_gamma(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, _, grad_beta = normalise_backward(g, x, gamma, eps)
    centred = x - x.mean(axis=(0, 2, 3), keepdims=True)
    return grad_x, (g * centred).sum(axis=(0, 2, 3)), grad_beta


def _back_only_centred(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    axes = (0, 2, 3)
    s, hat = _back_parts(x, eps)
    centred = hat * s
    mean_g, mean_gc = (v.mean(axis=axes, keepdims=True) for v in (g, g * centred))
    grad_x = gamma[:, None, None] / s * (g - mean_g - centred * mean_gc)
    return np.asarray(grad_x), (g * centred).sum(axis=axes), g.sum(axis=axes)


def _back_gamma_everywhere(
    g: Array, x: Array, gamma: Array, eps: float
) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, gamma * grad_gamma, gamma * grad_beta


def _back_gamma_last_axis(
    g: Array, x: Array, gamma: Array, eps: float
) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, np.ones_like(gamma), eps)
    return np.asarray(gamma * grad_x), grad_gamma, grad_beta


def _back_four_axes(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, grad_gamma[None, :, None, None], grad_beta[None, :, None, None]


def _back_cut(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x.astype(x.dtype), grad_gamma, grad_beta


def _back_all_cut(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    kind = gamma.dtype
    return grad_x.astype(x.dtype), grad_gamma.astype(kind), grad_beta.astype(kind)


def _back_batch_count(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    n, m = g.size / g.shape[1], len(g)
    grad_x, grad_gamma, grad_beta = _back_with(g, x, gamma, eps, n / m, n / m)
    return grad_x, grad_gamma, grad_beta


def _back_gamma_twice(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return np.asarray(gamma[:, None, None] * grad_x), grad_gamma, grad_beta


def _back_bracket(
    g: Array, x: Array, gamma: Array, eps: float, subtracted: Array
) -> tuple[Array, Array, Array]:
    _, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    grad_x = gamma[:, None, None] / _back_parts(x, eps)[0] * (g - subtracted)
    return np.asarray(grad_x), grad_gamma, grad_beta


def _back_means_of(g: Array, factor: Array) -> tuple[Array, Array]:
    axes = (0, 2, 3)
    return g.mean(axis=axes, keepdims=True), (g * factor).mean(axis=axes, keepdims=True)


def _back_x_in_term(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    mean_g, mean_gx = _back_means_of(g, _back_parts(x, eps)[1])
    return _back_bracket(g, x, gamma, eps, mean_g + x * mean_gx)


def _back_x_in_mean(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    mean_g, mean_gx = _back_means_of(g, x)
    return _back_bracket(g, x, gamma, eps, mean_g + _back_parts(x, eps)[1] * mean_gx)


def _back_no_hat(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    mean_g, mean_gx = _back_means_of(g, _back_parts(x, eps)[1])
    return _back_bracket(g, x, gamma, eps, mean_g + mean_gx)


def _back_s_once(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    s, hat = _back_parts(x, eps)
    mean_g, mean_gx = _back_means_of(g, hat)
    return _back_bracket(g, x, gamma, eps, mean_g + s * hat * mean_gx)


def _back_not_averaged(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    hat = _back_parts(x, eps)[1]
    return _back_bracket(g, x, gamma, eps, _back_means_of(g, hat)[0] + g * hat**2)


def _back_no_brackets(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    s, hat = _back_parts(x, eps)
    mean_g, mean_gx = _back_means_of(g, hat)
    _, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    grad_x = gamma[:, None, None] / s * g - mean_g - hat * mean_gx
    return np.asarray(grad_x), grad_gamma, grad_beta


def _back_times_sigma(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x * _back_parts(x, eps)[0] ** 2, grad_gamma, grad_beta


def _back_gamma_in_gamma(
    g: Array, x: Array, gamma: Array, eps: float
) -> tuple[Array, Array, Array]:
    grad_x, grad_gamma, grad_beta = normalise_backward(g, x, gamma, eps)
    return grad_x, gamma * grad_gamma, grad_beta


def _back_mean_plus(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, -1, 1)


def _back_mean_a_sum(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, g.size / g.shape[1], 1)


def _back_variance_a_sum(
    g: Array, x: Array, gamma: Array, eps: float
) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, 1, g.size / g.shape[1])


def _back_pixel_count(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    return _back_with(g, x, gamma, eps, len(g), len(g))


def _back_all_counted(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    C = g.shape[1]
    return _back_with(g, x, gamma, eps, 1 / C, 1 / C)


def _back_no_keepdims(g: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    axes = (0, 2, 3)
    with np.errstate(all="ignore"):
        s = np.sqrt(x.var(axis=axes) + eps)
        hat = (x - x.mean(axis=axes)) / s
        inside = g - g.mean(axis=axes) - hat * (g * hat).mean(axis=axes)
        grad_x = gamma[:, None, None] / s * inside
    return np.asarray(grad_x), (g * hat).sum(axis=axes), g.sum(axis=axes)


def _back_pictures_apart(
    g: Array, x: Array, gamma: Array, eps: float
) -> tuple[Array, Array, Array]:
    parts = [normalise_backward(g[n : n + 1], x[n : n + 1], gamma, eps) for n in range(len(x))]
    return (
        np.concatenate([part[0] for part in parts]),
        np.stack([part[1] for part in parts]),
        np.stack([part[2] for part in parts]),
    )


NORMALISE_BACKWARD = Exercise(
    id="09.normalise_backward",
    title="Backward through mean and variance",
    minutes=12,
    difficulty=3,
    reference=normalise_backward,
    cases=[
        Case(
            np.array([[[[4.0]]], [[[0.0]]], [[[0.0]]], [[[0.0]]]]),
            np.array([[[[1.0]]], [[[1.0]]], [[[3.0]]], [[[3.0]]]]),
            np.array([1.0]),
            0.0,
            note=(
                "mean 2, σ 1, x̂ = −1, −1, 1, 1; mean of g is 1, of g x̂ −1: "
                "g − 1 + x̂ = 2, −2, 0, 0; Σ g x̂ = −4; Σ g = 4"
            ),
        ),
        Case(
            np.array([[[[5.0, 7.0]]]]),
            np.array([[[[1.0, 5.0]]]]),
            np.array([3.0]),
            0.0,
            note=(
                "two numbers always become −1 and 1, so moving them changes nothing: 0, 0; "
                "−5 + 7 = 2; 5 + 7 = 12"
            ),
        ),
        Case(
            np.arange(16).reshape(2, 2, 2, 2) % 5,
            np.arange(16).reshape(2, 2, 2, 2) % 7,
            np.array([1, 2]),
            0.25,
        ),
        Case(*_random(21, (3, 2, 2, 4), (3, 2, 2, 4)), _positive(22, 2), 0.5),
        Case(*_random(23, (4, 3, 3, 2), (4, 3, 3, 2)), _positive(24, 3), 1e-5),
    ],
    misconceptions=[
        Misconception(
            "mean and variance taken for constants",
            _back_constants,
            "That is the gradient in *use*, with running statistics. In training, mean and "
            "variance move with x, and two terms are subtracted.",
        ),
        Misconception(
            "the variance taken for a constant",
            _back_no_variance,
            "Each x also moves the variance: subtract x̂ · mean(g x̂) as well.",
        ),
        Misconception(
            "the mean taken for a constant",
            _back_no_mean,
            "Each x also moves the mean: subtract mean(g) as well.",
        ),
        Misconception(
            "the variance's term with the wrong sign",
            _back_plus,
            "Both terms are subtracted: a larger x raises the standard deviation, and x̂ is "
            "divided by it.",
        ),
        Misconception(
            "the variance's term twice",
            _back_twice,
            "∂σ²/∂x has a 2, but the derivative of the root brings a ½: they cancel.",
        ),
        Misconception(
            "γ is left out of ∂L/∂x",
            _back_no_gamma,
            "y = γ x̂ + β: the gradient of x̂ is γ g.",
        ),
        Misconception(
            "not divided by √(σ² + ε)",
            _back_no_sigma,
            "x̂ = (x − μ)/s, so the whole bracket is divided by s.",
        ),
        Misconception(
            "the gradient of γ with x instead of x̂",
            _back_raw_gamma,
            "γ multiplies x̂: its gradient is Σ g x̂.",
        ),
        Misconception(
            "means instead of sums for γ and β",
            _back_means,
            "γ and β occur once for every number of the channel, and the contributions add. Any "
            "1/B is already in g.",
        ),
        Misconception(
            "sums instead of means in the bracket",
            _back_sums_inside,
            "∂μ/∂x is 1/n: inside the bracket stand the *means* of g and g x̂.",
        ),
        Misconception(
            "each picture by itself",
            _back_instance,
            "Mean and variance tie all pictures of the batch together: axis=(0, 2, 3).",
        ),
        Misconception(
            "the gradients of γ and β exchanged",
            _back_swapped,
            "The order is that of the arguments: x, γ, β. γ's is Σ g x̂, β's is Σ g.",
        ),
        Misconception(
            "n times too large",
            _back_n_times,
            "With sums in the bracket, n·g − Σg − x̂ Σ g x̂, a 1/n stands before it: γ/(n s).",
        ),
        Misconception(
            "both terms are added",
            _back_both_added,
            "The gradient *loses* its mean and its part along x̂: both terms are subtracted.",
        ),
        Misconception(
            "half of the variance's term",
            _back_half,
            "The square of x − μ brings a 2, which cancels the ½ of the root: the factor of the "
            "term is 1.",
        ),
        Misconception(
            "ε is left out",
            _back_no_eps,
            "The forward pass divided by s = √(σ² + ε), so the way back does too.",
        ),
        Misconception(
            "ε outside the root",
            _back_eps_outside,
            "s = √(σ² + ε), not √σ² + ε, as in the forward pass.",
        ),
        Misconception(
            "divided by n − 1",
            _back_unbiased,
            "The forward pass normalised with the variance divided by n, and its x̂ is needed here.",
        ),
        Misconception(
            "divided by the variance",
            _back_by_variance,
            "x̂ = (x − μ)/s: the bracket is divided by s once, not by s².",
        ),
        Misconception(
            "the gradient of γ with x − μ instead of x̂",
            _back_centred_gamma,
            "γ multiplies x̂ = (x − μ)/s: its gradient is Σ g x̂.",
        ),
        Misconception(
            "x − μ instead of x̂ everywhere",
            _back_only_centred,
            "x̂ is x − μ *divided by* s, in the bracket and in the gradient of γ.",
        ),
        Misconception(
            "γ in the gradients of γ and β",
            _back_gamma_everywhere,
            "γ g is the gradient of x̂. Those of γ and β are made of g itself: Σ g x̂ and Σ g.",
        ),
        Misconception(
            "γ along the last axis",
            _back_gamma_last_axis,
            "gamma * … lines γ up with W, the last axis. gamma[:, None, None] lines up with the "
            "channels.",
        ),
        Misconception(
            "the gradients of γ and β keep four axes",
            _back_four_axes,
            "A gradient has the shape of what it belongs to: (C,) for γ and β. Sum without "
            "keepdims.",
        ),
        Misconception(
            "the fractions of ∂L/∂x are cut off",
            _back_cut,
            "np.zeros_like(x) is an array of integers where x is one, and cuts off what is written "
            "into it. np.zeros(x.shape) makes floats.",
        ),
        Misconception(
            "the fractions of all gradients are cut off",
            _back_all_cut,
            "np.zeros_like(x) and np.zeros_like(gamma) are arrays of integers where x and gamma "
            "are. np.zeros(x.shape) makes floats.",
        ),
        Misconception(
            "n counts pictures only",
            _back_batch_count,
            "A channel has n = B·H·W numbers, and the sums in the bracket are divided by that.",
        ),
        Misconception(
            "γ twice in ∂L/∂x",
            _back_gamma_twice,
            "γ g is the gradient of x̂. From there on nothing more is multiplied by γ.",
        ),
        Misconception(
            "x instead of x̂ before the mean of g x̂",
            _back_x_in_term,
            "The gradient loses its part along x̂: x̂ stands before the mean of g x̂ and in it.",
        ),
        Misconception(
            "the mean of g x instead of g x̂",
            _back_x_in_mean,
            "The part along x̂ is measured with x̂ itself: x̂ · mean(g x̂). Adding a constant to x "
            "must not change it.",
        ),
        Misconception(
            "the mean of g x̂ without x̂ before it",
            _back_no_hat,
            "mean(g x̂) is one number for the channel. Each x_j gets its own share of it: x̂_j times "
            "that number.",
        ),
        Misconception(
            "the variance's term is s times too large",
            _back_s_once,
            "x̂ occurs twice in x̂ · mean(g x̂), and each time x − μ is divided by s. On the graph: "
            "∂(c/s)/∂s = −c/s², with s².",
        ),
        Misconception(
            "g x̂ is not averaged",
            _back_not_averaged,
            "Every x̂ of the channel moves with x_j, not x̂_j alone: x̂_j is multiplied by the *mean* "
            "of g x̂ over the channel.",
        ),
        Misconception(
            "γ/s before the first term only",
            _back_no_brackets,
            "γ/s multiplies all three terms: brackets around g − mean(g) − x̂ · mean(g x̂).",
        ),
        Misconception(
            "multiplied by s instead of divided",
            _back_times_sigma,
            "A channel with a large s is scaled *down*, and its gradient with it: γ / s.",
        ),
        Misconception(
            "γ in its own gradient",
            _back_gamma_in_gamma,
            "γ multiplies x̂, and the derivative of γ x̂ with respect to γ is x̂: Σ g x̂, with g "
            "itself and not γ g.",
        ),
        Misconception(
            "the mean's term with the wrong sign",
            _back_mean_plus,
            "A larger x raises μ, and μ is taken away from every number: − mean(g).",
        ),
        Misconception(
            "the sum of g instead of its mean",
            _back_mean_a_sum,
            "μ is the sum divided by n, so ∂μ/∂x is 1/n, and in the bracket stands the mean of g.",
        ),
        Misconception(
            "the sum of g x̂ instead of its mean",
            _back_variance_a_sum,
            "σ² is a mean of squares: ∂σ²/∂x is 2 (x − μ)/n, with the n, and in the bracket stands "
            "the mean of g x̂.",
        ),
        Misconception(
            "n counts the pixels of one picture",
            _back_pixel_count,
            "Mean and variance are over the whole batch: n = B·H·W.",
        ),
        Misconception(
            "n counts all channels",
            _back_all_counted,
            "x.size counts the numbers of all channels. A channel has n = B·H·W.",
        ),
        Misconception(
            "the axes are not kept",
            _back_no_keepdims,
            "Without keepdims=True a mean has the shape (C,) and meets the last axis, W. With it "
            "the shape is (1, C, 1, 1).",
        ),
        Misconception(
            "each picture by itself, and the gradients of γ and β too",
            _back_pictures_apart,
            "Mean, variance and sums are over the whole batch: axis=(0, 2, 3) throughout. One γ "
            "serves all pictures, so its gradient has the shape (C,).",
        ),
    ],
    hints=[
        "Compute s = √(σ² + ε) and x̂ as in the forward pass.",
        "The two means, of g and of g·x̂, over axis=(0, 2, 3) with keepdims=True.",
        "grad_x is γ/s times (g − mean of g − x̂ · mean of g x̂).",
        "γ occurs in every number of its channel with the factor x̂, and β with the factor 1.",
    ],
)


# 9.4 what is kept for later


def update_running(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    """New running mean and new running variance, each (C,), after a batch x (B, C, H, W)."""
    mean = x.mean(axis=(0, 2, 3))
    var = x.var(axis=(0, 2, 3), ddof=1)  # divided by n − 1: an estimate for all pictures
    new_mean: Array = (1 - momentum) * running_mean + momentum * mean
    return new_mean, (1 - momentum) * running_var + momentum * var


def _running_with(
    running_mean: Array, running_var: Array, x: Array, momentum: float, ddof: int = 1
) -> tuple[Array, Array]:
    axes = (0, 2, 3)
    return (
        np.asarray((1 - momentum) * running_mean + momentum * x.mean(axis=axes)),
        np.asarray((1 - momentum) * running_var + momentum * x.var(axis=axes, ddof=ddof)),
    )


def _running_biased(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    return _running_with(running_mean, running_var, x, momentum, ddof=0)


def _running_reversed(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    return _running_with(running_mean, running_var, x, 1 - momentum)


def _running_deviation(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    mean, _ = _running_with(running_mean, running_var, x, momentum)
    std = x.std(axis=(0, 2, 3), ddof=1)
    return mean, np.asarray((1 - momentum) * running_var + momentum * std)


def _running_replaced(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    del running_mean, running_var, momentum
    return x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3), ddof=1)


def _running_added(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    mean, var = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3), ddof=1)
    return np.asarray(running_mean + momentum * mean), np.asarray(running_var + momentum * var)


def _running_batch_count(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    mean, var = _running_with(running_mean, running_var, x, 1.0, ddof=0)
    B = len(x)
    unbiased = B / (B - 1) * var
    return (
        np.asarray((1 - momentum) * running_mean + momentum * mean),
        np.asarray((1 - momentum) * running_var + momentum * unbiased),
    )


def _running_mean_unbiased(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    _, var = _running_with(running_mean, running_var, x, momentum)
    n = x.size / x.shape[1]
    mean = x.sum(axis=(0, 2, 3)) / (n - 1)
    return np.asarray((1 - momentum) * running_mean + momentum * mean), var


def _running_about_running(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    mean, _ = _running_with(running_mean, running_var, x, momentum)
    n = x.size / x.shape[1]
    var = ((x - mean[:, None, None]) ** 2).sum(axis=(0, 2, 3)) / (n - 1)
    return mean, np.asarray((1 - momentum) * running_var + momentum * var)


def _running_swapped(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    mean, var = _running_with(running_mean, running_var, x, momentum)
    return var, mean


def _running_keras(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    return _running_with(running_mean, running_var, x, 1 - momentum, ddof=0)


def _running_corrected(
    running_mean: Array, running_var: Array, x: Array, momentum: float, factor: float
) -> tuple[Array, Array]:
    axes = (0, 2, 3)
    return (
        np.asarray((1 - momentum) * running_mean + momentum * x.mean(axis=axes)),
        np.asarray((1 - momentum) * running_var + momentum * factor * x.var(axis=axes)),
    )


def _running_upside_down(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    n = x.size / x.shape[1]
    return _running_corrected(running_mean, running_var, x, momentum, (n - 1) / n)


def _running_twice(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    n = x.size / x.shape[1]
    return _running_corrected(running_mean, running_var, x, momentum, (n / (n - 1)) ** 2)


def _running_all_channels(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    return _running_corrected(running_mean, running_var, x, momentum, x.size / (x.size - 1))


def _running_old_corrected(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    n = x.size / x.shape[1]
    mean, var = _running_with(running_mean, running_var, x, momentum, ddof=0)
    return mean, np.asarray(n / (n - 1) * var)


def _running_var_stays(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    return _running_with(running_mean, running_var, x, momentum)[0], running_var.astype(float)


def _running_four_axes(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    axes = (0, 2, 3)
    mean = x.mean(axis=axes, keepdims=True)
    var = x.var(axis=axes, ddof=1, keepdims=True)
    return (
        np.asarray((1 - momentum) * running_mean + momentum * mean),
        np.asarray((1 - momentum) * running_var + momentum * var),
    )


def _running_in_place(
    running_mean: Array, running_var: Array, x: Array, momentum: float
) -> tuple[Array, Array]:
    running_mean += momentum * (x.mean(axis=(0, 2, 3)) - running_mean)
    running_var += momentum * (x.var(axis=(0, 2, 3), ddof=1) - running_var)
    return running_mean, running_var


UPDATE_RUNNING = Exercise(
    id="09.update_running",
    title="What is kept for later",
    minutes=5,
    difficulty=2,
    reference=update_running,
    cases=[
        Case(
            np.array([0.0]),
            np.array([1.0]),
            np.array([[[[1.0]]], [[[5.0]]]]),
            0.25,
            note=(
                "mean 3: 0.75·0 + 0.25·3 = 0.75; variance (4 + 4)/(2 − 1) = 8: "
                "0.75·1 + 0.25·8 = 2.75"
            ),
        ),
        Case(
            np.array([4.0]),
            np.array([2.0]),
            np.array([[[[0.0, 3.0, 6.0]]]]),
            0.5,
            note="mean 3: 2 + 1.5 = 3.5; variance 18/2 = 9: 1 + 4.5 = 5.5",
        ),
        Case(
            np.array([1, 2]),
            np.array([1, 3]),
            np.arange(16).reshape(2, 2, 2, 2) % 7,
            0.5,
        ),
        Case(*_random(31, (3,)), _positive(32, 3), *_random(33, (4, 3, 2, 3)), 0.1),
        Case(*_random(34, (2,)), _positive(35, 2), *_random(36, (3, 2, 3, 5)), 0.9),
    ],
    misconceptions=[
        Misconception(
            "the variance divided by n",
            _running_biased,
            "The running variance takes in the batch's variance divided by n − 1, although the "
            "batch itself is normalised with the one divided by n.",
        ),
        Misconception(
            "momentum is the share of the old",
            _running_reversed,
            "In PyTorch's batch normalisation, momentum is the share of the *new* batch, 0.1 by "
            "default. (In its SGD it is the share of the old direction.)",
        ),
        Misconception(
            "the standard deviation is kept",
            _running_deviation,
            "Variances are averaged, not standard deviations.",
        ),
        Misconception(
            "the old statistics are replaced",
            _running_replaced,
            "The statistics move a share of the way, so that one odd batch does little harm.",
        ),
        Misconception(
            "the new is added without shrinking the old",
            _running_added,
            "A running mean takes 1 − momentum of the old and momentum of the new.",
        ),
        Misconception(
            "n counts pictures only",
            _running_batch_count,
            "A channel has n = B·H·W numbers in a batch.",
        ),
        Misconception(
            "the mean divided by n − 1",
            _running_mean_unbiased,
            "Only the variance is divided by n − 1, because the mean was itself estimated from "
            "the same numbers.",
        ),
        Misconception(
            "the variance about the running mean",
            _running_about_running,
            "The batch's variance is taken about the batch's own mean.",
        ),
        Misconception(
            "mean and variance exchanged",
            _running_swapped,
            "The running mean first, then the running variance.",
        ),
        Misconception(
            "momentum is the share of the old, and the variance divided by n",
            _running_keras,
            "In PyTorch momentum is the share of the *new* (in Keras it is that of the old), and "
            "the variance that is kept is divided by n − 1.",
        ),
        Misconception(
            "(n − 1)/n instead of n/(n − 1)",
            _running_upside_down,
            "A sample's own variance is on average too *small*: n/(n − 1) makes it larger.",
        ),
        Misconception(
            "n/(n − 1) twice",
            _running_twice,
            "ddof=1 divides by n − 1 already. The factor n/(n − 1) is for the variance divided by "
            "n.",
        ),
        Misconception(
            "n counts all channels",
            _running_all_channels,
            "A channel has n = B·H·W numbers in a batch: x.size / C.",
        ),
        Misconception(
            "the old variance is corrected as well",
            _running_old_corrected,
            "n/(n − 1) belongs to the batch's variance alone; the old one was corrected when it "
            "came in.",
        ),
        Misconception(
            "the variance does not move",
            _running_var_stays,
            "Both statistics take in a share of the batch.",
        ),
        Misconception(
            "the statistics keep four axes",
            _running_four_axes,
            "Running statistics have the shape (C,), so the batch's mean and variance are taken "
            "without keepdims.",
        ),
        Misconception(
            "the old statistics are overwritten",
            _running_in_place,
            "Right, but += writes into the arrays that were passed in, and fails where they hold "
            "whole numbers. old + momentum * (new - old) makes new ones.",
        ),
    ],
    hints=[
        "Both move the same way: (1 − momentum) · old + momentum · new.",
        "The new variance divides by n − 1: x.var(axis=(0, 2, 3), ddof=1).",
    ],
)


# 9.5 folding it away


def fold(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    """Weight (K, C, kH, kW) and bias (K,) of the convolution that does its own and BN's work."""
    scale = gamma / np.sqrt(var + eps)  # one factor for each filter
    return weight * scale[:, None, None, None], (bias - mean) * scale + beta


def _fold_bias_unscaled(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / np.sqrt(var + eps)
    return weight * scale[:, None, None, None], np.asarray(bias - mean * scale + beta)


def _fold_bias_lost(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return fold(weight, np.zeros_like(bias), gamma, beta, mean, var, eps)


def _fold_mean_lost(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return fold(weight, bias, gamma, beta, np.zeros_like(mean), var, eps)


def _fold_beta_lost(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return fold(weight, bias, gamma, np.zeros_like(beta), mean, var, eps)


def _fold_gamma_lost(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return fold(weight, bias, np.ones_like(gamma), beta, mean, var, eps)


def _fold_by_variance(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / (var + eps)
    return weight * scale[:, None, None, None], np.asarray((bias - mean) * scale + beta)


def _fold_no_eps(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    del eps
    return fold(weight, bias, gamma, beta, mean, var, 0.0)


def _fold_sign(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return fold(weight, bias, gamma, beta, -mean, var, eps)


def _fold_beta_scaled(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / np.sqrt(var + eps)
    return weight * scale[:, None, None, None], np.asarray((bias - mean + beta) * scale)


def _fold_weight_left(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return weight.astype(float), fold(weight, bias, gamma, beta, mean, var, eps)[1]


def _fold_last_axis(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / np.sqrt(var + eps)
    return np.asarray(weight * scale), (bias - mean) * scale + beta


def _fold_input_axis(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / np.sqrt(var + eps)
    return np.asarray(weight * scale[:, None, None]), (bias - mean) * scale + beta


def _fold_kernel_rows(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / np.sqrt(var + eps)
    return np.asarray(weight * scale[:, None]), (bias - mean) * scale + beta


def _fold_eps_outside(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / (np.sqrt(var) + eps)
    return weight * scale[:, None, None, None], np.asarray((bias - mean) * scale + beta)


def _fold_nothing_scaled(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return fold(weight, bias, gamma, beta, mean, var, eps)[0], np.asarray(bias - mean + beta)


def _fold_mean_unscaled(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / np.sqrt(var + eps)
    return weight * scale[:, None, None, None], np.asarray(bias * scale - mean + beta)


def _fold_bias_left(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return fold(weight, bias, gamma, beta, mean, var, eps)[0], bias.astype(float)


def _fold_multiplied(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma * np.sqrt(var + eps)
    return weight * scale[:, None, None, None], np.asarray((bias - mean) * scale + beta)


def _fold_gamma_beta(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    return fold(weight, bias, beta, gamma, mean, var, eps)


def _fold_in_place(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    scale = gamma / np.sqrt(var + eps)
    weight *= scale[:, None, None, None]
    return weight, (bias - mean) * scale + beta


def _fold_weight_cut(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    new_weight, new_bias = fold(weight, bias, gamma, beta, mean, var, eps)
    return new_weight.astype(weight.dtype), new_bias


def _fold_both_cut(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    new_weight, new_bias = fold(weight, bias, gamma, beta, mean, var, eps)
    return new_weight.astype(weight.dtype), new_bias.astype(bias.dtype)


def _fold_gamma_lost_in_bias(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    new_weight, _ = fold(weight, bias, gamma, beta, mean, var, eps)
    return new_weight, np.asarray((bias - mean) / np.sqrt(var + eps) + beta)


def _fold_gamma_lost_in_weight(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    _, new_bias = fold(weight, bias, gamma, beta, mean, var, eps)
    return np.asarray(weight / np.sqrt(var + eps)[:, None, None, None]), new_bias


def _fold_bias_not_divided(
    weight: Array, bias: Array, gamma: Array, beta: Array, mean: Array, var: Array, eps: float
) -> tuple[Array, Array]:
    new_weight, _ = fold(weight, bias, gamma, beta, mean, var, eps)
    return new_weight, np.asarray((bias - mean) * gamma + beta)


FOLD = Exercise(
    id="09.fold",
    title="Folding it away",
    minutes=9,
    difficulty=3,
    reference=fold,
    cases=[
        Case(
            np.array([[[[3.0]]]]),
            np.array([5.0]),
            np.array([10.0]),
            np.array([7.0]),
            np.array([1.0]),
            np.array([4.0]),
            0.0,
            note=(
                "3x + 5, less 1, over √4 = 2, times 10, plus 7: 15x + 27, so weight 15 and bias 27"
            ),
        ),
        Case(
            np.array([[[[1.0, 2.0]]], [[[1.0, 2.0]]]]),
            np.array([0.0, 0.0]),
            np.array([1.0, 3.0]),
            np.array([0.0, 0.0]),
            np.array([0.0, 2.0]),
            np.array([0.75, 0.0]),
            0.25,
            note="scales 1/√1 = 1 and 3/√0.25 = 6: weights 1, 2 and 6, 12; biases 0 and −12",
        ),
        Case(
            np.arange(16).reshape(2, 2, 2, 2) % 7,
            np.array([1, 2]),
            np.array([3, 1]),
            np.array([0, -1]),
            np.array([2, 5]),
            np.array([3, 8]),
            1.0,
        ),
        Case(
            *_random(41, (3, 2, 3, 2), (3,), (3,), (3,), (3,)),
            _positive(42, 3),
            1e-5,
        ),
        Case(
            *_random(43, (2, 4, 1, 3), (2,), (2,), (2,), (2,)),
            _positive(44, 2),
            0.5,
        ),
    ],
    misconceptions=[
        Misconception(
            "the convolution's bias is not scaled",
            _fold_bias_unscaled,
            "Batch normalisation scales everything that comes out of the convolution, its bias "
            "too: (bias − mean) · scale + β.",
        ),
        Misconception(
            "the convolution's bias is lost",
            _fold_bias_lost,
            "In use, the statistics are fixed numbers, so the bias no longer cancels.",
        ),
        Misconception(
            "the mean is lost",
            _fold_mean_lost,
            "The mean is subtracted before the scaling.",
        ),
        Misconception(
            "β is lost",
            _fold_beta_lost,
            "β is added at the end.",
        ),
        Misconception(
            "γ is lost",
            _fold_gamma_lost,
            "The scale is γ/√(σ² + ε).",
        ),
        Misconception(
            "divided by the variance",
            _fold_by_variance,
            "The scale is γ over the *root* of σ² + ε.",
        ),
        Misconception(
            "ε is left out",
            _fold_no_eps,
            "The layer to replace divides by √(σ² + ε).",
        ),
        Misconception(
            "the mean is added",
            _fold_sign,
            "The mean is subtracted: (bias − mean) · scale + β.",
        ),
        Misconception(
            "β is scaled",
            _fold_beta_scaled,
            "β is added after the scaling.",
        ),
        Misconception(
            "the weights are left as they were",
            _fold_weight_left,
            "Every output is multiplied by its scale; multiply the weights that make it.",
        ),
        Misconception(
            "the scale along the last axis of the weights",
            _fold_last_axis,
            "weight * scale lines the scale up with kW. The scale belongs to the filter, the "
            "first axis: scale[:, None, None, None].",
        ),
        Misconception(
            "the scale along the input channels",
            _fold_input_axis,
            "The normalised channels are the convolution's *outputs*, the first axis of its "
            "weights.",
        ),
        Misconception(
            "the scale along the rows of the kernel",
            _fold_kernel_rows,
            "scale[:, None] lines up with kH. The filters stand on the first of four axes: "
            "scale[:, None, None, None].",
        ),
        Misconception(
            "ε outside the root",
            _fold_eps_outside,
            "√(σ² + ε), not √σ² + ε: the layer to replace adds ε to the variance.",
        ),
        Misconception(
            "neither bias nor mean is scaled",
            _fold_nothing_scaled,
            "(bias − mean) goes through the division and through γ like everything else.",
        ),
        Misconception(
            "the mean is not scaled",
            _fold_mean_unscaled,
            "The mean is subtracted before the scaling, so it is scaled too: (bias − mean) · scale "
            "+ β.",
        ),
        Misconception(
            "the bias is left as it was",
            _fold_bias_left,
            "What batch normalisation adds has to go somewhere: (bias − mean) · scale + β.",
        ),
        Misconception(
            "multiplied by the standard deviation",
            _fold_multiplied,
            "x̂ is *divided* by √(σ² + ε).",
        ),
        Misconception(
            "γ and β exchanged",
            _fold_gamma_beta,
            "γ multiplies, β is added.",
        ),
        Misconception(
            "the weights are overwritten",
            _fold_in_place,
            "weight *= … writes into the array that was passed in, and fails where it holds whole "
            "numbers. weight * … makes a new one.",
        ),
        Misconception(
            "the fractions of the weights are cut off",
            _fold_weight_cut,
            "An array like weight holds integers where weight does, and cuts off what is written "
            "into it. np.zeros(weight.shape) makes floats.",
        ),
        Misconception(
            "the fractions of weights and bias are cut off",
            _fold_both_cut,
            "np.zeros_like(weight) and np.zeros_like(bias) are arrays of integers where weight and "
            "bias are. np.zeros(weight.shape) makes floats.",
        ),
        Misconception(
            "γ is lost in the bias",
            _fold_gamma_lost_in_bias,
            "γ multiplies all of x̂, so (bias − mean)/√(σ² + ε) too.",
        ),
        Misconception(
            "γ is lost in the weights",
            _fold_gamma_lost_in_weight,
            "γ multiplies all of x̂: the weights' factor is γ/√(σ² + ε).",
        ),
        Misconception(
            "the bias is multiplied by γ, but not divided",
            _fold_bias_not_divided,
            "All of w·x + b − mean is divided by √(σ² + ε).",
        ),
    ],
    hints=[
        "Write out γ (w·x + b − mean)/√(σ² + ε) + β and sort by what multiplies x.",
        "What multiplies x is the new weight: w · γ/√(σ² + ε), a factor for each filter.",
        "The rest is the new bias. scale[:, None, None, None] lines up with the first axis.",
    ],
)

EXERCISES = [HE_STD, NORMALISE, NORMALISE_BACKWARD, UPDATE_RUNNING, FOLD]
