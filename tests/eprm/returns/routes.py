"""The yearly returns' routes: who may open what."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.returns.actions import editions
from eprm.returns.models import Answer, Comment, Evidence, Question, Return, Version

NEWCOMER = {"newcomer": 302}
OWN = (302, 200, 200, 200, 404, 404)
OWN_WRITERS = (302, 403, 200, 200, 404, 404)
# The secretariat reads what was sent.
READ = (302, 200, 200, 200, 404, 200)
SECRETARIAT = (302, 403, 403, 403, 403, 200)
SECRETARIAT_DEED = (302, 403, 403, 403, 403, 302)
TOKEN = (401, 401, 401, 401, 401, 401)

RULES = {
    "returns:start": ("GET", [], (302, 200, 200, 200, 200, 200), NEWCOMER),
    "returns:return_detail": ("GET", ["draft_return"], OWN, NEWCOMER),
    "returns:version_begin": ("POST", ["draft_return"], (302, 403, 302, 302, 404, 404), NEWCOMER),
    "returns:version_detail": ("GET", ["closed_return", "first_version"], READ, NEWCOMER),
    "returns:step_answer": ("GET", ["draft_return", "step"], OWN_WRITERS, NEWCOMER),
    "returns:evidence_new": ("GET", ["draft_return", "draft_question"], OWN_WRITERS, NEWCOMER),
    "returns:reply_new": ("GET", ["sent_return", "sent_question"], OWN_WRITERS, NEWCOMER),
    "returns:return_submit": ("GET", ["draft_return"], OWN_WRITERS, NEWCOMER),
    "returns:correction_new": ("GET", ["closed_return"], OWN_WRITERS, NEWCOMER),
    "returns:return_pdf": ("GET", ["closed_return"], READ),
    "returns:evidence_file": ("GET", ["sent_evidence"], READ),
    "returns:review_list": ("GET", [], SECRETARIAT),
    "returns:year_open": ("GET", [], SECRETARIAT),
    "returns:review_detail": ("GET", ["sent_return"], SECRETARIAT),
    "returns:comment_new": ("GET", ["sent_return", "sent_question"], SECRETARIAT),
    "returns:return_send_back": ("POST", ["sent_return"], SECRETARIAT_DEED),
    "returns:return_close": ("POST", ["sent_return"], (302, 403, 403, 403, 403, 403)),
    "returns:comment_settle": ("POST", ["sent_comment"], SECRETARIAT_DEED),
    "returns:edition_list": ("GET", [], SECRETARIAT),
    "returns:edition_new": ("GET", [], SECRETARIAT),
    "returns:edition_detail": ("GET", ["draft_edition"], SECRETARIAT),
    "returns:edition_rules": ("GET", ["draft_edition"], SECRETARIAT),
    "returns:edition_preview": ("GET", ["draft_edition"], SECRETARIAT),
    "returns:edition_compare": ("GET", ["draft_edition", "edition_used"], SECRETARIAT),
    "returns:edition_in_force": ("POST", ["draft_edition"], SECRETARIAT_DEED),
    "returns:question_new": ("GET", ["draft_edition"], SECRETARIAT),
    "returns:question_edit": ("GET", ["question_of_draft"], SECRETARIAT),
    "returns:question_remove": ("POST", ["question_of_draft"], SECRETARIAT_DEED),
    "returns:progress": ("GET", [], (200, 200, 200, 200, 200, 200)),
    "returns:board": ("GET", [], SECRETARIAT, {"board": 200}),
    "returns:publication_list": ("GET", [], SECRETARIAT),
    "api:list_returns": ("GET", [], TOKEN),
    "api:read_return": ("GET", ["draft_return"], TOKEN),
    "api:save_return_answer": ("PUT", ["draft_return", "word"], TOKEN),
    "api:send_return": ("POST", ["draft_return"], TOKEN),
    "api:list_group_figures": ("GET", [], TOKEN),
}


def scene(people):
    """Halden has a draft of 2025, a closed return of 2024, and one of 2023 that was sent and asked about."""
    officer, femke = people["officer"], people["secretariat"]
    halden = officer.memberships.get().organisation
    with acting_as(femke.pk, femke.organisation_ids(), secretariat=True):
        used = editions.put_in_force(editions.begin_edition(year=2025, copy_of=None, by=femke), by=femke)
        draft_edition = editions.begin_edition(year=2026, copy_of=used, by=femke)
        question = Question.objects.get(edition=used, key="policy")
        made = {
            year: Return.objects.create(
                organisation=halden,
                edition=used,
                year=year,
                pillar="supply_chain",
                tier="brand",
                due_on=date(2026, 4, 30),
                state=state,
                submitted_at=timezone.now(),
            )
            for year, state in ((2025, "open"), (2024, "submitted"), (2023, "submitted"))
        }
    with acting_as(officer.pk, [halden.pk]):
        versions = {year: _version(this, officer, question) for year, this in made.items()}
        evidence = _evidence(versions[2023], officer, question)
        for year in (2023, 2024):
            Version.objects.filter(pk=versions[year].pk).update(sent_at=timezone.now(), sent_by=officer)
    with acting_as(femke.pk, femke.organisation_ids(), secretariat=True):
        Return.objects.filter(pk=made[2024].pk).update(
            state="closed", counted=versions[2024], closed_at=timezone.now(), closed_by=femke
        )
        comment = Comment.objects.create(
            organisation=halden, version=versions[2023], question=question, category="question", text="?", made_by=femke
        )
    return {
        "draft_return": made[2025].pk,
        "closed_return": made[2024].pk,
        "sent_return": made[2023].pk,
        "first_version": 1,
        "step": "1",
        "draft_question": question.pk,
        "sent_question": question.pk,
        "sent_evidence": evidence.pk,
        "sent_comment": comment.pk,
        "draft_edition": draft_edition.pk,
        "edition_used": used.pk,
        "question_of_draft": Question.objects.get(edition=draft_edition, key="policy").pk,
    }


def _version(this, officer, question):
    version = Version.objects.create(of=this, organisation_id=this.organisation_id, number=1, begun_by=officer)
    Answer.objects.create(
        organisation_id=this.organisation_id, version=version, question=question, level="planned", saved_by=officer
    )
    return version


def _evidence(version, officer, question):
    from eprm.base.files import keep_file  # noqa: PLC0415 - needs the settings' storage

    file = keep_file(b"%PDF policy", name="policy.pdf", organisation_id=version.organisation_id, by=officer)
    return Evidence.objects.create(
        organisation_id=version.organisation_id,
        version=version,
        question=question,
        file=file,
        title="Policy",
        added_by=officer,
    )
