"""What ConvArithmeticExplorer says beside the maps: what is read by no window."""

from __future__ import annotations

from course_utils.explorers.conv_arithmetic.sizes import Sizes
from course_utils.explorers.shared.number_text import many
from course_utils.explorers.shared.option_readers import Pair


def notes(sizes: Sizes, left: Pair, unread: int, dead: int) -> tuple[str, ...]:
    """What the floor drops, how much of the input takes part, and outputs without any input."""
    found = []
    if any(left):
        parts = [
            f"{many(left[0], 'row')} at the bottom" if left[0] else "",
            f"{many(left[1], 'column')} at the right" if left[1] else "",
        ]
        where = " and ".join(part for part in parts if part)
        padded = " of the padded input" if any(sizes.padding) else ""
        verb = "is" if sum(left) == 1 else "are"
        found.append(f"The floor drops a remainder: {where}{padded} {verb} read by no window.")
    cells = sizes.input_size[0] * sizes.input_size[1]
    if unread:
        found.append(f"Of the {many(cells, 'input cell')}, {unread} take part in no output.")
    else:
        found.append("Every input cell takes part in the output.")
    if dead:
        verb = "has" if dead == 1 else "have"
        found.append(f"{many(dead, 'output cell')} {verb} no input cell below the kernel: zero.")
    return tuple(found)
