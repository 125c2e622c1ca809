"""The tablet's pages in a stranger's application: beside its CSRFProtect, under its prefix, without its layout."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.services.consents import ConsentPlan, prepare_consent
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.guest.test_forms import Filled
from kostenklar.tests.people import Cast
from kostenklar.tests.signing_scene import SIGNED


@pytest.mark.parametrize("prefix", ["/kostenklar", "/praxis/haut"])
def test_a_consent_is_signed_without_a_sign_in(
    open_book: Callable[..., Flask],
    mounted_url: str,
    signs_in: Callable[..., FlaskClient],
    cast: Cast,
    prefix: str,
) -> None:
    app = open_book(mounted_url, PREFIX=prefix)
    with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]), unit_of_work():
        consent = prepare_consent(cast.course_id, None, ConsentPlan(1, today() + dt.timedelta(days=9)), today()).id
    desk, tablet = signs_in(app, "reception", cast.practice_id), app.test_client()
    offer = f"{prefix}/signings/consent/{consent}"
    shown = desk.post(offer, data=Filled(desk.get(offer).text).values).location
    found = re.search(r'class="kk-code">(\w{5})-(\w{5})<', desk.get(shown).text)
    assert found

    door = f"{prefix}/tablet/{found[1]}{found[2]}"
    assert tablet.post(door).status_code == 400  # its CSRFProtect
    paired = tablet.post(door, data=Filled(tablet.get(door).text).values)
    assert (paired.status_code, paired.location) == (303, f"{prefix}/tablet/paper")
    assert any(f"Path={prefix}/tablet;" in line for line in paired.headers.getlist("Set-Cookie"))
    sheet = tablet.get(paired.location).text
    assert "Gisela Yılmaz-Hofer" in sheet
    values = Filled(sheet).values | {"strokes_0": SIGNED}
    values |= dict.fromkeys(re.findall(r'name="(answer_\d+)"', sheet), "no")

    forged = tablet.post(paired.location, data=values | {"csrf_token": "forged"})
    assert forged.status_code == 400
    assert "theirs" not in forged.text
    assert "Das hat nicht geklappt" in forged.text
    signed = tablet.post(paired.location, data=values)
    assert (signed.status_code, signed.location) == (303, f"{prefix}/tablet/end")
    assert "unterschrieben" in desk.get(shown).text
