"""Addresses of version 1.0 that lie in messages and articles: each still shows what it showed."""

import re

import pytest

from tests.pages.opened import CLIENT

# The address, the page it opens by now, and the part of it that it names.
ADDRESSES = [
    ("distances?lang=en", "places", "matrix"),
    ("distances?lang=zh&compare=deyang,yubei", "places", "side-by-side"),
    ("distances?lang=en&compare=deyang", "places", "side-by-side"),
    ("distances?lang=en", "places", "side-by-side"),
    ("distances?lang=en&side=sichuan", "places", "neighbours"),
    ("distances?lang=id&near=31.13,104.38&radius=50", "places", "reach"),
    ("distances?lang=en&near=deyang", "places", "reached"),
    ("distances?lang=en", "places", "choose"),
    ("Distances/?lang=en", "places", "matrix"),
    ("place?lang=en", "places", "places"),
    ("place?lang=en&sector=aerospace", "places", "places"),
    ("place?lang=en&place=deyang", "place", "profile-deyang"),
    ("place?lang=en&place=deyang", "place", "q-firms"),
    ("place?lang=en&place=deyang", "place", "source-S02"),
    ("place?lang=en&place=deyang", "place", "q-why"),
    ("place?lang=zh&place=deyang", "place", "q-where"),
    ("place?lang=en&place=deyang", "place", "q-gaps"),
    ("about?lang=en", "evidence", "about-what"),
    ("about?lang=zh&place=deyang", "evidence", "about-licences"),
    ("About/?lang=en", "evidence", "about-version"),
    ("about?lang=id", "evidence", "about-corrections"),
    ("about?lang=en", "evidence", "about-questions"),
    ("evidence?lang=en", "evidence", "claims"),
    ("evidence?lang=en&claim=figure", "evidence", "disagreements"),
    ("evidence?lang=en", "evidence", "sources"),
    ("evidence?lang=en&order=date", "evidence", "source-S02"),
    ("timeline?lang=en", "timeline", "targets"),
    ("timeline?lang=en&place=deyang", "timeline", "axis"),
    ("share?lang=en&of=about", "share", "cite"),
    ("share?lang=en&of=distances&compare=deyang,yubei", "share", "link"),
]


@pytest.mark.parametrize(("address", "page", "part"), ADDRESSES)
def test_an_address_of_version_1_opens_the_view_and_the_part_it_named(
    address: str, page: str, part: str
) -> None:
    answer = CLIENT.get(f"/{address}")
    assert answer.status_code == 200
    assert f'data-page="{page}"' in answer.text
    assert f' id="{part}"' in answer.text
    query = address.partition("?")[2].replace("of=distances", "of=places")
    query = query.replace("of=about", "of=evidence")
    (shown,) = set(re.findall(r'data-query="(.*?)"', answer.text))
    assert set(query.replace("%2C", ",").split("&")) == set(shown.split("&amp;"))


def test_what_is_shared_of_a_page_that_moved_is_shared_of_the_one_it_is_part_of() -> None:
    assert "/evidence?lang=en</code>" in CLIENT.get("/share?lang=en&of=about").text
    seen = CLIENT.get("/share?lang=en&of=distances&compare=deyang,yubei").text
    assert "/places?lang=en&amp;compare=deyang,yubei</code>" in seen
