"""Links as QR codes (ISO/IEC 18004)."""

from functools import lru_cache
from io import BytesIO

import segno

# A quiet zone of four modules and a middle error correction, as the standard advises for print.
BORDER = 4


@lru_cache(maxsize=512)
def svg(link: str) -> bytes:
    """Return a link as an SVG picture, black on white, that scales to any size."""
    drawn = BytesIO()
    segno.make_qr(link, error="m").save(
        drawn, kind="svg", border=BORDER, light="#fff", xmldecl=False, omitsize=True, title=link
    )
    return drawn.getvalue()
