"""Messages are compressed, each by itself; nothing of a message is kept for the next."""

import asyncio
from collections.abc import Iterator

import pytest
from websockets.asyncio.client import connect

from tests.hosting.servers import Replica, running
from tests.load.client import Answer, Reader


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    replica = Replica(tmp_path_factory.mktemp("sockets"))
    with running(replica):
        yield replica.ready().port


async def agreed(port: int, compression: str | None) -> str:
    """What the server says of compression, to a client that offers it or does not."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, compression=compression, subprotocols=["streamlit"]) as connection:  # type: ignore[list-item]
        assert connection.response is not None
        return connection.response.headers.get("Sec-WebSocket-Extensions", "")


async def clicked(port: int) -> Answer:
    async with Reader(port, "lang=en") as reader:
        await reader.opened()
        return await reader.click(group=0, chip=0)


def test_neither_side_keeps_what_it_compressed(port: int) -> None:
    said = asyncio.run(agreed(port, "deflate"))
    assert "server_no_context_takeover" in said
    assert "client_no_context_takeover" in said


def test_who_offers_no_compression_gets_none(port: int) -> None:
    assert asyncio.run(agreed(port, None)) == ""


def test_a_click_comes_at_less_than_half_its_size(port: int) -> None:
    answer = asyncio.run(clicked(port))
    assert answer.failures == []
    assert answer.wire < answer.payload / 2
