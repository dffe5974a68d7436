"""The whole data package as a ZIP file."""

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from frictionless import system, validate

from atlas.datapackage.loader import load
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from tests.conftest import Folder
from tests.export.exports import LINK, VIEWS, content, hostile


def unpacked(folder: Path, atlas: Atlas, selection: Selection) -> Path:
    with ZipFile(io.BytesIO(content(atlas, selection, "package.zip"))) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


def readme(atlas: Atlas, selection: Selection) -> str:
    with ZipFile(io.BytesIO(content(atlas, selection, "package.zip"))) as archive:
        return archive.read("README.md").decode()


def test_the_files_are_those_of_the_folder_and_valid_for_frictionless(
    atlas: Atlas, tmp_path: Path
) -> None:
    folder = unpacked(tmp_path, atlas, Selection())
    with system.use_context(trusted=True):
        report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten()
    files, originals = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (folder, atlas.folder)
    )
    assert files.pop(Path("README.md"))
    assert files == originals


def test_the_atlas_can_be_started_on_it(tiny: Folder, tmp_path: Path) -> None:
    atlas = tiny.load()
    again = load(unpacked(tmp_path / "unpacked", atlas, Selection()))
    assert (again.places, again.evidence) == (atlas.places, atlas.evidence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_page_says_what_it_is_and_from_which_view(atlas: Atlas, language: str) -> None:
    page = readme(atlas, VIEWS["rail transit"].but(lang=language))
    assert page.startswith(f"# {atlas.title[language]}\n")  # type: ignore[index]
    assert atlas.version in page
    assert "2026" in page
    assert f"<{LINK}>" in page
    assert "<https://creativecommons.org/licenses/by/4.0/>" in page
    assert "OpenStreetMap" in page
    assert "frictionless validate datapackage.json" in page


def test_other_files_of_the_folder_stay_at_home(tiny: Folder, tmp_path: Path) -> None:
    (tiny.path / ".env").write_text("secret")
    (tiny.path / "notes.txt").write_text("private")
    (tiny.path / "LICENSE").symlink_to("/etc/hostname")
    (tiny.path / "NOTICE.txt").write_text("please pass on")
    folder = unpacked(tmp_path / "unpacked", tiny.load(), Selection())
    assert [name for name in (".env", "notes.txt", "LICENSE") if (folder / name).exists()] == []
    assert (folder / "NOTICE.txt").read_text() == "please pass on"


def test_a_map_file_that_was_taken_out_is_not_promised(
    without_boundaries: Atlas, tmp_path: Path
) -> None:
    folder = unpacked(tmp_path, without_boundaries, Selection())
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    paths = [resource["path"] for resource in descriptor["resources"]]
    assert "map/boundaries.geojson" not in paths
    assert [path for path in paths if not (folder / path).is_file()] == []


def test_a_package_with_a_page_of_its_own_keeps_it(tiny: Folder, tmp_path: Path) -> None:
    (tiny.path / "README.md").write_text("our own")
    folder = unpacked(tmp_path / "unpacked", tiny.load(), Selection())
    assert (folder / "README.md").read_text() == "our own"
    assert LINK in (folder / "README-DOWNLOAD.md").read_text("utf-8")


def test_nothing_the_data_say_is_markup_in_the_page() -> None:
    page = readme(hostile(), Selection(q="<script>*x*"))
    assert page.startswith("# =cmd\\|'/C calc'\\!A0\n")
    assert "\\<script\\>\\*x\\*" in page


def test_a_date_before_the_format_was_made_is_its_first_day(tiny: Folder) -> None:
    old = replace(tiny.load(), as_of=date(1958, 1, 31))
    with ZipFile(io.BytesIO(content(old, Selection(), "package.zip"))) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
