"""An error for each check of lesson 10."""

import functools

from tests.notebooks.planting import Planted

PLANTED = [
    # no ReLU in the branch
    Planted("10.1", "branch", lambda real: lambda x, W1, W2: W2 @ (W1 @ x)),
    # the table of derivatives lies on its side
    Planted("10.2", "jacobian", lambda real: lambda *a: real(*a).T),
    # λ stands beside the diagonal too
    Planted("10.3", "jacobian", lambda real: lambda *a: real(*a) + 0.7),
    # the skip is not scaled
    Planted("10.4", "block", lambda real: lambda x, W1, W2, scale: real(x, W1, W2, 1.0)),
    # the first block is passed first
    Planted("10.5", "gradient_through", lambda real: lambda g, Js, scale: real(g, Js[::-1], scale)),
    # one of the 64 paths is left out
    Planted("10.6", "itertools.product", lambda real: lambda *a, **k: list(real(*a, **k))[1:]),
    # the skips are not counted
    Planted("10.7", "paths_by_length", lambda real: lambda g, Js, scale: real(g, Js, 1.0)),
    # branches larger than they are said to be
    Planted(
        "10.8", "gradients_along", lambda real: lambda L, s, rho2, rng: real(L, s, 2 * rho2, rng)
    ),
    # the skips are not scaled
    Planted(
        "10.9", "gradients_along", lambda real: lambda L, s, rho2, rng: real(L, 1.0, rho2, rng)
    ),
    # half of the skip is lost
    Planted("10.10", "BasicBlock", lambda real: functools.partial(real, skip_scale=0.5)),
    # one channel too many inside
    Planted("10.11", "Bottleneck", lambda real: lambda C, K, **o: real(C, K + 1, **o)),
    # λ is not handed on to the blocks
    Planted(
        "10.12", "CifarResNet", lambda real: lambda *a, **o: real(*a, **{**o, "skip_scale": 1})
    ),
    # the mask of the ReLU is left out
    Planted("10.13", "back_through", lambda real: lambda W, g, x: g @ W),
    # the shift of the first normalisation is not counted
    Planted("10.14", "cifar_parameters", lambda real: lambda depth, kind: real(depth, kind) - 16),
]
