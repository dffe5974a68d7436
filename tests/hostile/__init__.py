"""Hostile input: links, paths, headers and messages that nobody of good will sends.

Every run of the tests draws some dozens, with `--nightly` a few thousand, or as many as it is
told to. The websocket of a real server is attacked in `tests/hosting`.

    ATLAS_FUZZ=50000 pytest -n0 tests/hostile tests/hosting/test_websocket.py

The head of its report names the seed, and `ATLAS_FUZZ_SEED` draws the same again. What has
broken the atlas once stands as an `@example` at the test that found it, and so is tried first
in every run.
"""
