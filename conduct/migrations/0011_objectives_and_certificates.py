import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0010_certificates"),
    ]

    operations = [
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
                    ("certificate", 27),
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
                    22: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Who issued the certificate under whose rules.",
                            "label": "Owner of the scheme",
                            "max_length": 200,
                        },
                    ),
                    23: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Number of the certificate", "max_length": 100},
                    ),
                    24: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Which standard, which sites and which services, as the certificate says.",
                            "label": "What it covers",
                            "rows": 2,
                        },
                    ),
                    25: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "From the next day on readers don't see it.",
                            "label": "Holds until",
                        },
                    ),
                    26: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "The entry in the register of its owner.",
                            "label": "Address to check it",
                        },
                    ),
                    27: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("scheme_owner", 22),
                                ("number", 23),
                                ("scope", 24),
                                ("expires_on", 25),
                                ("link", 26),
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
                    ("objectives", 21),
                    ("certificate", 27),
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
                    22: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Who issued the certificate under whose rules.",
                            "label": "Owner of the scheme",
                            "max_length": 200,
                        },
                    ),
                    23: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Number of the certificate", "max_length": 100},
                    ),
                    24: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Which standard, which sites and which services, as the certificate says.",
                            "label": "What it covers",
                            "rows": 2,
                        },
                    ),
                    25: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "From the next day on readers don't see it.",
                            "label": "Holds until",
                        },
                    ),
                    26: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "The entry in the register of its owner.",
                            "label": "Address to check it",
                        },
                    ),
                    27: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("scheme_owner", 22),
                                ("number", 23),
                                ("scope", 24),
                                ("expires_on", 25),
                                ("link", 26),
                            ]
                        ],
                        {},
                    ),
                },
                verbose_name="text",
            ),
        ),
    ]
