"""Addresses of version 1.0 that lie in messages and articles: each still shows what it showed."""

import re

import pytest
from starlette.testclient import TestClient

# The address, the page it opens by now, and the parts of it that links named.
ADDRESSES = [
    ("distances?lang=en", "places", ["matrix", "side-by-side", "choose"]),
    ("distances?lang=zh&compare=deyang,yubei", "places", ["side-by-side"]),
    ("distances?lang=en&compare=deyang", "places", ["side-by-side"]),
    ("distances?lang=en&side=sichuan", "places", ["neighbours"]),
    ("distances?lang=id&near=31.13,104.38&radius=50", "places", ["reach"]),
    ("distances?lang=en&near=deyang", "places", ["reached"]),
    ("Distances/?lang=en", "places", ["matrix"]),
    ("place?lang=en", "places", ["places"]),
    ("place?lang=en&sector=aerospace", "places", ["places"]),
    (
        "place?lang=en&place=deyang",
        "place",
        ["profile-deyang", "q-firms", "source-S02", "q-why", "q-where", "q-gaps"],
    ),
    ("about?lang=en", "evidence", ["about-what", "about-corrections", "about-questions"]),
    ("about?lang=zh&place=deyang", "evidence", ["about-licences"]),
    ("About/?lang=en", "evidence", ["about-version"]),
    ("evidence?lang=en", "evidence", ["claims", "sources"]),
    ("evidence?lang=en&claim=figure", "evidence", ["disagreements"]),
    ("evidence?lang=en&order=date", "evidence", ["source-S02"]),
    ("timeline?lang=en", "timeline", ["targets"]),
    ("timeline?lang=en&place=deyang", "timeline", ["axis"]),
    ("share?lang=en&of=about", "share", ["cite"]),
    ("share?lang=en&of=distances&compare=deyang,yubei", "share", ["link"]),
]


@pytest.mark.parametrize(("address", "page", "parts"), ADDRESSES)
def test_an_address_of_version_1_opens_the_view_and_the_part_it_named(
    client: TestClient, address: str, page: str, parts: list[str]
) -> None:
    answer = client.get(f"/{address}")
    assert answer.status_code == 200
    assert f'data-page="{page}"' in answer.text
    assert [part for part in parts if f' id="{part}"' not in answer.text] == []
    query = address.partition("?")[2].replace("of=distances", "of=places")
    query = query.replace("of=about", "of=evidence")
    (shown,) = set(re.findall(r'data-query="(.*?)"', answer.text))
    assert set(query.replace("%2C", ",").split("&")) == set(shown.split("&amp;"))


def test_what_is_shared_of_a_page_that_moved_is_shared_of_the_one_it_is_part_of(
    client: TestClient,
) -> None:
    assert "/evidence?lang=en</code>" in client.get("/share?lang=en&of=about").text
    page = client.get("/share?lang=en&of=distances&compare=deyang,yubei").text
    assert "/places?lang=en&amp;compare=deyang,yubei</code>" in page
