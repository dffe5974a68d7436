"""A page as Streamlit's own test runs it."""

import re
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]

# For each app Streamlit looks for components in every installed package: most of its time.
COMPONENTS = cache(manifest_scanner.scan_component_manifests)


def visit(page: str = "", locale: str | None = None, **query: str) -> AppTest:
    """Run the script of a page, for a reader whose browser prefers `locale`."""
    script = ROOT / (f"pages/{page}.py" if page else "dashboard.py")
    return run(AppTest.from_file(str(script), default_timeout=60), locale, **query)


def run(app: AppTest, locale: str | None = None, **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    app.context = {"locale": locale} if locale else {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", COMPONENTS)
        app.run()
    assert not app.exception
    return app


def markup(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def slots(app: AppTest) -> list[str]:
    """Return the panels that the script has made places for, in order."""
    return re.findall('data-panel="(.*?)"', markup(app))
