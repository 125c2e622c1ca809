"""Guessing is slowed by account and by address, in the table, and never for ever."""

from __future__ import annotations

import datetime as dt

from kostenklar.app import create_app, db
from kostenklar.plugin.standalone import lockout


def guess(house, login="empfang", address="192.0.2.7", password="wrong"):
    return house.browser(address).sign_in(login, password)


def test_the_fifth_failure_of_an_account_costs_a_minute_then_two_up_to_fifteen(house, clock):
    for _ in range(5):
        assert guess(house).status_code == 422
    waits = []
    for _ in range(6):
        slowed = guess(house)
        assert slowed.status_code == 429
        waits.append(int(slowed.headers["Retry-After"]) // 60)
        clock.shift(int(slowed.headers["Retry-After"]))
        assert guess(house).status_code == 422
    assert waits == [1, 2, 4, 8, 15, 15]


def test_the_sentence_tells_how_long(house, clock):
    for _ in range(6):
        guess(house)
    clock.shift(61)
    guess(house)
    slowed = guess(house)
    assert "In 2 Minuten können Sie es wieder versuchen." in slowed.text


def test_waiting_holds_even_for_the_right_password_and_then_ends(house, clock):
    for _ in range(5):
        guess(house)
    assert guess(house, password=house.passwords["empfang"]).status_code == 429
    clock.shift(61)
    assert guess(house, password=house.passwords["empfang"]).status_code == 302


def test_attempts_while_waiting_do_not_make_it_longer(house, clock):
    for _ in range(5):
        guess(house)
    for _ in range(30):
        guess(house)
    clock.shift(61)
    assert guess(house).status_code == 422


def test_unknown_names_are_slowed_alike(house, clock):
    assert [guess(house, "nobody").status_code for _ in range(6)] == [422] * 5 + [429]


def test_other_people_are_not_slowed(house, clock):
    for _ in range(6):
        guess(house)
    assert guess(house, "aerztin", password=house.passwords["aerztin"]).status_code == 302


def test_an_address_is_slowed_after_twenty_failures_whatever_the_names(house, clock):
    answers = [guess(house, f"name{number}").status_code for number in range(21)]
    assert answers == [422] * 20 + [429]
    assert guess(house, "aerztin", password=house.passwords["aerztin"]).status_code == 429
    assert guess(house, "aerztin", "192.0.2.8", house.passwords["aerztin"]).status_code == 302


def test_signing_in_clears_the_account_but_not_the_address(house, clock):
    for _ in range(4):
        guess(house)
    guess(house, password=house.passwords["empfang"])
    rows = house.ask("SELECT kind, failures FROM standalone_sign_in_attempt")
    assert rows == [("address", 4)]


def test_it_survives_a_restart(house, clock):
    for _ in range(5):
        guess(house)
    restarted = create_app({"KOSTENKLAR_INSTANCE": house.app.instance_path, "TESTING": True})
    before, house.app = house.app, restarted
    assert before is not restarted
    assert guess(house).status_code == 429


def test_failures_are_forgotten_after_half_a_day(house, clock):
    for _ in range(4):
        guess(house)
    clock.shift(dt.timedelta(hours=12, minutes=1))
    guess(house, "somebody")
    assert [row[0] for row in house.ask("SELECT kind FROM standalone_sign_in_attempt ORDER BY kind")] == [
        "account",
        "address",
    ]


def test_what_was_typed_as_a_name_is_not_kept_readable(house):
    guess(house, "my secret password")
    assert "secret" not in str(house.ask("SELECT * FROM standalone_sign_in_attempt"))
    assert "secret" not in str(house.ask("SELECT * FROM standalone_sign_in"))


def test_a_wrong_present_password_counts_like_a_wrong_sign_in(house, clock):
    browser = house.at_desk()
    fields = {"password": "wrong", "new_password": "x" * 12, "new_password_confirm": "x" * 12}
    answers = [browser.send("/account/password", fields).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_many_at_once_get_no_more_guesses(house, clock):
    """Counted before the password is looked at: of forty at once five pass."""
    from concurrent.futures import ThreadPoolExecutor

    from kostenklar.plugin.clock import now

    both = lockout.counters("empfang", "192.0.2.7")

    def enter(_number: int) -> bool:
        with house.app.app_context():
            return not lockout.enter(db.engine, both, now())

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(enter, range(40))) == 5
