"""cleanse: scraped articles in, datasets that people can trust out.

>>> import cleanse
>>> article = cleanse.clean("The talks in Hanoi ended on Friday .")
>>> article.text
'The talks in Hanoi ended on Friday.'
>>> cleanse.restore(article.text, article.edits)
'The talks in Hanoi ended on Friday .'
"""

from typing import TYPE_CHECKING, Any

from cleanse.article import Article, Block
from cleanse.cleaner import clean
from cleanse.draft import Context
from cleanse.edit import Edit, Finding, restore
from cleanse.policy import Policy

if TYPE_CHECKING:
    from cleanse.learning.inmemory import learn
    from cleanse.learning.table import approved

__all__ = [
    "Article",
    "Block",
    "Context",
    "Edit",
    "Finding",
    "Policy",
    "approved",
    "clean",
    "learn",
    "restore",
]
__version__ = "0.1.0"

# Learning needs libraries that take as long to import as an article takes to clean.
_LATER = {"approved": "cleanse.learning.table", "learn": "cleanse.learning.inmemory"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
