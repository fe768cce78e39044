"""The formula of the output size, in letters and with the numbers put in."""

from __future__ import annotations

from dataclasses import dataclass

from course_utils.explorers.conv_arithmetic.sizes import AXES, Sizes, output_side, room_for_steps


@dataclass(frozen=True)
class AxisSize:
    """
    The size along one axis, worked out.

    ``size`` = ``steps`` + 1 with ``steps`` = ⌊``room`` / S⌋ going forward, and ``left`` the
    remainder; in a transposed convolution ``size`` is the sum itself, ``room`` and ``steps`` equal
    it less one, and ``left`` is zero. ``numbers`` is the formula with the numbers put in: the
    dividend alone where there is a division, by ``divisor``.
    """

    axis: str
    numbers: str
    divisor: int
    room: int
    steps: int
    left: int
    size: int
    text: str


def letters(sizes: Sizes) -> str:
    """The formula in letters."""
    if sizes.transposed:
        return "N = (M − 1)·S − 2P + d·(F − 1) + 1 + output padding"
    return "M = ⌊(N + 2P − d·(F − 1) − 1) / S⌋ + 1"


def worked_out(sizes: Sizes, axis: int) -> AxisSize:
    """Put the numbers into the formula."""
    n, f = sizes.input_size[axis], sizes.kernel_size[axis]
    s, p, d = sizes.stride[axis], sizes.padding[axis], sizes.dilation[axis]
    size = output_side(sizes, axis)
    if sizes.transposed:
        numbers = f"({n} − 1)·{s} − 2·{p} + {d}·({f} − 1) + 1 + {sizes.output_padding[axis]}"
        text = f"{numbers} = {size}"
        return AxisSize(AXES[axis], numbers, 1, size - 1, size - 1, 0, size, text)
    numbers = f"{n} + 2·{p} − {d}·({f} − 1) − 1"
    room = room_for_steps(sizes, axis)
    steps, left = divmod(room, s)
    text = f"⌊({numbers}) / {s}⌋ + 1 = ⌊{room} / {s}⌋ + 1"
    if left:
        text += f" = ⌊{room / s:.3g}⌋ + 1"
    text += f" = {steps} + 1 = {size}"
    return AxisSize(AXES[axis], numbers, s, room, steps, left, size, text)
