"""What a browser may say over the websocket: what the pages of the atlas ask of one, no more.

Streamlit takes each widget's value in whatever field the client has filled, and a run of the
page then fails on a number where a text is meant. It also serves wishes that no page of ours
has: to clear caches for everybody, or to read the state of the repository.
"""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from atlas.records import LANGUAGES

WISHES = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
# Codes of RFC 6455, 7.4.1.
PROTOCOL_ERROR, UNSUPPORTED = 1002, 1003
# Levels within a value; the selection of a polygon that was clicked has about a dozen.
DEEPEST = 24


class BreachError(Exception):
    """A message that is none of the protocol, and the code that the websocket is closed with."""

    def __init__(self, code: int) -> None:
        """Take the code."""
        super().__init__(code)
        self.code = code


class Expected(NamedTuple):
    """The field of the protocol that a widget fills, and whether a value in it can be read."""

    field: str
    is_read: Callable[[Any], bool] = lambda _: True


def _is_object(text: str) -> bool:
    return isinstance(_parsed(text), dict)


def _is_parsed(text: str) -> bool:
    return _parsed(text) is not None


def _is_selection(text: str) -> bool:
    match _parsed(text):
        case {"selection": {"indices": dict(), "objects": dict()}}:
            return True
    return False


def _parsed(text: str) -> Any:
    """Return what stands in JSON; None where it is broken, or nested beyond what can be handled."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    level = [found]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _within(one)]
    return None if level else found


def _within(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


_TEXT = Expected("string_value")
_SELECTION = Expected("string_value", _is_selection)
# Every widget of the pages, by its own part of the key (`View.key`); a locator's ends in a place.
WIDGETS = {
    "router__events": Expected("json_trigger_value", _is_parsed),
    "router": Expected("json_value", _is_object),
    "q": _TEXT,
    "near": _TEXT,
    "radius": Expected("int_value"),
    "tiles": Expected("bool_value"),
    "frame-column": _TEXT,
    "frame-auto": _TEXT,
    "map": _SELECTION,
    "locator": _SELECTION,
    "reach-map": _SELECTION,
    "arcs": _SELECTION,
}
_ID = re.compile(
    r"(?:\$\$STREAMLIT_INTERNAL_KEY_)?\$\$ID-[0-9a-f]{32}-"
    rf"(?:[a-z]+-(?:{'|'.join(LANGUAGES)})-)?({'|'.join(WIDGETS)})(?:(?<=locator)-[a-z0-9-]+)?"
)

# A hash, as Streamlit names a fragment; nothing for the whole page.
_PART = re.compile("(?:[0-9a-f]{32})?")


def expected(widget: str) -> Expected | None:
    """Return what a widget's state must be, by its id; None for a widget that no page has."""
    found = _ID.fullmatch(widget)
    return WIDGETS[found[1]] if found else None


def understood(state: WidgetState) -> bool:
    """Tell whether the state of a widget is one that the widget itself may have sent."""
    wanted, field = expected(state.id), state.WhichOneof("value")
    return bool(wanted and field == wanted.field and wanted.is_read(getattr(state, field)))


def sifted(said: bytes | None, opening: bool = False) -> bytes | None:
    """Return a message with what the pages ask for in it; None where that is nothing.

    A session that is `opening`, on another replica perhaps, has no part of a page yet, and
    Streamlit drops a click that asks for one: it is given the page.

    Raises BreachError for a text and for what is no message at all.
    """
    if said is None:
        raise BreachError(UNSUPPORTED)
    try:
        message = BackMsg.FromString(said)
    except DecodeError as error:
        raise BreachError(PROTOCOL_ERROR) from error
    rerun = message.rerun_script
    # Streamlit writes to its log which part of a page it did not find.
    if message.WhichOneof("type") not in WISHES or not _PART.fullmatch(rerun.fragment_id):
        return None
    if opening and rerun.fragment_id:
        rerun.ClearField("fragment_id")
    kept = [one for one in rerun.widget_states.widgets if understood(one)]
    if len(kept) < len(rerun.widget_states.widgets):
        del rerun.widget_states.widgets[:]
        rerun.widget_states.widgets.extend(kept)
    return bytes(message.SerializeToString())


def ends_run(said: bytes | None) -> bool:
    """Tell whether a message of Streamlit's says that a run has come to its end."""
    message = ForwardMsg.FromString(said or b"")
    is_end = message.WhichOneof("type") == "script_finished"
    return is_end and bool(message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
