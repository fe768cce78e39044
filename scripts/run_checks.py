"""Run everything that the course is tested with, stage by stage, and sum it up.

python scripts/run_checks.py            every stage
python scripts/run_checks.py lint       some of them
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
# two processes: what CI has, and what a laptop can spare. One file stays in one process, so that
# a notebook's cells run in order in one kernel.
PARALLEL = ["-n", "2", "--dist", "loadfile"]
# two processes with two threads each stand in each other's way on two cores: measured, the tests
# of operations and networks take 74 s so, and 31 s with one thread each
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
NBVAL = [
    *["--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"],
    *["--override-ini", "addopts=", "-p", "no:randomly", "-q"],
    *["-p", "tests.notebooks.own_progress"],
    # a notebook is no module with doctests, and the settings for tests are not for it
    *["--override-ini", "testpaths=", "--timeout=600"],
]


@dataclass(frozen=True)
class Stage:
    """A named list of commands; all of them run, also after one that failed.

    Attributes
    ----------
    name : str
        As on the command line.
    commands : list of list of str
        What runs, from the root of the course.
    note : str
        Said after the stage where it is not empty.
    """

    name: str
    commands: list[list[str]]
    note: str = ""


@dataclass
class Outcome:
    """How a stage went.

    Attributes
    ----------
    name : str
        The stage.
    passed : bool
        Whether every command ended with 0.
    seconds : float
        How long it took.
    counts : dict of str to int
        Tests passed, failed, skipped and so on, summed over its commands.
    """

    name: str
    passed: bool
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)


def stages() -> list[Stage]:
    """List every stage in the order in which they run: what fails fastest comes first."""
    modules = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "course_utils").rglob("*.py"))
    notebooks = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "notebooks").glob("*.ipynb"))
    folder = Path(PYTHON).parent
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    return [
        Stage(
            "lint",
            [
                [str(folder / "ruff"), "check", "."],
                [str(folder / "ruff"), "format", "--check", "."],
                [PYTHON, "-m", "mypy"],
                [PYTHON, "-m", "numpydoc", "lint", *modules],
                [str(folder / "lint-imports")],
            ],
        ),
        Stage("check", [[PYTHON, "-m", "course_utils.authoring", "check"]]),
        Stage(
            "unit",
            [
                [
                    *[PYTHON, "-m", "pytest", "-q", "tests", "course_utils", *PARALLEL],
                    *["--durations=10", "--durations-min=5"],
                    *["--ignore=tests/browser", "--ignore=tests/benchmarks"],
                ]
            ],
        ),
        Stage("notebooks", [[PYTHON, "-m", "pytest", *NBVAL, *PARALLEL, *notebooks]]),
        # executes each lesson with its solutions; fails where one is not found correct
        Stage("solved", [[PYTHON, "-m", "course_utils.authoring", "solved", "--jobs", "2"]]),
        Stage(
            "browser",
            [[PYTHON, "-m", "pytest", "-q", "tests/browser"]],
            "" if browser else "SKIPPED, no chromium here: on Debian, apt install chromium",
        ),
    ]


def main(names: list[str]) -> int:
    """Run the named stages, or all.

    Parameters
    ----------
    names : list of str
        Stages; none means all.

    Returns
    -------
    int
        0 if every stage passed, else 1.
    """
    known = stages()
    unknown = set(names) - {stage.name for stage in known}
    if unknown:
        print(f"no such stage: {', '.join(sorted(unknown))}", file=sys.stderr)
        print(f"there are: {', '.join(stage.name for stage in known)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="course-checks-") as scratch:
        environment = {
            **os.environ,
            # nobody's own progress is read or written
            "COURSE_PROGRESS": str(Path(scratch) / "progress.json"),
            "JUPYTER_PREFER_ENV_PATH": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
            "TQDM_DISABLE": "1",
        }
        environment.pop("MPLBACKEND", None)
        outcomes = [
            run_stage(stage, environment) for stage in known if not names or stage.name in names
        ]
    print(summary(outcomes))
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def run_stage(stage: Stage, environment: dict[str, str]) -> Outcome:
    """Run a stage's commands, show what they print, and count their tests."""
    began = time.perf_counter()
    passed = True
    counts: dict[str, int] = {}
    print(f"\n== {stage.name}", flush=True)
    for command in stage.commands:
        two_processes = PARALLEL[0] in command or "--jobs" in command
        one = ONE_THREAD if two_processes else {}
        code, text = run_command(command, {**environment, **one})
        if code != 0:
            passed = False
            print(f"-- failed ({code}): {' '.join(command)[:200]}", flush=True)
        for word, number in count_tests(text).items():
            counts[word] = counts.get(word, 0) + number
    seconds = time.perf_counter() - began
    if stage.note:
        print(stage.note)
    print(f"== {stage.name}: {'passed' if passed else 'FAILED'} in {seconds:.0f} s", flush=True)
    return Outcome(stage.name, passed, seconds, counts)


def run_command(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run one command; show its output as it comes and return it.

    Parameters
    ----------
    command : list of str
        Program and arguments.
    environment : dict of str
        Its environment.

    Returns
    -------
    tuple of int and str
        The exit code and all that it printed.
    """
    kept: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            kept.append(line)
    return process.returncode, "".join(kept)


def count_tests(text: str) -> dict[str, int]:
    """Return the counts of pytest's last line: ``{"passed": 12, "skipped": 1}``."""
    lines = [line for line in text.splitlines() if re.search(r"\bin [\d.]+s\b", line)]
    if not lines:
        return {}
    found = re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b", lines[-1])
    return {word: int(number) for number, word in found}


def summary(outcomes: list[Outcome]) -> str:
    """Lay out the stages with their times and counts, and one last line."""
    rows = ["", "stage       result    time  tests"]
    total: dict[str, int] = {}
    for outcome in outcomes:
        for word, number in outcome.counts.items():
            total[word] = total.get(word, 0) + number
        result = "passed" if outcome.passed else "FAILED"
        rows.append(
            f"{outcome.name:<11} {result:<7} {outcome.seconds:4.0f} s  {_counts(outcome.counts)}"
        )
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    verdict = f"FAILED: {', '.join(failed)}" if failed else "all passed"
    seconds = sum(outcome.seconds for outcome in outcomes)
    rows.append(f"{verdict}; {_counts(total) or 'no tests'}; {seconds:.0f} s")
    return "\n".join(rows)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counts.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
