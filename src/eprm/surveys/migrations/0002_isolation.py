"""What is asked is seen by those it asks; what was answered, by the job that counts, and by nobody by that name.

The job "surveys" takes sheets in, finds one again by the code its writer alone has, and counts. Each action that acts
as it asks first whether the person may. Not even the secretariat's rows of an anonymous survey's answers are seen: only
where a survey is by name does a signature let its keeper read the sheet.
"""

from django.db import migrations

from eprm.base.isolation import does, holds, is_acting, of_acting, policies

JOB = does("surveys")
SIGNED_IN = "nullif(current_setting('eprm.person', true), '') IS NOT NULL"
# As SECURITY DEFINER they read memberships and organisations past their own policies, once a statement. The pillar of
# an organisation is what `eprm.groups.rules.pillar_of` says.
FUNCTIONS = """
CREATE FUNCTION surveys_facilitated() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(group_id), '{}') FROM groups_groupmember
  WHERE person_id = nullif(current_setting('eprm.person', true), '')::bigint AND state = 'member'
    AND role = 'facilitator' AND organisation_id = ANY ((SELECT eprm_orgs())::bigint[]) $$;
CREATE FUNCTION surveys_pillars() RETURNS varchar[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(CASE WHEN pillar <> '' THEN pillar WHEN tier IN ('government', 'civil_society') THEN tier
    ELSE 'supply_chain' END), '{}')
  FROM people_organisation
  WHERE id = ANY ((SELECT eprm_orgs())::bigint[]) AND (pillar <> '' OR tier <> 'secretariat') $$;
"""
DROP = "DROP FUNCTION surveys_pillars(); DROP FUNCTION surveys_facilitated();"

KEPT = (
    f"((audience <> 'group' AND {holds('secretariat')}) "
    "OR (audience = 'group' AND group_id = ANY ((SELECT surveys_facilitated())::bigint[])))"
)
ASKED = (
    f"(audience = 'public' OR (audience = 'signed_in' AND {SIGNED_IN}) "
    "OR (audience = 'group' AND group_id = ANY ((SELECT eprm_groups())::bigint[])) "
    "OR (audience = 'members' AND (SELECT eprm_circle()) = 2) "
    "OR (audience = 'pillars' AND pillars && (SELECT surveys_pillars())::varchar[]))"
)
SEEN = f"{KEPT} OR (released_at IS NOT NULL AND {ASKED}) OR (shown_at IS NOT NULL AND results_public) OR {JOB}"
# Sub-selects are under the tables' own policies.
OF_SEEN = "survey_id IN (SELECT id FROM surveys_survey)"
OF_KEPT = f"survey_id IN (SELECT id FROM surveys_survey WHERE {KEPT})"  # noqa: S608
OF_SHOWN = f"survey_id IN (SELECT id FROM surveys_survey WHERE shown_at IS NOT NULL OR {KEPT})"  # noqa: S608
OF_SIGNED = f"survey_id IN (SELECT id FROM surveys_survey WHERE by_name AND {KEPT})"  # noqa: S608
OF_QUESTION = "question_id IN (SELECT id FROM surveys_question)"
OF_KEPT_QUESTION = f"question_id IN (SELECT id FROM surveys_question WHERE {OF_KEPT})"  # noqa: S608
MINE = is_acting("person_id")


def _event(model: str) -> migrations.RunSQL:
    return policies(
        f"surveys_{model}event",
        seen=f"pgh_obj_id IN (SELECT id FROM surveys_{model})",  # noqa: S608
        written="false",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_initial"),
        ("base", "0002_isolation"),
        ("groups", "0002_isolation"),
        ("people", "0006_isolation_and_search"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        policies("surveys_survey", seen=SEEN, written=f"{KEPT} OR {JOB}", deleted="false"),
        policies("surveys_question", seen=f"{OF_SEEN} OR {JOB}", written=OF_KEPT),
        policies("surveys_option", seen=f"{OF_QUESTION} OR {JOB}", written=OF_KEPT_QUESTION),
        policies("surveys_excerpt", seen=f"{OF_SHOWN} OR {JOB}", written=OF_KEPT),
        *(_event(model) for model in ("survey", "question", "option", "excerpt")),
        policies("surveys_figure", seen=f"{OF_SHOWN} OR {JOB}", written=JOB),
        policies("surveys_invitation", seen=f"{OF_KEPT} OR {JOB}", written=JOB),
        policies("surveys_refusal", seen=JOB, written=JOB),
        policies("surveys_participation", seen=f"{MINE} OR {of_acting('organisation_id')} OR {JOB}", written=JOB),
        policies("surveys_draft", seen=f"{MINE} OR {JOB}", written=JOB),
        policies("surveys_signature", seen=f"{MINE} OR {OF_SIGNED} OR {JOB}", written=JOB),
        policies(
            "surveys_response",
            seen=f"id IN (SELECT response_id FROM surveys_signature) OR {JOB}",  # noqa: S608
            written=JOB,
        ),
        policies(
            "surveys_answer",
            seen=f"response_id IN (SELECT id FROM surveys_response) OR {JOB}",  # noqa: S608
            written=JOB,
        ),
        policies("surveys_wish", seen=JOB, written=JOB),
    ]
