"""What the desk changes in a draft's lines: services, surcharges, expenses, goods, their order and their price."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kostenklar.models.course import Course
from kostenklar.models.practice import Article, Practice
from kostenklar.models.rules.mends import Mend, MendKind, mends
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin import blobs
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.forms.scan import Scan
from kostenklar.plugin.queries.draft_choices import sessions_for
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.queries.invoice_pages import invoice_page
from kostenklar.plugin.services.draft_lines import LineChange, add_service, change_line, move_line, remove_line
from kostenklar.plugin.services.draft_mends import mend_line
from kostenklar.plugin.services.expenses_and_goods import (
    ExpenseData,
    GoodsData,
    add_expense,
    add_goods,
    change_expense,
    change_goods,
    draft_goods,
)
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import discard_invoice, draft_invoice, reissue_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_draft, a_session, billed_by, insured, issued, paper_text, record
from kostenklar.tests.payment_scene import a_series_draft, as_laser

pytestmark = pytest.mark.usefixtures("as_reception")
FACTOR = Decimal("2.3")
RECEIPT = Scan(b"%PDF-1.4 receipt", "application/pdf")


def service(number, **values):
    return LineChange(**{"factor": FACTOR, "quantity": 1, "reason": "", "clock_time": "", "number": number, **values})


def surcharge(number):
    return service(number, factor=Decimal(1))


def add(invoice_id, change, treatment_id=0):
    with unit_of_work():
        add_service(invoice_id, None, treatment_id or billed_by(invoice_id), change)


def numbers(invoice_id):
    """The numbers in their order, each with its amount."""
    lines = record(invoice_id).lines
    assert [line.position for line in lines] == list(range(1, len(lines) + 1))
    return [(line.goae_number or line.service, str(line.net)) for line in lines]


def codes(invoice_id):
    return [finding.code for finding in draft_of(record(invoice_id), today()).findings]


@pytest.fixture
def laser(cast):
    """The id of a draft for one session of a laser series, a self-payer's."""
    insured(cast, "self_payer")
    as_laser(cast, "tattoo_laser")
    return a_draft(cast, agreed=False)


def line_id(invoice_id, number):
    return next(line.id for line in record(invoice_id).lines if line.goae_number == number)


def test_a_service_is_added_with_its_points_and_its_amount(cast):
    invoice_id = a_draft(cast)
    add(invoice_id, service("1", clock_time="10:30", other_illness=True))
    assert numbers(invoice_id) == [("740", "9.52"), ("1", "10.72")]
    line = record(invoice_id).lines[1]
    assert (line.points, line.service_on, line.clock_time, line.other_illness) == (80, today(), "10:30", True)
    assert line.service.startswith("Beratung")
    assert (line.indication, line.on_demand, line.vat_rate) == ("cosmetic", True, Decimal(19))


def test_nr_441_goes_behind_the_operation_and_costs_its_single_rate(laser):
    """The vector of domain 1.3: 1 + 5 + 2440 x 2.3 each, and 441, make 175.32 net."""
    for number in ("1", "5"):
        if number not in dict(numbers(laser)):
            add(laser, service(number))
    add(laser, surcharge("441"))
    found = numbers(laser)
    places = [number for number, _ in found]
    assert places.index("441") == places.index("2440") + 1
    assert dict(found)["441"] == "46.63"
    assert sum(Decimal(amount) for _, amount in found) == Decimal("175.32")


def test_the_vector_of_domain_1_3_is_issued_at_175_32_and_33_31_and_208_63_and_cancelled_by_the_same(laser):
    """From the chain over the desk's lines to number, paper and exact negative."""
    for number in ("1", "5"):
        if number not in dict(numbers(laser)):
            add(laser, service(number))
    add(laser, surcharge("441"))
    invoice = issued(laser)
    sums = (Decimal("175.32"), Decimal("33.31"), Decimal("208.63"))
    assert (invoice.net_total, invoice.vat_total, invoice.gross_total) == sums
    text = paper_text(invoice).replace("\u00a0", " ")
    for part in (
        "A 2440", "441", "46,63 €", "107,25 €", "Summe netto 175,32 €", "zuzüglich 19 % Umsatzsteuer 33,31 €",
        "Rechnungsbetrag 208,63 €", "entsprechend Nr. 2440 GOÄ", "auf Verlangen erbracht, § 1 Abs. 2 S. 2 GOÄ",
    ):  # fmt: skip
        assert part in text, part
    with unit_of_work():
        cancelled = cancel_invoice(laser, None, "Falscher Empfänger", today())
    assert (cancelled.net_total, cancelled.vat_total, cancelled.gross_total) == tuple(-each for each in sums)
    assert "Stornobetrag -208,63 €" in paper_text(cancelled).replace("\u00a0", " ")


def test_nr_441_follows_its_operation_when_that_becomes_another(laser):
    add(laser, surcharge("441"))
    with unit_of_work():
        change_line(laser, None, line_id(laser, "2440"), service("2886"))
    assert dict(numbers(laser))["441"] == "67.49"  # 132 DM at most


def test_nr_441_is_never_left_without_its_operation(laser):
    add(laser, surcharge("441"))
    with pytest.raises(RuleBroken, match="surcharge_needs_operation"), unit_of_work():
        remove_line(laser, None, line_id(laser, "2440"))
    with unit_of_work():
        for _ in range(len(record(laser).lines)):
            if record(laser).lines[0].goae_number == "2440":
                break
            move_line(laser, None, line_id(laser, "2440"), up=True)
    with pytest.raises(RuleBroken, match="surcharge_needs_operation"), unit_of_work():
        move_line(laser, None, line_id(laser, "441"), up=True)
    with unit_of_work():
        remove_line(laser, None, line_id(laser, "441"))
    assert "441" not in dict(numbers(laser))


def test_nr_441_alone_gets_a_sentence(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        remove_line(invoice_id, None, record(invoice_id).lines[0].id)
    with pytest.raises(RuleBroken, match="surcharge_needs_operation"), unit_of_work():
        add_service(invoice_id, None, an_open_session(invoice_id), surcharge("441"))


def an_open_session(invoice_id):
    return sessions_for(invoice_id, record(invoice_id).course_id)[0].id


@pytest.mark.parametrize("day", [dt.date(1970, 5, 1), dt.date(1899, 1, 1)])
def test_before_the_schedule_no_number_has_an_amount(cast, day):
    invoice_id = a_draft(cast)
    with pytest.raises(RuleBroken, match="position_unknown"), unit_of_work():
        add_service(invoice_id, None, billed_by(invoice_id), service("1", service_on=day))
    assert numbers(invoice_id) == [("740", "9.52")]


def test_lines_change_places_and_stop_at_the_ends(cast):
    invoice_id = a_draft(cast)
    add(invoice_id, service("1"))
    with unit_of_work():
        move_line(invoice_id, None, line_id(invoice_id, "1"), up=True)
    assert [number for number, _ in numbers(invoice_id)] == ["1", "740"]
    with unit_of_work():
        move_line(invoice_id, None, line_id(invoice_id, "1"), up=False)
    assert [number for number, _ in numbers(invoice_id)] == ["740", "1"]
    for number, up in (("740", True), ("1", False)):
        with pytest.raises(RuleBroken, match="line_at_end"), unit_of_work():
            move_line(invoice_id, None, line_id(invoice_id, number), up=up)


def test_a_line_is_added_to_a_session_of_the_draft_only(cast):
    invoice_id = a_series_draft(cast)
    stranger = a_session(cast, session_no=9)
    with pytest.raises(RuleBroken, match="session_not_here"), unit_of_work():
        add_service(invoice_id, None, stranger, service("1"))
    first = record(invoice_id).lines[0].treatment_id
    add(invoice_id, service("1"), first)
    assert [line.treatment_id == first for line in record(invoice_id).lines] == [True, True, False]


def test_a_draft_without_lines_is_refused_with_a_sentence_and_can_be_filled_again(cast):
    invoice_id = a_draft(cast)
    treatment_id = billed_by(invoice_id)
    with unit_of_work():
        remove_line(invoice_id, None, record(invoice_id).lines[0].id)
    assert "invoice_without_lines" in codes(invoice_id)
    with pytest.raises(RuleBroken, match="invoice_without_lines"):
        issued(invoice_id)
    add(invoice_id, service("740"), treatment_id)
    assert issued(invoice_id).gross_total == Decimal("11.33")


def test_a_session_that_went_to_another_draft_meanwhile_does_not_come_back(cast):
    first = a_draft(cast)
    treatment_id = billed_by(first)
    with unit_of_work():
        remove_line(first, None, record(first).lines[0].id)
    with unit_of_work():
        assert draft_invoice(treatment_id) != first
    with pytest.raises(RuleBroken, match="session_not_here"), unit_of_work():
        add_service(first, None, treatment_id, service("740"))


def test_par_10_goae_an_expense_shares_the_vat_of_its_service(cast):
    invoice_id = a_draft(cast)
    data = ExpenseData("Farbstoff", Decimal("25.56"), today())
    with unit_of_work():
        add_expense(invoice_id, None, billed_by(invoice_id), data)
    assert numbers(invoice_id) == [("740", "9.52"), ("Farbstoff", "25.56")]
    line = record(invoice_id).lines[1]
    assert (line.kind, line.on_demand, line.vat_rate, line.points) == ("expense", False, Decimal(19), 0)
    assert "expense_receipt_missing" not in codes(invoice_id)
    invoice = issued(invoice_id)
    assert (invoice.net_total, invoice.gross_total) == (Decimal("35.08"), Decimal("41.75"))


def test_par_12_goae_above_25_56_the_receipt_is_asked_for_and_kept(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        add_expense(invoice_id, None, billed_by(invoice_id), ExpenseData("Farbstoff", Decimal("25.57"), today()))
    assert "expense_receipt_missing" in codes(invoice_id)
    line = record(invoice_id).lines[1]
    with unit_of_work():
        change_expense(invoice_id, None, line.id, ExpenseData("Farbstoff", Decimal("25.57"), today(), RECEIPT))
    with unit_of_work():  # without a new one it stays
        change_expense(invoice_id, None, line.id, ExpenseData("Farbstoff rot", Decimal("25.57"), today()))
    assert "expense_receipt_missing" not in codes(invoice_id)
    kept = record(invoice_id).lines[1]
    assert kept.service == "Farbstoff rot"
    assert kept.receipt_id
    assert blobs.get(kept.receipt_id) == (RECEIPT.content, "application/pdf")


def an_article(cast, **values):
    with unit_of_work():
        article = Article(
            **{
                "practice_id": cast.practice_id, "name": "Sonnenschutz LSF 50", "net_price": Decimal("18.40"),
                "vat_rate": Decimal(19), **values,
            }
        )  # fmt: skip
        session().add(article)
        session().flush()
        return article.id


def test_goods_bring_price_and_vat_from_their_article_or_from_what_was_typed(cast):
    invoice_id, article = a_draft(cast), an_article(cast)
    with unit_of_work():
        add_goods(invoice_id, None, GoodsData(2, today(), article))
        add_goods(invoice_id, None, GoodsData(1, today(), None, "Broschüre", Decimal("5.00"), Decimal(7)))
    assert numbers(invoice_id) == [("740", "9.52"), ("Sonnenschutz LSF 50", "36.80"), ("Broschüre", "5.00")]
    lines = record(invoice_id).lines
    assert [(line.kind, line.vat_rate, line.treatment_id is None) for line in lines[1:]] == [
        ("goods", Decimal(19), True), ("goods", Decimal(7), True),
    ]  # fmt: skip
    totals = draft_of(record(invoice_id), today()).totals
    assert totals
    assert [(group.rate, group.amount.net, group.amount.vat) for group in totals.groups] == [
        (Decimal("19.00"), Decimal("46.32"), Decimal("8.80")), (Decimal(7), Decimal("5.00"), Decimal("0.35")),
    ]  # fmt: skip
    assert issued(invoice_id).gross_total == Decimal("60.47")


def test_what_is_typed_wins_over_the_article(cast):
    invoice_id, article = a_draft(cast), an_article(cast)
    with unit_of_work():
        add_goods(invoice_id, None, GoodsData(1, today(), article, price=Decimal("15.00")))
    goods = record(invoice_id).lines[1]
    with unit_of_work():
        change_goods(invoice_id, None, goods.id, GoodsData(3, today(), goods.article_id, "Creme", Decimal("15.00")))
    assert numbers(invoice_id)[1] == ("Creme", "45.00")


def test_another_practices_article_is_not_there(cast):
    invoice_id = a_draft(cast)
    article = an_article(cast)
    with unit_of_work():
        session().get_one(Article, article).practice_id = cast.stranger_id
    with pytest.raises(RuleBroken, match="article_gone"), unit_of_work():
        add_goods(invoice_id, None, GoodsData(1, today(), article))


def test_par_19_ustg_goods_of_a_small_business_carry_no_vat(cast):
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).vat_regime = "small_business"
    invoice_id = a_draft(cast)
    with unit_of_work():
        add_goods(invoice_id, None, GoodsData(1, today(), None, "Creme", Decimal("10.00"), Decimal(19)))
    invoice = issued(invoice_id)
    assert (invoice.vat_total, invoice.gross_total) == (Decimal("0.00"), Decimal("19.52"))
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Anderer Preis", today())
        session().get_one(Practice, cast.practice_id).vat_regime = "standard"
    with unit_of_work():
        again = reissue_invoice(invoice_id, None)
    assert issued(again).vat_total == Decimal("3.71")  # 19 per cent of 19.52, goods and service alike


def test_goods_alone_make_an_invoice_for_a_course(cast):
    with unit_of_work():
        invoice_id = draft_goods(cast.course_id, GoodsData(2, today(), an_article(cast)))
    assert [code for code in codes(invoice_id) if code not in ("above_cost_notice", "above_estimate")] == []
    invoice = issued(invoice_id)
    assert (invoice.net_total, invoice.gross_total) == (Decimal("36.80"), Decimal("43.79"))
    text = paper_text(invoice)
    assert "Sonnenschutz LSF 50" in text
    for hidden in ("Cryopeeling", "Behandlung", "auf Verlangen"):  # who buys a cream tells nobody why
        assert hidden not in text
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Zurückgegeben", today())
    with unit_of_work():
        again = reissue_invoice(invoice_id, None)
    assert numbers(again) == [("Sonnenschutz LSF 50", "36.80")]
    assert issued(again).gross_total == Decimal("43.79")


def test_goods_alone_name_no_diagnosis(cast):
    insured(cast, "pkv_full")
    with unit_of_work():
        session().get_one(Course, cast.course_id).diagnosis = "Lentigo solaris"
        invoice_id = draft_goods(cast.course_id, GoodsData(1, today(), an_article(cast)))
    assert "diagnosis_missing" not in codes(invoice_id)
    assert "Lentigo" not in paper_text(issued(invoice_id))


def test_goods_do_not_count_as_a_session_of_the_estimate(cast):
    invoice_id = a_draft(cast)
    before = invoice_page(invoice_id, today()).head.sessions
    with unit_of_work():
        add_goods(invoice_id, None, GoodsData(1, today(), None, "Creme", Decimal("1.00"), Decimal(19)))
    assert (before, invoice_page(invoice_id, today()).head.sessions) == (1, 1)


def test_goods_are_not_compared_with_the_cost_information(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        add_goods(invoice_id, None, GoodsData(1, today(), None, "Creme", Decimal("99.00"), Decimal(19)))
    assert "above_cost_notice" not in codes(invoice_id)


def test_the_page_says_how_each_amount_came_about(laser):
    add(laser, surcharge("441"))
    with unit_of_work():
        add_goods(laser, None, GoodsData(2, today(), None, "Creme", Decimal("4.00"), Decimal(7)))
    rows = invoice_page(laser, today()).lines
    extra = next(row for row in rows if row.number == "441")
    assert extra.base is not None
    assert (extra.base.number, extra.base.amount) == ("2440", Decimal("46.63"))
    goods = rows[-1]
    assert (goods.kind, goods.number, goods.single, goods.rate) == ("goods", "", Decimal("4.00"), Decimal(7))


def test_one_click_mends_what_a_finding_offers_and_nothing_else(cast):
    insured(cast, "self_payer")
    invoice_id = a_draft(cast, agreed=False)
    line = record(invoice_id).lines[0]
    with unit_of_work():
        change_line(invoice_id, None, line.id, service("", factor=Decimal("3.5")))
    assert "factor_needs_reason" in codes(invoice_id)
    for wrong in (
        Mend(MendKind.SET_FACTOR, 1, "1.7"),
        Mend(MendKind.SET_FACTOR, 2, "2.3"),
        Mend(MendKind.REMOVE, 1),
        Mend(MendKind.SET_FACTOR, 1, "abc"),
    ):
        with pytest.raises(RuleBroken, match="draft_changed"), unit_of_work():
            mend_line(invoice_id, None, wrong, today())
    with unit_of_work():
        assert mend_line(invoice_id, None, Mend(MendKind.SET_FACTOR, 1, "2.3"), today()) == line.id
    assert numbers(invoice_id) == [("740", "9.52")]
    assert "factor_needs_reason" not in codes(invoice_id)


def test_every_mend_that_the_rules_offer_answers_its_finding(cast, laser):
    """441 in the wrong place and twice, 740 at a factor of 9: each first offer makes its finding go."""
    add(laser, service("740", factor=Decimal(9)))
    add(laser, surcharge("441"))
    add(laser, surcharge("441"))
    for _ in range(10):
        found = draft_of(record(laser), today()).findings
        offers = [(finding, mends(finding)[0]) for finding in found if mends(finding)]
        if not offers:
            break
        finding, offer = offers[0]
        with unit_of_work():
            mend_line(laser, None, offer, today())
        left = [(each.code, dict(each.facts)) for each in draft_of(record(laser), today()).findings]
        assert (finding.code, dict(finding.facts)) not in left, offer
    else:
        pytest.fail("the mends do not come to an end")


def test_an_issued_invoice_takes_no_line_any_more(cast):
    invoice_id = a_draft(cast)
    treatment_id, first = billed_by(invoice_id), record(invoice_id).lines[0].id
    issued(invoice_id)
    for act in (
        lambda: add_service(invoice_id, None, treatment_id, service("1")),
        lambda: add_goods(invoice_id, None, GoodsData(1, today(), None, "x", Decimal(1), Decimal(19))),
        lambda: add_expense(invoice_id, None, treatment_id, ExpenseData("x", Decimal(1), today())),
        lambda: remove_line(invoice_id, None, first),
        lambda: move_line(invoice_id, None, first, up=True),
        lambda: mend_line(invoice_id, None, Mend(MendKind.REMOVE, 1), today()),
    ):
        with pytest.raises(StepNotAllowed), unit_of_work():
            act()


def test_a_stale_page_adds_nothing(cast):
    invoice_id = a_draft(cast)
    version = record(invoice_id).version
    add(invoice_id, service("1"))
    with pytest.raises(StalePage), unit_of_work():
        add_service(invoice_id, version, billed_by(invoice_id), service("5"))
    with pytest.raises(NotFound), unit_of_work():
        remove_line(invoice_id, None, 999_999)


def test_an_empty_draft_can_be_discarded(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        remove_line(invoice_id, None, record(invoice_id).lines[0].id)
    with unit_of_work():
        discard_invoice(invoice_id, None)
    assert invoice_page(invoice_id, today()).gross == 0
