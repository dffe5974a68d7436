"""Streamlit's own page: the shell that our pages are put into.

Buys: title, language, content and pictures before any script has run, under a strict policy.
Breaks: if Streamlit moves `static/index.html`, or changes its title, root tag or `noscript`.
Test: `test_server.py`, for the digests of its scripts `test_headers.py`.
"""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import streamlit

FOLDER = Path(streamlit.__file__).parent / "static"
TITLE = "<title>Streamlit</title>"
ROOT = '<html lang="en">'


@lru_cache(maxsize=1)
def streamlits_page() -> tuple[str, str]:
    """Return Streamlit's page before and after its `noscript` element; read once."""
    before, _, rest = (FOLDER / "index.html").read_text(encoding="utf-8").partition("<noscript>")
    return before, rest.partition("</noscript>")[2]


def filled_page(language_tag: str, head: str, body: str) -> str:
    """Return Streamlit's page in a language, with our head and what stands without script."""
    before, after = streamlits_page()
    before = before.replace(TITLE, head).replace(ROOT, ROOT.replace("en", language_tag))
    return f"{before}{body}{after}"


def inline_scripts() -> tuple[str, ...]:
    """Return the content security policy's sources for the inline scripts of Streamlit's page."""
    scripts = re.findall(r"<script>(.*?)</script>", "".join(streamlits_page()), re.DOTALL)
    digests = (sha256(script.encode()).digest() for script in scripts)
    return tuple(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
