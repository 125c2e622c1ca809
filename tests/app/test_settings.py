"""Settings: documented, checked, and a wrong one stops the start by its name."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from kostenklar.app import cli
from kostenklar.plugin.config import WrongSetting
from kostenklar.plugin.standalone.keys import draw_key_files, read_secret_keys
from kostenklar.plugin.standalone.settings import read_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("TRUSTED_PROXIES", "yes"),
        ("ALLOWED_HOSTS", "http://praxis"),
        ("SECURE_COOKIES", "maybe"),
        ("IDLE_MINUTES", "0"),
        ("TOTP", "sometimes"),
        ("DATABASE_URL", "postgresql://localhost/kk"),
        ("DATABASE_URL", "mysql://localhost/kk"),
    ],
)
def test_a_wrong_value_names_the_setting(name, text):
    with pytest.raises(WrongSetting, match=f"KOSTENKLAR_{name}={re.escape(text)}"):
        read_settings({f"KOSTENKLAR_{name}": text})


def test_on_the_command_line_it_is_one_sentence(monkeypatch, tmp_path):
    from click.testing import CliRunner

    monkeypatch.setenv("KOSTENKLAR_INSTANCE", str(tmp_path))
    monkeypatch.setenv("KOSTENKLAR_PORT", "eighty")
    result = CliRunner().invoke(cli, ["serve"])
    assert result.exit_code == 1
    assert result.output == "Error: KOSTENKLAR_PORT=eighty: must be a whole number from 1 to 65535\n"


def test_every_setting_in_the_code_is_documented():
    files = [ROOT / "app.py", ROOT / "Makefile", *(ROOT / "plugin").rglob("*.py")]
    used = {name for file in files for name in re.findall(r"KOSTENKLAR_[A-Z_]*[A-Z]", file.read_text("utf-8"))}
    settings = (ROOT / "plugin/standalone/settings.py").read_text("utf-8")
    used |= {f"KOSTENKLAR_{name}" for name in re.findall(r'value\("([A-Z_]+)"', settings)}
    documented = set(
        re.findall(r"^\| `(KOSTENKLAR_[A-Z_]+)`", (ROOT / "docs/settings.md").read_text("utf-8"), re.MULTILINE)
    )
    assert used == documented


def test_keys_are_drawn_once_and_only_their_owner_reads_them(tmp_path):
    settings = read_settings({"KOSTENKLAR_INSTANCE": str(tmp_path / "instance")})
    assert draw_key_files(settings) == [settings.secret_key_file, settings.keys_file]
    assert draw_key_files(settings) == []
    for path in (settings.secret_key_file, settings.keys_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(read_secret_keys(settings.secret_key_file)[0]) >= 40


@pytest.mark.parametrize("content", ["", "short\n", "\xff\xfe"])
def test_a_broken_secret_key_file_stops_the_start(tmp_path, content):
    (tmp_path / "secret.key").write_text(content, "latin-1")
    with pytest.raises(WrongSetting, match="KOSTENKLAR_SECRET_KEY_FILE"):
        read_secret_keys(tmp_path / "secret.key")


def test_an_older_secret_key_still_opens_saved_text(house, clock):
    browser = house.at_desk()
    clock.shift(16 * 60)
    browser.client.post("/notepad", data={"note": "before the change"})
    path = Path(house.app.instance_path) / "secret.key"
    path.write_text("n" * 44 + "\n" + path.read_text())
    new, *old = read_secret_keys(path)
    house.app.config.update(SECRET_KEY=new, SECRET_KEY_FALLBACKS=old)
    browser.sign_in("empfang", house.passwords["empfang"])
    assert "before the change" in browser.open("/notepad").text
