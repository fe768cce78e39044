"""A stub is told from an attempt by its code."""

from __future__ import annotations

import pytest

from course_utils.exercises.attempted import is_attempted

HEAD = "def f(x, w=2, *rest, **more):\n"
STUBS = [
    "    ...",
    "    pass",
    '    """Doc."""',
    '    """Doc."""\n    ...',
    '    """Doc."""\n    # a plan, in words\n    pass',
    "    raise NotImplementedError",
    "    raise NotImplementedError()",
    '    raise NotImplementedError("your turn")',
    '    """Doc."""\n    raise NotImplementedError',
    "    return None",
    "    return",
]
ATTEMPTS = [
    "    return ...",
    "    return 0",
    "    return x",
    "    y = x",
    "    raise ValueError",
    "    raise ValueError('NotImplementedError')",
    "    print(x)",
    "    if x: raise NotImplementedError",
    "    yield",
    "    N = len(x)\n    ...",
]


def define(body: str) -> object:
    namespace: dict[str, object] = {}
    exec(HEAD + body, namespace)
    return namespace["f"]


@pytest.mark.parametrize("body", STUBS)
def test_stubs(body: str) -> None:
    assert not is_attempted(define(body))


@pytest.mark.parametrize("body", ATTEMPTS)
def test_attempts(body: str) -> None:
    assert is_attempted(define(body))


def test_what_has_no_code_is_an_attempt() -> None:
    assert is_attempted(len)
    assert is_attempted(3)
