"""The law knows the standard library and nothing else: no framework, no file, no clock."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kostenklar

RULES = Path(kostenklar.__file__).parent / "models" / "rules"
# In the standard library, yet they reach the disk, the network, the clock or chance.
OUTSIDE_WORLD = {
    "asyncio", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess",
    "sys", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "fromtimestamp"}
WORLDLY_CALLS = {"open", "print", "input", "exec", "eval"}


def impurities(source: str, depth: int = 1) -> Iterator[str]:
    """`depth`: how many dots still lead to the rules."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (f"import {alias.name}" for alias in names if not allowed(alias.name))
            case ast.ImportFrom(level=0, module=str(module)) if not allowed(module):
                yield f"from {module} import"
            case ast.ImportFrom(level=level, module=module) if level > depth:
                yield f"from {'.' * level}{module or ''} import"
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                yield f".{name}()"
            case ast.Call(func=ast.Name(id=name)) if name in WORLDLY_CALLS:
                yield f"{name}()"


def allowed(module: str) -> bool:
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names and top not in OUTSIDE_WORLD


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.py")), ids=lambda path: path.stem)
def test_a_rule_takes_values_and_gives_values(path: Path) -> None:
    assert list(impurities(path.read_text("utf-8"), len(path.relative_to(RULES).parts))) == []


@pytest.mark.parametrize(
    "planted",
    [
        "from flask import g",
        "import sqlalchemy.orm",
        "from ..patient import Patient",
        "from .. import patient",
        "import time",
        "from datetime import date\ndate.today()",
        "import datetime as d\nd.datetime.now(d.UTC)",
        "open('goae.csv')",
    ],
)
def test_the_check_sees_a_planted_impurity(planted: str) -> None:
    assert len(list(impurities(planted))) == 1
