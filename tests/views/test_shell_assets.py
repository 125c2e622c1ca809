"""Stylesheets, font, icons and script come from our own route, small and cached."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from kostenklar import plugin
from kostenklar.plugin.assets import ICONS, asset, icon, register_assets

HOUSE = Path(plugin.__file__).parent.parent
NAMES = ("bootstrap.css", "kostenklar.css", "kostenklar.js", "icons.svg", "favicon.svg", "sans-400.ttf", "sans-600.ttf")


@pytest.fixture
def client():
    app = Flask("assets")
    blueprint = Blueprint("kostenklar", "assets")
    register_assets(blueprint)
    app.register_blueprint(blueprint, url_prefix="/anywhere")
    with app.test_request_context("/"):
        yield app.test_client()


@pytest.mark.parametrize("name", NAMES)
def test_every_asset_is_served_packed_and_cached_under_its_hash(client, name):
    plain = client.get(asset(name))
    packed = client.get(asset(name), headers={"Accept-Encoding": "gzip, br"})
    assert plain.status_code == packed.status_code == 200
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "immutable" in plain.headers["Cache-Control"]
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in plain.headers


def test_an_outdated_address_gets_todays_file_but_is_not_kept(client):
    answer = client.get("/anywhere/assets/000000000000/kostenklar.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["layout.html", "..%2fassets.py", "%2e%2e/assets.py", "kostenklar.css.map"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/anywhere/assets/0/{name}").status_code == 404


def test_the_stylesheet_finds_its_fonts_under_any_mount_and_nothing_outside(client):
    css = client.get(asset("kostenklar.css")).text
    addresses = re.findall(r'url\("?([^")]+)', css)
    assert len(addresses) == 2
    for address in addresses:
        assert address.startswith("../")
        assert client.get("/anywhere/assets/" + address.removeprefix("../")).status_code == 200
    assert "http" not in css


def test_the_first_visit_costs_less_than_400_kb_and_styles_less_than_50(client):
    def size(name):
        return len(client.get(asset(name), headers={"Accept-Encoding": "gzip"}).data)

    assert sum(size(name) for name in NAMES) < 400_000
    assert sum(size(name) for name in NAMES if not name.endswith(".ttf")) < 50_000


def test_the_sprite_holds_each_icon_once_and_only_ours(client):
    sprite = client.get(asset("icons.svg")).text
    assert sorted(re.findall(r'<symbol [^>]*id="([^"]+)"', sprite)) == sorted(ICONS)
    assert list(ICONS) == sorted(set(ICONS))


def test_an_icon_is_hidden_from_screen_readers_and_a_foreign_one_is_an_error_by_name(client):
    assert 'aria-hidden="true"' in icon("search")
    with pytest.raises(LookupError, match="no-such-icon"):
        icon("no-such-icon")


def test_every_icon_that_a_template_names_is_in_the_sprite():
    named = set()
    for file in (HOUSE / "templates").rglob("*.html"):
        named |= set(re.findall(r"""icon\(["']([\w-]+)["']\)""", file.read_text("utf-8")))
    assert named
    assert named <= set(ICONS)
