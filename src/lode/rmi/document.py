"""A declaration as the plain JSON object the command line prints and takes.

The shape: template, revision, language, company, scope, scope_description, effective_date (ISO), minerals, answers and
comments by question and mineral, company_answers and company_comments by letter (by mineral below the letter where a
question is asked of each), and the lines of the smelters, products and mines. A blank is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any, TypeVar, get_args

from lode.rmi.declaration import (
    Answer,
    Company,
    Declaration,
    MineLine,
    ProductLine,
    Scope,
    SmelterLine,
    Template,
)
from lode.rmi.layout import Table, layout_for

Line = TypeVar("Line", SmelterLine, ProductLine, MineLine)


class DocumentError(ValueError):
    """The object is no declaration; the message says which key holds what, and what it should hold."""


def to_document(declaration: Declaration) -> dict[str, Any]:
    """The declaration as JSON-ready dicts and lists."""
    day = declaration.effective_date
    return {
        "template": declaration.template,
        "revision": declaration.revision,
        "language": declaration.language,
        "company": asdict(declaration.company),
        "scope": declaration.scope,
        "scope_description": declaration.scope_description,
        "effective_date": day.isoformat() if day else None,
        "minerals": list(declaration.minerals),
        "answers": _by_question(declaration.answers, "value", company=False),
        "comments": _by_question(declaration.answers, "comment", company=False),
        "company_answers": _by_question(declaration.answers, "value", company=True),
        "company_comments": _by_question(declaration.answers, "comment", company=True),
        "smelters": [asdict(line) for line in declaration.smelters],
        "products": [asdict(line) for line in declaration.products],
        "mines": [asdict(line) for line in declaration.mines],
    }


def from_document(document: Mapping[str, Any]) -> Declaration:
    """The declaration in such an object; keys that are missing count as blank. Raises DocumentError."""
    if not isinstance(document, Mapping):
        raise DocumentError(f"A declaration is an object with keys; this is {_kind(document)}.")
    template = _text(document, "template")
    if template not in get_args(Template):
        raise DocumentError(f"template holds {template!r}; it must be one of {', '.join(get_args(Template))}.")
    scope = _text(document, "scope")
    if scope is not None and scope not in get_args(Scope):
        raise DocumentError(f"scope holds {scope!r}; it must be A, B, C or null.")
    revision = _text(document, "revision") or ""
    layout, _ = layout_for(template, revision)  # type: ignore[arg-type]
    company = _object(document, "company")
    return Declaration(
        template=template,  # type: ignore[arg-type]
        revision=revision,
        language=_text(document, "language") or "en",
        company=Company(**{field.name: _text(company, field.name, "company.") for field in fields(Company)}),
        scope=scope,  # type: ignore[arg-type]
        scope_description=_text(document, "scope_description"),
        effective_date=_day(document),
        minerals=tuple(str(mineral) for mineral in _list(document, "minerals")) or layout.minerals,
        answers=tuple(_answers(document)),
        smelters=_lines(document, "smelters", SmelterLine, layout.smelters),
        products=_lines(document, "products", ProductLine, layout.products),
        mines=_lines(document, "mines", MineLine, layout.mines),
    )


def _by_question(answers: Sequence[Answer], what: str, *, company: bool) -> dict[str, Any]:
    """question -> mineral -> text; a question to the company has its text itself."""
    found: dict[str, Any] = {}
    for answer in answers:
        if answer.question.isdigit() == company:
            continue
        if answer.mineral is None:
            found[answer.question] = getattr(answer, what)
        else:
            found.setdefault(answer.question, {})[answer.mineral] = getattr(answer, what)
    return found


def _answers(document: Mapping[str, Any]) -> Iterator[Answer]:
    for key, beside in (("answers", "comments"), ("company_answers", "company_comments")):
        values, comments = _object(document, key), _object(document, beside)
        for question in dict.fromkeys((*values, *comments)):
            value, comment = values.get(question), comments.get(question)
            if isinstance(value, Mapping) or isinstance(comment, Mapping):
                by_mineral = _object(values, question, f"{key}.")
                remarks = _object(comments, question, f"{beside}.")
                for mineral in dict.fromkeys((*by_mineral, *remarks)):
                    yield _answer(
                        question,
                        mineral,
                        _text(by_mineral, mineral, f"{key}.{question}."),
                        _text(remarks, mineral, f"{beside}.{question}."),
                    )
            else:
                yield _answer(
                    question, None, _text(values, question, f"{key}."), _text(comments, question, f"{beside}.")
                )


def _answer(question: str, mineral: str | None, value: str | None, comment: str | None) -> Answer:
    return Answer(question=question, mineral=mineral, value=value, raw=value, comment=comment)


def _lines(document: Mapping[str, Any], key: str, line: type[Line], table: Table | None) -> tuple[Line, ...]:
    """The lines of a list; one without a row number follows the line before it."""
    row, found = (table.first_row if table else 5) - 1, []
    for number, entry in enumerate(_list(document, key)):
        place = f"{key}[{number}]."
        if not isinstance(entry, Mapping):
            raise DocumentError(f"{place[:-1]} holds {_kind(entry)}; it must hold an object.")
        row = entry.get("row", row + 1)
        if not isinstance(row, int) or isinstance(row, bool) or row < 1:
            raise DocumentError(f"{place}row holds {row!r}; it must hold the sheet's row number.")
        texts = {field.name: _text(entry, field.name, place) for field in fields(line) if field.name != "row"}
        found.append(line(row=row, **texts))
    return tuple(found)


def _text(holder: Mapping[str, Any], key: str, place: str = "") -> str | None:
    value = holder.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise DocumentError(f"{place}{key} holds {_kind(value)}; it must hold a text or null.")
    return value


def _object(holder: Mapping[str, Any], key: str, place: str = "") -> Mapping[str, Any]:
    value = holder.get(key)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise DocumentError(f"{place}{key} holds {_kind(value)}; it must hold an object.")
    return value


def _list(holder: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = holder.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise DocumentError(f"{key} holds {_kind(value)}; it must hold a list.")
    return value


def _day(document: Mapping[str, Any]) -> date | None:
    text = _text(document, "effective_date")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DocumentError(f"effective_date holds {text!r}; it must be written as 2025-09-30.") from None


def _kind(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "null" if value is None else type(value).__name__)
