"""What is told on the telephone before anybody looked, and the factor for a price somebody has in mind."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import delete, select

from kostenklar.models.practice import Practice, Procedure, ProcedurePosition
from kostenklar.plugin.extension import session

HERE = "/kostenklar/prices"
WISH = "/kostenklar/prices/wish"


def page(client, address, **asked):
    answer = client.get(address, query_string=asked)
    return answer.status_code, answer.text.replace("\u00a0", " ")


def procedure(app, code):
    with app.app_context():
        return session().scalars(select(Procedure.id).where(Procedure.code == code)).first()


def test_the_desk_reads_a_price_with_vat_and_says_that_it_binds_nobody(cast, desk):
    status, text = page(desk, HERE, procedure=cast.procedure_id, least="2", most="4")
    assert status == 200
    for word in (
        "Cryopeeling: Eine Sitzung kostet voraussichtlich 11,33 €, darin 19 % Umsatzsteuer (1,81 €).",
        "Bei 2 bis 4 Sitzungen sind das zusammen 22,66 € bis 45,32 €.", "unverbindlich", "Kostenvoranschlag",
        "71 Punkte × 0,0582873 €",
    ):  # fmt: skip
        assert word in text


def test_the_page_opens_with_the_first_kind_of_treatment(cast, desk):
    assert "voraussichtlich 11,33 €" in page(desk, HERE)[1]


def test_a_medical_treatment_and_a_small_business_pay_no_vat(app, cast, desk):
    text = page(desk, HERE, procedure=cast.procedure_id, indication="medical", least="1", most="1")[1]
    assert "9,52 €, umsatzsteuerfrei als Heilbehandlung" in text
    with app.app_context():
        session().get_one(Practice, cast.practice_id).vat_regime = "small_business"
        session().commit()
    text = page(desk, HERE, procedure=cast.procedure_id)[1]
    assert "9,52 €, umsatzsteuerfrei als Kleinunternehmer" in text


def test_the_area_of_a_laser_session_gives_the_number(app, cast, desk):
    """BÄK recommendation of 2002: up to 7 cm² 2440, up to 21 cm² 2885, above 2886."""
    tattoo = procedure(app, "tattoo_laser")
    for area, number, gross in (("", "2440", "127,63"), ("7", "2440", "127,63"), ("7,5", "2885", "177,08")):
        text = page(desk, HERE, procedure=tattoo, area=area, least="1", most="1")[1]
        assert f"<td>{number}</td>" in text
        assert f"{gross} €" in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"area": "groß"}, "4,5"),
        ({"area": "-1"}, "unter null"),
        ({"least": "0"}, "mindestens 1"),
        ({"most": "51"}, "höchstens 50"),
        ({"least": "4", "most": "2"}, "weniger Sitzungen"),
        ({"procedure": "999999"}, "gibt es hier nicht"),
        ({"procedure": "x"}, "gibt es hier nicht"),
        ({"indication": "undecided"}, "gibt es hier nicht"),
    ],
)
def test_a_wrong_question_gets_a_sentence(cast, desk, asked, told):
    status, text = page(desk, HERE, **({"procedure": cast.procedure_id, "least": "1", "most": "1"} | asked))
    assert status == 422
    assert told in text
    assert "voraussichtlich" not in text


def test_a_chain_that_is_empty_is_told_of(app, cast, desk):
    with app.app_context():
        session().execute(delete(ProcedurePosition))
        session().commit()
    assert "noch keine Leistungskette" in page(desk, HERE)[1]
    with app.app_context():
        session().execute(delete(Procedure).where(Procedure.practice_id == cast.stranger_id))
        session().commit()
    assert page(desk, HERE)[0] == 200


def test_another_practices_treatment_is_not_priced(cast, sits):
    stranger = sits("reception", (cast.stranger_id,))
    assert page(stranger, HERE, procedure=cast.procedure_id)[0] == 422
    assert page(stranger, WISH, procedure=cast.procedure_id, price="80", kind="net", indication="cosmetic")[0] != 500


def test_the_telephone_and_the_course_lead_here(cast, desk):
    assert 'href="/kostenklar/prices"' in desk.get("/kostenklar/telephone").text
    assert f"/kostenklar/prices?procedure={cast.procedure_id}" in desk.get(f"/kostenklar/courses/{cast.course_id}").text


def test_a_wished_price_leads_to_a_factor_and_to_what_speaks_against_it(cast, desk):
    status, text = page(desk, WISH, procedure=cast.procedure_id, price="80", kind="gross", indication="cosmetic")
    assert status == 200
    for word in ("80,00 €", "krummer Faktor", "versteckte Pauschale", "Honorarvereinbarung", "unwirksam"):
        assert word in text
    text = page(desk, WISH, number="740", price="11,33", kind="gross", indication="cosmetic")[1]
    assert "<strong>2,3</strong>" in text
    assert "keine" in text


def test_the_wish_page_opens_without_complaint_from_a_link(cast, desk):
    for asked in ({}, {"number": "740"}, {"procedure": cast.procedure_id}):
        status, text = page(desk, WISH, **asked)
        assert status == 200
        assert "fehler-titel" not in text


def test_with_several_services_the_dearest_is_moved_unless_another_one_is_chosen(app, cast, desk):
    tattoo = procedure(app, "tattoo_laser")
    with app.app_context():
        session().add(
            ProcedurePosition(
                practice_id=cast.practice_id, procedure_id=tattoo, position=2, goae_number="1", factor=Decimal("2.3")
            )
        )
        session().commit()
    asked = {"procedure": tattoo, "price": "150", "kind": "net", "indication": "cosmetic"}
    text = page(desk, WISH, **asked)[1]
    assert "Die anderen Leistungen behalten ihren Faktor." in text
    assert "<strong>3,0</strong>" in text
    assert "<strong>9,2</strong>" in page(desk, WISH, **asked, line="1")[1]
    assert "kosten allein schon mehr" in page(desk, WISH, **(asked | {"price": "50"}), line="1")[1]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"number": "9999", "price": "80"}, "gibt es in der heutigen GOÄ nicht"),
        ({"number": "740", "price": ""}, "Der Wunschpreis fehlt."),
        ({"number": "740", "price": "0"}, ""),
        ({"number": "740", "price": "viel"}, "1.251,78"),
        ({"number": "740", "price": "9999999"}, "Das ist zu viel."),
        ({"number": "440", "price": "80"}, "festen Satz"),
        ({"number": "441", "price": "80"}, "ist ein Zuschlag"),
        ({"number": "740", "price": "80", "kind": "x"}, "gibt es hier nicht"),
        ({"number": "740", "price": "80", "line": "7"}, "80,00 €"),
        ({"number": "740", "price": "80", "procedure": "999999"}, "gibt es hier nicht"),
        ({"price": "80"}, "Bitte wählen Sie eine Behandlungsart"),
    ],
)
def test_a_wrong_wish_gets_a_sentence(cast, desk, asked, told):
    status, text = page(desk, WISH, **({"kind": "gross", "indication": "cosmetic"} | asked))
    assert status in (200, 422)
    assert told in text
