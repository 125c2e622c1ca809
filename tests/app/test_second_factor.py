"""The code from the telephone: off, optional or required; good once; wrong ones are slowed."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import re
import struct
import time

import pytest


def code_of(key: str, moment: float) -> str:
    """RFC 6238 by hand, so that the test does not believe the library."""
    secret = base64.b32decode(key + "=" * (-len(key) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def found(pattern: str, page: str) -> str:
    hit = re.search(pattern, page)
    assert hit, pattern
    return hit[1]


def set_up(browser) -> str:
    page = browser.send("/account/second-factor", {"setup": "authenticator"}).text
    key = found(r"Schlüssel ab: ([A-Z2-7-]+)", page).replace("-", "")
    action = found(r'action="(/account/second-factor/[^"]+)"', page)
    token = found(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    answer = browser.client.post(action, data={"csrf_token": token, "code": code_of(key, time.time())})
    assert answer.location == "/account"
    assert "Ab jetzt fragen wir beim Anmelden auch nach dem Code." in browser.open("/account").text
    return key


def test_after_setting_it_up_the_password_alone_is_not_enough(house, clock):
    key = set_up(house.at_desk())
    clock.shift(60)
    browser = house.browser()
    answer = browser.sign_in("empfang", house.passwords["empfang"], to="/notepad")
    assert answer.location.startswith("/sign-in/code")
    assert not browser.is_in
    code = code_of(key, time.time())
    answer = browser.send(answer.location, {"code": f"{code[:3]} {code[3:]}"})
    assert answer.location == "/notepad"
    assert browser.is_in


def test_a_code_is_good_for_one_sign_in(house, clock):
    key = set_up(house.at_desk())
    clock.shift(60)
    code = code_of(key, time.time())
    for expected in (302, 422):
        browser = house.browser()
        browser.sign_in("empfang", house.passwords["empfang"])
        assert browser.send("/sign-in/code", {"code": code}).status_code == expected


def test_wrong_codes_are_slowed_like_wrong_passwords(house, clock):
    set_up(house.at_desk())
    browser = house.browser()
    browser.sign_in("empfang", house.passwords["empfang"])
    answers = [browser.send("/sign-in/code", {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_right_password_between_wrong_codes_does_not_start_over(house, clock):
    set_up(house.at_desk())
    answers = []
    for _ in range(5):
        browser = house.browser()
        browser.sign_in("empfang", house.passwords["empfang"])
        answers.append(browser.send("/sign-in/code", {"code": "000000"}).status_code)
    assert answers == [422] * 5
    assert house.browser().sign_in("empfang", house.passwords["empfang"]).status_code == 429


def test_without_the_telephone_the_practice_helps(house, clock):
    set_up(house.at_desk())
    browser = house.browser()
    browser.sign_in("empfang", house.passwords["empfang"])
    answer = browser.open("/sign-in/no-code", follow_redirects=True)
    assert "Ohne Ihr Telefon hilft die Praxisleitung" in answer.text
    result = house.app.test_cli_runner().invoke(args=["accounts", "reset", "empfang"])
    assert house.browser().sign_in("empfang", result.output.split()[-1]).location == "/"


def test_changing_it_asks_for_the_password_when_that_was_long_ago(house, clock):
    browser = house.at_desk()
    clock.shift(dt.timedelta(minutes=11))
    assert browser.open("/account/second-factor").location.startswith("/account/confirm")
    assert browser.send("/account/confirm", {"password": "wrong"}).status_code == 422
    answer = browser.send("/account/confirm?next=/account/second-factor", {"password": house.passwords["empfang"]})
    assert answer.location == "/account/second-factor"
    assert browser.open("/account/second-factor").status_code == 200


def test_it_can_be_switched_off_again(house, clock):
    browser = house.at_desk()
    set_up(browser)
    assert browser.send("/account/second-factor", {"setup": "disable"}).location == "/account"
    assert "Beim Anmelden genügt das Passwort." in browser.open("/account").text
    lines = [what for (what,) in house.ask("SELECT what FROM standalone_sign_in ORDER BY id")]
    assert lines[-2:] == ["second_factor", "second_factor"]


def test_required_means_setting_it_up_while_signing_in(open_house, clock):
    house = open_house(KOSTENKLAR_TOTP="required")
    browser = house.browser()
    answer = browser.sign_in("empfang", house.passwords["empfang"])
    assert answer.location == "/account/second-factor"
    assert not browser.is_in
    page = browser.send("/account/second-factor", {"setup": "authenticator"}).text
    key = found(r"Schlüssel ab: ([A-Z2-7-]+)", page).replace("-", "")
    token = found(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    browser.client.post("/sign-in/code", data={"csrf_token": token, "code": code_of(key, time.time())})
    assert browser.is_in


def test_off_means_no_such_pages(open_house):
    house = open_house(KOSTENKLAR_TOTP="off")
    browser = house.at_desk()
    assert browser.open("/account/second-factor").status_code == 404
    assert "Code vom Telefon" not in browser.open("/account").text


def test_the_secret_lies_encrypted(house, clock):
    key = set_up(house.at_desk())
    [(kept,)] = house.ask("SELECT tf_totp_secret FROM standalone_account WHERE login = 'empfang'")
    assert key not in kept
    assert base64.b32decode(key + "=" * (-len(key) % 8)).hex() not in kept


@pytest.mark.parametrize("code", ["", "abc", "12345", "٣٤٥٦٧٨", "0" * 500])
def test_strange_codes_are_wrong(house, clock, code):
    set_up(house.at_desk())
    browser = house.browser()
    browser.sign_in("empfang", house.passwords["empfang"])
    assert browser.send("/sign-in/code", {"code": code}).status_code == 422
