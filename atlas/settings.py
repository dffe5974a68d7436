"""What a host may switch on, through environment variables. All of it is off at first."""

import os
import re

AGENT = "chengyu-cluster-atlas/1.0.0"
NOMINATIM = "https://nominatim.openstreetmap.org"
_CONTACT = re.compile(
    r"mailto:[^\s@<>\"?&]+@[\w-]+(\.[\w-]+)+|https://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"]*)?"
)


def tiles() -> bool:
    """Tell whether readers are offered Carto's map tiles (`ATLAS_TILES=1`)."""
    return os.environ.get("ATLAS_TILES") == "1"


def geocoder() -> bool:
    """Tell whether addresses are looked up at a service (`ATLAS_GEOCODER=1`)."""
    return os.environ.get("ATLAS_GEOCODER") == "1"


def geocoder_url() -> str:
    """Return the address of the Nominatim to ask (`ATLAS_GEOCODER_URL`), else the public one."""
    return os.environ.get("ATLAS_GEOCODER_URL") or NOMINATIM


def geocoder_agent() -> str:
    """Return how we introduce ourselves there (`ATLAS_GEOCODER_AGENT`): name, version, contact."""
    return os.environ.get("ATLAS_GEOCODER_AGENT") or AGENT


def contact() -> str | None:
    """Return where readers report errors (`ATLAS_CONTACT`): a `mailto:` or `https:` address.

    Raises ValueError for anything else: the page links to it.
    """
    given = os.environ.get("ATLAS_CONTACT", "").strip()
    if given and not _CONTACT.fullmatch(given):
        raise ValueError(f"ATLAS_CONTACT must be a mailto: or https: address, not {given!r}.")
    return given or None
