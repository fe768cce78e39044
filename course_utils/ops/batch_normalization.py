"""batch_norm: each channel normalised to mean 0 and variance 1, beside its gradient.

S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by reducing internal
covariate shift", 2015. https://arxiv.org/abs/1502.03167
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils.ops.arrays import Array, check_same_dtype, float_array, quietly, read_grad_output
from course_utils.ops.channel_sums import moments, sums_about
from course_utils.ops.fast.sharing import share_planes
from course_utils.ops.options import flag, number


@quietly
def batch_norm(
    x: npt.ArrayLike,
    running_mean: npt.ArrayLike | None,
    running_var: npt.ArrayLike | None,
    weight: npt.ArrayLike | None = None,
    bias: npt.ArrayLike | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Array:
    r"""
    Normalise each channel to mean 0 and variance 1, then scale and shift it.

    .. math:: y[b, c, \dots] = w[c] \; \frac{x[b, c, \dots] - \mu_c}{\sqrt{\sigma^2_c + \epsilon}}
        + \text{bias}[c]

    In training, :math:`\mu_c` and :math:`\sigma^2_c` are the mean and the variance of the n
    numbers that channel c has in this batch; the variance is a sum divided by n. The running
    statistics then take a step towards them **in place**, m being the momentum:

    .. math:: \text{running} \leftarrow (1 - m) \, \text{running} + m \cdot \text{of this batch}

    where the variance is the sum divided by n − 1, as in PyTorch. Outside training the running
    statistics themselves serve as :math:`\mu_c` and :math:`\sigma^2_c`.

    Parameters
    ----------
    x : array_like (B, C, ...)
        A batch. PyTorch calls this argument ``input``.
    running_mean, running_var : ndarray (C,) or None
        The running statistics: both or neither in training, otherwise both.
    weight, bias : array_like (C,), optional
        Scale and shift; 1 and 0 by default.
    training : bool, default False
        Whether to use the statistics of this batch.
    momentum : float, default 0.1
        The part m of the way that the running statistics move.
    eps : float, default 1e-5
        Added to the variance; not negative, and in training positive.

    Returns
    -------
    ndarray (B, C, ...)
        The normalised batch.

    Raises
    ------
    ValueError
        If shapes do not fit together, statistics are missing, or in training a channel has a
        single number.
    TypeError
        If an argument is of the wrong kind, dtypes differ, or the running statistics are not
        arrays that can be written to.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html

    Examples
    --------
    >>> import numpy as np
    >>> mean, var = np.zeros(1), np.ones(1)
    >>> batch_norm([[1.0], [3.0]], mean, var, training=True).round(4)
    array([[-1.],
           [ 1.]])
    >>> mean, var
    (array([0.2]), array([1.1]))
    """
    a = _read("batch_norm", x, running_mean, running_var, weight, bias, training, momentum, eps)
    B, C, S = a.x.shape
    n = B * S
    y = np.empty(a.x.shape, a.x.dtype)
    if y.size == 0:
        return y.reshape(np.shape(x))

    mean, shift = a.running_mean, a.bias
    var: npt.NDArray[Any] | None = a.running_var
    if training:
        mean, rest, far, var, *_ = moments(a.x, y)
        if a.running_mean is not None and a.running_var is not None:
            unbiased = var * n / (n - 1)
            for running, batch in ((a.running_mean, mean + rest), (a.running_var, unbiased)):
                running[...] = (1 - momentum) * running + momentum * batch
    assert mean is not None
    assert var is not None
    scale = a.weight / np.sqrt(var + np.float64(eps))
    if training and far:
        shift = ((0 if a.bias is None else a.bias) - rest * scale).astype(y.dtype)
    by = scale.astype(y.dtype)[:, None]

    def scale_and_shift(part: slice) -> None:
        if not training:
            np.subtract(a.x[part], mean[:, None], out=y[part])
        np.multiply(y[part], by, out=y[part])
        if shift is not None:
            np.add(y[part], shift[:, None], out=y[part])

    share_planes(scale_and_shift, y)
    return y.reshape(np.shape(x))


@quietly
def batch_norm_backward(
    grad_output: npt.ArrayLike,
    x: npt.ArrayLike,
    running_mean: npt.ArrayLike | None,
    running_var: npt.ArrayLike | None,
    weight: npt.ArrayLike | None = None,
    bias: npt.ArrayLike | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[Array, None, None, Array | None, Array | None]:
    r"""
    Carry a gradient back through `batch_norm`.

    With :math:`\hat{x}` the normalised numbers, g = ∂L/∂y and :math:`\langle \cdot \rangle` the
    mean over a channel,

    .. math::
        \frac{\partial L}{\partial x} &= \frac{w}{\sqrt{\sigma^2 + \epsilon}} \left( g
            - \langle g \rangle - \hat{x} \, \langle g \hat{x} \rangle \right) \\
        \frac{\partial L}{\partial w} &= \sum g \hat{x}, \qquad
        \frac{\partial L}{\partial \text{bias}} = \sum g

    The two means are there because :math:`\mu` and :math:`\sigma^2` depend on x as well; outside
    training they do not, and only the g in the bracket is left. Here the running statistics are
    only read.

    Parameters
    ----------
    grad_output : array_like (B, C, ...)
        Gradient of the loss with respect to the result.
    x, running_mean, running_var, weight, bias, training, momentum, eps
        The arguments of `batch_norm`.

    Returns
    -------
    grad_x : ndarray (B, C, ...)
        Gradient with respect to `x`.
    grad_running_mean, grad_running_var : None
        Running statistics have no gradient, as in PyTorch.
    grad_weight, grad_bias : ndarray (C,) or None
        Gradients with respect to `weight` and `bias`; None if one was not given.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the result, or `batch_norm` would raise it.
    TypeError
        If an argument is of the wrong type, or dtypes differ.

    Examples
    --------
    >>> gx, _, _, gw, gb = batch_norm_backward([[5.0], [7.0]], [[1.0], [3.0]], None, None,
    ...                                        [1.0], [0.0], training=True)
    >>> gx.round(4) + 0  # two numbers become −1 and 1, so that hardly any change of x matters
    array([[0.],
           [0.]])
    >>> gw.round(4), gb
    (array([2.]), array([12.]))
    """
    operation = "batch_norm_backward"
    a = _read(operation, x, running_mean, running_var, weight, bias, training, momentum, eps)
    B, C, S = a.x.shape
    n = B * S
    gy = read_grad_output(operation, grad_output, np.shape(x), a.x).reshape(B, C, S)
    gx = np.empty(a.x.shape, a.x.dtype)
    gw, gb = np.zeros(C), np.zeros(C)
    if gx.size:
        if training:  # gx holds x − near, which is not yet all of x − μ, nor divided by σ
            _, rest, _, var, gw, gb = moments(a.x, gx, gy)
        else:
            assert a.running_mean is not None
            assert a.running_var is not None
            rest, var = np.zeros(C), a.running_var.astype(np.float64)
            _, gw, gb = sums_about(a.running_mean, a.x, gx, gy, gx.dtype)
        inverse = 1 / np.sqrt(var + np.float64(eps))
        gw = inverse * (gw - rest * gb)
        scale = a.weight * inverse
        of_hat = -inverse * gw / n
        of_one = gb / n + of_hat * rest
        factors = [v.astype(gx.dtype)[:, None] for v in (of_hat, of_one, scale)]

        def spread_back(part: slice) -> None:
            g, hat = gy[part], gx[part]
            of_hat, of_one, scale = factors
            if not training:
                np.multiply(g, scale, out=hat)
                return
            np.multiply(hat, of_hat, out=hat)
            np.add(hat, g, out=hat)
            np.subtract(hat, of_one, out=hat)
            np.multiply(hat, scale, out=hat)

        share_planes(spread_back, gx)
    return (
        gx.reshape(np.shape(x)),
        None,
        None,
        None if weight is None else gw.astype(gx.dtype),
        None if bias is None else gb.astype(gx.dtype),
    )


class _Arguments(NamedTuple):
    x: Array
    """(B, C, S): all axes after the channels are one."""
    running_mean: Array | None
    running_var: Array | None
    weight: Array
    bias: Array | None


def _read(
    operation: str,
    x: npt.ArrayLike,
    running_mean: npt.ArrayLike | None,
    running_var: npt.ArrayLike | None,
    weight: npt.ArrayLike | None,
    bias: npt.ArrayLike | None,
    training: bool,
    momentum: float,
    eps: float,
) -> _Arguments:
    flag(operation, "training", training)
    array = float_array(operation, "x", x)
    if array.ndim < 2:
        raise ValueError(f"{operation}: x is {array.shape}, expected (B, C, ...)")
    B, C, *space = array.shape
    vectors: dict[str, Array | None] = {}
    for name, value in (
        ("running_mean", running_mean),
        ("running_var", running_var),
        ("weight", weight),
        ("bias", bias),
    ):
        vectors[name] = None if value is None else float_array(operation, name, value)
        vector = vectors[name]
        if vector is not None and vector.shape != (C,):
            raise ValueError(
                f"{operation}: {name} is {vector.shape}, expected ({C},), one for each channel "
                f"of x {array.shape}"
            )
    check_same_dtype(operation, x=array, **vectors)
    missing = [name for name in ("running_mean", "running_var") if vectors[name] is None]
    if missing and not training:
        raise ValueError(
            f"{operation}: {missing[0]} is None, expected an array where training is False"
        )
    if len(missing) == 1:
        raise ValueError(f"{operation}: {missing[0]} alone is None, expected both or neither")
    if training and B * int(np.prod(space)) == 1:
        raise ValueError(
            f"{operation}: x {array.shape} has one number per channel, "
            "expected at least two in training"
        )
    number(operation, "momentum", momentum)
    if number(operation, "eps", eps) < 0 or (training and eps == 0):
        expected = "a positive number in training" if training else "at least 0"
        raise ValueError(f"{operation}: eps is {eps}, expected {expected}")
    if training and operation == "batch_norm":
        for name, given in (("running_mean", running_mean), ("running_var", running_var)):
            vector = vectors[name]
            if vector is not None and not (vector.flags.writeable and vector is given):
                raise TypeError(
                    f"{operation}: {name} is updated in place, "
                    "expected an array of float32 or float64 that can be written to"
                )
    ones = np.ones(C, array.dtype) if vectors["weight"] is None else vectors["weight"]
    return _Arguments(
        array.reshape(B, C, int(np.prod(space))),
        vectors["running_mean"],
        vectors["running_var"],
        ones,
        vectors["bias"],
    )
