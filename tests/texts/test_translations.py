"""Every German text has its English, and the command that says so."""

import pytest

from kostenklar.plugin import check_translations
from kostenklar.plugin.check_translations import compare, german_texts, main, update


def test_every_german_text_of_the_house_has_its_english_and_nothing_is_left_over(capsys):
    assert main([]) == 0, capsys.readouterr().out


@pytest.fixture
def house(tmp_path):
    (tmp_path / "plugin").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "plugin" / "a.py").write_text(
        'x = lazy_kt("Heute")\ny = texts.kt("Noch " "{days}", days=3)\nz = kt_count("ein Tag", "{count} Tage", n)\n'
    )
    (tmp_path / "templates" / "a.html").write_text(
        '{% macro m() %}{{ kt("In einer Vorlage") }}{% endmacro %}{{ kt_count("eins", "viele", 2) }}'
    )
    (tmp_path / "en.po").write_text(
        'msgid "Heute"\nmsgstr "Today"\n\nmsgid "Noch {days}"\nmsgstr "Still {day}"\n\nmsgid "Alt"\nmsgstr "Old"\n'
    )
    return tmp_path


def test_texts_are_found_in_python_and_in_templates(house):
    assert german_texts(house) == {
        "Heute",
        "Noch {days}",
        "ein Tag",
        "{count} Tage",
        "In einer Vorlage",
        "eins",
        "viele",
    }


def test_missing_unused_and_mismatched_texts_are_told_apart(house):
    report = compare(house, house / "en.po")
    assert report.missing == ["In einer Vorlage", "ein Tag", "eins", "viele", "{count} Tage"]
    assert report.unused == ["Alt"]
    assert report.mismatched == ["Noch {days}"]


def test_update_adds_what_is_missing_drops_what_is_unused_and_keeps_the_english(house):
    update(house, house / "en.po")
    report = compare(house, house / "en.po")
    assert report.unused == []
    assert "eins" in report.missing
    written = (house / "en.po").read_text()
    assert 'msgid "Heute"\nmsgstr "Today"' in written
    ids = [line for line in written.splitlines() if line.startswith("msgid ") and line != 'msgid ""']
    assert ids == sorted(ids)


def test_the_command_answers_1_when_something_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(check_translations, "compare", lambda: check_translations.Report(["Heute"], [], []))
    assert main([]) == 1
    assert "Heute" in capsys.readouterr().out
