"""ConvArithmeticExplorer: which cells a convolution reads, and how many outputs that makes."""

from __future__ import annotations

from typing import Any

from course_utils.explorers.base import Explorer
from course_utils.explorers.conv_arithmetic.explain import Convolved, explain
from course_utils.explorers.conv_arithmetic.formula import AxisSize, letters
from course_utils.explorers.conv_arithmetic.snapshot import draw_snapshot
from course_utils.explorers.conv_arithmetic.state import ConvArithmeticState, with_changes
from course_utils.explorers.conv_arithmetic.valid_options import choices, turning_problem
from course_utils.explorers.options import ArrayOption, PairOption, option
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.number_text import by, many, rounded
from course_utils.explorers.shared.option_readers import Pair
from course_utils.explorers.shared.small_maps import MAPS, WEIGHTS, labels


class ConvArithmeticExplorer(Explorer[ConvArithmeticState, Convolved]):
    """
    Slide a kernel over a small map, forward or transposed, and count the outputs.

    In the page: step the sizes up and down, for rows and columns apart or together; point at a
    cell, or move with the arrow keys, to see which cells it is made of; play; turn around to the
    transposed convolution, which leads back to the size from which it came. In Python: set the
    inputs below, read `y` and `explain`.

    Examples
    --------
    >>> explorer = ConvArithmeticExplorer(input_size=(8, 9), kernel_size=3, stride=2)
    >>> explorer.y.shape, explorer.explain().axes[0].text
    ((3, 4), '⌊(8 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = ⌊2.5⌋ + 1 = 2 + 1 = 3')
    >>> explorer.transposed = True
    >>> explorer.y.shape, explorer.output_padding
    ((8, 9), (1, 0))
    """

    x: ArrayOption = option(
        default=None, ndim=2, kw_only=False, doc="The input, (H, W), at most 14 a side."
    )
    w: ArrayOption = option(
        default=None, ndim=2, kw_only=False, doc="The kernel, (kH, kW), at most 6 a side."
    )
    x_preset: str = option(default="digits", doc=f"The input by name instead: {', '.join(MAPS)}.")
    w_preset: str = option(
        default="mixed", doc=f"The kernel by name instead: {', '.join(WEIGHTS)}."
    )
    input_size: PairOption = option(default=(8, 9), doc="Rows and columns of the input.")
    kernel_size: PairOption = option(default=3, doc="Rows and columns of the kernel.")
    stride: PairOption = option(
        default=2, fact=False, doc="Steps from window to window, as in PyTorch."
    )
    padding: PairOption = option(
        default=0, fact=False, doc="Zeros added on every side, as in PyTorch."
    )
    dilation: PairOption = option(
        default=1, doc="Steps from weight to weight inside the kernel, as in PyTorch."
    )
    output_padding: PairOption = option(
        default=0, fact=False, doc="Rows and columns added to a transposed output, as in PyTorch."
    )
    transposed: bool = option(
        default=False,
        doc="True for the transposed convolution. Turning an explorer around makes its output size "
        "the input size, and the remainder of the division the output padding.",
    )
    focus: Pair = option(
        default=(1, 1),
        light=True,
        doc="Row and column of the output value that is looked at; kept inside the output.",
    )

    _next = staticmethod(with_changes)
    _explain = staticmethod(explain)
    _draw = staticmethod(draw_snapshot)
    _found_facts = "grid kinds read reached used step start output notes torch_line"

    @property
    def y(self) -> Array:
        """The output (M, M')."""
        return self.explain().output

    def _start(self) -> ConvArithmeticState:
        return ConvArithmeticState()

    def _mirror(self, state: ConvArithmeticState) -> dict[str, Any]:
        own = super()._mirror(state)
        return own | {n: v for n, v in vars(state.sizes).items() if n in self.inputs}

    def _facts(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        return {
            "maps": labels(MAPS),
            "weights": labels(WEIGHTS),
            "letters": letters(state.sizes),
            "axes": [_axis_facts(axis) for axis in found.axes],
            "choices": choices(state.sizes),
            "turning_problem": turning_problem(state.sizes),
        }

    def _words(self) -> list[str]:
        state, found = self.state, self.explain()
        sizes = state.sizes
        name = "transposed convolution" if sizes.transposed else "convolution"
        return [
            f"ConvArithmeticExplorer: {name}, input {by(sizes.input_size)}, "
            f"kernel {by(sizes.kernel_size)}, output {by(found.output.shape)}",
            *(f"{axis.axis}: {axis.text}" for axis in found.axes),
            *found.notes,
            f"y[{state.focus[0]}, {state.focus[1]}] = {rounded(found.total)}, "
            f"a sum of {many(len(found.terms), 'product')}",
            found.torch_line,
        ]


def _axis_facts(axis: AxisSize) -> dict[str, Any]:
    return {**vars(axis), "ratio": f"{axis.room / axis.divisor:.3g}"}
