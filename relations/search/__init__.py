"""Search: which records hold the words a reader typed, and where in a text to mark them.

``matching`` narrows live editions to those with all the words; ``highlight`` marks them in one text, ``excerpt`` in
the part of one where they stand. All compare folded text, so that "quebec" finds "Québec". What is searched is what
``Document.search_text`` gave at publishing.
"""

from .marks import excerpt, highlight
from .query import FEWEST_CHARACTERS, MOST_CHARACTERS, MOST_WORDS, matching, words

__all__ = ["FEWEST_CHARACTERS", "MOST_CHARACTERS", "MOST_WORDS", "excerpt", "highlight", "matching", "words"]
