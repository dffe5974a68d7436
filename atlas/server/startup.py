"""Check settings and data before the server starts, and prepare for replaced data."""

import sys
import time

from atlas import logs, settings
from atlas.datapackage.loader import DataError, current
from atlas.model.pages import PAGES
from atlas.model.records import Atlas
from atlas.pages import panels as panels_of_page
from atlas.pages.assets import edition
from atlas.server.routes.files import static_files
from atlas.server.routes.panels import clear_answers
from atlas.server.seams.process import write_json_lines

HEADING = "The dashboard does not start. This must be put right first:"


def prepare() -> None:
    """Set up the log, read the settings and load the data; exit with a list of problems.

    Call this while the server imports its entry script, when the process can still exit with only
    the list and code 1. Later failures are logged with a traceback.
    """
    if settings.log_lines():
        write_json_lines()
    try:
        settings.contact()
        settings.url()
        settings.drain_seconds()
        settings.frame_ancestors()
        static_files(current())
        edition(current())
    except DataError as error:
        sys.exit(_refusal(error.summary()))
    except ValueError as error:
        sys.exit(_refusal([str(error)]))


def switch_data(atlas: Atlas) -> None:
    """Clear all caches of earlier data, and prepare what the first reader would wait for."""
    modules = [module for name, module in sys.modules.items() if name.startswith("atlas.")]
    values = [value for module in modules for value in list(vars(module).values())]
    fills = [panel.fill for page in PAGES for panel in panels_of_page(page).values()]
    for function in (*values, *fills):
        if hasattr(function, "cache_clear") and function is not current:
            function.cache_clear()
    clear_answers()
    static_files(atlas)
    edition(atlas)


def _refusal(problems: list[str]) -> str:
    if settings.log_lines():
        fields = {"event": "refused", "problems": problems}
        return logs.line("critical", time.time(), fields)
    return "\n".join([HEADING, *problems])
