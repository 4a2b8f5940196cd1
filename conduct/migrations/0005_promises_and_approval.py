import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from conduct import triggers
from conduct.translated_columns import add_translated_columns


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0004_privacy_notice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # SQLite makes a table anew to add columns to it, and loses its triggers on the way.
        migrations.RunPython(triggers.drop, triggers.create),
        migrations.AddField(
            model_name="codeofconductpage",
            name="accountable",
            field=models.ForeignKey(
                blank=True,
                help_text="Gets the reminders to review it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person who answers for it",
            ),
        ),
        migrations.AddField(
            model_name="codeofconductpage",
            name="accountable_role",
            field=models.CharField(
                blank=True,
                help_text="Exactly one, such as Head of customer care. It stays when people change.",
                max_length=200,
                verbose_name="role that answers for it",
            ),
        ),
        migrations.AddField(
            model_name="codeofconductpage",
            name="approved_by_name",
            field=models.CharField(
                blank=True,
                help_text="Who in top management approved this edition. Readers see the name.",
                max_length=200,
                verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="codeofconductpage",
            name="approved_by_role",
            field=models.CharField(
                blank=True, help_text="Such as director.", max_length=200, verbose_name="their role"
            ),
        ),
        migrations.AddField(
            model_name="codeofconductpage",
            name="approved_on",
            field=models.DateField(blank=True, null=True, verbose_name="approved on"),
        ),
        migrations.AddField(
            model_name="codeofconductpage",
            name="change_theme",
            field=models.CharField(
                blank=True,
                help_text="For staff: the theme of complaints or the review that led to it, if any.",
                max_length=300,
                verbose_name="complaints behind the change",
            ),
        ),
        migrations.AddField(
            model_name="codeofconductpage",
            name="impact",
            field=models.TextField(
                blank=True,
                help_text="What customers will notice, and what happens to what was promised before.",
                verbose_name="what it means for customers",
            ),
        ),
        migrations.AddField(
            model_name="codeofconductpage",
            name="is_correction",
            field=models.BooleanField(
                default=False,
                help_text="Nothing that customers can rely on changes: the edition keeps its number, and readers can see what was corrected.",
                verbose_name="only corrects spelling",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="accountable_role",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="role that answers for it"
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="approved_by_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="approved by"),
        ),
        migrations.AddField(
            model_name="edition",
            name="approved_by_role",
            field=models.CharField(blank=True, max_length=200, verbose_name="their role"),
        ),
        migrations.AddField(
            model_name="edition",
            name="approved_on",
            field=models.DateField(null=True, verbose_name="approved on"),
        ),
        migrations.AddField(
            model_name="edition",
            name="change_theme",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="complaints behind the change"
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="inputs_considered",
            field=models.TextField(blank=True, verbose_name="what was considered"),
        ),
        migrations.AddField(
            model_name="edition",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="conduct.edition",
                verbose_name="replaces",
            ),
        ),
        migrations.AddField(
            model_name="editionpromise",
            name="period",
            field=models.CharField(
                choices=[("quarter", "A quarter"), ("twelve_months", "Twelve months")],
                default="twelve_months",
                max_length=20,
                verbose_name="target is judged over",
            ),
        ),
        migrations.AddField(
            model_name="editionpromise",
            name="threshold",
            field=models.DecimalField(
                decimal_places=2, max_digits=12, null=True, verbose_name="limit that is promised"
            ),
        ),
        migrations.AddField(
            model_name="editiontext",
            name="impact",
            field=models.TextField(blank=True, verbose_name="what it means for customers"),
        ),
        migrations.AddField(
            model_name="editiontext",
            name="is_correction",
            field=models.BooleanField(default=False, verbose_name="only corrects spelling"),
        ),
        migrations.AddField(
            model_name="policypage",
            name="accountable",
            field=models.ForeignKey(
                blank=True,
                help_text="Gets the reminders to review it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person who answers for it",
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="accountable_role",
            field=models.CharField(
                blank=True,
                help_text="Exactly one, such as Head of customer care. It stays when people change.",
                max_length=200,
                verbose_name="role that answers for it",
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="approved_by_name",
            field=models.CharField(
                blank=True,
                help_text="Who in top management approved this edition. Readers see the name.",
                max_length=200,
                verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="approved_by_role",
            field=models.CharField(
                blank=True, help_text="Such as director.", max_length=200, verbose_name="their role"
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="approved_on",
            field=models.DateField(blank=True, null=True, verbose_name="approved on"),
        ),
        migrations.AddField(
            model_name="policypage",
            name="change_theme",
            field=models.CharField(
                blank=True,
                help_text="For staff: the theme of complaints or the review that led to it, if any.",
                max_length=300,
                verbose_name="complaints behind the change",
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="impact",
            field=models.TextField(
                blank=True,
                help_text="What customers will notice, and what happens to what was promised before.",
                verbose_name="what it means for customers",
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="inputs_considered",
            field=models.TextField(
                blank=True,
                help_text="For the record: which law, which financial, operational and organisational needs, and which views of customers and staff went into it.",
                verbose_name="what was considered",
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="is_correction",
            field=models.BooleanField(
                default=False,
                help_text="Nothing that customers can rely on changes: the edition keeps its number, and readers can see what was corrected.",
                verbose_name="only corrects spelling",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="accountable_role",
            field=models.CharField(
                blank=True,
                help_text="Exactly one, such as Head of delivery. It stays when people change.",
                max_length=200,
                verbose_name="role that answers for it",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="audience",
            field=models.TextField(
                blank=True,
                help_text="Which customers. Left empty, it is for everyone.",
                verbose_name="who it is for",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="data_source",
            field=models.TextField(
                blank=True,
                help_text="The records that are counted, and who keeps them. Readers see it.",
                verbose_name="where the figures come from",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="evidence_expires_on",
            field=models.DateField(
                blank=True,
                help_text="Left empty, evidence holds for a year.",
                null=True,
                verbose_name="evidence holds until",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="legal_basis",
            field=models.CharField(blank=True, max_length=300, verbose_name="law it rests on"),
        ),
        migrations.AddField(
            model_name="promise",
            name="legal_checked_on",
            field=models.DateField(
                blank=True,
                help_text="When someone checked that the promise is lawful and not misleading.",
                null=True,
                verbose_name="legal check on",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="need",
            field=models.TextField(
                blank=True,
                help_text="Which need of customers it answers, and how you know.",
                verbose_name="what customers need",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="period",
            field=models.CharField(
                choices=[("quarter", "A quarter"), ("twelve_months", "Twelve months")],
                default="twelve_months",
                max_length=20,
                verbose_name="target is judged over",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="procedure_url",
            field=models.URLField(
                blank=True,
                help_text="The address of the procedure, for staff only.",
                verbose_name="how staff keep it",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="threshold",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="The figure in the promise, such as 3 where you promise 3 working days.",
                max_digits=12,
                null=True,
                verbose_name="limit that is promised",
            ),
        ),
        migrations.AlterField(
            model_name="promise",
            name="unit",
            field=models.CharField(
                blank=True,
                help_text="What the figure counts, such as working days or euros.",
                max_length=60,
                verbose_name="unit",
            ),
        ),
        *add_translated_columns(
            "promise",
            [
                (
                    "audience",
                    models.TextField(
                        blank=True,
                        help_text="Which customers. Left empty, it is for everyone.",
                        verbose_name="who it is for",
                    ),
                ),
                (
                    "data_source",
                    models.TextField(
                        blank=True,
                        help_text="The records that are counted, and who keeps them. Readers see it.",
                        verbose_name="where the figures come from",
                    ),
                ),
            ],
        ),
        migrations.RunPython(triggers.create, triggers.drop),
    ]
