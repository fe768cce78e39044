"""The state of FilterExplorer and what follows from it: pure functions, no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import numpy as np

from course_utils import ops
from course_utils.explorers.filter import presets as kernels
from course_utils.explorers.filter.pictures import PICTURES
from course_utils.explorers.shared.arrays import Array, numbers, short

LARGEST_SIDE = 512  # of a picture
LARGEST_KERNEL = 11  # of a filter: the page shows every weight
STRIDES = range(1, 9)
PADDINGS = range(17)
DILATIONS = range(1, 17)
# Names of torch.nn.Conv2d's padding_mode, and what numpy.pad calls the same.
PADDING_MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
CUSTOM = "custom"  # a kernel that is no preset
OWN = "your array"  # a picture that is not one of ours

Padding = int | Literal["same"]


@dataclass(frozen=True, eq=False)
class FilterState:
    """
    Everything that FilterExplorer shows, as one value.

    ``focus`` is the row and column of the output value that is looked at.
    """

    image: Array
    kernel: Array
    preset: str = CUSTOM
    stride: int = 1
    padding: Padding = 0
    dilation: int = 1
    padding_mode: str = "zeros"
    flip: bool = False
    focus: tuple[int, int] = (0, 0)
    pinned: bool = False
    picture: str = OWN

    @property
    def kernel_size(self) -> tuple[int, int]:
        """Rows and columns of the kernel."""
        return self.kernel.shape[0], self.kernel.shape[1]


@dataclass(frozen=True, eq=False)
class Filtered:
    """What `explain` finds."""

    padded: Array
    before: tuple[int, int]
    used: Array
    output: Array
    window: Array
    products: Array
    total: float
    torch_line: str
    sizes: tuple[str, str]


def span(side: int, dilation: int) -> int:
    """Cells that a dilated filter covers along one axis: d (F − 1) + 1."""
    return dilation * (side - 1) + 1


def borders(state: FilterState) -> tuple[tuple[int, int], tuple[int, int]]:
    """Cells added before and after, along the rows and along the columns."""
    if state.padding == "same":
        top, bottom = ops.same_padding(state.kernel.shape[0], state.dilation)
        left, right = ops.same_padding(state.kernel.shape[1], state.dilation)
        return (top, bottom), (left, right)
    return (state.padding, state.padding), (state.padding, state.padding)


def problem(state: FilterState) -> str:
    """Say why the parts of a state do not go together."""
    if state.padding == "same" and state.stride != 1:
        return (
            f'padding="same" keeps the size only at stride 1, and the stride is {state.stride}; '
            "PyTorch refuses it too: give the padding as a number"
        )
    for axis, name in enumerate(("rows", "columns")):
        side, have = state.kernel.shape[axis], state.image.shape[axis]
        before, after = borders(state)[axis]
        if state.padding_mode == "reflect" and max(before, after) >= have:
            return (
                f"reflect padding mirrors the picture about its edge, so it has at most "
                f"{have - 1} {name} to give, not {max(before, after)}"
            )
        if state.padding_mode == "circular" and max(before, after) > have:
            return (
                f"circular padding repeats the picture once, so it has at most "
                f"{have} {name} to give, not {max(before, after)}"
            )
        total = have + before + after
        if span(side, state.dilation) > total:
            dilated = f"with dilation {state.dilation} " if state.dilation > 1 else ""
            covered = span(side, state.dilation)
            return (
                f"{dilated}the {side} {name} of the kernel span {covered} cells, "
                f"but the padded picture has only {total} {name}"
            )
    return ""


def with_changes(state: FilterState, changes: Mapping[str, Any]) -> FilterState:
    """Apply changes to a state."""
    new = state
    new = _with_picture(new, changes)
    new = _with_kernel(new, changes)
    if "stride" in changes:
        new = replace(new, stride=_whole("stride", changes["stride"], STRIDES))
    if "padding" in changes:
        asked = changes["padding"]
        whole = asked if asked == "same" else _whole("padding", asked, PADDINGS, 'or "same"')
        new = replace(new, padding=cast(Padding, whole))
    if "dilation" in changes:
        new = replace(new, dilation=_whole("dilation", changes["dilation"], DILATIONS))
    if "padding_mode" in changes:
        mode = changes["padding_mode"]
        if mode not in PADDING_MODES:
            choices = ", ".join(PADDING_MODES)
            raise ValueError(f"padding_mode must be one of {choices}, not {short(mode)}")
        new = replace(new, padding_mode=mode)
    if "flip" in changes:
        new = replace(new, flip=_switch("flip", changes["flip"]))
    if "pinned" in changes:
        new = replace(new, pinned=_switch("pinned", changes["pinned"]))
    reason = problem(new)
    if reason:
        raise ValueError(reason)
    return _with_focus(new, changes.get("focus", new.focus))


def _with_picture(state: FilterState, changes: Mapping[str, Any]) -> FilterState:
    name = changes.get("picture")
    if "image" in changes:
        return replace(state, image=picture(changes["image"]), picture=str(name or OWN))
    if changes.get("upload"):
        try:
            grey = np.frombuffer(changes["upload"], dtype=np.uint8).reshape(changes["upload_size"])
        except (KeyError, TypeError, ValueError):
            raise ValueError("the uploaded picture is damaged: its size does not fit") from None
        return replace(state, image=picture(grey), picture=str(name or OWN))
    if name is None or name == state.picture:
        return state
    if name not in PICTURES:
        raise ValueError(f"there is no picture called {name!r}; choose from {', '.join(PICTURES)}")
    return replace(state, image=numbers(PICTURES[name][1](), "image", 2), picture=name)


def _with_kernel(state: FilterState, changes: Mapping[str, Any]) -> FilterState:
    new = state
    if "preset" in changes and changes["preset"] != CUSTOM:
        made = kernels.preset(changes["preset"])
        new = replace(new, kernel=numbers(made, "kernel", 2), preset=changes["preset"])
    if "kernel_size" in changes:
        rows, columns = _size(changes["kernel_size"])
        chosen = kernels.PRESETS.get(new.preset)
        if chosen and chosen.resizable:
            made = chosen.make(rows, columns)
        else:
            made = kernels.resize(new.kernel, rows, columns)
        if (rows, columns) != new.kernel_size:
            kept = new.preset if chosen and chosen.resizable else CUSTOM
            new = replace(new, kernel=numbers(made, "kernel", 2), preset=kept)
    if "kernel" in changes:
        typed = numbers(changes["kernel"], "kernel", 2)
        _size(typed.shape)
        if not np.array_equal(typed, new.kernel):
            new = replace(new, kernel=typed, preset=CUSTOM)
    return new


def picture(value: Any) -> Array:
    """Turn an array into a picture: two axes of finite numbers.

    Bytes (uint8) become 0 to 1. A colour picture, (H, W, 3) or (3, H, W), becomes grey with the
    weights 0.299, 0.587, 0.114 of ITU-R BT.601.
    """
    raw = np.asarray(value)
    scaled = raw / 255 if raw.dtype == np.uint8 else raw
    if raw.ndim == 3 and raw.shape[-1] in (3, 4):
        scaled = scaled[..., :3] @ np.array([0.299, 0.587, 0.114])
    elif raw.ndim == 3 and raw.shape[0] == 3:
        scaled = np.tensordot([0.299, 0.587, 0.114], scaled, axes=1)
    image = numbers(scaled, "image", 2)
    if max(image.shape) > LARGEST_SIDE:
        step = -(-max(image.shape) // LARGEST_SIDE)
        raise ValueError(
            f"image {image.shape} is larger than {LARGEST_SIDE} a side; "
            f"take a part of it, or every other pixel: image[::{step}, ::{step}]"
        )
    return image


def explain(state: FilterState) -> Filtered:
    """Filter the picture, and take the sum at the focus apart.

    y[i, j] = Σ x̃[S i + d a, S j + d b] w[a, b], where x̃ is the padded picture and w the kernel,
    flipped along both axes for a true convolution.
    """
    (top, bottom), (left, right) = borders(state)
    padded = np.pad(
        state.image,
        ((top, bottom), (left, right)),
        mode=cast(Any, PADDING_MODES[state.padding_mode]),
    )
    used = state.kernel[::-1, ::-1] if state.flip else state.kernel
    used = np.ascontiguousarray(used)
    output = ops.conv2d(
        padded[None, None], used[None, None], stride=state.stride, dilation=state.dilation
    )[0, 0]
    rows, columns = state.kernel.shape
    i, j = state.focus[0] * state.stride, state.focus[1] * state.stride
    window = padded[
        i : i + span(rows, state.dilation) : state.dilation,
        j : j + span(columns, state.dilation) : state.dilation,
    ]
    return Filtered(
        padded=padded,
        before=(top, left),
        used=used,
        output=output,
        window=window,
        products=window * used,
        total=float(output[state.focus]),
        torch_line=torch_line(state),
        sizes=(_size_line(state, 0), _size_line(state, 1)),
    )


def torch_line(state: FilterState) -> str:
    """The line of PyTorch that computes the output, for x (1, 1, H, W) and w (1, 1, kH, kW)."""
    (top, bottom), (left, right) = borders(state)
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


def choices(state: FilterState) -> dict[str, list[Any]]:
    """Values that each control may take while the others stay; the page offers no others."""
    rows, columns = state.kernel.shape
    sides = range(1, LARGEST_KERNEL + 1)

    def fits(**part: Any) -> bool:
        return not problem(replace(state, **part))

    return {
        "stride": [s for s in STRIDES if fits(stride=s)],
        "padding": [p for p in (*PADDINGS, "same") if fits(padding=p)],
        "dilation": [d for d in DILATIONS if fits(dilation=d)],
        "padding_mode": [m for m in PADDING_MODES if fits(padding_mode=m)],
        "rows": [r for r in sides if fits(kernel=np.zeros((r, columns)))],
        "columns": [c for c in sides if fits(kernel=np.zeros((rows, c)))],
    }


def _with_focus(state: FilterState, focus: Any) -> FilterState:
    try:
        i, j = (int(v) for v in focus)
    except (TypeError, ValueError):
        raise ValueError(f"focus must be a row and a column, not {short(focus)}") from None
    rows, columns = _output_shape(state)
    inside = (min(max(i, 0), rows - 1), min(max(j, 0), columns - 1))
    return replace(state, focus=inside)


def _output_shape(state: FilterState) -> tuple[int, int]:
    rows, columns = (
        ops.output_size(
            state.image.shape[axis] + sum(borders(state)[axis]),
            state.kernel.shape[axis],
            stride=state.stride,
            dilation=state.dilation,
        )
        for axis in (0, 1)
    )
    return rows, columns


def _size_line(state: FilterState, axis: int) -> str:
    n, f, s, d = state.image.shape[axis], state.kernel.shape[axis], state.stride, state.dilation
    before, after = borders(state)[axis]
    pad = f" + 2·{before}" if before == after else f" + {before} + {after}"
    pad = pad if before + after else ""
    size = _output_shape(state)[axis]
    return f"⌊({n}{pad} − {d}·({f} − 1) − 1) / {s}⌋ + 1 = {size}"


def _whole(name: str, value: Any, allowed: range, also: str = "") -> int:
    words = f"{name} must be a whole number from {allowed[0]} to {allowed[-1]}"
    words = f"{words} {also}".rstrip()
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(f"{words}, not {short(value)}")
    if value not in allowed:
        raise ValueError(f"{words}, not {value}")
    return int(value)


def _switch(name: str, value: Any) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False, not {short(value)}")
    return bool(value)


def _size(value: Any) -> tuple[int, int]:
    allowed = range(1, LARGEST_KERNEL + 1)
    try:
        rows, columns = value
    except (TypeError, ValueError):
        raise ValueError(f"kernel_size must be rows and columns, not {short(value)}") from None
    return _whole("rows of the kernel", rows, allowed), _whole(
        "columns of the kernel", columns, allowed
    )
