"""The places a selection shows, each with what is known of it and why it is shown."""

from dataclasses import dataclass

from atlas.facets import facet_index, shown
from atlas.marks import leading_membership
from atlas.profile import Profile, profile
from atlas.records import Atlas, Event, Place
from atlas.selection import Selection
from atlas.text import Text, text


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place, what is known of it, and the groups for which the selection may show it."""

    atlas: Atlas
    text: Text
    place: Place
    known: Profile
    groups: tuple[str, ...]

    @property
    def grade(self) -> str:
        """How sure the group is that the place is shown for, as an id."""
        row = leading_membership(self.atlas, self.place, self.groups)
        return row.grade if row else ""

    @property
    def end(self) -> Event | None:
        """The event with which the place ceased to exist."""
        return next((one for one in self.atlas.events if one.id == self.place.end_event), None)


def place_rows(atlas: Atlas, selection: Selection) -> tuple[PlaceRow, ...]:
    """Return a row for each place the selection shows, in the order of the table."""
    groups, words = facet_index(atlas).groups(selection), text(selection.lang)
    return tuple(
        PlaceRow(atlas, words, place, profile(atlas, place.id), groups)
        for place in shown(atlas, selection)
    )
