"""The log of Streamlit and of the web server as JSON lines.

Buys: one format for every line, and nothing of a reader's in it.
Breaks: if `logger.enableRich` goes: Rich then prints tracebacks with the messages of exceptions.
Test: `test_process.py`, on a running server.
"""

import logging
import sys

from streamlit import config

from atlas import logs


def write_json_lines() -> None:
    """Turn the log of this process into JSON lines on stderr.

    Call this once the server's modules are loaded: a logger made later keeps its own format.
    """
    # With Rich, Streamlit prints tracebacks past its log, including their messages.
    config.set_option("logger.enableRich", False)
    logs.EVENTS.handlers[:] = [logging.StreamHandler(sys.stderr)]
    logs.EVENTS.propagate = False
    logs.EVENTS.setLevel(logging.INFO)
    # Each of Streamlit's loggers has a handler of its own.
    for handler in _handlers():
        handler.setFormatter(logs.Lines())


def _handlers() -> list[logging.Handler]:
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    return [
        handler
        for logger in loggers
        if isinstance(logger, logging.Logger)
        for handler in logger.handlers
    ]
