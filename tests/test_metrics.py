"""What is counted of the pages' runs."""

import time

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from atlas import metrics
from atlas.metrics import REGISTRY, failed, observed
from atlas.model.pages import PAGES


def runs(page: str) -> float:
    return REGISTRY.get_sample_value("atlas_run_duration_seconds_count", {"page": page}) or 0


def seconds(page: str) -> float:
    return REGISTRY.get_sample_value("atlas_run_duration_seconds_sum", {"page": page}) or 0


def errors() -> float | None:
    return REGISTRY.get_sample_value("atlas_run_errors_total")


def test_a_run_is_counted_for_its_page_with_its_time() -> None:
    before, spent, others = runs("evidence"), seconds("evidence"), runs("timeline")
    with observed("evidence"):
        time.sleep(0.02)
    assert runs("evidence") == before + 1
    assert seconds("evidence") - spent >= 0.02
    assert runs("timeline") == others


def test_the_map_page_has_a_name_among_the_counters() -> None:
    before = runs("map")
    with observed(""):
        pass
    assert runs("map") == before + 1


@pytest.mark.parametrize("ending", [RerunException(RerunData()), StopException()])
def test_a_run_that_streamlit_ends_early_is_a_run_and_no_error(ending: BaseException) -> None:
    before, wrong = runs("place"), errors()
    with pytest.raises(type(ending)), observed("place"):
        raise ending
    assert runs("place") == before + 1
    assert errors() == wrong


def test_a_run_that_fails_is_counted_and_its_error_goes_on_to_streamlit() -> None:
    before = runs("place")
    with pytest.raises(LookupError), observed("place"):
        raise LookupError
    assert runs("place") == before + 1


def test_an_error_is_counted_and_left_for_streamlit_to_show() -> None:
    before = errors()
    assert before is not None
    assert failed(ValueError("q=typed")) is None
    assert errors() == before + 1


def test_only_pages_of_the_site_are_counted() -> None:
    with pytest.raises(KeyError), observed("typed-by-a-reader"):
        pass
    found = {
        sample.labels["page"]
        for family in metrics.RUNS.collect()
        for sample in family.samples
        if "page" in sample.labels
    }
    assert found == {page or "map" for page in PAGES}
