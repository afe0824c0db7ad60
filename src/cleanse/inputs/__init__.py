"""What comes in: files of articles, planned as shards of bounded size and read record by record.

:func:`plan` finds the files, hashes them and cuts them into shards; :func:`read` reads one shard. Every record
is a row of one batch's records or, with its bytes and the reason, a row of its rejected.
"""

from cleanse.inputs.fields import USUAL, FieldMap
from cleanse.inputs.model import Batch, Check, InputError, Limits, Piece, Plan, Problem, Shard
from cleanse.inputs.planning import plan
from cleanse.inputs.reading import InputChanged, read

__all__ = [
    "USUAL",
    "Batch",
    "Check",
    "FieldMap",
    "InputChanged",
    "InputError",
    "Limits",
    "Piece",
    "Plan",
    "Problem",
    "Shard",
    "plan",
    "read",
]
