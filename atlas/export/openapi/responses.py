"""What the site answers: content with its validators, or why there is none."""

from typing import Any

_HEADERS = {
    "ETag": "Validator of the content (RFC 9110): send it back as If-None-Match.",
    "Cache-Control": "How long the answer may be kept.",
    "Content-Disposition": "The name under which to save the file.",
}


def headers() -> dict[str, Any]:
    """Return the headers of the answers by their names."""
    return {
        name: {"description": said, "schema": {"type": "string"}} for name, said in _HEADERS.items()
    }


def found(
    media_type: str, schema: dict[str, Any], kept: bool = True, saved: bool = False
) -> dict[str, Any]:
    """Return an answer with content.

    One that may be `kept` has a validator, and one that is `saved` a name of a file.
    """
    sent = ["ETag", "Cache-Control"] if kept else ["Cache-Control"]
    sent += ["Content-Disposition"] if saved else []
    return {
        "description": "The content.",
        "headers": _sent(sent),
        "content": {media_type: {"schema": schema}},
    }


def refusals() -> dict[str, Any]:
    """Return the answers without content of the view, by their names."""
    reason = {"text/plain": {"schema": {"type": "string"}}}
    return {
        "NotModified": {
            "description": "What you have still holds.",
            "headers": _sent(["ETag", "Cache-Control"]),
        },
        "NotUnderstood": {
            "description": (
                "A parameter or value is not known. The text names it, in the language asked for; "
                "an answer to another question than yours would be worse."
            ),
            "content": reason,
        },
        "NotFound": {"description": "There is no such file.", "content": reason},
    }


def _sent(names: list[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
