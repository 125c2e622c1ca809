"""The pages of the tablet and of the desk: a paper goes out by a code, is read and signed, and comes back."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kostenklar.models.consent import Consent
from kostenklar.models.signing import PaperSigning, Signature
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.consents import discard_consent
from kostenklar.tests.forms_of import fill, form_at, forms_in
from kostenklar.tests.host import client_of
from kostenklar.tests.people import Cast
from kostenklar.tests.signing_scene import SIGNED, a_handed_notice, a_waiting_consent, make_minor
from kostenklar.tests.treatment_scene import a_talk, done

SHEET = "/kostenklar/tablet/paper"
NAME = "Yılmaz-Hofer"


class Desk:
    """The desk with a waiting consent, and the tablets that people bring."""

    def __init__(self, app: Flask, cast: Cast, sits: Any, language: str = "de") -> None:
        self.app, self.cast = app, cast
        self.person = sits("reception")
        self.consent_id = self.does(lambda: a_waiting_consent(cast, language))
        self.page = f"/kostenklar/consents/{self.consent_id}/signed"
        self.shown = ""
        self.code = ""

    def does(self, action: Any) -> Any:
        key, name, own = self.cast.keys["reception"], self.cast.names["reception"], [self.cast.practice_id]
        with self.app.app_context(), acting_as(key, name=name, roles=["reception"], practices=own):
            return action()

    def offer(self, noun: str = "consent", record_id: int = 0) -> str:
        """Press "Auf das Tablet geben" on the page of the waiting paper; the page with the code."""
        address = f"/kostenklar/signings/{noun}/{record_id or self.consent_id}"
        answer = fill(self.person, address if record_id else self.page, action="" if record_id else address)
        assert answer.status_code == 303, answer.text
        self.shown = answer.location
        page = self.person.get(self.shown).text
        found = re.search(r'class="kk-code">([0-9A-Z]{5})-([0-9A-Z]{5})<', page)
        assert found, page
        self.code = found[1] + found[2]
        return str(page)

    def tablet(self) -> Any:
        """A tablet that opens the paper by the address of the QR code."""
        self.offer()
        made = client_of(self.app, None)
        answer = fill(made, f"/kostenklar/tablet/{self.code}")
        assert (answer.status_code, answer.location) == (303, SHEET), answer.text
        return made

    def rows(self, model: Any) -> list[Any]:
        with self.app.app_context():
            return list(session().scalars(select(model)))


@pytest.fixture
def desk(app: Flask, cast: Cast, sits: Any) -> Desk:
    return Desk(app, cast, sits)


def signed_values(tablet: Any, strokes: str = SIGNED) -> dict[str, Any]:
    """What the page would send once drawn upon and answered."""
    page = tablet.get(SHEET)
    assert page.status_code == 200, page.text
    ((_, values),) = forms_in(page.text)
    answers = set(re.findall(r'name="(answer_\d+)"', page.text))
    return values | dict.fromkeys(answers, "no") | {"strokes_0": strokes}


def cookie_of(answer: Any) -> str:
    return next(str(line) for line in answer.headers.getlist("Set-Cookie") if line.startswith("kostenklar_tablet="))


def test_from_the_desk_to_the_signature_and_back(desk):
    shown = desk.offer()
    assert "<svg" in shown
    assert "http://localhost/kostenklar/tablet<" in shown
    assert "Diese Adresse gilt nur auf diesem Rechner." in shown
    tablet = client_of(desk.app, None)
    paired = fill(tablet, f"/kostenklar/tablet/{desk.code}")
    assert paired.status_code == 303
    page = tablet.get(SHEET)
    assert page.headers["Cache-Control"] == "no-store"
    assert NAME in page.text
    assert "wird gelesen" in desk.person.get(desk.shown).text

    answer = tablet.post(SHEET, data=signed_values(tablet))
    assert (answer.status_code, answer.location) == (303, "/kostenklar/tablet/end")
    thanks = tablet.get(answer.location)
    assert "Vielen Dank" in thanks.text
    assert NAME not in thanks.text
    assert [consent.state for consent in desk.rows(Consent)] == ["signed"]

    back = tablet.get(SHEET)
    assert back.status_code == 404
    assert NAME not in back.text
    after = desk.person.get(desk.shown).text
    assert "unterschrieben" in after
    scan = re.search(r"/kostenklar/scans/\d+", after)
    assert scan
    assert desk.person.get(scan[0]).data.startswith(b"%PDF")


def test_the_cookie_is_kept_from_scripts_other_sites_and_other_pages(desk):
    desk.offer()
    tablet = client_of(desk.app, None)
    to, values = form_at(tablet, f"/kostenklar/tablet/{desk.code}")
    cookie = cookie_of(tablet.post(to, data=values))
    assert {"HttpOnly", "Path=/kostenklar/tablet", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert len(cookie.split(".")[1].split(";")[0]) == 43  # 256 bits


def test_over_https_the_cookie_is_secure(desk):
    desk.offer()
    tablet = client_of(desk.app, None)
    to, values = form_at(tablet, f"/kostenklar/tablet/{desk.code}")
    answer = tablet.post(to, data=values, base_url="https://localhost", headers={"Referer": "https://localhost/"})
    assert answer.status_code == 303, answer.text
    assert "Secure" in cookie_of(answer).split("; ")


def test_looking_at_the_address_does_not_use_the_code_up(desk):
    desk.offer()
    for preview in range(3):
        assert client_of(desk.app, None).get(f"/kostenklar/tablet/{desk.code}").status_code == 200, preview
    assert [signing.state for signing in desk.rows(PaperSigning)] == ["offered"]
    assert fill(client_of(desk.app, None), f"/kostenklar/tablet/{desk.code}").status_code == 303


def test_the_address_tells_nobody_whether_a_code_exists(desk):
    desk.offer()
    one, other = (client_of(desk.app, None).get(f"/kostenklar/tablet/{code}") for code in (desk.code, "0000000000"))
    plain = [re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page.text) for page in (one, other)]
    assert plain[0].replace(desk.code, "") == plain[1].replace("0000000000", "")


def test_the_code_can_be_typed_as_it_is_read(desk):
    desk.offer()
    tablet = client_of(desk.app, None)
    typed = f" {desk.code[:5].lower()}-{desk.code[5:]} "
    answer = fill(tablet, "/kostenklar/tablet", code=typed)
    assert (answer.status_code, answer.location) == (303, SHEET)


@pytest.mark.parametrize("typed", ["", "123", "ZZZZZ-ZZZZZ", "ä" * 10, "x" * 5000, "\u202e1234567890", "<b>"])
def test_a_wrong_code_gets_a_sentence_beside_its_field(desk, typed):
    desk.offer()
    answer = fill(client_of(desk.app, None), "/kostenklar/tablet", code=typed)
    assert answer.status_code == 422
    assert "kk-error" in answer.text


def test_after_ten_wrong_codes_the_page_asks_to_wait(desk):
    desk.offer()
    tablet = client_of(desk.app, None)
    answers = [fill(tablet, "/kostenklar/tablet", code=f"ZZZZZ-ZZZ{n:02}") for n in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert "Bitte warten Sie einen Moment" in answers[-1].text


def test_the_address_on_another_device_says_that_it_is_open_already(desk):
    desk.tablet()
    other = client_of(desk.app, None)
    answer = fill(other, f"/kostenklar/tablet/{desk.code}")
    assert answer.status_code == 409
    assert "Dieses Blatt ist schon auf einem Gerät offen" in answer.text
    assert NAME not in answer.text
    assert other.get(SHEET).status_code == 404


def test_an_old_code_says_so(desk):
    desk.offer()
    tablet = client_of(desk.app, None)
    to, values = form_at(tablet, f"/kostenklar/tablet/{desk.code}")
    with time_machine.travel(now() + dt.timedelta(minutes=6), tick=False):
        answer = tablet.post(to, data=values)
    assert answer.status_code == 409
    assert "Der Code ist abgelaufen" in answer.text


@pytest.mark.parametrize("page", ["", ".pdf", "/state"])
@pytest.mark.parametrize("cookie", ["", "1.guess", "1", "x.y", "99999999999999999999.x", "0.", "é.ü"])
def test_no_page_of_the_tablet_shows_anything_without_its_cookie(desk, page, cookie):
    desk.tablet()
    stranger = client_of(desk.app, None)
    if cookie:
        stranger.set_cookie("kostenklar_tablet", cookie, path="/kostenklar/tablet")
    answer = stranger.get(SHEET + page)
    assert answer.status_code == 404
    assert NAME not in answer.text
    assert "%PDF" not in answer.text


def test_a_staff_sign_in_opens_nothing_here_and_is_not_shown(desk, sits):
    tablet = desk.tablet()
    assert sits("physician").get(SHEET).status_code == 404
    tablet.environ_base["kostenklar.actor"] = desk.person.environ_base["kostenklar.actor"]
    for page in (SHEET, "/kostenklar/tablet", "/kostenklar/tablet/end", f"/kostenklar/tablet/{desk.code}"):
        text = tablet.get(page).text
        assert "Sabine" not in text
        assert "<nav" not in text
        assert 'role="search"' not in text


@pytest.mark.parametrize(
    "page", ["/kostenklar/", "/kostenklar/patients", "/kostenklar/papers/1.pdf", "/kostenklar/scans/1"]
)
def test_the_tablets_cookie_opens_no_other_page(desk, page):
    assert desk.tablet().get(page).status_code == 401


def test_the_paper_speaks_its_own_language(app, cast, sits):
    page = Desk(app, cast, sits, "en").tablet().get(SHEET)
    assert '<html lang="en"' in page.text
    assert "I have read and understood" in page.text


def test_the_pdf_is_the_issued_one(desk):
    answer = desk.tablet().get(SHEET + ".pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("strokes", "told"),
    [
        ("", "In Feld 1 fehlt die Unterschrift"), ("[[[600,200,0]]]", "In Feld 1 fehlt die Unterschrift"),
        ("{{{", "kam nicht richtig an"), ("[[[1,1,1e9]]]", "kam nicht richtig an"),
        ("[" * 60_000, "kam nicht richtig an"), ("\x00\ud800"[:1], "kam nicht richtig an"),
        ("9" * 130_000, "zu viele Striche"),
    ],
)  # fmt: skip
def test_what_is_no_signature_gets_a_sentence_and_the_page_again(desk, strokes, told):
    tablet = desk.tablet()
    answer = tablet.post(SHEET, data=signed_values(tablet, strokes))
    assert answer.status_code == 422
    assert told in answer.text.replace("\u00a0", " ")
    assert desk.rows(Signature) == []
    assert tablet.post(SHEET, data=signed_values(tablet)).status_code == 303


def test_a_huge_body_is_turned_away_without_a_navigation(desk):
    tablet = desk.tablet()
    answer = tablet.post(SHEET, data=signed_values(tablet, "9" * 3_000_000))
    assert answer.status_code == 413
    assert "Das hat nicht geklappt" in answer.text
    assert "<nav" not in answer.text
    assert desk.rows(Signature) == []


def test_what_was_drawn_and_answered_is_kept_when_something_is_missing(desk):
    tablet = desk.tablet()
    answer = tablet.post(SHEET, data=signed_values(tablet) | {"answer_0": ""})
    assert answer.status_code == 422
    assert "Bitte beantworten Sie Frage 1." in answer.text
    assert forms_in(answer.text)[0][1]["strokes_0"] == SIGNED
    assert forms_in(answer.text)[0][1]["answer_1"] == "no"


@pytest.mark.parametrize("lacks", ["csrf_token", "proof"])
def test_another_site_cannot_sign(desk, lacks):
    tablet = desk.tablet()
    answer = tablet.post(SHEET, data=signed_values(tablet) | {lacks: "forged"})
    assert answer.status_code == 422
    assert desk.rows(Signature) == []


def test_a_page_of_another_paper_signs_nothing(app, cast, sits):
    desk = Desk(app, cast, sits)
    tablet = desk.tablet()
    first = signed_values(tablet)
    notice_id = desk.does(lambda: a_handed_notice(cast, screen=True))
    desk.offer("cost_notice", notice_id)
    assert fill(tablet, f"/kostenklar/tablet/{desk.code}").status_code == 303  # the same tablet, the next paper
    answer = tablet.post(SHEET, data=first)
    assert answer.status_code == 422
    assert "Diese Seite gehörte zu einem anderen Blatt" in answer.text
    assert desk.rows(Signature) == []


def test_the_same_form_twice_signs_once_and_thanks_twice(desk):
    tablet, again = desk.tablet(), client_of(desk.app, None)
    values = signed_values(tablet)
    for name in ("kostenklar_tablet", "session"):
        found = tablet.get_cookie(name, path="/kostenklar/tablet" if name != "session" else "/")
        again.set_cookie(name, found.value, path=found.path)
    assert tablet.post(SHEET, data=values).status_code == 303
    second = again.post(SHEET, data=values)
    assert second.status_code == 410
    assert "Vielen Dank" in second.text
    assert len(desk.rows(Signature)) == 1


def test_when_the_desk_takes_it_back_the_tablet_says_so_and_forgets(desk):
    tablet = desk.tablet()
    values = signed_values(tablet)
    end = f"{desk.shown}/end"
    assert fill(desk.person, desk.shown, action=end).status_code == 303
    assert tablet.get(f"{SHEET}/state").status_code == 410
    again = client_of(desk.app, None)
    answer = tablet.post(SHEET, data=values)
    assert answer.status_code in (404, 410)  # the first answer made it forget its cookie
    assert desk.rows(Signature) == []
    assert NAME not in tablet.get(SHEET).text
    assert again.get(SHEET).status_code == 404


def test_a_paper_discarded_meanwhile_is_not_signed(desk):
    tablet = desk.tablet()
    values = signed_values(tablet)
    desk.does(lambda: done(lambda: discard_consent(desk.consent_id, None, "falsche Stelle")))
    answer = tablet.post(SHEET, data=values)
    assert answer.status_code == 410
    assert "Das Blatt hat sich geändert" in answer.text
    assert NAME not in answer.text


def test_the_time_runs_out_in_the_middle_and_says_that_nothing_is_kept(desk):
    tablet = desk.tablet()
    assert 0 < int(tablet.get(SHEET).headers["Refresh"].split(";")[0]) <= 1801
    values = signed_values(tablet)
    with time_machine.travel(now() + dt.timedelta(minutes=31), tick=False):
        answer = tablet.post(SHEET, data=values)
        assert answer.status_code == 410
        assert "Gespeichert ist nichts" in answer.text
        assert "Zeit abgelaufen" in desk.person.get(desk.shown).text
    assert desk.rows(Signature) == []


def test_a_question_tells_the_desk_and_ends_nothing(desk):
    tablet = desk.tablet()
    _, values = form_at(tablet, SHEET)
    assert tablet.post(f"{SHEET}/question", data=values).status_code == 303
    assert "Der Empfang weiß Bescheid" in tablet.get(SHEET).text
    assert "Es gibt eine Frage" in desk.person.get(desk.shown).text
    assert desk.person.get(f"{desk.shown}/state").get_json() == {"stands": "paired", "asked": True}
    assert tablet.post(SHEET, data=signed_values(tablet)).status_code == 303


def test_a_yes_is_shown_to_the_desk(desk):
    tablet = desk.tablet()
    page = tablet.get(SHEET).text
    asked = re.findall(r"<legend>(\d+)\. ([^<]+?)</legend>", page)
    tablet.post(SHEET, data=signed_values(tablet) | {"answer_1": "yes"})
    shown = desk.person.get(desk.shown).text
    assert "Mit Ja beantwortet, bitte ärztlich ansehen lassen:" in shown
    assert asked[1][1] in shown
    assert asked[2][1] not in shown


def test_only_the_desk_that_offered_knows_the_code(desk, sits):
    desk.offer()
    other = sits("physician").get(desk.shown).text
    assert "kk-code" not in other
    assert "Angeboten hat es Sabine Krüger" in other


def test_a_new_code_ends_the_old_one(desk):
    tablet = desk.tablet()
    first = desk.shown
    desk.offer("consent", desk.consent_id)
    assert tablet.get(SHEET).status_code == 410
    assert "nicht mehr auf dem Tablet" in desk.person.get(first).text


def test_the_self_payer_agreement_stays_on_paper_and_the_page_says_why(app, cast, sits):
    desk = Desk(app, cast, sits)
    notice_id = desk.does(lambda: a_handed_notice(cast, screen=False))
    page = desk.person.get(f"/kostenklar/cost-notices/{notice_id}/signed").text
    assert "Diese Vereinbarung wird mit Tinte unterschrieben" in page
    assert f"/kostenklar/signings/cost_notice/{notice_id}" not in page
    answer = fill(desk.person, f"/kostenklar/signings/cost_notice/{notice_id}")
    assert answer.status_code == 422
    assert re.search(r"§\s126\sBGB", answer.text)


def test_a_fee_agreement_is_never_offered(desk):
    answer = desk.person.get("/kostenklar/signings/fee_agreement/1")
    assert answer.status_code == 422
    assert "braucht Tinte auf Papier" in answer.text


@pytest.mark.parametrize("address", ["invoice/1", "consent/999999", "consent/99999999999999999999"])
def test_what_cannot_be_signed_is_not_found(desk, address):
    assert desk.person.get(f"/kostenklar/signings/{address}").status_code == 404


def test_a_tablet_page_says_calmly_that_the_database_is_away(desk, monkeypatch):
    from kostenklar.plugin.errors import DatabaseBusy
    from kostenklar.plugin.services import tablets

    tablet = desk.tablet()

    def busy(*_args: Any) -> Any:
        raise DatabaseBusy

    monkeypatch.setattr(tablets, "sheet", busy)
    answer = tablet.get(SHEET)
    assert answer.status_code == 503
    assert "Das hat nicht geklappt" in answer.text


@pytest.mark.parametrize(("typed", "status"), [("", 422), ("\u202eBernd", 422), ("漢字", 422), ("Bernd Hofer", 303)])
def test_a_guardian_without_a_printed_name_writes_it(app, cast, sits, typed, status):
    desk = Desk(app, cast, sits)
    desk.does(lambda: done(lambda: discard_consent(desk.consent_id, None, "minderjährig")))
    desk.does(lambda: make_minor(cast, "Ayla Hofer"))
    desk.consent_id = desk.does(lambda: a_waiting_consent(cast))
    desk.page = f"/kostenklar/consents/{desk.consent_id}/signed"
    tablet = desk.tablet()
    values = signed_values(tablet) | {"strokes_1": SIGNED, "strokes_2": SIGNED, "name_2": typed}
    answer = tablet.post(SHEET, data=values)
    assert answer.status_code == status
    assert len(desk.rows(Signature)) == (3 if status == 303 else 0)
    if status == 422:
        assert "kk-errors" in answer.text


def test_the_page_hints_that_the_talk_is_not_on_the_sheet_yet(desk):
    hint = "Das Gespräch steht noch nicht auf diesem Blatt"
    assert hint in desk.person.get(desk.page).text
    desk.does(lambda: a_talk(desk.cast))
    desk.does(lambda: done(lambda: discard_consent(desk.consent_id, None, "ohne Gespräch")))
    later = desk.does(lambda: a_waiting_consent(desk.cast))
    assert hint not in desk.person.get(f"/kostenklar/consents/{later}/signed").text


def test_what_is_signed_meanwhile_is_not_taken_back(desk):
    tablet = desk.tablet()
    end = f"{desk.shown}/end"
    _, values = form_at(desk.person, desk.shown, end)
    tablet.post(SHEET, data=signed_values(tablet))
    answer = desk.person.post(end, data=values)
    assert answer.status_code == 422
    assert "Dieser Schritt ist nicht mehr möglich" in answer.text
    assert "Das unterschriebene Blatt liegt in der Akte." in answer.text


class InTheNetwork:
    """A client that opens Kostenklar under its name in the practice's network."""

    def __init__(self, client: Any) -> None:
        self.client, self.where = client, {"base_url": "http://kostenklar.praxis.example"}

    def get(self, address: str) -> Any:
        return self.client.get(address, **self.where)

    def post(self, address: str, **more: Any) -> Any:
        return self.client.post(address, **self.where, **more)


def test_an_address_of_the_practice_network_needs_no_warning(app, cast, sits):
    desk = Desk(app, cast, sits)
    desk.person = InTheNetwork(desk.person)
    shown = desk.offer()
    assert "http://kostenklar.praxis.example/kostenklar/tablet<" in shown
    assert "Diese Adresse gilt nur auf diesem Rechner." not in shown
