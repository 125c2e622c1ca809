"""Whom a patient allows to be told, and the insurers a practice knows."""

from __future__ import annotations

import datetime as dt

import pytest

from kostenklar.models.disclosure import AuthorisedContact
from kostenklar.models.patient import Insurer
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.contacts import contacts_of
from kostenklar.plugin.sentences import sentence
from kostenklar.plugin.services.contacts import ContactData, allow_contact, revoke_contact
from kostenklar.plugin.services.insurers import InsurerData, add_insurer, change_insurer
from kostenklar.plugin.unit_of_work import unit_of_work

pytestmark = pytest.mark.usefixtures("as_reception")
DAY = dt.timedelta(days=1)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    assert all(sentence(finding) for finding in broken.value.findings)
    return [finding.code for finding in broken.value.findings]


def allowed(cast, **changes) -> int:
    data = ContactData(**{"name": "Elif Yılmaz", "scope": "costs", "allowed_on": today(), **changes})
    with unit_of_work():
        return allow_contact(cast.patient_id, None, data, today())


def test_an_allowance_holds_from_its_day_to_its_last_and_not_on_the_day_it_is_taken_back(cast):
    until = today() + 10 * DAY
    contact_id = allowed(cast, valid_until=until)
    row = contacts_of(cast.patient_id)[0]
    assert (row.holds(today() - DAY), row.holds(today()), row.holds(until), row.holds(until + DAY)) == (
        False, True, True, False,
    )  # fmt: skip
    with unit_of_work():
        revoke_contact(contact_id, None, today(), today())
    assert not contacts_of(cast.patient_id)[0].holds(today())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"allowed_on": today() + DAY}, "contact_allowed_in_future"),
        ({"valid_until": today() - DAY}, "contact_ends_before_start"),
    ],
)
def test_nothing_is_allowed_in_the_future_or_for_days_gone_by(cast, changes, code):
    with pytest.raises(RuleBroken) as broken:
        allowed(cast, **changes)
    assert codes(broken) == [code]


@pytest.mark.parametrize(
    ("on", "code"), [(today() + DAY, "contact_allowed_in_future"), (today() - DAY, "contact_ended_before_start")]
)
def test_nothing_is_taken_back_in_the_future_or_before_it_was_given(cast, on, code):
    contact_id = allowed(cast)
    with pytest.raises(RuleBroken) as broken, unit_of_work():
        revoke_contact(contact_id, None, on, today())
    assert codes(broken) == [code]


def test_nothing_is_taken_back_twice(cast):
    contact_id = allowed(cast)
    with unit_of_work():
        revoke_contact(contact_id, None, today(), today())
    with pytest.raises(RuleBroken) as broken, unit_of_work():
        revoke_contact(contact_id, None, today(), today())
    assert codes(broken) == ["contact_ended"]
    assert session().get_one(AuthorisedContact, contact_id).revoked_on == today()


def test_a_foreign_practice_is_not_there(cast):
    with pytest.raises(NotFound), unit_of_work():
        add_insurer(cast.stranger_id, InsurerData(name="Albatros", kind="pkv"))
    with pytest.raises(NotFound), unit_of_work():
        allow_contact(4711, None, ContactData(name="E", scope="costs", allowed_on=today()), today())


def test_one_name_stands_once_in_each_kind_however_it_is_written(cast):
    with unit_of_work():
        first = add_insurer(cast.practice_id, InsurerData(name="Münchner Kasse", kind="gkv"))
        add_insurer(cast.practice_id, InsurerData(name="Münchner Kasse", kind="pkv"))
    with pytest.raises(RuleBroken) as broken, unit_of_work():
        add_insurer(cast.practice_id, InsurerData(name="MUENCHNER Kasse", kind="gkv"))
    assert codes(broken) == ["insurer_double"]
    with unit_of_work():
        change_insurer(first, None, InsurerData(name="Münchner Kasse", kind="gkv", city="München"))
    assert session().get_one(Insurer, first).city == "München"


def test_a_stale_page_changes_nothing(cast):
    with unit_of_work():
        first = add_insurer(cast.practice_id, InsurerData(name="Albatros", kind="pkv"))
    with pytest.raises(StalePage), unit_of_work():
        change_insurer(first, 99, InsurerData(name="Anders", kind="pkv"))
