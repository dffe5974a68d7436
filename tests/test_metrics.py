"""What is counted of the pages' runs."""

import time

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from atlas import metrics
from atlas.metrics import REGISTRY, failed, observed
from atlas.model.pages import PAGES


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"atlas_run_{name}", labels) or 0


def test_a_run_is_counted_for_its_page_with_its_time() -> None:
    pages = ("evidence", "timeline", "map")
    before = [counted("duration_seconds_count", page=page) for page in pages]
    spent = counted("duration_seconds_sum", page="evidence")
    with observed("evidence"), observed(""):
        time.sleep(0.02)
    after = [counted("duration_seconds_count", page=page) for page in pages]
    assert [late - early for early, late in zip(before, after, strict=True)] == [1, 0, 1]
    assert counted("duration_seconds_sum", page="evidence") - spent >= 0.02


# Streamlit ends a run early with the first two.
@pytest.mark.parametrize("ending", [RerunException(RerunData()), StopException(), LookupError()])
def test_a_run_that_ends_early_is_a_run_and_what_ended_it_goes_on_to_streamlit(
    ending: BaseException,
) -> None:
    before, wrong = counted("duration_seconds_count", page="place"), counted("errors_total")
    with pytest.raises(type(ending)), observed("place"):
        raise ending
    assert counted("duration_seconds_count", page="place") == before + 1
    assert counted("errors_total") == wrong


def test_an_error_is_counted_and_left_for_streamlit_to_show() -> None:
    before = counted("errors_total")
    assert failed(ValueError("q=typed")) is None
    assert counted("errors_total") == before + 1


def test_only_pages_of_the_site_are_counted() -> None:
    with pytest.raises(KeyError), observed("typed-by-a-reader"):
        pass
    samples = (sample for family in metrics.RUNS.collect() for sample in family.samples)
    counted_pages = {sample.labels["page"] for sample in samples if "page" in sample.labels}
    assert counted_pages == {page or "map" for page in PAGES}
