"""The parts of the benchmark that need no server: what it feeds, says, counts and reckons."""

import filecmp
import json
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from atlas.datapackage.loader import load
from atlas.model.selection import Selection
from atlas.query.facets import shown
from tests.load import loops, synthetic
from tests.load.chips import Link
from tests.load.client import kind
from tests.load.figures import Figure, Figures, p95, slope
from tests.load.protocol import NOTHING_SELECTED, Tab
from tests.load.report import lines
from tests.load.servers import Command, Server, stock

# The generator


@pytest.mark.parametrize("size", [8, 14, 300])
def test_a_synthetic_package_is_valid_and_shows_all_its_places(tmp_path: Path, size: int) -> None:
    atlas = load(synthetic.write(tmp_path / "data", size))
    assert len(shown(atlas, Selection())) == size
    assert {row.place for row in atlas.evidence} == set(atlas.place)


def test_a_synthetic_package_is_the_same_at_every_run(tmp_path: Path) -> None:
    one, other = (synthetic.write(tmp_path / name, 40) for name in ("one", "other"))
    files = [path.name for path in one.iterdir()]
    assert filecmp.cmpfiles(one, other, files, shallow=False) == (files, [], [])
    changed = synthetic.write(tmp_path / "changed", 40, seed=1)
    assert not filecmp.cmp(one / "places.csv", changed / "places.csv", shallow=False)


def test_synthetic_places_lie_in_the_box_and_have_one_to_three_pieces_of_evidence(
    tmp_path: Path,
) -> None:
    atlas = load(synthetic.write(tmp_path / "data", 200))
    west, south, east, north = synthetic.BOX
    for place in atlas.places:
        evidence = [row for row in atlas.evidence if row.place == place.id]
        assert 1 <= len(evidence) <= 3
        if place.latitude is not None and place.longitude is not None:
            assert west <= place.longitude <= east
            assert south <= place.latitude <= north
    assert {place.kind for place in atlas.places} == {"city", "district", "park"}
    assert {place.position for place in atlas.places} == {"point", "area", "none"}


def test_a_synthetic_package_names_nothing_of_the_world(tmp_path: Path) -> None:
    folder = synthetic.write(tmp_path / "data", 30)
    real = {place.name[language] for place in load().places for language in ("en", "zh", "id")}
    rows = "".join(path.read_text("utf-8") for path in folder.glob("*.csv"))
    assert not [name for name in real if name in rows]


# What a browser says


def _delta(**element: object) -> ForwardMsg:
    message = ForwardMsg(hash="h")
    for name, values in element.items():
        chosen = getattr(message.delta.new_element, name)
        for key, value in dict(values).items():  # type: ignore[call-overload]
            if key == "options":
                for content in value:
                    chosen.options.add(content=content)
            elif isinstance(value, list):
                getattr(chosen, key).extend(value)
            else:
                setattr(chosen, key, value)
    return message


def _chips(**more: object) -> ForwardMsg:
    return _delta(button_group={"id": "w", "options": ["Rail 3", "Oil 1"], "click_mode": 1} | more)


def _tab(*messages: ForwardMsg) -> Tab:
    tab = Tab("http://127.0.0.1:1", "lang=en")
    for message in messages:
        tab.take(message)
    return tab


def _said(message: bytes) -> ClientState:
    said: ClientState = BackMsg.FromString(message).rerun_script
    return said


def _values(state: ClientState) -> dict[str, object]:
    return {
        one.id: list(one.string_array_value.data) or one.string_value
        for one in state.widget_states.widgets
    }


def _clicked(tab: Tab, chip: int) -> dict[str, object]:
    return _values(_said(tab.click(tab.groups[0][chip])))


def test_a_click_switches_a_chip_on_and_the_next_one_off_again() -> None:
    tab = _tab(_chips())
    assert _clicked(tab, 1) == {"w": ["Oil 1"]}
    assert _clicked(tab, 0) == {"w": ["Oil 1", "Rail 3"]}
    assert _clicked(tab, 1) == {"w": ["Rail 3"]}


def test_a_group_for_one_chip_holds_only_the_last() -> None:
    tab = _tab(_chips(click_mode=0))
    _clicked(tab, 0)
    assert _clicked(tab, 1) == {"w": ["Oil 1"]}


PANEL = """
<div role="group"><a data-toggle="sector rail">Rail</a><a data-toggle="sector oil">Oil</a></div>
<div role="group"><a data-set="match all">All</a></div>
<div role="group"><a data-toggle="side sichuan">Sichuan</a></div>
"""


def test_a_chip_that_is_a_link_is_told_to_the_router_and_not_kept() -> None:
    tab = _tab(_delta(html={"body": PANEL}), _delta(bidi_component={"id": "router"}))
    assert [len(group) for group in tab.groups] == [2, 1]
    state = _said(tab.click(tab.groups[0][1])).widget_states.widgets[0]
    assert state.id == "$$STREAMLIT_INTERNAL_KEY_router__events"
    assert json.loads(state.json_trigger_value) == [
        {"event": "link", "value": "?lang=en&sector=oil"}
    ]
    assert not _said(tab.opening()).widget_states.widgets


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("lang=zh", "lang=zh&sector=oil"),
        ("lang=zh&sector=rail%2Cgas", "lang=zh&sector=rail,gas,oil"),
        ("lang=zh&sector=oil,rail", "lang=zh&sector=rail"),
        ("sector=oil&q=a%20b", "q=a%20b"),
    ],
)
def test_a_link_steps_from_the_address_of_the_page(before: str, after: str) -> None:
    assert Link("sector", "oil").stepped(before) == after


def test_every_widget_of_the_page_is_sent_with_a_click() -> None:
    search = _delta(text_input={"id": "q"})
    deck = _delta(deck_gl_json_chart={"id": "map", "selection_mode": [0]})
    still = _delta(deck_gl_json_chart={"id": "still"})
    said = _clicked(_tab(_chips(default=[0]), search, deck, still), 1)
    assert said == {"w": ["Rail 3", "Oil 1"], "q": "", "map": NOTHING_SELECTED}


def test_chips_keep_what_the_reader_chose_unless_the_page_sets_them() -> None:
    tab = _tab(_chips())
    _clicked(tab, 0)
    tab.take(_chips(default=[1]))
    assert _values(_said(tab.opening())) == {"w": ["Rail 3"]}
    tab.take(_chips(set_value=True, raw_values=["Oil 1"]))
    assert _values(_said(tab.opening())) == {"w": ["Oil 1"]}


def test_the_address_follows_the_page() -> None:
    changed, session = ForwardMsg(), ForwardMsg()
    changed.page_info_changed.query_string = "lang=en&sector=oil"
    session.new_session.page_script_hash = "page"
    state = _said(_tab(session, changed).opening())
    assert state.query_string == "lang=en&sector=oil"
    assert state.page_script_hash == "page"
    assert state.context_info.url == "http://127.0.0.1:1/"


def test_the_page_is_the_one_that_navigation_names() -> None:
    session, navigation = ForwardMsg(), ForwardMsg()
    session.new_session.page_script_hash = "entry"
    navigation.navigation.page_script_hash = "map"
    assert _said(_tab(session, navigation).opening()).page_script_hash == "map"


def _session(age: int) -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.config.max_cached_message_age = age
    return message


def _kept(digest: str) -> ForwardMsg:
    message = _chips()
    message.hash, message.metadata.cacheable = digest, True
    return message


FINISHED = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


def test_a_message_is_kept_while_runs_use_it_and_forgotten_later() -> None:
    tab = _tab(_session(1), _kept("large"), FINISHED)
    assert _said(tab.opening()).cached_message_hashes == ["large"]
    for message in (ForwardMsg(ref_hash="large"), FINISHED):
        tab.take(message)
    assert _said(tab.opening()).cached_message_hashes == ["large"]
    tab.take(FINISHED)
    assert _said(tab.opening()).cached_message_hashes == []
    assert not tab.failures


def test_a_reference_to_a_message_never_sent_is_a_failure() -> None:
    assert "large" in _tab(ForwardMsg(ref_hash="large")).failures[0]


def test_an_exception_on_the_page_is_a_failure() -> None:
    assert _tab(_delta(exception={"message": "Broken"})).failures == ["Broken"]


def test_a_run_that_ends_early_for_another_is_not_the_end() -> None:
    tab = _tab(ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN))
    assert not tab.finished
    tab.take(FINISHED)
    assert tab.finished


def test_bytes_are_counted_by_what_a_message_carries() -> None:
    block = ForwardMsg()
    block.delta.add_block.allow_empty = True
    assert [kind(_chips()), kind(block), kind(FINISHED)] == [
        "button_group",
        "add_block",
        "script_finished",
    ]


# What is clicked, and what is reckoned


@pytest.mark.parametrize("chips", [1, 3, 6])
def test_a_walk_comes_by_every_combination_of_chips_once(chips: int) -> None:
    on, met = 0, [0]
    for chip in loops.gray(chips):
        on ^= 1 << chip
        met.append(on)
    assert sorted(met) == list(range(2**chips))


def test_the_95th_percentile_leaves_a_twentieth_above() -> None:
    assert p95(range(101)) == 95
    assert p95([7]) == 7


def test_growth_is_the_slope_of_the_sizes() -> None:
    assert slope([5, 6, 7], [10, 12, 14]) == pytest.approx(2)


def test_a_ratio_is_ours_by_stock_and_absent_where_a_side_is() -> None:
    assert Figure("14", "click", "ms", [1, 2, 9], [8]).ratio == 0.25
    assert Figure("14", "click", "ms", [1]).ratio is None
    assert Figure("14", "click", "ms", [1], [0]).ratio is None


def test_the_report_shows_both_sides_and_what_went_wrong() -> None:
    figures = Figures()
    figures.add("14", "ours", "click", "ms", 10, 20, 30)
    figures.add("14", "stock", "click", "ms", 80)
    figures.notes["ours, 14: Broken"] += 2
    report = "\n".join(lines(figures))
    assert "14 places" in report
    assert "0.25" in report
    assert "2 times: ours, 14: Broken" in report
    assert figures.to_json()["figures"][0]["stock"]["median"] == 80


def test_a_server_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    broken = stock(tmp_path, "minimal.py")
    with pytest.raises(OSError, match="python"):
        Server(Command(broken.python, tmp_path, broken.script))
