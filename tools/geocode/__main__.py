"""Compare every coordinate of the atlas with a geocoder's, and print the gap in km.

    python -m tools.geocode                          the gazetteer package, offline
    python -m tools.geocode --service nominatim      a Nominatim, one question a second
    python -m tools.geocode --write build/gaps.csv   the same, and a table of the results

The gazetteer is GeoNames, in the dependency group `geocode`. It has towns: a park is
unknown to it. Most coordinates of the atlas were taken from GeoNames, so a gap of 0 there
says that they were copied right, not that they are right. The Nominatim is the public one
unless --url names another; tell it who you are with --agent.

Every answer is saved at once in a checkpoint, build/geocode-SERVICE.json: after Ctrl-C, a
time-out or a used-up quota, the same command goes on where it stopped and asks nothing
twice. --fresh asks everything anew.

The tables of the atlas are never changed. --write makes a new file, or replaces a former
report; it refuses any other file that exists.

Status: 0 all answered, 1 some questions without an answer, 2 not begun, 130 interrupted.
"""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from geopy.exc import ConfigurationError

from atlas.datapackage.loader import DataError, load
from atlas.model.records import Atlas
from tools.geocode import report, services
from tools.geocode.checkpoint import Checkpoint, CheckpointError
from tools.geocode.survey import Row, places_with_points, survey

NOT_BEGUN, INTERRUPTED = 2, 130
TIMEOUT_SECONDS = 10.0


def parse_arguments(arguments: Sequence[str] | None = None) -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(
        prog="python -m tools.geocode",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--service", choices=("gazetteer", "nominatim"), default="gazetteer")
    parser.add_argument("--url", default=services.PUBLIC_NOMINATIM, help="the Nominatim to ask")
    parser.add_argument("--agent", default=services.AGENT, help="your name, version, contact")
    parser.add_argument("--write", type=Path, metavar="FILE", help="a CSV of the results")
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="where answers are saved")
    parser.add_argument("--fresh", action="store_true", help="ask everything anew")
    parser.add_argument("--timeout", type=float, default=TIMEOUT_SECONDS, metavar="SECONDS")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print the result, and return the exit status."""
    parsed = parse_arguments(arguments)
    if parsed.write and not report.may_write(parsed.write):
        return _not_begun(f"{parsed.write} exists and is no report of this command. Name another.")
    try:
        atlas, geocoder = load(), _geocoder(parsed)
        checkpoint = Checkpoint(_file(parsed), geocoder.name)
    except ImportError:
        return _not_begun(
            "The gazetteer is not installed: pip install --group geocode, "
            "or ask a Nominatim with --service nominatim."
        )
    except (DataError, CheckpointError, ConfigurationError) as error:
        return _not_begun(str(error))
    return _compare(atlas, geocoder, checkpoint, parsed.write)


def _not_begun(reason: str) -> int:
    print(reason, "Nothing was asked or written.", file=sys.stderr)
    return NOT_BEGUN


def _geocoder(parsed: Namespace) -> services.Geocoder:
    if parsed.service == "gazetteer":
        return services.gazetteer()
    return services.nominatim(parsed.url, parsed.agent, parsed.timeout)


def _file(parsed: Namespace) -> Path:
    """Return the checkpoint's file; with --fresh an earlier one is set aside."""
    file: Path = parsed.checkpoint or Path("build") / f"geocode-{parsed.service}.json"
    if parsed.fresh and file.exists():
        file.replace(file.with_suffix(".old.json"))
    return file


def _compare(
    atlas: Atlas, geocoder: services.Geocoder, checkpoint: Checkpoint, table: Path | None
) -> int:
    total = len(places_with_points(atlas))
    rows: list[Row] = []
    print(f"Asking {geocoder.name}; {len(checkpoint)} answers are saved in {checkpoint.file}.")
    try:
        for row in survey(atlas, geocoder.ask, checkpoint):
            rows.append(row)
            print(report.line(len(rows), total, row), flush=True)
    except KeyboardInterrupt:
        print(f"\nInterrupted after {len(rows)} of {total}. The same command goes on from there.")
        return INTERRUPTED
    print(report.summary(rows, total, geocoder.credit))
    if table:
        report.write(table, rows, geocoder.credit)
        print(f"Written: {table}")
    if len(rows) < total or any(row.failure for row in rows):
        print("Some questions have no answer. The same command asks only those.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
