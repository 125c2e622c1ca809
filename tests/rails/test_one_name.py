"""No module of ours is loaded twice, and importing the package stays cheap for a host."""

import json
import subprocess
import sys
from pathlib import Path

import kostenklar

ROOT = Path(kostenklar.__file__).parent

# From the repository root on purpose: there `import models` would succeed, and a test or a tool could fall for it.
LOAD_EVERYTHING = """
import importlib, json, pathlib, pkgutil, sys
import kostenklar
root = pathlib.Path(kostenklar.__file__).parent
for room in ("models", "plugin", "reports"):
    path = [str(root / room)]
    for found in pkgutil.walk_packages(path, f"kostenklar.{room}."):
        if ".migrations." not in found.name:  # Alembic runs those, with its own context
            importlib.import_module(found.name)
importlib.import_module("kostenklar.app")
ours = {}
for name, module in sorted(sys.modules.items()):
    file = getattr(module, "__file__", None)
    if file and pathlib.Path(file).is_relative_to(root) and ".venv" not in pathlib.Path(file).relative_to(root).parts:
        ours.setdefault(file, []).append(name)
print(json.dumps(ours))
"""

LIGHT = "import kostenklar, json, sys; print(json.dumps(sorted(sys.modules)))"


def say(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]


def test_no_module_is_importable_under_two_names() -> None:
    loaded: dict[str, list[str]] = json.loads(say(LOAD_EVERYTHING))
    assert {file: names for file, names in loaded.items() if len(names) > 1} == {}
    strangers = [name for names in loaded.values() for name in names if name.partition(".")[0] != "kostenklar"]
    assert strangers == []


def test_importing_kostenklar_loads_no_framework() -> None:
    loaded = {name.partition(".")[0] for name in json.loads(say(LIGHT))}
    assert loaded & {"alembic", "babel", "flask", "reportlab", "sqlalchemy", "wtforms"} == set()


def test_the_tests_themselves_did_not_import_a_room_by_its_bare_name() -> None:
    bare = [sys.modules[name] for name in ("models", "plugin", "reports") if name in sys.modules]
    files = [Path(module.__file__ or "") for module in bare]
    assert [file for file in files if not file.is_relative_to(ROOT / "tests")] == []  # the guest's host has models.py
