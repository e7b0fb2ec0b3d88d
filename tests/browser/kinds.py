"""
The addresses of one page of each kind.
"""

from __future__ import annotations

__all__ = ["HOMES", "KINDS", "SINGLE"]

HOMES = ["site/", "site/ru/", "site/tg/"]
SINGLE = ["en.html", "ar.html"]
KINDS = [
    *SINGLE,
    "jubilees.html",
    "peace.html",
    "site/",
    "site/404.html",
    "site/about/",
    "site/areas/",
    "site/areas/water/",
    "site/corrections/",
    "site/dates/",
    "site/dates/2027/",
    "site/decades/2010/",
    "site/disputes/",
    "site/embed/next.html",
    "site/events/",
    "site/events/tajikistan-joins-un/",
    "site/events/unmot-opened/",
    "site/feeds/",
    "site/missions/",
    "site/missions/untop/",
    "site/ru/",
    "site/ru/search/?q=Аннан",
    "site/search/?q=unmot",
    "site/sources/",
    "site/tg/years/2024/",
]
