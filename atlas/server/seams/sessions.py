"""Readers connected to Streamlit, as Prometheus metrics.

Buys: how many readers there are, how many come, come back and go, and how long they stay.
Breaks: if Streamlit renames the families of its session statistics, or their labels.
Test: `test_failover.py`, which counts open sessions.
"""

from collections.abc import Iterable

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from streamlit import runtime
from streamlit.runtime.stats import (
    ACTIVE_SESSIONS_FAMILY,
    SESSION_DURATION_FAMILY,
    SESSION_EVENTS_FAMILY,
    CounterStat,
    GaugeStat,
)


def session_metrics() -> Iterable[Metric]:
    """Yield the session counts of Streamlit; events are connects, disconnects ..."""
    if not runtime.exists():
        return
    families = [ACTIVE_SESSIONS_FAMILY, SESSION_EVENTS_FAMILY, SESSION_DURATION_FAMILY]
    stats = runtime.get_instance().stats_mgr.get_stats(families)
    gauges = stats[ACTIVE_SESSIONS_FAMILY]
    active = sum(stat.value for stat in gauges if isinstance(stat, GaugeStat))
    yield GaugeMetricFamily("atlas_sessions_active", "Readers connected now.", active)
    events = CounterMetricFamily(
        "atlas_session_events", "Readers that came, came back, went.", labels=["type"]
    )
    for stat in stats[SESSION_EVENTS_FAMILY]:
        if isinstance(stat, CounterStat) and stat.labels:
            events.add_metric([stat.labels["type"]], stat.value)
    yield events
    durations = stats[SESSION_DURATION_FAMILY]
    seconds = sum(stat.value for stat in durations if isinstance(stat, CounterStat))
    yield CounterMetricFamily(
        "atlas_session_duration_seconds", "Time that ended sessions lasted.", seconds
    )
