"""Who may open which page of surveys. The scene: one open, one counted and one draft, all of the secretariat's.

The open one asks whoever is signed in, by name; the counted one asked everybody, and its results are shown.
"""

from eprm.people.identity import acting_for
from eprm.surveys.actions import counting, invitations
from eprm.surveys.codes import REFUSE, RESULTS, signed
from eprm.surveys.queries import answers
from tests.eprm.surveys.rows import counted, drafted, questions_of, released, shown, texts, visited

# visitor, reader, officer, manager, stranger, secretariat, board, authority, civil, former, newcomer
EVERYBODY = (200,) * 11
SIGNED_IN = (302, *(200,) * 10)
KEEPER = (302, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403)
DEED = (302, 403, 403, 403, 403, 302, 403, 403, 403, 403, 403)
NOBODY = (302, *(403,) * 10)
DRAFTED = (302, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404)
DRAFT_DEED = (302, 404, 404, 404, 404, 302, 404, 404, 404, 404, 404)

RULES = {
    "surveys:survey_list": ("GET", [], EVERYBODY),
    # Halden's officer facilitates a group, so asks it.
    "surveys:survey_new": ("GET", [], (302, 403, 200, 403, 403, 200, 403, 403, 403, 403, 403)),
    "surveys:linked_answer": ("GET", ["survey_token"], EVERYBODY),
    "surveys:linked_results": ("GET", ["survey_results"], EVERYBODY),
    "surveys:refuse": ("GET", ["survey_refuse"], EVERYBODY),
    "surveys:survey_detail": ("GET", ["survey"], SIGNED_IN),
    "surveys:survey_edit": ("GET", ["survey_draft"], DRAFTED),
    "surveys:survey_preview": ("GET", ["survey_draft"], DRAFTED),
    "surveys:survey_release": ("POST", ["survey_draft"], DRAFT_DEED),
    "surveys:survey_copy": ("POST", ["survey"], DEED),
    "surveys:survey_invite": ("GET", ["survey_invited"], DRAFTED),
    "surveys:question_new": ("GET", ["survey_draft"], DRAFTED),
    "surveys:question_edit": ("GET", ["survey_draft", "survey_question"], DRAFTED),
    "surveys:question_remove": ("POST", ["survey_draft", "survey_question"], DRAFT_DEED),
    "surveys:question_move": ("POST", ["survey_draft", "survey_question"], DRAFT_DEED),
    "surveys:survey_answer": ("GET", ["survey"], SIGNED_IN),
    "surveys:answer_change": ("GET", ["survey"], SIGNED_IN),
    "surveys:code_forget": ("POST", ["survey"], (302,) * 11),
    "surveys:survey_remind": ("POST", ["survey"], NOBODY),  # it invites no addresses
    "surveys:survey_count": ("POST", ["survey"], DEED),
    "surveys:result_detail": ("GET", ["survey_counted"], EVERYBODY),
    "surveys:result_show": ("GET", ["survey_counted"], KEEPER),
    "surveys:text_list": ("GET", ["survey_counted"], KEEPER),
    "surveys:excerpt_new": ("GET", ["survey_counted", "survey_text"], KEEPER),
    "surveys:excerpt_remove": ("POST", ["survey_counted", "survey_excerpt"], DEED),
    "api:list_surveys": ("GET", [], (401,) * 11),
    "api:read_results": ("GET", ["survey_counted"], (401,) * 11),
    "surveys:sheet_list": ("GET", ["survey"], KEEPER),
}


def scene(people):
    """Surveys of the secretariat in each state, and what hangs on them."""
    femke = people["secretariat"]
    open_, draft = released(femke, by_name=True), drafted(femke)
    invited = released(femke, audience="invited")
    with acting_for(femke, path="test"):
        invitations.invite(survey=invited, emails=["ana@links.example"], language="en", by=femke)
    past = released(femke, audience="public")
    visited(past, 5, words="Roads", part="civil_society")
    past = counted(past, femke)
    with acting_for(femke, path="test"):
        text = answers.texts_of(past)[0]
        excerpt = counting.choose_excerpt(survey=past, question=text.question, text="Roads", by=femke)
    shown(past, femke)
    return {
        "survey": open_.pk,
        "survey_draft": draft.pk,
        "survey_invited": invited.pk,
        "survey_counted": past.pk,
        "survey_question": questions_of(draft)[0].pk,
        "survey_text": text.pk,
        "survey_excerpt": excerpt.pk,
        "survey_token": texts("ana@links.example")[0].partition("/surveys/links/")[2].partition("/")[0],
        "survey_results": signed(RESULTS, past.pk),
        "survey_refuse": signed(REFUSE, "ana@links.example"),
    }
