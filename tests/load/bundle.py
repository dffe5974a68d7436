"""The scripts of Streamlit that a browser with an empty cache fetches for the map page."""

import re
from functools import cache
from pathlib import Path

import httpx2
import streamlit

FOLDER = Path(streamlit.__file__).parent / "static"
SCRIPTS = FOLDER / "static" / "js"
# What Chromium says to a server on this machine, as to one behind HTTPS.
ENCODINGS = "gzip, deflate, br, zstd"
# Parts of the map page that the entry script imports when they first come up.
LATER = ("Html",)
_IMPORTED = re.compile(r'(?:from|import)"\./([^"]+\.js)"')


@cache
def addresses() -> tuple[str, ...]:
    """Return the scripts that the page names, those loaded later, and all that these import."""
    page = (FOLDER / "index.html").read_text(encoding="utf-8")
    later = [path.name for part in LATER for path in SCRIPTS.glob(f"{part}.*.js")]
    pending = {*re.findall(r'static/js/([^"]+\.js)"', page), *later}
    names: set[str] = set()
    while pending:
        name = pending.pop()
        names.add(name)
        imported = _IMPORTED.findall((SCRIPTS / name).read_text(encoding="utf-8"))
        pending |= set(imported) - names
    return tuple(f"static/js/{name}" for name in sorted(names))


async def fetch(root: str) -> int:
    """Fetch all of them from a server, and return their bytes as they came."""
    size = 0
    headers = {"accept-encoding": ENCODINGS}
    async with httpx2.AsyncClient(headers=headers, timeout=120, verify=False) as client:
        for address in addresses():
            async with client.stream("GET", f"{root}/{address}") as answer:
                answer.raise_for_status()
                size += sum([len(part) async for part in answer.aiter_raw()])
    return size
