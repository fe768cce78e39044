"""FeatureMapExplorer: one filter, its slices, a partial map for each channel, and their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar
from typing import Any, Literal

import numpy.typing as npt
import traitlets

from course_utils.explorers.base import Explorer
from course_utils.explorers.feature_map.explain import COLOURS, Stacked, explain
from course_utils.explorers.feature_map.snapshot import draw_snapshot
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
    picture,
    whole_sum,
    with_changes,
)
from course_utils.explorers.options import ArrayOption, option
from course_utils.explorers.shared import colours
from course_utils.explorers.shared.arrays import wire
from course_utils.explorers.shared.number_text import rounded
from course_utils.explorers.shared.option_readers import Pair

SIZES = ("stride", "padding", "dilation", "groups")


class FeatureMapExplorer(Explorer[FeatureMapState, Stacked]):
    """
    Take a feature map apart: what each channel gives to it, the sum, the bias, ReLU.

    In the page: choose a picture, a layer and a filter; add the channels one by one; point at a
    place, or move with the arrow keys, to see each channel's share of it. In Python: set the
    inputs below, read `explain`.

    Raises
    ------
    TypeError
        If the network is neither of `course_utils.nn` nor of PyTorch.
    ValueError
        If the inputs do not go together; the message says why.

    Examples
    --------
    >>> explorer = FeatureMapExplorer(filter=0, focus=(50, 20))
    >>> found = explorer.explain()
    >>> found.names, found.partial.shape
    (['red', 'green', 'blue'], (3, 76, 76))
    >>> bool(abs(sum(found.values) + found.bias - found.total[50, 20]) < 1e-12)
    True
    """

    image: ArrayOption = option(
        default=None, ndim=3, kw_only=False, sync=False, doc="Picture (C, H, W), or grey (H, W)."
    )
    weight: InitVar[npt.ArrayLike] = option(
        default=None, kw_only=False, doc="Filters (K, C/groups, kH, kW) for it."
    )
    bias: InitVar[npt.ArrayLike] = option(
        default=None, kw_only=False, doc="Biases (K,) of the filters."
    )
    network: InitVar[Any] = option(
        default=None,
        takes="nn.Module or torch.nn.Module",
        doc="Instead of filters: every ``Conv2d`` that is reached can be looked at.",
    )
    layer: str = option(default=None, doc="Which one, by the network's own name for it.")
    scene: str = option(
        default=None, doc=f"Without all of these, a scene that is ready: {', '.join(SCENES)}."
    )
    filter: int = option(default=None, doc="The filter k.")
    focus: Pair = option(
        default=None, light=True, doc="Row and column of the map that are looked at."
    )
    terms: int = option(
        default=None,
        light=True,
        doc="How many terms are added: channels, then the bias, then ReLU; all if not given.",
    )
    stride: InitVar[int | Pair] = option(
        default=None, doc="Steps from window to window, for ``weight``; as the next three are."
    )
    padding: InitVar[int | Pair | Literal["same", "valid"]] = option(
        default=None, doc="Zeros around the picture."
    )
    dilation: InitVar[int | Pair] = option(default=None, doc="Steps from weight to weight.")
    groups: InitVar[int] = option(
        default=None, doc="Groups of channels, each with filters of its own."
    )

    channel_bytes = traitlets.Bytes(b"").tag(sync=True)
    partial_bytes = traitlets.Bytes(b"").tag(sync=True)
    total_bytes = traitlets.Bytes(b"").tag(sync=True)
    relu_bytes = traitlets.Bytes(b"").tag(sync=True)
    map_bytes = traitlets.Bytes(b"").tag(sync=True)

    _next = staticmethod(with_changes)
    _explain = staticmethod(explain)
    _draw = staticmethod(draw_snapshot)
    _found_facts = "slices bias torch_line"

    def _start(self) -> FeatureMapState:
        source = _source(self._given)
        return whole_sum(FeatureMapState(source, source.layers[0].name))

    def _bytes(self) -> dict[str, Any]:
        found = self.explain()
        return {
            "channel_bytes": wire(found.channels),
            "partial_bytes": wire(found.partial),
            "total_bytes": wire(found.total),
            "relu_bytes": wire(found.after_relu),
            "map_bytes": wire(found.maps),
        }

    def _facts(self) -> dict[str, Any]:
        state, found = self.state, self.explain()
        layer = state.here
        return {
            "scenes": {name: label for name, (label, _) in SCENES.items()},
            "layers": [one.name for one in state.source.layers],
            "channels": found.names,
            "colour": found.names == list(COLOURS),
            "channel_shape": list(found.channels.shape),
            "weight_shape": list(layer.weight.shape),
            "map_shape": list(found.maps.shape),
            "stride": layer.stride,
            "padding": layer.padding,
            "dilation": layer.dilation,
            "channel_scale": colours.scale_of(found.channels).plain(),
            "signed_largest": found.largest,
        }

    def _words(self) -> list[str]:
        state, found = self.state, self.explain()
        i, j = state.focus
        K, C, kH, kW = state.here.weight.shape
        terms = [*_few(found), (found.bias, "bias")]
        sum_ = " + ".join(f"{rounded(value, 2)} ({name})" for value, name in terms)
        total, after = rounded(found.total[i, j], 2), rounded(found.after_relu[i, j], 2)
        return [
            f"FeatureMapExplorer: {state.scene}, {state.layer}, filter {state.filter} of {K}, "
            f"{C} × {kH} × {kW}",
            f"y[{state.filter}, {i}, {j}] = {sum_} = {total}; after ReLU {after}",
            found.torch_line,
        ]


def _source(given: Mapping[str, Any]) -> Source:
    """A ready scene, or the picture, filters and network that were given."""
    image, weight, network = (given.get(name) for name in ("image", "weight", "network"))
    options = {name: given[name] for name in SIZES if name in given}
    if weight is None and network is None:
        alone = [name for name in (*SIZES, "bias") if name in given]
        if alone:
            words = ", ".join(alone)
            raise ValueError(f"FeatureMapExplorer: {words} needs filters: give weight too")
        ready = scene("astronaut")
        return ready if image is None else ready.of(picture(image), OWN)
    if weight is not None and network is not None:
        raise ValueError("FeatureMapExplorer: give weight or network, not both")
    if network is not None and options:
        raise ValueError(f"FeatureMapExplorer: a network has its own {', '.join(options)}")
    if weight is None:
        capture = from_network(network)
    else:
        capture = from_filters(weight, given.get("bias"), **options)
    shown = scene("astronaut").image if image is None else picture(image)
    return Source("astronaut" if image is None else OWN, shown, capture(shown), capture)


def _few(found: Stacked) -> list[tuple[float, str]]:
    """At most four terms; the others as one."""
    pairs = list(zip(found.values, found.names, strict=True))
    if len(pairs) <= 4:
        return pairs
    rest = sum(found.values[3:])
    return [*pairs[:3], (rest, f"{len(pairs) - 3} more channels")]
