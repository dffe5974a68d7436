"""What a host may set in environment variables; none has to be set."""

import os
import re

LONGEST_DRAIN = 600  # seconds
_CONTACT = re.compile(
    r"mailto:[^\s@<>\"?&]+@[\w-]+(\.[\w-]+)+|https://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"]*)?"
)
_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?")
_SITE = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[\w./~-]*)?")


def data() -> str:
    """Return what is shown (`ATLAS_DATA`): the path of a data package or of a table of places.

    "" stands for the data of the repository.
    """
    return os.environ.get("ATLAS_DATA", "")


def url() -> str:
    """Return the public address of the site (`ATLAS_URL`) with a final slash, "" if not set.

    Raises ValueError if it is not a web address: previews and citations contain it.
    """
    address = os.environ.get("ATLAS_URL", "").strip()
    if address and not _SITE.fullmatch(address):
        raise ValueError(f"ATLAS_URL must be an http: or https: address, not {address!r}.")
    return f"{address.rstrip('/')}/" if address else ""


def frame_ancestors() -> tuple[str, ...]:
    """Return which other sites may show the atlas in a frame (`ATLAS_FRAME_ANCESTORS`).

    The variable is `*` (the default: all sites), `self` (no other site), or origins such as
    `https://example.org` or `https://*.example.org`, separated by spaces.

    Raises ValueError for anything else: it becomes part of a header.
    """
    sources = os.environ.get("ATLAS_FRAME_ANCESTORS", "").split() or ["*"]
    if sources in (["*"], ["self"]):
        return tuple(source for source in sources if source == "*")
    for source in sources:
        if not _ORIGIN.fullmatch(source):
            raise ValueError(
                f"ATLAS_FRAME_ANCESTORS must be *, self or origins like https://example.org, "
                f"not {source!r}."
            )
    return tuple(sources)


def contact() -> str | None:
    """Return where readers report errors (`ATLAS_CONTACT`): a `mailto:` or `https:` address.

    Raises ValueError for anything else: the page links to it.
    """
    address = os.environ.get("ATLAS_CONTACT", "").strip()
    if address and not _CONTACT.fullmatch(address):
        raise ValueError(f"ATLAS_CONTACT must be a mailto: or https: address, not {address!r}.")
    return address or None


def log_lines() -> bool:
    """Return whether the log is written as lines of JSON (`ATLAS_LOG=json`)."""
    return os.environ.get("ATLAS_LOG") == "json"


def drain_seconds() -> int:
    """Return for how many seconds a stopping server still serves readers (`ATLAS_DRAIN`).

    Raises ValueError for anything but a number of seconds from 0 to `LONGEST_DRAIN`.
    """
    seconds = os.environ.get("ATLAS_DRAIN", "").strip() or "0"
    if not (seconds.isdecimal() and int(seconds) <= LONGEST_DRAIN):
        raise ValueError(
            f"ATLAS_DRAIN must be a whole number of seconds up to {LONGEST_DRAIN}, not {seconds!r}."
        )
    return int(seconds)
