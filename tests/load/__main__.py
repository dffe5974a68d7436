"""The command: `python -m tests.load --help`."""

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from tests.load import __doc__ as described
from tests.load import loops, servers, synthetic
from tests.load.figures import Figures
from tests.load.measures import PARTS, QUERY, QUICK, Bench, Effort
from tests.load.report import lines
from tests.load.servers import Command, Server

REAL = "real"
BROWSER = "browser"


def main() -> None:
    """Measure what the arguments ask for, print the table, write the JSON."""
    asked = _parser().parse_args()
    effort, figures = _effort(asked), Figures()
    with tempfile.TemporaryDirectory() as scratch:
        stock = servers.environment(asked.environment or Path(scratch) / "environment")
        for places in asked.places:
            data = _package(places, Path(scratch))
            _say(f"{places} places")
            _websocket(asked, effort, figures, stock, places, data)
            if BROWSER in _parts(asked):
                from tests.load import browser

                ours = servers.dashboard(asked.dashboard, asked.set)
                page = servers.stock(stock, "page.py")
                browser.measure(figures, places, ours, page, data, effort)
    print("\n".join(lines(figures)))
    print(f"\nLoad average at the end: {_load()}")
    if asked.json:
        asked.json.write_text(json.dumps(_host() | figures.to_json(), indent=1), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m tests.load",
        description=described,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="a minute: less exact, no browser")
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=(*PARTS, BROWSER),
        help="what to measure (default: all but growth, which takes long)",
    )
    parser.add_argument(
        "--places",
        nargs="+",
        default=[REAL],
        help="sizes: real (the repository's data) or numbers such as 14 500 2000",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all samples")
    parser.add_argument(
        "--environment",
        type=Path,
        metavar="FOLDER",
        help="where the stock environment is kept between runs (else made anew each time)",
    )
    parser.add_argument(
        "--dashboard",
        type=Path,
        default=servers.ROOT,
        metavar="FOLDER",
        help="another checkout of the dashboard to measure",
    )
    parser.add_argument(
        "--set",
        nargs="+",
        default=[],
        metavar="OPTION=VALUE",
        help="Streamlit options for the dashboard, to see what each gains",
    )
    parser.add_argument("--without-stock", action="store_true", help="measure the dashboard only")
    for one in fields(Effort):
        kind = float if one.name in ("seconds", "think") else int
        parser.add_argument(f"--{one.name}", type=kind, help=f"default {one.default}")
    return parser


def _parts(asked: argparse.Namespace) -> list[str]:
    left_out = {"growth", BROWSER} if asked.quick else {"growth"}
    return asked.parts or [part for part in (*PARTS, BROWSER) if part not in left_out]


def _effort(asked: argparse.Namespace) -> Effort:
    given = {one.name: getattr(asked, one.name) for one in fields(Effort)}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value}
    return replace(QUICK if asked.quick else Effort(), **changes)


def _package(places: str, scratch: Path) -> Path | None:
    if places == REAL:
        return None
    return synthetic.write(scratch / places, int(places))


def _websocket(
    asked: argparse.Namespace,
    effort: Effort,
    figures: Figures,
    environment: Path,
    places: str,
    data: Path | None,
) -> None:
    parts = [part for part in PARTS if part in _parts(asked)]
    if not parts:
        return
    commands = {
        "ours": servers.dashboard(asked.dashboard, asked.set),
        "stock": servers.stock(environment, "minimal.py"),
    }
    if asked.without_stock:
        del commands["stock"]
    for command in commands.values():
        _warm(command)
    with ExitStack() as stack:
        benches = [
            Bench(stack.enter_context(Server(command, data)), side, places, figures, effort)
            for side, command in commands.items()
        ]
        for part, turn, bench in _turns(parts, effort.rounds, benches):
            _say(f"  {part}, {turn + 1}/{effort.rounds}, {bench.side}")
            asyncio.run(PARTS[part](bench, turn))


def _warm(command: Command) -> None:
    """Start a server and open it once, so that compiled modules and files are at hand later."""
    with Server(command) as server:
        asyncio.run(loops.arrival(server.port, QUERY))


def _turns(parts: list[str], rounds: int, benches: list[Bench]) -> Iterator[tuple[str, int, Bench]]:
    """Yield the turns of a size: the sides alternate, so that both meet the same machine."""
    for part in parts:
        for turn in range(rounds):
            for bench in benches:
                yield part, turn, bench


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _load() -> str:
    return " ".join(f"{one:.2f}" for one in os.getloadavg())


def _host() -> dict[str, object]:
    return {"python": platform.python_version(), "cores": os.cpu_count(), "load": _load()}


if __name__ == "__main__":
    main()
