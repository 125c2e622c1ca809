"""The practice edits what a session usually consists of, and sees at once what it costs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select, update

from kostenklar.models.practice import Procedure, ProcedurePosition
from kostenklar.plugin.extension import session
from kostenklar.tests.forms_of import fill, form_at, forms_in
from kostenklar.tests.statements import watched


@pytest.fixture
def here(cast):
    return f"/kostenklar/practice/procedures/{cast.procedure_id}"


def chain_of(app, cast):
    with app.app_context():
        query = select(ProcedurePosition).where(ProcedurePosition.procedure_id == cast.procedure_id)
        return [
            (each.goae_number, each.factor, each.analog_service, each.reasons)
            for each in session().scalars(query.order_by(ProcedurePosition.position))
        ]


def numbers(app, cast):
    return [number for number, *_ in chain_of(app, cast)]


def position_id(app, cast, number):
    with app.app_context():
        query = select(ProcedurePosition.id).where(
            ProcedurePosition.procedure_id == cast.procedure_id, ProcedurePosition.goae_number == number
        )
        return session().scalars(query).one()


def add(client, here, number, /, **values):
    return fill(client, f"{here}/positions/new?number={number}", **values)


def step(client, app, cast, here, number, what):
    at = f"{here}/positions/{position_id(app, cast, number)}"
    return fill(client, at if what == "remove" else here, action=f"{at}/step", what=what)


def test_the_chain_shows_its_price_with_and_without_vat(cast, owner, here):
    page = owner.get(here).text.replace("\u00a0", " ")
    for word in ("Cryopeeling", "740", "2,3", "9,52 €", "11,33 €", "Umsatzsteuer 19 %", "medizinisch", "frei"):
        assert word in page
    assert f'name="id" value="{cast.procedure_id}"' in page  # the search below adds to this chain


def test_a_number_from_the_search_is_added_with_its_usual_factor(app, cast, owner, here):
    assert add(owner, here, "1").location == here
    assert add(owner, here, "560").status_code == 303
    assert add(owner, here, "440").status_code == 303
    assert [(number, factor) for number, factor, *_ in chain_of(app, cast)] == [
        ("740", Decimal("2.3")), ("1", Decimal("2.3")), ("560", Decimal("1.8")), ("440", Decimal(1)),
    ]  # fmt: skip


def test_analogous_wording_and_reasons_are_kept(app, cast, owner, here):
    wording, reasons = "Laserbehandlung einer Tätowierung", "Tiefe Farbe\nNarbiges Gewebe"
    add(owner, here, "2440", factor="3,1", analog_service=wording, reasons=reasons)
    kept = chain_of(app, cast)[1]
    assert (kept[0], kept[1], kept[2], kept[3].splitlines()) == ("2440", Decimal("3.1"), wording, reasons.splitlines())
    page = owner.get(here).text
    assert wording in page
    assert "entsprechend Nr. 2440 GOÄ" in page.replace("\u00a0", " ")
    assert "2 Begründungen zur Auswahl" in page


def test_a_position_is_changed_moved_and_taken_out(app, cast, owner, here):
    add(owner, here, "1")
    add(owner, here, "5")
    assert fill(owner, f"{here}/positions/{position_id(app, cast, '740')}", factor="2,8").status_code == 303
    assert chain_of(app, cast)[0][1] == Decimal("2.8")
    assert step(owner, app, cast, here, "5", "up").location == here
    assert numbers(app, cast) == ["740", "5", "1"]
    step(owner, app, cast, here, "740", "down")
    assert numbers(app, cast) == ["5", "740", "1"]
    step(owner, app, cast, here, "5", "up")  # it stands first already
    assert numbers(app, cast) == ["5", "740", "1"]
    step(owner, app, cast, here, "740", "remove")
    assert numbers(app, cast) == ["5", "1"]
    assert "Nr. 740 ist aus der Kette genommen" in owner.get(here).text


def test_nr_441_stands_behind_its_operation_and_nowhere_else(app, cast, owner, here):
    """Section C VIII GOÄ: 100 % of the single rate of the operation."""
    add(owner, here, "2440")
    assert add(owner, here, "441").status_code == 303
    assert "46,63" in owner.get(here).text
    step(owner, app, cast, here, "740", "remove")
    refused = step(owner, app, cast, here, "2440", "remove")
    assert refused.status_code == 422
    assert "ist ein Zuschlag" in refused.text
    assert numbers(app, cast) == ["2440", "441"]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("number", "", "Die Nummer fehlt."),
        ("number", "9999", "Bitte prüfen Sie die Nummer."),
        ("number", "7 40x", "Bitte prüfen Sie die Nummer."),
        ("number", "x" * 11, "Platz ist für 10"),
        ("factor", "0", "größer als null"),
        ("factor", "99999", "Das ist zu viel."),
        ("factor", "zwei", "2,3"),
        ("factor", "2,34567", "2,3"),
        ("factor", "", "Der Faktor fehlt."),
        ("analog_service", "x" * 301, "Platz ist für 300"),
    ],
)
def test_a_wrong_entry_gets_a_sentence_at_its_field_and_nothing_is_lost(owner, here, field, typed, told):
    answer = add(owner, here, "1", **{"reasons": "Narben", field: typed})
    assert answer.status_code == 422
    assert told in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert forms_in(answer.text)[0][1]["reasons"] == "Narben"
    assert owner.get(here).text.count("/positions/") == 1


@pytest.mark.parametrize("typed", ["2,3", "2.3", " 2,30 "])
def test_a_factor_is_read_with_comma_and_with_point(app, cast, owner, here, typed):
    add(owner, here, "1", factor=typed)
    assert chain_of(app, cast)[1][1] == Decimal("2.3")


def test_factor_99_is_kept_and_the_page_says_what_it_needs(cast, owner, here):
    """§ 2 GOÄ: an agreement may name it; the chain alone does not make it chargeable."""
    assert add(owner, here, "1", factor="99").status_code == 303
    assert "Honorarvereinbarung vor der Leistung" in owner.get(here).text


def test_a_fixed_surcharge_keeps_its_factor(cast, owner, here):
    assert "einen festen Satz" in add(owner, here, "440", factor="2,3").text


def test_two_people_at_one_chain_do_not_overwrite_each_other(app, cast, owner, sits, here):
    to, slow = form_at(owner, f"{here}/positions/new?number=5")
    add(sits("admin"), here, "1")
    answer = owner.post(to, data=slow)
    assert answer.status_code == 409
    assert numbers(app, cast) == ["740", "1"]


def test_the_same_form_twice_adds_once(app, cast, owner, here):
    to, values = form_at(owner, f"{here}/positions/new?number=5")
    assert [owner.post(to, data=values).status_code for _ in range(2)] == [303, 303]
    assert numbers(app, cast) == ["740", "5"]


def test_a_chain_has_an_end(app, cast, owner, here):
    with app.app_context():
        for place in range(2, 21):
            session().add(
                ProcedurePosition(
                    practice_id=cast.practice_id, procedure_id=cast.procedure_id, position=place, goae_number="1",
                    factor=Decimal(1),
                )
            )  # fmt: skip
        session().commit()
    assert "höchstens 20 Leistungen" in add(owner, here, "5").text


def test_a_number_twice_is_kept_and_asked_about(app, cast, owner, here):
    assert add(owner, here, "740").status_code == 303
    assert "Nr. 740 steht schon in dieser Kette." in owner.get(here).text
    assert numbers(app, cast) == ["740", "740"]


def test_a_number_that_a_new_schedule_has_dropped_is_told_of_on_every_page(app, cast, owner, here):
    with app.app_context():
        session().execute(update(ProcedurePosition).values(goae_number="9999"))
        session().commit()
    assert "lässt sich heute nicht berechnen" in owner.get(here).text
    assert owner.get("/kostenklar/practice").status_code == 200
    assert "lässt sich heute nicht berechnen" in owner.get("/kostenklar/prices").text
    wish = owner.get(f"/kostenklar/prices/wish?procedure={cast.procedure_id}&price=80&kind=net&indication=cosmetic")
    assert wish.status_code == 422


def test_an_empty_chain_says_what_to_do(app, cast, owner, here):
    step(owner, app, cast, here, "740", "remove")
    assert "Noch keine Leistung." in owner.get(here).text
    assert owner.get("/kostenklar/practice").status_code == 200


def test_the_practices_page_lists_its_procedures_with_prices_in_a_fixed_number_of_statements(app, cast, owner):
    assert "11,33" in owner.get("/kostenklar/practice").text
    with watched(app) as before:
        owner.get("/kostenklar/practice")
    with app.app_context():
        first = procedure_of(cast)
        for extra in range(10):
            more = Procedure(
                practice_id=cast.practice_id, code=f"more{extra}", name_de=f"Mehr {extra}", name_en="", method="cryo"
            )
            more.chain = [
                ProcedurePosition(
                    practice_id=cast.practice_id, position=1, goae_number=first.goae_number, factor=first.factor
                )
            ]
            session().add(more)
        session().commit()
    with watched(app) as after:
        assert "Mehr 9" in owner.get("/kostenklar/practice").text
    assert len(after) == len(before)


def procedure_of(cast):
    return (
        session().scalars(select(ProcedurePosition).where(ProcedurePosition.procedure_id == cast.procedure_id)).first()
    )
