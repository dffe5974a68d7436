"""Readiness and metrics, as a load balancer and Prometheus ask for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

import atlas as package
from atlas.datapackage.loader import current
from atlas.server.routes import operations
from atlas.server.seams import process
from tests.conftest import Folder


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/health", operations.health), Route("/metrics", operations.metrics)]
    return TestClient(Starlette(routes=routes))


@pytest.fixture
def broken(elsewhere: Folder) -> Folder:
    """Tables of a process whose data cannot be loaded."""
    tables = Folder(elsewhere.path / "tables")
    tables.set("figures", "alpha-area-1", value="many")
    return tables


@pytest.fixture
def stopping_server() -> Iterator[None]:
    process.STOPPING.set()
    yield
    process.STOPPING.clear()


def values(client: TestClient) -> dict[str, float]:
    """Return every sample under its name and the values of its labels."""
    text = client.get("/metrics").text
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_health_says_what_is_served(client: TestClient) -> None:
    answer = client.get("/health")
    atlas = current()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "status": "ok",
        "version": package.__version__,
        "data": {
            "version": atlas.version,
            "as_of": atlas.as_of.isoformat(),
            "places": len(atlas.places),
            "on_disk": "same",
        },
    }


def test_health_comes_back_when_the_data_are_put_right(client: TestClient, broken: Folder) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert "data cannot be loaded" in answer.json()["reason"]
    assert str(broken.path) not in answer.text
    broken.set("figures", "alpha-area-1", value="5")
    assert client.get("/health").status_code == 200


@pytest.mark.usefixtures("stopping_server")
def test_health_is_false_while_the_server_stops(client: TestClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "stopping")


def test_metrics_name_program_data_and_process(client: TestClient) -> None:
    samples, atlas = values(client), current()
    assert samples[f"atlas_info {package.__version__}"] == 1
    assert samples[f"atlas_data_info {atlas.as_of.isoformat()} {atlas.version}"] == 1
    assert samples["atlas_data_places"] == len(atlas.places)
    assert samples["atlas_data_loaded"] == 1
    assert samples["atlas_run_errors_total"] >= 0
    assert samples["atlas_run_duration_seconds_count map"] >= 0


@pytest.mark.usefixtures("broken")
def test_metrics_are_there_without_data_and_say_so(client: TestClient) -> None:
    samples = values(client)
    assert samples["atlas_data_loaded"] == 0
    assert "atlas_data_places" not in samples


def test_openmetrics_is_spoken_to_who_asks_for_it(client: TestClient) -> None:
    accept = {"accept": "application/openmetrics-text; version=1.0.0"}
    answer = client.get("/metrics", headers=accept)
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.endswith("# EOF\n")


def test_version_is_that_of_the_project() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{package.__version__}"' in project
