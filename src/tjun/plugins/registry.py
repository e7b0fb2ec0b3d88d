"""
What the installed plugins offer, and why some of it cannot be used.

A caller describes what it wants by a `Hook`, so nothing here knows the classes that
plugins offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import attrs
import pluggy

from tjun.errors import NotFoundError, PluginError
from tjun.suggestions import suggest

__all__ = [
    "BUILTIN",
    "PLUGIN_API",
    "Hook",
    "Owner",
    "Plugin",
    "Registry",
    "hookimpl",
    "hookspec",
]

T_co = TypeVar("T_co", covariant=True)

PLUGIN_API = 1
"""
The version of the plugin interface: of the hooks and of what they return.
"""

BUILTIN = "tjun"
"""
The name of the built-in plugin.
"""

hookspec = pluggy.HookspecMarker("tjun")
hookimpl = pluggy.HookimplMarker("tjun")
"""
Marks a plugin's function as an implementation of one of tjun's hooks.
"""


@attrs.frozen(kw_only=True)
class Hook(Generic[T_co]):
    """
    A hook and what its implementations return.

    Attributes:
        name: The name of the function, such as `tjun_exporters`.

        offers: The class of the objects it returns.

        key: The attribute that identifies an object among all that are offered.

        check: Raises if an object cannot be used; `None` if every one can.
    """

    name: str
    offers: type[T_co]
    key: str = "name"
    check: Callable[[Any], object] | None = None

    @property
    def noun(self) -> str:
        """
        What messages call the objects, such as `exporter`.
        """
        return self.offers.__name__.lower()


@attrs.frozen(kw_only=True)
class Owner:
    """
    Where an exporter, a record or a language comes from.

    Attributes:
        plugin: The name of the entry point.

        distribution: The distribution that declares it, or `None` if unknown.

        version: The version of that distribution, or `None` if unknown.
    """

    plugin: str
    distribution: str | None = None
    version: str | None = None

    @property
    def release(self) -> str | None:
        """
        The distribution and its version, such as `tjun-csv 1.2`.
        """
        if self.distribution is None:
            return None
        return f"{self.distribution} {self.version or ''}".rstrip()

    def __str__(self) -> str:
        return self.release or f"the plugin {self.plugin!r}"


@attrs.frozen(kw_only=True)
class Plugin:
    """
    An installed plugin, whether or not it can be used.

    Attributes:
        owner: Its name and distribution.

        offers: What it offers, by name and in its order. Names that cannot be used,
            for example because another plugin has them, are not included.

        failure: Why nothing of it can be used, or `None`.

        refused: Why single exporters, records or languages of it cannot be used.
    """

    owner: Owner
    offers: tuple[str, ...] = ()
    failure: PluginError | None = None
    refused: tuple[PluginError, ...] = ()

    @property
    def exporters(self) -> tuple[str, ...]:
        """
        The same as `offers`, for a registry of exporters.
        """
        return self.offers

    @property
    def failures(self) -> tuple[PluginError, ...]:
        """
        Everything about this plugin that cannot be used.
        """
        return self.refused if self.failure is None else (self.failure, *self.refused)


@attrs.frozen(kw_only=True)
class Registry(Generic[T_co]):
    """
    Everything that one hook offers, by name.

    Attributes:
        noun: What messages call an object, such as `exporter`.

        plugins: Each plugin that was loaded, the built-in one first and the others
            by name.
    """

    noun: str
    plugins: tuple[Plugin, ...]
    _offers: Mapping[str, T_co] = attrs.field(alias="offers", hash=False)
    _unavailable: Mapping[str, str] = attrs.field(
        factory=dict, alias="unavailable", hash=False, repr=False
    )

    @property
    def owners(self) -> dict[str, Owner]:
        """
        The plugin that each name comes from.
        """
        return {name: p.owner for p in self.plugins for name in p.offers}

    @property
    def failures(self) -> tuple[PluginError, ...]:
        """
        Everything that cannot be used, and why.
        """
        return tuple(failure for plugin in self.plugins for failure in plugin.failures)

    @property
    def names(self) -> tuple[str, ...]:
        """
        The names, the built-in ones first.
        """
        return tuple(self._offers)

    def why_not(self, name: str) -> str | None:
        """
        Return why *name* is not here although a plugin offers it, or `None`.
        """
        return self._unavailable.get(name)

    def __getitem__(self, name: str) -> T_co:
        try:
            return self._offers[name]
        except KeyError:
            close = suggest(name, self._offers) or self.names
            reason = self.why_not(name)
            raise NotFoundError(self.noun, name, close, reason) from None

    def __contains__(self, name: object) -> bool:
        return name in self._offers

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._offers.values())

    def __len__(self) -> int:
        return len(self._offers)
