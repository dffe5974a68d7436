"""The server's routes and what stands before them, asked in this process."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas import server
from tests.pages.opened import elsewhere, package

__all__ = ["elsewhere", "package"]


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """A client; it asks for nothing to be compressed, which takes longer than the answer."""
    app = Starlette(routes=server.routes(), middleware=server.middleware())
    headers = {"accept-encoding": "identity"}
    with TestClient(app, headers=headers) as client:  # Its event loop lasts for all requests.
        yield client
