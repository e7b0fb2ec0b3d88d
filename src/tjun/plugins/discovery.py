"""
Find installed plugins, import those that are needed, and call their hooks.

Each plugin is imported and called in its own `try`, so no plugin can affect another.
Built-in modules and hook specifications are listed by name and imported on demand, so
this package imports nothing from the packages above it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy

from tjun import __version__
from tjun.errors import PluginError
from tjun.plugins.answers import (
    Answer,
    Source,
    collected,
    holders_of,
    judged,
    unusable,
)
from tjun.plugins.registry import (
    BUILTIN,
    Hook,
    Owner,
    Plugin,
    Registry,
)
from tjun.suggestions import suggest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["builtin", "load_all", "load_for"]

GROUP = "tjun"
"""
The entry-point group in which plugins are found.
"""

_SPECIFIED_IN = {
    "tjun_exporters": "tjun.exchange.contract",
    "tjun_records": "tjun.recordfiles.hooks",
    "tjun_languages": "tjun.locales.hooks",
}
"""
The module with the specification of each hook.
"""

_BUILT_INTO = {
    "tjun_exporters": "tjun.formats",
    "tjun_records": "tjun.recordfiles.builtin",
    "tjun_languages": "tjun.locales.builtin",
}
"""
The module that implements each hook for the built-in plugin.
"""

T = TypeVar("T")


def builtin(hook: Hook[T]) -> Registry[T]:
    """
    Return what tjun itself offers, without looking for other plugins.
    """
    if hook.name not in _builtin:
        _builtin[hook.name] = _Loader(frozenset()).registry(hook)
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
    loader = _current.loader
    if loader is not None:  # A plugin asks while it is being loaded itself.
        return loader.registry(hook)
    names = frozenset([disabled] if isinstance(disabled, str) else disabled)
    loader = _Loader(names)
    if not names:
        _keep(loader)
    loader.load_all()
    return _checked(loader.registry(hook), strict=strict)


def load_for(hook: Hook[T], key: str) -> Registry[T]:
    """
    Return a registry with *key* if anyone offers it, importing as little as possible.

    A built-in object needs no plugin. Otherwise, the entry point with that name is
    imported first, and the others only if it does not offer *key*.

    Raises:
        PluginError: For the first failure, if `TJUN_STRICT_PLUGINS=1`.
    """
    found = builtin(hook)
    if key in found:
        return found
    if _current.loader is not None:
        return _current.loader.registry(hook)
    loader = _cache.get(_place())
    if loader is None:
        loader = _keep(_Loader(frozenset()))
    if not loader.load_until(hook, key) and loader.is_outdated():
        loader = _keep(_Loader(frozenset()))
        loader.load_until(hook, key)
    return _checked(loader.registry(hook))


def _keep(loader: _Loader) -> _Loader:
    """
    Use *loader* from now on.
    """
    _cache.clear()
    _cache[_place()] = loader
    return loader


def _checked(registry: Registry[T], *, strict: bool = False) -> Registry[T]:
    if strict or os.environ.get("TJUN_STRICT_PLUGINS") == "1":
        for failure in registry.failures:
            raise failure from failure.__cause__
    return registry


class _Current(threading.local):
    """
    The loader that is running a plugin's code in this thread.
    """

    loader: _Loader | None = None


_current = _Current()
_builtin: dict[str, Registry[Any]] = {}
_cache: dict[tuple[object, ...], _Loader] = {}


def _place() -> tuple[object, ...]:
    """
    Return what decides which plugins are found.
    """
    return (*sys.path, os.environ.get("TJUN_DISABLED_PLUGINS", ""))


def _stamps() -> tuple[int | None, ...]:
    """
    Return when something was last installed or removed in each place.
    """
    stamps: list[int | None] = []
    for path in sys.path:
        try:
            stamps.append(os.stat(path or os.curdir).st_mtime_ns)
        except OSError:
            stamps.append(None)
    return tuple(stamps)


class _Loader:
    """
    One search for plugins, with one plugin manager.

    Args:
        disabled: Names of entry points not to import, in addition to those that the
            environment lists.
    """

    def __init__(self, disabled: frozenset[str]) -> None:
        listed = os.environ.get("TJUN_DISABLED_PLUGINS", "").split(",")
        self._listed = frozenset(filter(None, map(str.strip, listed)))
        self._disabled = disabled | self._listed
        self._manager = pluggy.PluginManager("tjun")
        self._specified: set[str] = set()
        self._builtin = Owner(plugin=BUILTIN, distribution="tjun", version=__version__)
        self._own: dict[str, Source] = {}
        self._found: list[EntryPoint] | None = None
        self._stamps = _stamps()
        self._loaded: dict[int, Source] = {}
        self._lock = threading.RLock()

    def is_outdated(self) -> bool:
        """
        Return whether a plugin may have been installed since the search.
        """
        return self._stamps != _stamps()

    def load_all(self) -> None:
        """
        Import every plugin.
        """
        with self._working():
            for index in range(len(self._entry_points())):
                self._load(index)

    def load_until(self, hook: Hook[T], key: str) -> bool:
        """
        Import plugins until one offers *key*, and return whether one does.
        """
        with self._working():
            points = self._entry_points()
            order = sorted(range(len(points)), key=lambda i: points[i].name != key)
            return any(
                key in self._answer(self._load(index), hook).offers for index in order
            )

    def registry(self, hook: Hook[T]) -> Registry[T]:
        """
        Return what the plugins imported so far offer through *hook*.
        """
        with self._working():
            own = self._own_source(hook)
            sources = [own, *(each for _, each in sorted(self._loaded.items()))]
            answers = [(source, self._answer(source, hook)) for source in sources]
        holders = holders_of(own, answers)
        offers: dict[str, Any] = {}
        unavailable = {
            point.name: f"{point.name!r} is offered by {_owner(point)}, which is"
            " disabled (see TJUN_DISABLED_PLUGINS)"
            for point in self._found or ()
            if point.name in self._disabled
        }
        plugins = []
        for source, answer in answers:
            plugin, reasons = judged(hook, source, answer, holders, own)
            plugins.append(plugin)
            unavailable.update(reasons)
            offers.update({name: answer.offers[name] for name in plugin.offers})
        if self._found is not None:
            plugins += self._not_installed()
        return Registry(
            noun=hook.noun,
            plugins=tuple(plugins),
            offers=offers,
            unavailable={k: v for k, v in unavailable.items() if k not in offers},
        )

    @contextlib.contextmanager
    def _working(self) -> Iterator[None]:
        """
        Block other threads, and let a plugin that needs a registry find this loader.
        """
        with self._lock:
            before, _current.loader = _current.loader, self
            try:
                yield
            finally:
                _current.loader = before

    def _entry_points(self) -> list[EntryPoint]:
        if self._found is None:
            self._found = sorted(_entry_points(), key=_order)
        return self._found

    def _not_installed(self) -> Iterator[Plugin]:
        """
        Yield a failure for each name in the environment that no plugin has.
        """
        names = {point.name for point in self._found or ()}
        for name in sorted(self._listed - names):
            reason = "TJUN_DISABLED_PLUGINS lists it, but no plugin has this name"
            if name == BUILTIN:
                reason = "TJUN_DISABLED_PLUGINS lists it, but it is built in"
            if close := suggest(name, names):
                reason += f"; did you mean {close[0]!r}?"
            failure = PluginError(name, None, reason)
            yield Plugin(owner=Owner(plugin=name), failure=failure)

    def _own_source(self, hook: Hook[Any]) -> Source:
        if hook.name not in self._own:
            source = Source(self._builtin, import_module(_BUILT_INTO[hook.name]))
            self._specify(hook.name)
            self._manager.register(source.module, f"{BUILTIN}: {hook.name}")
            self._own[hook.name] = source
        return self._own[hook.name]

    def _specify(self, name: str) -> None:
        if name not in self._specified:
            self._manager.add_hookspecs(import_module(_SPECIFIED_IN[name]))
            self._specified.add(name)

    def _load(self, index: int) -> Source:
        """
        Import the plugin of one entry point, unless it is imported or disabled.
        """
        if index in self._loaded:
            return self._loaded[index]
        point = self._entry_points()[index]
        source = Source(_owner(point))
        if point.name in self._disabled:
            return source
        self._loaded[index] = source
        try:
            self._check_name(index, point.name)
            module = point.load()
            self._register(module, point.name)
        except KeyboardInterrupt:
            del self._loaded[index]
            raise
        except BaseException as error:  # noqa: BLE001  # A plugin may raise anything, SystemExit too.
            source.failure = source.fail(error)
        else:
            source.module = module
        return source

    def _check_name(self, index: int, name: str) -> None:
        if name == BUILTIN:
            unusable("the built-in plugin has this name; rename the entry point")
        for other, point in enumerate(self._entry_points()[:index]):
            if point.name == name:
                owner = _owner(self._entry_points()[other])
                unusable(f"{owner} has a plugin of the same name; uninstall one")

    def _register(self, module: Any, name: str) -> None:
        for hook in _SPECIFIED_IN:
            self._specify(hook)
        try:
            self._manager.register(module, name)
            self._manager.check_pending()  # Raises for an unknown, misspelt hook.
            if not self._manager.get_hookcallers(module):
                *hooks, last = _SPECIFIED_IN
                unusable(
                    f"it implements no hook; mark {', '.join(hooks)} or {last} with"
                    " @tjun.hookimpl"
                )
        except BaseException:
            if self._manager.get_name(module) == name:
                self._manager.unregister(module)
            raise

    def _answer(self, source: Source, hook: Hook[Any]) -> Answer:
        """
        Return what a plugin offers through *hook*, calling it only once.
        """
        if hook.name in source.answers or source.module is None:
            return source.answers.get(hook.name, Answer())
        # Stored before the call, so that a hook that itself needs a registry is not
        # called again.
        answer = source.answers[hook.name] = Answer()
        for implementation in getattr(self._manager.hook, hook.name).get_hookimpls():
            if implementation.plugin is not source.module:
                continue
            try:
                source.answers[hook.name] = collected(hook, implementation.function())
            except KeyboardInterrupt:
                del source.answers[hook.name]
                raise
            except BaseException as error:  # A plugin may raise anything.
                if source.owner is self._builtin:
                    raise
                answer.failure = source.fail(error)
        return source.answers[hook.name]


def _entry_points() -> list[EntryPoint]:
    from importlib.metadata import distributions, entry_points  # noqa: PLC0415  # Only needed to look for plugins.

    try:
        return list(entry_points(group=GROUP))
    except Exception:  # noqa: BLE001  # One broken file makes the whole list fail.
        found: list[EntryPoint] = []
        for dist in distributions():
            with contextlib.suppress(Exception):
                found += dist.entry_points.select(group=GROUP)
        return found


def _order(point: EntryPoint) -> tuple[str, str, str]:
    return (point.name, str(_owner(point).distribution), point.value)


def _owner(point: EntryPoint) -> Owner:
    dist: Any = point.dist  # Not None for entry points of installed distributions.
    return Owner(plugin=point.name, distribution=dist.name, version=dist.version)
