"""The site below a path (`server.baseUrlPath`), where Streamlit mounts its own routes.

Ours are written from the root. Below the path they answer as they do there; they go on answering
at the root too, where a proxy passes on what it has taken the path from.
"""

from starlette.datastructures import URL
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from atlas.model.pages import PAGES
from atlas.server.seams.others_routes import below_base


class BasePath:
    """ASGI middleware that has our routes answer below the path, if one is set."""

    def __init__(self, app: ASGIApp, first_parts: frozenset[str]) -> None:
        """Wrap an application; `first_parts` are the first parts of the paths of our routes."""
        self._app = app
        self._ours = first_parts | PAGES.keys()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with the path as what the application is mounted under."""
        base = config.get_option("server.baseUrlPath").strip("/")
        if base and scope["type"] == "http" and scope["path"].startswith(f"/{base}"):
            if scope["path"] == f"/{base}":  # Relative addresses need the slash.
                name = base.rpartition("/")[2]
                query = URL(scope=scope).query
                answer = RedirectResponse(f"{name}/{'?' if query else ''}{query}", 307)
                await answer(scope, receive, send)
                return
            if below_base(scope["path"]).split("/")[0] in self._ours:
                scope = {**scope, "root_path": f"{scope.get('root_path', '')}/{base}"}
        await self._app(scope, receive, send)
