"""Save a training run to one file, and resume it as if nothing had happened."""

from __future__ import annotations

import copy
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.nn.module import Module
from course_utils.nn.optim import Optimizer
from course_utils.nn.parameter import Array
from course_utils.nn.schedule import Schedule


def save_checkpoint(
    path: str | os.PathLike[str],
    model: Module,
    optimizer: Optimizer | None = None,
    schedule: Schedule | None = None,
    rng: np.random.Generator | None = None,
    notes: dict[str, Any] | None = None,
) -> None:
    """
    Write a model, and what is needed to resume its training, to an ``.npz`` file.

    The file is written beside its place and then moved there: if the machine stops halfway,
    the old file is still whole. It holds only arrays and text, nothing that can run.

    Parameters
    ----------
    path : path
        The file; taken as given, no ending is added.
    model : Module
        Its parameters and buffers are saved.
    optimizer : Optimizer, optional
        Its learning rate and its memory are saved.
    schedule : Schedule, optional
        Its epoch is saved.
    rng : numpy.random.Generator, optional
        Its state is saved, so that the order of batches continues where it was.
    notes : dict, optional
        Anything that JSON can hold, given back by `load_checkpoint`.

    Examples
    --------
    >>> from course_utils import nn
    >>> net = nn.Linear(2, 1, rng=np.random.default_rng(0))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_checkpoint(Path(folder) / "net.npz", net, notes={"epoch": 3})
    ...     other = nn.Linear(2, 1, rng=None)
    ...     load_checkpoint(Path(folder) / "net.npz", other)
    {'epoch': 3}
    >>> bool((other.weight.data == net.weight.data).all())
    True
    """
    arrays: dict[str, Array] = {f"model/{k}": v for k, v in model.state_dict().items()}
    if optimizer is not None:
        arrays |= {f"optimizer/{k}": v for k, v in optimizer.state_dict().items()}
    about: dict[str, Any] = {"notes": notes or {}}
    if schedule is not None:
        about["schedule"] = {"epoch": schedule.epoch, "initial_lr": schedule.initial_lr}
    if rng is not None:
        about["rng"] = rng.bit_generator.state
    arrays["about"] = np.array(json.dumps(about, default=_as_list))
    path = Path(path)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            # ZIP_STORED as np.savez has it: weights are noise and do not shrink.
            np.savez(file, **arrays)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def load_checkpoint(
    path: str | os.PathLike[str],
    model: Module,
    optimizer: Optimizer | None = None,
    schedule: Schedule | None = None,
    rng: np.random.Generator | None = None,
) -> dict[str, Any]:
    """
    Restore what `save_checkpoint` wrote: all of it, or nothing where something does not fit.

    Parameters
    ----------
    path : path
        The file.
    model : Module
        A model of the same kind.
    optimizer, schedule, rng : optional
        Each is given back its state, which must have been saved.

    Returns
    -------
    dict
        The notes.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is damaged, is not a checkpoint, or lacks what is asked for; if shapes or the
        kind of the optimiser differ from what was saved.
    KeyError
        If the names in the model differ from those that were saved.
    TypeError
        If something was saved that is no real number, which `save_checkpoint` never does.

    Examples
    --------
    >>> from course_utils import nn
    >>> load_checkpoint("no such file.npz", nn.Linear(1, 1, rng=None))
    Traceback (most recent call last):
        ...
    FileNotFoundError: [Errno 2] No such file or directory: 'no such file.npz'
    """
    name = Path(path).name
    arrays, about = _read(path)
    wanted = {"schedule": schedule, "rng": rng}
    lacking = [part for part, value in wanted.items() if value is not None and part not in about]
    if optimizer is not None and "optimizer/lr" not in arrays:
        lacking.append("optimizer")
    if lacking:
        raise ValueError(f"load_checkpoint: {name} was saved without {' and '.join(lacking)}")
    # All is read before anything is changed.
    memory = None if optimizer is None else optimizer.read_state(_below("optimizer/", arrays))
    progress = None if schedule is None else _schedule_progress(name, about["schedule"])
    if rng is not None:
        try:
            copy.deepcopy(rng).bit_generator.state = about["rng"]
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError) as error:
            kind = type(rng.bit_generator).__name__
            raise ValueError(
                f"load_checkpoint: the rng in {name} is no state of a {kind} generator"
            ) from error
    model.load_state_dict(_below("model/", arrays))
    if optimizer is not None and memory is not None:
        optimizer.take_state(memory)
    if schedule is not None and progress is not None:
        schedule.epoch, schedule.initial_lr = progress
    if rng is not None:
        rng.bit_generator.state = about["rng"]
    notes: dict[str, Any] = about["notes"]
    return notes


def _read(path: str | os.PathLike[str]) -> tuple[dict[str, Array], dict[str, Any]]:
    """Every array in the file, and what it says about itself."""
    with Path(path).open("rb") as raw:
        try:
            with np.load(raw, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            about = json.loads(str(arrays.pop("about"))) if "about" in arrays else None
        except Exception as error:
            # zipfile, zlib, NumPy and json raise a dozen kinds of errors over a damaged file.
            raise ValueError(
                f"load_checkpoint: {Path(path).name} is damaged or is not a checkpoint"
            ) from error
    if not isinstance(about, dict) or "notes" not in about:
        raise ValueError(f"load_checkpoint: {Path(path).name} is not a checkpoint of this course")
    return arrays, about


def _schedule_progress(name: str, saved: Any) -> tuple[int, float]:
    """Epochs done and first learning rate of a schedule."""
    if isinstance(saved, dict):
        epoch: Any = saved.get("epoch")
        lr: Any = saved.get("initial_lr")
        numbers = isinstance(epoch, int) and isinstance(lr, (int, float))
        # A whole number in a file need not fit into a float.
        if numbers and not isinstance(epoch, bool) and epoch >= 0 and 0 <= lr < 1e300:
            return epoch, float(lr)
    raise ValueError(f"load_checkpoint: the schedule in {name} has no epoch and rate >= 0")


def _below(prefix: str, arrays: dict[str, Array]) -> dict[str, Array]:
    return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}


def _as_list(value: Any) -> Any:
    """States of some generators hold arrays, which JSON does not know."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    raise TypeError(f"save_checkpoint: notes hold a {type(value).__name__}, which JSON cannot")
