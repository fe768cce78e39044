"""Between NumPy and PyTorch: the only module of the course that imports torch.

Conversions share memory where they can, `exact` makes PyTorch's arithmetic comparable, and
`compare` prints one table that says how closely two computations agree.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import torch

from course_utils.checks import bucket, largest_difference

Array = npt.NDArray[Any]
Comparable: TypeAlias = "npt.ArrayLike | torch.Tensor"


def device() -> torch.device:
    """
    The fastest device that works here: CUDA, else Apple's MPS, else the CPU.

    A device counts only if an addition on it succeeds, so a GPU that this build of PyTorch
    has no code for is passed over, with a warning that says so.

    Returns
    -------
    torch.device
        ``cuda``, ``mps`` or ``cpu``.

    Examples
    --------
    >>> device().type in {"cuda", "mps", "cpu"}
    True
    """
    return torch.device(_fastest_device())


@lru_cache(maxsize=1)
def _fastest_device() -> str:
    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    for name, there in present.items():
        if there and _adds(name):
            return name
    return "cpu"


def _adds(name: str) -> bool:
    try:
        return float((torch.ones(1, device=name) + 1).cpu()) == 2.0
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        warnings.warn(
            f"{name} is present but cannot compute ({reason}); using the next device", stacklevel=4
        )
        return False


def to_torch(array: npt.ArrayLike, device: torch.device | str | None = None) -> torch.Tensor:
    """
    A tensor with the values of an array, sharing its memory where that is safe.

    On the CPU a writable array of native byte order and positive strides is not copied: what
    is written to one is seen in the other. Any other array is copied. MPS has no float64, so
    there float64 becomes float32.

    Parameters
    ----------
    array : array_like
        Numbers.
    device : torch.device or str, optional
        Where the tensor is to live; the CPU if not given.

    Returns
    -------
    torch.Tensor
        A tensor of the same shape and dtype (float32 for float64 on MPS).

    Raises
    ------
    TypeError
        If PyTorch has no such dtype.

    Examples
    --------
    >>> x = np.zeros(2)
    >>> t = to_torch(x)
    >>> t[0] = 5.0
    >>> x
    array([5., 0.])
    """
    x = np.asarray(array)
    if not x.dtype.isnative:
        x = x.astype(x.dtype.newbyteorder("="))
    if not x.flags.writeable or any(stride < 0 for stride in x.strides):
        x = x.copy()
    tensor = torch.from_numpy(x)
    if device is None:
        return tensor
    target = torch.device(device)
    if target.type == "mps" and tensor.dtype == torch.float64:
        tensor = tensor.float()
    return tensor.to(target)


def to_numpy(tensor: torch.Tensor) -> Array:
    """
    An array with the values of a tensor, sharing its memory if the tensor is on the CPU.

    The tensor may require gradients and live on any device. bfloat16, which NumPy lacks,
    becomes float32, without loss.

    Parameters
    ----------
    tensor : torch.Tensor
        Any dense tensor.

    Returns
    -------
    ndarray
        The values, on the CPU.

    Examples
    --------
    >>> to_numpy(torch.ones(2, requires_grad=True))
    array([1., 1.], dtype=float32)
    """
    plain = tensor.detach()
    if plain.dtype == torch.bfloat16:
        plain = plain.float()
    return np.asarray(plain.resolve_conj().resolve_neg().cpu().numpy())


@contextmanager
def exact() -> Iterator[None]:
    """
    Inside, PyTorch computes in full precision and, where it can, the same way every time.

    TF32 (float32 with a mantissa of 10 bits, on by default in cuDNN's convolutions) and its
    kin on other devices are off, deterministic algorithms are preferred, and cuDNN does not
    choose its algorithm by a race. Every setting is put back at the end, also after an
    error. An operation that has no deterministic form runs all the same.

    Yields
    ------
    None
        Nothing.

    Examples
    --------
    >>> with exact():
    ...     torch.get_float32_matmul_precision()
    'highest'
    """
    with ExitStack() as put_back:
        _no_tf32(put_back)
        _deterministic(put_back)
        yield


def _no_tf32(put_back: ExitStack) -> None:
    # PyTorch has two sets of switches for the same thing and refuses to read the old one once
    # the two disagree. So both are turned off, the old first, and put back in that order too.
    settings: list[tuple[Any, str]] = [
        (torch.backends, "fp32_precision"),
        (torch.backends.cuda.matmul, "fp32_precision"),
        (torch.backends.cudnn, "fp32_precision"),
    ]
    for backend, parts in (
        (torch.backends.cudnn, ("conv", "rnn")),
        (getattr(torch.backends, "mkldnn", None), ("conv", "matmul", "rnn")),
    ):
        settings += [
            (getattr(backend, part), "fp32_precision") for part in parts if hasattr(backend, part)
        ]
    settings = [(owner, name) for owner, name in settings if hasattr(owner, name)]
    for owner, name in reversed(settings):
        put_back.callback(setattr, owner, name, getattr(owner, name))
    with suppress(RuntimeError):  # already disagreeing when we came: leave the old switch alone
        put_back.callback(
            setattr, torch.backends.cudnn, "allow_tf32", torch.backends.cudnn.allow_tf32
        )
        torch.backends.cudnn.allow_tf32 = False
    with suppress(RuntimeError):
        put_back.callback(torch.set_float32_matmul_precision, torch.get_float32_matmul_precision())
        torch.set_float32_matmul_precision("highest")
    for owner, name in settings:
        setattr(owner, name, "ieee")


def _deterministic(put_back: ExitStack) -> None:
    put_back.callback(
        torch.use_deterministic_algorithms,
        torch.are_deterministic_algorithms_enabled(),
        warn_only=torch.is_deterministic_algorithms_warn_only_enabled(),
    )
    for name, value in (("deterministic", True), ("benchmark", False)):
        put_back.callback(setattr, torch.backends.cudnn, name, getattr(torch.backends.cudnn, name))
        setattr(torch.backends.cudnn, name, value)
    if "CUBLAS_WORKSPACE_CONFIG" not in os.environ:
        # cuBLAS is deterministic only with a fixed work space, and PyTorch insists on being told.
        os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
        put_back.callback(os.environ.pop, "CUBLAS_WORKSPACE_CONFIG", None)
    put_back.enter_context(warnings.catch_warnings())
    warnings.filterwarnings("ignore", message=".*does not have a deterministic implementation.*")
    torch.use_deterministic_algorithms(True, warn_only=True)


def compare(
    pairs: Mapping[str, tuple[Comparable, Comparable]],
    bound: float | None = None,
    relative: bool = False,
) -> None:
    """
    Print one table that says how closely ours and theirs agree; raise where they do not.

    The difference shown is the smallest step of a fixed ladder above the largest difference,
    so that the printed table is the same on every machine.

    Parameters
    ----------
    pairs : mapping of str to (ours, theirs)
        Arrays or tensors to compare, under the names to print.
    bound : float, optional
        Largest difference that counts as agreement. By default 1e-10 where both sides are
        float64 and 1e-4 where one is coarser; integers and booleans must be equal.
    relative : bool, default False
        Whether to divide the difference by the largest absolute value of theirs.

    Raises
    ------
    ValueError
        If there is nothing to compare.
    AssertionError
        If a shape differs or a bound is broken. The table is printed first.

    Examples
    --------
    >>> compare({"y": (np.array([0.1 + 0.2]), torch.tensor([0.3], dtype=torch.float64))})
    name  shape  dtype    difference  verdict
    y     (1,)   float64  < 1e-12     agrees
    """
    if not pairs:
        raise ValueError("compare: pairs is empty, expected at least one name: (ours, theirs)")
    rows = [("name", "shape", "dtype", "difference", "verdict")]
    failures = []
    for name, (left, right) in pairs.items():
        ours, theirs = _array(left), _array(right)
        row, failure = _row(name, ours, theirs, bound, relative)
        rows.append(row)
        if failure:
            failures.append(f"{name}: {failure}")
    widths = [max(len(row[k]) for row in rows) for k in range(5)]
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    if failures:
        raise AssertionError("compare: " + "; ".join(failures))


def _row(
    name: str, ours: Array, theirs: Array, bound: float | None, relative: bool
) -> tuple[tuple[str, str, str, str, str], str]:
    kinds = dict.fromkeys((str(ours.dtype), str(theirs.dtype)))
    dtype = " / ".join(kinds)
    if ours.shape != theirs.shape:
        shapes = f"{ours.shape} / {theirs.shape}"
        failure = f"ours has shape {ours.shape}, theirs {theirs.shape}"
        return (name, shapes, dtype, "-", "DIFFERS"), failure
    difference = largest_difference(ours, theirs)
    discrete = all(side.dtype.kind in "iub" for side in (ours, theirs))
    if discrete:
        limit, shown = 0.0, "none" if difference == 0 else f"{difference:g}"
    else:
        if relative and theirs.size:
            scale = float(np.abs(theirs[np.isfinite(theirs)]).max(initial=0.0))
            difference = difference / scale if scale > 0 else difference
        limit = _default_bound(ours, theirs) if bound is None else bound
        shown = bucket(difference)
    agrees = difference <= limit
    failure = "" if agrees else f"largest difference {difference:.3g}, allowed {limit:.0e}"
    return (name, str(ours.shape), dtype, shown, "agrees" if agrees else "DIFFERS"), failure


def _default_bound(ours: Array, theirs: Array) -> float:
    fine = all(side.dtype.itemsize >= 8 or side.dtype.kind in "iub" for side in (ours, theirs))
    return 1e-10 if fine else 1e-4


def _array(value: Comparable) -> Array:
    return to_numpy(value) if isinstance(value, torch.Tensor) else np.asarray(value)
