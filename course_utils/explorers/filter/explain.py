"""What FilterExplorer computes: the filtered picture, and the sum at the focus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_utils import ops
from course_utils.explorers.filter.padding import padded
from course_utils.explorers.filter.state import FilterState
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.option_readers import Pair
from course_utils.explorers.shared.windows import span


@dataclass(frozen=True, eq=False)
class Filtered:
    """
    What `explain` finds.

    ``before`` are the rows and columns that lie before the picture in ``padded``; ``used`` is the
    kernel as it is laid on the ``window``; ``total`` is the sum of ``products``.
    """

    padded: Array
    before: Pair
    used: Array
    output: Array
    window: Array
    products: Array
    total: float
    torch_line: str
    sizes: tuple[str, str]


def explain(state: FilterState) -> Filtered:
    """Filter the picture, and take the sum at the focus apart.

    y[i, j] = Σ x̃[S i + d a, S j + d b] w[a, b], where x̃ is the padded picture and w the kernel,
    flipped along both axes for a true convolution.
    """
    d = state.dilation
    x = padded(state.image, state.borders, state.padding_mode)
    used = np.ascontiguousarray(state.kernel[::-1, ::-1] if state.flip else state.kernel)
    y = ops.conv2d(x[None, None], used[None, None], stride=state.stride, dilation=d)[0, 0]
    rows, columns = state.kernel_size
    i, j = state.focus[0] * state.stride, state.focus[1] * state.stride
    window = x[i : i + span(rows, d) : d, j : j + span(columns, d) : d]
    return Filtered(
        padded=x,
        before=(state.borders[0][0], state.borders[1][0]),
        used=used,
        output=y,
        window=window,
        products=window * used,
        total=float(y[state.focus]),
        torch_line=torch_line(state),
        sizes=(_size_line(state, 0), _size_line(state, 1)),
    )


def torch_line(state: FilterState) -> str:
    """The line of PyTorch that computes the output, for x (1, 1, H, W) and w (1, 1, kH, kW)."""
    (top, bottom), (left, right) = state.borders
    x, options = "x", []
    if state.stride != 1:
        options.append(f"stride={state.stride}")
    if top or bottom or left or right:
        if state.padding_mode == "zeros":
            options.append(f"padding={state.padding!r}".replace("'", '"'))
        else:
            x = f'F.pad(x, ({left}, {right}, {top}, {bottom}), mode="{state.padding_mode}")'
    if state.dilation != 1:
        options.append(f"dilation={state.dilation}")
    w = "w.flip(-2, -1)" if state.flip else "w"
    return f"y = F.conv2d({', '.join([x, w, *options])})"


def _size_line(state: FilterState, axis: int) -> str:
    """The formula of the output size with the numbers put in."""
    n, f, s, d = state.image.shape[axis], state.kernel_size[axis], state.stride, state.dilation
    before, after = state.borders[axis]
    pad = f" + 2·{before}" if before == after else f" + {before} + {after}"
    pad = pad if before + after else ""
    return f"⌊({n}{pad} − {d}·({f} − 1) − 1) / {s}⌋ + 1 = {state.output_shape[axis]}"
