"""The lines of PyTorch that compute what PoolExplorer shows."""

from __future__ import annotations

from course_utils.explorers.pool.state import PoolState
from course_utils.explorers.shared.option_readers import Pair


def torch_lines(state: PoolState) -> tuple[str, ...]:
    """The lines that compute the same, for x (1, 1, H, W) and g as large as y.

    `max_pool2d` gives ties to the first, `amax` splits them. `lp_pool2d` raises to the power
    without taking absolute values, so that odd powers of negative numbers cancel, and a root of
    a negative sum is NaN; with an odd p the absolute values are therefore taken before.
    """
    size, stride, padding = (_plain(v) for v in (state.kernel_size, state.stride, state.padding))
    options = [str(size)]
    if state.stride != state.kernel_size:
        options.append(f"stride={stride}")
    (top, left), pads = state.padding, any(state.padding)
    around = f"({left}, {left}, {top}, {top})"
    if state.kind == "max" and state.ties == "split":
        x = f"F.pad(x, {around}, value=-torch.inf)" if pads else "x"
        (a, b), (s, t) = state.kernel_size, state.stride
        line = f"y = {x}.unfold(2, {a}, {s}).unfold(3, {b}, {t}).amax((-2, -1))"
    elif state.kind == "lp":
        x = "x" if state.p % 2 == 0 else "x.abs()"
        x = f"F.pad({x}, {around})" if pads else x
        line = f"y = F.lp_pool2d({', '.join([x, str(float(state.p)), *options])})"
    else:
        if pads:
            options.append(f"padding={padding}")
            if state.kind == "average" and not state.count_include_pad:
                options.append("count_include_pad=False")
        name = "max" if state.kind == "max" else "avg"
        line = f"y = F.{name}_pool2d(x, {', '.join(options)})"
    moved = f"x.roll({state.shift}, (-2, -1))" if any(state.shift) else "x"
    if state.backward:
        return f"x = {moved}.requires_grad_()", line, "y.backward(g)"
    return (f"x = {moved}", line) if any(state.shift) else (line,)


def _plain(pair: Pair) -> int | Pair:
    return pair[0] if pair[0] == pair[1] else pair
