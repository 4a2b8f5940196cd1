from decimal import Decimal

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from conduct.translated_columns import add_translated_columns


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeOfConductPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "scope",
                    models.TextField(
                        help_text="Products, services, places, channels and groups of customers.",
                        verbose_name="what it covers",
                    ),
                ),
                (
                    "exclusions",
                    models.TextField(
                        help_text="If it covers everything, say so: “Nothing is left out.”",
                        verbose_name="what it does not cover",
                    ),
                ),
                ("purpose", models.TextField(verbose_name="purpose")),
                (
                    "effective_date",
                    models.DateField(
                        help_text="The day the next edition comes into force. It may lie ahead: until then readers see the edition in force now. Leave the last date to put it in force when you publish.",
                        null=True,
                        verbose_name="in force from",
                    ),
                ),
                (
                    "review_date",
                    models.DateField(
                        help_text="When you will look at it again.",
                        null=True,
                        verbose_name="review date",
                    ),
                ),
                (
                    "what_changed",
                    models.TextField(
                        blank=True,
                        help_text="For readers of the last edition: what is different in this one, and why.",
                        verbose_name="what changed",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("text", 1),
                            ("promises_of_topic", 3),
                            ("promises", 6),
                            ("definitions", 11),
                            ("contact", 13),
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
                            4: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("conduct.Promise",),
                                {},
                            ),
                            5: ("wagtail.blocks.ListBlock", (4,), {"label": "Promises"}),
                            6: ("wagtail.blocks.StructBlock", [[("promises", 5)]], {}),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Term", "max_length": 100},
                            ),
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
                        },
                        verbose_name="text",
                    ),
                ),
            ],
            options={
                "verbose_name": "code of conduct page",
                "verbose_name_plural": "code of conduct pages",
            },
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="PerformancePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "performance page",
                "verbose_name_plural": "performance pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="PolicyPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "scope",
                    models.TextField(
                        help_text="Products, services, places, channels and groups of customers.",
                        verbose_name="what it covers",
                    ),
                ),
                (
                    "exclusions",
                    models.TextField(
                        help_text="If it covers everything, say so: “Nothing is left out.”",
                        verbose_name="what it does not cover",
                    ),
                ),
                ("purpose", models.TextField(verbose_name="purpose")),
                (
                    "effective_date",
                    models.DateField(
                        help_text="The day the next edition comes into force. It may lie ahead: until then readers see the edition in force now. Leave the last date to put it in force when you publish.",
                        null=True,
                        verbose_name="in force from",
                    ),
                ),
                (
                    "review_date",
                    models.DateField(
                        help_text="When you will look at it again.",
                        null=True,
                        verbose_name="review date",
                    ),
                ),
                (
                    "what_changed",
                    models.TextField(
                        blank=True,
                        help_text="For readers of the last edition: what is different in this one, and why.",
                        verbose_name="what changed",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("text", 1),
                            ("promises_of_topic", 3),
                            ("promises", 6),
                            ("definitions", 11),
                            ("contact", 13),
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
                            4: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("conduct.Promise",),
                                {},
                            ),
                            5: ("wagtail.blocks.ListBlock", (4,), {"label": "Promises"}),
                            6: ("wagtail.blocks.StructBlock", [[("promises", 5)]], {}),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Term", "max_length": 100},
                            ),
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
                        },
                        verbose_name="text",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaints policy page",
                "verbose_name_plural": "complaints policy pages",
            },
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.UUIDField(verbose_name="series")),
                (
                    "kind",
                    models.CharField(
                        choices=[("code", "Code of conduct"), ("policy", "Complaints policy")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("source_language", models.CharField(max_length=20, verbose_name="written in")),
                ("effective_from", models.DateTimeField(verbose_name="in force from")),
                ("review_date", models.DateField(null=True, verbose_name="review date")),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the text in the source language and of the promises.",
                        max_length=64,
                        verbose_name="digest",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="published at"
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
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ("-number",),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="EditionPromise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("delivery", "Delivery"),
                            ("answering", "Answering you"),
                            ("returns", "Returns and refunds"),
                            ("personal_data", "Your personal data"),
                            ("advertising", "Advertising and prices"),
                            ("service", "Service"),
                            ("complaint_handling", "Complaint handling"),
                            ("other", "Other"),
                        ],
                        max_length=30,
                        verbose_name="topic",
                    ),
                ),
                (
                    "remedy_how",
                    models.CharField(
                        choices=[("automatic", "Unasked"), ("on_claim", "When you claim it")],
                        max_length=20,
                        verbose_name="how they get it",
                    ),
                ),
                (
                    "claim_window_days",
                    models.PositiveSmallIntegerField(null=True, verbose_name="days to claim it"),
                ),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                (
                    "operator",
                    models.CharField(
                        choices=[("at_least", "at least"), ("at_most", "at most")],
                        max_length=20,
                        verbose_name="target is",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, null=True, verbose_name="target in per cent"
                    ),
                ),
                (
                    "indicator",
                    models.CharField(blank=True, max_length=100, verbose_name="indicator"),
                ),
                ("starts_on", models.DateField(null=True, verbose_name="starts on")),
                ("ends_on", models.DateField(null=True, verbose_name="ends on")),
                (
                    "texts",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="words",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="conduct.edition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise of an edition",
                "verbose_name_plural": "promises of editions",
                "ordering": ("edition", "order", "code"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EditionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("scope", models.TextField(blank=True, verbose_name="what it covers")),
                ("exclusions", models.TextField(blank=True, verbose_name="what it does not cover")),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
                ("what_changed", models.TextField(blank=True, verbose_name="what changed")),
                (
                    "parts",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="text",
                    ),
                ),
                (
                    "promise_texts",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="words of the promises",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="published at"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="conduct.edition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of an edition",
                "verbose_name_plural": "texts of editions",
                "ordering": ("edition", "language", "version"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="Where customers may write to with questions.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="phone")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                (
                    "external_body_name",
                    models.CharField(
                        blank=True,
                        help_text="Who customers can turn to, free of us, if they don't agree with our answer: an ombudsman, a dispute-resolution provider, a regulator or a court.",
                        max_length=200,
                        verbose_name="outside body",
                    ),
                ),
                (
                    "external_body_url",
                    models.URLField(
                        blank=True, verbose_name="address of the outside body on the web"
                    ),
                ),
                (
                    "external_body_contact",
                    models.TextField(blank=True, verbose_name="how to reach the outside body"),
                ),
                (
                    "small_number_threshold",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Figures about fewer cases than this are not published, to protect people.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="smallest number to publish",
                    ),
                ),
                (
                    "accessibility_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="accessibility statement",
                    ),
                ),
                (
                    "code_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="code of conduct",
                    ),
                ),
                (
                    "complaint_page",
                    models.ForeignKey(
                        blank=True,
                        help_text="The page that holds the complaint form.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="page to complain",
                    ),
                ),
                (
                    "feedback_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="page to give feedback and ask",
                    ),
                ),
                (
                    "performance_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="how we keep our promises",
                    ),
                ),
                (
                    "policy_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="complaints policy",
                    ),
                ),
                (
                    "privacy_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="privacy notice",
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
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="A short, lasting name such as D1. Customers cite it: never give it to another promise.",
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z][A-Za-z0-9-]*$",
                                "Start with a letter, then use letters, digits and hyphens only, such as D1.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "order",
                    models.PositiveIntegerField(
                        default=0, help_text="Smaller numbers come first.", verbose_name="order"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("delivery", "Delivery"),
                            ("answering", "Answering you"),
                            ("returns", "Returns and refunds"),
                            ("personal_data", "Your personal data"),
                            ("advertising", "Advertising and prices"),
                            ("service", "Service"),
                            ("complaint_handling", "Complaint handling"),
                            ("other", "Other"),
                        ],
                        default="service",
                        max_length=30,
                        verbose_name="topic",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("pilot", "Pilot"),
                            ("live", "Live"),
                            ("suspended", "Suspended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        help_text="Only live promises appear in the code and are measured.",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "statement",
                    models.TextField(
                        help_text="One sentence that says who does what by when.",
                        verbose_name="what we promise",
                    ),
                ),
                (
                    "limits",
                    models.TextField(
                        blank=True,
                        help_text="What the promise does not cover. Left empty, readers see “No limits”.",
                        verbose_name="limits",
                    ),
                ),
                (
                    "conditions",
                    models.TextField(
                        blank=True,
                        help_text="What the customer has to do for the promise to hold.",
                        verbose_name="conditions",
                    ),
                ),
                (
                    "remedy",
                    models.TextField(
                        blank=True,
                        help_text="The amount or action, in words a customer can hold us to.",
                        verbose_name="what customers get if we break it",
                    ),
                ),
                (
                    "remedy_how",
                    models.CharField(
                        choices=[("automatic", "Unasked"), ("on_claim", "When you claim it")],
                        default="on_claim",
                        max_length=20,
                        verbose_name="how they get it",
                    ),
                ),
                (
                    "claim_window_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How many days a customer has to claim. Left empty, there is no time limit.",
                        null=True,
                        verbose_name="days to claim it",
                    ),
                ),
                (
                    "metric",
                    models.TextField(
                        blank=True,
                        help_text="What is counted, and when it counts as kept.",
                        verbose_name="how we measure it",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="Such as orders or days.",
                        max_length=60,
                        verbose_name="unit",
                    ),
                ),
                (
                    "operator",
                    models.CharField(
                        choices=[("at_least", "at least"), ("at_most", "at most")],
                        default="at_least",
                        max_length=20,
                        verbose_name="target is",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="target in per cent",
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        blank=True,
                        help_text="Where the measured value comes from.",
                        max_length=100,
                        verbose_name="indicator",
                    ),
                ),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        help_text="What shows that we can keep this promise, and where it is kept.",
                        verbose_name="evidence that it is true",
                    ),
                ),
                (
                    "evidence_date",
                    models.DateField(blank=True, null=True, verbose_name="date of the evidence"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "review_on",
                    models.DateField(blank=True, null=True, verbose_name="next review on"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="The person who answers for this promise inside the organisation.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise",
                "verbose_name_plural": "promises",
                "ordering": ("order", "code"),
            },
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["site", "kind"], name="conduct_edition_site_kind"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                fields=("series", "number"), name="conduct_edition_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="editionpromise",
            constraint=models.UniqueConstraint(
                fields=("edition", "code"), name="conduct_edition_promise_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="editiontext",
            constraint=models.UniqueConstraint(
                fields=("edition", "language", "version"), name="conduct_edition_text_once"
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["state", "order"], name="conduct_promise_state_order"),
        ),
        *add_translated_columns(
            "promise",
            [
                (
                    "statement",
                    models.TextField(
                        help_text="One sentence that says who does what by when.",
                        verbose_name="what we promise",
                    ),
                ),
                (
                    "limits",
                    models.TextField(
                        blank=True,
                        help_text="What the promise does not cover. Left empty, readers see “No limits”.",
                        verbose_name="limits",
                    ),
                ),
                (
                    "conditions",
                    models.TextField(
                        blank=True,
                        help_text="What the customer has to do for the promise to hold.",
                        verbose_name="conditions",
                    ),
                ),
                (
                    "remedy",
                    models.TextField(
                        blank=True,
                        help_text="The amount or action, in words a customer can hold us to.",
                        verbose_name="what customers get if we break it",
                    ),
                ),
                (
                    "metric",
                    models.TextField(
                        blank=True,
                        help_text="What is counted, and when it counts as kept.",
                        verbose_name="how we measure it",
                    ),
                ),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        help_text="What shows that we can keep this promise, and where it is kept.",
                        verbose_name="evidence that it is true",
                    ),
                ),
            ],
        ),
        *add_translated_columns(
            "organisation",
            [
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                (
                    "external_body_name",
                    models.CharField(
                        blank=True,
                        help_text="Who customers can turn to, free of us, if they don't agree with our answer: an ombudsman, a dispute-resolution provider, a regulator or a court.",
                        max_length=200,
                        verbose_name="outside body",
                    ),
                ),
                (
                    "external_body_contact",
                    models.TextField(blank=True, verbose_name="how to reach the outside body"),
                ),
            ],
        ),
    ]
