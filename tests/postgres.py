"""A throw-away PostgreSQL for the tests: TEST_DATABASE_URL, or the newest server binaries that Debian installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

INSTALL = "apt install postgresql"


def server_binaries() -> Path | None:
    """The folder with initdb and postgres, newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def throw_away_server(binaries: Path, *, durable: bool = False) -> Iterator[str]:
    """Start a server on a socket in a temporary folder; yields a URL with the place "{name}" for a database.

    Tests do without fsync; what measures commits wants it `durable`.
    """
    folder = Path(tempfile.mkdtemp(prefix="kk-pg-"))
    identity = _identity(folder)
    try:
        subprocess.run(
            [
                binaries / "initdb",
                "-D",
                folder / "data",
                "-A",
                "trust",
                "-U",
                "kk",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **identity,
        )
        server = subprocess.Popen(
            [
                *(binaries / "postgres", "-D", folder / "data", "-k", folder, "-h", "", "-c", "max_connections=60"),
                *(() if durable else ("-F",)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **identity,
        )
        try:
            _wait(folder)
            yield f"postgresql+psycopg://kk@/{{name}}?host={folder}"
        finally:
            server.send_signal(2)  # fast shutdown
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity(folder: Path) -> dict[str, Any]:
    """initdb refuses root: as root the server runs as postgres (or nobody)."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": folder}


def _wait(folder: Path) -> None:
    import psycopg

    for _ in range(200):
        try:
            psycopg.connect(f"host={folder} user=kk dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the PostgreSQL of the tests did not start")
