"""What is put where a value should stand."""

from urllib.parse import quote

from hypothesis import strategies as st

from atlas.model.selection import PARAMETERS

MARKUP = '"><script id=hurt>alert(1)</script>'
PAYLOADS = (
    MARKUP,
    "'><img src=x onerror=hurt()>",
    "</script><svg/onload=hurt()>",
    "javascript:hurt()",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "@@=hurt()",
    "=HYPERLINK('//evil.example')",
    "\u202ehurt\u202c\u2066\u200b\ufeff",
    "\x00\x01\x1b[31m\x7f",
    "\r\nset-cookie: hurt=1\r\n\r\n<script>",
    "../../../../etc/passwd",
    "..%2f..%2f%00",
    "%s%n%(hurt)s",
    "\ud800",
    "\ufdfd\U0001f469\u200d\U0001f680",
    "١٢٣",
    "1e309",
    "-1",
    "nan",
    "9" * 5000,
    "a," * 5000,
    "",
)
TEXTS = st.sampled_from(PAYLOADS) | st.text(max_size=60)


def quoted(text: str) -> str:
    """Return a text percent-encoded, surrogates as the bytes they would have."""
    return quote(text.encode("utf-8", "surrogatepass"))


_NAMES = st.sampled_from([*PARAMETERS, "theme", "embed"]) | st.text(max_size=12)
_RAW = st.binary(max_size=40).map(lambda raw: quote(raw, safe="%&=+;,")) | st.from_regex(
    r"(%[0-9a-fA-F]{0,2}|[&=;+,%]){1,12}", fullmatch=True
)
_FIELDS = st.builds(lambda name, value: f"{quoted(name)}={value}", _NAMES, TEXTS.map(quoted) | _RAW)
QUERIES = st.lists(_FIELDS, max_size=6).map("&".join) | _RAW
