"""The fee schedule at the desk: search at each key stroke, one number's page, the favourites' star."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kostenklar.models.practice import FavouritePosition
from kostenklar.plugin.extension import session
from kostenklar.tests.forms_of import fill
from kostenklar.tests.statements import watched

SEARCH = "/kostenklar/fees/search"


def hits(client, typed, **given):
    """(number, address) of each row, in their order."""
    page = client.get(SEARCH, query_string={"q": typed, "part": "1", **given})
    assert page.status_code == 200, page.text
    return re.findall(r'<td class="kk-num[^"]*"><a href="([^"]+)">([^<]+)</a>', page.text.replace("&amp;", "&"))


def first(client, typed, **given):
    return hits(client, typed, **given)[0]


def test_each_key_stroke_gets_rows_and_no_page_around_them(cast, sits):
    page = sits("reception").get(f"{SEARCH}?q=kryo&part=1").text
    assert "<html" not in page
    for word in ("Kryotherapie der Haut, je Sitzung", "71", "9,52", "× 2,3", "data-told"):
        assert word in page


def test_a_row_leads_to_where_the_search_was_asked_from(cast, sits):
    desk = sits("reception")
    assert first(desk, "740") == ("/kostenklar/fees/740", "740")
    assert first(desk, "740", to="chain", id="7")[0] == "/kostenklar/practice/procedures/7/positions/new?number=740"
    assert first(desk, "740", to="price")[0] == "/kostenklar/prices/wish?number=740"
    assert first(desk, "740", to="invoice", id="7")[0] == "/kostenklar/invoices/7/lines/new?number=740"


@pytest.mark.parametrize("given", [{"to": "invoice"}, {"to": "invoice", "id": "x"}, {"to": "mars", "id": "1"}])
def test_a_target_that_is_none_leads_to_the_numbers_own_page(cast, sits, given):
    assert first(sits("reception"), "740", **given)[0] == "/kostenklar/fees/740"


def test_enter_goes_straight_to_the_number_that_was_typed_or_the_only_hit(cast, sits):
    desk = sits("reception")
    answer = desk.get(f"{SEARCH}?q=740&to=price")
    assert (answer.status_code, answer.location) == (302, "/kostenklar/prices/wish?number=740")
    assert desk.get(f"{SEARCH}?q=3541.h").location == "/kostenklar/fees/3541.H"
    assert desk.get(f"{SEARCH}?q=beratung").status_code == 200


def test_without_script_the_page_shows_what_the_key_strokes_would(cast, sits):
    page = sits("reception").get(f"{SEARCH}?q=beratung").text
    assert 'value="beratung"' in page
    assert "/kostenklar/fees/1" in page
    assert "data-fees=" in page


def test_whoever_searched_by_the_enter_key_finds_the_way_back(cast, sits):
    desk = sits("reception")
    assert 'href="/kostenklar/invoices/7">' in desk.get(f"{SEARCH}?q=beratung&to=invoice&id=7").text
    assert 'class="kk-back"' not in desk.get(f"{SEARCH}?q=beratung").text


@pytest.mark.parametrize("typed", ["%", "'", "<script>", "\x00", "zzz", "9999", "🙂", "a" * 5000, "1" * 300])
def test_whatever_is_typed_never_breaks_the_search(cast, sits, typed):
    page = sits("reception").get(SEARCH, query_string={"q": typed, "part": "1"})
    assert page.status_code == 200
    assert "<script>" not in page.text


def test_nothing_found_says_so(cast, sits):
    assert "Zu „xylophon“ gibt es keine Leistung" in sits("reception").get(f"{SEARCH}?q=xylophon&part=1").text


def test_what_the_practice_calls_its_own_service_is_found(cast, sits):
    assert first(sits("reception"), "cryopeel")[1] == "740"


def test_the_search_takes_the_same_few_statements_however_much_is_found(app, cast, sits):
    desk = sits("reception")
    desk.get(f"{SEARCH}?q=b&part=1")
    counts = set()
    for typed in ("740", "b", "zzz"):
        with watched(app) as seen:
            desk.get(SEARCH, query_string={"q": typed, "part": "1"})
        counts.add(len(seen))
    assert max(counts) <= 5


def test_one_number_tells_points_amounts_and_the_rules_printed_under_it(cast, sits):
    page = sits("reception").get("/kostenklar/fees/3").text
    for word in ("150", "8,74", "20,11", "30,60", "Mindestens 10 Minuten", "§ 5 Abs. 1 GOÄ", "seit 01.01.1983"):
        assert word in page.replace("\u00a0", " ")
    fixed = sits("reception").get("/kostenklar/fees/440").text
    assert "fester Satz" in fixed
    assert "Wunschpreis" not in fixed
    assert "Anteil einer anderen Leistung" in sits("reception").get("/kostenklar/fees/441").text


def test_a_doubtful_number_says_so(cast, sits):
    assert "passen Punktzahl und gedruckter Betrag" in sits("reception").get("/kostenklar/fees/2518").text
    assert "amtlichen Text vergleichen" in sits("reception").get(f"{SEARCH}?q=2518&part=1").text
    assert "gedruckter Betrag" not in sits("reception").get("/kostenklar/fees/740").text


def test_a_number_that_is_none_is_not_found(cast, sits):
    assert sits("reception").get("/kostenklar/fees/9999").status_code == 404
    assert sits("reception").get("/kostenklar/fees/" + "x" * 300).status_code == 404


def test_the_star_puts_a_number_first_for_the_whole_practice_and_only_there(app, cast, sits):
    desk, address = sits("reception"), "/kostenklar/fees/2886"
    assert hits(desk, "laser")[0][1] != "2886"
    assert fill(desk, address).location == address
    assert hits(sits("physician"), "")[0][1] == "2886"
    assert hits(sits("owner", (cast.stranger_id,)), "")[0][1] != "2886"
    assert "Kein Favorit mehr" in desk.get(address).text
    assert fill(desk, address).status_code == 303
    assert hits(desk, "")[0][1] != "2886"
    with app.app_context():
        assert session().scalars(select(FavouritePosition.id)).all() == []


def test_two_people_who_mark_the_same_number_mark_it_once(app, cast, sits):
    one, other = sits("reception"), sits("physician")
    assert fill(one, "/kostenklar/fees/740", wanted="yes").status_code == 303
    assert fill(other, "/kostenklar/fees/740", wanted="yes").status_code == 303
    with app.app_context():
        assert session().scalars(select(FavouritePosition.goae_number)).all() == ["740"]


def test_a_day_before_the_schedule_finds_nothing(cast, sits):
    assert hits(sits("reception"), "740", on="1970-01-01") == []
    assert first(sits("reception"), "740", on="yesterday")[1] == "740"
    assert "gilt heute nicht" in sits("reception").get("/kostenklar/fees/740?on=1970-01-01").text
