"""A training that is saved goes on as if nothing had happened."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_utils import nn
from tests.nn.small_training import RNG, net, train


@pytest.mark.parametrize("kind", ["sgd", "adam"])
def test_a_training_goes_on_as_if_nothing_had_happened(tmp_path: Path, kind: str) -> None:
    def build() -> tuple[Any, Any, Any, Any]:
        rng = RNG(5)
        model = nn.Sequential(
            nn.Conv2d(1, 4, 3, rng=rng), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(),
            nn.Dropout(0.2, rng=rng), nn.Linear(16, 3, rng=rng),
        )  # fmt: skip
        optimizer: nn.Optimizer = (
            nn.SGD(model.parameters(), 0.1, momentum=0.9)
            if kind == "sgd"
            else nn.Adam(model.parameters(), 0.01)
        )
        return model, optimizer, nn.CosineAnnealingLR(optimizer, 6), rng

    def run(model: Any, optimizer: Any, schedule: Any, rng: Any, epochs: int) -> None:
        train(model, rng, epochs, optimizer=optimizer, schedule=schedule)

    whole = build()
    run(*whole, epochs=5)
    half = build()
    run(*half, epochs=2)
    path = tmp_path / "half.npz"
    nn.save_checkpoint(path, *half, notes={"epochs": 2})
    resumed = build()
    run(*resumed, epochs=1)  # somewhere else altogether
    assert nn.load_checkpoint(path, *resumed) == {"epochs": 2}
    run(*resumed, epochs=3)
    for name, value in whole[0].state_dict().items():
        np.testing.assert_array_equal(value, resumed[0].state_dict()[name])
    assert whole[1].lr == resumed[1].lr


@pytest.mark.parametrize("bits", [np.random.PCG64, np.random.MT19937, np.random.Philox])
def test_every_generator_can_be_saved(tmp_path: Path, bits: Any) -> None:
    rng = np.random.Generator(bits(3))
    rng.normal(size=7)
    model = nn.Linear(2, 2, rng=rng)
    nn.save_checkpoint(tmp_path / "a", model, rng=rng)
    expected = rng.random(5)
    other = np.random.Generator(bits(9))
    nn.load_checkpoint(tmp_path / "a", model, rng=other)
    np.testing.assert_array_equal(other.random(5), expected)


def test_an_interrupted_save_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.npz"
    first, second = net(1), net(2)
    nn.save_checkpoint(path, first)

    def stop(file: Any, **arrays: Any) -> None:
        file.write(b"half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", stop)
    with pytest.raises(KeyboardInterrupt):
        nn.save_checkpoint(path, second)
    monkeypatch.undo()
    assert [file.name for file in tmp_path.iterdir()] == ["net.npz"]
    nn.load_checkpoint(path, second)
    np.testing.assert_array_equal(first.state_dict()["0.weight"], second.state_dict()["0.weight"])


class Run:
    """A model, its optimiser, schedule and generator: what a checkpoint can restore."""

    def __init__(self, seed: int, kind: Any = nn.Adam, epochs: int = 1) -> None:
        self.rng = RNG(seed)
        self.model = nn.Sequential(nn.Linear(2, 3, rng=self.rng), nn.Linear(3, 1, rng=self.rng))
        self.optimizer = kind(self.model.parameters(), lr=0.1 * seed)
        self.schedule = nn.StepLR(self.optimizer, step_size=2)
        for _ in range(epochs):
            for p in self.model.parameters():
                p.grad = self.rng.normal(size=p.shape).astype(np.float32)
            self.optimizer.step()
            self.schedule.step()

    @property
    def parts(self) -> tuple[Any, Any, Any, Any]:
        return self.model, self.optimizer, self.schedule, self.rng

    def state(self) -> dict[str, Any]:
        model = {f"model {k}": v.tolist() for k, v in self.model.state_dict().items()}
        memory = {f"optimizer {k}": v.tolist() for k, v in self.optimizer.state_dict().items()}
        schedule = {"epoch": self.schedule.epoch, "initial_lr": self.schedule.initial_lr}
        return {**model, **memory, **schedule, "rng": self.rng.bit_generator.state}


def test_a_file_damaged_anywhere_is_said_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    saved = Run(1, epochs=3)
    nn.save_checkpoint(path, *saved.parts, notes={"epochs": 3})
    whole = path.read_bytes()
    damaged = [b"", b"weights", whole[::-1], whole[100:], whole * 2, b"\0" * len(whole)]
    for place in range(0, len(whole), 7):  # every header, every array and every table of the zip
        turned = bytearray(whole)
        turned[place] ^= 0xFF
        damaged += [bytes(turned), whole[:place]]
    refusals, said = 0, set[str]()
    run = Run(2)
    before = run.state()
    for content in damaged:
        path.write_bytes(content)
        try:
            notes = nn.load_checkpoint(path, *run.parts)
        except ValueError as error:
            said.add(str(error))
            assert run.state() == before
            refusals += 1
        else:  # a byte that says nothing, such as a date: what is read is what was saved
            assert notes == {"epochs": 3}
            assert run.state() == saved.state()
            run = Run(2)
    assert refusals > 0.8 * len(damaged)
    assert all(words.startswith("load_checkpoint: net.npz ") for words in said)


def rewritten(path: Path, change: dict[str, Any], about: dict[str, Any] | None = None) -> None:
    """Change entries of a checkpoint, and of what it says about itself."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    if about is not None:
        known = json.loads(str(arrays["about"]))
        arrays["about"] = np.array(json.dumps({**known, **about}))
    np.savez(path, **{**arrays, **change})


@pytest.mark.parametrize(
    ("change", "about", "error", "words"),
    [
        ({"about": np.array("{")}, None, ValueError, "damaged or is not a checkpoint"),
        ({"about": np.array("[" * 10**5)}, None, ValueError, "damaged or is not a checkpoint"),
        ({"about": np.array("[1]")}, None, ValueError, "is not a checkpoint of this course"),
        ({"about": np.zeros(3)}, None, ValueError, "damaged or is not a checkpoint"),
        ({"about": np.array('{"rng": 1}')}, None, ValueError, "is not a checkpoint of this"),
        ({}, {"schedule": 3}, ValueError, "the schedule in net.npz has no epoch and rate >= 0"),
        ({}, {"schedule": {"epoch": 1}}, ValueError, "the schedule in net.npz"),
        ({}, {"schedule": {"epoch": "1", "initial_lr": 1}}, ValueError, "the schedule in"),
        ({}, {"schedule": {"epoch": True, "initial_lr": 1}}, ValueError, "the schedule in"),
        ({}, {"schedule": {"epoch": -1, "initial_lr": 1}}, ValueError, "the schedule in"),
        ({}, {"schedule": {"epoch": 1, "initial_lr": 10**400}}, ValueError, "the schedule in"),
        ({}, {"schedule": {"epoch": 1, "initial_lr": math.nan}}, ValueError, "the schedule in"),
        ({}, {"rng": 3}, ValueError, "the rng in net.npz is no state of a PCG64 generator"),
        ({}, {"rng": {"bit_generator": "PCG64"}}, ValueError, "the rng in net.npz"),
        ({}, {"rng": np.random.MT19937(0).state}, ValueError, "the rng in net.npz"),
        ({"model/1.bias": np.array(["a"])}, None, TypeError, "1.bias is <U1"),
        ({"model/1.bias": np.array([1j])}, None, TypeError, "1.bias is complex128"),
        ({"model/1.bias": np.zeros(2)}, None, ValueError, r"1.bias has shape \(2,\)"),
        ({"model/2.bias": np.zeros(1)}, None, KeyError, "unexpected: 2.bias"),
        ({"optimizer/3.mean": np.array(["a"])}, None, TypeError, "'3.mean' is <U1"),
        ({"optimizer/3.square": np.zeros(2)}, None, ValueError, r"'3.square' has shape \(2,\)"),
        ({"optimizer/9.mean": np.zeros(2)}, None, ValueError, "'9.mean' belongs to no parameter"),
        ({"optimizer/lr": np.array("fast")}, None, TypeError, "lr is <U4"),
        ({"optimizer/kind": np.array("AdamW")}, None, ValueError, "is of AdamW, .* of Adam$"),
    ],
)
def test_one_bad_entry_leaves_everything_as_it_was(
    tmp_path: Path, change: Any, about: Any, error: Any, words: str
) -> None:
    path, run = tmp_path / "net.npz", Run(2)
    nn.save_checkpoint(path, *Run(1, epochs=3).parts)
    rewritten(path, change, json.loads(json.dumps(about, default=np.ndarray.tolist)))
    before = run.state()
    with pytest.raises(error, match=words):
        nn.load_checkpoint(path, *run.parts)
    assert run.state() == before


@pytest.mark.parametrize("kind", [nn.SGD, nn.AdamW])
def test_an_optimiser_of_another_kind_leaves_everything_as_it_was(
    tmp_path: Path, kind: Any
) -> None:
    path, run = tmp_path / "net.npz", Run(2, kind)
    nn.save_checkpoint(path, *Run(1).parts)
    before = run.state()
    with pytest.raises(ValueError, match=rf"is of Adam, expected one of {kind.__name__}"):
        nn.load_checkpoint(path, *run.parts)
    assert run.state() == before
    nn.load_checkpoint(path, run.model)  # the weights alone can be had


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        nn.load_checkpoint(tmp_path / "none.npz", net())
    with pytest.raises(IsADirectoryError):
        nn.load_checkpoint(tmp_path, net())


def test_other_files_and_lacking_parts_are_said(tmp_path: Path) -> None:
    model = net()
    optimizer = nn.SGD(model.parameters())
    np.savez(tmp_path / "other.npz", x=np.zeros(2))
    with pytest.raises(ValueError, match=r"other\.npz is not a checkpoint of this course"):
        nn.load_checkpoint(tmp_path / "other.npz", model)
    nn.save_checkpoint(tmp_path / "bare", model)
    with pytest.raises(ValueError, match="bare was saved without rng and optimizer"):
        nn.load_checkpoint(tmp_path / "bare", model, optimizer, rng=RNG(0))
    with pytest.raises(KeyError, match="missing"):
        nn.load_checkpoint(tmp_path / "bare", nn.Linear(2, 3, rng=None))
    with pytest.raises(TypeError, match="notes hold a set"):
        nn.save_checkpoint(tmp_path / "bad", model, notes={"a": {1}})
    assert not (tmp_path / "bad").exists()


def test_nothing_in_the_file_can_run(tmp_path: Path) -> None:
    nn.save_checkpoint(tmp_path / "a.npz", net(), notes={"text": "é"})
    with np.load(tmp_path / "a.npz", allow_pickle=False) as file:
        assert json.loads(str(file["about"]))["notes"] == {"text": "é"}
        assert all(file[name].dtype.kind in "fiU" for name in file.files)
