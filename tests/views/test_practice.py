"""The practice enters what it is, where it is, who works there, and its devices."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kostenklar.models.practice import Device, Physician, Practice, Site, Staff
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.letterheads import physicians
from kostenklar.tests.forms_of import fill, forms_in, typed_into

HERE = "/kostenklar/practice"


def shown(html):
    """The values that stand in the page's form."""
    return forms_in(html)[0][1]


def ask(app, statement):
    with app.app_context():
        return session().scalar(statement)


def the_practice(app, cast):
    with app.app_context():
        return session().get_one(Practice, cast.practice_id)


def test_everything_stands_on_one_page(cast, owner):
    page = owner.get(HERE).text
    for word in (
        "Hautpraxis am Lindenhof", "DE02 1203 0000 0000 2020 51", "214/5810/4711", "Nordrhein-Westfalen", "Lindenhof 4",
        "Dr. med. Henrike Seidel", "Kältesonde flach 5 mm", "Regelbesteuerung",
    ):  # fmt: skip
        assert word in page
    assert "Das fehlt noch" not in page


def test_a_practice_that_has_just_opened_sees_what_it_lacks(cast, sits):
    page = sits("owner", practices=(cast.stranger_id,)).get(HERE).text
    for word in ("Steuernummer oder USt-IdNr. fehlt", "IBAN fehlt", "noch keine Ärztin", "noch kein Gerät"):
        assert word in page


def test_the_settings_are_written(app, cast, owner):
    answer = fill(
        owner, f"{HERE}/edit", name="Hautpraxis Neu", vat_regime="small_business", iban="DE89 3704 0044 0532 0130 00",
        bic="cobadeffxxx", vat_id="de 136695976", payment_days="14", consent_months="6", account_holder="Dr. Lindner",
    )  # fmt: skip
    assert (answer.status_code, answer.location) == (303, HERE)
    kept = the_practice(app, cast)
    assert (kept.name, kept.vat_regime, kept.iban) == ("Hautpraxis Neu", "small_business", "DE89370400440532013000")
    assert (kept.bic, kept.vat_id, kept.payment_days, kept.consent_months) == ("COBADEFFXXX", "DE136695976", 14, 6)


def test_only_the_owner_lets_an_agreement_be_signed_on_a_screen(app, cast, owner, sits):
    fill(owner, f"{HERE}/edit", tablet_minutes="20", sign_agreement_on_screen="y")
    kept = the_practice(app, cast)
    assert (kept.tablet_minutes, kept.sign_agreement_on_screen) == (20, True)
    admin = sits("admin")
    assert "sign_agreement_on_screen" not in admin.get(f"{HERE}/edit").text
    fill(admin, f"{HERE}/edit", tablet_minutes="25")
    kept = the_practice(app, cast)
    assert (kept.tablet_minutes, kept.sign_agreement_on_screen) == (25, True)
    fill(admin, f"{HERE}/edit", sign_agreement_on_screen="y")  # a field that the admin's page does not have
    fill(owner, f"{HERE}/edit", sign_agreement_on_screen=None)
    fill(admin, f"{HERE}/edit", sign_agreement_on_screen="y")
    assert not the_practice(app, cast).sign_agreement_on_screen


def test_the_top_bar_reads_the_new_name_at_once(cast, owner):
    assert "Hautpraxis am Lindenhof" in owner.get("/kostenklar/").text
    fill(owner, f"{HERE}/edit", name="Hautpraxis Neu")
    page = owner.get("/kostenklar/").text
    assert "Hautpraxis Neu" in page
    assert "am Lindenhof" not in page


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "", "Der Name der Praxis fehlt."),
        ("iban", "DE02 1203 0000 0000 2020 52", "Diese IBAN stimmt nicht."),
        ("iban", "abc", "Diese IBAN stimmt nicht."),
        ("bic", "COBA", "Diese BIC stimmt nicht."),
        ("vat_id", "DE136695977", "Diese USt-IdNr. stimmt nicht."),
        ("vat_id", "ATU12345675", "Diese USt-IdNr. stimmt nicht."),
        ("tax_number", "12", "passt nicht zu Nordrhein-Westfalen"),
        ("federal_state", "BE", "passt nicht zu Berlin"),
        ("account_holder", "x" * 71, "Platz ist für 70"),
        ("payment_days", "-1", "Eine Zahl unter null passt hier nicht."),
        ("payment_days", "1,5", "ganze Zahl"),
        ("consent_months", "0", "mindestens 1"),
        ("vat_regime", "none", "Diesen Eintrag gibt es hier nicht."),
    ],
)
def test_a_wrong_entry_gets_a_sentence(app, cast, owner, field, typed, told):
    answer = fill(owner, f"{HERE}/edit", **{"legal_form": "GbR", field: typed})
    assert answer.status_code == 422
    assert told in answer.text
    assert shown(answer.text)["legal_form"] == "GbR"
    assert the_practice(app, cast).legal_form == ""


def test_two_people_in_the_settings_do_not_overwrite_each_other(app, cast, owner, sits):
    slow = typed_into(owner.get(f"{HERE}/edit").text, bank_name="Langsame Bank")
    fill(sits("admin"), f"{HERE}/edit", bank_name="Schnelle Bank")
    answer = owner.post(f"{HERE}/edit", data=slow)
    assert answer.status_code == 409
    assert "Nils Petersen hat diese Seite um" in answer.text
    assert the_practice(app, cast).bank_name == "Schnelle Bank"


def test_a_physician_is_entered_and_stands_in_the_letterhead(app, cast, owner):
    answer = fill(
        owner, f"{HERE}/staff/new", title="Dr. med.", name="Eva Brandt", physician="y", may_override="y",
        specialty="Hautkrankheiten", nisv_kind="Fachärztin", nisv_issuer="Ärztekammer", nisv_on="1.3.21",
        actor_key="user:brandt",
    )  # fmt: skip
    assert answer.status_code == 303
    with app.app_context():
        assert "Dr. med. Eva Brandt" in physicians(cast.practice_id)
        staff = session().scalars(select(Staff).where(Staff.name == "Eva Brandt")).one()
        assert staff.actor_key == "user:brandt"
        assert staff.physician
        assert staff.physician.may_override


def test_a_person_changes_and_leaves(app, cast, owner):
    url = f"{HERE}/staff/{cast.physician_id}"
    assert shown(owner.get(url).text)["nisv_on"] == "01.03.2021"
    assert fill(owner, url, engaged_to="31.12.2026", may_override=None).status_code == 303
    assert ask(app, select(Physician.may_override).where(Physician.staff_id == cast.physician_id)) is False
    assert fill(owner, url, physician=None).status_code == 303
    assert ask(app, select(Physician.id).where(Physician.staff_id == cast.physician_id)) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Der Name fehlt."),
        ({"actor_key": "user:sabine"}, "Dieser Zugang gehört schon zu Sabine Krüger."),
        ({"engaged_from": "2.1.26", "engaged_to": "1.1.26"}, "Das Ende liegt vor dem Anfang."),
        ({"nisv_kind": "Fachärztin"}, "Das Datum des Nachweises fehlt."),
        ({"nisv_kind": "Fachärztin", "nisv_on": "1.1.2199"}, "liegt in der Zukunft"),
    ],
)
def test_a_person_entered_wrongly_gets_a_sentence(app, owner, typed, told):
    answer = fill(owner, f"{HERE}/staff/new", **({"name": "Eva Brandt"} | typed))
    assert answer.status_code == 422
    assert told in answer.text
    assert ask(app, select(Staff.id).where(Staff.name == "Eva Brandt")) is None


def test_people_without_a_sign_in_do_not_get_in_each_others_way(app, owner):
    for name in ("Eva Brandt", "Ute Brandt"):
        assert fill(owner, f"{HERE}/staff/new", name=name).status_code == 303


def test_a_device_is_entered_with_its_limits(app, cast, owner):
    answer = fill(
        owner, f"{HERE}/devices/new", name="Sonde 2", method="cryo", temperature_min="-89", temperature_max="−20,5",
        seconds_max="30", cycles_max="3", safety_check_due="1.1.2027",
    )  # fmt: skip
    assert answer.status_code == 303
    limits = ask(app, select(Device.limits).where(Device.name == "Sonde 2"))
    assert limits == {"temperature_min": -89, "temperature_max": "-20.5", "seconds_max": 30, "cycles_max": 3}
    device_id = ask(app, select(Device.id).where(Device.name == "Sonde 2"))
    again = shown(owner.get(f"{HERE}/devices/{device_id}").text)
    assert (again["temperature_max"], again["cycles_max"], again["seconds_max"]) == ("-20,5", "3", "30")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Die Bezeichnung des Geräts fehlt."),
        ({"method": ""}, "fehlt die Auswahl"),
        ({"temperature_min": "-20", "temperature_max": "-89"}, "liegt unter der niedrigsten"),
        ({"seconds_max": "abc"}, "Das ist keine Zahl."),
    ],
)
def test_a_device_entered_wrongly_gets_a_sentence(owner, typed, told):
    answer = fill(owner, f"{HERE}/devices/new", **({"name": "Sonde 2", "method": "cryo"} | typed))
    assert answer.status_code == 422
    assert told in answer.text


def test_a_device_never_goes_to_another_practices_site(app, cast, owner):
    foreign = ask(app, select(Site.id).where(Site.practice_id == cast.stranger_id))
    answer = fill(owner, f"{HERE}/devices/new", name="Sonde 2", method="cryo", site_id=str(foreign))
    assert answer.status_code == 422


def test_a_second_site_is_added_and_changed(app, cast, owner):
    values = {"name": "Nord", "street": "Weg 2", "postcode": "50733", "city": "Köln"}
    assert fill(owner, f"{HERE}/sites/new", **values).status_code == 303
    site_id = ask(app, select(Site.id).where(Site.name == "Nord"))
    assert fill(owner, f"{HERE}/sites/{site_id}", telephone="0221 2").status_code == 303
    assert ask(app, select(Site.telephone).where(Site.id == site_id)) == "0221 2"


def test_only_owner_and_administration_come_here(sits):
    for role, status in {"reception": 403, "physician": 403, "owner": 200, "admin": 200, None: 401}.items():
        assert sits(role).get(HERE).status_code == status
        assert sits(role).get(f"{HERE}/staff/new").status_code == status


def test_foreign_people_sites_and_devices_are_not_there(cast, sits):
    stranger = sits("owner", practices=(cast.stranger_id,))
    for path in (f"staff/{cast.physician_id}", f"devices/{cast.device_id}", f"sites/{cast.site_id}"):
        assert stranger.get(f"{HERE}/{path}").status_code == 404


def test_a_laser_is_entered_with_its_limits(app, owner):
    answer = fill(
        owner, f"{HERE}/devices/new", name="Laser 2", method="laser", wavelength_min="532", wavelength_max="1064",
        fluence_max="12,5", spot_min="2", spot_max="8", repetition_max="10", pulses_max="2000",
    )  # fmt: skip
    assert answer.status_code == 303
    assert ask(app, select(Device.limits).where(Device.name == "Laser 2")) == {
        "wavelength_min": 532, "wavelength_max": 1064, "fluence_max": "12.5", "spot_min": 2, "spot_max": 8,
        "repetition_max": 10, "pulses_max": 2000,
    }  # fmt: skip


def test_limits_of_a_laser_that_run_backwards_are_asked_back(owner):
    wrong = fill(
        owner, f"{HERE}/devices/new", name="Laser 2", method="laser", wavelength_min="1064", wavelength_max="532"
    )
    assert wrong.status_code == 422
    assert "Der größte Wert liegt unter dem kleinsten." in wrong.text
