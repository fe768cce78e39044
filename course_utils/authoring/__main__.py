"""``python -m course_utils.authoring``: build, check, adopt, solved, pages."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from course_utils.authoring.adopt import adopt
from course_utils.authoring.build import build, build_solved
from course_utils.authoring.check import check
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lesson_files import Lesson, course_root, find_lessons
from course_utils.authoring.page import write_page


def main(arguments: list[str] | None = None) -> int:
    """Run one command: 0 if all is well, 1 if not, 2 for one that is not understood."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    root: Path = chosen.root.resolve()
    try:
        if chosen.command == "adopt":
            print(adopt(chosen.notebook, root, force=chosen.force))
            return 0
        lessons = find_lessons(chosen.lessons, root)
        if chosen.command == "build":
            return _each(lessons, partial(build, rebuild=chosen.all, force=chosen.force), 1)
        if chosen.command == "pages":
            return _each(lessons, write_page, 1)
        if chosen.command == "solved":
            return _each(lessons, build_solved, chosen.jobs)
        faults = check(root, lessons, complete=not chosen.lessons)
    except AuthoringError as error:
        print(error, file=sys.stderr)
        return 1
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(lessons)} lessons checked: {len(faults) or 'no'} fault{'s' * (len(faults) != 1)}")
    return 1 if faults else 0


def _each(lessons: list[Lesson], work: Callable[[Lesson], object], jobs: int) -> int:
    """Work on each lesson, even after one has failed; 1 if any failed, else 0."""
    if jobs == 1:
        return max([_status(work, lesson) for lesson in lessons], default=0)
    with ProcessPoolExecutor(jobs) as pool:
        return max(pool.map(partial(_status, work), lessons), default=0)


def _status(work: Callable[[Lesson], object], lesson: Lesson) -> int:
    """Work on one lesson; 1 if it failed, else 0."""
    try:
        work(lesson)
    except AuthoringError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    sys.stdout.flush()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m course_utils.authoring", description=__doc__)
    parser.add_argument("--root", type=Path, default=course_root(), help="the root of the course")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in [
        ("build", "execute the lessons that changed and store their notebooks"),
        ("check", "compare sources and stored notebooks, executing nothing"),
        ("solved", "write build/solved: every exercise filled in, executed and found correct"),
        ("pages", "write build/pages: the stored notebooks in HTML, with words for pictures"),
    ]:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("lessons", nargs="*", help="01, a name or a path; all if not given")
        if name == "build":
            command.add_argument("--all", action="store_true", help="even where nothing changed")
            command.add_argument(
                "--force",
                action="store_true",
                help="build even over somebody's work",
            )
        if name == "solved":
            command.add_argument(
                "--jobs", type=int, default=1, help="how many lessons at a time (default 1)"
            )
    text = "take an edited and saved notebook back into its source"
    command = commands.add_parser("adopt", help=text, description=text)
    command.add_argument("notebook", type=Path)
    command.add_argument(
        "--force", action="store_true", help="even if the source has changed since the build"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
