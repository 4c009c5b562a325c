"""A follow-up that is a group's task says what the task says: also its words, its day and who does it."""

from django.db import migrations

FOLLOWS = """
CREATE OR REPLACE FUNCTION visits_task_done() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE visits_followup
  SET done_at = NEW.done_at, title = NEW.title, owner_id = NEW.owner_id, due_on = coalesce(NEW.due_on, due_on)
  WHERE task_id = NEW.id AND (done_at, title, owner_id, due_on)
    IS DISTINCT FROM (NEW.done_at, NEW.title, NEW.owner_id, coalesce(NEW.due_on, due_on));
  RETURN NULL;
END $$;
DROP TRIGGER visits_task_done ON groups_task;
CREATE TRIGGER visits_task_done AFTER UPDATE OF done_at, title, owner_id, due_on ON groups_task
  FOR EACH ROW EXECUTE FUNCTION visits_task_done();
"""
DONE_ALONE = """
CREATE OR REPLACE FUNCTION visits_task_done() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE visits_followup SET done_at = NEW.done_at WHERE task_id = NEW.id AND done_at IS DISTINCT FROM NEW.done_at;
  RETURN NULL;
END $$;
DROP TRIGGER visits_task_done ON groups_task;
CREATE TRIGGER visits_task_done AFTER UPDATE OF done_at ON groups_task
  FOR EACH ROW EXECUTE FUNCTION visits_task_done();
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0005_reports_are_indexed"), ("groups", "0003_zone")]
    operations = [migrations.RunSQL(FOLLOWS, DONE_ALONE)]
