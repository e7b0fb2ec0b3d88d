"""
Find installed plugins, import those that are needed, and call their hooks.

Each plugin is imported and called in its own `try`, so that the failure of one does
not affect the others. This package imports nothing from the packages above it: a
`Hook` says what to ask plugins for, and which module has what is built in.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import attrs

from tjun import __version__
from tjun.errors import PluginError, TjunError, describe_error, shortened
from tjun.plugins.registry import BUILTIN, PLUGIN_API, Hook, Owner, Registry
from tjun.suggestions import suggest

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

    from pluggy import PluginManager

__all__ = ["builtin", "load_all", "load_for"]

GROUP = "tjun"
"""
The entry-point group in which plugins are found.
"""

_TJUN = Owner(plugin=BUILTIN, distribution="tjun", version=__version__)

T = TypeVar("T")


def builtin(hook: Hook[T]) -> Registry[T]:
    """
    Return what tjun itself offers, without looking for plugins.
    """
    if hook.name not in _builtin:
        implementation = getattr(import_module(hook.builtin), hook.name)
        objects = {getattr(each, hook.key): each for each in implementation()}
        _builtin[hook.name] = Registry(
            noun=hook.noun,
            owners=dict.fromkeys(objects, _TJUN),
            plugins=(_TJUN,),
            objects=objects,
        )
    return _builtin[hook.name]


def load_all(
    hook: Hook[T], *, strict: bool = False, disabled: Iterable[str] = ()
) -> Registry[T]:
    """
    Return what every installed plugin offers; look for new plugins each time.

    Args:
        hook: The hook to ask.

        strict: Raise the first failure, as `TJUN_STRICT_PLUGINS=1` does.

        disabled: Names of entry points not to import, in addition to those in
            `TJUN_DISABLED_PLUGINS`.

    Raises:
        PluginError: For the first failure, if strict.
    """
    if _asking.get():
        return builtin(hook)
    names = frozenset([disabled] if isinstance(disabled, str) else disabled)
    search = _Search(names)
    if not names:
        _latest[:] = [search]
    return _checked(search.registry(hook, search.plugins), strict=strict)


def load_for(hook: Hook[T], key: str) -> Registry[T]:
    """
    Return a registry with *key* if anyone offers it, importing as little as possible.

    A built-in object needs no plugin. Otherwise, the plugin with that name is imported
    first, and the others only if it does not offer *key*. A search is kept until
    something is missing from it.

    Raises:
        PluginError: For the first failure, if `TJUN_STRICT_PLUGINS=1`.
    """
    found = builtin(hook)
    if key in found or _asking.get():
        return found
    search = _latest[0] if _latest else None
    if search is None or search.listed != _listed() or not search.finds(hook, key):
        search = _Search()
        search.finds(hook, key)
        _latest[:] = [search]
    asked = [plugin for plugin in search.plugins if hook.name in plugin.answers]
    return _checked(search.registry(hook, asked))


def _installed() -> tuple[list[tuple[Owner, EntryPoint]], list[PluginError]]:
    """
    Return every plugin by name, and what is wrong with the metadata of others.
    """
    from importlib.metadata import distributions, entry_points  # noqa: PLC0415  # Only needed to look for plugins.

    failures: list[PluginError] = []
    try:
        points = list(entry_points(group=GROUP))
    except Exception:  # noqa: BLE001  # One broken file makes the whole list fail.
        points, known = [], set[str]()
        for each in distributions():
            name = re.sub(r"[-_.]+", "-", _name(each)).lower()
            if name in known:  # Only the first in the search path can be imported.
                continue
            known.add(name)
            try:
                points += each.entry_points.select(group=GROUP)
            except Exception as error:  # noqa: BLE001
                failures.append(_broken(_name(each), "entry points", error))
    found: list[tuple[Owner, EntryPoint]] = []
    for point in points:
        dist: Any = point.dist  # Not None for entry points of distributions.
        try:
            owner = Owner(
                plugin=point.name, distribution=dist.name, version=dist.version
            )
        except Exception as error:  # noqa: BLE001  # Parsing it raises various errors.
            failures.append(_broken(point.name, "metadata", error))
        else:
            found.append((owner, point))
    found.sort(key=lambda pair: (pair[1].name, str(pair[0]), pair[1].value))
    return found, failures


def _name(distribution: Distribution) -> str:
    try:
        return str(distribution.name)
    except Exception:  # noqa: BLE001  # Its metadata may be broken, too.
        return str(distribution.locate_file(""))


def _broken(plugin: str, what: str, error: Exception) -> PluginError:
    reason = f"the {what} of its distribution cannot be read: {describe_error(error)}"
    failure = PluginError(plugin, None, reason)
    failure.__cause__ = error
    return failure


def _listed() -> frozenset[str]:
    """
    Return the names of the plugins that the environment disables.
    """
    names = os.environ.get("TJUN_DISABLED_PLUGINS", "").split(",")
    return frozenset(filter(None, map(str.strip, names)))


def _checked(registry: Registry[T], *, strict: bool = False) -> Registry[T]:
    if strict or os.environ.get("TJUN_STRICT_PLUGINS") == "1":
        for failure in registry.failures:
            raise failure from failure.__cause__
    return registry


class _UnusableError(Exception):
    """
    A plugin breaks the contract; the message says how.
    """


def _unusable(message: str) -> NoReturn:
    raise _UnusableError(message)


@attrs.define
class _Answer:
    """
    What a plugin offers through one hook, and what of that cannot be used.
    """

    objects: dict[str, Any] = attrs.Factory(dict)
    failures: list[PluginError] = attrs.Factory(list)


@attrs.define(eq=False)
class _Plugin:
    """
    A plugin, which is imported when it is first asked, and asked once for each hook.

    Attributes:
        owner: Its name and distribution.

        load: Imports it.

        failures: Why nothing of it can be used; empty if it can.

        answers: What it offers, by hook.
    """

    owner: Owner
    load: Callable[[], Any]
    failures: list[PluginError] = attrs.Factory(list)
    answers: dict[str, _Answer] = attrs.Factory(dict)
    _manager: PluginManager | None = None

    def answer(self, hook: Hook[Any]) -> _Answer:
        """
        Return what the plugin offers through *hook*.
        """
        if hook.name in self.answers:
            return self.answers[hook.name]
        answer = _Answer()
        if self._manager is None and not self.failures:
            with self._isolated(self.failures):
                self._manager = _managed(self.load(), self.owner.plugin)
        if self._manager is not None:
            with self._isolated(answer.failures):
                answer = self._collected(hook, self._manager)
        self.answers[hook.name] = answer
        return answer

    def fail(
        self, reason: str, offer: str | None = None, cause: BaseException | None = None
    ) -> PluginError:
        """
        Return an error about the plugin, or about one object that it offers.
        """
        failure = PluginError(self.owner.plugin, self.owner.release, reason, offer)
        failure.__cause__ = cause
        return failure

    @contextlib.contextmanager
    def _isolated(self, failures: list[PluginError]) -> Iterator[None]:
        """
        Run the plugin's code, and add what it raises to *failures*.
        """
        token = _asking.set(True)
        try:
            yield
        except (Exception, SystemExit) as error:  # noqa: BLE001  # As promised.
            failures.append(self.fail(_reason(error), cause=error))
        finally:
            _asking.reset(token)

    def _collected(self, hook: Hook[Any], manager: PluginManager) -> _Answer:
        wanted = f"{hook.name}() has to return {hook.offers.__name__} objects"
        answer = _Answer()
        for implementation in getattr(manager.hook, hook.name).get_hookimpls():
            offered = implementation.function()
            if not isinstance(offered, Iterable):
                _unusable(f"{wanted}, not {shortened(offered)}")
            for each in offered:
                if not isinstance(each, hook.offers):
                    _unusable(f"{wanted}, not {shortened(each)}")
                name = getattr(each, hook.key)
                problem = _problem(hook, each)
                if name in answer.objects:
                    problem = "the plugin offers it twice and only the first is used"
                if problem is None:
                    answer.objects[name] = each
                else:
                    answer.failures.append(self.fail(problem, _offer(hook, name)))
        return answer


def _managed(module: Any, name: str) -> PluginManager:
    """
    Return a manager with one plugin, whose hooks exist.
    """
    import pluggy  # noqa: PLC0415  # Only needed for plugins.

    from tjun.plugins import hooks  # noqa: PLC0415  # It needs pluggy.

    manager = pluggy.PluginManager("tjun")
    manager.add_hookspecs(hooks)
    manager.register(module, name)
    manager.check_pending()  # Raises for an unknown, misspelt hook.
    if not manager.get_hookcallers(module):
        *others, last = vars(manager.hook)
        _unusable(
            f"it implements no hook; mark {', '.join(others)} or {last} with"
            " @tjun.hookimpl"
        )
    return manager


def _problem(hook: Hook[Any], each: Any) -> str | None:
    """
    Return why an object cannot be used, or `None`.
    """
    api = getattr(each, "api", 1)
    if api > PLUGIN_API:
        return f"it needs plugin API {api}; this tjun has {PLUGIN_API}"
    try:
        if hook.check is not None:
            hook.check(each)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # It runs a plugin's code.
        return _reason(error)
    return None


def _reason(error: BaseException) -> str:
    own = isinstance(error, (_UnusableError, TjunError))
    return str(error) if own else describe_error(error)


class _Search:
    """
    One search for plugins.

    Args:
        disabled: Names of entry points not to import, in addition to those that the
            environment lists.
    """

    def __init__(self, disabled: frozenset[str] = frozenset()) -> None:
        found, self._failures = _installed()
        self.listed = _listed()
        self.plugins: list[_Plugin] = []
        self._disabled: dict[str, Owner] = {}
        owners: dict[str, Owner] = {BUILTIN: _TJUN}
        for owner, point in found:
            plugin = _Plugin(owner, point.load)
            if owner.plugin in owners:
                plugin.failures.append(plugin.fail(_taken(owners[owner.plugin])))
            owners.setdefault(owner.plugin, owner)
            if owner.plugin in disabled | self.listed:
                self._disabled[owner.plugin] = owner
            else:
                self.plugins.append(plugin)
        self._failures += _not_installed(self.listed, owners)

    def finds(self, hook: Hook[Any], key: str) -> bool:
        """
        Ask plugins until one offers *key*, and return whether one does.
        """
        order = sorted(self.plugins, key=lambda plugin: plugin.owner.plugin != key)
        return any(key in plugin.answer(hook).objects for plugin in order)

    def registry(self, hook: Hook[T], plugins: Iterable[_Plugin]) -> Registry[T]:
        """
        Return what tjun and these plugins offer through *hook*.

        A built-in name belongs to tjun; another one to the plugin with the same name
        if that offers it, or else to the first that does.
        """
        own = builtin(hook)
        owners, objects, failures = {**own.owners}, {**own}, [*self._failures]
        answers = [(plugin, plugin.answer(hook)) for plugin in plugins]
        holders: dict[str, _Plugin] = {}
        for plugin, answer in answers:
            for name in answer.objects:
                if name not in holders or plugin.owner.plugin == name:
                    holders[name] = plugin
        for plugin, answer in answers:
            failures += [*plugin.failures, *answer.failures]
            for name, each in answer.objects.items():
                holder = holders[name].owner
                if name in own:
                    problem = f"it is built in; rename the {hook.noun}"
                elif holder is not plugin.owner:
                    problem = (
                        f"{holder} offers it too and is used; to use this one, set"
                        f" TJUN_DISABLED_PLUGINS={holder.plugin}"
                    )
                else:
                    owners[name], objects[name] = holder, each
                    continue
                failures.append(plugin.fail(problem, _offer(hook, name)))
        return Registry(
            noun=hook.noun,
            owners=owners,
            failures=tuple(failures),
            plugins=(_TJUN, *(plugin.owner for plugin, _ in answers)),
            objects=objects,
            disabled=self._disabled,
        )


def _offer(hook: Hook[Any], name: str) -> str:
    return f"the {hook.noun} {name!r}"


def _taken(owner: Owner) -> str:
    if owner is _TJUN:
        return "the built-in plugin has this name; rename the entry point"
    return f"{owner} has a plugin of the same name; uninstall one"


def _not_installed(
    listed: Iterable[str], known: Iterable[str]
) -> Iterator[PluginError]:
    """
    Yield an error for each name in the environment that no plugin has.
    """
    for name in sorted(listed):
        reason = "TJUN_DISABLED_PLUGINS lists it, but "
        if name == BUILTIN:
            yield PluginError(name, None, f"{reason}it is built in")
        elif name not in known:
            hint = "".join(f"; did you mean {e!r}?" for e in suggest(name, known)[:1])
            yield PluginError(name, None, f"{reason}no plugin has this name{hint}")


# A plugin that asks for a registry while it is loaded gets the built-in objects only,
# because it would be loaded again.
_asking: ContextVar[bool] = ContextVar("_asking", default=False)
_builtin: dict[str, Registry[Any]] = {}
_latest: list[_Search] = []
