"""Where the words of a question stand in a text: found without regard to case and accents, marked in the original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from relations.documents import DECIMAL_COMMA, GROUPING, fold


def highlight(text: str, words: Iterable[str]) -> SafeString:
    """The text as safe HTML, each place where one of these folded words stands in ``<mark>``."""
    done, pieces = 0, []
    for start, end in _joined(_places(text, [word for word in words if word])):
        pieces += [conditional_escape(text[done:start]), format_html("<mark>{}</mark>", text[start:end])]
        done = end
    return mark_safe("".join([*pieces, conditional_escape(text[done:])]))  # noqa: S308 - every piece was escaped


def excerpt(text: str, words: Iterable[str], most: int = 220) -> SafeString:
    """The part of a text around the first of these folded words, marked; empty where the text has none of them."""
    words = list(words)
    first = min(_places(text, words), default=None)
    if first is None:
        return SafeString()
    start = max(0, min(first[0] - most // 3, len(text) - most))
    if start:
        start = text.find(" ", start, first[0]) + 1 or first[0]
    end = start + most if len(text) > start + most else len(text)
    if end < len(text):
        end = max(text.rfind(" ", first[1], end), first[1])
    shown = highlight(text[start:end], words)
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(text) else "")


def _places(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Where each word stands, as positions in the original: one sign can fold to none or to several."""
    folded, origin = _folded(text)
    for word in words:
        at = folded.find(word)
        while at != -1:
            yield origin[at], origin[at + len(word) - 1] + 1
            at = folded.find(word, at + len(word))


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as ``fold`` makes it, runs of blanks apart, and for each sign of the result the one it came from."""
    signs: list[str] = []
    origin: list[int] = []
    for position, sign in enumerate(text):
        plain = " " if sign.isspace() else fold(sign)
        signs.append(plain)
        origin += [position] * len(plain)
    folded = "".join(signs)
    grouping = {found.start() for found in GROUPING.finditer(folded)}
    kept = [place for place in range(len(folded)) if place not in grouping]
    return DECIMAL_COMMA.sub(".", "".join(folded[place] for place in kept)), [origin[place] for place in kept]


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places in order, those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
