"""The chips of a page: Streamlit's own pills, or links that the dashboard's router follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote

from streamlit.proto.ButtonGroup_pb2 import ButtonGroup


@dataclass(frozen=True)
class Pill:
    """A chip of a widget; with `alone`, it takes the place of the one that was on."""

    widget: str
    label: str
    alone: bool


@dataclass(frozen=True)
class Link:
    """A chip that is a link, with the parameter and the value it switches on or off."""

    parameter: str
    value: str

    def stepped(self, query: str) -> str:
        """Return the query after a click, as the dashboard's router (`router.js`) reckons it."""
        fields = dict(parse_qsl(query))
        chosen = [one for one in fields.pop(self.parameter, "").split(",") if one]
        if self.value in chosen:
            chosen.remove(self.value)
        else:
            chosen.append(self.value)
        if chosen:
            fields[self.parameter] = ",".join(chosen)
        return "&".join(f"{name}={quote(value, safe=',')}" for name, value in fields.items())


Chip = Pill | Link


def pills(group: ButtonGroup) -> tuple[Pill, ...]:
    """Return the chips of a widget."""
    alone = group.click_mode == ButtonGroup.SINGLE_SELECT
    return tuple(Pill(group.id, option.content, alone) for option in group.options)


def links(markup: str) -> Iterator[tuple[Link, ...]]:
    """Yield each group of chips in a panel's markup."""
    if "data-toggle" in markup:
        found = _Links()
        found.feed(markup)
        yield from (tuple(group) for group in found.groups if group)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.groups: list[list[Link]] = []

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("role") == "group":
            self.groups.append([])
        if toggle := given.get("data-toggle"):
            parameter, _, value = toggle.partition(" ")
            self.groups = self.groups or [[]]
            self.groups[-1].append(Link(parameter, value))
