"""How many inputs are drawn, from which seed, and how they went."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, seed
from hypothesis import settings as run

from tests.conftest import is_thorough

# The same in every usual run; another every night.
_TONIGHT = f"{datetime.now(tz=UTC):%Y%m%d}" if "ATLAS_FUZZ" in os.environ else "0"
SEED = int(os.environ.get("ATLAS_FUZZ_SEED", _TONIGHT))

# Inputs and seconds by their kind, and the longest that one of them took.
ASKED: Counter[str] = Counter()
SECONDS: Counter[str] = Counter()
LONGEST: dict[str, float] = {}


def inputs() -> int:
    """Return how many inputs are drawn in all."""
    return int(os.environ.get("ATLAS_FUZZ", "3000" if is_thorough() else "60"))


def drawn(part: float) -> Callable[[Any], Any]:
    """Draw this part of all inputs for a test."""
    settings = run(
        max_examples=max(int(inputs() * part), 1),
        deadline=None,
        database=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
        ],
    )
    return lambda test: seed(SEED)(settings(test))


def noted(kind: str, seconds: float) -> None:
    """Count an input."""
    ASKED[kind] += 1
    SECONDS[kind] += seconds
    LONGEST[kind] = max(seconds, LONGEST.get(kind, 0))
