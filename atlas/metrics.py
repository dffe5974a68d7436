"""Prometheus metrics of the process: page runs, their errors, requests.

Names, units and labels follow Prometheus' naming practice. The values of every label come from a
fixed list, so that no reader can add series.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from atlas.model.pages import PAGES

# process_start_time_seconds already says when the series begin.
disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
# Processor time, memory, open files, start of the process; garbage collections; Python version.
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

RUNS = Histogram(
    "atlas_run_duration_seconds",
    "Runs of a page's script, and how long each took.",
    ["page"],
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
    registry=REGISTRY,
)
ERRORS = Counter(
    "atlas_run_errors",
    "Runs that ended in an error no part of the page caught.",
    registry=REGISTRY,
)
REQUESTS = Histogram(
    "atlas_request_duration_seconds",
    "Answers over HTTP by route and status, and how long each took.",
    ["route", "status"],
    buckets=(0.005, 0.025, 0.1, 0.5, 2.5),
    registry=REGISTRY,
)
# A page that is not listed is an error, not a new series.
_RUNS_OF = {page: RUNS.labels(page or "map") for page in PAGES}


@contextmanager
def observed(page: str) -> Iterator[None]:
    """Count and time a run of a page, however it ends.

    Streamlit ends some runs early with exceptions of its own (a rerun, a stop): these count too.
    """
    started = perf_counter()
    try:
        yield
    finally:
        _RUNS_OF[page].observe(perf_counter() - started)


def failed(_: Exception) -> None:
    """Count an error of a page or of one of its callbacks; Streamlit logs and shows it."""
    ERRORS.inc()
