"""The runner of all checks: what runs beside what, what is counted, and what it says at the end."""

from __future__ import annotations

import threading
import time

import pytest
import run_checks
from run_checks import CORES, STAGES, Command, Outcome, count_tests, side_by_side, summary


def test_every_stage_has_its_commands() -> None:
    listed = run_checks.commands()
    assert {command.stage for command in listed} == set(STAGES)
    assert all(1 <= command.cores <= CORES for command in listed)
    lessons = {f"notebooks/{path.name}" for path in (run_checks.ROOT / "notebooks").glob("*.ipynb")}
    for stage in ("notebooks", "solved"):
        words = [word for command in listed if command.stage == stage for word in command.words]
        executed = [word for word in words if word.startswith("notebooks/")]
        assert sorted(executed) == sorted(lessons)


def test_no_more_runs_than_there_are_cores_and_all_is_run() -> None:
    lock = threading.Lock()
    busy: list[int] = []
    most = 0
    started = []

    def work(command: Command) -> Outcome:
        nonlocal most
        with lock:
            busy.append(command.cores)
            started.append(command.stage)
            most = max(most, sum(busy))
        time.sleep(0.01)
        with lock:
            busy.remove(command.cores)
        return Outcome(command, int(command.stage == "b"), "", 0.01)

    cores = {"a": 1, "b": 2, "c": 1, "d": 1, "e": 1, "f": 2}
    outcomes = side_by_side([Command(name, (), n) for name, n in cores.items()], work, 2)
    assert most == 2
    assert sorted(outcome.command.stage for outcome in outcomes) == sorted(cores)
    # a wide command waits for its cores, and what comes after it waits too
    assert started.index("a") < started.index("b") < started.index("c")
    assert started[-1] == "f"


def test_commands_of_one_core_run_beside_each_other() -> None:
    both = threading.Barrier(2, timeout=20)

    def work(command: Command) -> Outcome:
        both.wait()  # raises unless the other is there at the same time
        return Outcome(command, 0, "", 0.0)

    assert len(side_by_side([Command("a", ()), Command("b", ())], work, 2)) == 2


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("....\n12 passed, 1 skipped in 3.21s\n", {"passed": 12, "skipped": 1}),
        (
            "= 1 failed, 2 passed, 3 errors in 65.00s (0:01:05) =",
            {"failed": 1, "passed": 2, "errors": 3},
        ),
        ("Success: no issues found in 315 source files", {}),
        ("", {}),
    ],
)
def test_counts(text: str, counts: dict[str, int]) -> None:
    assert count_tests(text) == counts


def test_the_summary() -> None:
    lint, unit = Command("lint", ("ruff",)), Command("unit", ("pytest",), 2)
    text = summary(
        [
            Outcome(unit, 0, "7 passed, 1 skipped in 2.00s", 2.0),
            Outcome(lint, 0, "", 1.0),
            Outcome(lint, 1, "error", 4.0),
        ],
        6.4,
    )
    assert text.splitlines()[2:] == [
        "lint        FAILED     5 s  ",
        "unit        passed     2 s  7 passed, 1 skipped",
        "FAILED: lint; 7 passed, 1 skipped; 6 s",
    ]
    assert summary([Outcome(unit, 0, "7 passed in 2.00s", 2.0)], 2.0).endswith(
        "\nall passed; 7 passed; 2 s"
    )


def test_an_unknown_stage_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_checks.main(["lint", "unitt"]) == 2
    said = capsys.readouterr().err
    assert "no such stage: unitt" in said
    assert "there are: lint, check, unit" in said


def test_what_a_command_prints_is_shown_with_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    program = "print('said'); raise SystemExit(3)"
    command = Command("check", (run_checks.PYTHON, "-c", program))
    outcome = run_checks.run(command, {})
    assert (outcome.code, outcome.text) == (3, "said\n")
    first, *rest = capsys.readouterr().out.strip().splitlines()
    assert first.startswith("== check: python")
    assert rest == ["said", "== check: FAILED (3) in 0 s"]
