"""Judging the source of an answer in a process of its own, with limits on time and memory.

For whoever has a cell and no kernel, a grader for example. The process starts anew, imports the
course, runs the cell and judges the function in it; what the cell spoils goes with the process.
It is no sandbox: the cell may read and write what the user may who runs it, and one that means to
deceive could find the pipe and write a verdict of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from typing import Any

from .definition import Exercise
from .judge import judge
from .messages import verdicts
from .messages.notice import Listing
from .outcome import Kind, Outcome
from .registry import get

_START = 60.0  # seconds on the wall for the process to start and import the course
_TIMES = 12  # an exercise's own seconds: answers may take ten of them on the wall, looking the rest


def judge_apart(
    exercise: Exercise, source: str, *, memory: int = 4 * 2**30, start: float = _START
) -> Outcome:
    """Judge a cell; whatever it does, there is an outcome in bounded time."""
    question = json.dumps({"id": exercise.id, "source": source, "memory": memory})
    command = [sys.executable, "-P", "-m", __name__]
    path = os.pathsep.join(entry for entry in sys.path if entry)
    try:
        done = subprocess.run(
            command,
            input=question,
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": path, "COURSE_PROGRESS": os.devnull},
            timeout=start + _TIMES * exercise.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return verdicts.never_came_back(exercise)
    try:
        return _outcome(exercise, json.loads(done.stdout))
    except (ValueError, LookupError, TypeError):
        return verdicts.ended_early(exercise)


def _outcome(exercise: Exercise, answer: Any) -> Outcome:
    """Make an outcome of what a process said: plain texts, for nothing else of it is trusted."""
    known = {m.name: m for m in exercise.misconceptions}
    return Outcome(
        title=f"{exercise.id}: {Kind[answer['kind']].value}.",
        blocks=(Listing("", str(answer["text"])),),
        kind=Kind[answer["kind"]],
        misconception=known.get(answer["misconception"]),
    )


def _main() -> None:
    """Answer one question from the standard input on the standard output."""
    question = json.load(sys.stdin)
    reply = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    exercise = get(question["id"])
    _limit_memory(question["memory"])
    outcome = judge(exercise, _function(exercise, question["source"]))
    name = outcome.misconception.name if outcome.misconception else ""
    json.dump({"kind": outcome.kind.name, "text": str(outcome), "misconception": name}, reply)
    reply.flush()
    os._exit(0)  # whatever threads the cell has left


def _function(exercise: Exercise, source: str) -> Any:
    """Run a cell as in its lesson, without judging, and take the function it defines."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec("\n".join(["import numpy as np", *exercise.uses]), namespace)
    namespace["exercise"] = lambda _: lambda function: function
    exec(compile(source, "<cell>", "exec"), namespace)
    return namespace.get(exercise.name)


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows; a lower limit is set
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    _main()
