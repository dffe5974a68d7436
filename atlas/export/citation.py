"""How to cite a view: as a sentence, in APA style, in BibTeX and in CSL-JSON."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from atlas.characters import visible
from atlas.claims.sentence import claims_sentence
from atlas.data_dictionary import data_dictionary
from atlas.export.file_names import package_name, selection_slug, slug_of_version
from atlas.records import Atlas, Language
from atlas.selection import Selection
from atlas.text import Text, text
from atlas.wording import sentence, title

# Languages by the names that LaTeX's babel, and with it biblatex, has for them.
LANGIDS: dict[Language, str] = {"en": "english", "zh": "chinese", "id": "indonesian"}
# What TeX reads as markup. Braces are named, since BibTeX counts even escaped ones.
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
# A url is read as it stands, so only what would end the field must not occur in it.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


@dataclass(frozen=True, slots=True)
class Citation:
    """One view cited in four forms; all but `sentence` are for programs and style guides."""

    sentence: str
    apa: str
    bibtex: str
    csl: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every form says. `as_of` is the day the data stand for, `selected` the view in words."""

    key: str
    authors: tuple[str, ...]
    title: str
    version: str
    as_of: date
    accessed: date
    selected: str
    link: str
    text: Text


def citation(atlas: Atlas, selection: Selection, page: str, link: str, accessed: date) -> Citation:
    """Return how to cite a view on a page (empty for the map) under its address.

    The author is whom the package names as contributors, else the atlas itself.
    """
    words = text(selection.lang)
    of_claims = page == "evidence"
    facts = _Facts(
        key=_key(atlas, selection, page),
        authors=data_dictionary(atlas).contributors or (atlas.title[selection.lang],),
        title=title(atlas, selection, words, page),
        version=atlas.version,
        as_of=atlas.as_of,
        accessed=accessed,
        selected=(claims_sentence if of_claims else sentence)(atlas, selection, words),
        link=link,
        text=words,
    )
    return Citation(_sentence(facts), _apa(facts), _bibtex(facts), _csl(facts))


def _key(atlas: Atlas, selection: Selection, page: str) -> str:
    """Return the key of a view: the same whenever and wherever it is cited."""
    slug = selection_slug(selection, "evidence" if page == "evidence" else "places")
    place = selection.place if page == "place" else ""
    parts = (package_name(atlas), slug_of_version(atlas), page, place, slug, selection.lang)
    return "-".join(part for part in parts if part)


def _sentence(facts: _Facts) -> str:
    words = facts.text
    return words.gettext(
        "%(authors)s: “%(title)s”. Version %(version)s of the data, as of %(as_of)s; shown: "
        "%(selection)s. %(link)s (accessed on %(accessed)s).",
        authors=words.all_of(list(facts.authors)),
        title=facts.title,
        version=facts.version,
        as_of=words.date(facts.as_of.isoformat()),
        selection=facts.selected,
        link=facts.link,
        accessed=words.date(facts.accessed.isoformat()),
    )


def _apa(facts: _Facts) -> str:
    """Cite a data set that changes (APA style, 7th edition, 10.9 and 9.16)."""
    retrieved = format_date(facts.accessed, "MMMM d, y", locale="en_US")
    authors = ", & ".join(
        part for part in (", ".join(facts.authors[:-1]), facts.authors[-1]) if part
    )
    return (
        f"{authors}. ({facts.as_of.year}). {facts.title} (Version {facts.version}; "
        f"{facts.selected}) [Data set]. Retrieved {retrieved}, from {facts.link}"
    )


def _bibtex(facts: _Facts) -> str:
    """Return an entry for biblatex, in UTF-8. Names are braced: they are not of persons."""
    authors = " and ".join(f"{{{_tex(one)}}}" for one in facts.authors)
    fields = {
        "author": authors,
        "title": f"{{{_tex(facts.title)}}}",
        "version": _tex(facts.version),
        "date": facts.as_of.isoformat(),
        "note": _tex(facts.selected),
        "url": facts.link.translate(_VERBATIM),
        "urldate": facts.accessed.isoformat(),
        "langid": LANGIDS[facts.text.language],
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items())
    return "\n".join((f"@online{{{facts.key},", *lines, "}"))


def _tex(said: str) -> str:
    return visible(said).translate(_TEX)


def _csl(facts: _Facts) -> str:
    """Return the citation as CSL-JSON, the form of Zotero and of citation processors."""
    item: dict[str, Any] = {
        "id": facts.key,
        "type": "dataset",
        "author": [{"literal": one} for one in facts.authors],
        "title": facts.title,
        "version": facts.version,
        "issued": _date(facts.as_of),
        "accessed": _date(facts.accessed),
        "URL": facts.link,
        "language": facts.text.tag,
        "note": facts.selected,
    }
    return json.dumps([item], ensure_ascii=False, indent=2)


def _date(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}
