"""Asks a Nominatim where an address is: rarely, once for each, and never for long.

The public service allows one question a second for a whole product and wants answers to
be kept: https://operations.osmfoundation.org/policies/nominatim/.
"""

import logging
from dataclasses import dataclass
from functools import cache, lru_cache
from http.client import HTTPException
from threading import BoundedSemaphore
from time import monotonic
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple

from geopy import exc
from geopy.adapters import URLLibAdapter
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from atlas import settings
from atlas.coordinates import Position
from atlas.origin import Origin, Unclear

Failure = Literal["timed-out", "quota", "malformed", "offline", "refused", "busy", "misconfigured"]

TIMEOUT_SECONDS = 5.0
SECONDS_BETWEEN = 1.0
# Bytes; an answer with one place is some hundred of them.
LARGEST_ANSWER = 1_000_000
PIECE = 65_536
KEPT_ANSWERS = 512
# Each who waits holds a thread of the server for a second or more.
MOST_WAITING = 4

# What geopy raises, by what it means to a reader; the first that fits.
_CAUSES: dict[Failure, tuple[type[Exception], ...]] = {
    "misconfigured": (exc.ConfigurationError,),
    "timed-out": (exc.GeocoderTimedOut,),
    "quota": (exc.GeocoderQuotaExceeded, exc.GeocoderRateLimited),
    "refused": (
        exc.GeocoderAuthenticationFailure,
        exc.GeocoderInsufficientPrivileges,
        exc.GeocoderQueryError,
    ),
    "malformed": (exc.GeocoderParseError,),
    "offline": (exc.GeopyError,),
}
# An answer of another form than Nominatim's makes geopy, or us, stumble.
_UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)

_log = logging.getLogger(__name__)
_waiting = BoundedSemaphore(MOST_WAITING)


class Found(NamedTuple):
    """Where an address is, and the full name the service gives it."""

    position: Position
    name: str


class GeocodingError(Exception):
    """A question that got no answer, and why."""

    def __init__(self, failure: Failure) -> None:
        """Take the kind of failure."""
        super().__init__(failure)
        self.failure: Failure = failure


@dataclass(frozen=True, slots=True)
class Service:
    """A Nominatim: its address, how we introduce ourselves, how many seconds we wait."""

    url: str
    agent: str
    timeout: float = TIMEOUT_SECONDS

    @property
    def host(self) -> str:
        """The name of the server that is asked."""
        return self.url.removeprefix("https://").removeprefix("http://").split("/")[0]


def service() -> Service | None:
    """Return the service this host has switched on, if it has."""
    return requested() if settings.geocoder() else None


def requested() -> Service:
    """Return the service of the settings, switched on or not: for whoever asks for it by hand."""
    return Service(settings.geocoder_url(), settings.geocoder_agent())


def looked_up(service: Service | None, address: str, language: str) -> Origin | Unclear:
    """Return the point of an address, or why there is none; without a service there is none."""
    if service is None:
        return Unclear("off")
    try:
        found = find(service, address, language)
    except GeocodingError as error:
        return Unclear(error.failure)
    return Origin(found.position, address=found.name) if found else Unclear("nothing")


@lru_cache(maxsize=KEPT_ANSWERS)
def find(service: Service, address: str, language: str) -> Found | None:
    """Return where an address is, or None if the service does not know.

    Raises GeocodingError if it gives no answer; only answers are kept.
    """
    if not _waiting.acquire(blocking=False):
        raise GeocodingError("busy")
    try:
        ask = _asker(service)
        return _read(ask(address, language=language, timeout=service.timeout))
    except (exc.GeopyError, *_UNREADABLE) as error:
        failure = _failure(error)
        # Not the error's own text: it may hold the address.
        _log.warning("%s did not answer: %s (%s)", service.host, failure, type(error).__name__)
        raise GeocodingError(failure) from error
    finally:
        _waiting.release()


@cache
def _asker(service: Service) -> Any:
    """Return the one way to a service; it lets one question pass a second."""
    scheme, _, domain = service.url.partition("://")
    if not domain:
        raise exc.ConfigurationError("The address of the service has no server.")
    nominatim = Nominatim(
        scheme=scheme, domain=domain, user_agent=service.agent, adapter_factory=_Bounded
    )
    return RateLimiter(
        nominatim.geocode,
        min_delay_seconds=SECONDS_BETWEEN,
        max_retries=0,
        swallow_exceptions=False,
    )


class _Bounded(URLLibAdapter):  # type: ignore[misc]
    """Reads so much of an answer and for so long: geopy bounds the wait for each piece alone."""

    def _decode_page(self, page: Any) -> Any:
        content = _content(page)
        return super()._decode_page(SimpleNamespace(headers=page.headers, read=lambda: content))


def _content(page: Any) -> bytes:
    """Return the body of an answer; raises what geopy has for one too late, cut off, too long."""
    content, end = b"", monotonic() + TIMEOUT_SECONDS
    try:
        while piece := page.read1(PIECE):
            content += piece
            if len(content) > LARGEST_ANSWER:
                raise exc.GeocoderParseError("The answer is too long.")
            if monotonic() > end:
                raise exc.GeocoderTimedOut("The answer takes too long.")
    except TimeoutError as error:
        raise exc.GeocoderTimedOut("The answer stopped.") from error
    except (OSError, HTTPException) as error:
        raise exc.GeocoderUnavailable("The answer broke off.") from error
    finally:
        page.close()
    return content


def _read(location: Any) -> Found | None:
    if location is None:
        return None
    # Not the location's own numbers: geopy makes zero of one that is missing.
    latitude, longitude = float(location.raw["lat"]), float(location.raw["lon"])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError("off the Earth")
    return Found(Position(latitude, longitude), str(location.address))


def _failure(error: Exception) -> Failure:
    kinds = (kind for kind, causes in _CAUSES.items() if isinstance(error, causes))
    return next(kinds, "malformed")
