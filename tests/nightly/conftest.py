"""What takes a night: `python -m tests.nightly` runs it, and all other tests at length.

The tests here that need nginx run where it is found; elsewhere they are left out, and
`ATLAS_BROWSER=required` makes its absence an error.
"""

from tests.hosting.conftest import replica, replicas, site
from tests.hosting.servers import NGINX

__all__ = ["replica", "replicas", "site"]

collect_ignore = [] if NGINX else ["test_failover.py"]
