"""Each code that a rule can return has its sentence, with facts written as people write them."""

import ast
import string
from pathlib import Path

import pytest
from flask import Flask

from kostenklar.models import rules
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.plugin.finding_texts import SENTENCES
from kostenklar.plugin.sentences import UnknownFinding, filled, sentence
from kostenklar.plugin.texts import use_language

HOUSE = Path(rules.__file__).parents[2]
TEXTS = set(HOUSE.glob("plugin/*_texts.py"))
SOURCES = sorted({*HOUSE.glob("models/rules/**/*.py"), *HOUSE.glob("plugin/**/*.py")} - TEXTS)
NODES = [node for file in SOURCES for node in ast.walk(ast.parse(file.read_text("utf-8")))]


def returned_codes():
    """Literal codes that a rule or use case returns."""
    for node in NODES:
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Finding", "_block", "_broken", "_warn"}:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_every_code_of_a_rule_or_use_case_has_a_sentence():
    assert set(returned_codes()) - set(SENTENCES) == set()


def test_every_sentence_has_a_code_that_says_it():
    words = {node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert set(SENTENCES) - words == set()


@pytest.fixture(autouse=True)
def german():
    with Flask("sentences").test_request_context("/"):
        yield


def finding(code, paragraph="", **facts):
    return Finding(code, Severity.WARN, paragraph, facts)


def test_facts_are_written_as_the_desk_reads_them_and_the_law_stands_at_the_end():
    said = sentence(finding("above_cost_notice", "§ 630c Abs. 3 BGB", gross="2300", announced="2086.30", over="213.70"))
    assert said.replace("\u00a0", " ") == (
        "Der Betrag liegt 213,70 € über der Kosteninformation (2.086,30 €). Bitte prüfen Sie ihn (§ 630c Abs. 3 BGB)."
    )


def test_an_enum_value_becomes_a_word():
    said = sentence(finding("consent_other_procedure", covered="cryopeeling", planned="tattoo_laser"))
    assert "„Cryopeeling“" in said
    assert "„Laser Tätowierung“" in said


def test_a_limit_with_one_end_says_only_that_end():
    facts = {"site": "Hand", "parameter": "Zeit", "value": "12"}
    assert "10" in sentence(finding("device_limit_exceeded", **facts, highest="10"))
    assert "5 bis 10" in sentence(finding("device_limit_exceeded", **facts, lowest="5", highest="10"))


@pytest.mark.parametrize("bad", [finding("no_such_code"), finding("talk_short_notice")])
def test_an_unknown_code_and_missing_facts_are_errors_by_name(bad):
    with pytest.raises(UnknownFinding, match=bad.code):
        sentence(bad)


SAMPLES = {"day": "2026-11-23", "instant": "2026-11-23T10:30+01:00", "word": "medical", "": "x"}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("template", [text for texts in SENTENCES.values() for text in texts], ids=str)
def test_every_sentence_can_be_said_in_both_languages(template, language):
    use_language(language)
    fields = [(name, kind) for _, name, kind, _ in string.Formatter().parse(str.__str__(template)) if name]
    said = filled(template, {name: SAMPLES.get(kind or "", "2.3") for name, kind in fields})
    assert "{" not in said
    assert "!" not in said
