"""cleanse: scraped articles in, datasets that people can trust out.

>>> import cleanse
>>> article = cleanse.clean("The talks in Hanoi ended on Friday .")
>>> article.text
'The talks in Hanoi ended on Friday.'
>>> cleanse.restore(article.text, article.edits)
'The talks in Hanoi ended on Friday .'
"""

from cleanse.article import Article, Block
from cleanse.cleaner import clean
from cleanse.draft import Context
from cleanse.edit import Edit, Finding, restore
from cleanse.policy import Policy

__all__ = ["Article", "Block", "Context", "Edit", "Finding", "Policy", "clean", "restore"]
__version__ = "0.1.0"
