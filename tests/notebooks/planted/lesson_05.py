"""Errors for the checks of lesson 05: kernels turned round, terms lost, a factor too many."""

from __future__ import annotations

from tests.notebooks.planting import Planted

PLANTED = [
    Planted("5.1", "g", lambda g: g[::-1]),
    Planted("5.2", "grad_input", lambda real: lambda g, w: real(g, w[::-1])),
    Planted("5.3", "through", lambda real: lambda x, w, b: real(x, w[::-1], b)),
    Planted("5.4", "through", lambda real: lambda x, w, b: real(x, w, 2 * b)),
    Planted(
        "5.5",
        "course_utils.ops.toeplitz_matrix",
        lambda real: lambda w, N, mode: real(w[::-1], N, mode=mode),
    ),
    Planted(
        "5.6",
        "course_utils.ops.conv2d_backward",
        lambda real: lambda g, x, w, b, **options: real(g, x, w[..., ::-1], b, **options),
    ),
    Planted("5.7", "grad_input_strided", lambda real: lambda g, w, N, S, P, d: real(g, w, N, S, P)),
    Planted("5.8", "insert_zeros", lambda real: lambda g, S: real(g, 2), since="import torch"),
    Planted("5.9", "insert_zeros", lambda real: lambda g, S: real(g, 1)),
    Planted("5.10", "convolve", lambda real: lambda g, w: real(g, w[::-1, ::-1])),
    Planted("5.11", "grad_weight", lambda real: lambda x, g: real(x, g) / len(x)),
    Planted("5.12", "grad_bias", lambda real: lambda g: real(g) / len(g)),
    Planted(
        "5.13",
        "im2col",
        lambda real: lambda x, *sizes: real(x[:, ::-1], *sizes),
        since="def conv_layer(",
    ),
    Planted(
        "5.14",
        "col2im",
        lambda real: lambda columns, *sizes: real(columns, *sizes).clip(-1, 1),
        since="def conv_layer(",
    ),
    Planted(
        "5.15",
        "course_utils.ops.conv_transpose2d",
        lambda real: lambda g, w, b, **options: real(g, w[..., ::-1], b, **options),
    ),
    Planted("5.16", "insert_zeros", lambda real: lambda g, S: real(g, S + 1)),
    Planted("5.17", "convolve", lambda real: lambda ones, w: real(ones[1:], w)),
    Planted("5.18", "signed", lambda signed: [term / 2 for term in signed]),
    Planted("5.19", "errors", lambda e: {"float64": e["float32"], "float32": e["float64"]}),
    Planted("5.20", "g", lambda g: g / 2),
    Planted("5.21", "gradient", lambda gradient: gradient[..., ::-1]),
    Planted("5.22", "Q", lambda Q: Q / 2),
]
