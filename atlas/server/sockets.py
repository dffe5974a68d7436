"""Websockets that compress each message by itself (RFC 7692, "no context takeover").

What a compressor keeps of the messages before costs 50 kB for every reader who has the page open,
and spares her half a kilobyte a click.
"""

from functools import partial

from uvicorn.protocols.websockets import websockets_sansio_impl as served

# By this name uvicorn makes what compresses a websocket. Streamlit passes on whether it does, and
# uvicorn has no setting for how.
_FACTORY = "ServerPerMessageDeflateFactory"


def forget() -> None:
    """Have neither side keep anything of a message; to be called before a reader connects."""
    known = getattr(served, _FACTORY)
    forgetful = partial(known, server_no_context_takeover=True, client_no_context_takeover=True)
    setattr(served, _FACTORY, forgetful)
