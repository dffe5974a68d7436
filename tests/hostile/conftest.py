"""What the report says of the inputs that were drawn."""

from tests.hostile.drawing import SEED, inputs


def pytest_report_header() -> str:
    return f"hostile input: {inputs()}, ATLAS_FUZZ_SEED={SEED}"
