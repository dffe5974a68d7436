"""The page that goes with a downloaded data package: what it is, whose, and how to read it."""

from collections.abc import Iterator

from atlas.data_dictionary import Licence
from atlas.export.provenance import Provenance
from atlas.package.descriptor import NAME
from atlas.records import Atlas
from atlas.text import Text

# Characters that Markdown (CommonMark 0.31) may read as markup or HTML inside a line.
_MARKUP = "\\`*_[]<>#|!&~"
CHECKED = f"""\
```sh
pip install frictionless
frictionless validate {NAME}
```"""
READ = f"""\
```python
from frictionless import Package

package = Package("{NAME}")
places = package.get_resource("places").read_rows()
```"""


def readme(atlas: Atlas, words: Text, origin: Provenance) -> str:
    """Return the page in Markdown; what the data say in it is never markup."""
    return "\n\n".join(part for part in _parts(atlas, words, origin) if part) + "\n"


def _parts(atlas: Atlas, words: Text, origin: Provenance) -> Iterator[str]:
    _ = words.gettext
    yield f"# {_line(origin.title)}"
    yield _line(origin.description)
    yield _(
        "Version %(version)s, as of %(date)s.",
        version=_line(origin.version),
        date=words.date(origin.as_of),
    )
    yield _(
        "It was downloaded from this view: %(selection)s. The package holds everything.",
        selection=_line(origin.selected),
    )
    yield f"<{origin.link}>"
    yield _heading(_("Licences and attribution"))
    yield "\n".join(map(_licence, origin.licences))
    works = (*origin.credits, *(one.credit[words.language] for one in atlas.maps))
    yield "\n".join(f"- {_line(work)}" for work in dict.fromkeys(works))
    yield _heading(_("How to check it, and how to read it"))
    yield _(
        "The tables are CSV files in UTF-8; datapackage.json says what each column means. "
        "With the Python package frictionless:"
    )
    yield CHECKED
    yield READ


def _heading(said: str) -> str:
    return f"## {said}"


def _licence(one: Licence) -> str:
    address = f" <{one.address}>" if one.address.startswith(("https://", "http://")) else ""
    return f"- {_line(one.title or one.name)}{address}"


def _line(said: str) -> str:
    """Return a text as one line in which nothing is markup."""
    return "".join(f"\\{char}" if char in _MARKUP else char for char in " ".join(said.split()))
