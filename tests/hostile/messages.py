"""What a hostile client sends over the websocket, drawn by the hundred.

Widgets have the names of `WIDGETS` for ids, and others; `Attacker` puts the real ids in their
place.
"""

import json
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState

from atlas.model.pages import PAGES
from atlas.model.selection import PARAMETERS
from tests.hostile.payloads import PAYLOADS, QUERIES, quoted

# A text frame, a frame of any bytes, or a message of the protocol.
Said = str | bytes | BackMsg
# Every widget of the pages, by its own part of the key (`View.key`), and the field it fills.
WIDGETS = {"frame-column": "string_value", "frame-auto": "string_value"}

_LARGE = "large " * 150_000
_DEEP = 5_000
_TEXTS = (
    st.sampled_from([text for text in PAYLOADS if text.isprintable() or "\ud800" not in text])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.integers(0, 20).map(lambda draw: _LARGE if draw == 0 else "\x00\u202e\u200b" * draw)
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)
_BROKEN = st.sampled_from(
    [
        *("", "{", "[1", '"', "nul", "1e999", "-Infinity", "NaN", "9" * 5000, '"\\ud800"', "\x00"),
        *("[" * _DEEP, "[" * _DEEP + "]" * _DEEP, '{"a":' * _DEEP + "1" + "}" * _DEEP),
        *("[" * 400 + "]" * 400, '{"value":' * 300 + "{}" + "}" * 300),
        *("{}", '{"value":{}}', '{"selection":null}', "[[]]"),
        json.dumps({"value": [{"id": "x" * 500_000}]}),
    ]
)
JSONS = _VALUES.map(json.dumps) | _BROKEN

_FIELDS = WidgetState.DESCRIPTOR.oneofs_by_name["value"].fields
_NUMBERS = {
    FieldDescriptor.CPPTYPE_BOOL: st.booleans(),
    FieldDescriptor.CPPTYPE_DOUBLE: st.floats(),
    FieldDescriptor.CPPTYPE_INT64: st.integers(-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_INT32: st.integers(-(2**31), 2**31 - 1),
}


def _values(field: FieldDescriptor) -> st.SearchStrategy[Any]:
    """Values that a field of the protocol can carry at all."""
    if field.type == FieldDescriptor.TYPE_BYTES:
        return st.binary(max_size=60)
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return JSONS | _TEXTS
    return _NUMBERS[field.cpp_type]


@st.composite
def _states(draw: st.DrawFn) -> WidgetState:
    """A widget's state: often of the right kind for it and wrong within, often of another."""
    name = draw(st.sampled_from([*WIDGETS, "unheard-of", ""]) | _TEXTS)
    state = WidgetState(id=name[:1000])
    right = [field for field in _FIELDS if field.name == WIDGETS.get(name)]
    field = draw(st.sampled_from([*_FIELDS, *right * len(_FIELDS)]))
    if field.cpp_type != FieldDescriptor.CPPTYPE_MESSAGE:
        setattr(state, field.name, draw(_values(field)))
    else:
        getattr(state, field.name).SetInParent()
    return state


_MANY = st.builds(
    lambda number, value: [WidgetState(id=f"q{id}", string_value=value) for id in range(number)],
    st.integers(1_000, 5_000),
    st.text("ab", max_size=9),
)
_CONTEXTS = st.builds(
    ContextInfo,
    timezone=_TEXTS,
    timezone_offset=_NUMBERS[FieldDescriptor.CPPTYPE_INT32],
    locale=_TEXTS | st.sampled_from(["zh-CN", "id", "en-" * 500]),
    url=_TEXTS | st.sampled_from(["http://[", "javascript:hurt()", "//evil.example/share?a=b#c"]),
    is_embedded=st.booleans(),
    color_scheme=_TEXTS | st.sampled_from(["dark", "light"]),
)
_THOUSANDS = "&".join(f"{name}{number}=1" for number in range(500) for name in PARAMETERS)
_LONG = st.sampled_from([_THOUSANDS, "q=" + "a" * 900_000, "%" * 900_000, "&" * 900_000])
_STATES = st.builds(
    ClientState,
    query_string=QUERIES
    | _TEXTS
    | _TEXTS.map(quoted)
    | st.integers(0, 9).flatmap(lambda draw: _LONG if draw == 0 else QUERIES),
    page_script_hash=st.just("") | st.text("0123456789abcdef", max_size=32) | _TEXTS,
    page_name=st.sampled_from(list(PAGES)) | _TEXTS,
    fragment_id=st.integers(0, 9).flatmap(
        lambda draw: _TEXTS if draw == 0 else st.sampled_from(["", "0" * 32])
    ),
    is_auto_rerun=st.booleans(),
    is_history_navigation=st.booleans(),
    cached_message_hashes=st.lists(_TEXTS.map(lambda text: text[:100]), max_size=3)
    | st.integers(1_000, 10_000).map(lambda number: [f"{index:032x}" for index in range(number)]),
    context_info=_CONTEXTS,
)


def _rerun(state: ClientState, widgets: list[WidgetState]) -> BackMsg:
    message = BackMsg(rerun_script=state)
    message.rerun_script.widget_states.widgets.extend(widgets)
    return message


def rerun(**state: Any) -> BackMsg:
    """A run of the page with the state of one widget."""
    return _rerun(ClientState(query_string="lang=en"), [WidgetState(**state)])


RERUNS = st.builds(_rerun, _STATES, st.lists(_states(), max_size=5) | _MANY)
_WISHES = st.sampled_from(
    [
        BackMsg(),
        BackMsg(clear_cache=True),
        BackMsg(set_run_on_save=True),
        BackMsg(stop_script=True),
        BackMsg(load_git_info=True),
        BackMsg(app_heartbeat=True),
        BackMsg(debug_disconnect_websocket=True),
        BackMsg(debug_shutdown_runtime=True),
        BackMsg(file_urls_request={"request_id": "x", "file_names": ["../x"] * 2_000}),
        BackMsg(backend_operation_request={"request_id": "x", "install_skills": {}}),
        BackMsg(backend_operation_request={"deferred_file": {"file_id": "../x"}}),
        BackMsg(backend_operation_request={"dataframe_chunk": {"limit": 2**32 - 1}}),
    ]
)


@st.composite
def _garbled(draw: st.DrawFn) -> bytes:
    """A message cut off, or with bytes of it replaced; surrogates among them."""
    whole = bytearray(draw(RERUNS | _WISHES).SerializeToString()[:20_000])
    for _ in range(draw(st.integers(1, 3))):
        where = draw(st.integers(0, len(whole)))
        other = draw(st.binary(max_size=4) | st.sampled_from([b"\xed\xa0\x80", b"\xff" * 9]))
        whole[where : where + draw(st.integers(0, 4))] = other
    return bytes(whole[: draw(st.integers(0, len(whole)))] if draw(st.booleans()) else whole)


MESSAGES: st.SearchStrategy[Said] = st.integers(0, 9).flatmap(
    lambda draw: {
        0: st.binary(max_size=200),
        1: _garbled(),
        2: _WISHES,
        3: st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    }.get(draw, RERUNS)
)
