"""Set-up with a real Python and a real pip: two at once, killed on the way, or without a network.

The course is a copy with tiny packages in place of the real ones, in a folder of their own that
stands for the network.
"""

from __future__ import annotations

import ensurepip
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# Builds the course as setuptools would; while there is a file "hold", it does not get done.
BACKEND = '''
import pathlib, time, zipfile

FOLDER = pathlib.Path(__file__).resolve().parent
METADATA = """Metadata-Version: 2.1
Name: course
Version: 1
Provides-Extra: authoring
Requires-Dist: numpy
Requires-Dist: matplotlib
Requires-Dist: jupytext; extra == "authoring"
"""
FILES = {
    "METADATA": METADATA,
    "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}

def prepare_metadata_for_build_editable(folder, config_settings=None):
    info = pathlib.Path(folder) / "course-1.dist-info"
    info.mkdir()
    for name, text in FILES.items():
        (info / name).write_text(text)
    return info.name

def build_editable(folder, config_settings=None, metadata_directory=None):
    while (FOLDER / "hold").exists():
        (FOLDER / "held").touch()
        time.sleep(0.05)
    name = "course-1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as wheel:
        wheel.writestr("course.pth", f"{FOLDER}\\n")
        for file, text in FILES.items():
            wheel.writestr(f"course-1.dist-info/{file}", text)
        wheel.writestr("course-1.dist-info/RECORD", "")
    return name
'''
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "course"
version = "1"
"""


def metadata(name: str, version: str) -> str:
    """Return what a package says about itself."""
    return f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"


class Course:
    """A copy of the course's scripts in a folder, with tiny packages beside it."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.wheels = folder / "course", folder / "network"
        self.wheels.mkdir()
        shutil.copytree(root / "scripts", self.folder / "scripts")
        (self.folder / "course_utils").mkdir()
        (self.folder / "course_utils" / "exercises.py").touch()
        (self.folder / "backend.py").write_text(BACKEND)
        (self.folder / "pyproject.toml").write_text(PYPROJECT)
        self.pins = {"pip": (ensurepip.version(), "0" * 64)}  # which every environment has
        for name in ("setuptools", "numpy", "matplotlib", "jupytext"):
            self.publish(name, "1.0")

    def publish(self, name: str, version: str) -> Path:
        """Put a package onto the network, and pin it."""
        wheel = self.wheels / f"{name}-{version}-py3-none-any.whl"
        info = f"{name}-{version}.dist-info"
        tags = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr(f"{name}/__init__.py", f"VERSION = {version!r}\n")
            file.writestr(f"{name}/pyplot.py", "")
            file.writestr(
                f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            )
            file.writestr(f"{info}/WHEEL", tags)
            file.writestr(f"{info}/RECORD", "")
        self.pins[name] = version, hashlib.sha256(wheel.read_bytes()).hexdigest()
        pins = self.pins.items()
        (self.folder / "constraints.txt").write_text("".join(f"{n}=={v}\n" for n, (v, _) in pins))
        (self.folder / "hashes.txt").write_text(
            "".join(f"{n}=={v} \\\n    --hash=sha256:{digest}\n" for n, (v, digest) in pins)
        )
        return wheel

    @contextmanager
    def start(self, **variables: str) -> Iterator[subprocess.Popen[str]]:
        """Start a set-up, and kill all of it at the end."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder.parent),
            "PYTHON": sys.executable,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }
        with subprocess.Popen(
            ["sh", "scripts/set_up.sh", "authoring"],
            cwd=self.folder,
            env={**environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)

    def run(self) -> tuple[int, str]:
        """Set up; return the status and what was said."""
        with self.start() as process:
            said, _ = process.communicate(timeout=300)
        return process.returncode, said

    def mark(self) -> str:
        """Return what is under way, as far as that is written down."""
        mark = self.folder / ".venv" / "course-unfinished"
        return mark.read_text().partition("\n")[0] if mark.exists() else ""

    def version(self, name: str) -> str:
        """Return the version of a package that the environment imports."""
        code = f"import course_utils.exercises, {name}; print({name}.VERSION)"
        python = str(self.folder / ".venv/bin/python")
        return subprocess.check_output([python, "-I", "-c", code], text=True).strip()


@pytest.fixture
def course(tmp_path: Path, root: Path) -> Course:
    return Course(tmp_path, root)


def until(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until something is so, as long as this process runs."""
    while not condition():
        if process.poll() is not None:
            said = process.stdout.read() if process.stdout else ""
            raise AssertionError(f"it ended before:\n{said}")
        time.sleep(0.05)


def test_a_second_one_waits_for_the_first(course: Course) -> None:
    (course.folder / "hold").touch()
    with course.start() as first:
        until((course.folder / "held").exists, first)
        (course.folder / ".venv" / "made by the first").touch()
        with course.start() as second:
            assert second.stdout is not None
            wait = "Another set-up of this folder is under way; waiting for its end.\n"
            assert second.stdout.readline() == wait
            (course.folder / "hold").unlink()
            assert "Ready." in first.communicate(timeout=300)[0]
            assert second.communicate(timeout=300)[0] == ""
    assert (first.returncode, second.returncode) == (0, 0)
    assert (course.folder / ".venv" / "made by the first").exists()
    assert course.version("numpy") == course.version("jupytext") == "1.0"


def test_what_was_killed_is_gone_on_with(course: Course) -> None:
    half = course.folder.parent / "python"
    half.write_text(f"""#!/bin/sh
        case "$*" in
            "-m venv "*) mkdir .venv/bin && touch .venv/bin/python && exec sleep 600 ;;
        esac
        exec {sys.executable} "$@"
        """)
    half.chmod(0o755)
    with course.start(PYTHON=str(half)) as killed:
        until((course.folder / ".venv" / "bin" / "python").exists, killed)
    assert course.mark() == "creating"

    (course.folder / "hold").touch()
    with course.start() as killed:
        until(lambda: course.mark() == "installing", killed)
        assert killed.stdout is not None
        assert killed.stdout.readline() == "The last set-up was interrupted; starting again.\n"
        until((course.folder / "held").exists, killed)
    (course.folder / "hold").unlink()
    assert course.mark() == "installing"
    # as pip leaves a package that it was killed in: all but the last two files
    (site,) = (course.folder / ".venv" / "lib").glob("python*/site-packages")
    for rest in ("INSTALLER", "RECORD", "WHEEL"):
        (site / "jupytext-1.0.dist-info" / rest).unlink()
    shutil.rmtree(site / "jupytext")

    status, said = course.run()
    assert status == 0, said
    assert "The last set-up was interrupted; going on with it." in said
    assert "Creating" not in said
    assert course.version("numpy") == course.version("jupytext") == "1.0"
    assert not (course.folder / ".venv" / "tmp").exists()
    assert course.run() == (0, "")


def test_an_update_that_fails_leaves_the_environment_as_it_was(course: Course) -> None:
    assert course.run()[0] == 0
    course.publish("matplotlib", "2.0")
    update = course.publish("numpy", "2.0")
    away = update.rename(update.with_suffix(".away"))
    status, said = course.run()
    assert (status, course.version("numpy")) == (0, "1.0")
    assert "Going on with the environment as it is" in said

    # another file of the same name
    shutil.copy(away, update)
    with zipfile.ZipFile(update, "a") as file:
        file.writestr("numpy/more.py", "")
    status, said = course.run()
    assert (status, course.version("numpy")) == (0, "1.0")
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in said
    assert course.version("matplotlib") == "1.0"

    # one that nobody pinned
    away.rename(update)
    course.publish("left_pad", "1.0")
    backend = course.folder / "backend.py"
    asked = backend.read_text()
    backend.write_text(
        asked.replace("Requires-Dist: numpy\n", "Requires-Dist: numpy\nRequires-Dist: left_pad\n")
    )
    lock = course.folder / "hashes.txt"
    whole = lock.read_text()
    lock.write_text(whole[: whole.index("left_pad")])
    status, said = course.run()
    assert (status, course.version("numpy")) == (0, "1.0")
    assert "hashes.txt has no checksum of left-pad 1.0, which this computer needs" in said
    lock.write_text(whole)

    status, said = course.run()
    assert (status, course.version("numpy")) == (0, "2.0"), said
    assert (course.version("matplotlib"), course.version("left_pad")) == ("2.0", "1.0")
    assert course.run() == (0, "")
