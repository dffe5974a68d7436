"""Packages load quickly by day: what has been read of the same content before is kept.

Hundreds of tests load a package of their own that differs from the real one in a cell or two. At
night everything is read each time.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from atlas.datapackage import loader, schemas
from atlas.datapackage.problems import Problem
from atlas.model.languages import LANGUAGES


@pytest.fixture(scope="session")
def quick_loads() -> Iterator[None]:
    kept: dict[object, Any] = {}
    features, table = loader.read_features, schemas.table

    def features_once(files: Any, file: Any, box: Any, problems: list[Problem]) -> Any:
        """Keep the shapes of a map file; one with problems is read again."""
        content = (files.read(file.path), file, box)
        if content not in kept:
            shapes = features(files, file, box, problems)
            if not shapes:
                return shapes
            kept[content] = shapes
        return kept[content]

    def table_once(entry: Any, languages: Any = ()) -> Any:
        """Keep what a descriptor says of a table."""
        content = json.dumps([entry, [*languages], [*LANGUAGES]])
        if content not in kept:
            kept[content] = table(entry, languages)
        return kept[content]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "read_features", features_once)
        patch.setattr(schemas, "table", table_once)
        yield
