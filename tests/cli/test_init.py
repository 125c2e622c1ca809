"""`kostenklar init`: a real practice by questions or by options, with the forms' checks, and with its first account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from kostenklar.app import create_app
from kostenklar.app import db as own_db
from kostenklar.models.records import Physician, Practice, Procedure, Site, Staff
from kostenklar.plugin.extension import session
from kostenklar.plugin.standalone import accounts

GIVEN = {
    "--name": "Praxis Dr. Özdemir",
    "--street": "Hauptstraße 5",
    "--postcode": "50667",
    "--city": "Köln",
    "--state": "nw",
    "--tax-number": "133/8150/8159",
    "--iban": "DE02 1203 0000 0000 2020 51",
    "--title": "Dr. med.",
    "--person": "Aylin Özdemir",
    "--login": "Aylin",
}
IN_HOST = ["kostenklar", "init"]
ALONE = ["init"]


def init(app: Flask, group: list[str], changed: dict[str, str] | None = None, *more: str, typed: str = "") -> Result:
    options = [word for pair in (GIVEN | (changed or {})).items() for word in pair if pair[1]]
    silent = [] if typed else ["--no-input"]
    return app.test_cli_runner().invoke(args=[*group, *silent, *more, *options], input=typed)


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Flask]:
    """The standalone application on a fresh SQLite file without tables."""
    cheap = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
    made = create_app(
        {"KOSTENKLAR_INSTANCE": str(tmp_path / "instance"), "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": cheap}
    )
    yield made
    with made.app_context():
        own_db.engine.dispose()


def test_a_host_gets_the_practice_and_its_first_person_under_the_hosts_key(app: Flask) -> None:
    told = init(app, IN_HOST, {"--login": "user:17"}, "--physician")

    assert (told.exit_code, told.output) == (0, "Die Praxis „Praxis Dr. Özdemir“ ist angelegt.\n")
    with app.app_context():
        practice = session().scalars(select(Practice)).one()
        site = session().scalars(select(Site)).one()
        staff = session().scalars(select(Staff)).one()
        assert (practice.federal_state, practice.tax_number) == ("NW", "133/8150/8159")
        assert practice.iban == "DE02120300000000202051"
        assert (site.street, site.postcode, site.city) == ("Hauptstraße 5", "50667", "Köln")
        assert (staff.full_name, staff.actor_key, staff.employment) == ("Dr. med. Aylin Özdemir", "user:17", "owner")
        assert session().scalars(select(Physician.staff_id)).one() == staff.id
        assert len(session().scalars(select(Procedure.code)).all()) == 3


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"--tax-number": "123"}, "Diese Steuernummer passt nicht zu Nordrhein-Westfalen."),
        ({"--tax-number": "181/815/08155", "--state": "BE"}, "Diese Steuernummer passt nicht zu Berlin."),
        ({"--iban": "DE02120300000000202052"}, "Diese IBAN stimmt nicht. Bitte vergleichen Sie Ziffer für Ziffer."),
        ({"--state": "XX"}, "Diesen Eintrag gibt es hier nicht."),
        ({"--street": ""}, "Die Straße fehlt."),
        ({"--person": ""}, "Der Name fehlt."),
        ({"--name": "Praxis \u202eX"}, "unsichtbares Steuerzeichen"),
        ({"--city": "K" * 201}, "Das sind 201 Zeichen"),
    ],
)
def test_a_wrong_answer_gets_the_forms_sentence_and_nothing_is_written(
    app: Flask, changed: dict[str, str], sentence: str
) -> None:
    told = init(app, IN_HOST, changed)

    assert told.exit_code == 2
    assert sentence in told.output
    with app.app_context():
        assert session().scalars(select(Practice)).all() == []


def test_a_practice_of_this_name_is_refused_however_its_umlaut_is_written(app: Flask) -> None:
    assert init(app, IN_HOST).exit_code == 0

    again = init(app, IN_HOST, {"--name": "praxis dr. oezdemir"})

    assert again.exit_code == 2
    assert "Eine Praxis mit dem Namen „praxis dr. oezdemir“ gibt es schon." in again.output


def test_alone_the_first_person_gets_an_account_that_leads_and_treats(alone: Flask) -> None:
    told = init(alone, ALONE, None, "--physician")

    assert told.exit_code == 0, told.output
    first, second = told.output.splitlines()
    assert first == "Die Praxis „Praxis Dr. Özdemir“ ist angelegt."
    assert second.startswith("Das Passwort für aylin steht nur hier und nur dieses eine Mal: ")
    with alone.app_context():
        (account,) = accounts.all_accounts()
        assert (account.login, account.name) == ("aylin", "Dr. med. Aylin Özdemir")
        assert [role.name for role in account.roles] == ["admin", "owner", "physician"]
        assert account.practice_ids == [session().scalars(select(Practice.id)).one()]
        assert account.actor_key == session().scalars(select(Staff.actor_key)).one()


def test_what_is_not_given_is_asked_until_it_fits(alone: Flask) -> None:
    asked = dict.fromkeys(GIVEN, "")
    typed = [
        "Praxis Weiß", "", "", "Weg 1", "10115", "Berlin", "Berlin", "BE", "", "DE1", "", "", "", "", "Jo Weiß", "j w",
        "jo", "n",
    ]  # fmt: skip

    told = init(alone, ALONE, asked, typed="\n".join(typed) + "\n")

    assert told.exit_code == 0, told.output
    for sentence in ("Diesen Eintrag gibt es hier nicht.", "Diese IBAN stimmt nicht.", "Ein Anmeldename hat höchstens"):
        assert sentence in told.output
    with alone.app_context():
        assert session().scalars(select(Practice.federal_state)).one() == "BE"
        assert session().scalars(select(Physician)).all() == []
        assert [role.name for role in accounts.all_accounts()[0].roles] == ["admin", "owner"]


def test_a_taken_sign_in_name_is_refused_before_anything_is_written(alone: Flask) -> None:
    assert init(alone, ALONE).exit_code == 0

    second = init(alone, ALONE, {"--name": "Praxis B", "--login": "AYLIN"})

    assert second.exit_code == 2
    assert "Das Konto AYLIN gibt es schon." in second.output
    with alone.app_context():
        assert session().scalars(select(Practice.name)).all() == ["Praxis Dr. Özdemir"]
