"""The frame around every page: data, address, language, menu, header and footer."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from atlas.datapackage.loader import DataError, current
from atlas.datapackage.map_features import credits
from atlas.metrics import observed
from atlas.model.languages import language_names
from atlas.model.pages import PAGES
from atlas.pages.markup import render
from atlas.pages.view import View
from atlas.query.directory import ended
from atlas.query.revisions import revision
from atlas.query.wording import sentence
from atlas.ui import address, following, html, router


@contextmanager
def page(name: str) -> Iterator[View]:
    """Draw the frame of a page, yield the view its parts are drawn for, and time the run."""
    with observed(name), _drawn(name) as view:
        yield view


@contextmanager
def _drawn(name: str) -> Iterator[View]:
    """Draw what stands above and below the parts of a page.

    Data that cannot be read stop the page with the list of what is wrong.
    """
    try:
        atlas = current()
    except DataError as error:
        _refuse(error)
    address.settle()
    selection, dropped = address.read(atlas)
    view = View(
        atlas=atlas,
        selection=selection,
        page=name,
        theme=st.context.theme.type or "light",
        map_width=router.map_width(),
        embedded=bool(st.context.is_embedded),
        site=address.site(name),
        dropped=dropped,
    )
    if name:  # The map page's map does it.
        following.begin(view)
    header(view)
    left_out(view)
    revised(view)
    yield view
    footer(view)
    address.begun()


def header(view: View) -> None:
    """Draw title, languages and menu; on the map page, what the atlas is and what it shows."""
    html.stack(view, menu, *(() if view.page else (lead,)))


@html.fetched()
def menu(view: View) -> str:
    """Draw title, languages and the menu of pages; in a frame on another site, the title."""
    if view.embedded:
        return render("embedded/header", view)
    return render("header", view, languages=language_names(), pages=PAGES)


@html.fetched("filters")
def lead(view: View) -> str:
    """Say what the atlas is, and in a sentence what is shown of it."""
    return render("lead", view, sentence=sentence(view.atlas, view.selection, view.text))


@html.panel
def left_out(view: View) -> str:
    """Say what the link held in vain."""
    if not view.dropped:
        return ""
    return render("dropped", view, dropped=view.dropped[:6], more=len(view.dropped) - 6)


@html.panel
def revised(view: View) -> str:
    """Say what has changed in the data since the version the link was made with."""
    found = revision(view.atlas, view.selection.data)
    return render("revision", view, revision=found) if found else ""


@html.fetched()
def footer(view: View) -> str:
    """Draw the ways to share the view, and whose work the map rests on."""
    template = "embedded/footer" if view.embedded else "footer"
    return render(template, view, credits=credits(view.atlas), ended=ended(view.atlas))


def _refuse(error: DataError) -> None:
    st.set_page_config(page_title="Chengyu Cluster Atlas")
    st.error("The data of this atlas cannot be read. Nothing is shown until this is put right:")
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()
