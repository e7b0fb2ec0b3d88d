"""
Messages for usage errors, where Cyclopts' own could say what to do.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from cyclopts import App, CycloptsError
from cyclopts.exceptions import UnknownCommandError, UnusedCliTokensError

from tjun.errors import TjunError
from tjun.exchange.registry import IMPORTERS
from tjun.plugins.discovery import load_for
from tjun.suggestions import suggest

__all__ = ["explain"]


def explain(error: CycloptsError, app: App, words: Sequence[str]) -> str:
    """
    Return what is wrong with the arguments, and what to do.

    Args:
        error: How the parser describes it.

        app: The application.

        words: The arguments.
    """
    match error:
        case UnknownCommandError(unused_tokens=[token, *_]):
            if token.startswith("-"):
                return _too_early(token, app, words)
            if token == words[0] and (remedy := _show(token)):
                return f"{token!r} is not a command. {remedy}"
            if words[0] in {"export", "import"} and token == words[1]:
                names = [each for each in app[words[0]] if not each.startswith("-")]
                if not suggest(token, names):
                    return _no_format(token, words[0], names)
        case UnusedCliTokensError(unused_tokens=[token, *_]):
            command = " ".join(["tjun", *(error.command_chain or ())])
            remedy = _show(token) or f"`{command} --help` shows its options."
            return f"`{command}` does not accept {token!r} here. {remedy}"
    error.verbose = False
    return str(error)


def _too_early(option: str, app: App, words: Sequence[str]) -> str:
    """
    Say that *option* comes after a command or a format, and move it there.
    """
    start = words.index(option)
    for parent in words[:start]:
        app = app[parent]
    what = "format" if words[:1] == ["export"] else "command"
    rest = list(words[start:])
    later = next((word for word in rest if word in list(app)), None)
    if later is None:
        later = what.upper()
    else:
        rest.remove(later)
    line = shlex.join(["tjun", *words[:start], later, *rest])
    return f"{option} comes after the {what}: `{line}`"


def _no_format(token: str, command: str, names: Sequence[str]) -> str:
    """
    Say what a format that does not exist may be.
    """
    for name in names if command == "import" else ():
        if f".{token}" in load_for(IMPORTERS, name)[name].suffixes:
            return f"There is no {token!r}; {name} reads .{token} files."
    return (
        f"There is no format {token!r}; known are {', '.join(names)}. Others come with"
        " plugins: `tjun plugins` lists those that are installed."
    )


def _show(token: str) -> str | None:
    from tjun.cli.finding import find_anything  # noqa: PLC0415  # Loads the record.
    from tjun.cli.parameters import RecordOptions  # noqa: PLC0415  # Loads the record.

    try:
        thing = find_anything(RecordOptions().chronology(), token)
    except TjunError:
        return None
    return f"Did you mean `tjun show {thing.id}`?"
