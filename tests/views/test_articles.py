"""Goods that the practice sells: named, priced, and put aside."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from sqlalchemy import select

from kostenklar.models.practice import Article
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.forms_of import fill, form_at, forms_in

HERE = "/kostenklar/practice/articles"
CREAM = {"name": "Sonnencreme LSF 50", "unit": "Tube", "net_price": "16,76"}


def articles(app):
    with app.app_context():
        return list(session().scalars(select(Article).order_by(Article.id)))


def test_an_article_is_added_and_listed(app, cast, owner):
    assert "Noch keine Artikel." in owner.get(HERE).text
    assert fill(owner, f"{HERE}/new", **CREAM).location == HERE
    kept = articles(app)[0]
    assert (kept.name, kept.unit, kept.net_price, kept.vat_rate, kept.active) == (
        "Sonnencreme LSF 50", "Tube", Decimal("16.76"), Decimal(19), True,
    )  # fmt: skip
    page = owner.get(HERE).text.replace("\u00a0", " ")
    assert "16,76 €" in page
    assert "19 %" in page


def test_an_article_that_is_no_longer_sold_stays_in_the_list(app, cast, owner):
    fill(owner, f"{HERE}/new", **CREAM)
    address = f"{HERE}/{articles(app)[0].id}"
    assert fill(owner, address, net_price="18", vat_rate="7", active=None).status_code == 303
    kept = articles(app)[0]
    assert (kept.net_price, kept.vat_rate, kept.active) == (Decimal(18), Decimal(7), False)
    assert "(nicht mehr verkauft)" in owner.get(HERE).text


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "", "Die Bezeichnung fehlt."),
        ("unit", "", "fehlt"),
        ("net_price", "", "Der Betrag fehlt."),
        ("net_price", "-1", "unter null"),
        ("net_price", "viel", "1.251,78"),
        ("net_price", "1000000", "Das ist zu viel."),
        ("vat_rate", "100", "höchstens 99"),
        ("vat_rate", "-19", "unter null"),
    ],
)
def test_a_wrong_entry_gets_a_sentence(app, cast, owner, field, typed, told):
    answer = fill(owner, f"{HERE}/new", **(CREAM | {field: typed}))
    assert answer.status_code == 422
    assert told in answer.text
    assert articles(app) == []


def test_a_name_stands_once(app, cast, owner):
    fill(owner, f"{HERE}/new", **CREAM)
    answer = fill(owner, f"{HERE}/new", **CREAM)
    assert answer.status_code == 422
    assert "gibt es schon" in answer.text
    assert forms_in(answer.text)[0][1]["unit"] == "Tube"
    assert fill(owner, f"{HERE}/{articles(app)[0].id}", unit="Flasche").status_code == 303


def test_two_people_at_one_article_do_not_overwrite_each_other(app, cast, owner, sits):
    fill(owner, f"{HERE}/new", **CREAM)
    address = f"{HERE}/{articles(app)[0].id}"
    to, slow = form_at(owner, address)
    fill(sits("admin"), address, unit="Dose")
    assert owner.post(to, data=slow).status_code == 409
    assert articles(app)[0].unit == "Dose"


def test_the_list_pages_by_key_and_shows_each_article_once(app, cast, owner, monkeypatch):
    monkeypatch.setattr("kostenklar.plugin.queries.articles.article_page.__defaults__", (None, 2))
    names = ["Ölbad", "Sonnencreme", "Apfelsalbe", "Zinksalbe", "alte Creme", "Alte Salbe"]
    with app.app_context(), unit_of_work():
        for name in names:
            values = {"net_price": Decimal(9), "vat_rate": Decimal(19), "active": not name.lower().startswith("alte")}
            session().add(Article(practice_id=cast.practice_id, name=name, **values))
    seen, here = [], HERE
    while here:
        page = owner.get(here).text
        seen += re.findall(r'/practice/articles/\d+">([^<]+)</a>', page)
        onward = re.search(r'href="([^"]+\?after=\d+)"', page)
        here = onward[1] if onward else ""
    assert sorted(seen) == sorted(names)
    assert set(seen[-2:]) == {"alte Creme", "Alte Salbe"}
    assert owner.get(f"{HERE}?after=999999").status_code == 200
    assert owner.get(f"{HERE}?after=x").status_code == 200
