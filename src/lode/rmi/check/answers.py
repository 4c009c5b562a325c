"""Rules about single answers: their wording, the comments they ask for, and text that breaks a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from lode.findings import Finding, finding
from lode.rmi import cells
from lode.rmi.check.book import Book, fold, is_yes, listed, metals, quoted
from lode.rmi.check.parity import address_counts
from lode.rmi.check.words import holds_one_of, is_placeholder
from lode.rmi.declaration import Answer, Company, MineLine, ProductLine, SmelterLine
from lode.rmi.wording import plain_option

_URL = re.compile(r"(?i)(?:https?://)?(?:[\w-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?")
_OTHER_FORMAT = "using other format"


def check_answers(book: Book) -> Iterator[Finding]:
    """What is odd about single answers and comments, question by question."""
    yield from _wording(book)
    yield from _survey(book)
    yield from _policy_address(book)
    yield from _withheld(book)
    yield from _substantiated(book)
    yield from _live_text(book)


def _wording(book: Book) -> Iterator[Finding]:
    """Answers that are no option of their question, and options in other than the English wording."""
    odd: dict[tuple[str, str], list[Answer]] = {}
    translated: dict[tuple[str, str], list[Answer]] = {}
    for answer in book.declaration.answers:
        options = book.layout.options.get(answer.question, ())
        if answer.value is None or not options:
            continue
        plain = {plain_option(option) for option in options}
        if plain_option(answer.value) not in plain:
            odd.setdefault((answer.question, fold(answer.value)), []).append(answer)
        elif answer.raw and plain_option(answer.raw) not in plain and answer.raw.strip() not in ("1", "1.0"):
            translated.setdefault((fold(answer.raw), answer.value), []).append(answer)
    for (question, _), answers in odd.items():
        offers = " / ".join(book.layout.options[question])
        where = cells.where(book.answer_cell(answer) for answer in answers)
        yield finding("CMRT-W15", where, found=quoted(answers[0].value), question=question, options=offers)
    for (_, value), answers in translated.items():
        where = cells.where(book.answer_cell(answer) for answer in answers)
        yield finding("CMRT-W31", where, found=quoted(answers[0].raw), meaning=value)


def _survey(book: Book) -> Iterator[Finding]:
    """ "Other format" asks for a description; where the Checker counts that itself, it is told there."""
    answer = book.answer("survey")
    if answer is None or _OTHER_FORMAT not in fold(answer.value) or answer.comment or book.form.survey_comment:
        return
    if book.open_minerals:
        where, number = book.comment_cell("survey"), book.form.number("survey") or ""
        yield finding("CMRT-W14", where, question=number, found=quoted(answer.value))


def _policy_address(book: Book) -> Iterator[Finding]:
    """The web address of a published policy: there where the Checker does not count it, and an address."""
    meaning = book.form.url or "public"
    answer = book.answer(meaning)
    if answer is None or not is_yes(answer.value) or not book.open_minerals:
        return
    if book.form.url and not address_counts(book):
        return
    where, number = book.comment_cell(meaning), book.form.number(meaning) or ""
    if answer.comment is None:
        yield finding("CMRT-W13", where, question=number)
    elif not _URL.search(answer.comment) or is_placeholder(answer.comment):
        yield finding("CMRT-P15", where, question=number, found=quoted(answer.comment))


def _withheld(book: Book) -> Iterator[Finding]:
    """Comments that keep something back or put it off."""
    found = [
        (cell, text, word)
        for cell, text in _comments(book)
        if text and (word := holds_one_of(text, "withheld")) is not None
    ]
    if found:
        words = listed(dict.fromkeys(f"“{word}”" for _, _, word in found))
        where = cells.where(cell for cell, _, _ in found)
        yield finding("CMRT-P49", where, words=words, found=quoted(found[0][1]))


def _comments(book: Book) -> Iterator[tuple[str, str | None]]:
    for answer in book.declaration.answers:
        yield answer.comment_cell or book.answer_cell(answer), answer.comment
    for row in book.rows:
        for column in ("next_steps", "mines", "mine_countries", "comment"):
            yield book.row_cell(row, column), getattr(row.line, column)


def _substantiated(book: Book) -> Iterator[Finding]:
    """The instructions recommend a comment with Yes to the questions of origin."""
    bare = [
        answer
        for meaning in ("covered", "cahra")
        for mineral in book.declared
        if (answer := book.answer(meaning, mineral)) and is_yes(answer.value) and not answer.comment
    ]
    if bare:
        where = cells.where(answer.comment_cell or book.answer_cell(answer) for answer in bare)
        yield finding("CMRT-P48", where, metals=metals(dict.fromkeys(answer.mineral or "" for answer in bare)))


def _live_text(book: Book) -> Iterator[Finding]:
    """Text that begins with = or #, which the instructions forbid: Excel takes it for a formula or an error."""
    found = list(_live_cells(book))
    if found:
        where = cells.where(cell for cell, _ in found)
        yield finding("CMRT-W16", where, found=quoted(found[0][1]), count=len(found))


def _live_cells(book: Book) -> Iterator[tuple[str, str]]:
    declaration = book.declaration
    for name in _fields(declaration.company):
        text: str | None = getattr(declaration.company, name)
        if _is_live(text):
            yield book.place(name), text
    if _is_live(declaration.scope_description):
        yield book.place("scope_description"), declaration.scope_description
    for answer in declaration.answers:
        if _is_live(answer.value):
            yield book.answer_cell(answer), answer.value
        if _is_live(answer.comment):
            yield answer.comment_cell or book.answer_cell(answer), answer.comment
    lists: tuple[tuple[str, Sequence[SmelterLine | ProductLine | MineLine]], ...] = (
        ("smelters", declaration.smelters),
        ("products", declaration.products),
        ("mines", declaration.mines),
    )
    for table, lines in lists:
        for line in lines:
            for name in _fields(line)[1:]:
                text = getattr(line, name)
                if _is_live(text):
                    yield f"{book.column(table, name)}{line.row}", text


def _is_live(text: str | None) -> TypeGuard[str]:
    return text is not None and text.lstrip()[:1] in ("=", "#")


def _fields(of: Company | SmelterLine | ProductLine | MineLine) -> tuple[str, ...]:
    return tuple(of.__dataclass_fields__)
