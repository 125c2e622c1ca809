""" "Was fehlt noch" in words: each item of the gate has its title, and says what is missing or how it was solved."""

import ast
from pathlib import Path

import pytest
from flask import Flask

from kostenklar.models import rules
from kostenklar.models.rules.gate_facts import GateItem, GateState
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.plugin.gate_texts import TITLES, gate_line


@pytest.fixture(autouse=True)
def german():
    with Flask("gate").test_request_context("/"):
        yield


def test_every_item_of_the_gate_has_a_title_and_every_title_an_item():
    items = set()
    for file in Path(rules.__file__).parent.glob("gate_*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "item":
                items.add(ast.literal_eval(node.args[0]))
    assert items == set(TITLES)


def solved(code, **facts):
    return gate_line(GateItem(code, GateState.DONE, facts=facts))


def test_a_solved_item_says_how():
    line = solved("talk", held_on="2026-10-19")
    assert (line.title, line.detail, line.state) == ("Aufklärungsgespräch", "19.10.2026 geführt", "done")


def test_a_consent_without_an_end_names_its_signature_instead():
    facts = {"sites": "Hand", "sessions": "1", "signed_on": "2026-10-19"}
    assert solved("consent", **facts, valid_until="2027-04-30").detail == "Hand; Sitzungen: 1; gültig bis 30.04.2027"
    assert solved("consent", **facts).detail == "Hand; Sitzungen: 1; unterschrieben am 19.10.2026"


def test_a_solved_item_without_facts_says_nothing_rather_than_fail():
    assert solved("talk").detail == ""


def test_an_open_item_says_what_is_missing():
    found = (Finding("talk_missing", Severity.BLOCK, "§ 630e BGB"),)
    line = gate_line(GateItem("talk", GateState.BLOCKED, found), "/x", "Eintragen")
    assert line.detail.startswith("Das Aufklärungsgespräch fehlt.")
    assert (line.url, line.action) == ("/x", "Eintragen")


@pytest.mark.parametrize(("by", "words"), [("physician", "Ärztlich freigegeben"), ("owner", "Von der Praxisleitung")])
def test_a_released_item_says_who_released_it(by, words):
    found = (Finding("recheck_missing", Severity.WARN),)
    line = gate_line(GateItem("recheck", GateState.DONE, found, facts={"overridden_by": by}))
    assert line.detail.startswith(words)
