"""What a running server answers at its addresses, with Streamlit's own routes beside ours."""

import json
from contextlib import closing
from http.client import HTTPConnection

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from atlas.model.pages import PAGES
from tests.hosting.servers import Answer, Replica, running
from tests.hosting.sessions import apart

ENDING = ")"


def ask(replica: Replica, path: str, method: str = "GET", **headers: str) -> Answer:
    """Return the answer to one request, without following it further."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(HTTPConnection("127.0.0.1", replica.port, timeout=30)) as connection:
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        answered = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, answered, answer.read())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_one_and_a_like_address_leads_to_it(replica: Replica, page: str) -> None:
    place = "&place=deyang" if page == "place" else ""
    assert ask(replica, f"/{page}?lang=en{place}").status == 200
    ended = ask(replica, f"/{page}{ENDING}?lang=en")
    assert (ended.status, ended.headers["location"]) == (301, f"{page or './'}?lang=en")
    if page:
        assert ask(replica, f"/{page.title()}").headers["location"] == page
        assert ask(replica, f"/{page}/").headers["location"] == f"../{page}"


@pytest.mark.parametrize("path", ["/zh/place", "/nothing", "/app/static/none", "/_stcore/none"])
def test_what_is_no_page_is_not_found(replica: Replica, path: str) -> None:
    answer = ask(replica, path)
    assert answer.status == 404
    assert b'id="root"' not in answer.body


def test_streamlit_keeps_what_is_its_own(replica: Replica) -> None:
    assert ask(replica, "/_stcore/health").body == b"ok"
    assert "allowedOrigins" in json.loads(ask(replica, "/_stcore/host-config").body)
    page = ask(replica, "/").body.decode()
    script = page.partition('src="./static/')[2].partition('"')[0]
    assert "javascript" in ask(replica, f"/static/{script}").headers["content-type"]
    assert ask(replica, "/static/js/none.js").status == 404
    assert ask(replica, "/media/none").status == 404
    assert ask(replica, "/", "POST").status == 405
    # But for its icon, which is ours.
    assert ask(replica, "/favicon.ico").headers["content-type"] == "image/vnd.microsoft.icon"
    assert ask(replica, "/favicon.png").body[1:4] == b"PNG"


def test_other_sites_ask_ahead_for_parts_and_again(replica: Replica) -> None:
    path = "/api/places.csv?lang=en"
    ahead = ask(replica, path, "OPTIONS", origin="https://other.example", if_none_match='"x"')
    assert (ahead.status, ahead.headers["access-control-allow-origin"]) == (204, "*")
    whole = ask(replica, path)
    part = ask(replica, path, range="bytes=5-14", accept_encoding="gzip, br")
    assert (part.status, part.body) == (206, whole.body[5:15])
    head = ask(replica, path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))
    assert ask(replica, path, if_none_match=whole.headers["etag"]).status == 304


async def _is_let_in(replica: Replica, origin: str, host: str) -> bool:
    address = f"ws://{host}:{replica.port}/_stcore/stream"
    try:
        async with connect(address, origin=origin, host="127.0.0.1"):  # type: ignore[arg-type]
            return True
    except InvalidStatus:
        return False


def is_let_in(replica: Replica, origin: str, host: str = "127.0.0.1") -> bool:
    return apart(_is_let_in(replica, origin, host))


def test_a_websocket_of_another_site_is_refused_and_the_log_says_by_which_setting(
    replica: Replica,
) -> None:
    assert is_let_in(replica, replica.url)
    assert not is_let_in(replica, "https://other.example")
    assert "server.corsAllowedOrigins" in replica.written
    assert "other.example" not in replica.written


def test_the_settings_of_streamlit_let_another_site_in_and_shut_other_hosts_out(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    named = {"CORS_ALLOWED_ORIGINS": "other.example", "ALLOWED_HOSTS": "127.0.0.1"}
    settings = {f"STREAMLIT_SERVER_{name}": value for name, value in named.items()}
    replica = Replica(tmp_path_factory.mktemp("named"), ATLAS_LOG="json", **settings)
    with running(replica.ready()):
        assert is_let_in(replica, "https://other.example")
        assert not is_let_in(replica, "https://other.example", "elsewhere.example")
        assert '"setting":"server.allowedHosts"' in replica.written
