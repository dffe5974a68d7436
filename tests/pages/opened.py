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
        return folded(" ".join(one for one in self.answers.values() if isinstance(one, str)))

    @cached_property
    def text(self) -> str:
        """The markup with its entities read, so that texts are found in it as they are written."""
        return unescape(self.markup)

    @cached_property
    def maps(self) -> dict[str, dict[str, Any]]:
        """The maps that the view has, each with deck, label and size."""
        return {name: one for name, one in self.answers.items() if isinstance(one, dict)}

    def layer(self, id: str) -> dict[str, Any]:
        """A layer of the page's one map."""
        (drawn,) = self.maps.values()
        found: dict[str, Any] = next(one for one in drawn["deck"]["layers"] if one["id"] == id)
        return found

    @property
    def figures(self) -> list[str]:
        """The key figures, without the small print."""
        return re.findall(r"<dd>(.*?)(?: <small>.*?)?</dd></div>", self.markup)

    def chip(self, parameter: str, value: str) -> str:
        """The markup of a chip."""
        found = re.search(f'<a class="chip" id="chip-{parameter}-{value}".*?</a>', self.markup)
        assert found, f"no chip {parameter} {value}"
        return found[0]


def folded(markup: str) -> str:
    return re.sub(r"\s+", " ", markup)


# Answers, with the atlas they were made of: kept with it, that one's id stays its own.
_ANSWERED: dict[tuple[object, ...], tuple[object, Any]] = {}


def _once(read: Callable[[], T], *key: object) -> T:
    """Return what is read of the present atlas; it is kept for the other tests."""
    atlas = loader.current()
    settings = [(name, value) for name, value in os.environ.items() if name.startswith("ATLAS_")]
    full = (*key, *sorted(settings), id(atlas))
    if full not in _ANSWERED:
        _ANSWERED[full] = atlas, read()
    found: T = _ANSWERED[full][1]
    return found


def _asked(path: str, locale: str | None, query: dict[str, str]) -> Any:
    answer = CLIENT.get(path, params=query, headers={"accept-language": locale} if locale else {})
    assert answer.status_code == 200, answer.text
    return answer


def opened(page: str = "", locale: str | None = None, **query: str) -> Opened:
    """Return the panels of a page, for a reader whose browser speaks `locale`."""
    path = f"/panels/{edition(loader.current())}/{page or MAP}/all"
    asked = lambda: Opened(_asked(path, locale, query).json())  # noqa: E731
    return _once(asked, "panels", page, locale, *sorted(query.items()))


def first(page: str = "", locale: str | None = None, **query: str) -> str:
    """Return the first answer of a page without its style, in which every class has a name."""
    asked = lambda: folded(_STYLE.sub("", _asked(f"/{page}", locale, query).text))  # noqa: E731
    return _once(asked, "first", page, locale, *sorted(query.items()))


def unlike(page: str, query: str, said: Iterable[str], unsaid: Iterable[str] = ()) -> list[str]:
    """The words that the page does not say for a view, though it should, and the other way round.

    Queries are in English where they name no language.
    """
    seen = opened(page, **({"lang": "en"} | dict(parse_qsl(query)))).text
    return [words for words in said if words not in seen] + [one for one in unsaid if one in seen]


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
