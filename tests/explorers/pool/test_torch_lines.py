"""The lines of PyTorch; `test_explain` runs them."""

from __future__ import annotations

from course_utils.explorers.pool.explain import explain
from course_utils.explorers.pool.state import PoolState, with_changes


def test_the_backward_view_can_be_left_out() -> None:
    found = explain(with_changes(PoolState(), {"backward": False, "shift": (1, 0)}))
    assert found.torch_lines == ("x = x.roll((1, 0), (-2, -1))", "y = F.max_pool2d(x, 2)")
    assert not any("g sums" in note for note in found.notes)
