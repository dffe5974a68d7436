"""The site below a path: by `server.baseUrlPath`, and behind a proxy that takes the path away.

The proxy tells the server nothing of it, as JupyterHub's does.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import drawn, taken_in
from tests.hosting.servers import Nginx, Replica, answered, fetched, running

BASE = "apps/atlas"
TAKEN = "user/ann/proxy/8501"
CONFIGURATION = """
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder};
  proxy_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    location /{taken}/ {{
      proxy_pass {replica}/;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
    }}
    location /health {{ proxy_pass {replica}; }}
  }}
}}
"""


@pytest.fixture(scope="module")
def based(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    served = Replica(tmp_path_factory.mktemp("based"), STREAMLIT_SERVER_BASE_URL_PATH=BASE)
    with running(served.ready()):
        yield served


@pytest.fixture(scope="module")
def taken(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site behind the proxy."""
    folder = tmp_path_factory.mktemp("silent")
    names = {"folder": folder, "taken": TAKEN, "replica": replica.ready().url}
    nginx = Nginx(folder, lambda port: CONFIGURATION.format(port=port, **names))
    yield f"{nginx.url}/{TAKEN}/"
    nginx.stop()


@pytest.fixture(params=["by setting", "by proxy"])
def site(request: pytest.FixtureRequest) -> str:
    if request.param == "by proxy":
        return str(request.getfixturevalue("taken"))
    return f"{request.getfixturevalue('based').url}/{BASE}/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    shown = browser.new_page()
    yield shown
    shown.close()


def test_a_reader_clicks_and_goes_from_page_to_page(site: str, page: Page) -> None:
    page.goto(f"{site}?lang=en")
    taken_in(page)
    drawn(page)
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(f"{site}?lang=en&sector=aerospace")
    expect(page.locator(".sentence")).to_contain_text("working in aerospace")
    page.locator("nav.pages a", has_text="Sectors").click()
    expect(page.locator("h1")).to_have_text("Aerospace")
    expect(page).to_have_url(f"{site}sectors?lang=en&sector=aerospace")
    page.go_back()
    expect(page.locator(".sentence")).to_contain_text("working in aerospace")


def test_what_is_shared_has_the_address_that_the_reader_has(taken: str, page: Page) -> None:
    page.goto(f"{taken}share?lang=en&sector=aerospace&of=sectors")
    link = f"{taken}sectors?lang=en&sector=aerospace"
    expect(page.locator("#link-now")).to_have_text(link)
    expect(page.locator("#cite-apa")).to_contain_text(f"from {link}")
    code = page.evaluate(
        "fetch(document.querySelector('.code img').src).then((answer) => answer.text())"
    )
    assert f"<title>{link.replace('&', '&amp;')}</title>" in code
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("^A page to print")).click()
    expect(opened.value.locator("footer a")).to_have_attribute("href", f"{link}&data=1.1.0")
    opened.value.close()


@pytest.mark.parametrize("below", [f"/{BASE}", ""])
def test_every_kind_of_address_answers_below_the_path_and_at_the_root(
    based: Replica, below: str
) -> None:
    root = f"{based.url}{below}"
    page = fetched(f"{root}/sectors?lang=en&sector=aerospace")
    assert page.status == 200
    assert f'rel="canonical" href="{root}/sectors' in page.body.decode()
    files = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', page.body.decode())
    others = ("map.svg?lang=en", "api/places.csv", "qr.svg?lang=en", "brief?lang=en", "health")
    for path in (*files, *others):
        assert answered(f"{root}/{path}") == 200, path
    assert answered(f"{based.url}/{BASE}/nothing") == 404
