"""What must be there before the server starts, and how the start ends where it is not."""

import sys
import time

import pandas  # noqa: F401 - Streamlit imports it with the first map, and a reader waits.
from streamlit import config

from atlas import logs, settings
from atlas.edition import edition
from atlas.mapfiles import static_files
from atlas.tables import DataError, current

HEADING = "The dashboard does not start. This must be put right first:"


def prepare() -> None:
    """Set up the log, load settings and data; end with what is wrong with them.

    To be called while the server imports its entry: there the process can still end with
    the list alone and the exit code 1. What fails later is logged with a traceback.
    """
    if settings.log_lines():
        logs.install()
        # Where it finds Rich, Streamlit prints tracebacks past its log, with their words.
        config.set_option("logger.enableRich", False)
    try:
        settings.contact()
        settings.url()
        settings.drain_seconds()
        settings.frame_ancestors()
        static_files(current())
        edition(current())
    except DataError as error:
        sys.exit(_refusal([str(problem) for problem in error.problems]))
    except ValueError as error:
        sys.exit(_refusal([str(error)]))


def _refusal(problems: list[str]) -> str:
    if settings.log_lines():
        said = {"event": "refused", "problems": problems}
        return logs.line("critical", time.time(), said)
    return "\n".join([HEADING, *problems])
