"""The map page and a profile in Firefox and WebKit: what a reader of these sees and does."""

import io

import pytest
from PIL import Image

from atlas.map.base_style import STRONG, tint
from atlas.model.languages import LANGUAGES, Language
from atlas.model.palette import LIGHT
from atlas.model.text import text
from tests.conftest import at_night
from tests.engines.engine import Engine, await_true
from tests.hosting.servers import Replica

FIGURE = "document.querySelector('.key-figures dd')?.textContent.trim()"
LISTED = "document.querySelectorAll('#card li:has(> .mark)').length"
CHART = "document.querySelector('.map')"
CHIP = "#chip-sector-rail-transit"


def opened(engine: Engine, url: str) -> None:
    """Open an address and wait until Streamlit has taken the page in."""
    engine.open(url)
    await_true(
        engine,
        "document.querySelector(':root.scripted .foot')"
        " && !document.getElementById('atlas-first')"
        " && !document.querySelector('[data-panel]:not([data-filled], [data-later])')",
    )


def land_of_sichuan(engine: Engine) -> float:
    """Return the share of the map that has the tint of Sichuan's places."""
    box = engine.evaluate(f"{CHART}.getBoundingClientRect().toJSON()")
    edges = (box["left"], box["top"], box["right"], box["bottom"])
    shown = Image.open(io.BytesIO(engine.picture())).convert("RGB").crop(edges)
    land = tint(LIGHT, "first", STRONG)
    counted = shown.getcolors(shown.width * shown.height) or []
    alike = sum(
        count
        for count, colour in counted
        if all(abs(part - other) <= 4 for part, other in zip(colour, land, strict=True))
    )
    return alike / (shown.width * shown.height)


@pytest.mark.parametrize("lang", at_night(LANGUAGES, ["zh"]))
def test_the_map_page_is_whole_in_every_language(
    engine: Engine, server: Replica, lang: Language
) -> None:
    opened(engine, f"{server.url}/?lang={lang}")
    shown = text(lang).gettext("%(count)s of %(total)s", count=14, total=14)
    assert engine.evaluate(FIGURE) == shown
    assert engine.evaluate(LISTED) == 14
    assert engine.evaluate("document.documentElement.lang") == text(lang).tag
    assert engine.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert engine.errors() == []


def test_a_shared_profile_opens_and_a_second_time_as_well(engine: Engine, server: Replica) -> None:
    for _ in range(2):
        opened(engine, f"{server.url}/place?lang=zh&place=yufu-idz")
        assert "鱼复工业开发区" in engine.evaluate("document.querySelector('h1').textContent")
        assert "鱼复" in engine.evaluate("document.title")
        assert engine.errors() == []


def test_the_map_is_drawn_and_a_chip_changes_figures_list_and_address(
    engine: Engine, server: Replica
) -> None:
    opened(engine, f"{server.url}/?lang=en")
    await_true(engine, "document.querySelector('.map.live')")
    for _ in range(100):
        if land_of_sichuan(engine) > 0.1:
            break
        await_true(engine, "new Promise((then) => setTimeout(then, 200, true))")
    assert land_of_sichuan(engine) > 0.1
    engine.click(CHIP)
    await_true(engine, f"{FIGURE} === '8 of 14'")
    await_true(engine, f"{LISTED} === 8")
    await_true(engine, "location.search === '?lang=en&sector=rail-transit'")
    assert engine.evaluate(f"document.querySelector('{CHIP}').getAttribute('aria-current')")
    engine.evaluate("history.back()")
    await_true(engine, f"{FIGURE} === '14 of 14'")
    assert engine.errors() == []


def click_where_it_is(engine: Engine, selector: str) -> None:
    """Scroll to an element, as a reader does, and click it."""
    way = "{ block: 'center', behavior: 'instant' }"
    engine.evaluate(f"document.querySelector('{selector}').scrollIntoView({way})")
    engine.click(selector)


def test_a_place_opens_from_the_list_and_closes_again(engine: Engine, server: Replica) -> None:
    opened(engine, f"{server.url}/?lang=en&sector=aerospace")
    click_where_it_is(engine, "#card li > .mark + a")
    await_true(engine, "document.querySelector('#card h2')?.textContent.includes('Chengdu')")
    await_true(engine, "location.search === '?lang=en&sector=aerospace&place=chengdu'")
    click_where_it_is(engine, "#card .close a")
    await_true(engine, f"{LISTED} === 8")
    assert engine.errors() == []
