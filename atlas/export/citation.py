"""How to cite a view: as a sentence, in APA style, in BibTeX and in CSL-JSON."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from atlas.claims.record import Claim, joined
from atlas.export.exported_view import ExportedView
from atlas.export.file_names import package_name, selection_slug, version_slug
from atlas.model.characters import visible
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import N_, Text
from atlas.query.sentences import title
from atlas.query.wording import edition_line, source_line

OF_EDITION = N_(
    "%(authors)s: “%(title)s”. Version %(version)s of the data, as of %(as_of)s; shown: "
    "%(selection)s. %(link)s (accessed on %(accessed)s)."
)
# For data without a version or a day.
BARE = N_(
    "%(authors)s: “%(title)s”. %(edition)s Shown: %(selection)s. %(link)s (accessed on "
    "%(accessed)s)."
)
# What TeX reads as markup. Braces are spelled out, since BibTeX counts even escaped ones.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "#$%&_"},
    }
)
# A url is read verbatim, so only what would end the field is escaped in it.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


@dataclass(frozen=True, slots=True)
class Citation:
    """The citation of a view in four forms; all but `sentence` are for programs and styles."""

    sentence: str
    apa: str
    bibtex: str
    csl: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every form of a citation states."""

    view: ExportedView
    key: str
    authors: tuple[str, ...]
    title: str
    accessed: date


def citation(atlas: Atlas, selection: Selection, page: str, link: str, accessed: date) -> Citation:
    """Return how to cite a view on a page ("" for the map) under its address.

    The authors are the contributors that the package names, else the atlas itself.
    """
    view = ExportedView(atlas, selection, "evidence" if page == "evidence" else "places", link)
    facts = _Facts(
        view,
        key=_key(view, page),
        authors=view.dictionary.contributors or (view.title,),
        title=title(atlas, selection, view.text, page),
        accessed=accessed,
    )
    return Citation(_sentence(facts), _apa(facts), _bibtex(facts), _csl(facts))


def claim_citation(atlas: Atlas, text: Text, claim: Claim, link: str) -> str:
    """Return how to cite one claim: places and claim, its source, then the atlas and the link."""
    source = atlas.source[claim.source]
    places = text.all_of([place.name[text.language] for place in claim.places])
    parts = (
        " · ".join(part for part in (places, joined(claim.subject, claim.sentence)) if part),
        f"{source_line(text, source)}: {source.title}",
        source.address,
        f"{atlas.title[text.language]} {atlas.version}, {link}",
    )
    return " – ".join(part for part in parts if part)


def _key(view: ExportedView, page: str) -> str:
    """Return the key of a view, which does not depend on when and where it is cited."""
    place = view.selection.place if page == "place" else ""
    slug = selection_slug(view.selection, view.table)
    parts = (package_name(view.atlas), version_slug(view.atlas), page, place, slug, view.language)
    return "-".join(part for part in parts if part)


def _sentence(facts: _Facts) -> str:
    view, text = facts.view, facts.view.text
    return text.gettext(
        OF_EDITION if view.atlas.version and view.atlas.dated else BARE,
        authors=text.all_of(list(facts.authors)),
        title=facts.title,
        version=view.atlas.version,
        as_of=text.date(view.atlas.as_of.isoformat()),
        edition=edition_line(view.atlas, text),
        selection=view.sentence,
        link=view.link,
        accessed=text.date(facts.accessed.isoformat()),
    )


def _apa(facts: _Facts) -> str:
    """Cite a data set that changes (APA style, 7th edition, 10.9 and 9.16)."""
    view, atlas, (*authors, last_author) = facts.view, facts.view.atlas, facts.authors
    names = f"{', '.join(authors)}, & {last_author}" if authors else last_author
    year = atlas.as_of.year if atlas.dated else "n.d."
    version = f"Version {atlas.version}; " if atlas.version else ""
    retrieved = format_date(facts.accessed, "MMMM d, y", locale="en_US")
    return (
        f"{names}. ({year}). {facts.title} ({version}{view.sentence}) [Data set]. "
        f"Retrieved {retrieved}, from {view.link}"
    )


def _bibtex(facts: _Facts) -> str:
    """Return an entry for biblatex, in UTF-8. Names are braced, since they are not of persons."""
    view = facts.view
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in facts.authors),
        "title": f"{{{_tex(facts.title)}}}",
        "version": _tex(view.atlas.version),
        "date": view.as_of,
        "note": _tex(view.sentence),
        "url": view.link.translate(_VERBATIM),
        "urldate": facts.accessed.isoformat(),
        "langid": LANGUAGES[view.language].langid,
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return "\n".join((f"@online{{{facts.key},", *lines, "}"))


def _tex(words: str) -> str:
    return visible(words).translate(_TEX)


def _csl(facts: _Facts) -> str:
    """Return the citation as CSL-JSON, which Zotero and citation processors read."""
    view = facts.view
    item: dict[str, Any] = {
        "id": facts.key,
        "type": "dataset",
        "author": [{"literal": author} for author in facts.authors],
        "title": facts.title,
        **({"version": view.atlas.version} if view.atlas.version else {}),
        **({"issued": _date(view.atlas.as_of)} if view.atlas.dated else {}),
        "accessed": _date(facts.accessed),
        "URL": view.link,
        "language": view.text.tag,
        "note": view.sentence,
    }
    return json.dumps([item], ensure_ascii=False, indent=2)


def _date(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}
