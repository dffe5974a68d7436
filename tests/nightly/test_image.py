"""The image without Docker: the steps of its Dockerfile in a clean folder, run as its user."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from dockerfile_parse import DockerfileParser

from tests.hosting.servers import ROOT, awaited, fetched, free_port

PLACES = ("/opt/venv", "/srv")
PLAIN = ("PIP_", "LANG", "LC_", "SSL_", "http_proxy", "https_proxy")


class Image:
    """The files that the image would hold, below a folder, and the environment it would set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder
        self.environment = {
            name: value for name, value in os.environ.items() if name.startswith(PLAIN)
        } | {"PATH": os.environ["PATH"]}
        self.command: list[str] = []
        self.check: list[str] = []
        self.user = "0:0"

    def inside(self, words: str) -> str:
        for place in PLACES:
            words = words.replace(place, f"{self.folder}{place}")
        return words

    def take(self, instruction: str, value: str) -> None:
        match instruction:
            case "WORKDIR":
                self.work = Path(self.inside(value))
                self.work.mkdir(parents=True, exist_ok=True)
            case "RUN":
                words = value.replace("python -m venv", f"{sys.executable} -m venv")
                python = f"{self.folder}/opt/venv/bin"
                path = f"{python}:{self.environment['PATH']}"
                command = ["sh", "-c", self.inside(words)]
                subprocess.run(  # noqa: S603 - the steps of our own file
                    command, cwd=self.work, env=self.environment | {"PATH": path}, check=True
                )
            case "COPY" if "--from" not in value:
                *sources, target = value.split()
                for source in sources:
                    self.copy(source, target)
            case "ENV":
                pairs = (pair.split("=", 1) for pair in shlex.split(value))
                self.environment |= {
                    name: self.inside(text).replace("$PATH", self.environment["PATH"])
                    for name, text in pairs
                }
            case "USER":
                self.user = value
            case "CMD":
                self.command = json.loads(value)
            case "HEALTHCHECK":
                self.check = json.loads(value.partition("CMD")[2])

    def copy(self, source: str, target: str) -> None:
        """Copy what `.dockerignore` lets in."""
        goal = Path(self.inside(target)) if target.startswith("/") else self.work / target
        lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        assert any(re.match(f"!{re.escape(source)}(/|$)", line) for line in lines), source
        if (ROOT / source).is_dir():
            compiled = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / source, goal, ignore=compiled)
        else:
            goal = goal / source if target.endswith("/") else goal
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, goal)


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    # Not below the folder of pytest, which the user of the image may not enter.
    with TemporaryDirectory() as folder:
        image = Image(Path(folder))
        image.folder.chmod(0o755)
        content = (ROOT / "deploy/Dockerfile").read_bytes()
        for step in DockerfileParser(fileobj=BytesIO(content)).structure:
            image.take(step["instruction"], step["value"])
        yield image


def test_the_steps_of_the_image_make_a_server_that_its_check_calls_healthy(image: Image) -> None:
    port = free_port()
    environment = image.environment | {"STREAMLIT_SERVER_PORT": str(port)}
    number = image.user.partition(":")[0]
    as_user = ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups"]
    prefix = as_user if os.geteuid() == 0 else []
    program = f"{image.folder}/opt/venv/bin/{image.command[0]}"
    started = subprocess.Popen(  # noqa: S603 - the command of our own file
        [*prefix, program, *image.command[1:]],
        cwd=image.folder / "srv/atlas",
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        awaited(lambda: fetched(f"http://127.0.0.1:{port}/health").status == 200)
        check = [word.replace(":8501/", f":{port}/") for word in image.check]
        python = f"{image.folder}/opt/venv/bin/{check[0]}"
        assert subprocess.run([python, *check[1:]], check=False).returncode == 0  # noqa: S603
        assert fetched(f"http://127.0.0.1:{port}/api/places.csv?lang=en").status == 200
    finally:
        started.terminate()
        started.wait(timeout=30)
