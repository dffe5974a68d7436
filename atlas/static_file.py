"""A file of the site that never changes: its address holds a digest of its content."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


def digest(content: bytes) -> str:
    """Return what stands for a content in addresses."""
    return sha256(content).hexdigest()[:12]


@dataclass(frozen=True)
class StaticFile:
    """A file to serve; files that name each other by relative addresses share a folder."""

    name: str
    content: bytes
    media_type: str
    folder: str = ""

    @cached_property
    def url(self) -> str:
        """The address, without a leading slash; it changes with the content."""
        return f"assets/{self.folder or digest(self.content)}/{self.name}"
