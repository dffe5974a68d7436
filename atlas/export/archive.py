"""The whole data package as a ZIP file: its files as loaded, and a page that says what it is."""

import json
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from atlas.export.provenance import Provenance
from atlas.export.readme import readme
from atlas.package.descriptor import NAME
from atlas.records import Atlas, Language
from atlas.text import text

README = "README.md"
# Where the package has a page of its own of that name.
SPARE_README = "README-DOWNLOAD.md"
# The years a ZIP file can hold (PKWARE's APPNOTE, 4.4.6).
EARLIEST, LATEST = date(1980, 1, 1), date(2107, 12, 31)


def package_zip(atlas: Atlas, language: Language, origin: Provenance) -> bytes:
    """Return the package, the same bytes for the same data and view.

    It holds what the descriptor lists and the notices beside it, nothing else that may lie
    in the folder. A map file that the host took out is taken out of the descriptor too.
    """
    files = dict(atlas.files)
    files[NAME] = _descriptor(atlas)
    name = SPARE_README if README in files else README
    files[name] = readme(atlas, text(language), origin).encode()
    day = min(max(atlas.as_of, EARLIEST), LATEST)
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for path in sorted(files):
            entry = ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            # Python writes the system it runs on, which is nothing of the data.
            entry.create_system = 3
            archive.writestr(entry, files[path])
    return content.getvalue()


def _descriptor(atlas: Atlas) -> bytes:
    content = atlas.files[NAME]
    found = json.loads(content)
    kept = [one for one in found["resources"] if one["path"] in atlas.files]
    if len(kept) == len(found["resources"]):
        return content
    return json.dumps(found | {"resources": kept}, ensure_ascii=False, indent=1).encode()
