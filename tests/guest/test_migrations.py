"""The stranger's migrations propose nothing about our tables, and ours touch nothing of the stranger's."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, insert, inspect, text

from kostenklar.models import schema, triggers
from kostenklar.models.records import Insurer
from kostenklar.plugin.extension import extension

GUIDE = Path(__file__).parents[2] / "docs" / "host.md"
# its own template of env.py asks the old way
FLASK_MIGRATE = pytest.mark.filterwarnings("ignore:'get_engine' is deprecated:DeprecationWarning")


class Developer:
    """Types `flask db …` and `flask kostenklar …` for an appointment book."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.folder = Path(app.config["MIGRATIONS"])

    def types(self, words: str) -> str:
        done = self.app.test_cli_runner().invoke(args=words.split())
        assert done.exit_code == 0, done.exception or done.output
        return done.output

    def begins(self) -> None:
        self.types("db init")
        env = self.folder / "env.py"  # but leaves the log of the test run alone
        env.write_text(env.read_text().replace("fileConfig(config.config_file_name)", ""))

    def gives_include_name(self) -> None:
        """Writes into env.py what the guide says."""
        told = GUIDE.read_text().partition("# migrations/env.py\n")[2].partition("```")[0]
        imported, _, configured = told.strip().partition("\n\n")
        env = self.folder / "env.py"
        lines = env.read_text()
        start, end = lines.rindex("        context.configure("), lines.rindex("        with context.begin_transaction")
        new = "".join(f"        {line}\n" for line in configured.splitlines())
        env.write_text(f"{imported}\n{lines[:start]}{new}{lines[end:]}")

    def is_proposed(self) -> str:
        """What `flask db migrate` writes; "" where it finds nothing to do."""
        before = set((self.folder / "versions").glob("*.py"))
        self.types("db migrate")
        new = set((self.folder / "versions").glob("*.py")) - before
        return new.pop().read_text() if new else ""


@pytest.fixture
def developer(open_book: Callable[..., Flask], database_url: str, tmp_path: Path) -> Developer:
    """Before the first migration: our tables are there, the stranger's are not."""
    app = open_book(database_url, MIGRATIONS=str(tmp_path / "migrations"))
    forget_its_tables(app)
    return Developer(app)


def forget_its_tables(app: Flask) -> None:
    with app.app_context():
        extension().db.drop_all()


@FLASK_MIGRATE
def test_with_include_name_it_proposes_its_own_tables_and_then_nothing(developer: Developer) -> None:
    developer.begins()
    developer.gives_include_name()
    first = developer.is_proposed()
    assert "op.create_table('patient'" in first
    assert "kostenklar" not in first
    developer.types("db upgrade")
    developer.types("kostenklar upgrade")
    assert developer.is_proposed() == ""
    with developer.app.app_context():
        names = set(inspect(extension().db.engine).get_table_names())
    assert {"patient", "user", "alembic_version", "kostenklar_patient", "kostenklar_alembic_version"} <= names


@FLASK_MIGRATE
def test_without_it_the_next_migration_would_drop_our_tables(developer: Developer) -> None:
    developer.begins()
    assert "op.drop_table('kostenklar_patient')" in developer.is_proposed()


@FLASK_MIGRATE
def test_it_may_be_given_to_flask_migrate_as_well(
    open_book: Callable[..., Flask], mounted_url: str, tmp_path: Path
) -> None:
    app = open_book(mounted_url, MIGRATIONS=str(tmp_path / "migrations"), TELLS_FLASK_MIGRATE=True)
    forget_its_tables(app)
    developer = Developer(app)
    developer.begins()
    first = developer.is_proposed()
    assert "op.create_table('patient'" in first
    assert "kostenklar" not in first


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database in which nobody has made a table yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    admin = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    name = f"kk_blank_{uuid.uuid4().hex[:8]}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.format(name=name)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def engine(open_book: Callable[..., Flask], blank_url: str) -> Iterator[Engine]:
    """The stranger's engine, its tables filled, its own alembic_version in place; nothing of ours yet."""
    app = open_book(blank_url)
    with app.app_context():
        found = extension().db.engine
        with found.begin() as connection:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
            connection.execute(text("INSERT INTO alembic_version VALUES ('theirs')"))
            connection.execute(text("INSERT INTO patient (nickname) VALUES ('Momo')"))
        yield found


def test_our_upgrade_touches_nothing_of_its_own(engine: Engine) -> None:
    before = its_things(engine)
    for _ in range(2):
        schema.upgrade(engine)
    assert its_things(engine) == before
    with engine.connect() as connection:
        assert schema.current(connection) == schema.HEAD
        assert triggers.differences(connection) == []


def test_all_that_our_upgrade_makes_bears_our_name(engine: Engine) -> None:
    with engine.connect() as connection:
        before = all_names(connection)
    schema.upgrade(engine)
    with engine.connect() as connection:
        new = all_names(connection) - before
    assert len(new) > 100
    assert [name for name in new if "kostenklar" not in name] == []


def test_its_create_all_and_drop_all_pass_by_our_tables(engine: Engine) -> None:
    schema.upgrade(engine)
    db = extension().db
    db.drop_all()
    assert set(its_things(engine)) == {"alembic_version"}
    db.create_all()
    with engine.connect() as connection:
        assert schema.current(connection) == schema.HEAD
        assert triggers.differences(connection) == []


def its_things(engine: Engine) -> dict[str, object]:
    """Columns, keys, indexes and rows of each table that is not ours."""
    found = inspect(engine)
    with engine.connect() as connection:
        return {
            name: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(name)],
                (found.get_pk_constraint(name), found.get_foreign_keys(name), found.get_indexes(name)),
                connection.execute(text(f'SELECT * FROM "{name}"')).all(),
            )
            for name in found.get_table_names()
            if not name.startswith("kostenklar")
        }


def all_names(connection: Connection) -> set[str]:
    """Tables, indexes, sequences, triggers, functions and types."""
    queries = ["SELECT name FROM sqlite_master"]
    if connection.dialect.name == "postgresql":
        mine = "pg_namespace n ON n.oid = {} WHERE n.nspname = 'public'"
        queries = [
            "SELECT relname FROM pg_class JOIN " + mine.format("relnamespace"),
            "SELECT proname FROM pg_proc JOIN " + mine.format("pronamespace"),
            "SELECT typname FROM pg_type JOIN " + mine.format("typnamespace"),
            "SELECT conname FROM pg_constraint JOIN " + mine.format("connamespace"),
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT extname FROM pg_extension",
        ]
    return {name for query in queries for (name,) in connection.execute(text(query))}


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.fixture
def careless(open_book: Callable[..., Flask], tmp_path: Path) -> Iterator[Engine]:
    """A stranger on SQLite that never switched foreign keys on, with a row of its own that points nowhere."""
    app = open_book(f"sqlite:///{tmp_path / 'careless.db'}", PRAGMAS=())
    with app.app_context():
        found = extension().db.engine
        with found.begin() as connection:
            connection.execute(text("INSERT INTO appointment (day, patient_id) VALUES ('2026-03-01', 999)"))
        yield found


def test_rows_of_its_own_that_point_nowhere_do_not_stop_our_upgrade(careless: Engine) -> None:
    schema.upgrade(careless)
    with careless.connect() as connection:
        assert schema.current(connection) == schema.HEAD


def test_a_row_of_ours_that_points_nowhere_does(careless: Engine) -> None:
    schema.upgrade(careless)
    with careless.begin() as connection:
        connection.execute(insert(Insurer).values(practice_id=999, name="Kasse", kind="gkv"))
    with pytest.raises(RuntimeError, match="kostenklar_insurer"):
        schema.upgrade(careless)


@pytest.mark.parametrize("wanted", [0, 1])
def test_its_connections_have_foreign_keys_as_it_wants_them_after_our_upgrade(
    open_book: Callable[..., Flask], tmp_path: Path, wanted: int
) -> None:
    app = open_book(f"sqlite:///{tmp_path / 'theirs.db'}", PRAGMAS=(f"foreign_keys={wanted}",))
    with app.app_context():
        engine = extension().db.engine
        schema.upgrade(engine)
        with engine.connect() as connection:
            assert pragma(connection, "foreign_keys") == wanted
