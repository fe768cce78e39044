"""FeatureMapExplorer: one filter, its slices, a partial map for each channel, and their sum."""

from __future__ import annotations

from typing import Any

import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.base import Explorer
from course_utils.explorers.feature_map.sources import (
    SCENES,
    Source,
    from_filters,
    from_network,
    scene,
)
from course_utils.explorers.feature_map.state import (
    OWN,
    FeatureMapState,
    Stacked,
    explain,
    whole_sum,
    with_changes,
)
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import Array, ArrayTrait, numbers, wire
from course_utils.explorers.shared.bundle import bundle, styles
from course_utils.plotting import INPUT, KERNEL, OUTPUT


class FeatureMapExplorer(Explorer[FeatureMapState]):
    """
    Take a feature map apart: what each channel gives to it, the sum, the bias, ReLU.

    In the page: choose a picture, a layer and a filter; add the channels one by one; point at a
    place, or move with the arrow keys, to see each channel's share of it. In Python: set the
    inputs below, read `explain`.

    Parameters
    ----------
    image : array_like, optional
        Picture (C, H, W), or grey (H, W).
    weight : array_like, optional
        Filters (K, C/groups, kH, kW) for it.
    bias : array_like, optional
        Their biases (K,).
    network : nn.Module or torch.nn.Module, optional
        Instead of filters: every ``Conv2d`` that is reached can be looked at.
    layer : str, optional
        Which one, by the network's own name for it.
    scene : str, optional
        Without all of these, a scene that is ready: astronaut, coffee, lenet.
    filter : int, optional
        The filter k.
    focus : tuple of int, optional
        Row and column of the map that are looked at.
    terms : int, optional
        How many terms are added: channels, then the bias, then ReLU; all if not given.
    stride, padding, dilation, groups : optional
        For ``weight``, as `course_utils.ops.conv2d` takes them.

    Raises
    ------
    TypeError
        If the network is none.
    ValueError
        If inputs do not go together; the message says why.

    Examples
    --------
    >>> explorer = FeatureMapExplorer(filter=0, focus=(50, 20))
    >>> found = explorer.explain()
    >>> found.names, found.partial.shape
    (['red', 'green', 'blue'], (3, 76, 76))
    >>> bool(abs(sum(found.values) + found.bias - found.total[50, 20]) < 1e-12)
    True
    """

    def __init__(
        self,
        image: Any = None,
        weight: Any = None,
        bias: Any = None,
        *,
        network: Any = None,
        layer: str | None = None,
        scene: str | None = None,
        filter: int | None = None,  # noqa: A002
        focus: tuple[int, int] | None = None,
        terms: int | None = None,
        stride: Any = None,
        padding: Any = None,
        dilation: Any = None,
        groups: int | None = None,
    ) -> None:
        asked = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        options = {name: value for name, value in asked.items() if value is not None}
        self._source = _source(image, weight, bias, network, options)
        super().__init__(scene=scene, layer=layer, filter=filter, focus=focus, terms=terms)

    inputs = ("image", "scene", "layer", "filter", "focus", "terms")
    light = frozenset({"focus", "terms"})

    _esm = bundle("feature_map/page.js")
    _css = styles("shared/view.css", "shared/map_sheet.css", "feature_map/page.css")

    image = ArrayTrait(3, sync=False)
    scene = traitlets.Unicode("astronaut").tag(sync=True)
    layer = traitlets.Unicode("filters").tag(sync=True)
    filter = traitlets.Any(0).tag(sync=True)
    focus = traitlets.Tuple(default_value=(0, 0)).tag(sync=True)
    terms = traitlets.Any(0).tag(sync=True)

    channel_bytes = traitlets.Bytes(b"").tag(sync=True)
    partial_bytes = traitlets.Bytes(b"").tag(sync=True)
    total_bytes = traitlets.Bytes(b"").tag(sync=True)
    relu_bytes = traitlets.Bytes(b"").tag(sync=True)
    map_bytes = traitlets.Bytes(b"").tag(sync=True)

    def explain(self) -> Stacked:
        """
        Give the numbers that are shown.

        Returns
        -------
        Stacked
            See `course_utils.explorers.feature_map.state.explain`.
        """
        return explain(self.state)

    def summary(self) -> str:
        """
        Say in words and rounded numbers what is shown.

        Returns
        -------
        str
            Three lines.
        """
        state, found = self.state, explain(self.state)
        i, j = state.focus
        K, C, kH, kW = state.here.weight.shape
        sum_ = " + ".join(f"{_number(v)} ({n})" for v, n in _few(found))
        return "\n".join(
            [
                f"FeatureMapExplorer: {state.scene}, {state.layer}, filter {state.filter} of {K}, "
                f"{C} × {kH} × {kW}",
                f"y[{state.filter}, {i}, {j}] = {sum_} + {_number(found.bias)} (bias) = "
                f"{_number(found.total[i, j])}; after ReLU {_number(found.after_relu[i, j])}",
                found.torch_line,
            ]
        )

    def _begin(self) -> FeatureMapState:
        first = self._source.layers[0]
        return whole_sum(FeatureMapState(self._source, first.name))

    def _next(self, state: FeatureMapState, changes: dict[str, Any]) -> FeatureMapState:
        return with_changes(state, changes)

    def _results(self, state: FeatureMapState) -> dict[str, Any]:
        found, layer = explain(state), state.here
        signed = max(float(abs(v).max()) for v in (found.partial, found.total))
        return {
            "channel_bytes": wire(found.channels),
            "partial_bytes": wire(found.partial),
            "total_bytes": wire(found.total),
            "relu_bytes": wire(found.after_relu),
            "map_bytes": wire(found.maps),
            "facts": {
                "scene": state.scene,
                "scenes": {name: label for name, (label, _) in SCENES.items()},
                "layer": state.layer,
                "layers": [one.name for one in state.source.layers],
                "filter": state.filter,
                "channels": found.names,
                "colour": found.names == ["red", "green", "blue"],
                "channel_shape": list(found.channels.shape),
                "weight_shape": list(layer.weight.shape),
                "map_shape": list(found.maps.shape),
                "slices": found.slices.tolist(),
                "bias": found.bias,
                "stride": layer.stride,
                "padding": layer.padding,
                "dilation": layer.dilation,
                "channel_scale": colours.scale_of(found.channels).plain(),
                "signed_largest": signed or 1.0,
                "torch_line": found.torch_line,
            },
        }

    def _draw(self, figure: Figure) -> None:
        state, found = self.state, explain(self.state)
        shown = min(len(found.partial), 4)
        axes = figure.subplots(2, shown + 1, squeeze=False)
        largest = max(float(abs(v).max()) for v in (found.partial, found.total)) or 1.0
        signed = colours.Scale(True, -largest, largest)
        grey = colours.scale_of(found.channels)
        for c in range(shown):
            _show(axes[0, c], found.channels[c], found.names[c], INPUT, grey)
            _show(axes[1, c], found.partial[c], "its partial map", KERNEL, signed)
        more = len(found.partial) - shown
        title = f"sum{f' with {more} more channels' if more else ''}, bias {_number(found.bias)}"
        _show(axes[0, shown], found.total, title, OUTPUT, signed)
        _show(axes[1, shown], found.after_relu, "after ReLU", OUTPUT, signed)
        axes[1, shown].plot(*reversed(state.focus), "s", mfc="none", mec=KERNEL, ms=8)
        figure.suptitle(found.torch_line, family="monospace", fontsize=9, y=0.02, va="bottom")


def _source(image: Any, weight: Any, bias: Any, network: Any, options: dict[str, Any]) -> Source:
    if weight is None and network is None:
        if options or bias is not None:
            given = ", ".join([*options, *(["bias"] if bias is not None else [])])
            raise ValueError(f"FeatureMapExplorer: {given} needs filters: give weight too")
        ready = scene("astronaut")
        return ready if image is None else ready.of(_picture(image), OWN)
    if weight is not None and network is not None:
        raise ValueError("FeatureMapExplorer: give weight or network, not both")
    if network is not None and options:
        raise ValueError(f"FeatureMapExplorer: a network has its own {', '.join(options)}")
    capture = from_network(network) if weight is None else from_filters(weight, bias, **options)
    picture = scene("astronaut").image if image is None else _picture(image)
    return Source("astronaut" if image is None else OWN, picture, capture(picture), capture)


def _picture(image: Any) -> Array:
    raw = numbers(image, "image", 2)[None] if _axes(image) == 2 else image
    return numbers(raw, "image", 3)


def _axes(image: Any) -> int:
    axes = getattr(image, "ndim", None)
    return len(numbers(image, "image", 3).shape) if axes is None else int(axes)


def _few(found: Stacked) -> list[tuple[float, str]]:
    """At most four terms; the others as one."""
    pairs = list(zip(found.values, found.names, strict=True))
    if len(pairs) <= 4:
        return pairs
    rest = sum(found.values[3:])
    return [*pairs[:3], (rest, f"{len(pairs) - 3} more channels")]


def _number(value: float) -> str:
    return f"{round(float(value), 2) + 0.0:g}"


def _show(axes: Axes, values: Array, title: str, colour: str, scale: colours.Scale) -> None:
    axes.imshow(colours.pixels(values, scale), interpolation="nearest")
    axes.set_title(title, color=colour, fontsize=10)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_color(colour)
