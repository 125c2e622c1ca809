"""The repository root is the package: its list is whole, and the wheel mounts in an empty environment."""

import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import kostenklar

ROOT = Path(kostenklar.__file__).parent
PRODUCT = ("models", "plugin", "reports", "templates")
NOT_PRODUCT = shutil.ignore_patterns(".*", "__pycache__", "instance", "build", "dist", "tests", "bench", "*.egg-info")

MOUNT = """
import pathlib
import kostenklar
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

keys = pathlib.Path("keys")
keys.write_text("first:" + "A" * 43 + "=")
app = Flask("stranger")
app.testing = True  # whatever goes wrong comes out here
app.config.update(SECRET_KEY="rails", SQLALCHEMY_DATABASE_URI="sqlite://", KOSTENKLAR_KEYS_FILE=str(keys))
db = SQLAlchemy(app)
kostenklar.init_app(app, db=db, who=lambda: None)
assert "kostenklar" in app.blueprints
answer = app.test_client().get("/kostenklar/")
assert answer.status_code not in (404, 500), answer.text
templates = [name for name in app.jinja_env.list_templates() if name.startswith("kostenklar/")]
for name in templates:
    app.jinja_env.get_template(name)
assert templates, "no templates in the wheel"
print(kostenklar.__file__)
"""


def packages_listed() -> list[str]:
    packages: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    return packages


def packages_in_folders() -> list[str]:
    inits = [init for room in PRODUCT for init in (ROOT / room).rglob("__init__.py")]
    return sorted(["kostenklar", *(".".join(("kostenklar", *init.parent.relative_to(ROOT).parts)) for init in inits)])


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]} failed\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_package_list_equals_the_folders() -> None:
    assert packages_listed() == packages_in_folders()


def test_every_folder_with_python_in_it_is_a_package() -> None:
    folders = {module.parent for room in PRODUCT for module in (ROOT / room).rglob("*.py")}
    assert [str(f.relative_to(ROOT)) for f in sorted(folders) if not (f / "__init__.py").exists()] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The wheel, built by way of the source archive, from a checkout in a folder that is no Python name."""
    checkout = tmp_path_factory.mktemp("clone") / "x-1.0"
    shutil.copytree(ROOT, checkout, ignore=NOT_PRODUCT)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", checkout / "dist", cwd=checkout)
    yield next((checkout / "dist").glob("*.whl"))
    shutil.rmtree(checkout.parent)


def test_the_wheel_carries_every_file_of_the_product(wheel: Path) -> None:
    rooms = [path for room in PRODUCT for path in (ROOT / room).rglob("*") if path.is_file()]
    wanted = {f"kostenklar/{path.relative_to(ROOT).as_posix()}" for path in rooms if "__pycache__" not in path.parts}
    carried = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert sorted(wanted - carried) == []
    assert sorted(carried - wanted) == ["kostenklar/__init__.py", "kostenklar/app.py", "kostenklar/py.typed"]


def test_the_wheel_mounts_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", "env", cwd=tmp_path)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    uv_install = (sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-cache", "--no-deps")
    run(*uv_install, "--python", python, wheel, cwd=tmp_path)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    # The libraries come from here; a path file is not followed further, so our editable checkout stays out.
    Path(site, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")

    assert Path(run(python, "-c", MOUNT, cwd=tmp_path).strip()).is_relative_to(site)
    assert "Usage" in run(scripts / "kostenklar", "--help", cwd=tmp_path)
