"""A proxy that takes a part of the path and tells the server nothing, as JupyterHub's does."""

import os
import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journeys import taken_in
from tests.hosting.servers import NGINX, Replica, answered, awaited, free_port, running

pytestmark = pytest.mark.browser

TAKEN = "/user/ann/proxy/8501/"
# Started by root, nginx lets another user work, who may not write to a test's folder.
USER = "user root;" if os.geteuid() == 0 else ""
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
    location {taken} {{
      proxy_pass {replica}/;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
    }}
  }}
}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("silent"), free_port()
    replica = Replica(folder)
    with running(replica.ready()):
        written = folder / "nginx.conf"
        written.write_text(
            CONFIGURATION.format(folder=folder, port=port, taken=TAKEN, replica=replica.url),
            encoding="utf-8",
        )
        command = [str(NGINX), "-c", str(written), "-g", f"daemon off; {USER}"]
        proxy = subprocess.Popen(command)  # noqa: S603 - our own command
        root = f"http://127.0.0.1:{port}{TAKEN}"
        awaited(lambda: answered(f"{root}health") == 200)
        yield root
        proxy.terminate()
        proxy.wait(timeout=20)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    shown = browser.new_page()
    shown.set_default_timeout(30_000)
    yield shown
    shown.close()


def missing_at(page: Page) -> list[str]:
    """Note what the page asks for in vain."""
    found: list[str] = []
    page.on(
        "response",
        lambda answer: found.append(answer.url) if answer.status >= 400 else None,
    )
    return found


def test_a_reader_clicks_and_goes_from_page_to_page(site: str, page: Page) -> None:
    missing = missing_at(page)
    page.goto(f"{site}?lang=en")
    taken_in(page)
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(f"{site}?lang=en&sector=aerospace")
    expect(page.locator(".sentence")).to_contain_text("working in aerospace")
    expect(page.locator(".map.live")).to_be_visible()
    page.locator("nav.pages a", has_text="Sectors").click()
    expect(page.locator("h1")).to_have_text("Aerospace")
    expect(page).to_have_url(f"{site}sectors?lang=en&sector=aerospace")
    page.go_back()
    expect(page.locator(".sentence")).to_contain_text("working in aerospace")
    assert missing == []


def test_what_is_shared_has_the_address_that_the_reader_has(site: str, page: Page) -> None:
    page.goto(f"{site}share?lang=en&sector=aerospace&of=sectors")
    link = f"{site}sectors?lang=en&sector=aerospace"
    expect(page.locator("#link-now")).to_have_text(link)
    expect(page.locator("#cite-apa")).to_contain_text(f"from {link}")
    code = page.evaluate(
        "fetch(document.querySelector('.code img').src).then((answer) => answer.text())"
    )
    assert f"<title>{link.replace('&', '&amp;')}</title>" in code
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("^A page to print")).click()
    assert opened.value.locator("footer a").get_attribute("href") == f"{link}&data=1.1.0"
    opened.value.close()
