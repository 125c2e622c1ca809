"""The PDF of each procedure's consent: the patient's own risks where the facts ask for them, and only there."""

from __future__ import annotations

import pytest

from kostenklar.models.catalogue import facts
from kostenklar.models.consent import Consent
from kostenklar.models.course import Course, Lesion
from kostenklar.models.patient import Patient
from kostenklar.models.practice import Procedure
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.gate_facts import gate_of, gate_of_course
from kostenklar.plugin.services import treatments
from kostenklar.plugin.services.consents import ConsentPlan, discard_consent, prepare_consent
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.tests.invoice_scene import pdf_text
from kostenklar.tests.laser_scene import a_laser_course
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_consent, a_plan, done, fresh

CLAUSES = {
    "skin_dark": {"de": "Hauttyp V oder VI", "en": "skin type V or VI"},
    "skin_sensitive": {"de": "Ihre Haut ist sehr empfindlich", "en": "your skin is very sensitive"},
    "ink_darkens": {"de": "zuerst eine kleine Probestelle", "en": "a small test spot first"},
}
WANTED = {
    "cryopeeling": {"skin_sensitive"},
    "pigment_laser": {"skin_dark", "skin_sensitive"},
    "tattoo_laser": {"skin_dark", "skin_sensitive", "ink_darkens"},
}


def skin(cast: Cast, skin_type: int | None, *, sensitive: bool = False) -> None:
    def change() -> None:
        patient = session().get_one(Patient, cast.patient_id)
        patient.skin_type, patient.skin_sensitive = skin_type, sensitive

    done(change)


def course_of(cast: Cast, procedure: str, *, darkens: bool) -> Cast:
    """The cast before a course of the procedure; only a tattoo has inks."""
    if procedure == "cryopeeling":
        return cast
    tattoo = procedure == "tattoo_laser"
    return a_laser_course(
        cast, procedure, kind="tattoo" if tattoo else "pigment_spot", ink_colours="black" if tattoo else "",
        ink_may_darken=darkens and tattoo,
    )  # fmt: skip


def issued(cast: Cast, language: str = "de") -> tuple[Consent, str]:
    plan = ConsentPlan(3, today(), language)  # type: ignore[arg-type]  # de or en
    consent = done(lambda: prepare_consent(cast.course_id, None, plan, today()))
    return consent, " ".join(pdf_text(bytes_of(consent.paper_id)[0]).split())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("procedure", sorted(WANTED))
def test_each_clause_stands_on_the_paper_of_the_patient_who_needs_it(
    cast: Cast, as_reception: Actor, procedure: str, language: str
) -> None:
    skin(cast, 5, sensitive=True)
    consent, text = issued(course_of(cast, procedure, darkens=True), language)
    assert set(consent.risk_clauses.split(",")) == WANTED[procedure]
    for clause, said in CLAUSES.items():
        assert (said[language] in text) == (clause in WANTED[procedure]), clause
    belonging = [fact for fact in facts() if procedure in fact.procedures and "consent" in fact.papers]
    for phrase in (phrase for fact in belonging for phrase in fact.phrases[language]):
        assert phrase in text, phrase


@pytest.mark.parametrize("procedure", sorted(WANTED))
def test_no_clause_stands_on_the_paper_of_another_patient(cast: Cast, as_reception: Actor, procedure: str) -> None:
    skin(cast, 4)
    consent, text = issued(course_of(cast, procedure, darkens=False))
    assert consent.risk_clauses == ""
    assert not any(said["de"] in text for said in CLAUSES.values())


def item(cast: Cast, treatment_id: int) -> tuple[str, list[str], str] | None:
    session().expire_all()
    found = {each.code: each for each in gate_of(fresh(treatment_id), today())}
    row = found.get("consent_risks")
    return (row.state.value, [finding.code for finding in row.findings], row.stops.value) if row else None


def test_facts_that_came_after_the_consent_warn_until_a_new_one_is_signed(cast: Cast, as_reception: Actor) -> None:
    tattoo = a_laser_course(cast)
    a_consent(tattoo)
    treatment_id = a_plan(tattoo)
    assert item(tattoo, treatment_id) is None
    skin(cast, 6)
    done(lambda: setattr(session().get_one(Lesion, tattoo.lesion_id), "ink_may_darken", True))
    lacking = ["consent_lacks_skin_dark", "consent_lacks_ink_darkens", "test_spot_missing"]
    assert item(tattoo, treatment_id) == ("open", lacking, "nothing")
    a_consent(tattoo)
    assert item(tattoo, treatment_id) == ("done", ["test_spot_missing"], "nothing")


def test_the_warning_can_be_released_by_a_physician(cast: Cast, as_reception: Actor) -> None:
    tattoo = a_laser_course(cast)
    a_consent(tattoo)
    treatment_id = a_plan(tattoo)
    skin(cast, 6)
    found = treatments.releasable(gate_of(fresh(treatment_id), today()), "consent_risks")
    assert found.override.value == "physician"


def test_a_prepared_sheet_without_the_clause_warns_too(cast: Cast, as_reception: Actor) -> None:
    tattoo = a_laser_course(cast)
    consent, _ = issued(tattoo)
    skin(cast, 5)
    session().expire_all()
    codes = {each.code: each for each in gate_of_course(tattoo.course_id, today())}
    assert codes["consent_risks"].findings[0].code == "consent_lacks_skin_dark"
    done(lambda: discard_consent(consent.id, None, "Hauttyp fehlte"))
    session().expire_all()
    assert "consent_risks" not in {each.code for each in gate_of_course(tattoo.course_id, today())}
    assert session().get_one(Procedure, session().get_one(Course, tattoo.course_id).procedure_id).method == "laser"


@pytest.mark.parametrize(("language", "said"), [("de", "(Farben: schwarz, rot)"), ("en", "(colours: black, red)")])
def test_the_colours_of_a_tattoo_stand_beside_its_site(
    cast: Cast, as_reception: Actor, language: str, said: str
) -> None:
    course = a_laser_course(cast, "tattoo_laser", kind="tattoo", ink_colours="black,red", ink_may_darken=False)
    assert said in issued(course, language)[1]
