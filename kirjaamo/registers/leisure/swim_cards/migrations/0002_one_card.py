"""One valid card per person: an exclusion on person and period with core range types."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """The constraint is named as the sentence that is broken."""

    dependencies = [("swim_cards", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE swim_cards_swimcard ADD CONSTRAINT one_valid_card_per_person EXCLUDE USING gist"
            " (int8range(holder_id, holder_id, '[]') WITH &&, valid WITH &&) WHERE (voided_at IS NULL)",
            "ALTER TABLE swim_cards_swimcard DROP CONSTRAINT one_valid_card_per_person",
        ),
    ]
