"""Three replicas and nginx before them.

The tests here that need nginx run where it is found, those that need Chromium too where both
are; elsewhere they are left out, and `ATLAS_BROWSER=required` makes that an error.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.browser.conftest import FOUND as CHROMIUM_FOUND
from tests.browser.conftest import browser
from tests.hosting.servers import NGINX, Nginx, Replica, running

__all__ = ["browser"]

if not NGINX and os.environ.get("ATLAS_BROWSER") == "required":
    raise RuntimeError("The tests of hosting need nginx: install nginx-light.")
collect_ignore = [
    *([] if NGINX else ["test_nginx.py"]),
    *([] if NGINX and CHROMIUM_FOUND else ["test_failover.py", "test_below_a_path.py"]),
]


@dataclass(frozen=True)
class Site:
    """The dashboard as readers reach it: nginx, and behind it the replicas."""

    nginx: Nginx
    replicas: list[Replica]

    @property
    def url(self) -> str:
        return self.nginx.url

    def busiest(self) -> Replica:
        """The replica with the most readers."""
        return max(self.replicas, key=Replica.sessions)


@pytest.fixture(scope="session")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    """A server that all tests share which only ask it."""
    replica = Replica(tmp_path_factory.mktemp("replica"))
    with running(replica.ready()):
        yield replica


@pytest.fixture(scope="session")
def replicas(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Replica]]:
    """Three replicas; a test that ends one starts it again."""
    folder = tmp_path_factory.mktemp("replicas")
    others = [Replica(folder) for _ in range(2)]
    with running(*others):
        yield [replica, *others]


@pytest.fixture(scope="module")
def site(replicas: list[Replica], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The replicas behind an nginx that has kept nothing yet."""
    ready = [replica.ready() for replica in replicas]
    nginx = Nginx.before(ready, tmp_path_factory.mktemp("site"))
    yield Site(nginx, replicas)
    nginx.stop()
