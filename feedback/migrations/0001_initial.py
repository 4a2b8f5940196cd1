import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

from conduct.translated_columns import add_translated_columns


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conduct_complaints", "0002_append_only_events"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closing", models.DateTimeField()),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("language", models.CharField(max_length=15)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="survey_invitations",
                        to="conduct_complaints.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="Used in the address of an open survey. Never change it once it is known.",
                        max_length=60,
                        verbose_name="short name",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "introduction",
                    models.TextField(
                        blank=True,
                        help_text="What it is about, how long it takes, and that it is voluntary.",
                        verbose_name="introduction",
                    ),
                ),
                ("thanks", models.TextField(blank=True, verbose_name="words of thanks")),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("case_closed", "Sent when a case is closed"),
                            ("open", "Open to everyone who has the link"),
                        ],
                        default="case_closed",
                        max_length=12,
                        verbose_name="who is asked",
                    ),
                ),
                (
                    "complaints_only",
                    models.BooleanField(
                        default=True,
                        help_text="Compliments, suggestions and questions are then not followed by this survey.",
                        verbose_name="complaints only",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Nobody is invited to a survey that is not active, and nobody can answer it.",
                        verbose_name="active",
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("own", "On this site"),
                            ("external", "On another site"),
                            ("both", "On this site, and then on another site"),
                        ],
                        default="own",
                        max_length=8,
                        verbose_name="where it is answered",
                    ),
                ),
                (
                    "external_url",
                    models.URLField(
                        blank=True,
                        help_text="“{language}” in it is replaced by the person's language, such as fr.",
                        max_length=500,
                        verbose_name="address on the other site",
                    ),
                ),
                (
                    "after_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="days to wait before inviting",
                    ),
                ),
                (
                    "days_valid",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(366),
                        ],
                        verbose_name="days an invitation can be used",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "survey",
                "verbose_name_plural": "surveys",
                "ordering": ["slug"],
                "permissions": [("view_results", "Can see the results of surveys")],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=15)),
                ("at", models.DateTimeField()),
                ("wants_contact", models.BooleanField(default=False)),
                ("submission_id", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "invitation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="response",
                        to="conduct_feedback.invitation",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="conduct_feedback.survey",
                    ),
                ),
            ],
            options={
                "verbose_name": "response",
                "verbose_name_plural": "responses",
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "code",
                    models.SlugField(
                        help_text="A short, lasting name such as “handling”. Results are counted by it.",
                        max_length=40,
                        verbose_name="code",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="question")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rating", "Rating from 1 to 5"),
                            ("yes_no", "Yes or no"),
                            ("comment", "Comment"),
                        ],
                        default="rating",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "scale",
                    models.CharField(
                        choices=[
                            ("satisfaction", "Very dissatisfied to very satisfied"),
                            ("ease", "Very difficult to very easy"),
                            ("agreement", "Strongly disagree to strongly agree"),
                            ("own", "Own words for the two ends"),
                        ],
                        default="satisfaction",
                        max_length=12,
                        verbose_name="words of the rating",
                    ),
                ),
                ("low", models.CharField(blank=True, max_length=60, verbose_name="words for 1")),
                ("high", models.CharField(blank=True, max_length=60, verbose_name="words for 5")),
                ("required", models.BooleanField(default=False, verbose_name="required")),
                (
                    "not_applicable",
                    models.BooleanField(default=False, verbose_name="offer “doesn't apply”"),
                ),
                (
                    "measures",
                    models.CharField(
                        choices=[
                            ("handling", "How the case was handled"),
                            ("outcome", "What came of it"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        help_text="Keeps satisfaction with the handling apart from satisfaction with the outcome.",
                        max_length=8,
                        verbose_name="measures",
                    ),
                ),
                (
                    "is_core",
                    models.BooleanField(
                        default=False,
                        help_text="Ratings of the handling with this mark make up “Satisfied with the handling”.",
                        verbose_name="counts for the promise",
                    ),
                ),
                (
                    "is_asked",
                    models.BooleanField(
                        default=True,
                        help_text="A question that has answers is switched off here, never deleted.",
                        verbose_name="asked",
                    ),
                ),
                (
                    "survey",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="conduct_feedback.survey",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="conduct_feedback.survey",
            ),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="conduct_feedback.question",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="conduct_feedback.response",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("response", "question"), name="feedback_one_answer"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(
                fields=("site", "slug"), name="feedback_survey_slug"
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(fields=["survey", "at"], name="feedback_responses"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("survey", "code"), name="feedback_question_code"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["survey", "created_at"], name="feedback_invited"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("survey", "case", "closing"), name="feedback_one_invitation"
            ),
        ),
        *add_translated_columns(
            "survey",
            [
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "introduction",
                    models.TextField(
                        blank=True,
                        help_text="What it is about, how long it takes, and that it is voluntary.",
                        verbose_name="introduction",
                    ),
                ),
                ("thanks", models.TextField(blank=True, verbose_name="words of thanks")),
            ],
        ),
        *add_translated_columns(
            "question",
            [
                ("text", models.CharField(max_length=300, verbose_name="question")),
                ("low", models.CharField(blank=True, max_length=60, verbose_name="words for 1")),
                ("high", models.CharField(blank=True, max_length=60, verbose_name="words for 5")),
            ],
        ),
    ]
