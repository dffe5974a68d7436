"""What the report says of the inputs that were drawn."""

import pytest

from tests.hostile.drawing import ASKED, LONGEST, SECONDS, SEED, inputs


def pytest_report_header() -> str:
    return f"hostile input: {inputs()}, ATLAS_FUZZ_SEED={SEED}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for kind, number in ASKED.items():
        mean, longest = SECONDS[kind] / number, LONGEST[kind]
        terminalreporter.write_line(
            f"{number} {kind}: {1000 * mean:.1f} ms each, at most {1000 * longest:.0f} ms"
        )
