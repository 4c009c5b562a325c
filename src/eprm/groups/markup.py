"""What people write, in Markdown, as HTML that can do no harm.

Two walls: the parser takes no HTML, and what it makes is cleaned once more by nh3. Links lead to the web, to mail and
to this site; pictures are the post's own attachments, named as they were sent, and nothing else. Raise `EDITION` with
any change that should also reach text written before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

EDITION = 1
LONGEST = 100_000  # characters of one text

TAGS = set("a b blockquote br code em h2 h3 h4 h5 h6 hr img li ol p pre s strong table tbody td th thead tr ul".split())
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "b": {"class"}}
BARE_LINK = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]")
MENTION = re.compile(r"(?<![\w@/.])@([\w][\w-]*)")
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_parser.validateLink = lambda _address: True  # judged below, where a refused link keeps its words


def render(
    text: str, *, handles: Mapping[str, str] | None = None, pictures: Mapping[str, str] | None = None, heading: int = 4
) -> str:
    """The text as HTML. `handles` are those who may be named, by handle; `pictures` the addresses of the post's own
    attachments by file name; `heading` is the level of the highest heading in it."""
    tokens = _parser.parse(text[:LONGEST])
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, heading - 1 + int(token.tag[1]))}"
        if token.children:
            token.children = list(_inline(token.children, handles or {}, pictures or {}))
    made = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(
        made,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )


def mentioned(text: str) -> set[str]:
    """The handles a text names, outside code."""
    found = set()
    for token in _parser.parse(text[:LONGEST]):
        for child in token.children or []:
            if child.type == "text":
                found |= {name.lower() for name in MENTION.findall(child.content)}
    return found


def plain(text: str) -> str:
    """The text for a search index: its words, without accents and capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def quote(text: str, most: int = 1500) -> str:
    """The text as a Markdown quotation, to answer it."""
    cut = text[:most].rstrip() + ("…" if len(text) > most else "")
    return "\n".join(f"> {line}".rstrip() for line in cut.splitlines()) + "\n\n"


def _inline(children: list[Token], handles: Mapping[str, str], pictures: Mapping[str, str]) -> Iterator[Token]:
    """The marks within a paragraph, with safe links only, own pictures only, bare addresses linked, people named."""
    dropped: list[bool] = []
    for token in children:
        if token.type == "link_open":
            dropped.append(not is_safe(str(token.attrs.get("href", ""))))
            if not dropped[-1]:
                yield token
        elif token.type == "link_close":
            if not dropped.pop():
                yield token
        elif token.type == "image":
            yield _picture(token, pictures)
        elif token.type == "text" and not dropped:
            yield from _words(token.content, handles)
        else:
            yield token


def is_safe(address: str) -> bool:
    """Whether a link may lead there: to the web, to mail, or to a page of this site."""
    if any(ord(character) < 33 for character in unquote(address)) or "\\" in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in ("http", "https", "mailto")
    return address.startswith(("/", "#")) and not address.startswith("//")


def _picture(token: Token, pictures: Mapping[str, str]) -> Token:
    source = unquote(str(token.attrs.get("src", "")))
    if source not in pictures:
        return _text(f"[{token.content or source}]")
    token.attrs["src"] = pictures[source]
    return token


def _words(text: str, handles: Mapping[str, str]) -> Iterator[Token]:
    at = 0
    for found in BARE_LINK.finditer(text):
        yield from _names(text[at : found.start()], handles)
        opened = Token("link_open", "a", 1, attrs={"href": found[0]})
        yield from (opened, _text(found[0]), Token("link_close", "a", -1))
        at = found.end()
    yield from _names(text[at:], handles)


def _names(text: str, handles: Mapping[str, str]) -> Iterator[Token]:
    at = 0
    for found in MENTION.finditer(text):
        name = handles.get(found[1].lower())
        if name is None:
            continue
        yield _text(text[at : found.start()])
        yield from (Token("strong_open", "b", 1, attrs={"class": "mention"}), _text(f"@{name}"))
        yield Token("strong_close", "b", -1)
        at = found.end()
    if at < len(text):
        yield _text(text[at:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
