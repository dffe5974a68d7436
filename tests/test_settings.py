"""What a host may switch on, and what is refused."""

import pytest

from atlas import server, settings


@pytest.mark.parametrize(
    "given",
    [
        "mailto:atlas@example.org",
        "https://example.org",
        "https://example.org:8443/report?kind=data#form",
    ],
)
def test_a_contact_is_a_mail_or_a_secure_address(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("ATLAS_CONTACT", f" {given} ")
    assert settings.contact() == given


@pytest.mark.parametrize("given", ["", "  "])
def test_without_a_contact_there_is_none(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ATLAS_CONTACT", given)
    assert settings.contact() is None
    monkeypatch.delenv("ATLAS_CONTACT")
    assert settings.contact() is None


@pytest.mark.parametrize(
    "given",
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
def test_anything_else_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ATLAS_CONTACT", given)
    with pytest.raises(ValueError, match="ATLAS_CONTACT must be a mailto: or https: address"):
        settings.contact()


def test_a_wrong_contact_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_CONTACT", "javascript:alert(1)")
    with pytest.raises(SystemExit, match="ATLAS_CONTACT"):
        server.prepare()
