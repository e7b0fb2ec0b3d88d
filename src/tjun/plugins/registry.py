"""
What the installed plugins offer, and why some of it cannot be used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import attrs

from tjun.errors import NotFoundError, PluginError
from tjun.suggestions import suggest

__all__ = ["BUILTIN", "PLUGIN_API", "Hook", "Owner", "Registry"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

PLUGIN_API = 1
"""
The version of the plugin interface: of the hooks and of what they return.
"""

BUILTIN = "tjun"
"""
The name of the built-in plugin.
"""


@attrs.frozen(kw_only=True)
class Hook(Generic[T]):
    """
    A hook, and the objects that its implementations return.

    Attributes:
        name: The name of the function, such as `tjun_exporters`.

        offers: The class of the objects it returns.

        builtin: The module that implements it for the built-in plugin.

        key: The attribute that identifies an object among all that are offered.

        check: Raises if an object cannot be used; `None` if every one can.
    """

    name: str
    offers: type[T]
    builtin: str
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
    The plugin that offers an exporter, a record or a language.

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


@attrs.frozen(kw_only=True, eq=False)
class Registry(Mapping[str, T_co]):
    """
    The exporters, records or languages that can be used, by name.

    It is a mapping: the built-in objects come first, then those of plugins, in the
    order of the plugins' names.

    Attributes:
        noun: What messages call an object, such as `exporter`.

        owners: Where each object comes from: the name of the `plugin`, and its
            `distribution` and `version`.

        failures: What cannot be used, and why, in the order of the plugins.

        plugins: The plugins that were loaded, also those that offer nothing.
    """

    noun: str
    owners: Mapping[str, Owner]
    failures: tuple[PluginError, ...] = ()
    plugins: tuple[Owner, ...]
    _objects: Mapping[str, T_co] = attrs.field(alias="objects")
    _disabled: Mapping[str, Owner] = attrs.field(
        factory=dict, alias="disabled", repr=False
    )

    def why_not(self, name: str) -> str | None:
        """
        Return why *name* is not here although a plugin offers it, or `None`.
        """
        if name in self:
            return None
        if name in self._disabled:
            owner = self._disabled[name]
            return (
                f"{name!r} is offered by {owner}, which is disabled (see"
                " TJUN_DISABLED_PLUGINS)"
            )
        for failure in self.failures:
            origin = failure.distribution or f"the plugin {failure.plugin!r}"
            if failure.offer == f"the {self.noun} {name!r}":
                return f"{name!r} is offered by {origin}, but {failure.reason}"
            if failure.offer is None and failure.plugin == name:
                return (
                    f"{name!r} is offered by {origin}, which failed to load:"
                    f" {failure.reason}"
                )
        return None

    def __getitem__(self, name: str) -> T_co:
        try:
            return self._objects[name]
        except KeyError:
            nearest = suggest(name, self) or list(self)
            raise NotFoundError(self.noun, name, nearest, self.why_not(name)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._objects

    def __iter__(self) -> Iterator[str]:
        return iter(self._objects)

    def __len__(self) -> int:
        return len(self._objects)
