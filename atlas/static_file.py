"""Files of the site that browsers may keep for ever: their address contains a digest."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


def digest(content: bytes) -> str:
    """Return the digest of a content, short enough for addresses."""
    return sha256(content).hexdigest()[:12]


@dataclass(frozen=True)
class StaticFile:
    """A file to serve; those that refer to each other by relative addresses share a folder."""

    name: str
    content: bytes
    media_type: str
    folder: str = ""

    @cached_property
    def url(self) -> str:
        """The address, without a leading slash; it changes with the content."""
        return f"assets/{self.folder or digest(self.content)}/{self.name}"
