from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0004_privacy_notice"),
        ("conduct_complaints", "0012_update_and_remedy_clocks"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["language", "due_at", "id"],
                name="complaints_language_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("kind", "complaint"), _negated=True),
                ),
                fields=["due_at", "id"],
                name="complaints_no_complaint",
            ),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["category", "case"], name="complaints_issue_category"),
        ),
    ]
