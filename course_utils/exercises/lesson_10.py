"""Exercises of lesson 10, residual networks."""

from __future__ import annotations

from math import comb, factorial

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]


def _random(seed: int, *shapes: tuple[int, ...], scale: float = 1.0) -> tuple[Array, ...]:
    rng = np.random.default_rng(seed)
    return tuple(np.round(scale * rng.normal(size=shape), 2) for shape in shapes)


def _on(values: Array) -> Array:
    return np.asarray(values > 0, dtype=float)


# 10.1 forward through a block


def block(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    """Output relu(F(x) + scale·x) of a residual block, F(x) = W2 relu(W1 x); x is (C,)."""
    branch = W2 @ np.maximum(W1 @ x, 0)
    return np.maximum(branch + scale * x, 0)  # the last ReLU comes after the sum


def _block_plain(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    del scale
    return np.maximum(W2 @ np.maximum(W1 @ x, 0), 0)


def _block_unscaled(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    del scale
    return np.maximum(W2 @ np.maximum(W1 @ x, 0) + x, 0)


def _block_scaled_branch(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(scale * (W2 @ np.maximum(W1 @ x, 0)) + x, 0)


def _block_scaled_both(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(scale * (W2 @ np.maximum(W1 @ x, 0) + x), 0)


def _block_relu_before(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 @ np.maximum(W1 @ x, 0), 0) + scale * x


def _block_relu_on_skip(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 @ np.maximum(W1 @ x, 0) + scale * np.maximum(x, 0), 0)


def _block_added_inside(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 @ np.maximum(W1 @ x + scale * x, 0), 0)


def _block_added_after_first(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 @ (np.maximum(W1 @ x, 0) + scale * x), 0)


def _block_no_last(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.asarray(W2 @ np.maximum(W1 @ x, 0) + scale * x)


def _block_no_first(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 @ (W1 @ x) + scale * x, 0)


def _block_order(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W1 @ np.maximum(W2 @ x, 0) + scale * x, 0)


def _block_transposed(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2.T @ np.maximum(W1.T @ x, 0) + scale * x, 0)


def _block_subtracted(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 @ np.maximum(W1 @ x, 0) - scale * x, 0)


def _block_relu_thrice(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch = np.maximum(W2 @ np.maximum(W1 @ x, 0), 0)
    return np.maximum(branch + scale * x, 0)


def _block_from_middle(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = np.maximum(W1 @ x, 0)
    return np.maximum(W2 @ h + scale * h, 0)


def _block_elementwise(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 * np.maximum(W1 * x, 0) + scale * x, 0)


def _block_scale_added(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 @ np.maximum(W1 @ x, 0) + scale + x, 0)


def _block_skip_after_relu(x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.maximum(W2 @ np.maximum(W1 @ x, 0), 0) + scale * np.maximum(x, 0)


BLOCK = Exercise(
    id="10.block",
    title="A path around two layers",
    minutes=5,
    difficulty=1,
    reference=block,
    cases=[
        Case(
            np.array([2.0, -1.0]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            np.array([[1.0, 0.0], [3.0, 0.0]]),
            0.5,
            note="W1 x = 2, −1; ReLU 2, 0; W2 of it 2, 6; plus half of x: 3, 5.5",
        ),
        Case(
            np.array([2.0, -4.0]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            np.array([[-3.0, 0.0], [0.5, 0.0]]),
            1.0,
            note="F = −6, 1; plus x: −4, −3; the last ReLU leaves 0, 0",
        ),
        Case(
            np.array([1, 2]),
            np.array([[1, -1], [0, 1]]),
            np.array([[1, 1], [2, 0]]),
            3.0,
            note="W1 x = −1, 2; ReLU 0, 2; W2 of it 2, 0; plus 3x: 5, 6",
        ),
        Case(*_random(11, (4,), (4, 4), (4, 4)), 0.7),
        Case(*_random(12, (5,), (5, 5), (5, 5)), 1.3),
        Case(*_random(13, (3,), (3, 3), (3, 3)), 0.0),
        Case(*_random(14, (6,), (6, 6), (6, 6)), 1.0),
    ],
    misconceptions=[
        Misconception(
            "the skip is left out",
            _block_plain,
            "This is two plain layers. The block adds scale·x to what they give.",
        ),
        Misconception(
            "the skip is not scaled",
            _block_unscaled,
            "H(x) = F(x) + λx: the skip is multiplied by λ, here `scale`.",
        ),
        Misconception(
            "the branch is scaled instead of the skip",
            _block_scaled_branch,
            "λ belongs to the skip: F(x) + λx.",
        ),
        Misconception(
            "branch and skip are both scaled",
            _block_scaled_both,
            "λ belongs to the skip alone: F(x) + λx.",
        ),
        Misconception(
            "the last ReLU before the sum",
            _block_relu_before,
            "The sum comes first, then the ReLU. Otherwise the branch could only ever add, never "
            "take away.",
        ),
        Misconception(
            "ReLU on the skip",
            _block_relu_on_skip,
            "The skip carries x as it is; nothing acts on it but λ.",
        ),
        Misconception(
            "added after the first layer, inside its ReLU",
            _block_added_inside,
            "The skip goes around *both* layers: it is added to what W2 gives.",
        ),
        Misconception(
            "added between the layers",
            _block_added_after_first,
            "The skip goes around *both* layers: it is added to what W2 gives.",
        ),
        Misconception(
            "the last ReLU is forgotten",
            _block_no_last,
            "This block ends with a ReLU after the sum.",
        ),
        Misconception(
            "no ReLU between the layers",
            _block_no_first,
            "Without it, W2 W1 is one linear layer.",
        ),
        Misconception(
            "the layers in the wrong order",
            _block_order,
            "W1 sees x first, then W2 sees its ReLU.",
        ),
        Misconception(
            "the weights transposed",
            _block_transposed,
            "Forward it is W1 @ x. The transposes belong to the way back.",
        ),
        Misconception(
            "the skip is subtracted",
            _block_subtracted,
            "H(x) = F(x) + λx.",
        ),
        Misconception(
            "a third ReLU, before the sum",
            _block_relu_thrice,
            "The second layer has no ReLU of its own: its ReLU has moved behind the sum. Otherwise "
            "the branch could only ever add, never take away.",
        ),
        Misconception(
            "the skip begins after the first layer",
            _block_from_middle,
            "The skip goes around *both* layers: what it carries is x.",
        ),
        Misconception(
            "* in place of @",
            _block_elementwise,
            "W1 * x multiplies each column of the matrix by a number of x; a layer is W1 @ x.",
        ),
        Misconception(
            "λ is added",
            _block_scale_added,
            "λ multiplies the skip: F(x) + λx.",
        ),
        Misconception(
            "a ReLU on each way instead of one after the sum",
            _block_skip_after_relu,
            "The sum comes first, then one ReLU: what the branch takes away has to meet what the "
            "skip brings.",
        ),
    ],
    hints=[
        "First the branch F(x): W1, then ReLU, then W2.",
        "Then the sum with scale * x, and only then the last ReLU.",
        "np.maximum(W2 @ np.maximum(W1 @ x, 0) + scale * x, 0).",
    ],
)


# 10.2 and back


def block_backward(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    """Gradient of x through relu(F(x) + scale·x), F(x) = W2 relu(W1 x); g is that of the output."""
    h = W1 @ x
    H = W2 @ np.maximum(h, 0) + scale * x
    g = g * (H > 0)  # the last ReLU is passed before the ways part
    through_branch = W1.T @ ((W2.T @ g) * (h > 0))
    grad: Array = through_branch + scale * g
    return grad


def _ways(
    g: Array, x: Array, W1: Array, W2: Array, scale: float, last: bool = True
) -> tuple[Array, Array]:
    h = W1 @ x
    H = W2 @ np.maximum(h, 0) + scale * x
    after = g * _on(H) if last else g
    return np.asarray(W1.T @ ((W2.T @ after) * _on(h))), np.asarray(after)


def _back_no_skip(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return _ways(g, x, W1, W2, scale)[0]


def _back_skip_only(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.asarray(scale * _ways(g, x, W1, W2, scale)[1])


def _back_scale_one(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale)
    return branch + skip


def _back_scale_alone(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, _ = _ways(g, x, W1, W2, scale)
    return np.asarray(branch + scale)


def _back_scale_branch(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(scale * branch + skip)


def _back_scale_both(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(scale * (branch + skip))


def _back_no_last(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale, last=False)
    return np.asarray(branch + scale * skip)


def _back_last_branch_only(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.asarray(_ways(g, x, W1, W2, scale)[0] + scale * g)


def _back_mask_on_skip(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(branch + scale * skip * _on(x))


def _back_no_first(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1.T @ (W2.T @ skip) + scale * skip)


def _back_not_transposed(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W2 @ (_on(W1 @ x) * (W1 @ skip)) + scale * skip)


def _back_mask_of_branch(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = W1 @ x
    after = g * _on(W2 @ np.maximum(h, 0))
    return np.asarray(W1.T @ ((W2.T @ after) * _on(h)) + scale * after)


def _back_times_x(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(branch + scale * skip * x)


def _back_no_relu(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    del x
    return np.asarray(W1.T @ (W2.T @ g) + scale * g)


def _back_plain_weights(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1 @ ((W2 @ skip) * _on(W1 @ x)) + scale * skip)


def _back_forward_order(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W2.T @ ((W1.T @ skip) * _on(W1 @ x)) + scale * skip)


def _back_mask_unscaled(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = W1 @ x
    after = g * _on(W2 @ np.maximum(h, 0) + x)
    return np.asarray(W1.T @ ((W2.T @ after) * _on(h)) + scale * after)


def _back_mask_of_g(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    after = g * _on(g)
    return np.asarray(W1.T @ ((W2.T @ after) * _on(W1 @ x)) + scale * after)


def _back_masks_of_gradients(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    del x
    after = np.maximum(g, 0)
    return np.asarray(W1.T @ np.maximum(W2.T @ after, 0) + scale * after)


def _back_values(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = np.maximum(W1 @ x, 0)
    after = g * np.maximum(W2 @ h + scale * x, 0)
    return np.asarray(W1.T @ ((W2.T @ after) * h) + scale * after)


def _back_skip_after_branch(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.asarray((1 + scale) * _ways(g, x, W1, W2, scale)[0])


def _back_mask_of_x(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1.T @ ((W2.T @ skip) * _on(x)) + scale * skip)


def _back_mask_without_relu(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = W1 @ x
    after = g * _on(W2 @ h + scale * x)
    return np.asarray(W1.T @ ((W2.T @ after) * _on(h)) + scale * after)


def _back_scale_everywhere(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(branch + scale * skip.sum())


def _back_inner_mask_early(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1.T @ (W2.T @ (skip * _on(W1 @ x))) + scale * skip)


def _back_both_masks_first(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    after = skip * _on(W1 @ x)
    return np.asarray(W1.T @ (W2.T @ after) + scale * after)


def _back_masks_exchanged(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = W1 @ x
    H = W2 @ np.maximum(h, 0) + scale * x
    after = g * _on(h)
    return np.asarray(W1.T @ ((W2.T @ after) * _on(H)) + scale * after)


def _back_inner_values(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1.T @ ((W2.T @ skip) * np.maximum(W1 @ x, 0)) + scale * skip)


def _back_last_values(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = W1 @ x
    after = g * np.maximum(W2 @ np.maximum(h, 0) + scale * x, 0)
    return np.asarray(W1.T @ ((W2.T @ after) * _on(h)) + scale * after)


def _back_last_mask_late(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    H = W2 @ np.maximum(W1 @ x, 0) + scale * x
    branch, skip = _ways(g, x, W1, W2, scale, last=False)
    return np.asarray((branch + scale * skip) * _on(H))


def _back_last_skip_only(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, _ = _ways(g, x, W1, W2, scale, last=False)
    return np.asarray(branch + scale * _ways(g, x, W1, W2, scale)[1])


def _back_w2_plain(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1.T @ ((W2 @ skip) * _on(W1 @ x)) + scale * skip)


def _back_w1_plain(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1 @ ((W2.T @ skip) * _on(W1 @ x)) + scale * skip)


def _back_last_mask_twice(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    H = W2 @ np.maximum(W1 @ x, 0) + scale * x
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1.T @ ((W2.T @ skip) * _on(H)) + scale * skip)


def _back_inner_mask_late(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray((W1.T @ (W2.T @ skip)) * _on(W1 @ x) + scale * skip)


def _back_relu_of_gradient(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    _, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(W1.T @ np.maximum(W2.T @ skip, 0) + scale * skip)


def _back_block_of_g(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    del x
    return block(g, W1, W2, scale)


def _back_skip_of_x(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    return np.asarray(_ways(g, x, W1, W2, scale)[0] + scale * x)


def _back_mask_relu_before_sum(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = W1 @ x
    after = g * _on(np.maximum(W2 @ np.maximum(h, 0), 0) + scale * x)
    return np.asarray(W1.T @ ((W2.T @ after) * _on(h)) + scale * after)


def _back_mask_relu_on_skip(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    h = W1 @ x
    after = g * _on(W2 @ np.maximum(h, 0) + scale * np.maximum(x, 0))
    return np.asarray(W1.T @ ((W2.T @ after) * _on(h)) + scale * after)


def _back_minus(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(branch - scale * skip)


def _back_product(g: Array, x: Array, W1: Array, W2: Array, scale: float) -> Array:
    branch, skip = _ways(g, x, W1, W2, scale)
    return np.asarray(branch * scale * skip)


BLOCK_BACKWARD = Exercise(
    id="10.block_backward",
    title="Two ways back",
    minutes=10,
    difficulty=3,
    reference=block_backward,
    cases=[
        Case(
            np.array([10.0, 1.0]),
            np.array([2.0, 1.0]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            np.array([[1.0, 0.0], [3.0, 0.0]]),
            0.5,
            note=(
                "all ReLUs are open; W2ᵀ g = (10 + 3, 0), W1ᵀ leaves it; plus half of g: 18, 0.5"
            ),
        ),
        Case(
            np.array([10.0, 1.0]),
            np.array([2.0, 4.0]),
            np.array([[1.0, 0.0], [0.0, -1.0]]),
            np.array([[1.0, 5.0], [-3.0, 5.0]]),
            1.0,
            note=(
                "W1 x = 2, −4, so the second is closed; F = 2, −6 and H = 4, −2, so g becomes "
                "10, 0; W2ᵀ g = 10, 50, masked 10, 0; plus g: 20, 0"
            ),
        ),
        Case(
            np.array([1, 2]),
            np.array([1, 2]),
            np.array([[1, -1], [0, 1]]),
            np.array([[1, 1], [2, 0]]),
            3.0,
        ),
        Case(*_random(21, (4,), (4,), (4, 4), (4, 4)), 0.7),
        Case(*_random(22, (5,), (5,), (5, 5), (5, 5)), 1.3),
        Case(*_random(23, (3,), (3,), (3, 3), (3, 3)), 0.0),
        Case(*_random(24, (6,), (6,), (6, 6), (6, 6)), 1.0),
        Case(*_random(25, (6,), (6,), (6, 6), (6, 6)), 0.4),
        Case(
            np.array([1.0, 2.0]),
            np.array([-3.0, 1.0]),
            np.array([[-1.0, 0.0], [0.0, 1.0]]),
            np.array([[0.0, 2.0], [1.0, 1.0]]),
            1.0,
            note=(
                "h = 3, 1; F = 2, 4; H = −1, 5, so the negative x has closed the first output: g "
                "becomes 0, 2; W2ᵀ g = 2, 2, W1ᵀ makes −2, 2; plus g: −2, 4"
            ),
        ),
    ],
    misconceptions=[
        Misconception(
            "nothing flows through the skip",
            _back_no_skip,
            "x also occurs in the sum itself, with the factor λ: add scale times the gradient of "
            "H.",
        ),
        Misconception(
            "through the skip only",
            _back_skip_only,
            "x also occurs inside F: the branch hands back W1ᵀ(…) as any layer does.",
        ),
        Misconception(
            "λ is left out of the gradient",
            _back_scale_one,
            "∂(λx)/∂x = λ: the gradient through the skip is scale times that of H.",
        ),
        Misconception(
            "λ is added instead of λ times the gradient",
            _back_scale_alone,
            "(∂F/∂x + λ) multiplies the upstream gradient as a whole: λ times g, not λ.",
        ),
        Misconception(
            "λ on the branch instead of the skip",
            _back_scale_branch,
            "λ stands at the skip: the branch's gradient has no λ.",
        ),
        Misconception(
            "λ on both ways",
            _back_scale_both,
            "λ stands at the skip alone.",
        ),
        Misconception(
            "the last ReLU lets everything through",
            _back_no_last,
            "Where H was negative the output is 0: first g * (H > 0), for both ways.",
        ),
        Misconception(
            "the last ReLU acts on the branch only",
            _back_last_branch_only,
            "The ReLU comes after the sum, so its mask acts before the ways part: on both.",
        ),
        Misconception(
            "a mask on the skip",
            _back_mask_on_skip,
            "The skip has no ReLU of its own; the sign of x does not matter.",
        ),
        Misconception(
            "the ReLU between the layers is forgotten",
            _back_no_first,
            "Where W1 x was negative, nothing flows back through the branch.",
        ),
        Misconception(
            "the gradient goes forward through the layers",
            _back_not_transposed,
            "Forward W, backward its transpose, and in the opposite order.",
        ),
        Misconception(
            "the mask of F instead of H",
            _back_mask_of_branch,
            "The last ReLU sees the sum F(x) + λx; its mask is H > 0.",
        ),
        Misconception(
            "the skip's gradient times x",
            _back_times_x,
            "The derivative of λx is λ, not λx.",
        ),
        Misconception(
            "no ReLU on the way back",
            _back_no_relu,
            "Both ReLUs are passed on the way back: g * (H > 0) first, and (h > 0) between the "
            "layers.",
        ),
        Misconception(
            "W1 and W2 without transposes",
            _back_plain_weights,
            "∂L/∂x[s] = Σ_t g[t] W[t, s]: on the way back each layer is its transpose, W.T @ g.",
        ),
        Misconception(
            "W1 is passed before W2",
            _back_forward_order,
            "The last layer is passed first on the way back: W2.T @ g, the mask, then W1.T.",
        ),
        Misconception(
            "the mask of F(x) + x",
            _back_mask_unscaled,
            "H = F(x) + λx also decides which outputs were positive: its mask needs the λ.",
        ),
        Misconception(
            "the mask of g",
            _back_mask_of_g,
            "What is open was decided on the way forward: H > 0. The sign of g does not matter.",
        ),
        Misconception(
            "ReLU of the gradients",
            _back_masks_of_gradients,
            "A gradient may be negative. Backward, ReLU is the mask of its own input: H > 0 and h "
            "> 0.",
        ),
        Misconception(
            "the ReLU's value instead of its slope",
            _back_values,
            "ReLU's slope is 1 where it is open, whatever its value: multiply by (H > 0) and (h > "
            "0).",
        ),
        Misconception(
            "the skip carries what the branch has handed back",
            _back_skip_after_branch,
            "g was overwritten before the skip took its share. Both ways begin with the same "
            "masked g.",
        ),
        Misconception(
            "the mask of x between the layers",
            _back_mask_of_x,
            "The ReLU between the layers sees h = W1 x: its mask is h > 0.",
        ),
        Misconception(
            "H without the ReLU between the layers",
            _back_mask_without_relu,
            "H = W2 relu(h) + λx: with W2 h in its place, other outputs are taken to be positive.",
        ),
        Misconception(
            "λ is added to every element of J",
            _back_scale_everywhere,
            "J + λ in NumPy adds λ everywhere. In (∂F/∂x + λ) the λ stands for λI: it belongs on "
            "the diagonal, and g @ (λI) is λ g.",
        ),
        Misconception(
            "the inner mask before W2",
            _back_inner_mask_early,
            "The ReLU between the layers is met after W2 on the way back: (W2.T @ g) * (h > 0).",
        ),
        Misconception(
            "both masks before the ways part",
            _back_both_masks_first,
            "Only H > 0 acts on both ways. h > 0 belongs to the ReLU inside the branch, after "
            "W2.T.",
        ),
        Misconception(
            "the masks exchanged",
            _back_masks_exchanged,
            "The last ReLU saw H, so g * (H > 0) comes first; the one inside the branch saw h.",
        ),
        Misconception(
            "the ReLU's value instead of its slope, in the branch",
            _back_inner_values,
            "The slope of a ReLU is 1 where it is open, whatever its value: multiply by (h > 0), "
            "not by relu(h).",
        ),
        Misconception(
            "the ReLU's value instead of its slope, at the end",
            _back_last_values,
            "The slope of a ReLU is 1 where it is open, whatever its value: multiply by (H > 0), "
            "not by the output.",
        ),
        Misconception(
            "the last ReLU's mask after both ways",
            _back_last_mask_late,
            "The last ReLU is met *first* on the way back: g * (H > 0) before W2.T mixes the "
            "numbers. Afterwards the places are those of x, not of H.",
        ),
        Misconception(
            "the last ReLU acts on the skip only",
            _back_last_skip_only,
            "The ReLU comes after the sum, so its mask acts before the ways part: on both. "
            "Overwrite g with g * (H > 0) before it goes into the branch.",
        ),
        Misconception(
            "W2 without its transpose",
            _back_w2_plain,
            "On the way back each layer is its transpose: W2.T @ g, then W1.T.",
        ),
        Misconception(
            "W1 without its transpose",
            _back_w1_plain,
            "On the way back each layer is its transpose: W2.T @ g, then W1.T.",
        ),
        Misconception(
            "the mask of H between the layers too",
            _back_last_mask_twice,
            "There are two ReLUs. The one at the end saw H, the one between the layers saw "
            "h = W1 x: its mask is h > 0.",
        ),
        Misconception(
            "the inner mask after W1",
            _back_inner_mask_late,
            "The ReLU stands between W1 and W2, so its mask acts between W2.T and W1.T.",
        ),
        Misconception(
            "ReLU of the gradient in the branch",
            _back_relu_of_gradient,
            "A gradient may be negative. Backward, ReLU is the mask of its own input: (W2.T @ g) * "
            "(h > 0).",
        ),
        Misconception(
            "the block is applied to g",
            _back_block_of_g,
            "Backward is not the block once more. Each step is replaced by its derivative, in the "
            "opposite order: mask of H, W2.T, mask of h, W1.T, and λ g besides.",
        ),
        Misconception(
            "the skip hands back λx",
            _back_skip_of_x,
            "Forward λx goes along the skip; back goes λ times the *gradient*, scale * g.",
        ),
        Misconception(
            "a ReLU before the sum in H",
            _back_mask_relu_before_sum,
            "H = F(x) + λx, and F ends with W2. The ReLU comes after the sum only.",
        ),
        Misconception(
            "a ReLU on the skip in H",
            _back_mask_relu_on_skip,
            "H = F(x) + λx with x as it is: a negative x lowers the sum and may close the ReLU.",
        ),
        Misconception(
            "the skip's gradient is subtracted",
            _back_minus,
            "x occurs in the branch and in the skip, and the sum adds both: so do the gradients.",
        ),
        Misconception(
            "the two ways are multiplied",
            _back_product,
            "What comes back along two ways is added: (J + λI), not J times λ.",
        ),
    ],
    hints=[
        "Compute h = W1 x and H = F(x) + scale·x again: their signs say which ReLUs were open.",
        "The output's ReLU comes last, so it is passed first: g * (H > 0).",
        "Through the branch: W2.T @ g, times (h > 0), then W1.T @ that.",
        "Through the skip: scale * g, with the same masked g. Add the two.",
    ],
)


# 10.3 the product over many blocks


def gradient_through(g: Array, jacobians: Array, scale: float) -> Array:
    """Gradient at the input of L blocks H = F + scale·x; jacobians (L, n, n) are those of F."""
    for J in jacobians[::-1]:  # the last block is passed first
        g = J.T @ g + scale * g
    return g.astype(float)


def _through_forward_order(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, jacobians[::-1], scale)


def _through_not_transposed(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, jacobians.transpose(0, 2, 1), scale)


def _through_both_ways_wrong(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, jacobians.transpose(0, 2, 1)[::-1], scale)


def _through_added_everywhere(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, jacobians + scale, 0.0)


def _through_no_skip(g: Array, jacobians: Array, scale: float) -> Array:
    del scale
    return gradient_through(g, jacobians, 0.0)


def _through_skip_only(g: Array, jacobians: Array, scale: float) -> Array:
    return np.asarray(scale ** len(jacobians) * g)


def _through_unscaled(g: Array, jacobians: Array, scale: float) -> Array:
    del scale
    return gradient_through(g, jacobians, 1.0)


def _through_two_paths(g: Array, jacobians: Array, scale: float) -> Array:
    return np.asarray(
        gradient_through(g, jacobians, 0.0) + scale ** len(jacobians) * g, dtype=float
    )


def _through_one_skip(g: Array, jacobians: Array, scale: float) -> Array:
    return np.asarray(gradient_through(g, jacobians, 0.0) + scale * g, dtype=float)


def _through_sum(g: Array, jacobians: Array, scale: float) -> Array:
    total = np.zeros(len(g))
    for J in jacobians:
        total = total + np.asarray(J.T @ g + scale * g)
    return total


def _through_scaled_twice(g: Array, jacobians: Array, scale: float) -> Array:
    for J in jacobians[::-1]:
        g = scale * (J.T @ g + g)
    return np.asarray(g, dtype=float)


def _through_last_left_out(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, jacobians[:-1], scale)


def _through_first_g(g: Array, jacobians: Array, scale: float) -> Array:
    total = g
    for J in jacobians[::-1]:
        total = J.T @ total + scale * g
    return np.asarray(total, dtype=float)


def _through_first_left_out(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, jacobians[1:], scale)


def _through_last_only(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, jacobians[-1:], scale)


def _through_overwritten(g: Array, jacobians: Array, scale: float) -> Array:
    return np.asarray((1 + scale) ** len(jacobians) * gradient_through(g, jacobians, 0.0))


def _through_scaled_branch(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, scale * jacobians, 1.0)


def _through_number_added(g: Array, jacobians: Array, scale: float) -> Array:
    for J in jacobians[::-1]:
        g = J.T @ g + scale
    return np.asarray(g, dtype=float)


def _through_summed_jacobians(g: Array, jacobians: Array, scale: float) -> Array:
    return gradient_through(g, jacobians.sum(axis=0)[None], scale)


GRADIENT_THROUGH = Exercise(
    id="10.gradient_through",
    title="Through many blocks",
    minutes=6,
    difficulty=2,
    reference=gradient_through,
    cases=[
        Case(
            np.array([1.0, 0.0]),
            np.array([[[0.0, 2.0], [0.0, 0.0]]]),
            3.0,
            note="one block: Jᵀ g = 0, 2, plus three times g: 3, 2",
        ),
        Case(
            np.array([1.0, 0.0]),
            np.array([[[0.0, 0.0], [0.0, 1.0]], [[0.0, 2.0], [0.0, 0.0]]]),
            3.0,
            note="the second block first: 3, 2; then the first: 0, 2 plus 9, 6: 9, 8",
        ),
        Case(
            np.array([1, -1]),
            np.array([[[1, 2], [0, 1]], [[0, 1], [3, 0]]]),
            2.0,
        ),
        Case(*_random(31, (3,), (4, 3, 3)), 0.5),
        Case(*_random(32, (4,), (3, 4, 4)), 1.1),
        Case(*_random(33, (2,), (5, 2, 2)), 1.0),
        Case(*_random(34, (3,), (2, 3, 3)), 0.0),
    ],
    misconceptions=[
        Misconception(
            "the blocks in forward order",
            _through_forward_order,
            "On the way back the last block comes first: jacobians[::-1].",
        ),
        Misconception(
            "the Jacobian is not transposed",
            _through_not_transposed,
            "∂L/∂x[s] = Σ_t g[t] J[t, s]: that is J.T @ g, or g @ J.",
        ),
        Misconception(
            "not transposed, and in forward order",
            _through_both_ways_wrong,
            "Back through a product means the transposed factors in the opposite order.",
        ),
        Misconception(
            "λ is added to every element of J",
            _through_added_everywhere,
            "J + λ in NumPy adds λ everywhere. In (∂F/∂x + λ) the λ stands for λI: it belongs on "
            "the diagonal.",
        ),
        Misconception(
            "the skips are left out",
            _through_no_skip,
            "That is the plain network. Each block adds scale·g.",
        ),
        Misconception(
            "the skips only",
            _through_skip_only,
            "λ^L g is one of the 2^L paths: the one through no branch.",
        ),
        Misconception(
            "λ is taken for 1",
            _through_unscaled,
            "The gradient through each skip is multiplied by scale.",
        ),
        Misconception(
            "only the two outermost paths",
            _through_two_paths,
            "All branches, or all skips: those are two paths of 2^L. At every block the gradient "
            "goes both ways.",
        ),
        Misconception(
            "one skip around all blocks",
            _through_one_skip,
            "Every block has its own skip.",
        ),
        Misconception(
            "the blocks are added instead of chained",
            _through_sum,
            "Each block's result is the next one's upstream gradient: g = J.T @ g + scale * g.",
        ),
        Misconception(
            "λ on the branch as well",
            _through_scaled_twice,
            "λ stands at the skip alone.",
        ),
        Misconception(
            "the last block is left out",
            _through_last_left_out,
            "All L blocks are passed.",
        ),
        Misconception(
            "every skip carries the first gradient",
            _through_first_g,
            "A block's skip carries the gradient that has arrived at *this* block: J.T @ g + scale "
            "* g, with the same g in both terms.",
        ),
        Misconception(
            "the first block is left out",
            _through_first_left_out,
            "All L blocks are passed, down to the one with index 0.",
        ),
        Misconception(
            "only the last block",
            _through_last_only,
            "The return stands inside the loop, or the loop begins anew each time: all L blocks "
            "are passed.",
        ),
        Misconception(
            "the skip carries what the branch has handed back",
            _through_overwritten,
            "g was overwritten before the skip took its share: J.T @ g + scale * g in one line.",
        ),
        Misconception(
            "λ at the branch instead of the skip",
            _through_scaled_branch,
            "λ stands at the skip: J.T @ g + scale * g.",
        ),
        Misconception(
            "λ is added instead of λ times the gradient",
            _through_number_added,
            "(∂F/∂x + λI) multiplies the gradient as a whole: λ times g, not λ.",
        ),
        Misconception(
            "the Jacobians are added up",
            _through_summed_jacobians,
            "The blocks follow one another, so their brackets are multiplied: hand g from block to "
            "block.",
        ),
    ],
    hints=[
        "One block hands back J.T @ g + scale * g.",
        "That is the upstream gradient of the block before. Which block is passed first?",
        "for J in jacobians[::-1]: g = J.T @ g + scale * g.",
    ],
)


# 10.4 how many paths, and how heavy


def path_weights(L: int, scale: float) -> Array:
    """For k = 0 … L: how many paths go through k of L branches, times scale for each skip."""
    from math import comb  # comb(L, k): ways to choose k of L

    return np.array([comb(L, k) * scale ** (L - k) for k in range(L + 1)], dtype=float)


def _weights_counts(L: int, scale: float) -> Array:
    del scale
    return np.array([comb(L, k) for k in range(L + 1)], dtype=float)


def _weights_powers(L: int, scale: float) -> Array:
    return np.array([scale ** (L - k) for k in range(L + 1)], dtype=float)


def _weights_reversed(L: int, scale: float) -> Array:
    return path_weights(L, scale)[::-1]


def _weights_no_zero(L: int, scale: float) -> Array:
    return path_weights(L, scale)[1:]


def _weights_all_skips(L: int, scale: float) -> Array:
    return np.array([comb(L, k) * scale**L for k in range(L + 1)], dtype=float)


def _weights_linear(L: int, scale: float) -> Array:
    return np.array([comb(L, k) * scale * (L - k) for k in range(L + 1)], dtype=float)


def _weights_ordered(L: int, scale: float) -> Array:
    result, count = [], 1
    for k in range(L + 1):
        result.append(count * scale ** (L - k))
        count *= L - k
    return np.array(result, dtype=float)


def _weights_two_to_k(L: int, scale: float) -> Array:
    return np.array([2**k * scale ** (L - k) for k in range(L + 1)], dtype=float)


def _weights_normalised(L: int, scale: float) -> Array:
    return np.asarray(path_weights(L, scale) / 2**L)


def _weights_no_last(L: int, scale: float) -> Array:
    return path_weights(L, scale)[:-1]


def _weights_added_up(L: int, scale: float) -> float:
    return float(path_weights(L, scale).sum())


def _weights_once(L: int, scale: float) -> Array:
    return np.array([comb(L, k) * scale for k in range(L + 1)], dtype=float)


def _weights_cut(L: int, scale: float) -> Array:
    return np.asarray(path_weights(L, scale).astype(int))


def _weights_squared(L: int, scale: float) -> Array:
    return path_weights(L, scale**2)


def _weights_permuted(L: int, scale: float) -> Array:
    return np.array([factorial(L) * scale ** (L - k) / factorial(k) for k in range(L + 1)])


PATH_WEIGHTS = Exercise(
    id="10.path_weights",
    title="How many paths, and how heavy",
    minutes=5,
    difficulty=2,
    reference=path_weights,
    cases=[
        Case(
            2, 3.0, note="9 for two skips, 2·3 for one skip, in either block, 1 for none: 9, 6, 1"
        ),
        Case(1, 0.5, note="the skip or the branch: 0.5, 1"),
        Case(3, 1.0, note="1, 3, 3, 1: eight paths"),
        Case(4, 0.5),
        Case(7, 1.5),
        Case(3, 0.0),
    ],
    misconceptions=[
        Misconception(
            "λ is left out",
            _weights_counts,
            "Each of the L − k skips on a path multiplies it by λ.",
        ),
        Misconception(
            "paths are not counted",
            _weights_powers,
            "There are L!/(k!(L − k)!) ways to choose the k branches among L blocks.",
        ),
        Misconception(
            "λ for each branch instead of each skip",
            _weights_reversed,
            "k counts branches; the other L − k blocks are passed by their skips, with λ each.",
        ),
        Misconception(
            "the path through no branch is left out",
            _weights_no_zero,
            "k begins at 0: one path takes every skip.",
        ),
        Misconception(
            "λ^L for every path",
            _weights_all_skips,
            "A path through k branches takes L − k skips, not L.",
        ),
        Misconception(
            "λ times the number of skips",
            _weights_linear,
            "The factors multiply: λ^(L − k), not λ·(L − k).",
        ),
        Misconception(
            "the order of the branches is counted",
            _weights_ordered,
            "The blocks stand in a fixed order, so a path is a *set* of branches: divide by k!.",
        ),
        Misconception(
            "2^k paths",
            _weights_two_to_k,
            "2^L paths in all; those through exactly k branches are L!/(k!(L − k)!).",
        ),
        Misconception(
            "divided by the number of paths",
            _weights_normalised,
            "Nothing is averaged: contributions along paths add.",
        ),
        Misconception(
            "the path through every branch is left out",
            _weights_no_last,
            "range(L) ends at L − 1. One path goes through all L branches, so there are L + 1 "
            "terms.",
        ),
        Misconception(
            "the terms are added up",
            _weights_added_up,
            "(1 + λ)^L is their sum. Asked for are the L + 1 terms, one for each k.",
        ),
        Misconception(
            "λ once for every path",
            _weights_once,
            "A path takes L − k skips, and each multiplies it by λ: λ^(L − k).",
        ),
        Misconception(
            "the fractions are cut off",
            _weights_cut,
            "An array of integers cuts off what is written into it. np.zeros(L + 1) makes floats.",
        ),
        Misconception(
            "λ squared",
            _weights_squared,
            "These are the weights of the paths themselves, λ^(L − k). Squares come in where norms "
            "are added.",
        ),
        Misconception(
            "L!/k! paths",
            _weights_permuted,
            "The skips have no order either: divide by (L − k)! as well.",
        ),
    ],
    hints=[
        "A path that goes through k branches takes the skip in the other L − k blocks.",
        "In how many ways can k of L blocks be chosen? comb(L, k) of the module math counts them.",
        "An array of comb(L, k) * scale ** (L - k) for k from 0 to L, both included.",
    ],
)


# 10.5 a skip where the shape changes


def shortcut_a(x: Array, K: int, stride: int) -> Array:
    """Shortcut without weights: x (B, C, H, W) thinned out, zero channels added to make K."""
    B, C, _, _ = x.shape
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((B, K, *thinned.shape[2:]))
    before = (K - C) // 2  # half of the new channels go before the old ones
    y[:, before : before + C] = thinned
    return y


def _shortcut_at(x: Array, K: int, stride: int, before: int) -> Array:
    B, C, _, _ = x.shape
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((B, K, *thinned.shape[2:]))
    y[:, before : before + C] = thinned
    return y


def _shortcut_behind(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x, K, stride, 0)


def _shortcut_before(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x, K, stride, K - x.shape[1])


def _shortcut_rounded_up(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x, K, stride, (K - x.shape[1] + 1) // 2)


def _shortcut_mean(x: Array, K: int, stride: int) -> Array:
    B, C, H, W = x.shape
    y = np.zeros((B, C, -(-H // stride), -(-W // stride)))
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            window = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
            y[:, :, i, j] = window.mean(axis=(2, 3))
    return _shortcut_at(y, K, 1, (K - C) // 2)


def _shortcut_first_corner(x: Array, K: int, stride: int) -> Array:
    H, W = (-(-n // stride) for n in x.shape[2:])
    return _shortcut_at(x[:, :, :H, :W], K, 1, (K - x.shape[1]) // 2)


def _shortcut_not_thinned(x: Array, K: int, stride: int) -> Array:
    del stride
    return _shortcut_at(x, K, 1, (K - x.shape[1]) // 2)


def _shortcut_offset(x: Array, K: int, stride: int) -> Array:
    shifted = x[:, :, stride - 1 :: stride, stride - 1 :: stride]
    return _shortcut_at(shifted, K, 1, (K - x.shape[1]) // 2)


def _shortcut_rows_only(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x[:, :, ::stride], K, 1, (K - x.shape[1]) // 2)


def _shortcut_repeated(x: Array, K: int, stride: int) -> Array:
    C = x.shape[1]
    return np.asarray(x[:, np.arange(K) % C, ::stride, ::stride], dtype=float)


def _shortcut_spread(x: Array, K: int, stride: int) -> Array:
    C = x.shape[1]
    y = _shortcut_at(x, K, stride, 0) * 0
    y[:, np.arange(C) * (K // C)] = x[:, :, ::stride, ::stride]
    return y


def _shortcut_floor(x: Array, K: int, stride: int) -> Array:
    H, W = (n // stride for n in x.shape[2:])
    return shortcut_a(x, K, stride)[:, :, :H, :W]


def _shortcut_no_room(x: Array, K: int, stride: int) -> Array:
    B, C, H, W = x.shape
    y = np.zeros((B, K, H // stride, W // stride))
    before = (K - C) // 2
    y[:, before : before + C] = x[:, :, ::stride, ::stride]
    return y


def _shortcut_same_behind(x: Array, K: int, stride: int) -> Array:
    before = (K - x.shape[1]) // 2
    return shortcut_a(x, x.shape[1] + 2 * before, stride)


def _shortcut_quarter(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x, x.shape[1] + 2 * (K // 4), stride, K // 4)


def _shortcut_two(x: Array, K: int, stride: int) -> Array:
    del stride
    return shortcut_a(x, K, 2)


def _shortcut_max(x: Array, K: int, stride: int) -> Array:
    B, C, H, W = x.shape
    y = np.zeros((B, C, -(-H // stride), -(-W // stride)))
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            window = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
            y[:, :, i, j] = window.max(axis=(2, 3))
    return _shortcut_at(y, K, 1, (K - C) // 2)


def _shortcut_columns_only(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x[:, :, :, ::stride], K, 1, (K - x.shape[1]) // 2)


def _shortcut_no_zeros(x: Array, K: int, stride: int) -> Array:
    del K
    return np.asarray(x[:, :, ::stride, ::stride], dtype=float)


def _shortcut_all_new_each_side(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x, 2 * K - x.shape[1], stride, K - x.shape[1])


def _shortcut_half_of_old(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x, K, stride, x.shape[1] // 2)


def _shortcut_half_of_all(x: Array, K: int, stride: int) -> Array:
    return _shortcut_at(x, K, stride, K // 2)


def _shortcut_rows_padded(x: Array, K: int, stride: int) -> Array:
    new = K - x.shape[1]
    widths = ((0, 0), (0, 0), (new // 2, new - new // 2), (0, 0))
    return np.pad(x[:, :, ::stride, ::stride], widths)


def _shortcut_batch_padded(x: Array, K: int, stride: int) -> Array:
    new = K - x.shape[1]
    widths = ((new // 2, new - new // 2), (0, 0), (0, 0), (0, 0))
    return np.pad(x[:, :, ::stride, ::stride], widths)


def _shortcut_zeros_between(x: Array, K: int, stride: int) -> Array:
    kept = np.zeros(x.shape)
    kept[:, :, ::stride, ::stride] = x[:, :, ::stride, ::stride]
    return shortcut_a(kept, K, 1)


def _shortcut_channels_thinned(x: Array, K: int, stride: int) -> Array:
    B, C, _, _ = x.shape
    thinned = x[:, ::stride, ::stride]
    y = np.zeros((B, K, *thinned.shape[2:]))
    y[:, (K - C) // 2 : (K - C) // 2 + C] = thinned
    return y


def _shortcut_negative_end(x: Array, K: int, stride: int) -> Array:
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((len(x), K, *thinned.shape[2:]))
    before = (K - x.shape[1]) // 2
    y[:, before:-before] = thinned
    return y


def _shortcut_same_end(x: Array, K: int, stride: int) -> Array:
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((len(x), K, *thinned.shape[2:]))
    before = (K - x.shape[1]) // 2
    y[:, before : K - before] = thinned
    return y


def _shortcut_ends_at_c(x: Array, K: int, stride: int) -> Array:
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((len(x), K, *thinned.shape[2:]))
    y[:, (K - x.shape[1]) // 2 : x.shape[1]] = thinned
    return y


def _shortcut_pooled(x: Array, K: int, stride: int, largest: bool) -> Array:
    B, C, H, W = x.shape
    h, w = H // stride, W // stride
    tiles = x[:, :, : h * stride, : w * stride].reshape(B, C, h, stride, w, stride)
    pooled = tiles.max(axis=(3, 5)) if largest else tiles.mean(axis=(3, 5))
    return shortcut_a(pooled, K, 1)


def _shortcut_average_pool(x: Array, K: int, stride: int) -> Array:
    return _shortcut_pooled(x, K, stride, largest=False)


def _shortcut_max_pool(x: Array, K: int, stride: int) -> Array:
    return _shortcut_pooled(x, K, stride, largest=True)


def _shortcut_too_much_room(x: Array, K: int, stride: int) -> Array:
    B, C, H, W = x.shape
    y = np.zeros((B, K, H // stride + 1, W // stride + 1))
    before = (K - C) // 2
    y[:, before : before + C] = x[:, :, ::stride, ::stride]
    return y


def _shortcut_each_repeated(x: Array, K: int, stride: int) -> Array:
    return np.repeat(x[:, :, ::stride, ::stride], K // x.shape[1], axis=1).astype(float)


def _shortcut_none_behind(x: Array, K: int, stride: int) -> Array:
    C = x.shape[1]
    return shortcut_a(x, K, stride)[:, : (K - C) // 2 + C]


def _shortcut_ones(x: Array, K: int, stride: int) -> Array:
    return shortcut_a(x, K, stride) + 1 - shortcut_a(np.ones_like(x), K, stride)


SHORTCUT_A = Exercise(
    id="10.shortcut_a",
    title="A skip where the shape changes",
    minutes=6,
    difficulty=2,
    reference=shortcut_a,
    cases=[
        Case(
            np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]),
            3,
            2,
            note="1, 3, 7, 9 are kept; one zero channel before, one behind",
        ),
        Case(
            np.array([[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]]),
            5,
            1,
            note="three new channels: one before, two behind (half of 3, rounded down)",
        ),
        Case(np.arange(24).reshape(1, 2, 3, 4), 4, 2),
        Case(*_random(51, (2, 3, 5, 4)), 6, 2),
        Case(*_random(52, (1, 2, 7, 8)), 4, 3),
        Case(*_random(53, (2, 4, 4, 4)), 8, 2),
        Case(*_random(54, (1, 3, 4, 6)), 3, 2),
    ],
    misconceptions=[
        Misconception(
            "all zero channels behind",
            _shortcut_behind,
            "Half of the new channels go before the old ones: (K − C) // 2.",
        ),
        Misconception(
            "all zero channels before",
            _shortcut_before,
            "Half of the new channels go before the old ones, the rest behind.",
        ),
        Misconception(
            "half, rounded up, before",
            _shortcut_rounded_up,
            "Where the number of new channels is odd, (K − C) // 2 rounds down.",
        ),
        Misconception(
            "means of windows",
            _shortcut_mean,
            "Pixels are left out, not averaged: x[:, :, ::stride, ::stride].",
        ),
        Misconception(
            "the upper left corner is cut out",
            _shortcut_first_corner,
            "Every stride-th pixel is kept, over the whole picture: [::stride], not [:size].",
        ),
        Misconception(
            "the picture is not thinned out",
            _shortcut_not_thinned,
            "The branch has a stride, so the skip has to shrink the picture alike.",
        ),
        Misconception(
            "the last pixel of each step is kept",
            _shortcut_offset,
            "The first pixel of each step is kept, as a 1 × 1 convolution with stride would: "
            "begin at 0.",
        ),
        Misconception(
            "only rows are thinned out",
            _shortcut_rows_only,
            "The stride acts on rows and columns.",
        ),
        Misconception(
            "the old channels are repeated",
            _shortcut_repeated,
            "The new channels are zeros.",
        ),
        Misconception(
            "the old channels are spread out",
            _shortcut_spread,
            "The old channels stay together, with zeros before and behind.",
        ),
        Misconception(
            "the size is rounded down",
            _shortcut_floor,
            "[::stride] keeps the first pixel of a step that is cut short: 3 pixels at stride 2 "
            "leave 2, as a 1 × 1 convolution would.",
        ),
        Misconception(
            "no room for the last row and column",
            _shortcut_no_room,
            "H // stride is one too small where stride does not divide H. Thin out first, and take "
            "the size from what is left.",
        ),
        Misconception(
            "as many zero channels behind as before",
            _shortcut_same_behind,
            "Where K − C is odd, one more goes behind: K − C − before, so that there are K "
            "channels.",
        ),
        Misconception(
            "K // 4 zero channels on each side",
            _shortcut_quarter,
            "K // 4 is right only where the channels double. In general it is (K − C) // 2.",
        ),
        Misconception(
            "K − C zero channels on each side",
            _shortcut_all_new_each_side,
            "K − C is the number of new channels in all: half of them before, the rest behind.",
        ),
        Misconception(
            "a stride of 2 always",
            _shortcut_two,
            "How far to step is an argument: [::stride].",
        ),
        Misconception(
            "the largest value of each window",
            _shortcut_max,
            "Pixels are left out; nothing is compared: x[:, :, ::stride, ::stride].",
        ),
        Misconception(
            "only columns are thinned out",
            _shortcut_columns_only,
            "The stride acts on rows and columns.",
        ),
        Misconception(
            "no channels are added",
            _shortcut_no_zeros,
            "The branch puts out K channels, and the skip is added to it: K − C channels of zeros.",
        ),
        Misconception(
            "C // 2 zero channels before",
            _shortcut_half_of_old,
            "C // 2 is right only where the channels double. In general it is (K − C) // 2.",
        ),
        Misconception(
            "K // 2 zero channels before",
            _shortcut_half_of_all,
            "K counts all the channels of the result. New are K − C, and half of them go before.",
        ),
        Misconception(
            "rows of zeros instead of channels",
            _shortcut_rows_padded,
            "np.pad wants one pair for each axis, in the order (B, C, H, W): the zeros belong to "
            "the second.",
        ),
        Misconception(
            "pictures of zeros instead of channels",
            _shortcut_batch_padded,
            "np.pad wants one pair for each axis, in the order (B, C, H, W): the zeros belong to "
            "the second, the first is the batch.",
        ),
        Misconception(
            "pixels are set to zero instead of left out",
            _shortcut_zeros_between,
            "The branch's result is smaller, and the skip has to shrink alike: keep only "
            "x[:, :, ::stride, ::stride].",
        ),
        Misconception(
            "the stride on the channels",
            _shortcut_channels_thinned,
            "x[:, ::stride, ::stride] steps over channels and rows. Rows and columns are the last "
            "two axes: x[:, :, ::stride, ::stride].",
        ),
        Misconception(
            "the slice ends at −before",
            _shortcut_negative_end,
            "before : −before leaves as many behind as before. Where K − C is odd one more goes "
            "behind, and where K = C the slice 0 : −0 is empty. before : before + C is always "
            "right.",
        ),
        Misconception(
            "the slice ends at K − before",
            _shortcut_same_end,
            "before : K − before leaves as many behind as before, which is one channel too wide "
            "where K − C is odd. The old channels end at before + C.",
        ),
        Misconception(
            "the slice ends at C",
            _shortcut_ends_at_c,
            "A slice is start : stop, not start : length. C channels that begin at before end at "
            "before + C.",
        ),
        Misconception(
            "average pooling",
            _shortcut_average_pool,
            "Pixels are left out, not averaged. And pooling drops a window that is cut short, "
            "where [::stride] keeps its first pixel.",
        ),
        Misconception(
            "max pooling",
            _shortcut_max_pool,
            "Pixels are left out; nothing is compared. And pooling drops a window that is cut "
            "short, where [::stride] keeps its first pixel.",
        ),
        Misconception(
            "room for one row and column too many",
            _shortcut_too_much_room,
            "H // stride + 1 is one too large where stride divides H. Thin out first, and take the "
            "size from what is left.",
        ),
        Misconception(
            "each old channel is repeated beside itself",
            _shortcut_each_repeated,
            "The new channels are zeros, so that they carry nothing until the branch adds to them.",
        ),
        Misconception(
            "no zero channels behind",
            _shortcut_none_behind,
            "K channels are asked for: (K − C) // 2 of zeros before, C old ones, and the rest of "
            "zeros behind.",
        ),
        Misconception(
            "ones instead of zeros",
            _shortcut_ones,
            "The new channels are zeros: the skip adds nothing there, and the branch is left "
            "alone.",
        ),
    ],
    hints=[
        "Keep every stride-th row and column: x[:, :, ::stride, ::stride].",
        "Make zeros of shape (B, K, …) and write the kept pixels into C of the channels.",
        "They begin at channel (K - C) // 2.",
    ],
)


# 10.6 counting


def cifar_parameters(depth: int) -> int:
    """Parameters of a residual network of 6n + 2 layers for CIFAR-10, skips without weights."""
    n = (depth - 2) // 6
    total = 3 * 16 * 9 + 2 * 16  # the first layer, and its normalisation's scale and shift
    C = 16
    for K in (16, 32, 64):
        total += C * K * 9 + 2 * K  # the first convolution of the stage changes the channels
        total += (2 * n - 1) * (K * K * 9 + 2 * K)
        C = K
    return total + 64 * 10 + 10  # the dense layer has a bias


def _count(
    depth: int, norm: int = 2, bias: int = 0, projections: bool = False, dense: int = 650
) -> int:
    n = (depth - 2) // 6
    total, C = 432 + (norm + bias) * 16, 16
    for K in (16, 32, 64):
        total += C * K * 9 + (2 * n - 1) * K * K * 9 + 2 * n * (norm + bias) * K
        if projections and K != C:
            total += C * K + norm * K
        C = K
    return total + dense


def _count_no_norm(depth: int) -> int:
    return _count(depth, norm=0)


def _count_scale_only(depth: int) -> int:
    return _count(depth, norm=1)


def _count_running(depth: int) -> int:
    return _count(depth, norm=4)


def _count_biases(depth: int) -> int:
    return _count(depth, bias=1)


def _count_projections(depth: int) -> int:
    return _count(depth, projections=True)


def _count_no_dense_bias(depth: int) -> int:
    return _count(depth, dense=640)


def _count_no_dense(depth: int) -> int:
    return _count(depth, dense=0)


def _count_equal_channels(depth: int) -> int:
    n = (depth - 2) // 6
    return 464 + sum(2 * n * (K * K * 9 + 2 * K) for K in (16, 32, 64)) + 650


def _count_one_per_block(depth: int) -> int:
    n = (depth - 2) // 6
    total, C = 464, 16
    for K in (16, 32, 64):
        total += C * K * 9 + 2 * K + (n - 1) * (K * K * 9 + 2 * K)
        C = K
    return total + 650


def _count_no_first(depth: int) -> int:
    return _count(depth) - 464


def _count_depth_over_six(depth: int) -> int:
    n = depth // 6 + 1
    return _count(6 * n + 2)


def _count_grey(depth: int) -> int:
    return _count(depth) - 2 * 16 * 9


def _count_extra_convolution(depth: int) -> int:
    return _count(depth) + sum(K * K * 9 + 2 * K for K in (16, 32, 64))


def _count_flat(depth: int) -> int:
    return _count(depth, dense=8 * 8 * 64 * 10 + 10)


def _count_first_not_normalised(depth: int) -> int:
    return _count(depth) - 2 * 16


def _count_colours_again(depth: int) -> int:
    return _count(depth) - 13 * 16 * 9


def _count_norm_per_block(depth: int) -> int:
    n = (depth - 2) // 6
    return _count(depth) - sum(n * 2 * K for K in (16, 32, 64))


def _count_norm_per_stage(depth: int) -> int:
    n = (depth - 2) // 6
    return _count(depth) - sum((2 * n - 1) * 2 * K for K in (16, 32, 64))


def _count_one_stage_of_each(depth: int) -> int:
    n = (depth - 2) // 2
    return _count(6 * n + 2)


def _count_first_norm_per_stage(depth: int) -> int:
    return _count(depth) - sum(2 * K for K in (16, 32, 64))


def _count_channels_stay(depth: int) -> int:
    return _count(depth) - 16 * 64 * 9


def _count_flat_filters(depth: int) -> int:
    n = (depth - 2) // 6
    return 16 * 9 + 2 * 16 + sum(2 * n * (K * 9 + 2 * K) for K in (16, 32, 64)) + 650


CIFAR_PARAMETERS = Exercise(
    id="10.cifar_parameters",
    title="Counting a network of any depth",
    minutes=9,
    difficulty=3,
    reference=cifar_parameters,
    cases=[
        Case(
            8,
            note=(
                "n = 1: 464, then 2·2336, then 4672 + 9280, then 18560 + 36992, then 650: 75,290"
            ),
        ),
        Case(14),
        Case(20),
        Case(56),
        Case(110),
    ],
    misconceptions=[
        Misconception(
            "normalisations are not counted",
            _count_no_norm,
            "Each convolution is followed by a scale and a shift for each of its maps.",
        ),
        Misconception(
            "one number for each normalised map",
            _count_scale_only,
            "Each map has a scale γ *and* a shift β.",
        ),
        Misconception(
            "running statistics are counted",
            _count_running,
            "Running mean and variance are kept, but they are not parameters: no gradient moves "
            "them.",
        ),
        Misconception(
            "convolutions with biases",
            _count_biases,
            "Before batch normalisation a bias would be useless (lesson 09), so there is none.",
        ),
        Misconception(
            "skips with projections",
            _count_projections,
            "These skips pad with zeros and have no weights. (With projections it would be "
            "shortcut B.)",
        ),
        Misconception(
            "the dense layer's bias is left out",
            _count_no_dense_bias,
            "No normalisation follows the dense layer: it has 10 biases.",
        ),
        Misconception(
            "the dense layer is left out",
            _count_no_dense,
            "64 means go to 10 scores: 650 parameters.",
        ),
        Misconception(
            "every convolution of a stage has equal channels",
            _count_equal_channels,
            "The first convolution of a stage still sees the channels of the stage before: "
            "16·32·9, not 32·32·9.",
        ),
        Misconception(
            "one convolution in each block",
            _count_one_per_block,
            "A block has two: 2n convolutions in each stage, 6n in all, plus the first layer and "
            "the dense one.",
        ),
        Misconception(
            "the first layer is left out",
            _count_no_first,
            "Before the blocks stands a convolution from 3 channels to 16.",
        ),
        Misconception(
            "one block too many",
            _count_depth_over_six,
            "depth = 6n + 2, so n = (depth − 2) / 6.",
        ),
        Misconception(
            "grey pictures",
            _count_grey,
            "CIFAR's pictures have three colour channels.",
        ),
        Misconception(
            "2n convolutions after the first of a stage",
            _count_extra_convolution,
            "A stage has 2n convolutions with its first: 2n − 1 follow.",
        ),
        Misconception(
            "the dense layer sees every pixel",
            _count_flat,
            "The means of the 64 maps go to the dense layer: 64·10 weights, not 8·8·64·10.",
        ),
        Misconception(
            "the first layer is not normalised",
            _count_first_not_normalised,
            "The first convolution is followed by a normalisation as well: 2·16.",
        ),
        Misconception(
            "the first stage sees the colours",
            _count_colours_again,
            "The layer before the blocks has made 16 channels of the 3 colours: 16·16·9.",
        ),
        Misconception(
            "one normalisation in each block",
            _count_norm_per_block,
            "Each of the two convolutions of a block has its own: 4K for each block.",
        ),
        Misconception(
            "one normalisation in each stage",
            _count_norm_per_stage,
            "Every convolution has its own: 2n in each stage.",
        ),
        Misconception(
            "the normalisation of a stage's first convolution is left out",
            _count_first_norm_per_stage,
            "The convolution that changes the channels is normalised as well: 2K.",
        ),
        Misconception(
            "n = (depth − 2) / 2",
            _count_one_stage_of_each,
            "A block has two convolutions, and there are *three* stages of n blocks: 6n + 2 "
            "layers.",
        ),
        Misconception(
            "the last stage sees 16 channels",
            _count_channels_stay,
            "After each stage the channels have changed: C has to follow, C = K.",
        ),
        Misconception(
            "filters are taken for flat, without the depth C",
            _count_flat_filters,
            "Each filter spans all the channels that come in: 9·C weights, and K filters have "
            "9·C·K.",
        ),
    ],
    hints=[
        "depth = 6n + 2: three stages of n blocks, each of two convolutions; which two are left?",
        "A convolution from C to K channels has 9CK weights, and its normalisation 2K.",
        "In each stage one convolution changes the channels, and 2n − 1 do not.",
    ],
)

EXERCISES = [BLOCK, BLOCK_BACKWARD, GRADIENT_THROUGH, PATH_WEIGHTS, SHORTCUT_A, CIFAR_PARAMETERS]
