"""The page in Panel, with its deck.gl pane."""

import sys
from pathlib import Path

import panel as pn

sys.path.append(str(Path(__file__).parents[1]))
import content
from content import View

pn.extension("deckgl")


def rgb(colour: str) -> list[int]:
    return list(bytes.fromhex(colour[1:]))


def deck(view: View) -> dict[str, object]:
    latitude, longitude = content.CENTRE
    ground = [
        {
            "@@type": "GeoJsonLayer",
            "id": name,
            "data": f"map/{name}.geojson",
            "getFillColor": rgb(content.LAYERS[name]),
            "getLineColor": [150, 150, 150] if name == "boundaries" else rgb(content.LAYERS[name]),
            "lineWidthMinPixels": 1,
        }
        for name in content.LAYERS
    ]
    marks = {
        "@@type": "ScatterplotLayer",
        "id": "marks",
        "data": view.marks,
        "getPosition": "@@=[longitude, latitude]",
        "getRadius": 6_000,
        "getFillColor": rgb(content.MARK),
        "pickable": True,
    }
    return {
        "initialViewState": {"latitude": latitude, "longitude": longitude, "zoom": 6.3},
        "layers": [*ground, marks],
        "mapStyle": "",
        "views": [{"@@type": "MapView", "controller": True}],
    }


def summary(view: View) -> str:
    figures = "".join(
        f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in view.figures.items()
    )
    return f"<p>{view.sentence}</p><dl class='figures'>{figures}</dl>"


def listed(view: View) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in view.lines) + "</ul>"


chips = pn.widgets.CheckButtonGroup(options={label: name for name, label in content.CHIPS.items()})
figures, places = pn.pane.HTML(summary(View())), pn.pane.HTML(listed(View()))
chart = pn.pane.DeckGL(deck(View()), height=500, sizing_mode="stretch_width")


def filtered(_: object) -> None:
    view = View(tuple(chips.value))
    figures.object, places.object, chart.object = summary(view), listed(view), deck(view)


chips.param.watch(filtered, "value")
pn.Column(
    f"# {content.TITLE}", figures, chips, chart, places, sizing_mode="stretch_width"
).servable(title=content.TITLE)
