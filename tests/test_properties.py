import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from nasty import PRINTABLE, as_toml, reworded
from strategies import chronologies
from strategies import words as any_words

import tjun
from tjun import Chronology, Translation
from tjun.model.links import SECTIONS
from tjun.recordfiles.write import translation_file

ANY_WORDS = st.sampled_from(list(PRINTABLE.values())) | any_words(max_size=40)


@st.composite
def records(draw: st.DrawFn, languages: tuple[str, ...] = ("en", "de")) -> Chronology:
    """
    Whole records with arbitrary texts.
    """
    texts = draw(st.lists(ANY_WORDS, min_size=1, max_size=8))
    count = iter(range(10_000))
    record = draw(chronologies(languages=languages))
    return reworded(record, lambda: texts[next(count) % len(texts)])


def without(tag: str, content: Any) -> Any:
    """
    Return plain data without the strings in one language.
    """
    if isinstance(content, list):
        return [without(tag, each) for each in content]
    if not isinstance(content, dict):
        return content
    return {
        key: without(tag, value)
        for key, value in content.items()
        if key != tag or "en" not in content
    }


class TestRecordFiles:
    @given(records())
    def test_are_read_back_equal(self, record: Chronology) -> None:
        """
        A record that is written as JSON or TOML is read back equal.
        """
        text = tjun.export(record, "json").decode()
        again = tjun.loads(text, "json")
        assert again == record
        assert tjun.export(again, "json").decode() == text
        assert tjun.loads(tjun.export(record, "toml").decode()) == record

    @given(records(languages=("en",)))
    def test_are_read_back_equal_from_a_directory(self, record: Chronology) -> None:
        """
        A record is read back equal from a file for each section, and a translation.
        """
        record = attrs.evolve(record, referred=[])
        moment = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
        draft = Translation(language="ru", revised=moment)
        whole = attrs.evolve(record, translations=[draft])
        content = without("ru", attrs.evolve(record, translations=[]).to_dict())
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            header = {key: content[key] for key in ("format", "record")}
            (folder / "record.toml").write_text(as_toml(header))
            for section in SECTIONS:
                part = {"format": 2, section: content[section]}
                (folder / f"{section}.toml").write_text(as_toml(part))
            (folder / "translations").mkdir()
            translation = "\n".join(translation_file(whole, "ru", moment))
            (folder / "translations" / "ru.toml").write_text(translation, "utf-8")
            assert tjun.load(folder) == whole
