"""What is in a state dictionary, read before anything is changed, and why one does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from course_utils.nn.parameter import Array


class IncompatibleKeys(NamedTuple):
    """The names that only one side had, as PyTorch's ``load_state_dict`` returns them."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not any(self):
            return "<All keys matched successfully>"
        missing, unexpected = self
        return f"IncompatibleKeys(missing_keys={missing}, unexpected_keys={unexpected})"


def read_state(
    operation: str, own: Mapping[str, Array], state: Mapping[str, Any], strict: bool
) -> tuple[dict[str, Array], IncompatibleKeys]:
    """Return the values that go into `own`, in its shapes and dtypes, and the names left over."""
    if not isinstance(state, Mapping):
        raise TypeError(
            f"{operation}: the state is a {type(state).__name__}, expected a mapping of names"
        )
    missing = [name for name in own if name not in state and not _is_old_count(name, state)]
    unexpected = [name for name in state if name not in own]
    if strict and (missing or unexpected):
        raise KeyError(
            f"{operation}: missing: {some(missing)}; unexpected: {some(unexpected)}."
            + _likely_cause(list(own), state, missing, unexpected)
        )
    values = {name: read_numbers(operation, name, state[name]) for name in own if name in state}
    _check_shapes(operation, own, values)
    for name in own:
        if name not in state and _statistics_without(name, state):
            values[name] = np.zeros_like(own[name])
    for name, value in values.items():
        values[name] = cast(operation, name, value, own[name].dtype)
    return values, IncompatibleKeys(missing, unexpected)


def _statistics_without(count: str, state: Mapping[str, Any]) -> bool:
    """Tell whether a state has the statistics of a batch norm without the number of batches."""
    layer, _, name = f".{count}".rpartition(".")
    return name == "num_batches_tracked" and f"{layer}.running_mean"[1:] in state


def _is_old_count(name: str, state: Mapping[str, Any]) -> bool:
    """Tell whether a number of batches may be absent: PyTorch before 0.4.1 had none to write."""
    layer, _, last = name.rpartition(".")
    versions = getattr(state, "_metadata", None) or {}
    is_old = versions.get(layer, {}).get("version", 1) < 2
    return last == "num_batches_tracked" and (is_old or _statistics_without(name, state))


def read_numbers(operation: str, name: str, value: Any) -> Array:
    """Return a value of a state as an array of real numbers."""
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise TypeError(f"{operation}: {name} is no array of numbers: {reason[:150]}") from error
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{operation}: {name} is {array.dtype}, expected real numbers")
    return array


def cast(operation: str, name: str, value: Array, dtype: np.dtype[Any]) -> Array:
    """Return values in a dtype; what is beyond float32 becomes infinite, as in PyTorch."""
    with np.errstate(over="ignore", invalid="ignore"):
        result = value.astype(dtype, copy=False)
    if dtype.kind in "iu" and not np.array_equal(result, value):
        raise ValueError(f"{operation}: {name} is {shortened(str(value))}, expected whole numbers")
    return result


def _check_shapes(operation: str, own: Mapping[str, Array], values: Mapping[str, Array]) -> None:
    wrong = [name for name, value in values.items() if value.shape != own[name].shape]
    if not wrong:
        return
    first = wrong[0]
    message = f"{operation}: {first} has shape {values[first].shape}, expected {own[first].shape}"
    if len(wrong) > 1:
        message += f"; other shapes differ too: {some(wrong[1:])}"
    layers = {name.rpartition(".")[0] for name in wrong}
    last_layer = list(own)[-1].rpartition(".")[0]
    if layers == {last_layer}:
        message += (
            ". All else fits: the last layer seems to have another number of outputs; leave "
            f"{some(wrong)} out and pass strict=False to keep this one's"
        )
    raise ValueError(message)


def _likely_cause(
    own: list[str], state: Mapping[str, Any], missing: list[str], unexpected: list[str]
) -> str:
    """Return a sentence on why names differ, with a space before it, or nothing."""
    for key in unexpected:
        if isinstance(state[key], Mapping):
            return f" The entry {shortened(repr(key))} is itself a mapping: is it the state?"
    prefix = _prefix(unexpected, missing)
    if prefix:
        return (
            f" The names seem to begin with {shortened(repr(prefix))}, as a wrapper leaves them: "
            f"load {{name.removeprefix({shortened(repr(prefix))}): value for name, value in "
            "state.items()}"
        )
    prefix = _prefix(missing, unexpected)
    if prefix:
        return (
            f" The names seem to lack {shortened(repr(prefix))} at the beginning, as if they were "
            "those of a part of this module: load them into that part."
        )
    if any("._orig_mod." in str(key) for key in unexpected):
        return (
            " torch.compile leaves '_orig_mod.' within names: "
            "load {name.replace('_orig_mod.', ''): value for name, value in state.items()}"
        )
    if not any(name in state for name in own):
        return " No name is shared: the state seems to belong to another kind of network."
    if not missing:
        return " All of this module is there; strict=False leaves out the rest."
    return " strict=False loads the names that both sides have."


def _prefix(longer: Iterable[str], shorter: list[str]) -> str:
    """What all of `longer` begin with, if without it most of them are in `shorter`; or ""."""
    longer = [name for name in longer if isinstance(name, str)]
    ends = set(shorter)
    for name in shorter:
        if longer and longer[0].endswith(f".{name}"):
            prefix = longer[0].removesuffix(name)
            shared = sum(
                key.startswith(prefix) and key.removeprefix(prefix) in ends for key in longer
            )
            if 2 * shared > len(longer):
                return prefix
    return ""


def some(names: Iterable[object]) -> str:
    """Return the first three names and how many more there are; "none" for none."""
    texts = [shortened(str(name)) for name in names]
    more = f" and {len(texts) - 3} more" if len(texts) > 3 else ""
    return (", ".join(texts[:3]) or "none") + more


def shortened(text: str) -> str:
    """Return a text of at most 60 characters, its middle left out if it is longer."""
    return text if len(text) <= 60 else f"{text[:28]} … {text[-28:]}"
