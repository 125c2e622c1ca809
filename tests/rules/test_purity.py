"""The rules know values only: standard library, no clock, no input and output."""

import ast
import sys
from pathlib import Path

import pytest

import kostenklar.models.rules

HOME = Path(kostenklar.models.rules.__file__).parent
MODULES = sorted(HOME.rglob("*.py"))
NAMES = [path.relative_to(HOME).with_suffix("").as_posix() for path in MODULES]
FOREIGN = {"datetime": {"now", "today", "utcnow", "fromtimestamp"}, "date": {"today", "fromtimestamp"}}
NO_RULE = {"os", "io", "pathlib", "socket", "sqlite3", "subprocess", "time", "logging", "random", "secrets", "locale"}


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_rule_imports_the_standard_library_and_other_rules_only(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots = {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            roots = {str(node.module).partition(".")[0]}
        else:
            depth = len(path.relative_to(HOME).parts)
            assert not (isinstance(node, ast.ImportFrom) and node.level > depth), "reaches out of the rules"
            continue
        assert roots <= sys.stdlib_module_names - NO_RULE, roots


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_rule_never_reads_the_clock_or_a_file(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert node.attr not in FOREIGN.get(node.value.id, set()), f"line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input", "eval", "exec"}, f"line {node.lineno}"
