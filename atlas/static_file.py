"""A file of the site that never changes: its address holds a digest of its content."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True)
class StaticFile:
    """A file to serve, and its address below the site's root."""

    name: str
    content: bytes
    media_type: str

    @cached_property
    def url(self) -> str:
        """The address, without a leading slash; it changes with the content."""
        return f"assets/{sha256(self.content).hexdigest()[:12]}/{self.name}"
