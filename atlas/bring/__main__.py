r"""Say how a table of places is understood, and make a data package of it.

    python -m atlas.bring sites.xlsx --title "Our cluster"
    python -m atlas.bring sites.xlsx --title "Our cluster" --out our-cluster

Only a name and a position are needed of each place. Without --out nothing is written: it
prints how each column was understood. With it, a package with the tables that have rows is
written into a new folder; show it with ATLAS_DATA=our-cluster streamlit run dashboard.py.
"""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path

from atlas.bring.report import report
from atlas.datapackage.loader import DataError, load
from atlas.datapackage.sheet.headings import ROLE_NAMES
from atlas.datapackage.sheet.package import ImportOptions, import_table, write


def parse_arguments(arguments: list[str] | None = None) -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(
        prog="python -m atlas.bring",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("table", type=Path, help="CSV, TSV, XLSX, ODS or GeoJSON")
    parser.add_argument("--title", default="", help="of the atlas; else the name of the file")
    parser.add_argument("--out", type=Path, help="a new folder for the package")
    parser.add_argument("--sheet", help="of a workbook; else the first")
    parser.add_argument(
        "--map",
        type=_pair,
        action="append",
        default=[],
        metavar="ROLE=COLUMN",
        help=f"what a column is, as in name='Site name'; roles: {ROLE_NAMES}",
    )
    parser.add_argument("--as-of", type=_day, help="of when the data are, as in 2026-11-28")
    parser.add_argument("--author", default="", help="the author in citations")
    parser.add_argument("--licence", default="", help="under which the data may be used")
    return parser.parse_args(arguments)


def _pair(text: str) -> tuple[str, str]:
    role, separator, column = text.partition("=")
    if not separator:
        raise ArgumentTypeError(f"write ROLE=COLUMN, not {text!r}")
    return role.strip(), column.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"write a date such as 2026-11-28, not {text!r}") from error


def main(arguments: list[str] | None = None) -> None:
    """Print the report; with --out, write the package too and check that it loads."""
    parsed = parse_arguments(arguments)
    options = ImportOptions(
        title=parsed.title,
        sheet=parsed.sheet,
        mapping=dict(parsed.map),
        as_of=parsed.as_of,
        author=parsed.author,
        licence=parsed.licence,
    )
    try:
        imported = import_table(parsed.table.absolute(), options)
        print("\n".join(report(imported)))
        if parsed.out:
            write(imported, parsed.out)
            load(parsed.out)
            print(f"Written to {parsed.out}. ATLAS_DATA={parsed.out} streamlit run dashboard.py")
    except DataError as error:
        sys.exit("\n".join(error.summary()))


if __name__ == "__main__":
    main()
