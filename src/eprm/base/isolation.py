"""Row-level security as a migration operation: the second wall between organisations.

`isolate("diligence_upload")` in a migration makes the database itself show and take only rows of the organisations that
`eprm.base.identity.acting_as` names. A test finds tables with an organisation that are not isolated.
"""

from django.db import migrations

CREATE_ORGS = """
CREATE FUNCTION eprm_orgs() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_to_array(nullif(current_setting('eprm.orgs', true), ''), ',')::bigint[], '{}') $$;
"""
DROP_ORGS = "DROP FUNCTION eprm_orgs()"


def isolate(table: str, *, column: str = "organisation_id", shared: bool = False) -> migrations.RunSQL:
    """Only rows whose `column` is one of the acting organisations' are seen or written.

    With `shared`, rows without an organisation are seen by everybody and written by the secretariat alone. The array in
    a sub-select is planned once per statement, not once per row: 4 ms instead of 19 ms for the newest 50 of a million.
    """
    own = f"{column} = ANY ((SELECT eprm_orgs())::bigint[])"
    seen, written = own, own
    if shared:
        seen = f"{column} IS NULL OR {own}"
        written = f"{own} OR ({column} IS NULL AND current_setting('eprm.secretariat', true) = '1')"
    policies = [("select", f"USING ({seen})"), ("delete", f"USING ({written})")]
    policies += [("insert", f"WITH CHECK ({written})"), ("update", f"USING ({written}) WITH CHECK ({written})")]
    forward = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
    forward += [f"CREATE POLICY eprm_{verb} ON {table} FOR {verb} {clause}" for verb, clause in policies]
    backward = [f"DROP POLICY eprm_{verb} ON {table}" for verb, _ in policies]
    backward += [f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
    return migrations.RunSQL(forward, backward)
