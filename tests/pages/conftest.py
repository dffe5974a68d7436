"""One event loop for all requests, which otherwise start one each."""

from collections.abc import Iterator

import pytest

from tests.pages.opened import CLIENT


@pytest.fixture(scope="session", autouse=True)
def _one_event_loop() -> Iterator[None]:
    with CLIENT:
        yield
