"""The whole data package as a ZIP file: the folder as it is, and a page that says what it is."""

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from atlas.export.provenance import Provenance
from atlas.export.readme import readme
from atlas.package.descriptor import NAME
from atlas.package.files import read_bytes, read_json, unsafe
from atlas.records import Atlas, Language
from atlas.text import text

README = "README.md"
# Where the package has a page of its own of that name.
SPARE_README = "README-DOWNLOAD.md"
# Files that no descriptor lists, and without which the others may not be passed on.
NOTICES = ("license", "licence", "copying", "notice", "readme")
# The years a ZIP file can hold (PKWARE's APPNOTE, 4.4.6).
EARLIEST, LATEST = date(1980, 1, 1), date(2107, 12, 31)


def package_zip(atlas: Atlas, language: Language, origin: Provenance) -> bytes:
    """Return the package, the same bytes for the same data and view.

    It holds what the descriptor lists and the notices beside it, nothing else that may lie
    in the folder. A map file that the host took out is taken out of the descriptor too.
    """
    files = dict(_files(atlas.folder))
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


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    found = read_json(folder, NAME)
    listed = [one["path"] for one in found["resources"]]
    missing = {path for path in listed if not (folder / path).is_file()}
    yield NAME, _without(found, missing) if missing else read_bytes(folder, NAME)
    for path in dict.fromkeys((*listed, *_notices(folder, listed))):
        if path not in missing:
            yield path, read_bytes(folder, path)


def _without(found: dict[str, Any], missing: set[str]) -> bytes:
    kept = [one for one in found["resources"] if one["path"] not in missing]
    return json.dumps(found | {"resources": kept}, ensure_ascii=False, indent=1).encode()


def _notices(folder: Path, listed: list[str]) -> Iterator[str]:
    for directory in sorted({folder, *((folder / path).parent for path in listed)}):
        for file in sorted(directory.iterdir()) if directory.is_dir() else ():
            path = file.relative_to(folder).as_posix()
            is_notice = file.name.lower().startswith(NOTICES) and file.is_file()
            if is_notice and file.stat().st_size and not unsafe(path, folder):
                yield path
