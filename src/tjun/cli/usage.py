"""
Messages for usage errors, instead of those of Cyclopts.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any, Literal, get_args, get_origin

from cyclopts import App, CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from tjun.errors import TjunError
from tjun.suggestions import suggest

__all__ = ["explain"]

_NOUNS = {int: "a whole number", float: "a number"}


def explain(error: CycloptsError, app: App, words: Sequence[str]) -> str:
    """
    Return what is wrong with the arguments, and what to do.

    Args:
        error: How the parser describes it.

        app: The application.

        words: The arguments.
    """
    chain = list(error.command_chain or ())
    command = " ".join(["tjun", *chain])
    match error:
        case UnknownCommandError(unused_tokens=[token, *_]):
            return _unknown_command(token, words, app, command)
        case UnusedCliTokensError(unused_tokens=[token, *_]):
            return _unexpected(token, chain, command)
        case UnknownOptionError():
            return _unknown_option(error, command)
        case MissingArgumentError():
            return _missing(error, command)
        case CoercionError():
            return _invalid(error)
    error.verbose = False
    return str(error)


def _unknown_command(token: str, words: Sequence[str], app: App, command: str) -> str:
    parents = [word for word in words[: list(words).index(token)] if word]
    command = " ".join([command, *parents]) if command == "tjun" else command
    for parent in parents:
        app = app[parent]
    known = [name for name in app if not name.startswith("-")]
    if token.startswith("-"):
        later = next((word for word in words if word in known), "COMMAND")
        return f"{token} comes too early; write `{command} {later} {token}`"
    what = "an exporter" if parents == ["export"] else "a command"
    close = suggest(token.casefold(), known)
    if close:
        return f"{token!r} is not {what}. Did you mean `{command} {close[0]}`?"
    found = None if parents else _show(token)
    if found is not None:
        return f"{token!r} is not {what}. Did you mean {found}?"
    return f"{token!r} is not {what}. `{command} --help` lists them all."


def _unexpected(token: str, chain: Sequence[str], command: str) -> str:
    thing = _thing(token)
    if thing is None:
        return (
            f"`{command}` does not accept {token!r} here;"
            f" `tjun help {' '.join(chain)}` shows its options"
        )
    remedy = f"Did you mean `tjun show {thing.id}`?"
    return f"`{command}` does not accept {token!r} here. {remedy}"


def _show(token: str) -> str | None:
    thing = _thing(token)
    return None if thing is None else f"`tjun show {thing.id}`"


def _thing(token: str) -> Any:
    from tjun.cli.finding import find_anything  # noqa: PLC0415  # Loads the record.
    from tjun.cli.parameters import RecordOptions  # noqa: PLC0415  # Loads the record.

    try:
        return find_anything(RecordOptions().chronology(), token)
    except TjunError:
        return None


def _unknown_option(error: UnknownOptionError, command: str) -> str:
    option = error.token.keyword or error.token.value
    known = [
        name
        for argument in error.argument_collection
        if argument.parse and argument.show
        for name in argument.names
    ]
    close = suggest(option.partition("=")[0], known)
    remedy = f" Did you mean {close[0]}?" if close else ""
    if not close:
        remedy = f" `{command} --help` shows its options."
    return f"{option} is not an option of `{command}`.{remedy}"


def _missing(error: MissingArgumentError, command: str) -> str:
    name = error.keyword or (error.argument.name if error.argument else "")
    if name.startswith("-"):
        return f"{name} needs a value"
    return f"`{command}` needs the argument {name}; `{command} --help` explains it"


def _invalid(error: CoercionError) -> str:
    argument, token = error.argument, error.token
    name = argument.name if argument is not None else ""
    if token is not None and token.keyword is not None:
        name = token.keyword
    if error.msg is not None:
        return f"{name}: {error.msg}"
    value = "" if token is None else token.value
    choices = _choices(error.target_type)
    if choices:
        listed = ", ".join(choices)
        return f"{name}: {value!r} is not one of {listed}"
    noun = _NOUNS.get(error.target_type) if error.target_type else None
    return f"{name}: {value!r} is not {noun or 'a valid value'}"


def _choices(kind: Any) -> list[str]:
    if get_origin(kind) is Literal:
        return [str(each) for each in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return [name.lower().replace("_", "-") for name in kind.__members__]
    return []
