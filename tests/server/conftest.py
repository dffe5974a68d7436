"""The server's routes and what stands before them, asked in this process."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas import server
from tests.pages.opened import elsewhere, package

__all__ = ["elsewhere", "package"]


def served() -> TestClient:
    """Return a client; it asks for nothing to be compressed, which takes longer than the answer."""
    routes = Starlette(routes=server.routes(), middleware=server.middleware())
    return TestClient(routes, headers={"accept-encoding": "identity"})


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    with served() as client:  # It keeps its event loop from one request to the next.
        yield client
