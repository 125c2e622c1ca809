"""The colours of a tattoo in both languages, by the codes of Lesion.ink_colours."""

from typing import Final

INK_WORDS: Final[dict[str, tuple[str, str]]] = {
    "ink_colours": ("{site} (Farben: {colours})", "{site} (colours: {colours})"),
    "ink_black": ("schwarz", "black"),
    "ink_blue": ("blau", "blue"),
    "ink_green": ("grün", "green"),
    "ink_red": ("rot", "red"),
    "ink_yellow": ("gelb", "yellow"),
    "ink_orange": ("orange", "orange"),
    "ink_violet": ("violett", "violet"),
    "ink_brown": ("braun", "brown"),
    "ink_white": ("weiß oder hautfarben", "white or skin-coloured"),
    "ink_other": ("andere", "other"),
}
