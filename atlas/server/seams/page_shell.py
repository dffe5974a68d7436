"""What Streamlit's own page loads: the tags of its scripts and styles.

Our pages answer with their content, and start Streamlit once that is seen.

Buys: figures and map before Streamlit's 400 kB of scripts.
Breaks: if Streamlit moves `static/index.html`, or loads its application with other tags.
Test: `test_server.py`, and every test with a browser.
"""

import re
from functools import cache
from pathlib import Path

import streamlit

FOLDER = Path(streamlit.__file__).parent / "static"
# Its font is preloaded by a tag that we leave out: text is in the fonts of the reader's system.
_TAG = re.compile(
    r'<script type="module" crossorigin[^>]*></script>'
    r'|<link rel="(?:modulepreload|stylesheet)" crossorigin[^>]*>'
)


@cache
def streamlits_tags() -> str:
    """Return the tags that load Streamlit's application. Raises LookupError if there are none."""
    tags = _TAG.findall((FOLDER / "index.html").read_text(encoding="utf-8"))
    if not any(tag.startswith("<script") for tag in tags):
        raise LookupError("Streamlit's page loads no script that we know of.")
    return "".join(tags)
