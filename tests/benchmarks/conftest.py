"""Timings are no tests: they run only when asked for, and what they find is written down.

Each benchmark is a pair. Every round runs PyTorch's operation and then ours on the same arrays, so
that whatever else the machine does meets both. Each runs twice and the second time counts: in the
first, threads and memory wake that slept during the other's turn, which in a virtual machine takes
longer than many an operation. The ratio of the medians is PyTorch's time over ours: above 1, ours
is faster.
"""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import time
from collections.abc import Callable
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from course_utils.ops import get_num_threads, set_num_threads
from course_utils.ops.fast.threads import blas

RESULTS = Path(__file__).parent / "results"
_found: list[dict[str, Any]] = []


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the benchmarks out of an ordinary run of the tests."""
    return None if config.getoption("benchmark_only", default=False) else True


@pytest.fixture(params=[2, 1], ids=["two threads", "one thread"])
def threads(request: pytest.FixtureRequest) -> Any:
    """Give both libraries this many threads."""
    before = get_num_threads(), torch.get_num_threads()
    set_num_threads(request.param)
    torch.set_num_threads(request.param)
    yield request.param
    set_num_threads(before[0])
    torch.set_num_threads(before[1])


@pytest.fixture
def pair(benchmark: Any, threads: int) -> Callable[..., None]:
    """
    Time two functions turn about.

    With two threads the clock on the wall counts; with one, the time of this process on a
    processor, which other work on the machine does not lengthen.
    """

    def run(
        kind: str, name: str, ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int = 15
    ) -> None:
        clock = time.perf_counter if threads > 1 else time.process_time
        times: dict[str, list[float]] = {"ours": [], "theirs": []}

        def timed(key: str, function: Callable[[], Any]) -> None:
            function()
            start = clock()
            function()
            times[key].append(clock() - start)

        def setup() -> None:
            # OpenMP's threads spin for a while after they are done; and both begin from a rest
            time.sleep(0.01)
            timed("theirs", theirs)
            time.sleep(0.01)

        ours()
        theirs()
        benchmark.pedantic(lambda: timed("ours", ours), setup=setup, rounds=rounds)
        medians = {key: statistics.median(values) for key, values in times.items()}
        least = {key: min(values) for key, values in times.items()}
        result = {
            "kind": kind,
            "name": name,
            "threads": threads,
            "ours_ms": round(medians["ours"] * 1e3, 3),
            "pytorch_ms": round(medians["theirs"] * 1e3, 3),
            "ratio": round(medians["theirs"] / medians["ours"], 2),
            "ratio_of_minima": round(least["theirs"] / least["ours"], 2),
        }
        benchmark.group = f"{kind}, {threads} threads"
        benchmark.extra_info.update(result)
        _found.append(result)

    return run


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print every ratio and the geometric mean of each kind, and write them down."""
    if not _found:
        return
    line = terminalreporter.write_line
    terminalreporter.section("PyTorch's time / ours, medians of pairs")
    means = []
    for kind, threads in dict.fromkeys((r["kind"], r["threads"]) for r in _found):
        group = [r for r in _found if (r["kind"], r["threads"]) == (kind, threads)]
        for r in group:
            line(
                f"{kind:22} {r['threads']} threads  {r['name']:36} ours {r['ours_ms']:9.3f} ms  "
                f"PyTorch {r['pytorch_ms']:9.3f} ms  ratio {r['ratio']:5.2f}"
            )
        mean = exp(sum(log(r["ratio"]) for r in group) / len(group))
        minima = exp(sum(log(r["ratio_of_minima"]) for r in group) / len(group))
        means.append(
            {
                "kind": kind,
                "threads": threads,
                "geometric_mean": round(mean, 2),
                "median": round(statistics.median(r["ratio"] for r in group), 2),
                "geometric_mean_of_minima": round(minima, 2),
                "smallest": min(r["ratio"] for r in group),
            }
        )
        line(f"{kind:22} {threads} threads  geometric mean {mean:.2f}  (of minima {minima:.2f})")
    RESULTS.mkdir(exist_ok=True)
    machine = _machine()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\(.*?\)", "", machine["processor"].lower())).strip(
        "-"
    )
    target = RESULTS / f"{platform.machine()}-{os.cpu_count()}-cores-{slug}.json"
    target.write_text(json.dumps({**machine, "means": means, "pairs": _found}, indent=1) + "\n")
    line(f"written to {target.relative_to(Path.cwd())}")


def _machine() -> dict[str, Any]:
    model = next(
        (
            text.partition(":")[2].strip()
            for text in Path("/proc/cpuinfo").read_text().splitlines()
            if text.startswith("model name")
        )
        if Path("/proc/cpuinfo").exists()
        else iter(()),
        platform.processor(),
    )
    return {
        "date": time.strftime("%Y-%m-%d"),
        "processor": model,
        "cores": os.cpu_count(),
        "load_average": [round(value, 1) for value in os.getloadavg()],
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": [getattr(library, "architecture", "?") for library in blas().lib_controllers],
        "torch": torch.__version__,
        "torch_kernels": torch.backends.cpu.get_cpu_capability(),
    }
