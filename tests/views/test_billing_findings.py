"""What the rules say of a bill reaches the desk: on the draft page and before an estimate."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from kostenklar.models.estimate import Estimate
from kostenklar.models.practice import ProcedurePosition
from kostenklar.models.rules.checks import RULES, check_bill
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries import invoice_drafts
from kostenklar.plugin.sentences import sentence
from kostenklar.plugin.texts import use_language
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.estimate_scene import with_chain
from kostenklar.tests.forms_of import fill
from kostenklar.tests.invoice_scene import a_draft
from kostenklar.tests.rules.bills import EXAMPLES

BASE = "/kostenklar"


def said(answer):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))).replace("\u00a0", " ")


def about_the_only_line(finding):
    here = {name: "1" for name in ("line", "other_line", "after") if name in finding.facts}
    return replace(finding, facts={**finding.facts, **here})


def test_every_code_of_the_table_has_its_sentence_on_the_draft_page(app, desk, cast, backstage, monkeypatch):
    invoice_id = backstage(a_draft, cast)
    said_of = [each for code, bill in EXAMPLES.items() for each in check_bill(bill) if each.code == code]
    found = [about_the_only_line(each) for each in said_of]
    assert {each.code for each in found} == {code for rule in RULES for code in rule.codes}
    monkeypatch.setattr(invoice_drafts, "check_bill", lambda _bill: found)
    page = said(desk.get(f"{BASE}/invoices/{invoice_id}"))
    with app.test_request_context("/"):
        use_language("de")
        missing = [each.code for each in found if sentence(each).replace("\u00a0", " ") not in page]
    assert missing == []


def estimates():
    """[(number, net), ...] of the lines of each estimate."""
    return [[(line.goae_number, str(line.net)) for line in found.lines] for found in session().query(Estimate)]


def chained(cast, *numbers):
    with_chain(cast, "cryopeeling", *((number, "") for number in numbers))


def test_a_chain_that_cannot_be_charged_is_said_before_the_estimate_is_issued(desk, cast, backstage):
    backstage(chained, cast, "5", "7")
    url = f"{BASE}/courses/{cast.course_id}/estimate"
    assert "Nr. 5 und Nr. 7 stehen nicht nebeneinander" in said(desk.get(url))
    answer = fill(desk, url)
    assert "Nr. 5 und Nr. 7 stehen nicht nebeneinander" in said(answer)
    assert backstage(estimates) == []


def test_a_chain_with_a_laser_surcharge_is_estimated_with_its_percentage(desk, cast, backstage):
    backstage(chained, cast, "2441", "441")
    answer = fill(desk, f"{BASE}/courses/{cast.course_id}/estimate", lines__1__factor="1")
    assert answer.status_code == 303, said(answer)
    assert backstage(estimates) == [[("2441", "53.62"), ("441", "23.31")]]


def test_a_warning_stops_no_estimate(desk, cast, backstage):
    def crooked():
        with unit_of_work():
            for entry in session().query(ProcedurePosition):
                entry.factor = type(entry.factor)("2.25")

    backstage(crooked)
    url = f"{BASE}/courses/{cast.course_id}/estimate"
    assert "mehr als eine Nachkommastelle" in said(desk.get(url))
    fill(desk, url)
    assert len(backstage(estimates)) == 1
