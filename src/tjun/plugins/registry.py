"""
Who offers which exporter, and what failed.

A registry is a value, made by a function. The built-in plugin comes first and needs
nobody else; then the entry points of the group `tjun`, one by one and sorted by
name, each in its own guard, so that none can harm another.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import attrs
import pluggy

from tjun import __version__, formats
from tjun.errors import NotFoundError, PluginError, describe_error
from tjun.exporting import contract
from tjun.exporting.contract import Exporter
from tjun.suggestions import first_duplicate, suggest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["Owner", "Plugin", "Registry", "builtin", "exporters"]

GROUP = "tjun"
"""
The entry-point group in which plugins are looked for.
"""

BUILTIN = "tjun"
"""
The name of the built-in plugin.
"""


@attrs.frozen(kw_only=True)
class Owner:
    """
    Where an exporter comes from.

    Attributes:
        plugin: The name of the entry point.

        distribution: The distribution that declares it.

        version: The version of that distribution.
    """

    plugin: str
    distribution: str | None = None
    version: str | None = None

    @property
    def release(self) -> str | None:
        """
        The distribution and its version in one text.
        """
        if self.distribution is None:
            return None
        return f"{self.distribution} {self.version or ''}".rstrip()


@attrs.frozen(kw_only=True)
class Plugin:
    """
    A plugin that was found, whether or not it can be used.

    Attributes:
        owner: Its name and its distribution.

        exporters: The names of the exporters it offers, in its order.

        failure: Why it cannot be used, or `None`.
    """

    owner: Owner
    exporters: tuple[str, ...] = ()
    failure: PluginError | None = None


@attrs.frozen(kw_only=True)
class Registry:
    """
    The exporters there are, by name.

    Attributes:
        plugins: Each plugin found, in the order of loading.
    """

    _exporters: Mapping[str, Exporter] = attrs.field(alias="exporters")
    plugins: tuple[Plugin, ...]

    @property
    def owners(self) -> dict[str, Owner]:
        """
        Who offers each exporter, by its name.
        """
        return {name: p.owner for p in self.plugins for name in p.exporters}

    @property
    def failures(self) -> tuple[PluginError, ...]:
        """
        Why each plugin that cannot be used cannot.
        """
        return tuple(p.failure for p in self.plugins if p.failure is not None)

    @property
    def names(self) -> tuple[str, ...]:
        """
        The names, the built-in ones first.
        """
        return tuple(self._exporters)

    def __getitem__(self, name: str) -> Exporter:
        try:
            return self._exporters[name]
        except KeyError:
            close = suggest(name, self._exporters) or self.names
            what = "exporter"
            raise NotFoundError(what, name, close) from None

    def __contains__(self, name: object) -> bool:
        return name in self._exporters

    def __iter__(self) -> Iterator[Exporter]:
        return iter(self._exporters.values())

    def __len__(self) -> int:
        return len(self._exporters)


def builtin() -> Registry:
    """
    Return the built-in exporters alone; no stranger's code is imported.
    """
    return _Loading().registry


def exporters(*, strict: bool = False, disabled: Iterable[str] = ()) -> Registry:
    """
    Return every exporter there is, the built-in ones and those of plugins.

    Args:
        strict: Whether a plugin that cannot be used is an error. So it is, too,
            where the environment variable `TJUN_STRICT_PLUGINS` is `1`.

        disabled: Entry-point names that are not even imported, as well as those
            that the environment variable `TJUN_DISABLED_PLUGINS` lists, with commas
            between.

    Raises:
        PluginError: For the first plugin that cannot be used, where strict.
    """
    from importlib.metadata import distributions, entry_points  # noqa: PLC0415  # Only strangers need it.

    strict = strict or os.environ.get("TJUN_STRICT_PLUGINS") == "1"
    listed = os.environ.get("TJUN_DISABLED_PLUGINS", "").split(",")
    named = (disabled,) if isinstance(disabled, str) else disabled
    skipped = {name.strip() for name in (*named, *listed)}
    loading = _Loading()
    try:
        found = list(entry_points(group=GROUP))
    except Exception:  # noqa: BLE001  # One broken file fails the list of all.
        found = []
        for dist in distributions():
            with contextlib.suppress(Exception):
                found += dist.entry_points.select(group=GROUP)
    for entry_point in sorted(found, key=_place):
        if entry_point.name not in skipped:
            loading.add(entry_point)
    if strict:
        for failure in loading.registry.failures:
            raise failure from failure.__cause__
    return loading.registry


def _place(entry_point: EntryPoint) -> tuple[str, str, str]:
    return (entry_point.name, str(entry_point.dist.name), entry_point.value)  # type: ignore[union-attr]  # entry_points() always knows the distribution.


class _UnusableError(Exception):
    """
    A plugin breaks the contract; the message says how.
    """


class _Loading:
    """
    A registry in the making, with the built-in plugin in it.
    """

    def __init__(self) -> None:
        self._exporters: dict[str, Exporter] = {}
        self._plugins: list[Plugin] = []
        owner = Owner(plugin=BUILTIN, distribution="tjun", version=__version__)
        self._adopt(owner, _offered(owner.plugin, formats))

    @property
    def registry(self) -> Registry:
        return Registry(exporters=self._exporters, plugins=tuple(self._plugins))

    def add(self, entry_point: EntryPoint) -> None:
        """
        Take in what one entry point offers, or why it cannot be used.
        """
        dist = entry_point.dist
        owner = Owner(
            plugin=entry_point.name,
            distribution=None if dist is None else dist.name,
            version=None if dist is None else dist.version,
        )
        try:
            if owner.plugin in {plugin.owner.plugin for plugin in self._plugins}:
                _unusable("another plugin has this name; rename the entry point")
            offered = _offered(owner.plugin, entry_point.load())
            for exporter in offered:
                if exporter.name in self._exporters:
                    other = self._owner_of(exporter.name)
                    _unusable(f"the exporter {exporter.name!r} is offered by {other}")
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # A plugin may raise anything, SystemExit too.
            told = (
                str(error)
                if isinstance(error, _UnusableError)
                else describe_error(error)
            )
            failure = PluginError(owner.plugin, owner.release, told)
            failure.__cause__ = error
            self._plugins.append(Plugin(owner=owner, failure=failure))
        else:
            self._adopt(owner, offered)

    def _owner_of(self, name: str) -> str:
        owner = self.registry.owners[name]
        return f"{owner.plugin!r} of {owner.release}"

    def _adopt(self, owner: Owner, offered: Iterable[Exporter]) -> None:
        named = {exporter.name: exporter for exporter in offered}
        self._exporters.update(named)
        self._plugins.append(Plugin(owner=owner, exporters=tuple(named)))


def _offered(name: str, plugin: Any) -> list[Exporter]:
    """
    Return what *plugin* offers through the hook, alone in a manager of its own.
    """
    manager = pluggy.PluginManager("tjun")
    manager.add_hookspecs(contract)
    manager.register(plugin, name)
    manager.check_pending()  # A hook that is not in the specification is a slip.
    if not manager.get_hookcallers(plugin):
        _unusable("it implements no hook; is tjun_exporters marked with hookimpl?")
    # pluggy leaves out an answer that is None.
    (answer,) = manager.hook.tjun_exporters() or (None,)
    if not isinstance(answer, Iterable):
        _unusable(f"expected tjun_exporters to give Exporters, got {answer!r}")
    offered: list[Exporter] = []
    for each in answer:
        if not isinstance(each, Exporter):
            _unusable(f"expected tjun_exporters to give Exporters, got {each!r}")
        each.options()  # Its defaults have to make sense,
        attrs.resolve_types(each.options)  # and its types to be there.
        offered.append(each)
    if again := first_duplicate(exporter.name for exporter in offered):
        _unusable(f"it offers the exporter {again!r} twice")
    return offered


def _unusable(message: str) -> NoReturn:
    raise _UnusableError(message)
