"""The answers so far, in a file: a command that was interrupted goes on where it stopped."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools.geocode import files


class Answer(NamedTuple):
    """Where a geocoder puts a name, degrees (WGS 84), and how many others it has by that name."""

    latitude: float
    longitude: float
    name: str
    others: int = 0


class CheckpointError(Exception):
    """A file that is not a checkpoint of this service, and is left as it is."""


class Checkpoint:
    """The answers of one service, each saved as soon as it is known; None: it knows nothing."""

    def __init__(self, file: Path, service: str) -> None:
        """Read the answers kept in a file, if it exists."""
        self.file = file
        self._service = service
        self._answers = self._read() if file.exists() else {}

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._answers)

    def get(self, question: str, ask: Callable[[], Answer | None]) -> Answer | None:
        """Return the answer that is kept, or ask for it and keep it."""
        if question not in self._answers:
            self._answers[question] = ask()
            try:
                self._save()
            except KeyboardInterrupt:
                self._save()
                raise
        return self._answers[question]

    def _read(self) -> dict[str, Answer | None]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
            service, answers = found["service"], found["answers"]
            kept = {one: Answer(**given) if given else None for one, given in answers.items()}
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise CheckpointError(f"{self.file} is not a checkpoint of this command.") from error
        if service != self._service:
            raise CheckpointError(f"{self.file} holds the answers of {service}.")
        return kept

    def _save(self) -> None:
        answers = {one: given._asdict() if given else None for one, given in self._answers.items()}
        content = {"service": self._service, "answers": answers}
        files.write(self.file, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
