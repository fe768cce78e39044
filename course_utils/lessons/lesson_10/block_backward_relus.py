"""Exercise 10.2, mistakes at the two ReLUs: a mask left out, misplaced or not the right one."""

import numpy as np

from .block_backward import EXERCISE, both_ways


@EXERCISE.misconception(
    "the last ReLU lets everything through",
    "Where H was negative the output is 0: first g * (H > 0), for both ways.",
)
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale, last=False)
    return branch + scale * skip


@EXERCISE.misconception(
    "the last ReLU acts on the branch only",
    "The ReLU comes after the sum, so its mask acts before the ways part: on both.",
)
def _(g, x, W1, W2, scale):
    return both_ways(g, x, W1, W2, scale)[0] + scale * g


@EXERCISE.misconception(
    "a mask on the skip", "The skip has no ReLU of its own; the sign of x does not matter."
)
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale)
    return branch + scale * skip * (x > 0)


@EXERCISE.misconception(
    "the ReLU between the layers is forgotten",
    "Where W1 x was negative, nothing flows back through the branch.",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1.T @ (W2.T @ skip) + scale * skip


@EXERCISE.misconception(
    "the mask of F instead of H", "The last ReLU sees the sum F(x) + λx; its mask is H > 0."
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    after = g * (W2 @ np.maximum(h, 0) > 0)
    return W1.T @ ((W2.T @ after) * (h > 0)) + scale * after


@EXERCISE.misconception(
    "no ReLU on the way back",
    "Both ReLUs are passed on the way back: g * (H > 0) first, and (h > 0) between the layers.",
)
def _(g, x, W1, W2, scale):
    return W1.T @ (W2.T @ g) + scale * g


@EXERCISE.misconception(
    "the mask of F(x) + x",
    "H = F(x) + λx also decides which outputs were positive: its mask needs the λ.",
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    after = g * (W2 @ np.maximum(h, 0) + x > 0)
    return W1.T @ ((W2.T @ after) * (h > 0)) + scale * after


@EXERCISE.misconception(
    "the mask of g",
    "What is open was decided on the way forward: H > 0. The sign of g does not matter.",
)
def _(g, x, W1, W2, scale):
    after = g * (g > 0)
    return W1.T @ ((W2.T @ after) * (W1 @ x > 0)) + scale * after


@EXERCISE.misconception(
    "ReLU of the gradients",
    "A gradient may be negative. Backward, ReLU is the mask of its own input: H > 0 and h > 0.",
)
def _(g, x, W1, W2, scale):
    after = np.maximum(g, 0)
    return W1.T @ np.maximum(W2.T @ after, 0) + scale * after


@EXERCISE.misconception(
    "the ReLU's value instead of its slope",
    "ReLU's slope is 1 where it is open, whatever its value: multiply by (H > 0) and (h > 0).",
)
def _(g, x, W1, W2, scale):
    h = np.maximum(W1 @ x, 0)
    after = g * np.maximum(W2 @ h + scale * x, 0)
    return W1.T @ ((W2.T @ after) * h) + scale * after


@EXERCISE.misconception(
    "the mask of x between the layers",
    "The ReLU between the layers sees h = W1 x: its mask is h > 0.",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1.T @ ((W2.T @ skip) * (x > 0)) + scale * skip


@EXERCISE.misconception(
    "H without the ReLU between the layers",
    "H = W2 relu(h) + λx: with W2 h in its place, other outputs are taken to be positive.",
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    after = g * (W2 @ h + scale * x > 0)
    return W1.T @ ((W2.T @ after) * (h > 0)) + scale * after


@EXERCISE.misconception(
    "the inner mask before W2",
    "The ReLU between the layers is met after W2 on the way back: (W2.T @ g) * (h > 0).",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1.T @ (W2.T @ (skip * (W1 @ x > 0))) + scale * skip


@EXERCISE.misconception(
    "both masks before the ways part",
    "Only H > 0 acts on both ways. h > 0 belongs to the ReLU inside the branch, after W2.T.",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    after = skip * (W1 @ x > 0)
    return W1.T @ (W2.T @ after) + scale * after


@EXERCISE.misconception(
    "the masks exchanged",
    "The last ReLU saw H, so g * (H > 0) comes first; the one inside the branch saw h.",
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    H = W2 @ np.maximum(h, 0) + scale * x
    after = g * (h > 0)
    return W1.T @ ((W2.T @ after) * (H > 0)) + scale * after


@EXERCISE.misconception(
    "the ReLU's value instead of its slope, in the branch",
    "The slope of a ReLU is 1 where it is open, whatever its value: multiply by (h > 0), not by "
    "relu(h).",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1.T @ ((W2.T @ skip) * np.maximum(W1 @ x, 0)) + scale * skip


@EXERCISE.misconception(
    "the ReLU's value instead of its slope, at the end",
    "The slope of a ReLU is 1 where it is open, whatever its value: multiply by (H > 0), not by "
    "the output.",
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    after = g * np.maximum(W2 @ np.maximum(h, 0) + scale * x, 0)
    return W1.T @ ((W2.T @ after) * (h > 0)) + scale * after


@EXERCISE.misconception(
    "the last ReLU's mask after both ways",
    "The last ReLU is met *first* on the way back: g * (H > 0) before W2.T mixes the numbers. "
    "Afterwards the places are those of x, not of H.",
)
def _(g, x, W1, W2, scale):
    H = W2 @ np.maximum(W1 @ x, 0) + scale * x
    branch, skip = both_ways(g, x, W1, W2, scale, last=False)
    return (branch + scale * skip) * (H > 0)


@EXERCISE.misconception(
    "the last ReLU acts on the skip only",
    "The ReLU comes after the sum, so its mask acts before the ways part: on both. Overwrite g "
    "with g * (H > 0) before it goes into the branch.",
)
def _(g, x, W1, W2, scale):
    branch, _ = both_ways(g, x, W1, W2, scale, last=False)
    return branch + scale * both_ways(g, x, W1, W2, scale)[1]


@EXERCISE.misconception(
    "the mask of H between the layers too",
    "There are two ReLUs. The one at the end saw H, the one between the layers saw h = W1 x: its "
    "mask is h > 0.",
)
def _(g, x, W1, W2, scale):
    H = W2 @ np.maximum(W1 @ x, 0) + scale * x
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1.T @ ((W2.T @ skip) * (H > 0)) + scale * skip


@EXERCISE.misconception(
    "the inner mask after W1",
    "The ReLU stands between W1 and W2, so its mask acts between W2.T and W1.T.",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return (W1.T @ (W2.T @ skip)) * (W1 @ x > 0) + scale * skip


@EXERCISE.misconception(
    "ReLU of the gradient in the branch",
    "A gradient may be negative. Backward, ReLU is the mask of its own input: (W2.T @ g) * (h > "
    "0).",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1.T @ np.maximum(W2.T @ skip, 0) + scale * skip


@EXERCISE.misconception(
    "a ReLU before the sum in H",
    "H = F(x) + λx, and F ends with W2. The ReLU comes after the sum only.",
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    after = g * (np.maximum(W2 @ np.maximum(h, 0), 0) + scale * x > 0)
    return W1.T @ ((W2.T @ after) * (h > 0)) + scale * after


@EXERCISE.misconception(
    "a ReLU on the skip in H",
    "H = F(x) + λx with x as it is: a negative x lowers the sum and may close the ReLU.",
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    after = g * (W2 @ np.maximum(h, 0) + scale * np.maximum(x, 0) > 0)
    return W1.T @ ((W2.T @ after) * (h > 0)) + scale * after


@EXERCISE.misconception(
    "at 0 the ReLUs let the gradient through",
    "The slope of a ReLU at 0 is taken to be 0, here as in exercise 7.1 and in PyTorch: H > 0 and "
    "h > 0.",
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    after = g * (W2 @ np.maximum(h, 0) + scale * x >= 0)
    return W1.T @ ((W2.T @ after) * (h >= 0)) + scale * after


@EXERCISE.misconception(
    "at 0 the last ReLU lets the gradient through",
    "The slope of a ReLU at 0 is taken to be 0, here as in exercise 7.1 and in PyTorch: H > 0.",
)
def _(g, x, W1, W2, scale):
    h = W1 @ x
    after = g * (W2 @ np.maximum(h, 0) + scale * x >= 0)
    return W1.T @ ((W2.T @ after) * (h > 0)) + scale * after


@EXERCISE.misconception(
    "at 0 the inner ReLU lets the gradient through",
    "The slope of a ReLU at 0 is taken to be 0, here as in exercise 7.1 and in PyTorch: h > 0.",
)
def _(g, x, W1, W2, scale):
    _, after = both_ways(g, x, W1, W2, scale)
    return W1.T @ ((W2.T @ after) * (W1 @ x >= 0)) + scale * after
