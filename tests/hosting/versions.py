"""A second version of the dashboard: a copy with another style, another script, other data."""

import shutil
from pathlib import Path

from tests.conftest import Folder
from tests.hosting.servers import ROOT

PARTS = ("dashboard.py", "pages", "atlas", "data", ".streamlit")
DATA_VERSION = "99.0.0"
# What only the second version has: a rule of its style, and a name on its map.
MARKED = "--atlas-version: second"
RENAMED = "Deyang of the second version"


def copy_to(folder: Path) -> None:
    """Copy what the dashboard consists of into a folder."""
    for name in PARTS:
        copied = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copied(ROOT / name, folder / name)


def second(folder: Path) -> Path:
    """Write the second version into a folder; the script that starts it."""
    copy_to(folder)
    with (folder / "atlas/pages/styles/zz.css").open("w", encoding="utf-8") as style:
        style.write(f":root {{ {MARKED} }}\n")
    with (folder / "atlas/pages/scripts/atlas.js").open("a", encoding="utf-8") as script:
        script.write("// Of the second version.\n")
    data = Folder(folder / "data")
    data.set("places", "deyang", name_en=RENAMED, short_en=RENAMED)
    data.add("changes", id="second-version", version=DATA_VERSION)
    data.json("datapackage.json", lambda found: found.update(version=DATA_VERSION))
    return folder / "dashboard.py"
