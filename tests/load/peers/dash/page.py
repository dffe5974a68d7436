"""The page in Dash, with dash-leaflet; `server` is what gunicorn serves."""

import sys
from pathlib import Path

import dash_leaflet as dl
from dash import Dash, Input, Output, dcc, html

sys.path.append(str(Path(__file__).parents[1]))
import content
from content import View

app = Dash(__name__, title=content.TITLE)
server = app.server


def sentence(view: View) -> str:
    return view.sentence


def figures(view: View) -> list[html.Div]:
    return [html.Div([html.Dt(label), html.Dd(value)]) for label, value in view.figures.items()]


def listed(view: View) -> list[html.Li]:
    return [html.Li(line) for line in view.lines]


def marks(view: View) -> list[dl.CircleMarker]:
    return [
        dl.CircleMarker(
            center=(row["latitude"], row["longitude"]),
            radius=7,
            color=content.MARK,
            fillOpacity=1,
            id=row["id"],
            children=dl.Tooltip(row["name"]),
        )
        for row in view.marks
    ]


OUTPUTS = {"sentence": sentence, "figures": figures, "list": listed, "marks": marks}

app.layout = lambda: html.Main(
    [
        html.H1(content.TITLE),
        html.P(sentence(View()), id="sentence"),
        html.Dl(figures(View()), id="figures", className="figures"),
        dcc.Checklist(dict(content.CHIPS), [], inline=True, id="chips"),
        dl.Map(
            [
                *(
                    dl.GeoJSON(data=layer, style={"color": content.LAYERS[name], "weight": 1})
                    for name, layer in content.layers().items()
                ),
                dl.LayerGroup(marks(View()), id="marks"),
            ],
            center=content.CENTRE,
            zoom=content.ZOOM,
            style={"height": 500},
        ),
        html.Ul(listed(View()), id="list"),
    ]
)


@app.callback(
    [Output(name, "children") for name in OUTPUTS],
    Input("chips", "value"),
    prevent_initial_call=True,
)
def filtered(chosen: list[str]) -> list[object]:
    view = View(tuple(chosen))
    return [output(view) for output in OUTPUTS.values()]
