"""What a worker costs before its first request: time and memory of fresh interpreters, beside a plain Flask host."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .rounds import Line, Options, interleaved, ratio

BARE = "a bare interpreter"
ANCHOR = "Flask + Flask-SQLAlchemy + Flask-WTF + Flask-Login, one table"
MOUNTED = "the same with Kostenklar mounted"
SECURED = "Flask + Flask-SQLAlchemy + Flask-WTF + Flask-Security-Too"
STANDALONE = "app.py: Kostenklar with its own sign-in"
NEEDED_LATER = ("alembic", "argon2", "babel", "cryptography", "lxml", "PIL", "qrcode", "reportlab", "segno", "stdnum")

_MEASURED = """
import time
began = time.process_time()  # what else the machine is busy with does not count
{code}
taken = time.process_time() - began
import json, sys
pages = int(open("/proc/self/statm").read().split()[1])
names = {{name.partition(".")[0] for name in sys.modules}}
print(json.dumps([taken, pages, len(sys.modules), sorted(names)]))
"""
_HOST = """
from flask import Flask
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
app = Flask("host")
app.config.update(SECRET_KEY="measured", SQLALCHEMY_DATABASE_URI="sqlite://", KOSTENKLAR_KEYS_FILE={folder!r} + "/keys")
db = SQLAlchemy(app)
class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
LoginManager(app)
CSRFProtect(app)
with app.app_context():
    db.engine
"""
_SECURED = """
from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.models import fsqla_v3 as fsqla
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
app = Flask("host")
app.config.update(SECRET_KEY="measured", SECURITY_PASSWORD_SALT="measured", SQLALCHEMY_DATABASE_URI="sqlite://")
db = SQLAlchemy(app)
fsqla.FsModels.set_db_info(db)
class Role(db.Model, fsqla.FsRoleMixin):
    pass
class User(db.Model, fsqla.FsUserMixin):
    pass
Security(app, SQLAlchemyUserDatastore(db, User, Role))
CSRFProtect(app)
with app.app_context():
    db.engine
"""
_MOUNT = """
import kostenklar
kostenklar.init_app(app, db=db, who=lambda: None)
"""
_STANDALONE = """
from kostenklar.app import create_app
create_app({{"KOSTENKLAR_INSTANCE": {folder!r}}})
"""
CODE = {BARE: "", ANCHOR: _HOST, MOUNTED: _HOST + _MOUNT, SECURED: _SECURED, STANDALONE: _STANDALONE}


def measure(options: Options) -> list[Line]:
    """Seconds until the application stands, memory and modules then; each in its own interpreter, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        key = "measured:" + "A" * 43 + "=\n"
        Path(folder, "keys").write_text(key)
        seen: dict[str, list[tuple[float, float, int, list[str]]]] = {name: [] for name in CODE}
        runs = {name: _run(code, folder, seen[name]) for name, code in CODE.items()}
        interleaved(runs, 1)  # the first run compiles and fills the disk's cache
        for results in seen.values():
            results.clear()
        seconds = interleaved(runs, 3 if options.quick else 11)
    memory = {name: [result[1] for result in results] for name, results in seen.items()}
    for name, results in seen.items():
        taken, used = statistics.median(seconds[name]) * 1000, statistics.median(memory[name])
        print(f"  {name:<62} {taken:6.0f} ms {used:6.1f} MB {results[0][2]:5} modules")
    found = []
    for name, other, aim in ((MOUNTED, ANCHOR, 1.4), (STANDALONE, ANCHOR, None), (STANDALONE, SECURED, None)):
        what = f"{_SHORT[name]}, {_SHORT[other]} = 1"
        found.append(Line("start", f"time: {what}", *ratio(seconds[name], seconds[other]), aim))
        found.append(Line("start", f"memory: {what}", *ratio(memory[name], memory[other]), aim))
    early = sorted(set(NEEDED_LATER) & (set(seen[MOUNTED][0][3]) - set(seen[ANCHOR][0][3])))
    what = f"libraries that Kostenklar loads too early {' '.join(early)}".strip()
    return [*found, Line("start", what, len(early), aim=0)]


_SHORT = {
    ANCHOR: "plain host",
    MOUNTED: "host with Kostenklar",
    SECURED: "host with Flask-Security-Too",
    STANDALONE: "app.py",
}


def _run(code: str, folder: str, results: list[tuple[float, float, int, list[str]]]) -> Callable[[], float]:
    """A measurement: starts an interpreter, notes what it tells, gives its seconds."""
    script = _MEASURED.format(code=code.format(folder=folder))
    # Compiled once, like anything that is installed, wherever the checkout keeps its bytecode.
    others = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = others | {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    page = os.sysconf("SC_PAGE_SIZE") / 2**20

    def run() -> float:
        command = [sys.executable, "-P", "-c", script]
        told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
        taken, pages, count, names = json.loads(told.splitlines()[-1])
        results.append((taken, pages * page, count, names))
        return float(taken)

    return run
