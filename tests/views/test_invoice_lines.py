"""The draft editor as the desk uses it: add, change, move, remove, mend, and what happens to wrong input."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import pytest

from kostenklar.models.invoice import Invoice
from kostenklar.models.practice import Article, ProcedurePosition
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.draft_lines import LineChange, add_service
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.forms_of import fill, form_at, forms_in
from kostenklar.tests.invoice_scene import a_draft, a_session, billed_by, insured, issued, record
from kostenklar.tests.pages import BASE, said, show
from kostenklar.tests.payment_scene import a_series_draft, as_laser
from kostenklar.tests.statements import watched

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"


@pytest.fixture
def draft(backstage, cast):
    """The id of a draft that nothing stands against."""
    return backstage(a_draft, cast)


def lines_of(invoice_id):
    """(kind, number or name, quantity, net) of each line."""
    return [
        (line.kind, line.goae_number or line.service, line.quantity, str(line.net))
        for line in record(invoice_id).lines
    ]  # fmt: skip


def line_ids(invoice_id):
    return [line.id for line in session().get_one(Invoice, invoice_id).lines]


def press(client, invoice_id, line_id, what):
    """Press one of the buttons beside a line: they send the table's one form."""
    page = client.get(show(invoice_id))
    address = show(invoice_id, f"/lines/{line_id}/{what}")
    assert f'formaction="{address}"' in page.text
    _, sent = next(form for form in forms_in(page.text) if form[0].endswith("/remove"))
    return client.post(address, data=sent)


def test_a_number_leads_to_its_form_and_the_form_to_the_draft(desk, draft, backstage):
    found = desk.get(f"{BASE}/fees/search", query_string={"q": "1", "to": "invoice", "id": draft})
    assert found.location.endswith(f"/invoices/{draft}/lines/new?number=1")
    page = desk.get(found.location)
    assert "Beratung" in said(page)
    assert "80 Punkte. Faktor bis 2,3 ohne Begründung, höchstens 3,5 (§ 5 GOÄ)." in said(page)
    answer = fill(desk, found.location, clock_time="10:30", other_illness="y")
    assert answer.status_code == 303
    page = said(desk.get(answer.location))
    assert "80 Punkte × 0,0582873 € × 2,3 · auf Verlangen · 10:30 Uhr · andere Erkrankung" in page
    assert backstage(lines_of, draft) == [("goae", "740", 1, "9.52"), ("goae", "1", 1, "10.72")]


def test_without_a_number_the_search_stands_there(desk, draft):
    page = desk.get(show(draft, "/lines/new"))
    assert page.status_code == 200
    assert 'name="q"' in page.text
    assert desk.post(show(draft, "/lines/new"), data={}).status_code == 422


@pytest.mark.parametrize("number", ["9999", "ü", "A1", "'; --", "x" * 500])
def test_a_number_that_is_none_gets_a_sentence(desk, draft, number):
    page = desk.get(show(draft, "/lines/new"), query_string={"number": number})
    assert page.status_code == 422
    assert "hat im Gebührenverzeichnis" in said(page)
    assert 'name="q"' in page.text


def test_a_letter_is_found_in_small_too(desk, draft):
    page = desk.get(show(draft, "/lines/new?number=a"))
    assert "Nr. A hinzufügen" in said(page)
    assert "Fester Satz, Faktor 1,0." in said(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"factor": "0"}, "Der Faktor ist größer als null."),
        ({"factor": "2,30001"}, "zu viele Stellen"),
        ({"service_on": "01.01.2199"}, "Das Datum liegt in der Zukunft."),
        ({"service_on": "01.05.1970"}, "hat im Gebührenverzeichnis am 01.05.1970"),
        ({"service_on": "31.02.2026"}, "Diesen Tag gibt es nicht."),
        ({"quantity": "100"}, "Das ist zu viel."),
        ({"reason": "漢"}, "fehlen in der Schrift"),
    ],
)
def test_a_wrong_service_gets_a_sentence_and_keeps_what_was_typed(desk, draft, typed, sentence, backstage):
    answer = fill(desk, show(draft, "/lines/new?number=1"), **{"reason": "Zeitaufwand", **typed})
    assert answer.status_code == 422
    assert sentence in said(answer)
    (name, value), *_ = typed.items()
    assert dict(forms_in(answer.text)[0][1])[name] == value
    assert backstage(lines_of, draft) == [("goae", "740", 1, "9.52")]


@pytest.mark.parametrize("factor", ["2,3", "2.3"])
def test_the_factor_of_a_new_service_takes_comma_and_point(desk, draft, factor, backstage):
    assert fill(desk, show(draft, "/lines/new?number=1"), factor=factor).status_code == 303
    assert backstage(lines_of, draft)[1] == ("goae", "1", 1, "10.72")


def test_a_factor_of_99_is_saved_and_one_click_mends_it(desk, draft, backstage):
    fill(desk, show(draft, "/lines/new?number=1"), factor="99")
    page = desk.get(show(draft))
    assert "Rechnung ausstellen" not in page.text
    mend = next(form for form in forms_in(page.text) if form[0].endswith("/mend"))
    assert mend[1]["kind"] == "set_factor"
    answer = desk.post(mend[0], data=mend[1])
    assert answer.status_code == 303
    assert backstage(lines_of, draft)[1] == ("goae", "1", 1, "16.32")  # 3.5, still with a reason to be given


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "remove", "line": "1", "value": ""},
        {"kind": "explode", "line": "1", "value": ""},
        {"kind": "set_factor", "line": "abc", "value": "2.3"},
        {"kind": "set_factor", "line": "9999999999", "value": "2.3"},
        {"kind": "", "line": "", "value": ""},
    ],
)
def test_a_mend_that_nothing_offers_is_refused_with_a_sentence(desk, draft, backstage, sent):
    _, hidden = next(form for form in forms_in(desk.get(show(draft)).text) if form[0].endswith("/remove"))
    answer = desk.post(show(draft, "/mend"), data={**hidden, **sent})
    assert answer.status_code == 422
    assert "Am Entwurf hat sich etwas geändert" in said(answer)
    assert backstage(lines_of, draft) == [("goae", "740", 1, "9.52")]


def test_the_laser_surcharge_shows_what_it_is_a_percentage_of(desk, cast, backstage):
    backstage(insured, cast, "self_payer")
    backstage(as_laser, cast, "tattoo_laser")
    invoice_id = backstage(a_draft, cast, agreed=False)
    page = desk.get(show(invoice_id, "/lines/new?number=441"))
    assert "Zuschlag: 100 % des einfachen Satzes der Leistung davor, höchstens 67,49 €." in said(page)
    assert fill(desk, show(invoice_id, "/lines/new?number=441")).status_code == 303
    page = said(desk.get(show(invoice_id)))
    assert "100 % von 46,63 € (einfacher Satz Nr. 2440), höchstens 67,49 €" in page


def test_the_chains_reasons_are_there_to_be_picked(desk, cast, backstage, draft):
    backstage(with_reasons, cast)
    (line_id,) = backstage(line_ids, draft)
    page = desk.get(show(draft, f"/lines/{line_id}"))
    assert "Narbengewebe" in said(page)
    answer = fill(
        desk, show(draft, f"/lines/{line_id}"), factor="3,0", sample="Narbengewebe", reason="Sehr empfindlich."
    )
    assert "Begründung: Sehr empfindlich. Narbengewebe" in said(desk.get(answer.location))
    wrong = fill(desk, show(draft, f"/lines/{line_id}"), sample="erfunden")
    assert wrong.status_code == 422


def test_a_missing_reason_is_one_click_away(desk, cast, backstage, draft):
    backstage(with_reasons, cast)
    (line_id,) = backstage(line_ids, draft)
    fill(desk, show(draft, f"/lines/{line_id}"), factor="3,0")
    page = desk.get(show(draft))
    assert "Begründung „Narbengewebe“ nehmen" in said(page)
    mend = next(form for form in forms_in(page.text) if form[1].get("kind") == "set_reason")
    page = said(desk.get(desk.post(mend[0], data=mend[1]).location))
    assert "Begründung: Narbengewebe" in page
    assert "nehmen" not in page
    wrong = desk.post(mend[0], data={**mend[1], "value": "erfunden", "once": "x1"})
    assert wrong.status_code in (409, 422)


def with_reasons(cast):
    with unit_of_work():
        query = session().query(ProcedurePosition).filter_by(procedure_id=cast.procedure_id)
        for entry in query:
            entry.reasons = "Narbengewebe\n\nviele kleine Stellen\nNarbengewebe"


def test_lines_move_and_go_with_one_click(desk, draft, backstage):
    fill(desk, show(draft, "/lines/new?number=1"))
    first, second = backstage(line_ids, draft)
    page = desk.get(show(draft)).text
    assert f"/lines/{first}/up" not in page
    assert f"/lines/{second}/down" not in page
    moved = press(desk, draft, second, "up")
    assert moved.location.endswith(f"#zeile-{second}")
    assert [number for _, number, *_ in backstage(lines_of, draft)] == ["1", "740"]
    press(desk, draft, second, "down")
    press(desk, draft, second, "remove")
    assert [number for _, number, *_ in backstage(lines_of, draft)] == ["740"]


def test_who_was_slower_is_told_and_can_go_on(desk, sits, draft, backstage):
    fill(desk, show(draft, "/lines/new?number=1"))
    _, second = backstage(line_ids, draft)
    _, sent = next(form for form in forms_in(desk.get(show(draft)).text) if form[0].endswith("/remove"))
    press(sits("physician"), draft, second, "up")
    late = desk.post(show(draft, f"/lines/{second}/remove"), data=sent)
    assert late.status_code == 409
    assert "Dr. med. Henrike Seidel hat diese Seite" in said(late)
    _, again = next(form for form in forms_in(late.text) if form[0].endswith("/remove"))
    assert desk.post(show(draft, f"/lines/{second}/remove"), data=again).status_code == 303


def test_an_empty_draft_says_what_is_missing_and_takes_lines_again(desk, draft, backstage):
    (only,) = backstage(line_ids, draft)
    page = desk.get(press(desk, draft, only, "remove").location)
    assert page.status_code == 200
    assert "Die Rechnung hat noch keine Position" in said(page)
    assert "Rechnung ausstellen" not in page.text
    assert desk.get(show(draft, "/preview.pdf")).status_code < 500
    assert fill(desk, show(draft, "/lines/new?number=740")).status_code == 303
    assert fill(desk, show(draft), action=show(draft, "/issue")).status_code == 303


def test_an_expense_with_its_receipt(desk, draft, backstage):
    url = show(draft, "/lines/new?kind=expense")
    assert "Über 25,56 € liegt der Beleg der Rechnung bei" in said(desk.get(url))
    answer = fill(desk, url, service="Farbstoff", amount="30,00")
    page = said(desk.get(answer.location))
    assert "Auslage, tatsächliche Kosten (§ 10 GOÄ)" in page
    assert "30,00 €" in page
    assert "Beleg" in page
    assert "Rechnung ausstellen" not in page  # § 12(2) no. 5 GOÄ
    _, line_id = backstage(line_ids, draft)
    change = show(draft, f"/lines/{line_id}")
    answer = fill(desk, change, receipt=(io.BytesIO(PDF), "beleg.pdf"))
    page = desk.get(answer.location)
    (receipt,) = set(re.findall(r'href="([^"]+/scans/\d+)"', page.text))
    assert desk.get(receipt).data == PDF
    assert fill(desk, show(draft), action=show(draft, "/issue")).status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"service": ""}, "Was es war, fehlt noch."),
        ({"amount": ""}, "Der Betrag fehlt."),
        ({"amount": "0"}, "Das ist zu wenig."),
        ({"amount": "-5"}, "Das ist zu wenig."),
        ({"amount": "1000000"}, "Das ist zu viel."),
        ({"service_on": "01.01.2199"}, "in der Zukunft"),
        ({"receipt": (io.BytesIO(b"MZ not a scan"), "x.exe")}, "Das ist kein Scan."),
    ],
)
def test_a_wrong_expense_gets_a_sentence(desk, draft, typed, sentence, backstage):
    answer = fill(desk, show(draft, "/lines/new?kind=expense"), **{"service": "Farbstoff", "amount": "5,00", **typed})
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert len(backstage(lines_of, draft)) == 1


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


def test_goods_from_an_article_or_free(desk, draft, cast, backstage):
    article = backstage(an_article, cast)
    url = show(draft, "/lines/new?kind=goods")
    assert "Sonnenschutz LSF 50, 18,40 € netto je Stück, 19 % USt" in said(desk.get(url))
    fill(desk, url, article=str(article), quantity="2")
    fill(desk, url, service="Broschüre", price="5,00", rate="7.00")
    page = said(desk.get(show(draft)))
    assert "Ware · 2 × 18,40 € netto" in page
    assert "Netto zu 7 %" in page
    assert backstage(lines_of, draft)[1:] == [
        ("goods", "Sonnenschutz LSF 50", 2, "36.80"),
        ("goods", "Broschüre", 1, "5.00"),
    ]
    _, goods, _ = backstage(line_ids, draft)
    assert fill(desk, show(draft, f"/lines/{goods}"), quantity="1").status_code == 303
    assert backstage(lines_of, draft)[1] == ("goods", "Sonnenschutz LSF 50", 1, "18.40")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Die Bezeichnung fehlt noch."),
        ({"service": "Creme"}, "Der Betrag fehlt."),
        ({"service": "Creme", "price": "5"}, "mit wie viel Umsatzsteuer"),
        ({"service": "Creme", "price": "0", "rate": "7.00"}, "Das ist zu wenig."),
        ({"service": "Creme", "price": "5", "rate": "99"}, "Diesen Eintrag gibt es hier nicht."),
        ({"article": "999999"}, "Diesen Eintrag gibt es hier nicht."),
        ({"article": "abc"}, "Diesen Eintrag gibt es hier nicht."),
    ],
)
def test_wrong_goods_get_a_sentence(desk, draft, cast, backstage, typed, sentence):
    backstage(an_article, cast)
    answer = fill(desk, show(draft, "/lines/new?kind=goods"), **typed)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert len(backstage(lines_of, draft)) == 1


def test_goods_alone_are_sold_from_the_course(desk, cast, backstage):
    backstage(insured, cast, "self_payer")
    article = backstage(an_article, cast)
    page = desk.get(f"{BASE}/courses/{cast.course_id}")
    assert f"/courses/{cast.course_id}/goods" in page.text
    answer = fill(desk, f"{BASE}/courses/{cast.course_id}/goods", article=str(article))
    assert answer.status_code == 303
    page = desk.get(answer.location)
    assert "21,90 €" in said(page)
    assert fill(desk, answer.location, action=f"{answer.location}/issue").status_code == 303
    page = said(desk.get(answer.location))
    assert f"RE-{today().year}-0001" in page
    assert "Behandelt durch" not in page, "nobody was treated"


def test_a_draft_without_sessions_is_put_away_and_its_page_still_stands(desk, cast, draft, backstage):
    (only,) = backstage(line_ids, draft)
    press(desk, draft, only, "remove")
    goods = fill(
        desk, f"{BASE}/courses/{cast.course_id}/goods", service="Creme", price="5", rate="19.00"
    ).location.rsplit("/", 1)[1]
    for invoice_id in (draft, int(goods)):
        gone = fill(desk, show(invoice_id, "/discard"))
        page = desk.get(gone.location)
        assert page.status_code == 200
        assert "verworfen" in said(page)
        assert f"/courses/{cast.course_id}" in page.text


def test_several_sessions_are_told_apart(desk, cast, backstage):
    invoice_id = backstage(a_series_draft, cast)
    page = desk.get(show(invoice_id, "/lines/new?number=1"))
    offered = re.findall(r'<option[^>]*value="(\d+)"[^>]*>Sitzung', page.text)
    assert len(offered) == 2
    missing = fill(desk, show(invoice_id, "/lines/new?number=1"), session="")
    assert missing.status_code == 422
    for chosen in offered:
        assert fill(desk, show(invoice_id, "/lines/new?number=1"), session=chosen).status_code == 303
    assert len(backstage(days_of, invoice_id)) == 2
    assert [number for _, number, *_ in backstage(lines_of, invoice_id)] == ["740", "1", "740", "1"]


def days_of(invoice_id):
    """The days of Nr. 1: each that of its own session."""
    lines = [line for line in record(invoice_id).lines if line.goae_number == "1"]
    others = {line.treatment_id: line.service_on for line in record(invoice_id).lines if line.goae_number == "740"}
    assert all(line.service_on == others[line.treatment_id] for line in lines)
    return {line.service_on for line in lines}


def test_an_issued_invoice_leads_to_its_page(desk, draft, backstage):
    (line_id,) = backstage(line_ids, draft)
    to, sent = form_at(desk, show(draft, "/lines/new?number=1"))
    backstage(issued, draft)
    assert desk.get(show(draft, "/lines/new?number=1")).status_code == 303
    assert desk.get(show(draft, f"/lines/{line_id}")).status_code == 303
    assert desk.get(show(draft, f"/lines/{line_id}/remove")).status_code == 200
    late = desk.post(to, data=sent)
    assert late.status_code in (409, 422)
    assert "/lines/" not in desk.get(show(draft)).text


def test_a_service_sent_twice_stands_there_once(desk, draft, backstage):
    to, sent = form_at(desk, show(draft, "/lines/new?number=1"))
    assert [desk.post(to, data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(backstage(lines_of, draft)) == 2


def many_lines(cast, count):
    """The id of a draft with so many lines."""
    invoice_id = a_draft(cast)
    treatment_id = billed_by(invoice_id)
    with unit_of_work():
        for index in range(count - 1):
            clock = f"{8 + index // 60:02}:{index % 60:02}"
            change = LineChange(Decimal("2.3"), 1, "", clock, "252", other_illness=True)
            add_service(invoice_id, None, treatment_id, change)
    return invoice_id


def test_the_statements_of_the_page_do_not_grow_with_its_lines(app, desk, cast, backstage):
    small, large = backstage(a_draft, cast), backstage(many_lines, cast, 12)
    desk.get(show(small))
    with watched(app) as few:
        desk.get(show(small))
    with watched(app) as many:
        assert desk.get(show(large)).status_code == 200
    assert len(many) <= len(few)


@pytest.mark.slow
def test_300_lines_are_shown_changed_and_issued(desk, cast, backstage):
    invoice_id = backstage(many_lines, cast, 300)
    page = desk.get(show(invoice_id))
    assert page.status_code == 200
    assert page.text.count("<tr id=") == 300
    last = backstage(line_ids, invoice_id)[-1]
    assert press(desk, invoice_id, last, "up").status_code == 303
    issue = fill(desk, show(invoice_id), action=show(invoice_id, "/issue"))
    assert issue.status_code == 303
    assert desk.get(issue.location).status_code == 200


def test_more_than_999_999_euros_are_issued_or_refused_with_a_sentence(desk, draft, backstage):
    fill(desk, show(draft, "/lines/new?kind=goods"), service="Gerät", price="999.999,99", rate="19.00", quantity="999")
    page = said(desk.get(show(draft)))
    assert "1.188.809" in page
    assert "ungewöhnlich hoch. Bitte prüfen Sie Beträge und Anzahl noch einmal." in page
    answer = fill(desk, show(draft), action=show(draft, "/issue"))
    assert answer.status_code == 303
    assert "1.188.809" in said(desk.get(answer.location))
    paid = fill(desk, show(draft, "/payments"), amount="1.188.809.998,81")
    assert paid.status_code == 303
    assert "Teilweise bezahlt" in said(desk.get(show(draft)))


MINE = ("/lines/new", "/lines/{line}", "/lines/{line}/remove", "/lines/{line}/up", "/lines/{line}/down", "/mend")


def test_a_stranger_finds_nothing_and_nobody_changes_anything_without_the_token(desk, sits, cast, draft, backstage):
    (line,) = backstage(line_ids, draft)
    addresses = [show(draft, more.format(line=line)) for more in MINE]
    addresses.append(f"{BASE}/courses/{cast.course_id}/goods")
    stranger, admin = sits("reception", (cast.stranger_id,)), sits("admin")
    for address in addresses:
        assert [stranger.get(address).status_code, stranger.post(address).status_code] == [404, 404], address
        assert [admin.get(address).status_code, admin.post(address).status_code] == [403, 403], address
        assert desk.post(address, data={"version": "1", "once": "y"}).status_code >= 400, address
    assert backstage(lines_of, draft) == [("goae", "740", 1, "9.52")]


def test_the_forms_speak_english(desk, draft):
    page = desk.get(show(draft, "/lines/new?kind=goods"), headers={"Accept-Language": "en"})
    assert "Goods" in said(page)


def earlier_invoices(cast, count):
    for number in range(count):
        treatment_id = a_session(cast, session_no=number + 10)
        with unit_of_work():
            invoice_id = draft_invoice(treatment_id)
        issued(invoice_id)
    session().remove()


def test_the_statements_of_a_draft_do_not_grow_with_the_patients_earlier_invoices(app, desk, cast, draft, backstage):
    def count():
        with watched(app) as sent:
            assert desk.get(show(draft)).status_code == 200
        return len(sent)

    backstage(earlier_invoices, cast, 1)
    desk.get(show(draft))
    few = count()
    backstage(earlier_invoices, cast, 6)
    assert count() == few


def test_two_people_at_one_draft_one_issues_and_the_other_loses_nothing(desk, sits, draft, backstage):
    """Both have the draft open; whoever comes second is told, and what was typed stands there still."""
    other = sits("physician")
    to, shown = form_at(other, show(draft, "/lines/new?number=1"))
    _, issue = form_at(desk, show(draft), show(draft, "/issue"))
    _, mend = form_at(other, show(draft), show(draft, "/issue"))
    assert desk.post(show(draft, "/issue"), data=issue).status_code == 303
    assert desk.post(show(draft, "/issue"), data=issue).location == show(draft)  # the same form twice: the same result
    again = other.post(to, data=shown | {"reason": "Zeitaufwand"})
    assert again.status_code in (409, 422)
    assert other.post(show(draft, "/issue"), data=mend).status_code in (409, 422)
    number = backstage(lambda: record(draft).number)
    assert number in said(desk.get(show(draft)))
    assert backstage(lines_of, draft) == [("goae", "740", 1, "9.52")]


def test_a_physician_decides_for_one_line(sits, backstage, cast):
    physician, invoice_id = sits("physician"), backstage(a_draft, cast)
    page = physician.get(show(invoice_id))
    found = re.search(r'href="([^"]+/lines/\d+/indication)"', page.text)
    assert found
    link = found[1]
    where, values = form_at(physician, link)
    asked = physician.post(where, data=values | {"decision": "medical", "reason": ""})
    assert (asked.status_code, "Die Begründung fehlt." in said(asked)) == (422, True)
    where, values = form_at(physician, link)
    done = physician.post(where, data=values | {"decision": "medical", "reason": "Abklärung"}, follow_redirects=True)
    assert "hat entschieden: Abklärung" in said(done)
    assert "Umsatzsteuerfrei 9,52 €" in said(done)
    assert "/indication" not in sits("reception").get(show(invoice_id)).text
    assert sits("reception").get(link).status_code == 403
