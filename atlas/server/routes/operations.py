"""Health and metrics, for the operators of the server."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import atlas as package
from atlas.datapackage.data_watch import OnDisk, on_disk
from atlas.datapackage.loader import DataError, current
from atlas.metrics import REGISTRY
from atlas.model.records import Atlas
from atlas.server.seams.process import STOPPING
from atlas.server.seams.sessions import session_metrics

UNCACHED = {"cache-control": "no-store"}
# The log lists all of them.
MOST_PROBLEMS = 50


async def health(_: Request) -> Response:
    """Return 200 if readers can be served, else 503 with the reason.

    This is readiness: whether to send readers here. For liveness use Streamlit's
    `/_stcore/health`, which stays healthy while the server drains.
    """
    if STOPPING.is_set():
        return _unready("stopping", "The server is about to stop.")
    try:
        atlas = await run_in_threadpool(current)
    except DataError as error:
        number = len(error.problems)
        return _unready("failing", f"The data cannot be loaded ({number} problems).")
    data = {
        "version": atlas.version,
        "as_of": atlas.as_of.isoformat(),
        "places": len(atlas.places),
        **_state_on_disk(on_disk()),
    }
    content = {"status": "ok", "version": package.__version__, "data": data}
    return JSONResponse(content, headers=UNCACHED)


def _state_on_disk(files: OnDisk) -> dict[str, object]:
    """Return the state of the files on disk; it does not affect readers."""
    if files.state == "same":
        return {"on_disk": "same"}
    return {
        "on_disk": "broken",
        "problem_count": len(files.problems),
        "problems": files.problems[:MOST_PROBLEMS],
    }


async def metrics(request: Request) -> Response:
    """Return the metrics in Prometheus' text format, or as OpenMetrics if requested."""
    encode, media_type = _encoder(request.headers.get("accept", ""))
    # In a thread, since it reads system files, and the data if they are not loaded yet.
    content = await run_in_threadpool(encode, REGISTRY)
    return Response(content, headers=UNCACHED | {"content-type": media_type})


def _encoder(accept: str) -> tuple[Callable[[CollectorRegistry], bytes], str]:
    try:
        return choose_encoder(accept)
    except (TypeError, ValueError):  # A version in the header is not a number.
        return choose_encoder("")


def _unready(status: str, reason: str) -> Response:
    content = {"status": status, "version": package.__version__, "reason": reason}
    return JSONResponse(content, status_code=503, headers=UNCACHED)


class _ServerCollector(Collector):
    """Collects the program's version, the data and the sessions."""

    def collect(self) -> Iterable[Metric]:
        yield InfoMetricFamily("atlas", "The program.", {"version": package.__version__})
        yield from _data()
        yield from session_metrics()

    def describe(self) -> Iterable[Metric]:
        """Return nothing, since there are neither data nor sessions at registration."""
        return ()


def _data() -> Iterable[Metric]:
    atlas = _atlas_or_none()
    yield GaugeMetricFamily("atlas_data_loaded", "Whether data are there.", int(bool(atlas)))
    if atlas:
        about = {"version": atlas.version, "as_of": atlas.as_of.isoformat()}
        yield InfoMetricFamily("atlas_data", "The data shown.", about)
        yield GaugeMetricFamily("atlas_data_places", "Places in them.", len(atlas.places))
    files = on_disk()
    states = GaugeMetricFamily(
        "atlas_data_on_disk", "How the files on disk stand to the data shown.", labels=["state"]
    )
    for state in ("same", "broken"):
        states.add_metric([state], int(state == files.state))
    yield states
    problems = len(files.problems)
    yield GaugeMetricFamily("atlas_data_problems", "Problems of the files on disk.", problems)


def _atlas_or_none() -> Atlas | None:
    try:
        return current()
    except DataError:
        return None


REGISTRY.register(_ServerCollector())
