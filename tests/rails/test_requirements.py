"""The requirement files pin every library with its hash, name no host, and agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import kostenklar

ROOT = Path(kostenklar.__file__).parent
FILES = ("requirements.txt", "requirements-dev.txt")


def pins(name: str) -> dict[str, str]:
    """Each pinned library of a requirement file with everything that follows it: version, marker and hashes."""
    text = re.sub(r"^#.*\n", "", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    entries = [entry.replace("\\\n", " ") for entry in re.split(r"\n(?=\S)", text.strip())]
    return {entry.partition("==")[0]: entry for entry in entries}


def version(entry: str) -> str:
    return entry.partition("==")[2].split()[0]


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pin_with_its_hash(name: str) -> None:
    unpinned = [entry for entry in pins(name).values() if not re.fullmatch(r"[a-z0-9.\-]+==[\w.]+ [^\n]*", entry)]
    assert unpinned == []
    assert [library for library, entry in pins(name).items() if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", FILES)
def test_no_index_host_or_path_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links|^/.*", text, flags=re.MULTILINE) == []


def test_the_tests_run_on_the_versions_that_people_get() -> None:
    development = pins("requirements-dev.txt")
    assert {
        library: version(entry)
        for library, entry in pins("requirements.txt").items()
        if version(development.get(library, "==missing")) != version(entry)
    } == {}


def test_the_lock_holds_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["standalone"]]
    locked = pins("requirements.txt")
    assert [str(need) for need in wanted if not need.specifier.contains(version(locked[need.name]))] == []
