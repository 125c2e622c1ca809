"""The shipped wordings, facts and fees, and that each fact stands on the rendered paper it belongs to."""

from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from kostenklar.models.catalogue import Fact, facts, goae_rows, shipped_texts
from kostenklar.reports.content.base import LANGUAGES, Language
from kostenklar.reports.content.consent import consent_keys
from kostenklar.reports.content.texts import placeholders
from kostenklar.reports.layout.fonts import missing_characters
from kostenklar.reports.render import render_paper

PROCEDURES = ("cryopeeling", "pigment_laser", "tattoo_laser")


def test_every_text_stands_in_both_languages_with_the_same_placeholders() -> None:
    by_key: dict[str, dict[str, frozenset[str]]] = {}
    for text in shipped_texts():
        assert text.body
        assert text.sha256 == sha256(text.body.encode()).hexdigest()
        assert not missing_characters(text.body), text.key
        by_key.setdefault(text.key, {})[text.language] = placeholders(text.body)

    for key, languages in by_key.items():
        assert set(languages) == set(LANGUAGES), key
        assert languages["de"] == languages["en"], key


def test_every_procedure_has_the_texts_of_its_consent() -> None:
    keys = {text.key for text in shipped_texts()}

    for procedure in PROCEDURES:
        assert set(consent_keys(procedure)) <= keys


def test_all_fifteen_facts_are_listed() -> None:
    assert {fact.number for fact in facts()} == set(range(1, 16))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("procedure", PROCEDURES)
@pytest.mark.parametrize("kind", ["consent", "aftercare"])
def test_every_medical_fact_stands_on_the_paper_where_it_belongs(
    kind: str,
    procedure: str,
    language: Language,
    consent: Callable[..., Any],
    aftercare: Callable[..., Any],
    read: Callable[[bytes], Any],
) -> None:
    content = {"consent": consent, "aftercare": aftercare}[kind](language, procedure)
    paper = read(render_paper(content))
    inside = " ".join(" ".join(content.texts()).split())
    belonging: list[Fact] = [fact for fact in facts() if kind in fact.papers and procedure in fact.procedures]
    assert belonging

    for fact in belonging:
        for phrase in fact.phrases[language]:
            assert phrase in inside, f"fact {fact.number} in the content"
            assert phrase in paper, f"fact {fact.number} on the paper"


def test_the_schedule_has_all_numbers_with_their_vectors() -> None:
    rows = {row.number: row for row in goae_rows()}

    assert len(rows) == 2844
    assert (rows["740"].points, rows["740"].amount_threshold, rows["740"].section) == (71, Decimal("9.52"), "F")
    assert rows["3"].amount_threshold == Decimal("20.11")
    assert rows["441"].points is None
    assert rows["441"].amount_single is None
    assert rows["441"].fixed
    assert {number: rows[number].minimum_minutes for number in ("1", "3", "34")} == {"1": None, "3": 10, "34": 20}
    assert {(row.threshold, row.maximum) for row in rows.values() if row.in_section_a_list} <= {
        (Decimal("1.8"), Decimal("2.5")),
        (Decimal(1), Decimal(1)),
    }
