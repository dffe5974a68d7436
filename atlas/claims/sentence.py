"""The claims a selection lists, said as a sentence."""

from collections.abc import Iterator

from atlas.claims.all_claims import claims
from atlas.claims.listing import listed
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import Text
from atlas.model.vocabulary import word
from atlas.query.facets import filters
from atlas.query.wording import labelled, sentence


def claims_sentence(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return how many claims of how many a selection lists, and every filter that is on."""
    total = len(claims(atlas, text.language))
    counted = text.ngettext(
        "%(shown)s of %(num)s claim",
        "%(shown)s of %(num)s claims",
        total,
        num=text.number(total),
        shown=text.number(len(listed(atlas, selection.but(lang=text.language)))),
    )
    conditions = _conditions(atlas, selection, text)
    return text.pgettext("between conditions", "; ").join((counted, *conditions))


def _conditions(atlas: Atlas, selection: Selection, text: Text) -> Iterator[str]:
    if selection.place:
        yield _said(text, "place", atlas.place[selection.place].name[text.language])
    if selection.q:
        yield text.gettext("words searched for: “%(search)s”", search=selection.q)
    for parameter in ("claim", "reliability"):
        if chosen := getattr(selection, parameter):
            yield _said(
                text, parameter, text.any_of([_name(text, parameter, one) for one in chosen])
            )
    # A further set widens the map; it leaves out no claim.
    if filters(selection).but(q="", sets=()) != Selection():
        shown = text.gettext("Places shown").lower()
        yield labelled(text, shown, sentence(atlas, selection.but(q=""), text))


def _name(text: Text, parameter: str, value: str) -> str:
    return value if parameter == "reliability" else word(text, parameter, value).lower()


def _said(text: Text, parameter: str, value: str) -> str:
    return labelled(text, word(text, "parameter", parameter), value)
