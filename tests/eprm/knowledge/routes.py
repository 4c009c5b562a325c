"""Who may open what in the hub: words are public unless they say otherwise; its desk is the editors'."""

from eprm.knowledge.models import CaseStudy, Suggestion, Term
from tests.eprm.knowledge import shelf

EVERYBODY = (200, 200, 200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200, 200)
DEED = (302, 302, 302, 302, 302, 302)
EDITORS = (302, 403, 403, 403, 403, 403)
MANAGERS_OF_THE_SECRETARIAT = (302, 403, 403, 403, 403, 200)

TOKEN = (401, 401, 401, 401, 401, 401)

RULES = {
    "api:list_resources": ("GET", [], TOKEN),
    "api:read_resource": ("GET", ["resource"], TOKEN),
    "api:find": ("GET", [], TOKEN),
    "knowledge:hub": ("GET", [], EVERYBODY),
    "knowledge:for_you": ("GET", [], EVERYBODY),
    "knowledge:for_you_keep": ("POST", [], DEED),
    "knowledge:resource_list": ("GET", [], EVERYBODY),
    "knowledge:resource_detail": ("GET", ["resource"], EVERYBODY),
    "knowledge:resource_file": ("GET", ["resource"], (404,) * 6),
    "knowledge:resource_rate": ("POST", ["resource"], DEED),
    "knowledge:resource_checked": ("POST", ["resource"], EDITORS),
    "knowledge:case_list": ("GET", [], EVERYBODY),
    "knowledge:case_detail": ("GET", ["case"], EVERYBODY),
    "knowledge:glossary": ("GET", [], EVERYBODY),
    "knowledge:term": ("GET", ["term"], DEED),
    "knowledge:question_list": ("GET", [], EVERYBODY),
    "knowledge:guidance_list": ("GET", [], EVERYBODY),
    "knowledge:brief_list": ("GET", [], EVERYBODY),
    "knowledge:mineral": ("GET", ["metal"], EVERYBODY),
    "knowledge:news_list": ("GET", [], EVERYBODY),
    # Halden's officer facilitates a group.
    "knowledge:news_new": ("GET", [], (302, 403, 200, 403, 403, 403)),
    "knowledge:news_withdraw": ("POST", ["nobody"], (302, 404, 404, 404, 404, 404)),
    "knowledge:news_feed": ("GET", [], EVERYBODY),
    "knowledge:course_list": ("GET", [], EVERYBODY),
    "knowledge:page": ("GET", ["words"], EVERYBODY),
    "knowledge:unit_answer": ("POST", ["unit"], (422,) * 6),
    "knowledge:record": ("GET", [], SIGNED_IN),
    "knowledge:suggestion_new": ("GET", [], SIGNED_IN),
    "knowledge:suggestion_list": ("GET", [], EDITORS),
    "knowledge:suggestion_decide": ("GET", ["suggestion"], EDITORS),
    "knowledge:link_list": ("GET", [], EDITORS),
    "knowledge:editor_list": ("GET", [], MANAGERS_OF_THE_SECRETARIAT),
    "knowledge:editor_dismiss": ("POST", ["nobody"], (302, 403, 403, 403, 403, 404)),
}


def scene(people):
    case = CaseStudy(title="Tungsten for a motor", organisation="F", tier="brand", locale=shelf.locale(), live=True)
    case.save()
    suggestion = Suggestion.objects.create(
        title="A guide", address="https://guide.example/", why="Helps.", suggested_by=people["reader"]
    )
    return {
        "resource": shelf.resource().pk,
        "case": case.pk,
        "words": shelf.words().pk,
        "unit": shelf.unit().pk,
        "suggestion": suggestion.pk,
        "nobody": 0,
        "metal": "tin",
        "term": Term.objects.create(term="assay", definition="A test.", locale=shelf.locale()).pk,
    }
