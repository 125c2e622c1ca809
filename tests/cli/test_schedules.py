"""`kostenklar schedules load` says what it loaded, or every fault with its row."""

from __future__ import annotations

from importlib.resources import files

import pytest

SHIPPED = files("kostenklar.models.catalogue").joinpath("goae.csv").read_text("utf-8")


@pytest.fixture
def run(app, tmp_path):
    def load(text, name="GOÄ neu", starts="01.07.2027"):
        file = tmp_path / "schedule.csv"
        file.write_text(text, "utf-8")
        given = ["kostenklar", "schedules", "load", str(file), "--name", name, "--valid-from", starts]
        return app.test_cli_runner().invoke(args=given)

    return load


def listed(app):
    return app.test_cli_runner().invoke(args=["kostenklar", "schedules", "list"]).output


def test_it_says_what_was_loaded_what_ended_and_what_wants_a_look(app, run):
    answer = run(SHIPPED)
    assert answer.exit_code == 0, answer.output
    for word in ("Geladen: 2844 Leistungen", "„GOÄ 1982“ gilt noch bis zum Tag davor", "(2): 2518, 2542"):
        assert word in answer.output
    assert listed(app).replace("\u00a0", " ").splitlines()[0].startswith("GOÄ 1982: 01.01.1983 – 30.06.2027, 2844")


def test_an_error_in_row_1700_is_named_and_nothing_is_loaded(app, run):
    lines = SHIPPED.splitlines()
    lines[1699] = lines[1699].replace(lines[1699].split(",")[1], "viele", 1)
    answer = run("\n".join(lines))
    assert answer.exit_code == 1
    assert "Es wurde nichts geladen." in answer.output
    assert "Zeile 1700: Die Punktzahl „viele“ ist keine ganze Zahl über null." in answer.output
    assert listed(app).count("\n") == 1


def test_many_faults_are_counted_and_the_first_ones_shown(run):
    head, *rows = SHIPPED.splitlines()
    answer = run("\n".join([head, *(row + ",zu,viel" for row in rows)]))
    assert "und 2824 weitere Fehler" in answer.output


def test_a_name_in_use_gets_a_sentence(run):
    assert "gibt es schon" in run(SHIPPED, "GOÄ 1982").output
    assert run(SHIPPED, starts="morgen").exit_code == 2
