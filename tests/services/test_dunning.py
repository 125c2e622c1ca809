"""An unpaid invoice on its way: overdue, reminded, dunned twice, held, written off, and taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from kostenklar.models.invoice import Reminder
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient
from kostenklar.models.rules.dunning import DunningLevel
from kostenklar.models.rules.money import ZERO
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.text_version import TextVersion
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.dunning import dunning_status, next_level
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.dunning import (
    fall_overdue,
    hold_dunning,
    issue_dunning,
    record_letter_delivery,
    release_dunning,
)
from kostenklar.plugin.services.papers import bytes_of, content_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.reports.content.dunning import DunningContent
from kostenklar.tests.dunning_scene import EVERYTHING, a_late_invoice, after, dunned, handed, practice, reminded
from kostenklar.tests.invoice_scene import pdf_text, record
from kostenklar.tests.payment_scene import paid, stands

pytestmark = pytest.mark.usefixtures("as_reception")


@pytest.fixture
def invoice_id(as_reception, cast):
    """Of today, due in 14 days, handed over."""
    return a_late_invoice(cast)


def status(invoice_id, on):
    found = dunning_status(record(invoice_id), on)
    assert found
    return found


def overdue(on):
    with unit_of_work():
        return fall_overdue(on)


def moved_to(invoice_id):
    return record(invoice_id).state


def test_an_invoice_falls_overdue_the_day_after_its_day_and_only_once(invoice_id):
    assert overdue(after(14)) == 0
    assert overdue(after(15)) == 1
    assert overdue(after(15)) == 0
    assert moved_to(invoice_id) == "overdue"


def test_a_part_payment_leaves_it_late_and_the_rest_settles_it(invoice_id):
    overdue(after(15))
    paid(invoice_id, "5.00")
    assert stands(invoice_id) == ("overdue", Decimal("5.00"))
    paid(invoice_id, "6.33")
    assert stands(invoice_id) == ("paid", Decimal("11.33"))


def test_reminder_and_both_letters_each_with_a_paper_of_its_own_number(invoice_id):
    overdue(after(15))
    levels = []
    for day in (20, 40, 60):
        level = next_level(record(invoice_id))
        letter = reminded(invoice_id, after(day)) if not level else dunned(invoice_id, level, after(day), *EVERYTHING)
        levels.append(letter.level)
        handed(letter, after(day))
    assert levels == [0, 1, 2]
    assert next_level(record(invoice_id)) is None
    assert moved_to(invoice_id) == "reminded"
    numbers = session().scalars(select(IssuedPaper.number).where(IssuedPaper.kind == "dunning").order_by("id")).all()
    assert [number[:3] for number in numbers] == ["MA-", "MA-"]
    assert list(problems()) == []


def test_par_286_3_bgb_interest_runs_from_the_thirty_first_day_after_receipt(invoice_id):
    assert status(invoice_id, after(30)).interest.amount == 0
    since = status(invoice_id, after(60)).claim.default_since
    assert since is not None
    assert after(31) <= since <= after(35)  # the thirtieth day may be a Sunday or a holiday
    letter = dunned(invoice_id, 1, after(400), *EVERYTHING)
    assert letter.in_default_since == since
    assert letter.interest > Decimal("0.50")  # 11.33 euros for a year at more than six per cent
    content = content_of(session().get_one(IssuedPaper, letter.paper_id))
    assert isinstance(content, DunningContent)
    assert content.demand == letter.open_amount + letter.interest


def test_without_a_noted_hand_over_nothing_but_what_is_open_is_asked_for(cast, as_reception):
    invoice_id = a_late_invoice(cast, delivered=False)
    with pytest.raises(RuleBroken, match="dunning_without_delivery"):
        dunned(invoice_id, 1, after(60), "dunning_skips_level")
    letter = dunned(invoice_id, 1, after(60), *EVERYTHING)
    assert letter.in_default_since is None
    assert (letter.interest, letter.fee) == (ZERO, ZERO)
    text = pdf_text(bytes_of(letter.paper_id)[0])
    assert "können Sie in Verzug geraten" in text
    assert "Verzugszinsen" not in text


def test_par_286_3_bgb_an_invoice_that_does_not_say_so_brings_no_default(cast, as_reception):
    with unit_of_work():
        session().add(
            TextVersion(
                practice_id=cast.practice_id, key="notice.default286", language="de", shipped=False, sha256="0" * 64,
                body="Bitte zahlen Sie bis {pay_by}.", valid_from=dt.date(2020, 1, 1),
            )
        )  # fmt: skip
    invoice_id = a_late_invoice(cast)
    assert status(invoice_id, after(90)).claim.default_since is None


def test_par_286_1_bgb_a_received_dunning_letter_brings_default_after_its_day(cast, as_reception):
    invoice_id = a_late_invoice(cast, delivered=False)
    letter = dunned(invoice_id, 1, after(20), *EVERYTHING)
    assert status(invoice_id, after(60)).claim.default_since is None
    handed(letter, after(21))
    assert status(invoice_id, after(60)).claim.default_since == after(35)


def test_par_309_no_5_bgb_only_the_second_letter_may_cost_and_only_in_default(invoice_id, cast):
    practice(cast, dunning_fee=Decimal("2.50"))
    assert dunned(invoice_id, 1, after(60), *EVERYTHING).fee == 0
    second = dunned(invoice_id, 2, after(90), *EVERYTHING)
    assert second.fee == Decimal("2.50")
    assert "2,50 €" in pdf_text(bytes_of(second.paper_id)[0])


def test_a_second_letter_that_itself_causes_default_costs_nothing(cast, as_reception):
    practice(cast, dunning_fee=Decimal("2.50"))
    invoice_id = a_late_invoice(cast, delivered=False)
    assert dunned(invoice_id, 2, after(60), *EVERYTHING).fee == 0


def test_a_letter_before_the_day_is_refused(invoice_id):
    with pytest.raises(RuleBroken, match="dunning_before_due"):
        dunned(invoice_id, 1, after(14), *EVERYTHING)
    assert session().scalar(select(func.count(Reminder.id))) == 0


def test_a_letter_waits_for_the_one_before_and_for_its_turn(invoice_id):
    with pytest.raises(RuleBroken, match="dunning_skips_level"):
        dunned(invoice_id, 1, after(40))
    reminded(invoice_id, after(40))
    with pytest.raises(RuleBroken, match="reminder_again"):
        dunned(invoice_id, 1, after(45))
    assert dunned(invoice_id, 1, after(51), "base_rate_awaited").level == DunningLevel.FIRST


def test_a_hold_stops_every_letter_until_it_is_lifted(invoice_id):
    with unit_of_work():
        hold_dunning(invoice_id, None, after(90), "Die Versicherung prüft noch.", today())
    for write in (lambda: reminded(invoice_id, after(60)), lambda: dunned(invoice_id, 1, after(60), *EVERYTHING)):
        with pytest.raises(RuleBroken, match="reminder_on_hold"):
            write()
    with unit_of_work():
        release_dunning(invoice_id, None)
    assert reminded(invoice_id, after(60)).level == 0


def test_a_hold_in_the_past_and_for_a_paid_invoice_is_refused(invoice_id):
    with pytest.raises(RuleBroken, match="hold_day_past"), unit_of_work():
        hold_dunning(invoice_id, None, after(-1), "Grund", today())
    paid(invoice_id, "11.33")
    with pytest.raises(RuleBroken, match="reminder_nothing_open"), unit_of_work():
        hold_dunning(invoice_id, None, after(5), "Grund", today())


def test_what_is_paid_or_cancelled_is_not_dunned(invoice_id):
    paid(invoice_id, "11.33")
    with pytest.raises(RuleBroken, match="reminder_nothing_open"):
        dunned(invoice_id, 1, after(60), *EVERYTHING)
    assert dunning_status(record(invoice_id), after(60)) is None


def test_who_duns_from_an_old_page_is_told(invoice_id):
    version = record(invoice_id).version
    paid(invoice_id, "5.00")
    with pytest.raises(StalePage), unit_of_work():
        issue_dunning(invoice_id, version, 1, after(70), after(60), confirmed=EVERYTHING)


def test_a_letter_that_cannot_be_printed_draws_no_number(invoice_id, cast):
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).last_name = "漢字"
    with pytest.raises(RuleBroken, match="characters_missing"):
        dunned(invoice_id, 1, after(60), *EVERYTHING)
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).last_name = "Kanji"
    letter = dunned(invoice_id, 1, after(60), *EVERYTHING)
    assert session().get_one(IssuedPaper, letter.paper_id).number.endswith("-0001")


def test_a_hand_over_is_noted_once_and_not_before_the_letter(invoice_id):
    letter = dunned(invoice_id, 1, after(60), *EVERYTHING)
    with pytest.raises(RuleBroken, match="delivered_before_issue"):
        handed(letter, after(59))
    handed(letter, after(61))
    with pytest.raises(RuleBroken, match="letter_delivered"):
        handed(letter, after(62))
    with pytest.raises(NotFound), unit_of_work():
        record_letter_delivery(987654, today(), "paper")


def test_an_english_patient_is_dunned_in_english(invoice_id, cast):
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).language = "en"
    text = pdf_text(bytes_of(dunned(invoice_id, 2, after(400), *EVERYTHING).paper_id)[0])
    assert "Second dunning letter for invoice" in text
    assert "section 288(1) BGB" in text


def test_a_claim_of_three_years_ago_is_said_to_be_barred(invoice_id):
    last = dt.date(today().year + 3, 12, 31)
    assert status(invoice_id, after(60)).limitation == last
    codes = [finding.code for finding in status(invoice_id, last + dt.timedelta(1)).findings]
    assert codes[0] == "claim_barred"


def test_letters_and_their_moves_say_who_and_when(invoice_id):
    letter = dunned(invoice_id, 1, after(60), *EVERYTHING)
    assert letter.recorded_by == "Sabine Krüger" or letter.recorded_by
    assert abs(letter.recorded_at - now()) < dt.timedelta(minutes=5)
