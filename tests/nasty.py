"""
Texts that are difficult to write or to show, by what is difficult about them.

None is blank or contains half of a surrogate pair, which records reject.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Correction,
    Event,
    Membership,
    Mission,
    Post,
    Publisher,
    Source,
    Text,
)

__all__ = [
    "ATTACKS",
    "CONTROL",
    "CONTROLS",
    "NASTY",
    "PRINTABLE",
    "as_toml",
    "collapsed",
    "everywhere",
    "reworded",
    "toml_string",
]

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""
The control characters that neither a calendar nor a page can contain.
"""

_BREAK = re.compile(r"[ \t]*[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")

CONTROLS: Mapping[str, str] = {
    f"control {code:02x}": f"It{chr(code)}began"
    for code in (*range(0x20), 0x7F)
    if chr(code) not in "\t\n\r"
} | {
    "clears the screen": "It began\x1b[2J\x1b[H",
    "sets the title of the window": "It\x1b]0;owned\x07 began",
    "writes a link": "\x1b]8;;https://evil.example\x1b\\It began\x1b]8;;\x1b\\",
    "goes back and overwrites": "It failed\b\b\b\b\b\bbegan\x7f",
    "ends with a null": "It began\0",
}
"""
Texts with an ASCII control character other than a tab or a line break.
"""

PRINTABLE: Mapping[str, str] = {
    "control sequence of one character": "It\x9b2Jbegan\x9b31m\x85\x90q\x9c",
    "right to left override": "It \u202enageb\u202c \u2066isolated\u2069",
    "marks of direction": "\u200eIt\u200f began\u061c",
    "zero width": "It\u200b\u200cbe\u200dgan\ufeff\u2060\u00ad",
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "flag": "\U0001f1f9\U0001f1ef",
    "tags": "It began\U000e0041\U000e007f",
    "variation": "It\ufe0e began\ufe0f\U000e0100",
    "combining run": "I" + "\u0301\u0316\u20dd" * 400 + "t began",
    "begins with a combining mark": "\u0301It began",
    "only combining marks": "\u0301\u0302",
    "not composed": "e\u0301 and \u00e9; \u212b and \u00c5; \ufb01 and fi",
    "private and unassigned": "\ue000\U0010fffd\u0378\ufdd0\U0001fffe\ufffe\uffff",
    "replacement": "\ufffd It began",
    "no-break spaces": "It\u00a0began\u202fin\u2007all\u3000places\u2003and\u1680times",
    "spaces within": "It  began   slowly",
    "line feed": "It\nbegan",
    "carriage return": "It\rbegan",
    "both": "It\r\nbegan\r\n\r\nagain",
    "next line": "It\x85began",
    "line separator": "It\u2028began",
    "paragraph separator": "It\u2029began",
    "tab": "It\tbegan",
    "space before a break": "It \t\n began",
    "html": "<script>alert(1)</script><b onclick='x'>It</b>",
    "html comment": "<!-- It --> began <![CDATA[ x ]]> <?php ?>",
    "html entities": "&lt;b&gt; &amp;amp; &#60; &#x3c; &copy; &nbsp; &notanentity;",
    "html link": "<a href='javascript:alert(1)'>It</a> <https://evil.example>",
    "markdown link": "[It](javascript:alert(1)) ![i](https://evil.example/x.png)",
    "markdown reference": "[It][1] [1]: https://evil.example [^1] [x]",
    "bare links": "https://evil.example www.evil.example a@evil.example mailto:x@y",
    "markdown heading": "# It\n## began\n===\n---",
    "markdown block": "> It\n- began\n1. again\n***\n    code",
    "markdown fence": "```\nIt began\n```\n~~~\nx\n~~~ ``x``",
    "markdown table": "| It | began |\n| --- | --- |\n| a \\| b | c |",
    "markdown emphasis": "*It* _began_ **so** __so__ ~~not~~ `code` snake_case_it",
    "markdown escapes": "\\*It\\* \\\\ \\began\\",
    "digits and a point": "1992. It began",
    "mentions": "@someone #1 :smile: GH-1 $x^2$ {{ liquid }} {% tag %} %(x)s {0}",
    "formula": '=HYPERLINK("https://evil.example";"It began")',
    "formula of a program": "=cmd|' /C calc'!A0",
    "formula with a plus": "+1+1",
    "formula with a minus": "-1+1",
    "formula with an at": "@SUM(A1:A9)",
    "quotes and commas": "\"It\", 'began'; «so» “so” ‘so’ `so`",
    "calendar within": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Owned\r\nEND:VEVENT",
    "end of the entry": "It began\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "calendar property": "ATTACH:file:///etc/passwd\nDTSTART:19700101",
    "folded line": "It\r\n began\r\n\tagain",
    "escapes of a calendar": "It\\nbegan\\Nagain\\, \\; \\\\ \\\\n \\\\N ^n ^' ^^",
    "colons and semicolons": "a:b;c,d=e:VALUE=URI:x",
    "long without a space": "x" * 5_000,
    "long of wide characters": "國" * 300 + "😀" * 300,
    "fold at a backslash": "x" * 64 + "\\" * 200,
    "fold at a comma": "ҷ" * 31 + ",;" * 100,
    "json within": '","date":"1970","id":"evil\\u0022',
    "escapes of json": "\\u001b[2J \\n \\/ \u2028",
    "toml within": '"""\n[[events]]\nid = "evil"',
    "markup of a terminal": "[bold red]It[/bold red] [link=https://evil.example]x[/]",
    "path": "../../etc/passwd\u2215x",
    "shell": "$(touch x) `touch x`; touch x & | > x",
    "percent": "%s %d %n %% %00 %0a",
    "letters alike": "Tаjikistan ⅼ ℐ\u0442",
    "four scripts": "Тоҷикистон 塔吉克斯坦 تاجيكستان Tajikistan",
    "right to left script": "بدأت (1992) abc",
    "capitals that grow": "ßŉǰΐﬃ İıſ",
    "outside the first plane": "𝒳𐍈\U0001f54a",
}
"""
Texts that everything has to keep; on one line, a line break becomes a space.
"""

NASTY: Mapping[str, str] = {**CONTROLS, **PRINTABLE}
"""
All these texts.
"""

ATTACKS: Mapping[str, tuple[str, str]] = {
    "script": ("<script>top.owned=1</script>", "@"),
    "handler of an error": ("<img src=x: onerror=top.owned=1>", "@"),
    "handler of a drawing": ("<svg onload=top.owned=1>", "@"),
    "frame": (
        "<iframe src='data:text/html,<script>top.owned=1</script>'></iframe>",
        "@",
    ),
    "document in a frame": (
        "<iframe srcdoc='<script>top.owned=1</script>'></iframe>",
        "@",
    ),
    "picture": ("<img src=//evil.example/img>", "@"),
    "style sheet": ("<link rel=stylesheet href=//evil.example/link>", "@"),
    "address of the page": ("<base href=//evil.example/><img src=base>", "@"),
    "refresh": ("<meta http-equiv=refresh content='0;//evil.example/meta'>", "@"),
    "end of a title": ("</title><script>top.owned=1</script>", "<title>@</title>"),
    "end of a style": ("</style><script>top.owned=1</script>", "<style>@</style>"),
    "end of a script": ("</script><script>top.owned=1</script>", "<script>@</script>"),
    "end of a comment": ("--><script>top.owned=1</script>", "<!-- @ -->"),
    "end of data": (
        "]]><script>top.owned=1</script>",
        "<svg><![CDATA[ @ ]]></svg>",
    ),
    "end of an attribute": ('" onmouseover="top.owned=1', '<p title="@">It</p>'),
    "end of a quoted attribute": ("' onmouseover='top.owned=1", "<p title='@'>It</p>"),
    "another attribute": ("x onmouseover=top.owned=1 ", "<p title=@>It</p>"),
    "script as an address": ("javascript:top.owned=1", "<a href='@'>It</a>"),
    "end of a string": ('";top.owned=1;"', '<script>x = "@"</script>'),
    "end of a template": ("`;top.owned=1;`", "<script>x = `@`</script>"),
    "end of a line": ("\u2028top.owned=1//", "<script>// @</script>"),
    "end of a rule": (
        "x}*{background:url(//evil.example/css)}",
        "<style>p{color:@}</style>",
    ),
}
"""
Texts that would run a script or load something, and HTML in which they do so.

The HTML contains `@` in place of the text. A script sets `owned`.
"""


def collapsed(text: str) -> str:
    """
    Return *text* on one line.
    """
    return _BREAK.sub(" ", text).strip()


def everywhere(text: str, *, title: str | None = None, prefix: str = "") -> Chronology:
    """
    Return a record with *text* in every field that can contain text.

    Args:
        text: The text.

        title: The title of the first event; *text* by default.

        prefix: How all ids begin, so that such records can be combined.
    """
    words = Text(en=text, ru=text, tg=text)
    source = Source(
        id=f"{prefix}world",
        title=text,
        label=words,
        author=text,
        publisher=Publisher(id=f"{prefix}press", name=words),
        symbol=text,
        note=words,
        url="https://example.org/a?b=c",
    )
    cited = Citation(source=source, says=words, as_written=text, locator=text)
    area = CooperationArea(
        id=f"{prefix}water", name=words, description=words, citations=[cited]
    )
    began = Event(
        id=f"{prefix}it-began",
        title=words if title is None else title,
        date="1992-03-02",
        areas=[area],
        description=words,
        place=words,
        reason=words,
        corrections=[Correction(on="2026-11-30", note=words)],
        extra={text: text},
        citations=[
            Citation(source=source, says=words, date="1992-03-02"),
            Citation(source=source, says=words, date="1992-03-03"),
        ],
    )
    kept = Event(
        id=f"{prefix}it-is-kept",
        title=words,
        date="2000-04-02",
        yearly=True,
        marks=began,
        citations=[cited],
    )
    mission = Mission(
        id=f"{prefix}mission",
        name=words,
        acronym=text,
        seat=words,
        mandate=words,
        opening=began,
        heads=[Post(person=text, title=words)],
    )
    membership = Membership(
        id=f"{prefix}membership",
        organization=words,
        acronym=text,
        member=words,
        admission=began,
    )
    return Chronology(
        events=[began, kept],
        missions=[mission],
        memberships=[membership],
        title=words,
        subject=words,
        publisher=words,
        licence=text,
        kinds={"own": words},
    )


def toml_string(text: str) -> str:
    """
    Return *text* as a TOML string in ASCII.
    """
    plain = "".join(
        char if " " <= char <= "~" and char not in '"\\' else f"\\U{ord(char):08x}"
        for char in text
    )
    return f'"{plain}"'


def as_toml(content: Mapping[str, Any]) -> str:
    """
    Return plain data as TOML, with a line for each key.
    """
    return "".join(f"{key} = {_inline(value)}\n" for key, value in content.items())


def _inline(value: Any) -> str:
    match value:
        case str():
            return toml_string(value)
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(_inline, value))}]"
        case dict():
            pairs = (f"{toml_string(key)} = {_inline(v)}" for key, v in value.items())
            return f"{{{', '.join(pairs)}}}"
    return repr(value)


_WORDS = frozenset(
    "title short name label description organization acronym member seat mandate person"
    " place reason author symbol note says as_written locator subject licence".split()
)


def reworded(record: Chronology, word: Callable[[], str]) -> Chronology:
    """
    Return *record* with all its texts replaced.

    Args:
        record: Any record.

        word: Returns a text each time it is called.
    """

    def other(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {tag: other(key, each) for tag, each in value.items()}
        return (word()[:60].strip() or "x") if key == "short" else word()

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(each) for each in value]
        if not isinstance(value, dict):
            return value
        return {
            key: other(key, each) if key in _WORDS and each != "" else walk(each)
            for key, each in value.items()
        }

    return tjun.loads(walk(record.to_dict()))
