"""What a host may switch on, through environment variables. All of it is off at first."""

import os


def tiles() -> bool:
    """Tell whether readers are offered Carto's map tiles (`ATLAS_TILES=1`)."""
    return os.environ.get("ATLAS_TILES") == "1"
