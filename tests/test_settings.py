"""What a host may switch on, and what is refused."""

import pytest

from atlas import server, settings


@pytest.mark.parametrize(
    ("value", "contact"),
    [
        (" mailto:atlas@example.org ", "mailto:atlas@example.org"),
        ("https://example.org", "https://example.org"),
        ("https://example.org:8443/r?k=data#form", "https://example.org:8443/r?k=data#form"),
        ("  ", None),
        (None, None),
    ],
)
def test_a_contact_is_a_mail_or_a_secure_address_if_there_is_one(
    monkeypatch: pytest.MonkeyPatch, value: str | None, contact: str | None
) -> None:
    monkeypatch.delenv("ATLAS_CONTACT", raising=False)
    if value is not None:
        monkeypatch.setenv("ATLAS_CONTACT", value)
    assert settings.contact() == contact


@pytest.mark.parametrize(
    "value",
    [
        "atlas@example.org",
        "http://example.org",
        "javascript:alert(1)",
        "mailto:nobody",
        "mailto:a@example.org?bcc=b@example.org",
        "https://",
        "https://example.org/<script>",
        'https://example.org/"onclick="x',
        "https://example.org\njavascript:alert(1)",
    ],
)
def test_anything_else_is_refused_and_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("ATLAS_CONTACT", value)
    with pytest.raises(SystemExit, match="ATLAS_CONTACT must be a mailto: or https: address"):
        server.prepare()
