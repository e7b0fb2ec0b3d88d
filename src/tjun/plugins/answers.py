"""
What one plugin offers through one hook, and what of that can be used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

import attrs

from tjun.errors import PluginError, TjunError, describe_error
from tjun.plugins.registry import PLUGIN_API, Hook, Owner, Plugin

__all__ = ["Answer", "Source", "collected", "holders_of", "judged", "unusable"]

_MOST_SHOWN = 80  # Characters of a value that a message repeats.


class _UnusableError(Exception):
    """
    A plugin breaks the contract; the message says how.
    """


def unusable(message: str) -> NoReturn:
    """
    Report that a plugin breaks the contract.
    """
    raise _UnusableError(message)


@attrs.define
class Answer:
    """
    What one plugin offers through one hook.
    """

    offers: dict[str, Any] = attrs.Factory(dict)
    refused: list[tuple[str, str]] = attrs.Factory(list)
    failure: PluginError | None = None


@attrs.define(eq=False)
class Source:
    """
    A plugin in a loader: its module or why there is none, and its answers by hook.
    """

    owner: Owner
    module: Any = None
    failure: PluginError | None = None
    answers: dict[str, Answer] = attrs.Factory(dict)

    def fail(self, error: BaseException) -> PluginError:
        """
        Return *error* as a failure of this plugin.
        """
        broken = isinstance(error, _UnusableError)
        reason = str(error) if broken else describe_error(error)
        failure = PluginError(self.owner.plugin, self.owner.release, reason)
        failure.__cause__ = error
        return failure


def holders_of(
    own: Source, answers: Iterable[tuple[Source, Answer]]
) -> dict[str, Source]:
    """
    Return the plugin that each name belongs to.

    A built-in name belongs to tjun; another one to the plugin with the same name if
    that offers it, or else to the first that does.
    """
    holders: dict[str, Source] = {}
    for source, answer in answers:
        for name in answer.offers:
            holder = holders.setdefault(name, source)
            if source.owner.plugin == name and holder is not own:
                holders[name] = source
    return holders


def judged(
    hook: Hook[Any],
    source: Source,
    answer: Answer,
    holders: dict[str, Source],
    own: Source,
) -> tuple[Plugin, dict[str, str]]:
    """
    Return a plugin with the names that it owns, and why others are unavailable.
    """
    owner = source.owner
    failure = source.failure or answer.failure
    refused = list(answer.refused)
    unavailable = {
        name: f"{name!r} is offered by {owner}, but {reason}"
        for name, reason in answer.refused
    }
    if failure is not None:
        unavailable[owner.plugin] = (
            f"{owner.plugin!r} is offered by {owner}, which failed to load:"
            f" {failure.reason}"
        )
    for name in answer.offers:
        holder = holders[name]
        if holder is own and source is not own:
            refused.append((name, f"it is built in; rename the {hook.noun}"))
        elif holder is not source:
            reason = (
                f"{holder.owner} offers it too and is used; to use this one, set"
                f" TJUN_DISABLED_PLUGINS={holder.owner.plugin}"
            )
            refused.append((name, reason))
    plugin = Plugin(
        owner=owner,
        offers=tuple(name for name in answer.offers if holders[name] is source),
        failure=failure,
        refused=tuple(
            PluginError(
                owner.plugin, owner.release, reason, f"the {hook.noun} {name!r}"
            )
            for name, reason in refused
        ),
    )
    return plugin, unavailable


def collected(hook: Hook[Any], offered: Any) -> Answer:
    """
    Return what an implementation returned, with each object checked.
    """
    wanted = f"{hook.name}() has to return {hook.offers.__name__} objects"
    if not isinstance(offered, Iterable):
        unusable(f"{wanted}, not {_shortened(offered)}")
    answer = Answer()
    for each in offered:
        if not isinstance(each, hook.offers):
            unusable(f"{wanted}, not {_shortened(each)}")
        name = getattr(each, hook.key)
        reason = _objection(hook, each)
        if name in answer.offers:
            reason = "the plugin offers it twice and only the first is used"
        if reason is None:
            answer.offers[name] = each
        else:
            answer.refused.append((name, reason))
    return answer


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def _objection(hook: Hook[Any], each: Any) -> str | None:
    api = getattr(each, "api", 1)
    if api > PLUGIN_API:
        return f"it needs plugin API {api}; this tjun has {PLUGIN_API}"
    try:
        if hook.check is not None:
            hook.check(each)
    except KeyboardInterrupt:
        raise
    except TjunError as error:
        return str(error)
    except BaseException as error:  # noqa: BLE001  # The check runs the plugin's code.
        return describe_error(error)
    return None
