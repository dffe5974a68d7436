"""A second version of the dashboard: a copy with another style, another script, other data."""

import shutil
from pathlib import Path

from tests.conftest import Folder
from tests.hosting.servers import ROOT

DATA_VERSION = "99.0.0"
# What only the second version has: a rule of its style, and a name on its map.
MARKED = "--atlas-version: second"
RENAMED = "Deyang of the second version"


def second(folder: Path) -> Path:
    """Write the second version into a new folder; the script that starts it."""
    for name in ("pages", "atlas", "data", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name)
    with (folder / "atlas/pages/styles/zz.css").open("w", encoding="utf-8") as style:
        style.write(f":root {{ {MARKED} }}\n")
    with (folder / "atlas/pages/scripts/atlas.js").open("a", encoding="utf-8") as script:
        script.write("// Of the second version.\n")
    data = Folder(folder / "data")
    data.set("places", "deyang", name_en=RENAMED, short_en=RENAMED)
    data.add("changes", id="second-version", version=DATA_VERSION)
    data.json("datapackage.json", lambda content: content.update(version=DATA_VERSION))
    return Path(shutil.copy(ROOT / "dashboard.py", folder / "dashboard.py"))
