"""Everything the whole form asks: drafts, extra questions, permissions, support, scans."""

import uuid

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

import complaints.privacy.encryption
from conduct.translated_columns import add_translated_columns


class Migration(migrations.Migration):
    dependencies = [
        ("conduct_complaints", "0004_urgent_and_closed_lists"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExtraOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("code", models.SlugField(verbose_name="code")),
                ("label", models.CharField(max_length=200, verbose_name="answer")),
                ("is_active", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "verbose_name": "answer offered",
                "verbose_name_plural": "answers offered",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NoticeAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", complaints.privacy.encryption.EncryptedTextField()),
            ],
            options={
                "verbose_name": "address for notices",
                "verbose_name_plural": "addresses for notices",
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="is_authority",
            field=models.BooleanField(default=False, verbose_name="permission to act"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="issue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="attachments",
                to="conduct_complaints.issue",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="scan",
            field=models.CharField(
                blank=True,
                choices=[
                    ("waiting", "Not scanned yet"),
                    ("clean", "Nothing found"),
                    ("infected", "Harmful, locked away"),
                ],
                max_length=10,
                verbose_name="virus scan",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="scanned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="back_dating_reason",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="why it was entered later"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="complaint_wish",
            field=models.CharField(
                blank=True,
                choices=[("asked", "Asked, no reply yet"), ("yes", "Yes"), ("no", "No")],
                editable=False,
                max_length=6,
                verbose_name="wants it handled as a complaint",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="enclosures",
            field=models.CharField(
                blank=True, max_length=500, verbose_name="papers that exist or follow"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="evidence_link",
            field=models.CharField(blank=True, max_length=500, verbose_name="link to evidence"),
        ),
        migrations.AddField(
            model_name="case",
            name="first_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("complaint", "Complaint"),
                    ("compliment", "Compliment"),
                    ("suggestion", "Suggestion"),
                    ("question", "Question"),
                    ("request", "Request for a service"),
                ],
                editable=False,
                max_length=12,
                verbose_name="received as",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="held",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="held as possible spam"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="may_be_told",
            field=models.BooleanField(
                default=False, verbose_name="may be told about without names"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="other_contact",
            field=complaints.privacy.encryption.EncryptedTextField(
                blank=True, verbose_name="other person to contact"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="scope_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("employment", "About employment with us"),
                    ("outside_body", "Already with a court or an outside body"),
                    ("other_body", "About another organisation"),
                    ("no_customer", "Not about our products, services or conduct"),
                    ("service", "A first request for a service"),
                ],
                editable=False,
                max_length=14,
                verbose_name="why it is out of scope",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="spam_signs",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="category",
            name="quick_way",
            field=models.TextField(
                blank=True,
                help_text="Where something else helps at once, such as a number to block a lost card. It is offered before sending; the complaint can be sent all the same.",
                verbose_name="quicker way",
            ),
        ),
        migrations.AddField(
            model_name="handlingsettings",
            name="hold_above",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="Signs of spam are counted; from this number on, a message waits for a person to look at it. Nothing is ever thrown away. 0: hold nothing.",
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="hold possible spam from",
            ),
        ),
        migrations.AddField(
            model_name="handlingsettings",
            name="proof_of_work",
            field=models.CharField(
                choices=[
                    ("never", "Never"),
                    ("automatic", "Only while unusually many messages come"),
                    ("always", "Always, as during an attack"),
                ],
                default="automatic",
                max_length=10,
                verbose_name="let browsers compute before sending",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="description",
            field=models.TextField(blank=True, verbose_name="what happened"),
        ),
        migrations.AddField(
            model_name="issue",
            name="happened_on",
            field=models.DateField(blank=True, null=True, verbose_name="date of the problem"),
        ),
        migrations.AddField(
            model_name="issue",
            name="happened_when",
            field=models.CharField(blank=True, max_length=200, verbose_name="when it happened"),
        ),
        migrations.AddField(
            model_name="issue",
            name="place",
            field=models.CharField(blank=True, max_length=200, verbose_name="place or branch"),
        ),
        migrations.AddField(
            model_name="issue",
            name="product",
            field=models.CharField(blank=True, max_length=200, verbose_name="product or service"),
        ),
        migrations.AddField(
            model_name="notice",
            name="to_address",
            field=complaints.privacy.encryption.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="party",
            name="authority",
            field=models.CharField(
                blank=True,
                choices=[
                    ("follows", "Will follow"),
                    ("sent", "Sent, not checked yet"),
                    ("confirmed", "Checked and in order"),
                    ("refused", "Checked and not enough"),
                ],
                max_length=10,
                verbose_name="permission to act",
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="authority_scope",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="what the permission covers"
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="authority_until",
            field=models.DateField(blank=True, null=True, verbose_name="permission ends"),
        ),
        migrations.AddField(
            model_name="party",
            name="support",
            field=models.JSONField(blank=True, default=list, verbose_name="support to give"),
        ),
        migrations.AddField(
            model_name="party",
            name="support_review_on",
            field=models.DateField(blank=True, null=True, verbose_name="ask again about support"),
        ),
        migrations.AlterField(
            model_name="case",
            name="kind",
            field=models.CharField(
                choices=[
                    ("complaint", "Complaint"),
                    ("compliment", "Compliment"),
                    ("suggestion", "Suggestion"),
                    ("question", "Question"),
                    ("request", "Request for a service"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting to be sent"),
                    ("sent", "Sent"),
                    ("failed", "Could not be sent"),
                    ("no_address", "No e-mail address: tell the person another way"),
                    ("other_way", "To be told by telephone or letter"),
                    ("told", "Told by telephone or letter"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("survey", "To be asked how satisfied they were"),
                            ("story", "To be told about, without names, as an example"),
                            ("support", "To keep what support they need"),
                        ],
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                ("notice_version", models.CharField(blank=True, max_length=20)),
                ("given_at", models.DateTimeField(verbose_name="given")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="conduct_complaints.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "permission",
                "verbose_name_plural": "permissions",
                "ordering": ["given_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("token_id", complaints.privacy.encryption.EncryptedTextField()),
                ("submission_id", models.CharField(editable=False, max_length=64, unique=True)),
                ("language", models.CharField(max_length=15)),
                ("answers", complaints.privacy.encryption.EncryptedTextField(blank=True)),
                ("email", complaints.privacy.encryption.EncryptedTextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "case",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="conduct_complaints.case",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
            },
        ),
        migrations.CreateModel(
            name="ExtraQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same for good: reports and exports use it.",
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="question")),
                ("hint", models.CharField(blank=True, max_length=300, verbose_name="hint")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "A line of text"),
                            ("long_text", "Several lines of text"),
                            ("choice", "One of several"),
                            ("choices", "Any of several"),
                            ("date", "A date"),
                            ("amount", "An amount of money"),
                            ("file", "A file"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                (
                    "required",
                    models.BooleanField(
                        default=False,
                        help_text="Use it rarely: whatever must be answered keeps somebody from complaining.",
                        verbose_name="must be answered",
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("everywhere", "In every complaint form"),
                            ("chosen", "Only in forms that choose it"),
                        ],
                        default="everywhere",
                        max_length=10,
                        verbose_name="where it is asked",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="asked")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: whatever it is about. Also asked for all categories below this one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="conduct_complaints.category",
                        verbose_name="only if it is about",
                    ),
                ),
                (
                    "only_if",
                    models.ForeignKey(
                        blank=True,
                        help_text="An answer to another question that comes before this one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads_to",
                        to="conduct_complaints.extraoption",
                        verbose_name="only if this was chosen",
                    ),
                ),
            ],
            options={
                "verbose_name": "extra question",
                "verbose_name_plural": "extra questions",
                "ordering": ["order", "code"],
            },
        ),
        migrations.AddField(
            model_name="extraoption",
            name="question",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="options",
                to="conduct_complaints.extraquestion",
            ),
        ),
        migrations.CreateModel(
            name="ExtraAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extra_answers",
                        to="conduct_complaints.case",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extra_answers",
                        to="conduct_complaints.issue",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="conduct_complaints.extraoption",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="conduct_complaints.extraquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "extra answer",
                "verbose_name_plural": "extra answers",
                "ordering": ["issue", "question__order", "question__code", "pk"],
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="question",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conduct_complaints.extraquestion",
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("scan", "waiting")), fields=["at"], name="complaints_to_scan"
            ),
        ),
        migrations.AddField(
            model_name="noticeaddress",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notice_address",
                to="conduct_complaints.case",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                fields=("case", "purpose"), name="complaints_one_consent"
            ),
        ),
        migrations.AddConstraint(
            model_name="extraoption",
            constraint=models.UniqueConstraint(
                fields=("question", "code"), name="complaints_option_code"
            ),
        ),
        migrations.AddIndex(
            model_name="extraanswer",
            index=models.Index(fields=["option", "case"], name="complaints_answer_option"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state", "other_way")),
                fields=["case"],
                name="complaints_to_tell",
            ),
        ),
        *add_translated_columns(
            "category",
            [
                (
                    "quick_way",
                    models.TextField(
                        blank=True,
                        help_text="Where something else helps at once, such as a number to block a lost card. It is offered before sending; the complaint can be sent all the same.",
                        verbose_name="quicker way",
                    ),
                )
            ],
        ),
        *add_translated_columns(
            "extraquestion",
            [
                ("label", models.CharField(max_length=200, verbose_name="question")),
                ("hint", models.CharField(blank=True, max_length=300, verbose_name="hint")),
            ],
        ),
        *add_translated_columns(
            "extraoption",
            [("label", models.CharField(max_length=200, verbose_name="answer"))],
        ),
    ]
