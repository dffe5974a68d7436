"""The page in NiceGUI, with its Leaflet map."""

import os
import sys
from functools import partial
from pathlib import Path

from nicegui import events, ui

sys.path.append(str(Path(__file__).parents[1]))
import content
from content import View

GROUND = content.layers()


@ui.page("/", title=content.TITLE)
def index() -> None:
    chosen: set[str] = set()
    everything = View()
    on = {row["id"] for row in everything.places}

    def choose(field: str, event: events.ValueChangeEventArguments) -> None:
        (chosen.add if event.value else chosen.discard)(field)
        view = View(tuple(field for field in content.FIELDS if field in chosen))
        sentence.set_text(view.sentence)
        for label, value in view.figures.items():
            figures[label].set_text(value)
        shown = {row["id"] for row in view.places}
        for name in shown ^ on:
            listed[name].set_visibility(name in shown)
            leaflet.run_layer_method(marks[name].id, "setStyle", style(name in shown))
        on.clear()
        on.update(shown)

    ui.label(content.TITLE).classes("text-h4")
    sentence = ui.label(everything.sentence)
    figures = {}
    with ui.row().classes("figures"):
        for label, value in everything.figures.items():
            with ui.card():
                ui.label(label)
                figures[label] = ui.label(value).classes("text-h5")
    with ui.row():
        for field, label in content.CHIPS.items():
            ui.chip(label, selectable=True, on_selection_change=partial(choose, field))
    leaflet = ui.leaflet(center=content.CENTRE, zoom=content.ZOOM).classes("w-full h-[500px]")
    leaflet.clear_layers()
    for name, layer in GROUND.items():
        ground = {"style": {"color": content.LAYERS[name], "weight": 1}}
        leaflet.generic_layer(name="geoJSON", args=[layer, ground])
    marks = {row["id"]: leaflet.generic_layer(**circle(row)) for row in everything.marks}
    with ui.list():
        lines = zip(everything.places, everything.lines, strict=True)
        listed = {row["id"]: ui.item(line) for row, line in lines}


def circle(row: dict[str, float]) -> dict[str, object]:
    at = (row["latitude"], row["longitude"])
    return {"name": "circleMarker", "args": [at, {"radius": 7} | style(True)]}


def style(shown: bool) -> dict[str, object]:
    return {"color": content.MARK, "opacity": float(shown), "fillOpacity": float(shown)}


ui.run(host="127.0.0.1", port=int(os.environ["PORT"]), show=False, reload=False)
