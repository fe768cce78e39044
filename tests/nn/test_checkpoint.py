"""A training that is saved goes on as if nothing had happened."""

import json
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


def test_a_damaged_file_is_said_and_changes_nothing(tmp_path: Path) -> None:
    model = net()
    path = tmp_path / "net.npz"
    nn.save_checkpoint(path, net(9))
    whole = path.read_bytes()
    before = model.state_dict()
    # Cut short; not a zip at all; one byte of a weight turned, which the checksum in zip notes.
    turned = bytearray(whole)
    turned[len(whole) // 3] ^= 0xFF
    for content in (whole[: len(whole) // 2], b"", b"weights", bytes(turned)):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"load_checkpoint: net\.npz is damaged or is not"):
            nn.load_checkpoint(path, model)
    for name, value in model.state_dict().items():
        np.testing.assert_array_equal(value, before[name])


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
