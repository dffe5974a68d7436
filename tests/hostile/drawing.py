"""How many inputs are drawn, and from which seed."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, seed
from hypothesis import settings as run

from tests.conftest import is_thorough

# The same in every usual run; another every night.
_TONIGHT = f"{datetime.now(tz=UTC):%Y%m%d}" if "ATLAS_FUZZ" in os.environ else "0"
SEED = int(os.environ.get("ATLAS_FUZZ_SEED", _TONIGHT))


def inputs() -> int:
    """Return how many inputs are drawn in all."""
    return int(os.environ.get("ATLAS_FUZZ", "3000" if is_thorough() else "60"))


def drawn(part: float) -> Callable[[Any], Any]:
    """Draw this part of all inputs for a test."""
    settings = run(
        max_examples=max(int(inputs() * part), 1),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    return lambda test: seed(SEED)(settings(test))
