"""Exercises that answer at once: what is wrong, and why.

In a lesson a learner completes a stub under ``@exercise("01.convolve_full")`` and runs the cell.
``hint("01.convolve_full")`` gives the next hint, ``solution("01.convolve_full")`` the model
solution, ``progress()`` the table of what is done.
"""

from .decorator import exercise
from .definition import Case, Exercise, Misconception
from .hints import hint, solution
from .progress_file import progress_path
from .progress_table import progress
from .random_arguments import rounded_normals
from .registry import all_exercises, get
from .stub_and_solution import solution_source, stub_source
from .time_limit import can_limit

__all__ = [
    "Case",
    "Exercise",
    "Misconception",
    "all_exercises",
    "can_limit",
    "exercise",
    "get",
    "hint",
    "progress",
    "progress_path",
    "rounded_normals",
    "solution",
    "solution_source",
    "stub_source",
]
