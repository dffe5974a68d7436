"""A page as a browser has it: its first answer, and its panels by their address."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas import server
from atlas.datapackage import loader
from atlas.model.pages import MAP
from atlas.pages.assets import edition
from tests.conftest import Folder

T = TypeVar("T")

_STYLE = re.compile("<style>.*?</style>", re.DOTALL)
CLIENT = TestClient(Starlette(routes=server.routes()), headers={"accept-encoding": "identity"})


@dataclass(frozen=True)
class Opened:
    """What the panels of a page answer for a view, by name."""

    answers: dict[str, Any]

    @cached_property
    def markup(self) -> str:
        """The markup of all panels, with white space folded."""
        return folded(" ".join(part for part in self.answers.values() if isinstance(part, str)))

    @cached_property
    def text(self) -> str:
        """The markup with its entities decoded, so that texts are found as they are written."""
        return unescape(self.markup)

    @cached_property
    def maps(self) -> dict[str, dict[str, Any]]:
        """The maps that the view has, each with deck, label and size."""
        return {name: part for name, part in self.answers.items() if isinstance(part, dict)}

    def layer(self, id: str) -> dict[str, Any]:
        """Return a layer of the page's one map."""
        (chart,) = self.maps.values()
        layers: dict[str, dict[str, Any]] = {
            layer["id"]: layer for layer in chart["deck"]["layers"]
        }
        return layers[id]

    @property
    def figures(self) -> list[str]:
        """The key figures, without the small print."""
        return re.findall(r"<dd>(.*?)(?: <small>.*?)?</dd></div>", self.markup)

    def chip(self, parameter: str, value: str) -> str:
        """Return the markup of a chip."""
        chip = re.search(f'<a class="chip" id="chip-{parameter}-{value}".*?</a>', self.markup)
        assert chip, f"no chip {parameter} {value}"
        return chip[0]


def folded(markup: str) -> str:
    return " ".join(markup.split())


# Answers by address, each with the atlas that it was made from: while that is kept, no other atlas
# gets its id.
_ANSWERS: dict[tuple[object, ...], tuple[object, Any]] = {}


def _once(ask: Callable[[], T], *key: object) -> T:
    """Return an answer that is made from the present atlas once for all tests."""
    atlas = loader.current()
    settings = [(name, value) for name, value in os.environ.items() if name.startswith("ATLAS_")]
    full = (*key, *sorted(settings), id(atlas))
    if full not in _ANSWERS:
        _ANSWERS[full] = atlas, ask()
    answer: T = _ANSWERS[full][1]
    return answer


def _get(path: str, locale: str | None, query: dict[str, str]) -> Any:
    response = CLIENT.get(path, params=query, headers={"accept-language": locale} if locale else {})
    assert response.status_code == 200, response.text
    return response


def opened(page: str = "", locale: str | None = None, *, only: str = "all", **query: str) -> Opened:
    """Return the panels of a page, for a reader whose browser prefers `locale`.

    `only` names some panels, with commas between: the others are then not drawn.
    """
    path = f"/panels/{edition(loader.current())}/{page or MAP}/{only}"
    return _once(
        lambda: Opened(_get(path, locale, query).json()), path, locale, *sorted(query.items())
    )


def first(page: str = "", locale: str | None = None, **query: str) -> str:
    """Return the first answer of a page, without its style, which names every class."""
    return _once(
        lambda: folded(_STYLE.sub("", _get(f"/{page}", locale, query).text)),
        *("first", page, locale, *sorted(query.items())),
    )


def unlike(
    page: str, query: str, present: Iterable[str], absent: Iterable[str] = (), *, only: str = "all"
) -> list[str]:
    """Return the words that a page lacks for a view though it should have them, or the reverse.

    Queries are in English unless they name a language.
    """
    text = opened(page, only=only, **({"lang": "en"} | dict(parse_qsl(query)))).text
    missing = [words for words in present if words not in text]
    return missing + [words for words in absent if words in text]


@pytest.fixture
def package(data: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """A copy of the data package that the pages show instead of their own."""
    yield from shown(data, monkeypatch)


@pytest.fixture
def elsewhere(tiny: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """The pages show the tiny atlas of another cluster."""
    yield from shown(tiny, monkeypatch)


def shown(folder: Folder, patch: pytest.MonkeyPatch) -> Iterator[Folder]:
    patch.setenv("ATLAS_DATA", str(folder.path))
    loader.current.cache_clear()
    yield folder
    loader.current.cache_clear()
