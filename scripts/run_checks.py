"""Run everything that the course is tested with, and sum it up.

python scripts/run_checks.py            every stage
python scripts/run_checks.py lint       some of them

Two cores are what CI has, and what a laptop can spare. Most commands keep one of them busy, so two
run side by side, and what one prints is shown when it ends. A failure ends nothing: the rest runs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
CORES = 2
GROUPS = 4  # of lessons, each executed by one command
STAGES = ("lint", "check", "unit", "notebooks", "solved", "browser")

NBVAL = (
    *("--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "--timeout=600", "-q"),
    *("-p", "tests.notebooks.own_progress", "-p", "no:randomly", "-p", "no:cacheprovider"),
    *("-p", "no:hypothesispytest"),  # takes half a second to import
    # a notebook is no module with doctests, and the settings for tests are not for it
    *("--override-ini", "addopts=", "--override-ini", "testpaths="),
)
BROWSER = (PYTHON, "-m", "pytest", "-q")
EVERY_EXPLORER = "tests/browser/test_every_explorer.py"  # half of the browser's work
PLANTED_ERRORS = "tests/notebooks/test_planted_errors.py"  # executes the lessons
ENGINE = "tests/exercises"
APART = ("tests/browser", "tests/benchmarks", PLANTED_ERRORS, ENGINE)
SIDE_BY_SIDE = ("-n", str(CORES), "--dist", "worksteal", "--durations=10", "--durations-min=5")


@dataclass(frozen=True)
class Command:
    """A program, the stage that it belongs to, and how many cores it keeps busy."""

    stage: str
    words: tuple[str, ...]
    cores: int = 1


@dataclass(frozen=True)
class Outcome:
    """How a command ended, what it printed and how long it took."""

    command: Command
    code: int
    text: str
    seconds: float


def commands() -> list[Command]:
    """List every command in the order in which they start."""
    programs = Path(PYTHON).parent
    modules = [str(p.relative_to(ROOT)) for p in sorted((ROOT / "course_utils").rglob("*.py"))]
    notebooks = [str(p.relative_to(ROOT)) for p in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    # small enough to end at about the same time, and few, for each takes seconds to start
    groups = [notebooks[first::GROUPS] for first in range(GROUPS)]
    return [
        # what fails fastest comes first
        Command("lint", (str(programs / "ruff"), "check", ".")),
        Command("lint", (str(programs / "ruff"), "format", "--check", ".")),
        Command("lint", (str(programs / "lint-imports"),)),
        Command("lint", ("sh", "scripts/lint_javascript.sh")),
        Command("lint", (PYTHON, "-m", "numpydoc", "lint", *modules)),
        *(
            Command("unit", (PYTHON, "-m", "pytest", "-q", *parts, *SIDE_BY_SIDE), cores=CORES)
            for parts in (
                ("tests", "course_utils", *(f"--ignore={part}" for part in APART)),
                # answers that loop for ever are stopped here, which leaves its mark on a process
                (ENGINE,),
            )
        ),
        # then the longest, so that the short ones fill the cores to the end
        Command("browser", (*BROWSER, EVERY_EXPLORER)),
        Command("browser", (*BROWSER, "tests/browser", f"--ignore={EVERY_EXPLORER}")),
        *(
            Command("unit", (PYTHON, "-m", "pytest", "-q", PLANTED_ERRORS, "-k", half))
            for half in ("02 or 04 or 07", "not (02 or 04 or 07)")
        ),
        Command("lint", (PYTHON, "-m", "mypy")),
        Command("check", (PYTHON, "-m", "course_utils.authoring", "check")),
        *(
            command
            for group in groups
            for command in (
                Command("notebooks", (PYTHON, "-m", "pytest", *NBVAL, *group)),
                # executes each lesson with its solutions; fails where one is not found correct
                Command("solved", (PYTHON, "-m", "course_utils.authoring", "solved", *group)),
            )
        ),
    ]


def main(names: list[str]) -> int:
    """Run the named stages, or all; return 0 if every command passed, else 1."""
    unknown = sorted(set(names) - set(STAGES))
    if unknown:
        print(f"no such stage: {', '.join(unknown)}", file=sys.stderr)
        print(f"there are: {', '.join(STAGES)}", file=sys.stderr)
        return 2
    began = time.perf_counter()
    chosen = [command for command in commands() if not names or command.stage in names]
    with tempfile.TemporaryDirectory(prefix="course-checks-") as scratch:
        environment = environment_for_tests(Path(scratch))
        outcomes = side_by_side(chosen, lambda command: run(command, environment))
    print(summary(outcomes, time.perf_counter() - began))
    return int(any(outcome.code != 0 for outcome in outcomes))


def environment_for_tests(scratch: Path) -> dict[str, str]:
    """Return the variables that every command runs with."""
    environment = {
        **os.environ,
        # nobody's own progress is read or written
        "COURSE_PROGRESS": str(scratch / "progress.json"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
        "TQDM_DISABLE": "1",
        # two processes with two threads each stand in each other's way on two cores: measured,
        # the tests of operations and networks take 74 s so, and 31 s with one thread each
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
    environment.pop("MPLBACKEND", None)
    return environment


def side_by_side(
    waiting: Iterable[Command], work: Callable[[Command], Outcome], cores: int = CORES
) -> list[Outcome]:
    """Start the commands in order, each as soon as its cores are free; return how they ended."""
    queue = deque(waiting)
    running: dict[Future[Outcome], Command] = {}
    outcomes = []
    with ThreadPoolExecutor(cores) as pool:
        while queue or running:
            busy = sum(command.cores for command in running.values())
            if queue and busy + queue[0].cores <= cores:
                command = queue.popleft()
                running[pool.submit(work, command)] = command
                continue
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                del running[future]
                outcomes.append(future.result())
    return outcomes


def run(command: Command, environment: dict[str, str]) -> Outcome:
    """Run one command; show what it prints as it comes where nothing runs beside it."""
    alone = command.cores == CORES
    title = f"\n== {command.stage}: {shown(command)}"
    if alone:
        print(title, flush=True)
    began = time.perf_counter()
    kept: list[str] = []
    with subprocess.Popen(
        command.words,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            kept.append(line)
            if alone:
                print(line, end="", flush=True)
    seconds = time.perf_counter() - began
    text = "".join(kept)
    said = "" if alone else f"{title}\n{text}"
    verdict = "passed" if process.returncode == 0 else f"FAILED ({process.returncode})"
    print(f"{said}== {command.stage}: {verdict} in {seconds:.0f} s", flush=True)
    return Outcome(command, process.returncode, text, seconds)


def shown(command: Command) -> str:
    """Return a command in a line: without the options of nbval, and a long list cut short."""
    words = [Path(command.words[0]).name, *command.words[1:]]
    line = " ".join(word for word in words if word not in NBVAL)
    return line if len(line) <= 90 else line[:87] + "..."


def count_tests(text: str) -> Counter[str]:
    """Return the counts of pytest's last line: ``{"passed": 12, "skipped": 1}``."""
    lines = [line for line in text.splitlines() if re.search(r"\bin [\d.]+s\b", line)]
    if not lines:
        return Counter()
    found = re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b", lines[-1])
    return Counter({word: int(number) for number, word in found})


def summary(outcomes: list[Outcome], seconds: float) -> str:
    """Lay out the stages with the time of their commands and their tests, and one last line."""
    rows = ["", "stage       result    time  tests"]
    failed = []
    total: Counter[str] = Counter()
    for stage in STAGES:
        of_stage = [outcome for outcome in outcomes if outcome.command.stage == stage]
        if not of_stage:
            continue
        counts = sum((count_tests(outcome.text) for outcome in of_stage), Counter[str]())
        total += counts
        if any(outcome.code != 0 for outcome in of_stage):
            failed.append(stage)
        result = "FAILED" if stage in failed else "passed"
        took = sum(outcome.seconds for outcome in of_stage)
        rows.append(f"{stage:<11} {result:<7} {took:4.0f} s  {in_words(counts)}")
        if stage == "lint" and not shutil.which("npm"):
            rows.append("            JavaScript SKIPPED, no npm here: on Debian, apt install npm")
        if stage == "browser" and not (shutil.which("chromium") or shutil.which("google-chrome")):
            rows.append("            SKIPPED, no Chromium here: on Debian, apt install chromium")
    verdict = f"FAILED: {', '.join(failed)}" if failed else "all passed"
    rows.append(f"{verdict}; {in_words(total) or 'no tests'}; {seconds:.0f} s")
    return "\n".join(rows)


def in_words(counts: Counter[str]) -> str:
    """Return counts as "12 passed, 1 skipped"."""
    return ", ".join(f"{number} {word}" for word, number in counts.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
