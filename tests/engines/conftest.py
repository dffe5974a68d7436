"""Firefox and WebKit, as Debian packages them, on a screen that nobody sees.

The tests here run in those of the two that are found, with Xvfb, where those with Chromium run
too; elsewhere they are left out, and `ATLAS_BROWSER=required` makes the absence of either an error.
"""

import os
from collections.abc import Iterator

import pytest

from tests.browser.conftest import FOUND as CHROMIUM_FOUND
from tests.browser.conftest import server
from tests.engines.engine import SCREEN, Engine, screen
from tests.engines.firefox import FIREFOX, firefox
from tests.engines.webkit import BROWSER, DRIVER, webkit

__all__ = ["server"]

FOUND = {"firefox": SCREEN and FIREFOX, "webkit": SCREEN and DRIVER and BROWSER}
# Two browsers in software beside all other tests are too slow to say anything: these run where
# the tests with Chromium do, after them.
ENGINES = [name for name, is_found in FOUND.items() if is_found and CHROMIUM_FOUND]

if len(ENGINES) < len(FOUND) and os.environ.get("ATLAS_BROWSER") == "required":
    raise RuntimeError("The tests of engines need firefox-esr, webkit2gtk-driver and xvfb.")
collect_ignore_glob = [] if ENGINES else ["test_*.py"]


@pytest.fixture(scope="session")
def shown() -> Iterator[dict[str, str]]:
    """The environment of a program with windows."""
    with screen() as environment:
        yield environment


@pytest.fixture(scope="session", params=ENGINES)
def engine(
    request: pytest.FixtureRequest,
    shown: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Engine]:
    """A browser of each engine, shared by the tests: starting it takes seconds."""
    started = (
        firefox(shown, tmp_path_factory.mktemp("profile"))
        if request.param == "firefox"
        else webkit(shown)
    )
    with started as running:
        yield running
