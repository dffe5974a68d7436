"""The panel beside the map: what the view says of its places, or the card of the open one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, zip_longest

from markupsafe import Markup

from atlas.analysis.comparison import worth_comparing
from atlas.analysis.distance import counterparts
from atlas.analysis.sector_places import places_in_scope
from atlas.analysis.summary import region_columns
from atlas.map.scene.cells import sectors_of_cells, signs
from atlas.model.records import Enterprise, Place
from atlas.pages.panels import panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.directory import firms_named
from atlas.query.facets import bitset, chosen_bits, facet_index, is_shown
from atlas.query.list_limits import Beginning, beginning, first
from atlas.query.profile import profile, sources
from atlas.query.wording import region_names

# Of more, a list has no headings.
MOST_REGIONS = 12
# Firms of a sector that stand beside the map; its page has all.
MOST_MAKERS = 8


@panel("filters", "place")
def places(view: View) -> str:
    """Draw the card of the open place, or the list of the places shown."""
    if view.selection.place:
        return _card(view)
    bits = chosen_bits(view.atlas, view.selection)
    by_area = _by_area(view, bits)
    sectors = sectors_of_cells(view.atlas, view.selection)
    listed = [place for places in by_area.values() for place in places.rows]
    return render(
        "places",
        view,
        by_area=by_area,
        firms=firms_named(view.atlas, view.selection),
        signs={
            place.id: list(zip(sectors, signs(view.atlas, place, view.selection), strict=True))
            for place in listed
        },
        sector=Markup(_only_sector(view)),  # noqa: S704 - markup of ours
    )


def _only_sector(view: View) -> str:
    """Draw who makes what in the chosen sector, if it is the only one, and in which regions.

    Without a region it is how many of the places shown work in it in all others.
    """
    if len(view.selection.sector) != 1:
        return ""
    (id,) = view.selection.sector
    entries = places_in_scope(view.atlas, id, view.selection)
    in_turn = list(dict.fromkeys(chain.from_iterable(_in_turn(entry.firms for entry in entries))))
    position = facet_index(view.atlas).position
    bits = bitset(position[entry.place.id] for entry in entries)
    return render(
        "map/sector",
        view,
        sector=view.atlas.sector[id],
        by_region=[(column.region, column.count(bits)) for column in region_columns(view.atlas)],
        makers=beginning(in_turn, MOST_MAKERS, MOST_MAKERS),
    )


def _in_turn(firms_of_places: Iterable[Iterable[Enterprise]]) -> Iterator[list[Enterprise]]:
    """Yield the first firm of each place, then the second ones; those at work come first there."""
    for firms in zip_longest(*firms_of_places):
        yield [firm for firm in firms if firm]


def _by_area(view: View, bits: int) -> Mapping[str, Beginning[Place]]:
    """Return the first places of a set by the name of where they lie, "" where that is not said."""
    by_regions: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in facet_index(view.atlas).select(bits):
        by_regions[place.regions].append(place)
    if len(by_regions) > MOST_REGIONS:
        return {"": first(view.atlas, bits)}
    order = {region: number for number, region in enumerate(view.atlas.region)}
    return {
        region_names(view.atlas, view.text, *regions): beginning(by_regions[regions])
        for regions in sorted(by_regions, key=lambda ids: (len(ids), [order[id] for id in ids]))
    }


def _card(view: View) -> str:
    details = profile(view.atlas, view.selection.place or "")
    sectors = [row.sector for row in details.sectors]
    chosen = [sector.id for sector in sectors if sector.id in view.selection.sector]
    fields = [sector.id for sector in sectors if sector.role == "main"]
    return render(
        "card",
        view,
        known=details,
        full=False,
        land=beginning(details.children),
        events=details.events,
        counterparts=counterparts(
            view.atlas,
            details.place,
            chosen or fields,
            view.groups,
        ),
        compare_with=worth_comparing(view.atlas, details.place, view.groups),
        is_shown=is_shown(view.atlas, view.selection, details.place),
        sources_used=sources(view.atlas, details),
    )
