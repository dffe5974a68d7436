"""The panel next to the map: the list of the places shown, or the card of the open place."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain, zip_longest

from markupsafe import Markup

from atlas.analysis.comparison import worth_comparing
from atlas.analysis.distance import counterparts
from atlas.analysis.sector_places import places_in_scope
from atlas.analysis.summary import region_columns
from atlas.map.scene.cells import sectors_of_cells, signs
from atlas.model.records import Place
from atlas.pages.panels import panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.directory import firms_named
from atlas.query.facets import bitset, chosen_bits, facet_index, is_shown
from atlas.query.list_limits import Beginning, beginning, first
from atlas.query.profile import profile, sources
from atlas.query.wording import region_names

# With more combinations of regions, the list has no headings.
MOST_REGIONS = 12
# Firms of a sector listed next to the map; the page of sectors has all.
MOST_FIRMS = 8


@panel("filters", "place")
def places(view: View) -> str:
    """Render the card of the open place, or the list of the places shown."""
    if view.selection.place:
        return _card(view)
    bits = chosen_bits(view.atlas, view.selection)
    places_by_area = _by_area(view, bits)
    sectors = sectors_of_cells(view.atlas, view.selection)
    return render(
        "places",
        view,
        places_by_area=places_by_area,
        firms_by_place=firms_named(view.atlas, view.selection),
        signs={
            place.id: list(zip(sectors, signs(view.atlas, place, view.selection), strict=True))
            for places in places_by_area.values()
            for place in places.rows
        },
        sector=Markup(_only_sector(view)),  # noqa: S704 - our own HTML
    )


def _only_sector(view: View) -> str:
    """Render places by region and firms of the chosen sector, if it is the only one.

    A count without a region is that of all other regions.
    """
    if len(view.selection.sector) != 1:
        return ""
    (id,) = view.selection.sector
    entries = places_in_scope(view.atlas, id, view.selection)
    # The first firm of each place, which is one in operation if any is, then the second ones ...
    in_turn = chain.from_iterable(zip_longest(*(entry.firms for entry in entries)))
    firms = [firm for firm in dict.fromkeys(in_turn) if firm]
    position = facet_index(view.atlas).position
    bits = bitset(position[entry.place.id] for entry in entries)
    return render(
        "map/sector",
        view,
        sector=view.atlas.sector[id],
        by_region=[(column.region, column.count(bits)) for column in region_columns(view.atlas)],
        firms=beginning(firms, MOST_FIRMS, MOST_FIRMS),
    )


def _by_area(view: View, bits: int) -> Mapping[str, Beginning[Place]]:
    """Return the first places of a set by the names of their regions; by "" if these are many."""
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
        details=details,
        full=False,
        land=beginning(details.children),
        events=details.events,
        counterparts=counterparts(
            view.atlas,
            details.place,
            chosen or fields,
            view.groups,
        ),
        candidates=worth_comparing(view.atlas, details.place, view.groups),
        is_shown=is_shown(view.atlas, view.selection, details.place),
        sources_used=sources(view.atlas, details),
    )
