"""Everything that handling needs: who is able and allowed, links, restrictions, causes, changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from conduct.translated_columns import add_translated_columns


class Migration(migrations.Migration):
    dependencies = [
        ("conduct_complaints", "0006_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="handlingsettings",
            name="privacy_notice_version",
        ),
        migrations.AddField(
            model_name="case",
            name="legal_hold",
            field=models.BooleanField(default=False, editable=False, verbose_name="on hold"),
        ),
        migrations.AddField(
            model_name="category",
            name="needs_training",
            field=models.BooleanField(
                default=False,
                help_text="Only who has a competence for it, or for every case, may handle these cases.",
                verbose_name="only for trained staff",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="both_sides",
            field=models.TextField(blank=True, verbose_name="how both sides were heard"),
        ),
        migrations.AddField(
            model_name="decision",
            name="check_notes",
            field=models.TextField(blank=True, verbose_name="notes on the check"),
        ),
        migrations.AddField(
            model_name="decision",
            name="others",
            field=models.CharField(
                blank=True,
                choices=[
                    ("none", "Nobody else"),
                    ("some", "Others too: somebody goes to them"),
                ],
                max_length=4,
                verbose_name="did the same happen to others",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="prevention",
            field=models.TextField(blank=True, verbose_name="what changes"),
        ),
        migrations.AddField(
            model_name="handlingsettings",
            name="serious_needs_training",
            field=models.BooleanField(
                default=False,
                help_text="From severity 4 on, only who has a valid competence may handle and decide.",
                verbose_name="serious cases only for trained staff",
            ),
        ),
        migrations.AddField(
            model_name="handlingsettings",
            name="small_mode",
            field=models.BooleanField(
                default=False,
                help_text="One inbox and one short way: listen, acknowledge, answer, put right, look back once a month. One person may do all of it but the review of their own answer.",
                verbose_name="small organisation",
            ),
        ),
        migrations.AddField(
            model_name="involvement",
            name="account",
            field=models.TextField(blank=True, verbose_name="their account"),
        ),
        migrations.AddField(
            model_name="involvement",
            name="heard_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="heard"),
        ),
        migrations.AddField(
            model_name="involvement",
            name="informed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="informed"),
        ),
        migrations.AddField(
            model_name="involvement",
            name="supported_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="offered support"),
        ),
        migrations.AddField(
            model_name="involvement",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="told the result"),
        ),
        migrations.AlterField(
            model_name="clockentry",
            name="what",
            field=models.CharField(
                choices=[
                    ("start", "started"),
                    ("pause", "paused"),
                    ("resume", "went on"),
                    ("change", "got another length"),
                    ("extend", "was extended"),
                    ("undo", "went on as if it had never stopped"),
                    ("stop", "stopped"),
                ],
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="actor_role",
            field=models.CharField(
                choices=[
                    ("complainant", "Complainant"),
                    ("handler", "Case handler"),
                    ("lead", "Team lead"),
                    ("privacy", "Privacy officer"),
                    ("system", "The system"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="offered in forms")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="conduct_complaints.cause",
                        verbose_name="belongs to",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of cause",
                "verbose_name_plural": "kinds of causes",
                "ordering": ["order", "code"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="cause_kind",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="conduct_complaints.cause",
                verbose_name="kind of cause",
            ),
        ),
        migrations.CreateModel(
            name="Outreach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.TextField(verbose_name="who is affected, and how they are found")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("result", models.TextField(blank=True, verbose_name="what was done")),
                (
                    "reached",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people reached"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outreach",
                        to="conduct_complaints.case",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaint_outreach",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "outreach",
                "verbose_name_plural": "outreach",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "handed_over_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="handed over"
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        help_text="Gets the open cases; where that is not possible, the team's lead is told.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaint_deputyships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="complaint_absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["-first_day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="complaints_absence_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("handler", "Case handlers"), ("lead", "Team leads")],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="up to"),
                ),
                (
                    "currency",
                    models.CharField(default="EUR", max_length=3, verbose_name="currency"),
                ),
                (
                    "remedy_kind",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave empty for every kind without a limit of its own.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authority_limits",
                        to="conduct_complaints.remedykind",
                        verbose_name="kind of remedy",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority limit",
                "verbose_name_plural": "authority limits",
                "ordering": ["role", "remedy_kind", "currency"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("role", "remedy_kind", "currency"), name="complaints_one_limit"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("remedy_kind", None)),
                        fields=("role", "currency"),
                        name="complaints_one_general_limit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("related", "Related"),
                            ("incident", "The same incident; the other case leads"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="conduct_complaints.case",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_from",
                        to="conduct_complaints.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "link between cases",
                "verbose_name_plural": "links between cases",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "other"), name="complaints_one_link"),
                    models.CheckConstraint(
                        condition=models.Q(("case", models.F("other")), _negated=True),
                        name="complaints_no_link_to_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Competence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("training", "Training"),
                            ("education", "Education"),
                            ("experience", "Experience"),
                            ("language", "Language"),
                        ],
                        default="training",
                        max_length=10,
                        verbose_name="sort",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("gained_on", models.DateField(verbose_name="since")),
                (
                    "expires_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty where it does not run out.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="evidence")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave empty where it counts for every case.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="competences",
                        to="conduct_complaints.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="complaint_competences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "competence",
                "verbose_name_plural": "competences",
                "ordering": ["user", "subject", "pk"],
                "indexes": [
                    models.Index(fields=["user", "category"], name="complaints_competence")
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfigurationChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("model", models.CharField(max_length=100, verbose_name="kind")),
                ("row", models.CharField(max_length=50)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("before", models.JSONField(blank=True, default=dict)),
                ("after", models.JSONField(blank=True, default=dict)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the configuration",
                "verbose_name_plural": "changes of the configuration",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="complaints_config_changes"),
                    models.Index(fields=["model", "row"], name="complaints_config_row"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactRestriction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person_hash",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("written", "In writing only"),
                            ("one_person", "Through one named person only"),
                            ("set_times", "At set times only"),
                            ("no_reply", "No further replies about what was answered already"),
                        ],
                        max_length=12,
                        verbose_name="what is limited",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("review_on", models.DateField(verbose_name="look at it again on")),
                ("appeal", models.TextField(blank=True, verbose_name="appeal")),
                ("appeal_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_restrictions",
                        to="conduct_complaints.case",
                        verbose_name="decided in",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "restriction of contact",
                "verbose_name_plural": "restrictions of contact",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="complaints_restriction_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=15, verbose_name="language")),
                ("text", models.TextField(verbose_name="text")),
                ("is_source", models.BooleanField(default=False)),
                (
                    "by_machine",
                    models.BooleanField(default=False, verbose_name="made by a machine"),
                ),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="conduct_complaints.message",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation of a message",
                "verbose_name_plural": "translations of messages",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "language"), name="complaints_one_translation"
                    )
                ],
            },
        ),
        *add_translated_columns(
            "cause", [("name", models.CharField(max_length=120, verbose_name="name"))]
        ),
    ]
