"""What takes a night: `python -m tests.nightly` runs it, and all other tests at length.

The tests here that need nginx, Chromium or Linux run where these are found; elsewhere they are left
out, and `ATLAS_BROWSER=required` makes the absence of nginx or Chromium an error.
"""

import sys

from tests.browser.conftest import FOUND as CHROMIUM_FOUND
from tests.browser.conftest import browser
from tests.hosting.conftest import replicas, site
from tests.hosting.servers import NGINX

__all__ = ["browser", "replicas", "site"]

collect_ignore = [
    *([] if sys.platform == "linux" else ["test_full_disk.py"]),
    *([] if NGINX else ["test_failover.py", "test_dead_replicas.py"]),
    *([] if NGINX and CHROMIUM_FOUND else ["test_rollout.py"]),
]
