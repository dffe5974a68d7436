"""What the server says of itself to who runs it: whether it is ready, and how it is doing."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from streamlit import runtime
from streamlit.runtime.stats import (
    ACTIVE_SESSIONS_FAMILY,
    SESSION_DURATION_FAMILY,
    SESSION_EVENTS_FAMILY,
    CounterStat,
    GaugeStat,
)

import atlas as package
from atlas.metrics import REGISTRY
from atlas.records import Atlas
from atlas.server.data_watch import OnDisk, on_disk
from atlas.server.shutdown import STOPPING
from atlas.tables import DataError, current

UNCACHED = {"cache-control": "no-store"}
# The log has all of them.
MOST_PROBLEMS = 50


async def health(_: Request) -> Response:
    """Answer 200 where readers can be served, else 503 with the reason.

    This is readiness: whether to send readers here. Whether the process lives at all is
    Streamlit's `/_stcore/health`, which stays true while the server drains.
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
        **_standing(on_disk()),
    }
    said = {"status": "ok", "version": package.__version__, "data": data}
    return JSONResponse(said, headers=UNCACHED)


def _standing(found: OnDisk) -> dict[str, object]:
    """Say how the files on disk stand to the data shown; readers are served in any case."""
    match found.state:
        case "newer":
            return {"on_disk": "newer", "version_on_disk": found.version}
        case "broken":
            said = {
                "problem_count": len(found.problems),
                "problems": found.problems[:MOST_PROBLEMS],
            }
            return {"on_disk": "broken", **said}
    return {"on_disk": "same"}


async def metrics(request: Request) -> Response:
    """Answer the state of the process in Prometheus' text format, or OpenMetrics if asked for."""
    encode, media_type = _encoder(request.headers.get("accept", ""))
    # In a thread: it reads files of the system, and the data if these are not loaded yet.
    content = await run_in_threadpool(encode, REGISTRY)
    return Response(content, headers=UNCACHED | {"content-type": media_type})


def _encoder(accept: str) -> tuple[Callable[[CollectorRegistry], bytes], str]:
    try:
        return choose_encoder(accept)
    except (TypeError, ValueError):  # A version that is no number is too much for it.
        return choose_encoder("")


def _unready(status: str, reason: str) -> Response:
    said = {"status": status, "version": package.__version__, "reason": reason}
    return JSONResponse(said, status_code=503, headers=UNCACHED)


class _Served(Collector):
    """What is served, and to how many: the version, the data, the sessions."""

    def collect(self) -> Iterable[Metric]:
        yield InfoMetricFamily("atlas", "The program.", {"version": package.__version__})
        yield from _data()
        yield from _sessions()

    def describe(self) -> Iterable[Metric]:
        """Return nothing: asked for at registration, when neither data nor sessions are there."""
        return ()


def _data() -> Iterable[Metric]:
    atlas = _loaded()
    yield GaugeMetricFamily("atlas_data_loaded", "Whether data are there.", int(bool(atlas)))
    if atlas:
        about = {"version": atlas.version, "as_of": atlas.as_of.isoformat()}
        yield InfoMetricFamily("atlas_data", "The data shown.", about)
        yield GaugeMetricFamily("atlas_data_places", "Places in them.", len(atlas.places))
    found = on_disk()
    states = GaugeMetricFamily(
        "atlas_data_on_disk", "How the files on disk stand to the data shown.", labels=["state"]
    )
    for state in ("same", "newer", "broken"):
        states.add_metric([state], int(state == found.state))
    yield states
    problems = len(found.problems)
    yield GaugeMetricFamily("atlas_data_problems", "Problems of the files on disk.", problems)


def _loaded() -> Atlas | None:
    try:
        return current()
    except DataError:
        return None


def _sessions() -> Iterable[Metric]:
    """Yield what Streamlit's session manager counts; an event is a connect, a disconnect ..."""
    if not runtime.exists():
        return
    families = [ACTIVE_SESSIONS_FAMILY, SESSION_EVENTS_FAMILY, SESSION_DURATION_FAMILY]
    found = runtime.get_instance().stats_mgr.get_stats(families)
    active = sum(one.value for one in found[ACTIVE_SESSIONS_FAMILY] if isinstance(one, GaugeStat))
    yield GaugeMetricFamily("atlas_sessions_active", "Readers connected now.", active)
    events = CounterMetricFamily(
        "atlas_session_events", "Readers that came, came back, went.", labels=["type"]
    )
    for one in found[SESSION_EVENTS_FAMILY]:
        if isinstance(one, CounterStat) and one.labels:
            events.add_metric([one.labels["type"]], one.value)
    yield events
    spent = sum(one.value for one in found[SESSION_DURATION_FAMILY] if isinstance(one, CounterStat))
    yield CounterMetricFamily(
        "atlas_session_duration_seconds", "Time that ended sessions lasted.", spent
    )


REGISTRY.register(_Served())
