"""Tell each case that is a request which request it is."""

from __future__ import annotations

from django.db import migrations

TELL = """
INSERT INTO cases_caserecord (case_id, source, kind, ref) SELECT case_id, 'requests', 'request', id FROM requests_informationrequest
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_working_a_case"), ("requests", "0001_initial")]
    operations = [migrations.RunSQL(TELL, migrations.RunSQL.noop)]
