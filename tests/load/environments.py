"""The peers: the same page in other frameworks, each in an environment of its own.

An environment is made when it is first wanted, from the pinned requirements beside the page, in
a folder outside the repository, and kept until they change.
"""

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.load.peers import content
from tests.load.servers import Command

PAGES = Path(__file__).parent / "peers"
OURS = "ours"
OPTIONS = ("--server.headless=true", "--server.port={port}", "--server.address=127.0.0.1")
RUN = ("-m", "streamlit", "run", *OPTIONS)
HEALTH = "_stcore/health"  # of Streamlit


@dataclass(frozen=True)
class Peer:
    """A page to measure: how it is started, and where the browser finds things on it.

    `figures` are the nodes whose text is the key figures; `chip` is what a reader clicks.
    Maps are either markup or, with `has_canvas`, drawn by WebGL.
    """

    arguments: tuple[str, ...]
    figures: str = ".figures"
    chip: str = "text=/^Aerospace/"
    query: str = ""
    has_canvas: bool = False
    health: str = ""


PEERS = {
    OURS: Peer(
        (*RUN, "dashboard.py"),
        figures="dl.key-figures",
        chip="#chip-sector-aerospace >> visible=true",
        query="?lang=en",
        has_canvas=True,
        health=HEALTH,
    ),
    "stock": Peer(
        (*RUN, "page.py"),
        figures="[data-testid=stMetric]",
        has_canvas=True,
        health=HEALTH,
    ),
    "nicegui": Peer(("page.py",)),
    "dash": Peer(("-m", "gunicorn", "--threads=4", "--bind=127.0.0.1:{port}", "page:server")),
    "shiny": Peer(("-m", "shiny", "run", "--port={port}", "page.py")),
    "panel": Peer(
        (
            *("-m", "panel", "serve", "page.py", "--port={port}", "--index=page"),
            *("--static-dirs", f"map={content.DATA / 'map'}"),
        ),
        has_canvas=True,
    ),
}


def command(name: str, cache: Path, dashboard: Path) -> Command:
    """Return how to start a peer, its environment made where it is missing."""
    python = Path(sys.executable) if name == OURS else environment(name, cache)
    folder = dashboard if name == OURS else PAGES / name
    return Command(python, folder, PEERS[name].arguments, PEERS[name].health)


def environment(name: str, cache: Path) -> Path:
    """Return the interpreter of a peer's environment."""
    folder, pinned = cache / name, PAGES / name / "requirements.txt"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    installed, requirements = folder / "installed.txt", pinned.read_text(encoding="utf-8")
    if not installed.exists() or installed.read_text(encoding="utf-8") != requirements:
        print(f"  an environment for {name}, in {folder}", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        install = (python, "-m", "pip", "install", "--quiet", "--requirement", pinned)
        subprocess.run(install, check=True)  # noqa: S603 - our own command
        installed.write_text(requirements, encoding="utf-8")
    return python


def default_cache() -> Path:
    """Return where environments are kept, unless another folder is named."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "chengyu-cluster-atlas" / "peers"
