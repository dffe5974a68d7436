"""The browser writes links as the server does, so that equal views have one address.

The script's own module runs in Node; it needs no page for this.
"""

import json
import shutil
import subprocess
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from atlas.model.selection import Selection, vocabulary
from atlas.pages.assets import modules
from tests.conftest import is_thorough, real_atlas, selections

VIEWS = 400 if is_thorough() else 100
READ_BACK = """
import { begin, fieldsOf, queryOf } from "./address.js"
import { readFileSync } from "node:fs"
const { order, queries } = JSON.parse(readFileSync(0, "utf-8"))
begin("", order)
console.log(JSON.stringify(queries.map((query) => queryOf(fieldsOf(query)))))
"""
SEARCHES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20) | st.sampled_from(
    ["德阳", "a&b=c", "100 %", "31.13 N, 104.38 E", "it's (so)*!", "a+b", "#?/\\~", "\U0001f680"]
)


def drawn() -> list[Selection]:
    views: list[Selection] = []

    @settings(
        max_examples=VIEWS,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(selections(q=SEARCHES))
    def draw(selection: Selection) -> None:
        views.append(selection)

    draw()
    return views


def read_back(folder: Path, queries: list[str]) -> list[str]:
    """Return the queries as the script writes what it has read of them."""
    node = shutil.which("node")
    assert node, "node is not installed"
    for module in modules():
        (folder / module.name).write_bytes(module.content)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "read_back.js").write_text(READ_BACK, encoding="utf-8")
    question = json.dumps({"order": vocabulary(real_atlas()), "queries": queries})
    command = [node, "--no-warnings", "read_back.js"]
    run = subprocess.run(command, cwd=folder, input=question, capture_output=True, text=True)  # noqa: S603
    assert run.returncode == 0, run.stderr
    written: list[str] = json.loads(run.stdout)
    return written


def test_the_browser_writes_every_view_as_the_server_does(tmp_path: Path) -> None:
    queries = [selection.to_query() for selection in drawn()]
    assert len(set(queries)) > VIEWS / 2
    assert read_back(tmp_path, queries) == queries


def test_a_query_in_another_order_or_with_defaults_is_the_same_view(tmp_path: Path) -> None:
    same = {
        "place=deyang&sector=rail-transit&lang=en": "lang=en&sector=rail-transit&place=deyang",
        "lang=zh&sector=rail-transit,aerospace": "lang=zh&sector=aerospace,rail-transit",
        "lang=zh&sector=rail-transit&sector=aerospace": "lang=zh&sector=aerospace,rail-transit",
        "lang=en&match=any&radius=100&order=kind&form=list": "lang=en",
        "lang=en&utm_source=x&embed=true&q=": "lang=en",
        "lang=en&q=a+b": "lang=en&q=a%20b",
    }
    assert read_back(tmp_path, list(same)) == list(same.values())
