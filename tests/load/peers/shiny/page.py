"""The page in Shiny for Python, with ipyleaflet."""

import sys
from pathlib import Path

from ipyleaflet import CircleMarker, GeoJSON, LayerGroup, Map
from shiny import App, Inputs, Outputs, Session, reactive, render, ui
from shinywidgets import output_widget, render_widget

sys.path.append(str(Path(__file__).parents[1]))
import content
from content import View

GROUND = content.layers()

page = ui.page_fluid(
    ui.h1(content.TITLE),
    ui.output_ui("summary"),
    ui.input_checkbox_group("chips", "Sectors", dict(content.CHIPS), inline=True),
    output_widget("leaflet", height="500px"),
    ui.output_ui("listed"),
    title=content.TITLE,
)


def marks(view: View) -> list[CircleMarker]:
    return [
        CircleMarker(
            location=(row["latitude"], row["longitude"]),
            radius=7,
            color=content.MARK,
            fill_opacity=1.0,
            name=row["name"],
        )
        for row in view.marks
    ]


def server(inputs: Inputs, _output: Outputs, _session: Session) -> None:
    group = LayerGroup()

    @reactive.calc
    def view() -> View:
        return View(tuple(inputs.chips()))

    @render.ui
    def summary() -> ui.Tag:
        figures = (
            ui.div(ui.tags.dt(name), ui.tags.dd(value)) for name, value in view().figures.items()
        )
        return ui.div(ui.p(view().sentence), ui.tags.dl(*figures, class_="figures"))

    @render.ui
    def listed() -> ui.Tag:
        return ui.tags.ul(*(ui.tags.li(line) for line in view().lines))

    @render_widget
    def leaflet() -> Map:
        # Paths instead of a canvas: the benchmark sees them change, as it does with the others.
        chart = Map(center=content.CENTRE, zoom=content.ZOOM, layers=[], prefer_canvas=False)
        for name, layer in GROUND.items():
            chart.add(GeoJSON(data=layer, style={"color": content.LAYERS[name], "weight": 1}))
        chart.add(group)
        return chart

    everything = dict(zip((row["id"] for row in View().marks), marks(View()), strict=True))

    @reactive.effect
    def filtered() -> None:
        group.layers = tuple(everything[row["id"]] for row in view().marks)


app = App(page, server)
