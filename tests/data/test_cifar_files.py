"""CIFAR-10, on a small file of the same form served from this machine."""

from __future__ import annotations

import io
import pickle
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torchvision

from course_utils import data
from course_utils.data import cifar_files
from course_utils.data.downloads import Archive
from tests.data.conftest import Server


def small_cifar(server: Server) -> tuple[Archive, dict[str, dict[str, Any]]]:
    rng = np.random.default_rng(6)
    parts: dict[str, dict[str, Any]] = {
        name: {
            "data": rng.integers(0, 256, (2, 3072)).astype(np.uint8),
            "labels": rng.integers(0, 10, 2).tolist(),
        }
        for name in [*(f"data_batch_{k}" for k in range(1, 6)), "test_batch"]
    }
    parts["batches.meta"] = {"label_names": ["airplane", "automobile", "bird"]}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in parts.items():
            # The real file was written by an old NumPy, under the old name of a module.
            blob = pickle.dumps(content, protocol=2).replace(
                b"numpy._core.multiarray", b"numpy.core.multiarray"
            )
            info = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
            info.size = len(blob)
            archive.addfile(info, io.BytesIO(blob))
    return server.put("cifar-10-python.tar.gz", out.getvalue()), parts


def test_cifar10(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, parts = small_cifar(server)
    monkeypatch.setattr(cifar_files, "cifar_archive", lambda: archive)
    d = data.cifar10(folder=tmp_path / "kept")
    assert d.x_train.shape == (10, 3, 32, 32)
    assert d.x_test.shape == (2, 3, 32, 32)
    assert d.x_train.dtype == np.float32
    # A row is 1024 red values, then green, then blue, each 32 rows of 32.
    first = parts["data_batch_1"]["data"][0]
    np.testing.assert_allclose(d.x_train[0, 1, 0, 5], first[1024 + 5] / 255, rtol=1e-6)
    np.testing.assert_allclose(d.x_train[0, 2, 3, 0], first[2048 + 96] / 255, rtol=1e-6)
    np.testing.assert_array_equal(d.y_train[2:4], parts["data_batch_2"]["labels"])
    np.testing.assert_array_equal(d.y_test, parts["test_batch"]["labels"])
    assert d.classes == ("airplane", "automobile", "bird")


def test_name_and_checksum_are_torchvisions() -> None:
    theirs = torchvision.datasets.CIFAR10
    assert cifar_files.cifar_archive() == (theirs.filename, (theirs.url,), theirs.tgz_md5)
