"""MEC is the convolution of the loops, as slabs and row by row."""

import pytest
from hypothesis import given, settings

from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast import mec, sharing
from tests.ops.algorithms.problems import check_against_loops, problems


@pytest.mark.parametrize("few", [0, 32], ids=["as slabs", "row by row"])
@settings(max_examples=40, deadline=None)
@given(p=problems())
def test_it_is_the_loops(few: int, p: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mec, "_FEW", few)
        check_against_loops(mec, p)


@settings(max_examples=20, deadline=None)
@given(p=problems())
def test_in_small_blocks_too(p: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "NEAR", 200)
        patch.setattr(mec, "summands_at_best", lambda work: None)
        check_against_loops(mec, p)


@settings(max_examples=20, deadline=None)
@given(p=problems())
def test_the_weight_s_gradient_in_parts_of_a_few_summands(p: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mec, "summands_at_best", lambda work: 5)
        check_against_loops(mec, p)
