"""The answers so far, saved in a file, so that an interrupted command goes on where it stopped."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Answer(NamedTuple):
    """A geocoder's point for a name (degrees, WGS 84), and how many others have the same name."""

    latitude: float
    longitude: float
    name: str
    others: int = 0


class CheckpointError(Exception):
    """A file is not a checkpoint of this service; it is left as it is."""


class Checkpoint:
    """The answers of one service, each saved as it comes; None where it has none."""

    def __init__(self, file: Path, service: str) -> None:
        """Read the answers saved in a file, if it exists."""
        self.file = file
        self._service = service
        self._answers = self._read() if file.exists() else {}

    def __len__(self) -> int:
        """Return how many answers are saved."""
        return len(self._answers)

    def get(self, question: str, ask: Callable[[], Answer | None]) -> Answer | None:
        """Return the saved answer, or ask for it and save it."""
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
            content = json.loads(self.file.read_text(encoding="utf-8"))
            service, saved = content["service"], content["answers"]
            answers = {text: Answer(**fields) if fields else None for text, fields in saved.items()}
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise CheckpointError(f"{self.file} is not a checkpoint of this command.") from error
        if service != self._service:
            raise CheckpointError(f"{self.file} holds the answers of {service}.")
        return answers

    def _save(self) -> None:
        answers = {
            question: answer._asdict() if answer else None
            for question, answer in self._answers.items()
        }
        content = {"service": self._service, "answers": answers}
        write_file(self.file, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_file(file: Path, content: str) -> None:
    """Replace the content of a file in one step: readers see the old or the new, never half."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
