import complaints.intake.choices
import wagtail.fields
from django.db import migrations


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
                    ("contact", 9),
                    ("certificate", 15),
                    ("complaint_form", 20),
                    ("feedback_form", 22),
                    ("survey_link", 25),
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
                    8: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Introduction", "required": False, "rows": 2},
                    ),
                    9: ("wagtail.blocks.StructBlock", [[("heading", 2), ("introduction", 8)]], {}),
                    10: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Who issued the certificate under whose rules.",
                            "label": "Owner of the scheme",
                            "max_length": 200,
                        },
                    ),
                    11: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Number of the certificate", "max_length": 100},
                    ),
                    12: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Which standard, which sites and which services, as the certificate says.",
                            "label": "What it covers",
                            "rows": 2,
                        },
                    ),
                    13: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "From the next day on readers don't see it.",
                            "label": "Holds until",
                        },
                    ),
                    14: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "The entry in the register of its owner.",
                            "label": "Address to check it",
                        },
                    ),
                    15: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("scheme_owner", 10),
                                ("number", 11),
                                ("scope", 12),
                                ("expires_on", 13),
                                ("link", 14),
                            ]
                        ],
                        {},
                    ),
                    16: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ul", "ol"],
                            "label": "Introduction",
                            "required": False,
                        },
                    ),
                    17: (
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
                    18: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [("page", "One page"), ("steps", "Step by step")],
                            "help_text": "Step by step suits long forms and small screens: each step is kept, and the rest can wait until later.",
                            "label": "Layout",
                        },
                    ),
                    19: (
                        "wagtail.blocks.MultipleChoiceBlock",
                        [],
                        {
                            "choices": complaints.intake.choices.question_choices,
                            "help_text": "Those that are asked only in forms that choose them. They are written under “Complaints settings”, where the others are, too.",
                            "label": "Extra questions",
                            "required": False,
                        },
                    ),
                    20: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("heading", 2),
                                ("introduction", 16),
                                ("categories", 17),
                                ("layout", 18),
                                ("questions", 19),
                            ]
                        ],
                        {},
                    ),
                    21: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "link", "ul"],
                            "label": "Introduction",
                            "required": False,
                        },
                    ),
                    22: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 2), ("introduction", 21)]],
                        {},
                    ),
                    23: ("feedback.blocks.OpenSurveyChooserBlock", [], {"label": "Survey"}),
                    24: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Text", "required": False, "rows": 2},
                    ),
                    25: ("wagtail.blocks.StructBlock", [[("survey", 23), ("text", 24)]], {}),
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
                    ("contact", 9),
                    ("certificate", 15),
                    ("complaint_form", 20),
                    ("feedback_form", 22),
                    ("survey_link", 25),
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
                    8: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Introduction", "required": False, "rows": 2},
                    ),
                    9: ("wagtail.blocks.StructBlock", [[("heading", 2), ("introduction", 8)]], {}),
                    10: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Who issued the certificate under whose rules.",
                            "label": "Owner of the scheme",
                            "max_length": 200,
                        },
                    ),
                    11: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Number of the certificate", "max_length": 100},
                    ),
                    12: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Which standard, which sites and which services, as the certificate says.",
                            "label": "What it covers",
                            "rows": 2,
                        },
                    ),
                    13: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "From the next day on readers don't see it.",
                            "label": "Holds until",
                        },
                    ),
                    14: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "The entry in the register of its owner.",
                            "label": "Address to check it",
                        },
                    ),
                    15: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("scheme_owner", 10),
                                ("number", 11),
                                ("scope", 12),
                                ("expires_on", 13),
                                ("link", 14),
                            ]
                        ],
                        {},
                    ),
                    16: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ul", "ol"],
                            "label": "Introduction",
                            "required": False,
                        },
                    ),
                    17: (
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
                    18: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [("page", "One page"), ("steps", "Step by step")],
                            "help_text": "Step by step suits long forms and small screens: each step is kept, and the rest can wait until later.",
                            "label": "Layout",
                        },
                    ),
                    19: (
                        "wagtail.blocks.MultipleChoiceBlock",
                        [],
                        {
                            "choices": complaints.intake.choices.question_choices,
                            "help_text": "Those that are asked only in forms that choose them. They are written under “Complaints settings”, where the others are, too.",
                            "label": "Extra questions",
                            "required": False,
                        },
                    ),
                    20: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("heading", 2),
                                ("introduction", 16),
                                ("categories", 17),
                                ("layout", 18),
                                ("questions", 19),
                            ]
                        ],
                        {},
                    ),
                    21: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "link", "ul"],
                            "label": "Introduction",
                            "required": False,
                        },
                    ),
                    22: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 2), ("introduction", 21)]],
                        {},
                    ),
                    23: ("feedback.blocks.OpenSurveyChooserBlock", [], {"label": "Survey"}),
                    24: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Text", "required": False, "rows": 2},
                    ),
                    25: ("wagtail.blocks.StructBlock", [[("survey", 23), ("text", 24)]], {}),
                },
                verbose_name="body",
            ),
        ),
    ]
