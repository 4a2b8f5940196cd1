import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0009_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndicatorRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "indicator",
                    models.CharField(max_length=100, unique=True, verbose_name="indicator"),
                ),
                (
                    "role",
                    models.CharField(
                        help_text="Exactly one, such as Head of customer care. It stays when people change.",
                        max_length=200,
                        verbose_name="role that answers for it",
                    ),
                ),
            ],
            options={
                "verbose_name": "role for an indicator",
                "verbose_name_plural": "roles for indicators",
                "ordering": ("indicator",),
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
                    ("certificate", 19),
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
                    14: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Who issued the certificate under whose rules.",
                            "label": "Owner of the scheme",
                            "max_length": 200,
                        },
                    ),
                    15: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Number of the certificate", "max_length": 100},
                    ),
                    16: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Which standard, which sites and which services, as the certificate says.",
                            "label": "What it covers",
                            "rows": 2,
                        },
                    ),
                    17: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "From the next day on readers don't see it.",
                            "label": "Holds until",
                        },
                    ),
                    18: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "The entry in the register of its owner.",
                            "label": "Address to check it",
                        },
                    ),
                    19: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("scheme_owner", 14),
                                ("number", 15),
                                ("scope", 16),
                                ("expires_on", 17),
                                ("link", 18),
                            ]
                        ],
                        {},
                    ),
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
                    ("certificate", 19),
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
                    14: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Who issued the certificate under whose rules.",
                            "label": "Owner of the scheme",
                            "max_length": 200,
                        },
                    ),
                    15: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Number of the certificate", "max_length": 100},
                    ),
                    16: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Which standard, which sites and which services, as the certificate says.",
                            "label": "What it covers",
                            "rows": 2,
                        },
                    ),
                    17: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "From the next day on readers don't see it.",
                            "label": "Holds until",
                        },
                    ),
                    18: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "The entry in the register of its owner.",
                            "label": "Address to check it",
                        },
                    ),
                    19: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("scheme_owner", 14),
                                ("number", 15),
                                ("scope", 16),
                                ("expires_on", 17),
                                ("link", 18),
                            ]
                        ],
                        {},
                    ),
                },
                verbose_name="text",
            ),
        ),
    ]
