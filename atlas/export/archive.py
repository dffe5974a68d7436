"""The whole data package as a ZIP file: its files as loaded, and a README."""

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from atlas.datapackage.descriptor import DESCRIPTOR
from atlas.export.exported_view import ExportedView
from atlas.export.tables.data_dictionary import Licence
from atlas.model.records import Atlas
from atlas.query.wording import edition_line

README = "README.md"
# Where the package has a README of its own.
SPARE_README = "README-DOWNLOAD.md"
# The years a ZIP file can hold (PKWARE's APPNOTE, 4.4.6).
EARLIEST, LATEST = date(1980, 1, 1), date(2107, 12, 31)

# Characters that Markdown (CommonMark 0.31) may read as markup or HTML inside a line.
_MARKUP = "\\`*_[]<>#|!&~"
_HOW_TO_CHECK = f"""\
```sh
pip install frictionless
frictionless validate {DESCRIPTOR}
```"""
_HOW_TO_READ = f"""\
```python
from frictionless import Package

package = Package("{DESCRIPTOR}")
places = package.get_resource("places").read_rows()
```"""


def package_zip(view: ExportedView) -> bytes:
    """Return the package; the same data and view give the same bytes.

    It contains the files that the descriptor lists and the notices, nothing else from the folder.
    A map file that the host removed is left out of the descriptor too.
    """
    files = dict(view.atlas.files)
    files[DESCRIPTOR] = _descriptor(view.atlas)
    files[SPARE_README if README in files else README] = _readme(view).encode()
    day = min(max(view.atlas.as_of, EARLIEST), LATEST)
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for path in sorted(files):
            entry = ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            # Unix: Python would write the system that it runs on.
            entry.create_system = 3
            archive.writestr(entry, files[path])
    return content.getvalue()


def _descriptor(atlas: Atlas) -> bytes:
    descriptor = json.loads(atlas.files[DESCRIPTOR])
    resources = [entry for entry in descriptor["resources"] if entry["path"] in atlas.files]
    if len(resources) == len(descriptor["resources"]):
        return atlas.files[DESCRIPTOR]
    return json.dumps(descriptor | {"resources": resources}, ensure_ascii=False, indent=1).encode()


def _readme(view: ExportedView) -> str:
    """Return the README in Markdown, with the texts of the data escaped."""
    return "\n\n".join(part for part in _paragraphs(view) if part) + "\n"


def _paragraphs(view: ExportedView) -> Iterator[str]:
    _ = view.text.gettext
    yield f"# {_line(view.title)}"
    yield _line(view.dictionary.description[view.language])
    yield _line(edition_line(view.atlas, view.text))
    yield _(
        "It was downloaded from this view: %(selection)s. The package holds everything.",
        selection=_line(view.sentence),
    )
    yield f"<{view.link}>"
    yield "## " + _("Licences and attribution")
    yield "\n".join(map(_licence, view.dictionary.licences))
    map_credits = (file.credit[view.language] for file in view.atlas.maps)
    works = dict.fromkeys((*view.dictionary.sources, *map_credits))
    yield "\n".join(f"- {_line(work)}" for work in works)
    yield "## " + _("How to check it, and how to read it")
    yield _(
        "The tables are CSV files in UTF-8; datapackage.json says what each column means. "
        "With the Python package frictionless:"
    )
    yield _HOW_TO_CHECK
    yield _HOW_TO_READ


def _licence(licence: Licence) -> str:
    is_link = licence.address.startswith(("https://", "http://"))
    address = f" <{licence.address}>" if is_link else ""
    return f"- {_line(licence.title or licence.name)}{address}"


def _line(words: str) -> str:
    """Return a text as one line, with what Markdown would read as markup escaped."""
    return "".join(f"\\{char}" if char in _MARKUP else char for char in " ".join(words.split()))
