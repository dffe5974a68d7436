"""Garbage collection: the loaded data are left out of it, and no run ends with one.

Buys: most of the time of a run, which Streamlit would spend on a full collection after it.
Breaks: if Streamlit drops its hidden option `runner.postScriptGC` (`.streamlit/config.toml`): every
    click then takes several times as long.
Test: none but a measurement, `python -m tests.load --parts clients`.
"""

import gc


def leave_out_loaded_data() -> None:
    """Leave everything that is in memory now out of later collections."""
    gc.collect()
    gc.freeze()
