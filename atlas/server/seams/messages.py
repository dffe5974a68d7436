"""Which of a browser's websocket messages reach Streamlit.

Streamlit also serves requests that no page of ours makes and that concern more than the session
that sends them: to clear the caches of all readers, to report on the repository, to install files
on the server. Those are dropped. What a session says about its own widgets is its own affair.
"""

import re

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ALLOWED = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
# Streamlit writes the id of a fragment that it does not find to its log; anything but a hash
# could forge lines there.
_FRAGMENT = re.compile("(?:[0-9a-f]{32})?")


def allowed(payload: bytes, opening: bool = False) -> bytes | None:
    """Return a message as Streamlit is to get it, or None to drop it.

    While a session is `opening`, on another replica perhaps, it has no fragments yet, and
    Streamlit drops a click that asks for one: such a click runs the whole page instead.
    """
    try:
        message = BackMsg.FromString(payload)
    except Exception:  # Not a message at all: Streamlit closes the connection.
        return payload
    rerun = message.rerun_script
    if message.WhichOneof("type") not in ALLOWED or not _FRAGMENT.fullmatch(rerun.fragment_id):
        return None
    if not (opening and rerun.fragment_id):
        return payload
    rerun.ClearField("fragment_id")
    return bytes(message.SerializeToString())


def ends_run(payload: bytes) -> bool:
    """Tell whether a message from Streamlit says that a run has ended."""
    message = ForwardMsg.FromString(payload)
    is_end = message.WhichOneof("type") == "script_finished"
    return is_end and bool(message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
