"""Links as QR codes (ISO/IEC 18004)."""

from io import BytesIO

import segno

# Modules of white around the code, as the standard demands. It advises error correction "m" for
# print.
BORDER = 4


def svg(link: str) -> bytes:
    """Return a link as an SVG picture, black on white, that scales to any size."""
    picture = BytesIO()
    segno.make_qr(link, error="m").save(
        picture, kind="svg", border=BORDER, light="#fff", xmldecl=False, omitsize=True, title=link
    )
    return picture.getvalue()
