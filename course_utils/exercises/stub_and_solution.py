"""The text of an exercise: its stub and its solution, both read from the reference.

A reference stands in its file exactly as a learner reads it, so its source is the solution.
"""

from __future__ import annotations

import ast
import inspect
import textwrap

from .definition import Exercise


def stub_source(exercise: Exercise) -> str:
    '''Write the stub that a learner starts from.

    Parameters
    ----------
    exercise : Exercise
        The exercise.

    Returns
    -------
    str
        The decorator, the reference's signature, its docstring, ``...``.

    Examples
    --------
    >>> from course_utils.exercises import get, stub_source
    >>> print(stub_source(get("07.relu_backward")))
    @exercise("07.relu_backward")
    def relu_backward(g, y):
        """Gradient of x, from g, the gradient of y = max(x, 0), and y itself; at x = 0 it is 0."""
        ...
    '''
    text = solution_source(exercise)
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    head = "\n".join(text.splitlines()[: function.body[0].end_lineno])
    return f'@exercise("{exercise.id}")\n{head}\n    ...'


def solution_source(exercise: Exercise, *, decorated: bool = False) -> str:
    """Write the model solution, which is the source of the reference.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    decorated : bool, optional
        Whether ``@exercise("…")`` stands above it, as in the solved notebook.

    Returns
    -------
    str
        Source text that runs where ``np`` and the exercise's `uses` are imported.
    """
    text = textwrap.dedent(inspect.getsource(exercise.reference)).rstrip("\n")
    return f'@exercise("{exercise.id}")\n{text}' if decorated else text
