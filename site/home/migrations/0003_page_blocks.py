import wagtail.fields
from django.db import migrations

import complaints.intake.choices


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_form_layout_and_questions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="homepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("text", 0),
                    ("notice", 4),
                    ("steps", 7),
                    ("promises", 10),
                    ("edition_notice", 12),
                    ("how_to_complain", 14),
                    ("contact", 14),
                    ("outside_route", 15),
                    ("certificate", 21),
                    ("complaint_form", 26),
                    ("feedback_form", 28),
                    ("survey_link", 31),
                    ("performance", 33),
                ],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h2",
                                "h3",
                                "bold",
                                "italic",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                                "hr",
                            ],
                            "icon": "pilcrow",
                            "label": "Text",
                            "template": "home/blocks/text.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("info", "Information"),
                                ("warning", "Warning"),
                                ("success", "Good news"),
                            ],
                            "label": "Tone",
                        },
                    ),
                    2: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Heading", "max_length": 120, "required": False},
                    ),
                    3: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "link", "ul"], "label": "Text"},
                    ),
                    4: (
                        "wagtail.blocks.StructBlock",
                        [[("tone", 1), ("heading", 2), ("text", 3)]],
                        {},
                    ),
                    5: ("wagtail.blocks.CharBlock", (), {"max_length": 240}),
                    6: ("wagtail.blocks.ListBlock", (5,), {"label": "Steps", "min_num": 1}),
                    7: ("wagtail.blocks.StructBlock", [[("heading", 2), ("steps", 6)]], {}),
                    8: ("wagtail.snippets.blocks.SnippetChooserBlock", ("conduct.Promise",), {}),
                    9: ("wagtail.blocks.ListBlock", (8,), {"label": "Promises"}),
                    10: ("wagtail.blocks.StructBlock", [[("heading", 2), ("promises", 9)]], {}),
                    11: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("code", "Code of conduct"),
                                ("policy", "Complaints policy"),
                            ],
                            "label": "Code or policy",
                        },
                    ),
                    12: ("wagtail.blocks.StructBlock", [[("document", 11)]], {}),
                    13: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Introduction", "required": False, "rows": 2},
                    ),
                    14: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 2), ("introduction", 13)]],
                        {},
                    ),
                    15: ("wagtail.blocks.StructBlock", [[("heading", 2)]], {}),
                    16: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Who issued the certificate under whose rules.",
                            "label": "Owner of the scheme",
                            "max_length": 200,
                        },
                    ),
                    17: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Number of the certificate", "max_length": 100},
                    ),
                    18: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Which standard, which sites and which services, as the certificate says.",
                            "label": "What it covers",
                            "rows": 2,
                        },
                    ),
                    19: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "From the next day on readers don't see it.",
                            "label": "Holds until",
                        },
                    ),
                    20: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "The entry in the register of its owner.",
                            "label": "Address to check it",
                        },
                    ),
                    21: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("scheme_owner", 16),
                                ("number", 17),
                                ("scope", 18),
                                ("expires_on", 19),
                                ("link", 20),
                            ]
                        ],
                        {},
                    ),
                    22: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ul", "ol"],
                            "label": "Introduction",
                            "required": False,
                        },
                    ),
                    23: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("all", "All categories"),
                                ("top", "Main categories only"),
                                ("none", "None: do not ask"),
                            ],
                            "help_text": "Which of your categories the form offers.",
                            "label": "Categories",
                        },
                    ),
                    24: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [("page", "One page"), ("steps", "Step by step")],
                            "help_text": "Step by step suits long forms and small screens: each step is kept, and the rest can wait until later.",
                            "label": "Layout",
                        },
                    ),
                    25: (
                        "wagtail.blocks.MultipleChoiceBlock",
                        [],
                        {
                            "choices": complaints.intake.choices.question_choices,
                            "help_text": "Those that are asked only in forms that choose them. They are written under “Complaints settings”, where the others are, too.",
                            "label": "Extra questions",
                            "required": False,
                        },
                    ),
                    26: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("heading", 2),
                                ("introduction", 22),
                                ("categories", 23),
                                ("layout", 24),
                                ("questions", 25),
                            ]
                        ],
                        {},
                    ),
                    27: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "link", "ul"],
                            "label": "Introduction",
                            "required": False,
                        },
                    ),
                    28: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 2), ("introduction", 27)]],
                        {},
                    ),
                    29: ("feedback.blocks.OpenSurveyChooserBlock", [], {"label": "Survey"}),
                    30: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Text", "required": False, "rows": 2},
                    ),
                    31: ("wagtail.blocks.StructBlock", [[("survey", 29), ("text", 30)]], {}),
                    32: (
                        "wagtail.blocks.ListBlock",
                        (8,),
                        {
                            "default": [],
                            "help_text": "Choose none to show every live promise.",
                            "label": "Promises",
                            "min_num": 0,
                        },
                    ),
                    33: ("wagtail.blocks.StructBlock", [[("heading", 2), ("promises", 32)]], {}),
                },
                verbose_name="body",
            ),
        ),
        migrations.AlterField(
            model_name="standardpage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("text", 0),
                    ("notice", 4),
                    ("steps", 7),
                    ("promises", 10),
                    ("edition_notice", 12),
                    ("how_to_complain", 14),
                    ("contact", 14),
                    ("outside_route", 15),
                    ("certificate", 21),
                    ("complaint_form", 26),
                    ("feedback_form", 28),
                    ("survey_link", 31),
                    ("performance", 33),
                ],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h2",
                                "h3",
                                "bold",
                                "italic",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                                "hr",
                            ],
                            "icon": "pilcrow",
                            "label": "Text",
                            "template": "home/blocks/text.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("info", "Information"),
                                ("warning", "Warning"),
                                ("success", "Good news"),
                            ],
                            "label": "Tone",
                        },
                    ),
                    2: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Heading", "max_length": 120, "required": False},
                    ),
                    3: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "link", "ul"], "label": "Text"},
                    ),
                    4: (
                        "wagtail.blocks.StructBlock",
                        [[("tone", 1), ("heading", 2), ("text", 3)]],
                        {},
                    ),
                    5: ("wagtail.blocks.CharBlock", (), {"max_length": 240}),
                    6: ("wagtail.blocks.ListBlock", (5,), {"label": "Steps", "min_num": 1}),
                    7: ("wagtail.blocks.StructBlock", [[("heading", 2), ("steps", 6)]], {}),
                    8: ("wagtail.snippets.blocks.SnippetChooserBlock", ("conduct.Promise",), {}),
                    9: ("wagtail.blocks.ListBlock", (8,), {"label": "Promises"}),
                    10: ("wagtail.blocks.StructBlock", [[("heading", 2), ("promises", 9)]], {}),
                    11: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("code", "Code of conduct"),
                                ("policy", "Complaints policy"),
                            ],
                            "label": "Code or policy",
                        },
                    ),
                    12: ("wagtail.blocks.StructBlock", [[("document", 11)]], {}),
                    13: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Introduction", "required": False, "rows": 2},
                    ),
                    14: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 2), ("introduction", 13)]],
                        {},
                    ),
                    15: ("wagtail.blocks.StructBlock", [[("heading", 2)]], {}),
                    16: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Who issued the certificate under whose rules.",
                            "label": "Owner of the scheme",
                            "max_length": 200,
                        },
                    ),
                    17: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Number of the certificate", "max_length": 100},
                    ),
                    18: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Which standard, which sites and which services, as the certificate says.",
                            "label": "What it covers",
                            "rows": 2,
                        },
                    ),
                    19: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "From the next day on readers don't see it.",
                            "label": "Holds until",
                        },
                    ),
                    20: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "The entry in the register of its owner.",
                            "label": "Address to check it",
                        },
                    ),
                    21: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("scheme_owner", 16),
                                ("number", 17),
                                ("scope", 18),
                                ("expires_on", 19),
                                ("link", 20),
                            ]
                        ],
                        {},
                    ),
                    22: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ul", "ol"],
                            "label": "Introduction",
                            "required": False,
                        },
                    ),
                    23: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("all", "All categories"),
                                ("top", "Main categories only"),
                                ("none", "None: do not ask"),
                            ],
                            "help_text": "Which of your categories the form offers.",
                            "label": "Categories",
                        },
                    ),
                    24: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [("page", "One page"), ("steps", "Step by step")],
                            "help_text": "Step by step suits long forms and small screens: each step is kept, and the rest can wait until later.",
                            "label": "Layout",
                        },
                    ),
                    25: (
                        "wagtail.blocks.MultipleChoiceBlock",
                        [],
                        {
                            "choices": complaints.intake.choices.question_choices,
                            "help_text": "Those that are asked only in forms that choose them. They are written under “Complaints settings”, where the others are, too.",
                            "label": "Extra questions",
                            "required": False,
                        },
                    ),
                    26: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("heading", 2),
                                ("introduction", 22),
                                ("categories", 23),
                                ("layout", 24),
                                ("questions", 25),
                            ]
                        ],
                        {},
                    ),
                    27: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "link", "ul"],
                            "label": "Introduction",
                            "required": False,
                        },
                    ),
                    28: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 2), ("introduction", 27)]],
                        {},
                    ),
                    29: ("feedback.blocks.OpenSurveyChooserBlock", [], {"label": "Survey"}),
                    30: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Text", "required": False, "rows": 2},
                    ),
                    31: ("wagtail.blocks.StructBlock", [[("survey", 29), ("text", 30)]], {}),
                    32: (
                        "wagtail.blocks.ListBlock",
                        (8,),
                        {
                            "default": [],
                            "help_text": "Choose none to show every live promise.",
                            "label": "Promises",
                            "min_num": 0,
                        },
                    ),
                    33: ("wagtail.blocks.StructBlock", [[("heading", 2), ("promises", 32)]], {}),
                },
                verbose_name="body",
            ),
        ),
    ]
