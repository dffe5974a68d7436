"""Every address that is tried, taken from the routes themselves, so that none is forgotten."""

from collections.abc import Iterable

from hypothesis import strategies as st
from starlette.routing import Route

from atlas import server
from atlas.datapackage.loader import current
from atlas.export import EXPORTS
from atlas.model.pages import MAP
from atlas.pages import PARTS, panels
from atlas.pages.assets import edition
from atlas.server.routes.files import static_files
from tests.conftest import at_night

# What stands in a route for the parts that vary.
FILLED = {
    "/api/{name}": tuple(f"/api/{name}" for name in EXPORTS),
    "/assets/{digest}/{name}": tuple(f"/{address}" for address in static_files(current())),
    "/panels/{edition}/{page}/{names}": tuple(
        f"/panels/{edition(current())}/{page or MAP}/{names}"
        for page in PARTS
        for names in (*at_night(panels(page), [*panels(page)][:1]), "all")
    ),
}
# Those that take longer than all others together are asked less often.
DEAR = frozenset({"/map.png", "/preview.png", "/api/package.zip"})
OFTEN = 150


def paths() -> Iterable[str]:
    """Yield the addresses of every route; one that is not filled in keeps its braces."""
    for route in server.routes():
        if isinstance(route, Route):
            yield from FILLED.get(route.path, (route.path,))


PATHS = tuple(dict.fromkeys(paths()))
NOWHERE = "/nowhere"
# Static files do not look at their query: one of them is enough.
TRIED = (
    *(path for path in PATHS if not path.startswith("/assets/") and path not in DEAR),
    next(path for path in PATHS if path.startswith("/assets/")),
    NOWHERE,
)
CHEAP = tuple(path for path in (*PATHS, NOWHERE) if path not in DEAR)
ROUTES = st.integers(1, OFTEN).flatmap(
    lambda draw: st.sampled_from(sorted(DEAR) if draw == 1 else CHEAP)
)
