"""Things of a learner's making are looked at without running code that need not run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.exercises.looked_at import attribute, module_of_class, name_of, name_of_class


def quiet() -> Any:
    """Make a class that raises at everything, at pytest's questions too."""

    class Loud(type):
        def __getattribute__(cls, name: str) -> Any:
            raise KeyError(name)

    class Quiet(metaclass=Loud):
        pass

    return Quiet


@pytest.mark.parametrize("kind", [int, np.ndarray, ValueError, type, Exception])
def test_ordinary_classes(kind: type) -> None:
    assert name_of_class(kind) == name_of(kind) == kind.__name__
    assert module_of_class(kind) == kind.__module__


def test_a_class_that_answers_nothing() -> None:
    kind = quiet()
    assert name_of_class(kind) == name_of(kind) == name_of(kind()) == "Quiet"
    assert module_of_class(kind) == __name__


def test_an_attribute_that_fails_is_not_there() -> None:
    assert attribute(quiet(), "shape", 3) == 3
