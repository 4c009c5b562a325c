"""A closed return as a document, for the PDF the member keeps."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from eprm.diligence.reports.document import Document, Figure, Item, Section
from eprm.returns.models import Comment
from eprm.returns.queries.answers import Line, Sheet, StepLines
from eprm.returns.tables import said
from eprm.ui import words
from eprm.ui.languages import second_language
from lode.progress import Gap, StepShare, percent
from lode.sheets import Column, Note, Table


def gap_words(step: StepShare) -> str:
    """The share in words, or why there is none."""
    if step.share is not None:
        return words.number(percent(step.share), "%")
    return {
        Gap.NOTHING_ASKED: _("nothing is asked here"),
        Gap.TOO_FEW_ANSWERS: _("too few answers for a share"),
        Gap.NOT_APPLICABLE: _("mostly does not apply"),
    }[step.gap or Gap.NOTHING_ASKED]


def document_of(sheet: Sheet, comments: list[Comment]) -> Document:
    """The version as a whole, in one language: shares, every answer with its note, and what the secretariat said."""
    with translation.override(second_language()):
        return _told(sheet, comments)


def _told(sheet: Sheet, comments: list[Comment]) -> Document:
    this, version = sheet.of, sheet.version
    assert version is not None
    assert version.sent_at is not None
    on = version.sent_at.date()
    sections = [_summary(sheet)]
    sections += [_section(sheet, step) for step in sheet.steps if step.lines]
    if comments:
        sections.append(_said(comments))
    return Document(
        title=_("Due-diligence return about %(year)d") % {"year": this.year},
        organisation=str(this.organisation),
        year=this.year,
        kind="internal",
        kind_words=_("Version %(number)d, for the member and the secretariat") % {"number": version.number},
        language=second_language(),
        on=on,
        sections=tuple(sections),
    )


def _summary(sheet: Sheet) -> Section:
    version = sheet.version
    assert version is not None
    source = _("Your own answers; edition %(edition)s of the questionnaire") % {"edition": sheet.of.edition}
    language = second_language()
    figures = [
        Figure(value=gap_words(step), label=f"{step.step} {lines.step.name(language)}", source=source)
        for step, lines in zip(sheet.score.steps, sheet.steps, strict=True)
    ]
    total = sheet.score.total
    in_all = words.number(percent(total), "%") if total is not None else _("no total")
    sent = _("Sent by %(person)s on %(moment)s. SHA-256 of the answers: %(digest)s") % {
        "person": version.sent_by,
        "moment": words.moment(version.sent_at),
        "digest": version.sha256,
    }
    return Section(
        key="summary",
        title=_("How far the due diligence is, by the member’s own account"),
        words=(_("This is a self-assessment. It is not an audit, not a certification and not legal advice."), sent),
        figures=(Figure(value=in_all, label=_("All five steps"), source=source), *figures),
    )


def _section(sheet: Sheet, step: StepLines) -> Section:
    version = sheet.version
    assert version is not None
    assert version.sent_at is not None
    columns = [Column(_("Part")), Column(_("Question")), Column(_("Answer")), Column(_("Note")), Column(_("Evidence"))]
    title = f"{step.step.key} {step.step.name(second_language())}"
    table = Table(
        title=title,
        columns=columns,
        rows=[_row(line) for line in step.lines],
        note=Note(source=_("The member’s return"), on=version.sent_at.date()),
    )
    return Section(key=f"step-{step.step.key}", title=title, tables=(table,))


def _row(line: Line) -> list[str]:
    answer = said(line.answer) or _("not answered")
    if line.question.unit and line.answer and line.answer.number is not None:
        answer = f"{answer} {line.question.unit}"
    evidence = "; ".join(each.title for each in line.evidence)
    return [line.question.part, line.question.said, answer, line.answer.note if line.answer else "", evidence]


def _said(comments: list[Comment]) -> Section:
    items = [
        Item(
            title=f"{comment.question.part} {comment.question.said}",
            text=f"{comment.get_category_display()}: {comment.text}",
            advice=f"{comment.made_by}, {words.moment(comment.made_at)}",
        )
        for comment in comments
    ]
    return Section(key="comments", title=_("What was said about it"), items=tuple(items))
