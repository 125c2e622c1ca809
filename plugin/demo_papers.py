"""One of each paper as a file, most in both languages: of eight of the demo's patients, in a database of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from ..models.paper import IssuedPaper
from . import blobs
from .cli import bring_up_to_date
from .config import read_settings
from .demo import load_demo
from .demo_plot import FOR_PAPERS
from .extension import Extension, extension, session
from .keys import new_key_line, read_keys


def write_papers(folder: Path) -> list[Path]:
    """Write <kind>.<language>.pdf for what there is, and return the paths in order. The folder is made if needed."""
    with _throw_away_house():
        load_demo(FOR_PAPERS)
        papers = {
            f"{paper.kind}.{paper.language}.pdf": blobs.opened(paper.blob)
            for paper in session().scalars(select(IssuedPaper).order_by(IssuedPaper.id))
        }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in papers.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in sorted(papers)]


@contextmanager
def _throw_away_house() -> Iterator[None]:
    """A database of its own that is gone afterwards: no practice has to be set up, and no page is shown."""
    from flask_sqlalchemy import SQLAlchemy

    with tempfile.TemporaryDirectory(prefix="kostenklar-") as name:
        app = Flask("papers")
        keys = Path(name) / "papers.keys"
        keys.write_text(new_key_line("demo"))
        app.config.update(
            SQLALCHEMY_DATABASE_URI=f"sqlite:///{name}/papers.sqlite3",
            KOSTENKLAR_KEYS_FILE=str(keys),
        )
        database = SQLAlchemy(app)
        app.extensions["kostenklar"] = Extension(
            db=database,
            who=lambda: None,
            settings=read_settings(app.config),
            keys=read_keys(keys),
            typed=lambda _request: None,
        )
        with app.app_context():
            bring_up_to_date()
            yield
            session().remove()
            extension().db.engine.dispose()
