"""
Chromium, driven by Selenium, and what the tests ask of it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["Browser", "missing", "started"]

_CHROMIUM = shutil.which("chromium")
_DRIVER = shutil.which("chromedriver")
_ARGUMENTS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --hide-scrollbars --disable-background-networking --disable-component-update"
    " --disable-sync"
).split()


def missing() -> str | None:
    """
    Return what is missing to run the tests, or `None`.
    """
    if _CHROMIUM is None or _DRIVER is None:
        return "needs Debian's packages chromium and chromium-driver"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "needs Selenium: make browser installs it"
    return None


class Browser:
    """
    A browser window.
    """

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def command(self, name: str, **parameters: Any) -> Any:
        """
        Send a command of the Chrome DevTools Protocol.
        """
        return self.driver.execute_cdp_cmd(name, parameters)

    def resize(self, width: int, height: int = 800, scale: float = 1) -> None:
        """
        Set the size of the window in CSS pixels.
        """
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def colours(self, scheme: str) -> None:
        """
        Prefer `light` or `dark`.
        """
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.command("Emulation.setEmulatedMedia", features=features)

    def open(self, address: str) -> None:
        """
        Open a page and wait until it is complete.
        """
        self.driver.get(address)

    def run(self, script: str, *arguments: Any) -> Any:
        """
        Return the result of a script that has a `return`.
        """
        return self.driver.execute_script(script, *arguments)

    def run_async(self, script: str, *arguments: Any) -> Any:
        """
        Return what a script passes to its last argument.
        """
        return self.driver.execute_async_script(script, *arguments)

    def wait(self, script: str) -> None:
        """
        Wait until a script returns something true.
        """
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 30).until(lambda _: self.run(script))

    def press(self, *keys: str) -> None:
        """
        Press and release keys, one after the other.
        """
        from selenium.webdriver.common.action_chains import ActionChains

        chain = ActionChains(self.driver)
        for key in keys:
            chain = chain.send_keys(key)
        chain.perform()

    def pdf(self) -> bytes:
        """
        Return the page as it is printed.
        """
        printed = self.command(
            "Page.printToPDF", preferCSSPageSize=True, printBackground=False
        )
        return base64.b64decode(printed["data"])

    def requests(self) -> list[str]:
        """
        Return the addresses requested since the last call.
        """
        messages = (
            json.loads(entry["message"])["message"]
            for entry in self.driver.get_log("performance")
        )
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """
        Return the messages on the console since the last call.
        """
        return [entry["message"] for entry in self.driver.get_log("browser")]


@contextlib.contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """
    Start Chromium with a fresh profile.

    Args:
        profile: A directory that does not exist.
    """
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(_CHROMIUM)
    for argument in (*_ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    logs = {"performance": "ALL", "browser": "ALL"}
    options.set_capability("goog:loggingPrefs", logs)
    # With the path of the driver, Selenium does not try to download one.
    driver = webdriver.Chrome(options=options, service=Service(str(_DRIVER)))
    try:
        driver.set_script_timeout(120)
        yield Browser(driver)
    finally:
        driver.quit()
