"""The command: `python -m tests.load --help`."""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.hosting.servers import ROOT
from tests.load import __doc__ as described
from tests.load import environments, measures, synthetic
from tests.load.browser import NETWORKS
from tests.load.environments import PEERS
from tests.load.measures import PARTS, Run
from tests.load.report import Samples
from tests.load.servers import Command, Server


def main(arguments: list[str] | None = None) -> None:
    """Measure what the arguments ask for and print the table."""
    options = parser().parse_args(arguments)
    samples, before = Samples(), _load()
    commands = {
        peer: environments.command(peer, options.cache, options.dashboard) for peer in options.peers
    }
    with tempfile.TemporaryDirectory() as scratch:
        data = synthetic.write(Path(scratch), options.places) if options.places else None
        _measure(options, commands, data, samples)
    print("\n".join([*samples.table(options.peers), *samples.notes]))
    print(f"\nLoad average before and after: {before}, {_load()}; {os.cpu_count()} cores.")


def parser() -> argparse.ArgumentParser:
    """Return what reads the arguments."""
    arguments = argparse.ArgumentParser(
        "python -m tests.load",
        description=described,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = arguments.add_argument
    add("--peers", type=_several(PEERS), default=list(PEERS), help="default: all, by commas")
    add("--parts", type=_several(PARTS), default=list(PARTS), help="default: all")
    add("--network", type=_several(NETWORKS), default=list(NETWORKS), help="default: all")
    add("--rounds", type=int, default=5, help="default 5")
    add("--seconds", type=float, default=8, help="for which clients click, default 8")
    add("--places", type=int, metavar="NUMBER", help="a sheet of so many, instead of our data")
    add("--dashboard", type=Path, default=ROOT, metavar="FOLDER", help="another checkout of ours")
    add("--cache", type=Path, default=environments.default_cache(), metavar="FOLDER")
    return arguments


def _several(names: dict[str, object]) -> "partial[list[str]]":
    return partial(_chosen, list(names))


def _chosen(names: list[str], text: str) -> list[str]:
    chosen = text.split(",")
    if unknown := [name for name in chosen if name not in names]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: choose from {', '.join(names)}")
    return chosen


def _measure(
    options: argparse.Namespace,
    commands: dict[str, Command],
    data: Path | None,
    samples: Samples,
) -> None:
    """Measure in rounds; in each, every peer has its turn with a part before the next part."""
    for peer, command in commands.items():
        _say(f"{peer}: started once, so that compiled modules and files are at hand later")
        Server(command, data).stop()
    with ExitStack() as stack:
        browser = measures.browser(stack) if {"first", "click"} & {*options.parts} else None
        for turn in range(options.rounds):
            for part in options.parts:
                for peer, command in commands.items():
                    _say(f"{turn + 1}/{options.rounds}, {part}, {peer}")
                    add = partial(samples.add, peer)
                    try:
                        with Server(command, data) as server:
                            run = Run(peer, server, browser, options.network, options.seconds, add)
                            PARTS[part](run)
                    except Exception as error:  # of one peer; the others are measured on
                        samples.note(f"{part}, {peer}: {type(error).__name__}: {error}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _load() -> str:
    return " ".join(f"{average:.1f}" for average in os.getloadavg())


if __name__ == "__main__":
    main()
