"""What a browser says to Streamlit and keeps of its answers, without the connection.

The messages are `BackMsg` and `ForwardMsg` of Streamlit's own protobuf. What stands in them,
and what is forgotten when, was read off the frames that Chromium sends.
"""

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.load.chips import Chip, Pill, links, pills
from tests.load.panels import Slots

CONTEXT = {"timezone": "UTC", "timezone_offset": 0, "locale": "en-US", "color_scheme": "light"}
TRIGGER = "$$STREAMLIT_INTERNAL_KEY_{}__events"
NOTHING_SELECTED = '{"selection":{"indices":{},"objects":{}}}'


@dataclass
class Tab:
    """A browser's tab: its address, its widgets, and the messages it keeps to have them once.

    `failures` are the exceptions that stand on the page, and breaches of the protocol.
    """

    url: str
    query: str = ""
    finished: bool = False
    failures: list[str] = field(default_factory=list)
    slots: Slots = field(default_factory=Slots)
    panels: dict[str, str] = field(default_factory=dict)
    _page: str = ""
    _router: str = ""
    _part: str = ""  # what a link that is clicked runs; empty for the whole page
    _groups: dict[Hashable, tuple[Chip, ...]] = field(default_factory=dict)
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _kept: dict[str, int] = field(default_factory=dict)
    _runs: int = 0
    _longest: int = 0

    @property
    def groups(self) -> list[tuple[Chip, ...]]:
        """The groups of chips, in the order in which they came."""
        return list(self._groups.values())

    def opening(self) -> bytes:
        """Return the message that asks for the first run."""
        return self._rerun()

    def click(self, chip: Chip) -> bytes:
        """Return the message of a click on a chip, which switches it on or off."""
        if isinstance(chip, Pill):
            self._choose(chip.widget, self._after(chip))
            return self._rerun()
        return self.follow(f"?{chip.stepped(self.query)}")

    def follow(self, link: str) -> bytes:
        """Return the message of a click on a link that opens in place."""
        said = [{"event": "link", "value": link}]
        trigger = WidgetState(id=self._router, json_trigger_value=json.dumps(said))
        return self._rerun(trigger, part=self._part)

    def after(self, chip: Chip) -> str:
        """Return the query after a click on a chip."""
        return self.query if isinstance(chip, Pill) else chip.stepped(self.query)

    def fill(self, panels: Mapping[str, str]) -> None:
        """Take over the markup of panels."""
        self.panels |= panels
        for markup in panels.values():
            self._groups |= {group[0]: group for group in links(markup)}

    def _after(self, pill: Pill) -> list[str]:
        on = list(self._states[pill.widget].string_array_value.data)
        if pill.label in on:
            return [one for one in on if one != pill.label]
        return [pill.label] if pill.alone else [*on, pill.label]

    def _choose(self, widget: str, labels: Sequence[str]) -> None:
        state = WidgetState(id=widget)
        state.string_array_value.data.extend(labels)
        self._states[widget] = state

    def _rerun(self, *triggers: WidgetState, part: str = "") -> bytes:
        self.finished = False
        state = ClientState(
            query_string=self.query,
            page_script_hash=self._page,
            fragment_id=part,
            cached_message_hashes=list(self._kept),
        )
        state.context_info.url = f"{self.url}/"
        for name, value in CONTEXT.items():
            setattr(state.context_info, name, value)
        state.widget_states.widgets.extend((*self._states.values(), *triggers))
        return bytes(BackMsg(rerun_script=state).SerializeToString())

    def take(self, received: ForwardMsg) -> None:
        """Take over what the server sent."""
        match received.WhichOneof("type"):
            case "new_session":
                self._page = received.new_session.page_script_hash
                self._longest = received.new_session.config.max_cached_message_age
            case "navigation":
                # The page's own name replaces that of the script which led to it.
                self._page = received.navigation.page_script_hash
            case "page_info_changed":
                self.query = received.page_info_changed.query_string
            case "ref_hash":
                self._refer(received.ref_hash)
            case "delta":
                if received.metadata.cacheable:
                    self._kept[received.hash] = self._runs
                if received.delta.new_element.HasField("bidi_component"):
                    self._part = received.delta.fragment_id
                self._draw(received.delta.new_element)
            case "script_finished":
                self._finish(received)

    def _refer(self, digest: str) -> None:
        if digest in self._kept:
            self._kept[digest] = self._runs
        else:
            self.failures.append(f"The server refers to a message the browser lacks: {digest}")

    def _draw(self, element: Element) -> None:
        self.slots.draw(element)
        match element.WhichOneof("type"):
            case "button_group":
                self._seed(element.button_group)
            case "html":
                self._groups |= {group[0]: group for group in links(element.html.body)}
            case "bidi_component":
                self._router = TRIGGER.format(element.bidi_component.id)
            case "text_input":
                self._default(WidgetState(id=element.text_input.id, string_value=""))
            case "deck_gl_json_chart" if element.deck_gl_json_chart.selection_mode:
                widget = element.deck_gl_json_chart.id
                self._default(WidgetState(id=widget, string_value=NOTHING_SELECTED))
            case "exception":
                self.failures.append(element.exception.message)

    def _seed(self, group: ButtonGroup) -> None:
        self._groups[group.id] = pills(group)
        if group.set_value:
            self._choose(group.id, group.raw_values)
        elif group.id not in self._states:
            self._choose(group.id, [group.options[one].content for one in group.default])

    def _default(self, state: WidgetState) -> None:
        self._states.setdefault(state.id, state)

    def _finish(self, received: ForwardMsg) -> None:
        self.finished = received.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if self.finished:
            # What no run of late has used is forgotten.
            self._runs += 1
            oldest = self._runs - self._longest
            self._kept = {name: used for name, used in self._kept.items() if used >= oldest}
