"""
Plugins of each kind keep the contract, and work on the command line.
"""

from __future__ import annotations

import io
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from fake_plugins import Shelf
from running import Run
from third_party.pages import PAGES
from third_party.timelinejs import TIMELINEJS
from third_party.word import DOCX

import tjun
from tjun.testing import ExporterContract, sample

RECORD = Path(__file__).parent / "golden" / "record.toml"
ROOT = Path(__file__).parent.parent
KYRGYZ = ROOT / "examples" / "tjun-kyrgyzstan" / "src"


class TestTimelineJS(ExporterContract):
    exporter = TIMELINEJS
    options_to_try = (
        {"not_before": "2000-05-15", "scale": 3, "group_by": "kind"},
        {"background": "#0000ff"},
    )

    def parse(self, data: Any) -> object:
        """
        Every slide has a year, a headline and a group.
        """
        for slide in json.loads(data)["events"]:
            assert slide["start_date"]["year"]
            assert slide["text"]["headline"]
            assert slide["group"]
        return data


class TestDocx(ExporterContract):
    exporter = DOCX
    options_to_try = (
        {"memberships": False, "heading": "Chronology"},
        {"only": ("joined", "kept")},
    )

    def parse(self, data: Any) -> object:
        """
        python-docx reads the document.
        """
        return docx.Document(io.BytesIO(data)).paragraphs


class Links(HTMLParser):
    """
    Collect the addresses to which a page links.
    """

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "href" and value]


class TestPages(ExporterContract):
    exporter = PAGES
    options_to_try = (
        {"colours": ("red",), "heading_level": 2},
        {"nested_in": None},
    )

    def parse(self, data: Any) -> object:
        """
        Every link leads to a file.
        """
        for path, page in data.items():
            for link in Links(page).found if path.endswith(".html") else ():
                target = (Path(path).parent / link).as_posix()
                assert target.replace("events/../", "") in data
        return data


@pytest.fixture
def plugins(shelf: Shelf) -> None:
    """
    Install the three plugins, and the Kyrgyz record and language.
    """
    for exporter, module in (
        ("timelinejs", "third_party.timelinejs"),
        ("docx", "third_party.word"),
        ("pages", "third_party.pages"),
    ):
        source = f"from {module} import tjun_exporters"
        shelf.add(source, name=exporter, distribution=f"tjun-{exporter}")
    shelf.monkeypatch.syspath_prepend(KYRGYZ)
    hooks = "from tjun_kyrgyzstan import tjun_languages, tjun_records"
    shelf.add(hooks, name="kyrgyzstan", distribution="tjun-kyrgyzstan")


@pytest.mark.usefixtures("plugins")
class TestOnTheCommandLine:
    def test_all_kinds_are_listed(self, run: Run) -> None:
        """
        Every plugin is found, and none has failed.
        """
        found = {
            row["name"]: row
            for row in json.loads(run("plugins", "--format", "json").out)
        }
        names = {"tjun", "timelinejs", "docx", "pages", "kyrgyzstan"}
        assert set(found) == names
        assert not any(row["failures"] for row in found.values())

    def test_options_are_flags(self, run: Run) -> None:
        """
        A date, a number and a private field have flags.
        """
        done = run(
            *("export", "timelinejs", "--record", RECORD, "--scale", "3"),
            *("--not-before", "2000-05-15", "--group-by", "kind"),
        )
        assert (done.status, done.err) == (0, "")
        expected = tjun.export(
            tjun.load(RECORD),
            TIMELINEJS,
            not_before="2000-05-15",
            scale=3,
            group_by="kind",
        )
        assert done.out.encode() == expected
        assert json.loads(expected)["settings"]["scale_factor"] == 3

    def test_wrong_options_have_the_same_message(self, run: Run) -> None:
        """
        Flags and keywords are rejected with the same words.
        """
        wrong = {"background": "blue", "scale": "wide", "not_before": "yesterday"}
        words = [f"--{key.replace('_', '-')}={each}" for key, each in wrong.items()]
        done = run("export", "timelinejs", "--record", RECORD, *words)
        assert (done.status, done.out) == (2, "")
        with pytest.raises(tjun.ExportError) as caught:
            tjun.export(tjun.load(RECORD), "timelinejs", **wrong)
        for keyword, reason in zip(
            ("scale", "not_before", "background"),
            caught.value.reason.split("; "),
            strict=True,
        ):
            flag = f"--{keyword.replace('_', '-')}"
            assert reason.replace(keyword, flag, 1) in done.err

    def test_dates_and_anniversaries_are_in_the_language(
        self, run: Run, tmp_path: Path
    ) -> None:
        """
        A document has the dates, labels and anniversaries of a plugin's language.
        """
        path = tmp_path / "record.docx"
        done = run(
            *("export", "docx", "--record", "kyrgyzstan", "--language", "ky"),
            *("--today", "2027-03-02", "-o", path),
        )
        assert done.status == 0
        texts = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
        assert texts[:3] == [
            "Кыргызстан жана Бириккен Улуттар Уюму",
            "Мүчөлүк",
            "Бириккен Улуттар Уюму 35 жылдыгы",
        ]
        assert "2002-ж., 29-октябрь – 1-ноябрь: Бишкек дүйнөлүк тоо саммити" in texts

    def test_several_files_become_a_directory_or_an_archive(
        self, run: Run, tmp_path: Path
    ) -> None:
        """
        The site is written file by file; what it no longer needs is deleted.
        """
        words = ("export", "pages", "--record", "kyrgyzstan", "--language", "ky")
        top = tmp_path / "public"
        assert run(*words, "-o", f"{top}/").status == 0
        pages = {path.stem for path in (top / "events").iterdir()}
        assert pages == set(tjun.load("kyrgyzstan").events.ids)
        assert 'lang="ky" dir="ltr"' in (top / "index.html").read_text("utf-8")
        (top / "mine.txt").write_text("kept")
        assert run(*words, "--area", "mountains", "-o", f"{top}/").status == 0
        assert len(list((top / "events").iterdir())) == 4
        assert (top / "mine.txt").read_text() == "kept"
        archive = tmp_path / "site.zip"
        assert run(*words, "--area", "mountains", "-o", archive).status == 0
        assert len(zipfile.ZipFile(archive).namelist()) == 6
        refused = run(*words)
        assert (refused.status, refused.out) == (2, "")


def test_a_private_option_has_its_alias(run: Run, shelf: Shelf) -> None:
    """
    A field that starts with an underscore is given, and described, by its alias.
    """
    by_kind = tjun.export(sample(), TIMELINEJS, group_by="kind", language="ru")
    groups = {slide["group"] for slide in json.loads(by_kind)["events"]}
    assert tjun.languages()["ru"].label("kind_visit") in groups
    shelf.add("from third_party.timelinejs import tjun_exporters", name="timelinejs")
    text = " ".join(run("export", "timelinejs", "--help").out.replace("│", "").split())
    assert "--group-by" in text
    assert "What the rows of the timeline are: areas or kinds of events." in text
