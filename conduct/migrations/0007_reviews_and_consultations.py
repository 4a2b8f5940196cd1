import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from conduct import triggers
from conduct.translated_columns import add_translated_columns


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("conduct", "0006_following"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MadeOnce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True)),
                ("object_id", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "made once",
                "verbose_name_plural": "made once",
                "default_permissions": (),
            },
        ),
        migrations.AlterField(
            model_name="codeofconductpage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 0),
                    ("text", 1),
                    ("promises_of_topic", 3),
                    ("promises", 6),
                    ("definitions", 11),
                    ("contact", 13),
                    ("objectives", 21),
                ],
                block_lookup={
                    0: ("conduct.blocks.HeadingBlock", (), {"max_length": 200}),
                    1: (
                        "conduct.blocks.ParagraphBlock",
                        (),
                        {"features": ["h3", "bold", "italic", "ol", "ul", "link"]},
                    ),
                    2: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("delivery", "Delivery"),
                                ("answering", "Answering you"),
                                ("returns", "Returns and refunds"),
                                ("personal_data", "Your personal data"),
                                ("advertising", "Advertising and prices"),
                                ("service", "Service"),
                                ("complaint_handling", "Complaint handling"),
                                ("other", "Other"),
                            ],
                            "help_text": "Leave empty for the live promises of every topic.",
                            "label": "Topic",
                            "required": False,
                        },
                    ),
                    3: ("wagtail.blocks.StructBlock", [[("topic", 2)]], {}),
                    4: ("wagtail.snippets.blocks.SnippetChooserBlock", ("conduct.Promise",), {}),
                    5: ("wagtail.blocks.ListBlock", (4,), {"label": "Promises"}),
                    6: ("wagtail.blocks.StructBlock", [[("promises", 5)]], {}),
                    7: ("wagtail.blocks.CharBlock", (), {"label": "Term", "max_length": 100}),
                    8: ("wagtail.blocks.TextBlock", (), {"label": "Meaning", "rows": 2}),
                    9: ("wagtail.blocks.StructBlock", [[("term", 7), ("meaning", 8)]], {}),
                    10: ("wagtail.blocks.ListBlock", (9,), {"label": "Terms"}),
                    11: ("wagtail.blocks.StructBlock", [[("terms", 10)]], {}),
                    12: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Introduction", "required": False, "rows": 2},
                    ),
                    13: ("wagtail.blocks.StructBlock", [[("introduction", 12)]], {}),
                    14: ("wagtail.blocks.CharBlock", (), {"label": "Objective", "max_length": 200}),
                    15: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "What is counted.",
                            "label": "How it is measured",
                            "max_length": 200,
                        },
                    ),
                    16: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "The figure you start from.",
                            "label": "Now",
                            "max_length": 100,
                        },
                    ),
                    17: ("wagtail.blocks.CharBlock", (), {"label": "Target", "max_length": 100}),
                    18: ("wagtail.blocks.DateBlock", (), {"label": "To be reached by"}),
                    19: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("objective", 14),
                                ("metric", 15),
                                ("baseline", 16),
                                ("target", 17),
                                ("date", 18),
                            ]
                        ],
                        {},
                    ),
                    20: ("wagtail.blocks.ListBlock", (19,), {"label": "Objectives"}),
                    21: ("wagtail.blocks.StructBlock", [[("objectives", 20)]], {}),
                },
                verbose_name="text",
            ),
        ),
        migrations.AlterField(
            model_name="policypage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 0),
                    ("text", 1),
                    ("promises_of_topic", 3),
                    ("promises", 6),
                    ("definitions", 11),
                    ("contact", 13),
                    ("objectives", 21),
                ],
                block_lookup={
                    0: ("conduct.blocks.HeadingBlock", (), {"max_length": 200}),
                    1: (
                        "conduct.blocks.ParagraphBlock",
                        (),
                        {"features": ["h3", "bold", "italic", "ol", "ul", "link"]},
                    ),
                    2: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("delivery", "Delivery"),
                                ("answering", "Answering you"),
                                ("returns", "Returns and refunds"),
                                ("personal_data", "Your personal data"),
                                ("advertising", "Advertising and prices"),
                                ("service", "Service"),
                                ("complaint_handling", "Complaint handling"),
                                ("other", "Other"),
                            ],
                            "help_text": "Leave empty for the live promises of every topic.",
                            "label": "Topic",
                            "required": False,
                        },
                    ),
                    3: ("wagtail.blocks.StructBlock", [[("topic", 2)]], {}),
                    4: ("wagtail.snippets.blocks.SnippetChooserBlock", ("conduct.Promise",), {}),
                    5: ("wagtail.blocks.ListBlock", (4,), {"label": "Promises"}),
                    6: ("wagtail.blocks.StructBlock", [[("promises", 5)]], {}),
                    7: ("wagtail.blocks.CharBlock", (), {"label": "Term", "max_length": 100}),
                    8: ("wagtail.blocks.TextBlock", (), {"label": "Meaning", "rows": 2}),
                    9: ("wagtail.blocks.StructBlock", [[("term", 7), ("meaning", 8)]], {}),
                    10: ("wagtail.blocks.ListBlock", (9,), {"label": "Terms"}),
                    11: ("wagtail.blocks.StructBlock", [[("terms", 10)]], {}),
                    12: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Introduction", "required": False, "rows": 2},
                    ),
                    13: ("wagtail.blocks.StructBlock", [[("introduction", 12)]], {}),
                    14: ("wagtail.blocks.CharBlock", (), {"label": "Objective", "max_length": 200}),
                    15: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "What is counted.",
                            "label": "How it is measured",
                            "max_length": 200,
                        },
                    ),
                    16: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "The figure you start from.",
                            "label": "Now",
                            "max_length": 100,
                        },
                    ),
                    17: ("wagtail.blocks.CharBlock", (), {"label": "Target", "max_length": 100}),
                    18: ("wagtail.blocks.DateBlock", (), {"label": "To be reached by"}),
                    19: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("objective", 14),
                                ("metric", 15),
                                ("baseline", 16),
                                ("target", 17),
                                ("date", 18),
                            ]
                        ],
                        {},
                    ),
                    20: ("wagtail.blocks.ListBlock", (19,), {"label": "Objectives"}),
                    21: ("wagtail.blocks.StructBlock", [[("objectives", 20)]], {}),
                },
                verbose_name="text",
            ),
        ),
        migrations.CreateModel(
            name="CodeFramework",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision_body",
                    models.TextField(
                        blank=True,
                        help_text="The body or person in top management.",
                        verbose_name="who decides",
                    ),
                ),
                (
                    "roles",
                    models.TextField(
                        blank=True,
                        help_text="Who writes, reviews, checks the law, approves and answers.",
                        verbose_name="roles",
                    ),
                ),
                (
                    "kinds_of_code",
                    models.TextField(
                        blank=True,
                        help_text="Which codes there are, and whom they are for.",
                        verbose_name="kinds of code",
                    ),
                ),
                (
                    "approval_steps",
                    models.TextField(
                        blank=True,
                        help_text="What happens in each step, and how long it may take.",
                        verbose_name="steps to approval",
                    ),
                ),
                (
                    "objectives",
                    models.TextField(
                        blank=True,
                        help_text="What the codes are to achieve.",
                        verbose_name="objectives of the framework",
                    ),
                ),
                (
                    "remind_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days before a review to remind",
                    ),
                ),
                (
                    "block_until_translated",
                    models.BooleanField(
                        default=False,
                        help_text="An edition is published when every language has it.",
                        verbose_name="publish only what is translated",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "Code framework",
            },
        ),
        migrations.CreateModel(
            name="Consultation",
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
                        help_text="Such as code-2027. People pass the address on, so it stays once this opens.",
                        max_length=80,
                        unique=True,
                        verbose_name="end of its address",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("panel", "Customer panel"),
                            ("interview", "Interviews"),
                            ("survey", "Survey"),
                            ("comment", "Public comments"),
                        ],
                        default="comment",
                        help_text="Only with public comments is there a form. Enter other views by hand.",
                        max_length=20,
                        verbose_name="how people are asked",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "audience",
                    models.TextField(
                        help_text="Which customers and others it concerns.",
                        verbose_name="who is asked",
                    ),
                ),
                (
                    "questions",
                    models.TextField(
                        blank=True, help_text="One on each line.", verbose_name="questions"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("closes_on", models.DateField(verbose_name="last day")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="For everybody: what people said, and what you changed or did not, and why.",
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "summary_is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Readers see it once the last day is over, with how many were answered.",
                        verbose_name="show the summary",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="opened at"),
                ),
                (
                    "compared_with",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conduct.edition",
                        verbose_name="compared with",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        help_text="People are asked about its latest draft, as it is when this opens.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="code or policy",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ("-opens_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="ConsultationComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="comment")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Empty for a language that the site does not have.",
                        max_length=20,
                        verbose_name="language",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Shown beside the comment, as its writer wishes.",
                        max_length=100,
                        verbose_name="name",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a decision"),
                            ("shown", "Shown"),
                            ("withheld", "Not shown"),
                            ("removed", "Words removed for good"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="For staff. Not agreeing with a comment is no reason.",
                        max_length=300,
                        verbose_name="why it is not shown",
                    ),
                ),
                (
                    "came_of_it",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("changed", "We changed the draft"),
                            ("partly", "We changed part of it"),
                            ("unchanged", "We left the draft as it was"),
                        ],
                        max_length=20,
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        help_text="In the language of the comment. Everybody can read it below the comment.",
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="answered at"),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="received at",
                    ),
                ),
                (
                    "submission_id",
                    models.CharField(editable=False, max_length=40, null=True, unique=True),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="conduct.consultation",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on a draft",
                "verbose_name_plural": "comments on drafts",
                "ordering": ("-received_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="ConsultationText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                ("is_source", models.BooleanField(verbose_name="written in this language")),
                (
                    "content",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="text",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="conduct.consultation",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a consultation",
                "verbose_name_plural": "texts of consultations",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LaunchTask",
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
                            ("adoption", "Adoption"),
                            ("integration", "Integration"),
                            ("dissemination", "Dissemination"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "what",
                    models.TextField(
                        blank=True,
                        help_text="Left empty, it is the usual task of its kind.",
                        verbose_name="what has to be done",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        help_text="What shows that it was done, and where that is kept.",
                        verbose_name="evidence",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="conduct.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "launch task",
                "verbose_name_plural": "launch tasks",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ManagementApprovalTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval by top management",
                "verbose_name_plural": "approvals by top management",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "held_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="held on"
                    ),
                ),
                (
                    "held_by",
                    models.CharField(
                        help_text="The role, such as Head of customer care with the quality manager.",
                        max_length=200,
                        verbose_name="held by",
                    ),
                ),
                (
                    "suitability",
                    models.TextField(
                        blank=True,
                        help_text="Does it still fit what we do and whom we serve?",
                        verbose_name="suitability",
                    ),
                ),
                (
                    "adequacy",
                    models.TextField(
                        blank=True,
                        help_text="Does it cover what matters to customers, and enough?",
                        verbose_name="adequacy",
                    ),
                ),
                (
                    "effectiveness",
                    models.TextField(
                        blank=True,
                        help_text="Do we keep it, and does it help?",
                        verbose_name="effectiveness",
                    ),
                ),
                (
                    "efficiency",
                    models.TextField(
                        blank=True,
                        help_text="Is it worth the effort that it takes?",
                        verbose_name="efficiency",
                    ),
                ),
                (
                    "non_fulfilments",
                    models.TextField(
                        blank=True,
                        help_text="And what was done.",
                        verbose_name="promises that were seriously broken",
                    ),
                ),
                ("law", models.TextField(blank=True, verbose_name="changes in the law")),
                ("technology", models.TextField(blank=True, verbose_name="changes in technology")),
                ("market", models.TextField(blank=True, verbose_name="changes in the market")),
                (
                    "expectations",
                    models.TextField(blank=True, verbose_name="changes in what people expect"),
                ),
                (
                    "earlier_actions",
                    models.TextField(
                        blank=True,
                        help_text="What became of what the last review decided.",
                        verbose_name="earlier actions",
                    ),
                ),
                (
                    "complaint_themes",
                    models.TextField(blank=True, verbose_name="what people complained about"),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("keep", "Keep it as it is"),
                            ("amend", "Change it"),
                            ("withdraw", "Withdraw it"),
                        ],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "notice",
                    models.TextField(
                        blank=True,
                        help_text="What changes for them. Readers see it on the page with its date.",
                        verbose_name="notice to customers",
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(blank=True, null=True, verbose_name="takes effect on"),
                ),
                (
                    "next_review_on",
                    models.DateField(blank=True, null=True, verbose_name="next review"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="decided at"),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="conduct.edition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "review record",
                "verbose_name_plural": "review records",
                "ordering": ("-held_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="ReviewReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=60, verbose_name="subject")),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "stage",
                    models.CharField(
                        choices=[("before", "Due soon"), ("overdue", "Overdue")],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="written at")),
                ("next_try_at", models.DateTimeField(verbose_name="next try at")),
                ("tries", models.PositiveIntegerField(default=0, verbose_name="tries")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "reminder of a review",
                "verbose_name_plural": "reminders of reviews",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "due_on", "stage"), name="conduct_reminder_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_on__lte", models.F("closes_on"))),
                name="conduct_consultation_dates",
                violation_error_message="It would close before it opens. Choose a later last day.",
            ),
        ),
        migrations.AddIndex(
            model_name="consultationcomment",
            index=models.Index(fields=["consultation", "state"], name="conduct_comment_shown"),
        ),
        migrations.AddConstraint(
            model_name="consultationtext",
            constraint=models.UniqueConstraint(
                fields=("consultation", "language"), name="conduct_consultation_text_once"
            ),
        ),
        migrations.AddIndex(
            model_name="launchtask",
            index=models.Index(fields=["done_on", "due_on"], name="conduct_task_open"),
        ),
        *add_translated_columns(
            "consultation",
            [
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "audience",
                    models.TextField(
                        help_text="Which customers and others it concerns.",
                        verbose_name="who is asked",
                    ),
                ),
                (
                    "questions",
                    models.TextField(
                        blank=True, help_text="One on each line.", verbose_name="questions"
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="For everybody: what people said, and what you changed or did not, and why.",
                        verbose_name="what came of it",
                    ),
                ),
            ],
        ),
        *add_translated_columns(
            "review",
            [
                (
                    "notice",
                    models.TextField(
                        blank=True,
                        help_text="What changes for them. Readers see it on the page with its date.",
                        verbose_name="notice to customers",
                    ),
                ),
            ],
        ),
        migrations.RunPython(triggers.create_for_reviewing, triggers.drop_for_reviewing),
    ]
