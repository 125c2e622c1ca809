"""`python -m kostenklar.plugin.check_translations`: German texts without English, and the other way."""

from __future__ import annotations

import argparse
import ast
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from .texts import CATALOGUE

HOUSE = Path(__file__).parent.parent
_SPEAKING = {"kt": 1, "lazy_kt": 1, "kt_count": 2}
"""Functions whose first arguments are German texts, and how many of them are."""
_ROOMS = ("app.py", "plugin", "models", "reports")


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong between the texts in the code and en.po; every list is sorted."""

    missing: list[str]
    unused: list[str]
    mismatched: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unused or self.mismatched)


def german_texts(house: Path = HOUSE) -> set[str]:
    """Every German id in the Python files and templates of the package."""
    return {*_texts_in_python(house), *_texts_in_templates(house / "templates")}


def compare(house: Path = HOUSE, catalogue: Path = CATALOGUE) -> Report:
    """German ids without English, English without German, and pairs whose {placeholders} differ."""
    german, english = german_texts(house), _pairs(catalogue)
    return Report(
        missing=sorted(text for text in german if not english.get(text)),
        unused=sorted(english.keys() - german),
        mismatched=sorted(de for de, en in english.items() if en and _placeholders(de) != _placeholders(en)),
    )


def update(house: Path = HOUSE, catalogue: Path = CATALOGUE) -> None:
    """Rewrite en.po sorted: missing ids with an empty text, unused ones gone, everything else as it was."""
    english = _pairs(catalogue)
    fresh = Catalog(locale="en", fuzzy=False)
    for text in sorted(german_texts(house)):
        fresh.add(text, english.get(text, ""))
    with catalogue.open("wb") as file:
        file.write(b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: en\\n"\n\n')
        write_po(file, fresh, width=116, omit_header=True)


def main(arguments: list[str] | None = None) -> int:
    """Print what is wrong and answer 1, or answer 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the missing ids into en.po, drop unused ones")
    if parser.parse_args(arguments).update:
        update()
    report = compare()
    for title, texts in (
        ("Without English", report.missing),
        ("In en.po, but no longer used", report.unused),
        ("Placeholders differ", report.mismatched),
    ):
        if texts:
            print(f"{title}: {len(texts)}", *(f"  {text}" for text in texts), sep="\n")
    return int(bool(report))


def _texts_in_python(house: Path) -> Iterator[str]:
    for room in _ROOMS:
        start = house / room
        for file in sorted(start.rglob("*.py")) if start.is_dir() else [start] if start.exists() else []:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield from _texts_of_call(node)


def _texts_of_call(node: ast.Call) -> Iterator[str]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    for argument in node.args[: _SPEAKING.get(name, 0)]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def _texts_in_templates(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.html")):
        with file.open("rb") as source:
            for _, _, texts, _ in babel_extract(source, list(_SPEAKING), [], {"silent": "false"}):
                yield from (text for text in ([texts] if isinstance(texts, str) else texts or ()) if text)


def _pairs(catalogue: Path) -> dict[str, str]:
    with catalogue.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="en") if message.id}


def _placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    sys.exit(main())
