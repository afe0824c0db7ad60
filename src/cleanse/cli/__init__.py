"""The command line: ``cleanse COMMAND``.

A command is a module of this package whose name does not begin with an underscore. It is found because it is
there, and imported only when it is asked for, so what one command needs costs the others nothing. It has

* ``HELP``, one line for ``cleanse --help``; its docstring and ``EXAMPLES`` make its own ``--help``,
* ``arguments(parser)``, which adds its arguments,
* ``run(arguments)``, which does the work and returns the exit code.

Exit codes: 0 all well, 1 problems (one line each on stderr), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import io
import os
import pkgutil
import signal
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from cleanse.cli._problem import Problem
from cleanse.visible import visible

_DESCRIPTION = "Turns scraped articles into text that people can trust, with every change on record."

_EPILOG = """\
examples:
  cleanse clean article.txt                 the clean text
  curl -s URL | extract | cleanse clean -   from another program
  cleanse explain article.txt               what went, what came, and which rule says so
  cleanse rules related                     the rule of that name, or those that resemble it

`cleanse COMMAND --help` explains a command and shows examples.
exit codes: 0 all well, 1 problems, 2 wrong usage
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {visible(message)}; `{self.prog} --help` shows how it is used\n")


def commands() -> list[str]:
    """Give the names of all commands."""
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))


def parser(command: str) -> argparse.ArgumentParser:
    """Make the parser of one command, and import that command alone."""
    module = _module(command)
    made = _Parser(
        prog=f"cleanse {command}",
        description=(module.__doc__ or "").strip(),
        epilog="examples:\n" + module.EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.arguments(made)
    return made


def _overview() -> argparse.ArgumentParser:
    made = _Parser(
        prog="cleanse",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="store_true", help="show the version and exit")
    group = made.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for name in commands():
        group.add_parser(name, help=_module(name).HELP, add_help=False)
    return made


def _module(command: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{command}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; ``argv`` is without the program's name."""
    argv = sys.argv[1:] if argv is None else list(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a locale without UTF-8 is no reason to fail
    try:
        code = _dispatch(argv)
        sys.stdout.flush()
        return code
    except SystemExit as ending:  # argparse has said what there is to say
        return ending.code if isinstance(ending.code, int) else 2
    except BrokenPipeError:
        # The reader has seen enough. What is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Problem as problem:
        _complain(str(problem))
        return problem.exit_code
    except OSError as error:
        where = f"{error.filename}: " if error.filename is not None else ""
        _complain(f"{where}{error.strerror or error}")
    except Exception as error:
        if os.environ.get("CLEANSE_DEBUG"):
            raise
        _complain(
            f"a fault in cleanse, not in what you did: {type(error).__name__}: {error}. "
            "Run it again with CLEANSE_DEBUG=1 to see where, and report that"
        )
    return 1


def _dispatch(argv: Sequence[str]) -> int:
    if argv and argv[0] in commands():
        arguments = parser(argv[0]).parse_args(argv[1:])
        return int(_module(argv[0]).run(arguments))
    if argv and not argv[0].startswith("-"):
        meant = difflib.get_close_matches(argv[0], commands(), n=1)
        hint = f"did you mean `cleanse {meant[0]}`?" if meant else f"there are {', '.join(commands())}"
        sys.stderr.write(f"cleanse: there is no command {visible(argv[0])!r}; {hint}\n")
        return 2
    overview = _overview()
    if overview.parse_args(argv).version:
        from cleanse import __version__

        print(f"cleanse {__version__}")
        return 0
    overview.print_help()
    return 0


def _complain(message: str) -> None:
    sys.stderr.write(f"cleanse: {visible(message)}\n")
