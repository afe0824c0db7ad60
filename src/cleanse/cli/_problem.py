"""What a command raises when it cannot go on."""

from __future__ import annotations


class Problem(Exception):
    """Ends the command; its message says in a line what is wrong, where, and what to do."""

    exit_code = 1


class UsageProblem(Problem):
    """The command was asked for something that makes no sense."""

    exit_code = 2
