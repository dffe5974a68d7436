"""A real server under attack over its websocket: it lives, and serves the others as before."""

import asyncio
import re
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg

from atlas.model.pages import PAGES
from tests.hostile.asking import SLOWEST
from tests.hostile.attacker import PATIENCE, Attacker
from tests.hostile.drawing import drawn
from tests.hostile.messages import MESSAGES, WIDGETS, Said, rerun
from tests.hosting.servers import ROOT, Replica, answered, fetched, running
from tests.hosting.sessions import apart, visit

UPGRADE = (
    b"GET /_stcore/stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)
# Errors that end in a log without being the server's: uvicorn answers a request whose body it has
# found to be none meanwhile; a session may break the run of its own page, or end its connection
# with a text.
EXCUSED = ("h11._util.LocalProtocolError", "/scriptrunner/", "KeyError: 'bytes'")
# Megabytes that some hundreds of sessions may leave behind; each is kept for two minutes.
MOST_GROWTH = 150
LINKS = ("lang=en&sector=rail-transit", "lang=zh&place=deyang", "lang=en")


class Attacked:
    """A server, and what it answered other readers before the attack."""

    def __init__(self, replica: Replica) -> None:
        self.replica = replica
        self._seen = [fetched(f"{replica.url}/?{link}").body for link in LINKS]
        self.step()
        self.memory = self.megabytes()

    def step(self) -> None:
        """Check that another reader gets the page that she had before the attack."""
        assert [fetched(f"{self.replica.url}/?{link}").body for link in LINKS] == self._seen
        assert apart(asyncio.wait_for(visit(self.replica.url), PATIENCE)) == []

    def attack(self, page: str, *messages: Said) -> Attacker:
        """Send all this on a page, and fail where the server had to think long about it."""
        before = self._metric("process_cpu_seconds_total")
        attacker = apart(self._attacked(page, messages))
        assert self._metric("process_cpu_seconds_total") - before < SLOWEST
        return attacker

    async def _attacked(self, page: str, messages: tuple[Said, ...]) -> Attacker:
        async with Attacker(self.replica.port, page) as attacker:
            for message in messages:
                await attacker.say(message)
        return attacker

    async def flooded(self, times: int) -> Attacker:
        """Ask for a page so many times and hear no answer until the last."""
        async with Attacker(self.replica.port, "share") as attacker:
            await attacker.flood(times)
        return attacker

    def megabytes(self) -> float:
        return self._metric("process_resident_memory_bytes") / 1e6

    def _metric(self, name: str) -> float:
        metrics = fetched(f"{self.replica.url}/metrics").body.decode()
        sample = re.search(rf"^{name} (\S+)$", metrics, re.MULTILINE)
        assert sample, name
        return float(sample[1])


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    replica = Replica(tmp_path_factory.mktemp("attacked"), STREAMLIT_LOGGER_ENABLERICH="false")
    with running(replica.ready()):
        yield Attacked(replica)


# About two messages each.
@drawn(0.05)
@given(page=st.sampled_from(list(PAGES)), messages=st.lists(MESSAGES, min_size=1, max_size=3))
@example(page="share", messages=[rerun(id="frame-column", int_value=1)])
@example(page="share", messages=[rerun(id="frame-column", string_value="unheard-of")])
@example(page="share", messages=[rerun(id="frame-auto", double_value=float("nan"))])
@example(page="share", messages=[rerun(id="frame-auto", bytes_value=b"\xff")])
@example(page="share", messages=[rerun(id="frame-auto", json_trigger_value="[" * 5_000)])
@example(page="evidence", messages=[rerun(id="claims", arrow_value={})])
@example(page="", messages=[rerun(id="unheard-of", int_value=2**62)])
@example(page="", messages=[BackMsg(rerun_script={"fragment_id": "0" * 32})])
@example(page="", messages=[BackMsg(rerun_script={"fragment_id": "x\nTraceback of a forged log"})])
@example(page="", messages=["a text"])
def test_whatever_is_said_no_path_is_told_and_the_others_are_served(
    attacked: Attacked, page: str, messages: list[Said]
) -> None:
    assert attacked.attack(page, *messages).failures == []
    attacked.step()


def test_every_widget_of_the_pages_is_one_that_is_attacked(attacked: Attacked) -> None:
    widgets = [attacked.attack(page).widgets for page in PAGES]
    assert {name for names in widgets for name in names} == set(WIDGETS)


def test_a_flood_of_wishes_does_not_keep_the_others_waiting(attacked: Attacked) -> None:
    assert apart(attacked.flooded(300)).failures == []
    attacked.step()


def spoken(port: int, *parts: bytes) -> bytes:
    """Return what comes back on a connection; each part is sent after the answer to the last."""
    received = b""
    address = ("127.0.0.1", port)
    with socket.create_connection(address, PATIENCE) as connection, suppress(OSError):
        for part in parts:
            connection.sendall(part)
            received += connection.recv(65_536)
        connection.settimeout(0.1)
        while more := connection.recv(65_536):
            received += more
    return received


def frame(head: bytes, payload: bytes = b"") -> bytes:
    """Return a frame with a mask of zeros, which changes nothing."""
    return head + b"\0\0\0\0" + payload


PIECE = frame(b"\x02\xff" + (9_000_000).to_bytes(8), b"x" * 9_000_000)
FRAMES = {
    "announced as 200 MB": (frame(b"\x82\xff" + (200_000_000).to_bytes(8)), 1009),
    "in pieces": (PIECE + frame(b"\x00\xff" + (9_000_000).to_bytes(8)), 1009),
    "of no kind": (frame(b"\x83\x80"), 1002),
    "text that is none": (frame(b"\x81\x82", b"\xff\xfe"), 1007),
}


@pytest.mark.parametrize(("frames", "code"), FRAMES.values(), ids=FRAMES)
def test_a_frame_that_is_none_ends_its_connection_alone(
    attacked: Attacked, frames: bytes, code: int
) -> None:
    head, _, closing = spoken(attacked.replica.port, UPGRADE, frames).partition(b"\r\n\r\n")
    assert b" 101 " in head
    assert closing[:1] == b"\x88"
    assert closing[2:4] == code.to_bytes(2)
    attacked.step()


def test_what_unpacks_to_more_than_a_message_may_be_is_not_unpacked(attacked: Attacked) -> None:
    before = attacked.megabytes()
    attacker = attacked.attack("", b"\0" * 100_000_000)
    assert attacker.closed == [1009]
    assert attacked.megabytes() - before < 40


# Of each kind: none at all, too much, for elsewhere, out of the folder, not the websocket's.
REQUESTS = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /\xff\xfe?\xff HTTP/1.1\r\nHost: \xff\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    *(
        b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        for path in (
            b"/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            b"/app/static/../dashboard.py",
            b"/media/../../etc/passwd",
            b"//evil.example/%2e%2e",
            b"/assets/%00/../../x",
        )
    ),
    b"PUT /_stcore/upload_file/x/y HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\nxxx",
    UPGRADE.replace(b"Host: x", b"Host: x\r\nOrigin: https://evil.example"),
    UPGRADE.replace(b"Host: x", b"Host: x\r\nCookie: _streamlit_user=2|1:0|10:1|\xff; a"),
)


@pytest.mark.parametrize("request_", REQUESTS, ids=range(len(REQUESTS)))
def test_a_request_that_is_none_gets_nothing_it_should_not(
    attacked: Attacked, request_: bytes
) -> None:
    answer = spoken(attacked.replica.port, request_)
    for secret in (b"Traceback", b"site-packages", b"root:x:", b"[project]", b"__main__"):
        assert secret not in answer
    assert not re.search(rb"(?im)^location: (https?:)?//evil", answer)
    assert answered(f"{attacked.replica.url}/health") == 200


def test_after_all_this_the_server_is_as_it_was(attacked: Attacked) -> None:
    attacked.step()
    assert answered(f"{attacked.replica.url}/health") == 200
    assert attacked.replica.process.poll() is None
    assert attacked.megabytes() - attacked.memory < MOST_GROWTH
    written = attacked.replica.written
    assert "forged" not in written
    assert "external IP" not in written, "Nobody is asked who we are."
    assert [traceback for traceback in tracebacks(written) if of_ours(traceback)] == []


def tracebacks(written: str) -> list[str]:
    """Return every traceback of a log, to the line with the error."""
    return re.findall(r"^Traceback .*?^\S.*?$", written, re.MULTILINE | re.DOTALL)


def of_ours(traceback: str) -> bool:
    """Tell whether our code had a part in an error that is the server's."""
    return f"{ROOT}/atlas/" in traceback and not any(excuse in traceback for excuse in EXCUSED)
