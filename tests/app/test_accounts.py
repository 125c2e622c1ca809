"""Accounts on the command line: passwords are drawn and told once, and somebody always leads."""

from __future__ import annotations

import math
import re

import pytest

from kostenklar.plugin.access import Role
from kostenklar.plugin.standalone import accounts


def run(house, *words):
    return house.app.test_cli_runner().invoke(args=["accounts", *words])


def test_drawn_passwords_hold_more_than_sixty_bits_and_differ():
    drawn = {accounts.draw_password() for _ in range(200)}
    assert len(drawn) == 200
    assert all(re.fullmatch(r"([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}", password) for password in drawn)
    assert math.log2(len(set(accounts._SIGNS))) * 16 > 60


def test_passwords_are_kept_as_argon2_only(house):
    for (kept,) in house.ask("SELECT password FROM standalone_account"):
        assert kept.startswith("$argon2id$")
    everything = str(house.ask("SELECT * FROM standalone_account"))
    assert not any(password in everything for password in house.passwords.values())


def test_list_tells_logins_roles_and_names_but_no_password(house):
    output = run(house, "list").output
    assert "empfang" in output
    assert "reception" in output
    assert "Sabine Krüger" in output
    assert "argon2" not in output


def test_reset_draws_a_new_password_and_signs_out_everywhere(house):
    browser = house.at_desk()
    output = run(house, "reset", "EMPFANG").output
    assert not browser.is_in
    assert house.browser().sign_in("empfang", house.passwords["empfang"]).status_code == 422
    assert house.browser().sign_in("empfang", output.split()[-1]).status_code == 302


def test_the_last_account_that_leads_stays(house):
    assert run(house, "deactivate", "verwaltung").exit_code == 0
    result = run(house, "deactivate", "inhaberin")
    assert result.exit_code == 1
    assert "letzte Konto mit Leitung" in result.output
    assert run(house, "deactivate", "empfang").exit_code == 0
    assert run(house, "deactivate", "empfang").exit_code == 0


def test_an_unknown_account_gets_a_sentence(house):
    for command in ("reset", "deactivate"):
        result = run(house, command, "nobody")
        assert (result.exit_code, result.output) == (1, "Error: Ein Konto nobody gibt es nicht.\n")


def test_a_login_is_given_once_and_has_no_strange_signs(house):
    with house.app.app_context():
        with pytest.raises(accounts.LoginTaken):
            accounts.add_account("Empfang ", "x", [Role.RECEPTION], [1])
        for login in ("a b", "", "x" * 61, "<b>", "a\u202eb"):
            with pytest.raises(ValueError, match=f"^{re.escape(login)}$"):
                accounts.add_account(login, "x", [Role.RECEPTION], [1])
