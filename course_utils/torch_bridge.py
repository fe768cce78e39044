"""Between NumPy and PyTorch: the only module of the package that imports torch.

Conversions share memory where they can, `exact` makes PyTorch's arithmetic comparable, and
`compare` prints one table that says how closely two computations agree.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from course_utils import nn
from course_utils.distribution import from_extra
from course_utils.equation_checks import bucket, largest_difference

with from_extra("torch"):
    import torch

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


def predict(model: torch.nn.Module, x: npt.ArrayLike) -> Array:
    """
    Outputs of a PyTorch model for an array, in eval mode and without a history.

    Parameters
    ----------
    model : torch.nn.Module
        The model; each of its modules is then in its own mode again.
    x : array_like
        Examples; sent to the device and the dtype of the model.

    Returns
    -------
    ndarray
        The outputs.

    Examples
    --------
    >>> predict(torch.nn.Flatten(), np.ones((2, 3, 4))).shape
    (2, 12)
    """
    first = next(iter(model.parameters()), torch.zeros(1))
    with nn.evaluating(model), torch.no_grad():
        return to_numpy(model(to_torch(x, first.device).to(first.dtype)))


def convolutions(model: torch.nn.Module) -> Iterator[tuple[str, torch.nn.Conv2d]]:
    """
    Name and layer, for every two-dimensional convolution of a PyTorch model.

    Parameters
    ----------
    model : torch.nn.Module
        The model.

    Yields
    ------
    (str, torch.nn.Conv2d)
        Dotted name and layer.

    Examples
    --------
    >>> [name for name, _ in convolutions(torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3)))]
    ['0']
    """
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Conv2d):
            yield name, module


@contextmanager
def exact() -> Iterator[None]:
    """
    Inside, PyTorch computes in full precision and, where it can, the same way every time.

    TF32 (float32 with a mantissa of 10 bits, on by default in cuDNN's convolutions) and its
    kin on other devices are off, deterministic algorithms are preferred, and cuDNN does not
    choose its algorithm by a race. Every setting is restored at the end, also after an
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


def copy_weights(source: nn.Module | torch.nn.Module, target: nn.Module | torch.nn.Module) -> None:
    """
    Copy all parameters and buffers from a model to another, by name.

    Either side may be the course's or PyTorch's, on any device; dtypes are the target's.

    Parameters
    ----------
    source : nn.Module or torch.nn.Module
        Where the values come from.
    target : nn.Module or torch.nn.Module
        Where they go.

    Raises
    ------
    KeyError
        If one side has names that the other lacks.
    ValueError
        If a shape differs.

    Examples
    --------
    >>> ours = nn.Linear(2, 1, rng=np.random.default_rng(0))
    >>> theirs = torch.nn.Linear(2, 1)
    >>> copy_weights(ours, theirs)
    >>> compare({"weight": (ours.weight.data, theirs.weight)})
    name    shape   dtype    difference  verdict
    weight  (1, 2)  float32  < 1e-12     agrees
    """
    state = _state(source)
    if isinstance(target, nn.Module):
        target.load_state_dict(state)
        return
    own = target.state_dict()
    missing = [name for name in own if name not in state]
    unexpected = [name for name in state if name not in own]
    if missing or unexpected:
        raise KeyError(
            f"copy_weights: missing: {', '.join(missing) or 'none'}; "
            f"unexpected: {', '.join(unexpected) or 'none'}"
        )
    for name, tensor in own.items():
        if tuple(tensor.shape) != state[name].shape:
            raise ValueError(
                f"copy_weights: {name} has shape {state[name].shape}, "
                f"expected {tuple(tensor.shape)}"
            )
    # copy_ writes into the tensors that the model holds, whatever their dtype and device.
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(to_torch(state[name]))


def compare_training(
    ours: nn.Module,
    theirs: torch.nn.Module,
    our_optimizer: nn.Optimizer,
    their_optimizer: torch.optim.Optimizer,
    batches: Iterable[tuple[Array, Array]],
    bound: float | None = None,
    losses: tuple[nn.training.Loss, Callable[[Any, Any], torch.Tensor]] | None = None,
) -> None:
    """
    Train both on the same batches, and compare everything after every step.

    Prints one row after steps 1, 2, 5, 10, 20, 50, … and the last: the largest difference so
    far in the loss, and in any parameter or running statistic.

    Parameters
    ----------
    ours, theirs : nn.Module, torch.nn.Module
        The same network twice, in training mode; `copy_weights` makes them start alike.
    our_optimizer, their_optimizer : nn.Optimizer, torch.optim.Optimizer
        The same optimiser twice, over their parameters.
    batches : iterable of (ndarray, ndarray)
        Examples and classes of each step.
    bound : float, optional
        Largest difference that counts as agreement: by default 1e-10 where both are float64,
        1e-3 otherwise.
    losses : (loss, callable), optional
        Ours and theirs; cross-entropy if not given.

    Raises
    ------
    ValueError
        If there is no batch.
    AssertionError
        At the first step after which the bound is broken; names the worst array.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> ours, theirs = nn.Linear(3, 2, rng=rng).double(), torch.nn.Linear(3, 2).double()
    >>> copy_weights(ours, theirs)
    >>> batches = [(rng.normal(size=(8, 3)), rng.integers(0, 2, 8)) for _ in range(20)]
    >>> compare_training(
    ...     ours, theirs,
    ...     nn.SGD(ours.parameters(), lr=0.1, momentum=0.9),
    ...     torch.optim.SGD(theirs.parameters(), lr=0.1, momentum=0.9),
    ...     batches,
    ... )
    step  loss     parameters
    1     < 1e-12  < 1e-12
    2     < 1e-12  < 1e-12
    5     < 1e-12  < 1e-12
    10    < 1e-12  < 1e-12
    20    < 1e-12  < 1e-12
    """
    our_loss, their_loss = losses or (nn.CrossEntropyLoss(), torch.nn.functional.cross_entropy)
    first = next(theirs.parameters())
    if bound is None:
        fine = first.dtype == torch.float64 and ours.parameters()[0].data.dtype == np.float64
        bound = 1e-10 if fine else 1e-3
    print("step  loss     parameters")
    step = shown = 0
    worst_loss = worst_state = 0.0
    for step, (x, y) in enumerate(batches, start=1):
        value = nn.train_step(ours, our_loss, our_optimizer, x, y)
        their_optimizer.zero_grad()
        target = to_torch(y, first.device)
        if target.is_floating_point():
            target = target.to(first.dtype)
        their_value = their_loss(theirs(to_torch(x, first.device).to(first.dtype)), target)
        their_value.backward()  # type: ignore[no-untyped-call]
        their_optimizer.step()
        loss_gap = largest_difference(value, float(their_value.detach()))
        name, state_gap = _largest_gap(ours, theirs)
        worst_loss, worst_state = max(worst_loss, loss_gap), max(worst_state, state_gap)
        if not max(loss_gap, state_gap) <= bound:
            where = f"{name} by {state_gap:.3g}" if state_gap > bound else f"loss by {loss_gap:.3g}"
            raise AssertionError(
                f"compare_training: after step {step} they differ in {where}, allowed {bound:.0e}"
            )
        if str(step).rstrip("0") in ("1", "2", "5"):
            shown = step
            print(f"{step:<4}  {bucket(worst_loss):<7}  {bucket(worst_state)}")
    if step == 0:
        raise ValueError("compare_training: batches is empty, expected at least one")
    if shown != step:
        print(f"{step:<4}  {bucket(worst_loss):<7}  {bucket(worst_state)}")


def _largest_gap(ours: nn.Module, theirs: torch.nn.Module) -> tuple[str, float]:
    left, right = _state(ours), _state(theirs)
    if left.keys() != right.keys():
        raise ValueError(
            "compare_training: the two models name their weights differently: "
            + ", ".join(sorted(left.keys() ^ right.keys()))
        )
    gaps = {name: largest_difference(left[name], right[name]) for name in left}
    name = max(gaps, key=lambda key: gaps[key])
    return name, gaps[name]


def _state(model: nn.Module | torch.nn.Module) -> dict[str, Array]:
    if isinstance(model, nn.Module):
        return model.state_dict()
    return {name: to_numpy(tensor) for name, tensor in model.state_dict().items()}


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
