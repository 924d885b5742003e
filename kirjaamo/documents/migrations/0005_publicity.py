"""When a document becomes public, and how and until when it is secret, as decided values of the document."""

from __future__ import annotations

from django.db import migrations, models

# What stood before: what was open is noted as open; the end of a secrecy whose rule was not kept waits for a person.
EARLIER = """
UPDATE documents_document SET opened_at = public_from WHERE publicity = 'public' AND public_from <= now() AND state <> 'draft';
UPDATE documents_document SET secrecy_end = 'event', clause = 'absolute', confirm_end = true WHERE publicity IN ('secret', 'partly_secret');
UPDATE documents_document SET starts = CASE WHEN direction = 'incoming' THEN 'received' ELSE 'signed' END;
UPDATE documents_document SET starts = 'case_closed', public_from = NULL WHERE publicity = 'not_yet_public';
"""


class Migration(migrations.Migration):
    """Columns, the rows that stood before, indexes and the constraint."""

    dependencies = [
        ("documents", "0004_states_and_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="clause",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="document",
            name="confirm_end",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="document",
            name="harm",
            field=models.CharField(default="not_judged", max_length=20),
        ),
        migrations.AddField(
            model_name="document",
            name="opened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="secrecy_end",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="document",
            name="starts",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="document",
            name="withheld",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("opened_at", None), ("secret_until__isnull", False)),
                fields=["secret_until"],
                name="documents_secrecy_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(condition=models.Q(("opened_at", None)), fields=["public_from"], name="documents_opening_waits"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publicity__in", ("public", "not_yet_public")), models.Q(("secrecy_end", ""), _negated=True), _connector="OR"
                ),
                name="a_secret_document_has_an_end_rule",
                violation_error_message="Salassapidolla on oltava tieto siitä, miten se päättyy (JulkL 31 §).",
            ),
        ),
    ]
